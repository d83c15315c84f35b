/* A long form of the termbase with an acronym in brackets that is not its own: letters
 * exchanged (UNSTO for UNTSO), or the acronym of another body.
 *
 * Tempting non-errors, which stay silent: a name that ends with that of another body
 * (« Commission de l’Union africaine (CUA) »), the acronym of the other language, which
 * term/foreign-acronym knows, acronyms that a house made for itself. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"

#define PIECES_LEAST 3
#define LETTERS_LEAST 3

/* The name that ends right before token `end`; NULL when there is none. */
static status
name_before(check *c, size_t end, const term_match **out)
{
	TRY(terms_before(c, end, out));
	if (*out == NULL)
		return STATUS_OK;
	term_view t = termbase_term(c->with->terms, (*out)->term);
	if (t.pieces < PIECES_LEAST || t.status > TERM_ADMITTED || (t.flags & TERM_ACRONYM) ||
		termbase_concept(c->with->terms, (*out)->term).evidence == EVIDENCE_UNVERIFIED)
		*out = NULL;
	return STATUS_OK;
}

/* The name's own acronym in the language of the text; false when it has none there, or when
 * `letters` is one of its acronyms in any language. */
static bool
own_acronym(const check *c, const term_match *name, slice letters, slice *out)
{
	term_ref at;

	*out = (slice){ 0 };
	for (size_t n = termbase_terms(c->with->terms, name->term, &at); n > 0;
		n--, at.term++) {
		term_view t = termbase_term(c->with->terms, at);
		if ((t.flags & TERM_ACRONYM) == 0)
			continue;
		if (slice_equal(t.text, letters))
			return false;
		if (t.language == c->language && t.status == TERM_PREFERRED)
			*out = t.text;
	}
	return out->n != 0;
}

/* The same letters in another order. */
static bool
is_anagram(slice a, slice b)
{
	int count[128] = { 0 };

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		count[a.p[i] & 0x7F]++;
		count[b.p[i] & 0x7F]--;
	}
	for (size_t i = 0; i < 128; i++)
		if (count[i] != 0)
			return false;
	return true;
}

/* One letter more, less or another. */
static bool
is_one_off(slice a, slice b)
{
	size_t head = 0, tail = 0, least = a.n < b.n ? a.n : b.n, most = a.n > b.n ? a.n : b.n;

	while (head < least && a.p[head] == b.p[head])
		head++;
	while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	return most - least <= 1 && most - head - tail <= 1;
}

static status
report(check *c, const rule *r, size_t i, const term_match *name, slice own, bool slip)
{
	concept_view k = termbase_concept(c->with->terms, name->term);
	slice wrong = check_token(c, i);
	finding f = { .text = check_span(c, i, i),
		.fix = slip ? FIX_REVIEW : FIX_NONE,
		.message = check_message(c, "the acronym of this name is %.*s, not %.*s",
			"le sigle de ce nom est %.*s, et non %.*s", SLICE_ARG(own),
			SLICE_ARG(wrong)),
		.suggestions = &own,
		.suggestion_count = 1,
		.concept = k.id,
		.source = k.source };

	return check_report(c, r, f);
}

static status
look(check *c, const rule *r, size_t i)
{
	const term_match *name;
	size_t bracket, start = SIZE_MAX;
	slice letters = check_token(c, i), own;

	if (c->with->terms == NULL || letters.n < LETTERS_LEAST || i < PIECES_LEAST + 1 ||
		!acronym_in_brackets(c, i, &bracket))
		return STATUS_OK;
	TRY(acronyms_see(c, i));
	const acronym *a = acronyms_at(c, i);
	TRY(name_before(c, bracket, &name));
	if (a == NULL || a->ignored || name == NULL || !own_acronym(c, name, letters, &own))
		return STATUS_OK;
	bool slip = is_anagram(letters, own) || is_one_off(letters, own);
	bool spelled = acronym_spelled_before(c, bracket, letters, &start);
	if ((spelled && start < name->first) || (!slip && !a->agreed) || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, i, name, own, slip);
}

const rule rule_acronym_expansion = {
	.id = "acronym/expansion",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-ABR-12, BI-TRM-03, rules.md § 3 no 31 (C); the glossaries, each concept "
		  "with "
		  "its own sources",
	.summary_en = "an acronym that is not that of the name before it",
	.summary_fr = "un sigle qui n’est pas celui du nom qui précède",
	.explanation_en = "The name before the brackets is an official one, and its acronym is "
			  "another: letters were exchanged, or it belongs to another body.",
	.explanation_fr =
		"Le nom qui précède la parenthèse est officiel et son sigle est autre\u00A0: "
		"des lettres ont été interverties, ou le sigle est celui d’un autre "
		"organisme.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN,
			"The United Nations Truce Supervision Organization (UNSTO) "
			"reports.",
			"The United Nations Truce Supervision Organization (UNTSO) "
			"reports." },
		{ LANGUAGE_FR, "L’Organisation mondiale de la Santé (OIT) a répondu.",
			"L’Organisation mondiale de la Santé (OMS) a répondu." },
		{ LANGUAGE_FR, NULL, "La Commission de l’Union africaine (CUA) a répondu." },
		{ LANGUAGE_FR, NULL,
			"La Mission d’assistance des Nations Unies en Afghanistan (MANUA)." }),
	.token = look,
};
