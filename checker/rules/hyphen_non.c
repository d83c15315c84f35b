/* « acteurs non étatiques » but « la non-prolifération »: non takes a hyphen before a noun and
 * none before an adjective.
 *
 * What can be both is left alone: « les non-violents », « les pays non alignés ». So is a word
 * behind a determiner, where an adjective stands for a noun (« les non-grévistes »). */
#include "checker/rules/wording.h"

static const char *const watched[] = { "non", NULL };
static const char *const determiners[] = { "la", "le", "de", "du", "sa", "son", "leur", "cette",
	"d’", NULL };

#define ADJECTIVES (POS_ADJECTIVE | POS_PARTICIPLE)
#define OTHERS \
	(POS_VERB | POS_PRONOUN | POS_PREPOSITION | POS_ADVERB | POS_CONJUNCTION | \
		POS_DETERMINER | POS_NUMERAL | POS_NAME)

/* « non prolifération » */
static status
look_apart(check *c, const rule *r, size_t i)
{
	const token *next = &c->tokens.at[i + 1];

	if (next->kind != TOKEN_WORD || next->gap != GAP_SPACE || i == 0 ||
		(wording_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		!check_word_is(c, i - 1, determiners))
		return STATUS_OK;
	uint32_t grammar = wording_grammar(c, check_lower(c, i + 1));
	if ((grammar & POS_NOUN) == 0 || (grammar & (ADJECTIVES | OTHERS)) != 0 ||
		wording_is_quoted(c, i, i + 1))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i + 1),
		check_printf(c, "%.*s-%.*s", SLICE_ARG(check_token(c, i)),
			SLICE_ARG(check_token(c, i + 1))),
		FIX_REVIEW);
}

/* « non-étatiques »: behind a noun. */
static status
look_joined(check *c, const rule *r, size_t i, slice lower)
{
	slice rest = slice_sub(lower, strlen("non-"), lower.n);

	if (memchr(rest.p, '-', rest.n) != NULL || i == 0 ||
		(wording_shape(c, i) & SHAPE_LOWER) == 0 ||
		(wording_shape(c, i - 1) & SHAPE_LOWER) == 0)
		return STATUS_OK;
	uint32_t grammar = wording_grammar(c, rest);
	uint32_t before = wording_grammar(c, check_lower(c, i - 1));
	if ((grammar & ADJECTIVES) == 0 || (grammar & (POS_NOUN | OTHERS)) != 0 ||
		(before & POS_NOUN) == 0 ||
		(before & (POS_DETERMINER | POS_PREPOSITION)) != 0 ||
		wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i),
		check_printf(c, "non %.*s", SLICE_ARG(rest)), FIX_REVIEW);
}

static status
look(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i);

	if (slice_equal(lower, SLICE("non")))
		return look_apart(c, r, i);
	if (slice_starts(lower, SLICE("non-")))
		return look_joined(c, r, i, lower);
	return STATUS_OK;
}

const rule rule_hyphen_non = {
	.id = "hyphen/non",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED | FEATURE_HYPHEN,
	.watch = watched,
	.source = "FR-TRT-03 (A): presse de l’ONU, A/RES/70/1",
	.summary_en = "«\u00A0non\u00A0» has a hyphen before a noun, none before an adjective",
	.summary_fr = "«\u00A0non\u00A0» prend un trait d’union devant un nom, non devant un "
		      "adjectif",
	.explanation_en = "In French: la non-prolifération, les acteurs non étatiques. Words "
			  "that can be noun "
			  "or adjective are left alone.",
	.explanation_fr =
		"On écrit «\u00A0la non-prolifération\u00A0» (nom) et «\u00A0les acteurs non "
		"étatiques\u00A0» (adjectif). "
		"Les mots qui peuvent être nom ou adjectif ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Les acteurs non-étatiques sont visés.",
					  "Les acteurs non étatiques sont visés." },
		{ LANGUAGE_FR, "Le Traité sur la non prolifération est en vigueur.",
			"Le Traité sur la non-prolifération est en vigueur." },
		{ LANGUAGE_FR, NULL,
			"La non-ingérence, les non-alignés, les pays non alignés, une action "
			"non-violente ; il a dit que non." }),
	.token = look,
};
