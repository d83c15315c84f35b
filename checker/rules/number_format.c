/* The marks inside figures: « 3 250,5 » in French, “3,250.5” in English. The same figures mean
 * two things (« 3.250 » is a thousand times more than “3.250”), so that a mark is judged only
 * where what stands around leaves no doubt: two groups of thousands, a quantity after it. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/number.h"

#define GROUPS_MOST 6

typedef struct figure { /* digits with one kind of mark inside */
	slice groups[GROUPS_MOST];
	size_t count;
	slice decimals; /* after the other mark; empty when there are none */
} figure;

/* Takes s apart at `mark`, and its last group at `point`. */
static bool
read_figure(slice s, char mark, char point, figure *out)
{
	slice whole;

	*out = (figure){ 0 };
	slice_cut(s, point, &whole, &out->decimals);
	while (whole.n != 0 && out->count < GROUPS_MOST)
		slice_cut(whole, mark, &out->groups[out->count++], &whole);
	if (whole.n != 0 || out->count < 2 || out->groups[0].n > 3 || out->groups[0].n == 0)
		return false;
	for (size_t k = 0; k < out->count; k++)
		if (number_of(out->groups[k]) == NUMBER_NONE ||
			(k > 0 && out->groups[k].n != 3))
			return false;
	return out->decimals.n == 0 || number_of(out->decimals) != NUMBER_NONE;
}

/* The groups with the house's marks. */
static slice
write_figure(check *c, const figure *f)
{
	const char *mark = c->language == LANGUAGE_EN ? "," : number_space(c);
	slice s = f->groups[0];

	for (size_t k = 1; k < f->count; k++)
		s = check_printf(c, "%.*s%s%.*s", SLICE_ARG(s), mark, SLICE_ARG(f->groups[k]));
	if (f->decimals.n != 0)
		s = check_printf(c, "%.*s%s%.*s", SLICE_ARG(s),
			c->language == LANGUAGE_EN ? "." : ",", SLICE_ARG(f->decimals));
	return s;
}

static status
report(check *c, const rule *r, size_t i, slice right)
{
	if (quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, right);
}

/* 1.25 dollar → 1,25 dollar; 0,7 per cent → 0.7 per cent. */
static status
look_decimals(check *c, const rule *r, size_t i, char wrong, char right)
{
	slice s = check_token(c, i), whole, decimals;

	if (!slice_cut(s, wrong, &whole, &decimals) || number_of(whole) == NUMBER_NONE ||
		number_of(decimals) == NUMBER_NONE || decimals.n > 2 ||
		!number_counts_units(c, i))
		return STATUS_OK;
	return report(c, r, i,
		check_printf(c, "%.*s%c%.*s", SLICE_ARG(whole), right, SLICE_ARG(decimals)));
}

/* 3.250 militaires, 12,000 réfugiés, 1.250.000: groups with a mark. */
static status
look_groups(check *c, const rule *r, size_t i, char mark, char point)
{
	figure f;

	if (!read_figure(check_token(c, i), mark, point, &f) || f.groups[0].p[0] == '0' ||
		number_follows_reference(c, i))
		return STATUS_OK;
	if ((f.count == 2 && (f.decimals.n != 0 || !number_counts_noun(c, i))) ||
		quotation_holds(c, i))
		return STATUS_OK;
	/* « 8.326 florins » may also be a rate: the decimals are the second idea. */
	slice ideas[] = { write_figure(c, &f),
		check_printf(c, "%.*s,%.*s", SLICE_ARG(f.groups[0]), SLICE_ARG(f.groups[1])) };
	finding both = { .text = check_span(c, i, i),
		.fix = FIX_REVIEW,
		.suggestions = ideas,
		.suggestion_count = f.count == 2 && mark == '.' ? 2 : 1 };
	return check_report(c, r, both);
}

/* « 3 mille personnes », at the word */
static status
look_thousand(check *c, const rule *r, size_t i)
{
	/* The mile: « 2 mille marins », « 1,6 km (1 mille) ». */
	static const char *const mile[] = { "marin", "marins", "nautiques", NULL };
	uint32_t n;

	if (check_profile(c)->decimal != DECIMAL_COMMA || i == 0 ||
		(n = number_plain(c, i - 1)) < 2 || n > 999 || check_word_is(c, i + 1, mile) ||
		!number_is_next(c, i) || !number_counts_noun(c, i) || quotation_holds(c, i - 1))
		return STATUS_OK;
	return number_report(
		c, r, i - 1, i, FIX_SAFE, check_printf(c, "%u%s000", n, number_space(c)));
}

/* Words on both sides, or a stop after it: no row of a table. */
static bool
stands_in_prose(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return number_in_prose(c) && i > 0 && t[-1].kind == TOKEN_WORD &&
	       (t[1].kind == TOKEN_WORD || (t[1].features & FEATURE_STOP) != 0);
}

