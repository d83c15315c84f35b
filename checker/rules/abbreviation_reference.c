/* « pp. 5-7 », « § 12 »: references are abbreviated p. (in the plural too) and par.
 *
 * Looked at from the sign and from pp, which are rarer than figures. « art. 6, § 1 » is how
 * courts cite a convention, and « § 2. » at the head of a paragraph is its number: § is looked
 * at behind a word only. Footnotes cite works as their authors do and are left alone. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"

#define SECTION 0xA7

/* « § 12 », « §§ 12 et 13 »: where the sign begins; 0 when there is none before token i. */
static size_t
section_before(const check *c, size_t i)
{
	size_t first = i;

	while (first > 0 && number_is_mark(c, first - 1, SECTION))
		first--;
	return first > 1 && first < i && spacing_is_text(&c->tokens.at[first - 1]) ? first : 0;
}

static bool
is_citation(const check *c, size_t first)
{
	const token *before = &c->tokens.at[first] - 1;

	return before->kind == TOKEN_NUMBER || before->kind == TOKEN_CODE ||
	       before->kind == TOKEN_SYMBOL;
}

static status
look_section(check *c, const rule *r, size_t i)
{
	size_t first = section_before(c, i);

	if (first == 0 || is_citation(c, first) || wording_is_quoted(c, first, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, first, i),
		check_printf(c, "par.%s%.*s", number_space(c), SLICE_ARG(check_token(c, i))),
		r->fix);
}

static status
look_pages(check *c, const rule *r, size_t i)
{
	if (i < 2 || !number_is_mark(c, i - 1, '.') ||
		!slice_equal(check_token(c, i - 2), SLICE("pp")) ||
		wording_is_quoted(c, i - 2, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i - 2, i - 1), SLICE("p."), r->fix);
}

static status
look(check *c, const rule *r, size_t i)
{
	return number_in_prose(c) ? look_section(c, r, i + 1) : STATUS_OK;
}

static status
look_at_pages(check *c, const rule *r, size_t i)
{
	if (!number_in_prose(c) || c->tokens.at[i + 2].kind != TOKEN_NUMBER)
		return STATUS_OK;
	return look_pages(c, r, i + 2);
}

static bool
is_section(uint32_t mark)
{
	return mark == SECTION;
}

static const char *const pages[] = { "pp", NULL };

static const rule of_pages = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = pages,
	.after = FEATURE_STOP,
	.token = look_at_pages };

const rule rule_abbreviation_reference = {
	.id = "abbreviation/reference",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_MARK,
	.wants_mark = is_section,
	.after = FEATURE_NUMBER,
	.also = &of_pages,
	.source = "FR-ABR-08: Directives éditoriales of FAO (C)",
	.summary_en = "references are abbreviated p. and par.",
	.summary_fr = "les renvois s’abrègent p. et par.",
	.explanation_en =
		"In French documents page is p., in the plural too, and paragraph is par., not "
		"§. Footnotes, quotations and the paragraph of an article (art. 6, § 1) are "
		"left alone.",
	.explanation_fr =
		"Dans les documents, «\u00A0page\u00A0» s’abrège p., au pluriel aussi, et "
		"«\u00A0paragraphe\u00A0» "
		"s’abrège par., non §. Les notes, les citations et le paragraphe d’un article "
		"(art. 6, § 1) ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Comité renvoie au § 12 de son rapport.",
					  "Le Comité renvoie au par. 12 de son rapport." },
		{ LANGUAGE_FR, "Ce point est traité dans le rapport (pp. 5 à 7).",
			"Ce point est traité dans le rapport (p. 5 à 7)." },
		{ LANGUAGE_FR, NULL,
			"Voir l’article 6, § 1, et l’art. 5 § 2 de la Convention, et p. 5." }),
	.token = look,
};
