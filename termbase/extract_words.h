/* How well the words of two candidates go together, whatever the candidates do: words that
 * stand in the same segments (Dice's coefficient) or are written alike (the longest common
 * subsequence over the longer one: I. D. Melamed, "Automatic evaluation and uniform filter
 * cascades for inducing n-best translation lexicons", 1995, whose threshold of 0.58 it is).
 *
 * Two candidates that always stand together are told apart by it: of « acte d'agression » and
 * « rupture de la paix » beside "acts of aggression" in two segments, one has its words. */
#ifndef TERMBASE_EXTRACT_WORDS_H
#define TERMBASE_EXTRACT_WORDS_H

#include "termbase/extract.h"

#define EXTRACT_LETTERS 32

typedef struct candidate_word {
	uint32_t word;     /* a key of one language, by number */
	uint32_t segments; /* that it stands in */
	slice folded;
	uint8_t letters[EXTRACT_LETTERS]; /* how often each is in it; bytes share places */
} candidate_word;

typedef struct known_pair {
	uint64_t words; /* both; 0: none is kept here */
	double together;
} known_pair;

typedef struct extract_words {
	const memory *memory;
	arena text;
	ARRAY(candidate_word) list; /* those of one candidate stand together */
	uint32_t *first;            /* by candidate, and one more: where its words begin */
	ARRAY(uint32_t) segments;   /* those of one word stand together, in order, each once */
	uint32_t *begins;           /* by word, and one more: where its segments begin */
	uint64_t **bits;            /* by word: a bit a segment, of words that stand in many */
	uint32_t last_segment;      /* the highest number */
	known_pair *known;          /* what was computed lately, by a hash of both words */
	uint64_t at[256]; /* by byte: its places in the word in hand; zero between words */
} extract_words;

/* The places of x are sorted by candidate. */
MUST_USE status extract_words_init(extract_words *w, const extractor *x);
void extract_words_free(extract_words *w);

/* From 0 to 1: the mean over the words of both of the one that each goes best with. */
double extract_words_likeness(extract_words *w, uint32_t a, uint32_t b);

#endif
