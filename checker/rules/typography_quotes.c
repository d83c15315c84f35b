/* Quotation marks of another style than the house's: straight ones, English ones in French,
 * French ones in English, single ones at the first level. Only pairs count, by their depth in
 * the paragraph. What is wrong depends on the document: in one that nearly always writes the
 * house's marks the others are slips, each worth a finding; one that never does has a habit,
 * told once; one that mixes styles is told so by consistency/quotes, once and with counts. The
 * << and >> of keyboards that lack the French marks are no style at all. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

#define DEPTH_MOST 8
#define SLIPS_MOST 10 /* more than this are slips only among four times as many */
#define SLIPS_RATIO 4
#define ANGLES_REACH 40 /* tokens between << and >> */

enum style { FRENCH, ENGLISH, STRAIGHT, SINGLE, STYLES };

typedef struct use {        /* of one language's paragraphs */
	size_t of[STYLES];  /* pairs at the first level */
	span first[STYLES]; /* their first marks */
	places open, close; /* first-level marks of another style than the house's */
	places inner_open, inner_close;
} use;

typedef struct uses {
	use of[LANGUAGES];
	const block *block; /* the stack is of */
	struct {
		int style;
		span place;
	} stack[DEPTH_MOST];
	size_t depth;
} uses;

static uses *
uses_of(check *c, const rule *r)
{
	void **note = check_note(c, r);
	uses *u = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, uses));

	if (u != NULL && u->block != c->block) {
		u->block = c->block;
		u->depth = 0;
	}
	return u;
}

static int
style_of(uint32_t mark)
{
	switch (mark) {
	case 0xAB:
	case 0xBB:
		return FRENCH;
	case 0x201C:
	case 0x201D:
		return ENGLISH;
	case '"':
		return STRAIGHT;
	case 0x2018:
	case 0x2019:
		return SINGLE;
	default:
		return STYLES;
	}
}

/* The style that the house asks for at a level; STYLES when it does not say. */
static int
style_wanted(const profile *p, size_t level)
{
	static const int outer[] = { [QUOTES_GUILLEMETS] = FRENCH,
		[QUOTES_CURLY] = ENGLISH,
		[QUOTES_STRAIGHT] = STRAIGHT };
	static const int inner[] = { [QUOTES_INSIDE_GUILLEMETS] = FRENCH,
		[QUOTES_INSIDE_CURLY] = ENGLISH,
		[QUOTES_INSIDE_SINGLE] = SINGLE };

	if (level == 0)
		return p->quotes == QUOTES_ANY ? STYLES : outer[p->quotes];
	return level > 1 || p->quotes_inside == QUOTES_INSIDE_ANY ? STYLES
								  : inner[p->quotes_inside];
}

static bool
stands_apart(const token *t)
{
	return t->gap != GAP_NONE || t[-1].kind == TOKEN_ELISION ||
	       spacing_is_mark(&t[-1], '(') || spacing_is_mark(&t[-1], '[') ||
	       (t[-1].features & FEATURE_QUOTE) != 0;
}

static bool
opens(const token *t)
{
	if (t->word == 0xAB || t->word == 0x201C)
		return true;
	if (t->word != '"' && t->word != 0x2018)
		return false;
	return stands_apart(t) && t[1].gap == GAP_NONE && t[1].kind != TOKEN_EDGE;
}

static bool
closes(const token *t)
{
	if (t->word == 0xBB || t->word == 0x201D)
		return true;
	if (t->word != '"' && t->word != 0x2019)
		return false;
	return t->gap == GAP_NONE && (t[1].gap != GAP_NONE || !spacing_is_text(&t[1]));
}

static status
count_pair(check *c, uses *u, int style, span open, span close)
{
	use *of = &u->of[c->language - LANGUAGE_FR];
	int wanted = style_wanted(check_profile(c), u->depth);

	if (u->depth == 0 && of->of[style]++ == 0)
		of->first[style] = open;
	if (wanted == STYLES || style == wanted)
		return STATUS_OK;
	TRY(places_add(c, u->depth == 0 ? &of->open : &of->inner_open, open));
	return places_add(c, u->depth == 0 ? &of->close : &of->inner_close, close);
}

/* A long quotation may be opened again at each of its paragraphs. */
static bool
opens_again(const uses *u, int style, const token *t)
{
	return u->depth > 0 && u->stack[u->depth - 1].style == style &&
	       (t[-1].features & FEATURE_STOP) != 0;
}

/* « "Paix” »: one end of the pair is straight and the other curly, whatever the house writes.
 */
