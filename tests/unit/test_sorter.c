/* The entries of the index come out of the sorter list by list, in the order of the table, and
 * in each list as they went in: from memory, and from many runs in a file. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "tm/postings.h"

static context ctx;
static uint64_t seed = 1;

static uint64_t
random_bits(void)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (seed ^ seed >> 29) * UINT64_C(0xD6E8FEB86659FD93);
}

/* Some keys are in one record of a hundred, most in few. */
static posting_record
make_record(uint32_t unit, size_t keys)
{
	uint64_t which = random_bits() % (random_bits() % 4 == 0 ? 100 : keys);
	uint64_t hash = (which + 1) * UINT64_C(0x9E3779B97F4A7C15);
	posting_record r = { .entry = { .unit = unit } };

	if (which % 3 == 0) {
		r.key = posting_word_key(hash, POSTING_TARGET);
		return r;
	}
	unsigned class_ = 1 + (unsigned)(which % 30);
	r.key = posting_near_key(hash, class_);
	r.entry.pieces = (uint8_t)random_bits();
	r.entry.place = (uint8_t)random_bits();
	for (unsigned i = 0; i < posting_class_words(class_); i++)
		r.entry.of.word[i] = random_bits();
	return r;
}

typedef struct placed {
	posting_record r;
	size_t at;
} placed;

static int
by_key(const void *a, const void *b)
{
	const placed *x = a, *y = b;

	if (x->r.key != y->r.key)
		return x->r.key < y->r.key ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static bool
is_twice(const placed *a, const placed *b)
{
	return !posting_is_near(b->r.key) && a->r.key == b->r.key &&
	       a->r.entry.unit == b->r.entry.unit;
}

static void
assert_same(const posting_record *a, const posting_record *b)
{
	assert_int_equal(a->key, b->key);
	assert_int_equal(a->entry.unit, b->entry.unit);
	if (!posting_is_near(a->key))
		return;
	assert_int_equal(a->entry.pieces, b->entry.pieces);
	assert_int_equal(a->entry.place, b->entry.place);
	assert_memory_equal(&a->entry.of, &b->entry.of,
		8 * (size_t)posting_class_words(posting_class_of(a->key)));
}

/* A unit that a word's list has twice in a row may come out once or, where a run ended between,
 * twice. */
static void
sort_and_compare(posting_sorter *s, size_t n, size_t keys, bool falling)
{
	placed *all = calloc(n, sizeof(*all));
	posting_record r;
	size_t at = 0;
	bool more;

	for (size_t i = 0; i < n; i++) {
		uint32_t unit = (uint32_t)(falling && i % 1000 > 900 ? i / 3 : i / 20);
		all[i] = (placed){ make_record(unit, keys), i };
		assert_int_equal(posting_sorter_add(s, &all[i].r), STATUS_OK);
	}
	qsort(all, n, sizeof(*all), by_key);
	assert_int_equal(posting_sorter_sort(s), STATUS_OK);
	for (;;) {
		assert_int_equal(posting_sorter_next(s, &r, &more), STATUS_OK);
		if (!more)
			break;
		while (at > 0 && at < n && is_twice(&all[at - 1], &all[at]) &&
			(r.key != all[at].r.key || r.entry.unit != all[at].r.entry.unit))
			at++;
		assert_true(at < n);
		assert_same(&r, &all[at++].r);
	}
	while (at > 0 && at < n && is_twice(&all[at - 1], &all[at]))
		at++;
	assert_int_equal(at, n);
	assert_true(posting_sorter_is_empty(s));
	free(all);
}

static void
test_lists_come_in_order(void **state)
{
	posting_sorter *s;

	(void)state;
	context_init(&ctx, &memory_libc);
	assert_int_equal(posting_sorter_open(&s, &ctx), STATUS_OK);
	sort_and_compare(s, 0, 1, false);
	sort_and_compare(s, 1, 1, false);
	sort_and_compare(s, 150, 1000, false);
	sort_and_compare(s, 20000, 3000, false);
	sort_and_compare(s, 20000, 3000, true);
	posting_sorter_close(s);
}

static void
test_lists_come_in_order_from_runs(void **state)
{
	posting_sorter *s;

	(void)state;
	context_init(&ctx, &memory_libc);
	assert_int_equal(posting_sorter_open(&s, &ctx), STATUS_OK);
	sort_and_compare(s, 1500000, 400000, false); /* many lists */
	sort_and_compare(s, 1500000, 200, true);     /* long ones */
	sort_and_compare(s, 3000, 200, false);       /* what was large is forgotten */
	posting_sorter_close(s);
}

/* The first file descriptor that is free. */
static int
free_descriptor(void)
{
	int fd = dup(STDIN_FILENO);

	assert_int_not_equal(fd, -1);
	close(fd);
	return fd;
}

/* The disk is full in the midst of a first run, and later has room: what was written of that
 * run is no part of the next one. */
static void
test_a_run_that_failed_is_forgotten(void **state)
{
	struct rlimit before, less;
	int fd = free_descriptor();
	status done = STATUS_OK;
	posting_sorter *s;

	(void)state;
	context_init(&ctx, &memory_libc);
	assert_int_equal(posting_sorter_open(&s, &ctx), STATUS_OK);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	less = before;
	less.rlim_cur = 100000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	for (uint32_t i = 0; i < 1500000 && done == STATUS_OK; i++) {
		posting_record r = make_record(i / 20, 400000);
		done = posting_sorter_add(s, &r);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(done, STATUS_IO);
	posting_sorter_clear(s);
	assert_int_equal(free_descriptor(), fd);
	sort_and_compare(s, 1500000, 400000, false);
	posting_sorter_close(s);
	assert_int_equal(free_descriptor(), fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_come_in_order),
		cmocka_unit_test(test_lists_come_in_order_from_runs),
		cmocka_unit_test(test_a_run_that_failed_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
