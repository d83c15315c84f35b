/* Candidates for a termbase, gathered from texts: acronyms with what they stand for, names with
 * capitals, and terms of several words.
 *
 * Noun phrases of the patterns in data/lang/term-patterns.tsv are counted, forms of one lemma
 * together. One that stands only inside longer ones is none (after the C-value of Frantzi,
 * Ananiadou and Mima, “Automatic recognition of multi-word terms”, 2000; theirs takes the mean
 * of the longer ones, which lets « Conseil économique » through), and one whose words are as
 * common in the reference texts as here says little (weirdness: Ahmad, Gillam and Tostevin,
 * 1999):
 *
 *   score = log2(words) (count − that of the commonest longer one it stands in) × weirdness
 *   weirdness = mean over its words of log2(1 + (share here) / (share in the reference texts))
 *
 * Memory grows with the distinct phrases; beyond a million those met once are forgotten. */
#ifndef TERMBASE_EXTRACT_H
#define TERMBASE_EXTRACT_H

#include "termbase/match.h"

#define EXTRACT_KEYS 16 /* words and prepositions of a candidate */

typedef enum extract_kind { EXTRACT_ACRONYM, EXTRACT_NAME, EXTRACT_TERM } extract_kind;

typedef struct extract_candidate {
	slice text;    /* the commonest way it is written; without line breaks */
	slice acronym; /* empty: none */
	slice context; /* where it stands first */
	slice concept; /* of the termbase that has it; empty: none has */
	language language;
	extract_kind kind;
	uint32_t count, documents;
	double score;
	/* of pairs of texts: the candidate in the other language that stands where this one
	 * does, by its place in the list + 1 (0: none), and how well (0 to 1, Dice) */
	uint32_t translation;
	double likeness;
	bool nested; /* only in longer ones: none itself, but may be a translation */
	/* while counting */
	uint32_t keys[EXTRACT_KEYS];
	uint8_t key_count, words;
	uint32_t longer;          /* the count of the commonest longer one it stands in */
	uint32_t inside;          /* of the count, inside longer terms of the termbase */
	uint32_t capitals, inner; /* with a capital, of those not first in a sentence */
	uint32_t last_document, last_segment;
} extract_candidate;

typedef struct extract_place {
	uint32_t candidate, segment;
} extract_place;

typedef struct extract_surface { /* a way in which a candidate is written */
	slice text;
	uint32_t candidate, count;
} extract_surface;

typedef struct extract_span { /* in the block in hand */
	uint32_t first, last, candidate;
} extract_span;

typedef struct extractor {
	context *context;
	const termbase *terms;
	bool pairs; /* remember the segments of each candidate */
	arena keep;
	words words;
	tokens tokens;
	term_matches matches;
	ARRAY(extract_candidate) list;
	ARRAY(extract_surface) surfaces;
	ARRAY(extract_place) places;
	ARRAY(extract_span) definitions;   /* of acronyms, in the block in hand */
	ARRAY(uint16_t) roles[LANGUAGES];  /* of words, by id; 0: not known yet */
	ARRAY(uint16_t) roles_here;        /* of the tokens of the block */
	ARRAY(uint32_t) counts[LANGUAGES]; /* of words, by the id of their lower-case form */
	uint64_t totals[LANGUAGES];
	uint32_t *candidate_slots, *surface_slots;
	uint32_t candidate_mask, surface_mask;
	uint32_t document, segment; /* in hand, from 1; the caller counts them up */
} extractor;

MUST_USE status extract_init(
	extractor *x, context *c, lexicon *const lexicons[LANGUAGES], const termbase *terms);
void extract_free(extractor *x);

/* Counts the candidates of one block. */
MUST_USE status extract_block(extractor *x, slice text, span block, language l);

/* Scores and sorts what was counted, the best of each kind first; leaves only candidates met
 * `least` times at least (acronyms: once). */
MUST_USE status extract_rank(extractor *x, uint32_t least);

/* Finds translations: after extract_rank, with pairs set before the first block. */
MUST_USE status extract_translate(extractor *x);

/* --- for termbase/extract*.c --- */

enum extract_role {          /* what a word may be in a term */
	ROLE_KNOWN = 1 << 0, /* the entry is made */
	ROLE_NOUN = 1 << 1,
	ROLE_ADJECTIVE = 1 << 2,
	ROLE_LINK = 1 << 3,  /* a preposition */
	ROLE_NAMES = 1 << 4, /* in names only */
	ROLE_DETERMINER = 1 << 5,
	ROLE_CAPITAL = 1 << 6,
	ROLE_AND = 1 << 7,       /* a link that joins two parts of a name */
	ROLE_NOT_FIRST = 1 << 8, /* begins no term */
};

MUST_USE status extract_role_of(extractor *x, uint32_t id, language l, uint16_t *role);

/* The candidate of a run of tokens, a new one when it is not there yet; SIZE_MAX when the run
 * cannot be one. */
MUST_USE status extract_candidate_of(
	extractor *x, slice text, language l, size_t first, size_t last, size_t *candidate);
/* One occurrence of it. */
MUST_USE status extract_count(extractor *x, slice text, language l, extract_span s);
/* The candidate of these keys; SIZE_MAX for none. */
size_t extract_find(const extractor *x, language l, const uint32_t *keys, size_t count);
/* After the list was changed: finds candidates by their keys again. */
MUST_USE status extract_index(extractor *x);

#endif
