/* Lists of States: each language has them in the alphabet of its own names (Albania, Germany …;
 * Albanie, Allemagne …), so a list that follows the alphabet in the source and is in the same
 * order in the translation, where that is no alphabet, was not put in order again.
 *
 * It is information: a record of votes or of seats may keep the order of the other language.
 * Tempting non-errors: lists that follow no alphabet in the source (the order of speakers, of
 * regions), and fewer than five States, which an alphabet may fit by chance (1 in 120 for
 * five). Only the first words of names are compared: Guinée-Bissau and Guinée équatoriale. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "checker/bilingual/concepts.h"
#include "checker/rule.h"
#include "text/fold.h"

#define STATES_LEAST 5
#define BETWEEN_MOST 16 /* bytes between two names of a list: “, and the ” */
#define NAME_MOST 100
#define LISTS_MOST 16 /* of a passage: each is looked for among all of the translation */

typedef struct state_list {
	const term_match *at;
	size_t n;
} state_list;

static slice
text_at(const pair_half *h, span s)
{
	return slice_sub(h->document->text, s.start, s.end);
}

/* A comma or a conjunction, behind what belongs to the name: Iran (Islamic Republic of). */
static bool
goes_on(const pair_half *h, const term_match *a, const term_match *b)
{
	slice s = text_at(h, (span){ a->text.end, b->text.start });
	const char *end = s.n > 1 && s.p[1] == '(' ? memchr(s.p, ')', s.n) : NULL;

	if (end != NULL)
		s = slice_sub(s, (size_t)(end - s.p), s.n);
	return s.n <= BETWEEN_MOST && memchr(s.p, '.', s.n) == NULL &&
	       (memchr(s.p, ',', s.n) != NULL || memmem(s.p, s.n, " et ", 4) != NULL ||
		       memmem(s.p, s.n, " and ", 5) != NULL);
}

static slice
first_word(slice name, char folded[3 * NAME_MOST + 4])
{
	size_t n = 0;

	if (name.n > NAME_MOST)
		name.n = NAME_MOST;
	slice s = { folded, text_fold(folded, name) };
	while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
		n++;
	return slice_sub(s, 0, n);
}

/* The first name that should not stand behind the one before it; 0: all do. */
static size_t
first_out_of_order(const pair_half *h, state_list l)
{
	char before[3 * NAME_MOST + 4], now[3 * NAME_MOST + 4];

	for (size_t i = 1; i < l.n; i++)
		if (slice_compare(first_word(text_at(h, l.at[i - 1].text), before),
			    first_word(text_at(h, l.at[i].text), now)) > 0)
			return i;
	return 0;
}

static state_list
next_list(const pair_half *h, const term_match *at, size_t n)
{
	state_list l = { at, n == 0 ? 0 : 1 };

	while (l.n < n && goes_on(h, &at[l.n - 1], &at[l.n]))
		l.n++;
	return l;
}

/* The States of a half, in their order, over one another only once. */
static status
find_states(check *c, const pair_half *h, term_matches *out)
{
	size_t n = 0;

	TRY(termbase_match(
		out, c->with->terms, &c->words, &h->tokens, h->document->text, h->language));
	for (size_t i = 0; i < out->list.n; i++) {
		term_match m = out->list.at[i];
		if (concept_is_state(c, m.term) &&
			(n == 0 || m.text.start >= out->list.at[n - 1].text.end))
			out->list.at[n++] = m;
	}
	out->list.n = n;
	return STATUS_OK;
}

static bool
same_states(const check *c, state_list a, state_list b)
{
	bool same = a.n == b.n;

	for (size_t i = 0; i < a.n && same; i++)
		same = termbase_same_concept(c->with->terms, a.at[i].term, b.at[i].term);
	return same;
}

static span
span_of(state_list l)
{
	return (span){ l.at[0].text.start, l.at[l.n - 1].text.end };
}

