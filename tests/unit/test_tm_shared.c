/* A memory that many share: writers at once, units on the way from one database to another, a
 * database that is away. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/tm_numbers.h"

static atomic_bool writing;
static char busy[256];

/* The sum of a number of all databases. */
static uint64_t
number_of(context *c, const char *sql)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < tm_stores_shards; i++) {
		char url[256];
		postgres_rows r;
		postgres *p;
		tm_stores_url(url, i);
		OK(postgres_open(&p, c, url));
		OK(postgres_ask(p, sql, NULL, &r));
		sum += (uint64_t)postgres_int(&r, 0, 0);
		postgres_close(p);
	}
	return sum;
}

/* Blocks besides the first of each list. */
static uint64_t
blocks_of(context *c)
{
	return number_of(c, "SELECT count(*) - count(DISTINCT key) FROM paraph.tm_posting");
}

#define WRITERS 4

/* The same units, in another order, with another number of units a transaction. */
static void *
write_all(void *user)
{
	size_t me = *(size_t *)user;
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, busy, TM_STORE_WRITE) != STATUS_OK)
		return NULL;
	status done = tm_store_begin(s);
	for (unsigned n = 0; n < 1200 && done == STATUS_OK; n++) {
		done = add_number(s, me % 2 ? 1199 - n : n);
		if (done == STATUS_OK && n % (60 + 70 * (unsigned)me) == 59)
			done = tm_store_commit_part(s);
	}
	if (done == STATUS_OK)
		done = tm_store_commit(s);
	if (done != STATUS_OK)
		fprintf(stderr, "writer %zu: %s\n", me, c.message);
	tm_store_close(s);
	return done == STATUS_OK ? user : NULL;
}

/* What several add at once is there once, and found. */
static void
test_writers_at_once(void **state)
{
	size_t me[WRITERS] = { 0, 1, 2, 3 };
	pthread_t threads[WRITERS];
	const void *answers[WRITERS];
	void *answer;
	context c;
	tm_store *s;

	(void)state;
	strcpy(busy, tm_stores_path("writers"));
	context_init(&c, &memory_libc);
	for (size_t i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_all, &me[i]), 0);
	for (size_t i = 0; i < WRITERS; i++) {
		pthread_join(threads[i], &answer);
		answers[i] = answer;
	}
	for (size_t i = 0; i < WRITERS; i++)
		assert_non_null(answers[i]);
	OK(tm_store_open(&s, &c, busy, TM_STORE_WRITE));
	assert_int_equal(count(s), 1200);
	want_sound(s, &c, 1200, 13);
	tm_store_close(s);
}

/* Lists in many small blocks become lists in few, while somebody adds. */
static void
test_blocks_are_put_together(void **state)
{
	context c;
	tm_store *s;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, tm_stores_path("blocks"), TM_STORE_WRITE));
	fill_in_parts(s, 40, 2000, 100);
	uint64_t before = blocks_of(&c);
	OK(tm_store_tune(s));
	assert_true(blocks_of(&c) * 4 < before);
	want_sound(s, &c, 2000, 17);
	tm_store_close(s);
}

/* The server ends the connection of whoever puts blocks together; or does so no longer. */
static void
cut_off(context *c, bool yes)
{
	for (size_t i = 0; i < tm_stores_shards; i++) {
		char url[256];
		postgres *p;
		tm_stores_url(url, i);
		OK(postgres_open(&p, c, url));
		OK(postgres_execute(p,
			yes ? "CREATE FUNCTION paraph.cut() RETURNS trigger LANGUAGE plpgsql AS"
			      " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
			      "  RETURN NEW; END';"
			      "CREATE TRIGGER cut BEFORE UPDATE ON paraph.tm_meta FOR EACH ROW"
			      " WHEN (NEW.key = 'compacted') EXECUTE FUNCTION paraph.cut()"
			    : "DROP FUNCTION paraph.cut CASCADE"));
		postgres_close(p);
	}
}

/* What is written is written, though the connection is lost when blocks are put together after
 * it; that is done another time. */
static void
test_tidying_is_cut_off(void **state)
{
	context c;
	tm_store *s;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, tm_stores_path("cut"), TM_STORE_WRITE));
	cut_off(&c, true);
	fill_in_parts(s, 600, 2000, 100);
	assert_int_equal(count(s), 2000);
	uint64_t before = blocks_of(&c);
	OK(tm_store_tune(s));
	assert_string_equal(c.message, "");
	assert_int_equal(blocks_of(&c), before);
	cut_off(&c, false);
	OK(tm_store_tune(s));
	assert_true(blocks_of(&c) * 4 < before);
	want_sound(s, &c, 2000, 17);
	tm_store_close(s);
}

