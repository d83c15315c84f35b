/* Elision that was left out: « le État », « si il », « de origine », « ce est », « jusque à ».
 *
 * Only where the next word begins with a vowel sound beyond doubt, which
 * data/lang/elision-fr.tsv settles for h, for the words that keep their distance (onze, oui,
 * ouate) and for names. Que and its compounds are judged before pronouns and articles alone,
 * since an author may pause after them (« tels que armoiries »). Acronyms follow their reading
 * aloud, and words that only the text knows are quoted or foreign: both are left alone. */
#include <string.h>

#include "checker/rules/grammar.h"
#include "checker/rules/vowel.h"
#include "checker/rules/wording.h"

/* What asks the word to elide: any word, a verb, one of a few. */
enum { BEFORE_WORD, BEFORE_VERB, BEFORE_PRONOUN, BEFORE_PLACE, BEFORE_BE };

/* Word before the vowel, what it becomes. */
static const struct elision {
	slice full, elided;
	int before;
} elisions[] = {
	{ { "le", 2 }, { "l’", 4 }, BEFORE_WORD }, { { "la", 2 }, { "l’", 4 }, BEFORE_WORD },
	{ { "de", 2 }, { "d’", 4 }, BEFORE_WORD }, { { "ne", 2 }, { "n’", 4 }, BEFORE_VERB },
	{ { "se", 2 }, { "s’", 4 }, BEFORE_VERB }, { { "je", 2 }, { "j’", 4 }, BEFORE_VERB },
	{ { "me", 2 }, { "m’", 4 }, BEFORE_VERB },
	{ { "que", 3 }, { "qu’", 5 }, BEFORE_PRONOUN },
	{ { "lorsque", 7 }, { "lorsqu’", 9 }, BEFORE_PRONOUN },
	{ { "puisque", 7 }, { "puisqu’", 9 }, BEFORE_PRONOUN },
	{ { "quoique", 7 }, { "quoiqu’", 9 }, BEFORE_PRONOUN },
	{ { "jusque", 6 }, { "jusqu’", 8 }, BEFORE_PLACE },
	{ { "ce", 2 }, { "c’", 4 }, BEFORE_BE },
	{ { "si", 2 }, { "s’", 4 }, BEFORE_PRONOUN }, /* il and ils only */
};

static const char *const watched[] = { "si", "le", "la", "de", "que", "ne", "se", "je", "me",
	"ce", "jusque", "lorsque", "puisque", "quoique", NULL };

/* A French word of three letters or more that begins with a vowel sound. */
static bool
asks_for_elision(const check *c, size_t i)
{
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	const word_reading *r = &w->in[LANGUAGE_FR - LANGUAGE_FR];

	if (w->points < 3)
		return false;
	if ((w->shape & SHAPE_LOWER) == 0) /* « de Ukraine International Airlines » */
		return (c->tokens.at[i + 1].features & FEATURE_TITLE) == 0 &&
		       vowel_opens_name(w->text);
	return r->grammar != 0 && (r->grammar & POS_NAME) == 0 &&
	       vowel_opens(check_lower(c, i));
}

/* « ne a », « se est », « je en »: a verb, en or y. */
static bool
asks_as_verb(const check *c, size_t i)
{
	static const char *const small[] = { "a", "ai", "as", "est", "es", "ont", "en", "y",
		"était", "étaient", "eut", "eût", NULL };
	const word *w = words_at(&c->words, c->tokens.at[i].word);

	if (slice_is_one_of(w->text, small))
		return true;
	return w->points >= 3 && (w->shape & SHAPE_LOWER) != 0 &&
	       (w->in[LANGUAGE_FR - LANGUAGE_FR].grammar & POS_VERB) != 0 &&
	       vowel_opens(w->text);
}

