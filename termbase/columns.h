/* What the columns of tables mean, by the names that data/glossaries/README.md describes and by
 * those that other people give them. */
#ifndef TERMBASE_COLUMNS_H
#define TERMBASE_COLUMNS_H

#include "termbase/table.h"

typedef enum column_meaning {
	MEANS_ID,
	MEANS_NAMES,    /* terms of a language */
	MEANS_GENDER,   /* of the preferred term of a language */
	MEANS_ARTICLE,  /* likewise */
	MEANS_EVIDENCE, /* of the concept */
	MEANS_RETIRED,
	MEANS_ITEM, /* anything that is one item with a text */
} column_meaning;

typedef struct table_kind {
	const char
		*name; /* of the column; after the language and "_" for those of a language */
	column_meaning means;
	uint8_t status, flags; /* of names */
	bool list;             /* several names, separated by ";" */
	entry_level level;     /* of an item */
	entry_element element;
	const char *type;
} table_kind;

#define COLUMNS_GENERAL 10
#define COLUMNS_OF_LANGUAGE 12
extern const table_kind columns_general[COLUMNS_GENERAL];
extern const table_kind columns_of_language[COLUMNS_OF_LANGUAGE];

/* By the very name: "concept", "fr", "en-GB_definition". False: none of ours. The language
 * points into the name. */
bool columns_find(slice name, table_column *out);

/* By what people write: "Terme français", "EN definition", "Sigle (fr)", "Remarks". */
bool columns_guess(slice name, table_column *out);

/* Does it hold the terms of a language? */
bool columns_are_terms(const table_column *c);

/* The name of a column, "fr_acronym", for people. */
void columns_name(const table_column *c, char out[64]);

#endif
