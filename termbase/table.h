/* Concepts from tables, one row each: what the columns mean and how a row becomes an entry.
 * Tab-separated text, CSV and spreadsheets only cut their input into cells.
 *
 * Columns have the names that data/glossaries/README.md describes: "concept", "en",
 * "fr_deprecated", "fr-CA_definition" … any language tag of BCP 47 with one of the endings. */
#ifndef TERMBASE_TABLE_H
#define TERMBASE_TABLE_H

#include "termbase/exchange.h"

#define TABLE_COLUMNS 256

typedef struct table_cell {
	slice text;
	unsigned column; /* of its first character, for messages */
} table_cell;

struct table_kind;

typedef struct table_column {
	const struct table_kind *kind; /* NULL: a column that is passed over */
	slice language;                /* "" for those of the concept */
} table_column;

typedef struct table {
	exchange_input *in;
	entry entry;
	arena names; /* of the columns */
	table_column columns[TABLE_COLUMNS];
	size_t count; /* 0 before the header */
	unsigned line;
	bool refused;    /* the row in hand, which the sink has been told */
	bool loose;      /* a table of other people: headers are guessed, columns passed over */
	bool exported;   /* a loose one with a column "concept", as paraph writes it */
	unsigned titles; /* rows above the header so far */
	unsigned first_line; /* of the first of them */
} table;

void table_init(table *t, exchange_input *in);
void table_free(table *t);

/* The names of the columns. STATUS_FORMAT when they are no table of terms. */
MUST_USE status table_header(table *t, const table_cell *cells, size_t n);

/* The same for the first row of a loose table. Where in->columns names all columns by letters
 * or numbers that row may be one of terms already: then *is_row is set and it is still to be
 * read. */
MUST_USE status table_loose_header(table *t, const table_cell *cells, size_t n, bool *is_row);

/* Is the row a title above a loose table: one cell, and no name of a column? At most ten are.
 */
bool table_is_title(table *t, const table_cell *cells, size_t n);
/* Nothing but titles were read: STATUS_FORMAT with the sentence for it. */
MUST_USE status table_no_header(table *t);

/* The first cell that is not text; n when all are. */
size_t table_find_dirty(const table_cell *cells, size_t n);

/* One row: to the sink as a concept, or as a row left out. */
MUST_USE status table_row(table *t, const table_cell *cells, size_t n);

/* Puts what a cell says into t->entry, which is not closed; t->refused when the sink was told
 * that it cannot. */
MUST_USE status table_set_cell(table *t, const table_column *c, table_cell cell);

/* A row that the reader itself cannot cut: leaves it out. */
MUST_USE status table_skip(table *t, table_cell where, const char *en, const char *fr);

/* --- writing --- */

/* The place of a term's column among columns_of_language: names, acronyms, admitted,
 * deprecated. */
size_t table_place_of_term(const entry *e, uint32_t term);
/* Whose grammar, context and source the columns of a section hold; UINT32_MAX for none. */
uint32_t table_main_term(const entry *e, uint32_t section);

status table_survey(exchange_output *out, const entry *e);
status table_begin(exchange_output *out, char separator);
status table_write(exchange_output *out, char separator, const entry *e);

#endif
