/* The lists of a document, for the rules of the family list: items that follow each other are a
 * run, and the items of a run are sorted into lists by their markers: a) b) i) ii) c) is a list
 * of three with a list of two inside.
 *
 * « i) », « v) » and « c) » are letters and roman numerals: whichever goes on with a list that
 * is open is believed, then whichever begins one. */
#ifndef CHECKER_RULES_LIST_H
#define CHECKER_RULES_LIST_H

#include "checker/rule.h"

typedef enum list_series {
	LIST_LETTERS, /* a b c … z aa */
	LIST_ROMANS,  /* i ii iii */
	LIST_CAPITALS,
	LIST_NUMBERS,
	LIST_SIGNS, /* bullets and dashes: value is the sign */
} list_series;

typedef enum list_form { /* of the marker */
	LIST_RIGHT,      /* a) */
	LIST_BOTH,       /* (a) */
	LIST_STOP,       /* 1. */
	LIST_BARE,       /* • */
} list_form;

typedef struct list_item {
	span marker; /* in the document's text, without the space after it */
	span text;   /* of the block, without a marker that is typed in it */
	uint32_t block;
	uint32_t value;    /* its place in the series as written; of signs, the code point */
	uint32_t list;     /* which list of the run, from 0 */
	uint32_t place;    /* in its list, from 0 */
	uint32_t previous; /* the item of the run before it in its list; its own index for
			      the first */
	uint8_t series, form;
} list_item;

typedef struct list_run {
	const list_item *at;
	size_t count;
	language language;
} list_run;

/* Calls each for every run of the document in a language of the rule that is enabled,
 * c->language being that of the run. */
MUST_USE status list_each_run(check *c, const rule *r,
	status (*each)(check *c, const rule *r, const list_run *items));

/* « 12. » stands before the block: a numbered paragraph. */
bool list_is_numbered(const check *c, const block *b);

/* The text of the item, without its marker. */
slice list_text(const check *c, const list_item *item);

#endif
