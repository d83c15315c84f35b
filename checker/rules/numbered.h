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

/* Reads the number of a block; false: it has none. */
bool numbered_read(const check *c, const block *b, numbered *out);

/* I to XXXIX in capitals; 0 for anything else. */
uint32_t numbered_roman(slice s);

#endif
