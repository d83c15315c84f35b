/* Two rounds of edits as one: the first of a text, the second of what the first made of it. So
 * several rounds of corrections become changes that somebody can accept or reject one by one.
 */
#ifndef DOCUMENT_COMPOSE_H
#define DOCUMENT_COMPOSE_H

#include "document/edit.h"

/* Both lists are in order and without overlaps, and so is the answer, on the arena. after is
 * the text that the first list made. Edits that meet become one, which says what the first of
 * them does. */
MUST_USE status edits_compose(arena *a, slice after, const edit *first, size_t first_count,
	const edit *second, size_t second_count, edit **out, size_t *count);

/* Tells the text with its edits from others, without making it. */
uint64_t edits_hash(slice text, const edit *edits, size_t count);

/* The text with its edits, at the end of out. */
void edits_apply(buffer *out, slice text, const edit *edits, size_t count);

#endif
