/* Connections to PostgreSQL: what is asked is answered, what is lost is found again or told,
 * and nothing is awaited for ever. tests/postgres.sh starts the server; without PostgreSQL this
 * is skipped. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/postgres.h"
#include "tests/unit/faults.h"
#include "tests/unit/postgres.h"

#define OK(what) assert_int_equal(what, STATUS_OK)

static context ctx;

static void
nap(long milliseconds)
{
	struct timespec t = { 0, milliseconds * 1000000 };

	nanosleep(&t, NULL);
}

static postgres *
opened(const char *url)
{
	postgres *p;

	context_init(&ctx, &memory_libc);
	if (postgres_open(&p, &ctx, url) != STATUS_OK)
		fail_msg("%s", ctx.message);
	return p;
}

/* Of the text of a question without parameters. */
static void
assert_text(postgres *p, const char *sql, const char *expected)
{
	postgres_rows r;

	if (postgres_ask(p, sql, NULL, &r) != STATUS_OK)
		fail_msg("%s", ctx.message);
	assert_int_equal(r.n, 1);
	slice text = postgres_text(&r, 0, 0);
	if (!slice_is(text, expected))
		fail_msg("%s: \"%.*s\", expected \"%s\"", sql, SLICE_ARG(text), expected);
}

static void
assert_message(const char *part)
{
	if (strstr(ctx.message, part) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", part, ctx.message);
	if (strstr(ctx.message, "open-sesame") != NULL)
		fail_msg("the password is in \"%s\"", ctx.message);
}

/* --- names --- */

static void
names_have_no_passwords(void **state)
{
	static const char *const of[][2] = {
		{ "postgresql://a:secret@h:1/b", "postgresql://a@h:1/b" },
		{ "postgres://h/b?password=secret&connect_timeout=2",
			"postgres://h/b?connect_timeout=2" },
		{ "postgresql://a:p%40ss@h1:1,h2:2/b?sslpassword=x&target_session_attrs=any",
			"postgresql://a@h1:1,h2:2/b?target_session_attrs=any" },
		{ "postgresql:///b?host=/run/x", "postgresql:///b?host=/run/x" },
		{ "postgresql://", "postgresql://" },
		{ "postgresql://a:se@cret@h/b", "postgresql://a@h/b" },
	};
	char out[200];

	(void)state;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		postgres_name_of(out, sizeof(out), of[i][0]);
		assert_string_equal(out, of[i][1]);
		assert_true(postgres_is_url(of[i][0]));
	}
	assert_false(postgres_is_url("postgresql.sqlite"));
	assert_false(postgres_is_url("/tmp/postgres://x"));
}

/* --- values --- */

static void
values_go_and_come_back(void **state)
{
	static const char sql[] =
		"SELECT $1, $2, $3, $4, $5, $6::text, $7::text, $8[2], $8[3], NULL::text";
	static const int64_t longs[] = { 0, -1, INT64_MAX, INT64_MIN };
	static const int32_t ints[] = { 7, -7, INT32_MIN };
	const slice texts[] = { SLICE(""), SLICE("« été »"), SLICE("\"{,}\\") };
	postgres *p = opened(postgres_test_url());
	postgres_values v;
	postgres_rows r;

	(void)state;
	postgres_values_init(&v, &memory_libc);
	postgres_put_int64(&v, INT64_MIN + 1);
	postgres_put_int32(&v, -2);
	postgres_put_int64(&v, 1);
	postgres_put_text(&v, SLICE("l’Asie"));
	postgres_put_bytes(&v, SLICE("\0\1\2"));
	postgres_put_int64s(&v, longs, 4);
	postgres_put_int32s(&v, ints, 3);
	postgres_put_texts(&v, texts, 3);
	for (int round = 0; round < 3; round++) { /* as it is, prepared, prepared before */
		OK(postgres_ask(p, sql, &v, &r));
		assert_true(postgres_int(&r, 0, 0) == INT64_MIN + 1);
		assert_int_equal(postgres_int(&r, 0, 1), -2);
		assert_int_equal(postgres_int(&r, 0, 2), 1);
		assert_true(slice_is(postgres_text(&r, 0, 3), "l’Asie"));
		assert_true(slice_equal(postgres_text(&r, 0, 4), SLICE("\0\1\2")));
		assert_true(slice_is(postgres_text(&r, 0, 5),
			"{0,-1,9223372036854775807,-9223372036854775808}"));
		assert_true(slice_is(postgres_text(&r, 0, 6), "{7,-7,-2147483648}"));
		assert_true(slice_equal(postgres_text(&r, 0, 7), texts[1]));
		assert_true(slice_equal(postgres_text(&r, 0, 8), texts[2]));
		assert_int_equal(postgres_text(&r, 0, 9).n, 0);
		assert_int_equal(postgres_int(&r, 0, 9), 0);
	}
	postgres_values_clear(&v);
	postgres_put_int64s(&v, longs, 0);
	postgres_put_texts(&v, texts, 0);
	OK(postgres_ask(p, "SELECT cardinality($1), cardinality($2)", &v, &r));
	assert_int_equal(postgres_int(&r, 0, 0) + postgres_int(&r, 0, 1), 0);
	postgres_values_free(&v);
	postgres_close(p);
}

