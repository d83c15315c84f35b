/* Matches of a segment in a translation memory.
 *
 * Score, in hundredths of a per cent (docs/MEMORY.md has worked examples):
 *   10100  the same text between the same neighbours, or the same document's;
 *   10000  the same text, inline codes included; or the same but for placeables, all of which
 *          could be carried over into the translation;
 *    9500 to 9999  all pieces have the same keys in turn: what differs is case, accents,
 *          inflection, marks, spaces, codes, or placeables that could not be carried over;
 *   else   10000 × (1 − d / max(n, m)), d being the distance in pieces, a quarter for a piece
 *          that differs in form alone.
 * Penalties come off afterwards.
 *
 * The search is exact: what it gives is what scoring every unit would give, the best first, of
 * equals the unchanged text first, then what came last into the memory; among those given, what
 * was changed last. */
#ifndef TM_MATCH_H
#define TM_MATCH_H

#include "tm/distance.h"
#include "tm/store.h"

#define TM_SCORE_CONTEXT 10100
#define TM_SCORE_EXACT 10000
#define TM_SCORE_LEAST 5000 /* nothing below is found */

typedef struct tm_query {
	slice text, source, target; /* languages: "en", "fr-CA" */
	slice previous, next;       /* texts around it; empty: not known */
	const tm_segment *segment;  /* for its inline codes; NULL: none */
	int threshold;              /* hundredths; at least TM_SCORE_LEAST */
	size_t most;                /* matches wanted, up to 100 */
	struct {                    /* hundredths taken off */
		int machine;        /* origin is "machine" */
		int other_author;   /* than author, when that is not empty */
		int old;            /* changed before `before`: "2015-01-01" */
		int other_document; /* whose name does not begin with document */
		slice author, before, document;
	} penalty;
} tm_query;

typedef struct tm_match {
	uint32_t id;
	int score, plain; /* plain: the distance in written words alone */
	size_t carried;   /* placeables carried over into `target` */
	slice target;     /* what to propose */
	tm_unit unit;
} tm_match;

typedef struct tm_matcher tm_matcher;

/* One thread at a time; the store outlives it. */
MUST_USE status tm_matcher_open(tm_matcher **out, context *c, tm_store *s);
void tm_matcher_close(tm_matcher *x); /* NULL is fine */

/* The matches are the matcher's until the next call. STATUS_DAMAGED: the index must be made
 * anew (tm_store_reindex). */
MUST_USE status tm_matcher_find(
	tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n);

/* The same by scoring every unit: the yardstick of tests and benchmarks. */
MUST_USE status tm_matcher_scan(
	tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n);

/* How the query (a) and a match's source (b) differ, piece by piece. */
MUST_USE status tm_matcher_difference(tm_matcher *x, slice query, slice source,
	const tm_steps **steps, const tm_pieces **a, const tm_pieces **b);

/* Units read by the last search. */
size_t tm_matcher_read(const tm_matcher *x);

#endif
