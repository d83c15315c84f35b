/* Official names that are almost right: « Mission d’assistance des Nations Unies pour
 * l’Afghanistan », “Office for Project Service”, « l’éducation, la culture et la
 * science ». Neither a speller nor a list of wrong names can foresee them.
 *
 * At a word that begins a long name of the termbase, the names that share one of their rare
 * words with what follows are compared with it word by word (termbase/names.h). Both must end
 * with the same word, and only these differences speak:
 *   - articles and prepositions, at most two;
 *   - one word in another inflection, or another word of the same root;
 *   - the same words in another order;
 *   - one word left out of an enumeration;
 *   - one word left out of a long name, or another in its place (only a suggestion).
 * In names of three words only an inflection speaks.
 *
 * Tempting non-errors, which stay silent: names that the termbase has as they are, shortened
 * ones (without « des Nations Unies »), other bodies with names of the same pattern (they end
 * otherwise), the whole name in its other number, a title in its other gender, quotations, text
 * in capitals. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rule.h"
#include "checker/rules/official_name.h"
#include "checker/terms.h"
#include "text/utf8.h"

#define CONTENT_LEAST 4 /* words of a name that are no articles and prepositions */
#define CONTENT_SHORT 3 /* of a name in which an inflection speaks and nothing else does */
#define CONTENT_LONG 6
#define WINDOW 36 /* tokens behind the first that a name may take */
#define WINDOW_KEYS ((WINDOW + 1) * PIECES_MAX)
#define CANDIDATES 32
#define COST_WORDS 5
#define COST_MOST 8 /* two words exchange places with two others: 8 */

/* --- what speaks --- */

/* One of several: « l’éducation, la science et la culture ». */
static bool
is_enumerated(const trial *t, size_t k)
{
	slice s = t->surface, w = t->name[k].text;
	size_t end = (size_t)(w.p - s.p) + w.n;

	if (end < s.n && s.p[end] == ',')
		return true;
	for (size_t n = k > 2 ? k - 2 : 0; n < k + 2 && n < t->name_count; n++)
		if (slice_equal(t->name[n].text, SLICE("et")) ||
			slice_equal(t->name[n].text, SLICE("and")))
			return true;
	return false;
}

static bool
begins_upper(slice s)
{
	size_t i = 0;

	return s.n > 0 && utf8_is_upper(utf8_next(s, &i));
}

/* Names of countries and the like end a name and tell bodies apart. */
static bool
may_be_place(const verdict *v)
{
	return v->last_related && begins_upper(v->is);
}

/* Of names of three words only an ending speaks: too many phrases are nearly like them. */
static severity
weight_of_short(const verdict *v, unsigned words_off)
{
	return words_off + v->function == 0 && v->inflected == 1 && !v->renumbered
		       ? SEVERITY_WARNING
		       : SEVERITY_DEFAULT;
}

/* One word is missing. */
static severity
weight_of_gap(const verdict *v, const trial *t)
{
	bool is_long = v->content > CONTENT_LONG;

	if (v->content <= CONTENT_LEAST || v->function > 1 + (unsigned)is_long)
		return SEVERITY_DEFAULT;
	if (v->function <= 1 && is_enumerated(t, v->left_at))
		return SEVERITY_WARNING;
	return is_long ? SEVERITY_INFO : SEVERITY_DEFAULT;
}

/* One word stands for another. */
static severity
weight_of_change(const verdict *v)
{
	if (v->related == 1)
		return v->function > 1 || may_be_place(v) ? SEVERITY_DEFAULT : SEVERITY_WARNING;
	return v->function == 0 && v->content >= CONTENT_LONG ? SEVERITY_INFO
							      : SEVERITY_DEFAULT;
}

/* SEVERITY_DEFAULT: nothing to say. */
static severity
weight_of(const verdict *v, const trial *t)
{
	unsigned words_off = v->related + v->other + v->left + v->added;

	if (v->cost > COST_MOST || v->content < CONTENT_SHORT)
		return SEVERITY_DEFAULT;
	if (v->content < CONTENT_LEAST)
		return weight_of_short(v, words_off);
	if (words_off > 1)
		return v->function <= 4 && name_has_same_words(t) ? SEVERITY_WARNING
								  : SEVERITY_DEFAULT;
	if (v->cost > COST_WORDS || !name_ends_alike(t))
		return SEVERITY_DEFAULT;
	if (words_off == 0)
		return v->function + v->inflected > 0 && v->function <= 2 &&
				       v->inflected <= 1 && !v->renumbered
			       ? SEVERITY_WARNING
			       : SEVERITY_DEFAULT;
	if (v->inflected > 0 || v->added > 0)
		return SEVERITY_DEFAULT;
	return v->left > 0 ? weight_of_gap(v, t) : weight_of_change(v);
}

