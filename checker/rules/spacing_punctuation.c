/* Spaces before a mark that leans on the word before it, after one that leans on the word
 * after it, and the lack of a space where one mark ends a clause. French wants a space before
 * : ; ! ? and inside « »: whether a document follows the practice of the Secretariat or that of
 * the press service is its own business (reference rules, section 1), so the signs that stand
 * against the document's own habit are reported, and a habit against the profile only once. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/sign.h"
#include "checker/rules/spacing.h"

#define LOOK_BACK 200  /* tokens searched for an opening bracket */
#define PHRASE_LEAST 3 /* tokens in brackets that are no ending of a word */
#define HABIT_LEAST 3  /* signs that make a habit */
#define HABIT_RATIO 4
#define HABIT_FEW 4 /* signs that are told one by one */

static const gap_fault none;
static const gap_fault sure = { "", SEVERITY_ERROR, FIX_SAFE };
static const gap_fault likely = { "", SEVERITY_WARNING, FIX_REVIEW };
static const gap_fault by_house = { "", SEVERITY_WARNING, FIX_SAFE };
static const gap_fault habitual = { "", SEVERITY_INFO, FIX_REVIEW };
static const gap_fault missing = { " ", SEVERITY_ERROR, FIX_SAFE };
static const gap_fault perhaps_missing = { " ", SEVERITY_WARNING, FIX_REVIEW };

static bool
is_opener(const token *t)
{
	return t->kind == TOKEN_MARK &&
	       (t->word == '(' || t->word == '[' || t->word == '{' || t->word == 0x201C ||
		       t->word == 0x201E || t->word == 0x2018 || t->word == 0xAB ||
		       t->word == '"');
}

/* What a comma or a full stop may lean on. */
static bool
ends_phrase(const token *t)
{
	if (spacing_is_text(t))
		return true;
	return t->kind == TOKEN_MARK &&
	       (t->word == ')' || t->word == ']' || t->word == 0x201D || t->word == 0x2019 ||
		       t->word == 0xBB || t->word == '%' || t->word == '"' || t->word == '?' ||
		       t->word == '!' || t->word == '*' || t->word == 0xB0);
}

static bool
is_dots(const token *t)
{
	return t->kind == TOKEN_MARK &&
	       (t->word == '.' || t->word == 0x2026 || t->word == 0xB7);
}

/* The call of a note after the stop: « report .20 The … ». */
static bool
is_note_call(const check *c, const token *t)
{
	return t->kind == TOKEN_NUMBER && t->length <= 3 && t[-1].word == '.' &&
	       spacing_is_word(c, &t[-2], 4) &&
	       (t[1].kind == TOKEN_EDGE ||
		       (t[1].gap != GAP_NONE && (t[1].features & FEATURE_TITLE) != 0));
}

static gap_fault
before_stop(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	bool abbreviated = t->word == ',' && spacing_is_mark(&t[-1], '.') &&
			   t[-1].gap == GAP_NONE && t[-2].kind == TOKEN_WORD;

	if ((!ends_phrase(&t[-1]) && !abbreviated) || is_dots(&t[1]) ||
		(t->word == ',' && spacing_is_mark(&t[1], ',')))
		return none;
	if (t[-1].kind == TOKEN_ADDRESS)
		return habitual;
	if (t[1].gap != GAP_NONE || t[1].kind == TOKEN_EDGE || t[1].kind == TOKEN_MARK)
		return sure;
	if (t->word == ',')
		return spacing_is_word(c, &t[-1], 2) && spacing_is_word(c, &t[1], 2) ? sure
										     : none;
	return t->word == '.' && is_note_call(c, &t[1]) ? likely : none;
}

static bool
is_lower(const check *c, const token *t)
{
	return t->kind == TOKEN_WORD && (spacing_word(c, t)->shape & SHAPE_LOWER) != 0;
}

/* : ; ! ? where the house closes them up; a lone ? in a sentence stands for a letter. */
static gap_fault
before_high_stop(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (sign_space(c, t) != SPACE_NONE || !ends_phrase(&t[-1]))
		return none;
	if (t[1].gap == GAP_NONE && t[1].kind != TOKEN_EDGE)
		return none;
	if (t[-1].kind == TOKEN_ADDRESS)
		return habitual;
	if (t->word == '?' && is_lower(c, &t[1]))
		return none;
	if (t[-1].kind == TOKEN_NUMBER && t[1].kind == TOKEN_NUMBER)
		return none;
	return c->language == LANGUAGE_EN ? sure : by_house;
}

