/* A translation checked beside its source: the two are aligned (engine/align.h), and the rules
 * for pairs see the beads. */
#include "engine/align.h"

/* The passage of one side that a passage of the other alone stands behind; before the first
 * one, the first. */
static void
set_anchors(const paraph_alignment *a, int side, check_bead *list, size_t n)
{
	const aligned_side *t = &a->sides[side];
	span last = { 0 };

	if (t->spans.n != 0)
		last = t->spans.at[0];
	for (size_t i = 0; i < n; i++) {
		if (list[i].count[side] != 0)
			last = list[i].at[side][list[i].count[side] - 1];
		list[i].anchor[side] = last;
	}
}

static status
make_beads(const paraph_alignment *a, arena *keep, check_source *out)
{
	size_t n = a->beads.list.n;
	check_bead *list = ARENA_ARRAY(keep, check_bead, n + 1);

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const bead *b = &a->beads.list.at[i];
		list[i] = (check_bead){ .crossing = b->crossing, .confidence = b->confidence };
		for (int k = 0; k < 2; k++) {
			list[i].count[k] = b->count[k];
			if (b->count[k] != 0)
				list[i].at[k] = &a->sides[k].spans.at[b->first[k]];
		}
	}
	for (int k = 0; k < 2; k++)
		set_anchors(a, k, list, n);
	*out = (check_source){ .document = &a->sides[0].result->document,
		.language = { a->sides[0].language, a->sides[1].language },
		.beads = list,
		.count = n };
	return STATUS_OK;
}

/* One is not the translation of the other. */
static status
judge_languages(context *c, const paraph_align *what, const paraph_alignment *a)
{
	language l = a->sides[0].guessed;

	if (!engine_language_is_ours(l) || l != a->sides[1].guessed)
		return STATUS_OK;
	return context_fail(c, STATUS_USAGE,
		"%s and %s are both in %s: one is not the translation of the other",
		"%s et %s sont tous deux en %s\u00A0: l’un n’est pas la traduction de l’autre",
		what->source, what->target, engine_language_in(c, l));
}

static status
check_aligned(
	paraph_session *s, const paraph_align *what, paraph_alignment *a, paraph_result **out)
{
	check_source source;
	paraph_result *r = a->sides[1].result;

	TRY(judge_languages(&s->context, what, a));
	TRY(make_beads(a, &r->keep, &source));
	TRY(engine_check_translation(s, what->target, r, &source));
	r->source = a->sides[0].result;
	a->sides[0].result = a->sides[1].result = NULL;
	*out = r;
	return STATUS_OK;
}

paraph_status
paraph_check_translation(paraph_session *s, const paraph_align *what, paraph_result **out)
{
	paraph_align as_documents = *what;
	paraph_alignment *a;

	*out = NULL;
	as_documents.lines = false;
	status done = engine_align(s, &as_documents, &a);
	if (done != STATUS_OK)
		return engine_answer(s, done);
	done = check_aligned(s, &as_documents, a, out);
	paraph_alignment_free(a);
	return engine_answer(s, done);
}
