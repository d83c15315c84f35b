/* Letters that stand raised in print: an extraction leaves them apart (« 1 er juillet », « n o
 * 5 »), and typewriters replace them with the degree sign (« n° 5 »), which the house does not
 * write. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

#define ROMAN_MOST 7

static bool
is_roman(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("IVXLC", s.p[i]) == NULL)
			return false;
	return s.n > 0 && s.n <= ROMAN_MOST;
}

/* What an ordinal in e stands before: any word in small letters after a figure, « siècle » and
 * its like after a Roman numeral, which may be a name's initial. */
static bool
counts(const check *c, const token *numeral, const token *next)
{
	static const char *const counted[] = { "siècle", "siècles", "session", "sessions",
		"république", "arrondissement", "anniversaire", "congrès", "conférence", NULL };

	if (numeral->kind == TOKEN_NUMBER)
		return next->kind == TOKEN_WORD && next->length > 2 && next->gap != GAP_NONE &&
		       (spacing_word(c, next)->shape & SHAPE_LOWER) != 0 &&
		       (next->features & FEATURE_UNKNOWN) == 0;
	return spacing_word_in(c, next, counted);
}

/* « 1 er », « 1 re », « 19 e session », « XXI e siècle » */
static bool
is_ordinal(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice ending = check_token(c, i);

	if (i == 0 || !spacing_is_white(c, i) ||
		(t[1].gap == GAP_NONE && t[1].kind == TOKEN_CODE))
		return false;
	if (slice_equal(ending, SLICE("er")) || slice_equal(ending, SLICE("re")))
		return slice_equal(check_token(c, i - 1), SLICE("1")) ||
		       slice_equal(check_token(c, i - 1), SLICE("I"));
	if (!slice_equal(ending, SLICE("e")))
		return false;
	slice numeral = check_token(c, i - 1);
	if (t[-1].kind != TOKEN_NUMBER && !is_roman(numeral))
		return false;
	return t[-1].length <= 4 && counts(c, &t[-1], &t[1]);
}

/* « n o 5 », « n os 3 et 4 » */
static bool
is_number_sign(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice letters = check_token(c, i);

	if (i == 0 || !spacing_is_white(c, i) || t[-1].length != 1 ||
		(t[1].kind != TOKEN_NUMBER && t[1].kind != TOKEN_CODE))
		return false;
	return (slice_equal(letters, SLICE("o")) || slice_equal(letters, SLICE("os"))) &&
	       slice_equal(check_token(c, i - 1), SLICE("n"));
}

static status
look_apart(check *c, const rule *r, size_t i)
{
	if (!is_ordinal(c, i) && !is_number_sign(c, i))
		return STATUS_OK;
	slice a = check_token(c, i - 1), b = check_token(c, i);
	slice joined = check_printf(c, "%.*s%.*s", SLICE_ARG(a), SLICE_ARG(b));
	return places_report(
		c, r, check_span(c, i - 1, i), joined, (finding){ .fix = FIX_SAFE });
}

static const char *const raised[] = { "er", "re", "e", "o", "os", NULL };

const rule rule_spacing_superscript = {
	.id = "spacing/superscript",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = raised,
	.source = "FR-LET-09: copies of A/AC.96 documents as extracted (A)",
	.summary_en = "raised letters apart from their number",
	.summary_fr = "lettres supérieures séparées de leur nombre",
	.explanation_en =
		"The raised letters of 1er, XXIe and no are set small and high, and a PDF "
		"gives "
		"them back as a word of their own. They belong to what stands before them.",
	.explanation_fr =
		"Les lettres supérieures de 1er, XXIe et no sont petites et hautes, et un PDF "
		"les rend comme un mot à part. Elles se joignent à ce qui les précède.",
	.examples = { { LANGUAGE_FR, "le 1 er juillet 2018", "le 1er juillet 2018" },
		{ LANGUAGE_FR, "le Supplément n o 5 du rapport",
			"le Supplément no 5 du rapport" },
		{ LANGUAGE_FR, "au XXI e siècle", "au XXIe siècle" },
		{ LANGUAGE_FR, "la 19 e session du Comité", "la 19e session du Comité" },
		{ LANGUAGE_FR, NULL, "de 1 à 3, le e de Noël, 5 e, le vitamine E, no 5" } },
	.token = look_apart,
};

/* --- n° --- */

typedef struct number_signs {
	size_t right;
	places wrong;
} number_signs;

static bool
is_figure(const token *t)
{
	return t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE || t->kind == TOKEN_SYMBOL;
}

static const char *const numbers[] = { "n", "no", "nos", "nº", "nºs", NULL };

/* The n of « n° 5 », the word « no », « nos » before a figure. */
static status
look_for_sign(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	void **note = check_note(c, r);
	bool degree = spacing_is_mark(&t[1], 0xB0) && t[1].gap == GAP_NONE;

	if (!is_figure(&t[1 + degree]) || (!degree && t[1].gap == GAP_NONE) ||
		(!degree && t->length < 2) || !spacing_word_in(c, t, numbers))
		return STATUS_OK;
	number_signs *s = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, number_signs));
	if (s == NULL)
		return STATUS_MEMORY;
	if (degree || (spacing_word(c, t)->shape & SHAPE_ACCENT) != 0)
		return places_add(c, &s->wrong, check_span(c, i, i + degree));
	s->right++;
	return STATUS_OK;
}

static status
report_sign(check *c, const rule *r, span place)
{
	slice text = c->document->text;
	bool apart = place.end < text.n && (text.p[place.end] < '0' || text.p[place.end] > '9');

	return places_report(c, r, place, apart ? SLICE("no") : SLICE("no\u00A0"),
		(finding){ .fix = FIX_REVIEW });
}

static status
judge_signs(check *c, const rule *r)
{
	const number_signs *s = *check_note(c, r);

	if (s == NULL || s->wrong.count == 0)
		return STATUS_OK;
	if (s->right >= s->wrong.count)
		return places_each(c, r, &s->wrong, report_sign);
	finding f = { .text = s->wrong.first->at[0], .severity = SEVERITY_INFO };
	f.message = check_message(c, "« no » is not written with the degree sign (%zu times)",
		"« no » ne s’écrit pas avec le signe du degré (%zu fois)", s->wrong.count);
	return check_report(c, r, f);
}

const rule rule_typography_numero = {
	.id = "typography/numero",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = numbers,
	.source = "FR-LET-10: ST/DCS/5, Traitement des textes français à l’ONU (C)",
	.summary_en = "« no » written with the degree sign",
	.summary_fr = "« no » écrit avec le signe du degré",
	.explanation_en = "« Numéro » is abbreviated no, in the plural nos, with raised "
			  "letters where the "
			  "format has them, and not with the degree sign. In a document that "
			  "does so each "
			  "n° is reported; one that never does is told once.",
	.explanation_fr =
		"« Numéro » s’abrège en no, au pluriel nos, avec des lettres supérieures quand "
		"le format en a, et non avec le signe du degré. Dans un document qui le fait, "
		"chaque n° est signalé ; celui qui ne le fait jamais n’est signalé qu’une "
		"fois.",
	.examples = { { LANGUAGE_FR, "le Supplément no 5 et le Supplément n° 6",
			      "le Supplément no 5 et le Supplément no 6" },
		{ LANGUAGE_FR, "le Supplément N° 5", "le Supplément no 5" },
		{ LANGUAGE_FR, NULL, "le Supplément no 5, nos 3 et 4, à 20 °C et par 12° N" } },
	.token = look_for_sign,
	.document = judge_signs,
};
