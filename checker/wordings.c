/* See wordings.h. What must stand around a wording is written in its row, conditions separated
 * by semicolons, each with a list of words in lower case separated by commas:
 *
 *   +next=LIST   the word after it is in the list        -next=LIST   it is not
 *   +second=LIST the word after that is                  -second=LIST
 *   +prev=LIST   the word before it is in the list       -prev=LIST
 *   +near=LIST   one of the words stands within NEAR     -near=LIST   none of them does
 *                tokens of it, in the same block
 *   style=NAME   the profile asks for it: oxford (-ize), british, members (États Membres)
 *   name         capitals are no hindrance
 *
 * In a list, # is any number, ## one that cannot be a year, Aa any word that begins with a
 * capital, aa any in small letters, N a French noun in small letters that can be nothing else,
 * F one that is feminine, or an adjective before it, whatever else it can be, and ^ the
 * beginning or the end of a sentence. */
#include "checker/wordings.h"

#include <stdlib.h>
#include <string.h>

#include "checker/inflection.h"
#include "checker/quotation.h"
#include "checker/rule.h"
#include "checker/terms.h"
#include "text/fold.h"
#include "text/utf8.h"

#define NEAR 25
#define FEW_ROWS 12 /* of an opening: gone through one by one */
#define SUGGESTIONS 4
#define NO_RULE UINT16_MAX

static slice
string_at(uint32_t at)
{
	return slice_of(wording_strings + at);
}

void
wordings_init(check *c)
{
	for (size_t i = 0; wording_rules[i] != NULL; i++) {
		c->wording_rules[i] = NO_RULE;
		size_t k = c->with->rule_count;
		while (k > 0 && strcmp(c->with->rules[k - 1]->id, wording_rules[i]) != 0)
			k--;
		if (k > 0)
			c->wording_rules[i] = (uint16_t)(k - 1);
	}
}

uint64_t
wordings_apply(const check *c, const bool *applies, uint64_t rules)
{
	uint64_t wanted = rules & WORDING_WANTED;

	for (rules ^= wanted; rules != 0; rules &= rules - 1) {
		uint16_t number = c->wording_rules[(unsigned)__builtin_ctzll(rules)];
		if (number != NO_RULE && applies[number])
			return 1 | wanted;
	}
	return 0;
}

uint16_t
wordings_find(slice lower, language l)
{
	size_t k = l - LANGUAGE_FR;

	for (uint32_t i = wording_slot(lower, k) & wording_slot_mask; wording_slots[i] != 0;
		i = (i + 1) & wording_slot_mask) {
		size_t n = wording_slots[i] - 1u;
		if (n >= wording_opening_first[k] && n < wording_opening_first[k + 1] &&
			slice_is(lower, wording_strings + wording_openings[n].word))
			return wording_slots[i];
	}
	return 0;
}

/* --- what stands around --- */

static bool
has_word(const token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION;
}

static bool
is_edge(const token *t)
{
	return t->kind == TOKEN_EDGE || (t->features & FEATURE_STOP) != 0;
}

/* A noun, and neither an adjective nor a verb nor a word of grammar. */
static bool
is_noun(const check *c, const word *w)
{
	const uint32_t others = POS_VERB | POS_ADJECTIVE | POS_PARTICIPLE | POS_DETERMINER |
				POS_PRONOUN | POS_PREPOSITION | POS_ADVERB | POS_CONJUNCTION |
				POS_NUMERAL;
	const word_reading *r = &w->in[c->language - LANGUAGE_FR];

	return (w->shape & SHAPE_LOWER) != 0 && (r->grammar & POS_NOUN) != 0 &&
	       (r->grammar & others) == 0;
}

static bool
is_feminine(const check *c, const word *w)
{
	uint32_t grammar = w->in[c->language - LANGUAGE_FR].grammar;

	return (grammar & (POS_NOUN | POS_ADJECTIVE)) != 0 &&
	       (inflection_cells(grammar) & ~(unsigned)CELLS_FEMININE) == 0;
}

