/* A bilingual file for translation programs: XLIFF 1.2. What nothing faces is there too, as a
 * unit without target, or without source. */
#include "report/pairs.h"

static status
begin(pair_report *r)
{
	buffer_put(&r->out, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				  "<xliff version=\"1.2\" "
				  "xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n"
				  "<file original=\""));
	pair_put_xml(&r->out, r->name[0]);
	buffer_printf(&r->out,
		"\" datatype=\"plaintext\" source-language=\"%s\" target-language=\"%s\">\n"
		"<body>\n",
		language_name(r->language[0]), language_name(r->language[1]));
	return STATUS_OK;
}

static status
put_pair(pair_report *r, const pair *p)
{
	size_t number = (size_t)(p - r->pairs) + 1;

	buffer_printf(&r->out, "<trans-unit id=\"%zu\"%s>\n<source xml:space=\"preserve\">",
		number, p->crossing ? " extradata=\"crossing\"" : "");
	pair_put_xml(&r->out, p->text[0]);
	buffer_put(&r->out, SLICE("</source>\n"));
	if (p->count[1] != 0) {
		buffer_printf(&r->out, "<target xml:space=\"preserve\" state=\"translated\">");
		pair_put_xml(&r->out, p->text[1]);
		buffer_put(&r->out, SLICE("</target>\n"));
	}
	buffer_printf(&r->out, "<note>%.2f</note>\n</trans-unit>\n", p->confidence);
	return STATUS_OK;
}

static status
end(pair_report *r)
{
	buffer_put(&r->out, SLICE("</body>\n</file>\n</xliff>\n"));
	return STATUS_OK;
}

const pair_format pairs_xliff = {
	.name = "xliff",
	.extension = ".xlf",
	.summary_en = "a bilingual file for translation programs (XLIFF 1.2)",
	.summary_fr = "un fichier bilingue pour les outils de traduction (XLIFF 1.2)",
	.begin = begin,
	.pair = put_pair,
	.end = end,
};
