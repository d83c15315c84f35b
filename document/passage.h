/* Passages: what two texts are laid side by side by, paragraphs or sentences. Of each,
 * alignment wants to know its words, how long it is and how it begins.
 *
 * A word's hash is that of its folded letters; of a number, of its value whatever the language
 * writes it like (1,250.5 and 1 250,5); of a document symbol, an address or a concept, of what
 * it names. So the same hash on both sides speaks for a pair of passages before anything else
 * is known of the two texts. */
#ifndef DOCUMENT_PASSAGE_H
#define DOCUMENT_PASSAGE_H

#include "text/token.h"

typedef struct passage {
	uint32_t first, count; /* of its words in passages.words */
	uint32_t characters;   /* code points */
	uint32_t marker;       /* how a list item or a numbered paragraph begins; 0: not so */
	uint16_t sentences;    /* at least 1 */
	uint8_t kind;          /* enum block_kind */
	uint8_t edges[2];      /* enum edge: how it begins and ends */
	bool known;            /* it has a name of what is known to be translated so */
} passage;

typedef struct vocable { /* a distinct word of one side */
	uint64_t hash;
	uint64_t opening; /* hash of its first letters; 0 for short words and for numbers */
	uint32_t count;
	bool carried; /* over as it is: numbers of two digits and more, symbols, addresses */
	bool known;   /* is no word: it names a passage and its translation, both known */
} vocable;

typedef struct passages {
	const memory *memory;
	ARRAY(passage) list;
	ARRAY(uint32_t) words; /* numbers of vocables */
	ARRAY(vocable) vocabulary;
	uint32_t *slots, slot_mask; /* open addressing by hash: number + 1 */
	words table;                /* of text/word.h, without dictionaries */
	tokens tokens;
	ARRAY(uint32_t) vocable_of; /* a word of the table: number + 1; 0: not met yet */
} passages;

MUST_USE status passages_init(passages *p, const memory *m);
void passages_free(passages *p);

/* Appends the passage text[at], of the given kind; reads its marker off its beginning.
 * LANGUAGE_UNKNOWN reads numbers as English. */
MUST_USE status passages_add(
	passages *p, slice text, span at, language l, unsigned kind, unsigned sentences);
/* Adds to the last passage something that is named alike on both sides: a concept, a name. */
MUST_USE status passages_add_name(passages *p, uint64_t hash);

typedef struct passage_name {
	uint32_t passage;
	uint64_t hash;
} passage_name;

/* Gives passages, when all are there, names of what is known to be translated so; they are in
 * the order of their passages. */
MUST_USE status passages_add_names(passages *p, const passage_name *names, size_t n);

#endif
