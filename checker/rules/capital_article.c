/* « l’Article 51 de la Charte » but « l’article 5 de la Convention »: subdivisions of
 * instruments have no capital, save those of the Charter of the United Nations and of the
 * Statute of the International Court of Justice.
 *
 * The chapters of the Charter have one in English and in texts of the Council, so that French
 * ones without are information; those of other instruments are left alone.
 *
 * Only where the name of the instrument follows the numbers at once. A capital at the beginning
 * of a sentence proves nothing. */
#include "checker/rules/wording.h"

#define REACH 16 /* tokens between the word and the instrument */

static const char *const watched[] = { "article", "articles", "chapitre", "chapitres",
	"chapter", "chapters", NULL };
static const char *const chapters[] = { "chapitre", "chapitres", "chapter", "chapters", NULL };
static const char *const of[] = { "de", "du", "of", NULL };
#define OF_LENGTH 2 /* bytes, all of them */
static const char *const between[] = { "et", "ou", "à", "and", "or", "to", "bis", "ter",
	"premier", "par", "al", "para", "paras", "paragraph", "paragraphe", "alinéa", NULL };
static const char *const fillers[] = { "la", "l’", "le", "présente", "présent", "the",
	"present", NULL };
static const char *const statutes[] = { "statut", "statute", NULL };
static const char *const charters[] = { "charte", "charter", NULL };
static const char *const others[] = { "convention", "pacte", "traité", "protocole", "accord",
	"covenant", "treaty", "protocol", "agreement", NULL };
/* « Charte africaine », “Charter of the Organization of American States”. */
static const char *const own[] = { "unies", "united", NULL };

/* VII: of the numbers of chapters, which are roman, the letters. */
static bool
is_roman(slice s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == 'I' || s.p[n] == 'V' || s.p[n] == 'X'))
		n++;
	return n == s.n && n != 0;
}

/* The preposition behind the numbers; 0 when something else stands there. */
static size_t
find_of(const check *c, size_t i, bool chapter)
{
	size_t end = i + REACH < c->tokens.count ? i + REACH : c->tokens.count;
	bool number = false;

	for (size_t k = i + 1; k < end; k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE ||
			(chapter && is_roman(check_token(c, k))))
			number = true;
		else if (t->kind == TOKEN_WORD && t->length == OF_LENGTH &&
			 check_word_is(c, k, of))
			return number ? k : 0;
		else if (t->kind == TOKEN_WORD && t->length > 4 &&
			 !check_word_is(c, k, between))
			return 0;
		else if (t->kind == TOKEN_MARK &&
			 (t->features & (FEATURE_BRACKET | FEATURE_STOP | FEATURE_DASH)) == 0)
			return 0;
		else if (t->kind != TOKEN_WORD && t->kind != TOKEN_MARK)
			return 0;
	}
	return 0;
}

/* Does token i + 1 begin a qualification that makes another charter of it? */
static bool
is_other_charter(const check *c, size_t i)
{
	if (c->tokens.at[i + 1].kind != TOKEN_WORD && c->tokens.at[i + 1].kind != TOKEN_ELISION)
		return false;
	if (check_word_is(c, i + 3, own) || check_word_is(c, i + 2, own))
		return false;
	static const char *const goes_on[] = { "et", "ou", "qui", "que", "est", "a", "sont",
		"par", "pour", "dans", "and", "or", "which", "that", "is", "by", "on", "in",
		"shall", NULL };
	return !check_word_is(c, i + 1, goes_on);
}

enum asks { ASKS_NOTHING, ASKS_CAPITAL, ASKS_SMALL };

static enum asks
instrument_asks(const check *c, size_t i, bool chapter)
{
	while (check_word_is(c, i, fillers))
		i++;
	if ((wording_shape(c, i) & SHAPE_TITLE) == 0)
		return ASKS_NOTHING;
	if (check_word_is(c, i, charters))
		return is_other_charter(c, i) ? ASKS_NOTHING : ASKS_CAPITAL;
	if (chapter)
		return ASKS_NOTHING;
	if (check_word_is(c, i, statutes)) {
		static const char *const court[] = { "cour", "court", "internationale",
			"international", NULL };
		return check_word_is(c, i + 3, court) && check_word_is(c, i + 4, court)
			       ? ASKS_CAPITAL
			       : ASKS_NOTHING;
	}
	return check_word_is(c, i, others) ? ASKS_SMALL : ASKS_NOTHING;
}

