/* Asking: the search as SQLite answers it (termbase/search.h). */

#include <stdlib.h>
#include <string.h>

#include "termbase/search_words.h"
#include "termbase/sqlite.h"
#include "text/utf8.h"

#define CANDIDATES 2000 /* terms of the rarest word that are looked at */
#define LISTED_MOST 500 /* terms of a form of a word that are listed at once */
#define BEST_MOST 100   /* answers for which hopeless candidates are given up early */
#define SCORE_LEAST 0.3 /* below it a term is no answer */
#define VARIANTS 48     /* words that one word of the question may stand for */
#define PREFIX_LEAST 3
#define NEARLY 0.99 /* of a term that is the question without its article */

typedef struct variant { /* a word of the store that a word of the question stands for */
	int64_t word;
	double quality;
} variant;

typedef struct weighed { /* a term, and how well it has a word of the question */
	int64_t term;
	double quality;
} weighed;

typedef struct asked { /* a word of the question */
	slice form;
	variant variants[VARIANTS];
	size_t n;
	ARRAY(weighed) listed; /* terms of the variants that are in few, in order */
	variant common[VARIANTS];
	size_t common_n; /* variants that are in many terms, which are asked one by one */
	bool is_listed;
	size_t terms; /* that have it, counted up to CANDIDATES + 1 */
} asked;

typedef struct candidate {
	int64_t term;
	double score;
	uint32_t words;
	size_t had; /* words of the question that it has */
} candidate;

typedef struct search {
	context *context;
	store *store;
	arena *arena;
	search_words_of words;
	asked *asked;
	size_t n;
	ARRAY(candidate) found;
	size_t most, best_n;
	double best[BEST_MOST]; /* scores, while there are few to be told */
	sqlite3_stmt *by_id, *by_stem, *by_prefix, *by_deletion, *terms, *has, *term;
} search;

static status
prepare_questions(search *x)
{
	store *s = x->store;

	TRY(search_prepare(s, &x->by_id, "SELECT form FROM word WHERE id = ?"));
	TRY(search_prepare(s, &x->by_stem, "SELECT id FROM word WHERE stem = ? LIMIT 32"));
	TRY(search_prepare(
		s, &x->by_prefix, "SELECT id FROM word WHERE form > ? AND form < ? LIMIT 24"));
	TRY(search_prepare(s, &x->by_deletion,
		"SELECT word, form FROM deletion JOIN word ON word.id = word"
		" WHERE hash = ? LIMIT 64"));
	TRY(search_prepare(
		s, &x->terms, "SELECT term, words FROM posting WHERE word = ? LIMIT ?"));
	TRY(search_prepare(s, &x->has, "SELECT 1 FROM posting WHERE word = ? AND term = ?"));
	return search_prepare(s, &x->term,
		"SELECT concept.name, text, section.language, status FROM term"
		" JOIN concept ON concept.id = term.concept"
		" JOIN section ON section.concept = term.concept"
		"  AND section.position = term.section WHERE term.id = ?");
}

static void
close_questions(search *x)
{
	sqlite3_stmt *all[] = { x->by_id, x->by_stem, x->by_prefix, x->by_deletion, x->terms,
		x->has, x->term };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		sqlite3_finalize(all[i]);
}

static status
row(search *x, sqlite3_stmt *q, bool *more)
{
	int code = sqlite3_step(q);

	*more = code == SQLITE_ROW;
	if (*more)
		return STATUS_OK;
	sqlite3_reset(q);
	return code == SQLITE_DONE ? STATUS_OK : sqlite_store_failed(x->store);
}

static void
add_variant(asked *a, int64_t number, double quality)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->variants[i].word == number)
			return;
	if (a->n < VARIANTS)
		a->variants[a->n++] = (variant){ number, quality };
}

static status
add_same(search *x, asked *a)
{
	int64_t number = search_word_number(a->form);
	bool more;

	sqlite3_bind_int64(x->by_id, 1, number);
	TRY(row(x, x->by_id, &more));
	if (!more)
		return STATUS_OK;
	add_variant(a, number, 1);
	sqlite3_reset(x->by_id);
	return STATUS_OK;
}

static status
add_inflected(search *x, asked *a)
{
	bool more;

	sqlite3_bind_int64(x->by_stem, 1, surface_key(a->form));
	for (;;) {
		TRY(row(x, x->by_stem, &more));
		if (!more)
			return STATUS_OK;
		add_variant(a, sqlite3_column_int64(x->by_stem, 0), 0.95);
	}
}

