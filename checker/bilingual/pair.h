/* Pairs of passages, source and translation, as bilingual rules see them: those of a bilingual
 * file, or those that the alignment of two documents found. A rule for pairs sets `pair` in its
 * struct (checker/rule.h) and is called for each; its findings carry both places.
 *
 * A pair is judged when one side is French and the other English, and when both are there;
 * what has no counterpart is for the rules that look for that (pair_has_both). */
#ifndef CHECKER_BILINGUAL_PAIR_H
#define CHECKER_BILINGUAL_PAIR_H

#include "checker/bilingual/fact.h"
#include "checker/check.h"

#define LOOSE_MOST 64 /* of one side */

typedef struct pair_half {
	const document *document;
	language language;
	span at;         /* first to last byte; empty where nothing stands */
	size_t segments; /* 0: nothing */
	tokens tokens;   /* an edge between segments */
	facts facts;
	const pair_segment *entry; /* of a bilingual file; else NULL */
	/* Facts that the other side lacks, by index: firm ones, and soft ones that contradict
	 * a soft one of the other side. */
	uint16_t loose[LOOSE_MOST];
	size_t loose_count;
} pair_half;

typedef struct check_pair {
	pair_half half[PAIR_SIDES]; /* source, target */
	const doc_pair *entry;      /* of a bilingual file; else NULL */
	double confidence;          /* that they belong together, 0 to 1 */
	bool crossing;
	bool judged;  /* French and English, neither excluded from translation */
	bool foreign; /* the target was left in the language of the source */
} check_pair;

static inline bool
pair_has_both(const check_pair *p)
{
	return p->half[PAIR_SOURCE].segments != 0 && p->half[PAIR_TARGET].segments != 0;
}

/* The text of a half; of a place in it. */
slice pair_text(const check_pair *p, pair_side k);
slice pair_slice(const check_pair *p, pair_side k, span s);
size_t pair_words(const pair_half *h); /* without numbers and marks */
/* The block that begins with the passage; SIZE_MAX: it stands inside one. */
size_t pair_block(const pair_half *h);

/* How much longer than its source a translation is, all in all, in characters: French is longer
 * than English by a sixth (1.16 over 374 paragraphs of the Charter of the United Nations, 1.18
 * over the targets of the 2030 Agenda). */
static inline double
pair_growth(const check_pair *p)
{
	return p->half[PAIR_TARGET].language == LANGUAGE_FR ? 1.17 : 1 / 1.17;
}

/* Runs the rules for pairs over those of the document in hand. */
MUST_USE status pairs_check(check *c);

/* Reports a place of the target and what faces it; an empty place is the whole passage. */
MUST_USE status pair_report(check *c, const struct rule *r, const check_pair *p, span target,
	span source, finding f);

#endif
