/* What follows « intitulé » and “entitled” is a title, between quotation marks, which open at
 * once. A title has no full stop of its own: the one that ends the sentence stands outside. In
 * plain text the italics of a book's title are lost, so that a title without marks is a slip
 * only in a document that quotes its titles. */
#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

#define TITLE_MOST 80 /* tokens */

static const char *const entitled[] = { "intitulé", "intitulée", "intitulés", "intitulées",
	"entitled", NULL };

typedef struct titles {
	size_t quoted;
	places bare;
} titles;

static uint32_t
closer_of(const token *t)
{
	switch (t->kind == TOKEN_MARK ? t->word : 0) {
	case 0xAB:
		return 0xBB;
	case 0x201C:
		return 0x201D;
	case '"':
		return '"';
	default:
		return 0;
	}
}

/* The closing mark of the title that opens at i; 0 when it is not near. */
static size_t
title_end(const check *c, size_t i)
{
	uint32_t opener = c->tokens.at[i].word, closer = closer_of(&c->tokens.at[i]);
	int depth = 1;

	for (size_t k = i + 1; k < c->tokens.count && k < i + TITLE_MOST; k++) {
		const token *t = &c->tokens.at[k];
		if (spacing_is_mark(t, closer) && --depth == 0)
			return k;
		depth += opener != closer && spacing_is_mark(t, opener);
	}
	return 0;
}

/* « intitulé « La paix. » »: the stop before the closing mark, the word before it no
 * abbreviation, and none after it. */
static status
look_at_end(check *c, const rule *r, size_t close)
{
	const token *t = &c->tokens.at[close];

	if (close < 3 || !spacing_is_mark(&t[-1], '.') || t[-1].gap != GAP_NONE ||
		!spacing_is_word(c, &t[-2], 4) || (t[-2].features & FEATURE_CAPITALS) != 0)
		return STATUS_OK;
	if (spacing_is_mark(&t[1], '.') || (t[1].features & FEATURE_SLASH) != 0)
		return STATUS_OK;
	span gap = { t[-1].start + 1, t->start };
	slice space = check_text(c, gap), mark = check_token(c, close);
	bool ends = t[1].kind == TOKEN_EDGE || (t[1].features & FEATURE_TITLE) != 0;
	slice mended = check_printf(
		c, "%.*s%.*s%s", SLICE_ARG(space), SLICE_ARG(mark), ends ? "." : "");
	finding f = { .fix = FIX_REVIEW };
	f.message = check_message(c, "the full stop belongs to the sentence, not to the title",
		"le point appartient à la phrase, non au titre");
	return places_report(c, r, check_span(c, close - 1, close), mended, f);
}

/* A word with a capital that goes on as a title, not a reference (« intitulée Annexe A »). */
static bool
is_bare_title(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->gap != GAP_NONE && t->kind == TOKEN_WORD &&
	       (t->features & FEATURE_TITLE) != 0 && t[1].kind == TOKEN_WORD &&
	       t[1].gap == GAP_SPACE;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	void **note = check_note(c, r);
	titles *all = *note;

	if (!spacing_word_in(c, t, entitled))
		return STATUS_OK;
	if (all == NULL && (all = *note = ARENA_NEW(c->keep, titles)) == NULL)
		return STATUS_MEMORY;
	if (closer_of(&t[1]) != 0) {
		size_t close = title_end(c, i + 1);
		all->quoted++;
		return close == 0 ? STATUS_OK : look_at_end(c, r, close);
	}
	return is_bare_title(c, i + 1) ? places_add(c, &all->bare, check_span(c, i, i + 1))
				       : STATUS_OK;
}

static status
report_bare(check *c, const rule *r, span place)
{
	return check_report(c, r, (finding){ .text = place });
}

static status
judge_titles(check *c, const rule *r)
{
	const titles *all = *check_note(c, r);

	if (all == NULL || all->quoted == 0 || all->quoted < all->bare.count)
		return STATUS_OK;
	return places_each(c, r, &all->bare, report_bare);
}

const rule rule_punctuation_entitled = {
	.id = "punctuation/entitled",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = entitled,
	.source =
		"FR-GUI-05: letters of the United Nations (A); FR-GUI-04: FAO guidelines (C); "
		"EN-PUN-06: United Nations Editorial Manual (A)",
	.summary_en = "the title after “entitled” stands between quotation marks",
	.summary_fr = "le titre annoncé par «\u00A0intitulé\u00A0» se met entre guillemets",
	.explanation_en =
		"A title that “entitled” announces stands between quotation marks, which "
		"follow "
		"at once. Its closing mark comes before the full stop of the sentence. A title "
		"without marks is reported only in a document that quotes its other titles, "
		"since the italics of books are lost in plain text.",
	.explanation_fr =
		"Le titre annoncé par «\u00A0intitulé\u00A0» se met entre guillemets, qui "
		"suivent "
		"aussitôt. Le guillemet fermant précède le point de la phrase. Un titre sans "
		"guillemets n’est signalé que dans un document qui en met aux autres, car "
		"l’italique des ouvrages se perd dans le texte brut.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"La question intitulée « Femmes et paix » et la question "
			"intitulée "
			"Maintien de la paix sont liées.",
			"La question intitulée « Femmes et paix » et la question "
			"intitulée "
			"« Maintien de la paix » sont liées." },
		{ LANGUAGE_FR, "La question est intitulée « Maintien de la paix. »",
			"La question est intitulée « Maintien de la paix »." },
		{ LANGUAGE_EN, "The item is entitled “Women and peace.”",
			"The item is entitled “Women and peace”." },
		{ LANGUAGE_EN, NULL,
			"Everyone is entitled to rights in the book entitled War." },
		{ LANGUAGE_FR, NULL,
			"Il dit : « Je pars. » Le livre est intitulé Guerre et paix." }),
	.token = look,
	.document = judge_titles,
};