static status
add_longer(search *x, asked *a)
{
	char end[SEARCH_FORM_MOST + 1];
	bool more;

	if (a->form.n < PREFIX_LEAST || a->form.n >= SEARCH_FORM_MOST)
		return STATUS_OK;
	memcpy(end, a->form.p, a->form.n);
	end[a->form.n] = '\x7F'; /* behind every letter of ASCII that could follow */
	sqlite3_bind_text(x->by_prefix, 1, a->form.p, (int)a->form.n, SQLITE_STATIC);
	sqlite3_bind_text(x->by_prefix, 2, end, (int)a->form.n + 1, SQLITE_STATIC);
	for (;;) {
		TRY(row(x, x->by_prefix, &more));
		if (!more)
			return STATUS_OK;
		add_variant(a, sqlite3_column_int64(x->by_prefix, 0), 0.8);
	}
}

/* At most one letter added, left out, changed, or two neighbours exchanged. */
static bool
one_slip_apart(slice a, slice b)
{
	size_t head = 0, tail = 0, least = a.n < b.n ? a.n : b.n;

	while (head < least && a.p[head] == b.p[head])
		head++;
	while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	slice x = slice_sub(a, head, a.n - tail), y = slice_sub(b, head, b.n - tail);
	if (utf8_count(x) <= 1 && utf8_count(y) <= 1)
		return true;
	return x.n == 2 && y.n == 2 && x.p[0] == y.p[1] && x.p[1] == y.p[0];
}

static status
add_deleted(search *x, asked *a, int64_t hash)
{
	bool more;

	sqlite3_bind_int64(x->by_deletion, 1, hash);
	for (;;) {
		TRY(row(x, x->by_deletion, &more));
		if (!more)
			return STATUS_OK;
		if (one_slip_apart(a->form, search_column_text(x->by_deletion, 1)))
			add_variant(a, sqlite3_column_int64(x->by_deletion, 0), 0.7);
	}
}

/* Words from which a letter was left out, into which one slipped, or in which one is another:
 * the question, or the question without a letter, is the word without a letter. */
static status
add_misspelled(search *x, asked *a)
{
	char shorter[SEARCH_FORM_MOST];
	bool more;

	if (!search_forgives(a->form))
		return STATUS_OK;
	TRY(add_deleted(x, a, search_word_number(a->form)));
	for (size_t i = 0; i < a->form.n;) {
		int64_t hash = search_word_number(search_without_letter(shorter, a->form, &i));
		TRY(add_deleted(x, a, hash));
		sqlite3_bind_int64(x->by_id, 1, hash);
		TRY(row(x, x->by_id, &more));
		if (more) {
			add_variant(a, hash, 0.7);
			sqlite3_reset(x->by_id);
		}
	}
	return STATUS_OK;
}

/* Counted no further than one past `most`: the rarest word is wanted, not the numbers. */
static status
count_terms(search *x, asked *a, size_t most)
{
	bool more = true;

	for (size_t i = 0; i < a->n && a->terms <= most; i++) {
		sqlite3_bind_int64(x->terms, 1, a->variants[i].word);
		sqlite3_bind_int64(x->terms, 2, (sqlite3_int64)(most + 1 - a->terms));
		for (;;) {
			TRY(row(x, x->terms, &more));
			if (!more)
				break;
			a->terms++;
		}
	}
	return STATUS_OK;
}

static status
find_variants(search *x, asked *a, bool last, const asked *rarest)
{
	TRY(add_same(x, a));
	TRY(add_inflected(x, a));
	if (last || a->n == 0)
		TRY(add_longer(x, a));
	if (a->n == 0)
		TRY(add_misspelled(x, a));
	return count_terms(x, a, rarest == NULL ? CANDIDATES : rarest->terms);
}

static status
add_candidate(search *x, int64_t term, uint32_t length, double quality)
{
	for (size_t i = 0; i < x->found.n; i++)
		if (x->found.at[i].term == term) {
			if (x->found.at[i].score < quality)
				x->found.at[i].score = quality;
			return STATUS_OK;
		}
	TRY(ARRAY_RESERVE(x->context->memory, &x->found, 1));
	x->found.at[x->found.n++] = (candidate){ term, quality, length, x->words.n };
	return STATUS_OK;
}

static int
by_term(const void *left, const void *right)
{
	const weighed *a = left, *b = right;

	if (a->term != b->term)
		return a->term < b->term ? -1 : 1;
	return (a->quality < b->quality) - (a->quality > b->quality);
}

