/* A name of the termbase against the words of a text, word by word. Articles and prepositions
 * cost half of what other words cost; words of one stem (surface_key) cost nothing. */
#ifndef CHECKER_RULES_OFFICIAL_NAME_H
#define CHECKER_RULES_OFFICIAL_NAME_H

#include "termbase/names.h"
#include "termbase/termbase.h"

#define NAME_EXTRA 6 /* pieces by which the text may be longer */
#define NAME_MISSING \
	1 /* words that may be missing or other words: with two it is another name */
#define TEXT_PIECES (NAME_PIECES + NAME_EXTRA)

/* What was cut before: the names that a text may mean are few and come again and again. All
 * zero at first. */
#define NAMES_KEPT 16 /* a power of two */
typedef struct name_memo {
	name_keys keys;
	struct {
		slice surface; /* p == NULL: none yet */
		size_t count;
		name_piece pieces[NAME_PIECES];
	} names[NAMES_KEPT]; /* by the number of the term */
} name_memo;

/* A name of the termbase against the text from one token on. */
typedef struct trial {
	term_ref term;
	name_piece name[NAME_PIECES], text[TEXT_PIECES];
	size_t name_count, text_count; /* of the text: up to the end of the name */
	size_t text_cut;               /* pieces of the text so far: names want few of them */
	slice text_rest;               /* what is not yet cut; empty: nothing of it belongs */
	size_t head_count;             /* pieces of the name before its first preposition */
	slice surface;
	name_memo *known; /* or NULL */
} trial;

typedef struct verdict {
	unsigned function, related, other, left, added; /* words that differ */
	unsigned inflected;
	bool renumbered;   /* the whole name in its other number */
	bool regendered;   /* and in its other gender */
	size_t content;    /* words of the name */
	slice is, right;   /* where they differ; either may be empty */
	size_t left_at;    /* the piece of the name that is left out */
	bool last_related; /* the difference is the last word */
	uint32_t cost;
} verdict;

/* Cuts the name of t->term and compares it with the text, of which it cuts as much as the name
 * may take; sets text_count to where the name ends there. False when it ends nowhere, begins
 * otherwise or lacks more than NAME_MISSING words. */
bool name_compare(trial *t, const termbase *base, verdict *v);

/* Do name and text end with the same word, or with words of one root? */
bool name_ends_alike(const trial *t);

/* The same words, articles and prepositions aside, in whatever order? */
bool name_has_same_words(const trial *t);

#endif
