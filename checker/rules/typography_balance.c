/* Brackets and quotation marks that are opened and never closed, or closed and never opened.
 *
 * The price of being wrong is high and texts have many habits, so the doubt is always the
 * text's: each kind of mark is matched by itself, a mark left over in one paragraph may find
 * its partner in a later one, a quotation of several paragraphs may be opened anew in each, and
 * a document in which many marks of a kind stand alone (labels of lists, ditto marks, inches, a
 * habit of another country) is told nothing about that kind. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"
#include "text/utf8.h"

#define OPEN_MOST 32      /* marks open at once */
#define BRACKET_MOST 2    /* paragraphs that one pair of brackets spans … */
#define QUOTE_MOST 20     /* … one of quotation marks */
#define SENTENCE_MOST 200 /* tokens */
#define ALONE_LEAST 3     /* marks alone that may be a habit … */
#define ALONE_SHARE 10    /* … when they are more than one in so many */

enum kind { ROUND, SQUARE, CURLY, GUILLEMETS, CURLED, STRAIGHT, KINDS };

typedef struct kind_marks {
	span open[OPEN_MOST]; /* in the block in hand */
	size_t depth, spare;  /* opened; closed perhaps */
	span pending;         /* opened in an earlier block */
	size_t pending_block;
	bool pending_known; /* its sentence ends in the block */
	places alone;
	size_t count;
} kind_marks;

typedef struct marks {
	kind_marks of[KINDS];
	size_t block;     /* how many went before */
	unsigned touched; /* the kinds that the block in hand has, a bit each */
	bool low; /* the document writes „ ” or „ “: a curled mark is no sign of its partner */
} marks;

static marks *
marks_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, marks);
	return *note;
}

static int
kind_of(uint32_t mark, bool *opens)
{
	*opens = false;
	switch (mark) {
	case '(':
		*opens = true;
		return ROUND;
	case ')':
		return ROUND;
	case '[':
		*opens = true;
		return SQUARE;
	case ']':
		return SQUARE;
	case '{':
		*opens = true;
		return CURLY;
	case '}':
		return CURLY;
	case 0xAB:
		*opens = true;
		return GUILLEMETS;
	case 0xBB:
		return GUILLEMETS;
	case 0x201C:
		*opens = true;
		return CURLED;
	case 0x201D:
		return CURLED;
	case '"':
		return STRAIGHT;
	default:
		return KINDS;
	}
}

static bool
is_roman(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("ivxlcdmIVXLCDM", s.p[i]) == NULL)
			return false;
	return s.n <= 6;
}

static bool
is_label(const check *c, size_t i)
{
	static const char *const repeats[] = { "bis", "ter", "quater", "quinquies", NULL };
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE)
		return true;
	return t->kind == TOKEN_WORD &&
	       ((t->features & FEATURE_SINGLE) != 0 || is_roman(check_token(c, i)) ||
		       spacing_word_in(c, t, repeats));
}

/* The « a) », « 12) », « iv) », « 3 bis) », « 1°) », « *) », « 2.) » of lists, of references
 * and of calls of notes. */
static bool
closes_label(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || is_label(c, i - 1))
		return true;
	if (t[-1].kind == TOKEN_ADDRESS)
		return memchr(check_token(c, i - 1).p, '(', t[-1].length) != NULL;
	if (t[-1].kind != TOKEN_MARK)
		return false;
	return (t[-1].features & FEATURE_RATE) != 0 || t[-1].word == '*' ||
	       t[-1].word == '\'' ||
	       (t[-1].word == '.' && i > 1 && t[-1].gap == GAP_NONE && is_label(c, i - 2));
}

/* 5" and 12”: inches and seconds, unless a quotation is open. */
static bool
is_measure(const token *t, const kind_marks *k)
{
	return k->depth == 0 && (t->word == '"' || t->word == 0x201D) && t->gap == GAP_NONE &&
	       (t[-1].kind == TOKEN_NUMBER || t[-1].kind == TOKEN_CODE);
}

/* A mark alone between spaces or brackets repeats the line above. */
static bool
is_ditto(const token *t)
{
	if (spacing_is_mark(&t[-1], '(') && spacing_is_mark(&t[1], ')'))
		return true;
	return t->word != 0xAB && t->word != 0xBB && t->gap != GAP_NONE &&
	       (t[1].gap != GAP_NONE || t[1].kind == TOKEN_EDGE);
}