/* None for an article that wants a capital: the summary says it. */
static slice
message_for(check *c, bool chapter, bool capital)
{
	if (chapter)
		return check_message(c, "a Chapter of the Charter has a capital",
			"un Chapitre de la Charte a une majuscule");
	return capital ? check_message(c, "only articles of the Charter have a capital",
				 "seuls les Articles de la Charte ont une majuscule")
		       : (slice){ 0 };
}

static status
look(check *c, const rule *r, size_t i)
{
	uint16_t shape = wording_shape(c, i);
	bool chapter = check_word_is(c, i, chapters);
	size_t preposition;

	if ((shape & (SHAPE_LOWER | SHAPE_TITLE)) == 0 || c->block->kind == BLOCK_HEADING ||
		(preposition = find_of(c, i, chapter)) == 0)
		return STATUS_OK;
	enum asks asks = instrument_asks(c, preposition + 1, chapter);
	bool capital = (shape & SHAPE_TITLE) != 0;
	if (asks == ASKS_NOTHING || capital == (asks == ASKS_CAPITAL) ||
		(capital && !wording_inside_sentence(c, i)) ||
		(chapter ? quotation_holds(c, i) : wording_is_quoted(c, i, i)))
		return STATUS_OK; /* VI is no French word */
	slice found = check_token(c, i);
	slice right = capital ? wording_small(c, found) : wording_capital(c, found);
	finding f = { .text = check_span(c, i, i),
		.fix = r->fix,
		.severity = capital || (chapter && c->language == LANGUAGE_FR)
				    ? SEVERITY_INFO
				    : SEVERITY_DEFAULT,
		.suggestions = &right,
		.suggestion_count = right.p != NULL,
		.message = message_for(c, chapter, capital) };
	return check_report(c, r, f);
}

const rule rule_capital_article = {
	.id = "capital/article",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-MAJ-10 (A): « Emploi de la majuscule »; EN-CAP-09 (A): UN Editorial "
		  "Manual, "
		  "Capitalization",
	.summary_en = "an Article of the Charter has a capital",
	.summary_fr = "un Article de la Charte a une majuscule",
	.explanation_en =
		"Articles of the Charter of the United Nations and of the Statute of the "
		"International Court of Justice have a capital; those of all other "
		"instruments have none, which is an information only. Chapters of the "
		"Charter have one in English and, as information, in French texts of the "
		"Security Council.",
	.explanation_fr =
		"Les Articles de la Charte des Nations Unies et du Statut de la Cour "
		"internationale "
		"de Justice prennent la majuscule\u00A0; ceux des autres instruments ne "
		"la prennent pas, "
		"ce qui n’est relevé qu’à titre d’information. Les chapitres de la Charte "
		"la prennent aussi dans les textes du Conseil de sécurité (pour information).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Conformément à l’article 51 de la Charte, il a agi.",
			"Conformément à l’Article 51 de la Charte, il a agi." },
		{ LANGUAGE_FR,
			"Il invoque l’article 2, paragraphe 4, de la Charte des Nations Unies.",
			"Il invoque l’Article 2, paragraphe 4, de la Charte des Nations "
			"Unies." },
		{ LANGUAGE_FR, "Il invoque l’Article 5 de la Convention.",
			"Il invoque l’article 5 de la Convention." },
		{ LANGUAGE_FR, NULL,
			"Il invoque l’article 5 de la Charte africaine des droits de l’homme "
			"et "
			"l’Article 41 de la Charte." },
		{ LANGUAGE_EN, "It acted under article 51 of the Charter.",
			"It acted under Article 51 of the Charter." },
		{ LANGUAGE_EN, "It acted under chapter VII of the Charter.",
			"It acted under Chapter VII of the Charter." },
		{ LANGUAGE_FR, "Il agit en vertu du chapitre VII de la Charte.",
			"Il agit en vertu du Chapitre VII de la Charte." },
		{ LANGUAGE_EN, NULL,
			"Article 5 of the Convention and article 7 of the Charter of the "
			"Organization of American States." },
		{ LANGUAGE_EN, NULL,
			"See chapter II of the Statute of the International Court of "
			"Justice." }),
	.token = look,
};
