/* Names that are never abbreviated: the United Nations in its own documents in English, its
 * principal organs, States. The list is data/lang/whole-names.tsv.
 *
 * Tempting non-errors, which stay silent: names of their own (UN News, UN-Women, UN/CEFACT),
 * acronyms in brackets, references to publications, tables, quotations, text in capitals. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"
#include "text/data.h"

#define NAMES_MOST 64
#define LETTERS_MOST 6

typedef struct whole_name {
	slice letters, full;
	bool french, bound; /* bound: only behind the article */
} whole_name;

typedef struct whole_names {
	whole_name at[NAMES_MOST];
	size_t n;
} whole_names;

/* Read once a document, when the first word in capitals is met. */
static whole_names *
names_of(check *c, const rule *r)
{
	void **note = check_note(c, r);
	slice rest = EMBEDDED(whole_names), row, of, where;

	if (*note != NULL)
		return *note;
	whole_names *all = ARENA_NEW(c->keep, whole_names);
	*note = all;
	while (all != NULL && all->n < NAMES_MOST && data_row(&rest, &row)) {
		whole_name *x = &all->at[all->n++];
		slice_cut(row, '\t', &of, &row);
		slice_cut(row, '\t', &x->letters, &row);
		slice_cut(row, '\t', &where, &row);
		slice_cut(row, '\t', &x->full, &row);
		x->french = slice_equal(of, SLICE("fr"));
		x->bound = slice_equal(where, SLICE("the"));
	}
	return all;
}

static const whole_name *
find(const whole_names *all, slice letters, bool french)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].french == french && slice_equal(all->at[i].letters, letters))
			return &all->at[i];
	return NULL;
}

static bool
follows_article(const check *c, size_t i)
{
	static const char *const articles[] = { "the", "le", "la", "les", "l\u2019", "du",
		"des", "aux", NULL };

	return i > 0 && check_word_is(c, i - 1, articles);
}

/* Beside a capital, a number, a slash, a hyphen or a bracket: part of another name, a reference
 * or a definition. */
static bool
is_part_of_name(const check *c, size_t i)
{
	const uint32_t beside = FEATURE_SLASH | FEATURE_DASH | FEATURE_TITLE |
				FEATURE_CAPITALS | FEATURE_BRACKET | FEATURE_NUMBER |
				FEATURE_CODE | FEATURE_SYMBOL | FEATURE_ADDRESS;
	const token *t = &c->tokens.at[i];

	if ((t[1].features & beside) != 0 || t[1].word == '_')
		return true;
	return i > 0 && (t[-1].features & beside & ~(uint32_t)FEATURE_TITLE) != 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	slice letters = check_token(c, i);

	if (letters.n > LETTERS_MOST || c->tokens.at[i].kind != TOKEN_WORD ||
		(c->block->kind != BLOCK_PARAGRAPH && c->block->kind != BLOCK_ITEM))
		return STATUS_OK;
	const whole_names *all = names_of(c, r);
	if (all == NULL)
		return STATUS_MEMORY;
	const whole_name *x = find(all, letters, c->language == LANGUAGE_FR);
	if (x == NULL || (x->bound && !follows_article(c, i)) || is_part_of_name(c, i) ||
		terms_in_capitals(c, i, i) || quotation_holds(c, i))
		return STATUS_OK;
	finding f = { .text = check_span(c, i, i),
		.fix = FIX_REVIEW,
		.message = check_message(c, "“%.*s” is written out: “%.*s”",
			"«\u00A0%.*s\u00A0» s’écrit en toutes lettres\u00A0: "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(letters), SLICE_ARG(x->full)),
		.suggestions = &x->full,
		.suggestion_count = 1 };
	return check_report(c, r, f);
}

const rule rule_acronym_whole = {
	.id = "acronym/whole",
	.ordered = true,
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source =
		"EN-ABB-04, EN-ABB-05 (Correspondence manual; A), EN-ABB-08, FR-ABR-10 (UNTERM "
		"country names, UNDRR editorial manual; A, B)",
	.summary_en = "a name that is never abbreviated",
	.summary_fr = "un nom qui ne s’abrège pas",
	.explanation_en = "In its own documents the United Nations is written out in English, "
			  "and so are its "
			  "principal organs and the names of States. Names that hold the "
			  "letters (UN News), "
			  "brackets, tables and quotations are left alone.",
	.explanation_fr =
		"Dans les documents de l’Organisation, les noms d’État ne s’abrègent "
		"pas\u00A0; en "
		"anglais, il en va de même de l’Organisation et de ses organes principaux. Les "
		"noms "
		"propres qui contiennent ces lettres, les parenthèses, les tableaux et les "
		"citations "
		"ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "All entities of the UN system took part.",
			"All entities of the United Nations system took part." },
		{ LANGUAGE_EN, "He briefed the SC on the matter.",
			"He briefed the Security Council on the matter." },
		{ LANGUAGE_FR, "Le Gouvernement de la RDC a répondu.",
			"Le Gouvernement de la République démocratique du Congo a répondu." },
		{ LANGUAGE_EN, NULL, "UN News, UN-Women and “the UN we want” are names." }),
	.token = look,
};