/* Does the sentence of token i begin inside the block? Of a line cut from its text that is not
 * known. */
static bool
knows_start(const check *c, const marks *m, size_t i)
{
	const token *t = c->tokens.at;

	for (size_t k = i; k-- > 1 && i - k < SENTENCE_MOST;)
		if (spacing_is_mark(&t[k - 1], '.') && t[k].gap != GAP_NONE &&
			(t[k].features & FEATURE_TITLE) != 0)
			return true;
	return m->block > 0 && t[0].kind == TOKEN_WORD &&
	       (spacing_word(c, &t[0])->shape & SHAPE_LOWER) == 0;
}

/* The full stop of « Congo c. » says nothing. */
static bool
knows_end(const check *c)
{
	const token *last = &c->tokens.at[c->tokens.count - 1];

	if ((last[-1].features & FEATURE_SINGLE) != 0)
		return false;

	return last->kind == TOKEN_MARK && (last->word == '.' || last->word == ';' ||
						   last->word == '!' || last->word == '?');
}

/* What may close a label may close a bracket as well: it is kept for the end of the block. */
static status
close_mark(check *c, marks *m, kind_marks *k, int kind, size_t i)
{
	size_t most = kind <= CURLY ? BRACKET_MOST : QUOTE_MOST;
	bool waits = k->pending.end != 0 && m->block - k->pending_block <= most;

	if (kind <= CURLY && closes_label(c, i)) {
		k->spare++;
		return STATUS_OK;
	}
	if (k->depth > 0)
		k->depth--;
	else if (k->spare > 0)
		k->spare--;
	else if (waits)
		k->pending = (span){ 0 };
	else if (knows_start(c, m, i))
		return places_add(c, &k->alone, check_span(c, i, i));
	return STATUS_OK;
}

/* « "Paix” », « “Paix" »: a pair all the same, of which typography/quotes says that it is
 * mixed. */
static int
kind_closed(const marks *m, const token *t, int kind)
{
	bool straight = m->of[STRAIGHT].depth > 0, curled = m->of[CURLED].depth > 0;

	if (t->word == 0x201D && straight && !curled && t[-1].kind != TOKEN_NUMBER)
		return STRAIGHT;
	if (t->word == '"' && curled && !straight && t->gap == GAP_NONE &&
		t[-1].kind != TOKEN_NUMBER && (t[1].gap != GAP_NONE || !spacing_is_text(&t[1])))
		return CURLED;
	return kind;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	marks *m = marks_of(c, r);
	bool opens;
	int kind = kind_of(t->word, &opens);

	if (m == NULL)
		return STATUS_MEMORY;
	m->low = m->low || t->word == 0x201E;
	if (kind == KINDS)
		return STATUS_OK;
	int closed = kind_closed(m, t, kind);
	kind_marks *k = &m->of[closed];
	if (closed != kind) {
		k->depth--;
		return STATUS_OK;
	}
	if (kind >= GUILLEMETS && (is_measure(t, k) || is_ditto(t)))
		return STATUS_OK;
	m->touched |= 1u << kind;
	k->count++;
	if (kind == STRAIGHT)
		opens = k->depth == 0;
	if (!opens)
		return close_mark(c, m, k, kind, i);
	if (i == 0 && kind >= GUILLEMETS)
		k->pending = (span){ 0 };
	if (k->depth < OPEN_MOST)
		k->open[k->depth++] = check_span(c, i, i);
	return STATUS_OK;
}

/* What stays open waits for its partner; what waited before it has none. */
static status
wait_for_partner(check *c, marks *m, kind_marks *k, span opened)
{
	if (k->pending.end != 0 && k->pending_known)
		TRY(places_add(c, &k->alone, k->pending));
	k->pending = opened;
	k->pending_known = knows_end(c);
	k->pending_block = m->block;
	return STATUS_OK;
}

