/* How passages begin and end: with a capital, a small letter, a figure, a bracket; with a full
 * stop, a semicolon, nothing. A translation mostly does the same: a heading faces no sentence,
 * and what ends with “[Amendment]” faces passages that end so. How often it does the same is
 * counted in the two texts themselves, as they are aligned. */
#ifndef DOCUMENT_EDGE_H
#define DOCUMENT_EDGE_H

#include "base/slice.h"

typedef enum edge {
	EDGE_OTHER,
	EDGE_SMALL,
	EDGE_CAPITAL,
	EDGE_DIGIT,
	EDGE_WORD, /* the end of a passage without a mark */
	EDGE_STOP, /* . */
	EDGE_SEMICOLON,
	EDGE_COLON,
	EDGE_COMMA,
	EDGE_ASKING,  /* ? ! */
	EDGE_BRACKET, /* [ ] */
	EDGE_ROUND,   /* ( ) */
	EDGES
} edge;

/* Quotation marks and spaces are passed over, which each language has its own of; and so is a
 * short word behind a mark (“…; and”). */
edge edge_first(slice passage);
edge edge_last(slice passage);

typedef struct edge_odds {
	double own[2][2][EDGES];        /* by side and end: passages */
	double met[2][EDGES][EDGES];    /* by end: pairs met since they were settled */
	double weight[2][EDGES][EDGES]; /* logarithms of odds, by the edges of both sides */
} edge_odds;

/* A passage of side k. */
void edge_odds_add(edge_odds *o, int k, const uint8_t edges[2]);
/* After the passages, and after each count of pairs: begins the next count. */
void edge_odds_settle(edge_odds *o);

#endif
