#include "checker/terms.h"

#include <stdlib.h>
#include <string.h>

#include "checker/memo.h"
#include "text/fold.h"
#include "text/utf8.h"

#define REACH 6 /* tokens looked at on each side */
#define BLOCKS \
	256 /* whose matches are kept while calls are put off: checker/parts.c has so many */

/* Kept for the document, filled anew for each block or, where calls are put off, for another
 * one of BLOCKS. */
typedef struct cache {
	uint32_t block; /* its start in the text, + 1 */
	term_matches matches;
} cache;

/* Arrays that live as long as the document: growing leaves the old ones to the arena. */
static void *
keep_alloc(void *user, size_t bytes)
{
	return arena_alloc(user, bytes, alignof(max_align_t));
}

static void
keep_free(void *user, void *p)
{
	(void)user;
	(void)p;
}

static cache *
cache_of(check *c)
{
	bool many = c->share != SHARE_ALL;
	size_t count = many ? BLOCKS : 1;
	cache *made = c->caches[CHECK_TERMS];

	if (made == NULL) {
		made = ARENA_ARRAY(c->keep, cache, count);
		memory *keep = ARENA_NEW(c->keep, memory);
		term_known *known = ARENA_ARRAY(c->keep, term_known, TERMS_KNOWN);
		if (made == NULL || keep == NULL || known == NULL)
			return NULL;
		*keep = (memory){ keep_alloc, keep_free, c->keep };
		for (size_t i = 0; i < count; i++) {
			term_matches_init(&made[i].matches, keep);
			made[i].matches.known = known;
		}
		c->caches[CHECK_TERMS] = made;
	}
	return &made[many ? (size_t)(c->block - c->document->blocks) % BLOCKS : 0];
}

/* For terms_of_block, where the block in hand may be another than at the last call. */
static status
match_block(check *c, terms_found *out)
{
	*out = (terms_found){ 0 };
	if (c->with->terms == NULL)
		return STATUS_OK;
	if (c->noting && memo_terms(c, &out->at, &out->count))
		return STATUS_OK;
	cache *k = cache_of(c);
	if (k == NULL)
		return STATUS_MEMORY;
	if (k->block != c->block->text.start + 1) {
		TRY(termbase_match(&k->matches, c->with->terms, &c->words, &c->tokens,
			c->document->text, c->language));
		k->block = c->block->text.start + 1;
	}
	*out = (terms_found){ k->matches.list.at, k->matches.list.n };
	return c->noting ? memo_keep_terms(c, out->at, out->count) : STATUS_OK;
}

status
terms_of_block(check *c, terms_found *out)
{
	const cache *k = c->caches[CHECK_TERMS];

	if (k == NULL || c->share != SHARE_ALL || c->noting ||
		k->block != c->block->text.start + 1)
		return match_block(c, out);
	*out = (terms_found){ k->matches.list.at, k->matches.list.n };
	return STATUS_OK;
}

/* The first term that ends at token i or later: matches stand in order and never overlap. */
static status
first_ending_from(check *c, size_t i, const term_match **out)
{
	terms_found found;
	size_t low = 0;

	*out = NULL;
	TRY(terms_of_block(c, &found));
	for (size_t high = found.count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (found.at[middle].last < i)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < found.count)
		*out = &found.at[low];
	return STATUS_OK;
}

status
terms_before(check *c, size_t end, const term_match **out)
{
	*out = NULL;
	if (end == 0)
		return STATUS_OK;
	TRY(first_ending_from(c, end - 1, out));
	if (*out != NULL && (*out)->last + 1 != end)
		*out = NULL;
	return STATUS_OK;
}

status
terms_at(check *c, size_t i, const term_match **out)
{
	TRY(first_ending_from(c, i, out));
	if (*out != NULL && (*out)->first > i)
		*out = NULL;
	return STATUS_OK;
}

/* The same words are compared with the same terms again with every key in an editor. */
static comparison
compare_known(memo *known, slice term, slice found)
{
	uint64_t parts[2] = { (uint64_t)(uintptr_t)term.p, slice_hash(found) };
	uint64_t key = slice_hash((slice){ (const char *)parts, sizeof(parts) });
	comparison out;

	if (memo_recall(known, key, &out, sizeof(out)))
		return out;
	out = surface_compare(term, found);
	(void)!memo_keep(known, key, &out, sizeof(out)); /* without memory it is found anew */
	return out;
}

