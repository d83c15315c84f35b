/* Finding concepts by what a person remembers of a term: case, accents, apostrophes,
 * inflection, the order of words, words left out and one typing error in a word do not matter.
 *
 * Each distinct word of the terms, folded, has the hash of its letters for a number, so that
 * writing never looks one up; postings lead from words to terms, and the forms that a word has
 * without one of its letters lead from misspellings to words (W. Garbe, symmetric deletion). A
 * question takes the rarest of its words and asks of the terms found whether they have the
 * others: its price does not grow with the store. */
#ifndef TERMBASE_SEARCH_H
#define TERMBASE_SEARCH_H

#include "termbase/store.h"

extern const char search_schema[];

/* --- writing: used by the store --- */

typedef struct search_writer search_writer;

MUST_USE status search_writer_open(search_writer **out, store *s, context *c);
void search_writer_close(search_writer *w); /* NULL is fine */
MUST_USE status search_writer_add(search_writer *w, int64_t term, slice text);
/* The words of a concept's terms, by the concept's row. */
MUST_USE status search_writer_remove(search_writer *w, int64_t concept);
/* What was gathered goes into the store: sorted, because inserting in the order of the keys is
 * many times faster. Called by itself when much has gathered. */
MUST_USE status search_writer_flush(search_writer *w);

/* --- asking --- */

#define SEARCH_WORDS 16

typedef struct search_hit {
	slice concept, text, language; /* on the arena */
	term_status status;
	double score; /* 1 for the very term, case and accents aside */
	size_t had;   /* words of the question that it has, in some form */
} search_hit;

/* The best terms first, at most `most`; equal scores in the order of the store. Hits are made
 * on the arena. */
MUST_USE status search_run(store *s, context *c, arena *a, slice question, size_t most,
	search_hit **hits, size_t *count);

#endif
