/* Sums of money: “$150 million” in English; « 150 millions de dollars » in French prose. Signs
 * with a country ($US, A$) say which dollar and are left alone. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static const struct currency {
	uint32_t sign;
	const char *code, *one, *many;
} currencies[] = { { '$', "USD", "dollar", "dollars" }, { 0x20AC, "EUR", "euro", "euros" },
	{ 0xA3, "GBP", "livre sterling", "livres sterling" } };

static const struct currency *
find_sign(const token *t)
{
	for (size_t k = 0; t->kind == TOKEN_MARK && k < 3; k++)
		if (t->word == currencies[k].sign)
			return &currencies[k];
	return NULL;
}

static const struct currency *
find_code(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	for (size_t k = 0; t->kind == TOKEN_WORD && t->length == 3 && k < 3; k++)
		if (slice_is(check_token(c, i), currencies[k].code))
			return &currencies[k];
	return NULL;
}

static bool
is_scale(const check *c, size_t i)
{
	static const char *const french[] = { "million", "millions", "milliard", "milliards",
		NULL };
	static const char *const english[] = { "million", "billion", "trillion", NULL };

	return spacing_word_in(
		c, &c->tokens.at[i], c->language == LANGUAGE_FR ? french : english);
}

/* Letters that touch the sign: $US, US$. */
static bool
has_country(const check *c, size_t sign)
{
	const token *t = &c->tokens.at[sign];

	return (t->gap == GAP_NONE && (t[-1].kind == TOKEN_WORD || t[-1].kind == TOKEN_CODE)) ||
	       (t[1].gap == GAP_NONE && t[1].kind == TOKEN_WORD) ||
	       (t[-1].features & FEATURE_CAPITALS) != 0 ||
	       (t[1].features & FEATURE_CAPITALS) != 0;
}

/* Prose: a word in small letters on either side. Rows of tables have none. */
static bool
in_sentence(const check *c, size_t first, size_t last)
{
	const token *before = &c->tokens.at[first] - 1, *after = &c->tokens.at[last] + 1;
	uint32_t capitals = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE;

	return number_in_prose(c) &&
	       (before->kind == TOKEN_WORD || before->kind == TOKEN_ELISION) &&
	       (before->features & capitals) == 0 &&
	       (after->kind == TOKEN_WORD || (after->features & FEATURE_STOP) != 0) &&
	       (after->features & capitals) == 0;
}

/* « 100 milliards de dollars », « 1,25 dollar » */
static slice
french_amount(check *c, size_t number, bool scaled, const struct currency *money)
{
	slice n = check_token(c, number);
	bool one = n.p[0] < '2' && (n.n == 1 || n.p[1] == ',') && !scaled;
	const char *name = one ? money->one : money->many, *space = number_space(c);

	if (scaled)
		return check_printf(c, "%.*s%s%.*s de %s", SLICE_ARG(n), space,
			SLICE_ARG(check_token(c, number + 1)), name);
	return check_printf(c, "%.*s%s%s", SLICE_ARG(n), space, name);
}

/* $100 milliards · USD 5 millions: i is the sign or the code. */
static status
french_before(check *c, const rule *r, size_t i, const struct currency *money)
{
	size_t last = i + 1 + is_scale(c, i + 2);

	if (c->tokens.at[i + 1].kind != TOKEN_NUMBER || !in_sentence(c, i, last))
		return STATUS_OK;
	return number_report(
		c, r, i, last, FIX_REVIEW, french_amount(c, i + 1, last > i + 1, money));
}

/* 100 $ · 5 millions USD */
static status
french_after(check *c, const rule *r, size_t i, const struct currency *money)
{
	size_t first = i - 1;

	if (is_scale(c, first) && i > 1)
		first--;
	if (c->tokens.at[first].kind != TOKEN_NUMBER || first == 0 || !in_sentence(c, first, i))
		return STATUS_OK;
	return number_report(
		c, r, first, i, FIX_REVIEW, french_amount(c, first, first < i - 1, money));
}

static status
look_french(check *c, const rule *r, size_t i, const struct currency *money)
{
	if (check_profile(c)->currency != CURRENCY_WORDS || i == 0 || quotation_holds(c, i))
		return STATUS_OK;
	TRY(french_before(c, r, i, money));
	return french_after(c, r, i, money);
}

/* $ 150 · USD 150 million */
static status
look_english(check *c, const rule *r, size_t i, bool sign)
{
	const token *t = &c->tokens.at[i];

	if (t[1].kind != TOKEN_NUMBER || !number_is_next(c, i + 1) || i == 0 ||
		!in_sentence(c, i, i + 1 + is_scale(c, i + 2)) || quotation_holds(c, i))
		return STATUS_OK;
	if (!sign && (!slice_is(check_token(c, i), "USD") ||
			     check_profile(c)->currency != CURRENCY_SIGN_BEFORE))
		return STATUS_OK;
	slice mark = sign ? check_token(c, i) : SLICE("$");
	return number_report(c, r, i, i + 1, sign ? FIX_SAFE : FIX_REVIEW,
		check_printf(c, "%.*s%.*s", SLICE_ARG(mark), SLICE_ARG(check_token(c, i + 1))));
}