comparison
terms_compare(check *c, const term_match *m, term_ref other)
{
	char plain[SURFACE_BYTES];
	const term_index *x = &c->with->terms->indexes[other.index];
	slice term = index_string(x, x->terms[other.term].surface);
	slice found = surface_of(
		plain, c->document->text, &c->tokens.at[m->first], &c->tokens.at[m->last]);

	return c->noting ? compare_known(c->memo, term, found) : surface_compare(term, found);
}

/* --- inflection --- */

typedef struct word_list {
	slice at[PIECES_MAX];
	size_t n;
} word_list;

static bool
split(slice s, word_list *out)
{
	bool more;

	out->n = 0;
	do {
		if (out->n == PIECES_MAX)
			return false;
		more = slice_cut(s, ' ', &out->at[out->n++], &s);
	} while (more);
	return true;
}

/* How many words both begin with, at most `most`; from the end when back is set. */
static size_t
shared_words(const word_list *a, const word_list *b, size_t most, bool back)
{
	size_t n = 0;

	while (n < most &&
		slice_equal(a->at[back ? a->n - 1 - n : n], b->at[back ? b->n - 1 - n : n]))
		n++;
	return n;
}

static slice
join(check *c, const word_list *words_of)
{
	slice s = words_of->at[0];

	for (size_t i = 1; i < words_of->n && s.p != NULL; i++)
		s = check_printf(c, "%.*s %.*s", SLICE_ARG(s), SLICE_ARG(words_of->at[i]));
	return s;
}

/* What wrong and right share is taken from the text, the rest from right. */
static slice
inflect(check *c, const word_list *found, const word_list *wrong, const word_list *right)
{
	size_t least = wrong->n < right->n ? wrong->n : right->n;
	size_t head = shared_words(wrong, right, least, false);
	size_t tail = shared_words(wrong, right, least - head, true);
	word_list made = *right;

	if (found->n != wrong->n)
		return (slice){ 0 };
	for (size_t i = head; i < wrong->n - tail; i++)
		if (!slice_equal(found->at[i], wrong->at[i]))
			return (slice){ 0 };
	for (size_t i = 0; i < head; i++)
		made.at[i] = found->at[i];
	for (size_t i = 0; i < tail; i++)
		made.at[made.n - 1 - i] = found->at[found->n - 1 - i];
	return join(c, &made);
}

slice
terms_inflected(check *c, const term_match *m, slice wrong, slice right)
{
	char plain[SURFACE_BYTES];
	word_list a, b, d;
	slice found = surface_of(
		plain, c->document->text, &c->tokens.at[m->first], &c->tokens.at[m->last]);

	if ((m->differences & ~(uint32_t)DIFFERS_INFLECTION) != 0 || !split(found, &a) ||
		!split(wrong, &b) || !split(right, &d))
		return (slice){ 0 };
	slice made = inflect(c, &a, &b, &d), kept;
	/* One word alone still points into plain. */
	return made.p == NULL || arena_copy(c->keep, made, &kept) != STATUS_OK ? (slice){ 0 }
									       : kept;
}

/* --- what stands before a term --- */

enum role { ROLE_NONE, ROLE_BARE, ROLE_OF, ROLE_TO, ROLE_DE, ROLE_EN };

/* The determiner before a term: its part in the sentence and the tokens it takes. */
typedef struct lead {
	enum role role;
	size_t tokens;
	slice text; /* lower case, one space */
} lead;

static bool
is_word(const check *c, size_t i, const char *lower)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
		return false;
	const word *w = words_at(&c->words, words_at(&c->words, t->word)->lower);
	return slice_is(w->text, lower);
}

