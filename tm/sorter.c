/* Sorts the entries of the index: by radix in memory, and what does not fit there in runs in a
 * temporary file, merged at the end. The file has no name, so that nothing stays of it. The
 * order is that of the table, in which keys are signed: keys are kept with the sign turned
 * round. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/system.h"
#include "tm/postings.h"

#define MEMORY_BYTES ((size_t)24 << 20) /* of entries, before a run is written */
#define READ_BYTES ((size_t)256 << 10)  /* of a run at a time */

typedef struct light {          /* what is moved when sorting */
	uint64_t key;           /* SIGN turned round */
	uint32_t unit, near_at; /* near_at: in near, for near lists */
} light;

#define SIGN (UINT64_C(1) << 63)

typedef struct run {
	off_t at, end; /* in the file */
	char *bytes;   /* READ_BYTES of it */
	size_t start, stop;
	posting_record head;
} run;

struct posting_sorter {
	context *context;
	ARRAY(light) list;
	ARRAY(near_entry) near;
	FILE *file;
	off_t size;
	ARRAY(run) runs;
	size_t *heap, heap_n;
	size_t next; /* of list, when there is no run */
	char *out;   /* READ_BYTES */
};

status
posting_sorter_open(posting_sorter **out, context *c)
{
	posting_sorter *s = memory_alloc(c->memory, sizeof(*s));

	*out = s;
	if (s == NULL)
		return STATUS_MEMORY;
	memset(s, 0, sizeof(*s));
	s->context = c;
	return STATUS_OK;
}

void
posting_sorter_clear(posting_sorter *s)
{
	const memory *m = s->context->memory;

	s->list.n = s->near.n = s->next = s->heap_n = 0;
	for (size_t i = 0; i < s->runs.n; i++)
		memory_free(m, s->runs.at[i].bytes);
	s->runs.n = 0;
	memory_free(m, s->heap);
	s->heap = NULL;
	if (s->file != NULL)
		fclose(s->file);
	s->file = NULL;
	s->size = 0;
}

void
posting_sorter_close(posting_sorter *s)
{
	if (s == NULL)
		return;
	const memory *m = s->context->memory;
	posting_sorter_clear(s);
	ARRAY_FREE(m, &s->list);
	ARRAY_FREE(m, &s->near);
	ARRAY_FREE(m, &s->runs);
	memory_free(m, s->out);
	memory_free(m, s);
}

bool
posting_sorter_is_empty(const posting_sorter *s)
{
	return s->list.n == 0 && s->runs.n == 0;
}

/* --- in memory --- */

#define FIRST_BIT 14 /* of a key; those below are 0 */
#define DIGIT 10     /* bits sorted by in one pass: so many places written to stay near */
#define DIGITS (1 << DIGIT)
#define PASSES ((64 - FIRST_BIT) / DIGIT)

static inline size_t
digit_of(const light *x, unsigned pass)
{
	return x->key >> (FIRST_BIT + pass * DIGIT) & (DIGITS - 1);
}

/* Where those of each digit begin, for every pass. */
static void
find_starts(const light *list, size_t n, uint32_t starts[PASSES][DIGITS])
{
	memset(starts, 0, sizeof(uint32_t) * PASSES * DIGITS);
	for (size_t i = 0; i < n; i++)
		for (unsigned pass = 0; pass < PASSES; pass++)
			starts[pass][digit_of(&list[i], pass)]++;
	for (unsigned pass = 0; pass < PASSES; pass++)
		for (uint32_t i = 0, sum = 0; i < DIGITS; i++) {
			uint32_t count = starts[pass][i];
			starts[pass][i] = sum;
			sum += count;
		}
}

/* Few: insertion, without clearing tables. */
static void
sort_few(light *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		light x = list[i];
		size_t k = i;
		for (; k > 0 && list[k - 1].key > x.key; k--)
			list[k] = list[k - 1];
		list[k] = x;
	}
}