/* in constant 2015 USD: the year of the prices, not an amount */
static bool
is_price_year(const check *c, size_t number)
{
	slice s = check_token(c, number);

	return s.n == 4 && (slice_starts(s, SLICE("19")) || slice_starts(s, SLICE("20"))) &&
	       slice_is(check_token(c, number + 1), "USD");
}

/* 150 million USD · 20 USD: i is the code. */
static status
look_code_after(check *c, const rule *r, size_t i)
{
	size_t first = i - 1;

	if (i > 2 && is_scale(c, first))
		first--;
	if (first == 0 || c->tokens.at[first].kind != TOKEN_NUMBER || !number_is_next(c, i) ||
		!slice_is(check_token(c, i), "USD") ||
		check_profile(c)->currency != CURRENCY_SIGN_BEFORE ||
		find_sign(&c->tokens.at[first - 1]) != NULL || is_price_year(c, first) ||
		!in_sentence(c, first, i) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, first, i, FIX_REVIEW,
		check_printf(
			c, "$%.*s", SLICE_ARG(check_text(c, check_span(c, first, i - 1)))));
}

/* $150 million dollars: twice. */
static status
look_twice(check *c, const rule *r, size_t i)
{
	static const char *const names[] = { "dollars", "euros", "pounds", NULL };
	size_t last = i + 2 + is_scale(c, i + 2);

	if (c->tokens.at[i + 1].kind != TOKEN_NUMBER ||
		!spacing_word_in(c, &c->tokens.at[last], names) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(
		c, r, i, last, FIX_REVIEW, check_text(c, check_span(c, i, last - 1)));
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	const struct currency *money = find_sign(t);
	bool sign = money != NULL;

	if (!sign && t->kind == TOKEN_WORD)
		money = find_code(c, i);
	if (money == NULL || (sign && has_country(c, i)))
		return STATUS_OK;
	if (c->language == LANGUAGE_FR)
		return look_french(c, r, i, money);
	if (sign)
		TRY(look_twice(c, r, i));
	else if (i > 1 && c->tokens.at[i + 1].kind != TOKEN_NUMBER)
		return look_code_after(c, r, i);
	return look_english(c, r, i, sign);
}

static const char *const watched[] = { "usd", "eur", "gbp", NULL };

const rule rule_number_currency = {
	.id = "number/currency",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_RATE | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-NUM-07: A/RES/70/1 in French, target 13.a (A); EN-NUM-13: editorial "
		  "style of "
		  "UNU (B)",
	.summary_en = "a sum of money that is not written in the house’s way",
	.summary_fr = "somme d’argent qui n’est pas écrite selon l’usage",
	.explanation_en =
		"French prose names the currency after the amount (100 milliards de "
		"dollars); signs and codes are for tables. English puts the dollar sign "
		"before the figure, without a space ($150 million), and does not say "
		"“dollars” again. Signs and codes that tell one dollar from another are "
		"left alone.",
	.explanation_fr =
		"Le texte français courant nomme la monnaie après la somme (100 milliards "
		"de dollars)\u00A0; signes et codes sont pour les tableaux. L’anglais place le "
		"signe du dollar devant le chiffre, sans espace ($150 million), et ne "
		"répète pas «\u00A0dollars\u00A0». Les signes et codes qui distinguent un "
		"dollar d’un "
		"autre ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les pays verseront $100 milliards par an.",
			"Les pays verseront 100 milliards de dollars par an." },
		{ LANGUAGE_FR, "Le projet coûtera USD 5 millions en tout.",
			"Le projet coûtera 5 millions de dollars en tout." },
		{ LANGUAGE_FR, "Le repas coûte 30 € par personne.",
			"Le repas coûte 30 euros par personne." },
		{ LANGUAGE_FR, "Il s’agit de 5 millions USD pour le projet.",
			"Il s’agit de 5 millions de dollars pour le projet." },
		{ LANGUAGE_EN, "The project will cost $ 150 million in all.",
			"The project will cost $150 million in all." },
		{ LANGUAGE_EN, "The project will cost USD 150 million in all.",
			"The project will cost $150 million in all." },
		{ LANGUAGE_EN, "The project will cost 150 million USD in all.",
			"The project will cost $150 million in all." },
		{ LANGUAGE_EN, "The project will cost $150 million dollars in all.",
			"The project will cost $150 million in all." },
		{ LANGUAGE_EN, NULL,
			"It cost US$ 150 and A$ 20, or $150 million; Total USD 20." },
		{ LANGUAGE_FR, NULL, "Le coût est de 100 dollars ; Total $ 100 ; 20 $US." }),
	.token = look,
};
