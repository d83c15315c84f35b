/* Corrections applied to the bytes of a file: splices through the source map, so that every
 * byte outside the places corrected stays as it is. */
#ifndef DOCUMENT_EDIT_H
#define DOCUMENT_EDIT_H

#include "base/buffer.h"
#include "document/document.h"

typedef struct edit {
	span file;  /* bytes to replace */
	slice with; /* UTF-8 */
	/* What a comment says where the edit cannot be made; empty: nothing. */
	slice said;
} edit;

typedef struct edit_note { /* a comment on words of the text */
	span text;
	slice said; /* UTF-8; each line is a paragraph */
	int level;  /* 1 information, 2 warning, 3 error */
} edit_note;

typedef struct edit_style {
	bool tracked; /* as changes that somebody can accept or reject: packages only */
	bool draft;   /* to be read again only: a package without its pictures */
	bool breaks_signature;     /* a signed package is changed nevertheless */
	const char *author, *date; /* of tracked ones and notes: "2026-01-31T12:00:00Z" */
	const edit_note
		*notes; /* packages only; in order, apart from each other and the edits */
	size_t note_count;
	bool *each;         /* NULL, or for each edit: answer: was it made? */
	size_t made, noted; /* answer: a package may have no place for some edits and notes */
} edit_style;

/* What a correction changes, without what both have at their ends: the span of old that goes,
 * and what comes in its place. Characters stay whole. */
span edit_narrow(slice old, slice with, slice *left);

/* What stands in the file for a span of the text, as it is to be when the text is to be `with`,
 * in UTF-8: markup inside the span stays where it is. False when that cannot be, because the
 * change would touch markup that parts or replaces something. */
MUST_USE status document_rewrite(
	buffer *out, context *c, const document *d, span text, slice with, bool *possible);

/* Appends the file with its edits to out. Edits are in order and do not overlap. STATUS_FORMAT
 * when its encoding has no place for a character of a correction, STATUS_USAGE when it cannot
 * track changes. */
MUST_USE status document_edit(buffer *out, context *c, const document *d, const edit *edits,
	size_t count, edit_style *style);

#endif
