/* Where a place in a document is, as people speak of it: what its format knows beside line and
 * paragraph. A part, a cell, the id of a unit, the time of a subtitle, a page: names and values
 * for "location" in reports. */
#ifndef DOCUMENT_LOCATION_H
#define DOCUMENT_LOCATION_H

#include "base/slice.h"

#define LOCATION_FIELDS 12

typedef struct location_field {
	const char *name; /* of JSON: "unit" */
	slice text;       /* text.p == NULL: the number */
	uint64_t number;
} location_field;

#define LOCATION_RECTANGLES 8

typedef struct location_rectangle { /* points from the top left corner of the page */
	double x, y, width, height;
} location_rectangle;

typedef struct location {
	location_field fields[LOCATION_FIELDS];
	size_t count;
	location_rectangle rectangles[LOCATION_RECTANGLES]; /* one a line */
	size_t rectangle_count;
} location;

/* Nothing for an empty text. */
static inline void
location_text(location *l, const char *name, slice text)
{
	if (text.n != 0 && l->count < LOCATION_FIELDS)
		l->fields[l->count++] = (location_field){ name, text, 0 };
}

static inline void
location_number(location *l, const char *name, uint64_t number)
{
	if (l->count < LOCATION_FIELDS)
		l->fields[l->count++] = (location_field){ name, { 0 }, number };
}

#endif
