/* What a segment is compared by: its words, numbers and other placeables in turn. Spaces and
 * marks stand between pieces and are none.
 *
 * Two pieces of one key are the same to a search. A word's key forgets case, accents and
 * inflection; a number, a date, a document symbol, an address and a name in capitals have the
 * key of their kind, because a translator puts the new one in the place of the old. A segment
 * without an ordinary word has nothing else to be told by: there a key is the text itself. */
#ifndef TM_PIECE_H
#define TM_PIECE_H

#include "base/memory.h"

typedef enum tm_piece_kind {
	PIECE_WORD,
	PIECE_NUMBER,  /* 1,250.5 · 1 250,5 · 3rd */
	PIECE_DATE,    /* 2 January 2018 · 1er juin · May 3, 2017 */
	PIECE_SYMBOL,  /* A/RES/70/1 */
	PIECE_ADDRESS, /* URL, e-mail address */
	PIECE_NAME,    /* UNAMA, in a segment that is not all in capitals */
	PIECE_KINDS,
} tm_piece_kind;

typedef struct tm_piece {
	uint32_t start, end; /* bytes of the segment's text */
	uint64_t key, form;  /* form: hash of the bytes */
	uint64_t word;       /* the key as a word, whatever the kind: for finding words again */
	tm_piece_kind kind;
} tm_piece;

#define PIECE_CACHE 4096

typedef struct tm_pieces {
	const memory *memory;
	tm_piece *at;
	size_t n, capacity;
	unsigned kinds; /* bits of those that were met */
	struct {
		uint64_t form, key; /* of words met lately */
	} cache[PIECE_CACHE];
} tm_pieces;

MUST_USE status tm_pieces_open(tm_pieces **out, const memory *m);
void tm_pieces_close(tm_pieces *p); /* NULL is fine */

/* Cuts valid UTF-8 of less than 4 GiB into pieces, replacing what p held. */
MUST_USE status tm_pieces_cut(tm_pieces *p, slice text);

/* Behind the letters and digits that stand at i. */
size_t tm_letters_end(slice s, size_t i);

/* The key of an ordinary word, as it stands in a text. */
uint64_t tm_word_key(slice word);

/* 1 to 12 for the name of a month in English or French; 0 for any other word. */
unsigned tm_month_of(slice word);
const char *tm_month_name(bool french, unsigned month);

#endif