static bool
is_mixed(const uses *u, int style, const token *t)
{
	int other = u->depth == 0 ? STYLES : u->stack[u->depth - 1].style;

	return ((style == STRAIGHT && other == ENGLISH) ||
		       (style == ENGLISH && other == STRAIGHT)) &&
	       closes(t) && !opens(t) && t[-1].kind != TOKEN_NUMBER;
}

static status
close_mixed(check *c, const rule *r, uses *u, int style, size_t i)
{
	bool open = style == ENGLISH; /* the straight one opens */
	span place = open ? u->stack[u->depth - 1].place : check_span(c, i, i);
	slice mended = open ? SLICE("“") : SLICE("”");
	finding f = {
		.text = place, .fix = FIX_REVIEW, .suggestions = &mended, .suggestion_count = 1
	};

	u->depth--;
	f.message = check_message(c, "one mark of the pair is straight, the other curly",
		"l’un des deux guillemets est droit, l’autre courbe");
	return slice_is(slice_of(r->id), "typography/quotes") ? check_report(c, r, f)
							      : STATUS_OK;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	int style = t->kind == TOKEN_MARK ? style_of(t->word) : STYLES;
	uses *u = style == STYLES ? NULL : uses_of(c, r);

	if (u == NULL)
		return style == STYLES ? STATUS_OK : STATUS_MEMORY;
	if (u->depth > 0 && u->stack[u->depth - 1].style == style && closes(t)) {
		u->depth--;
		return count_pair(c, u, style, u->stack[u->depth].place, check_span(c, i, i));
	}
	if (is_mixed(u, style, t))
		return close_mixed(c, r, u, style, i);
	if (opens(t) && u->depth < DEPTH_MOST && !opens_again(u, style, t)) {
		u->stack[u->depth].style = style;
		u->stack[u->depth++].place = check_span(c, i, i);
	}
	return STATUS_OK;
}

/* --- findings --- */

static const char *
space_inside(const check *c, const profile *p)
{
	if (c->document->extracted)
		return " ";
	switch (p->space_inside_quotes) {
	case SPACE_NONE:
		return "";
	case SPACE_PLAIN:
		return " ";
	case SPACE_NARROW:
		return "\u202F";
	default:
		return "\u00A0";
	}
}

static bool
is_white(slice text, size_t i)
{
	return i < text.n &&
	       (text.p[i] == ' ' || slice_starts(slice_sub(text, i, text.n), SLICE("\u00A0")));
}

static status
report_mark(check *c, const rule *r, span place, int wanted, bool open, finding f)
{
	static const char *const marks[STYLES][2] = { { "«", "»" }, { "“", "”" },
		{ "\"", "\"" }, { "‘", "’" } };
	const char *space =
		wanted == FRENCH ? space_inside(c, c->profiles[c->language - LANGUAGE_FR]) : "";
	slice text = c->document->text;
	bool spaced = open ? is_white(text, place.end)
			   : place.start > 1 && (text.p[place.start - 1] == ' ' ||
							is_white(text, place.start - 2));

	if (spaced)
		space = "";
	slice mended = check_printf(
		c, "%s%s%s", open ? "" : space, marks[wanted][!open], open ? space : "");
	if (mended.p == NULL)
		return STATUS_MEMORY;
	f.text = place;
	f.fix = FIX_REVIEW;
	f.suggestions = &mended;
	f.suggestion_count = 1;
	return check_report(c, r, f);
}

/* --- << and >> of keyboards --- */

static bool
is_angle(uint32_t mark)
{
	return mark == '<';
}

static bool
is_pair_of(const check *c, size_t i, uint32_t mark)
{
	const token *t = &c->tokens.at[i];

	return spacing_is_mark(t, mark) && spacing_is_mark(&t[1], mark) && t[1].gap == GAP_NONE;
}

/* The first of the two marks that close what opens before token i; 0: a comparison, a shift of
 * bits, no quotation. */
static size_t
find_angles(const check *c, size_t i)
{
	static const char code[] = "<=(){}[]|&";

	for (size_t n = 0; n < ANGLES_REACH && i < c->tokens.count; n++, i++) {
		const token *t = &c->tokens.at[i];
		if (is_pair_of(c, i, '>'))
			return t[2].gap != GAP_NONE || t[2].kind == TOKEN_MARK ||
					       t[2].kind == TOKEN_EDGE
				       ? i
				       : 0;
		if (t->kind == TOKEN_MARK && t->word < 0x80 &&
			strchr(code, (int)t->word) != NULL)
			return 0;
	}
	return 0;
}

