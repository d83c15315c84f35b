/* See agreement_colour.h. Behind a determiner the word is the noun, unless the colours
 * themselves are named one after the other (des orange et des bleu clair) or another noun
 * follows. */
#include "checker/rules/agreement_colour.h"

#include "checker/quotation.h"
#include "checker/rules/nominal.h"

bool
agreement_colour_noun(const check *c, const word *w, const word_reading *r, language l)
{
	const uint32_t all =
		GENDER_MASCULINE | GENDER_FEMININE | NUMBER_SINGULAR | NUMBER_PLURAL;
	const uint32_t kind = POS_NOUN | POS_ADJECTIVE;
	const analysis *a;
	bool colour = false, noun = false;

	if (l != LANGUAGE_FR || (r->grammar & POS_PARTS) != kind || (r->grammar & all) != all)
		return false;
	for (size_t n = words_analyses(&c->words, w->lower, l, &a); n > 0; n--) {
		uint32_t g = a[n - 1].grammar;
		if ((g & POS_NOUN) != 0 && (g & NUMBER_PLURAL) != 0)
			return false;
		colour = colour || ((g & POS_ADJECTIVE) != 0 && (g & all) == all);
		noun = noun || (g & POS_NOUN) != 0;
	}
	return colour && noun;
}

bool
agreement_leads_several(const check *c, const word *w, const word_reading *r, language l)
{
	const determiner *d = determiner_at(r->determiner);

	(void)c;
	(void)w;
	(void)l;
	return r->determiner != 0 && (d->cells & CELLS_SINGULAR) == 0;
}

status
agreement_colour(check *c, const rule *r, size_t i)
{
	static const char *const links[] = { "et", "ou", NULL };
	const token *after = &c->tokens.at[i + 1];

	if (i == 0 || !nominal_follows(c, i) || (phrase_shape(c, i) & SHAPE_LOWER) == 0 ||
		!nominal_stands_free(c, i - 1, i) ||
		(after->features & (FEATURE_NOUN | FEATURE_ADJECTIVE)) != 0)
		return STATUS_OK;
	if ((after->kind == TOKEN_MARK && after->word == ',') ||
		check_word_is(c, i + 1, links) || quotation_holds(c, i))
		return STATUS_OK;
	slice many = inflection_form(c, check_token(c, i), CELL_MP, POS_NOUN);
	if (many.n == 0)
		many = inflection_form(c, check_token(c, i), CELL_FP, POS_NOUN);
	return many.n == 0 ? STATUS_OK : phrase_report_last(c, r, i - 1, i, many, (slice){ 0 });
}
