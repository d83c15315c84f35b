/* Files of segments and their translations, read event by event from a stream: what both
 * documents and memories make of XLIFF, TMX, PO and tables. A reader knows the grammar of its
 * format; what a segment becomes is the business of whoever listens.
 *
 * The events of a unit come in the order of the file: unit, facts and segments in any order,
 * pairs, unit_end. Inside a segment come pieces of text and the starts and ends of inline
 * elements. Each says which bytes of the input it stands for, so that a listener can write
 * there. */
#ifndef BITEXT_BITEXT_H
#define BITEXT_BITEXT_H

#include "base/stream.h"

#define BITEXT_NONE SIZE_MAX /* no such segment */
#define BITEXT_SEGMENTS 64   /* of one unit: languages of TMX, plural forms */

typedef struct bitext_bytes { /* of the input */
	uint64_t at;
	size_t n;
} bitext_bytes;

typedef enum code_kind {
	CODE_OPEN,     /* begins a pair: bpt, bx, sc, the start of g or pc */
	CODE_CLOSE,    /* ends it: ept, ex, ec, the end of g or pc */
	CODE_ALONE,    /* stands for itself: x, ph; %s of PO */
	CODE_ISOLATED, /* half of a pair whose other half is in another segment: it */
	CODE_MARK,     /* the start of mrk or hi: it says something of the text itself */
	CODE_MARK_END,
} code_kind;

typedef enum code_text { /* what a mark says of the text from here to its end */
	TEXT_AS_AROUND,
	TEXT_KEPT, /* not to be translated: translate="no", mtype="protected" */
	TEXT_OPEN, /* translate="yes", within what is not */
} code_text;

typedef struct bitext_code {
	const char *name;
	bool around; /* text stands between its start and its end */
	code_kind open, close;
	const char *pair; /* the attribute that ties halves; NULL: none */
	code_text text;
} bitext_code;

typedef enum pair_state {
	PAIR_UNTRANSLATED, /* no target, an empty one, or one that the file calls new */
	PAIR_DRAFT,        /* to be looked at: fuzzy, needs-…, initial */
	PAIR_TRANSLATED,   /* also where the file says nothing */
	PAIR_REVIEWED,
	PAIR_FINAL, /* signed off, approved */
} pair_state;

typedef enum bitext_fact {
	BITEXT_ID,      /* of the unit */
	BITEXT_SEGMENT, /* of the next pair in it */
	BITEXT_CONTEXT,
	BITEXT_NOTE,
	BITEXT_FILE, /* of units from here on */
	BITEXT_KEEP, /* not to be translated */
	BITEXT_ROW,  /* the number of the line */
} bitext_fact;

typedef struct bitext_pair {
	size_t source, target; /* numbers of segments of the unit; target may be BITEXT_NONE */
	uint64_t place;        /* where a target that is not there would have to be put */
	pair_state state;
	slice state_name; /* as the file has it; may be empty */
	bool last;        /* of these segments: the next one of the unit has the number 0 */
} bitext_pair;

typedef struct bitext_events {
	status (*unit)(void *user, stream_place at);
	status (*fact)(void *user, bitext_fact kind, slice value);
	/* exact: line breaks and spaces are meant */
	status (*segment)(void *user, slice language, bool exact);
	status (*text)(void *user, slice s, bitext_bytes at);
	/* An inline element; what: NULL when it is none that is known. Attributes as expat
	 * gives them, NULL for none. */
	status (*start)(void *user, const bitext_code *what, const char *name,
		const char **attributes, bitext_bytes at);
	status (*end)(void *user, const char *name, bitext_bytes at);
	/* content: what stands between the tags; of an empty element the tag itself. */
	status (*segment_end)(void *user, bitext_bytes content);
	status (*pair)(void *user, const bitext_pair *p);
	status (*unit_end)(void *user);
	status (*comment)(void *user, slice s, bitext_bytes at); /* of XML; may be NULL */
} bitext_events;

typedef struct bitext_input {
	stream *stream;
	bool utf8; /* whatever the file says of its encoding */
	const bitext_events *events;
	void *user;
} bitext_input;

typedef status bitext_read(const bitext_input *in);

MUST_USE status bitext_read_xliff(const bitext_input *in);
MUST_USE status bitext_read_tmx(const bitext_input *in);
MUST_USE status bitext_read_po(const bitext_input *in);
MUST_USE status bitext_read_tsv(const bitext_input *in);

/* How surely the first bytes of a file are those of the format; 0 to 100. */
int bitext_probe_xliff(slice head);
int bitext_probe_tmx(slice head);
int bitext_probe_po(slice head);

const bitext_code *bitext_find_code(const bitext_code *list, const char *name);

/* The name of an element without its prefix. */
const char *bitext_local(const char *name);

#endif
