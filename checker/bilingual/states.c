/* Names of States: one that the source names is not named in the translation, and another is.
 *
 * Tempting non-errors: States named by an adjective (« la délégation béninoise »), by an older
 * or shorter name, and capitals that have the name of their State. */
#include <string.h>

#include "checker/bilingual/concepts.h"
#include "checker/rule.h"
#include "text/fold.h"

/* « béninois » for Benin: the letters that an adjective shares with its State. */
#define ROOT 4
#define NAME_MOST 64

/* The words of a name that other States have, too. */
static bool
is_common(slice folded)
{
	static const char *const words_of[] = { "republic", "republique", "democratic",
		"democratique", "federal", "federale", "federated", "federes", "islamic",
		"islamique", "people's", "peoples", "populaire", "kingdom", "royaume", "states",
		"state", "etats", "etat", "united", "unis", "unie", "union", "great", "grande",
		"saint", "sainte", "south", "north", "nord", "central", "centrale", "island",
		"islands", "iles", "guinea", "guinee", NULL };

	return slice_is_one_of(folded, words_of);
}

static size_t
count_words_like(const pair_half *h, slice root, span but)
{
	char folded[3 * 256 + 4];
	size_t n = 0;

	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->length > 256 ||
			(t->start >= but.start && t->start < but.end))
			continue;
		slice s = slice_sub(h->document->text, t->start, t->start + t->length);
		slice f = { folded, text_fold(folded, s) };
		n += !is_common(f) && slice_starts(f, root);
	}
	return n;
}

/* How many words, but for a place, begin as the first word of the name that is its own? */
static size_t
count_roots(const pair_half *h, slice name, span but)
{
	char folded[3 * NAME_MOST + 4];

	if (name.n > NAME_MOST)
		return 0;
	slice rest = { folded, text_fold(folded, name) };
	while (rest.n != 0) {
		size_t n = 0;
		while (n < rest.n && memchr(" -'", rest.p[n], 3) == NULL)
			n++;
		slice part = slice_sub(rest, 0, n);
		if (part.n >= ROOT && !is_common(part))
			return count_words_like(h, slice_sub(part, 0, ROOT), but);
		rest = slice_sub(rest, n < rest.n ? n + 1 : n, rest.n);
	}
	return 0;
}

static bool
same_root(slice a, slice b)
{
	char x[3 * 64 + 4], y[3 * 64 + 4];

	if (a.n > 64 || b.n > 64)
		return false;
	return text_fold(x, a) >= ROOT && text_fold(y, b) >= ROOT && memcmp(x, y, ROOT) == 0;
}

/* By any of its names, which may be that of its capital as well (Koweït). */
static bool
in_source(const check *c, const pair_terms *t, term_ref state)
{
	term_ref at;
	size_t n = termbase_terms(c->with->terms, state, &at);

	for (size_t i = 0; i < t->n; i++) {
		if (termbase_same_concept(c->with->terms, t->source[i].term, state))
			return true;
		slice text = termbase_term(c->with->terms, t->source[i].term).text;
		for (size_t k = 0; k < n; k++) {
			term_ref name = { .index = at.index, .term = at.term + (uint32_t)k };
			if (slice_equal(termbase_term(c->with->terms, name).text, text))
				return true;
		}
	}
	return false;
}

/* A State of the target that the source does not name, nor by an adjective. */
static status
find_stranger(check *c, const check_pair *p, const pair_terms *t, slice wanted, term_match *out,
	bool *found)
{
	const pair_half *h = &p->half[PAIR_TARGET];
	term_matches all;

	*found = false;
	term_matches_init(&all, c->context->memory);
	status done = termbase_match(
		&all, c->with->terms, &c->words, &h->tokens, h->document->text, h->language);
	for (size_t i = 0; i < all.list.n && done == STATUS_OK && !*found; i++) {
		*out = all.list.at[i];
		slice name = termbase_term(c->with->terms, out->term).text;
		*found = concept_is_state(c, out->term) && !in_source(c, t, out->term) &&
			 (same_root(name, wanted) ||
				 count_roots(&p->half[PAIR_SOURCE], name, (span){ 0 }) == 0);
	}
	term_matches_free(&all);
	return done;
}

static status
look_state(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;
	term_match other;
	answer a;
	bool stranger;

	if (!concepts_are_asked(c, p))
		return STATUS_OK;
	TRY(concepts_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		if (!concept_is_state(c, m->term) || concepts_met_before(c, t, i) ||
			termbase_term(c->with->terms, m->term).status > TERM_ADMITTED)
			continue;
		TRY(concepts_answer(c, p, t, m->term, &a));
		if (!a.any || a.there)
			continue;
		slice right = termbase_term(c->with->terms, a.wanted).text;
		TRY(find_stranger(c, p, t, right, &other, &stranger));
		size_t rooted = count_roots(
			&p->half[PAIR_TARGET], right, stranger ? other.text : (span){ 0 });
		size_t named = count_roots(&p->half[PAIR_SOURCE],
			termbase_term(c->with->terms, m->term).text, (span){ 0 });
		bool near = stranger &&
			    same_root(termbase_term(c->with->terms, other.term).text, right);
		if (rooted != 0 && (!stranger || near || rooted >= named))
			continue;
		finding f = { .severity = stranger ? SEVERITY_DEFAULT : SEVERITY_INFO,
			.message = check_message(c, "%.*s of the source is not named here",
				"%.*s du texte source n’est pas nommé ici", SLICE_ARG(right)) };
		TRY(pair_report(c, r, p, stranger ? other.text : (span){ 0 }, m->text,
			concept_finding(c, m->term, f)));
	}
	return STATUS_OK;
}

const rule rule_bilingual_state = {
	.id = "bilingual/state",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-TRM-07: UNTERM, names of countries (A)",
	.summary_en = "another State than in the source",
	.summary_fr = "un autre État que dans le texte source",
	.explanation_en =
		"A State that the source names is not named in the translation, by any of its "
		"names or by an adjective, and another one is. When none is, it is told as "
		"information.",
	.explanation_fr = "Un État que nomme le texte source n’est pas nommé dans la "
			  "traduction, ni par un "
			  "de ses noms ni par un adjectif, et un autre l’est. Si aucun ne "
			  "l’est, c’est une "
			  "information.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La délégation de la Nigéria a parlé.",
					  "La délégation du Niger a parlé.",
					  .source = "The delegation of Niger spoke." },
		{ LANGUAGE_FR, NULL, "La délégation béninoise a parlé.",
			.source = "The delegation of Benin spoke." }),
	.pair = look_state,
};
