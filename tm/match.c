#include "tm/matcher.h"

#include <string.h>

status
tm_matcher_open(tm_matcher **out, context *c, tm_store *s)
{
	tm_matcher *x = memory_alloc(c->memory, sizeof(*x));

	*out = NULL;
	if (x == NULL)
		return STATUS_MEMORY;
	memset(x, 0, sizeof(*x));
	x->context = c;
	x->store = s;
	x->far = tm_store_is_far(s);
	tm_pattern_init(&x->pattern, c->memory);
	tm_pattern_init(&x->digests, c->memory);
	tm_unit_init(&x->unit, c->memory);
	tm_unit_init(&x->neighbour, c->memory);
	buffer_init(&x->text, c->memory, c->limits.output);
	arena_init(&x->texts, c->memory);
	tm_seen_init(&x->seen, c->memory);
	status done = tm_pieces_open(&x->query, c->memory);
	if (done == STATUS_OK)
		done = tm_pieces_open(&x->other, c->memory);
	if (done == STATUS_OK)
		done = tm_pieces_open(&x->target, c->memory);
	if (done != STATUS_OK) {
		tm_matcher_close(x);
		return done;
	}
	*out = x;
	return STATUS_OK;
}

void
tm_matcher_close(tm_matcher *x)
{
	if (x == NULL)
		return;
	const memory *m = x->context->memory;
	for (size_t i = 0; i < x->matches_made; i++)
		tm_unit_free(&x->matches[i].unit);
	tm_pieces_close(x->query);
	tm_pieces_close(x->other);
	tm_pieces_close(x->target);
	tm_pattern_free(&x->pattern);
	tm_pattern_free(&x->digests);
	tm_ordered_free(&x->ordered, m);
	ARRAY_FREE(m, &x->steps.list);
	ARRAY_FREE(m, &x->relatives);
	ARRAY_FREE(m, &x->candidates);
	tm_unit_free(&x->unit);
	tm_unit_free(&x->neighbour);
	buffer_free(&x->text);
	arena_free(&x->texts);
	tm_seen_free(&x->seen);
	memory_free(m, x);
}

size_t
tm_matcher_read(const tm_matcher *x)
{
	return x->read;
}

/* --- answers --- */

static status
prepare(tm_matcher *x, const tm_query *q)
{
	x->q = q;
	x->hit_count = x->read = x->relatives.n = 0;
	x->floor = 0;
	x->has_pattern = false;
	tm_seen_forget(&x->seen);
	arena_reset(&x->texts);
	assert(q->most >= 1 && q->most <= MATCHES_MOST && q->threshold >= TM_SCORE_LEAST);
	x->salt = tm_pair_salt(q->source, q->target);
	x->is_simple = q->previous.n + q->next.n == 0 && !match_has_penalties(q) &&
		       (q->segment == NULL || q->segment->codes.n == 0);
	TRY(tm_pieces_cut(x->query, q->text));
	x->shape = tm_shape(x->query, x->salt);
	return STATUS_OK;
}

static status
answer_one(tm_matcher *x, const hit *h, tm_match *out)
{
	bool found, done;
	uint32_t plain;

	TRY(tm_store_get(x->store, h->id, &out->unit, &found));
	if (!found)
		return tm_store_index_damaged(x->store);
	out->id = h->id;
	out->score = h->score;
	out->carried = 0;
	out->target = out->unit.side[TM_TARGET].text;
	out->plain = 10000;
	if (h->literal)
		return STATUS_OK;
	TRY(match_set_pattern(x));
	TRY(tm_pieces_cut(x->other, out->unit.side[TM_SOURCE].text));
	TRY(tm_fine_distance(&x->pattern, x->other->at, x->other->n, true, &plain));
	out->plain = match_score_of(plain, x->query->n, x->other->n);
	TRY(match_carry_over(x, &out->unit, &out->carried, &done));
	return done && out->carried != 0
		       ? arena_copy(&x->texts, buffer_slice(&x->text), &out->target)
		       : STATUS_OK;
}

static slice
changed(const tm_match *m)
{
	return m->unit.changed.n != 0 ? m->unit.changed : m->unit.created;
}

/* Of matches that nothing else tells apart the one changed last comes first. */
static void
put_newest_first(tm_matcher *x)
{
	for (size_t i = 1; i < x->hit_count; i++)
		for (size_t k = i; k > 0; k--) {
			const hit *a = &x->hits[k - 1], *b = &x->hits[k];
			tm_match *m = &x->matches[k];
			if (a->score != b->score || a->literal != b->literal ||
				slice_compare(changed(&m[-1]), changed(m)) >= 0)
				break;
			tm_match other = *m;
			*m = m[-1];
			m[-1] = other;
			hit h = x->hits[k];
			x->hits[k] = x->hits[k - 1];
			x->hits[k - 1] = h;
		}
}

static status
answer(tm_matcher *x, const tm_match **matches, size_t *n)
{
	for (; x->matches_made < x->hit_count; x->matches_made++)
		tm_unit_init(&x->matches[x->matches_made].unit, x->context->memory);
	for (size_t i = 0; i < x->hit_count; i++)
		TRY(answer_one(x, &x->hits[i], &x->matches[i]));
	put_newest_first(x);
	*matches = x->matches;
	*n = x->hit_count;
	return STATUS_OK;
}

status
tm_matcher_find(tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n)
{
	*n = 0;
	TRY(tm_store_begin_read(x->store));
	status done = prepare(x, q);
	if (done == STATUS_OK)
		done = match_search(x);
	if (done == STATUS_OK)
		done = answer(x, matches, n);
	tm_store_end_read(x->store);
	return done;
}

static status
scan_one(void *user, uint32_t id, const tm_unit *u)
{
	(void)u;
	return match_consider(user, id);
}

status
tm_matcher_scan(tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n)
{
	*n = 0;
	TRY(prepare(x, q));
	TRY(tm_store_each(x->store, NULL, scan_one, x));
	return answer(x, matches, n);
}

status
tm_matcher_difference(tm_matcher *x, slice query, slice source, const tm_steps **steps,
	const tm_pieces **a, const tm_pieces **b)
{
	TRY(tm_pieces_cut(x->query, query));
	TRY(tm_pieces_cut(x->other, source));
	*steps = &x->steps;
	*a = x->query;
	*b = x->other;
	return tm_align(x->context->memory, x->query->at, x->query->n, x->other->at,
		x->other->n, &x->steps);
}
