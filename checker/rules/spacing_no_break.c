/* Ordinary spaces where French wants a no-break one, so that a line never begins with « : » or
 * ends with « M. ». Text that has lost its no-break spaces is not looked at at all. In the rest
 * the document's own use decides: where it puts no-break spaces nearly everywhere an ordinary
 * one is a slip; where it hardly uses them it is told once. Two classes are counted apart,
 * since many documents keep the first and not the second: signs, and what binds words to
 * figures and names. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/sign.h"
#include "checker/rules/spacing.h"

#define HABIT_LEAST 3 /* no-break spaces that make a habit */
#define HABIT_RATIO 4

typedef struct use { /* of one class in the document */
	size_t kept;
	places ordinary; /* spaces, with their sign */
} use;

/* Counted apart, since many documents keep the space of one class and not of another. */
enum class { SIGNS, BONDS, UNITS, PHRASES, CLASSES };

typedef struct uses {
	use of[CLASSES];
} uses;

static uses *
uses_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, uses);
	return *note;
}

/* The gap has the space that the house wants: where it names one, the other no-break space is
 * as wrong as an ordinary one. */
static bool
is_wanted(const check *c, const token *t, enum profile_space_before_colon wanted)
{
	char last = c->document->text.p[t->start - 1];

	return t->gap == GAP_NO_BREAK && (wanted != SPACE_NO_BREAK || last == '\xA0') &&
	       (wanted != SPACE_NARROW || last == '\xAF');
}

/* Counts the gap of a token in its class; place is what a finding would cover. */
static status
count(check *c, const rule *r, enum class class, const token *t, span place,
	enum profile_space_before_colon wanted)
{
	if ((t->gap != GAP_NO_BREAK && t->gap != GAP_SPACE) || wanted < SPACE_NO_BREAK ||
		wanted == SPACE_PLAIN)
		return STATUS_OK;
	uses *all = uses_of(c, r);
	if (all == NULL)
		return STATUS_MEMORY;
	use *u = &all->of[class];
	if (!is_wanted(c, t, wanted))
		return places_add(c, &u->ordinary, place);
	u->kept++;
	return STATUS_OK;
}

static bool
is_per_cent(const token *t)
{
	return t->kind == TOKEN_MARK && (t->word == '%' || t->word == 0x2030) &&
	       t[-1].kind == TOKEN_NUMBER;
}

static span
gap_of(const token *t)
{
	return (span){ t[-1].start + t[-1].length, t->start };
}

static status
count_sign(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (is_per_cent(t) || sign_wants_before(c, i))
		return count(c, r, SIGNS, t, (span){ gap_of(t).start, t->start + t->length },
			sign_space(c, t));
	if (sign_wants_after(c, i))
		return count(
			c, r, SIGNS, &t[1], (span){ t->start, t[1].start }, sign_space(c, t));
	return STATUS_OK;
}

static const char *const labels[] = { "no", "nos", "n\u00B0", "résolution", NULL };
static const char *const titles[] = { "mme", "mmes", "mlle", "mgr", NULL };
static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre", NULL };
static const char *const units[] = { "kg", "g", "t", "km", "m", "cm", "mm", "ha", "l", "kw",
	"mw", "dollars", "euros", "francs", "million", "millions", "milliard", "milliards",
	NULL };
static const char *const first[] = { "y", NULL };
static const char *const second[] = { "compris", NULL };

/* par. 5, art. 12, no 3: the figure after its label. */
static bool
binds_figure(const check *c, const token *t)
{
	static const char *const dotted[] = { "par", "art", "p", "chap", "vol", "fig", NULL };

	if (spacing_is_mark(&t[-1], '.') && t[-1].gap == GAP_NONE)
		return spacing_word_in(c, &t[-2], dotted);
	return spacing_word_in(c, &t[-1], labels);
}

/* M. Umarov, Mme Diop */
static bool
binds_name(const check *c, const token *t)
{
	static const char *const dotted[] = { "m", "mm", NULL };

	if (spacing_is_mark(&t[-1], '.') && t[-1].gap == GAP_NONE)
		return t[-2].length <= 2 && (t[-2].features & FEATURE_SINGLE) == 0
			       ? spacing_word_in(c, &t[-2], &dotted[1])
			       : spacing_word_in(c, &t[-2], dotted) && t[-2].gap != GAP_NONE &&
					 (t[-2].features & FEATURE_TITLE) != 0;
	return t[-1].length <= 4 && spacing_word_in(c, &t[-1], titles);
}

