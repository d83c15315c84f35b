/* Where in an OpenDocument text words stand that somebody has inserted and nobody accepted yet.
 * What is deleted of them must say so, or LibreOffice brings it back when all changes are
 * rejected. */
#ifndef DOCUMENT_FORMATS_ODT_CHANGES_H
#define DOCUMENT_FORMATS_ODT_CHANGES_H

#include "base/context.h"
#include "base/memory.h"

typedef struct odt_insertion {
	slice id;
	slice info;          /* its office:change-info: who and when */
	uint32_t start, end; /* bytes of content.xml, between its marks; 0: it has none */
} odt_insertion;

typedef struct odt_insertions {
	ARRAY(odt_insertion) list; /* by place */
	arena keep;
} odt_insertions;

/* content must outlive them. */
MUST_USE status odt_insertions_read(odt_insertions *x, context *c, slice content);
void odt_insertions_free(odt_insertions *x, const memory *m);

/* The one that the byte stands in, or NULL. */
const odt_insertion *odt_insertion_at(const odt_insertions *x, uint32_t at);

#endif
