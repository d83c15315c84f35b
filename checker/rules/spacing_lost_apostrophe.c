/* An apostrophe that became a space, or was lost with one: « l Asie », « n a pas », « qu il »,
 * « lUnion ».
 *
 * A word of one letter also names a paragraph, a variable, a litre: after a number, a word that
 * numbers things, a mark or another letter nothing is said, and what follows must be what the
 * elided word stands before: a verb after n, s, j, m, t; a form of être after c. */
#include <string.h>

#include "checker/rules/grammar.h"
#include "checker/rules/label.h"
#include "checker/rules/vowel.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORD_BYTES_MOST 64

enum { BEFORE_WORD, BEFORE_VERB, BEFORE_VERB_OF_PERSON, BEFORE_BE, BEFORE_PRONOUN, BEFORE_ANY };

static const struct elided {
	const char *word;
	int before;
} elided[] = { { "l", BEFORE_WORD }, { "d", BEFORE_WORD }, { "n", BEFORE_VERB },
	{ "s", BEFORE_VERB }, { "j", BEFORE_VERB }, { "m", BEFORE_VERB_OF_PERSON },
	{ "t", BEFORE_VERB_OF_PERSON }, { "c", BEFORE_BE }, { "qu", BEFORE_PRONOUN },
	{ "jusqu", BEFORE_ANY }, { "quelqu", BEFORE_ANY }, { "lorsqu", BEFORE_PRONOUN },
	{ "puisqu", BEFORE_PRONOUN }, { "quoiqu", BEFORE_PRONOUN } };

static const char *const watched[] = { "l", "d", "n", "s", "j", "m", "t", "c", "qu", "jusqu",
	"quelqu", "lorsqu", "puisqu", "quoiqu", NULL };

static const struct elided *
find(slice s)
{
	for (size_t i = 0; i < sizeof(elided) / sizeof(*elided); i++)
		if (slice_is(s, elided[i].word))
			return &elided[i];
	return NULL;
}

/* A letter here names something: « le point d est », « 5 l environ », « b) et c ont ». */
static bool
names_something(const check *c, size_t i)
{
	static const char *const others[] = { "où", "à", "et", "ou", "ni", "dit", "m", "mme",
		NULL };
	const token *before = &c->tokens.at[i] - 1;
	bool small = check_token(c, i).p[0] >= 'a';

	if (before->kind == TOKEN_EDGE)
		return c->tokens.at[i].length == 1 && small;
	if (before->kind == TOKEN_MARK)
		return before->word != ',' && (small || !grammar_opens_sentence(c, i));
	if (before->kind != TOKEN_WORD && before->kind != TOKEN_ELISION)
		return true;
	return before->length <= 1 || label_is_announced(c, i) ||
	       check_word_is(c, i - 1, others);
}

static bool
is_known(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_WORD &&
	       (c->tokens.at[i].features & FEATURE_UNKNOWN) == 0;
}

static bool
is_verb(const check *c, size_t i)
{
	static const char *const small[] = { "a", "ai", "as", "est", "es", "en", "y", NULL };
	slice s = check_lower(c, i);

	if (slice_is_one_of(s, small))
		return true;
	return s.n > 2 && vowel_opens(s) && !slice_ends(s, SLICE("ant")) &&
	       (grammar_of(c, s) & POS_VERB) != 0;
}

/* « il m avait », « qui t a »: m and t name other things, too. */
static bool
follows_person(const check *c, size_t i)
{
	static const char *const persons[] = { "je", "tu", "il", "elle", "on", "ils", "elles",
		"nous", "vous", "qui", "ne", "cela", "ça", NULL };

	return i > 0 && check_word_is(c, i - 1, persons);
}

