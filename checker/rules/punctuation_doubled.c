/* Two signs of punctuation where one belongs: « texte,, suite », « fin;. ». A full stop before
 * another sign may belong to an abbreviation, two full stops to a row of dots: both are looked
 * at with care. */
#include "checker/rules/spacing.h"

typedef struct pair {
	char first, second;
	const char *mended; /* what is meant, or NULL where it may be either */
} pair;

static const pair pairs[] = { { ',', ',', "," }, { ';', ';', ";" }, { ':', ':', ":" },
	{ ',', '.', NULL }, { ',', ';', ";" }, { ';', ',', ";" }, { ';', '.', NULL },
	{ ':', ';', NULL }, { ';', ':', NULL }, { ':', ',', ":" }, { ',', ':', ":" },
	{ '?', '.', "?" }, { '!', '.', "!" }, { '.', '?', NULL }, { '.', '!', NULL } };

static bool
is_sign(const token *t)
{
	return (t->features & FEATURE_STOP) != 0;
}

/* Exactly two signs, after a word and before a space or the end; not « &nbsp;: ». */
static bool
stands_alone(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i < 2 || spacing_is_mark(&t[-3], '&') || t->gap != GAP_NONE ||
		t[-1].gap == GAP_WIDE || is_sign(&t[-2]))
		return false;
	if (t[1].kind != TOKEN_EDGE && (t[1].gap == GAP_NONE || is_sign(&t[1])))
		return false;
	return spacing_is_text(&t[-2]) || t[-2].word == ')' || t[-2].word == 0xBB ||
	       t[-2].word == 0x201D;
}

/* « etc.. », « fin.. Le »: not a row of dots, of which a scan may have left two. */
static bool
is_stop_twice(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->word == '.' && t[-1].word == '.' && t[-1].gap == GAP_NONE &&
	       spacing_is_word(c, &t[-2], 2) &&
	       (t[1].kind == TOKEN_EDGE || (t[1].features & FEATURE_TITLE) != 0);
}

/* « le texte, . »: the comma, a space, and the sentence ends. */
static bool
is_comma_at_end(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return i > 1 && t->word == '.' && t->gap == GAP_SPACE && spacing_is_mark(&t[-1], ',') &&
	       t[-1].gap == GAP_NONE && spacing_is_word(c, &t[-2], 2) &&
	       (t[1].kind == TOKEN_EDGE ||
		       (t[1].gap != GAP_NONE && (t[1].features & FEATURE_TITLE) != 0));
}

/* « ,., »: i is the last of three signs, a stop between commas. */
static bool
is_stop_among_commas(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return i > 2 && t->word == ',' && t->gap == GAP_NONE && t[-1].word == '.' &&
	       t[-1].gap == GAP_NONE && spacing_is_mark(&t[-2], ',') && t[-3].word != '.' &&
	       t[-3].word != ',' && (t[1].kind == TOKEN_EDGE || t[1].gap != GAP_NONE) &&
	       !is_sign(&t[1]);
}

static const pair *
find_pair(const token *t)
{
	for (size_t k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
		if (spacing_is_mark(&t[-1], (uint32_t)pairs[k].first) &&
			t->word == (uint32_t)pairs[k].second)
			return &pairs[k];
	return NULL;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (is_comma_at_end(c, i))
		return check_report_fix(c, r, check_span(c, i - 1, i), SLICE("."), FIX_REVIEW);
	if (is_stop_among_commas(c, i))
		return check_report_fix(c, r, check_span(c, i - 2, i), SLICE("…"), FIX_REVIEW);
	if (!stands_alone(c, i))
		return STATUS_OK;
	if (is_stop_twice(c, i))
		return check_report_fix(c, r, check_span(c, i - 1, i), SLICE("."), FIX_REVIEW);
	const pair *p = find_pair(t);
	if (p == NULL)
		return STATUS_OK;
	bool same = p->first == p->second;
	return check_report_fix(c, r, check_span(c, i - 1, i), slice_of(p->mended),
		p->mended == NULL ? FIX_NONE
		: same            ? FIX_SAFE
				  : FIX_REVIEW);
}

const rule rule_punctuation_doubled = {
	.id = "punctuation/doubled",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_STOP,
	.before = FEATURE_STOP,
	.source = "FR-ESP-05, EN-PUN-07: one sign and then a space (A)",
	.summary_en = "two punctuation marks in a row",
	.summary_fr = "deux signes de ponctuation de suite",
	.explanation_en =
		"One comma, semicolon, colon or full stop is enough. The full stop of an "
		"abbreviation before another sign (etc., No.;), dots of omission and rows of "
		"dots are left alone.",
	.explanation_fr =
		"Une virgule, un point-virgule, un deux-points ou un point suffit. Le point "
		"d’une abréviation devant un autre signe (etc., art. ;), les points de "
		"suspension et les points de conduite ne sont pas concernés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "la paix,, la sécurité", "la paix, la sécurité" },
		{ LANGUAGE_FR, "Il décide d’agir.. Le Conseil suit.",
			"Il décide d’agir. Le Conseil suit." },
		{ LANGUAGE_EN, "the report;, the annex", "the report; the annex" },
		{ LANGUAGE_FR, "Il se tait, .", "Il se tait." },
		{ LANGUAGE_FR, "Ah\u00A0!,., et en quoi consiste le texte\u00A0?",
			"Ah\u00A0!… et en quoi consiste le texte\u00A0?" },
		{ LANGUAGE_EN, "The report is long,.", "The report is long." },
		{ LANGUAGE_FR, "Est-ce fini\u00A0?. Oui.", "Est-ce fini\u00A0? Oui." },
		{ LANGUAGE_EN, NULL, "e.g., Nos. 5, etc., and so on... Wait .. std::map" }),
	.token = look,
};
