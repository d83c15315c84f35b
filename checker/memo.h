/* What each block of a document contributed, kept for the next check of the same document:
 * after a key in an editor one block of two thousand is another one.
 *
 * A call of a rule for a token or a block either hangs on that block and its neighbours alone,
 * or the rule asks for what it remembers of the document (check_note), which check_remembers
 * tells; whether it asks, too, hangs on the block alone, since until then it has seen nothing
 * else. So for a block that is known, with neighbours that are the same, the findings of the
 * first kind of calls are taken as they were, and the calls of the second kind are made again
 * over the tokens that were kept, in the order of the document. Rules of the whole document run
 * every time. What is found is what a check without all this finds (tests/unit/test_memo.c:
 * random edits, compared after each).
 *
 * A block is known by a hash of its text, of the blocks beside it with what stands between, and
 * of the bytes of the file where they are others. When anything changes that holds for the
 * whole document (profile, language, format), or the table of words began anew, all is
 * forgotten. */
#ifndef CHECKER_MEMO_H
#define CHECKER_MEMO_H

#include "checker/check.h"
#include "termbase/match.h"

typedef struct memo memo;

/* NULL: out of memory. */
memo *memo_open(const memory *m);
void memo_close(memo *m); /* NULL is fine */

/* The check's own, where the document in hand can be checked with it; else NULL. Not those of
 * pairs, nor beside a source. */
memo *memo_of(const check *c);

/* Before the first block of a document, once its rules are found. */
MUST_USE status memo_begin(check *c);
/* All that is done with the block. */
MUST_USE status memo_block(check *c, const block *b);
/* After the last: forgets blocks that were not met for long, or are too many. */
MUST_USE status memo_end(check *c);
/* Forgets everything. */
void memo_clear(memo *m);
/* Blocks that were looked at anew since it was opened. */
size_t memo_noted(const memo *m);

/* Of checker/dispatch.c: a call for a token, index that of its look; of checker/check.c: for
 * the block, noted. */
#define MEMO_BLOCK SIZE_MAX
MUST_USE status memo_call(check *c,
	status (*look)(struct check *c, const struct rule *r, size_t i), const struct rule *r,
	size_t index, size_t token);

/* The terms of the block in hand, where they are known; what they are from now on. Only while
 * blocks are taken or noted (check.noting). */
bool memo_terms(const check *c, const term_match **at, size_t *n);
MUST_USE status memo_keep_terms(check *c, const term_match *at, size_t n);

/* What was worked out before and hangs on nothing but its key: false where nothing is known.
 * m may be NULL: nothing is known then, nor kept. */
bool memo_recall(const memo *m, uint64_t key, void *out, size_t n);
MUST_USE status memo_keep(memo *m, uint64_t key, const void *what, size_t n);

/* Suggestions that were worked out for the text of a finding before; false: none were. */
bool memo_suggested(check *c, finding *f);
MUST_USE status memo_keep_suggestions(check *c, const finding *f);

#endif
