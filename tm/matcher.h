/* What the files of the search for matches share (tm/match.h): tm/match.c asks,
 * tm/match_search.c finds the units that are worth reading, tm/match_score.c reads and scores
 * them. */
#ifndef TM_MATCHER_H
#define TM_MATCHER_H

#include "tm/match.h"
#include "tm/seen.h"

#define MATCHES_MOST 100

typedef struct hit { /* a match before its unit is read whole */
	uint32_t id;
	int score;
	bool literal; /* the very text */
} hit;

/* What is left of the query from the place on that is being looked up, as signatures of 1, 2
 * and 4 words. A unit that shares a piece before that place was met there, since its pieces are
 * in the same order; so whoever is met now shares pieces of the rest only. Several pieces may
 * have one bit: level k has the bits of more than k of them. */
#define LEVELS 3

typedef struct tail_signature {
	signature level[LEVELS];
	uint8_t pieces[64 * SIGNATURE_WORDS]; /* how many have each bit */
} tail_signature;

typedef struct candidate {
	uint32_t id, distance; /* distance: the least, by its digest */
	size_t pieces;         /* 0: not known */
} candidate;

struct tm_matcher {
	context *context;
	tm_store *store;
	tm_pieces *query, *other, *target; /* pieces of the query, a unit's source and target */
	tm_pattern pattern, digests;       /* of the query; digests when they are wanted */
	tm_ordered ordered;
	tm_steps steps;
	tm_unit unit, neighbour;
	buffer text;
	arena texts; /* of targets */
	const tm_query *q;
	uint64_t salt, shape;
	hit hits[MATCHES_MOST];
	size_t hit_count;
	tm_match matches[MATCHES_MOST];
	size_t matches_made;
	tm_seen seen;
	ARRAY(tm_relative) relatives; /* units of the query's shape */
	size_t read;
	bool far;                    /* the store is */
	int floor;                   /* less is not looked for yet */
	bool has_pattern;            /* the pattern is that of this query */
	bool is_simple;              /* no context, codes or penalties to look at */
	size_t place;                /* of the list that is being read */
	ARRAY(candidate) candidates; /* of a store far away, to be looked at together */
	tail_signature tail[3];
};

/* --- tm/match_score.c --- */

int match_bar(const tm_matcher *x); /* what a match must reach to be wanted still */
/* Reads and scores one unit that the index proposes, or the scan comes by. */
MUST_USE status match_consider(tm_matcher *x, uint32_t id);
MUST_USE status match_set_pattern(tm_matcher *x); /* of the query, unless it was */
bool match_has_penalties(const tm_query *q);
/* Of two segments of n and m pieces at distance d. */
int match_score_of(uint32_t d, size_t n, size_t m);
/* Into x->text when placeables change; *carried of them. */
MUST_USE status match_carry_over(tm_matcher *x, const tm_unit *u, size_t *carried, bool *done);

/* Shared pieces that a segment of m pieces must have to reach a score. */
static inline size_t
match_least_shared(int score, size_t n, size_t m)
{
	size_t longest = n > m ? n : m;
	uint64_t wanted = (uint64_t)(score > 10000 ? 10000 : score) * longest;

	return (size_t)((wanted + 9999) / 10000);
}

/* --- tm/match_search.c --- */

MUST_USE status match_search(tm_matcher *x); /* considers all that may reach the bar */

#endif
