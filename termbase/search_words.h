/* The words of a term as the search of a termbase knows them: what its writer and its asker
 * share. */
#ifndef TERMBASE_SEARCH_WORDS_H
#define TERMBASE_SEARCH_WORDS_H

#include <sqlite3.h>

#include "termbase/store.h"
#include "termbase/surface.h"

#define SEARCH_FORM_MOST 96   /* bytes of a word that is searched by */
#define SEARCH_TERM_MOST 2000 /* bytes of a term that are looked at */

typedef struct search_words_of {
	char folded[3 * SEARCH_TERM_MOST + 4];
	slice of[PIECES_MAX];
	size_t n;
} search_words_of;

int64_t search_word_number(slice form);
/* Letters and digits, folded; marks of punctuation of other scripts count as letters, which
 * does no harm. */
void search_cut_words(search_words_of *out, slice text);
/* The number of all words of a term together. */
int64_t search_whole_number(const search_words_of *w);
/* The word without its letter at i; *i goes to the next letter. */
slice search_without_letter(char out[SEARCH_FORM_MOST], slice form, size_t *i);
/* Is it a word in which typing errors are forgiven? */
bool search_forgives(slice form);

MUST_USE status search_prepare(store *s, sqlite3_stmt **out, const char *text);
slice search_column_text(sqlite3_stmt *q, int column);

#endif
