/* A list of States stands in the alphabetical order of its language.
 *
 * Another order may be meant (regional groups, dates of signature), so only a list that is in
 * order but for one name is reported, and only one so long that this is no accident: of six
 * names in any order, 1 list in 28 would be. Names are compared folded, without their article.
 */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"
#include "text/fold.h"

#define NAMES_LEAST 6
#define NAMES_MOST 64
#define NAME_MOST 80 /* bytes */

typedef struct state {
	uint32_t first, last; /* tokens */
	char key[3 * NAME_MOST + 4];
	size_t n;
} state;

typedef struct states {
	state at[NAMES_MOST];
	size_t count;
} states;

static bool
is_state(const check *c, const term_match *m)
{
	concept_view k = termbase_concept(c->with->terms, m->term);

	return slice_equal(k.subject, SLICE("State")) &&
	       m->text.end - m->text.start <= NAME_MOST;
}

/* What joins two names of a list: a comma, a conjunction, an article. */
static bool
is_joint(const check *c, size_t i)
{
	static const char *const joints[] = { "et", "and", "le", "la", "les", "l\u2019", "the",
		"de", "du", "des", "d\u2019", NULL };
	const token *t = &c->tokens.at[i];

	return (t->kind == TOKEN_MARK && t->word == ',') || check_word_is(c, i, joints);
}

static bool
goes_on(const check *c, size_t last, size_t first)
{
	bool joined = first - last > 1 && first - last < 5;

	for (size_t i = last + 1; joined && i < first; i++)
		joined = is_joint(c, i);
	return joined;
}

static void
add(const check *c, states *s, const term_match *m)
{
	state *x = &s->at[s->count++];

	x->first = m->first;
	x->last = m->last;
	x->n = text_fold(x->key, check_text(c, m->text));
}

static bool
in_order(const state *a, const state *b)
{
	return slice_compare((slice){ a->key, a->n }, (slice){ b->key, b->n }) <= 0;
}

/* Is the list in order without the name at `out`? */
static bool
sorted_without(const states *s, size_t out)
{
	const state *before = NULL;

	for (size_t i = 0; i < s->count; i++) {
		if (i == out)
			continue;
		if (before != NULL && !in_order(before, &s->at[i]))
			return false;
		before = &s->at[i];
	}
	return true;
}

/* The one name that is out of order; s->count when there is none, or more than one. */
static size_t
find_odd(const states *s)
{
	size_t found = s->count;

	if (sorted_without(s, s->count))
		return s->count;
	for (size_t i = s->count; i-- > 0;)
		if (sorted_without(s, i)) {
			/* of two neighbours that changed places either would do: the later one
			 */
			found = found == s->count ? i : found;
		}
	return found;
}

/* « la République fédérale d’Allemagne »: a formal name, which a list may sort by its last
 * word. */
static bool
is_formal(const check *c, const state *s)
{
	static const char *const kinds[] = { "république", "royaume", "union", "fédération",
		"grand-duché", "principauté", "état", "sultanat", "commonwealth", "kingdom",
		"republic", "federal", "state", "principality", "plurinational", NULL };

	return check_word_is(c, s->first, kinds);
}

static status
judge(check *c, const rule *r, const states *s)
{
	size_t odd = s->count < NAMES_LEAST ? s->count : find_odd(s);

	if (odd == s->count || is_formal(c, &s->at[odd]) ||
		wording_is_quoted(c, s->at[0].first, s->at[0].first))
		return STATUS_OK;
	slice name = check_text(c, check_span(c, s->at[odd].first, s->at[odd].last));
	return check_report(c, r,
		(finding){ .text = check_span(c, s->at[odd].first, s->at[odd].last),
			.message = check_message(c,
				"“%.*s” is out of the alphabetical order of the list",
				"«\u00A0%.*s\u00A0» n’est pas à sa place dans l’ordre "
				"alphabétique de la "
				"liste",
				SLICE_ARG(name)) });
}

/* How many names with a comma behind them the block has so far: terms are asked for only where
 * there are three. */
typedef struct seen {
	uint32_t block; /* its start in the text, + 1 */
	uint32_t names;
} seen;

static status
count(check *c, const rule *r, size_t i)
{
	void **note = check_note(c, r);

	if (!number_is_mark(c, i + 1, ','))
		return STATUS_OK;
	if (*note == NULL) {
		if ((*note = ARENA_NEW(c->keep, seen)) == NULL)
			return STATUS_MEMORY;
		*(seen *)*note = (seen){ 0 };
	}
	seen *s = *note;
	if (s->block != c->block->text.start + 1)
		*s = (seen){ c->block->text.start + 1, 0 };
	s->names++;
	return STATUS_OK;
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return (w->shape & SHAPE_TITLE) != 0;
}

/* Out of line: few blocks have a list. */
static __attribute__((noinline)) status
look_at_terms(check *c, const rule *r)
{
	terms_found found;
	states *s = arena_room(&c->scratch, sizeof(*s), alignof(states));

	if (s == NULL)
		return STATUS_MEMORY;
	s->count = 0;
	TRY(terms_of_block(c, &found));
	for (size_t i = 0; i < found.count; i++) {
		const term_match *m = &found.at[i];
		if (!is_state(c, m))
			continue;
		if (s->count != 0 && (s->count == NAMES_MOST ||
					     !goes_on(c, s->at[s->count - 1].last, m->first))) {
			TRY(judge(c, r, s));
			s->count = 0;
		}
		add(c, s, m);
	}
	return judge(c, r, s);
}

static status
look(check *c, const rule *r)
{
	const seen *noted = *check_note(c, r);

	if (noted == NULL || noted->block != c->block->text.start + 1 ||
		noted->names < NAMES_LEAST / 2)
		return STATUS_OK;
	return look_at_terms(c, r);
}

const rule rule_list_states = {
	.id = "list/states",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source = "FR-PAY-04: guide to eLUNa, editorial style of UNU (A); EN-GEN-04 (B)",
	.summary_en = "a State out of alphabetical order",
	.summary_fr = "un État qui n’est pas dans l’ordre alphabétique",
	.explanation_en =
		"States are listed in the alphabetical order of the language of the document. "
		"Reported is the only name out of order in a list of six or more; a list in "
		"another order (by group, by date) is left alone.",
	.explanation_fr =
		"Les États sont énumérés dans l’ordre alphabétique de la langue du document. "
		"Est signalé le seul nom qui n’est pas à sa place parmi six au moins\u00A0; "
		"une "
		"liste qui suit un autre ordre (groupes, dates) n’est pas relevée.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Ont voté pour : Albanie, Belgique, Canada, Brésil, Égypte, "
			"France et Italie.",
			"Ont voté pour : Albanie, Belgique, Brésil, Canada, Égypte, "
			"France et Italie." },
		{ LANGUAGE_EN,
			"In favour: Algeria, Belgium, Zambia, Canada, Egypt, France and Italy.",
			"In favour: Algeria, Belgium, Canada, Egypt, France, Italy and "
			"Zambia." },
		{ LANGUAGE_FR, NULL,
			"Ont voté pour : Albanie, Belgique, Canada, Égypte, États-Unis "
			"d’Amérique, France et Italie." },
		{ LANGUAGE_EN, NULL,
			"By group: Kenya, Algeria, Japan, China, Peru, Brazil and France." }),
	.on = FEATURE_TERM,
	.wants = wants,
	.after = FEATURE_STOP,
	.token = count,
	.block = look,
};
