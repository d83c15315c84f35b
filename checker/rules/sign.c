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
sign_may_want_before(uint32_t mark)
{
	return mark == ':' || mark == ';' || mark == '!' || mark == '?' || mark == 0xBB;
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

enum profile_space_before_colon
sign_space(const check *c, const token *t)
{
	const profile *p = check_profile(c);

	switch (t->word) {
	case ':':
		return p->space_before_colon;
	case ';':
	case '!':
	case '?':
		return p->space_before_stops;
	case 0xAB:
	case 0xBB:
		return p->space_inside_quotes;
	case '%':
	case 0x2030:
		return p->space_before_percent;
	default:
		return SPACE_ANY;
	}
}

const char *
sign_space_text(enum profile_space_before_colon space)
{
	switch (space) {
	case SPACE_NONE:
		return "";
	case SPACE_NARROW:
		return "\u202F";
	case SPACE_NO_BREAK:
	case SPACE_EITHER:
		return "\u00A0";
	default:
		return " ";
	}
}
