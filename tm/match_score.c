/* How like the query a unit is, and the best so far (tm/match.h has what a score is). */
#include "tm/matcher.h"

#include "tm/placeable.h"

/* --- the best so far --- */

static bool
is_better(const hit *a, const hit *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	return a->literal != b->literal ? a->literal : a->id > b->id;
}

int
match_bar(const tm_matcher *x)
{
	int wanted =
		x->hit_count < x->q->most ? x->q->threshold : x->hits[x->hit_count - 1].score;

	return wanted < x->floor ? x->floor : wanted;
}

static void
keep(tm_matcher *x, hit h)
{
	size_t at = x->hit_count;

	if (h.score < x->q->threshold)
		return;
	if (at == x->q->most) {
		if (!is_better(&h, &x->hits[at - 1]))
			return;
		at--;
	} else {
		x->hit_count++;
	}
	for (; at > 0 && is_better(&h, &x->hits[at - 1]); at--)
		x->hits[at] = x->hits[at - 1];
	x->hits[at] = h;
}

/* --- scores --- */

static bool
is_french(slice tag)
{
	return tag.n >= 2 && (tag.p[0] | 0x20) == 'f' && (tag.p[1] | 0x20) == 'r';
}

static size_t
pieces_before(const tm_pieces *p, size_t at)
{
	size_t n = 0;

	while (n < p->n && p->at[n].end <= at)
		n++;
	return n;
}

