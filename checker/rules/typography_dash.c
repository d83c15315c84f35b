/* A hyphen where a dash belongs: « la paix - objectif commun - exige », « la paix -- exige »;
 * in English between the two ends of a range, where the document writes 2–4 elsewhere; before a
 * number below zero.
 *
 * An aside goes on in small letters within a sentence, and a paragraph has one or two. Such a
 * hyphen is a slip. Between names, behind a full stop, or where a paragraph has more of them, a
 * hyphen between spaces draws a route, a list that is run in, a title and its subtitle: French
 * writes a dash there too, which is told as information. Beside numbers and single letters it
 * may be a minus sign or belong to a label. Many places of a kind are one finding: they are the
 * habit of the document. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

#define ASIDES_MOST 2 /* in one paragraph; more draw a list */
#define WAITING_MOST 32
#define EACH_ASIDE \
	10 /* reported one by one, unless the document has more dashes than hyphens */
#define EACH_LOOSE 3
#define RANGE_DIGITS 4
#define WORD_MOST 60 /* bytes of a compound */

typedef struct dashes {
	const block *block; /* those that wait are of */
	size_t in_block;
	bool loose; /* one of them is no aside, or they are too many */
	span waiting[WAITING_MOST];
	places asides, others, ranges;
	size_t right_asides, right_ranges;
} dashes;

static bool
is_hyphen(const token *t)
{
	return spacing_is_mark(t, '-') || spacing_is_mark(t, 0x2010);
}

static bool
is_dash(const token *t)
{
	return spacing_is_mark(t, 0x2013) || spacing_is_mark(t, 0x2014);
}

/* What waits are asides, or all of it is something else. */
static status
settle(check *c, dashes *d)
{
	places *to = d->loose || d->in_block > ASIDES_MOST ? &d->others : &d->asides;

	for (size_t i = 0; i < d->in_block; i++)
		TRY(places_add(c, to, d->waiting[i]));
	d->in_block = 0;
	return STATUS_OK;
}

static status
dashes_of(check *c, const rule *r, dashes **out)
{
	void **note = check_note(c, r);
	dashes *d = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, dashes));

	*out = d;
	if (d == NULL)
		return STATUS_MEMORY;
	if (d->block == c->block)
		return STATUS_OK;
	TRY(settle(c, d));
	d->block = c->block;
	d->loose = false;
	return STATUS_OK;
}

static bool
is_lower(const check *c, const token *t)
{
	return t->kind == TOKEN_ELISION ||
	       (t->kind == TOKEN_WORD && t->length > 1 &&
		       (spacing_word(c, t)->shape & SHAPE_LOWER) != 0);
}

/* « troop - and police-contributing », « court - et long-courrier » */
static bool
is_link(const check *c, const token *t)
{
	static const char *const links[] = { "and", "or", "to", "et", "ou", "à", NULL };

	return spacing_word_in(c, t, links);
}

static bool
is_prose(const check *c)
{
	return c->block->kind == BLOCK_PARAGRAPH || c->block->kind == BLOCK_ITEM ||
	       c->block->kind == BLOCK_NOTE;
}

/* The dash at tokens first..last has text of a sentence on both sides. */
static bool
is_aside(const check *c, size_t first, size_t last)
{
	const token *left = &c->tokens.at[first - 1], *right = &c->tokens.at[last + 1];

	if (first < 2 || !is_prose(c) || !is_lower(c, right) || is_link(c, right))
		return false;
	return is_lower(c, left) || spacing_is_mark(left, ')') || spacing_is_mark(left, 0xBB) ||
	       spacing_is_mark(left, 0x201D);
}

static bool
is_between_spaces(const check *c, size_t first, size_t last)
{
	return spacing_is_white(c, first) && spacing_is_white(c, last + 1);
}

static bool
is_long_word(const token *t)
{
	return t->kind == TOKEN_ELISION || (t->kind == TOKEN_WORD && t->length > 1);
}

static bool
closes_text(const token *t)
{
	return spacing_is_mark(t, ')') || spacing_is_mark(t, 0xBB) ||
	       spacing_is_mark(t, 0x201D) || spacing_is_mark(t, '.') ||
	       spacing_is_mark(t, ';') || spacing_is_mark(t, ',');
}