/* --- spread over databases --- */

static atomic_size_t added_beside;

/* Adds units, and asks for what is there, while units move. */
static void *
write_on(void *user)
{
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, busy, TM_STORE_WRITE) != STATUS_OK)
		return NULL;
	for (unsigned n = 5000; writing; n++) {
		if (add_number(s, n) != STATUS_OK) {
			fprintf(stderr, "%s\n", c.message);
			return NULL;
		}
		added_beside++;
	}
	tm_store_close(s);
	return user;
}

static void *
ask_on(void *user)
{
	context c;
	tm_store *s;
	size_t *asked = user;

	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, busy, TM_STORE_READ) != STATUS_OK)
		return NULL;
	while (writing) {
		if (matches_of(s, &c, (unsigned)*asked * 7 % 1500) != 1)
			return NULL;
		++*asked;
	}
	tm_store_close(s);
	return user;
}

static void
spread(const char *const *urls, size_t n)
{
	context c;

	context_init(&c, &memory_libc);
	if (tm_postgres_reshard(&c, urls, n, NULL) != STATUS_OK)
		fail_msg("%s", c.message);
}

/* One, killed at some moment, of those who move units. */
static void
spread_and_kill(const char *const *urls, size_t n, unsigned microseconds)
{
	int ended;
	pid_t child = fork();

	if (child == 0) {
		context c;
		context_init(&c, &memory_libc);
		_exit(tm_postgres_reshard(&c, urls, n, NULL) == STATUS_OK ? 0 : 1);
	}
	usleep(microseconds);
	kill(child, SIGKILL);
	waitpid(child, &ended, 0);
}

static void
want_all(size_t beside)
{
	context c;
	tm_store *s;
	uint64_t each = 0;

	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, busy, TM_STORE_WRITE));
	assert_int_equal(count(s), 1500 + beside);
	OK(tm_store_each(s, NULL, count_one, &each));
	assert_int_equal(each, 1500 + beside);
	want_sound(s, &c, 1500, 11);
	for (unsigned n = 0; n < beside; n += 7)
		assert_int_equal(matches_of(s, &c, 5000 + n), 1);
	tm_store_close(s);
}

/* From what there are to three databases and back to one, while others write and ask. */
static void
test_units_move(void **state)
{
	char other[2][256];
	const char *urls[] = { busy, other[0], other[1] };
	pthread_t writer, reader;
	size_t asked = 0;
	void *answer;

	(void)state;
	strcpy(busy, tm_stores_path("spread"));
	fill(busy, 1500);
	for (size_t i = 1; i < 3; i++) {
		tm_stores_url(other[i - 1], i);
		if (i >= tm_stores_shards)
			tm_stores_clear(i);
	}
	writing = true;
	added_beside = 0;
	assert_int_equal(pthread_create(&writer, NULL, write_on, busy), 0);
	assert_int_equal(pthread_create(&reader, NULL, ask_on, &asked), 0);
	spread_and_kill(urls, 3, 300000);
	spread_and_kill(urls, 3, 900000);
	spread(urls, 3);
	writing = false;
	pthread_join(writer, &answer);
	assert_ptr_equal(answer, busy);
	pthread_join(reader, &answer);
	assert_ptr_equal(answer, &asked);
	want_all(added_beside);
	for (size_t i = 0; i < 3; i++) {
		size_t shards = tm_stores_shards;
		context c;
		context_init(&c, &memory_libc);
		tm_stores_shards = i + 1;
		uint64_t n = number_of(&c, "SELECT count(*) FROM paraph.tm_unit");
		tm_stores_shards = shards;
		assert_in_range(n, (1500 + added_beside) * i / 3 + 100, 1500 + added_beside);
	}
	spread(urls, 1);
	want_all(added_beside);
}

