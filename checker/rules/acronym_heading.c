/* « II. Rôle de la MANUA »: a heading is read by itself, so it has no abbreviated names. What
 * every reader knows (ONU, UNESCO) is left alone. */
#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"

/* A heading with a paragraph below it: a line alone may be anything. */
static bool
opens_text(const check *c)
{
	const block *next = c->block + 1;

	return c->block->kind == BLOCK_HEADING &&
	       next < c->document->blocks + c->document->block_count &&
	       next->kind == BLOCK_PARAGRAPH;
}

static status
look(check *c, const rule *r, size_t i)
{
	const termbase *t = c->with->terms;
	term_match m;

	if (t == NULL || !opens_text(c) ||
		!termbase_match_at(
			&m, t, &c->words, &c->tokens, c->document->text, c->language, i) ||
		m.first != m.last)
		return STATUS_OK;
	term_view term = termbase_term(t, m.term);
	term_ref full;
	if (term.flags != TERM_ACRONYM || term.status != TERM_PREFERRED ||
		acronym_is_well_known(term.text, c->language) ||
		!termbase_preferred(t, m.term, c->language, 0, &full) ||
		terms_in_capitals(c, i, i) || quotation_holds(c, i))
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = check_span(c, i, i),
			.message = check_message(c, "a heading has the name, not “%.*s”: %.*s",
				"un titre donne le nom, non le sigle «\u00A0%.*s\u00A0»\u00A0: "
				"%.*s",
				SLICE_ARG(term.text),
				SLICE_ARG(termbase_term(t, full).text)) });
}

const rule rule_acronym_heading = {
	.id = "acronym/heading",
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-ABR-11 (terminology guide of FAO; B), EN-ABB-06 (UNDRR editorial manual; "
		  "A)",
	.summary_en = "an acronym in a heading",
	.summary_fr = "un sigle dans un titre",
	.explanation_en =
		"Headings and titles are read and cited by themselves, so names are not "
		"abbreviated in them. Acronyms that every reader knows and headings all in "
		"capitals are left alone.",
	.explanation_fr = "Un titre se lit et se cite seul\u00A0: les noms n’y sont pas "
			  "abrégés. Les sigles "
			  "connus de tous et les titres tout en capitales ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"II. Rôle de la MANUA\n\nLa Mission a appuyé les autorités dans "
			"leurs travaux et publié son rapport.\n",
			"II. Rôle de la Mission\n\nLa Mission a appuyé les autorités "
			"dans leurs travaux et publié son rapport.\n" },
		{ LANGUAGE_FR, NULL,
			"II. Rôle de l’UNESCO\n\nLa MANUA a appuyé les autorités dans leurs "
			"travaux et publié son rapport.\n" }),
	.token = look,
};
