/* « 2O11 », « 1O5 »: the letter O among the digits of a number, from a scan or a slip of the
 * hand. « 3O2 » may be oxygen; the O of « division 3O » and « feuille 85O » follows N. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define LENGTH_MOST 12

/* Digits, and the letter O between the first and the last of them, nothing else. */
static bool
is_number_with_letter(slice s)
{
	size_t letters = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool letter = s.p[i] == 'O' && i > 0 && i + 1 < s.n;
		if (!letter && (s.p[i] < '0' || s.p[i] > '9'))
			return false;
		letters += letter;
	}
	return letters > 0 && s.n <= LENGTH_MOST;
}

static bool
is_oxygen(slice s)
{
	return s.n == 3 && s.p[1] == 'O' && (s.p[2] == '2' || s.p[2] == '3');
}

/* A minus or a slash: part of a longer code. */
static bool
is_joined(const token *t)
{
	return t->gap == GAP_NONE && t->kind == TOKEN_MARK &&
	       (t->features & FEATURE_STOP) == 0 && (t->features & FEATURE_BRACKET) == 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice s = check_token(c, i);

	if (!is_number_with_letter(s) || is_oxygen(s) || is_joined(&t[1]) ||
		(i > 0 && t->gap == GAP_NONE && !spacing_is_mark(&t[-1], '(')) ||
		quotation_holds(c, i))
		return STATUS_OK;
	char *digits = arena_alloc(c->keep, s.n, 1);
	if (digits == NULL)
		return STATUS_MEMORY;
	for (size_t k = 0; k < s.n; k++)
		digits[k] = s.p[k] == 'O' ? '0' : s.p[k];
	return number_report(c, r, i, i, FIX_REVIEW, (slice){ digits, s.n });
}

const rule rule_number_letter = {
	.id = "number/letter",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_CODE,
	.source = "FR-NUM-04, EN-NUM-04: figures are digits; scanned documents of the United "
		  "Nations (C)",
	.summary_en = "the letter O among digits",
	.summary_fr = "la lettre O parmi des chiffres",
	.explanation_en =
		"A number has the digit 0, not the letter O, which looks like it: such letters "
		"come from scans. Formulas (3O2) and longer codes are left alone.",
	.explanation_fr =
		"Un nombre s’écrit avec le chiffre 0, non avec la lettre O, qui lui ressemble "
		"et "
		"vient de textes numérisés. Les formules (3O2) et les codes plus longs ne sont "
		"pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le rapport de l’année 2O11 est paru.",
					  "Le rapport de l’année 2011 est paru." },
		{ LANGUAGE_EN, "The report of 2O11 is out.", "The report of 2011 is out." },
		{ LANGUAGE_FR, NULL,
			"La formule 3O2, la division 3O, l’eau H2O et la case 2O-11." }),
	.token = look,
};
