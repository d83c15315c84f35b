/* A space on one side of the hyphen of a compound, or of the dash of a range. A dash with
 * spaces on both sides is a dash; one that nothing stands before is a list marker; a prefix
 * left hanging (« short- and long-term ») is good style in both languages. */
#include <stdlib.h>
#include <string.h>

#include "checker/rules/spacing.h"

#define SUFFIX_MOST 5 /* bytes */
#define ASIDE_MOST 30 /* tokens between the two dashes of an aside */
#define SUSPENSE_MOST \
	6 /* tokens from a prefix in suspense to the compound that completes it \
	   */

static const gap_fault none;
static const gap_fault sure = { "", SEVERITY_ERROR, FIX_SAFE };
static const gap_fault likely = { "", SEVERITY_WARNING, FIX_REVIEW };

static bool
is_hyphen(const token *t)
{
	return t->kind == TOKEN_MARK &&
	       (t->word == '-' || t->word == 0x2010 || t->word == 0x2011);
}

static bool
is_en_dash(const token *t)
{
	return spacing_is_mark(t, 0x2013);
}

/* Prefixes that join to a capital as well: non-European, mid-July. */
static bool
is_prefix(const check *c, const token *t)
{
	static const char *const prefixes[] = { "non", "pre", "pré", "post", "anti", "ex",
		"inter", "intra", "sub", "sous", "vice", "mid", "mi", "trans", "pan", "pro",
		"neo", "néo", "ultra", "extra", "euro", "afro", "co", "self", "quasi", "semi",
		"multi", "cyber", "counter", "contre", "socio", "cross", "all", "near", "un",
		"re", "e", "one", "two", "three", NULL };

	return spacing_word_in(c, t, prefixes);
}

/* Right halves that stand only after a hyphen: celui-ci, elle-même, Secretary-General. */
static bool
is_second_half(const check *c, const token *t)
{
	static const char *const halves[] = { "ci", "là", "même", "mêmes", "jointe", "jointes",
		"joint", "joints", "dessus", "dessous", "après", "je", "tu", "il", "elle", "on",
		"nous", "vous", "ils", "elles", "t-il", "t-elle", "t-on", "general", "unis",
		"unies", "based", "related", "term", "year", "month", "level", "wide", NULL };

	return spacing_word_in(c, t, halves);
}

static bool
starts_upper(const check *c, const token *t)
{
	return (spacing_word(c, t)->shape & (SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED)) != 0;
}

/* A hyphen or dash with a space after it and none before comes next: « -aside text- ». */
static bool
opens_aside(const check *c, size_t i)
{
	for (size_t k = i + 1; k < i + ASIDE_MOST && k + 1 < c->tokens.count; k++) {
		const token *t = &c->tokens.at[k];
		if ((t->features & FEATURE_DASH) != 0 && t->gap == GAP_NONE &&
			t[1].gap > GAP_START)
			return true;
	}
	return false;
}

static bool
starts_with_dash(const check *c)
{
	return (c->tokens.at[0].features & FEATURE_DASH) != 0;
}

/* What follows a prefix in suspense: « court- et long-courrier », « two- to three-year ». */
static bool
is_link(const check *c, const token *t)
{
	static const char *const links[] = { "and", "or", "to", "nor", "but", "as", "versus",
		"et", "ou", "à", "ni", "mais", "puis", "plus", NULL };

	return spacing_word_in(c, t, links);
}

/* « puis -je »: no prefix in suspense goes on with a pronoun. */
static bool
is_pronoun(const check *c, const token *t)
{
	static const char *const pronouns[] = { "je", "tu", "il", "elle", "on", "nous", "vous",
		"ils", "elles", NULL };

	return spacing_word_in(c, t, pronouns);
}

/* « les adverbes en -ment », “words in -ize”: an ending, which is no word; a letter (“the
 * option -o”); or what stands behind a preposition that begins no compound. */
static bool
is_suffix(const check *c, const token *t)
{
	uint32_t before =
		words_at(&c->words, t[-2].word)->in[c->language - LANGUAGE_FR].grammar;

	if ((before & POS_PREPOSITION) != 0 && (before & POS_NOUN) == 0 &&
		!is_prefix(c, &t[-2]) && !starts_upper(c, t))
		return true;
	return (t->features & (FEATURE_UNKNOWN | FEATURE_SINGLE)) != 0 &&
	       t->length <= SUFFIX_MOST && !starts_upper(c, t);
}

