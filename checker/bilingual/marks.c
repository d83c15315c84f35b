/* Marks that both languages need: how the passage ends, question and exclamation marks,
 * brackets, quotation marks.
 *
 * Tempting non-errors: a full stop for a semicolon in lists, brackets of letters and numbers of
 * lists, which French closes only ((a) and a)), plurals in brackets (State(s)), and the marks
 * that each language uses for quotations, one inside the other. */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/utf8.h"

/* --- how it ends --- */

/* A wish or an order has an exclamation mark in one language and a full stop in the other. */
typedef enum ending { END_NOTHING, END_STOP, END_LIST, END_COLON, END_QUESTION } ending;

static bool
closes(uint32_t m)
{
	return m == '"' || m == 0xBB || m == 0x201D || m == 0x2019 || m == ')' || m == ']' ||
	       m == '\'' || m == '*' || m == '_' || m == 0xFFFC;
}

/* The call of a note, behind the mark in English and before it in French: “States.¹” */
static bool
is_call(const pair_half *h, const token *t)
{
	size_t at = t->start;
	uint32_t c = utf8_read(h->document->text, &at);

	return c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x2079);
}

static ending
ending_of(const pair_half *h, size_t *at)
{
	size_t i = h->tokens.count;

	while (i > 0 &&
		(is_call(h, &h->tokens.at[i - 1]) || (h->tokens.at[i - 1].kind == TOKEN_MARK &&
							     closes(h->tokens.at[i - 1].word))))
		i--;
	*at = i == 0 ? 0 : i - 1;
	if (i == 0 || h->tokens.at[i - 1].kind != TOKEN_MARK)
		return END_NOTHING;
	for (size_t k = i; k > 0 && (h->tokens.at[k - 1].features & FEATURE_STOP) != 0; k--)
		if (h->tokens.at[k - 1].word == '?') /* ?! !? */
			return END_QUESTION;
	switch (h->tokens.at[i - 1].word) {
	case '.':
	case 0x2026:
		return END_STOP;
	case ';':
	case ',':
		return END_LIST;
	case ':':
		return END_COLON;
	case '!':
		return END_STOP;
	default:
		return END_NOTHING;
	}
}

static span
token_span_of(const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	return (span){ t->start, t->start + t->length };
}

/* Words of two letters that are no abbreviations. */
static bool
is_little_word(slice s)
{
	static const char *const words_of[] = { "be", "it", "do", "so", "us", "me", "to", "of",
		"in", "on", "up", "by", "is", "as", "he", "we", "an", "eu", "lu", "vu", "dû",
		"ci", "là", "un", NULL };

	return slice_is_one_of(s, words_of);
}

/* An abbreviation at the end has its full stop in one language only: etc., Inc., Co.; and a
 * passage without one that ends with “of” or “to” goes on in a list. */
static status
ends_short(check *c, const pair_half *h, bool stopped, bool *out)
{
	size_t i = h->tokens.count;
	const word_reading *r;

	while (i > 0 && h->tokens.at[i - 1].kind == TOKEN_MARK)
		i--;
	*out = i == 0;
	if (i == 0 || h->tokens.at[i - 1].kind != TOKEN_WORD || h->tokens.at[i - 1].length > 5)
		return STATUS_OK;
	const token *t = &h->tokens.at[i - 1];
	uint16_t shape = words_at(&c->words, t->word)->shape;
	char letter = h->document->text.p[t->start];
	if (t->length == 1) { /* C.F.R., 60° N; but Chapter X, (a) */
		*out = (memchr("IVX", letter, 3) == NULL || t->gap == GAP_NONE) &&
		       !(t[1].kind == TOKEN_MARK && t[1].word == ')');
		return STATUS_OK;
	}
	if ((shape & SHAPE_UPPER) != 0)
		return STATUS_OK; /* ONU, IX */
	TRY(words_read(&c->words, words_at(&c->words, t->word)->lower, h->language, &r));
	*out = !r->known ||
	       (t->length < 3 && !(stopped && is_little_word(slice_sub(h->document->text,
						      t->start, t->start + t->length))));
	return STATUS_OK;
}

