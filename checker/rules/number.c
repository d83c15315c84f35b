#include "checker/rules/number.h"

uint32_t
number_of(slice s)
{
	uint32_t value = 0;

	if (s.n == 0 || s.n > 9)
		return NUMBER_NONE;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return NUMBER_NONE;
		value = 10 * value + (uint32_t)(s.p[i] - '0');
	}
	return value;
}

uint32_t
number_plain(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_NUMBER ? number_of(check_token(c, i))
						    : NUMBER_NONE;
}

slice
number_word(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
		return (slice){ 0 };
	return words_at(&c->words, words_at(&c->words, t->word)->lower)->text;
}

bool
number_is_joint(const check *c, size_t i, uint32_t mark)
{
	const token *t = &c->tokens.at[i];

	return spacing_is_mark(t, mark) && t->gap == GAP_NONE && t[1].gap == GAP_NONE &&
	       t[1].kind != TOKEN_EDGE;
}

const char *
number_space(const check *c)
{
	return c->language == LANGUAGE_FR && !c->document->extracted ? "\u00A0" : " ";
}

slice
number_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return check_text(c, (span){ t[-1].start + t[-1].length, t->start });
}

status
number_report(
	check *c, const rule *r, size_t first, size_t last, fix_kind fix, slice suggestion)
{
	return check_report_fix(c, r, check_span(c, first, last), suggestion, fix);
}
