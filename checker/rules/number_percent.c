/* Per cent: “12 per cent” in English prose, “%” in tables; « pour cent » or « % » in French,
 * never « pourcent », « percent » or « p. 100 ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define SENTENCE_LEAST 6 /* tokens of a paragraph that is one */

static const char *const watched[] = { "percent", "pourcent", "cent", NULL };

static const char *const small[] = { "one", "two", "three", "four", "five", "six", "seven",
	"eight", "nine", "ten", NULL };

/* The value of “five” to “ten” in small letters; 0 for any other token. A capital begins a
 * sentence, where words are right. */
static unsigned
small_number(const check *c, size_t i)
{
	slice s = check_token(c, i);

	for (unsigned k = 0; small[k] != NULL; k++)
		if (slice_is(s, small[k]))
			return k + 1;
	return 0;
}

static const char *
right_words(const check *c)
{
	return c->language == LANGUAGE_FR ? "pour cent" : "per cent";
}

/* “five percent”, “12 percent”, “five per cent”. i is percent, or per. */
static status
look_words(check *c, const rule *r, size_t i, size_t last)
{
	unsigned n = i > 0 && c->language == LANGUAGE_EN ? small_number(c, i - 1) : 0;

	if (n != 0 && !(i > 1 && (c->tokens.at[i - 2].features & FEATURE_HYPHEN) != 0))
		return number_report(c, r, i - 1, last, FIX_REVIEW,
			check_printf(c, "%u %s", n, right_words(c)));
	if (i != last)
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_SAFE, slice_of(right_words(c)));
}

/* “Some 12% of the people”: the capital is that of the sentence. */
static bool
opens_sentence(const check *c, const token *t)
{
	const token *after = &t[3];

	return (t->features & FEATURE_TITLE) != 0 &&
	       (t[-1].kind == TOKEN_EDGE || spacing_is_mark(&t[-1], '.')) &&
	       after->kind == TOKEN_WORD &&
	       (words_at(&c->words, after->word)->shape & SHAPE_LOWER) != 0;
}

/* “25% of the funds was disbursed.”: the figure begins a sentence, of a whole paragraph or
 * behind another one. */
static bool
begins_sentence(const check *c, size_t number)
{
	const token *t = &c->tokens.at[number];
	size_t count = c->tokens.count;

	if (t[-1].kind == TOKEN_EDGE)
		return c->block->kind == BLOCK_PARAGRAPH && count >= SENTENCE_LEAST &&
		       spacing_is_mark(&c->tokens.at[count - 1], '.');
	return number >= 2 && t->gap != GAP_NONE && spacing_is_mark(&t[-1], '.') &&
	       t[-1].gap == GAP_NONE && t[-2].kind == TOKEN_WORD && t[-2].length > 4 &&
	       (words_at(&c->words, t[-2].word)->shape & SHAPE_LOWER) != 0;
}

/* Lower-case prose next to the figure: no row of a table. */
static bool
in_sentence(const check *c, size_t number, size_t sign)
{
	const token *before = &c->tokens.at[number] - 1, *after = &c->tokens.at[sign] + 1;
	uint32_t capitals = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;

	bool in_words = after->kind == TOKEN_WORD && (after->features & capitals) == 0;
	if (!number_in_prose(c) || after->kind == TOKEN_NUMBER)
		return false;
	if (before->kind != TOKEN_WORD)
		return in_words && begins_sentence(c, number);
	return ((before->features & capitals) == 0 || opens_sentence(c, before)) &&
	       (in_words || (after->features & FEATURE_STOP) != 0);
}

static status
look_sign(check *c, const rule *r, size_t i)
{
	if (i < 1 || check_profile(c)->per_cent != PER_CENT_WORDS ||
		c->tokens.at[i].word != '%' || c->tokens.at[i - 1].kind != TOKEN_NUMBER ||
		!in_sentence(c, i - 1, i) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i - 1, i, FIX_SAFE,
		check_printf(c, "%.*s%s%s", SLICE_ARG(check_token(c, i - 1)), number_space(c),
			right_words(c)));
}