static bool
token_is(const check *c, const token *t, slice wanted)
{
	if (slice_equal(wanted, SLICE("#")))
		return t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE;
	if (slice_equal(wanted, SLICE("##")))
		return t->kind == TOKEN_NUMBER && t->length != 4;
	if (slice_equal(wanted, SLICE("^")))
		return is_edge(t);
	if (!has_word(t))
		return false;
	const word *w = words_at(&c->words, t->word);
	if (slice_equal(wanted, SLICE("Aa")))
		return (w->shape & SHAPE_LOWER) == 0;
	if (slice_equal(wanted, SLICE("aa")))
		return (w->shape & SHAPE_LOWER) != 0;
	if (slice_equal(wanted, SLICE("N")))
		return is_noun(c, w);
	if (slice_equal(wanted, SLICE("F")))
		return is_feminine(c, w);
	return slice_equal(words_at(&c->words, w->lower)->text, wanted);
}

static bool
is_in(const check *c, const token *t, slice list)
{
	slice wanted;
	bool more = true;

	while (more) {
		more = slice_cut(list, ',', &wanted, &list);
		if (token_is(c, t, wanted))
			return true;
	}
	return false;
}

static bool
is_near(const check *c, size_t first, size_t last, slice list)
{
	size_t from = first < NEAR ? 0 : first - NEAR;
	size_t to = last + NEAR < c->tokens.count ? last + NEAR : c->tokens.count - 1;

	for (size_t i = from; i <= to; i++)
		if ((i < first || i > last) && is_in(c, &c->tokens.at[i], list))
			return true;
	return false;
}

static bool
profile_asks(const profile *p, slice style)
{
	if (slice_equal(style, SLICE("oxford")))
		return p->spelling == SPELLING_OXFORD;
	if (slice_equal(style, SLICE("british")))
		return p->spelling == SPELLING_OXFORD || p->spelling == SPELLING_BRITISH;
	return p->member_states == MEMBER_STATES_CAPITALS;
}

/* One condition: "+next=a,b". */
static bool
holds(const check *c, size_t first, size_t last, slice condition)
{
	slice name, list;
	const token *at = c->tokens.at;
	bool found = true;

	if (!slice_cut(condition, '=', &name, &list))
		return true;
	if (slice_equal(name, SLICE("style")))
		return profile_asks(check_profile(c), list);
	slice place = slice_sub(name, 1, name.n);
	if (slice_equal(place, SLICE("next")))
		found = is_in(c, &at[last + 1], list);
	else if (slice_equal(place, SLICE("second")))
		found = last + 2 < c->tokens.count && is_in(c, &at[last + 2], list);
	else if (slice_equal(place, SLICE("prev")))
		found = is_in(c, &at[first] - 1, list);
	else
		found = is_near(c, first, last, list);
	return found == (name.p[0] == '+');
}

static bool
all_hold(const check *c, const wording *w, size_t first, size_t last)
{
	slice rest = string_at(w->when), condition;
	bool more = rest.n != 0;

	while (more) {
		more = slice_cut(rest, ';', &condition, &rest);
		if (!holds(c, first, last, condition))
			return false;
	}
	return true;
}

/* --- matching --- */

static bool
far_word_stands(const check *c, const wording *w, size_t first)
{
	uint64_t hash = wordings_hash(c, &c->tokens.at[first + w->far]);

	return wording_far_hash(hash) == w->far_hash;
}

static bool
opens_sentence(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return is_edge(t - 1) || (t[-1].kind == TOKEN_MARK && is_edge(t - 2));
}

static bool
begins_small(const char *text)
{
	size_t i = 0;
	uint32_t first = utf8_next(slice_of(text), &i);

	return text_upper_char(first) != first;
}

/* A French row that is compared letter by letter, at the head of a sentence: « Le Bahreïn » for
 * « le Bahreïn », where the row and its correction both begin with a small letter. */
static bool
has_capital_of_sentence(const check *c, const wording *w, size_t first)
{
	const word *x = words_at(&c->words, c->tokens.at[first].word);

	return (w->flags & WORDING_EXACT) != 0 && (x->shape & SHAPE_TITLE) != 0 &&
	       c->language == LANGUAGE_FR && begins_small(wording_strings + w->words) &&
	       begins_small(wording_strings + w->right) && opens_sentence(c, first);
}

