/* One JSON object for the whole run: design contract, section 5. */
#include "report/findings_json.h"

static void
begin(report *r)
{
	json_begin_object(&r->json);
	json_put_string(&r->json, "schema", SLICE(FINDINGS_SCHEMA));
	findings_json_tool(r);
	json_key(&r->json, "documents");
	json_begin_list(&r->json);
}

static void
end(report *r)
{
	json_writer *j = &r->json;

	json_end_list(j);
	json_key(j, "summary");
	json_begin_object(j);
	json_put_number(j, "documents", r->documents);
	json_put_number(j, "words", r->words);
	json_put_number(j, "error", r->counts[SEVERITY_ERROR]);
	json_put_number(j, "warning", r->counts[SEVERITY_WARNING]);
	json_put_number(j, "info", r->counts[SEVERITY_INFO]);
	json_end_object(j);
	json_end_object(j);
	buffer_put_char(&r->out, '\n');
}

const report_format report_json = {
	.name = "json",
	.summary_en = "one JSON object for the whole run",
	.summary_fr = "un objet JSON pour toute l’exécution",
	.begin = begin,
	.document = findings_json_document,
	.end = end,
	.fingerprints = true,
	.signs = { "{\"schema\":\"paraph/" },
};