/* 5 kg, 30 dollars, 3 millions */
static bool
is_unit(const check *c, const token *t)
{
	return t->gap != GAP_NONE && spacing_word_in(c, t, units);
}

static status
look_at_figures(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	enum profile_space_before_colon wanted = check_profile(c)->space_in_bonds;

	if (binds_figure(c, t))
		TRY(count(c, r, BONDS, t, gap_of(t), wanted));
	if (t->length <= 2 && spacing_word_in(c, &t[1], months))
		return count(c, r, BONDS, &t[1], gap_of(&t[1]), wanted);
	return is_unit(c, &t[1]) ? count(c, r, UNITS, &t[1], gap_of(&t[1]), wanted) : STATUS_OK;
}

static status
look_at_name(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && binds_name(c, t)
		       ? count(c, r, BONDS, t, gap_of(t), check_profile(c)->space_in_bonds)
		       : STATUS_OK;
}

/* « y compris », which A/RES/70/1 binds throughout */
static status
look_at_phrase(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && spacing_word_in(c, &t[1], second)
		       ? count(c, r, PHRASES, &t[1], gap_of(&t[1]),
				 check_profile(c)->space_in_bonds)
		       : STATUS_OK;
}

static bool
may_bind(uint32_t mark)
{
	return mark == '%' || mark == 0x2030 || mark == 0xAB || sign_may_want_before(mark);
}

/* The same text with its spaces as the house wants them. */
static slice
bind(check *c, slice s, const char *space)
{
	char *out = arena_alloc(c->keep, 3 * s.n, 1);
	size_t n = 0, wide = strlen(space);

	for (size_t i = 0; out != NULL && i < s.n;) {
		slice rest = slice_sub(s, i, s.n);
		size_t found = rest.p[0] == ' '                            ? 1
			       : slice_starts(rest, SLICE("\xC2\xA0"))     ? 2
			       : slice_starts(rest, SLICE("\xE2\x80\xAF")) ? 3
									   : 0;
		memcpy(out + n, found != 0 ? space : rest.p, found != 0 ? wide : 1);
		n += found != 0 ? wide : 1;
		i += found != 0 ? found : 1;
	}
	return (slice){ out, n };
}

/* The space for a place: that of its sign, or that of bonds. */
static const char *
space_for(const check *c, slice place)
{
	const profile *p = check_profile(c);

	if (slice_starts(place, SLICE("«")) || slice_ends(place, SLICE("»")))
		return sign_space_text(p->space_inside_quotes);
	switch (place.p[place.n - 1]) {
	case ':':
		return sign_space_text(p->space_before_colon);
	case ';':
	case '!':
	case '?':
		return sign_space_text(p->space_before_stops);
	case '%':
	case '\xB0': /* of ‰ */
		return sign_space_text(p->space_before_percent);
	default:
		return sign_space_text(p->space_in_bonds);
	}
}

static status
report(check *c, const rule *r, span place, finding f)
{
	slice text = check_text(c, place);

	return places_report(c, r, place, bind(c, text, space_for(c, text)), f);
}

static bool
is_habit(const use *u)
{
	return u->kept >= HABIT_LEAST && u->kept >= HABIT_RATIO * u->ordinary.count;
}

static status
report_sign(check *c, const rule *r, span place)
{
	return report(c, r, place, (finding){ .severity = SEVERITY_WARNING, .fix = FIX_SAFE });
}

static status
report_bond(check *c, const rule *r, span place)
{
	return report(c, r, place, (finding){ .severity = SEVERITY_INFO, .fix = FIX_SAFE });
}

