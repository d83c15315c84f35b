/* bench/search WORDS.tsv FOLDER: how long people wait for `paraph term show` in termbases of a
 * thousand to a hundred thousand concepts. The terms are made of two to four words of the
 * frequency list by a fixed seed; each is asked for as it is, without accents and in capitals,
 * with its words turned round, with a letter left out, and by its first word alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "termbase/search.h"
#include "text/fold.h"

#define QUESTIONS 500
#define HITS 10

enum question { AS_IT_IS, FOLDED, TURNED, MISSPELT, ONE_WORD, KINDS };
static const char *const kind_names[KINDS] = { "as it is", "capitals, no accents",
	"words turned round", "a letter left out", "first word alone" };

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct list {
	const memory *memory;
	ARRAY(slice) words;
} list;

static status
read_list(list *l, slice bytes)
{
	slice line, form, rest = bytes;

	while (slice_line(&rest, &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		(void)slice_cut(line, '\t', &form, &line);
		TRY(ARRAY_RESERVE(l->memory, &l->words, 1));
		l->words.at[l->words.n++] = form;
	}
	return STATUS_OK;
}

static uint32_t
next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* Term number i, the same whenever it is asked for. */
static size_t
make_term(const list *l, uint64_t number, slice parts[4])
{
	uint64_t seed = number * 2654435761u + 12345;
	size_t n = 2 + next_random(&seed) % 3;

	for (size_t i = 0; i < n; i++) {
		uint64_t a = next_random(&seed) % l->words.n,
			 b = next_random(&seed) % l->words.n;
		parts[i] = l->words.at[a * b / l->words.n];
	}
	return n;
}

static void
join(buffer *out, const slice *parts, size_t n, bool turned)
{
	buffer_clear(out);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buffer_put_char(out, ' ');
		buffer_put(out, parts[turned ? n - 1 - i : i]);
	}
}

static status
put_term(store *s, entry *e, buffer *b, const list *l, uint64_t number)
{
	slice parts[4];
	char id[32];
	uint32_t section, term;

	join(b, parts, make_term(l, number, parts), false);
	entry_clear(e);
	snprintf(id, sizeof(id), "c%llu", (unsigned long long)number);
	TRY(entry_set_id(e, slice_of(id)));
	TRY(entry_section_of(e, SLICE("fr"), &section));
	TRY(entry_add_term(e, section, buffer_slice(b), &term));
	TRY(entry_close(e));
	return store_put(s, e, NULL);
}

static status
fill(store *s, const list *l, buffer *b, uint64_t from, uint64_t to)
{
	entry e;

	entry_init(&e, l->memory);
	status done = store_begin(s);
	for (uint64_t i = from; i < to && done == STATUS_OK; i++)
		done = put_term(s, &e, b, l, i);
	entry_free(&e);
	return done == STATUS_OK ? store_commit(s) : done;
}

static void
fold_up(buffer *b)
{
	char folded[4096];
	size_t n = text_fold(folded, buffer_slice(b));

	for (size_t i = 0; i < n; i++)
		if (folded[i] >= 'a' && folded[i] <= 'z')
			folded[i] = (char)(folded[i] - 'a' + 'A');
	buffer_clear(b);
	buffer_put(b, (slice){ folded, n });
}

/* Without the third letter of the longest word. */
static void
leave_out(buffer *b, slice *parts, size_t n)
{
	char shorter[256];
	size_t longest = 0;

	for (size_t i = 1; i < n; i++)
		if (parts[i].n > parts[longest].n)
			longest = i;
	slice w = parts[longest];
	if (w.n > 4 && w.n < sizeof(shorter) && (unsigned char)w.p[2] < 0x80) {
		memcpy(shorter, w.p, 2);
		memcpy(shorter + 2, w.p + 3, w.n - 3);
		parts[longest] = (slice){ shorter, w.n - 1 };
	}
	join(b, parts, n, false);
}

static void
ask(buffer *b, const list *l, uint64_t number, enum question kind)
{
	slice parts[4];
	size_t n = make_term(l, number, parts);

	if (kind == MISSPELT) {
		leave_out(b, parts, n);
		return;
	}
	join(b, parts, kind == ONE_WORD ? 1 : n, kind == TURNED);
	if (kind == FOLDED)
		fold_up(b);
}

static int
by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static status
measure(store *s, context *c, const list *l, buffer *b, uint64_t count, enum question kind)
{
	static double times[QUESTIONS];
	size_t first = 0;
	arena a;

	arena_init(&a, c->memory);
	for (size_t i = 0; i < QUESTIONS; i++) {
		uint64_t number = i * 7919 % count;
		search_hit *hits;
		size_t n;
		char id[32];
		ask(b, l, number, kind);
		double start = now();
		TRY(search_run(s, c, &a, buffer_slice(b), HITS, &hits, &n));
		times[i] = now() - start;
		snprintf(id, sizeof(id), "c%llu", (unsigned long long)number);
		first += n > 0 && slice_is(hits[0].concept, id);
		arena_reset(&a);
	}
	arena_free(&a);
	qsort(times, QUESTIONS, sizeof(*times), by_size);
	printf("| %llu | %s | %.2f | %.2f | %.2f | %.0f %% |\n", (unsigned long long)count,
		kind_names[kind], times[QUESTIONS / 2], times[QUESTIONS * 95 / 100],
		times[QUESTIONS - 1], 100.0 * (double)first / QUESTIONS);
	return STATUS_OK;
}

static status
run(context *c, const list *l, buffer *b, const char *path)
{
	static const uint64_t sizes[] = { 1000, 10000, 100000, 1000000 };
	uint64_t filled = 0;
	store *s;

	TRY(store_open(&s, c, path, STORE_WRITE));
	status done = STATUS_OK;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes) && done == STATUS_OK; i++) {
		done = fill(s, l, b, filled, sizes[i]);
		filled = sizes[i];
		for (int k = 0; k < KINDS && done == STATUS_OK; k++)
			done = measure(s, c, l, b, filled, (enum question)k);
	}
	store_close(s);
	return done;
}

int
main(int count, char **arguments)
{
	char path[4096];
	context c;
	file words;
	buffer b;
	list l = { .memory = &memory_libc };

	context_init(&c, &memory_libc);
	if (count != 3) {
		fprintf(stderr, "usage: search WORDS.tsv FOLDER\n");
		return 2;
	}
	snprintf(path, sizeof(path), "%s/search.db", arguments[2]);
	unlink(path);
	buffer_init(&b, &memory_libc, 1 << 20);
	status done = file_open(&words, &c, arguments[1]);
	if (done == STATUS_OK)
		done = read_list(&l, words.bytes);
	printf("| concepts | question | median ms | 95 %% | worst | right one first |\n"
	       "| ---: | --- | ---: | ---: | ---: | ---: |\n");
	if (done == STATUS_OK)
		done = run(&c, &l, &b, path);
	if (done != STATUS_OK)
		fprintf(stderr, "search: %s\n", c.message);
	unlink(path);
	return done == STATUS_OK ? 0 : 2;
}
