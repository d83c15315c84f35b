/* Sorts the entries of the index: into lists in memory (tm/inversion.h), and what does not fit
 * there in runs in a temporary file, merged at the end list by list. The file has no name, so
 * that nothing stays of it.
 *
 * A run is one list after the other, in the order of the table: a head, then its entries. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/system.h"
#include "tm/inversion.h"

#define SIGN (UINT64_C(1) << 63)
#define HEAD_BYTES 12                  /* of a list in a run: key, entries */
#define READ_BYTES ((size_t)128 << 10) /* of a run at a time */

typedef struct run {
	off_t at, end;        /* in the file */
	unsigned char *bytes; /* READ_BYTES of it */
	posting_reader entries;
	uint64_t key; /* of the list in hand … */
	uint32_t n;   /* … and its entries that were not read */
} run;

struct posting_sorter {
	context *context;
	inversion lists;
	FILE *file;
	off_t size;
	ARRAY(run) runs;
	size_t *heap, heap_n;
	run memory;  /* the list in hand, when there is no run */
	size_t next; /* of lists.sorted */
	buffer list; /* its entries; or one that is written */
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
	inversion_init(&s->lists, c->memory);
	buffer_init(&s->list, c->memory, SIZE_MAX);
	return STATUS_OK;
}

void
posting_sorter_clear(posting_sorter *s)
{
	const memory *m = s->context->memory;

	inversion_clear(&s->lists);
	s->memory.n = 0;
	s->next = s->heap_n = 0;
	if (s->file == NULL)
		return;
	/* What a large import took is given back. */
	inversion_free(&s->lists);
	buffer_free(&s->list);
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
	inversion_free(&s->lists);
	buffer_free(&s->list);
	ARRAY_FREE(m, &s->runs);
	memory_free(m, s);
}

bool
posting_sorter_is_empty(const posting_sorter *s)
{
	return s->lists.n == 0 && s->runs.n == 0;
}

/* --- runs --- */

static status
file_failure(posting_sorter *s)
{
	return context_fail(s->context, STATUS_IO, "temporary file: %s",
		"fichier temporaire\u00A0: %s", system_message(s->context->ui, errno));
}

/* The packed entries of a list into s->list, behind what is there. */
static status
copy_list(posting_sorter *s, const inverted_list *list)
{
	buffer_reserve(&s->list, list->bytes);
	TRY(s->list.status);
	inversion_copy(&s->lists, list, (unsigned char *)s->list.p + s->list.n);
	s->list.n += list->bytes;
	return STATUS_OK;
}

static status
write_out(posting_sorter *s)
{
	if (fwrite(s->list.p, 1, s->list.n, s->file) != s->list.n)
		return file_failure(s);
	s->size += (off_t)s->list.n;
	buffer_clear(&s->list);
	return STATUS_OK;
}

static status
write_lists(posting_sorter *s)
{
	TRY(inversion_sort(&s->lists));
	buffer_clear(&s->list);
	for (size_t i = 0; i < s->lists.sorted.n; i++) {
		const inverted_list *list = inversion_list(&s->lists, i);
		char head[HEAD_BYTES];
		memcpy(head, &list->key, 8);
		memcpy(head + 8, &list->n, 4);
		buffer_put(&s->list, (slice){ head, HEAD_BYTES });
		TRY(copy_list(s, list));
		if (s->list.n >= READ_BYTES)
			TRY(write_out(s));
	}
	return write_out(s);
}

static status
write_run(posting_sorter *s)
{
	TRY(ARRAY_RESERVE(s->context->memory, &s->runs, 1));
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		return file_failure(s);
	run r = { .at = s->size };
	TRY(write_lists(s));
	if (fflush(s->file) != 0)
		return file_failure(s);
	r.end = s->size;
	s->runs.at[s->runs.n++] = r;
	inversion_clear(&s->lists);
	return STATUS_OK;
}

