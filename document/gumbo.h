/* HTML parsed by gumbo, within limits: gumbo does not expect an allocator to say no, takes its
 * tree apart by recursion, and its time grows with the square of the depth of a page. */
#ifndef DOCUMENT_GUMBO_H
#define DOCUMENT_GUMBO_H

#include <gumbo.h>
#include <setjmp.h>

#include "base/context.h"

typedef struct gumbo_tree {
	context *context;
	struct gumbo_piece *pieces; /* of memory, that gumbo holds */
	size_t used, most;          /* bytes */
	status failed;
	jmp_buf out;
	GumboOutput *output;
} gumbo_tree;

/* path is for messages. Free the tree whatever happens. */
MUST_USE status gumbo_tree_read(gumbo_tree *t, context *c, slice path, slice text);
void gumbo_tree_free(gumbo_tree *t);

#define REFERENCES_KEPT 64
#define REFERENCE_BYTES 16

/* Character references (&eacute; &#233;) that were met and what they stand for. */
typedef struct references {
	struct {
		char name[48];
		size_t n;
		char stands_for[REFERENCE_BYTES];
		size_t length;
	} at[REFERENCES_KEPT];
} references;

/* In UTF-8, valid until the next call; empty when it is none. */
MUST_USE status references_decode(references *r, context *c, slice reference, slice *out);

#endif
