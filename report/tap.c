/* TAP version 13: a document is a test, which fails from warning on; what was found follows as
 * a block of YAML, whose strings are those of JSON. */
#include "report/report.h"

static void
begin(report *r)
{
	buffer_put(&r->out, SLICE("TAP version 13\n# paraph\n"));
}

/* # begins a directive, a line end the next test. */
static void
put_description(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '#' || c == '\\')
			buffer_put_char(out, '\\');
		buffer_put_char(out, c < 0x20 ? '?' : s.p[i]);
	}
}

static void
put_value(report *r, const char *key, slice value)
{
	json_writer j;

	buffer_printf(&r->out, "      %s: ", key);
	json_init(&j, &r->out);
	json_slice(&j, value);
	buffer_put_char(&r->out, '\n');
}

static void
put_finding(report *r, const report_finding *f)
{
	buffer_printf(&r->out, "    - line: %u\n      column: %u\n", f->line, f->column);
	put_value(r, "severity", slice_of(severity_name(f->found->severity)));
	put_value(r, "rule", slice_of(f->rule));
	put_value(r, "message", f->found->message);
	if (f->found->suggestion_count != 0)
		put_value(r, "suggestion", f->found->suggestions[0]);
	report_flush(r);
}

static void
write_document(report *r, const report_document *d)
{
	bool failed = false;

	for (size_t i = 0; i < d->count; i++)
		failed = failed || d->findings[i].found->severity >= SEVERITY_WARNING;
	buffer_printf(&r->out, "%s %zu - ", failed ? "not ok" : "ok", r->documents);
	put_description(&r->out, d->document->path);
	buffer_put_char(&r->out, '\n');
	if (d->count == 0)
		return;
	buffer_put(&r->out, SLICE("  ---\n  findings:\n"));
	for (size_t i = 0; i < d->count; i++)
		put_finding(r, &d->findings[i]);
	buffer_put(&r->out, SLICE("  ...\n"));
}

static void
end(report *r)
{
	buffer_printf(&r->out, "1..%zu\n", r->documents);
	if (r->documents != 0) {
		buffer_put(&r->out, SLICE("# "));
		report_put_profiles(r, &r->out);
		buffer_put_char(&r->out, '\n');
	}
}

const report_format report_tap = {
	.name = "tap",
	.summary_en = "TAP version 13: a test for each document",
	.summary_fr = "TAP version 13\u00A0: un test par document",
	.begin = begin,
	.document = write_document,
	.end = end,
	.signs = { "TAP version 13\n# paraph\n" },
};
