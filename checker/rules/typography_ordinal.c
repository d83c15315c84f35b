/* Ordinals in figures: 1er, 1re, 2e, XXIe in French, 21st, 22nd, 23rd, 24th in English. The
 * raised ending that an extraction has torn off (« 1 er juillet ») is put back. */
#include "checker/rules/number.h"

#define ROMAN "IVXLC"

typedef struct ending {
	const char *wrong;
	bool plural;
} ending;

static const ending endings[] = { { "ème", false }, { "ième", false }, { "eme", false },
	{ "ieme", false }, { "éme", false }, { "iéme", false }, { "è", false },
	{ "èmes", true }, { "ièmes", true }, { "emes", true }, { "iemes", true },
	{ "ère", false }, { "ere", false }, { "ière", false }, { "ères", true },
	{ "ières", true }, { "nd", false }, { "nde", false }, { "ndes", true },
	{ "nds", true } };

#define FEMININE_FIRST 11 /* from ère on, of 1 only; from nd on, of 2 only */
#define SECOND_FIRST 16

/* What belongs there in French; NULL when nothing is wrong. */
static const char *
french_ending(slice end, bool one, bool two)
{
	if (slice_is(end, "ier"))
		return one ? "er" : NULL;
	for (size_t k = 0; k < sizeof(endings) / sizeof(*endings); k++) {
		if (!slice_is(end, endings[k].wrong))
			continue;
		if (k >= SECOND_FIRST)
			return !two ? NULL : endings[k].plural ? "es" : "e";
		if (k >= FEMININE_FIRST)
			return !one ? NULL : endings[k].plural ? "res" : "re";
		return one                 ? (endings[k].plural ? "ers" : "er")
		       : endings[k].plural ? "es"
					   : "e";
	}
	return NULL;
}

static const char *
english_right(uint32_t n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };

	return n % 100 > 10 && n % 100 < 14 ? "th" : n % 10 < 4 ? ends[n % 10] : "th";
}

static const char *
english_ending(slice end, uint32_t n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	const char *right = english_right(n);

	for (size_t k = 0; k < 4; k++)
		if (slice_is(end, ends[k]))
			return strcmp(ends[k], right) == 0 ? NULL : right;
	return NULL;
}

static size_t
head_length(slice s, const char *set)
{
	size_t n = 0;

	while (n < s.n && strchr(set, s.p[n]) != NULL)
		n++;
	return n;
}

static const char *
right_ending(const check *c, slice head, slice end)
{
	uint32_t n = number_of(head);

	if (head.n == 0 || end.n == 0)
		return NULL;
	if (c->language == LANGUAGE_EN)
		return n == NUMBER_NONE ? NULL : english_ending(end, n);
	return french_ending(end, n == 1 || slice_equal(head, SLICE("I")), n == 2);
}

/* 2ème · 21th · XXIème */
static status
look_joined(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);
	bool digits = s.p[0] >= '0' && s.p[0] <= '9';

	if (s.n > 16 || (!digits && strchr(ROMAN, s.p[0]) == NULL))
		return STATUS_OK;
	size_t n = head_length(s, digits ? "0123456789" : ROMAN);
	slice head = slice_sub(s, 0, n), end = slice_sub(s, n, s.n);
	const char *right = right_ending(c, head, end);
	/* « the 2nd Battalion » in French text is a name. */
	if (right == NULL ||
		(end.p[0] == 'n' && (c->tokens.at[i + 1].features &
					    (FEATURE_TITLE | FEATURE_CAPITALS)) != 0))
		return STATUS_OK;
	return number_report(
		c, r, i, i, FIX_SAFE, check_printf(c, "%.*s%s", SLICE_ARG(head), right));
}

/* A noun that ordinals count, after token i. */
static bool
counts_noun(const check *c, size_t i)
{
	static const char *const nouns[] = { "séance", "séances", "session", "sessions",
		"siècle", "siècles", "anniversaire", "réunion", "réunions", "alinéa", "rapport",
		"conférence", "édition", NULL };

	return spacing_word_in(c, &c->tokens.at[i + 1], nouns);
}

static bool
is_first_noun(const check *c, size_t i)
{
	static const char *const nouns[] = { "janvier", "février", "mars", "avril", "mai",
		"juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
		"alinéa", "et", NULL };

	return spacing_word_in(c, &c->tokens.at[i + 1], nouns);
}

