/* Quotations whose two marks are not of one kind: « ‘ton ami” », « 'grand’ », « ''Ça” », and
 * two single marks for a double one: « ‘‘barbare’’ ». A straight mark with a curly one of two
 * strokes is the business of typography/quotes.
 *
 * What opens has a space before it and a word behind, what closes has a word before it and none
 * behind: elisions are words of their own, so that an apostrophe is neither, and minutes and
 * seconds stand behind figures. */
#include "checker/rules/spacing.h"

#define SIGHT 400    /* tokens searched for a quotation around */
#define REACH 40     /* tokens of a quotation */
#define SHORT_MOST 8 /* tokens: one finding, not one at either end */

typedef struct mark {
	size_t first, last; /* tokens: '' are two */
	uint32_t code;
} mark;

static bool
is_single(uint32_t code)
{
	return code == '\'' || code == 0x2018 || code == 0x2019;
}

/* The mark at token i, with its twin where it has one. */
static mark
mark_at(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	mark m = { i, i, t->word };

	if (is_single(t->word) && spacing_is_mark(&t[1], t->word) && t[1].gap == GAP_NONE)
		m.last++;
	return m;
}

static bool
opens(const check *c, mark m)
{
	const token *first = &c->tokens.at[m.first], *last = &c->tokens.at[m.last];

	if (m.code == 0x2019 || m.code == 0x201D || last[1].gap != GAP_NONE ||
		!spacing_is_text(&last[1]))
		return false;
	return m.first == 0 || first->gap != GAP_NONE || spacing_is_mark(&first[-1], '(');
}

static bool
closes(const check *c, mark m)
{
	const token *first = &c->tokens.at[m.first], *last = &c->tokens.at[m.last];
	const token *before = &first[-1];

	if (m.first == 0 || m.code == 0x2018 || m.code == 0x201C || first->gap != GAP_NONE ||
		before->kind == TOKEN_NUMBER || before->kind == TOKEN_ELISION)
		return false;
	return (spacing_is_text(before) || (before->features & FEATURE_STOP) != 0) &&
	       (last[1].gap != GAP_NONE || last[1].kind == TOKEN_EDGE ||
		       (last[1].features & (FEATURE_STOP | FEATURE_BRACKET)) != 0);
}

static bool
is_quote(const token *t)
{
	return t->kind == TOKEN_MARK &&
	       (is_single(t->word) || t->word == '"' || t->word == 0x201C || t->word == 0x201D);
}

/* What closes the quotation; false where anything else of the kind comes first. */
static bool
find_close(const check *c, mark open, mark *out)
{
	for (size_t i = open.last + 2; i < c->tokens.count && i <= open.last + REACH; i++) {
		const token *t = &c->tokens.at[i];
		if (spacing_is_mark(t, 0xAB) || spacing_is_mark(t, 0xBB))
			return false;
		if (!is_quote(t))
			continue;
		*out = mark_at(c, i);
		return closes(c, *out);
	}
	return false;
}

static bool
belong_together(mark a, mark b)
{
	bool twins = a.first != a.last || b.first != b.last;

	if (twins)
		return false;
	if (a.code == '\'' || a.code == '"')
		return a.code == b.code;
	return b.code == a.code + 1;
}

/* « “les habitants de ‘Anata” »: the single mark is a letter of the name, and the double one
 * closes what another has opened before. */
static bool
closes_another(const check *c, mark open, mark close)
{
	if (!is_single(open.code) || open.first != open.last || is_single(close.code))
		return false;
	for (size_t k = open.first; k > 0 && open.first - k < REACH; k--) {
		const token *t = &c->tokens.at[k - 1];
		if (!is_quote(t))
			continue;
		mark m = mark_at(c, k - 1);
		if (!is_single(m.code) || m.first != m.last)
			return opens(c, m);
	}
	return false;
}