/* --- pipelines and transactions --- */

static void
a_batch_is_one_transaction(void **state)
{
	postgres *p = opened(postgres_test_url());

	(void)state;
	OK(postgres_execute(
		p, "DROP TABLE IF EXISTS batch; CREATE TABLE batch (n int PRIMARY KEY)"));
	for (int i = 0; i < 3; i++)
		OK(postgres_queue(p,
			i == 1 ? "INSERT INTO batch VALUES (7)"
			       : "INSERT INTO batch VALUES (7 / 7 * 8)",
			NULL));
	assert_int_equal(postgres_wait(p), STATUS_IO);
	assert_string_equal(postgres_sqlstate(p), "23505");
	assert_text(p, "SELECT count(*)::text FROM batch", "0");
	for (int i = 0; i < 200; i++)
		OK(postgres_queue(p, "INSERT INTO batch SELECT count(*) FROM batch", NULL));
	OK(postgres_queue(p, "SELECT count(*)::text FROM batch", NULL));
	OK(postgres_wait(p));
	postgres_rows r = postgres_answer(p, 200);
	assert_true(slice_is(postgres_text(&r, 0, 0), "200"));
	assert_int_equal(postgres_touched(p, 17), 1);
	postgres_close(p);
}

static void
what_is_not_committed_is_not_there(void **state)
{
	postgres *p = opened(postgres_test_url());

	(void)state;
	OK(postgres_execute(p, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)"));
	postgres_begin(p, "");
	OK(postgres_ask(p, "INSERT INTO kept VALUES (1)", NULL, NULL));
	postgres_rollback(p);
	assert_text(p, "SELECT count(*)::text FROM kept", "0");
	postgres_begin(p, "");
	OK(postgres_queue(p, "INSERT INTO kept VALUES (1)", NULL));
	OK(postgres_commit(p)); /* all in one round trip */
	assert_text(p, "SELECT count(*)::text FROM kept", "1");
	postgres_begin(p, "");
	OK(postgres_ask(p, "INSERT INTO kept VALUES (2)", NULL, NULL));
	assert_int_equal(postgres_ask(p, "SELECT 1 / 0", NULL, NULL), STATUS_IO);
	assert_int_equal(postgres_ask(p, "SELECT 1", NULL, NULL), STATUS_IO);
	postgres_rollback(p);
	postgres_begin(p, "");
	OK(postgres_commit(p)); /* of nothing */
	postgres_begin(p, "");
	OK(postgres_ask(p, "INSERT INTO kept VALUES (3)", NULL, NULL));
	postgres_close(p); /* undoes it */
	p = opened(postgres_test_url());
	assert_text(p, "SELECT count(*)::text FROM kept", "1");
	postgres_close(p);
}

static void
large_batches_do_not_jam(void **state)
{
	postgres *p = opened(postgres_test_url());
	size_t n = (size_t)4 << 20;
	char *large = calloc(1, n);
	postgres_values v;

	(void)state;
	memset(large, 'x', n);
	postgres_values_init(&v, &memory_libc);
	postgres_put_text(&v, (slice){ large, n });
	for (int i = 0; i < 6; i++) /* both sides have more to say than sockets hold */
		OK(postgres_queue(p, "SELECT $1 || 'y'", &v));
	OK(postgres_wait(p));
	for (size_t i = 0; i < 6; i++) {
		postgres_rows r = postgres_answer(p, i);
		assert_int_equal(postgres_text(&r, 0, 0).n, n + 1);
	}
	postgres_values_free(&v);
	free(large);
	postgres_close(p);
}

static void
rows_are_copied(void **state)
{
	postgres *p = opened(postgres_test_url());
	uint64_t rows;

	(void)state;
	OK(postgres_execute(p, "DROP TABLE IF EXISTS many; CREATE TABLE many (n int, t text)"));
	postgres_begin(p, "");
	OK(postgres_copy_begin(p, "COPY many FROM STDIN"));
	for (int i = 0; i < 20000; i++) {
		char line[64];
		int length = snprintf(line, sizeof(line), "%d\trow %d\n", i, i);
		OK(postgres_copy_put(p, (slice){ line, (size_t)length }));
	}
	OK(postgres_copy_end(p, &rows));
	assert_int_equal(rows, 20000);
	OK(postgres_commit(p));
	assert_text(p, "SELECT max(n)::text FROM many", "19999");
	OK(postgres_copy_begin(p, "COPY many FROM STDIN"));
	OK(postgres_copy_put(p, SLICE("no number\tx\n")));
	assert_int_equal(postgres_copy_end(p, NULL), STATUS_IO);
	assert_text(p, "SELECT count(*)::text FROM many", "20000");
	OK(postgres_copy_begin(p, "COPY many FROM STDIN"));
	OK(postgres_copy_put(p, SLICE("1\tx\n")));
	postgres_close(p); /* in the middle */
	p = opened(postgres_test_url());
	assert_text(p, "SELECT count(*)::text FROM many", "20000");
	postgres_close(p);
}

/* Reads, waits for the others to have read, and writes one more. */
static status
count_up(postgres *p)
{
	postgres_rows r;
	postgres_values v;

	postgres_begin(p, "ISOLATION LEVEL REPEATABLE READ");
	TRY(postgres_ask(p, "SELECT n FROM counter", NULL, &r));
	postgres_values_init(&v, &memory_libc);
	postgres_put_int64(&v, postgres_int(&r, 0, 0) + 1);
	nap(2);
	status done = postgres_queue(p, "UPDATE counter SET n = $1", &v);
	postgres_values_free(&v);
	return done == STATUS_OK ? postgres_commit(p) : done;
}

/* What was in the way of another one is told apart and succeeds when it is begun anew. */
static int
count_on(const char *url)
{
	int counted = 0;
	postgres *p;
	context c;

	context_init(&c, &memory_libc);
	if (postgres_open(&p, &c, url) != STATUS_OK)
		return 100;
	for (int tries = 0; counted < 8 && tries < 200; tries++) {
		status done = count_up(p);
		bool again = done != STATUS_OK && postgres_may_retry(p);
		postgres_rollback(p);
		if (done == STATUS_OK)
			counted++;
		else if (!again)
			return 101;
		nap(1 + rand() % 8);
	}
	postgres_close(p);
	return counted;
}

static void
transactions_that_meet_can_be_repeated(void **state)
{
	postgres *p = opened(postgres_test_url());
	char name[16];
	int how;

	(void)state;
	OK(postgres_execute(p, "DROP TABLE IF EXISTS counter; CREATE TABLE counter (n bigint);"
			       "INSERT INTO counter VALUES (0)"));
	for (unsigned child = 0; child < 3; child++)
		if (fork() == 0) {
			/* a connection of its own: the parent's is the parent's */
			snprintf(name, sizeof(name), "child%u", child);
			srand(child);
			_exit(count_on(postgres_test_other_url(name)));
		}
	for (int child = 0; child < 3; child++) {
		wait(&how);
		assert_true(WIFEXITED(how));
		assert_int_equal(WEXITSTATUS(how), 8);
	}
	assert_text(p, "SELECT n::text FROM counter", "24"); /* no update is lost */
	postgres_close(p);
}

/* --- several servers --- */

static void
questions_go_to_all_at_once(void **state)
{
	char name[24];
	postgres *all[3];
	status each[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "shard%d", i);
		all[i] = opened(postgres_test_other_url(name));
		OK(postgres_queue(
			all[i], i == 1 ? "SELECT 1 / 0" : "SELECT pg_sleep(0.5)", NULL));
		OK(postgres_queue(all[i], "SELECT 40 + 2", NULL));
	}
	int64_t began = postgres_test_now();
	assert_int_equal(postgres_gather(all, 3, each), STATUS_IO);
	assert_in_range(postgres_test_now() - began, 450, 950);
	assert_int_equal(each[0], STATUS_OK);
	assert_int_equal(each[1], STATUS_IO);
	assert_int_equal(each[2], STATUS_OK);
	assert_non_null(strstr(postgres_failure(all[1]), "22012"));
	postgres_rows r = postgres_answer(all[2], 1);
	assert_int_equal(postgres_int(&r, 0, 0), 42);
	for (int i = 0; i < 3; i++)
		postgres_close(all[i]);
}

