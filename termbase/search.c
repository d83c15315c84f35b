#include "termbase/search.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "termbase/surface.h"
#include "text/fold.h"
#include "text/utf8.h"

#define GATHER 500000 /* postings and deletions before they are written */
#define SEEN_SLOTS ((size_t)1 << 20)
#define FORM_MOST 96    /* bytes of a word that is searched by */
#define LETTERS_LEAST 4 /* of a word in which typing errors are forgiven */
#define LETTERS_MOST 32
#define TERM_MOST 2000  /* bytes of a term that are looked at */
#define CANDIDATES 2000 /* terms of the rarest word that are looked at */
#define VARIANTS 48     /* words that one word of the question may stand for */
#define PREFIX_LEAST 3

const char search_schema[] =
	"CREATE TABLE word ("
	" id INTEGER PRIMARY KEY, form TEXT NOT NULL, stem INTEGER NOT NULL);"
	"CREATE INDEX word_form ON word (form);"
	"CREATE INDEX word_stem ON word (stem);"
	"CREATE TABLE posting ("
	" word INTEGER NOT NULL, term INTEGER NOT NULL, words INTEGER NOT NULL,"
	" PRIMARY KEY (word, term)) WITHOUT ROWID;"
	"CREATE TABLE deletion ("
	" hash INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (hash, word))"
	" WITHOUT ROWID;";

/* --- words of a term --- */

typedef struct term_words {
	char folded[3 * TERM_MOST + 4];
	slice of[PIECES_MAX];
	size_t n;
} term_words;

static int64_t
word_number(slice form)
{
	return (int64_t)(slice_hash(form) >> 1);
}

static bool
in_word(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* Letters and digits, folded; marks of punctuation of other scripts count as letters, which
 * does no harm. */
static void
cut_words(term_words *out, slice text)
{
	size_t i = 0;

	out->n = 0;
	if (text.n > TERM_MOST)
		text.n = TERM_MOST;
	size_t n = text_fold(out->folded, text);
	while (i < n && out->n < PIECES_MAX) {
		while (i < n && !in_word((unsigned char)out->folded[i]))
			i++;
		size_t start = i;
		while (i < n && in_word((unsigned char)out->folded[i]))
			i++;
		size_t bytes = i - start < FORM_MOST ? i - start : FORM_MOST;
		if (bytes > 0)
			out->of[out->n++] = (slice){ out->folded + start, bytes };
	}
}

/* The number of all words of a term together: "=" before them. */
static int64_t
whole_number(const term_words *w)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < w->n; i++)
		hash = (hash ^ slice_hash(w->of[i])) * UINT64_C(0xD6E8FEB86659FD93);
	return (int64_t)(hash >> 1);
}

/* The word without its letter at i; *i goes to the next letter. */
static slice
without_letter(char out[FORM_MOST], slice form, size_t *i)
{
	size_t start = *i;

	utf8_read(form, i);
	memcpy(out, form.p, start);
	memcpy(out + start, form.p + *i, form.n - *i);
	return (slice){ out, form.n - (*i - start) };
}

static bool
forgives(slice form)
{
	size_t letters = utf8_count(form);

	return letters >= LETTERS_LEAST && letters <= LETTERS_MOST;
}

/* --- writing --- */

typedef struct posting {
	int64_t word, term;
	uint32_t words;
} posting;

typedef struct deletion {
	int64_t hash, word;
} deletion;

struct search_writer {
	context *context;
	store *store;
	sqlite3_stmt *add_word, *add_posting, *add_deletion, *remove, *terms;
	ARRAY(posting) postings;
	ARRAY(deletion) deletions;
	uint64_t seen[SEEN_SLOTS]; /* words written lately; a lost one is written again */
	term_words words;
};

static status
prepare(store *s, sqlite3_stmt **out, const char *text)
{
	return sqlite3_prepare_v2(store_database(s), text, -1, out, NULL) == SQLITE_OK
		       ? STATUS_OK
		       : store_failed(s);
}

static status
prepare_all(search_writer *w)
{
	store *s = w->store;

	TRY(prepare(s, &w->add_word, "INSERT OR IGNORE INTO word VALUES (?, ?, ?)"));
	TRY(prepare(s, &w->add_posting, "INSERT OR IGNORE INTO posting VALUES (?, ?, ?)"));
	TRY(prepare(s, &w->add_deletion, "INSERT OR IGNORE INTO deletion VALUES (?, ?)"));
	TRY(prepare(s, &w->remove, "DELETE FROM posting WHERE word = ? AND term = ?"));
	return prepare(s, &w->terms, "SELECT id, text FROM term WHERE concept = ?");
}

