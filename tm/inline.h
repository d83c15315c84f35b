/* The content of a segment while a reader of XML goes through it: text without codes, and the
 * codes beside it. TMX and XLIFF differ in names only. */
#ifndef TM_INLINE_H
#define TM_INLINE_H

#include "base/xml.h"
#include "tm/unit.h"

typedef enum inline_kind {
	INLINE_NONE, /* no code: an element to look through */
	INLINE_CODE, /* what it holds is not text: bpt, ph, x … */
	INLINE_SPAN, /* text between a start and an end: hi, g, mrk, pc */
} inline_kind;

typedef struct inline_name {
	const char *name;
	inline_kind kind;
	tm_code_kind open, close; /* close: of spans */
	const char *pair;         /* the attribute that ties halves */
} inline_name;

typedef struct inline_reader {
	const memory *memory;
	const inline_name *names; /* ends with a NULL name */
	size_t limit;             /* bytes of text */
	buffer text, xml;
	arena kept;
	ARRAY(tm_code) codes;
	size_t code; /* depth inside a code that is being captured; 0: none */
	ARRAY(uint32_t)
	open;           /* of spans: the code that began each; UINT32_MAX: looked through */
	slice parts[3]; /* name, pair, attributes of the code in hand */
	tm_code_kind kind;
} inline_reader;

void inline_init(inline_reader *r, const memory *m, const inline_name *names, size_t limit);
void inline_free(inline_reader *r);
void inline_begin(inline_reader *r); /* a new segment */
MUST_USE status inline_start(inline_reader *r, const char *name, const char **attributes);
MUST_USE status inline_end(inline_reader *r, const char *name);
MUST_USE status inline_text(inline_reader *r, slice s); /* STATUS_LIMIT, without a message */
/* Into a side of a unit. */
MUST_USE status inline_give(const inline_reader *r, tm_unit *u, tm_side side);

#endif
