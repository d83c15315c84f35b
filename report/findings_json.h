/* The JSON of one document and its findings, schema paraph/findings/1: the same object in a
 * list (json) and alone on a line (jsonl). Keys are only ever added to a schema. */
#ifndef REPORT_FINDINGS_JSON_H
#define REPORT_FINDINGS_JSON_H

#include "report/report.h"

#define FINDINGS_SCHEMA "paraph/findings/1"

void findings_json_document(report *r, const report_document *d);
void findings_json_tool(report *r);

#endif
