/* The same word twice in a row: what a cut and a paste leave behind, most often across the end
 * of a line.
 *
 * Languages do repeat words, so three kinds of pairs pass: those that grammar makes (« nous
 * nous », "had had"), listed below; names, numbers and words that no dictionary knows (Boutros
 * Boutros-Ghali, Baden Baden, Latin names of species); and columns of a table, which the width
 * of the gap betrays. The list was made by reading every pair in 6 MB of French law, 5 MB of
 * English law, 2.6 MB of treaties and the United Nations texts. */
#include "checker/rule.h"

#include <string.h>

#define CLAUSE_MOST 10 /* tokens from its subject to its end */

/* « ceux qui y sont sont tenus », « ce qui en est est clair »: a clause that ends with a verb
 * before the verb of the main one. */
static const char *const french[] = { "nous", "vous", "si", "non", "oui", "très", "bien",
	"faire", "fait", "en", "est", "sont", "a", "ont", "était", "étaient", "sera", "seront",
	"soit", "soient", "doit", "doivent", "peut", "peuvent", "plus", "moins", "tout", "etc",
	"point", "pas", "bis", "ter", "un", "une", "jamais", "encore", "tant", "chut", "bon",
	"ensemble", "dite", "dit", "sic", "i", "v", "x", "c", "y", "être", "avoir", "loin",
	"vite", "peu", "presque", "là", "comme", "mieux", "guère", NULL };
static const char *const english[] = { "had", "that", "is", "was", "are", "were", "has", "have",
	"do", "does", "did", "been", "in", "on", "so", "very", "no", "yes", "her", "you", "it",
	"him", "them", "there", "more", "can", "will", "may", "must", "what", "who", "one",
	"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred",
	"zero", "etc", "sic", "bis", "ter", "i", "v", "x", "c", "much", "many", "again", "off",
	"up", "out", "over", "well", "now", "all", "this", "side", "point", "through", "ha",
	"long", NULL };

static bool
listed(const check *c, slice lower)
{
	return slice_is_one_of(lower, c->language == LANGUAGE_FR ? french : english);
}

/* Words between which nothing but one space, or the end of a line, stands. */
static bool
next_to_each_other(const check *c, size_t i)
{
	const token *t = c->tokens.at;
	slice gap = slice_sub(c->document->text, t[i - 1].start + t[i - 1].length, t[i].start);

	if (memchr(gap.p, '\t', gap.n) != NULL)
		return false;
	return gap.n <= 3 || memchr(gap.p, '\n', gap.n) != NULL;
}

static bool
opens_sentence(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	return before->kind == TOKEN_EDGE ||
	       (before->features & (FEATURE_STOP | FEATURE_QUOTE)) != 0;
}

/* Le Le, The the: capitals belong to names, except on the first word of a sentence. */
static bool
case_allows(const check *c, size_t i)
{
	const word *first = words_at(&c->words, c->tokens.at[i - 1].word);
	const word *second = words_at(&c->words, c->tokens.at[i].word);

	if ((second->shape & SHAPE_LOWER) == 0)
		return false;
	if ((first->shape & SHAPE_LOWER) != 0)
		return true;
	return (first->shape & SHAPE_TITLE) != 0 && second->points <= 4 &&
	       opens_sentence(c, i - 1);
}

static bool
three_in_a_row(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	return (t[i - 1].features & FEATURE_REPEATED) != 0 ||
	       (t[i + 1].features & FEATURE_REPEATED) != 0;
}

/* “informal informal”: a quoted pair is meant. */
static bool
is_quoted(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return (t[-2].features & FEATURE_QUOTE) != 0 && (t[1].features & FEATURE_QUOTE) != 0;
}

/* “actual planned planned” in extracted text: words of the heads of columns. The whole
 * paragraph is few words without a mark, and the pair ends it. */
static bool
ends_heads_of_columns(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	return t[i + 1].kind == TOKEN_EDGE && i + 1 <= 4 && t[0].kind == TOKEN_WORD &&
	       (words_at(&c->words, t[0].word)->shape & SHAPE_LOWER) != 0;
}

/* One of the words stands in the clause that ends before token i. */
static bool
clause_has(const check *c, size_t i, const char *const *list)
{
	for (size_t k = i - 1; k-- > 0 && i - k <= CLAUSE_MOST;) {
		if (c->tokens.at[k].kind == TOKEN_MARK)
			return false;
		if (check_word_is(c, k, list))
			return true;
	}
	return false;
}