/* The house's marks: outside a quotation or inside one. */
static bool
is_inside(const check *c, size_t i)
{
	size_t depth = 0;

	for (size_t k = i > SIGHT ? i - SIGHT : 0; k < i; k++) {
		depth += spacing_is_mark(&c->tokens.at[k], 0xAB);
		depth -= depth > 0 && spacing_is_mark(&c->tokens.at[k], 0xBB);
	}
	return depth > 0;
}

static status
report(check *c, const rule *r, mark m, const char *right)
{
	finding f = { .text = check_span(c, m.first, m.last),
		.fix = r->fix,
		.suggestions = &(slice){ right, slice_of(right).n },
		.suggestion_count = 1 };

	return check_report(c, r, f);
}

/* One finding for a short quotation, which mends both of its marks. */
static status
report_whole(
	check *c, const rule *r, mark open, mark close, const char *left, const char *right)
{
	slice inner = check_text(c, check_span(c, open.last + 1, close.first - 1));

	return check_report_fix(c, r, check_span(c, open.first, close.last),
		check_printf(c, "%s%.*s%s", left, SLICE_ARG(inner), right), r->fix);
}

static status
report_pair(check *c, const rule *r, mark open, mark close)
{
	const profile *p = check_profile(c);
	bool curly = is_inside(c, open.first) || p->quotes != QUOTES_GUILLEMETS;
	bool tight = p->space_inside_quotes == SPACE_NONE;
	const char *left = curly ? "“" : tight ? "«" : "«\u00A0";
	const char *right = curly ? "”" : tight ? "»" : "\u00A0»";

	if (close.last - open.first <= SHORT_MOST)
		return report_whole(c, r, open, close, left, right);
	TRY(report(c, r, open, left));
	return report(c, r, close, right);
}

/* The quotation that begins before the twins at token i. */
static bool
find_open(const check *c, size_t i, mark *out)
{
	for (size_t k = i; k > 0 && i - k < REACH; k--) {
		const token *t = &c->tokens.at[k - 1];
		if (spacing_is_mark(t, 0xAB) || spacing_is_mark(t, 0xBB))
			return false;
		if (!is_quote(t))
			continue;
		*out = mark_at(c, k - 1);
		return t->word == 0x201C && opens(c, *out);
	}
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	mark m = mark_at(c, i), other;

	if (i > 0 && spacing_is_mark(&t[-1], t->word) && t->gap == GAP_NONE)
		return STATUS_OK; /* the second of twins */
	if (opens(c, m))
		return find_close(c, m, &other) && !belong_together(m, other) &&
				       !closes_another(c, m, other)
			       ? report_pair(c, r, m, other)
			       : STATUS_OK;
	if (m.first != m.last && closes(c, m) && find_open(c, i, &other))
		return report_pair(c, r, other, m);
	return STATUS_OK;
}

const rule rule_typography_quote_pair = {
	.id = "typography/quote-pair",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_APOSTROPHE,
	.source = "FR-GUI-02, FR-GUI-06: Imprimerie nationale, Lexique (B)",
	.summary_en = "the two marks of a quotation are not of one kind",
	.summary_fr = "les deux guillemets d’une citation ne vont pas ensemble",
	.explanation_en =
		"A quotation opens and closes with marks of one kind. A single mark with a "
		"double one, a straight one with a curly one, and two single marks in place of "
		"a "
		"double one are reported, with the marks of the house.",
	.explanation_fr =
		"Une citation s’ouvre et se ferme avec des guillemets de même nature. Un "
		"guillemet simple avec un double, un droit avec un courbe, deux simples au "
		"lieu "
		"d’un double sont signalés, avec les guillemets de la maison.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le thème ‘Paix” est retenu.",
					  "Le thème «\u00A0Paix\u00A0» est retenu." },
		{ LANGUAGE_FR, "Le mot ''paix'' est retenu.",
			"Le mot «\u00A0paix\u00A0» est retenu." },
		{ LANGUAGE_FR, NULL,
			"Le terme ‘développement’, 5' 30\" et le 'mot' de l’ouest." }),
	.token = look,
};
