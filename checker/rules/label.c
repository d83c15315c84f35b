#include "checker/rules/label.h"

static const char *const numbering[] = { "alinéa", "alinéas", "al", "point", "points", "lettre",
	"lettres", "annexe", "annexes", "groupe", "groupes", "figure", "tableau", "plan",
	"section", "sections", "partie", "parties", "article", "paragraphe", "paragraphes",
	"par", "vitamine", "vitamines", "catégorie", "catégories", "classe", "type", "zone",
	"variable", "variables", "nombre", "nombres", "colonne", "ligne", "letter", "letters",
	"annex", "annexes", "group", "groups", "table", "paragraph", "paragraphs",
	"subparagraph", "subparagraphs", "vitamin", "vitamins", "category", "column", "row",
	"item", "items", NULL };

bool
label_is_announced(const check *c, size_t i)
{
	return i > 0 && check_word_is(c, i - 1, numbering);
}

static bool
is_letter(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && (t->features & FEATURE_SINGLE) != 0;
}

bool
label_names(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "à", "and", "or", "to", NULL };

	if (!is_letter(c, i))
		return false;
	if (label_is_announced(c, i))
		return true;
	return i > 2 && check_word_is(c, i - 1, links) && is_letter(c, i - 2) &&
	       label_is_announced(c, i - 2);
}
