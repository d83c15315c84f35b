/* “organs, organizations, and bodies”: no comma before the last “and” of a simple series.
 *
 * A comma there is right where it closes a phrase or begins a clause, so a series is only what
 * is nothing else: three items or more of one or two words in small letters, none of them a
 * word of grammar, and a mark or the end behind the last one. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"
#include "text/language.h"

#define ITEM_MOST 2 /* words */

static const char *const watched[] = { "and", "or", NULL };

/* Words that no item of a simple series has. */
static const char *const grammar[] = { "the", "a", "an", "of", "to", "in", "for", "on", "by",
	"with", "at", "from", "as", "that", "which", "who", "whom", "whose", "if", "when",
	"where", "while", "but", "not", "no", "nor", "and", "or", "is", "are", "was", "were",
	"be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would",
	"shall", "should", "may", "might", "can", "could", "must", "it", "its", "they", "them",
	"their", "he", "she", "his", "her", "we", "our", "us", "you", "your", "i", "my", "this",
	"these", "those", "there", "then", "thus", "also", "however", "therefore", "including",
	"inter", "alia", "so", "such", "than", "etc", "all", "any", "each", "every", "some",
	"both", "only", "particularly", "especially", "respectively", "together", "where",
	"whether", "indeed", "consequently", "accordingly", "moreover", "further", "finally",
	"today", "now", "here", "too", "again", "yet", "still", "already", "first", "second",
	"third", "later", "earlier", "notably", "namely", "since", "until", "because",
	"although", "though", "unless", "upon", "under", "over", "between", "among", "through",
	"during", "before", "after", "against", "within", "without", "into", "per", "via",
	NULL };

static bool
is_item_word(const check *c, size_t i)
{
	return (wording_shape(c, i) & SHAPE_LOWER) != 0 && !check_word_is(c, i, grammar);
}

/* The comma before the item that ends at token last; 0 when it is none. */
static size_t
comma_before(const check *c, size_t last)
{
	size_t n = 0;

	while (n < ITEM_MOST && last > n && is_item_word(c, last - n))
		n++;
	return n > 0 && last > n && number_is_mark(c, last - n, ',') ? last - n : 0;
}

static bool
ends_series(const check *c, size_t i)
{
	for (size_t n = 1; n <= ITEM_MOST; n++) {
		if (!is_item_word(c, i + n))
			return false;
		const token *next = &c->tokens.at[i + n + 1];
		if (next->kind == TOKEN_EDGE || (next->features & FEATURE_STOP) != 0 ||
			number_is_mark(c, i + n + 1, ')'))
			return !number_is_mark(c, i + n + 1, ',');
	}
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	if (check_profile(c)->serial_comma != SERIAL_COMMA_NONE || i < 5 ||
		!number_is_mark(c, i - 1, ',') || !ends_series(c, i))
		return STATUS_OK;
	size_t second = comma_before(c, i - 2);
	if (second < 1 || !is_item_word(c, second - 1) || wording_is_quoted(c, i - 1, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i - 2, i),
		check_printf(c, "%.*s %.*s", SLICE_ARG(check_token(c, i - 2)),
			SLICE_ARG(check_token(c, i))),
		r->fix);
}

const rule rule_punctuation_series = {
	.id = "punctuation/series",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.before = FEATURE_STOP,
	.watch = watched,
	.source = "EN-PUN-01: United Nations Editorial Manual, Punctuation (A)",
	.summary_en = "a comma before the last “and” of a simple series",
	.summary_fr =
		"une virgule devant le dernier «\u00A0and\u00A0» d’une énumération simple",
	.explanation_en =
		"The last two items of a simple series have no comma between them: organs, "
		"organizations and bodies. Items of three words or more, clauses, names and "
		"quotations are left alone, and so is the series of verbs of a resolution "
		"(profile un-en-resolution).",
	.explanation_fr =
		"En anglais de l’ONU, pas de virgule entre les deux derniers termes d’une "
		"énumération simple\u00A0: organs, organizations and bodies. Les termes de "
		"trois "
		"mots "
		"ou plus, les propositions, les noms propres et les citations ne sont pas "
		"relevés, ni la série de verbes d’une résolution (profil un-en-resolution).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "It covers all organs, organizations, and bodies.",
			"It covers all organs, organizations and bodies." },
		{ LANGUAGE_EN, NULL,
			"It covers organs, organizations and bodies; the text, if needed, and "
			"the notes, however, and others, are ready." },
		{ LANGUAGE_EN, NULL, "It covers organs, organizations, and bodies.",
			"un-en-resolution" }),
	.token = look,
};
