/* Checkstyle's XML, which Jenkins and many review tools read. */
#include "report/markup.h"
#include "report/report.h"

static void
begin(report *r)
{
	buffer_put(&r->out, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				  "<checkstyle version=\"4.3\">\n"));
}

static void
put_finding(report *r, const report_finding *f)
{
	buffer_printf(&r->out, "<error line=\"%u\" column=\"%u\"", f->line, f->column);
	markup_attribute(&r->out, "severity", slice_of(severity_name(f->found->severity)));
	markup_attribute(&r->out, "message", f->found->message);
	buffer_printf(&r->out, " source=\"paraph.%s\"/>\n", f->rule);
	report_flush(r);
}

static void
write_document(report *r, const report_document *d)
{
	buffer_put(&r->out, SLICE("<file"));
	markup_attribute(&r->out, "name", d->document->path);
	buffer_put(&r->out, SLICE(">\n"));
	markup_profile(r, d);
	for (size_t i = 0; i < d->count; i++)
		put_finding(r, &d->findings[i]);
	buffer_put(&r->out, SLICE("</file>\n"));
}

static void
end(report *r)
{
	buffer_put(&r->out, SLICE("</checkstyle>\n"));
}

const report_format report_checkstyle = {
	.name = "checkstyle",
	.summary_en = "Checkstyle’s XML, for Jenkins and others",
	.summary_fr = "XML de Checkstyle, pour Jenkins et d’autres",
	.begin = begin,
	.document = write_document,
	.end = end,
	.signs = { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		   "<checkstyle version=\"4.3\">\n<file name=\"" SIGN_ANY "\">\n<?paraph ",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<checkstyle version=\"4.3\">\n</checkstyle>\n" SIGN_END },
};