static bool
asks(const check *c, size_t i, const struct elided *e)
{
	static const char *const be[] = { "est", "était", "étaient", "eût", NULL };
	static const char *const articles[] = { "un", "une", NULL };
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	slice s = check_lower(c, i);

	switch (e->before) {
	case BEFORE_VERB_OF_PERSON:
		return (w->shape & SHAPE_LOWER) != 0 && follows_person(c, i - 1) &&
		       is_verb(c, i);
	case BEFORE_VERB:
		return (w->shape & SHAPE_LOWER) != 0 && is_verb(c, i);
	case BEFORE_BE:
		return slice_is_one_of(s, be);
	case BEFORE_WORD:
		if ((w->shape & SHAPE_LOWER) == 0)
			return w->points > 3 && (w->shape & SHAPE_TITLE) != 0 &&
			       vowel_opens_name(w->text);
		return (w->points > 2 && vowel_opens(s)) ||
		       (e->word[0] == 'd' && slice_is_one_of(s, articles));
	case BEFORE_ANY: /* jusqu’à, quelqu’un: no words without what follows */
		return vowel_opens(s) || slice_is(s, "à");
	default:
		return (w->shape & SHAPE_LOWER) != 0 && s.n > 1 && vowel_opens(s);
	}
}

/* « Le groupe n a pas siégé »: a negation makes a verb of what stands behind n. */
static bool
is_denied(const check *c, size_t i)
{
	static const char *const negations[] = { "pas", "plus", "jamais", "aucun", "aucune",
		"rien", "guère", "que", NULL };

	if (!slice_is(check_lower(c, i), "n"))
		return false;
	for (size_t k = i + 2; k < i + 6 && c->tokens.at[k].kind != TOKEN_EDGE; k++)
		if (check_word_is(c, k, negations))
			return true;
	return false;
}

/* « le groupe d experts »: nothing but a noun stands behind d, where a letter that names the
 * group would want a verb. */
static bool
counts_noun(const check *c, size_t i)
{
	const uint32_t others = POS_VERB | POS_PARTICIPLE | POS_PREPOSITION | POS_ADVERB |
				POS_CONJUNCTION | POS_DETERMINER | POS_PRONOUN;
	uint32_t grammar = grammar_of(c, check_lower(c, i + 1));

	return slice_is(check_lower(c, i), "d") && label_is_announced(c, i) &&
	       (grammar & POS_NOUN) != 0 && (grammar & others) == 0;
}

/* Bytes of the elided word that begins « lUnion », « dAfrique », « quÀ »; 0: none does. What
 * follows must be a word that can stand behind it; dATP, dUTP are names of chemicals. */
static size_t
joined_part(const check *c, slice text)
{
	static const char *const words_of[] = { "l", "d", "qu", "L", "D", "Qu", NULL };
	char lower[3 * WORD_BYTES_MOST];

	for (const char *const *w = words_of; *w != NULL; w++) {
		size_t n = strlen(*w), at = n;
		slice rest = slice_sub(text, n < text.n ? n : text.n, text.n);
		if (!slice_starts(text, slice_of(*w)) || rest.n < 3 ||
			rest.n > WORD_BYTES_MOST || !utf8_is_upper(utf8_next(text, &at)))
			continue;
		bool title = at < text.n && !utf8_is_upper(utf8_next(text, &at));
		slice small = { lower, text_lower(lower, rest) };
		if ((title || **w == 'l' || **w == 'L') &&
			(vowel_opens(small) || vowel_opens_name(rest)) &&
			lexicon_knows(c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR], rest))
			return n;
	}
	return 0;
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r, (void)l;
	return (w->shape & SHAPE_MIXED) != 0 &&
	       (w->shape & (SHAPE_HYPHEN | SHAPE_APOSTROPHE | SHAPE_DIGIT)) == 0 &&
	       c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] != NULL &&
	       joined_part(c, w->text) != 0;
}

