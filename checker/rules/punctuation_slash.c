/* Signs in place of words in English prose: the slash of and/or and the ampersand. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

static bool
is_lower_word(const check *c, const token *t)
{
	return spacing_is_word(c, t, 2) && (spacing_word(c, t)->shape & SHAPE_LOWER) != 0;
}

static bool
is_slash(const token *t)
{
	return (t->features & FEATURE_SLASH) != 0;
}

static const char *const both[] = { "and", NULL };

static status
look_for_and_or(check *c, const rule *r, size_t i)
{
	static const char *const other[] = { "or", NULL };
	const token *t = &c->tokens.at[i];

	if (!spacing_is_mark(&t[1], '/') || !spacing_word_in(c, t, both) ||
		!spacing_word_in(c, &t[2], other) || t[1].gap != GAP_NONE ||
		t[2].gap != GAP_NONE || is_slash(&t[-1]) || is_slash(&t[3]) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return check_report(c, r, (finding){ .text = check_span(c, i, i + 2) });
}

const rule rule_punctuation_and_or = {
	.id = "punctuation/and-or",
	.severity = SEVERITY_INFO,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = both,
	.source = "EN-PUN-10: UNDRR style guide, United Nations Editorial Manual (A)",
	.summary_en = "and/or in running text",
	.summary_fr = "and/or dans le texte courant",
	.explanation_en =
		"United Nations style avoids the slash in prose. Often “and” or “or” alone is "
		"meant; where it is not, write “A or B, or both”. Quotations are left alone.",
	.explanation_fr =
		"Le style de l’Organisation évite la barre oblique dans le texte. Souvent "
		"“and” ou “or” suffit\u00A0; sinon, on écrit “A or B, or both”. Les citations "
		"ne "
		"sont pas concernées.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "States and/or organizations may take part.",
					  "States or organizations, or both, may take part." },
		{ LANGUAGE_EN, NULL, "The rule says “States and/or organizations”." }),
	.token = look_for_and_or,
};

static bool
is_ampersand_in_prose(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return i > 0 && t->gap == GAP_SPACE && t[1].gap == GAP_SPACE &&
	       is_lower_word(c, &t[-1]) && is_lower_word(c, &t[1]);
}

/* The ampersand has no feature of its own; few paragraphs have the byte. */
static status
look_for_ampersand(check *c, const rule *r)
{
	slice text = check_text(c, c->block->text);

	if (text.n == 0 || memchr(text.p, '&', text.n) == NULL)
		return STATUS_OK;
	for (size_t i = 1; i < c->tokens.count; i++)
		if (spacing_is_mark(&c->tokens.at[i], '&') && is_ampersand_in_prose(c, i) &&
			!quotation_holds(c, i))
			TRY(places_report(c, r, check_span(c, i, i), SLICE("and"),
				(finding){ .fix = FIX_REVIEW }));
	return STATUS_OK;
}

const rule rule_punctuation_ampersand = {
	.id = "punctuation/ampersand",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.source = "EN-PUN-12: UNDRR style guide (B)",
	.summary_en = "ampersand in running text",
	.summary_fr = "esperluette dans le texte courant",
	.explanation_en =
		"The ampersand belongs to official names (Procter & Gamble); in running text "
		"the word “and” is written. Only an ampersand between two words in small "
		"letters is reported, and none in a quotation.",
	.explanation_fr =
		"L’esperluette appartient aux noms officiels (Procter & Gamble)\u00A0; dans le "
		"texte, on écrit le mot “and”. Seule celle qui sépare deux mots en minuscules "
		"est signalée, hors des citations.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_EN, "The monitoring & evaluation of projects is due.",
				      "The monitoring and evaluation of projects is due." },
			{ LANGUAGE_EN, NULL,
				"Marks & Spencer, R&D, the “monitoring & evaluation” unit" }),
	.block = look_for_ampersand,
};
