/* The numbers that LibreOffice computes: styles of lists and of headings with ten levels each,
 * and how far each list has counted. */
#ifndef DOCUMENT_FORMATS_ODT_LISTS_H
#define DOCUMENT_FORMATS_ODT_LISTS_H

#include "base/buffer.h"
#include "base/memory.h"

#define ODT_LIST_LEVELS 10

typedef struct odt_level {
	slice format; /* "1", "a", "A", "i", "I"; empty: no number, as of bullets */
	slice prefix, suffix;
	slice pattern; /* "%1%.%2%)"; empty: prefix, shown levels, suffix */
	int shown;     /* how many levels, this one last */
	int start;
	bool synchronous; /* letters go on with aa, bb, as in Word; else with aa, ab */
} odt_level;

typedef struct odt_list_style {
	slice name;
	odt_level levels[ODT_LIST_LEVELS];
} odt_list_style;

typedef struct odt_list { /* that counts */
	slice id;
	slice style;
	int count[ODT_LIST_LEVELS];
	bool begun[ODT_LIST_LEVELS];
} odt_list;

typedef struct odt_lists {
	arena *keep;
	const memory *memory;
	ARRAY(odt_list_style) styles;
	ARRAY(odt_list) lists;
	size_t found;     /* the style that was asked for last */
	bool in_style;    /* what is being defined is the last style */
	odt_list outline; /* of headings outside lists */
	/* of the list in hand */
	size_t now; /* among lists; the last of them unless it goes on with another */
	unsigned depth;
	slice override; /* the style of the item alone */
	int item_start; /* -1: it goes on */
	bool fresh;     /* the item has no paragraph yet */
	bool header;    /* and will have no number */
} odt_lists;

void odt_lists_free(odt_lists *l);

/* An element of the definitions begins or ends. */
MUST_USE status odt_lists_define(odt_lists *l, const char *name, const char **attributes);
void odt_lists_defined(odt_lists *l, const char *name);

/* text:list and text:list-item, text:list-header of the text. */
MUST_USE status odt_lists_begin(odt_lists *l, const char **attributes);
void odt_lists_end(odt_lists *l);
MUST_USE status odt_lists_item(odt_lists *l, const char **attributes, bool header);

/* Counts a paragraph (a heading of the outline, from 1; 0: none) and appends its number as
 * shown: nothing for a bullet, or behind the first paragraph of an item. */
MUST_USE status odt_lists_count(
	odt_lists *l, const char **attributes, int outline, buffer *out);

#endif
