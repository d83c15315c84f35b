/* Both texts in two columns, for people: one file, no network, light and dark, printable. What
 * nothing faces and what is not sure is told by a mark and a word, not by colour alone. */
#include "report/pairs.h"

#define SURE 0.9

static bool
in_french(const pair_report *r)
{
	return r->context->ui == LANGUAGE_FR;
}

static status
begin(pair_report *r)
{
	bool fr = in_french(r);

	buffer_printf(&r->out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
		fr ? "fr" : "en");
	pair_put_xml(&r->out, r->name[0]);
	buffer_put(&r->out, SLICE(" – "));
	pair_put_xml(&r->out, r->name[1]);
	buffer_put(&r->out,
		SLICE("</title>\n<style>\n"
		      ":root{color-scheme:light dark;--line:#d0d0d0;--lone:#fff1d6;"
		      "--unsure:#fdf7c4;--move:#e3ecff}\n"
		      "@media(prefers-color-scheme:dark){:root{--line:#444;--lone:#4a3510;"
		      "--unsure:#3d3a10;--move:#1f2f50}}\n"
		      "body{font:16px/1.5 Georgia,serif;margin:2rem auto;max-width:80rem;"
		      "padding:0 1rem}\n"
		      "h1{font-size:1.3rem}\n"
		      "table{border-collapse:collapse;width:100%;table-layout:fixed}\n"
		      "col.note{width:6.5rem}\n"
		      "td,th{border-top:1px solid var(--line);padding:.4rem .6rem;"
		      "text-align:left;vertical-align:top;overflow-wrap:anywhere}\n"
		      "td.note{font:12px/1.6 sans-serif}\n"
		      ".lone{background:var(--lone)}.unsure{background:var(--unsure)}"
		      ".move{background:var(--move)}\n"
		      "@media(max-width:40rem){table,tbody,tr,td{display:block}colgroup,thead"
		      "{display:none}td{border:0}tr{border-top:1px solid var(--line)}}\n"
		      "</style>\n</head>\n<body>\n<h1>"));
	pair_put_xml(&r->out, r->name[0]);
	buffer_put(&r->out, SLICE(" – "));
	pair_put_xml(&r->out, r->name[1]);
	buffer_printf(&r->out,
		"</h1>\n<table>\n<colgroup><col><col><col class=\"note\"></colgroup>\n"
		"<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
		"Source", fr ? "Traduction" : "Translation", fr ? "Remarque" : "Remark");
	return STATUS_OK;
}

static const char *
class_of(const pair *p)
{
	if (p->count[0] == 0 || p->count[1] == 0)
		return "lone";
	if (p->crossing)
		return "move";
	return p->confidence < SURE ? "unsure" : "";
}

static void
put_remark(pair_report *r, const pair *p)
{
	bool fr = in_french(r);

	if (p->count[0] == 0)
		buffer_put(&r->out, slice_of(fr ? "sans source" : "no source"));
	else if (p->count[1] == 0)
		buffer_put(&r->out, slice_of(fr ? "sans traduction" : "no translation"));
	else if (p->crossing)
		buffer_put(&r->out, slice_of(fr ? "déplacé" : "moved"));
	else if (p->confidence < SURE)
		buffer_printf(&r->out, fr ? "sûr à %.0f\u00A0%%" : "%.0f per cent sure",
			100 * p->confidence);
}

static status
put_pair(pair_report *r, const pair *p)
{
	buffer_printf(&r->out, "<tr class=\"%s\">", class_of(p));
	for (int k = 0; k < 2; k++) {
		buffer_printf(&r->out, "<td lang=\"%s\">", language_name(r->language[k]));
		pair_put_xml(&r->out, p->text[k]);
		buffer_put(&r->out, SLICE("</td>"));
	}
	buffer_put(&r->out, SLICE("<td class=\"note\">"));
	put_remark(r, p);
	buffer_put(&r->out, SLICE("</td></tr>\n"));
	return STATUS_OK;
}

static status
end(pair_report *r)
{
	buffer_put(&r->out, SLICE("</tbody>\n</table>\n</body>\n</html>\n"));
	return STATUS_OK;
}

const pair_format pairs_html = {
	.name = "html",
	.extension = ".html",
	.summary_en = "both texts in two columns, for people",
	.summary_fr = "les deux textes en deux colonnes, pour les lire",
	.begin = begin,
	.pair = put_pair,
	.end = end,
};