/* --- what was found out before --- */

/* The keys of a compound: finding them costs as much as all else at most places. */
#define COMPOUNDS 64 /* a power of two */
#define COMPOUND_KEYS 4
typedef struct compound {
	uint32_t word, age; /* its number, and words.age; word 0: none yet */
	int count;
	uint32_t keys[COMPOUND_KEYS];
} compound;

typedef struct recall {
	name_memo names;
	compound compounds[COMPOUNDS]; /* by the number of the word */
} recall;

static int
compound_keys(recall *k, const check *c, const token *t, uint32_t keys[PIECES_MAX])
{
	compound *at = &k->compounds[t->word & (COMPOUNDS - 1)];

	if (at->word != t->word || at->age != c->words.age) {
		int n = surface_keys(keys, &c->words, t, c->document->text, c->language);
		if (n < 0 || n > COMPOUND_KEYS)
			return n;
		*at = (compound){ .word = t->word, .age = c->words.age, .count = n };
		memcpy(at->keys, keys, (size_t)n * sizeof(*keys));
	}
	memcpy(keys, at->keys, sizeof(at->keys));
	return at->count;
}

/* --- candidates --- */

typedef struct candidates {
	term_ref at[CANDIDATES];
	size_t n;
} candidates;

static void
add_candidates(candidates *all, const check *c, uint16_t index, uint32_t first, uint32_t rare)
{
	const term_index *x = &c->with->terms->indexes[index];
	uint32_t at = 0, term;

	while (all->n < CANDIDATES && names_next(x, first, rare, &at, &term)) {
		bool known = x->terms[term].language != c->language ||
			     termbase_hides(c->with->terms, index, x->terms[term].concept);
		for (size_t k = 0; k < all->n && !known; k++)
			known = all->at[k].index == index && all->at[k].term == term;
		if (!known)
			all->at[all->n++] = (term_ref){ index, term };
	}
}

/* The key of the word at token i where it has just one, else of its first part; 0: none. */
static uint32_t
first_key(recall *k, const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t keys[PIECES_MAX], one = c->words.keys[c->language - LANGUAGE_FR].at[t->word];

	if (one != 0)
		return one;
	return compound_keys(k, c, t, keys) < 1 ? 0 : keys[0];
}

/* May it stand inside a name beside words? */
static bool
is_inside(const token *t)
{
	return t->kind == TOKEN_ELISION ||
	       (t->kind == TOKEN_MARK && (t->word == ',' || t->word == '/'));
}

/* The keys of what follows token i in a name that begins there and that names may be found by;
 * of token i itself, of what comes behind its first part. Returns their number, and in *last
 * the last token that such a name may hold. */
static size_t
window_keys(uint32_t *out, recall *k, const check *c, size_t i, size_t *last)
{
	const uint32_t *of_words = c->words.keys[c->language - LANGUAGE_FR].at;
	const token *at = c->tokens.at, *t = &at[i];
	const token *end = i + WINDOW < c->tokens.count ? t + WINDOW + 1 : at + c->tokens.count;
	uint32_t keys[PIECES_MAX];
	size_t n = 0;

	for (; t < end && (t->kind == TOKEN_WORD || is_inside(t)); t++) {
		if (t->kind != TOKEN_WORD || t->length < NAME_WORD)
			continue;
		out[n] = of_words[t->word];
		if (out[n] != 0) {
			n += t != &at[i];
			continue;
		}
		int pieces = compound_keys(k, c, t, keys);
		for (int p = t == &at[i]; p < pieces; p++)
			out[n++] = keys[p];
	}
	*last = (size_t)(t - at) - 1;
	return n;
}