/* Words on both sides: neither « 1. - Objet » nor « a - b » nor « Achats - 25 ». */
static bool
is_loose(const check *c, size_t first, size_t last)
{
	const token *left = &c->tokens.at[first - 1], *right = &c->tokens.at[last + 1];
	bool initial = right->kind == TOKEN_WORD && spacing_is_mark(&right[1], '.');

	if (c->language != LANGUAGE_FR || first < 2 || c->block->kind == BLOCK_CELL)
		return false;
	if (!is_long_word(left) && !(closes_text(left) && is_long_word(&left[-1])))
		return false;
	return (is_long_word(right) && !is_link(c, right)) || initial;
}

static status
wait_for(check *c, dashes *d, span place)
{
	if (d->in_block == WAITING_MOST) {
		d->loose = true;
		TRY(settle(c, d));
	}
	d->waiting[d->in_block++] = place;
	return STATUS_OK;
}

static status
look_at_aside(check *c, dashes *d, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (is_dash(t)) {
		d->right_asides += is_between_spaces(c, i, i);
		return STATUS_OK;
	}
	bool two = is_hyphen(&t[1]) && t[1].gap == GAP_NONE;
	size_t last = i + two;
	if (is_hyphen(&c->tokens.at[last + 1]) || (is_hyphen(&t[-1]) && i > 0))
		return STATUS_OK;
	if (!is_between_spaces(c, i, last))
		return STATUS_OK;
	if (is_aside(c, i, last))
		return wait_for(c, d, check_span(c, i, last));
	d->loose = true;
	return is_loose(c, i, last) ? wait_for(c, d, check_span(c, i, last)) : STATUS_OK;
}

static bool
is_plain_number(const token *t)
{
	return t->kind == TOKEN_NUMBER && t->length <= RANGE_DIGITS;
}

/* Neither part of a longer chain (978-92-1, 2018-01-19) nor of a code, nor a telephone number.
 */
static bool
is_range(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->gap != GAP_NONE || t[1].gap != GAP_NONE || !is_plain_number(&t[-1]) ||
		!is_plain_number(&t[1]))
		return false;
	if (t[-1].gap == GAP_NONE && !spacing_is_mark(&t[-2], '('))
		return false;
	if (t[2].gap == GAP_NONE && t[2].kind != TOKEN_EDGE &&
		((t[2].features & (FEATURE_STOP | FEATURE_BRACKET)) == 0))
		return false;
	slice a = check_token(c, i - 1), b = check_token(c, i + 1);
	return a.n == b.n ? slice_compare(a, b) < 0 : a.n < b.n && a.n < 3;
}

/* “2-4 per cent”, “2-4%”: no label and no score, whatever else the document writes. */
static bool
is_of_percent(const check *c, size_t i)
{
	static const char *const percent[] = { "per", "percent", "percentage", NULL };

	return c->block->kind != BLOCK_CELL &&
	       (spacing_is_mark(&c->tokens.at[i + 2], '%') || check_word_is(c, i + 2, percent));
}

static status
report_percent(check *c, const rule *r, size_t i)
{
	finding f = { .severity = SEVERITY_INFO, .fix = FIX_REVIEW };

	f.message = check_message(c, "an en dash stands between the ends of a range",
		"un tiret demi-cadratin sépare les bouts d’un intervalle");
	return places_report(c, r, check_span(c, i, i), SLICE("–"), f);
}

/* « à -5 °C », « de -3 % » */
static bool
is_minus(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return i > 0 && spacing_is_white(c, i) && t[1].gap == GAP_NONE &&
	       t[1].kind == TOKEN_NUMBER && is_lower(c, &t[-1]) &&
	       (spacing_is_mark(&t[2], '%') || spacing_is_mark(&t[2], 0xB0));
}

/* In English a dash stands between two that are equals (parent–child, north–south): only
 * where one half is none of two equals is it in the place of a hyphen. */
static bool
joins_equals(const check *c, size_t i)
{
	static const char *const first[] = { "all", "anti", "co", "cross", "ex", "full", "half",
		"high", "large", "long", "low", "multi", "non", "post", "pre", "self", "semi",
		"short", "small", "so", "vice", "well", NULL };
	static const char *const second[] = { "away", "back", "based", "called", "down", "in",
		"off", "on", "out", "over", "related", "up", "wide", NULL };

	return c->language == LANGUAGE_EN && !check_word_is(c, i - 1, first) &&
	       !check_word_is(c, i + 1, second);
}

/* « contre–attaque », « vice−président »: the dictionary has the word with a hyphen. What leads
 * from one place or date to another (nord–sud, 2004–2005) it has not. An em dash without spaces
 * is an aside. */