status
search_writer_open(search_writer **out, store *s, context *c)
{
	search_writer *w = memory_alloc(c->memory, sizeof(*w));

	*out = NULL;
	if (w == NULL)
		return STATUS_MEMORY;
	memset(w, 0, sizeof(*w));
	w->context = c;
	w->store = s;
	status done = prepare_all(w);
	if (done != STATUS_OK) {
		search_writer_close(w);
		return done;
	}
	*out = w;
	return STATUS_OK;
}

void
search_writer_close(search_writer *w)
{
	if (w == NULL)
		return;
	sqlite3_finalize(w->add_word);
	sqlite3_finalize(w->add_posting);
	sqlite3_finalize(w->add_deletion);
	sqlite3_finalize(w->remove);
	sqlite3_finalize(w->terms);
	ARRAY_FREE(w->context->memory, &w->postings);
	ARRAY_FREE(w->context->memory, &w->deletions);
	memory_free(w->context->memory, w);
}

static status
step(search_writer *w, sqlite3_stmt *q)
{
	int code = sqlite3_step(q);

	sqlite3_reset(q);
	return code == SQLITE_DONE ? STATUS_OK : store_failed(w->store);
}

static status
write_word(search_writer *w, slice form, int64_t number)
{
	char shorter[FORM_MOST];

	sqlite3_bind_int64(w->add_word, 1, number);
	sqlite3_bind_text(w->add_word, 2, form.p, (int)form.n, SQLITE_STATIC);
	sqlite3_bind_int64(w->add_word, 3, surface_key(form));
	TRY(step(w, w->add_word));
	if (!forgives(form))
		return STATUS_OK;
	for (size_t i = 0; i < form.n;) {
		slice s = without_letter(shorter, form, &i);
		TRY(ARRAY_RESERVE(w->context->memory, &w->deletions, 1));
		w->deletions.at[w->deletions.n++] = (deletion){ word_number(s), number };
	}
	return STATUS_OK;
}

static status
meet_word(search_writer *w, slice form, int64_t number)
{
	uint64_t *slot = &w->seen[(uint64_t)number % SEEN_SLOTS];

	if (*slot == (uint64_t)number)
		return STATUS_OK;
	TRY(write_word(w, form, number));
	*slot = (uint64_t)number;
	return STATUS_OK;
}

static status
add_posting(search_writer *w, int64_t number, int64_t term)
{
	TRY(ARRAY_RESERVE(w->context->memory, &w->postings, 1));
	w->postings.at[w->postings.n++] = (posting){ number, term, (uint32_t)w->words.n };
	return STATUS_OK;
}

status
search_writer_add(search_writer *w, int64_t term, slice text)
{
	cut_words(&w->words, text);
	for (size_t i = 0; i < w->words.n; i++) {
		int64_t number = word_number(w->words.of[i]);
		TRY(meet_word(w, w->words.of[i], number));
		TRY(add_posting(w, number, term));
	}
	if (w->words.n > 0)
		TRY(add_posting(w, whole_number(&w->words), term));
	return w->postings.n + w->deletions.n < GATHER ? STATUS_OK : search_writer_flush(w);
}

static int
by_posting(const void *left, const void *right)
{
	const posting *a = left, *b = right;

	if (a->word != b->word)
		return a->word < b->word ? -1 : 1;
	return (a->term > b->term) - (a->term < b->term);
}

static int
by_deletion(const void *left, const void *right)
{
	const deletion *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->word > b->word) - (a->word < b->word);
}

status
search_writer_flush(search_writer *w)
{
	if (w->postings.n > 1)
		qsort(w->postings.at, w->postings.n, sizeof(posting), by_posting);
	for (size_t i = 0; i < w->postings.n; i++) {
		sqlite3_bind_int64(w->add_posting, 1, w->postings.at[i].word);
		sqlite3_bind_int64(w->add_posting, 2, w->postings.at[i].term);
		sqlite3_bind_int64(w->add_posting, 3, w->postings.at[i].words);
		TRY(step(w, w->add_posting));
	}
	w->postings.n = 0;
	if (w->deletions.n > 1)
		qsort(w->deletions.at, w->deletions.n, sizeof(deletion), by_deletion);
	for (size_t i = 0; i < w->deletions.n; i++) {
		sqlite3_bind_int64(w->add_deletion, 1, w->deletions.at[i].hash);
		sqlite3_bind_int64(w->add_deletion, 2, w->deletions.at[i].word);
		TRY(step(w, w->add_deletion));
	}
	w->deletions.n = 0;
	return STATUS_OK;
}