/* « 22 pour cent » where the house has the sign. i is cent. */
static status
look_house_sign(check *c, const rule *r, size_t i)
{
	static const char *const by[] = { "pour", NULL };
	bool none = check_profile(c)->space_before_percent == SPACE_NONE;

	if (i < 2 || check_profile(c)->per_cent != PER_CENT_SIGN ||
		!check_word_is(c, i - 1, by) || c->tokens.at[i - 2].kind != TOKEN_NUMBER ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i - 2, i, FIX_REVIEW,
		check_printf(c, "%.*s%s%%", SLICE_ARG(check_token(c, i - 2)),
			none ? "" : number_space(c)));
}

/* « 12 p. 100 »: i is p. */
static status
look_hundred(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i < 1 || t[-1].kind != TOKEN_NUMBER || !slice_is(check_token(c, i), "p") ||
		!spacing_is_mark(&t[1], '.') || t[1].gap != GAP_NONE ||
		t[2].kind != TOKEN_NUMBER || !slice_is(check_token(c, i + 2), "100"))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_SAFE, SLICE("pour cent"));
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_MARK)
		return look_sign(c, r, i);
	slice w = check_lower(c, i);
	if (slice_is(w, "percent") || slice_is(w, "pourcent"))
		return quotation_holds(c, i) ? STATUS_OK : look_words(c, r, i, i);
	if (c->language == LANGUAGE_FR && slice_is(w, "cent"))
		return look_house_sign(c, r, i);
	if (c->language == LANGUAGE_EN && i > 1 && slice_is(w, "cent") &&
		slice_is(check_token(c, i - 1), "per") && !quotation_holds(c, i))
		return look_words(c, r, i - 1, i);
	return STATUS_OK;
}

static const char *const per[] = { "p", NULL };

static const rule of_hundred = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = per,
	.after = FEATURE_STOP,
	.token = look_hundred };

const rule rule_number_percent = {
	.id = "number/percent",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_RATE | (uint32_t)FEATURE_WATCHED,
	.also = &of_hundred,
	.watch = watched,
	.source = "EN-NUM-03: Editorial Manual, Numbers, dates and time (A); FR-NUM-06: "
		  "A/RES/70/1 in French (A)",
	.summary_en = "a percentage that is not written in the house’s way",
	.summary_fr = "pourcentage qui n’est pas écrit selon l’usage",
	.explanation_en =
		"English prose has figures and “per cent”, in two words: 5 per cent; the "
		"sign % is for tables. French has «\u00A0pour cent\u00A0», or «\u00A0%\u00A0» "
		"in reports and "
		"tables, never «\u00A0pourcent\u00A0», «\u00A0percent\u00A0» or «\u00A0p. "
		"100\u00A0». A number at the "
		"beginning of a sentence stays in words.",
	.explanation_fr = "En anglais, le texte courant porte des chiffres suivis de "
			  "«\u00A0per cent\u00A0», en "
			  "deux mots\u00A0: 5 per cent\u00A0; le signe % est réservé aux "
			  "tableaux. En français, "
			  "on écrit «\u00A0pour cent\u00A0», ou «\u00A0%\u00A0» dans les "
			  "rapports et tableaux, jamais en "
			  "un mot ni «\u00A0p. 100\u00A0». Un nombre qui commence une phrase "
			  "reste en lettres.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "The budget rose by five percent in 2018.",
					  "The budget rose by 5 per cent in 2018." },
		{ LANGUAGE_EN, "The budget rose by 12 percent in 2018.",
			"The budget rose by 12 per cent in 2018." },
		{ LANGUAGE_EN, "The budget rose by 12% in the year 2018.",
			"The budget rose by 12 per cent in the year 2018." },
		{ LANGUAGE_EN, "Some 12% of the posts are vacant.",
			"Some 12 per cent of the posts are vacant." },
		{ LANGUAGE_EN, "The budget rose by five per cent in 2018.",
			"The budget rose by 5 per cent in 2018." },
		{ LANGUAGE_FR, "Le budget a augmenté de 7 pourcent en 2018.",
			"Le budget a augmenté de 7 pour cent en 2018." },
		{ LANGUAGE_FR, "Le budget a augmenté de 7 p. 100 en 2018.",
			"Le budget a augmenté de 7 pour cent en 2018." },
		{ LANGUAGE_EN, NULL,
			"Five per cent of the posts, 7 per cent and the cent; rate 5% 6% 7%." },
		{ LANGUAGE_FR, NULL, "Le budget a augmenté de 7 % ; voir p. 100 du rapport." }),
	.token = look,
};