static status
judge_lists(check *c, const rule *r, const check_pair *p, state_list source, state_list target)
{
	const pair_half *to = &p->half[PAIR_TARGET];

	if (first_out_of_order(&p->half[PAIR_SOURCE], source) != 0)
		return STATUS_OK;
	size_t odd = first_out_of_order(to, target);
	if (odd == 0)
		return STATUS_OK;
	return pair_report(c, r, p, span_of(target), span_of(source),
		(finding){ .message = check_message(c,
				   "the States are in the alphabetical order of the source: "
				   "%.*s comes before %.*s here",
				   "les États sont dans l’ordre alphabétique du texte "
				   "source\u00A0: ici, %.*s vient avant %.*s",
				   SLICE_ARG(text_at(to, target.at[odd].text)),
				   SLICE_ARG(text_at(to, target.at[odd - 1].text))) });
}

/* The next list of the translation that has the States of the source, *behind what was found
 * before; n = 0: there is none. */
static state_list
find_list(const check *c, const pair_half *to, const term_matches *found, state_list source,
	size_t *behind)
{
	state_list l;

	for (size_t k = *behind; k < found->list.n; k += l.n) {
		l = next_list(to, found->list.at + k, found->list.n - k);
		if (same_states(c, source, l)) {
			*behind = k + l.n;
			return l;
		}
	}
	return (state_list){ 0 };
}

static status
judge(check *c, const rule *r, const check_pair *p, const term_matches found[PAIR_SIDES])
{
	const term_matches *from = &found[PAIR_SOURCE], *to = &found[PAIR_TARGET];
	size_t looked_at = 0, behind = 0;
	state_list source, target;

	for (size_t i = 0; i < from->list.n && looked_at < LISTS_MOST; i += source.n) {
		source = next_list(&p->half[PAIR_SOURCE], from->list.at + i, from->list.n - i);
		if (source.n < STATES_LEAST)
			continue;
		looked_at++;
		target = find_list(c, &p->half[PAIR_TARGET], to, source, &behind);
		if (target.n != 0)
			TRY(judge_lists(c, r, p, source, target));
	}
	return STATUS_OK;
}

static bool
has_list(const check_pair *p)
{
	slice s = pair_text(p, PAIR_TARGET);
	size_t commas = 0;

	for (size_t i = 0; i < s.n; i++)
		commas += s.p[i] == ',';
	return commas + 2 >= STATES_LEAST;
}

static status
look_order(check *c, const rule *r, const check_pair *p)
{
	term_matches found[PAIR_SIDES];
	status done = STATUS_OK;

	if (!concepts_are_asked(c, p) || !has_list(p))
		return STATUS_OK;
	for (int k = 0; k < PAIR_SIDES; k++)
		term_matches_init(&found[k], c->context->memory);
	for (int k = 0; k < PAIR_SIDES && done == STATUS_OK; k++)
		done = find_states(c, &p->half[k], &found[k]);
	if (done == STATUS_OK)
		done = judge(c, r, p, found);
	for (int k = 0; k < PAIR_SIDES; k++)
		term_matches_free(&found[k]);
	return done;
}

const rule rule_bilingual_state_order = {
	.id = "bilingual/state-order",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.source = "BI-TRM-07: lists of States in documents in both languages (A)",
	.summary_en = "States in the alphabetical order of the other language",
	.summary_fr = "des États dans l’ordre alphabétique de l’autre langue",
	.explanation_en =
		"A list of five States or more that follows the alphabet in the source, and "
		"has the same order in the translation, where that is not alphabetical: in "
		"French, Allemagne comes before Autriche. Records of votes may keep the order "
		"of the other language, so this is information.",
	.explanation_fr =
		"Une liste d’au moins cinq États qui suit l’alphabet dans le texte source et "
		"garde le même ordre dans la traduction, où ce n’est pas celui de "
		"l’alphabet\u00A0: "
		"en français, Allemagne vient avant Autriche. Le relevé d’un vote peut garder "
		"l’ordre de l’autre langue\u00A0; c’est donc une information.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Andorre, Autriche, Belgique, Chili et Allemagne",
			"Allemagne, Andorre, Autriche, Belgique et Chili",
			.source = "Andorra, Austria, Belgium, Chile and Germany" },
		{ LANGUAGE_FR, NULL, "Chili, Allemagne, Belgique, Andorre et Autriche",
			.source = "Chile, Germany, Belgium, Andorra and Austria" }),
	.pair = look_order,
};