/* Out of line: in most blocks every mark has its partner. */
static __attribute__((noinline)) status
leave_open(check *c, marks *m, kind_marks *k, bool straight)
{
	if (k->spare > 0 && k->depth == 0)
		k->pending = (span){ 0 };
	k->depth -= k->spare < k->depth ? k->spare : k->depth;
	k->spare = 0;
	if (straight && k->depth == 1 && k->pending.end != 0) {
		k->pending = (span){ 0 };
		k->depth = 0;
	}
	for (size_t n = 0; n < k->depth; n++)
		TRY(wait_for_partner(c, m, k, k->open[n]));
	k->depth = 0;
	return STATUS_OK;
}

static status
end_block(check *c, const rule *r)
{
	marks *m = *check_note(c, r);

	if (m == NULL)
		return STATUS_OK;
	for (; m->touched != 0; m->touched &= m->touched - 1) {
		int kind = __builtin_ctz(m->touched);
		kind_marks *k = &m->of[kind];
		if (k->spare != 0 || k->depth != 0)
			TRY(leave_open(c, m, k, kind == STRAIGHT));
	}
	m->block++;
	return STATUS_OK;
}

static status
report(check *c, const rule *r, span place)
{
	slice mark = check_text(c, place);
	bool opens;
	uint32_t character;

	utf8_get(mark.p, mark.n, &character);
	int kind = kind_of(character, &opens);
	finding f = { .text = place };
	if (kind == STRAIGHT)
		f.message = check_message(c, "this quotation mark has no partner",
			"ce guillemet n’a pas de pendant");
	else if (opens)
		f.message = check_message(
			c, "%.*s is never closed", "%.*s n’est jamais fermé", SLICE_ARG(mark));
	else
		f.message = check_message(
			c, "%.*s was never opened", "%.*s n’a pas été ouvert", SLICE_ARG(mark));
	return check_report(c, r, f);
}

static status
judge_marks(check *c, const rule *r)
{
	marks *m = *check_note(c, r);

	for (int kind = 0; m != NULL && kind < KINDS; kind++) {
		kind_marks *k = &m->of[kind];
		if (kind == CURLED && m->low)
			continue;
		if (k->pending.end != 0 && k->pending_known)
			TRY(places_add(c, &k->alone, k->pending));
		if (k->alone.count < ALONE_LEAST || k->alone.count * ALONE_SHARE <= k->count)
			TRY(places_each(c, r, &k->alone, report));
	}
	return STATUS_OK;
}

const rule rule_typography_balance = {
	.id = "typography/balance",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = FEATURE_BRACKET | FEATURE_QUOTE,
	.source = "FR-GUI-03: quality checks of translation tools (B)",
	.summary_en = "bracket or quotation mark without its partner",
	.summary_fr = "parenthèse ou guillemet sans son pendant",
	.explanation_en =
		"Every bracket and quotation mark that is opened is closed. The partner may "
		"stand in a later paragraph, and a long quotation may be opened anew in each. "
		"Labels of lists such as a) or 2), inches and ditto marks are left alone; so "
		"is "
		"a kind of mark that mostly stands alone in the document, since that is its "
		"habit.",
	.explanation_fr =
		"Toute parenthèse et tout guillemet ouverts se ferment. Le pendant peut être "
		"dans un autre paragraphe, et une longue citation peut se rouvrir à chacun. "
		"Les marques d’énumération comme a) ou 2), les pouces et les guillemets de "
		"répétition ne sont pas concernés, ni un signe qui reste le plus souvent seul "
		"dans le document, puisque c’est là son usage.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le thème « Paix et sécurité a été débattu.",
					  "Le thème « Paix et sécurité » a été débattu." },
		{ LANGUAGE_FR, "La liste (voir l’annexe est longue.",
			"La liste (voir l’annexe) est longue." },
		{ LANGUAGE_EN, "The Council (in its resolution 1325 decides.",
			"The Council (in its resolution 1325) decides." },
		{ LANGUAGE_EN, "The theme “Women and peace was chosen.",
			"The theme “Women and peace” was chosen." },
		{ LANGUAGE_EN, "The Council met. The list is long).",
			"The Council met. The list is (long)." },
		{ LANGUAGE_FR, NULL,
			"Il faut : a) la paix ; b) la sécurité ; iii) un écran de 5\"." },
		{ LANGUAGE_FR, NULL,
			"« Premier paragraphe.\n\n« Deuxième paragraphe. »\n\n(Une note\n\nqui "
			"suit.)" }),
	.token = look,
	.block = end_block,
	.document = judge_marks,
};