static status
look_ending(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	size_t i, k;

	if (!pair_has_both(p) || p->foreign || a->tokens.count == 0 || b->tokens.count == 0)
		return STATUS_OK;
	ending x = ending_of(a, &i), y = ending_of(b, &k);
	if (x == y)
		return STATUS_OK;
	bool stop = (x == END_STOP && y == END_NOTHING) || (x == END_NOTHING && y == END_STOP);
	bool question = x == END_QUESTION || y == END_QUESTION;
	bool short_end[PAIR_SIDES];
	TRY(ends_short(c, a, x == END_STOP, &short_end[0]));
	TRY(ends_short(c, b, y == END_STOP, &short_end[1]));
	if (stop && (short_end[0] || short_end[1] || pair_words(a) < 4))
		return STATUS_OK;
	if (!stop && !question)
		return STATUS_OK;
	return pair_report(c, r, p, token_span_of(b, k), token_span_of(a, i),
		(finding){ .severity = stop && p->entry == NULL ? SEVERITY_INFO
								: SEVERITY_DEFAULT });
}

/* --- pairs of marks --- */

typedef struct tally {
	unsigned round, square, quotes, questions;
} tally;

static bool
is_at(const pair_half *h, size_t i, uint32_t mark)
{
	return h->tokens.at[i].kind == TOKEN_MARK && h->tokens.at[i].word == mark;
}

/* (a), (iv), (12), State(s): part of a list or of a word. */
static bool
is_label(const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	if (is_at(h, i + 2, ')') && t[1].length <= 4)
		return true;
	return t->gap == GAP_NONE && i > 0 && t[-1].kind == TOKEN_WORD;
}

static tally
count_marks(const pair_half *h)
{
	tally n = { 0 };

	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		if (t->kind != TOKEN_MARK)
			continue;
		if (t->word == '(')
			n.round += !is_label(h, i);
		else if (t->word == '[') /* tenu[e] */
			n.square += !(t->gap == GAP_NONE && i > 0 && t[-1].kind == TOKEN_WORD);
		else if (t->word == 0xAB || t->word == 0x201C || t->word == 0x201E)
			n.quotes++;
		else if (t->word == '?')
			n.questions++;
	}
	return n;
}

static size_t
first_mark(const pair_half *h, uint32_t mark)
{
	for (size_t i = 0; i < h->tokens.count; i++)
		if (is_at(h, i, mark))
			return i;
	return SIZE_MAX;
}

static span
place_of(const pair_half *h, uint32_t mark, bool marked)
{
	size_t i = marked ? first_mark(h, mark) : SIZE_MAX;

	return i == SIZE_MAX ? (span){ 0 } : token_span_of(h, i);
}

static status
report_marks(check *c, const rule *r, const check_pair *p, uint32_t mark, unsigned n,
	unsigned k, severity s)
{
	char shown[4];
	size_t length = utf8_put(shown, mark);
	finding f = { .severity = s,
		.message = check_message(c, "“%.*s” stands %u times here, %u in the source",
			"«\u00A0%.*s\u00A0» figure %u fois ici, %u dans le texte source",
			(int)length, shown, k, n) };

	return pair_report(c, r, p, place_of(&p->half[PAIR_TARGET], mark, k > n),
		place_of(&p->half[PAIR_SOURCE], mark, n > k), f);
}

static status
look_brackets(check *c, const rule *r, const check_pair *p)
{
	if (!pair_has_both(p) || p->foreign)
		return STATUS_OK;
	tally a = count_marks(&p->half[PAIR_SOURCE]), b = count_marks(&p->half[PAIR_TARGET]);
	if (a.square != b.square)
		return report_marks(c, r, p, '[', a.square, b.square, SEVERITY_DEFAULT);
	if ((a.round == 0) != (b.round == 0) && a.round + b.round > 1)
		return report_marks(c, r, p, '(', a.round, b.round, SEVERITY_INFO);
	return STATUS_OK;
}