/* The opening bracket of the closing one at i; i when there is none. */
static size_t
opening_of(const check *c, size_t i)
{
	const token *t = c->tokens.at;
	uint32_t closer = t[i].word, opener = closer == ')' ? '(' : '[';
	int depth = 1;

	for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
		if (spacing_is_mark(&t[k], closer))
			depth++;
		else if (spacing_is_mark(&t[k], opener) && --depth == 0)
			return k;
	}
	return i;
}

/* Without an opening bracket in sight it may be the marker of a list: « a ) ». */
static gap_fault
before_bracket(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (is_opener(&t[-1]) || t[-1].kind == TOKEN_EDGE)
		return none;
	if (t[-1].kind == TOKEN_ADDRESS)
		return habitual;
	size_t opener = opening_of(c, i);
	if (opener != i)
		return i - opener > 2 || (i - opener == 2 && spacing_is_text(&t[-1])) ? sure
										      : none;
	if (t[-1].kind == TOKEN_SYMBOL || spacing_is_mark(&t[-2], '/') ||
		((t[1].features & FEATURE_STOP) != 0 && t[1].gap == GAP_NONE))
		return likely;
	return t[-1].kind == TOKEN_WORD && spacing_word(c, &t[-1])->points > 3 ? likely : none;
}

static bool
is_single_open(const check *c, size_t i)
{
	for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
		const token *t = &c->tokens.at[k];
		if (spacing_is_mark(t, 0x2018))
			return true;
		if (spacing_is_mark(t, 0x2019))
			return false;
	}
	return false;
}

/* The quotation that ends at i has a space after its opening mark too: a French habit, by the
 * model of « ». */
static bool
is_quoted_loosely(const check *c, size_t i)
{
	if (c->language != LANGUAGE_FR)
		return false;
	for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;)
		if (spacing_is_mark(&c->tokens.at[k], 0x201C) ||
			spacing_is_mark(&c->tokens.at[k], 0x201E))
			return c->tokens.at[k + 1].gap != GAP_NONE;
	return false;
}

static gap_fault
before_quote(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (!ends_phrase(&t[-1]) && !is_dots(&t[-1]) && !spacing_is_mark(&t[-1], ','))
		return none;
	if (t[1].gap == GAP_NONE && spacing_is_text(&t[1]))
		return none;
	if (spacing_is_mark(&t[-1], t->word) || spacing_is_mark(&t[1], t->word))
		return none;
	if (t->word == 0x201D)
		return is_quoted_loosely(c, i) ? habitual : sure;
	if (t[-1].kind == TOKEN_NUMBER)
		return none;
	return is_single_open(c, i) || spacing_is_mark(&t[1], 0x201D) ? sure : none;
}

static bool
is_number(const token *t)
{
	return t->kind == TOKEN_NUMBER;
}

/* « et / ou » */
static bool
is_and_or(const check *c, size_t i)
{
	static const char *const first[] = { "et", "and", NULL };
	static const char *const second[] = { "ou", "or", NULL };
	const token *t = &c->tokens.at[i];

	return spacing_word_in(c, &t[-1], first) && spacing_word_in(c, &t[1], second);
}

/* 2024 /25 */
static gap_fault
before_slash(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t[1].gap != GAP_NONE)
		return is_and_or(c, i) ? sure : none;
	if (is_number(&t[-1]) && is_number(&t[1]))
		return t[-1].length == 4 && (t[1].length == 2 || t[1].length == 4) ? sure
										   : none;
	return spacing_is_word(c, &t[-1], 2) && spacing_is_word(c, &t[1], 2) ? likely : none;
}

/* «x», as some houses write it. */
static bool
closes_up_quotes(const check *c)
{
	return c->language == LANGUAGE_FR &&
	       check_profile(c)->space_inside_quotes == SPACE_NONE;
}

