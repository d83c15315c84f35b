/* Long figures without their groups of three: « 500000 euros », “12000 refugees”. Only where
 * what they count follows, since numbers of laws, forms and accounts stand closed up. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/spacing.h"

#define YEAR_FIRST 1500
#define YEAR_LAST 2100
#define SIGHT 1000 /* tokens */

/* The figure with the house's mark between its groups. */
static slice
in_groups(check *c, slice s, const char *mark)
{
	size_t head = s.n % 3 == 0 ? 3 : s.n % 3;
	slice out = slice_sub(s, 0, head);

	for (size_t k = head; k < s.n; k += 3)
		out = check_printf(c, "%.*s%s%.*s", SLICE_ARG(out), mark, 3, s.p + k);
	return out;
}

/* NULL where the house does not say. Extracted text has lost its marks, not its house. */
static const char *
house_mark(const check *c)
{
	switch (check_profile(c)->thousands) {
	case THOUSANDS_NO_BREAK:
		return number_space(c);
	case THOUSANDS_SPACE:
		return " ";
	case THOUSANDS_COMMA:
		return ",";
	case THOUSANDS_ANY:
		if (c->document->extracted)
			return c->language == LANGUAGE_EN ? "," : " ";
		return NULL;
	default:
		return NULL;
	}
}

/* A word in small letters stands before: no law, standard or form of that number. The only
 * words of one letter are « il y a » and « s’élève à ». */
static bool
follows_plain_word(const check *c, size_t i)
{
	static const char *const letters[] = { "a", "à", NULL };
	static const char *const labels[] = { "cote", "cotes", "code", "codes", "poste", "case",
		"file", "room", "salle", "call", "dial", "bureau", "line", "ligne", "lot",
		NULL };
	const token *t = &c->tokens.at[i] - 1;
	uint32_t others = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;

	return i == 0 || t->kind == TOKEN_ELISION || check_word_is(c, i - 1, letters) ||
	       (t->kind == TOKEN_WORD && (t->features & others) == 0 &&
		       !check_word_is(c, i - 1, labels));
}

/* « s’élève à 2400 euros », but « articles 2300 à 2400 ». */
static bool
follows_reference(const check *c, size_t i)
{
	static const char *const to[] = { "à", NULL };
	bool to_what =
		i > 1 && check_word_is(c, i - 1, to) && c->tokens.at[i - 2].kind == TOKEN_WORD;

	return i > 0 && !to_what && number_follows_reference(c, i);
}

/* at 2400 hours */
static bool
is_time(const check *c, size_t i)
{
	return check_token(c, i).n == 4 && slice_is(check_lower(c, i + 1), "hours") && i > 0 &&
	       slice_is(check_lower(c, i - 1), "at");
}

/* Within sight of « résolution 2272 (2016) », 2272 names a resolution: “2272 reviews”. */
static bool
names_resolution(const check *c, size_t i)
{
	slice figure = check_token(c, i);
	size_t first = i > SIGHT ? i - SIGHT : 0;
	size_t end = c->tokens.count - i > SIGHT ? i + SIGHT : c->tokens.count;

	if (figure.n != 4)
		return false;
	for (size_t k = first; k + 3 < end; k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind != TOKEN_NUMBER || t->length != 4 || !spacing_is_mark(&t[1], '(') ||
			!spacing_is_mark(&t[3], ')') || !slice_equal(check_token(c, k), figure))
			continue;
		uint32_t year = number_plain(c, k + 2);
		if (year > YEAR_FIRST && year < YEAR_LAST)
			return true;
	}
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->length < 4 || t->length > 9)
		return STATUS_OK;
	uint32_t n = number_plain(c, i);
	const char *mark = house_mark(c);
	if (n == NUMBER_NONE || n < 1000 || mark == NULL ||
		(n >= YEAR_FIRST && n <= YEAR_LAST) ||
		!(number_counts_units(c, i) ||
			(number_in_prose(c) && number_counts_noun(c, i))) ||
		check_token(c, i).p[0] == '0' || is_time(c, i) || !follows_plain_word(c, i) ||
		follows_reference(c, i) || names_resolution(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, in_groups(c, check_token(c, i), mark));
}

const rule rule_number_grouping = {
	.id = "number/grouping",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_WORD | FEATURE_RATE,
	.source = "FR-ESP-11: A/RES/70/1 in French, guide of the Council of Europe (A); "
		  "EN-NUM-04: Editorial Manual, Numbers, dates and time (A)",
	.summary_en = "a long figure without groups of three",
	.summary_fr = "nombre long sans tranches de trois chiffres",
	.explanation_en =
		"Figures of four digits and more are set in groups of three: 12,000 in "
		"English, 12 000 in French; the profile says with which mark. Years, and "
		"numbers that name a thing instead of counting something, stay closed up.",
	.explanation_fr =
		"Un nombre de quatre chiffres ou plus s’écrit par tranches de trois\u00A0: 12 "
		"000 en français, 12,000 en anglais\u00A0; le profil dit avec quel signe. Les "
		"années et les numéros, qui désignent sans compter, restent d’un seul "
		"tenant.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le projet coûtera 500000 euros en tout.",
					  "Le projet coûtera 500 000 euros en tout." },
		{ LANGUAGE_FR, "La force compte 3250 militaires au total.",
			"La force compte 3 250 militaires au total." },
		{ LANGUAGE_FR, "Le coût des travaux s’élève à 500000 euros.",
			"Le coût des travaux s’élève à 500 000 euros." },
		{ LANGUAGE_EN, "The camp shelters 12000 refugees in all.",
			"The camp shelters 12,000 refugees in all." },
		{ LANGUAGE_EN, NULL,
			"In 2018 refugees came; the ISO 9001 standards, form 1040 and article "
			"12345." },
		{ LANGUAGE_FR, NULL,
			"En 2018 seulement, la loi no 12345 et la résolution 2344 (2017)." },
		{ LANGUAGE_EN, NULL,
			"Report on the outcomes of 2272 reviews in line with resolution 2272 "
			"(2016)." }),
	.token = look,
};