static status
look_quotes(check *c, const rule *r, const check_pair *p)
{
	if (!pair_has_both(p) || p->foreign)
		return STATUS_OK;
	tally a = count_marks(&p->half[PAIR_SOURCE]), b = count_marks(&p->half[PAIR_TARGET]);
	if ((a.quotes == 0) == (b.quotes == 0))
		return STATUS_OK;
	return report_marks(
		c, r, p, a.quotes != 0 ? 0x201C : 0xAB, a.quotes, b.quotes, SEVERITY_DEFAULT);
}

const rule rule_bilingual_punctuation = {
	.id = "bilingual/punctuation",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-PUN-01: editorial rules of both languages (A)",
	.summary_en = "the passage does not end as its source does",
	.summary_fr = "le passage ne se termine pas comme le texte source",
	.explanation_en = "A question stays a question, and a sentence with a full stop keeps "
			  "it. Commas, "
			  "semicolons and colons are not compared, since lists have rules of "
			  "their own in "
			  "each language, nor are titles of a few words.",
	.explanation_fr =
		"Une question reste une question, et une phrase garde son point final. Les "
		"virgules, points-virgules et deux-points ne sont pas comparés, car chaque "
		"langue a ses règles pour les listes, ni les titres de quelques mots.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Qui a décidé de réunir le Conseil.",
					  "Qui a décidé de réunir le Conseil ?",
					  .source = "Who decided to convene the Council?" },
		{ LANGUAGE_EN, "The Council met yesterday in Vienna (Austria)",
			"The Council met yesterday in Vienna (Austria).",
			.source = "Le Conseil s’est réuni hier à Vienne (Autriche)." },
		{ LANGUAGE_FR, NULL, "de réunir le Conseil ;",
			.source = "to convene the Council." }),
	.pair = look_ending,
};

const rule rule_bilingual_bracket = {
	.id = "bilingual/bracket",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-PUN-02: square brackets of negotiated text (A)",
	.summary_en = "brackets that the source has not, or that are missing",
	.summary_fr =
		"des crochets ou parenthèses que le texte source n’a pas, ou qui manquent",
	.explanation_en =
		"Square brackets mark text that is still negotiated: both languages have the "
		"same number. Round brackets are told as information when one side has several "
		"and the other none; those of letters and numbers of lists, and of plurals, do "
		"not count.",
	.explanation_fr =
		"Les crochets signalent un texte en cours de négociation\u00A0: les deux "
		"langues en "
		"ont le même nombre. Les parenthèses sont signalées pour information quand un "
		"côté en a plusieurs et l’autre aucune\u00A0; celles des lettres et numéros de "
		"listes et des pluriels ne comptent pas.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "d’ici à 2030", "[d’ici à 2030]", .source = "[by 2030]" },
		{ LANGUAGE_FR, NULL, "a) le texte (l’annexe) ; b) l’État ou les États",
			.source = "(a) the text (the annex); (b) the State(s)" }),
	.pair = look_brackets,
};

const rule rule_bilingual_quotes = {
	.id = "bilingual/quotes",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.source = "BI-PUN-01: editorial rules of both languages (A)",
	.summary_en = "quotation marks on one side only",
	.summary_fr = "des guillemets d’un seul côté",
	.explanation_en =
		"One side quotes and the other does not. Terms that are defined, and titles "
		"that one language has in italics, are reasons for that, so it is information.",
	.explanation_fr =
		"L’un des côtés a des guillemets, l’autre non. Les termes que l’on définit et "
		"les titres qu’une langue met en italique en sont des raisons\u00A0: c’est une "
		"information.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le terme déchets désigne les matières.",
		"Le terme « déchets » désigne les matières.",
		.source = "The term “waste” means the materials." }),
	.pair = look_quotes,
};