static gap_fault
before_mark(const check *c, size_t i)
{
	switch (c->tokens.at[i].word) {
	case ',':
	case '.':
		return before_stop(c, i);
	case ':':
	case ';':
	case '!':
	case '?':
		return before_high_stop(c, i);
	case ')':
	case ']':
		return before_bracket(c, i);
	case 0xBB:
		return closes_up_quotes(c) && sign_wants_before(c, i) ? by_house : none;
	case 0x201D:
	case 0x2019:
		return before_quote(c, i);
	case '/':
		return before_slash(c, i);
	default:
		return none;
	}
}

/* Formulas (« ( k - 1 ) ») and boxes to tick stay. */
static gap_fault
after_bracket(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_ADDRESS)
		return habitual;
	if ((!spacing_is_text(t) && !is_opener(t)) || (t->features & FEATURE_SINGLE) != 0)
		return none;
	if (t[1].kind == TOKEN_MARK && t[1].gap != GAP_NONE &&
		(t[1].features & (FEATURE_STOP | FEATURE_BRACKET | FEATURE_QUOTE)) == 0)
		return none;
	return t[-1].gap != GAP_NONE || is_opener(&t[-2]) ? sure : likely;
}

static bool
closes_loosely(const check *c, size_t i)
{
	if (c->language != LANGUAGE_FR)
		return false;
	for (size_t k = i; k < c->tokens.count && k < i + LOOK_BACK; k++)
		if (spacing_is_mark(&c->tokens.at[k], 0x201D))
			return c->tokens.at[k].gap != GAP_NONE;
	return false;
}

/* « $ 26,365 »; « US$ 24 » is a style of its own. */
static gap_fault
after_currency(const check *c, const token *t)
{
	if (c->language != LANGUAGE_EN || !is_number(t))
		return none;
	return t[-1].gap != GAP_NONE || is_opener(&t[-2]) ? likely : none;
}

static gap_fault
after_mark(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	switch (t[-1].word) {
	case '(':
	case '[':
		return after_bracket(c, i);
	case 0xAB:
		return closes_up_quotes(c) && sign_wants_after(c, i - 1) ? by_house : none;
	case 0x201C:
	case 0x201E:
		if (!spacing_is_text(t) || t[-1].gap == GAP_NONE ||
			(t[-1].word == 0x201C && spacing_closes_low(c, i - 1)))
			return none;
		return closes_loosely(c, i) ? habitual : sure;
	case '$':
		return after_currency(c, t);
	case '/':
		return i > 1 && is_and_or(c, i - 1) ? sure : none;
	default:
		return none;
	}
}

static bool
is_title(const token *t)
{
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION) &&
	       (t->features & FEATURE_TITLE) != 0 && (t->features & FEATURE_UNKNOWN) == 0;
}

/* « détentions.Toutefois » */
static gap_fault
after_stop_missing(const check *c, const token *t)
{
	if (t[-1].gap != GAP_NONE || !spacing_is_word(c, &t[-2], 3) || !is_lower(c, &t[-2]))
		return none;
	if (!is_title(t) || (t->kind == TOKEN_WORD && spacing_word(c, t)->points < 2))
		return none;
	return t[1].gap == GAP_NONE && t->kind == TOKEN_WORD && t[1].kind != TOKEN_EDGE
		       ? perhaps_missing
		       : missing;
}

/* « paix,sécurité » */
static gap_fault
after_comma_missing(const check *c, const token *t)
{
	if (t[-1].gap != GAP_NONE && t[-1].word != ',' && t[-1].word != ';')
		return none;
	/* « Voilà,il »: a name before it may be half of a code */
	if (!spacing_is_word(c, &t[-2], 3) || (!is_lower(c, &t[-2]) && !is_lower(c, t)))
		return none;
	return spacing_is_word(c, t, 2) || t->kind == TOKEN_ELISION ? missing : none;
}

/* » may open a quotation in other habits than the French one. */
static bool
closes_guillemets(const check *c, size_t i)
{
	for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
		if (spacing_is_mark(&c->tokens.at[k], 0xAB))
			return true;
		if (spacing_is_mark(&c->tokens.at[k], 0xBB))
			return false;
	}
	return false;
}

