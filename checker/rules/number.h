/* What the rules about numbers, dates and references share: reading figures and the words next
 * to them. They are called for figures, which are few, so the words around are compared with
 * short lists, the commonest refusal first. */
#ifndef CHECKER_RULES_NUMBER_H
#define CHECKER_RULES_NUMBER_H

#include "checker/rules/spacing.h"

#define NUMBER_NONE UINT32_MAX

/* The value of digits and nothing else, at most nine of them; else NUMBER_NONE. */
uint32_t number_of(slice s);

/* The value of a TOKEN_NUMBER that is digits only (no grouping, no decimals). */
uint32_t number_plain(const check *c, size_t i);

/* Exactly one white-space character stands before token i. */
static inline bool
number_is_next(const check *c, size_t i)
{
	uint8_t gap = c->tokens.at[i].gap;

	return gap == GAP_SPACE || gap == GAP_NO_BREAK || gap == GAP_UNUSUAL;
}

/* For rule.wants_mark: of numbers those with marks or spaces inside. */
static inline bool
number_has_marks(uint32_t mark)
{
	return mark != '0';
}

static inline bool
number_is_mark(const check *c, size_t i, uint32_t mark)
{
	return spacing_is_mark(&c->tokens.at[i], mark);
}

/* Token i is that mark and touches both neighbours: the slash of 2/3. */
bool number_is_joint(const check *c, size_t i, uint32_t mark);

/* Running text, where rules of style for prose hold: no cell, heading, note or signature. */
static inline bool
number_in_prose(const check *c)
{
	return c->block->kind == BLOCK_PARAGRAPH || c->block->kind == BLOCK_ITEM;
}

/* The space that binds a figure to what it counts: U+00A0 in French, an ordinary one in English
 * and in text that has lost its no-break spaces. */
const char *number_space(const check *c);

/* The text between tokens i - 1 and i. */
slice number_gap(const check *c, size_t i);

/* A noun in the plural stands after token i, in small letters: what a figure counts. */
bool number_counts_noun(const check *c, size_t i);

/* A million, per cent, a unit of money: what only quantities have after them. */
bool number_counts_units(const check *c, size_t i);

/* Numbers of sections, targets and articles have points of their own: article 4.250, 1.2. */
bool number_follows_reference(const check *c, size_t i);

/* Reports tokens first to last; an empty suggestion.p means that there is none. */
MUST_USE status number_report(
	check *c, const rule *r, size_t first, size_t last, fix_kind fix, slice suggestion);

#endif
