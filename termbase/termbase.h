/* The termbase a check runs with: the built-in index, mapped from its file, and the user's
 * layers over it (termbase/overlay.h). It is read-only once opened and shared by threads.
 *
 * Terms and concepts are named by the number of their index and their place in it; slices that
 * are handed out belong to the termbase. */
#ifndef TERMBASE_TERMBASE_H
#define TERMBASE_TERMBASE_H

#include "base/file.h"
#include "termbase/index.h"
#include "text/word.h"

#define TERMBASE_INDEXES 64

typedef struct termbase {
	const memory *memory;
	term_index indexes[TERMBASE_INDEXES]; /* later ones were added later and win */
	size_t count;
	struct {
		file mapped;  /* of those from a file */
		buffer built; /* of those made in memory */
	} bytes[TERMBASE_INDEXES];
	uint64_t *hidden; /* a bit for each concept of the first index; NULL: none is hidden */
} termbase;

typedef struct term_ref {
	uint16_t index;
	uint32_t term;
} term_ref;

typedef struct term_view {
	slice text;
	language language;
	term_status status;
	uint8_t flags;  /* TERM_ACRONYM … */
	uint8_t pieces; /* words, parts of compounds, commas */
} term_view;

typedef struct concept_view {
	slice id, subject, source, note;
	slice article;  /* le, la, l’, les: of the French acronym or term; may be empty */
	uint8_t gender; /* TERM_MASCULINE … of the French term; 0 unknown */
	term_evidence evidence;
} concept_view;

/* index_path is the compiled built-in index, which is not read through; NULL gives an empty
 * termbase. */
MUST_USE status termbase_open(termbase **out, context *c, const char *index_path);
/* Reads the index it was opened with through: STATUS_DAMAGED when it is not what was written.
 */
MUST_USE status termbase_verify(const termbase *t, context *c, const char *index_path);
void termbase_close(termbase *t); /* NULL is fine */

/* Adds a glossary in the form of data/glossaries, beside what is there. */
MUST_USE status termbase_add(termbase *t, context *c, const char *name, slice bytes);

/* Adds an index over what is there: from a file, which is read through, or from bytes (memory
 * is taken over). What it hides of the first index is not matched any more. */
MUST_USE status termbase_map(termbase *t, context *c, const char *path);
MUST_USE status termbase_take(termbase *t, context *c, const char *name, buffer *bytes);

/* Is the term one of a concept that a later layer speaks of? */
static inline bool
termbase_hides(const termbase *t, uint16_t index, uint32_t concept)
{
	return index == 0 && t->hidden != NULL &&
	       (t->hidden[concept / 64] >> (concept % 64) & 1);
}

term_view termbase_term(const termbase *t, term_ref ref);
concept_view termbase_concept(const termbase *t, term_ref ref); /* that the term names */

/* The terms of the concept that a term names, in all languages: *first and as many after it as
 * the answer says (index the same, term one more each). */
size_t termbase_terms(const termbase *t, term_ref of, term_ref *first);

/* Do both terms name one concept? Concepts of two glossaries are one when their ids are. */
bool termbase_same_concept(const termbase *t, term_ref a, term_ref b);

/* The preferred full term (flags 0) or acronym (flags TERM_ACRONYM) of the concept that a term
 * names; false when it has none in that language. */
bool termbase_preferred(
	const termbase *t, term_ref of, language l, uint8_t flags, term_ref *out);

/* Is the word, spelled exactly so, part of an accepted term, an acronym or a name? */
bool termbase_knows(const termbase *t, slice form, language l);

/* For words.extra: makes the words of terms known, gives every word its key and marks those
 * that a term can begin with (FEATURE_TERM). */
vocabulary termbase_vocabulary(const termbase *t);

#endif
