/* « Mme Kamboj, Président du Conseil »: the title of a woman is in the feminine. The titles and
 * adjectives that have one are data/lang/feminine-titles.tsv. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"
#include "text/data.h"

#define NAME_MOST 5  /* tokens of a name */
#define TITLE_MOST 4 /* words of a title */

static const char *const watched[] = { "mme", NULL };

/* The feminine of a word of a title; empty where it has no other. */
static slice
feminine_of(slice lower)
{
	slice rest = EMBEDDED(feminine_titles), row, masculine;

	while (data_row(&rest, &row)) {
		slice_cut(row, '\t', &masculine, &row);
		if (slice_equal(masculine, lower)) {
			slice_cut(row, '\t', &masculine, &row);
			return masculine;
		}
	}
	return (slice){ 0 };
}

/* The comma behind the name, « Mme Ruchira Kamboj, »; 0 when no name follows. */
static size_t
comma_after_name(const check *c, size_t i)
{
	size_t k = i + 1;

	while (k <= i + NAME_MOST && c->tokens.at[k].kind == TOKEN_WORD &&
		(wording_shape(c, k) & SHAPE_LOWER) == 0)
		k++;
	return k > i + 1 && number_is_mark(c, k, ',') ? k : 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	size_t comma = comma_after_name(c, i), last = 0;
	slice title = { 0 };

	if (comma == 0 || wording_is_quoted(c, i, comma))
		return STATUS_OK;
	for (size_t k = comma + 1; k <= comma + TITLE_MOST; k++) {
		slice feminine = feminine_of(check_lower(c, k));
		if (feminine.n == 0)
			break;
		bool capital = (wording_shape(c, k) & SHAPE_LOWER) == 0;
		if (capital)
			feminine = wording_capital(c, feminine);
		title = title.n == 0 ? feminine
				     : check_printf(c, "%.*s %.*s", SLICE_ARG(title),
					       SLICE_ARG(feminine));
		if (title.p == NULL)
			return STATUS_MEMORY;
		last = k;
	}
	return last == 0
		       ? STATUS_OK
		       : check_report_fix(c, r, check_span(c, comma + 1, last), title, r->fix);
}

const rule rule_inclusive_title = {
	.id = "inclusive/title",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-INC-01: press.un.org in French; United Nations guidelines for inclusive "
		  "language in French (A)",
	.summary_en = "a woman’s title in the masculine",
	.summary_fr = "le titre d’une femme au masculin",
	.explanation_en =
		"Behind Mme and a name the title is in the feminine: Mme Kamboj, Présidente du "
		"Conseil. Titles that have one form only (Ministre, Juge) are left alone.",
	.explanation_fr = "Après «\u00A0Mme\u00A0» et un nom, le titre est au féminin\u00A0: "
			  "Mme Kamboj, Présidente du "
			  "Conseil. Les titres épicènes (Ministre, Juge) ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Mme Kamboj, Président du Conseil, a ouvert la séance.",
			"Mme Kamboj, Présidente du Conseil, a ouvert la séance." },
		{ LANGUAGE_FR, "Mme Barbara Woodward, Représentant permanent, a parlé.",
			"Mme Barbara Woodward, Représentante permanente, a parlé." },
		{ LANGUAGE_FR, NULL,
			"Mme Bachelet, Présidente, et Mme Diallo, Ministre de la justice, "
			"d’une part, Président de la Cour de l’autre." }),
	.token = look,
};
