/* « un demi million », « une demie-heure », « deux demis-journées »: before a noun demi is tied
 * to it and never varies. Behind the noun it stands alone (deux heures et demie), and un demi
 * is a glass or a player. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/nominal.h"

static const char *const halves[] = { "demi", "demie", "demis", "demies", NULL };

/* With these the noun demi has another gender or number. */
static const char *const certain[] = { "une", "la", "cette", "sa", "chaque", "toute", "leur",
	"d’", "par", NULL };

static bool
is_lead(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return (t->features & FEATURE_DETERMINER) != 0 || check_word_is(c, i, certain) ||
	       (words_at(&c->words, t->word)->in[0].grammar & POS_NUMERAL) != 0;
}

/* « la demie sud de la section »: the half of a piece of land. */
static bool
is_land(const check *c, size_t i)
{
	static const char *const sides[] = { "nord", "sud", "est", "ouest", NULL };

	return check_word_is(c, i, sides);
}

static status
report(check *c, const rule *r, size_t first, size_t last, slice head, slice noun)
{
	static const char half[] = "demi";
	bool capital = head.p[0] == 'D';

	return check_report_fix(c, r, check_span(c, first, last),
		check_printf(c, "%c%s-%.*s", capital ? 'D' : 'd', half + 1, SLICE_ARG(noun)),
		r->fix);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool sure = i > 0 && check_word_is(c, i - 1, certain);

	if (i == 0 || t[-1].kind == TOKEN_MARK || t->gap == GAP_NONE || !is_lead(c, i - 1) ||
		!nominal_follows(c, i + 1) || (phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		quotation_holds(c, i))
		return STATUS_OK;
	uint32_t parts = nominal_parts(c, i + 1);
	if ((parts & POS_NOUN) == 0 || is_land(c, i + 1) ||
		(parts & ~(uint32_t)(POS_NOUN | POS_ADJECTIVE | (sure ? POS_VERB : 0))) != 0)
		return STATUS_OK;
	return report(c, r, i, i + 1, check_token(c, i), check_token(c, i + 1));
}

/* « demie-heure » */
static size_t
varied_length(slice lower)
{
	static const char *const heads[] = { "demie-", "demis-", "demies-", NULL };

	for (size_t i = 0; heads[i] != NULL; i++)
		if (slice_starts(lower, slice_of(heads[i])))
			return strlen(heads[i]);
	return 0;
}

static bool
is_varied(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	(void)l;
	return varied_length(words_at(&c->words, w->lower)->text) != 0;
}

static status
look_joined(check *c, const rule *r, size_t i)
{
	size_t n = varied_length(check_lower(c, i));
	slice shown = check_token(c, i);

	if (n == 0 || shown.n != check_lower(c, i).n || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, i, i, shown, slice_sub(shown, n, shown.n));
}

static const rule of_joined = {
	.fr = true, .on = FEATURE_HYPHEN, .wants = is_varied, .token = look_joined
};

const rule rule_hyphen_demi = {
	.id = "hyphen/demi",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = halves,
	.after = FEATURE_NOUN,
	.also = &of_joined,
	.source = "FR-TRT-01 (C): Académie française, Dictionnaire, « demi »",
	.summary_en = "demi before a noun has a hyphen and does not vary",
	.summary_fr = "«\u00A0demi\u00A0» devant un nom prend un trait d’union et ne varie pas",
	.explanation_en =
		"Before a noun demi is joined to it by a hyphen and stays as it is: une "
		"demi-heure, deux demi-journées. Behind the noun it stands alone and takes its "
		"gender: deux heures et demie.",
	.explanation_fr =
		"Devant un nom, demi s’y joint par un trait d’union et reste invariable\u00A0: "
		"une "
		"demi-heure, deux demi-journées. Après le nom, il s’écrit seul et en prend le "
		"genre\u00A0: deux heures et demie.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Un demi million de personnes a fui.",
					  "Un demi-million de personnes a fui." },
		{ LANGUAGE_FR, "Il parle une demie-heure.", "Il parle une demi-heure." },
		{ LANGUAGE_FR, NULL, "Deux heures et demie plus tard, un demi est servi." }),
	.token = look,
};