static gap_fault
between_words(const check *c, size_t i)
{
	const token *left = &c->tokens.at[i - 1], *right = &c->tokens.at[i + 1];
	slice a = spacing_word(c, left)->text, b = spacing_word(c, right)->text;

	if (is_link(c, left) && !is_pronoun(c, right))
		return none;
	if (spacing_lists(c, a, SLICE("-"), b) || is_second_half(c, right))
		return sure;
	if (is_suffix(c, right))
		return none;
	if (opens_aside(c, i) || starts_with_dash(c))
		return none;
	if (starts_upper(c, right) && !starts_upper(c, left))
		return is_prefix(c, left) ? sure : none;
	if (is_prefix(c, left) || (starts_upper(c, left) && starts_upper(c, right)))
		return sure;
	return likely;
}

static long
number_of(const check *c, const token *t)
{
	char digits[16] = "";
	slice s = slice_sub(c->document->text, t->start, t->start + t->length);

	if (s.n >= sizeof(digits))
		return -1;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
	memcpy(digits, s.p, s.n);
	return strtol(digits, NULL, 10);
}

/* 716 –718, 2026 -2029; a hyphen before one number alone may be a minus. */
static gap_fault
between_numbers(const check *c, size_t i)
{
	const token *left = &c->tokens.at[i - 1], *right = &c->tokens.at[i + 1];
	long a = number_of(c, left), b = number_of(c, right);

	if (a < 0 || b <= a)
		return none;
	if (is_en_dash(&c->tokens.at[i]))
		return sure;
	return left->length == 4 && right->length == 4 && a > 1800 && b < 2200 ? sure : none;
}

/* Grades of posts: P -4, D -1; and COVID -19. */
static bool
is_code_head(const check *c, const token *t)
{
	static const char *const heads[] = { "p", "d", "fs", "dc", "covid", NULL };

	return spacing_word_in(c, t, heads) && starts_upper(c, t);
}

static gap_fault
with_number(const check *c, size_t i)
{
	const token *left = &c->tokens.at[i - 1], *right = &c->tokens.at[i + 1];

	if (left->kind == TOKEN_NUMBER && right->kind == TOKEN_NUMBER)
		return between_numbers(c, i);
	if (!is_hyphen(&c->tokens.at[i]))
		return none;
	if (right->kind == TOKEN_NUMBER) {
		if (left->kind != TOKEN_WORD || (!is_code_head(c, left) && !is_prefix(c, left)))
			return none;
		return right->length <= 2 || right->length == 4 ? sure : none;
	}
	if (left->kind == TOKEN_NUMBER && c->language == LANGUAGE_EN &&
		right->kind == TOKEN_WORD && !starts_upper(c, right) && !opens_aside(c, i))
		return likely;
	return none;
}

static bool
is_worded(const token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_CODE;
}

/* A dash with a space on both sides. */
static bool
is_loose_dash(const token *t)
{
	return (t->features & FEATURE_DASH) != 0 && t->gap != GAP_NONE && t[1].gap != GAP_NONE;
}

/* One stands a little before: this one closes an aside. */
static bool
follows_loose_dash(const check *c, size_t i)
{
	for (size_t k = i; k-- > 1 && i - k < ASIDE_MOST;)
		if (is_loose_dash(&c->tokens.at[k]))
			return true;
	return false;
}

/* « Oslo - (end of the line) Stockholm - Londres »: a route, whose stages dashes part. */
static bool
is_one_of_several(const check *c, size_t i)
{
	for (size_t k = i + 1; k + 1 < c->tokens.count && k < i + ASIDE_MOST; k++)
		if (is_loose_dash(&c->tokens.at[k]))
			return true;
	return follows_loose_dash(c, i);
}

/* « troop - and police-contributing »: a compound stands within reach of the link. */
static bool
is_suspended_apart(const check *c, size_t i)
{
	if (!is_link(c, &c->tokens.at[i + 1]) || !spacing_is_word(c, &c->tokens.at[i - 1], 3) ||
		follows_loose_dash(c, i))
		return false;
	if (c->tokens.at[i + 2].kind == TOKEN_EDGE)
		return true;
	for (size_t k = i + 2; k <= i + SUSPENSE_MOST && k < c->tokens.count; k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind == TOKEN_MARK && t->word != '/')
			return is_hyphen(t) && t[1].gap == GAP_NONE && t[1].kind == TOKEN_WORD;
		if ((t->features & FEATURE_HYPHEN) != 0)
			return true;
	}
	return false;
}

