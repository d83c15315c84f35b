/* Spaces before or after an apostrophe that joins two words: what a PDF that sets the
 * apostrophe apart becomes when its text is copied, and now and then a slip of the hand.
 *
 * French: a closed list of words elides, and only before a vowel or a mute h, so that quotes,
 * minutes and the plural possessive of English names do not look like it. English: a closed
 * list of endings stands after an apostrophe; after a word in -s it may stand alone. */
#include <string.h>

#include "checker/rules/spacing.h"
#include "text/fold.h"

#define QUOTE_MOST 64 /* tokens that a quotation in single quotes may have */

static const gap_fault fault = { "", SEVERITY_ERROR, FIX_SAFE };
static const gap_fault fault_of_plural = { "", SEVERITY_WARNING, FIX_SAFE };

static bool
is_apostrophe(const token *t)
{
	return t->kind == TOKEN_MARK && (t->word == 0x2019 || t->word == '\'');
}

/* What elides, its apostrophe cut off. */
static bool
elides(const check *c, const token *t)
{
	static const char *const french[] = { "l", "d", "qu", "c", "j", "m", "n", "s", "t",
		"jusqu", "lorsqu", "puisqu", "quoiqu", NULL };
	static const char *const english[] = { "l", "d", "qu", NULL };

	return spacing_word_in(c, t, c->language == LANGUAGE_FR ? french : english);
}

/* A vowel, an h, or an acronym of whatever letters (l’ULCC, l’ONU). */
static bool
may_follow_elision(const check *c, const token *t)
{
	char folded[4 * 3 + 4];

	if (t->kind == TOKEN_CODE)
		return true;
	if (t->kind != TOKEN_WORD)
		return false;
	const word *x = spacing_word(c, t);
	if ((x->shape & SHAPE_UPPER) != 0)
		return true;
	size_t n = text_fold(folded, slice_sub(x->text, 0, x->text.n < 4 ? x->text.n : 4));
	return n > 0 && strchr("aeiouyh", folded[0]) != NULL;
}

static bool
ends_possessive(const check *c, const token *t)
{
	static const char *const endings[] = { "s", "t", "re", "ve", "ll", "d", "m", NULL };

	return c->language == LANGUAGE_EN && spacing_word_in(c, t, endings);
}

/* A single quote was opened a little before token i and not closed. */
static bool
in_single_quotes(const check *c, size_t i)
{
	for (size_t k = 1; k <= QUOTE_MOST && k <= i; k++) {
		const token *t = &c->tokens.at[i - k];
		if (spacing_is_mark(t, 0x2018))
			return true;
		if (spacing_is_mark(t, '\'') && t->gap != GAP_NONE && t[1].gap == GAP_NONE)
			return true;
		if (is_apostrophe(t) && t[1].gap != GAP_NONE)
			return false;
	}
	return false;
}

static bool
joins_to_word(const check *c, const token *left, const token *right)
{
	return left->kind == TOKEN_WORD && right->kind == TOKEN_WORD &&
	       spacing_word(c, right)->points > 1 &&
	       spacing_knows(c, spacing_word(c, left)->text, SLICE("\u2019"),
		       spacing_word(c, right)->text);
}

/* « States ’ », « girls ’ rights » */
static bool
is_plural_possessive(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->language != LANGUAGE_EN || t[-1].kind != TOKEN_WORD || t->word != 0x2019)
		return false;
	slice owner = spacing_word(c, &t[-1])->text;
	if (owner.n < 4 || !slice_ends(owner, SLICE("s")) || in_single_quotes(c, i))
		return false;
	return t[1].gap != GAP_NONE || t[1].kind == TOKEN_EDGE || t[1].kind == TOKEN_MARK;
}

static gap_fault
before_apostrophe(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (elides(c, &t[-1]) && may_follow_elision(c, &t[1]))
		return t[1].gap == GAP_NONE || spacing_is_white(c, i + 1) ? fault
									  : (gap_fault){ 0 };
	if (t[1].gap == GAP_NONE && spacing_is_text(&t[-1]) &&
		(ends_possessive(c, &t[1]) || joins_to_word(c, &t[-1], &t[1])))
		return fault;
	return is_plural_possessive(c, i) ? fault_of_plural : (gap_fault){ 0 };
}