/* The first letter decides for most words behind a number: e, i, n, é or è. */
static bool
may_be_ending(const check *c, const token *t)
{
	char first = c->document->text.p[t->start];

	return t->kind == TOKEN_WORD && t->length <= 6 &&
	       (first == 'e' || first == 'i' || first == 'n' || first == '\xC3');
}

/* « 1 er juillet », « 21 ème siècle », « 2 nde phase », « 8328 e séance »: i is the ending. */
static status
look_split(check *c, const rule *r, size_t i)
{
	slice head = check_token(c, i - 1), end = check_token(c, i);
	bool one = slice_equal(head, SLICE("1"));
	const char *right = NULL;

	if (!number_is_next(c, i) || number_of(head) == NUMBER_NONE)
		return STATUS_OK;
	if (one && slice_equal(end, SLICE("er")) && is_first_noun(c, i))
		right = "er";
	else if (!one && slice_equal(end, SLICE("e")) && counts_noun(c, i))
		right = "e";
	else if (end.n >= 3 || slice_equal(end, SLICE("è")))
		right = french_ending(end, one, slice_equal(head, SLICE("2")));
	if (right == NULL)
		return STATUS_OK;
	return number_report(
		c, r, i - 1, i, FIX_SAFE, check_printf(c, "%.*s%s", SLICE_ARG(head), right));
}

/* “its 7590 th meeting”, but not the stones of “12 st”; i is the ending. */
static status
look_split_english(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t n = number_plain(c, i - 1);
	slice end = check_token(c, i);

	if (n == NUMBER_NONE || !number_is_next(c, i) ||
		!(slice_is(end, "th") || slice_is(end, english_right(n))) ||
		t[1].kind != TOKEN_WORD || !number_is_next(c, i + 1) ||
		(t[1].features & (FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE)) != 0)
		return STATUS_OK;
	return number_report(
		c, r, i - 1, i, FIX_SAFE, check_printf(c, "%u%s", n, english_right(n)));
}

/* The length and the first letter settle it for most words. */
static bool
may_be_meeting(const check *c, const token *t)
{
	char first = c->document->text.p[t->start];

	return (t->length == 7 || t->length == 8) && t->kind == TOKEN_WORD &&
	       (first == 's' || first == 'm' || first == 'r');
}

/* « à sa 7590 séance »: one meeting, so the figure is its number; i is the figure. */
static status
look_bare(check *c, const rule *r, size_t i)
{
	static const char *const one[] = { "la", "sa", "leur", "cette", "its", "their", NULL };
	static const char *const nouns[] = { "séance", "session", "réunion", "meeting", NULL };
	/* not “its 20 meeting rooms”, but what goes on behind the noun */
	static const char *const behind[] = { "of", "on", "held", "in", "and", "the", NULL };
	const token *t = &c->tokens.at[i];
	uint32_t n = number_plain(c, i);
	bool english = c->language == LANGUAGE_EN;

	if (i == 0 || n == NUMBER_NONE || n == 0 || check_token(c, i).p[0] == '0' ||
		!spacing_word_in(c, &t[1], nouns) || !number_is_next(c, i + 1) ||
		!check_word_is(c, i - 1, one) || !number_is_next(c, i))
		return STATUS_OK;
	/* “its 2018 session”; “its 20 meeting rooms” */
	if (english && ((n >= 1900 && n <= 2100) ||
			       (t[2].kind == TOKEN_WORD && !check_word_is(c, i + 2, behind))))
		return STATUS_OK;
	const char *right = english ? english_right(n) : n == 1 ? "re" : "e";
	return number_report(c, r, i, i, FIX_REVIEW, check_printf(c, "%u%s", n, right));
}

/* « XXI e siècle » */
static status
look_roman(check *c, const rule *r, size_t i)
{
	static const char *const end[] = { "e", "ème", "ième", NULL };
	slice head = check_token(c, i);

	if (head_length(head, ROMAN) != head.n || !number_is_next(c, i + 1) ||
		!check_word_is(c, i + 1, end) || !counts_noun(c, i + 1))
		return STATUS_OK;
	return number_report(
		c, r, i, i + 1, FIX_SAFE, check_printf(c, "%.*se", SLICE_ARG(head)));
}

/* Of words in capitals, the roman numerals. */
static bool
may_be_ordinal(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)l;
	return (r->features & FEATURE_UNKNOWN) != 0 || head_length(w->text, ROMAN) == w->text.n;
}