static status
look_in_compound(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	char joined[WORD_MOST];
	finding f = { .fix = FIX_REVIEW };

	if (i == 0 || t[1].gap != GAP_NONE || t[-1].kind != TOKEN_WORD ||
		t[1].kind != TOKEN_WORD || (t[2].features & FEATURE_DASH) != 0 ||
		t[-1].length + t[1].length >= WORD_MOST ||
		((t[-2].features & FEATURE_DASH) != 0 && t[-1].gap == GAP_NONE))
		return STATUS_OK;
	if (joins_equals(c, i))
		return STATUS_OK;
	slice left = check_lower(c, i - 1), right = check_lower(c, i + 1);
	lexicon *x = c->with->lexicons[c->language - LANGUAGE_FR];
	if (x == NULL || left.n + right.n >= WORD_MOST)
		return STATUS_OK;
	memcpy(joined, left.p, left.n);
	joined[left.n] = '-';
	memcpy(joined + left.n + 1, right.p, right.n);
	const analysis *found;
	if (lexicon_analyses(x, (slice){ joined, left.n + 1 + right.n }, &found) == 0)
		return STATUS_OK;
	f.message = check_message(
		c, "a dash inside a compound word", "tiret à l’intérieur d’un mot composé");
	return places_report(c, r, check_span(c, i, i), SLICE("-"), f);
}

/* « —Viens là. »: the dash of what is said, or of an item, touches its first word. */
static bool
touches_first_word(const check *c)
{
	const token *t = &c->tokens.at[0];

	return c->language == LANGUAGE_FR && is_dash(t) && c->tokens.count > 2 &&
	       t[1].gap == GAP_NONE &&
	       (t[1].kind == TOKEN_WORD || t[1].kind == TOKEN_ELISION) &&
	       (t[1].features & FEATURE_TITLE) != 0;
}

static status
report_first(check *c, const rule *r)
{
	finding f = { .fix = FIX_REVIEW };
	const char *space = c->document->extracted ? " " : "\u00A0";

	f.message = check_message(c, "no space behind the dash at the head of a line",
		"pas d’espace après le tiret en tête de ligne");
	return places_report(c, r, check_span(c, 0, 0),
		check_printf(c, "%.*s%s", SLICE_ARG(check_token(c, 0)), space), f);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	dashes *d;

	if (i == 0 || t->kind != TOKEN_MARK)
		return i == 0 && touches_first_word(c) ? report_first(c, r) : STATUS_OK;
	if (t->gap == GAP_NONE && (t->word == 0x2013 || t->word == 0x2212))
		TRY(look_in_compound(c, r, i));
	if (!is_hyphen(t) && !is_dash(t))
		return STATUS_OK;
	TRY(dashes_of(c, r, &d));
	if (t->gap != GAP_NONE && is_hyphen(t) && is_minus(c, i)) {
		finding f = { .severity = SEVERITY_INFO, .fix = FIX_REVIEW };
		f.text = check_span(c, i, i);
		f.message = check_message(
			c, "the minus sign is − (U+2212)", "le signe moins est − (U+2212)");
		return places_report(c, r, f.text, SLICE("−"), f);
	}
	if (t->gap != GAP_NONE)
		return look_at_aside(c, d, i);
	if (c->language != LANGUAGE_EN || !is_range(c, i))
		return STATUS_OK;
	if (is_hyphen(t) && is_of_percent(c, i))
		return report_percent(c, r, i);
	if (is_hyphen(t))
		return places_add(c, &d->ranges, check_span(c, i, i));
	d->right_ranges += t->word == 0x2013;
	return STATUS_OK;
}

static status
report_range(check *c, const rule *r, span place)
{
	finding f = { .severity = SEVERITY_INFO, .fix = FIX_REVIEW };

	f.message = check_message(c, "the document writes other ranges with an en dash",
		"le document écrit ailleurs un tiret demi-cadratin");
	return places_report(c, r, place, SLICE("–"), f);
}

static slice
dash_of(const check *c)
{
	bool em = check_profile(c)->dash == DASH_EM_SPACED ||
		  check_profile(c)->dash == DASH_EM_CLOSED;

	return em ? SLICE("—") : SLICE("–");
}

static status
report_aside(check *c, const rule *r, span place)
{
	return places_report(c, r, place, dash_of(c), (finding){ .fix = FIX_REVIEW });
}

static status
report_loose(check *c, const rule *r, span place)
{
	finding f = { .severity = SEVERITY_INFO, .fix = FIX_REVIEW };

	return places_report(c, r, place, dash_of(c), f);
}

