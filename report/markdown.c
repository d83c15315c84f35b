/* A page in Markdown, for the summary of a job: a table of what was found, in order, and what
 * there is in all. A cell takes neither bars nor lines, and no markup of the text. */
#include "report/report.h"

static void
put_cell(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		switch (c) {
		case '|':
		case '\\':
		case '`':
		case '*':
		case '_':
		case '[':
		case ']':
			buffer_put_char(out, '\\');
			buffer_put_char(out, c);
			break;
		case '<':
			buffer_put(out, SLICE("&lt;"));
			break;
		case '&':
			buffer_put(out, SLICE("&amp;"));
			break;
		default:
			buffer_put_char(out, (unsigned char)c < 0x20 ? ' ' : c);
		}
	}
}

static void
begin(report *r)
{
	buffer_put(
		&r->out, slice_of(report_say(r,
				 "# paraph\n\n| place | level | what | suggestion | rule |\n",
				 "# paraph\n\n| lieu | niveau | constat | suggestion | "
				 "règle |\n")));
	buffer_put(&r->out, SLICE("| --- | --- | --- | --- | --- |\n"));
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		const report_finding *f = &d->findings[i];
		const char *strong = f->found->severity == SEVERITY_ERROR ? "**" : "";
		buffer_put(&r->out, SLICE("| "));
		put_cell(&r->out, d->document->path);
		buffer_printf(&r->out, ":%u | %s%s%s | ", f->line, strong,
			report_level(r, f->found->severity), strong);
		put_cell(&r->out, f->found->message);
		buffer_put(&r->out, SLICE(" | "));
		if (f->found->suggestion_count != 0)
			put_cell(&r->out, f->found->suggestions[0]);
		buffer_put(&r->out, SLICE(" | "));
		put_cell(&r->out, slice_of(f->rule));
		buffer_put(&r->out, SLICE(" |\n"));
		report_flush(r);
	}
}

static void
put_profiles(report *r)
{
	buffer profiles;

	buffer_init(&profiles, r->memory, 65536);
	report_put_profiles(r, &profiles);
	put_cell(&r->out, buffer_slice(&profiles));
	report_free_part(&r->out, &profiles);
}

static void
end(report *r)
{
	buffer_put_char(&r->out, '\n');
	report_put_count(r, r->documents, "document", "documents", "document", "documents");
	buffer_put(&r->out, SLICE(", "));
	report_put_count(r, r->words, "word", "words", "mot", "mots");
	buffer_put(&r->out, SLICE(", "));
	put_profiles(r);
	buffer_put(&r->out, slice_of(report_say(r, ": ", "\u00A0: ")));
	if (r->counts[SEVERITY_ERROR] + r->counts[SEVERITY_WARNING] +
			r->counts[SEVERITY_INFO] ==
		0)
		buffer_put(&r->out,
			slice_of(report_say(r, "nothing to report", "rien à signaler")));
	else
		report_put_counts(r);
	buffer_put_char(&r->out, '\n');
}

const report_format report_markdown = {
	.name = "markdown",
	.summary_en = "a table in Markdown, for the summary page of a job",
	.summary_fr = "tableau en Markdown, pour la page d’un travail",
	.begin = begin,
	.document = write_document,
	.end = end,
	.signs = { "# paraph\n\n| place | level | what | suggestion | rule |\n",
		"# paraph\n\n| lieu | niveau | constat | suggestion | règle |\n" },
};
