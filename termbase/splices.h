/* Changes to the bytes of a file that has lines: what is put in stands on lines of its own,
 * indented as its neighbours are, where they do; what is taken out takes its line along. In a
 * file without line breaks nothing of white space is added. */
#ifndef TERMBASE_SPLICES_H
#define TERMBASE_SPLICES_H

#include "base/buffer.h"

typedef struct splice {
	size_t start, end;  /* what goes, in the file */
	size_t from, until; /* what comes, in the texts */
	size_t number;      /* in the order in which they were asked for */
} splice;

typedef struct splices {
	const memory *memory;
	slice file;
	slice ending; /* of its lines */
	slice unit;   /* by which its lines are indented from one level to the next */
	buffer texts;
	ARRAY(splice) list;
} splices;

void splices_init(splices *s, const memory *m, slice file, size_t ceiling);
void splices_free(splices *s);

MUST_USE status splices_replace(splices *s, size_t start, size_t end, slice text);
/* An element with its line. */
MUST_USE status splices_remove(splices *s, size_t start, size_t end);
/* Lines of markup, an element or a tag each, at a place behind the element that begins at
 * beside; with inner set, as the first thing inside it. */
MUST_USE status splices_insert(splices *s, size_t at, size_t beside, bool inner, slice lines);
/* The same in the place of an element. */
MUST_USE status splices_put_instead(splices *s, size_t start, size_t end, slice lines);

/* Appends the file as it is to be; a change that lies in another one is passed over. */
MUST_USE status splices_apply(splices *s, buffer *out);

#endif