/* « as given below - »: the dash stands for a colon. */
static bool
announces(const check *c, const token *t)
{
	static const char *const last[] = { "below", "above", "follows", "following", "suivant",
		"suivante", "suivants", "suivantes", "suit", NULL };

	return spacing_word_in(c, t, last);
}

/* The line, or what is left of it, ends with the hyphen. */
static gap_fault
before_last_hyphen(const check *c, size_t i)
{
	const token *left = &c->tokens.at[i - 1];

	if (opens_aside(c, 0) || starts_with_dash(c) ||
		(left->features & FEATURE_HYPHEN) != 0 || announces(c, left) ||
		follows_loose_dash(c, i))
		return none;
	return is_hyphen(&c->tokens.at[i]) && spacing_is_word(c, left, 3) ? likely : none;
}

/* « ci - jointe », « vice - président »: no sentence goes on with a dash behind these. */
static bool
is_torn_compound(const check *c, size_t i)
{
	static const char *const heads[] = { "ci", "vice", "sous", "anti", "contre", "inter",
		"quasi", "semi", "counter", "sub", "multi", NULL };
	const token *left = &c->tokens.at[i - 1], *right = &c->tokens.at[i + 1];

	static const char *const under[] = { "sous", NULL };

	if (!spacing_word_in(c, left, heads))
		return false;
	if (c->language == LANGUAGE_FR && spacing_word_in(c, left, under))
		return right->length > 3 && !starts_upper(c, right) &&
		       (spacing_word(c, right)->in[0].grammar & POS_NOUN) != 0;
	return spacing_lists(
		c, spacing_word(c, left)->text, SLICE("-"), spacing_word(c, right)->text);
}

/* A space, or the end of a line, follows the hyphen as well. */
static gap_fault
before_loose_hyphen(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t[1].kind == TOKEN_EDGE)
		return before_last_hyphen(c, i);
	if (!is_hyphen(t) || !is_worded(&t[-1]) || !is_worded(&t[1]))
		return none;
	if (is_suspended_apart(c, i) || is_torn_compound(c, i))
		return likely;
	if (!spacing_breaks_line(c, i + 1) || is_one_of_several(c, i))
		return none;
	gap_fault f = between_words(c, i);
	return f.severity == SEVERITY_ERROR ? f : none;
}

static gap_fault
before_hyphen(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t[1].gap != GAP_NONE || t[1].kind == TOKEN_EDGE)
		return before_loose_hyphen(c, i);
	if (is_worded(&t[-1]) && is_worded(&t[1]))
		return is_hyphen(t) ? between_words(c, i) : none;
	if (is_hyphen(t) && spacing_is_word(c, &t[-1], 2) && spacing_is_mark(&t[1], ','))
		return sure;
	return with_number(c, i);
}

/* « crypto- communiste »: a learned prefix before a noun or adjective that is nothing else. */
static bool
is_torn_prefix(const check *c, const token *left, const token *right)
{
	static const char *const prefixes[] = { "anti", "afro", "crypto", "cyber", "euro", "ex",
		"extra", "inter", "intra", "macro", "micro", "multi", "néo", "pluri", "post",
		"pré", "pseudo", "quasi", "semi", "socio", "supra", "trans", "ultra", NULL };
	static const char *const named[] = { "préfixe", "préfixes", "élément", NULL };
	const uint32_t nominal = POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE;

	if (c->language != LANGUAGE_FR || right->kind != TOKEN_WORD ||
		!spacing_word_in(c, left, prefixes) || spacing_word_in(c, &left[-1], named))
		return false;
	const word *w = spacing_word(c, right);
	uint32_t parts = w->in[0].grammar & 0xFFFF;
	return (w->shape & SHAPE_LOWER) != 0 && w->points > 3 && (parts & nominal) != 0 &&
	       (parts & ~nominal) == 0;
}

