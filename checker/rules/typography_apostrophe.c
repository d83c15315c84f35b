/* Straight apostrophes. What is wrong depends on the document: one that writes ’ nearly
 * everywhere has slips, each worth a finding; one that writes ' throughout has a habit, told
 * once with its count. In French the marks ‘ ´ ` between an elided word and the next are
 * always slips. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

#define QUOTE_MOST 64 /* tokens that a quotation in single quotes may have */

static status
note_straight(check *c, const rule *r, size_t i)
{
	void **note = check_note(c, r);

	if (*note == NULL && (*note = ARENA_NEW(c->keep, places)) == NULL)
		return STATUS_MEMORY;
	return places_add(c, *note, check_span(c, i, i));
}

/* l´Asie, d`accord */
static bool
is_stray_accent(const check *c, size_t i)
{
	static const char *const elided[] = { "l", "d", "qu", "c", "j", "m", "n", "s", "jusqu",
		"lorsqu", "puisqu", NULL };
	const token *t = &c->tokens.at[i];

	return c->language == LANGUAGE_FR && t->kind == TOKEN_MARK && t->gap == GAP_NONE &&
	       t[1].gap == GAP_NONE && t[1].kind == TOKEN_WORD &&
	       (t->word == 0xB4 || t->word == '`' || t->word == 0x2018 || t->word == 0x02BC) &&
	       spacing_word_in(c, &t[-1], elided);
}

/* « l’'électricien », « l’’État »: the apostrophe twice, and no quotation that begins. */
static bool
is_doubled(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->language != LANGUAGE_FR || i == 0 || t->kind != TOKEN_MARK ||
		(t->word != '\'' && t->word != 0x2019) || t->gap != GAP_NONE ||
		t[-1].kind != TOKEN_ELISION || t[1].gap != GAP_NONE || t[1].kind != TOKEN_WORD)
		return false;
	for (size_t k = i + 1; k < c->tokens.count && k < i + QUOTE_MOST; k++)
		if ((c->tokens.at[k].features & FEATURE_APOSTROPHE) != 0)
			return false;
	return true;
}

static status
report_doubled(check *c, const rule *r, size_t i)
{
	finding f = { .fix = FIX_SAFE,
		.message = check_message(
			c, "the apostrophe stands twice", "apostrophe redoublée") };
	slice elided = check_lower(c, i - 1), shown = check_token(c, i - 1);
	slice mended =
		check_printf(c, "%.*s\u2019", (int)(elided.n - strlen("\u2019")), shown.p);

	return places_report(c, r, check_span(c, i - 1, i), mended, f);
}

/* What stands for the apostrophe, as a person would call it. */
static slice
stray_message(check *c, uint32_t mark)
{
	switch (mark) {
	case 0xB4:
		return check_message(c, "an acute accent (U+00B4) for an apostrophe",
			"accent aigu (U+00B4) au lieu d’une apostrophe");
	case '`':
		return check_message(c, "a grave accent (U+0060) for an apostrophe",
			"accent grave (U+0060) au lieu d’une apostrophe");
	case 0x2018:
		return check_message(c, "an opening quotation mark (U+2018) for an apostrophe",
			"guillemet anglais ouvrant (U+2018) au lieu d’une apostrophe");
	default:
		return check_message(c, "a modifier letter (U+02BC) for an apostrophe",
			"lettre modificative (U+02BC) au lieu d’une apostrophe");
	}
}

static status
report_stray(check *c, const rule *r, size_t i)
{
	slice left = check_token(c, i - 1), right = check_token(c, i + 1);
	slice mended = check_printf(c, "%.*s\u2019%.*s", SLICE_ARG(left), SLICE_ARG(right));
	finding f = { .fix = FIX_SAFE, .message = stray_message(c, c->tokens.at[i].word) };

	return places_report(c, r, check_span(c, i - 1, i + 1), mended, f);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if ((t->features & FEATURE_STRAIGHT) != 0 && t->kind != TOKEN_MARK)
		return check_profile(c)->apostrophe == APOSTROPHE_STRAIGHT
			       ? STATUS_OK
			       : note_straight(c, r, i);
	if (is_doubled(c, i))
		return report_doubled(c, r, i);
	return is_stray_accent(c, i) ? report_stray(c, r, i) : STATUS_OK;
}

static slice
make_curly(check *c, slice s)
{
	char *out = arena_alloc(c->keep, 3 * s.n, 1);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < s.n; i++)
		if (s.p[i] == '\'') {
			memcpy(out + n, "\xE2\x80\x99", 3);
			n += 3;
		} else
			out[n++] = s.p[i];
	return (slice){ out, n };
}

static status
report(check *c, const rule *r, span place, finding f)
{
	return places_report(c, r, place, make_curly(c, check_text(c, place)), f);
}

static status
report_slip(check *c, const rule *r, span place)
{
	return report(c, r, place, (finding){ .fix = FIX_SAFE });
}

static status
judge_habit(check *c, const rule *r)
{
	const places *straight = *check_note(c, r);

	if (straight == NULL)
		return STATUS_OK;
	size_t curly = places_curly(c, straight->count);
	if (curly > straight->count)
		return places_each(c, r, straight, report_slip);
	if (check_profile(c)->apostrophe != APOSTROPHE_CURLY)
		return STATUS_OK;
	finding f = { .severity = SEVERITY_INFO };
	f.message = check_message(c, "%zu straight apostrophes, %zu curly ones",
		"%zu apostrophes droites, %zu courbes", straight->count, curly);
	return report(c, r, straight->first->at[0], f);
}

const rule rule_typography_apostrophe = {
	.id = "typography/apostrophe",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_STRAIGHT | FEATURE_APOSTROPHE,
	.source = "FR-GUI-01: A/RES/70/1 and letters, 409 curly and no straight (A); EN-PUN-05 "
		  "(A)",
	.summary_en = "straight apostrophe",
	.summary_fr = "apostrophe droite",
	.explanation_en =
		"United Nations documents use the typographic apostrophe ’ (U+2019). In a "
		"document "
		"that mostly does, each straight one is reported; a document that mostly uses "
		"straight ones is told once, for information, with both counts. In French an "
		"accent or an opening quote in place of the apostrophe (“l´Asie”) is reported "
		"too. Where the profile wants straight ones (option apostrophe), they are not "
		"reported.",
	.explanation_fr =
		"Les documents de l’Organisation emploient l’apostrophe typographique ’ "
		"(U+2019). "
		"Dans un document qui l’emploie le plus souvent, chaque apostrophe droite est "
		"signalée\u00A0; un document qui emploie surtout la droite n’est signalé "
		"qu’une "
		"fois, "
		"pour information, avec les deux nombres. Un accent ou un guillemet à la place "
		"de "
		"l’apostrophe («\u00A0l´Asie\u00A0») est signalé aussi. Rien n’est dit de la "
		"droite "
		"quand le "
		"profil la demande (option apostrophe).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "L’Assemblée et l’Organisation, et l'ordre du jour",
			"L’Assemblée et l’Organisation, et l’ordre du jour" },
		{ LANGUAGE_FR, "la situation dans l´Asie du Sud",
			"la situation dans l’Asie du Sud" },
		{ LANGUAGE_FR, "La capacité de l’’État est accrue.",
			"La capacité de l’État est accrue." },
		{ LANGUAGE_EN, "The State’s duty and the Council’s task, the Court's too",
			"The State’s duty and the Council’s task, the Court’s too" },
		{ LANGUAGE_EN, NULL, "The measure is 5' long and 'new' in name." }),
	.token = look,
	.document = judge_habit,
};
