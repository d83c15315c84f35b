/* Words in capitals without their accents: « CONSEIL DE SECURITE ». The dictionary must not
 * know the word as it stands and must know one form, no name, that differs by accents only; a
 * word in capitals that is French has to stand beside it, since initials and foreign titles are
 * set in capitals as well. A document that accents no capitals has a habit, and is told once.
 */
#include <string.h>

#include "checker/rules/accents.h"
#include "checker/rules/places.h"
#include "checker/rules/spacing.h"
#include "text/fold.h"
#include "text/utf8.h"

#define LETTERS_LEAST 4

typedef struct capitals {
	size_t accented;
	places plain;
} capitals;

/* The one form that has the letters of the word and accents; empty for none or several. */
static slice
accented_form(const check *c, slice shown)
{
	slice form = { 0 };

	return accents_forms(c, shown, &form) == 1 ? form : (slice){ 0 };
}

static bool
is_capitals(const token *t)
{
	return t->kind == TOKEN_WORD && (t->features & FEATURE_CAPITALS) != 0;
}

/* A French word in capitals on one side, and no foreign one on either. */
static bool
is_among_french(const check *c, size_t i)
{
	bool french = false;

	for (size_t k = i > 2 ? i - 2 : 0; k <= i + 2 && k < c->tokens.count; k++) {
		const token *t = &c->tokens.at[k];
		if (k == i || !is_capitals(t))
			continue;
		if ((t->features & FEATURE_UNKNOWN) == 0)
			french = true;
		else if (accented_form(c, check_token(c, k)).p == NULL)
			return false;
	}
	return french;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool unknown = (t->features & FEATURE_UNKNOWN) != 0;
	void **note = check_note(c, r);

	if (t->kind != TOKEN_WORD || t->length < LETTERS_LEAST ||
		(!unknown && (spacing_word(c, t)->shape & SHAPE_ACCENT) == 0))
		return STATUS_OK;
	capitals *all = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, capitals));
	if (all == NULL)
		return STATUS_MEMORY;
	if (!unknown) {
		all->accented++;
		return STATUS_OK;
	}
	if (accented_form(c, check_token(c, i)).p == NULL || !is_among_french(c, i))
		return STATUS_OK;
	return places_add(c, &all->plain, check_span(c, i, i));
}

static slice
capitals_of(char *out, slice form)
{
	size_t n = 0;

	for (size_t i = 0; i < form.n;)
		n += utf8_put(out + n, text_upper_char(utf8_next(form, &i)));
	return (slice){ out, n };
}

static status
report(check *c, const rule *r, span place)
{
	char upper[3 * ACCENTS_BYTES + 4];
	slice form = accented_form(c, check_text(c, place));
	slice mended = capitals_of(upper, form);

	return places_report(c, r, place, mended, (finding){ .fix = FIX_REVIEW });
}

static status
judge_capitals(check *c, const rule *r)
{
	const capitals *all = *check_note(c, r);

	if (all == NULL || all->plain.count == 0)
		return STATUS_OK;
	if (all->accented >= all->plain.count)
		return places_each(c, r, &all->plain, report);
	finding f = { .text = all->plain.first->at[0], .severity = SEVERITY_INFO };
	f.message =
		check_message(c, "words in capitals lack their accents (%zu), %zu have them",
			"des mots en capitales sont sans accents (%zu), %zu en ont",
			all->plain.count, all->accented);
	return check_report(c, r, f);
}

const rule rule_typography_unaccented = {
	.id = "typography/unaccented",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-LET-04: press releases of the United Nations before 2005 (C); FR-LET-01 "
		  "(A)",
	.summary_en = "word in capitals without its accents",
	.summary_fr = "mot en capitales sans ses accents",
	.explanation_en =
		"French keeps accents on capitals, in headings too: CONSEIL DE SÉCURITÉ. In a "
		"document whose capitals have them a word without is reported; one that never "
		"writes them is told once. Acronyms, names and titles in other languages are "
		"left alone.",
	.explanation_fr =
		"Le français garde les accents sur les capitales, même dans les titres\u00A0: "
		"CONSEIL DE SÉCURITÉ. Dans un document dont les capitales en ont, un mot sans "
		"accents est signalé\u00A0; celui qui n’en met jamais n’est signalé qu’une "
		"fois. "
		"Les sigles, les noms et les titres en d’autres langues ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "ASSEMBLÉE GÉNÉRALE ET CONSEIL DE SECURITE",
					  "ASSEMBLÉE GÉNÉRALE ET CONSEIL DE SÉCURITÉ" },
		{ LANGUAGE_FR, "CONSEIL DE SECURITE", "CONSEIL DE SÉCURITÉ" },
		{ LANGUAGE_FR, NULL,
			"CONSEIL DE SÉCURITÉ ; la MINUSCA, l’UNITE, SECURITY COUNCIL" }),
	.token = look,
	.document = judge_capitals,
};
