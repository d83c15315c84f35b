/* A text as a client counts it: UTF-16 units, with the markup between its parts. */
#ifndef APPS_HTTP_ANNOTATED_H
#define APPS_HTTP_ANNOTATED_H

#include "apps/cli/bytes.h"

typedef struct annotated_part {
	size_t start, end;       /* bytes of the text that is checked */
	size_t units, units_end; /* where that stands for the client */
	bool markup;             /* of which another text was checked */
} annotated_part;

typedef struct annotated {
	bytes text; /* what is checked */
	annotated_part *parts;
	size_t count, capacity;
	size_t units;          /* of everything */
	size_t at, byte, unit; /* where was looked last: part, place in it */
} annotated;

typedef enum annotated_outcome {
	ANNOTATED_OK,
	ANNOTATED_NO_JSON,
	ANNOTATED_NO_ANNOTATION, /* it is not what {"annotation":[…]} should hold */
	ANNOTATED_NO_MEMORY,
} annotated_outcome;

/* A text alone, or the parameter data of LanguageTool. */
annotated_outcome annotated_from_text(annotated *a, paraph_text text);
annotated_outcome annotated_from_data(annotated *a, paraph_text json);
void annotated_free(annotated *a);

/* The client's place of bytes start to end of the text. Fast in the order of the text. */
void annotated_place(annotated *a, size_t start, size_t end, size_t *from, size_t *to);

size_t utf16_units(const char *p, size_t n);
bool utf8_is_sound(paraph_text t);

#endif
