/* « Ministre des Affaires étrangères » → « Ministre des affaires étrangères »: in French
 * documents of the United Nations the portfolio of a minister is in small letters.
 *
 * A word counts as a portfolio when its lower-case form is a noun and it is no name itself.
 * Nouns that open the name of a State or body (République, Conseil) end the portfolio. */
#include <string.h>

#include "checker/rules/number.h"
#include "checker/rules/wording.h"

#define REACH 24 /* tokens of one title */

static const char *const watched[] = { "ministre", "ministres", "ministère", "ministères",
	"vice-ministre", "vice-ministres", NULL };
static const char *const leads[] = { "de", "du", "des", "d’", "la", "l’", "les", "à", "au",
	"aux", "chargé", "chargée", "délégué", "déléguée", "adjoint", "adjointe", "d’état",
	NULL };
static const char *const joints[] = { "et", NULL };
/* They open the name of a State, a body or an office. */
static const char *const bodies[] = { "état", "etat", "états", "république", "royaume", "union",
	"fédération", "confédération", "conseil", "gouvernement", "région", "province",
	"président", "présidente", "présidence", "reine", "roi", "couronne", "communauté",
	"parlement", "assemblée", "organisation", "principauté", "sultanat", "émirats", "îles",
	"île", "territoire", "autorité", "mission", "saint-siège", "premier", "première",
	"cour", "commission", "agence", "banque", "bureau", "secrétariat", "direction", "fonds",
	"institut", "comité", "ville", "parti", NULL };

/* « et des Libanais d’outre-mer » */
static bool
is_people(slice lower, uint32_t grammar)
{
	static const char *const endings[] = { "ais", "ois", "iens", "ains", "éens" };

	for (size_t i = 0; (grammar & POS_ADJECTIVE) != 0 && i < 5; i++)
		if (slice_ends(lower, slice_of(endings[i])))
			return true;
	return false;
}

static bool
is_portfolio(const check *c, size_t i)
{
	if ((wording_shape(c, i) & SHAPE_TITLE) == 0 || check_word_is(c, i, bodies))
		return false;
	slice lower = check_lower(c, i);
	uint32_t grammar = wording_grammar(c, lower);
	return (grammar & POS_NOUN) != 0 && !is_people(lower, grammar) &&
	       (wording_grammar(c, check_token(c, i)) & (POS_NAME | POS_NOUN)) == 0;
}

/* A word in small letters, with the accent that its capital had lost: « Etrangères ». */
static slice
small_word(check *c, slice s)
{
	slice small = wording_small(c, s);

	if (small.n == 0 || small.p[0] != 'e' || wording_grammar(c, small) != 0)
		return small;
	slice accented = check_printf(c, "é%.*s", SLICE_ARG(slice_sub(small, 1, small.n)));
	return wording_grammar(c, accented) != 0 ? accented : small;
}

/* A word that goes on with the portfolio: « étrangères », also with a capital. */
static bool
is_adjective(check *c, size_t i)
{
	const uint32_t parts = POS_ADJECTIVE | POS_PARTICIPLE;

	if (c->tokens.at[i].kind != TOKEN_WORD || c->tokens.at[i].gap == GAP_NONE)
		return false;
	return (wording_grammar(c, small_word(c, check_token(c, i))) & parts) != 0;
}

/* Behind « de la », « chargé des »; i itself where no preposition stands. */
static size_t
skip_leads(const check *c, size_t i)
{
	static const char *const articles[] = { "la", "l’", "les", NULL };

	if (check_word_is(c, i, articles))
		return i;
	while (check_word_is(c, i, leads))
		i++;
	return i;
}

typedef struct reach {
	size_t first, last; /* tokens with a capital; first 0: none */
} reach;

/* The portfolios behind token i, as long as they follow each other. */
static reach
find_portfolios(check *c, size_t i)
{
	size_t end = i + REACH < c->tokens.count ? i + REACH : c->tokens.count, k = i + 1;
	reach found = { 0 };

	while (k < end) {
		size_t noun = skip_leads(c, k);
		if (noun == k || noun >= end)
			break;
		if (!is_portfolio(c, noun))
			break;
		found.first = found.first == 0 ? noun : found.first;
		found.last = noun;
		for (k = noun + 1; k < end && is_adjective(c, k); k++)
			if (found.last + 1 == k && (wording_shape(c, k) & SHAPE_LOWER) == 0)
				found.last = k;
		if (c->tokens.at[k].kind == TOKEN_MARK && c->tokens.at[k].word == ',')
			k++;
		if (check_word_is(c, k, joints))
			k++;
	}
	return found;
}

static slice
small_letters(check *c, reach found)
{
	size_t n = 0, most = 0;

	for (size_t i = found.first; i <= found.last; i++)
		most += 3u * c->tokens.at[i].length + sizeof("é");
	char *out = arena_alloc(
		c->keep, most + check_text(c, check_span(c, found.first, found.last)).n, 1);
	if (out == NULL)
		return (slice){ 0 };
	for (size_t i = found.first; i <= found.last; i++) {
		slice gap = i == found.first ? SLICE("") : number_gap(c, i);
		memcpy(out + n, gap.p, gap.n);
		n += gap.n;
		slice s = small_word(c, check_token(c, i));
		if (s.p == NULL)
			return s;
		memcpy(out + n, s.p, s.n);
		n += s.n;
	}
	return (slice){ out, n };
}

static status
look(check *c, const rule *r, size_t i)
{
	if ((wording_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		check_profile(c)->ministers != MINISTERS_LOWER)
		return STATUS_OK;
	reach found = find_portfolios(c, i);
	if (found.first == 0 || wording_is_quoted(c, found.first, found.last))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, found.first, found.last),
		small_letters(c, found), FIX_REVIEW);
}

const rule rule_capital_portfolio = {
	.id = "capital/portfolio",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-MAJ-06 (A): S/2018/7, presse de l’ONU",
	.summary_en = "the portfolio of a minister is in small letters",
	.summary_fr = "le portefeuille d’un ministre s’écrit en minuscules",
	.explanation_en =
		"In French documents of the United Nations the capital stands on "
		"“Ministre” only: Ministre des affaires étrangères. The profile option "
		"`ministers` switches this.",
	.explanation_fr =
		"Dans les documents français de l’ONU, seul «\u00A0Ministre\u00A0» prend la "
		"majuscule\u00A0: "
		"Ministre des affaires étrangères. L’option `ministers` du profil en décide.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Ministre des Affaires étrangères a parlé.",
					  "Le Ministre des affaires étrangères a parlé." },
		{ LANGUAGE_FR,
			"La Ministre de la Justice et de la Réconciliation nationale a parlé.",
			"La Ministre de la justice et de la réconciliation nationale a "
			"parlé." },
		{ LANGUAGE_FR, "Le Ministre des Affaires Etrangères a parlé.",
			"Le Ministre des affaires étrangères a parlé." },
		{ LANGUAGE_FR, NULL,
			"Le Ministre des affaires étrangères de la République du Bénin, le "
			"ministre de la Guinée et le Ministre d’État." }),
	.token = look,
};