static gap_fault
after_closer_missing(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	size_t opener = t[-1].word == ')' ? opening_of(c, i - 1) : i - 1;
	bool elided = t->kind == TOKEN_ELISION;

	if (!spacing_is_word(c, t, 3) && !elided)
		return none;
	if (t[-1].word != ')')
		return closes_guillemets(c, i - 1) && !elided ? perhaps_missing : none;
	if (i - 1 - opener > PHRASE_LEAST && (elided || is_lower(c, t)))
		return perhaps_missing;
	if (elided)
		return none;
	if (opener == i - 1 || opener == 0 || c->tokens.at[opener].gap == GAP_NONE)
		return none;
	return is_title(t) || is_number(&t[-2]) ? perhaps_missing : none;
}

/* The bracket that opens at i holds more than an ending: « mot(s) », « membre(e)s ». */
static bool
holds_phrase(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t[2].gap == GAP_NONE && t[2].kind != TOKEN_EDGE)
		return false;
	return spacing_is_word(c, &t[1], 2) && t[2].gap != GAP_NONE;
}

static bool
is_resolution(const check *c, const token *t)
{
	static const char *const names[] = { "résolution", "résolutions", "resolution",
		"resolutions", NULL };

	return spacing_word_in(c, t, names);
}

/* « Daech(ci-après « le Comité ») »: behind a name too these words begin a remark; other words
 * may belong to it, as in names of articles and of models. */
static bool
opens_remark(const check *c, size_t i)
{
	static const char *const first[] = { "ci-après", "ci-dessus", "voir", "dit", "dite",
		"dits", "dites", "anciennement", "également", "aussi", "hereinafter", "see",
		"formerly", "also", NULL };

	return spacing_word_in(c, &c->tokens.at[i + 1], first);
}

/* « le Conseil(de sécurité) »: behind a name too, since no ending and no name begins so. */
static bool
opens_phrase(const check *c, size_t i)
{
	static const char *const first[] = { "de", "du", "des", "d’", "la", "les", "dans",
		"pour", "avec", "the", "of", "with", "from", NULL };
	const token *t = &c->tokens.at[i];

	return spacing_word_in(c, &t[1], first) && is_lower(c, &t[1]) &&
	       t[2].kind == TOKEN_WORD && t[2].gap != GAP_NONE && t[-1].length > 4;
}

static gap_fault
before_opener_missing(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	/* « Est-ce fini ?(voir ci-après) » */
	if (t[-1].kind == TOKEN_MARK)
		return (t[-1].features & FEATURE_STOP) != 0 && t[-1].word != '.' &&
				       spacing_is_word(c, &t[-2], 2) && is_lower(c, &t[-2])
			       ? (holds_phrase(c, i) ? missing : none)
			       : none;
	if (is_number(&t[-1]))
		return is_number(&t[1]) && t[1].length == 4 && t[-1].length >= 3 &&
				       is_resolution(c, &t[-2])
			       ? missing
			       : none;
	if (!spacing_is_word(c, &t[-1], 3) ||
		!(is_lower(c, &t[-1]) || opens_remark(c, i) || opens_phrase(c, i)))
		return none;
	return holds_phrase(c, i) || t[1].kind == TOKEN_SYMBOL ? missing : none;
}

/* « le suivant :« Les Parties », « le« Plan d’action » » */
static gap_fault
before_guillemet_missing(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->language != LANGUAGE_FR || t[1].kind == TOKEN_EDGE || t[1].kind == TOKEN_MARK)
		return none;
	if (spacing_is_mark(&t[-1], ':') || spacing_is_mark(&t[-1], ',') ||
		spacing_is_mark(&t[-1], ';'))
		return spacing_is_text(&t[-2]) ? missing : none;
	return spacing_is_word(c, &t[-1], 2) && is_lower(c, &t[-1]) ? missing : none;
}

/* « le », « aux », « par »: what begins a phrase, and names nothing. */
static bool
begins_phrase(const check *c, const token *t)
{
	return (spacing_word(c, t)->in[c->language - LANGUAGE_FR].grammar &
		       (POS_DETERMINER | POS_PREPOSITION | POS_PRONOUN | POS_CONJUNCTION)) != 0;
}

/* « le texte suivant:la paix »: two words of prose in a sentence, neither a key and its value
 * (le ratio élève:maître) nor a scheme, nor the ending of another gender (étudiant:es). */