/* The marks touch the words, or the words are none of a formula (a << b, c >> d). */
static bool
is_prose(const check *c, size_t first, size_t close)
{
	const token *t = c->tokens.at;

	return (t[first].gap == GAP_NONE && t[close].gap == GAP_NONE) ||
	       (t[first].length > 2 && t[close - 1].length > 2);
}

/* « <<Paix>> » */
static status
look_at_angles(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	size_t close = 0;

	if (check_profile(c)->quotes != QUOTES_GUILLEMETS || !is_pair_of(c, i, '<') ||
		!stands_apart(t) || (t[2].kind != TOKEN_WORD && t[2].kind != TOKEN_ELISION) ||
		(close = find_angles(c, i + 2)) == 0 || !is_prose(c, i + 2, close))
		return STATUS_OK;
	const char *space = space_inside(c, check_profile(c));
	slice inner = check_text(c, check_span(c, i + 2, close - 1));
	return check_report_fix(c, r, check_span(c, i, close + 1),
		check_printf(c, "«%s%.*s%s»", space, SLICE_ARG(inner), space), r->fix);
}

static const rule of_angles = {
	.fr = true, .on = FEATURE_MARK, .wants_mark = is_angle, .token = look_at_angles
};

static status
report_all(check *c, const rule *r, const places *p, int wanted, bool open, finding f)
{
	for (const places_chunk *chunk = p->first; chunk != NULL; chunk = chunk->next)
		for (size_t i = 0; i < chunk->count; i++)
			TRY(report_mark(c, r, chunk->at[i], wanted, open, f));
	return STATUS_OK;
}

static size_t
styles_in(const use *u)
{
	size_t n = 0;

	for (int s = 0; s < STYLES; s++)
		n += u->of[s] != 0;
	return n;
}

static bool
are_slips(const use *u, int wanted)
{
	size_t right = wanted == STYLES ? 0 : u->of[wanted], wrong = u->open.count;

	return right > wrong && (wrong <= SLIPS_MOST || right >= SLIPS_RATIO * wrong);
}

static slice
counts(check *c, const use *u, const char *en, const char *fr)
{
	return check_message(c, "%s: %zu «\u00A0», %zu “ ”, %zu \" \", %zu ‘ ’",
		"%s\u00A0: %zu «\u00A0», %zu “ ”, %zu \" \", %zu ‘ ’",
		c->context->ui == LANGUAGE_FR ? fr : en, u->of[FRENCH], u->of[ENGLISH],
		u->of[STRAIGHT], u->of[SINGLE]);
}

static status
judge_use(check *c, const rule *r, const use *u, const profile *p)
{
	int wanted = style_wanted(p, 0), inner = style_wanted(p, 1);
	finding inside = { .severity = SEVERITY_INFO };

	inside.message = check_message(c, "the house writes other marks inside a quotation",
		"la maison écrit d’autres guillemets dans une citation");
	TRY(report_all(c, r, &u->inner_open, inner, true, inside));
	TRY(report_all(c, r, &u->inner_close, inner, false, inside));
	if (u->open.count == 0)
		return STATUS_OK;
	if (are_slips(u, wanted)) {
		TRY(report_all(c, r, &u->open, wanted, true, (finding){ 0 }));
		return report_all(c, r, &u->close, wanted, false, (finding){ 0 });
	}
	if (styles_in(u) > 1)
		return STATUS_OK;
	finding f = { .text = u->open.first->at[0], .severity = SEVERITY_INFO };
	f.message = counts(c, u, "quotation marks of another style than the house’s",
		"guillemets d’un autre style que celui de la maison");
	return check_report(c, r, f);
}

static status
judge_style(check *c, const rule *r)
{
	const uses *u = *check_note(c, r);
	language whole = c->language;
	status s = STATUS_OK;

	for (int l = 0; u != NULL && l < LANGUAGES && s == STATUS_OK; l++) {
		c->language = (language)(LANGUAGE_FR + l);
		s = judge_use(c, r, &u->of[l], c->profiles[l]);
	}
	c->language = whole;
	return s;
}

/* The style that fewest pairs have, the house's aside: what is to be changed. */
static int
rarest(const use *u, int wanted)
{
	int found = STYLES;

	for (int s = 0; s < STYLES; s++)
		if (s != wanted && u->of[s] != 0 &&
			(found == STYLES || u->of[s] < u->of[found]))
			found = s;
	return found;
}

