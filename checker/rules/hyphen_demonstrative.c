/* « ce véhicule ci », « ce jour là », « cette voiture si. »: ci and là behind a noun that a
 * demonstrative leads are tied to it. Ci stands nowhere else; là may be the place (« mettez
 * cette table là »), so that only nouns of time take it here, and si is the conjunction unless
 * the sentence ends with it. */
#include "checker/quotation.h"
#include "checker/rules/grammar.h"

static const char *const watched[] = { "ci", "là", "si", NULL };
static const char *const demonstratives[] = { "ce", "cet", "cette", "ces", NULL };

/* Nouns with which là says when. */
static const char *const times[] = { "jour", "jours", "moment", "moments", "époque", "époques",
	"temps", "fois", "année", "années", "nuit", "nuits", "soir", "soirs", "matin",
	"instant", "période", "semaine", "heure", "gens", NULL };

/* « cette voiture-ci »: the noun right behind the demonstrative, or with one adjective between.
 */
static bool
is_led(const check *c, size_t noun)
{
	const uint32_t nominal = POS_NOUN, between = POS_ADJECTIVE;
	const token *t = c->tokens.at;

	if (noun == 0 || t[noun].kind != TOKEN_WORD || !grammar_spaced(c, noun) ||
		(words_at(&c->words, t[noun].word)->in[0].grammar & nominal) == 0)
		return false;
	if (check_word_is(c, noun - 1, demonstratives))
		return true;
	return noun > 1 && t[noun - 1].kind == TOKEN_WORD && grammar_spaced(c, noun - 1) &&
	       (words_at(&c->words, t[noun - 1].word)->in[0].grammar & between) != 0 &&
	       check_word_is(c, noun - 2, demonstratives);
}

static bool
ends_sentence(const check *c, size_t i)
{
	static const char *const is[] = { "c’", NULL };
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_MARK && t->word == ',')
		return check_word_is(c, i + 1, is);
	return t->kind == TOKEN_EDGE || (t->kind == TOKEN_MARK && t->word == '.');
}

static status
look(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i);
	const token *next = &c->tokens.at[i + 1];
	bool holds = true;

	if (i < 2 || !grammar_spaced(c, i) || !is_led(c, i - 1) ||
		(words_at(&c->words, c->tokens.at[i].word)->shape & SHAPE_LOWER) == 0 ||
		((next->features & FEATURE_DASH) != 0 && next->gap == GAP_NONE))
		return STATUS_OK;
	if (slice_is(lower, "là"))
		holds = check_word_is(c, i - 1, times);
	else if (slice_is(lower, "si"))
		holds = ends_sentence(c, i + 1);
	if (!holds || quotation_holds(c, i))
		return STATUS_OK;
	const char *tail = slice_is(lower, "là") ? "là" : "ci";
	return check_report_fix(c, r, check_span(c, i - 1, i),
		check_printf(c, "%.*s-%s", SLICE_ARG(check_token(c, i - 1)), tail), r->fix);
}

const rule rule_hyphen_demonstrative = {
	.id = "hyphen/demonstrative",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.before = FEATURE_NOUN,
	.source = "FR-TRT-01 (C): Imprimerie nationale; Grevisse, Le Bon Usage",
	.summary_en = "ci or là behind a noun without its hyphen",
	.summary_fr = "«\u00A0ci\u00A0» ou «\u00A0là\u00A0» après un nom, sans trait d’union",
	.explanation_en =
		"A noun led by ce, cette or ces takes ci and là with a hyphen: cette "
		"voiture-ci, "
		"ce jour-là. Là is looked at behind nouns of time, since elsewhere it may be a "
		"place.",
	.explanation_fr = "Le nom précédé de ce, cette ou ces prend ci et là avec un trait "
			  "d’union\u00A0: "
			  "cette voiture-ci, ce jour-là. Là n’est relevé qu’après un nom de "
			  "temps, car il "
			  "peut ailleurs désigner un lieu.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il veut ce véhicule ci.", "Il veut ce véhicule-ci." },
		{ LANGUAGE_FR, "Ce jour là, le Conseil a siégé.",
			"Ce jour-là, le Conseil a siégé." },
		{ LANGUAGE_FR, NULL,
			"Mettez cette table là ; il prendra cette mesure si, un "
			"jour, il le peut." }),
	.token = look,
};
