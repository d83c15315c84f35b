/* One line a finding, as compilers write them: what Vim (errorformat) and Emacs
 * (compilation-mode) read without being told.
 *
 *	path:line:column: severity: message → first suggestion [rule]
 *
 * and, behind them, the line that sums up. */
#include "report/excerpt.h"
#include "report/report.h"

static void
put_finding(report *r, const report_document *d, const report_finding *f)
{
	excerpt_put_shown(&r->out, d->document->path);
	buffer_printf(
		&r->out, ":%u:%u: %s: ", f->line, f->column, severity_name(f->found->severity));
	excerpt_put_shown(&r->out, f->found->message);
	if (f->found->suggestion_count != 0) {
		buffer_put(&r->out, SLICE(" → "));
		excerpt_put_shown(&r->out, f->found->suggestions[0]);
	}
	buffer_printf(&r->out, " [%s]\n", f->rule);
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d, &d->findings[i]);
		report_flush(r);
	}
}

const report_format report_compact = {
	.name = "compact",
	.summary_en = "one line a finding, for editors that read compilers’ messages",
	.summary_fr = "une ligne par signalement, pour les éditeurs qui lisent les messages de "
		      "compilateurs",
	.document = write_document,
	.end = report_put_summary,
	.signs = { SIGN_LINE("error"), SIGN_LINE("warning"), SIGN_LINE("info") },
};
