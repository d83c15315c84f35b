/* English acronyms in French text where French has its own, UNAMA for MANUA, and the reverse.
 * In English text only the long ones are looked at: CPI, PAM and BIT are English as well.
 *
 * Tempting non-errors, which stay silent: stretches of English (titles, names of publications,
 * an English name that introduces the acronym), acronyms that French shares, those that are
 * also words or other names (marked in the glossary), text all in capitals, references to a
 * publication by its author and year, quotations, and places that give the French acronym as
 * well. */
#include "checker/rule.h"

#include "checker/quotation.h"
#include "checker/terms.h"

#define NEAR 6         /* tokens */
#define FRENCH_LEAST 5 /* letters of a French acronym that English has no other use for */

static bool
is_mark(const check *c, size_t i, uint32_t mark)
{
	return i < c->tokens.count && c->tokens.at[i].kind == TOKEN_MARK &&
	       c->tokens.at[i].word == mark;
}

/* A year near by, as in a reference: UNODC, 2014 · ECLAC (2016a) */
static bool
is_year(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice s = check_token(c, i);

	if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_CODE)
		return false;
	return (s.n == 4 || s.n == 5) &&
	       (slice_starts(s, SLICE("19")) || slice_starts(s, SLICE("20")));
}

static bool
is_reference(const check *c, size_t i)
{
	size_t start = i > 3 ? i - 3 : 0;

	for (size_t k = start; k <= i + 3 && k < c->tokens.count; k++)
		if (is_year(c, k))
			return true;
	return false;
}

/* FAO/WHO, WHO-FIC: part of a name of its own. */
static bool
is_part_of_name(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i > 0 && (is_mark(c, i - 1, '/') || (t->gap == GAP_NONE && is_mark(c, i - 1, '-'))))
		return true;
	return is_mark(c, i + 1, '/') || (t[1].gap == GAP_NONE && is_mark(c, i + 1, '-'));
}

static bool
stands_near(const check *c, size_t i, slice text, bool prefix)
{
	size_t start = i > NEAR ? i - NEAR : 0;

	for (size_t k = start; k <= i + NEAR && k < c->tokens.count; k++) {
		slice s = check_token(c, k);
		if (k != i && (prefix ? slice_starts(s, text) : slice_equal(s, text)))
			return true;
	}
	return false;
}

static language
other_language(const check *c)
{
	return c->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
}

/* The acronym that should stand there; false when there is none, or the foreign one is used in
 * the language of the text too. */
static bool
find_own(check *c, term_ref foreign, slice text, term_ref *out)
{
	const termbase *t = c->with->terms;
	term_ref at;

	for (size_t n = termbase_terms(t, foreign, &at); n > 0; n--, at.term++) {
		term_view term = termbase_term(t, at);
		if (term.language == c->language && slice_equal(term.text, text))
			return false;
	}
	return termbase_preferred(t, foreign, c->language, TERM_ACRONYM, out) &&
	       (termbase_term(t, *out).flags & TERM_CONTEXT) == 0;
}

static bool
is_silent_place(check *c, size_t i, slice own)
{
	return is_reference(c, i) || is_part_of_name(c, i) || stands_near(c, i, own, false) ||
	       stands_near(c, i, SLICE("anglais"), true) ||
	       stands_near(c, i, SLICE("English"), false) ||
	       stands_near(c, i, SLICE("French"), false) || terms_in_capitals(c, i, i) ||
	       terms_in_foreign_text(c, i, i) || quotation_holds(c, i);
}

/* « les travaux de UNHCR »: de alone, to which the French acronym adds its article. */
static term_change
with_article(check *c, size_t i, slice text, slice article)
{
	static const char *const of[] = { "de", NULL };
	const char *lead = slice_equal(article, SLICE("le"))    ? "du "
			   : slice_equal(article, SLICE("la"))  ? "de la "
			   : slice_equal(article, SLICE("les")) ? "des "
								: "de l\u2019";

	if (i == 0 || article.n == 0 || !check_word_is(c, i - 1, of))
		return (term_change){ 0 };
	return (term_change){ check_span(c, i - 1, i),
		check_printf(c, "%s%.*s", lead, SLICE_ARG(text)) };
}

/* What stands there instead; in English nothing but the acronym changes. */
static term_change
change_to(check *c, size_t i, slice right, concept_view k)
{
	if (c->language == LANGUAGE_EN)
		return (term_change){ check_span(c, i, i), right };
	term_change change = with_article(c, i, right, k.article);
	return change.text.p != NULL ? change
				     : terms_change(c, i, i, right, k.article, k.gender, 0);
}

static slice
message(check *c, slice wrong, slice right)
{
	if (c->language == LANGUAGE_EN)
		return check_message(c, "the English acronym for %.*s is %.*s",
			"%.*s s’appelle %.*s en anglais", SLICE_ARG(wrong), SLICE_ARG(right));
	return check_message(c, "the French acronym for %.*s is %.*s",
		"%.*s s’appelle %.*s en français", SLICE_ARG(wrong), SLICE_ARG(right));
}