/* A unit that was removed is not found; who removed it is known. */
static void
test_what_is_removed(void **state)
{
	context c;
	tm_store *s;
	tm_unit u;
	bool found;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, tm_stores_path("removed"), TM_STORE_WRITE));
	for (unsigned n = 0; n < 10; n++)
		OK(add_number(s, n));
	OK(tm_store_remove(s, 4, &found));
	assert_true(found);
	OK(tm_store_remove(s, 4, &found));
	assert_false(found);
	tm_unit_init(&u, &memory_libc);
	OK(tm_store_get(s, 4, &u, &found));
	assert_false(found);
	tm_unit_free(&u);
	assert_int_equal(count(s), 9);
	assert_int_equal(matches_of(s, &c, 3), 0);
	assert_int_equal(matches_of(s, &c, 5), 1);
	assert_int_equal(number_of(&c, "SELECT count(*) FROM paraph.tm_history"
				       " WHERE unit = 4 AND who = session_user"),
		1);
	tm_store_close(s);
}

static void
let_in(bool yes)
{
	char sql[128];
	context c;
	postgres *p;

	context_init(&c, &memory_libc);
	OK(postgres_open(&p, &c, postgres_test_url()));
	OK(postgres_ask(p, "SELECT 1", NULL, NULL));
	snprintf(sql, sizeof(sql), "ALTER DATABASE shard1 ALLOW_CONNECTIONS %s",
		yes ? "true" : "false");
	OK(postgres_ask(p, sql, NULL, NULL));
	if (!yes)
		OK(postgres_ask(p,
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
			" WHERE datname = 'shard1'",
			NULL, NULL));
	postgres_close(p);
}

static size_t
found_of(tm_store *s, context *c)
{
	size_t found = 0;

	for (unsigned n = 0; n < 300; n += 3)
		found += matches_of(s, c, n);
	return found;
}

/* One of two databases does not answer: nothing is found and it is named, or what the other one
 * has is found and it is named, before and in the middle. */
static void
test_a_dead_shard(void **state)
{
	context c;
	tm_store *s, *all;

	(void)state;
	if (tm_stores_shards < 2)
		return;
	strcpy(busy, tm_stores_path("dead"));
	fill(busy, 300);
	context_init(&c, &memory_libc);
	OK(tm_store_open(&all, &c, busy, TM_STORE_READ_REACHABLE));
	assert_int_equal(found_of(all, &c), 100);
	assert_null(tm_store_missing(all));
	let_in(false);
	assert_int_not_equal(tm_store_open(&s, &c, busy, TM_STORE_READ), STATUS_OK);
	assert_non_null(strstr(c.message, "shard1"));
	OK(tm_store_open(&s, &c, busy, TM_STORE_READ_REACHABLE));
	assert_non_null(strstr(tm_store_missing(s), "shard1"));
	assert_in_range(found_of(s, &c), 20, 80);
	assert_in_range(found_of(all, &c), 20, 80);
	assert_non_null(strstr(tm_store_missing(all), "shard1"));
	assert_null(strstr(tm_store_missing(all), "sesame"));
	tm_store_close(s);
	tm_store_close(all);
	let_in(true);
	OK(tm_store_open(&s, &c, busy, TM_STORE_READ));
	assert_int_equal(found_of(s, &c), 100);
	tm_store_close(s);
}

/* Who asks may be said beside the URL; a sign among its options ends no name of a user. */
static void
test_a_url_without_a_user(void **state)
{
	char url[300];
	context c;
	tm_store *s;

	(void)state;
	if (tm_stores_shards < 2)
		return;
	strcpy(busy, tm_stores_path("nameless"));
	fill(busy, 300);
	setenv("PGUSER", "tester", 1);
	setenv("PGPASSWORD", "open-sesame", 1);
	snprintf(url, sizeof(url), "postgresql://%s?application_name=me@here",
		strchr(busy, '@') + 1);
	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, url, TM_STORE_READ) != STATUS_OK)
		fail_msg("%s", c.message);
	assert_int_equal(found_of(s, &c), 100);
	tm_store_close(s);
	unsetenv("PGUSER");
	unsetenv("PGPASSWORD");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest shared[] = {
		cmocka_unit_test(test_writers_at_once),
		cmocka_unit_test(test_blocks_are_put_together),
		cmocka_unit_test(test_tidying_is_cut_off),
		cmocka_unit_test(test_units_move),
		cmocka_unit_test(test_what_is_removed),
		cmocka_unit_test(test_a_dead_shard),
		cmocka_unit_test(test_a_url_without_a_user),
	};

	(void)argc;
	return tm_stores_run(argv, NULL, 0, shared, sizeof(shared) / sizeof(*shared));
}
