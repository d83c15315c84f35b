#include "engine/remembered.h"

#include <stdlib.h>

#include "text/fold.h"
#include "text/language.h"
#include "text/utf8.h"
#include "tm/usage.h"

#define NAMED UINT64_C(0x5E6D3A9B4C1F8072) /* so that no word has the hash of a segment */

typedef struct known_text { /* of a segment of the target */
	uint64_t hash;
	uint32_t segment;
	bool met;
} known_text;

typedef struct recalling {
	const memory *memory;
	buffer folded;
	known_text *texts; /* by hash */
	size_t n;
	uint32_t asked; /* segment of the source */
	ARRAY(passage_name) names;
} recalling;

static int
compare_texts(const void *a, const void *b)
{
	const known_text *x = a, *y = b;

	if (x->hash != y->hash)
		return (x->hash > y->hash) - (x->hash < y->hash);
	return (x->segment > y->segment) - (x->segment < y->segment);
}

static int
compare_segments(const void *a, const void *b)
{
	const known_text *x = a, *y = b;

	return (x->segment > y->segment) - (x->segment < y->segment);
}

static bool
is_space(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

/* Of what is written, whatever the spaces and the typography. */
static status
hash_text(recalling *r, slice text, uint64_t *hash)
{
	size_t n = 0;

	buffer_clear(&r->folded);
	buffer_reserve(&r->folded, 3 * text.n + 4);
	TRY(r->folded.status);
	char *p = r->folded.p;
	slice folded = { p, text_fold(p, text) };
	for (size_t i = 0, start = 0; i < folded.n; start = i)
		if (!is_space(utf8_read(folded, &i))) {
			memmove(p + n, p + start, i - start);
			n += i - start;
		}
	*hash = slice_hash((slice){ p, n }) ^ NAMED;
	return STATUS_OK;
}

static slice
segment_text(const aligned_side *s, size_t i)
{
	return slice_sub(s->text, s->spans.at[i].start, s->spans.at[i].end);
}

static status
read_target(recalling *r, arena *a, const aligned_side *target)
{
	r->n = target->spans.n;
	r->texts = ARENA_ARRAY(a, known_text, r->n + 1);
	if (r->texts == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r->n; i++) {
		r->texts[i].segment = (uint32_t)i;
		TRY(hash_text(r, segment_text(target, i), &r->texts[i].hash));
	}
	if (r->n != 0)
		qsort(r->texts, r->n, sizeof(*r->texts), compare_texts);
	return STATUS_OK;
}

/* The first text of this hash or a greater one. */
static size_t
find_text(const recalling *r, uint64_t hash)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (r->texts[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static status
add_name(recalling *r, uint32_t segment, uint64_t hash)
{
	for (size_t i = r->names.n; i > 0 && r->names.at[i - 1].passage == segment; i--)
		if (r->names.at[i - 1].hash == hash)
			return STATUS_OK;
	TRY(ARRAY_RESERVE(r->memory, &r->names, 1));
	r->names.at[r->names.n++] = (passage_name){ segment, hash };
	return STATUS_OK;
}

static status
note_translation(void *user, slice known)
{
	recalling *r = user;
	uint64_t hash;

	TRY(hash_text(r, known, &hash));
	size_t i = find_text(r, hash);
	if (i == r->n || r->texts[i].hash != hash)
		return STATUS_OK;
	for (; i < r->n && r->texts[i].hash == hash && !r->texts[i].met; i++)
		r->texts[i].met = true;
	return add_name(r, r->asked, hash);
}

static status
name_source(recalling *r, tm_usage *memories, const aligned_side sides[2], passages *of)
{
	slice from = slice_of(language_name(sides[0].language));
	slice to = slice_of(language_name(sides[1].language));

	for (size_t i = 0; i < sides[0].spans.n; i++) {
		r->asked = (uint32_t)i;
		TRY(tm_usage_translations(
			memories, from, to, segment_text(&sides[0], i), note_translation, r));
	}
	return passages_add_names(of, r->names.at, r->names.n);
}

static status
name_target(recalling *r, passages *of)
{
	r->names.n = 0;
	if (r->n != 0)
		qsort(r->texts, r->n, sizeof(*r->texts), compare_segments);
	for (size_t i = 0; i < r->n; i++)
		if (r->texts[i].met)
			TRY(add_name(r, r->texts[i].segment, r->texts[i].hash));
	return passages_add_names(of, r->names.at, r->names.n);
}

status
engine_name_remembered(paraph_session *s, const aligned_side sides[2], passages of[2])
{
	const memory *m = &s->engine->memory;
	recalling r = { .memory = m };
	arena a;

	if (s->memories == NULL || sides[0].language == sides[1].language)
		return STATUS_OK;
	arena_init(&a, m);
	buffer_init(&r.folded, m, SIZE_MAX);
	status done = read_target(&r, &a, &sides[1]);
	if (done == STATUS_OK)
		done = name_source(&r, s->memories, sides, &of[0]);
	if (done == STATUS_OK)
		done = name_target(&r, &of[1]);
	if (done == STATUS_OK)
		done = tm_usage_status(s->memories);
	ARRAY_FREE(m, &r.names);
	buffer_free(&r.folded);
	arena_free(&a);
	return done;
}