static gap_fault
after_colon_missing(const check *c, const token *t)
{
	return c->language == LANGUAGE_FR && c->block->kind != BLOCK_CELL &&
			       t[-2].gap != GAP_NONE && spacing_is_word(c, &t[-2], 3) &&
			       is_lower(c, &t[-2]) && spacing_is_word(c, t, 2) &&
			       is_lower(c, t) && t[1].gap != GAP_NONE &&
			       t[1].kind != TOKEN_EDGE && begins_phrase(c, t)
		       ? missing
		       : none;
}

/* « ça se croit…fort »: two words of prose, neither half of one (« con…tenu »). */
static gap_fault
after_ellipsis_missing(const check *c, const token *t)
{
	return c->language == LANGUAGE_FR && t[-1].gap == GAP_NONE &&
			       spacing_is_word(c, &t[-2], 3) && is_lower(c, &t[-2]) &&
			       spacing_is_word(c, t, 3) && is_lower(c, t) &&
			       !spacing_knows(c, spacing_word(c, &t[-2])->text, SLICE(""),
				       spacing_word(c, t)->text)
		       ? perhaps_missing
		       : none;
}

static gap_fault
missing_at(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (spacing_is_mark(t, '('))
		return before_opener_missing(c, i);
	if (spacing_is_mark(t, 0xAB))
		return before_guillemet_missing(c, i);
	if (t->kind == TOKEN_MARK)
		return none;
	if (t[-1].kind != TOKEN_MARK)
		return none;
	switch (t[-1].word) {
	case '.':
		return after_stop_missing(c, t);
	case ',':
	case ';':
		return after_comma_missing(c, t);
	case ':':
		return after_colon_missing(c, t);
	case 0x2026:
		return after_ellipsis_missing(c, t);
	case ')':
	case 0xBB:
		return after_closer_missing(c, i);
	default:
		return none;
	}
}

gap_fault
spacing_punctuation_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->gap == GAP_NONE)
		return missing_at(c, i);
	if (!spacing_is_white(c, i))
		return none;
	if (t->kind == TOKEN_MARK) {
		gap_fault f = before_mark(c, i);
		if (f.put != NULL)
			return f;
	}
	return t[-1].kind == TOKEN_MARK ? after_mark(c, i) : none;
}

/* --- signs without their space, counted over the document --- */

typedef struct habit {
	size_t spaced;
	places tight;
} habit;

static habit *
habit_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, habit);
	return *note;
}

static status
count_sign(check *c, const rule *r, size_t i, bool spaced)
{
	habit *h = habit_of(c, r);

	if (h == NULL)
		return STATUS_MEMORY;
	if (!spaced)
		return places_add(c, &h->tight, check_span(c, i, i));
	h->spaced++;
	return STATUS_OK;
}

static status
count_signs(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (sign_space(c, t) <= SPACE_NONE)
		return STATUS_OK;
	if (sign_wants_before(c, i))
		return count_sign(c, r, i, t->gap != GAP_NONE);
	if (sign_wants_after(c, i))
		return count_sign(c, r, i, t[1].gap != GAP_NONE);
	return STATUS_OK;
}

static status
report_sign(check *c, const rule *r, span place, finding f)
{
	slice sign = check_text(c, place);
	bool opens = slice_equal(sign, SLICE("«"));
	uint32_t first = opens                             ? 0xAB
			 : (unsigned char)sign.p[0] < 0x80 ? (uint32_t)sign.p[0]
							   : 0xBB;
	const token mark = { .kind = TOKEN_MARK, .word = first };
	const char *space =
		c->document->extracted ? " " : sign_space_text(sign_space(c, &mark));
	slice mended = check_printf(
		c, "%s%.*s%s", opens ? "" : space, SLICE_ARG(sign), opens ? space : "");

	if (mended.p == NULL)
		return STATUS_MEMORY;
	f.text = place;
	f.suggestions = &mended;
	f.suggestion_count = 1;
	if (f.message.p == NULL)
		f.message = opens ? check_message(c, "no space after «", "pas d’espace après «")
				  : check_message(c, "no space before %.*s",
					    "pas d’espace avant %.*s", SLICE_ARG(sign));
	return check_report(c, r, f);
}

static status
report_slip(check *c, const rule *r, span place)
{
	return report_sign(
		c, r, place, (finding){ .severity = SEVERITY_WARNING, .fix = FIX_SAFE });
}