/* The same codes in the same places. */
static bool
same_codes(const tm_matcher *x, const tm_unit *u)
{
	const tm_segment *a = x->q->segment, *b = &u->side[TM_SOURCE];
	size_t n = a == NULL ? 0 : a->codes.n;

	if (n != b->codes.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (a->codes.at[i].kind != b->codes.at[i].kind ||
			pieces_before(x->query, a->codes.at[i].at) !=
				pieces_before(x->other, b->codes.at[i].at))
			return false;
	return true;
}

static status
is_neighbour(tm_matcher *x, uint32_t id, slice document, slice text, bool *is)
{
	tm_unit *u = &x->neighbour;
	bool found = false;

	*is = false;
	if (id == 0 || document.n == 0)
		return STATUS_OK;
	TRY(tm_store_get(x->store, id, u, &found));
	*is = found && slice_equal(u->document, document) &&
	      slice_equal(u->side[TM_SOURCE].text, text);
	return STATUS_OK;
}

/* Units of a document that came one after the other are each other's context. */
static status
in_context(tm_matcher *x, uint32_t id, const tm_unit *u, bool *is)
{
	slice before = x->q->previous, after = x->q->next;
	bool ok = true;

	*is = false;
	if (before.n == 0 && after.n == 0)
		return STATUS_OK;
	if (before.n != 0 && u->previous.n != 0)
		ok = slice_equal(before, u->previous);
	else if (before.n != 0)
		TRY(is_neighbour(x, id - 1, u->document, before, &ok));
	if (!ok)
		return STATUS_OK;
	if (after.n != 0 && u->next.n != 0)
		ok = slice_equal(after, u->next);
	else if (after.n != 0)
		TRY(is_neighbour(x, id + 1, u->document, after, &ok));
	*is = ok;
	return STATUS_OK;
}

static int
penalties(const tm_query *q, const tm_unit *u)
{
	slice who = u->changer.n != 0 ? u->changer : u->author;
	slice when = u->changed.n != 0 ? u->changed : u->created;
	int off = 0;

	if (slice_is(u->origin, "machine"))
		off += q->penalty.machine;
	if (q->penalty.author.n != 0 && !slice_equal(who, q->penalty.author))
		off += q->penalty.other_author;
	if (q->penalty.before.n != 0 && when.n != 0 &&
		slice_compare(when, q->penalty.before) < 0)
		off += q->penalty.old;
	if (q->penalty.document.n != 0 && !slice_starts(u->document, q->penalty.document))
		off += q->penalty.other_document;
	return off;
}

bool
match_has_penalties(const tm_query *q)
{
	return q->penalty.machine != 0 || q->penalty.author.n != 0 ||
	       q->penalty.before.n != 0 || q->penalty.document.n != 0;
}

static tm_sentence
sentence(slice text, const tm_pieces *p, slice tag)
{
	return (tm_sentence){ text, p->at, p->n, is_french(tag) };
}

status
match_carry_over(tm_matcher *x, const tm_unit *u, size_t *carried, bool *done)
{
	tm_sentence now = sentence(x->q->text, x->query, x->q->source);
	tm_sentence old =
		sentence(u->side[TM_SOURCE].text, x->other, u->side[TM_SOURCE].language);

	*done = false;
	buffer_clear(&x->text);
	if (!tm_same_but_placeables(&now, &old))
		return STATUS_OK;
	TRY(tm_pieces_cut(x->target, u->side[TM_TARGET].text));
	tm_sentence target =
		sentence(u->side[TM_TARGET].text, x->target, u->side[TM_TARGET].language);
	return tm_carry_over(x->context->memory, &now, &old, &target, &x->text, carried, done);
}

/* Of a unit all of whose keys are the query's; pieces of its source are in x->other. */
static status
score_same_keys(tm_matcher *x, hit *h, const tm_unit *u)
{
	bool codes = same_codes(x, u), done, around;
	size_t carried = 0;
	uint32_t d;

	h->literal = slice_equal(u->side[TM_SOURCE].text, x->q->text) && codes;
	if (h->literal) {
		TRY(in_context(x, h->id, u, &around));
		h->score = around ? TM_SCORE_CONTEXT : TM_SCORE_EXACT;
		return STATUS_OK;
	}
	TRY(match_carry_over(x, u, &carried, &done));
	if (done && codes) {
		h->score = TM_SCORE_EXACT;
		return STATUS_OK;
	}
	TRY(tm_fine_distance(&x->pattern, x->other->at, x->other->n, false, &d));
	d += (codes ? 0U : 1U) + (d == 0 ? 1U : 0U);
	uint64_t off =
		x->query->n == 0 ? 100 : UINT64_C(10000) * d / (DISTANCE_STEP * x->query->n);
	h->score = off > 500 ? 9500 : off < 1 ? 9999 : 10000 - (int)off;
	return STATUS_OK;
}

int
match_score_of(uint32_t d, size_t n, size_t m)
{
	size_t longest = n > m ? n : m;
	uint64_t off = longest == 0 ? 0
				    : (UINT64_C(10000) * d + DISTANCE_STEP * longest - 1) /
					      (DISTANCE_STEP * longest);

	return off > 10000 ? 0 : 10000 - (int)off;
}

status
match_set_pattern(tm_matcher *x)
{
	if (x->has_pattern)
		return STATUS_OK;
	TRY(tm_pattern_set(&x->pattern, x->query->at, x->query->n));
	x->has_pattern = true;
	return STATUS_OK;
}

status
match_consider(tm_matcher *x, uint32_t id)
{
	size_t n = x->query->n, m;
	slice source, target;
	uint64_t salt;
	hit h = { .id = id };
	bool found;
	uint32_t d;

	TRY(tm_store_texts(x->store, id, &source, &target, &salt, &found));
	if (!found || salt != x->salt)
		return STATUS_OK;
	x->read++;
	if (x->is_simple && tm_store_texts_are_all(x->store) &&
		slice_equal(source, x->q->text)) {
		keep(x, (hit){ id, TM_SCORE_EXACT, true });
		return STATUS_OK;
	}
	TRY(match_set_pattern(x));
	TRY(tm_pieces_cut(x->other, source));
	m = x->other->n;
	size_t longest = n > m ? n : m, most = longest - match_least_shared(match_bar(x), n, m);
	size_t keys = tm_distance(&x->pattern, x->other->at, m, most);
	if (keys > most)
		return STATUS_OK;
	bool whole = keys == 0 || match_has_penalties(x->q);
	if (keys != 0) {
		TRY(tm_fine_distance(&x->pattern, x->other->at, m, false, &d));
		h.score = match_score_of(d, n, m);
		if (h.score < match_bar(x))
			return STATUS_OK;
	}
	if (whole) {
		TRY(tm_store_get(x->store, id, &x->unit, &found));
		if (keys == 0)
			TRY(score_same_keys(x, &h, &x->unit));
		h.score -= penalties(x->q, &x->unit);
	}
	keep(x, h);
	return STATUS_OK;
}
