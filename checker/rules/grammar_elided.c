/* Elision where there is none: « l’handicap », « d’haricots », « qu’hautement » before an h
 * that is aspirated, which data/lang/elision-fr.tsv settles; « presqu’entièrement », «
 * quelqu’absurde ». Presque and quelque elide in presqu’île, quelqu’un and quelqu’une alone.
 *
 * Words that usage takes both ways (hyène, ouate, énième, « d’onze heures ») are in no list. */
#include <string.h>

#include "checker/inflection.h"
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/vowel.h"
#include "checker/rules/wording.h"

/* What elides and what it is before a consonant; two where the gender decides. */
static const struct whole {
	slice elided;
	const char *full, *other;
} wholes[] = {
	{ { "l’", 4 }, "le ", "la " },
	{ { "d’", 4 }, "de ", NULL },
	{ { "qu’", 5 }, "que ", NULL },
	{ { "n’", 4 }, "ne ", NULL },
	{ { "s’", 4 }, "se ", NULL },
	{ { "j’", 4 }, "je ", NULL },
	{ { "m’", 4 }, "me ", NULL },
	{ { "t’", 4 }, "te ", NULL },
	{ { "jusqu’", 8 }, "jusque ", NULL },
	{ { "lorsqu’", 9 }, "lorsque ", NULL },
	{ { "puisqu’", 9 }, "puisque ", NULL },
	{ { "quoiqu’", 9 }, "quoique ", NULL },
};

static const struct whole *
find_whole(slice lower)
{
	for (size_t i = 0; i < sizeof(wholes) / sizeof(*wholes); i++)
		if (slice_equal(wholes[i].elided, lower))
			return &wholes[i];
	return NULL;
}

/* Names are another matter (« la rue d’Hauteville »), save those that the data have and offices
 * and places in Haut. */
static bool
keeps_vowel(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	(void)l;
	int first = w->text.p[0] | 0x20;
	if (first == 'h' && (w->shape & SHAPE_LOWER) == 0 &&
		vowel_is_aspirated_name(words_at(&c->words, w->lower)->text))
		return true;
	return (first == 'h' || first == 'y' || first == 'i') &&
	       ((w->shape & SHAPE_LOWER) != 0 || slice_starts(w->text, SLICE("Haut-")) ||
		       slice_starts(w->text, SLICE("Haute-"))) &&
	       vowel_is_aspirated(words_at(&c->words, w->lower)->text);
}

/* Tokens first to i + 1 with the word written in full: « le handicap », « du handicap ». */
static slice
in_full(check *c, size_t first, size_t i, const char *full)
{
	int initial = check_token(c, first).p[0];
	slice form = slice_of(full);

	if (initial >= 'A' && initial <= 'Z')
		form = wording_capital(c, form);
	if (form.n == 0) /* memory is out */
		return form;
	return check_printf(c, "%.*s%.*s", SLICE_ARG(form), SLICE_ARG(check_token(c, i + 1)));
}

static status
report(check *c, const rule *r, size_t i, const struct whole *w)
{
	static const char *const of[] = { "de", NULL }, *const to[] = { "à", NULL };
	unsigned cells =
		inflection_cells(words_at(&c->words, c->tokens.at[i + 1].word)->in[0].grammar);
	slice lower = check_lower(c, i + 1);
	bool article = w->other != NULL;
	/* the dictionary has no gender of Hollande */
	bool masculine = vowel_is_aspirated_name(lower) ? !slice_ends(lower, SLICE("e"))
							: (cells & CELLS_MASCULINE) != 0;
	bool led = article && masculine && i > 0 && grammar_spaced(c, i);
	const char *tied = led && check_word_is(c, i - 1, of)   ? "du "
			   : led && check_word_is(c, i - 1, to) ? "au "
								: NULL;
	size_t first = tied != NULL ? i - 1 : i;
	const char *form = tied != NULL ? tied : article && !masculine ? w->other : w->full;
	slice right[] = { in_full(c, first, i, form), { 0 } };
	finding f = { .text = check_span(c, first, i + 1),
		.fix = r->fix,
		.suggestions = right,
		.suggestion_count = 1 };
	if (article && masculine && (cells & CELLS_FEMININE) != 0 && tied == NULL &&
		!vowel_is_aspirated_name(lower))
		right[f.suggestion_count++] = in_full(c, i, i, w->other);
	return check_report(c, r, f);
}