static status
judge_uses(check *c, const rule *r)
{
	const uses *u = *check_note(c, r);

	if (u == NULL)
		return STATUS_OK;
	for (int k = BONDS; k < CLASSES; k++)
		if (is_habit(&u->of[k]))
			TRY(places_each(c, r, &u->of[k].ordinary, report_bond));
	const use *signs = &u->of[SIGNS];
	if (is_habit(signs))
		return places_each(c, r, &signs->ordinary, report_sign);
	if (signs->ordinary.count == 0)
		return STATUS_OK;
	finding f = { .severity = SEVERITY_INFO };
	f.message = check_message(c,
		"%zu ordinary spaces beside\u00A0:\u00A0;\u00A0!\u00A0? «\u00A0» %%, %zu "
		"no-break ones",
		"%zu espaces ordinaires à côté de\u00A0:\u00A0;\u00A0!\u00A0? «\u00A0» %%, %zu "
		"insécables",
		signs->ordinary.count, signs->kept);
	return report(c, r, signs->ordinary.first->at[0], f);
}

static const rule of_phrases = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = first,
	.watch_after = second,
	.token = look_at_phrase };

static const rule of_names = { .fr = true,
	.on = FEATURE_TITLE,
	.before = FEATURE_STOP,
	.watch_before = titles,
	.token = look_at_name,
	.also = &of_phrases };

static bool
is_month(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	(void)l;
	return check_lower_is(c, w->lower, months);
}

static const rule of_figures = { .fr = true,
	.on = FEATURE_NUMBER,
	.before = FEATURE_STOP,
	.watch_before = labels,
	.watch_after = units,
	.wants_after = is_month,
	.token = look_at_figures,
	.also = &of_names };

const rule rule_spacing_no_break = {
	.id = "spacing/no-break",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.not_extracted = true,
	.on = FEATURE_STOP | FEATURE_QUOTE | FEATURE_RATE,
	.wants_mark = may_bind,
	.also = &of_figures,
	.source = "FR-ESP-03, FR-ESP-04, FR-ESP-10, FR-ESP-14: A/RES/70/1 in French, 153 "
		  "U+00A0 (A); "
		  "FR-ESP-01, FR-ESP-02, FR-ESP-12 (B); FR-ESP-13 (C)",
	.summary_en = "ordinary space where a no-break one is due",
	.summary_fr = "espace ordinaire au lieu d’une espace insécable",
	.explanation_en =
		"French puts a no-break space before colon, semicolon, exclamation and "
		"question marks, closing quotation marks and %, after opening quotation marks, "
		"between day and "
		"month, "
		"and after M., Mme, no, par., art. In a document that nearly always does, each "
		"ordinary space beside a sign is reported as a slip, and those beside figures "
		"and "
		"names for information. A document that mostly uses ordinary spaces is told "
		"once. The profile says which space each sign takes (options space-…). "
		"Text extracted from a PDF, which has lost its no-break spaces, is left alone.",
	.explanation_fr =
		"Le français met une espace insécable avant les signes doubles, le guillemet "
		"fermant et le signe %, après le guillemet ouvrant, entre le "
		"jour "
		"et le mois, et après M., Mme, no, par., art. Dans un document qui le fait "
		"presque "
		"toujours, chaque espace ordinaire à côté d’un signe est signalée, et celles "
		"qui "
		"touchent aux chiffres et aux noms, pour information. Un document qui emploie "
		"surtout l’espace ordinaire n’est signalé qu’une fois. Le profil dit quelle "
		"espace prend chaque signe (options space-…). Le texte extrait d’un "
		"PDF, "
		"qui a perdu ses espaces insécables, n’est pas concerné.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Un\u00A0: oui. Deux\u00A0: oui. Trois\u00A0: oui. Quatre\u00A0: "
			"oui. "
			"Cinq : non.",
			"Un\u00A0: oui. Deux\u00A0: oui. Trois\u00A0: oui. Quatre\u00A0: "
			"oui. "
			"Cinq\u00A0: non." },
		{ LANGUAGE_FR, NULL,
			"Le «\u00A0but\u00A0» au 1:50, le 3\u00A0mai\u00A0; 5\u00A0%" },
		{ LANGUAGE_FR, NULL,
			"Un\u00A0; oui. Deux\u00A0; oui. Trois\u00A0; oui. Quatre\u00A0; oui. "
			"Cinq : non.",
			"un-fr-press" },
		{ LANGUAGE_FR, "À 5\u00A0%, 6\u00A0%, 7\u00A0%, 8\u00A0% ou 9\u202F%.",
			"À 5\u00A0%, 6\u00A0%, 7\u00A0%, 8\u00A0% ou 9\u00A0%.", "fr-CA" }),
	.token = count_sign,
	.document = judge_uses,
};
