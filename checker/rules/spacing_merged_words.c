/* Words run together: "inthe", "detoute", "laRépublique", "AssembléeGénérale". A word that no
 * dictionary knows is cut in two at every place; what is reported must be two known words that
 * are much likelier side by side than a word of this length is to be unknown (text/joins.h).
 *
 * Compounds that dictionaries lag behind ("healthcare", "surtourisme") cut into two words as
 * well. What tells them from faults is that a fault joins words that often stand side by side
 * in running text, one of them a function word: the other must be common too, or the pair.
 * Everything else is left to spelling/unknown. */
#include <math.h>
#include <string.h>

#include "checker/rule.h"
#include "text/fold.h"
#include "text/joins.h"
#include "text/rolling.h"
#include "text/utf8.h"

#define WORD_BYTES_MAX 64
#define LOG_FAULT (-5.0) /* how often words are run together */
#define COMMON 300       /* in a million words */
#define FUNCTION_WORD 2000
#define CAMEL_PART_LEAST 20
#define CAMEL_TITLE_LEAST 4 /* letters: LeBlanc, DuPont, MacDonald are names */
#define SURE 3.0
#define PROBABLE 1.5

typedef struct cut {
	slice first, second; /* as they stand */
	double odds;         /* decimal logarithm */
} cut;

static lexicon *
dictionary(const check *c, language l)
{
	return c->words.lexicons[l - LANGUAGE_FR];
}

static slice
lower_of(char *out, slice s)
{
	return (slice){ out, text_lower(out, s) };
}

static bool
is_part(const check *c, language l, slice lower)
{
	const analysis *a;
	size_t i = 0;

	if (lower.n < 2 || lexicon_analyses(dictionary(c, l), lower, &a) == 0)
		return false;
	(void)utf8_next(lower, &i);
	return i < lower.n || joins_is_letter_word(l, lower);
}

/* Whether two words, should they be such, are those that faults join. What is rare is not even
 * looked for. */
static bool
often_meet(const check *c, language l, slice first, slice second)
{
	uint32_t a = lexicon_frequency_straight(dictionary(c, l), first);
	uint32_t b = lexicon_frequency_straight(dictionary(c, l), second);

	if (a < FUNCTION_WORD && b < FUNCTION_WORD)
		return false;
	return joins_find(c->with->joins, l, first, second).apart != 0 ||
	       (a >= COMMON && b >= COMMON);
}

static double
weigh(const check *c, language l, slice whole, slice first, slice second)
{
	double apart = joins_apart(c->with->joins, dictionary(c, l), l,
		(join_word){ first, true }, (join_word){ second, true });

	return apart + LOG_FAULT - joins_unknown(utf8_count(whole));
}

/* « sousministre » lacks its hyphen, not a space: spelling/unknown says so. */
static bool
is_compound(const check *c, language l, slice first, slice second)
{
	char text[2 * WORD_BYTES_MAX];
	const analysis *a;

	if (first.n + second.n + 1 > sizeof(text))
		return false;
	memcpy(text, first.p, first.n);
	text[first.n] = '-';
	memcpy(text + first.n + 1, second.p, second.n);
	slice compound = { text, first.n + 1 + second.n };
	return lexicon_analyses(dictionary(c, l), compound, &a) != 0;
}

/* May the first i bytes of a word and the others be words? As the dictionary's filter has it,
 * from the hashes of all beginnings. */
static bool
may_be_cut(const check *c, language l, const uint64_t *beginnings, slice whole, size_t i)
{
	uint64_t power = c->words.powers[whole.n - i];
	uint64_t second = beginnings[whole.n] - beginnings[i] * power;

	return lexicon_may_hold(dictionary(c, l), beginnings[i]) &&
	       lexicon_may_hold(dictionary(c, l), second);
}

/* The likeliest way to cut a word in two, in odds; -INFINITY when there is none. */
static cut
cut_anywhere(const check *c, language l, slice s)
{
	char lower[3 * WORD_BYTES_MAX + 4];
	uint64_t beginnings[WORD_BYTES_MAX + 1] = { 0 };
	slice whole = lower_of(lower, s);
	cut best = { .odds = -INFINITY };

	if (whole.n != s.n) /* a letter whose lower case has another length */
		return best;
	for (size_t i = 0; i < whole.n; i++)
		beginnings[i + 1] = rolling_add(beginnings[i], (unsigned char)whole.p[i]);
	for (size_t i = 0; i < whole.n;) {
		(void)utf8_next(whole, &i);
		slice first = slice_sub(whole, 0, i), second = slice_sub(whole, i, whole.n);
		if (!may_be_cut(c, l, beginnings, whole, i) ||
			!often_meet(c, l, first, second) || !is_part(c, l, first) ||
			!is_part(c, l, second) || is_compound(c, l, first, second))
			continue;
		double odds = weigh(c, l, whole, first, second);
		if (odds > best.odds)
			best = (cut){ slice_sub(s, 0, i), slice_sub(s, i, s.n), odds };
	}
	return best;
}

/* Where a capital follows a small letter, when that happens once; 0 otherwise. */
static size_t
camel_place(slice s)
{
	size_t place = 0;
	uint32_t before = 'A';

	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t letter = utf8_next(s, &i);
		if (utf8_is_upper(letter) && utf8_is_lower(before)) {
			if (place != 0)
				return 0;
			place = start;
		} else if (utf8_is_upper(letter) && start != 0)
			return 0;
		before = letter;
	}
	return place;
}

