/* The form of an acronym: no full stops (O.N.U., U.N.D.P.), and in French no plural s (les
 * ONGs). Initials of persons are the tempting non-error: only letters that make an acronym of
 * the termbase, or one known to everybody, are taken for one. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"

#define LETTERS_MOST 10
#define LETTERS_LEAST 2 /* before the s */

static bool
is_stop(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return i < c->tokens.count && t->kind == TOKEN_MARK && t->word == '.' &&
	       t->gap == GAP_NONE;
}

static bool
is_capital(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i >= c->tokens.count || t->kind != TOKEN_WORD || t->length != 1)
		return false;
	char letter = c->document->text.p[t->start];
	return letter >= 'A' && letter <= 'Z';
}

/* The letters of O.N.U.; *last is the last stop that stands behind one of them. */
static size_t
dotted(const check *c, size_t i, char letters[LETTERS_MOST], size_t *last)
{
	size_t n = 0, k = i;

	while (n < LETTERS_MOST && is_capital(c, k) && is_stop(c, k + 1) &&
		(k == i || c->tokens.at[k].gap == GAP_NONE)) {
		letters[n++] = check_token(c, k).p[0];
		*last = k + 1;
		k += 2;
	}
	if (n > 1 && n < LETTERS_MOST && is_capital(c, k) && c->tokens.at[k].gap == GAP_NONE) {
		letters[n++] = check_token(c, k).p[0];
		*last = k;
	}
	return n;
}

/* Does the stop also end the sentence? */
static bool
ends_sentence(const check *c, size_t stop)
{
	const token *next = &c->tokens.at[stop + 1];

	return stop + 1 >= c->tokens.count || (next->features & FEATURE_TITLE) != 0;
}

static bool
is_acronym(const check *c, slice letters)
{
	return acronym_is_well_known(letters, c->language) ||
	       (letters.n > 2 && c->with->terms != NULL &&
		       termbase_knows(c->with->terms, letters, c->language));
}

static status
look_dotted(check *c, const rule *r, size_t i)
{
	char letters[LETTERS_MOST];
	size_t last = i;
	slice s = { letters, 0 };

	if (i > 0 && c->tokens.at[i].gap == GAP_NONE && is_stop(c, i - 1))
		return STATUS_OK;
	s.n = dotted(c, i, letters, &last);
	if (s.n < 2 || !is_acronym(c, s) || quotation_holds(c, i))
		return STATUS_OK;
	if (is_stop(c, last) && ends_sentence(c, last))
		last--;
	return check_report_fix(c, r, check_span(c, i, last), s, FIX_REVIEW);
}

static bool
is_plural(slice s)
{
	if (s.n < LETTERS_LEAST + 1 || s.p[s.n - 1] != 's')
		return false;
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return true;
}

static status
look_plural(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);

	if (c->language != LANGUAGE_FR || c->tokens.at[i].kind != TOKEN_WORD || !is_plural(s) ||
		(c->tokens.at[i - (i > 0)].features & FEATURE_DETERMINER) == 0 ||
		terms_in_foreign_text(c, i, i) || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, i, i), slice_sub(s, 0, s.n - 1), FIX_REVIEW);
}

/* A capital letter, or what may be an acronym in the plural. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	if (w->text.n == 1)
		return w->text.p[0] >= 'A' && w->text.p[0] <= 'Z';
	return l == LANGUAGE_FR && is_plural(w->text);
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i].length == 1)
		return is_capital(c, i) && is_stop(c, i + 1) ? look_dotted(c, r, i) : STATUS_OK;
	return look_plural(c, r, i);
}

const rule rule_acronym_form = {
	.id = "acronym/form",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_SINGLE | FEATURE_UNKNOWN,
	.wants = wants,
	.source =
		"FR-ABR-02 (FAO, European Commission; A), EN-ABB-01 (United Nations Editorial "
		"Manual, UNDRR editorial manual; A)",
	.summary_en = "an acronym with full stops or the “s” of a plural",
	.summary_fr = "un sigle avec des points ou la marque du pluriel",
	.explanation_en =
		"Acronyms have no full stops, and in French they do not change in the plural. "
		"Initials of persons and acronyms that nobody lists are left alone.",
	.explanation_fr = "Les sigles s’écrivent sans points et ne prennent pas la marque du "
			  "pluriel. Les "
			  "initiales de personnes et les sigles qui ne figurent dans aucune "
			  "liste ne sont pas "
			  "relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "L’action de l’O.N.U. se poursuit.",
					  "L’action de l’ONU se poursuit." },
		{ LANGUAGE_FR, "Il a saisi l’O.N.U.", "Il a saisi l’ONU." },
		{ LANGUAGE_FR, "Les ONGs ont répondu.", "Les ONG ont répondu." },
		{ LANGUAGE_EN, "The U.N.D.P. programme goes on.",
			"The UNDP programme goes on." },
		{ LANGUAGE_FR, NULL, "M. J.F.K. et M. J. R. R. Tolkien" },
		{ LANGUAGE_EN, NULL, "The NGOs met Mr. J. F. Kennedy at 5 p.m." }),
	.token = look,
};