static status
report_habit(check *c, const rule *r, const dashes *d, const places *p, severity level)
{
	finding f = { .text = p->first->at[0],
		.severity = level,
		.places = p->first->at,
		.place_count = p->first->count };

	f.message = check_message(c, "hyphens stand for dashes (%zu, beside %zu dashes)",
		"des traits d’union servent de tirets (%zu, à côté de %zu tirets)", p->count,
		d->right_asides);
	return check_report(c, r, f);
}

static status
judge_dashes(check *c, const rule *r)
{
	dashes *d = *check_note(c, r);

	if (d == NULL)
		return STATUS_OK;
	TRY(settle(c, d));
	if (d->right_ranges > d->ranges.count)
		TRY(places_each(c, r, &d->ranges, report_range));
	if (d->asides.count > EACH_ASIDE && d->right_asides <= d->asides.count)
		TRY(report_habit(c, r, d, &d->asides, SEVERITY_DEFAULT));
	else
		TRY(places_each(c, r, &d->asides, report_aside));
	if (d->others.count > EACH_LOOSE)
		return report_habit(c, r, d, &d->others, SEVERITY_INFO);
	return places_each(c, r, &d->others, report_loose);
}

const rule rule_typography_dash = {
	.id = "typography/dash",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_DASH,
	.source = "FR-ESP-16: Code de rédaction de l’Union européenne, Université de Montréal "
		  "(B); "
		  "FR-ESP-09 (A); EN-PUN-09: UNDRR style guide (B)",
	.summary_en = "hyphen in place of a dash",
	.summary_fr = "trait d’union au lieu d’un tiret",
	.explanation_en =
		"A remark inside a sentence stands between dashes (– with a space on both "
		"sides), not between hyphens or double hyphens. Each place is reported; more "
		"than ten, in a document that hardly writes dashes, are one finding with all "
		"its places. In French a hyphen between names, behind a full stop or in rows "
		"is told as information, for a route or a list that is run in takes dashes as "
		"well. In English the ends of a range take an en dash (2–4 per cent); without "
		"per cent it is only asked for where the document writes it elsewhere. Before "
		"a number below zero "
		"stands the minus sign. Tables, numbers and single letters are left alone.",
	.explanation_fr =
		"Une incise se met entre tirets (– avec une espace de chaque côté), non entre "
		"traits d’union, simples ou doubles. Chaque endroit est signalé\u00A0; au-delà "
		"de "
		"dix, dans un document qui n’écrit guère de tirets, il n’y a qu’une remarque "
		"avec tous ses endroits. Un trait d’union entre deux noms, après un point ou "
		"dans une suite donne lieu à une information, car un itinéraire ou une liste "
		"dans le texte prennent aussi des tirets. En anglais, les deux bouts d’un "
		"intervalle sont séparés par un tiret demi-cadratin (2–4 per cent)\u00A0; sans "
		"pour cent, il n’est demandé que là où le document l’écrit ailleurs. Devant un "
		"nombre négatif, on met le signe "
		"moins. Les tableaux, les nombres et les lettres isolées ne sont pas "
		"concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le plan - adopté hier est long.",
					  "Le plan – adopté hier est long." },
		{ LANGUAGE_FR, "Le plan -- adopté hier est long.",
			"Le plan – adopté hier est long." },
		{ LANGUAGE_FR, "La ligne Lyon - Marseille est fermée.",
			"La ligne Lyon – Marseille est fermée." },
		{ LANGUAGE_EN, "Prices rose by 2-4 per cent.", "Prices rose by 2–4 per cent." },
		{ LANGUAGE_EN, NULL, "Section 2-4 was read; they won by 3-2." },
		{ LANGUAGE_EN, "The plan - adopted last week is long.",
			"The plan – adopted last week is long." },
		{ LANGUAGE_EN, "See paragraphs 2–4 and 6–8, then 10-12.",
			"See paragraphs 2–4 and 6–8, then 10–12." },
		{ LANGUAGE_FR, "Une contre–offensive a été lancée.",
			"Une contre-offensive a été lancée." },
		{ LANGUAGE_FR, NULL, "le dialogue nord–sud et la ligne Paris–Lyon" },
		{ LANGUAGE_FR, "—Viens là, dit-elle.", "— Viens là, dit-elle." },
		{ LANGUAGE_FR, "une température de -5 °C", "une température de −5 °C" },
		{ LANGUAGE_FR, NULL, "1. - Objet de l’accord, de 2004-2005, Sous-Comité" },
		{ LANGUAGE_FR, NULL, "La différence x - y est positive. Achats - 25" },
		{ LANGUAGE_EN, NULL, "short- and long-term aims; 2018-01-19" }),
	.token = look,
	.document = judge_dashes,
};
