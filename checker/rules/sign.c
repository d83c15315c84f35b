#include "checker/rules/sign.h"

static bool
is_closer(const token *t)
{
	return t->kind == TOKEN_MARK &&
	       (t->word == ')' || t->word == ']' || t->word == 0xBB || t->word == 0x201D ||
		       t->word == 0x2019 || t->word == '"' || t->word == '%' ||
		       t->word == 0x2026);
}

/* Nothing but the end, white space or a closing mark follows: not 10:30, not &amp;x. */
static bool
ends_clause(const token *t)
{
	return t[1].gap != GAP_NONE || t[1].kind == TOKEN_EDGE || is_closer(&t[1]);
}

bool
sign_wants_before(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool after_text = t[-1].kind != TOKEN_MARK && t[-1].kind != TOKEN_EDGE;

	if (t->kind != TOKEN_MARK || i == 0)
		return false;
	switch (t->word) {
	case ':':
	case ';':
	case '!':
	case '?':
		return ends_clause(t) && (after_text || is_closer(&t[-1]));
	case 0xBB:
		return t[-1].kind != TOKEN_MARK || t[-1].word != 0xAB;
	default:
		return false;
	}
}

bool
sign_wants_after(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK && t->word == 0xAB && t[1].kind != TOKEN_EDGE &&
	       !(t[1].kind == TOKEN_MARK && t[1].word == 0xBB);
}
