/* What a line begins with: bullets, paragraph numbers, list letters, roman numerals. */
#ifndef DOCUMENT_MARKER_H
#define DOCUMENT_MARKER_H

#include "base/slice.h"

typedef enum marker_kind {
	MARKER_NONE,
	MARKER_BULLET, /* • ▪ ● …: never anything else at the start of a line */
	MARKER_DASH,   /* - – —: may also be a dash of the sentence */
	MARKER_NUMBER, /* 12. 12) (12) */
	MARKER_LETTER, /* a) (a) (iv) */
	MARKER_ROMAN,  /* IV. and, in headings, A. */
} marker_kind;

typedef struct marker {
	marker_kind kind;
	size_t length;   /* bytes of the marker and of the white space after it */
	uint32_t number; /* of MARKER_NUMBER */
} marker;

/* The marker at the start of a line without leading white space. */
marker marker_read(slice line);

#endif
