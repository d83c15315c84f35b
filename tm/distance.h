/* How far two segments are from each other, in pieces.
 *
 * The plain distance (insertions, deletions, substitutions of keys; Levenshtein) is computed
 * bit-parallel (Myers 1999, in blocks after Hyyrö 2003), 64 pieces of the pattern a word. It is
 * never more than the finer distance by which matches are scored, in which pieces of one key
 * that are written in two ways cost a quarter: so the cheap one decides whom the other is asked
 * for. */
#ifndef TM_DISTANCE_H
#define TM_DISTANCE_H

#include "tm/piece.h"

typedef struct tm_pattern {
	const memory *memory;
	const tm_piece *at; /* borrowed */
	size_t n, blocks;
	uint64_t *keys, *masks; /* an open hash table; masks of `blocks` words a slot */
	uint64_t *up, *down;    /* vertical differences, a word a block */
	size_t slots, capacity;
	uint32_t *row; /* of the finer distance */
	size_t row_capacity;
} tm_pattern;

void tm_pattern_init(tm_pattern *p, const memory *m);
void tm_pattern_free(tm_pattern *p);
MUST_USE status tm_pattern_set(tm_pattern *p, const tm_piece *at, size_t n);

/* The distance by keys; any number above most when it is more than that. */
size_t tm_distance(tm_pattern *p, const tm_piece *b, size_t m, size_t most);

/* The same by digests of keys (tm/postings.h), of both: never more than the distance by keys,
 * since two keys may have one digest. */
MUST_USE status tm_pattern_set_digests(tm_pattern *p, const tm_piece *at, size_t n);
size_t tm_digest_distance(tm_pattern *p, const unsigned char *digests, size_t m, size_t most);

#define DISTANCE_STEP 4 /* what a different piece costs; a different form of one costs 1 */
MUST_USE status tm_fine_distance(
	tm_pattern *p, const tm_piece *b, size_t m, bool forms_only, uint32_t *out);

typedef enum tm_change {
	CHANGE_NONE,
	CHANGE_FORM,
	CHANGE_WORD,
	CHANGE_LESS,
	CHANGE_MORE
} tm_change;
typedef struct tm_step {
	tm_change change;
	uint32_t a, b; /* pieces; for LESS only a is one, for MORE only b */
} tm_step;
typedef struct tm_steps {
	ARRAY(tm_step) list;
} tm_steps;

/* A cheapest way from a to b, in order. STATUS_LIMIT when n × m passes 4,000,000. */
MUST_USE status tm_align(const memory *m, const tm_piece *a, size_t n, const tm_piece *b,
	size_t n_b, tm_steps *out);

#endif
