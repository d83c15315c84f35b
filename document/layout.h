/* Where text stands in the markup that it was read from, for corrections and comments to be put
 * there, and what may be done at each place. A format makes the pieces, for the words that are
 * to be touched only; what becomes of each edit and note is decided here, the same for all. */
#ifndef DOCUMENT_LAYOUT_H
#define DOCUMENT_LAYOUT_H

#include "document/edit.h"

typedef struct layout_piece {
	uint32_t text, n;    /* in the text of the document */
	uint32_t raw, raw_n; /* bytes of its part */
	uint32_t part;       /* of the package */
	uint32_t owner; /* the element that must be opened or closed for it: the format's */
	uint32_t hold;  /* number of a hold, from 1; 0: none */
	bool verbatim;  /* the same bytes on both sides; else taken whole or not at all */
	bool fixed;     /* shown, but what stands here is made elsewhere: not to be changed */
} layout_piece;

/* What a comment must stand around, not in: a field; for the words of a note its reference in
 * the body; for a header a point in its section (start and end are the same). Both 0: nowhere.
 */
typedef struct layout_hold {
	uint32_t part, start, end;
} layout_hold;

typedef struct layout {
	const layout_piece *pieces; /* by text */
	size_t piece_count;
	const layout_hold *holds;
	size_t hold_count;
} layout;

typedef enum mark_kind {
	MARK_END,
	MARK_DELETE,
	MARK_INSERT,
	MARK_POINT, /* a comment that starts and ends at one place */
	MARK_START,
} mark_kind;

#define LAYOUT_NO_OWNER UINT32_MAX

/* What is to be done at a place of a part. Of several at one place comments that end come
 * first, then what is deleted, what is inserted, and comments that start. */
typedef struct layout_mark {
	uint32_t part, raw, raw_n;
	uint32_t owner; /* LAYOUT_NO_OWNER: between elements, at the edge of a hold */
	uint32_t order;
	uint8_t kind;
	uint32_t note; /* of a comment: its number, from 0 */
	slice with;    /* of MARK_INSERT */
} layout_mark;

typedef struct layout_comment {
	span text;
	slice said;
	bool apart; /* it cannot stand on the words themselves, and must quote them */
} layout_comment;

typedef struct layout_plan {
	const memory *memory;
	ARRAY(layout_mark) marks; /* by part and place */
	ARRAY(layout_comment) comments;
} layout_plan;

/* Fills the plan, and style->made and noted. An edit that has no place, or touches what is
 * fixed, becomes a comment when it has something to say. */
MUST_USE status layout_make(layout_plan *plan, const document *d, const layout *l,
	const edit *edits, size_t count, edit_style *style);
void layout_free(layout_plan *plan);

/* What is the same at both ends is no change; characters stay whole. */
void layout_shorten(slice text, span *at, slice *with);

#endif
