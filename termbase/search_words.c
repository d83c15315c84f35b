#include "termbase/search_words.h"

#include <string.h>

#include "termbase/sqlite.h"
#include "text/fold.h"
#include "text/utf8.h"

#define LETTERS_LEAST 4 /* of a word in which typing errors are forgiven */
#define LETTERS_MOST 32

int64_t
search_word_number(slice form)
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
void
search_cut_words(search_words_of *out, slice text)
{
	size_t i = 0;

	out->n = 0;
	if (text.n > SEARCH_TERM_MOST)
		text.n = SEARCH_TERM_MOST;
	size_t n = text_fold(out->folded, text);
	while (i < n && out->n < PIECES_MAX) {
		while (i < n && !in_word((unsigned char)out->folded[i]))
			i++;
		size_t start = i;
		while (i < n && in_word((unsigned char)out->folded[i]))
			i++;
		size_t bytes = i - start < SEARCH_FORM_MOST ? i - start : SEARCH_FORM_MOST;
		if (bytes > 0)
			out->of[out->n++] = (slice){ out->folded + start, bytes };
	}
}

/* The number of all words of a term together: "=" before them. */
int64_t
search_whole_number(const search_words_of *w)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < w->n; i++)
		hash = (hash ^ slice_hash(w->of[i])) * UINT64_C(0xD6E8FEB86659FD93);
	return (int64_t)(hash >> 1);
}

/* The word without its letter at i; *i goes to the next letter. */
slice
search_without_letter(char out[SEARCH_FORM_MOST], slice form, size_t *i)
{
	size_t start = *i;

	utf8_read(form, i);
	memcpy(out, form.p, start);
	memcpy(out + start, form.p + *i, form.n - *i);
	return (slice){ out, form.n - (*i - start) };
}

bool
search_forgives(slice form)
{
	size_t letters = utf8_count(form);

	return letters >= LETTERS_LEAST && letters <= LETTERS_MOST;
}

status
search_prepare(store *s, sqlite3_stmt **out, const char *text)
{
	return sqlite3_prepare_v2(sqlite_store_database(s), text, -1, out, NULL) == SQLITE_OK
		       ? STATUS_OK
		       : sqlite_store_failed(s);
}

slice
search_column_text(sqlite3_stmt *q, int column)
{
	const void *p = sqlite3_column_text(q, column);

	return p == NULL ? SLICE("") : (slice){ p, (size_t)sqlite3_column_bytes(q, column) };
}