/* The terms of one variant, unless they are too many. */
static status
list_variant(search *x, asked *a, const variant *v)
{
	size_t first = a->listed.n;
	bool more;

	sqlite3_bind_int64(x->terms, 1, v->word);
	sqlite3_bind_int64(x->terms, 2, LISTED_MOST + 1);
	for (;;) {
		TRY(row(x, x->terms, &more));
		if (!more)
			return STATUS_OK;
		if (a->listed.n - first == LISTED_MOST || a->listed.n >= CANDIDATES) {
			sqlite3_reset(x->terms);
			a->listed.n = first;
			a->common[a->common_n++] = *v;
			return STATUS_OK;
		}
		TRY(ARRAY_RESERVE(x->context->memory, &a->listed, 1));
		a->listed.at[a->listed.n++] =
			(weighed){ sqlite3_column_int64(x->terms, 0), v->quality };
	}
}

static status
list_terms(search *x, asked *a)
{
	for (size_t i = 0; i < a->n; i++)
		TRY(list_variant(x, a, &a->variants[i]));
	if (a->listed.n > 1)
		qsort(a->listed.at, a->listed.n, sizeof(weighed), by_term);
	a->is_listed = true;
	return STATUS_OK;
}

static double
listed_quality(const asked *a, int64_t term)
{
	size_t low = 0, high = a->listed.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (a->listed.at[middle].term < term)
			low = middle + 1;
		else
			high = middle;
	}
	return low < a->listed.n && a->listed.at[low].term == term ? a->listed.at[low].quality
								   : 0;
}

/* How well the term has a word of the question: 0 when it has not. */
static status
weigh(search *x, asked *a, int64_t term, double *quality)
{
	bool more;

	if (!a->is_listed)
		TRY(list_terms(x, a));
	*quality = listed_quality(a, term);
	for (size_t i = 0; i < a->common_n && a->common[i].quality > *quality; i++) {
		sqlite3_bind_int64(x->has, 1, a->common[i].word);
		sqlite3_bind_int64(x->has, 2, term);
		TRY(row(x, x->has, &more));
		if (!more)
			continue;
		sqlite3_reset(x->has);
		*quality = a->common[i].quality;
	}
	return STATUS_OK;
}

/* What a score can be at most when `sum` of it is sure and `left` words of the question are not
 * looked for yet: less for words that the term has besides. */
static double
score_of(const search *x, const candidate *k, double sum, size_t left)
{
	double more = (double)k->words > (double)x->n ? (double)k->words - (double)x->n : 0;

	return (sum + (double)left) / ((double)x->n + 0.3 * more) * 0.99;
}

/* The score of the worst candidate that would still be told; below it nothing is looked for. */
static double
bar(const search *x)
{
	return x->best_n < x->most ? SCORE_LEAST : x->best[x->best_n - 1];
}

static void
note_score(search *x, double score)
{
	size_t i = x->best_n;

	if (x->most > BEST_MOST || score < bar(x))
		return;
	if (i == x->most)
		i--;
	else
		x->best_n++;
	for (; i > 0 && x->best[i - 1] < score; i--)
		x->best[i] = x->best[i - 1];
	x->best[i] = score;
}

/* A candidate that cannot be among those told is given up; its score stays 0. */
static status
score(search *x, candidate *k, const asked *driver, double quality)
{
	size_t left = x->n - 1;
	double sum = quality;
	size_t had = 1;

	for (size_t i = 0; i < x->n; i++) {
		double q;
		if (&x->asked[i] == driver)
			continue;
		if (score_of(x, k, sum, left) < bar(x))
			return STATUS_OK;
		TRY(weigh(x, &x->asked[i], k->term, &q));
		sum += q;
		had += q > 0;
		left--;
	}
	k->had = had;
	k->score = score_of(x, k, sum, 0);
	return STATUS_OK;
}

static status
drive(search *x, const asked *driver)
{
	bool more;

	for (size_t i = 0; i < driver->n && x->found.n < CANDIDATES; i++) {
		sqlite3_bind_int64(x->terms, 1, driver->variants[i].word);
		sqlite3_bind_int64(x->terms, 2, CANDIDATES);
		size_t first = x->found.n;
		for (;;) {
			TRY(row(x, x->terms, &more));
			if (!more)
				break;
			TRY(ARRAY_RESERVE(x->context->memory, &x->found, 1));
			x->found.at[x->found.n++] =
				(candidate){ sqlite3_column_int64(x->terms, 0), 0,
					(uint32_t)sqlite3_column_int64(x->terms, 1), 0 };
		}
		for (size_t k = first; k < x->found.n; k++) {
			TRY(score(x, &x->found.at[k], driver, driver->variants[i].quality));
			if (i == 0) /* a later form of the word may give the same term again */
				note_score(x, x->found.at[k].score);
		}
	}
	return STATUS_OK;
}

