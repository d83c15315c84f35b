/* « S/2015/648, p. 12 »: a United Nations document is cited by paragraph, since the pages of
 * its language versions differ. */
#include "checker/rules/number.h"

/* S/PV.8150, A/72/PV.45: verbatim records have pages and no paragraphs. */
static bool
is_verbatim_record(slice symbol)
{
	for (slice part; symbol.n != 0;) {
		slice_cut(symbol, '/', &part, &symbol);
		if (slice_starts(part, SLICE("PV.")))
			return true;
	}
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const pages[] = { "p", "pp", "page", "pages", NULL };
	const token *t = &c->tokens.at[i];
	size_t page = i + 2;

	if (!spacing_is_mark(&t[1], ',') || !spacing_word_in(c, &t[2], pages) ||
		is_verbatim_record(check_token(c, i)))
		return STATUS_OK;
	size_t number = page + 1 + number_is_mark(c, page + 1, '.');
	if (c->tokens.at[number].kind != TOKEN_NUMBER)
		return STATUS_OK;
	return number_report(c, r, page, number, FIX_NONE, (slice){ 0 });
}

const rule rule_reference_page = {
	.id = "reference/page",
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = FEATURE_SYMBOL,
	.source = "FR-REF-12, EN-REF-07: Editorial Manual, Quotations; Instructions for the "
		  "preparation of documents (A)",
	.summary_en = "a United Nations document cited by page",
	.summary_fr = "document de l’ONU cité par page",
	.explanation_en =
		"The pages of a document differ from language to language; its paragraphs "
		"do not. Cite the paragraph. Verbatim records have none.",
	.explanation_fr = "Les pages d’un document changent d’une langue à l’autre, pas ses "
			  "paragraphes. Citez le paragraphe. Les procès-verbaux n’en ont pas.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Voir S/2015/648, p. 12 à ce sujet.",
					  "Voir S/2015/648, par. 30 à ce sujet." },
		{ LANGUAGE_EN, "See S/2015/648, p. 12 in this regard.",
			"See S/2015/648, para. 30 in this regard." },
		{ LANGUAGE_EN, NULL, "See S/PV.8150, p. 12, and A/72/PV.45, p. 3." }),
	.token = look,
};
