/* « deux cents États », « deux cent un États », « quatre-vingts », « trois mille »: which
 * number words of French take an s. Cent and quatre-vingt take one when multiplied and last,
 * but none in what is counted off (« la page deux cent, les années quatre-vingt »); mille
 * never, unless it is the mile. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static const char *const units[] = { "un", "une", "deux", "trois", "quatre", "cinq", "six",
	"sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
	"vingt", "trente", "quarante", "cinquante", "soixante", "mille", "quatre-vingt",
	"quatre-vingts", NULL };
static const char *const miles[] = { "marins", "marin", "nautiques", "carrés", "anglais",
	"extérieurs", "extérieur", "romains", "terrestres", NULL };
static const char *const watched[] = { "cent", "cents", "milles", "quatre-vingt",
	"quatre-vingts", "vingts", NULL };

/* A number word, or a compound that begins with one: vingt-deux. */
static bool
is_number_word(const check *c, size_t i)
{
	slice head, tail;

	slice_cut(check_lower(c, i), '-', &head, &tail);
	return head.n != 0 && slice_is_one_of(head, units);
}

/* « les années quatre-vingt, mil neuf cent quatre-vingt, la page deux cent »: the eightieth,
 * and so on. */
static bool
is_place_in_series(const check *c, size_t i)
{
	static const char *const labels[] = { "année", "années", "an", "mil", "page", "pages",
		"chapitre", "article", "paragraphe", "numéro", "no", NULL };

	while (i > 0 && (is_number_word(c, i - 1) || check_word_is(c, i - 1, watched)))
		i--;
	return i > 0 && check_word_is(c, i - 1, labels);
}

/* « Ils étaient deux cents un soir »: an article, where no plural follows. */
static bool
is_article(const check *c, size_t i)
{
	static const char *const articles[] = { "un", "une", NULL };
	slice next = check_lower(c, i + 1);

	return check_word_is(c, i, articles) && !slice_ends(next, SLICE("s")) &&
	       !slice_ends(next, SLICE("x"));
}

/* « les deux cent cinquantièmes »: the number goes on. */
static bool
is_ordinal(const check *c, size_t i)
{
	slice s = check_lower(c, i);

	return slice_ends(s, SLICE("ième")) || slice_ends(s, SLICE("ièmes"));
}

static status
report(check *c, const rule *r, size_t i, const char *right)
{
	if (quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, slice_of(right));
}

/* « vingts personnes », « cents mots »: alone they are never many. Cents are coins, too, and
 * « des mille et des cents » is a phrase; the Quinze-Vingts are a house. */
static status
look_alone(check *c, const rule *r, size_t i)
{
	static const char *const plurals[] = { "les", "des", "ces", "ses", "leurs", "nos",
		"vos", "mes", "quelques", "plusieurs", "de", "d’", "en", "deux", "et", "ou",
		NULL };
	static const char *const coins[] = { "par", "de", "américains", "canadiens",
		"australiens", "d’", NULL };
	slice s = check_lower(c, i);
	bool many = i > 0 && (is_number_word(c, i - 1) || check_word_is(c, i - 1, watched) ||
				     c->tokens.at[i - 1].kind == TOKEN_NUMBER ||
				     check_word_is(c, i - 1, plurals));

	if (many || (i > 0 && c->tokens.at[i].gap == GAP_NONE) ||
		(words_at(&c->words, c->tokens.at[i].word)->shape & SHAPE_UPPER) != 0)
		return STATUS_OK;
	if (slice_is(s, "cents") &&
		(!number_counts_noun(c, i) || check_word_is(c, i + 1, coins)))
		return STATUS_OK;
	return report(c, r, i, slice_is(s, "cents") ? "cent" : "vingt");
}

/* « J’en veux quatre-vingt. »: en stands for what is counted. */
static status
look_last(check *c, const rule *r, size_t i)
{
	static const char *const some[] = { "en", NULL };

	for (size_t k = i; k > 0 && i - k < 3; k--)
		if (check_word_is(c, k - 1, some) && i > k &&
			c->tokens.at[k].kind == TOKEN_WORD &&
			(words_at(&c->words, c->tokens.at[k].word)->in[0].grammar & POS_VERB) !=
				0)
			return report(c, r, i, "quatre-vingts");
	return STATUS_OK;
}

