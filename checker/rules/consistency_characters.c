/* Characters that stand for the same thing and are mixed in one document: straight and curly
 * apostrophes, narrow and full no-break spaces. One finding a document, with counts. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

typedef struct apostrophes {
	size_t straight;
	span first;
} apostrophes;

static status
count_straight(check *c, const rule *r, size_t i)
{
	void **note = check_note(c, r);
	apostrophes *a = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, apostrophes));

	if (a == NULL)
		return STATUS_MEMORY;
	if (c->tokens.at[i].kind != TOKEN_MARK && a->straight++ == 0)
		a->first = check_span(c, i, i);
	return STATUS_OK;
}

/* Where the curly ones prevail the others are slips, which typography/apostrophe reports. */
static status
judge_apostrophes(check *c, const rule *r)
{
	const apostrophes *a = *check_note(c, r);

	if (a == NULL || a->straight == 0)
		return STATUS_OK;
	size_t curly = places_curly(c, a->straight);
	if (curly == 0 || curly > a->straight)
		return STATUS_OK;
	finding f = { .text = a->first };
	f.message = check_message(c, "mixed apostrophes: %zu × ' and %zu × ’",
		"apostrophes mêlées\u00A0: %zu × ' et %zu × ’", a->straight, curly);
	return check_report(c, r, f);
}

const rule rule_consistency_apostrophe = {
	.id = "consistency/apostrophe",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = FEATURE_STRAIGHT,
	.source = "FR-GUI-06: United Nations Editorial Manual on quotation marks (C)",
	.summary_en = "straight and curly apostrophes are mixed",
	.summary_fr = "apostrophes droites et courbes mêlées",
	.explanation_en =
		"One form of the apostrophe throughout a document. A document that mixes both "
		"and does not mostly write the curly one is told once, with both counts; where "
		"the curly one prevails, typography/apostrophe reports the others one by one.",
	.explanation_fr =
		"Une seule forme d’apostrophe par document. Un document qui mêle les deux sans "
		"écrire le plus souvent la courbe n’est signalé qu’une fois, avec les deux "
		"nombres\u00A0; quand la courbe l’emporte, typography/apostrophe signale les "
		"autres "
		"une à une.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "l'Assemblée, l'Organisation et l’ordre du jour",
				      "l’Assemblée, l’Organisation et l’ordre du jour" },
			{ LANGUAGE_EN, "the Court's rule, the State's duty, the Council’s task",
				"the Court's rule, the State's duty, the Council's task" }),
	.token = count_straight,
	.document = judge_apostrophes,
};

/* --- no-break spaces --- */

/* Typographers put the narrow space before ; ! ? and the full one before : and inside « », so
 * that each place is compared with its like. */
enum place_kind { BEFORE_COLON, BEFORE_STOP, IN_QUOTES, BEFORE_RATE, ELSEWHERE, PLACES };

typedef struct spaces {
	size_t of[PLACES][2]; /* full, narrow */
	span first[PLACES][2];
} spaces;

static int
place_of(const token *t)
{
	if (spacing_is_mark(&t[-1], 0xAB) || spacing_is_mark(t, 0xBB))
		return IN_QUOTES;
	if (t->kind != TOKEN_MARK)
		return ELSEWHERE;
	switch (t->word) {
	case ':':
		return BEFORE_COLON;
	case ';':
	case '!':
	case '?':
		return BEFORE_STOP;
	case '%':
	case 0x2030:
		return BEFORE_RATE;
	default:
		return ELSEWHERE;
	}
}

static status
count_space(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	void **note = check_note(c, r);
	spaces *s = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, spaces));
	span gap = { t[-1].start + t[-1].length, t->start };

	if (s == NULL)
		return STATUS_MEMORY;
	int place = place_of(t);
	bool narrow = gap.end - gap.start == 3;
	if (s->of[place][narrow]++ == 0)
		s->first[place][narrow] = gap;
	return STATUS_OK;
}

static status
judge_spaces(check *c, const rule *r)
{
	const spaces *s = *check_note(c, r);
	size_t full = 0, narrow = 0;
	finding f = { 0 };

	for (int p = 0; s != NULL && p < PLACES; p++) {
		if (s->of[p][0] == 0 || s->of[p][1] == 0)
			continue;
		if (full + narrow == 0)
			f.text = s->first[p][s->of[p][1] <= s->of[p][0]];
		full += s->of[p][0];
		narrow += s->of[p][1];
	}
	if (full + narrow == 0)
		return STATUS_OK;
	f.message = check_message(c,
		"mixed no-break spaces in the same places: %zu × U+00A0, %zu × U+202F",
		"espaces insécables mêlées aux mêmes endroits\u00A0: %zu × U+00A0, %zu × "
		"U+202F",
		full, narrow);
	return check_report(c, r, f);
}

const rule rule_consistency_no_break = {
	.id = "consistency/no-break",
	.severity = SEVERITY_INFO,
	.fr = true,
	.not_extracted = true,
	.on = FEATURE_NO_BREAK,
	.source = "FR-ESP-04: A/RES/70/1 in French has U+00A0 only, 153 times (A)",
	.summary_en = "two kinds of no-break space are mixed",
	.summary_fr = "deux sortes d’espaces insécables mêlées",
	.explanation_en =
		"U+00A0 or the narrow U+202F: the same one before the same sign throughout a "
		"document. United Nations documents write U+00A0. A document that keeps the "
		"narrow one for some signs and the full one for others throughout is "
		"consistent.",
	.explanation_fr =
		"U+00A0 ou la fine U+202F\u00A0: la même devant le même signe dans tout le "
		"document. Les documents de l’Organisation emploient U+00A0. Un document qui "
		"réserve la fine à certains signes et la pleine aux autres est cohérent.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la fin\u202F; la suite\u00A0; le reste",
					  "la fin\u00A0; la suite\u00A0; le reste" },
		{ LANGUAGE_FR, NULL, "la fin\u202F; la suite\u00A0: le reste\u202F!" }),
	.token = count_space,
	.document = judge_spaces,
};