static const struct {
	const char *first, *second; /* second may be NULL */
	enum role role;
	const char *text;
} leads[] = {
	{ "de", "la", ROLE_OF, "de la " },
	{ "de", "l\u2019", ROLE_OF, "de l\u2019" },
	{ "à", "la", ROLE_TO, "à la " },
	{ "à", "l\u2019", ROLE_TO, "à l\u2019" },
	{ "du", NULL, ROLE_OF, "du " },
	{ "des", NULL, ROLE_OF, "des " },
	{ "au", NULL, ROLE_TO, "au " },
	{ "aux", NULL, ROLE_TO, "aux " },
	{ "le", NULL, ROLE_BARE, "le " },
	{ "la", NULL, ROLE_BARE, "la " },
	{ "les", NULL, ROLE_BARE, "les " },
	{ "l\u2019", NULL, ROLE_BARE, "l\u2019" },
	{ "de", NULL, ROLE_DE, "de " },
	{ "d\u2019", NULL, ROLE_DE, "d\u2019" },
	{ "en", NULL, ROLE_EN, "en " },
};

static lead
lead_of(const check *c, size_t first)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
		size_t n = leads[i].second == NULL ? 1 : 2;
		if (first < n || !is_word(c, first - n, leads[i].first))
			continue;
		if (n == 2 && !is_word(c, first - 1, leads[i].second))
			continue;
		return (lead){ leads[i].role, n, slice_of(leads[i].text) };
	}
	return (lead){ 0 };
}

/* An elided word that leads cannot replace: qu’, s’, n’ … */
static bool
follows_elision(const check *c, size_t first)
{
	return first > 0 && c->tokens.at[first - 1].kind == TOKEN_ELISION;
}

static size_t
article_index(slice article)
{
	static const char *const articles[] = { "le", "la", "les", "l\u2019" };

	for (size_t i = 0; i < 4; i++)
		if (slice_is(article, articles[i]))
			return i;
	return 4;
}

/* Is it d’ before the term? Its article tells, for HCR (le) as for Haïti (none); else its
 * letter. */
static bool
elides(slice term, slice article)
{
	char folded[16];
	size_t i = 0;

	if (term.n == 0)
		return false;
	if (article_index(article) < 4)
		return article_index(article) == 3;
	(void)utf8_next(term, &i);
	size_t n = text_fold(folded, slice_sub(term, 0, i));
	return n > 0 && strchr("aeiouh", folded[0]) != NULL;
}

/* What the lead becomes before the new term; NULL when that is not sure. */
static const char *
new_lead(const lead *l, slice term, slice article, uint8_t gender)
{
	static const char *const bare[] = { "le ", "la ", "les ", "l\u2019" };
	static const char *const of[] = { "du ", "de la ", "des ", "de l\u2019" };
	static const char *const to[] = { "au ", "à la ", "aux ", "à l\u2019" };
	size_t a = article_index(article);

	switch (l->role) {
	case ROLE_BARE:
		return a < 4 ? bare[a] : NULL;
	case ROLE_OF:
		return a < 4 ? of[a] : NULL;
	case ROLE_TO:
		return a < 4 ? to[a] : NULL;
	case ROLE_DE:
		return elides(term, article) ? "d\u2019" : "de ";
	case ROLE_EN:
		if (a == 2)
			return "aux ";
		if (a == 4)
			return NULL;
		return gender & TERM_FEMININE || elides(term, article) ? "en " : "au ";
	case ROLE_NONE:
		break;
	}
	return "";
}

static slice
with_capital(check *c, slice s)
{
	char first[8];
	size_t i = 0;

	if (s.n == 0)
		return s;
	size_t n = utf8_put(first, text_upper_char(utf8_next(s, &i)));
	slice rest = slice_sub(s, i, s.n);
	return check_printf(c, "%.*s%.*s", (int)n, first, SLICE_ARG(rest));
}

static slice
in_capitals(check *c, slice s)
{
	char *out = arena_array(c->keep, s.n, 4, 1);
	size_t n = 0;

	if (out == NULL)
		return (slice){ 0 };
	for (size_t i = 0; i < s.n;)
		n += utf8_put(out + n, text_upper_char(utf8_next(s, &i)));
	return (slice){ out, n };
}

static slice
dressed(check *c, slice term, uint32_t differences)
{
	if (differences & DIFFERS_CAPITALS)
		return in_capitals(c, term);
	return differences & DIFFERS_INITIAL ? with_capital(c, term) : term;
}

static bool
token_begins_upper(const check *c, size_t i)
{
	slice s = check_token(c, i);
	size_t at = 0;

	return s.n > 0 && utf8_is_upper(utf8_next(s, &at));
}

