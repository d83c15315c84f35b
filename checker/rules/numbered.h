/* The numbers at the head of paragraphs and headings: « 12. Le Comité … », “IV. Conclusions”.
 * They stand on the line on which a block begins, inside the block or before it. */
#ifndef CHECKER_RULES_NUMBERED_H
#define CHECKER_RULES_NUMBERED_H

#include "checker/rules/number.h"

typedef struct numbered {
	span label; /* without its stop */
	uint32_t value;
	bool roman; /* capitals; lower case is a list */
} numbered;

/* The next block that has a number, counted from *k, which is then one behind it; *b is NULL
 * when there is none. */
MUST_USE status numbered_next(check *c, size_t *k, numbered *out, const block **b);

/* I to XXXIX in capitals; 0 for anything else. */
uint32_t numbered_roman(slice s);

#endif