/* --- what goes wrong --- */

static void
assert_refused(const char *url, status expected, const char *en, const char *fr)
{
	postgres *p;

	for (int i = 0; i < 2; i++) {
		context_init(&ctx, &memory_libc);
		ctx.ui = i == 0 ? LANGUAGE_EN : LANGUAGE_FR;
		assert_int_equal(postgres_open(&p, &ctx, url), expected);
		assert_null(p);
		assert_message(i == 0 ? en : fr);
	}
}

static void
what_cannot_be_reached_is_told(void **state)
{
	char url[600];

	(void)state;
	postgres_test_other(url, sizeof(url), "tester:open-sesame2", NULL);
	assert_refused(url, STATUS_IO, "the user or the password", "le mot de passe");
	postgres_test_other(url, sizeof(url), "nobody:open-sesame", NULL);
	assert_refused(url, STATUS_IO, "the user or the password", "le mot de passe");
	postgres_test_other(url, sizeof(url), NULL, "nothing");
	assert_refused(url, STATUS_IO, "there is no such database", "pas de base de ce nom");
	assert_refused("postgresql://x:open-sesame@127.0.0.1:1/y", STATUS_AGAIN,
		"no server answers there", "aucun serveur n’y répond");
	assert_refused("postgresql://x:open-sesame@name.invalid/y", STATUS_AGAIN,
		"cannot be reached", "ne peut être atteint");
	assert_refused("postgresql://x:open-sesame@127.0.0.1:port/y", STATUS_AGAIN,
		"postgresql://x@127.0.0.1:port/y", "postgresql://x@127.0.0.1:port/y");
	assert_refused("postgresql://x:open-sesame@h/y?nonsense=1", STATUS_USAGE,
		"not a URL that libpq understands", "libpq comprend");
}

