/* The title of a letter and the heading of its annex say the same: date, addressee, sender.
 *
 *	Lettre datée du 2 janvier 2018, adressée au … par …
 *	Annexe à la lettre datée du 2 janvier 2018 adressée au … par …
 *
 * The last title before the heading is its title. Words are compared one by one as far as both
 * go, since lines of a PDF may end either of them early. */
#include "checker/rules/date.h"

#define WORDS_MOST 40

typedef struct letter {
	date date;
	slice dated;                /* the date as it stands */
	span words[WORDS_MOST];     /* after the date, */
	uint64_t lower[WORDS_MOST]; /* hashes of them in lower case */
	size_t count;
} letter;

static const char *const watched[] = { "lettre", "letter", NULL };

/* The date of the letter that token i names. */
static bool
read_letter(const check *c, size_t i, letter *out)
{
	static const char *const dated[] = { "datée", "dated", NULL };
	size_t at = i + 2 + slice_is(check_lower(c, i + 2), "du");

	if (!check_word_is(c, i + 1, dated) || !date_read(c, at, &out->date) ||
		out->date.first != at || out->date.year == 0)
		return false;
	out->dated = check_text(c, check_span(c, at, out->date.last));
	return true;
}

/* The words after the date, and where they stand. */
static void
read_words(const check *c, letter *out, size_t *at)
{
	for (size_t k = out->date.last + 1; k < c->tokens.count && out->count < WORDS_MOST;
		k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
			continue;
		at[out->count] = k;
		out->words[out->count] = check_span(c, k, k);
		out->lower[out->count++] = slice_hash(check_lower(c, k));
	}
}

/* « Annexe à la lettre », “Annex II to the letter”, at the beginning of the block. */
static bool
is_annex(const check *c, size_t i)
{
	static const char *const annexes[] = { "annexe", "annex", "enclosure", "pièce", NULL };

	static const char *const articles[] = { "la", "the", NULL };

	return i >= 3 && i <= 5 && check_word_is(c, 0, annexes) &&
	       check_word_is(c, i - 1, articles);
}

/* French sets a comma after the date in the title and none in the heading. */
static status
look_comma(check *c, const rule *r, const letter *here, bool title)
{
	static const char *const addressed[] = { "adressée", NULL };
	size_t next = here->date.last + 1;
	bool comma = number_is_mark(c, next, ',');

	if (c->language != LANGUAGE_FR || comma == title ||
		!check_word_is(c, next + comma, addressed))
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = check_span(c, here->date.year_at, next - !comma),
			.severity = SEVERITY_INFO,
			.fix = FIX_SAFE,
			.message =
				title ? check_message(c, "the title has a comma after the date",
						"le titre a une virgule après la date")
				      : check_message(c,
						"the heading has no comma after the date",
						"l’en-tête n’a pas de virgule après la date"),
			.suggestions = (slice[]){ check_printf(
				c, "%u%s", here->date.year, title ? "," : "") },
			.suggestion_count = 1 });
}

static bool
is_same_date(const letter *a, const letter *b)
{
	return a->date.day == b->date.day && a->date.month == b->date.month &&
	       a->date.year == b->date.year;
}

static status
compare(check *c, const rule *r, const letter *title, const letter *here, const size_t *at)
{
	if (!is_same_date(title, here)) {
		slice right = title->dated;
		return check_report(c, r,
			(finding){ .text = check_span(c, here->date.first, here->date.last),
				.fix = FIX_REVIEW,
				.message = check_message(c, "the title of the letter says %.*s",
					"le titre de la lettre porte %.*s", SLICE_ARG(right)),
				.suggestions = &right,
				.suggestion_count = 1 });
	}
	for (size_t k = 0; k < title->count && k < here->count; k++) {
		if (title->lower[k] == here->lower[k])
			continue;
		slice theirs = check_text(c, title->words[k]);
		return check_report(c, r,
			(finding){ .text = check_span(c, at[k], at[k]),
				.message = check_message(c,
					"the title of the letter has “%.*s” here",
					"le titre de la lettre porte ici «\u00A0%.*s\u00A0»",
					SLICE_ARG(theirs)) });
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r, size_t i)
{
	size_t at[WORDS_MOST];
	letter here = { 0 };
	void **note = check_note(c, r);

	if (!check_word_is(c, i, watched) || !(i == 0 || is_annex(c, i)) ||
		!read_letter(c, i, &here))
		return STATUS_OK;
	read_words(c, &here, at);
	TRY(look_comma(c, r, &here, i == 0));
	if (i != 0)
		return *note == NULL ? STATUS_OK : compare(c, r, *note, &here, at);
	letter *kept = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, letter));
	if (kept == NULL)
		return STATUS_MEMORY;
	*kept = here;
	return STATUS_OK;
}

const rule rule_reference_letter = {
	.id = "reference/letter",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-REF-10: S/2018/7 in French (A)",
	.summary_en = "the annex of a letter does not repeat its title",
	.summary_fr = "annexe dont l’en-tête ne reprend pas le titre de la lettre",
	.explanation_en =
		"The heading of an annex repeats the title of the letter: the same date, "
		"addressee and sender. The first difference is reported; only the author "
		"knows which of the two is wrong. In French the title has a comma after the "
		"date, the heading of the annex none.",
	.explanation_fr =
		"L’en-tête de l’annexe reprend le titre de la lettre\u00A0: mêmes date, "
		"destinataire et auteur. La première différence est relevée\u00A0; seul "
		"l’auteur "
		"sait lequel des deux est faux.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Lettre datée du 2 janvier 2018, adressée au Secrétaire général "
			"par "
			"le Kazakhstan\n\nAnnexe à la lettre datée du 3 janvier 2018 "
			"adressée "
			"au Secrétaire général par le Kazakhstan",
			"Lettre datée du 2 janvier 2018, adressée au Secrétaire général "
			"par "
			"le Kazakhstan\n\nAnnexe à la lettre datée du 2 janvier 2018 "
			"adressée "
			"au Secrétaire général par le Kazakhstan" },
		{ LANGUAGE_FR, "Lettre datée du 2 janvier 2018 adressée au Secrétaire général",
			"Lettre datée du 2 janvier 2018, adressée au Secrétaire général" },
		{ LANGUAGE_EN,
			"Letter dated 2 January 2018 from the Secretary-General addressed to "
			"the "
			"President\n\nAnnex I to the letter dated 2 January 2018 from the "
			"Permanent Representative addressed to the President",
			"Letter dated 2 January 2018 from the Secretary-General addressed to "
			"the "
			"President\n\nAnnex I to the letter dated 2 January 2018 from the "
			"Secretary-General addressed to the President" }),
	.token = look,
};