static status
judge_mixture(check *c, const rule *r)
{
	const uses *u = *check_note(c, r);

	for (int l = 0; u != NULL && l < LANGUAGES; l++) {
		const use *of = &u->of[l];
		int wanted = style_wanted(c->profiles[l], 0);
		if (styles_in(of) < 2 || are_slips(of, wanted))
			continue;
		finding f = { .text = of->first[rarest(of, wanted)] };
		f.message = counts(c, of, "quotation marks of several styles",
			"guillemets de plusieurs styles");
		TRY(check_report(c, r, f));
	}
	return STATUS_OK;
}

const rule rule_typography_quotes = {
	.id = "typography/quotes",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_QUOTE | FEATURE_APOSTROPHE,
	.also = &of_angles,
	.source = "FR-GUI-02, FR-GUI-06: FAO guidelines and letters of the United Nations (C); "
		  "EN-PUN-05: United Nations Editorial Manual (A); BI-PUN-01 (A)",
	.summary_en = "quotation mark of another style",
	.summary_fr = "guillemet d’un autre style",
	.explanation_en =
		"French documents write angle quotation marks and, inside them, curly ones; "
		"English documents write double curly marks and, inside them, single ones; "
		"straight marks are for typewriters. Where a document nearly always "
		"does so, each mark of another style is reported; a document that never does "
		"is told once, for information. Only pairs count: inches, apostrophes and "
		"marks "
		"left open are not looked at. << and >> around words are French marks of a "
		"keyboard that has none. The profile says which marks the house writes.",
	.explanation_fr =
		"Les documents français écrivent les guillemets français et, à l’intérieur, "
		"les guillemets anglais\u00A0; les documents anglais, les guillemets anglais "
		"doubles et, à l’intérieur, les simples\u00A0; les guillemets droits sont ceux "
		"de "
		"la "
		"machine à écrire. Dans un document qui suit presque toujours cet usage, "
		"chaque "
		"guillemet d’un autre style est signalé\u00A0; un document qui ne le suit "
		"jamais "
		"n’est signalé qu’une fois, pour information. Seules comptent les "
		"paires\u00A0: ni "
		"pouces, ni apostrophes, ni guillemets restés ouverts. << et >> autour de "
		"mots remplacent les guillemets d’un clavier qui n’en a pas. Le profil dit "
		"quels "
		"guillemets la maison écrit.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le thème \"Paix\" est retenu.",
					  "Le thème «\u00A0Paix\u00A0» est retenu." },
		{ LANGUAGE_FR, "Deux thèmes\u00A0: <<Paix>> et sécurité.",
			"Deux thèmes\u00A0: «\u00A0Paix\u00A0» et sécurité." },
		{ LANGUAGE_EN, "The theme \"Peace\" was chosen.",
			"The theme “Peace” was chosen." },
		{ LANGUAGE_EN, "The theme «Peace» was chosen.",
			"The theme “Peace” was chosen." },
		{ LANGUAGE_EN, "The theme ‘Peace’ was chosen.",
			"The theme “Peace” was chosen." },
		{ LANGUAGE_EN, "The theme “Peace\" was chosen.",
			"The theme “Peace” was chosen." },
		{ LANGUAGE_EN, NULL, "The States’ “rule of ‘law’” and a 5\" screen." },
		{ LANGUAGE_FR, NULL, "Il dit : «\u00A0Le mot “oui” suffit.\u00A0»" }),
	.token = look,
	.document = judge_style,
};

const rule rule_consistency_quotes = {
	.id = "consistency/quotes",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = FEATURE_QUOTE | FEATURE_APOSTROPHE,
	.source = "FR-GUI-06: United Nations Editorial Manual on quotation marks (C)",
	.summary_en = "quotation marks of several styles",
	.summary_fr = "guillemets de plusieurs styles",
	.explanation_en =
		"One style of quotation marks throughout a document. The finding stands at the "
		"first mark of the rarest style that is not the house’s and gives the counts "
		"of "
		"all; where the house’s style prevails, typography/quotes reports the others "
		"one "
		"by one instead.",
	.explanation_fr =
		"Un seul style de guillemets par document. La remarque est placée au premier "
		"guillemet du style le plus rare qui n’est pas celui de la maison et donne le "
		"compte de tous\u00A0; quand le style de la maison l’emporte, "
		"typography/quotes "
		"signale les autres un à un.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le thème «\u00A0Paix\u00A0» et le thème \"Sécurité\".",
			"Le thème «\u00A0Paix\u00A0» et le thème "
			"«\u00A0Sécurité\u00A0»." },
		{ LANGUAGE_EN, "The theme “Peace” and the theme \"Security\".",
			"The theme “Peace” and the theme “Security”." }),
	.token = look,
	.document = judge_mixture,
};