static status
report(check *c, const rule *r, size_t i, term_ref foreign, term_ref own)
{
	const termbase *t = c->with->terms;
	concept_view k = termbase_concept(t, foreign);
	slice right = termbase_term(t, own).text;
	term_change change = change_to(c, i, right, k);
	finding f = { .text = change.where,
		.severity = k.evidence == EVIDENCE_VERIFIED ? SEVERITY_DEFAULT : SEVERITY_INFO,
		.fix = change.text.p == NULL ? FIX_NONE : FIX_REVIEW,
		.message = message(c, check_token(c, i), right),
		.suggestions = &change.text,
		.suggestion_count = change.text.p != NULL,
		.concept = k.id,
		.source = k.source };

	return check_report(c, r, f);
}

/* Two capitals at least: UNDP, UN-Women, SDGs. */
static bool
may_be_acronym(const check *c, size_t i)
{
	return (words_at(&c->words, c->tokens.at[i].word)->shape &
		       (SHAPE_UPPER | SHAPE_MIXED)) != 0;
}

/* The same, once for each distinct word. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	return (w->shape & (SHAPE_UPPER | SHAPE_MIXED)) != 0 &&
	       (l == LANGUAGE_FR || w->points >= FRENCH_LEAST);
}

static status
look(check *c, const rule *r, size_t i)
{
	const termbase *t = c->with->terms;
	term_match m;
	term_ref own;

	if (t == NULL || c->block->kind == BLOCK_NOTE || !may_be_acronym(c, i) ||
		(c->language == LANGUAGE_EN && c->tokens.at[i].length < FRENCH_LEAST) ||
		!termbase_match_at(&m, t, &c->words, &c->tokens, c->document->text,
			other_language(c), i) ||
		m.first != m.last)
		return STATUS_OK;
	term_view term = termbase_term(t, m.term);
	if (term.flags != TERM_ACRONYM || term.status != TERM_PREFERRED ||
		termbase_concept(t, m.term).evidence == EVIDENCE_UNVERIFIED)
		return STATUS_OK;
	if (!find_own(c, m.term, term.text, &own) ||
		is_silent_place(c, i, termbase_term(t, own).text))
		return STATUS_OK;
	return report(c, r, i, m.term, own);
}

const rule rule_term_foreign_acronym = {
	.id = "term/foreign-acronym",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_TERM | FEATURE_CODE,
	.wants = wants,
	.source = "FR-ABR-05: S/RES/2255 (2015) in French (A); the glossaries, each concept "
		  "with its "
		  "own sources (A to C)",
	.summary_en = "an acronym of the other language",
	.summary_fr = "un sigle de l’autre langue",
	.explanation_en =
		"The body has a French acronym, and French documents use it; English documents "
		"use the English one. Titles and names in the other language, references to "
		"publications, quotations and places that give both are left alone, and so are "
		"French acronyms of four letters or less in English text.",
	.explanation_fr =
		"L’organisme a un sigle français, que les documents français "
		"emploient\u00A0; les documents anglais emploient le sigle anglais. "
		"Les titres et noms dans l’autre langue, les sigles français de quatre "
		"lettres ou moins dans un texte anglais, les renvois à des publications, les "
		"citations et "
		"les passages qui donnent les deux sigles ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le mandat de la UNAMA a été prorogé.",
					  "Le mandat de la MANUA a été prorogé." },
		{ LANGUAGE_FR, "Le Conseil a prorogé le mandat de l’UNIFIL.",
			"Le Conseil a prorogé le mandat de la FINUL." },
		{ LANGUAGE_FR, "Selon l’UNHCR, les réfugiés sont nombreux.",
			"Selon le HCR, les réfugiés sont nombreux." },
		{ LANGUAGE_FR, "Les travaux de UNHCR progressent.",
			"Les travaux du HCR progressent." },
		{ LANGUAGE_FR, "Les SDGs restent hors d’atteinte.",
			"Les ODD restent hors d’atteinte." },
		{ LANGUAGE_EN, "The Council commended MANUA.", "The Council commended UNAMA." },
		{ LANGUAGE_EN, NULL,
			"UNAMA (MANUA in French) and MONUSCO reported on the CPI." },
		{ LANGUAGE_FR, NULL, "La MANUA (UNAMA en anglais) est une mission politique." },
		{ LANGUAGE_FR, NULL, "L’UNICEF et l’UNESCO ont répondu." },
		{ LANGUAGE_FR, NULL, "Voir UNODC, 2014." },
		{ LANGUAGE_FR, NULL, "Le rapport dit que « le mandat de la UNAMA expire »." },
		{ LANGUAGE_FR, NULL,
			"Voir le rapport intitulé The Role of UNDP in the Least Developed "
			"Countries." },
		{ LANGUAGE_FR, NULL, "VISITE AU COMITÉ DES AMIS DE LA PAIX" }),
	.token = look,
};
