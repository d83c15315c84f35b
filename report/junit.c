/* JUnit's XML: a document is a suite, a finding a test that failed. Information fails nothing:
 * it stands in the output of the suite. A document without fault is one test that passed. */
#include "report/markup.h"
#include "report/report.h"

static void
begin(report *r)
{
	buffer_put(&r->out, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				  "<testsuites>\n"));
}

static bool
fails(const report_finding *f)
{
	return f->found->severity >= SEVERITY_WARNING;
}

static void
put_place(report *r, const report_document *d, const report_finding *f)
{
	markup_put(&r->out, d->document->path);
	buffer_printf(&r->out, ":%u:%u: ", f->line, f->column);
	markup_put(&r->out, f->found->message);
	if (f->found->suggestion_count != 0) {
		buffer_put(&r->out, SLICE(" → "));
		markup_put(&r->out, f->found->suggestions[0]);
	}
	buffer_put_char(&r->out, '\n');
}

static void
put_failure(report *r, const report_document *d, const report_finding *f)
{
	buffer_printf(&r->out, "<testcase name=\"%s:%u:%u\"", f->rule, f->line, f->column);
	markup_attribute(&r->out, "classname", d->document->path);
	buffer_put(&r->out, SLICE(" time=\"0\"><failure"));
	markup_attribute(&r->out, "type", slice_of(severity_name(f->found->severity)));
	markup_attribute(&r->out, "message", f->found->message);
	buffer_put_char(&r->out, '>');
	put_place(r, d, f);
	buffer_put(&r->out, SLICE("</failure></testcase>\n"));
	report_flush(r);
}

static void
put_information(report *r, const report_document *d)
{
	buffer_put(&r->out, SLICE("<system-out>"));
	for (size_t i = 0; i < d->count; i++)
		if (!fails(&d->findings[i])) {
			put_place(r, d, &d->findings[i]);
			report_flush(r);
		}
	buffer_put(&r->out, SLICE("</system-out>\n<system-err/>\n"));
}

static void
write_document(report *r, const report_document *d)
{
	size_t failures = 0;

	for (size_t i = 0; i < d->count; i++)
		failures += fails(&d->findings[i]);
	buffer_put(&r->out, SLICE("<testsuite"));
	markup_attribute(&r->out, "name", d->document->path);
	buffer_printf(&r->out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" time=\"0\">\n",
		failures == 0 ? 1 : failures, failures);
	markup_profile(r, d);
	for (size_t i = 0; i < d->count; i++)
		if (fails(&d->findings[i]))
			put_failure(r, d, &d->findings[i]);
	if (failures == 0) {
		buffer_put(&r->out, SLICE("<testcase name=\"paraph\""));
		markup_attribute(&r->out, "classname", d->document->path);
		buffer_put(&r->out, SLICE(" time=\"0\"/>\n"));
	}
	put_information(r, d);
	buffer_put(&r->out, SLICE("</testsuite>\n"));
}

static void
end(report *r)
{
	buffer_put(&r->out, SLICE("</testsuites>\n"));
}

const report_format report_junit = {
	.name = "junit",
	.summary_en = "JUnit’s XML: a test fails for each finding from warning on",
	.summary_fr =
		"XML de JUnit\u00A0: un test échoue par signalement à partir d’avertissement",
	.begin = begin,
	.document = write_document,
	.end = end,
	.signs = { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		   "<testsuites>\n<testsuite name=\"" SIGN_ANY "\">\n<?paraph ",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n</testsuites>\n" SIGN_END },
};