static status
look(check *c, const rule *r, size_t i)
{
	/* arrondi à un cent près; mille cent */
	static const char *const coins[] = { "un", "une", "mille", NULL };
	slice s = check_lower(c, i);
	bool cent = slice_is(s, "cent"), cents = slice_is(s, "cents");

	if (slice_is(s, "vingts"))
		return look_alone(c, r, i);
	if (slice_is(s, "quatre-vingt") &&
		((c->tokens.at[i + 1].features & FEATURE_STOP) != 0 ||
			c->tokens.at[i + 1].kind == TOKEN_EDGE))
		return look_last(c, r, i);
	if (!check_word_is(c, i, watched) || !number_is_next(c, i + 1) ||
		c->tokens.at[i + 1].kind != TOKEN_WORD)
		return STATUS_OK;
	if (slice_is(s, "milles"))
		return i > 0 && is_number_word(c, i - 1) && !check_word_is(c, i + 1, miles) &&
				       number_counts_noun(c, i)
			       ? report(c, r, i, "mille")
			       : STATUS_OK;
	if (cents && (i == 0 || !is_number_word(c, i - 1)))
		return look_alone(c, r, i);
	if ((cent || cents) &&
		(i == 0 || check_word_is(c, i - 1, coins) || !is_number_word(c, i - 1)))
		return STATUS_OK;
	bool last = !is_number_word(c, i + 1) || is_article(c, i + 1);
	if (cents || slice_is(s, "quatre-vingts"))
		return last ? STATUS_OK : report(c, r, i, cents ? "cent" : "quatre-vingt");
	if (!last || !number_counts_noun(c, i) || is_ordinal(c, i + 1) ||
		is_place_in_series(c, i))
		return STATUS_OK;
	return report(c, r, i, cent ? "cents" : "quatre-vingts");
}

const rule rule_number_agreement = {
	.id = "number/agreement",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-NUM-18: Académie française, Dictionnaire, « cent », « mille », « quatre "
		  "» (A)",
	.summary_en = "a number word with a missing or needless s",
	.summary_fr =
		"accord de «\u00A0cent\u00A0», «\u00A0vingt\u00A0» ou «\u00A0mille\u00A0»",
	.explanation_en = "«\u00A0Cent\u00A0» and «\u00A0quatre-vingt\u00A0» take an s when "
			  "they are multiplied and end "
			  "the number: deux cents États, deux cent un États, quatre-vingts. "
			  "«\u00A0Mille\u00A0» "
			  "never does, unless it is the mile.",
	.explanation_fr = "«\u00A0Cent\u00A0» et «\u00A0quatre-vingt\u00A0» prennent un s "
			  "quand ils sont multipliés et "
			  "terminent le nombre\u00A0: deux cents États, deux cent un États, "
			  "quatre-vingts. "
			  "«\u00A0Mille\u00A0» n’en prend jamais, sauf s’il s’agit de la "
			  "mesure de longueur.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il a réuni deux cent délégués à Genève.",
					  "Il a réuni deux cents délégués à Genève." },
		{ LANGUAGE_FR, "Il a réuni deux cents quatre délégués à Genève.",
			"Il a réuni deux cent quatre délégués à Genève." },
		{ LANGUAGE_FR, "Il a réuni trois milles délégués à Genève.",
			"Il a réuni trois mille délégués à Genève." },
		{ LANGUAGE_FR, "Il a réuni quatre-vingt délégués à Genève.",
			"Il a réuni quatre-vingts délégués à Genève." },
		{ LANGUAGE_FR, "Le texte compte cents mots de trop.",
			"Le texte compte cent mots de trop." },
		{ LANGUAGE_FR, "Il en a reçu vingts hier.", "Il en a reçu vingt hier." },
		{ LANGUAGE_FR, NULL,
			"Il en coûte des mille et des cents, vingt cents de moins." },
		{ LANGUAGE_FR, NULL,
			"Cent États, deux cents pays, trois milles marins, quatre-vingts ans, "
			"dix "
			"pour cent des votes et la page deux cent." },
		{ LANGUAGE_FR, NULL,
			"Dans les années quatre-vingt plusieurs États ont versé les deux cent "
			"cinquantièmes parts. Ils étaient deux cents un soir d’hiver." },
		{ LANGUAGE_FR, "Il a réuni deux cents un États à Genève.",
			"Il a réuni deux cent un États à Genève." }),
	.token = look,
};
