/* Numbers of paragraphs as people cite them: behind "12." the paragraph "(b)" is 12 (b), and
 * behind that "(ii)" is 12 (b) (ii), whether a word processor computed them or somebody typed
 * them. */
#ifndef DOCUMENT_NUMBER_H
#define DOCUMENT_NUMBER_H

#include "base/buffer.h"

#define NUMBER_BYTES 24
#define NUMBER_LEVELS 3 /* 12, (b), (ii) */

typedef struct number_path {
	char at[NUMBER_LEVELS][NUMBER_BYTES]; /* terminated; "" where none is open */
} number_path;

/* Appends the number of the next paragraph: what is printed before it, with those above. A
 * heading ends what stands above. An empty label gives nothing. */
void number_next(number_path *p, slice label, bool is_heading, buffer *out);

/* Appends what the next paragraph stands under, when it has no number of its own. */
void number_here(const number_path *p, buffer *out);

/* The number at the start of a paragraph, "12." of "12.\tThe Committee", and one that follows
 * it at once, "(a)"; both empty for none. */
void number_typed(slice text, bool is_heading, slice *first, slice *second);

typedef struct number_block {
	slice label;  /* that the program computes, as printed */
	slice text;   /* where one may be typed */
	bool is_item; /* of a list, with a label or not */
	bool is_heading;
	bool alone; /* not in the row of the body: in a cell, a note, a box */
} number_block;

/* Appends the number of a block, with those that it stands under. */
MUST_USE status number_of_block(number_path *p, number_block b, buffer *out);

#endif