/* False when it is not this name that was meant. */
static bool
try_name(const check *c, trial *t, verdict *v, severity *weight)
{
	const termbase *base = c->with->terms;

	concept_view k = termbase_concept(base, t->term);
	if (k.evidence == EVIDENCE_UNVERIFIED || slice_equal(k.subject, SLICE("phraseology")) ||
		!name_compare(t, base, v))
		return false;
	if (v->other != 0 && slice_equal(k.subject, SLICE("term")))
		return false; /* no name but a phrase */
	if (v->regendered && slice_equal(k.subject, SLICE("title")))
		return false; /* a title is hers or his */
	*weight = weight_of(v, t);
	return *weight != SEVERITY_DEFAULT || (v->cost == 0 && v->content >= CONTENT_LEAST);
}

/* --- reporting --- */

static slice
difference(check *c, const trial *t, const verdict *v)
{
	slice name = termbase_term(c->with->terms, t->term).text;

	if (v->is.n == 0)
		return check_message(c, "the official name is “%.*s”: “%.*s” is missing",
			"le nom officiel est «\u00A0%.*s\u00A0»\u00A0: il manque "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(name), SLICE_ARG(v->right));
	if (v->right.n == 0)
		return check_message(c, "the official name is “%.*s”, without “%.*s”",
			"le nom officiel est «\u00A0%.*s\u00A0», sans «\u00A0%.*s\u00A0»",
			SLICE_ARG(name), SLICE_ARG(v->is));
	return check_message(c, "the official name is “%.*s”: “%.*s”, not “%.*s”",
		"le nom officiel est «\u00A0%.*s\u00A0»\u00A0: «\u00A0%.*s\u00A0», et non "
		"«\u00A0%.*s\u00A0»",
		SLICE_ARG(name), SLICE_ARG(v->right), SLICE_ARG(v->is));
}

static status
report(check *c, const rule *r, const trial *t, const verdict *v, severity weight, slice text)
{
	concept_view k = termbase_concept(c->with->terms, t->term);
	slice name = termbase_term(c->with->terms, t->term).text;
	slice last = t->text[t->text_count - 1].text;
	uint32_t start = (uint32_t)(text.p - c->document->text.p);
	finding f = { .text = { start, (uint32_t)(last.p + last.n - c->document->text.p) },
		.severity = weight == SEVERITY_WARNING && k.evidence == EVIDENCE_VERIFIED
				    ? SEVERITY_DEFAULT
				    : SEVERITY_INFO,
		.fix = FIX_REVIEW,
		.message = difference(c, t, v),
		.suggestions = &name,
		.suggestion_count = 1,
		.concept = k.id,
		.source = k.source };

	return check_report(c, r, f);
}

/* Does the termbase have the words as they stand, under whatever status? */
static bool
is_settled(const term_match *m, const trial *t)
{
	slice last = t->text[t->text_count - 1].text, first = t->text[0].text;
	size_t bytes = (size_t)(last.p - first.p) + last.n;

	return m != NULL && (m->differences & DIFFERS_INFLECTION) == 0 &&
	       m->text.end - m->text.start >= bytes;
}

