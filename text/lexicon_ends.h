/* What the forms of a dictionary go together with to longer forms (lexicon_ends), found by
 * their rolling hashes. For text/lexicon_compile.c only. */
#ifndef TEXT_LEXICON_ENDS_H
#define TEXT_LEXICON_ENDS_H

#include "text/lexicon.h"

struct ends_slot;

typedef struct ends_table {
	const memory *memory;
	struct ends_slot *slots; /* open addressing, power of two */
	size_t mask;
} ends_table;

MUST_USE status ends_init(ends_table *e, const memory *m, size_t forms);
void ends_free(ends_table *e);

/* First all forms are added, in lower case, then all are split, but for those with a hyphen or
 * an apostrophe. */
void ends_add(ends_table *e, slice form);
void ends_split(ends_table *e, slice form);
lexicon_ends ends_of(const ends_table *e, slice form);

#endif