static gap_fault
after_hyphen(const check *c, size_t i)
{
	const token *left = &c->tokens.at[i - 2], *right = &c->tokens.at[i];

	if (!is_worded(left) || !is_worded(right) || is_link(c, right))
		return none;
	if (left[1].gap != GAP_NONE)
		return left[1].gap == GAP_SPACE ? before_loose_hyphen(c, i - 1) : none;
	if (spacing_breaks_line(c, i))
		return none;
	slice a = spacing_word(c, left)->text, b = spacing_word(c, right)->text;
	if (c->language == LANGUAGE_FR && spacing_lists(c, a, SLICE("-"), b))
		return sure;
	if (is_torn_prefix(c, left, right))
		return likely;
	if (c->language == LANGUAGE_FR || spacing_knows(c, a, SLICE(""), b))
		return none;
	return is_prefix(c, left) || is_second_half(c, right) ? likely : none;
}

gap_fault
spacing_hyphen_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->gap != GAP_SPACE && t->gap != GAP_NO_BREAK)
		return none;
	if (is_hyphen(t) || is_en_dash(t))
		return before_hyphen(c, i);
	if (is_hyphen(&t[-1]))
		return after_hyphen(c, i);
	if (is_en_dash(&t[-1]) && t[-1].gap == GAP_NONE && t[-2].kind == TOKEN_NUMBER &&
		t->kind == TOKEN_NUMBER && !spacing_breaks_line(c, i))
		return between_numbers(c, i - 1);
	return none;
}

static status
look(check *c, const rule *r, size_t i)
{
	if (i > 0 && spacing_hyphen_gap(c, i).put != NULL)
		TRY(spacing_report(c, r, i));
	if (i + 1 < c->tokens.count && spacing_hyphen_gap(c, i + 1).put != NULL)
		return spacing_report(c, r, i + 1);
	return STATUS_OK;
}

const rule rule_spacing_hyphen = {
	.id = "spacing/hyphen",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_DASH,
	.source = "FR-ESP-09: letters to the Security Council (A); EN-SPE-09 (A)",
	.summary_en = "space beside the hyphen of a compound",
	.summary_fr = "espace à côté du trait d’union d’un mot composé",
	.explanation_en =
		"The hyphen of a compound and the dash of a range take no space. It is an "
		"error "
		"where the dictionary lists the compound, after a prefix, between names and in "
		"ranges of numbers, and a warning elsewhere. Dashes with a space on each side, "
		"list markers, asides and hanging prefixes (short- and long-term) are left "
		"alone, unless a prefix stands before the dash with which no sentence breaks "
		"off (vice, sub, counter).",
	.explanation_fr = "Le trait d’union d’un mot composé et le tiret d’un intervalle se "
			  "collent aux mots. "
			  "C’est une erreur quand le dictionnaire connaît le composé, après un "
			  "préfixe, entre "
			  "deux noms propres et dans un intervalle de nombres, un "
			  "avertissement ailleurs. Les "
			  "tirets entre deux espaces, les tirets de liste, les incises et les "
			  "préfixes en "
			  "suspens (avant- et après-vente) ne sont pas concernés, sauf quand "
			  "le tiret suit un préfixe après lequel aucune phrase ne "
			  "s’interrompt (ci, vice, sous).",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la note ci -jointe", "la note ci-jointe" },
		{ LANGUAGE_FR, "le principe de non -intervention",
			"le principe de non-intervention" },
		{ LANGUAGE_FR, "la santé et le bien- être", "la santé et le bien-être" },
		{ LANGUAGE_FR, "les pages 716 –718 du rapport",
			"les pages 716–718 du rapport" },
		{ LANGUAGE_EN, "the Secretary -General said", "the Secretary-General said" },
		{ LANGUAGE_EN, "a six -month period", "a six-month period" },
		{ LANGUAGE_EN, "the plan for 2026 -2029", "the plan for 2026-2029" },
		{ LANGUAGE_EN, "troop - and police-contributing countries",
			"troop- and police-contributing countries" },
		{ LANGUAGE_FR, "la lettre ci - jointe", "la lettre ci-jointe" },
		{ LANGUAGE_FR, NULL,
			"le service avant- et après-vente – une exception – est clos" },
		{ LANGUAGE_EN, NULL, "short- and long-term plans - a first - were made" },
		{ LANGUAGE_EN, NULL, "the plan -seen as too weak- was dropped" }),
	.token = look,
};
