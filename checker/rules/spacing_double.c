/* Two spaces where one belongs. Runs at the start and the end of a paragraph are not in the
 * block; a run of three or more, or several runs close together, are columns drawn with spaces,
 * and stay; so does the distance after the number of a paragraph. */
#include "checker/rules/spacing.h"

#include <string.h>

#define SIGHT 60  /* tokens on each side without another run */
#define NEAR 8    /* tokens on each side */
#define COLUMNS 3 /* wide gaps among them that make columns */

static bool
looks_like_columns(const check *c, size_t i)
{
	size_t first = i > NEAR ? i - NEAR : 1, last = i + NEAR, wide = 0;

	for (size_t k = first; k <= last && k < c->tokens.count; k++)
		wide += c->tokens.at[k].gap == GAP_WIDE || c->tokens.at[k].gap == GAP_UNUSUAL;
	return wide >= COLUMNS;
}

/* « 15.1.1  Superficie »: the number of a heading is one token. */
static bool
is_number(const check *c, const token *t)
{
	return t->kind != TOKEN_WORD && t->kind != TOKEN_MARK &&
	       strspn(check_text(c, (span){ t->start, t->start + t->length }).p,
		       "0123456789.") >= t->length;
}

/* « 12.  Décide », « a)  Le … » */
static bool
follows_marker(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	if (i == 1 && is_number(c, &t[0]))
		return true;
	return i <= 3 && t[i - 1].kind == TOKEN_MARK && t[0].length <= 5;
}

/* What two spaces are to become: the one of them that breaks no line, or else a plain one; NULL
 * for anything but two spaces. */
static const char *
one_of_two(slice gap)
{
	static const char *const spaces[] = { "\u00A0", "\u202F", " ", NULL };

	for (const char *const *a = spaces; *a != NULL; a++)
		for (const char *const *b = spaces; *b != NULL; b++)
			if (gap.n == strlen(*a) + strlen(*b) &&
				slice_starts(gap, slice_of(*a)) &&
				slice_ends(gap, slice_of(*b)))
				return **a == ' ' ? *b : *a;
	return NULL;
}

/* Figures, « » : ; ? ! %: what a space that breaks no line stands beside. */
static bool
may_be_bond(const token *t)
{
	static const uint32_t marks[] = { 0xAB, 0xBB, ':', ';', '?', '!', '%' };

	if (t->kind != TOKEN_MARK)
		return t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION;
	for (size_t k = 0; k < sizeof(marks) / sizeof(*marks); k++)
		if (t->word == marks[k])
			return true;
	return false;
}

/* Two spaces that break no line are put there to be seen (Oui, Non, Abstentions in a line), but
 * for those inside a quotation mark or before : ; ? ! %. */
static bool
is_layout(const token *t, slice gap)
{
	bool plain = memchr(gap.p, ' ', gap.n) != NULL;

	return !plain && !spacing_is_mark(&t[-1], 0xAB) &&
	       (t->kind != TOKEN_MARK || t->word == 0xAB || !may_be_bond(t));
}

/* « le             texte »: plain spaces in a sentence, and no other run in sight that could
 * make columns with them. */
static bool
is_long_run(const check *c, size_t i, slice gap)
{
	size_t first = i > SIGHT ? i - SIGHT : 1, last = i + SIGHT;
	const token *t = &c->tokens.at[i];

	if ((c->block->kind != BLOCK_PARAGRAPH && c->block->kind != BLOCK_ITEM) || gap.n < 3 ||
		t->kind != TOKEN_WORD || t[-1].kind != TOKEN_WORD ||
		(words_at(&c->words, t->word)->shape & SHAPE_LOWER) == 0)
		return false;
	for (size_t k = 0; k < gap.n; k++)
		if (gap.p[k] != ' ')
			return false;
	for (size_t k = first; k <= last && k < c->tokens.count; k++)
		if (k != i &&
			(c->tokens.at[k].gap == GAP_WIDE || c->tokens.at[k].gap == GAP_UNUSUAL))
			return false;
	return true;
}

gap_fault
spacing_double_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	span gap = { t[-1].start + t[-1].length, t->start };

	if (t->gap != GAP_WIDE)
		return (gap_fault){ 0 };
	if (is_long_run(c, i, check_text(c, gap)))
		return (gap_fault){ " ", SEVERITY_INFO, FIX_REVIEW };
	const char *one = one_of_two(check_text(c, gap));
	if (one == NULL || is_layout(t, check_text(c, gap)))
		return (gap_fault){ 0 };
	if (!may_be_bond(&t[-1]) && !may_be_bond(t))
		one = " ";
	if (c->block->kind == BLOCK_CELL || follows_marker(c, i) || looks_like_columns(c, i) ||
		spacing_breaks_line(c, i))
		return (gap_fault){ 0 };
	return (gap_fault){ one, SEVERITY_WARNING, FIX_SAFE };
}

static status
look(check *c, const rule *r, size_t i)
{
	if (i == 0 || spacing_double_gap(c, i).put == NULL)
		return STATUS_OK;
	return spacing_report(c, r, i);
}

const rule rule_spacing_double = {
	.id = "spacing/double",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_WIDE,
	.source = "FR-ESP-06: letters and resolutions of the United Nations (A); EN-PUN-08 (B)",
	.summary_en = "two spaces in a row",
	.summary_fr = "deux espaces de suite",
	.explanation_en =
		"One space separates words and sentences, after a full stop too. Three spaces "
		"or "
		"more, several runs close together and the space after a paragraph number draw "
		"columns and are left alone.",
	.explanation_fr = "Une seule espace sépare les mots et les phrases, y compris après un "
			  "point. Trois "
			  "espaces et plus, plusieurs suites rapprochées et l’espace qui suit "
			  "un numéro de "
			  "paragraphe dessinent des colonnes et ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "un caractère  davantage régional",
					  "un caractère davantage régional" },
		{ LANGUAGE_FR, "Ils veulent la paix.  Les exposés suivent",
			"Ils veulent la paix. Les exposés suivent" },
		{ LANGUAGE_FR, "Il faut voir le par.\u00A0 12 du rapport",
			"Il faut voir le par.\u00A012 du rapport" },
		{ LANGUAGE_EN, "the Security  Council", "the Security Council" },
		{ LANGUAGE_FR, NULL, "Oui   Non   Abstentions" },
		{ LANGUAGE_FR, NULL, "Pays  Oui  Non  Abstentions" }),
	.token = look,
};
