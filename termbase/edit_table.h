/* One row of tab-separated text changed, everything else kept byte for byte. */
#ifndef TERMBASE_EDIT_TABLE_H
#define TERMBASE_EDIT_TABLE_H

#include "base/buffer.h"

typedef struct row_change {
	unsigned line;            /* of the row, from 1; 0: a new one at the end */
	bool remove;              /* the whole row */
	bool anew;                /* the cells that are not assigned become empty */
	slice id;                 /* for the column "concept"; empty: nothing is said */
	bool retired;             /* for the column "retired" */
	const char *const *cells; /* "fr=EIIL", …; ends with NULL */
} row_change;

/* Appends the changed text; the buffer's status tells of memory. */
MUST_USE status edit_table(buffer *out, const memory *m, slice text, const row_change *change);

#endif