static void
what_the_server_refuses_is_told(void **state)
{
	postgres *p = opened(postgres_test_url());

	(void)state;
	OK(postgres_execute(p, "SET statement_timeout = 200"));
	assert_int_equal(postgres_ask(p, "SELECT pg_sleep(5)", NULL, NULL), STATUS_AGAIN);
	assert_message("took too long");
	OK(postgres_execute(p, "RESET statement_timeout"));
	postgres_begin(p, "READ ONLY");
	assert_int_equal(postgres_ask(p, "CREATE TABLE never (n int)", NULL, NULL), STATUS_IO);
	assert_message("only reads");
	postgres_rollback(p);
	OK(postgres_execute(p, "DROP ROLE IF EXISTS weak; CREATE ROLE weak;"
			       "DROP TABLE IF EXISTS closed; CREATE TABLE closed (n int)"));
	OK(postgres_execute(p, "SET ROLE weak"));
	assert_int_equal(postgres_ask(p, "SELECT n FROM closed", NULL, NULL), STATUS_IO);
	assert_message("may not do this");
	OK(postgres_execute(p, "RESET ROLE; DROP ROLE weak"));
	assert_int_equal(postgres_ask(p, "SELECT nonsense", NULL, NULL), STATUS_IO);
	assert_message("(42703)");
	assert_text(p, "SELECT 'well'", "well");
	postgres_close(p);
}