/* Do the words of the row stand at the tokens from first on? */
static bool
same_words(const check *c, const wording *w, size_t first)
{
	const char *p = wording_strings + w->words;
	bool elided = false;

	for (size_t k = 0; k < w->count; k++) {
		const token *t = &c->tokens.at[first + k];
		slice wanted = slice_of(p);
		if (!has_word(t) || (k > 0 && (t->gap == GAP_NONE) != elided))
			return false;
		const word *found = words_at(&c->words, t->word);
		if ((w->flags & WORDING_EXACT) == 0 ||
			(k == 0 && !slice_equal(found->text, wanted) &&
				has_capital_of_sentence(c, w, first)))
			found = words_at(&c->words, found->lower);
		if (!slice_equal(found->text, wanted))
			return false;
		elided = t->kind == TOKEN_ELISION;
		p += wanted.n + 1;
	}
	return true;
}

/* What opens a sentence with a capital goes on as no name does: in small letters without « of
 * », in French also with what the row asks for, or with a stop behind two words or more. */
static bool
goes_on_plainly(const check *c, const wording *w, const token *next)
{
	if (token_is(c, next, SLICE("aa")))
		return !is_in(c, next, SLICE("of,for,and,de,des,du,pour,et"));
	if (c->language != LANGUAGE_FR)
		return false;
	bool compound =
		w->count > 1 || (words_at(&c->words, next[-1].word)->shape & SHAPE_HYPHEN) != 0;
	return (compound && is_edge(next)) ||
	       (next->kind == TOKEN_NUMBER &&
		       slice_starts(string_at(w->when), SLICE("+next=##")));
}

/* A word with a capital is a part of a name, unless a sentence begins with it. */
static bool
is_plain(const check *c, const wording *w, size_t first, size_t last)
{
	const token *at = c->tokens.at;

	if ((w->flags & (WORDING_EXACT | WORDING_NAME)) != 0)
		return true;
	for (size_t i = first; i <= last; i++) {
		uint16_t shape = words_at(&c->words, at[i].word)->shape;
		if ((shape & SHAPE_LOWER) != 0)
			continue;
		if (i != first || (shape & SHAPE_TITLE) == 0 || !opens_sentence(c, first) ||
			!goes_on_plainly(c, w, &at[last + 1]))
			return false;
	}
	return true;
}

/* --- report --- */

static slice
with_capital(check *c, slice s)
{
	char first[8];
	size_t i = 0;
	size_t n = utf8_put(first, text_upper_char(utf8_next(s, &i)));

	return check_printf(c, "%.*s%.*s", (int)n, first, SLICE_ARG(slice_sub(s, i, s.n)));
}

/* A correction in the capitals of the text: those of the first word. */
static slice
dressed(check *c, const wording *w, size_t first, slice right)
{
	uint16_t shape = words_at(&c->words, c->tokens.at[first].word)->shape;

	bool exact = (w->flags & WORDING_EXACT) != 0;
	if ((shape & SHAPE_LOWER) != 0 || right.n == 0 ||
		(exact && !has_capital_of_sentence(c, w, first)))
		return right;
	return with_capital(c, right);
}

/* With straight apostrophes where the text has no other: a correction does not mix them. */
static slice
with_apostrophes_of(check *c, slice text, slice right)
{
	static const char curly[] = "\u2019";
	const size_t bytes = sizeof(curly) - 1;

	if (memchr(text.p, '\'', text.n) == NULL)
		return right;
	for (size_t i = 0; right.p != NULL && i + bytes <= right.n; i++)
		if (memcmp(right.p + i, curly, bytes) == 0)
			right = check_printf(c, "%.*s'%.*s", (int)i, right.p,
				SLICE_ARG(slice_sub(right, i + bytes, right.n)));
	return right;
}