static status
report_one_of_few(check *c, const rule *r, span place)
{
	return report_sign(
		c, r, place, (finding){ .severity = SEVERITY_INFO, .fix = FIX_REVIEW });
}

static status
report_habit(check *c, const rule *r)
{
	const habit *h = *check_note(c, r);

	if (h == NULL || h->tight.count == 0)
		return STATUS_OK;
	if (h->spaced >= HABIT_LEAST && h->spaced >= HABIT_RATIO * h->tight.count)
		return places_each(c, r, &h->tight, report_slip);
	if (h->tight.count <= HABIT_FEW)
		return places_each(c, r, &h->tight, report_one_of_few);
	finding f = { .severity = SEVERITY_INFO,
		.places = h->tight.first->at,
		.place_count = h->tight.first->count };
	f.message = check_message(c,
		"%zu signs (:\u00A0;\u00A0!\u00A0? «\u00A0») without their space, %zu with it",
		"%zu signes (:\u00A0;\u00A0!\u00A0? «\u00A0») sans leur espace, %zu avec",
		h->tight.count, h->spaced);
	return report_sign(c, r, h->tight.first->at[0], f);
}

/* What wants a space before it. */
static bool
opens_tightly(const token *t)
{
	return t->gap == GAP_NONE && (t->word == '(' || t->word == 0xAB);
}

/* Most commas, stops and closing brackets touch the word before them and have a space and a
 * word, or another of them, behind. */
static bool
is_plain_closer(const token *t)
{
	if (t->gap != GAP_NONE)
		return false;
	if (t[1].kind == TOKEN_EDGE)
		return true;
	return (t[1].gap != GAP_NONE) != (t[1].kind == TOKEN_MARK) && !opens_tightly(&t[1]);
}

/* And most opening ones have a word and a space before them, and touch the word behind. */
static bool
is_plain_opener(const token *t)
{
	return (t->word == '(' || t->word == '[') && t->gap != GAP_NONE &&
	       t[-1].kind != TOKEN_MARK && t[1].gap == GAP_NONE && t[1].kind != TOKEN_MARK;
}

static status
look_around(check *c, const rule *r, size_t i)
{
	if (i > 0 && spacing_punctuation_gap(c, i).put != NULL)
		TRY(spacing_report(c, r, i));
	if (i + 1 < c->tokens.count && spacing_punctuation_gap(c, i + 1).put != NULL)
		return spacing_report(c, r, i + 1);
	return STATUS_OK;
}

static status
look_at_closer(check *c, const rule *r, size_t i)
{
	return is_plain_closer(&c->tokens.at[i]) ? STATUS_OK : look_around(c, r, i);
}

static bool
is_closer(uint32_t mark)
{
	return mark == ',' || mark == '.' || mark == ')' || mark == ']';
}

static bool
is_no_closer(uint32_t mark)
{
	return !is_closer(mark);
}

/* So plain closers are mostly not even looked at. */
static const rule of_closers = { .fr = true,
	.en = true,
	.on = FEATURE_STOP | FEATURE_BRACKET,
	.wants_mark = is_closer,
	.after = FEATURE_TIGHT | FEATURE_MARK,
	.leaning = true,
	.token = look_at_closer };

static status
look(check *c, const rule *r, size_t i)
{
	if (is_plain_opener(&c->tokens.at[i]))
		return STATUS_OK;
	if (c->language == LANGUAGE_FR)
		TRY(count_signs(c, r, i));
	return look_around(c, r, i);
}

