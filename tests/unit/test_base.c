#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/context.h"
#include "base/sort.h"

static void
slices_cut_and_trim(void **state)
{
	slice head, tail;

	(void)state;
	assert_true(slice_cut(SLICE("a\tb\tc"), '\t', &head, &tail));
	assert_true(slice_equal(head, SLICE("a")) && slice_equal(tail, SLICE("b\tc")));
	assert_false(slice_cut(SLICE("abc"), '\t', &head, &tail));
	assert_true(slice_equal(head, SLICE("abc")) && tail.n == 0);
	assert_true(slice_equal(slice_trim(SLICE(" \t x y \n")), SLICE("x y")));
	assert_int_equal(slice_trim(SLICE("  ")).n, 0);
	assert_true(slice_starts(SLICE("sous-région"), SLICE("sous")));
	assert_false(slice_starts(SLICE("so"), SLICE("sous")));
	assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
	assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
}

static void
lines_lose_their_ends(void **state)
{
	slice rest = SLICE("one\r\n\nthree"), line;

	(void)state;
	assert_true(slice_line(&rest, &line) && slice_equal(line, SLICE("one")));
	assert_true(slice_line(&rest, &line) && line.n == 0);
	assert_true(slice_line(&rest, &line) && slice_equal(line, SLICE("three")));
	assert_false(slice_line(&rest, &line));
}

static void
arena_gives_aligned_zeroed_memory(void **state)
{
	arena a;

	(void)state;
	arena_init(&a, &memory_libc);
	for (size_t i = 1; i < 300; i++) {
		unsigned char *p = arena_alloc(&a, i * 97, 16);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t k = 0; k < i * 97; k++)
			assert_int_equal(p[k], 0);
		memset(p, 0xAA, i * 97);
	}
	arena_reset(&a);
	unsigned char *again = arena_alloc(&a, 1000, 8);
	assert_int_equal(again[0] | again[999], 0);
	assert_null(ARENA_ARRAY(&a, uint64_t, SIZE_MAX / 4));
	arena_free(&a);
}

static void
buffer_stops_at_its_ceiling(void **state)
{
	buffer b;

	(void)state;
	buffer_init(&b, &memory_libc, 10);
	buffer_put(&b, SLICE("12345"));
	buffer_printf(&b, "%d", 678);
	assert_true(slice_equal(buffer_slice(&b), SLICE("12345678")));
	buffer_put(&b, SLICE("901"));
	assert_int_equal(b.status, STATUS_LIMIT);
	buffer_put(&b, SLICE("x"));
	assert_int_equal(b.n, 8);
	buffer_clear(&b);
	assert_int_equal(b.status, STATUS_OK);
	buffer_free(&b);
}

static void
failure_speaks_both_languages(void **state)
{
	context c;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(
		context_fail(&c, STATUS_IO, "%s: broken", "%s : cassé", "a.txt"), STATUS_IO);
	assert_string_equal(c.message, "a.txt: broken");
	c.ui = LANGUAGE_FR;
	(void)context_fail(&c, STATUS_IO, "%s: broken", "%s : cassé", "a.txt");
	assert_string_equal(c.message, "a.txt : cassé");
}

typedef struct keyed {
	uint64_t hash;
	uint32_t key, index;
} keyed;

static int
by_key(const void *left, const void *right)
{
	const keyed *a = left, *b = right;

	return a->key < b->key ? -1 : a->key > b->key;
}

static uint32_t
next_random(void)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return state >> 8;
}

/* In order and equal ones as they stood, for whatever size, disorder and tail. */
static void
test_sort_nearly(void **state)
{
	static keyed list[600], room[600];

	(void)state;
	for (size_t n = 0; n < 600; n += 1 + n / 9)
		for (uint32_t disorder = 1; disorder < 2000; disorder *= 3) {
			for (size_t i = 0; i < n; i++)
				list[i] =
					(keyed){ 0, (uint32_t)i / 2 + next_random() % disorder,
						(uint32_t)i };
			for (size_t i = n - n / 7; i < n; i++)
				list[i].key = next_random() % 600;
			sort_nearly(list, n, sizeof(*list), by_key, room);
			for (size_t i = 1; i < n; i++)
				assert_true(list[i - 1].key < list[i].key ||
					    (list[i - 1].key == list[i].key &&
						    list[i - 1].index < list[i].index));
		}
}

static void
test_buffer_put_number(void **state)
{
	buffer b;

	(void)state;
	buffer_init(&b, &memory_libc, 100);
	for (size_t i = 0; i < 4; i++) {
		static const uint64_t numbers[] = { 0, 9, 10, UINT64_MAX };
		buffer_put_number(&b, numbers[i]);
		buffer_put_char(&b, ' ');
	}
	assert_true(slice_equal(buffer_slice(&b), SLICE("0 9 10 18446744073709551615 ")));
	buffer_free(&b);
}

/* None that stands twice is lost, and the order stays. */
static void
test_sort_drop_single(void **state)
{
	static keyed list[3000];
	static unsigned times[1000];

	(void)state;
	for (uint32_t i = 0; i < 3000; i++) {
		uint32_t key = i % 3 == 0 ? next_random() % 1000 : 1000 + i;
		list[i] = (keyed){ key * UINT64_C(0x9E3779B97F4A7C15), key, i };
		times[key < 1000 ? key : 0] += key < 1000;
	}
	size_t kept = sort_drop_single(list, 3000, sizeof(*list)), doubles = 0;
	assert_true(kept < 2000);
	for (size_t i = 0; i < kept; i++) {
		assert_true(i == 0 || list[i - 1].index < list[i].index);
		doubles += list[i].key < 1000 && times[list[i].key] > 1;
	}
	for (size_t key = 0; key < 1000; key++)
		doubles -= times[key] > 1 ? times[key] : 0;
	assert_int_equal(doubles, 0);
	assert_int_equal(sort_drop_single(list, 0, sizeof(*list)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort_nearly),
		cmocka_unit_test(test_sort_drop_single),
		cmocka_unit_test(test_buffer_put_number),
		cmocka_unit_test(slices_cut_and_trim),
		cmocka_unit_test(lines_lose_their_ends),
		cmocka_unit_test(arena_gives_aligned_zeroed_memory),
		cmocka_unit_test(buffer_stops_at_its_ceiling),
		cmocka_unit_test(failure_speaks_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