static void
a_silent_server_is_given_up(void **state)
{
	postgres *p = opened(postgres_test_url());

	(void)state;
	postgres_set_patience(p, 1);
	int64_t began = postgres_test_now();
	assert_int_equal(postgres_ask(p, "SELECT pg_sleep(20)", NULL, NULL), STATUS_AGAIN);
	assert_in_range(postgres_test_now() - began, 900, 3000);
	assert_message("no answer for 1 seconds");
	assert_text(p, "SELECT 'again'", "again");
	postgres_close(p);
}

static void
a_lost_connection_is_made_again(void **state)
{
	postgres *p = opened(postgres_test_other_url("victim")), *other;

	(void)state;
	OK(postgres_execute(p, "DROP TABLE IF EXISTS lost; CREATE TABLE lost (n int)"));
	other = opened(postgres_test_other_url("killer"));
	for (int round = 0; round < 2; round++) {
		static const char kill[] =
			"SELECT count(pg_terminate_backend(pid))::text FROM"
			" pg_stat_activity WHERE application_name = 'victim'";
		if (round == 1) {
			postgres_begin(p, "");
			OK(postgres_ask(p, "INSERT INTO lost VALUES (1)", NULL, NULL));
		}
		assert_text(other, kill, "1");
		nap(100);
		if (round == 0) {
			assert_text(p, "SELECT 'here'", "here");
			continue;
		}
		assert_int_equal(postgres_ask(p, "SELECT 1", NULL, NULL), STATUS_AGAIN);
		postgres_rollback(p);
		assert_text(p, "SELECT count(*)::text FROM lost", "0");
	}
	postgres_close(other);
	postgres_close(p);
}

static void
a_killed_server_is_told_and_found_again(void **state)
{
	postgres *p = opened(postgres_test_url());

	(void)state;
	assert_text(p, "SELECT 'here'", "here");
	postgres_test_script("kill");
	int64_t began = postgres_test_now();
	assert_int_equal(postgres_ask(p, "SELECT 1", NULL, NULL), STATUS_AGAIN);
	assert_message("no server answers there");
	assert_in_range(postgres_test_now() - began, 0, 15000);
	postgres_test_script("start");
	assert_text(p, "SELECT 'back'", "back");
	/* While it starts, one who asks waits for it. */
	postgres_test_script("kill");
	if (fork() == 0) {
		nap(500);
		postgres_test_script("start");
		_exit(0);
	}
	assert_text(p, "SELECT 'waited'", "waited");
	wait(NULL);
	postgres_close(p);
}

static void
several_hosts_are_tried(void **state)
{
	char url[700], rest[600];
	const char *at = strchr(postgres_test_url(), '@') + 1;

	(void)state;
	snprintf(rest, sizeof(rest), "%s", at);
	char *slash = strchr(rest, '/');
	*slash = '\0';
	snprintf(url, sizeof(url), "postgresql://tester:open-sesame@127.0.0.1:1,%s/%s", rest,
		slash + 1);
	postgres *p = opened(url);
	assert_text(p, "SELECT 'second'", "second");
	postgres_close(p);
	snprintf(url, sizeof(url),
		"postgresql://tester:open-sesame@127.0.0.1:1,%s/%s"
		"?target_session_attrs=prefer-standby",
		rest, slash + 1);
	p = opened(url);
	assert_text(p, "SELECT 'any'", "any");
	postgres_close(p);
	snprintf(url, sizeof(url),
		"postgresql://tester:open-sesame@%s/%s?target_session_attrs=standby", rest,
		slash + 1);
	context_init(&ctx, &memory_libc);
	assert_int_equal(postgres_open(&p, &ctx, url), STATUS_AGAIN);
	assert_message("cannot be reached");
}