/* “What did you ask for for your birthday?”, “the man they looked for for years”: a clause that
 * ends with its preposition before a phrase that begins with one. */
static bool
ends_clause(const check *c, size_t i)
{
	static const char *const stranded[] = { "for", "to", "with", "at", "from", "about",
		"by", NULL };
	static const char *const asking[] = { "what", "who", "whom", "which", "whose", "where",
		NULL };
	static const char *const subjects[] = { "i", "we", "they", "you", "he", "she", "it",
		NULL };
	static const char *const times[] = { "years", "months", "weeks", "days", "hours",
		"decades", "centuries", "so", "almost", "nearly", "over", "many", "several",
		"two", "three", NULL };

	if (c->language != LANGUAGE_EN || i < 3 || !check_word_is(c, i, stranded))
		return false;
	return clause_has(c, i, asking) ||
	       (check_word_is(c, i + 1, times) && clause_has(c, i, subjects));
}

static bool
is_repetition(check *c, size_t i)
{
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	const word_reading *r = &w->in[c->language - LANGUAGE_FR];

	if ((r->features & (FEATURE_UNKNOWN | FEATURE_ODD)) != 0 ||
		(r->grammar & POS_NUMERAL) != 0)
		return false;
	/* à à, a a; the other letters stand for something, and so does a first “a a” (a list)
	 */
	if (w->points == 1 && !slice_equal(w->text, SLICE("à")) &&
		(!slice_equal(w->text, SLICE("a")) || i == 1))
		return false;
	if (is_quoted(c, i) || ends_heads_of_columns(c, i))
		return false;
	return case_allows(c, i) && next_to_each_other(c, i) && !three_in_a_row(c, i) &&
	       !listed(c, w->text) && !ends_clause(c, i);
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->block->kind == BLOCK_CELL || c->block->kind == BLOCK_SIGNATURE)
		return STATUS_OK;
	if (!is_repetition(c, i))
		return STATUS_OK;
	slice once = check_token(c, i - 1);
	finding f = { .text = check_span(c, i - 1, i),
		.fix = r->fix,
		.suggestions = &once,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” is repeated",
			"«\u00A0%.*s\u00A0» est répété", SLICE_ARG(once)) };
	return check_report(c, r, f);
}

const rule rule_grammar_repeated_word = {
	.id = "grammar/repeated-word",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_REPEATED,
	.source = "FR-TRT-09: pages of UNOWAS in French; general usage of both languages (A)",
	.summary_en = "the same word twice in a row",
	.summary_fr = "le même mot deux fois de suite",
	.explanation_en =
		"A word typed or pasted twice is easy to overlook, above all where a line ends "
		"between the two. Pairs that the language makes itself (“had had”, “that "
		"that”), "
		"names, numbers, unknown words and the cells of tables are left alone, and so "
		"are two words with a mark between them.",
	.explanation_fr =
		"Un mot tapé ou collé deux fois échappe facilement à l’œil, surtout quand une "
		"ligne finit entre les deux. Les couples que la langue forme elle-même "
		"(«\u00A0nous "
		"nous\u00A0», «\u00A0si si\u00A0», «\u00A0faire faire\u00A0»), les noms "
		"propres, les nombres, les mots "
		"inconnus et les cases de tableaux ne sont pas signalés, ni deux mots que "
		"sépare un signe.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "le rapport du du Secrétaire général",
					  "le rapport du Secrétaire général" },
		{ LANGUAGE_FR, "Le le Comité se réunit à huis clos.",
			"Le Comité se réunit à huis clos." },
		{ LANGUAGE_FR, "la mise en œuvre de de la résolution",
			"la mise en œuvre de la résolution" },
		{ LANGUAGE_FR, NULL, "Nous nous félicitons de ces progrès." },
		{ LANGUAGE_FR, NULL, "Boutros Boutros-Ghali" },
		{ LANGUAGE_EN, "adopted by the the Council", "adopted by the Council" },
		{ LANGUAGE_EN, "The Council called for for restraint.",
			"The Council called for restraint." },
		{ LANGUAGE_EN, NULL,
			"What did you ask for for your birthday? The man they looked for for "
			"years." },
		{ LANGUAGE_EN, NULL, "The Council had had before it that report." }),
	.token = look,
};
