/* References between concepts. Some only say "see also"; others put one concept above another,
 * and there no concept may stand above itself. Categories are those of ISO 12620 as TBX names
 * them. */
#ifndef TERMBASE_RELATIONS_H
#define TERMBASE_RELATIONS_H

#include "termbase/entry.h"

typedef enum relation_kind {
	RELATION_NONE,  /* the item refers to nothing */
	RELATION_SEE,   /* to a concept beside this one */
	RELATION_ABOVE, /* to one above it: broader, superordinate, earlier */
	RELATION_BELOW,
} relation_kind;

/* What an item says, and of which concept: *to is its id. */
relation_kind relation_of(const entry_item *x, slice *to);

typedef struct relation { /* by slice_hash of the ids, then by places in ids */
	uint64_t below, above;
	bool gone;
} relation;

typedef struct relations {
	const memory *memory;
	ARRAY(relation) list;
	ARRAY(uint64_t) ids; /* sorted, once the circles are found: those in a circle */
} relations;

void relations_init(relations *r, const memory *m);
void relations_free(relations *r);
MUST_USE status relations_note(relations *r, const entry *e);
/* When all concepts are noted; in time proportional to n log n of what was noted. */
MUST_USE status relations_find_circles(relations *r);
/* Does the concept stand above itself, or between two that do? */
bool relations_in_circle(const relations *r, slice id);

#endif