/* Where there was no memory for an answer, it is not that to the next question. */
static void
no_answer_is_left_behind(void **state)
{
	faults f = { .left = -1 };
	memory m = { faulty_alloc, faulty_free, &f };
	postgres *p;

	(void)state;
	for (long left = 0; left == 0 || f.failed; left++) {
		context_init(&ctx, &m);
		f = (faults){ .left = -1 };
		OK(postgres_open(&p, &ctx, postgres_test_url()));
		assert_text(p, "SELECT 'begun'", "begun");
		f.left = left;
		status done = STATUS_OK;
		for (int i = 0; i < 20 && done == STATUS_OK; i++)
			done = postgres_queue(p, "SELECT 'old'", NULL);
		if (done == STATUS_OK)
			done = postgres_wait(p);
		f.left = -1;
		assert_int_equal(done, f.failed ? STATUS_MEMORY : STATUS_OK);
		postgres_rollback(p);
		assert_text(p, "SELECT 'new'", "new");
		postgres_close(p);
		assert_int_equal(f.live, 0);
	}
}

/* --- through pgbouncer --- */

static void
a_pooler_may_stand_between(void **state)
{
	char url[600];
	postgres *p[6];

	(void)state;
	if (!postgres_test_pooler(url, sizeof(url)))
		skip();
	char plain[500];
	snprintf(plain, sizeof(plain), "%.499s", url);
	for (int i = 0; i < 6; i++) { /* more clients than connections behind it */
		snprintf(url, sizeof(url), "%s?application_name=c%d", plain, i);
		p[i] = opened(url);
	}
	OK(postgres_execute(p[0], "DROP TABLE IF EXISTS pooled; CREATE TABLE pooled (n int)"));
	for (int round = 0; round < 20; round++)
		for (int i = 0; i < 6; i++) {
			postgres_begin(p[i], "");
			OK(postgres_queue(p[i], "INSERT INTO pooled SELECT 1", NULL));
			OK(postgres_queue(p[i], "SELECT count(*) FROM pooled", NULL));
			OK(postgres_commit(p[i]));
		}
	assert_text(p[3], "SELECT count(*)::text FROM pooled", "120");
	assert_text(p[4], "SELECT count(*)::text FROM pg_prepared_statements", "0");
	OK(postgres_copy_begin(p[5], "COPY pooled FROM STDIN"));
	OK(postgres_copy_put(p[5], SLICE("5\n")));
	OK(postgres_copy_end(p[5], NULL));
	assert_text(p[2], "SELECT count(*)::text FROM pooled", "121");
	for (int i = 0; i < 6; i++)
		postgres_close(p[i]);
	snprintf(
		url, sizeof(url), "%.*snothing", (int)(strrchr(plain, '/') - plain) + 1, plain);
	context_init(&ctx, &memory_libc);
	assert_true(postgres_open(&p[0], &ctx, url) != STATUS_OK);
	assert_message("postgresql://tester@127.0.0.1");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_no_passwords),
		cmocka_unit_test(values_go_and_come_back),
		cmocka_unit_test(a_batch_is_one_transaction),
		cmocka_unit_test(what_is_not_committed_is_not_there),
		cmocka_unit_test(large_batches_do_not_jam),
		cmocka_unit_test(rows_are_copied),
		cmocka_unit_test(transactions_that_meet_can_be_repeated),
		cmocka_unit_test(questions_go_to_all_at_once),
		cmocka_unit_test(what_cannot_be_reached_is_told),
		cmocka_unit_test(what_the_server_refuses_is_told),
		cmocka_unit_test(a_silent_server_is_given_up),
		cmocka_unit_test(a_lost_connection_is_made_again),
		cmocka_unit_test(several_hosts_are_tried),
		cmocka_unit_test(no_answer_is_left_behind),
		cmocka_unit_test(a_pooler_may_stand_between),
		cmocka_unit_test(a_killed_server_is_told_and_found_again),
	};

	(void)argc;
	if (!postgres_test_begin(argv))
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
