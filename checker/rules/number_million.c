/* Round millions in full: “1,500,000 refugees” for “1.5 million refugees”. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define MILLION 1000000u

/* 1,500,000 as a number; 0 for anything else. */
static uint32_t
grouped(slice s)
{
	uint32_t value = 0;
	size_t commas = 0;

	for (size_t k = 0; k < s.n && s.n <= 11; k++) {
		if (s.p[k] == ',')
			commas++;
		else if (s.p[k] < '0' || s.p[k] > '9')
			return 0;
		else
			value = 10 * value + (uint32_t)(s.p[k] - '0');
	}
	return commas == 2 ? value : 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t others = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;
	uint32_t n = t->length >= 9 && t->length <= 11 ? grouped(check_token(c, i)) : 0;

	if (n < MILLION || n % (MILLION / 10) != 0 || !number_in_prose(c) || i == 0 ||
		t[-1].kind == TOKEN_NUMBER || (t[-1].features & FEATURE_RATE) != 0 ||
		t[1].kind != TOKEN_WORD || (t[1].features & others) != 0 ||
		quotation_holds(c, i))
		return STATUS_OK;
	uint32_t tenth = n % MILLION / (MILLION / 10);
	slice right = tenth == 0 ? check_printf(c, "%u million", n / MILLION)
				 : check_printf(c, "%u.%u million", n / MILLION, tenth);
	return number_report(c, r, i, i, FIX_REVIEW, right);
}

const rule rule_number_million = {
	.id = "number/million",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_WORD,
	.source = "EN-NUM-05: Editorial Manual, Numbers, dates and time; digest by UNDRR (A)",
	.summary_en = "round millions written in full",
	.summary_fr = "millions ronds écrits avec tous leurs zéros",
	.explanation_en =
		"A round number of millions is a figure and the word: 1.5 million. Sums of "
		"money and exact numbers keep their figures.",
	.explanation_fr =
		"En anglais, un nombre rond de millions s’écrit en chiffres suivis du "
		"mot\u00A0: «\u00A0"
		"1.5 million\u00A0». Les sommes d’argent et les nombres exacts gardent leurs "
		"chiffres.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "It shelters 1,500,000 refugees in the region.",
			"It shelters 1.5 million refugees in the region." },
		{ LANGUAGE_EN, NULL,
			"It shelters 1,523,417 refugees at $2,000,000 a year; a capacity "
			"exceeding 1,000,000 l is rare." }),
	.token = look,
};
