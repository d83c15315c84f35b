/* Memories of numbered sentences, for the tests of stores. */
#ifndef TESTS_UNIT_TM_NUMBERS_H
#define TESTS_UNIT_TM_NUMBERS_H

#include <stdio.h>

#include "tests/unit/tm_stores.h"
#include "tm/match.h"

#define OK(expression) assert_int_equal((expression), STATUS_OK)

static inline status
add_number(tm_store *s, unsigned n)
{
	char source[128], target[64];
	tm_unit u;
	bool added;

	snprintf(source, sizeof(source), "Sentence %s%u of the report on %s%u.", "w", n, "m",
		n % 97);
	snprintf(target, sizeof(target), "Phrase %u du rapport.", n);
	tm_unit_init(&u, &memory_libc);
	status done = tm_unit_set(&u, &u.side[0].language, SLICE("en"));
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[1].language, SLICE("fr"));
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[0].text, slice_of(source));
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[1].text, slice_of(target));
	if (done == STATUS_OK)
		done = tm_store_add(s, &u, &added);
	tm_unit_free(&u);
	return done;
}

static inline status
count_one(void *user, uint32_t id, const tm_unit *u)
{
	(void)id;
	(void)u;
	++*(uint64_t *)user;
	return STATUS_OK;
}

static inline uint64_t
count(tm_store *s)
{
	tm_store_counts n;

	OK(tm_store_count(s, &n));
	return n.units;
}

static inline size_t
matches_of(tm_store *s, context *c, unsigned n)
{
	char text[128];
	const tm_match *matches;
	tm_matcher *x;
	size_t found;

	snprintf(text, sizeof(text), "Sentence w%u of the report upon m%u.", n, n % 97);
	tm_query q = { .text = slice_of(text),
		.source = SLICE("en"),
		.target = SLICE("fr"),
		.threshold = 8000, /* one word of seven: no other is as near */
		.most = 1 };
	OK(tm_matcher_open(&x, c, s));
	OK(tm_matcher_find(x, &q, &matches, &found));
	tm_matcher_close(x);
	return found;
}

/* A number at a time at first, then many in parts of one import. */
static inline void
fill_in_parts(tm_store *s, unsigned single, unsigned end, unsigned part)
{
	for (unsigned n = 0; n < single; n++)
		OK(add_number(s, n));
	OK(tm_store_begin(s));
	for (unsigned n = single; n < end; n++) {
		OK(add_number(s, n));
		if (n % part == 0)
			OK(tm_store_commit_part(s));
	}
	OK(tm_store_commit(s));
}

/* The store can be read, and numbers from 0 on are found by its index, one in `step`. */
static inline void
want_sound(tm_store *s, context *c, unsigned end, unsigned step)
{
	bool index_only;

	OK(tm_store_verify(s, &index_only));
	for (unsigned n = 0; n < end; n += step)
		assert_int_equal(matches_of(s, c, n), 1);
}

static inline void
fill(const char *path, unsigned n)
{
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, path, TM_STORE_WRITE));
	OK(tm_store_begin(s));
	for (unsigned i = 0; i < n; i++)
		OK(add_number(s, i));
	OK(tm_store_commit(s));
	tm_store_close(s);
}

#endif
