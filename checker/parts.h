/* Several threads on one large document.
 *
 * Most rules look at a block and forget it. Some remember what they met (check_note) and must
 * see the blocks in order: those are `ordered`. One thread runs the ordered rules over all
 * blocks while the others run the rest over whichever blocks come next, and helps them
 * afterwards; what they found is put together and sorted by place. Cutting into tokens is done
 * twice, a seventh of the work, which is less than copying tokens between tables of words would
 * save.
 *
 * A rule that remembers something and does not say so is found out (check_note): then the
 * document is checked again by one thread, so that the answer never depends on the threads. */
#ifndef CHECKER_PARTS_H
#define CHECKER_PARTS_H

#include "checker/check.h"

/* Is it worth it, and may it be done? */
bool parts_are_wanted(const check *c);

/* Runs the rules over all blocks of the document in hand. *again: one thread has to do it. */
MUST_USE status parts_check(check *c, bool *again);

/* Of checker/check.c: which rules look at the document; all that is done with a block. */
void check_find_rules(check *c);
MUST_USE status check_block(check *c, const block *b);
int check_by_place(const void *left, const void *right);

#endif