/* « laRépublique », « AssembléeGénérale »: the first part begins with a capital only in the
 * second kind, which brand names share (PowerPoint). */
static bool
cut_camel(const check *c, slice s, cut *out)
{
	char first_lower[3 * WORD_BYTES_MAX + 4], second_lower[3 * WORD_BYTES_MAX + 4];
	size_t place = camel_place(s);

	if (place == 0)
		return false;
	out->first = slice_sub(s, 0, place);
	out->second = slice_sub(s, place, s.n);
	slice first = lower_of(first_lower, out->first);
	slice second = lower_of(second_lower, out->second);
	bool title = !slice_equal(first, out->first);
	const analysis *a;
	if (!is_part(c, c->language, first) || second.n < 3 ||
		(lexicon_analyses(dictionary(c, c->language), second, &a) == 0 &&
			lexicon_analyses(dictionary(c, c->language), out->second, &a) == 0))
		return false;
	uint32_t common = lexicon_frequency(dictionary(c, c->language), first);
	bool meet = joins_find(c->with->joins, c->language, first, second).apart != 0;
	bool both = common >= CAMEL_PART_LEAST &&
		    lexicon_frequency(dictionary(c, c->language), second) >= CAMEL_PART_LEAST;
	bool brand =
		title && (c->language == LANGUAGE_EN || utf8_count(first) < CAMEL_TITLE_LEAST);
	out->odds = brand                                         ? -INFINITY
		    : meet || (!title && common >= FUNCTION_WORD) ? SURE
		    : c->language == LANGUAGE_FR && both          ? PROBABLE
								  : -INFINITY;
	return true;
}

static status
say(check *c, const rule *r, size_t i, const cut *k)
{
	slice apart = check_printf(c, "%.*s %.*s", SLICE_ARG(k->first), SLICE_ARG(k->second));
	finding f = { .text = check_span(c, i, i),
		.fix = k->odds >= SURE ? FIX_SAFE : FIX_REVIEW,
		.suggestions = &apart,
		.suggestion_count = 1 };

	f.message = check_message(c, "two words run together: “%.*s”",
		"deux mots collés\u00A0: «\u00A0%.*s\u00A0»", SLICE_ARG(apart));
	return check_report(c, r, f);
}

static bool
is_of_letters(const word *w)
{
	return w->points >= 4 &&
	       (w->shape & (SHAPE_HYPHEN | SHAPE_APOSTROPHE | SHAPE_ODD | SHAPE_FOREIGN)) == 0;
}

/* Whether a word in small letters is cut hangs on nothing else, so it is settled here. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	if (!is_of_letters(w) || w->text.n > WORD_BYTES_MAX || dictionary(c, l) == NULL)
		return false;
	return (w->shape & SHAPE_MIXED) != 0 ||
	       ((w->shape & SHAPE_LOWER) != 0 && cut_anywhere(c, l, w->text).odds >= PROBABLE);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);
	cut k;

	if (t->kind != TOKEN_WORD || t->length > WORD_BYTES_MAX || !is_of_letters(w) ||
		dictionary(c, c->language) == NULL)
		return STATUS_OK;
	if ((w->shape & SHAPE_MIXED) != 0) {
		if (!cut_camel(c, check_token(c, i), &k))
			return STATUS_OK;
	} else if ((w->shape & SHAPE_LOWER) != 0)
		k = cut_anywhere(c, c->language, check_token(c, i));
	else
		return STATUS_OK;
	return k.odds >= PROBABLE ? say(c, r, i, &k) : STATUS_OK;
}

const rule rule_spacing_merged_words = {
	.id = "spacing/merged-words",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN,
	.wants = wants,
	.source = "FR-TRT-08: extracted text of United Nations documents (A)",
	.summary_en = "two words run together",
	.summary_fr = "deux mots collés",
	.explanation_en =
		"The space between two words was lost, as happens at line ends of extracted "
		"text and "
		"in fast typing. Reported when no dictionary knows the word, both halves are "
		"words, "
		"and the halves often stand side by side in reference texts. New compounds "
		"(“healthcare”) and brand names are left alone.",
	.explanation_fr = "L’espace entre deux mots s’est perdue, comme il arrive en fin de "
			  "ligne dans un texte "
			  "extrait d’un PDF ou dans une frappe rapide. Signalé quand aucun "
			  "dictionnaire ne "
			  "connaît le mot, que ses deux moitiés sont des mots et qu’elles se "
			  "suivent souvent "
			  "dans les textes de référence. Les composés nouveaux et les noms de "
			  "marques sont "
			  "laissés tels quels.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "l’ensemble detoute la population",
					  "l’ensemble de toute la population" },
		{ LANGUAGE_FR, "le Président de laRépublique",
			"le Président de la République" },
		{ LANGUAGE_FR, "la session de laCommission", "la session de la Commission" },
		{ LANGUAGE_EN, "a member ofthe Council", "a member of the Council" },
		{ LANGUAGE_EN, NULL, "multistakeholder PowerPoint" }),
	.token = look,
};
