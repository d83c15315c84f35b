/* Comments that an earlier run left in an OpenDocument text: what they say is not said a second
 * time at the same place. A comment is known by its author and its words, its place by the text
 * before it, since other programs put elements beside it and give it another name. */
#ifndef DOCUMENT_FORMATS_ODT_EARLIER_H
#define DOCUMENT_FORMATS_ODT_EARLIER_H

#include "document/formats/odt.h"

typedef struct odt_earlier_comment {
	slice name;          /* that its end has, too; empty: it stands at a point */
	slice said;          /* its paragraphs, with \n between them */
	uint32_t start, end; /* bytes of content.xml; once all are read, of the text */
	bool ours;
	size_t met; /* of those that are like this one, the first of them: again, in this run */
} odt_earlier_comment;

typedef struct odt_earlier {
	const document *document;
	ARRAY(odt_earlier_comment) list; /* by place and words */
	arena keep;
} odt_earlier;

/* The comments of that author. The document must outlive them. */
MUST_USE status odt_earlier_read(
	odt_earlier *x, context *c, const document *d, const char *author);
void odt_earlier_free(odt_earlier *x, const memory *m);

/* Is a comment there with these words, between these bytes of content.xml? Each is found once.
 */
bool odt_earlier_take(odt_earlier *x, uint32_t start, uint32_t end, slice said);

#endif