/* The lead changes: the replacement takes it along. */
static term_change
change_lead(check *c, const lead *l, size_t first, size_t last, const char *new, slice term)
{
	size_t start = first - l->tokens;
	slice text = check_printf(c, "%s%.*s", new, SLICE_ARG(term));

	if (text.p != NULL && token_begins_upper(c, start))
		text = with_capital(c, text);
	return (term_change){ check_span(c, start, last), text };
}

term_change
terms_change(check *c, size_t first, size_t last, slice term, slice article, uint8_t gender,
	uint32_t differences)
{
	term_change none = { check_span(c, first, last), { 0 } };
	term_change plain = { none.where, dressed(c, term, differences) };

	if (differences & (DIFFERS_INFLECTION | DIFFERS_POSSESSIVE))
		return none;
	if (c->language != LANGUAGE_FR)
		return plain;
	lead l = lead_of(c, first);
	if (l.role == ROLE_NONE)
		return follows_elision(c, first) && !elides(term, article) ? none : plain;
	const char *new = new_lead(&l, term, article, gender);
	if (new == NULL) {
		bool elided = c->tokens.at[first - 1].kind == TOKEN_ELISION;
		bool open = l.role == ROLE_BARE || l.role == ROLE_OF || l.role == ROLE_TO;
		bool plural = slice_equal(l.text, SLICE("les ")) ||
			      slice_equal(l.text, SLICE("des ")) ||
			      slice_equal(l.text, SLICE("aux "));
		return open && !plural && elided != elides(term, article) ? none : plain;
	}
	if (slice_is(l.text, new))
		return plain;
	return change_lead(c, &l, first, last, new, plain.text);
}

/* --- what stands around --- */

/* A word of two letters or more, known in this language or not. */
static bool
is_word_of(check *c, const token *t, language l, bool *known)
{
	const word_reading *r;

	if (t->kind != TOKEN_WORD || words_at(&c->words, t->word)->points < 2)
		return false;
	if (words_read(&c->words, words_at(&c->words, t->word)->lower, l, &r) != STATUS_OK)
		return false;
	*known = r->known;
	return true;
}

/* Is the word one of the other language and not of this? Words of this one are the rule, so
 * the other dictionary is not asked about them. */
static bool
is_foreign(check *c, const token *t)
{
	language other = c->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
	bool known;

	if (t->lower == t->word && (t->features & FEATURE_UNKNOWN) == 0)
		return false; /* in small letters, and known as it stands */
	return is_word_of(c, t, c->language, &known) && !known &&
	       is_word_of(c, t, other, &known) && known;
}

static bool
is_native(check *c, const token *t)
{
	language other = c->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
	bool known;

	return is_word_of(c, t, c->language, &known) && known &&
	       is_word_of(c, t, other, &known) && !known;
}

/* Words within reach on both sides that are so. */
static unsigned
count_around(check *c, size_t first, size_t last, bool (*is)(check *c, const token *t))
{
	unsigned n = 0;

	for (size_t k = 1; k <= REACH; k++) {
		if (first >= k)
			n += is(c, &c->tokens.at[first - k]);
		if (last + k < c->tokens.count)
			n += is(c, &c->tokens.at[last + k]);
	}
	return n;
}

/* The words right beside weigh most: a title often begins with the name itself. */
bool
terms_in_foreign_text(check *c, size_t first, size_t last)
{
	if (is_foreign(c, &c->tokens.at[last + 1]) ||
		(first > 0 && is_foreign(c, &c->tokens.at[first - 1])))
		return true;
	unsigned foreign = count_around(c, first, last, is_foreign);
	return foreign != 0 && foreign > count_around(c, first, last, is_native);
}

bool
terms_in_capitals(const check *c, size_t first, size_t last)
{
	int upper = 0, other = 0;

	for (size_t k = 1; k <= REACH; k++) {
		size_t near[2] = { first >= k ? first - k : c->tokens.count, last + k };
		for (int i = 0; i < 2; i++) {
			if (near[i] >= c->tokens.count ||
				c->tokens.at[near[i]].kind != TOKEN_WORD)
				continue;
			if (words_at(&c->words, c->tokens.at[near[i]].word)->shape &
				SHAPE_UPPER)
				upper++;
			else
				other++;
		}
	}
	return upper > 1 && upper > other;
}