static status
look_at_figures(check *c, const rule *r, size_t i)
{
	const token *next = &c->tokens.at[i + 1];

	if (may_be_meeting(c, next))
		return look_bare(c, r, i);
	if (c->language == LANGUAGE_FR && may_be_ending(c, next))
		return look_split(c, r, i + 1);
	return c->language == LANGUAGE_EN && next->kind == TOKEN_WORD && next->length == 2
		       ? look_split_english(c, r, i + 1)
		       : STATUS_OK;
}

static const rule of_figures = { .fr = true,
	.en = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_WORD,
	.token = look_at_figures };

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->language == LANGUAGE_FR && t->kind == TOKEN_WORD &&
		(t->features & FEATURE_CAPITALS) != 0)
		return look_roman(c, r, i);
	return look_joined(c, r, i);
}

const rule rule_typography_ordinal = {
	.id = "typography/ordinal",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_CODE | FEATURE_UNKNOWN | FEATURE_CAPITALS,
	.also = &of_figures,
	.wants = may_be_ordinal,
	.source = "FR-NUM-12: S/PRST/2019/7, S/RES/2255 (2015) in French (A); FR-LET-09: "
		  "documents of the A/AC.96 series as extracted (A)",
	.summary_en = "the ending of an ordinal",
	.summary_fr = "terminaison d’un adjectif ordinal",
	.explanation_en =
		"In French ordinals in figures end in “-er”, “-re” (1er, 1re) and “-e” (2e, "
		"XXIe), never in “-ème”, “-ième”, “-ère” or “-nd”. In English the ending is "
		"that of the spoken word: "
		"21st, "
		"22nd, 23rd, 24th, 11th. An ending that stands apart from its figures is "
		"joined to "
		"them, and the number of one meeting (“its 7590 meeting”) needs one.",
	.explanation_fr = "En français, les ordinaux en chiffres se terminent par "
			  "«\u00A0-er\u00A0», «\u00A0-re\u00A0» (1er, "
			  "1re) et «\u00A0-e\u00A0» (2e, XXIe), jamais par «\u00A0-ème\u00A0», "
			  "«\u00A0-ième\u00A0», «\u00A0-ère\u00A0» ou «\u00A0-nd\u00A0"
			  "». En anglais, la terminaison "
			  "est "
			  "celle du mot prononcé\u00A0: 21st, 22nd, 23rd, 24th, 11th. Une "
			  "terminaison séparée "
			  "de ses "
			  "chiffres leur est rattachée, et le numéro d’une séance "
			  "(«\u00A0sa 7590 séance\u00A0») en veut une.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il a tenu sa 8328ème séance à New York.",
					  "Il a tenu sa 8328e séance à New York." },
		{ LANGUAGE_FR, "C’est la 1ère fois que le Comité se réunit.",
			"C’est la 1re fois que le Comité se réunit." },
		{ LANGUAGE_FR, "Les XXIIèmes journées ont eu lieu.",
			"Les XXIIes journées ont eu lieu." },
		{ LANGUAGE_FR, "Il entre en vigueur le 1 er juillet 2018.",
			"Il entre en vigueur le 1er juillet 2018." },
		{ LANGUAGE_FR, "Il a tenu sa 8328 e séance à New York.",
			"Il a tenu sa 8328e séance à New York." },
		{ LANGUAGE_FR, "La paix au XXI e siècle", "La paix au XXIe siècle" },
		{ LANGUAGE_FR, "au cours de la 2 nde phase", "au cours de la 2e phase" },
		{ LANGUAGE_EN, "It held its 21th and last session.",
			"It held its 21st and last session." },
		{ LANGUAGE_EN, "At its 7590 th meeting, it took note.",
			"At its 7590th meeting, it took note." },
		{ LANGUAGE_FR, "À sa 7590 séance, le Conseil a pris note.",
			"À sa 7590e séance, le Conseil a pris note." },
		{ LANGUAGE_EN, "At its 7590 meeting, it took note.",
			"At its 7590th meeting, it took note." },
		{ LANGUAGE_EN, NULL, "Its 2018 session and its 20 meeting rooms." },
		{ LANGUAGE_FR, NULL,
			"Les 1er et 2e comités, la 1re fois, au XXIe siècle, et la COVID-19." },
		{ LANGUAGE_EN, NULL, "The 11th, 12th, 13th, 21st, 22nd and 103rd sessions." }),
	.token = look,
};
