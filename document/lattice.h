/* The states between two texts and the beads that lead from one to the next: a part of
 * document/alignment.c, which says what it is all for. */
#ifndef DOCUMENT_LATTICE_H
#define DOCUMENT_LATTICE_H

#include "document/alignment.h"
#include "document/edge.h"
#include "document/explainer.h"

#define BEAD_KINDS 8
#define BEAD_MOST 3 /* passages of one side */

extern const uint8_t bead_kinds[BEAD_KINDS][2];

/* A first look over the texts does without the rarest kinds: the beads of three and four
 * passages, which stand last. */
#define PLAIN_KINDS 5

/* Row i holds the states in which i passages of the first text and from[i] to to[i] of the
 * second are behind us; neither falls from one row to the next. */
typedef struct window {
	uint32_t from, to;
} window;

/* What beads of these texts are like, as far as it is known. */
typedef struct habits {
	double shares[BEAD_KINDS]; /* how often each kind is met */
	double variance;           /* of lengths, per character */
	edge_odds edges;
} habits;

typedef struct lattice {
	const passages *sides;
	size_t n[2];
	double ratio;              /* characters of the second text to one of the first */
	double *length[2];         /* by passage: characters before it, at last of all; those of
				      the second text as long as if they were of the first */
	uint32_t *sentences[2];    /* … and sentences */
	size_t kinds;              /* that are looked at: PLAIN_KINDS or BEAD_KINDS */
	window *rows;              /* n[0] + 1 */
	size_t *offset;            /* of a row's first state; n[0] + 2 */
	float (*step)[BEAD_KINDS]; /* by state: how likely each bead is that begins there, as a
				      logarithm; -INFINITY where it leads outside */
	double *forward, *backward; /* by state: the sum of all ways to and from it */
	double all;                 /* the sum of all ways through */
} lattice;

/* log(1 + exp(-x)) for x from 0 to SUM_NEAR, in steps: sums of logarithms are looked up, for
 * there are sixteen to a state. Off by less than 1e-5. */
#define SUM_NEAR 16
#define SUM_STEPS 128 /* to one */

typedef struct sums {
	float at[SUM_NEAR * SUM_STEPS + 2];
} sums;

void sums_init(sums *t);

/* Everything is on a. STATUS_LIMIT when the rows hold too many states. */
MUST_USE status lattice_open(lattice *l, arena *a, const passages sides[2], window *rows);

/* Weighs all beads. */
MUST_USE status lattice_weigh(
	lattice *l, arena *scratch, explainer *explaining, const habits *of);
void lattice_sum(lattice *l, const sums *t);

static inline bool
lattice_has(const lattice *l, size_t i, size_t j)
{
	return i <= l->n[0] && j >= l->rows[i].from && j <= l->rows[i].to;
}

static inline size_t
lattice_state(const lattice *l, size_t i, size_t j)
{
	return l->offset[i] + (j - l->rows[i].from);
}

/* How far the lengths of a bead are from each other: a square, per character. */
double lattice_stray(const lattice *l, size_t i, size_t j, const uint8_t count[2]);

/* Whether the chance that the way leads through a state is none; then so are those of the beads
 * that begin there. */
bool lattice_is_passed_by(const lattice *l, size_t state);

/* The chance that the bead of kind k that begins at (i, j) is right. */
double lattice_chance(const lattice *l, size_t i, size_t j, size_t k);

#endif
