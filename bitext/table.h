/* The columns of a table of segments: what its first line says. */
#ifndef BITEXT_TABLE_H
#define BITEXT_TABLE_H

#include "base/slice.h"

#define TABLE_COLUMNS_MOST 64
#define TABLE_NO_COLUMN SIZE_MAX

typedef struct table_columns {
	bool known, escaped, named; /* named: the first line names them */
	size_t source, target, id, note;
	slice source_language, target_language; /* empty: not known */
} table_columns;

/* Cuts a line at its tabs; the rest of a line of too many columns is in the last. */
size_t table_split(slice line, slice cells[TABLE_COLUMNS_MOST]);

/* Fills in the columns; true when the line names them and is no row itself. Languages may
 * point into the line. */
bool table_read_head(table_columns *t, slice line);

/* Is there an escape (\t \n \r \\) at i, and for what? */
bool table_escape(slice cell, size_t i, char *out);

/* The tag of the language that a column's name is or means ("fr-CA", "Français"); empty for
 * none. It points into the cell or is constant. */
slice table_tag(slice cell);

/* Is a column called so? word: folded (text/fold.h); no longer than 16 bytes. */
bool table_is_name(slice cell, const char *word);

#endif