/* i is the word behind what elides. */
static status
look(check *c, const rule *r, size_t i)
{
	if (i-- == 0)
		return STATUS_OK;
	const token *t = &c->tokens.at[i];
	const struct whole *w = find_whole(check_lower(c, i));

	if (w == NULL || t[1].kind != TOKEN_WORD || t[1].gap != GAP_NONE ||
		(i > 0 && t->gap == GAP_NONE && t[-1].kind == TOKEN_WORD) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, i, w);
}

/* « presqu’entièrement », « quelqu’absurde »: one word for the tokeniser. */
static const char *const never[] = { "presqu’", "quelqu’", NULL };

static size_t
elided_head(slice lower)
{
	for (size_t i = 0; never[i] != NULL; i++)
		if (slice_starts(lower, slice_of(never[i])))
			return strlen(never[i]);
	return 0;
}

static bool
is_elided_word(const check *c, const word *w, const word_reading *r, language l)
{
	static const char *const right[] = { "un", "uns", "une", "unes", "île", "îles", "ile",
		"iles", NULL };
	slice lower = words_at(&c->words, w->lower)->text;
	size_t n = (w->shape & SHAPE_APOSTROPHE) == 0 ? 0 : elided_head(lower);

	(void)r;
	(void)l;
	return n != 0 && lower.n > n && !slice_is_one_of(slice_sub(lower, n, lower.n), right);
}

static status
look_word(check *c, const rule *r, size_t i)
{
	size_t n = elided_head(check_lower(c, i));
	slice shown = check_token(c, i), tail;

	if (n == 0 || quotation_holds(c, i))
		return STATUS_OK;
	/* an apostrophe of one byte or three */
	size_t head = n - strlen("’"), mark = shown.p[head] == '\'' ? 1 : strlen("’");
	tail = slice_sub(shown, head + mark, shown.n);
	return check_report_fix(c, r, check_span(c, i, i),
		check_printf(c, "%.*se %.*s", (int)head, shown.p, SLICE_ARG(tail)), r->fix);
}

static const rule of_words = {
	.fr = true, .on = FEATURE_WORD, .wants = is_elided_word, .token = look_word
};

const rule rule_grammar_elided = {
	.id = "grammar/elided",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_WORD,
	.wants = keeps_vowel,
	.before = FEATURE_ELISION,
	.also = &of_words,
	.source = "FR-TRT-10: Dictionnaire de l’Académie française; Grevisse, Le Bon Usage, "
		  "§ 45 and 49 (A)",
	.summary_en = "a vowel is elided that is not to be",
	.summary_fr = "élision fautive",
	.explanation_en =
		"Before an aspirated h and before some words in y or i nothing is elided: le "
		"handicap, la hiérarchie, de haricots, le yacht. Presque elides in presqu’île, "
		"quelque in quelqu’un and quelqu’une alone. Words that usage takes both ways "
		"(hyène, ouate) are left alone.",
	.explanation_fr =
		"Devant un h aspiré et devant certains mots en y ou en i, rien ne "
		"s’élide\u00A0: "
		"le handicap, la hiérarchie, de haricots, le yacht. Presque ne s’élide que "
		"dans "
		"presqu’île, quelque que dans quelqu’un et quelqu’une. Les mots pour lesquels "
		"l’usage hésite (hyène, ouate) ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il étudie l’handicap.", "Il étudie le handicap." },
		{ LANGUAGE_FR, "Les chefs de l’Hamas sont partis.",
			"Les chefs du Hamas sont partis." },
		{ LANGUAGE_FR, "La voie d’hiérarchie est close.",
			"La voie de hiérarchie est close." },
		{ LANGUAGE_FR, "Il est presqu’entièrement prêt.",
			"Il est presque entièrement prêt." },
		{ LANGUAGE_FR, NULL, "L’homme, l’harmonie, l’habitat et l’héroïne d’hier." },
		{ LANGUAGE_FR, NULL, "La presqu’île, quelqu’un et quelques-uns, l’yeuse." }),
	.token = look,
};
