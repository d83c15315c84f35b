#include "checker/rules/acronyms.h"

#include <string.h>

#include "checker/terms.h"
#include "text/data.h"
#include "text/find.h"
#include "text/spelled.h"

#define SLOTS 4096
#define ACRONYMS_MOST 2048
#define KNOWN_MOST 64   /* bytes of one that everybody knows */
#define BRACKET_REACH 6 /* tokens between an opening bracket and the acronym */

typedef struct acronyms {
	acronym *slots[SLOTS];
	acronym *first, *last;
	size_t count;
	uint32_t seen; /* where the last token looked at began, + 1 */
} acronyms;

static acronyms *
all_of(check *c)
{
	check_remembers(c);
	if (c->notes[CHECK_ACRONYMS] == NULL)
		c->notes[CHECK_ACRONYMS] = ARENA_NEW(c->keep, acronyms);
	return c->notes[CHECK_ACRONYMS];
}

const acronym *
acronyms_first(const check *c)
{
	const acronyms *all = c->notes[CHECK_ACRONYMS];

	return all == NULL ? NULL : all->first;
}

/* --- what is no acronym --- */

bool
acronym_is_well_known(slice s, language l)
{
	slice table = EMBEDDED(known_acronyms), rest, of;
	char line[KNOWN_MOST + 2];

	if (s.n > KNOWN_MOST)
		return false;
	line[0] = '\n';
	memcpy(line + 1, s.p, s.n);
	line[s.n + 1] = '\t';
	slice start = { line, s.n + 2 };
	for (size_t i = text_find(table, 0, start); i < table.n;
		i = text_find(table, i + 1, start)) {
		slice_cut(slice_sub(table, i + start.n, table.n), '\t', &of, &rest);
		if (of.n == 1 || (of.p[0] == 'f') == (l == LANGUAGE_FR))
			return true;
	}
	return false;
}

static bool
is_agreed(const check *c, size_t i)
{
	term_match m;

	return c->with->terms != NULL &&
	       termbase_match_at(&m, c->with->terms, &c->words, &c->tokens, c->document->text,
		       c->language, i) &&
	       m.first == m.last &&
	       (termbase_term(c->with->terms, m.term).flags & TERM_ACRONYM) != 0;
}

