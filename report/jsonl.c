/* One JSON object a line, one line a document, for runs that are cut in pieces or read while
 * they go on. There is no summary: a line says all there is to know of its document. */
#include "report/findings_json.h"

static void
write_line(report *r, const report_document *d)
{
	/* Each line is a text of its own: no comma before it. */
	json_init(&r->json, &r->out);
	findings_json_document(r, d);
	buffer_put_char(&r->out, '\n');
}

const report_format report_jsonl = {
	.name = "jsonl",
	.summary_en = "one JSON object a line for each document",
	.summary_fr = "un objet JSON par ligne pour chaque document",
	.document = write_line,
	.fingerprints = true,
	.signs = { "{\"path\":\"" SIGN_ANY "\",\"format\":\"" SIGN_ANY
		   "\",\"language\":\"" SIGN_ANY "\",\"profile\":\"" },
};
