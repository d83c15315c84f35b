/* Dots of omission: three full stops with spaces between them (« . . . »), and a document that
 * writes both “...” and “…”. Rows of more dots lead to a page number or are filled in by hand,
 * and two are looked at by punctuation/doubled. */
#include "checker/rules/number.h"
#include "checker/rules/places.h"
#include "text/find.h"

#define DOTS 3

static bool
is_stop(const token *t)
{
	return spacing_is_mark(t, '.');
}

static bool
is_full_stop(uint32_t mark)
{
	return mark == '.';
}

/* From token i on, which is the first of its row: full stops with the same gap between them. */
static size_t
row_length(const check *c, size_t i, uint8_t gap)
{
	const token *t = &c->tokens.at[i];
	size_t n = 1;

	while (i + n < c->tokens.count && is_stop(&t[n]) && t[n].gap == gap)
		n++;
	return n;
}

/* Three dots and no more: not ../.., not a row that goes on in another way. */
static bool
is_row_of_three(const check *c, size_t i, uint8_t gap)
{
	const token *t = &c->tokens.at[i];

	return (i == 0 || !is_stop(&t[-1])) && row_length(c, i, gap) == DOTS &&
	       !is_stop(&t[DOTS]) && !spacing_is_mark(&t[DOTS], '/');
}

/* Behind a word, or a bracket: neither a formula nor a line of dots. */
static bool
follows_words(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i] - 1;

	return i > 0 && (t->kind == TOKEN_WORD || (t->features & FEATURE_BRACKET) != 0);
}

/* Between words: neither a place to fill in nor the way to a page number. */
static bool
stands_among_words(const check *c, size_t i)
{
	return i > 0 && c->tokens.at[i - 1].kind == TOKEN_WORD &&
	       c->tokens.at[i + DOTS].kind == TOKEN_WORD &&
	       (c->tokens.at[i + DOTS].features & (FEATURE_TITLE | FEATURE_CAPITALS)) == 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	void **note = check_note(c, r);

	if (!is_stop(&t[1]) || !number_in_prose(c))
		return STATUS_OK;
	if (is_row_of_three(c, i, GAP_SPACE) && stands_among_words(c, i))
		return number_report(c, r, i, i + DOTS - 1, FIX_REVIEW, SLICE("…"));
	if (!is_row_of_three(c, i, GAP_NONE) || !follows_words(c, i))
		return STATUS_OK;
	if (*note == NULL && (*note = ARENA_NEW(c->keep, places)) == NULL)
		return STATUS_MEMORY;
	return places_add(c, *note, check_span(c, i, i + DOTS - 1));
}

/* The signs that stand alone: two or more in a row lead to a page number. */
static size_t
count_signs(slice text)
{
	const slice sign = SLICE("…");
	size_t n = 0;

	for (size_t i = text_find(text, 0, sign); i < text.n;) {
		size_t end = i + sign.n;
		while (slice_starts(slice_sub(text, end, text.n), sign))
			end += sign.n;
		n += end == i + sign.n;
		i = text_find(text, end, sign);
	}
	return n;
}

static status
judge(check *c, const rule *r)
{
	const places *dots = *check_note(c, r);
	slice one = SLICE("…");

	if (dots == NULL || dots->count == 0)
		return STATUS_OK;
	size_t signs = count_signs(c->document->text);
	if (signs == 0)
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = dots->first->at[0],
			.fix = FIX_REVIEW,
			.message = check_message(c,
				"dots of omission are mixed: %zu × ... and %zu × …",
				"points de suspension mêlés\u00A0: %zu × ... et %zu × …",
				dots->count, signs),
			.suggestions = &one,
			.suggestion_count = 1,
			.places = dots->first->at,
			.place_count = dots->first->count });
}

const rule rule_typography_ellipsis = {
	.id = "typography/ellipsis",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_STOP,
	.wants_mark = is_full_stop,
	.after = FEATURE_STOP,
	.source = "Imprimerie nationale, Lexique des règles typographiques, « Points de "
		  "suspension » (C)",
	.summary_en = "dots of omission that are spaced or mixed",
	.summary_fr = "points de suspension espacés ou mêlés",
	.explanation_en =
		"Dots of omission are one sign, or three full stops without spaces, and "
		"the same throughout a document. One that has both forms is told once, "
		"with the counts. Rows of more dots are left alone.",
	.explanation_fr =
		"Les points de suspension sont un seul signe, ou trois points sans espaces, et "
		"les mêmes dans tout un document. Celui qui a les deux formes est signalé une "
		"fois, avec les nombres. Les rangées plus longues ne sont pas examinées.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il a dit . . . et il est parti.",
					  "Il a dit … et il est parti." },
		{ LANGUAGE_EN, "He said ... and left, then … he came back.",
			"He said … and left, then … he came back." },
		{ LANGUAGE_FR, NULL, "Il a dit... et il est parti. [...] Nom : ........" },
		{ LANGUAGE_FR, NULL, "Il a dit... et il est parti. Sommaire ……………… 5" }),
	.token = look,
	.document = judge,
};