static gap_fault
after_apostrophe(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (elides(c, &t[-2]) && may_follow_elision(c, t) && !in_single_quotes(c, i - 1))
		return fault;
	if (t[-1].gap != GAP_NONE || in_single_quotes(c, i - 1))
		return (gap_fault){ 0 };
	if (ends_possessive(c, t) && spacing_is_text(&t[-2]))
		return fault;
	return joins_to_word(c, &t[-2], t) ? fault : (gap_fault){ 0 };
}

gap_fault
spacing_apostrophe_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (!spacing_is_white(c, i))
		return (gap_fault){ 0 };
	if (is_apostrophe(t))
		return before_apostrophe(c, i);
	if (is_apostrophe(&t[-1]))
		return after_apostrophe(c, i);
	if (t[-1].kind == TOKEN_ELISION && may_follow_elision(c, t) && !in_single_quotes(c, i))
		return fault;
	return (gap_fault){ 0 };
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	/* nearly all: the word behind touches it, and a word that is whole stands before */
	if (t->kind == TOKEN_ELISION && t[1].gap == GAP_NONE &&
		(t[-1].features & (FEATURE_APOSTROPHE | FEATURE_ELISION)) == 0)
		return STATUS_OK;
	if (i > 0 && spacing_apostrophe_gap(c, i).put != NULL)
		TRY(spacing_report(c, r, i));
	if (i + 1 < c->tokens.count && spacing_apostrophe_gap(c, i + 1).put != NULL)
		return spacing_report(c, r, i + 1);
	return STATUS_OK;
}

const rule rule_spacing_apostrophe = {
	.id = "spacing/apostrophe",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_APOSTROPHE | FEATURE_ELISION,
	.source = "FR-ESP-08: documents of the United Nations, errors catalogued (A)",
	.summary_en = "space beside an apostrophe",
	.summary_fr = "espace à côté d’une apostrophe",
	.explanation_en =
		"An apostrophe joins two words and takes no space on either side. Such spaces "
		"come "
		"mostly from text copied out of a PDF. In French only words that elide, before "
		"a "
		"vowel or an h, are looked at; in English the endings “’s”, “’t”, “’re”, "
		"“’ve”, “’ll”, “’d”, “’m” and the plural possessive. Single quotes, minutes "
		"and feet are left alone.",
	.explanation_fr =
		"L’apostrophe joint deux mots, sans espace ni avant ni après. Ces espaces "
		"viennent "
		"le plus souvent d’un texte copié d’un PDF. En français, seuls les mots qui "
		"s’élident, devant une voyelle ou un h, sont examinés\u00A0; en anglais, les "
		"terminaisons «\u00A0’s\u00A0», «\u00A0’t\u00A0», «\u00A0’re\u00A0», "
		"«\u00A0’ve\u00A0», «\u00A0’ll\u00A0», «\u00A0’d\u00A0», «\u00A0’m\u00A0» et "
		"le "
		"possessif pluriel. Les "
		"guillemets simples, les minutes et les pieds ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la situation dans l ’Asie du Sud",
					  "la situation dans l’Asie du Sud" },
		{ LANGUAGE_FR, "des victimes d’ accidents de mine",
			"des victimes d’accidents de mine" },
		{ LANGUAGE_FR, "le droit à l ’ éducation", "le droit à l’éducation" },
		{ LANGUAGE_FR, "une mission en Côte d ’Ivoire , au printemps",
			"une mission en Côte d’Ivoire, au printemps" },
		{ LANGUAGE_EN, "the State ’s obligations", "the State’s obligations" },
		{ LANGUAGE_EN, "they don ’t agree", "they don’t agree" },
		{ LANGUAGE_EN, "the countries ’ positions", "the countries’ positions" },
		{ LANGUAGE_FR, NULL, "M. N’Diaye et le terme ‘développement’ utilisé" },
		{ LANGUAGE_EN, NULL, "States’ obligations in the ’90s were ‘new’ duties" }),
	.token = look,
};