static status
report_joined(check *c, const rule *r, size_t i)
{
	slice shown = check_token(c, i);
	size_t n = joined_part(c, shown);

	if (n == 0 || c->tokens.at[i].kind != TOKEN_WORD)
		return STATUS_OK;
	slice made = check_printf(
		c, "%.*s\u2019%.*s", (int)n, shown.p, (int)(shown.n - n), shown.p + n);
	return check_report_fix(c, r, check_span(c, i, i), made, FIX_SAFE);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice shown = check_token(c, i);

	if ((t->features & (uint32_t)FEATURE_WATCHED) == 0)
		return report_joined(c, r, i);
	if (t->kind != TOKEN_WORD || t[1].kind != TOKEN_WORD || t[1].gap != GAP_SPACE ||
		t->gap == GAP_NONE || t->gap == GAP_WIDE || !is_known(c, i + 1))
		return STATUS_OK;
	/* L or D in capitals is an initial or a numeral but where a sentence begins. */
	if (shown.p[0] < 'a' && t->length == 1 && !grammar_opens_sentence(c, i))
		return STATUS_OK;
	const struct elided *e = find(check_lower(c, i));
	if (e == NULL || !asks(c, i + 1, e) ||
		(names_something(c, i) && !is_denied(c, i) && !counts_noun(c, i)))
		return STATUS_OK;
	slice made = check_printf(
		c, "%.*s\u2019%.*s", SLICE_ARG(shown), SLICE_ARG(check_token(c, i + 1)));
	return check_report_fix(c, r, check_span(c, i, i + 1), made, FIX_SAFE);
}

const rule rule_spacing_lost_apostrophe = {
	.id = "spacing/lost-apostrophe",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED | (uint32_t)FEATURE_UNKNOWN,
	.watch = watched,
	.wants = wants,
	.source = "FR-ESP-08: documents of the United Nations, errors catalogued; "
		  "Académie française, Dictionnaire, « apostrophe » (A)",
	.summary_en = "a lost apostrophe",
	.summary_fr = "apostrophe perdue",
	.explanation_en =
		"Some PDF files give their apostrophes no letter that can be copied, and a "
		"space "
		"is left of them: «\u00A0l Asie\u00A0», «\u00A0n a pas\u00A0», «\u00A0qu "
		"il\u00A0». Letters that name a "
		"paragraph, a figure or a unit are left alone, as is whatever the elided word "
		"does not stand before.",
	.explanation_fr =
		"De certains fichiers PDF, les apostrophes ne se copient pas, et il reste une "
		"espace\u00A0: «\u00A0l Asie\u00A0», «\u00A0n a pas\u00A0», «\u00A0qu "
		"il\u00A0». Les lettres qui désignent un "
		"alinéa, une figure ou une unité ne sont pas relevées, ni ce que le mot élidé "
		"ne précède pas.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la situation dans l Asie du Sud",
					  "la situation dans l’Asie du Sud" },
		{ LANGUAGE_FR, "le rapport d une commission", "le rapport d’une commission" },
		{ LANGUAGE_FR, "Le Conseil n a pas adopté ce texte.",
			"Le Conseil n’a pas adopté ce texte." },
		{ LANGUAGE_FR, "Il importe qu il soit entendu.",
			"Il importe qu’il soit entendu." },
		{ LANGUAGE_FR, "Cela s est produit hier.", "Cela s’est produit hier." },
		{ LANGUAGE_FR, "L’État partie n a pas répondu.",
			"L’État partie n’a pas répondu." },
		{ LANGUAGE_FR, "Il siège jusqu à la fin.", "Il siège jusqu’à la fin." },
		{ LANGUAGE_FR, "La paix dure. L État partie le sait.",
			"La paix dure. L’État partie le sait." },
		{ LANGUAGE_FR, "Le Président de lUnion africaine a parlé.",
			"Le Président de l’Union africaine a parlé." },
		{ LANGUAGE_FR, NULL, "La base dBase et le nucléotide dATP ; M. dAlmeida." },
		{ LANGUAGE_FR, NULL, "Le point d est adopté, les alinéas c et d ont changé." },
		{ LANGUAGE_FR, NULL, "Il a bu 2 l environ en 10 s à peine." },
		{ LANGUAGE_FR, NULL, "L’alinéa d est supprimé, ainsi que l’annexe D." },
		{ LANGUAGE_FR, NULL, "Le nombre n est pair ; les points l et m sont joints." },
		{ LANGUAGE_FR, NULL, "Le groupe n est composé de n éléments." },
		{ LANGUAGE_FR, NULL, "Pour n et j allant de 1 à 4, où n est le nombre." }),
	.token = look,
};
