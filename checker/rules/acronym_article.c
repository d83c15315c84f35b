/* The article of a French acronym, which is that of its first noun: la MINUSMA (mission),
 * le HCR (haut-commissariat), l’OIT. The glossaries know it.
 *
 * Tempting non-errors, which stay silent: the plural article (les ONG), an acronym to which the
 * document gives another meaning, one that is part of a longer name (PNUD-Maroc, FAO/OMS), and
 * titles in English. */
#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"

#define LETTERS_LEAST 3

/* le, la, l’, du, au: articles whose gender or elision shows. */
static bool
is_article(const check *c, size_t i)
{
	static const char *const articles[] = { "le", "la", "l\u2019", "du", "au", NULL };

	return check_word_is(c, i, articles);
}

static bool
is_part_of_name(const check *c, size_t i)
{
	const token *next = &c->tokens.at[i + 1];

	return (next->features & FEATURE_SLASH) != 0 ||
	       ((next->features & FEATURE_DASH) != 0 && next->gap == GAP_NONE);
}

static bool
has_other_meaning(check *c, size_t i)
{
	const acronym *a = acronyms_at(c, i);

	for (const definition *d = a == NULL ? NULL : a->definitions; d != NULL; d = d->next)
		if (!d->agreed)
			return true;
	return false;
}

/* The agreed acronym at token i, with its article. */
static bool
find_acronym(check *c, size_t i, concept_view *k)
{
	const termbase *t = c->with->terms;
	term_match m;

	if (t == NULL ||
		!termbase_match_at(
			&m, t, &c->words, &c->tokens, c->document->text, LANGUAGE_FR, i) ||
		m.first != m.last)
		return false;
	term_view term = termbase_term(t, m.term);
	*k = termbase_concept(t, m.term);
	return term.flags == TERM_ACRONYM && term.status == TERM_PREFERRED &&
	       k->article.n != 0 && !slice_equal(k->article, SLICE("les")) &&
	       k->evidence != EVIDENCE_UNVERIFIED;
}

/* « le mandat de UNOWAS »: de alone where the article is due. « au nom de », « sous le sigle de
 * » name the acronym itself. */
static bool
lacks_article(const check *c, size_t i)
{
	static const char *const of[] = { "de", NULL };
	static const char *const naming[] = { "nom", "sigle", "acronyme", "appellation",
		"abréviation", "intitulé", NULL };

	return i > 1 && check_word_is(c, i - 1, of) && c->tokens.at[i - 1].gap != GAP_NONE &&
	       c->tokens.at[i].gap != GAP_NONE && !check_word_is(c, i - 2, naming);
}

static term_change
with_article(check *c, size_t i, slice text, slice article)
{
	const char *of = slice_equal(article, SLICE("le"))   ? "du "
			 : slice_equal(article, SLICE("la")) ? "de la "
							     : "de l\u2019";

	return (term_change){ .where = check_span(c, i - 1, i),
		.text = check_printf(c, "%s%.*s", of, SLICE_ARG(text)) };
}

static status
look(check *c, const rule *r, size_t i)
{
	slice text = check_token(c, i);
	concept_view k;

	TRY(acronyms_see(c, i));
	if (i == 0 || text.n < LETTERS_LEAST || c->tokens.at[i].kind != TOKEN_WORD)
		return STATUS_OK;
	bool lacking = lacks_article(c, i);
	if ((!lacking && !is_article(c, i - 1)) || !find_acronym(c, i, &k))
		return STATUS_OK;
	term_change change = lacking ? with_article(c, i, text, k.article)
				     : terms_change(c, i, i, text, k.article, k.gender, 0);
	if (change.text.p == NULL || change.where.start == c->tokens.at[i].start)
		return STATUS_OK;
	if (has_other_meaning(c, i) || is_part_of_name(c, i) || terms_in_capitals(c, i, i) ||
		terms_in_foreign_text(c, i, i) || quotation_holds(c, i))
		return STATUS_OK;
	finding f = { .text = change.where,
		.fix = FIX_REVIEW,
		.message = check_message(c, "the article before “%.*s” is “%.*s”",
			"devant «\u00A0%.*s\u00A0», l’article est «\u00A0%.*s\u00A0»",
			SLICE_ARG(text), SLICE_ARG(k.article)),
		.suggestions = &change.text,
		.suggestion_count = 1,
		.concept = k.id,
		.source = k.source };
	return check_report(c, r, f);
}

const rule rule_acronym_article = {
	.id = "acronym/article",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-ABR-06 (S/PRST/2019/7, unowas.unmissions.org; A); the glossaries, each "
		  "concept with its own sources",
	.summary_en = "the wrong article before a French acronym, or none",
	.summary_fr = "un sigle précédé du mauvais article, ou sans article",
	.explanation_en =
		"A French acronym has the gender of its first noun and elides the article "
		"before a "
		"vowel: la MINUSMA (mission), le HCR (haut-commissariat), l’OIT. Behind "
		"«\u00A0de\u00A0» "
		"it "
		"is not left out: le mandat de l’UNOWAS. An acronym to "
		"which the document itself gives another meaning is left alone.",
	.explanation_fr =
		"Le sigle a le genre de son premier nom, et l’article s’élide devant une "
		"voyelle\u00A0: "
		"la MINUSMA (mission), le HCR (haut-commissariat), l’OIT. Il ne s’omet pas "
		"après "
		"«\u00A0de\u00A0»\u00A0: le mandat de l’UNOWAS. Le sigle auquel le "
		"document donne lui-même un autre sens n’est pas relevé.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le mandat du MINUSMA a pris fin.",
					  "Le mandat de la MINUSMA a pris fin." },
		{ LANGUAGE_FR, "La OIT a répondu.", "L’OIT a répondu." },
		{ LANGUAGE_FR, "Il s’est adressé à la HCR.", "Il s’est adressé au HCR." },
		{ LANGUAGE_FR, "Le mandat de UNOWAS a été prorogé.",
			"Le mandat de l’UNOWAS a été prorogé." },
		{ LANGUAGE_FR, NULL, "Elle porte le nom de MANUA, et le sigle de MANUA." },
		{ LANGUAGE_FR, NULL, "Le HCR, la MANUA, l’UNESCO et le PNUD ont répondu." },
		{ LANGUAGE_FR, NULL,
			"La Chambre de conciliation internationale (CCI) a siégé ; la CCI "
			"votera." }),
	.token = look,
};
