/* « la 72e session de l’Assemblée générale » for « la soixante-douzième session … », and the
 * other way round « sept mille cinq cent quatre-vingt-dixième séance » for « 7590e séance ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"

#define ENDING SLICE("ième")
#define WORDS_MOST 6
#define AHEAD 4 /* tokens to « Assemblée » */

static bool
is_of_assembly(const check *c, size_t i)
{
	for (size_t k = i; k < i + AHEAD && k < c->tokens.count; k++)
		if (slice_is(check_token(c, k), "Assemblée"))
			return true;
	return false;
}

/* quatre-vingt-dixième → 90, centième → 100; 0: none. */
static uint32_t
ordinal_value(check *c, slice s)
{
	static const char *const ends[] = { "", "e" };
	slice base = slice_sub(s, 0, s.n - ENDING.n);

	if (slice_is(base, "cent") || slice_is(base, "mill"))
		return slice_is(base, "cent") ? 100 : 1000;
	if (slice_ends(base, SLICE("cinqu")))
		base.n--;
	if (slice_ends(base, SLICE("neuv")))
		base = check_printf(c, "%.*sf", (int)base.n - 1, base.p);
	for (size_t k = 0; k < 2; k++) {
		slice cardinal = check_printf(c, "%.*s%s", SLICE_ARG(base), ends[k]);
		uint32_t value = number_of_words(cardinal, LANGUAGE_FR);
		if (value != 0)
			return value;
	}
	return 0;
}

/* The words of a number that ends in an ordinal at token last: their value, and the first. */
static uint32_t
read_number(check *c, size_t last, size_t *first)
{
	static const char *const hundred[] = { "cent", "cents", NULL };
	uint32_t value = 0, part = 0;

	*first = last;
	while (*first > 0 && last - *first < WORDS_MOST &&
		(number_of_words(check_lower(c, *first - 1), LANGUAGE_FR) != 0 ||
			check_word_is(c, *first - 1, hundred) ||
			slice_is(check_lower(c, *first - 1), "mille")))
		--*first;
	for (size_t k = *first; k < last; k++) {
		slice s = check_lower(c, k);
		if (slice_is(s, "mille")) {
			value += (part == 0 ? 1 : part) * 1000;
			part = 0;
		} else if (check_word_is(c, k, hundred)) {
			part = (part == 0 ? 1 : part) * 100;
		} else {
			part += number_of_words(s, LANGUAGE_FR);
		}
	}
	uint32_t end = ordinal_value(c, check_lower(c, last));
	if (end >= 100)
		return value + (part == 0 ? 1 : part) * end;
	return end == 0 ? 0 : value + part + end;
}

/* i is « séance ». « La deuxième séance » is no number of a record. */
static status
look_meeting(check *c, const rule *r, size_t i)
{
	size_t first;

	if (i == 0 || !slice_is(check_lower(c, i), "séance") ||
		!slice_ends(check_lower(c, i - 1), ENDING))
		return STATUS_OK;
	uint32_t number = read_number(c, i - 1, &first);
	if (number < 100 || quotation_holds(c, i))
		return STATUS_OK;
	finding f = { .text = check_span(c, first, i - 1), .fix = FIX_REVIEW };
	slice right = check_printf(c, "%ue", number);
	f.message = check_message(
		c, "the number of a meeting in words", "numéro de séance en toutes lettres");
	f.suggestions = &right;
	f.suggestion_count = 1;
	return check_report(c, r, f);
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i].kind == TOKEN_WORD)
		return look_meeting(c, r, i);
	slice s = check_token(c, i);
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	uint32_t number = n <= 2 ? number_of(slice_sub(s, 0, n)) : NUMBER_NONE;
	slice end = slice_sub(s, n, s.n);
	if (number == NUMBER_NONE || number < 2 ||
		!(slice_is(end, "e") || slice_is(end, "ème")) ||
		!slice_is(check_lower(c, i + 1), "session") || !is_of_assembly(c, i + 2) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, number_ordinal_fr(c, number));
}

static const char *const watched[] = { "séance", NULL };

const rule rule_number_session = {
	.id = "number/session",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_CODE | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-NUM-16: S/RES/2255 (2015) in French and usage (B)",
	.summary_en = "the number of a session of the Assembly in figures",
	.summary_fr = "numéro d’une session de l’Assemblée en chiffres",
	.explanation_en =
		"French documents spell out the sessions of the General Assembly "
		"(soixante-douzième session); meetings stay in figures (7590e séance).",
	.explanation_fr =
		"Les sessions de l’Assemblée générale s’écrivent en toutes lettres "
		"(soixante-douzième session)\u00A0; les séances restent en chiffres (7590e "
		"séance).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Rapport sur la 72e session de l’Assemblée générale.",
			"Rapport sur la soixante-douzième session de l’Assemblée "
			"générale." },
		{ LANGUAGE_FR, "Rapport sur la 59e session de l’Assemblée générale.",
			"Rapport sur la cinquante-neuvième session de l’Assemblée générale." },
		{ LANGUAGE_FR, "Rapport sur la 71e session de l’Assemblée générale.",
			"Rapport sur la soixante et onzième session de l’Assemblée générale." },
		{ LANGUAGE_FR,
			"À sa sept mille cinq cent quatre-vingt-dixième séance, il a voté.",
			"À sa 7590e séance, il a voté." },
		{ LANGUAGE_FR, "À sa deux centième séance, il a voté.",
			"À sa 200e séance, il a voté." },
		{ LANGUAGE_FR, NULL, "À sa deuxième séance, à la 7590e séance." },
		{ LANGUAGE_FR, NULL, "À sa 7590e séance et à la 5e session du Comité." }),
	.token = look,
};
