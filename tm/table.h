/* Units from tables, one row each: what the columns mean and how a row becomes a unit. Text
 * with tabs and CSV only cut their input into cells.
 *
 * With a first row that names columns (source, target, or languages; id, document, previous,
 * next, author, changer, created, changed, used, usage, origin, note; others are properties),
 * by those; without, the first two are the segments and the third says where they come from. A
 * table without, whose first column is one of identifiers beside two of text, is refused. */
#ifndef TM_TABLE_H
#define TM_TABLE_H

#include "tm/exchange.h"

#define TABLE_COLUMNS 64

typedef struct tm_column {
	slice name;   /* in names */
	size_t field; /* offset in tm_unit */
	enum { FIELD, SEGMENT_SOURCE, SEGMENT_TARGET, USAGE, NOTE, PROPERTY, PLACE } kind;
} tm_column;

typedef struct tm_table {
	tm_input *in;
	tm_column columns[TABLE_COLUMNS];
	size_t n; /* 0 before the first row */
	arena names;
	tm_unit unit;
	buffer cell;
	slice source, target;      /* languages */
	unsigned rows, identified; /* of the first hundred, when none names the columns */
	unsigned texts;            /* of those, with text in the second and third column */
	bool named;                /* by the first row */
	bool escapes;              /* tabs and line breaks may be \t and \n … */
	bool escaped;              /* … and are, because the first row says "source" */
} tm_table;

void tm_table_init(tm_table *t, tm_input *in);
void tm_table_free(tm_table *t);

/* The first row may name columns; the others go to the sink, as a unit or as left out. */
MUST_USE status tm_table_row(tm_table *t, const slice *cells, size_t n, unsigned line);

/* After the last row: STATUS_FORMAT, as from the hundredth, for columns that need names. */
MUST_USE status tm_table_end(tm_table *t);

/* The fields of a unit that have a column, in turn: NULL past the last. */
const char *tm_table_field(size_t i, size_t *offset);

#endif