void
posting_sorter_expect(const posting_sorter *s, const int64_t *keys, size_t n)
{
	inversion_expect(&s->lists, keys, n);
}

status
posting_sorter_add(posting_sorter *s, const posting_record *r)
{
	if (inversion_is_full(&s->lists))
		TRY(write_run(s));
	return inversion_add(&s->lists, r);
}

/* --- merging --- */

static status
refill(posting_sorter *s, run *r)
{
	size_t left = (size_t)(r->entries.end - r->entries.p);
	size_t most = READ_BYTES - left;

	if (left > 0)
		memmove(r->bytes, r->entries.p, left);
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
	r->entries.p = r->bytes;
	r->entries.end = r->bytes + left + most;
	return STATUS_OK;
}

/* So that the next head, or entry, is there whole. */
static inline status
make_ready(posting_sorter *s, run *r)
{
	bool ready = r->entries.end - r->entries.p >= POSTING_ENTRY_MOST || r->at == r->end;

	return ready ? STATUS_OK : refill(s, r);
}

/* The next list of a run; *more is false after the last. */
static status
read_head(posting_sorter *s, run *r, bool *more)
{
	TRY(make_ready(s, r));
	*more = r->entries.p < r->entries.end;
	if (!*more)
		return STATUS_OK;
	memcpy(&r->key, r->entries.p, 8);
	memcpy(&r->n, r->entries.p + 8, 4);
	r->entries.p += HEAD_BYTES;
	posting_begin(&r->entries, (int64_t)(r->key ^ SIGN));
	return STATUS_OK;
}

/* Runs are in the order in which their units came. */
static bool
comes_first(const posting_sorter *s, size_t a, size_t b)
{
	uint64_t x = s->runs.at[a].key, y = s->runs.at[b].key;

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
		return inversion_sort(&s->lists);
	if (s->lists.n != 0)
		TRY(write_run(s));
	inversion_free(&s->lists);
	return open_runs(s);
}

/* The list to go on with: NULL after the last. */
static status
next_run(posting_sorter *s, run **out)
{
	run *r = *out = s->heap_n > 0 ? &s->runs.at[s->heap[0]] : NULL;
	bool more;

	if (r == NULL || r->n > 0)
		return STATUS_OK;
	TRY(read_head(s, r, &more));
	if (!more)
		s->heap[0] = s->heap[--s->heap_n];
	sift(s, 0);
	*out = s->heap_n > 0 ? &s->runs.at[s->heap[0]] : NULL;
	return STATUS_OK;
}

static status
next_in_memory(posting_sorter *s, run **out)
{
	run *r = *out = &s->memory;

	if (r->n > 0)
		return STATUS_OK;
	*out = NULL;
	if (s->next >= s->lists.sorted.n)
		return STATUS_OK;
	const inverted_list *list = inversion_list(&s->lists, s->next++);
	buffer_clear(&s->list);
	TRY(copy_list(s, list));
	r->key = list->key;
	r->n = list->n;
	r->entries = (posting_reader){ .p = (const unsigned char *)s->list.p,
		.end = (const unsigned char *)s->list.p + s->list.n };
	posting_begin(&r->entries, (int64_t)(r->key ^ SIGN));
	*out = r;
	return STATUS_OK;
}

status
posting_sorter_next(posting_sorter *s, posting_record *out, bool *more)
{
	run *r;

	TRY(s->runs.n == 0 ? next_in_memory(s, &r) : next_run(s, &r));
	*more = r != NULL;
	if (r == NULL) {
		posting_sorter_clear(s);
		return STATUS_OK;
	}
	TRY(make_ready(s, r));
	r->n--;
	out->key = (int64_t)(r->key ^ SIGN);
	bool there = posting_is_near(out->key) ? posting_next_near(&r->entries, &out->entry)
					       : posting_next(&r->entries, &out->entry.unit);
	assert(there);
	(void)there;
	return STATUS_OK;
}
