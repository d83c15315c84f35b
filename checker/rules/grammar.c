#include "checker/rules/grammar.h"

const char *const grammar_de[] = { "de", "d’", NULL };

bool
grammar_next(const check *c, size_t i, const char *const *list)
{
	return grammar_spaced(c, i) && check_word_is(c, i, list);
}

bool
grammar_opens_sentence(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (before->kind == TOKEN_EDGE)
		return true;
	if (before->kind != TOKEN_MARK || c->tokens.at[i].gap == GAP_NONE)
		return before->kind == TOKEN_MARK && (before->features & FEATURE_QUOTE) != 0;
	return before->word == '.' || before->word == '?' || before->word == '!' ||
	       before->word == 0x2026 || (before->features & FEATURE_QUOTE) != 0;
}

bool
grammar_goes_on(const check *c)
{
	const token *first = c->tokens.at;
	slice before = { c->document->text.p, c->block->text.start };

	return (first->kind == TOKEN_WORD || first->kind == TOKEN_ELISION) &&
	       (words_at(&c->words, first->word)->shape & SHAPE_LOWER) != 0 &&
	       slice_trim(before).n != 0;
}

uint32_t
grammar_of(const check *c, slice lower)
{
	const lexicon *x = c->with->lexicons[0];
	const analysis *readings;
	uint32_t grammar = 0;

	for (size_t n = x == NULL ? 0 : lexicon_analyses(x, lower, &readings); n > 0; n--)
		grammar |= readings[n - 1].grammar;
	return grammar;
}
