/* Phrases of a segment that stand in the memory, with their likely translation: what helps a
 * translator where no whole segment is similar.
 *
 * A phrase is a longest run of words that a unit's source has as the segment has them, in any
 * form, two words that say something among them. The units with most of the segment's rarer
 * words are looked at. Where the phrase stands in several units, its translation is sought in
 * each: the run of words that are commoner in the translations of units with the phrase than in
 * those of others (by the logarithm of how much), and what most units agree upon is given. */
#ifndef TM_PHRASES_H
#define TM_PHRASES_H

#include "tm/store.h"

#define PHRASES_MOST 16

typedef struct tm_phrase {
	span at;            /* in the text asked for */
	size_t units;       /* seen to have it */
	const tm_unit *one; /* one of them */
	span source;        /* where it stands there */
	span target;        /* what likely translates it there; empty: not known */
	double likeness;    /* share of the units that say so; 0 when not known */
} tm_phrase;

typedef struct tm_phrase_query {
	slice text, source, target; /* languages */
	size_t most;                /* up to PHRASES_MOST */
} tm_phrase_query;

/* The phrases in the order of the text, none over another. */
MUST_USE status tm_phrases_find(tm_store *s, context *c, const tm_phrase_query *q,
	status (*take)(void *user, const tm_phrase *p), void *user);

#endif
