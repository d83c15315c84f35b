#include "document/compose.h"

#include <string.h>

typedef struct composer {
	arena *arena;
	slice after;
	const edit *first, *second;
	size_t first_count, second_count, i, j;
	int64_t shift; /* from the first text to the second, behind the first i edits */
} composer;

void
edits_apply(buffer *out, slice text, const edit *edits, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		buffer_put(out, slice_sub(text, at, edits[i].file.start));
		buffer_put(out, edits[i].with);
		at = edits[i].file.end;
	}
	buffer_put(out, slice_sub(text, at, text.n));
}

#define CHUNK 4096

typedef struct hasher { /* of text that comes in pieces, wherever they are cut */
	uint64_t chain[2];
	size_t n;
	char chunk[CHUNK];
} hasher;

static void
add_chunk(hasher *h)
{
	h->chain[1] = slice_hash((slice){ h->chunk, h->n });
	h->chain[0] = slice_hash((slice){ (const char *)h->chain, sizeof(h->chain) });
	h->n = 0;
}

static void
add_piece(hasher *h, slice s)
{
	while (s.n != 0) {
		size_t n = CHUNK - h->n < s.n ? CHUNK - h->n : s.n;
		memcpy(h->chunk + h->n, s.p, n);
		h->n += n;
		s = slice_sub(s, n, s.n);
		if (h->n == CHUNK)
			add_chunk(h);
	}
}

uint64_t
edits_hash(slice text, const edit *edits, size_t count)
{
	hasher h = { .n = 0 };
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		add_piece(&h, slice_sub(text, at, edits[i].file.start));
		add_piece(&h, edits[i].with);
		at = edits[i].file.end;
	}
	add_piece(&h, slice_sub(text, at, text.n));
	add_chunk(&h);
	return h.chain[0];
}

/* Edit i of the first list, in the second text. */
static span
span_after(const composer *c, size_t i)
{
	uint32_t start = (uint32_t)(c->first[i].file.start + c->shift);

	return (span){ start, start + (uint32_t)c->first[i].with.n };
}

static void
step(composer *c)
{
	const edit *e = &c->first[c->i++];

	c->shift += (int64_t)e->with.n - (int64_t)(e->file.end - e->file.start);
}

/* Takes in what touches the span, until nothing does. */
static void
grow(composer *c, span *s)
{
	for (bool grown = true; grown;) {
		grown = false;
		if (c->i < c->first_count && span_after(c, c->i).start <= s->end) {
			span x = span_after(c, c->i);
			s->end = x.end > s->end ? x.end : s->end;
			step(c);
			grown = true;
		}
		if (c->j < c->second_count && c->second[c->j].file.start <= s->end) {
			uint32_t end = c->second[c->j].file.end;
			s->end = end > s->end ? end : s->end;
			c->j++;
			grown = true;
		}
	}
}

static status
write(composer *c, span s, size_t from, slice *out)
{
	buffer b;
	size_t at = s.start;

	buffer_init(&b, c->arena->memory, SIZE_MAX / 2);
	for (size_t j = from; j < c->j; j++) {
		buffer_put(&b, slice_sub(c->after, at, c->second[j].file.start));
		buffer_put(&b, c->second[j].with);
		at = c->second[j].file.end;
	}
	buffer_put(&b, slice_sub(c->after, at, s.end));
	status done = b.status;
	if (done == STATUS_OK)
		done = arena_copy(c->arena, buffer_slice(&b), out);
	buffer_free(&b);
	return done;
}

/* The next group of edits that meet. */
static status
compose(composer *c, edit *out)
{
	bool first = c->i < c->first_count;
	span s = first ? span_after(c, c->i) : c->second[c->j].file;
	size_t i = c->i, j = c->j;
	int64_t before = c->shift;

	if (first && c->j < c->second_count && c->second[c->j].file.start < s.start) {
		s = c->second[c->j].file;
		first = false;
	}
	if (first)
		step(c);
	else
		c->j++;
	grow(c, &s);
	out->file.start = (uint32_t)(s.start - before);
	out->file.end = (uint32_t)(s.end - c->shift);
	out->said = c->i > i ? c->first[i].said : c->second[j].said;
	return write(c, s, j, &out->with);
}

status
edits_compose(arena *a, slice after, const edit *first, size_t first_count, const edit *second,
	size_t second_count, edit **out, size_t *count)
{
	composer c = { .arena = a,
		.after = after,
		.first = first,
		.second = second,
		.first_count = first_count,
		.second_count = second_count };

	*count = 0;
	*out = ARENA_ARRAY(a, edit, first_count + second_count);
	if (*out == NULL)
		return STATUS_MEMORY;
	while (c.i < first_count || c.j < second_count)
		TRY(compose(&c, &(*out)[(*count)++]));
	return STATUS_OK;
}
