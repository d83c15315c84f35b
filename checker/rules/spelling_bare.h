/* A French paragraph that has lost its accents: « Le Conseil de securite a examine le rapport
 * detaille sur l'annee ecoulee ». Told once, by spelling/unknown, which collects the words. */
#ifndef CHECKER_RULES_SPELLING_BARE_H
#define CHECKER_RULES_SPELLING_BARE_H

#include "checker/rule.h"

#define BARE_LEAST 3  /* different words */
#define BARE_MOST 100 /* places */

typedef struct bare_words { /* of one block */
	const block *block;
	size_t unknown;     /* words in small letters that no dictionary has … */
	span at[BARE_MOST]; /* … and those of them that accents make words of */
	size_t count;
	uint64_t different[BARE_LEAST];
	size_t different_count;
} bare_words;

/* For a word in small letters that no dictionary has. */
void bare_add(const check *c, bare_words *b, size_t i, slice lower);

/* The block has lost its accents: no letter of it has one, and most of its unknown words are
 * words with accents. */
bool bare_is_block(const check *c, const bare_words *b);

MUST_USE status bare_report(check *c, const rule *r, const bare_words *b);

#endif