/* 1 250 000 in English: spaces become commas. */
static status
look_spaces(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);
	char commas[40];
	size_t n = 0, gaps = 0;

	/* Extracted text has lost its no-break spaces, but no commas. */
	if (s.n > sizeof(commas) ||
		!(check_profile(c)->thousands == THOUSANDS_COMMA || c->document->extracted) ||
		!stands_in_prose(c, i) || number_follows_reference(c, i))
		return STATUS_OK;
	for (size_t k = 0; k < s.n; k++) {
		unsigned char b = (unsigned char)s.p[k];
		if (b == ' ' || b == 0xC2 || b == 0xE2) {
			commas[n++] = ',';
			gaps++;
		} else if (b < 0x80)
			commas[n++] = s.p[k];
	}
	if (gaps == 0 || (gaps == 1 && !number_counts_noun(c, i)) || commas[0] == '0')
		return STATUS_OK;
	return report(c, r, i, check_printf(c, "%.*s", (int)n, commas));
}

/* .75 per cent → 0.75 per cent */
static status
look_zero(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (check_profile(c)->decimal != DECIMAL_POINT || i == 0 || t->gap != GAP_NONE ||
		!spacing_is_mark(&t[-1], '.') || !number_is_next(c, i - 1) ||
		number_plain(c, i) == NUMBER_NONE || !number_counts_units(c, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i - 1, i, FIX_REVIEW,
		check_printf(c, "0.%.*s", SLICE_ARG(check_token(c, i))));
}

static bool
has_mark(const check *c, size_t i, char mark)
{
	slice s = check_token(c, i);

	return memchr(s.p, mark, s.n) != NULL;
}

static status
look(check *c, const rule *r, size_t i)
{
	enum profile_decimal decimal = check_profile(c)->decimal;

	if (c->tokens.at[i].length > 30)
		return STATUS_OK;
	if (c->language == LANGUAGE_FR && decimal == DECIMAL_COMMA) {
		if (has_mark(c, i, '.')) {
			TRY(look_decimals(c, r, i, '.', ','));
			TRY(look_groups(c, r, i, '.', ','));
		}
		return has_mark(c, i, ',') ? look_groups(c, r, i, ',', '.') : STATUS_OK;
	}
	if (c->language == LANGUAGE_EN && decimal == DECIMAL_POINT) {
		TRY(look_decimals(c, r, i, ',', '.'));
		return look_spaces(c, r, i);
	}
	return STATUS_OK;
}

static const char *const thousand[] = { "mille", NULL };
static const rule of_thousands = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = thousand,
	.before = FEATURE_NUMBER,
	.token = look_thousand };

static const rule of_zeros = { .en = true,
	.on = FEATURE_NUMBER,
	.before = FEATURE_STOP,
	.token = look_zero,
	.also = &of_thousands };

const rule rule_number_format = {
	.id = "number/format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER,
	.wants_mark = number_has_marks,
	.also = &of_zeros,
	.source = "FR-NUM-04, FR-ESP-11: A/RES/70/1 in French, guide of the Council of Europe "
		  "(A); "
		  "FR-NUM-05: Guide du rédacteur, Canada (B); EN-NUM-04: Editorial Manual (A)",
	.summary_en = "the marks inside a number",
	.summary_fr = "signes à l’intérieur d’un nombre",
	.explanation_en =
		"French has a comma before decimals and a no-break space between thousands "
		"(3 250,5); English has a point, a comma (3,250.5) and a zero before the "
		"point. Figures are reported where what they count leaves no doubt of their "
		"meaning; numbers of articles, targets and sections are left alone. French "
		"writes no number half in figures and half in words, but for millions and "
		"milliards.",
	.explanation_fr =
		"Le français met une virgule devant les décimales et une espace insécable "
		"entre les milliers (3 250,5)\u00A0; l’anglais, un point, une virgule "
		"(3,250.5) "
		"et un zéro devant le point. Les chiffres ne sont relevés que si ce qu’ils "
		"comptent ne laisse aucun doute sur leur sens\u00A0; les numéros d’articles, "
		"de "
		"cibles et de sections ne le sont pas. Un nombre ne s’écrit pas moitié en "
		"chiffres, moitié en lettres, sauf devant million et milliard.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La force compte 3.250 militaires au total.",
					  "La force compte 3 250 militaires au total." },
		{ LANGUAGE_FR, "Le camp accueille 12,000 réfugiés au total.",
			"Le camp accueille 12 000 réfugiés au total." },
		{ LANGUAGE_FR, "Ils vivent avec moins de 1.25 dollar par jour.",
			"Ils vivent avec moins de 1,25 dollar par jour." },
		{ LANGUAGE_FR, "La crise touche 3 mille personnes dans le pays.",
			"La crise touche 3 000 personnes dans le pays." },
		{ LANGUAGE_EN, "The share is 0,7 per cent of the total.",
			"The share is 0.7 per cent of the total." },
		{ LANGUAGE_EN, "The share is .75 per cent of the total.",
			"The share is 0.75 per cent of the total." },
		{ LANGUAGE_FR, NULL,
			"L’article 4.250 et la cible 1.2 portent sur 3 250,5 tonnes et 0,125 "
			"kg." },
		{ LANGUAGE_EN, NULL,
			"It has 3,250.5 tons, 1,250 cases and rule 4.2 in 2018." }),
	.token = look,
};