static status
remove_posting(search_writer *w, int64_t number, int64_t term)
{
	sqlite3_bind_int64(w->remove, 1, number);
	sqlite3_bind_int64(w->remove, 2, term);
	return step(w, w->remove);
}

static slice
column_text(sqlite3_stmt *q, int column)
{
	const void *p = sqlite3_column_text(q, column);

	return p == NULL ? SLICE("") : (slice){ p, (size_t)sqlite3_column_bytes(q, column) };
}

status
search_writer_remove(search_writer *w, int64_t concept)
{
	int code;
	status done = search_writer_flush(w);

	sqlite3_bind_int64(w->terms, 1, concept);
	while (done == STATUS_OK && (code = sqlite3_step(w->terms)) != SQLITE_DONE) {
		if (code != SQLITE_ROW) {
			done = store_failed(w->store);
			break;
		}
		int64_t term = sqlite3_column_int64(w->terms, 0);
		cut_words(&w->words, column_text(w->terms, 1));
		for (size_t i = 0; i < w->words.n && done == STATUS_OK; i++)
			done = remove_posting(w, word_number(w->words.of[i]), term);
		if (done == STATUS_OK && w->words.n > 0)
			done = remove_posting(w, whole_number(&w->words), term);
	}
	sqlite3_reset(w->terms);
	return done;
}

/* --- asking --- */

typedef struct variant { /* a word of the store that a word of the question stands for */
	int64_t word;
	double quality;
} variant;

typedef struct asked { /* a word of the question */
	slice form;
	variant variants[VARIANTS];
	size_t n;
	size_t terms; /* that have it, counted up to CANDIDATES + 1 */
} asked;

typedef struct candidate {
	int64_t term;
	double score;
	uint32_t words;
} candidate;

typedef struct search {
	context *context;
	store *store;
	arena *arena;
	term_words words;
	asked *asked;
	size_t n;
	ARRAY(candidate) found;
	sqlite3_stmt *by_id, *by_stem, *by_prefix, *by_deletion, *terms, *has, *term;
} search;

static status
prepare_questions(search *x)
{
	store *s = x->store;

	TRY(prepare(s, &x->by_id, "SELECT form FROM word WHERE id = ?"));
	TRY(prepare(s, &x->by_stem, "SELECT id FROM word WHERE stem = ? LIMIT 32"));
	TRY(prepare(
		s, &x->by_prefix, "SELECT id FROM word WHERE form > ? AND form < ? LIMIT 24"));
	TRY(prepare(s, &x->by_deletion,
		"SELECT word, form FROM deletion JOIN word ON word.id = word"
		" WHERE hash = ? LIMIT 64"));
	TRY(prepare(s, &x->terms, "SELECT term, words FROM posting WHERE word = ? LIMIT ?"));
	TRY(prepare(s, &x->has, "SELECT 1 FROM posting WHERE word = ? AND term = ?"));
	return prepare(s, &x->term,
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
	return code == SQLITE_DONE ? STATUS_OK : store_failed(x->store);
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
	int64_t number = word_number(a->form);
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
	char end[FORM_MOST + 1];
	bool more;

	if (a->form.n < PREFIX_LEAST || a->form.n >= FORM_MOST)
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
		if (one_slip_apart(a->form, column_text(x->by_deletion, 1)))
			add_variant(a, sqlite3_column_int64(x->by_deletion, 0), 0.7);
	}
}

/* Words from which a letter was left out, into which one slipped, or in which one is another:
 * the question, or the question without a letter, is the word without a letter. */