static status
is_word_of(check *c, uint32_t id, language l, bool *out)
{
	const word_reading *r;

	if (c->with->lexicons[l - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	TRY(words_read(&c->words, id, l, &r));
	*out = *out || r->known;
	return STATUS_OK;
}

/* DONE, ANNEXE, HABIBI: words in capitals. */
static status
is_word_in_capitals(check *c, size_t i, bool *out)
{
	uint32_t lower = words_at(&c->words, c->tokens.at[i].word)->lower;

	*out = false;
	TRY(is_word_of(c, lower, LANGUAGE_FR, out));
	return is_word_of(c, lower, LANGUAGE_EN, out);
}

/* --- the table --- */

static acronym **
slot_of(acronyms *all, slice text, uint64_t hash, language l)
{
	size_t k = hash % SLOTS;

	while (all->slots[k] != NULL &&
		(all->slots[k]->hash != hash || all->slots[k]->language != l ||
			!slice_equal(all->slots[k]->text, text)))
		k = (k + 1) % SLOTS;
	return &all->slots[k];
}

static status
add(check *c, acronyms *all, acronym **slot, size_t i, uint64_t hash)
{
	acronym *a = ARENA_NEW(c->keep, acronym);

	if (a == NULL)
		return STATUS_MEMORY;
	*a = (acronym){ .text = check_token(c, i),
		.hash = hash,
		.language = (uint8_t)c->language,
		.agreed = is_agreed(c, i) };
	if (!a->agreed)
		TRY(is_word_in_capitals(c, i, &a->ignored));
	a->ignored = a->ignored || (spelled_is_numeral(a->text) && !a->agreed);
	if (all->last == NULL)
		all->first = a;
	else
		all->last->next = a;
	all->last = *slot = a;
	all->count++;
	return STATUS_OK;
}

const acronym *
acronyms_at(check *c, size_t i)
{
	check_remembers(c);
	acronyms *all = c->notes[CHECK_ACRONYMS];
	slice text = check_token(c, i);

	return all == NULL || !spelled_is_acronym(text)
		       ? NULL
		       : *slot_of(all, text, slice_hash(text), c->language);
}

/* NULL when it is none, or one too many. */
static status
find(check *c, acronyms *all, size_t i, acronym **out)
{
	slice text = check_token(c, i);

	*out = NULL;
	if (!spelled_is_acronym(text))
		return STATUS_OK;
	uint64_t hash = slice_hash(text);
	acronym **slot = slot_of(all, text, hash, c->language);
	if (*slot == NULL && all->count < ACRONYMS_MOST)
		TRY(add(c, all, slot, i, hash));
	*out = *slot;
	return STATUS_OK;
}

/* --- spelled out --- */

static bool
is_mark(const check *c, size_t i, uint32_t mark)
{
	return i < c->tokens.count && c->tokens.at[i].kind == TOKEN_MARK &&
	       c->tokens.at[i].word == mark;
}

static bool
is_inside(const check *c, size_t i)
{
	return spelled_is_inside(&c->tokens.at[i]);
}

bool
acronym_spelled_before(const check *c, size_t end, slice letters, size_t *start)
{
	return spelled_before(&c->tokens, c->document->text, end, letters, start);
}

/* ACR (long form), or a line of a list of abbreviations: the words from `first` on spell it. */
static bool
is_spelled_after(const check *c, size_t first, slice letters)
{
	size_t last;

	return spelled_after(&c->tokens, c->document->text, first, letters, &last);
}

/* --- definitions --- */

static void
keep_keys(check *c, definition *d, size_t first, size_t last)
{
	for (size_t i = first; i <= last && d->key_count < LONG_FORM_WORDS; i++) {
		const word *w = words_at(&c->words, c->tokens.at[i].word);
		uint32_t keys[PIECES_MAX];
		if (c->tokens.at[i].kind != TOKEN_WORD || w->points < 4)
			continue;
		int n = surface_keys(
			keys, &c->words, &c->tokens.at[i], c->document->text, c->language);
		for (int k = 0; k < n && d->key_count < LONG_FORM_WORDS; k++)
			d->keys[d->key_count++] = keys[k];
	}
}

static size_t
shared_keys(const definition *a, const definition *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->key_count; i++)
		for (size_t k = 0; k < b->key_count; k++)
			if (a->keys[i] == b->keys[k]) {
				n++;
				break;
			}
	return n;
}

bool
definition_is_same(const definition *a, const definition *b)
{
	return a->key_count == b->key_count && shared_keys(a, b) == a->key_count;
}

bool
definition_is_other(const definition *a, const definition *b)
{
	return a->key_count > 1 && b->key_count > 1 && shared_keys(a, b) == 0;
}

static status
define(check *c, acronym *a, size_t first, size_t last, size_t i)
{
	definition *d = ARENA_NEW(c->keep, definition);

	if (d == NULL)
		return STATUS_MEMORY;
	d->where = check_span(c, i, i);
	d->long_form = check_span(c, first, last);
	keep_keys(c, d, first, last);
	if (a->last == NULL)
		a->definitions = d;
	else
		a->last->next = d;
	a->last = d;
	return STATUS_OK;
}

/* Where the term begins that ends right before token `end` and has this acronym. */
static status
find_term(check *c, size_t end, slice letters, size_t *start)
{
	const term_match *m;
	term_ref at;

	TRY(terms_before(c, end, &m));
	if (m == NULL || m->first == m->last)
		return STATUS_OK;
	for (size_t n = termbase_terms(c->with->terms, m->term, &at); n > 0; n--, at.term++) {
		term_view t = termbase_term(c->with->terms, at);
		if ((t.flags & TERM_ACRONYM) && slice_equal(t.text, letters))
			*start = m->first;
	}
	return STATUS_OK;
}

static bool
is_quote(const check *c, size_t i)
{
	return i < c->tokens.count && (c->tokens.at[i].features & FEATURE_QUOTE) != 0;
}

/* The opening bracket before token i with a few words at most between them; 0 when none is
 * there, or nothing stands before it. */
static size_t
bracket_before(const check *c, size_t i)
{
	for (size_t k = i; k > 1 && i - k < BRACKET_REACH; k--) {
		if (is_mark(c, k - 1, '('))
			return k - 1;
		if (is_mark(c, k - 1, ')') || is_mark(c, k - 1, '.'))
			return 0;
	}
	return 0;
}

/* « ci-après dénommée l’ACR », “hereinafter the ACR”, « sous le sigle ACR » */
static bool
is_announced(const check *c, size_t i)
{
	static const char *const announcers[] = { "ci-après", "dénommé", "dénommée", "dénommés",
		"dénommées", "sigle", "abrégé", "acronyme", "hereinafter", "hereafter",
		"acronym", "abbreviated", "known", NULL };
	size_t start = i > BRACKET_REACH ? i - BRACKET_REACH : 0;

	for (size_t k = start; k < i; k++)
		if (c->tokens.at[k].kind == TOKEN_WORD &&
			slice_is_one_of(check_token(c, k), announcers))
			return true;
	return false;
}

static bool
is_glossed(const check *c, size_t i, slice text)
{
	size_t start, next = i + 1;

	if (is_mark(c, next, '(') || is_mark(c, next, '='))
		return is_spelled_after(c, next + 1, text);
	if (i == 0 && is_spelled_after(c, is_mark(c, next, ':') ? 2 : 1, text))
		return true;
	if (i > 1 && (is_mark(c, i - 1, ',') || (c->tokens.at[i - 1].features & FEATURE_DASH)))
		return acronym_spelled_before(c, i - 1, text, &start);
	return is_announced(c, i);
}

/* Is token i part of the running text, where an acronym is read and must be understood? */
static bool
is_prose(const check *c, size_t i)
{
	return (c->block->kind == BLOCK_PARAGRAPH || c->block->kind == BLOCK_ITEM) &&
	       !terms_in_capitals(c, i, i);
}

static void
explain(const check *c, acronym *a, size_t i)
{
	if (!a->explained)
		a->explained_at = c->tokens.at[i].start;
	a->explained = true;
}

/* le PNUD, l’OIT, the IDP: names of persons in capitals have no article. */
static bool
has_article(const check *c, size_t i)
{
	static const char *const articles[] = { "le", "la", "les", "l\u2019", "du", "des", "au",
		"aux", "the", "a", "an", NULL };

	return i > 0 && check_word_is(c, i - 1, articles);
}

static void
use(const check *c, acronym *a, size_t i)
{
	a->uses++;
	if (!is_prose(c, i))
		return;
	a->prose++;
	a->articled = a->articled || a->agreed || has_article(c, i);
	if (a->first.end == 0)
		a->first = check_span(c, i, i);
}

bool
acronym_in_brackets(const check *c, size_t i, size_t *bracket)
{
	*bracket = bracket_before(c, i);
	if (*bracket == 0 || !is_inside(c, *bracket - 1))
		return false;
	return *bracket + 1 == i || (*bracket + 2 == i && is_quote(c, i - 1));
}

static status
read_use(check *c, acronym *a, size_t i)
{
	size_t bracket, start = SIZE_MAX;
	bool alone = acronym_in_brackets(c, i, &bracket), agreed = false;

	if (alone) {
		TRY(find_term(c, bracket, a->text, &start));
		agreed = start != SIZE_MAX;
	}
	if (agreed || (alone && acronym_spelled_before(c, bracket, a->text, &start))) {
		explain(c, a, i);
		TRY(define(c, a, start, bracket - 1, i));
		a->last->agreed = agreed;
		return STATUS_OK;
	}
	if ((bracket != 0 && is_inside(c, bracket - 1)) || is_glossed(c, i, a->text))
		explain(c, a, i);
	use(c, a, i);
	return STATUS_OK;
}

/* « Brigade anticriminalité (BAC) »: an acronym, though it is a word too. */
static bool
is_spelled_out_word(const check *c, size_t i)
{
	slice letters = check_token(c, i);
	size_t bracket, start;

	return !spelled_is_numeral(letters) && acronym_in_brackets(c, i, &bracket) &&
	       acronym_spelled_before(c, bracket, letters, &start);
}

status
acronyms_see(check *c, size_t i)
{
	acronyms *all = all_of(c);
	acronym *a;

	if (all == NULL)
		return STATUS_MEMORY;
	if (c->tokens.at[i].kind != TOKEN_WORD || c->tokens.at[i].start < all->seen)
		return STATUS_OK;
	all->seen = c->tokens.at[i].start + 1;
	TRY(find(c, all, i, &a));
	if (a == NULL)
		return STATUS_OK;
	a->ignored = a->ignored && !is_spelled_out_word(c, i);
	return a->ignored ? STATUS_OK : read_use(c, a, i);
}
