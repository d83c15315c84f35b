/* One unit of a translation memory: a segment, its translation, and all that is known of the
 * two.
 *
 * The text of a segment is what a translator reads: UTF-8 without the inline codes. Those
 * stand beside it, each with the byte of the text before which it belongs, so that matching
 * sees words only and an exporter puts every code back where it was. All that formats say and
 * paraph does not ask for travels as items, from import through the store to export.
 *
 * A unit is filled, read, and cleared for the next one: importing a million of them takes the
 * memory of the largest. All text is copied. */
#ifndef TM_UNIT_H
#define TM_UNIT_H

#include "base/buffer.h"
#include "base/context.h"

typedef enum tm_code_kind {
	TM_CODE_OPEN,     /* begins a pair: TMX bpt, XLIFF bpt, bx, sc, the start of g or pc */
	TM_CODE_CLOSE,    /* ends it: ept, ex, ec, the end of g or pc */
	TM_CODE_ALONE,    /* stands for itself: ph, x, and TMX 1.1's ut */
	TM_CODE_ISOLATED, /* half of a pair whose other half is in another segment: it */
	TM_CODE_MARK,     /* the start of hi or mrk: it says something of the text itself */
	TM_CODE_MARK_END,
	TM_CODES,
} tm_code_kind;

typedef struct tm_code {
	uint32_t at; /* the byte of the text before which it stands; never decreasing */
	tm_code_kind kind;
	slice name;       /* of the element it came as: "bpt", "ph", "g", "hi" */
	slice pair;       /* what ties the halves of a pair: i of TMX, id or rid of XLIFF */
	slice attributes; /* the others, as in XML: `x="1" type="bold"`; may be empty */
	slice content;    /* what the element holds, as XML, its sub elements included */
} tm_code;

typedef enum tm_side { TM_SOURCE, TM_TARGET } tm_side;

/* What an item is said of: a side, or the unit as a whole. */
typedef enum tm_owner { TM_OF_SOURCE, TM_OF_TARGET, TM_OF_UNIT } tm_owner;

typedef enum tm_item_kind {
	TM_PROPERTY,  /* prop of TMX; a column that nothing else fits */
	TM_NOTE,      /* type is empty */
	TM_ATTRIBUTE, /* of tu, tuv or trans-unit, that is not a field of the unit */
	TM_ITEMS,
} tm_item_kind;

typedef struct tm_item {
	tm_owner owner;
	tm_item_kind kind;
	slice type, value;
	slice language; /* of the value; empty when it is not said */
} tm_item;

typedef struct tm_segment {
	slice language; /* as it was written: "fr", "EN-US" */
	slice text;
	ARRAY(tm_code) codes;
} tm_segment;

typedef struct tm_unit {
	const memory *memory;
	arena kept;         /* every slice below points there */
	tm_segment side[2]; /* TM_SOURCE, TM_TARGET */
	slice id;           /* tuid; empty when there is none, and no key: units may share it */
	slice previous, next;  /* source text of the segments around it; empty: not known */
	slice document;        /* symbol or name of what it comes from: "A/RES/70/1" */
	slice author, changer; /* creationid, changeid */
	slice created, changed, used; /* UTC, "2018-01-02T03:04:05Z"; empty: not known */
	slice origin;                 /* "machine" for what nobody wrote; else empty */
	uint64_t usage;
	ARRAY(tm_item) items;
} tm_unit;

void tm_unit_init(tm_unit *u, const memory *m);
void tm_unit_free(tm_unit *u);
void tm_unit_clear(tm_unit *u); /* empties it, keeps its memory */

/* Sets a text field of the unit, its own or of a side: tm_unit_set(u, &u->document, s). */
MUST_USE status tm_unit_set(tm_unit *u, slice *field, slice value);
/* Text and codes of a side may come in any order; codes in that of their places. */
MUST_USE status tm_unit_add_code(tm_unit *u, tm_side side, tm_code code);
MUST_USE status tm_unit_add_item(tm_unit *u, tm_item item);

MUST_USE status tm_unit_copy(tm_unit *to, const tm_unit *from);

/* The value of the first item of that kind and type; empty when there is none. */
slice tm_unit_item(const tm_unit *u, tm_owner owner, tm_item_kind kind, const char *type);

/* All but the segments, their languages, the document and the usage, as bytes for a store:
 * appended to out. */
void tm_unit_pack_facts(const tm_unit *u, buffer *out);
/* Packed facts have no codes and no items. */
bool tm_unit_facts_are_plain(slice packed);
/* Adds them to a unit whose segments are set; STATUS_DAMAGED as below. */
MUST_USE status tm_unit_unpack_facts(tm_unit *u, slice packed);

/* Codes and items as bytes, for a store: appended to out, nothing when there are none. */
void tm_unit_pack(const tm_unit *u, buffer *out);
/* Adds what was packed to a unit; STATUS_DAMAGED, without a message, when it is not that. */
MUST_USE status tm_unit_unpack(tm_unit *u, slice packed);

#endif
