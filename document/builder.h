/* The text of a document in the making: pieces of the file in their order, and what is made of
 * them. Whatever stands between two pieces is markup, which the map keeps hidden; between two
 * blocks stands a line break that stands for the markup there.
 *
 * Places are those of the decoded file. */
#ifndef DOCUMENT_BUILDER_H
#define DOCUMENT_BUILDER_H

#include "base/buffer.h"
#include "document/decode.h"
#include "document/document.h"

typedef enum white_space {
	WHITE_KEEP,     /* as it stands */
	WHITE_LINES,    /* line breaks, with what is around them, are one space */
	WHITE_COLLAPSE, /* any run of it is one space, at the ends of a block none */
} white_space;

typedef struct builder {
	context *context;
	document *document;
	decoded in;
	size_t origin; /* of in.text in the places of the map, where parts stand in a row */
	size_t solid;  /* a space that ends there does not swallow the next */
	buffer text;
	source_map_builder map;
	ARRAY(block) blocks;
	ARRAY(span) comments; /* of the text, in lines */
	size_t file;          /* the place up to which the file is in the map */
	bool open;            /* a block is */
	block now;
	size_t before_runs, before_file; /* of the map, when it began */
	white_space white;
	bool drops_soft_hyphens; /* which the format has for words that may be divided */
	span hole;               /* what stands for something that is no text; empty: nothing */
} builder;

/* The document's bytes, decoded; charset is what the file says of itself, empty: nothing. */
MUST_USE status builder_begin(builder *b, context *c, document *d, slice charset);

/* The same for a file of parts, of which each in turn is put into in.text; origin is then what
 * all parts before it have together. The map is not composed with anything. */
void builder_begin_parts(builder *b, context *c, document *d);

/* Begins a block, after the end of the one that is open. */
MUST_USE status builder_open(builder *b, block_kind kind, language l);
/* Ends it; a block without text is none. The answer is its index, or UINT32_MAX. */
MUST_USE status builder_close(builder *b, uint32_t *index);

/* Takes the open block back, with all that was put into it. */
void builder_drop(builder *b);

/* Text of the open block (or outside any, which no rule sees) that stands in the file as it
 * is; ASCII white space as b->white says. */
MUST_USE status builder_put(builder *b, span file);
/* Text that the bytes of the file stand for: a character reference, an escape. kind is RUN_MADE
 * for what a correction may replace, else RUN_MARKUP. */
MUST_USE status builder_make(builder *b, slice text, span file, run_kind kind);
/* The same for an entity or reference: white space is collapsed where that is asked for. */
MUST_USE status builder_make_text(builder *b, slice text, span file);

/* Something in the middle of a text that a reader would see and that is no text (a code, an
 * image, a passage in another language): one U+FFFC, but not inside a word. */
void builder_hole(builder *b, span file);

/* A comment of the format that speaks to paraph, as a line of its own outside every block;
 * nothing for all others. */
MUST_USE status builder_comment(builder *b, span file);

/* Gives the document its text, map and blocks, and frees the builder whatever happens. */
MUST_USE status builder_finish(builder *b);
/* Of a list that has grown to n while the file was read to here: how many more it will need,
 * asked once, when that can be told. What grows with the file is moved no further then. */
size_t builder_foresee(const builder *b, size_t n);
void builder_abandon(builder *b);

#endif