/* The nearest name; none when two different ones are as near, or one is there as it is. */
static status
look_from(check *c, const rule *r, size_t i, const candidates *all, name_memo *names,
	size_t last, const term_match *m)
{
	slice text = check_text(c, check_span(c, i, last));
	trial t, best = { 0 };
	verdict v, least = { .cost = UINT32_MAX };
	severity weight, heaviest = SEVERITY_DEFAULT;

	t.text_cut = 0;
	t.text_rest = text;
	t.known = names;
	for (size_t k = 0; k < all->n; k++) {
		t.term = all->at[k];
		if (!try_name(c, &t, &v, &weight) || v.cost > least.cost)
			continue;
		if (v.cost == least.cost &&
			!termbase_same_concept(c->with->terms, t.term, best.term))
			return STATUS_OK;
		best = t;
		least = v;
		heaviest = weight;
	}
	if (heaviest == SEVERITY_DEFAULT || is_settled(m, &best) ||
		terms_in_capitals(c, i, i) || terms_in_foreign_text(c, i, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, &best, &least, heaviest, text);
}

/* « Organisation des Nations Unies » may be the beginning of a longer name. */
static bool
is_short(const check *c, const term_match *m)
{
	size_t n = 0;

	for (size_t i = m->first; i <= m->last; i++)
		n += c->tokens.at[i].kind == TOKEN_WORD && c->tokens.at[i].length >= 4;
	return n < CONTENT_LEAST;
}

/* Inside another name, or one of the candidates as it stands. */
static bool
is_known(const check *c, const term_match *m, size_t i, const candidates *all)
{
	if (m == NULL || m->first < i)
		return m != NULL;
	if (is_short(c, m))
		return false;
	for (size_t k = 0; k < all->n; k++)
		if (all->at[k].index == m->term.index && all->at[k].term == m->term.term)
			return (m->differences & DIFFERS_INFLECTION) == 0;
	return false;
}

/* With a capital, and the first word of some long name. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	const termbase *t = c->with->terms;
	uint32_t keys[PIECES_MAX];

	(void)r;
	if (t == NULL || (w->shape & (SHAPE_TITLE | SHAPE_HYPHEN)) == 0 ||
		surface_word_keys(keys, w, l) < 1)
		return false;
	for (size_t x = 0; x < t->count; x++)
		if (names_begin(&t->indexes[x], keys[0]))
			return true;
	return false;
}

static recall *
recall_of(check *c, const rule *r)
{
	void **cache = check_cache(c, r);

	if (*cache == NULL)
		*cache = ARENA_NEW(c->keep, recall);
	return *cache;
}

static status
look(check *c, const rule *r, size_t i)
{
	const termbase *t = c->with->terms;
	const term_match *m;
	candidates all; /* not cleared */
	uint32_t window[WINDOW_KEYS];

	if (t == NULL || (c->tokens.at[i].features & (FEATURE_TITLE | FEATURE_HYPHEN)) == 0 ||
		c->tokens.at[i].kind != TOKEN_WORD || c->block->kind == BLOCK_SIGNATURE)
		return STATUS_OK;
	recall *k = recall_of(c, r);
	if (k == NULL)
		return STATUS_MEMORY;
	uint32_t first = first_key(k, c, i);
	size_t last, n = window_keys(window, k, c, i, &last);
	all.n = 0;
	for (uint16_t x = 0; x < t->count; x++) {
		if (!names_begin(&t->indexes[x], first))
			continue;
		for (size_t w = 0; w < n; w++)
			add_candidates(&all, c, x, first, window[w]);
	}
	if (all.n == 0)
		return STATUS_OK;
	TRY(terms_at(c, i, &m));
	return is_known(c, m, i, &all) ? STATUS_OK
				       : look_from(c, r, i, &all, &k->names, last, m);
}

const rule rule_term_official_name = {
	.id = "term/official-name",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_TERM,
	.wants = wants,
	.source = "the glossaries, each name with its own sources; FR-TRT-01, BI-TRM-01 (A)",
	.summary_en = "an official name that is not quite right",
	.summary_fr = "un nom officiel inexactement cité",
	.explanation_en = "The words are those of an official name but for one or two: another "
			  "preposition, "
			  "another ending, another order, a word left out. Names that end "
			  "otherwise are taken "
			  "for those of other bodies, and shortened names are left alone.",
	.explanation_fr =
		"Les mots sont ceux d’un nom officiel, à un ou deux près\u00A0: une autre "
		"préposition, "
		"une autre terminaison, un autre ordre, un mot omis. Un nom qui se "
		"termine autrement "
		"est tenu pour celui d’un autre organisme, et les noms abrégés ne "
		"sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"La Mission d’assistance des Nations Unies pour l’Afghanistan "
			"siège à "
			"Kaboul.",
			"La Mission d’assistance des Nations Unies en Afghanistan siège "
			"à "
			"Kaboul." },
		{ LANGUAGE_EN, "The United Nations Office for Project Service met.",
			"The United Nations Office for Project Services met." },
		{ LANGUAGE_FR,
			"L’Organisation des Nations Unies pour l’éducation, la culture et la "
			"science "
			"siège à Paris.",
			"L’Organisation des Nations Unies pour l’éducation, la science et la "
			"culture "
			"siège à Paris." },
		{ LANGUAGE_FR, NULL,
			"La Mission des Nations Unies et l’Organisation des Nations Unies pour "
			"la "
			"paix." }),
	.token = look,
};