static status
report(check *c, const rule *r, const wording *w, size_t first, size_t last)
{
	slice suggestions[SUGGESTIONS], rest = string_at(w->right);
	finding f = { .text = check_span(c, first, last),
		.severity = (severity)w->level,
		.suggestions = suggestions,
		.source = string_at(w->source) };
	bool more = rest.n != 0;

	while (more && f.suggestion_count < SUGGESTIONS) {
		slice right;
		more = slice_cut(rest, '|', &right, &rest);
		suggestions[f.suggestion_count++] = with_apostrophes_of(
			c, check_text(c, f.text), dressed(c, w, first, right));
	}
	if (f.suggestion_count != 0) {
		bool sure = f.suggestion_count == 1 && (w->flags & WORDING_ASK) == 0 &&
			    w->level != SEVERITY_INFO;
		f.fix = sure ? r->fix : FIX_REVIEW;
		f.message = check_message(c, "“%.*s” is to be written “%.*s”",
			"«\u00A0%.*s\u00A0» s’écrit «\u00A0%.*s\u00A0»",
			SLICE_ARG(check_text(c, f.text)), SLICE_ARG(suggestions[0]));
	}
	return check_report(c, r, f);
}

/* The rows of an opening with this word beside it, which stand together; n gets their number.
 */
static const wording *
rows_beside(const wording_opening *o, uint64_t beside, size_t *n)
{
	const wording *rows = &wording_rows[o->first];
	size_t low = 0, high = o->rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (rows[middle].beside < beside)
			low = middle + 1;
		else
			high = middle;
	}
	for (*n = 0; low + *n < o->rows && rows[low + *n].beside == beside;)
		++*n;
	return &rows[low];
}

/* The first of the rows that stands around token i, which is the longest; NULL: none does. */
static const wording *
first_around(const check *c, const bool *applies, const wording *rows, size_t n, size_t i)
{
	for (size_t k = 0; k < n; k++) {
		const wording *w = &rows[k];
		uint16_t rule_number = c->wording_rules[w->rule];
		if (w->opening > i || rule_number == NO_RULE || !applies[rule_number])
			continue;
		size_t first = i - w->opening, last = first + w->count - 1;
		if (last < c->tokens.count && far_word_stands(c, w, first) &&
			same_words(c, w, first) && is_plain(c, w, first, last) &&
			all_hold(c, w, first, last))
			return w;
	}
	return NULL;
}

static const wording *
longer(const wording *a, const wording *b)
{
	return a == NULL || (b != NULL && b->count > a->count) ? b : a;
}

/* The longest row around token i; NULL: none. A row has beside its opening the word behind it
 * or, where it ends with it, the one before, or no word: most are passed over unseen. */
static const wording *
longest_around(const check *c, const bool *applies, const wording_opening *o, size_t i)
{
	const token *t = &c->tokens.at[i];
	const uint64_t beside[] = { wordings_hash(c, t + 1), wordings_hash(c, t - 1), 0 };
	const wording *best = NULL, *rows = &wording_rows[o->first];
	size_t n = 1;

	for (size_t k = 0; o->rows <= FEW_ROWS && k < o->rows; k++) {
		uint64_t b = rows[k].beside;
		if (b == 0 || b == beside[wording_side(rows[k].opening, rows[k].count)])
			best = longer(best, first_around(c, applies, &rows[k], 1, i));
	}
	for (size_t k = 0; o->rows > FEW_ROWS && k < sizeof(beside) / sizeof(*beside); k++) {
		rows = rows_beside(o, beside[k], &n);
		best = longer(best, first_around(c, applies, rows, n, i));
	}
	return best;
}

status
wordings_at(check *c, const bool *applies, size_t i)
{
	const wording_opening *o = wordings_opening(c, &c->tokens.at[i]);

	if (o == NULL)
		return STATUS_OK;
	const wording *w = longest_around(c, applies, o, i);
	if (w == NULL)
		return STATUS_OK;
	size_t first = i - w->opening, last = first + w->count - 1;
	if (quotation_holds(c, first) || terms_in_foreign_text(c, first, last))
		return STATUS_OK;
	c->running = c->wording_rules[w->rule];
	return report(c, c->with->rules[c->running], w, first, last);
}
