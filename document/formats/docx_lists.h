/* The numbers that Word computes: definitions of lists with nine levels each (w:abstractNum),
 * lists that use them and may override a level or restart it (w:num), and how far each has
 * counted. */
#ifndef DOCUMENT_FORMATS_DOCX_LISTS_H
#define DOCUMENT_FORMATS_DOCX_LISTS_H

#include "document/formats/docx_xml.h"

#define DOCX_LEVELS 9

typedef struct docx_level {
	bool known;    /* the file says something of it */
	bool legal;    /* numbers of all levels in arabic numerals */
	uint8_t style; /* enum of docx_lists.c: how the number is written */
	int start;
	int restart; /* by paragraphs of this level (from 1) or a higher one; 0: never; -1: all
		      */
	slice text;  /* "%1.%2)" */
	slice paragraph; /* id of the style whose paragraphs have the level */
} docx_level;

typedef struct docx_definition {
	int id;
	slice is, stands_for; /* names by which one definition refers to another */
	docx_level levels[DOCX_LEVELS];
	int count[DOCX_LEVELS];
	bool begun[DOCX_LEVELS];
} docx_definition;

typedef struct docx_list {
	int id, definition; /* id of it; after reading, its place in the array, or -1 */
	bool restarts[DOCX_LEVELS];
	int start[DOCX_LEVELS];
	const docx_level *own[DOCX_LEVELS]; /* NULL: the definition's */
} docx_list;

typedef struct docx_lists {
	ARRAY(docx_definition) definitions;
	ARRAY(docx_list) lists; /* by id */
} docx_lists;

/* A document without the part has no lists. */
MUST_USE status docx_lists_read(docx_lists *s, package *p, const char *part, arena *keep);
void docx_lists_free(docx_lists *s, const memory *m);

/* The level that the list gives to paragraphs of a style; 0 when it names none. */
int docx_lists_level(const docx_lists *s, int list, slice style);

/* Counts a paragraph and appends its number as printed; nothing for a bullet. *counted: the
 * list exists, and the paragraph is an item of it. */
void docx_lists_count(docx_lists *s, int list, int level, buffer *out, bool *counted);

/* A number in a format of the file ("lowerRoman"), as for notes. */
void docx_put_number(buffer *out, slice format, int n);

#endif
