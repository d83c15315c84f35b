/* Several threads on one large document.
 *
 * Most rules look at a block and forget it. Some remember what they met (check_note) and must
 * see the blocks in order: those are `ordered`. Each thread claims some blocks that follow each
 * other, a part, cuts them into tokens, makes the calls of the other rules and puts those of
 * ordered rules off. Parts have their turn in order: when all before are done, the thread that
 * cut a part makes the calls that were put off, with notes that all threads have together. It
 * does not wait for that, unless too many of its parts do: it goes on with another one.
 *
 * Numbers of words are those of a thread's table and mean nothing to the others: what a rule
 * remembers must do without. What rules keep to be faster (check_cache) is each thread's own.
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

/* Of checker/check.c: which rules look at the document; all that is done with a block; does a
 * rule have to see the blocks in order? A table of too many words begins anew. */
void check_find_rules(check *c);
bool check_is_ordered(const check *c, size_t i);
MUST_USE status check_trim_words(check *c);
MUST_USE status check_block(check *c, const block *b);
int check_by_place(const void *left, const void *right);

#endif
