/* A French noun phrase whose words do not agree, and how it should read: what the rules of
 * agreement have in common once they have found one. */
#ifndef CHECKER_RULES_PHRASE_H
#define CHECKER_RULES_PHRASE_H

#include "checker/inflection.h"
#include "checker/rule.h"

/* From its determiner (or first adjective) to its last word. */
typedef struct phrase {
	size_t first, noun, last;     /* tokens */
	const determiner *determiner; /* NULL: none */
	unsigned determined;          /* its cells, CELLS_ALL without one */
	unsigned led; /* the cells of a determiner before it that fits; 0: none */
	bool several; /* « autres », which means more than one */
	bool heading; /* begins its block: without a determiner, mostly a plural */
	bool divided; /* two adjectives in the singular before a plural: les deuxième et
			 troisième rapports */
	bool alone;   /* a heading, and nothing else stands in the block but its number */
} phrase;

/* Of token i, a word. */
static inline const word_reading *
phrase_reading(const check *c, size_t i)
{
	return &words_at(&c->words, c->tokens.at[i].word)->in[LANGUAGE_FR - LANGUAGE_FR];
}

/* Of any token: 0 for what is no word. */
static inline uint32_t
phrase_grammar(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD ? c->words.hot.at[t->word].grammar[0] : 0;
}

static inline unsigned
phrase_cells(const check *c, size_t i)
{
	return inflection_cells(phrase_grammar(c, i));
}

static inline uint16_t
phrase_shape(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK ? 0 : c->words.hot.at[t->word].shape;
}

static inline uint32_t
phrase_lower_id(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_CODE ? c->words.hot.at[t->word].lower : t->lower;
}

static inline slice
phrase_lower(const check *c, size_t i)
{
	return words_at(&c->words, phrase_lower_id(c, i))->text;
}

/* The readings of its lower case. */
static inline size_t
phrase_analyses(const check *c, size_t i, const analysis **out)
{
	return words_analyses(&c->words, phrase_lower_id(c, i), LANGUAGE_FR, out);
}

/* How often the text around the phrase (64 kB to either side of the block) has these words (not
 * empty), up to most; a letter of either side makes another word of them. */
size_t phrase_count_around(check *c, slice wanted, size_t most);

/* How often the reference texts have the noun, in a million words. */
uint32_t phrase_frequency(const check *c, size_t noun);

/* Reports the phrase with its likeliest corrections, the first of them safe where the document
 * itself shows what was meant. */
MUST_USE status phrase_report(check *c, const rule *r, const phrase *p);

/* Reports the words first to last, of which the last one should be the form; an empty form
 * corrects nothing, and an empty message says that the words do not agree. */
MUST_USE status phrase_report_last(
	check *c, const rule *r, size_t first, size_t last, slice form, slice message);

/* The message that word i does not agree with the noun. */
slice phrase_at_odds(check *c, size_t i, slice noun);

#endif