static bool
asks(const check *c, size_t i, const struct elision *e)
{
	static const char *const pronouns[] = { "il", "ils", "elle", "elles", "on", "un", "une",
		"en", NULL };
	static const char *const places[] = { "à", "au", "aux", "en", "ici", "alors", "où",
		NULL };
	static const char *const be[] = { "est", "était", "étaient", "est-à-dire", NULL };
	slice s = check_lower(c, i);

	switch (e->before) {
	case BEFORE_WORD:
		return asks_for_elision(c, i);
	case BEFORE_VERB:
		return asks_as_verb(c, i);
	case BEFORE_PLACE:
		return slice_is_one_of(s, places);
	case BEFORE_BE:
		return slice_is_one_of(s, be);
	default:
		if (e->full.n == 2) /* « si elle » does not elide */
			return slice_equal(s, SLICE("il")) || slice_equal(s, SLICE("ils"));
		return slice_is_one_of(check_token(c, i), pronouns);
	}
}

/* « au sens de autre partie », « la définition de entité »: a word that is named as a word
 * keeps its shape, and so does one before a quotation mark. */
static bool
is_mentioned(const check *c, size_t i)
{
	static const char *const namers[] = { "définition", "définitions", "sens", "mot",
		"mots", "mention", "entend", "terme", "termes", "expression", "expressions",
		"notion", "nom", "noms", NULL };

	return (i > 0 && check_word_is(c, i - 1, namers)) ||
	       (c->tokens.at[i + 1].features & (FEATURE_QUOTE | FEATURE_SLASH)) != 0;
}

static const struct elision *
find_elision(slice s)
{
	for (size_t i = 0; i < sizeof(elisions) / sizeof(*elisions); i++)
		if (slice_equal(elisions[i].full, s))
			return &elisions[i];
	return NULL;
}

static status
report(check *c, const rule *r, size_t i, slice elided)
{
	slice next = check_token(c, i + 1), first = check_token(c, i);
	if (first.p[0] >= 'A' && first.p[0] <= 'Z')
		elided = wording_capital(c, elided);
	if (elided.n == 0)
		return STATUS_MEMORY;
	slice made = check_printf(c, "%.*s%.*s", SLICE_ARG(elided), SLICE_ARG(next));

	return check_report_fix(c, r, check_span(c, i, i + 1), made, FIX_REVIEW);
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i + 1].kind != TOKEN_WORD || !grammar_spaced(c, i + 1))
		return STATUS_OK;
	const struct elision *e = find_elision(check_lower(c, i));
	if (e == NULL || is_mentioned(c, i) || !asks(c, i + 1, e))
		return STATUS_OK;
	if ((words_at(&c->words, c->tokens.at[i].word)->shape & (SHAPE_LOWER | SHAPE_TITLE)) ==
		0)
		return STATUS_OK;
	return report(c, r, i, e->elided);
}

const rule rule_grammar_elision = {
	.id = "grammar/elision",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.wants_after = vowel_may_open,
	.source = "FR-TRT-10; Grevisse, Le Bon Usage, § 44–50 (A)",
	.summary_en = "a vowel is not elided",
	.summary_fr = "élision manquante",
	.explanation_en =
		"Le, la, de, que, ne, se, je, me, jusque, lorsque, puisque and quoique lose "
		"their "
		"vowel before a vowel or a silent h, ce before est, si before il and ils. Most "
		"names, acronyms, numbers and the words that keep their distance (onze, oui, "
		"ouate, yaourt, héros) are left alone.",
	.explanation_fr =
		"Le, la, de, que, ne, se, je, me, jusque, lorsque, puisque et quoique perdent "
		"leur voyelle devant une voyelle ou un h muet, ce devant est, si devant il et "
		"ils. La plupart des noms propres, les sigles, les nombres et les mots qui "
		"refusent l’élision (onze, oui, ouate, yaourt, héros) ne sont pas examinés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "le État voisin", "l’État voisin" },
		{ LANGUAGE_FR, "Il demande si il convient de répondre.",
			"Il demande s’il convient de répondre." },
		{ LANGUAGE_FR, "le principe de égalité", "le principe d’égalité" },
		{ LANGUAGE_FR, "le Iran et la hausse des prix",
			"l’Iran et la hausse des prix" },
		{ LANGUAGE_FR, "les droits de homme", "les droits d’homme" },
		{ LANGUAGE_FR, NULL, "le onze novembre, le héros, la hiérarchie" },
		{ LANGUAGE_FR, NULL, "le ou les rapports" },
		{ LANGUAGE_FR, NULL, "la Haute-Commissaire" }),
	.token = look,
};