const rule rule_spacing_punctuation = {
	.id = "spacing/punctuation",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_STOP | FEATURE_BRACKET | FEATURE_QUOTE | FEATURE_APOSTROPHE |
	      FEATURE_SLASH | FEATURE_RATE,
	.wants_mark = is_no_closer,
	.also = &of_closers,
	.source = "FR-ESP-05, FR-ESP-18, FR-ESP-19: documents of the United Nations (A); "
		  "FR-ESP-01, FR-ESP-02, FR-ESP-07, FR-ESP-17: typographic guides (B); "
		  "EN-PUN-07 (A)",
	.summary_en = "wrong spacing beside a punctuation mark",
	.summary_fr = "espacement fautif d’un signe de ponctuation",
	.explanation_en =
		"No space stands before a comma, a full stop, a closing bracket or quotation "
		"mark, nor after an opening one; in English none before a colon, a semicolon, "
		"an exclamation or a question mark either. One space stands after a comma or a "
		"stop and before an opening bracket or quotation mark. In French the colon, "
		"the semicolon, exclamation and question marks take one before them, and so do "
		"quotation marks on their inner side: signs that lack it "
		"are reported where the document gives it to nearly all others; a document "
		"that never does so is told for information, once where there are more than "
		"four. A profile may close these "
		"signs up instead (options space-…). Addresses, times, ratios, decimals, dot "
		"leaders, empty brackets and endings in brackets (word(s)) are left alone.",
	.explanation_fr =
		"Aucune espace ne précède la virgule, le point, la parenthèse ou le guillemet "
		"anglais fermants, ni ne suit les ouvrants\u00A0; en anglais, aucune non plus "
		"avant "
		"les signes doubles. Une espace suit la virgule et le point et précède la "
		"parenthèse et le guillemet ouvrants. En français, le deux-points, le "
		"point-virgule, les points d’exclamation et d’interrogation en veulent une "
		"avant, et les guillemets une du côté intérieur\u00A0: les signes qui n’en ont "
		"pas "
		"sont relevés quand presque tous les "
		"autres du document en ont une\u00A0; un document qui n’en met jamais n’est "
		"signalé que pour information, et une seule fois au-delà de quatre. Un profil "
		"peut au contraire ne pas "
		"vouloir d’espace (options space-…). Les adresses, heures, rapports, "
		"décimales, points de conduite, parenthèses vides et terminaisons entre "
		"parenthèses (mot(s)) ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "les forces de police , en tenue",
					  "les forces de police, en tenue" },
		{ LANGUAGE_FR, "la fin des détentions.Toutefois le Comité doute",
			"la fin des détentions. Toutefois le Comité doute" },
		{ LANGUAGE_FR, "la paix,la sécurité et le développement",
			"la paix, la sécurité et le développement" },
		{ LANGUAGE_FR, "Ils se croient…forts, dit-on.",
			"Ils se croient… forts, dit-on." },
		{ LANGUAGE_FR, "une liste (voir annexe ) de noms",
			"une liste (voir annexe) de noms" },
		{ LANGUAGE_FR, "Il dit ceci :« Nous irons. »",
			"Il dit ceci : « Nous irons. »" },
		{ LANGUAGE_FR, "le Comité(ci-après dénommé le groupe)",
			"le Comité (ci-après dénommé le groupe)" },
		{ LANGUAGE_FR, "la résolution 1990(2011) du Conseil",
			"la résolution 1990 (2011) du Conseil" },
		{ LANGUAGE_FR, "Un : oui. Deux : oui. Trois : oui. Quatre : oui. Le but: agir.",
			"Un : oui. Deux : oui. Trois : oui. Quatre : oui. Le but : agir." },
		{ LANGUAGE_FR, "la paix et / ou la sécurité", "la paix et/ou la sécurité" },
		{ LANGUAGE_EN, "the report ; the annex", "the report; the annex" },
		{ LANGUAGE_EN, "the Office (UK ) agreed", "the Office (UK) agreed" },
		{ LANGUAGE_EN, "the “general ” clause", "the “general” clause" },
		{ LANGUAGE_EN, "the 2024 /25 budget", "the 2024/25 budget" },
		{ LANGUAGE_FR, "Une résolution intitulée : Paix",
			"Une résolution intitulée: Paix", "un-fr-press" },
		{ LANGUAGE_FR, "le rapport « Paix » du Comité", "le rapport «Paix» du Comité",
			"fao-fr" },
		{ LANGUAGE_FR, NULL, "Un: oui; à 10:30, «non»; deux? trois!", "fao-fr" },
		{ LANGUAGE_FR, NULL,
			"À l’échelle 1:50, le ou les membre(s) ont lu undocs.org/A/70/1 : "
			"c.-à-d. 2,5 "
			"pages…" },
		{ LANGUAGE_EN, NULL,
			"( ) Yes . . . . 12 (see para. 5(a)) at a ratio of 3 : 1" }),
	.token = look,
	.document = report_habit,
};