static status
sort_list(posting_sorter *s)
{
	uint32_t starts[PASSES][DIGITS];
	size_t n = s->list.n;
	light *from = s->list.at, *to, *spare;

	if (n < 200) {
		sort_few(from, n);
		return STATUS_OK;
	}
	spare = to = memory_alloc(s->context->memory, n * sizeof(*to));
	if (to == NULL)
		return STATUS_MEMORY;
	find_starts(from, n, starts);
	for (unsigned pass = 0; pass < PASSES; pass++) {
		for (size_t i = 0; i < n; i++)
			to[starts[pass][digit_of(&from[i], pass)]++] = from[i];
		light *x = from;
		from = to;
		to = x;
	}
	if (from != s->list.at)
		memcpy(s->list.at, from, n * sizeof(*from));
	memory_free(s->context->memory, spare);
	return STATUS_OK;
}

/* --- runs --- */

static status
file_failure(posting_sorter *s)
{
	return context_fail(s->context, STATUS_IO, "temporary file: %s",
		"fichier temporaire\u00A0: %s", system_message(s->context->ui, errno));
}

static size_t
bytes_of(int64_t key)
{
	return posting_is_near(key)
		       ? 14 + 8 * (size_t)posting_class_words(posting_class_of(key))
		       : 12;
}

/* Writes at most 64 bytes and returns how many. */
static size_t
put_record(const posting_sorter *s, const light *x, char *out)
{
	memcpy(out, &x->key, 8);
	memcpy(out + 8, &x->unit, 4);
	size_t n = bytes_of((int64_t)(x->key ^ SIGN));
	if (n == 12)
		return n;
	const near_entry *e = &s->near.at[x->near_at];
	out[12] = (char)e->pieces;
	out[13] = (char)e->place;
	memcpy(out + 14, &e->of, n - 14);
	return n;
}

static status
write_out(posting_sorter *s, size_t n)
{
	if (fwrite(s->out, 1, n, s->file) != n)
		return file_failure(s);
	s->size += (off_t)n;
	return STATUS_OK;
}

static status
write_run(posting_sorter *s)
{
	TRY(sort_list(s));
	TRY(ARRAY_RESERVE(s->context->memory, &s->runs, 1));
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		return file_failure(s);
	if (s->out == NULL && (s->out = memory_alloc(s->context->memory, READ_BYTES)) == NULL)
		return STATUS_MEMORY;
	run r = { .at = s->size };
	size_t n = 0;
	for (size_t i = 0; i < s->list.n; i++) {
		n += put_record(s, &s->list.at[i], s->out + n);
		if (n > READ_BYTES - 64) {
			TRY(write_out(s, n));
			n = 0;
		}
	}
	TRY(write_out(s, n));
	if (fflush(s->file) != 0)
		return file_failure(s);
	r.end = s->size;
	s->runs.at[s->runs.n++] = r;
	s->list.n = s->near.n = 0;
	return STATUS_OK;
}

status
posting_sorter_add(posting_sorter *s, const posting_record *r)
{
	const memory *m = s->context->memory;
	light x = { (uint64_t)r->key ^ SIGN, r->entry.unit, (uint32_t)s->near.n };

	if (2 * s->list.n * sizeof(light) + s->near.n * sizeof(near_entry) > MEMORY_BYTES)
		TRY(write_run(s));
	x.near_at = (uint32_t)s->near.n;
	if (s->list.n == s->list.capacity)
		TRY(ARRAY_RESERVE(m, &s->list, 1));
	if (posting_is_near(r->key)) {
		if (s->near.n == s->near.capacity)
			TRY(ARRAY_RESERVE(m, &s->near, 1));
		s->near.at[s->near.n++] = r->entry;
	}
	s->list.at[s->list.n++] = x;
	return STATUS_OK;
}

/* --- merging --- */

