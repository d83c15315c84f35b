/* Words, postings and deletions by which a termbase is searched, written as terms come and go.
 */
#include <stdlib.h>
#include <string.h>

#include "termbase/search.h"
#include "termbase/search_words.h"
#include "termbase/sqlite.h"

/* Postings and deletions before they are written: each time goes through the whole of the
 * index. */
#define GATHER 1500000
#define SEEN_SLOTS ((size_t)1 << 20)

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

typedef struct posting {
	int64_t word;
	uint32_t term; /* rows of terms are counted from 1 */
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
	search_words_of words;
};

static status
prepare_all(search_writer *w)
{
	store *s = w->store;

	TRY(search_prepare(s, &w->add_word, "INSERT OR IGNORE INTO word VALUES (?, ?, ?)"));
	TRY(search_prepare(
		s, &w->add_posting, "INSERT OR IGNORE INTO posting VALUES (?, ?, ?)"));
	TRY(search_prepare(
		s, &w->add_deletion, "INSERT OR IGNORE INTO deletion VALUES (?, ?)"));
	TRY(search_prepare(s, &w->remove, "DELETE FROM posting WHERE word = ? AND term = ?"));
	return search_prepare(s, &w->terms, "SELECT id, text FROM term WHERE concept = ?");
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
	return code == SQLITE_DONE ? STATUS_OK : sqlite_store_failed(w->store);
}

static status
write_word(search_writer *w, slice form, int64_t number)
{
	char shorter[SEARCH_FORM_MOST];

	sqlite3_bind_int64(w->add_word, 1, number);
	sqlite3_bind_text(w->add_word, 2, form.p, (int)form.n, SQLITE_STATIC);
	sqlite3_bind_int64(w->add_word, 3, surface_key(form));
	TRY(step(w, w->add_word));
	if (!search_forgives(form))
		return STATUS_OK;
	for (size_t i = 0; i < form.n;) {
		slice s = search_without_letter(shorter, form, &i);
		TRY(ARRAY_RESERVE(w->context->memory, &w->deletions, 1));
		w->deletions.at[w->deletions.n++] = (deletion){ search_word_number(s), number };
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
	if (term > UINT32_MAX)
		return STATUS_LIMIT;
	TRY(ARRAY_RESERVE(w->context->memory, &w->postings, 1));
	w->postings.at[w->postings.n++] =
		(posting){ number, (uint32_t)term, (uint32_t)w->words.n };
	return STATUS_OK;
}

status
search_writer_add(search_writer *w, int64_t term, slice text)
{
	search_cut_words(&w->words, text);
	for (size_t i = 0; i < w->words.n; i++) {
		int64_t number = search_word_number(w->words.of[i]);
		TRY(meet_word(w, w->words.of[i], number));
		TRY(add_posting(w, number, term));
	}
	if (w->words.n > 0)
		TRY(add_posting(w, search_whole_number(&w->words), term));
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

status
search_writer_remove(search_writer *w, int64_t concept)
{
	int code;
	status done = search_writer_flush(w);

	sqlite3_bind_int64(w->terms, 1, concept);
	while (done == STATUS_OK && (code = sqlite3_step(w->terms)) != SQLITE_DONE) {
		if (code != SQLITE_ROW) {
			done = sqlite_store_failed(w->store);
			break;
		}
		int64_t term = sqlite3_column_int64(w->terms, 0);
		search_cut_words(&w->words, search_column_text(w->terms, 1));
		for (size_t i = 0; i < w->words.n && done == STATUS_OK; i++)
			done = remove_posting(w, search_word_number(w->words.of[i]), term);
		if (done == STATUS_OK && w->words.n > 0)
			done = remove_posting(w, search_whole_number(&w->words), term);
	}
	sqlite3_reset(w->terms);
	return done;
}