/* Articles and what they are drawn together with, folded. They stand inside longer names too,
 * and would speak for those: « l’Assemblée » for « Bureau de l’Assemblée ». "au" and "un" are
 * left out: they are rather the African Union and the United Nations. */
static bool
is_article(slice folded)
{
	static const char *const articles[] = { "l", "le", "la", "les", "d", "de", "du", "des",
		"a", "aux", "the", "an", "of", NULL };

	return slice_is_one_of(folded, articles);
}

static bool
drop_articles(search_words_of *w)
{
	size_t first = 0;

	while (first + 1 < w->n && is_article(w->of[first]))
		first++;
	w->n -= first;
	memmove(w->of, w->of + first, w->n * sizeof(*w->of));
	return first != 0;
}

/* Terms that are the question, word for word. */
static status
add_wholes(search *x, double quality)
{
	bool more;

	sqlite3_bind_int64(x->terms, 1, search_whole_number(&x->words));
	sqlite3_bind_int64(x->terms, 2, CANDIDATES);
	for (;;) {
		TRY(row(x, x->terms, &more));
		if (!more)
			return STATUS_OK;
		TRY(add_candidate(x, sqlite3_column_int64(x->terms, 0),
			(uint32_t)sqlite3_column_int64(x->terms, 1), quality));
	}
}

static int
by_score(const void *left, const void *right)
{
	const candidate *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return (a->term > b->term) - (a->term < b->term);
}

/* A term found by two of its words stands twice; it is told once, with its best score. */
static status
tell(search *x, size_t most, search_hit **hits, size_t *count)
{
	bool more;

	if (x->found.n > 1)
		qsort(x->found.at, x->found.n, sizeof(candidate), by_score);
	*hits = ARENA_ARRAY(x->arena, search_hit, most);
	if (*hits == NULL && most != 0)
		return STATUS_MEMORY;
	for (size_t i = 0; i < x->found.n && *count < most; i++) {
		const candidate *k = &x->found.at[i];
		bool told = false;
		for (size_t n = 0; n < i && !told; n++)
			told = x->found.at[n].term == k->term;
		if (told || k->score < SCORE_LEAST)
			continue;
		sqlite3_bind_int64(x->term, 1, k->term);
		TRY(row(x, x->term, &more));
		if (!more)
			continue;
		search_hit *h = &(*hits)[(*count)++];
		*h = (search_hit){ .score = k->score, .had = k->had };
		TRY(arena_copy(x->arena, search_column_text(x->term, 0), &h->concept));
		TRY(arena_copy(x->arena, search_column_text(x->term, 1), &h->text));
		TRY(arena_copy(x->arena, search_column_text(x->term, 2), &h->language));
		(void)term_status_of(search_column_text(x->term, 3), &h->status);
		sqlite3_reset(x->term);
	}
	return STATUS_OK;
}

static status
ask(search *x, size_t most, search_hit **hits, size_t *count)
{
	const asked *rarest = NULL;

	TRY(prepare_questions(x));
	x->most = most;
	TRY(add_wholes(x, 1));
	if (drop_articles(&x->words))
		TRY(add_wholes(x, NEARLY));
	x->n = x->words.n < SEARCH_WORDS ? x->words.n : SEARCH_WORDS;
	x->asked = ARENA_ARRAY(x->arena, asked, x->n);
	if (x->asked == NULL && x->n != 0)
		return STATUS_MEMORY;
	for (size_t i = 0; i < x->n; i++) {
		asked *a = &x->asked[i];
		a->form = x->words.of[i];
		TRY(find_variants(x, a, i + 1 == x->n, rarest));
		if (a->terms != 0 && (rarest == NULL || a->terms < rarest->terms))
			rarest = a;
	}
	if (rarest != NULL)
		TRY(drive(x, rarest));
	return tell(x, most, hits, count);
}

status
search_sqlite(store *s, context *c, arena *a, slice question, size_t most, search_hit **hits,
	size_t *count)
{
	search *x = memory_alloc(c->memory, sizeof(*x));

	*hits = NULL;
	*count = 0;
	if (x == NULL)
		return STATUS_MEMORY;
	*x = (search){ .context = c, .store = s, .arena = a };
	search_cut_words(&x->words, question);
	status done = x->words.n == 0 ? STATUS_OK : ask(x, most, hits, count);
	close_questions(x);
	for (size_t i = 0; x->asked != NULL && i < x->n; i++)
		ARRAY_FREE(c->memory, &x->asked[i].listed);
	ARRAY_FREE(c->memory, &x->found);
	memory_free(c->memory, x);
	return done;
}
