#include "checker/rules/wording.h"

#include "text/fold.h"
#include "text/utf8.h"

uint16_t
wording_shape(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD ? c->words.hot.at[t->word].shape : 0;
}

uint32_t
wording_grammar(const check *c, slice form)
{
	const lexicon *x = c->with->lexicons[c->language - LANGUAGE_FR];
	const analysis *readings;
	uint32_t grammar = 0;

	for (size_t n = x == NULL ? 0 : lexicon_analyses(x, form, &readings); n > 0; n--)
		grammar |= readings[n - 1].grammar;
	return grammar;
}

bool
wording_inside_sentence(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (before->kind == TOKEN_MARK)
		return before->word == ',';
	if (before->kind == TOKEN_ELISION)
		return true;
	return before->kind == TOKEN_WORD &&
	       (words_at(&c->words, before->word)->shape & SHAPE_LOWER) != 0;
}

slice
wording_small(check *c, slice s)
{
	char *out = arena_alloc(c->keep, 3 * s.n + 4, 1);

	return out == NULL ? (slice){ 0 } : (slice){ out, text_small(out, s) };
}

slice
wording_capital(check *c, slice s)
{
	char *out = arena_alloc(c->keep, 3 * s.n + 4, 1);

	return out == NULL ? (slice){ 0 } : (slice){ out, text_capitalise(out, s) };
}
