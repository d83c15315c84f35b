/* “UNMIL’s Commander”, “NGO’s”: abbreviations and names of States take no ’s. */
#include "checker/rules/acronyms.h"
#include "checker/rules/wording.h"

#define POSSESSIVE "\u2019s"

/* The word without its ’s; empty when it has none. */
static slice
stem_of(slice s)
{
	if (s.n <= sizeof(POSSESSIVE) || !slice_ends(s, SLICE(POSSESSIVE)))
		return (slice){ 0 };
	return slice_sub(s, 0, s.n - (sizeof(POSSESSIVE) - 1));
}

static bool
is_acronym(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < 'A' || s.p[i] > 'Z') && s.p[i] != '-')
			return false;
	return s.n > 1;
}

/* “the NGO’s have”: what follows shows that a plural is meant. */
static bool
is_plural(const check *c, size_t i)
{
	static const char *const verbs[] = { "are", "were", "have", "and", "or", "in", "to",
		"that", "which", "who", "must", "will", "should", "shall", "may", "can", NULL };
	const token *next = &c->tokens.at[i + 1];

	return next->kind == TOKEN_EDGE || (next->features & FEATURE_STOP) != 0 ||
	       check_word_is(c, i + 1, verbs);
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return (w->shape & SHAPE_MIXED) != 0 && is_acronym(stem_of(w->text));
}

static status
look(check *c, const rule *r, size_t i)
{
	slice stem = stem_of(words_at(&c->words, c->tokens.at[i].word)->text);

	if (c->tokens.at[i].kind != TOKEN_WORD || terms_in_capitals(c, i, i) ||
		wording_is_quoted(c, i, i))
		return STATUS_OK;
	finding f = { .text = check_span(c, i, i), .fix = FIX_NONE };
	if (!is_plural(c, i))
		return check_report(c, r, f);
	return check_report_fix(
		c, r, f.text, check_printf(c, "%.*ss", SLICE_ARG(stem)), r->fix);
}

const rule rule_punctuation_possessive = {
	.id = "punctuation/possessive",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.on = FEATURE_WORD,
	.wants = wants,
	.source =
		"EN-PUN-03: United Nations Editorial Manual, Punctuation (A); EN-PUN-04: UNDRR "
		"editorial manual (A)",
	.summary_en = "an abbreviation with an apostrophe and s",
	.summary_fr = "un sigle suivi d’une apostrophe et d’un s",
	.explanation_en =
		"Abbreviations take no apostrophe and s: the Commander of UNMIL, and NGOs in "
		"the plural. A correction is offered where what follows shows that a plural is "
		"meant.",
	.explanation_fr =
		"En anglais, un sigle ne prend ni apostrophe ni s de possession\u00A0: "
		"the Commander "
		"of UNMIL\u00A0; au pluriel, NGOs. Une correction est proposée quand la "
		"suite montre "
		"qu’il s’agit d’un pluriel.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "UNMIL’s Commander has arrived.",
					  "The Commander of UNMIL has arrived." },
		{ LANGUAGE_EN, "All NGO’s were invited.", "All NGOs were invited." },
		{ LANGUAGE_EN, NULL, "The State’s duty, NGOs and the Commander of UNMIL." }),
	.token = look,
};
