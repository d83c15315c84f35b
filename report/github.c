/* Workflow commands of GitHub Actions: each finding becomes an annotation of the changed files.
 * Values are escaped as the runner decodes them: % and line ends as %25, %0D, %0A; in
 * properties : and , too. The line that sums up is no command and stays in the log. */
#include "report/report.h"
#include "report/uri.h"

static void
put_escaped(buffer *out, slice s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool special = c == '%' || c == '\r' || c == '\n' ||
			       (property && (c == ':' || c == ','));
		if (special)
			buffer_printf(out, "%%%02X", c);
		else
			buffer_put_char(out, s.p[i]);
	}
}

static const char *
command_of(severity s)
{
	switch (s) {
	case SEVERITY_ERROR:
		return "error";
	case SEVERITY_WARNING:
		return "warning";
	default:
		return "notice";
	}
}

static void
put_finding(report *r, const report_document *d, const report_finding *f)
{
	buffer *out = &r->out;

	buffer_printf(out, "::%s file=", command_of(f->found->severity));
	put_escaped(out, uri_plain(d->document->path), true);
	/* Pages and paragraphs of a package are no lines of the file. */
	if (d->document->package.n == 0) {
		buffer_printf(out, ",line=%u,endLine=%u", f->line, f->end_line);
		if (f->line == f->end_line)
			buffer_printf(out, ",col=%u,endColumn=%u", f->column, f->end_column);
	}
	buffer_put(out, SLICE(",title="));
	put_escaped(out, slice_of(f->rule), true);
	buffer_put(out, SLICE("::"));
	put_escaped(out, f->found->message, false);
	for (size_t i = 0; i < f->found->suggestion_count; i++) {
		buffer_put(out, i == 0 ? SLICE(" → ") : SLICE(" | "));
		put_escaped(out, f->found->suggestions[i], false);
	}
	buffer_put_char(out, '\n');
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d, &d->findings[i]);
		report_flush(r);
	}
}

const report_format report_github = {
	.name = "github",
	.summary_en = "workflow commands: annotations in GitHub Actions",
	.summary_fr = "commandes de flux\u00A0: annotations dans GitHub Actions",
	.document = write_document,
	.end = report_put_summary,
	.signs = { "::error file=" SIGN_ANY ",title=" SIGN_ANY "/" SIGN_ANY "::",
		"::warning file=" SIGN_ANY ",title=" SIGN_ANY "/" SIGN_ANY "::",
		"::notice file=" SIGN_ANY ",title=" SIGN_ANY "/" SIGN_ANY "::" },
};