static status
add_misspelled(search *x, asked *a)
{
	char shorter[FORM_MOST];
	bool more;

	if (!forgives(a->form))
		return STATUS_OK;
	TRY(add_deleted(x, a, word_number(a->form)));
	for (size_t i = 0; i < a->form.n;) {
		int64_t hash = word_number(without_letter(shorter, a->form, &i));
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

static status
count_terms(search *x, asked *a)
{
	bool more = true;

	for (size_t i = 0; i < a->n && a->terms <= CANDIDATES; i++) {
		sqlite3_bind_int64(x->terms, 1, a->variants[i].word);
		sqlite3_bind_int64(x->terms, 2, (sqlite3_int64)(CANDIDATES + 1 - a->terms));
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
find_variants(search *x, asked *a, bool last)
{
	TRY(add_same(x, a));
	TRY(add_inflected(x, a));
	if (last || a->n == 0)
		TRY(add_longer(x, a));
	if (a->n == 0)
		TRY(add_misspelled(x, a));
	return count_terms(x, a);
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
	x->found.at[x->found.n++] = (candidate){ term, quality, length };
	return STATUS_OK;
}

/* How well the term has a word of the question: 0 when it has not. */
static status
weigh(search *x, const asked *a, int64_t term, double *quality)
{
	bool more;

	*quality = 0;
	for (size_t i = 0; i < a->n; i++) {
		sqlite3_bind_int64(x->has, 1, a->variants[i].word);
		sqlite3_bind_int64(x->has, 2, term);
		TRY(row(x, x->has, &more));
		if (!more)
			continue;
		sqlite3_reset(x->has);
		*quality = a->variants[i].quality;
		return STATUS_OK;
	}
	return STATUS_OK;
}

/* Words of the question that the term has, less for words that it has besides. */
static status
score(search *x, candidate *k, const asked *driver, double quality)
{
	double sum = quality;

	for (size_t i = 0; i < x->n; i++) {
		double q;
		if (&x->asked[i] == driver)
			continue;
		TRY(weigh(x, &x->asked[i], k->term, &q));
		sum += q;
	}
	double more = (double)k->words > (double)x->n ? (double)k->words - (double)x->n : 0;
	k->score = sum / ((double)x->n + 0.3 * more) * 0.99;
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
					(uint32_t)sqlite3_column_int64(x->terms, 1) };
		}
		for (size_t k = first; k < x->found.n; k++)
			TRY(score(x, &x->found.at[k], driver, driver->variants[i].quality));
	}
	return STATUS_OK;
}

/* Terms that are the question, word for word. */
static status
add_wholes(search *x)
{
	bool more;

	sqlite3_bind_int64(x->terms, 1, whole_number(&x->words));
	sqlite3_bind_int64(x->terms, 2, CANDIDATES);
	for (;;) {
		TRY(row(x, x->terms, &more));
		if (!more)
			return STATUS_OK;
		TRY(add_candidate(x, sqlite3_column_int64(x->terms, 0),
			(uint32_t)sqlite3_column_int64(x->terms, 1), 1));
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
		if (told || k->score < 0.3)
			continue;
		sqlite3_bind_int64(x->term, 1, k->term);
		TRY(row(x, x->term, &more));
		if (!more)
			continue;
		search_hit *h = &(*hits)[(*count)++];
		*h = (search_hit){ .score = k->score };
		TRY(arena_copy(x->arena, column_text(x->term, 0), &h->concept));
		TRY(arena_copy(x->arena, column_text(x->term, 1), &h->text));
		TRY(arena_copy(x->arena, column_text(x->term, 2), &h->language));
		(void)term_status_of(column_text(x->term, 3), &h->status);
		sqlite3_reset(x->term);
	}
	return STATUS_OK;
}

static status
ask(search *x, size_t most, search_hit **hits, size_t *count)
{
	const asked *rarest = NULL;

	TRY(prepare_questions(x));
	x->n = x->words.n < SEARCH_WORDS ? x->words.n : SEARCH_WORDS;
	x->asked = ARENA_ARRAY(x->arena, asked, x->n);
	if (x->asked == NULL && x->n != 0)
		return STATUS_MEMORY;
	TRY(add_wholes(x));
	for (size_t i = 0; i < x->n; i++) {
		asked *a = &x->asked[i];
		a->form = x->words.of[i];
		TRY(find_variants(x, a, i + 1 == x->n));
		if (a->terms != 0 && (rarest == NULL || a->terms < rarest->terms))
			rarest = a;
	}
	if (rarest != NULL)
		TRY(drive(x, rarest));
	return tell(x, most, hits, count);
}

status
search_run(store *s, context *c, arena *a, slice question, size_t most, search_hit **hits,
	size_t *count)
{
	search *x = memory_alloc(c->memory, sizeof(*x));

	*hits = NULL;
	*count = 0;
	if (x == NULL)
		return STATUS_MEMORY;
	*x = (search){ .context = c, .store = s, .arena = a };
	cut_words(&x->words, question);
	status done = x->words.n == 0 ? STATUS_OK : ask(x, most, hits, count);
	close_questions(x);
	ARRAY_FREE(c->memory, &x->found);
	memory_free(c->memory, x);
	return done;
}
