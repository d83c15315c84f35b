/* A space inside a number: « $13,93 7,400 », « in 20 24 ». Figures stand side by side in
 * tables and lists for good reasons, so only three things are looked at: a thousands group that
 * is too short and completed by what follows, a year after a preposition or a month, and the
 * number of a paragraph (27.I.2 5) before its first word. */
#include <string.h>

#include "checker/rules/spacing.h"

static bool
all_digits(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Digits after the last comma; the whole when there is none. */
static size_t
last_group(slice s)
{
	size_t n = 0;

	while (n < s.n && s.p[s.n - n - 1] != ',')
		n++;
	return n;
}

static size_t
first_group(slice s)
{
	const char *comma = memchr(s.p, ',', s.n);

	return comma == NULL ? s.n : (size_t)(comma - s.p);
}

/* « 13,93 7,400 »: English groups of three. */
static bool
completes_group(const check *c, slice a, slice b)
{
	size_t n = last_group(a);

	return c->language == LANGUAGE_EN && n < a.n && n < 3 &&
	       memchr(a.p, '.', a.n) == NULL && n + first_group(b) == 3 &&
	       memchr(b.p, '.', b.n) == NULL;
}

static bool
announces_year(const check *c, const token *t)
{
	static const char *const before[] = { "in", "since", "by", "of", "from", "until", "to",
		"the", "for", "its", "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december", "en",
		"depuis", "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre", "fin", "année", NULL };

	return spacing_word_in(c, t, before);
}

/* « in 202 4 », « the 20 25 theme »; « in 20 24-hour shifts » is no year. */
static bool
makes_year(const check *c, const token *t, slice a, slice b)
{
	char digits[5] = "";

	if (a.n + b.n != 4 || a.n < 2 || !all_digits(a) || !all_digits(b))
		return false;
	memcpy(digits, a.p, a.n);
	memcpy(digits + a.n, b.p, b.n);
	if (strcmp(digits, "1945") < 0 || strcmp(digits, "2060") > 0)
		return false;
	if (t[1].kind == TOKEN_MARK && t[1].gap == GAP_NONE && t[1].word == '%')
		return false;
	return announces_year(c, &t[-2]);
}

/* The block begins with figures, letters and stops in one piece up to token i. */
static bool
is_paragraph_number(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	if (i < 3 || i > 6 || t[0].kind != TOKEN_NUMBER)
		return false;
	for (size_t k = 1; k < i; k++)
		if (t[k].gap != GAP_NONE)
			return false;
	return spacing_is_mark(&t[1], '.') && t[2].kind == TOKEN_WORD &&
	       spacing_is_mark(&t[3], '.') && (t[i + 1].features & FEATURE_TITLE) != 0 &&
	       t[i + 1].gap != GAP_NONE && t[i].length <= 2;
}

gap_fault
spacing_number_gap(const check *c, size_t i)
{
	static const gap_fault fault = { "", SEVERITY_WARNING, FIX_REVIEW };
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_NUMBER || t->gap != GAP_SPACE)
		return (gap_fault){ 0 };
	if (is_paragraph_number(c, i))
		return fault;
	if (t[-1].kind != TOKEN_NUMBER)
		return (gap_fault){ 0 };
	slice a = check_token(c, i - 1), b = check_token(c, i);
	return completes_group(c, a, b) || makes_year(c, t, a, b) ? fault : (gap_fault){ 0 };
}

static status
look(check *c, const rule *r, size_t i)
{
	if (i == 0 || spacing_number_gap(c, i).put == NULL)
		return STATUS_OK;
	return spacing_report(c, r, i);
}

const rule rule_spacing_split_number = {
	.id = "spacing/split-number",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER,
	.before = FEATURE_NUMBER,
	.after = FEATURE_TITLE,
	.source = "reports of the Secretary-General against their word-processor files (A)",
	.summary_en = "space inside a number",
	.summary_fr = "espace à l’intérieur d’un nombre",
	.explanation_en =
		"Text copied from a PDF breaks numbers as it breaks words. Reported are a "
		"group of "
		"thousands that the next figures complete (“$13,93 7,400”), a year after a "
		"preposition or a month (“in 20 24”), and a broken paragraph number. Figures "
		"that "
		"stand side by side in tables and lists are left alone.",
	.explanation_fr =
		"Un texte copié d’un PDF coupe les nombres comme les mots. Sont "
		"signalés un groupe "
		"de milliers que les chiffres suivants complètent, une année après "
		"une préposition "
		"ou un mois («\u00A0en 20 24\u00A0») et un numéro de paragraphe coupé. Les "
		"chiffres côte à côte "
		"des tableaux et des listes ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la session tenue en 20 24 à Genève",
					  "la session tenue en 2024 à Genève" },
		{ LANGUAGE_EN, "an amount of $13,93 7,400 was spent",
			"an amount of $13,937,400 was spent" },
		{ LANGUAGE_EN, "reports issued in 202 4 by the Office",
			"reports issued in 2024 by the Office" },
		{ LANGUAGE_EN, NULL,
			"rows 20 24 and 12,50 0.5; resolution 20 of 24 in 20 cases" }),
	.token = look,
};
