/* What the rules about spaces share. Each rule judges single gaps: the white space, or the
 * lack of it, between two neighbouring tokens. Faults that touch the same word (« d ’Ivoire ,
 * ») are one finding, reported by the rule of the first of them, whose suggestion mends them
 * all: so no finding hides another, and fixing twice is fixing once.
 *
 * A gap has the index of the token after it; the gap of token 0 is the start of the block. */
#ifndef CHECKER_RULES_SPACING_H
#define CHECKER_RULES_SPACING_H

#include "checker/rule.h"

typedef struct gap_fault {
	const char *put; /* what belongs in the gap: "" or " "; NULL when nothing is wrong */
	severity severity;
	fix_kind fix;
} gap_fault;

/* The judges, one for each rule. 0 < i < c->tokens.count. */
gap_fault spacing_apostrophe_gap(const check *c, size_t i);
gap_fault spacing_hyphen_gap(const check *c, size_t i);
gap_fault spacing_punctuation_gap(const check *c, size_t i);
gap_fault spacing_number_gap(const check *c, size_t i);
gap_fault spacing_double_gap(const check *c, size_t i);

/* Reports the faults around gap i, which its caller found at fault, unless an earlier gap that
 * touches the same word does. */
MUST_USE status spacing_report(check *c, const rule *r, size_t i);

static inline bool
spacing_is_mark(const token *t, uint32_t code_point)
{
	return t->kind == TOKEN_MARK && t->word == code_point;
}

/* A token that carries meaning: not a mark, not the edge of the block. */
static inline bool
spacing_is_text(const token *t)
{
	return t->kind != TOKEN_MARK && t->kind != TOKEN_EDGE;
}

/* One or two white-space characters, none of them a tab or another oddity. */
bool spacing_is_white(const check *c, size_t i);

/* The mark “ at token i closes a quotation that „ opened, as in German: „so“. */
bool spacing_closes_low(const check *c, size_t i);
/* The gap holds a line break of the file. */
bool spacing_breaks_line(const check *c, size_t i);

/* The word of a WORD, ELISION or CODE token. */
static inline const word *
spacing_word(const check *c, const token *t)
{
	return words_at(&c->words, t->word);
}

/* A word of the language with at least that many letters. */
bool spacing_is_word(const check *c, const token *t, unsigned letters);
/* Same spelling, case aside; list ends with NULL. */
bool spacing_word_in(const check *c, const token *t, const char *const *list);
/* Dictionary or vocabulary know a+b+d, each at most 80 bytes. */
bool spacing_knows(const check *c, slice a, slice b, slice d);
/* The dictionary lists a+b+d as an entry of its own, in this or in lower case. */
bool spacing_lists(const check *c, slice a, slice b, slice d);

#endif