static status
refill(posting_sorter *s, run *r)
{
	size_t left = r->stop - r->start;
	size_t most = READ_BYTES - left;

	memmove(r->bytes, r->bytes + r->start, left);
	r->start = 0;
	r->stop = left;
	if ((off_t)most > r->end - r->at)
		most = (size_t)(r->end - r->at);
	for (size_t got = 0; got < most;) {
		ssize_t n = pread(
			fileno(s->file), r->bytes + left + got, most - got, r->at + (off_t)got);
		if (n <= 0)
			return file_failure(s);
		got += (size_t)n;
	}
	r->at += (off_t)most;
	r->stop += most;
	return STATUS_OK;
}

/* The next record of a run into its head; *more is false after the last. */
static status
read_head(posting_sorter *s, run *r, bool *more)
{
	if (r->stop - r->start < 64 && r->at < r->end)
		TRY(refill(s, r));
	*more = r->stop > r->start;
	if (!*more)
		return STATUS_OK;
	const char *p = r->bytes + r->start;
	uint64_t key;
	memcpy(&key, p, 8);
	r->head.key = (int64_t)(key ^ SIGN);
	memcpy(&r->head.entry.unit, p + 8, 4);
	size_t n = bytes_of(r->head.key);
	if (n > 12) {
		r->head.entry.pieces = (uint8_t)p[12];
		r->head.entry.place = (uint8_t)p[13];
		memcpy(&r->head.entry.of, p + 14, n - 14);
	}
	r->start += n;
	return STATUS_OK;
}

/* Runs are in the order in which their units came. */
static bool
comes_first(const posting_sorter *s, size_t a, size_t b)
{
	int64_t x = s->runs.at[a].head.key, y = s->runs.at[b].head.key;

	return x != y ? x < y : a < b;
}

static void
sift(posting_sorter *s, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1, x = s->heap[i];
		if (child >= s->heap_n)
			return;
		if (child + 1 < s->heap_n && comes_first(s, s->heap[child + 1], s->heap[child]))
			child++;
		if (!comes_first(s, s->heap[child], x))
			return;
		s->heap[i] = s->heap[child];
		s->heap[child] = x;
		i = child;
	}
}

static status
open_runs(posting_sorter *s)
{
	const memory *m = s->context->memory;
	bool more;

	s->heap = memory_alloc(m, s->runs.n * sizeof(*s->heap));
	if (s->heap == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < s->runs.n; i++) {
		s->runs.at[i].bytes = memory_alloc(m, READ_BYTES);
		if (s->runs.at[i].bytes == NULL)
			return STATUS_MEMORY;
		TRY(read_head(s, &s->runs.at[i], &more));
		if (more)
			s->heap[s->heap_n++] = i;
	}
	for (size_t i = s->heap_n / 2; i > 0; i--)
		sift(s, i - 1);
	return STATUS_OK;
}

status
posting_sorter_sort(posting_sorter *s)
{
	if (s->runs.n == 0)
		return sort_list(s);
	if (s->list.n != 0)
		TRY(write_run(s));
	return open_runs(s);
}

static void
from_memory(posting_sorter *s, posting_record *out)
{
	const light *x = &s->list.at[s->next++];

	out->key = (int64_t)(x->key ^ SIGN);
	if (posting_is_near(out->key))
		out->entry = s->near.at[x->near_at];
	else
		out->entry.unit = x->unit;
}

status
posting_sorter_next(posting_sorter *s, posting_record *out, bool *more)
{
	bool run_goes_on;

	*more = s->runs.n == 0 ? s->next < s->list.n : s->heap_n > 0;
	if (!*more) {
		posting_sorter_clear(s);
		return STATUS_OK;
	}
	if (s->runs.n == 0) {
		from_memory(s, out);
		return STATUS_OK;
	}
	run *r = &s->runs.at[s->heap[0]];
	*out = r->head;
	TRY(read_head(s, r, &run_goes_on));
	if (!run_goes_on)
		s->heap[0] = s->heap[--s->heap_n];
	sift(s, 0);
	return STATUS_OK;
}
