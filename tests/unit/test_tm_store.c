/* The memory on the disk: what was committed is there after a kill, a full disk and a damaged
 * index; readers see whole states. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/xml.h"
#include "tests/unit/tm_numbers.h"
#include "tm/import.h"
#include "tm/match.h"
#include "tm/sqlite.h"

/* --- kills --- */

/* Adds units until it is killed, telling how many are committed: one by one, or in parts. */
static void
write_until_killed(const char *path, int tell, bool in_parts, unsigned from)
{
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, path, TM_STORE_WRITE) != STATUS_OK)
		_exit(2);
	if (in_parts && tm_store_begin(s) != STATUS_OK)
		_exit(2);
	for (unsigned n = from;; n++) {
		if (add_number(s, n) != STATUS_OK)
			_exit(2);
		if (in_parts && n % 50 == 49 && tm_store_commit_part(s) != STATUS_OK)
			_exit(2);
		unsigned safe = in_parts ? n / 50 * 50 : n + 1;
		if (write(tell, &safe, sizeof(safe)) != sizeof(safe))
			_exit(2);
	}
}

static unsigned
kill_one(const char *path, bool in_parts, unsigned from, unsigned microseconds)
{
	unsigned safe = from, next;
	int tell[2], ended;

	assert_int_equal(pipe(tell), 0);
	pid_t child = fork();
	if (child == 0) {
		close(tell[0]);
		write_until_killed(path, tell[1], in_parts, from);
	}
	close(tell[1]);
	usleep(microseconds);
	kill(child, SIGKILL);
	while (read(tell[0], &next, sizeof(next)) == sizeof(next))
		safe = next;
	close(tell[0]);
	waitpid(child, &ended, 0);
	assert_true(WIFSIGNALED(ended));
	return safe;
}

static void
kill_often(bool in_parts)
{
	const char *wanted = getenv("PARAPH_KILLS");
	int kills = wanted == NULL ? 20 : atoi(wanted);
	char path[256];
	unsigned from = 0;
	uint64_t there = 0;
	context c;
	tm_store *s;
	bool index_only;

	context_init(&c, &memory_libc);
	strcpy(path, tm_stores_path(in_parts ? "parts" : "single"));
	for (int i = 0; i < kills; i++) {
		/* Until something is kept they are left alive longer and longer: on a slow
		 * machine, or under a sanitizer, the first commit takes its time. */
		unsigned delay = 3000 + (unsigned)i * 7919 % 15000 +
				 (there == 0 ? 10000 * (unsigned)(i * i) : 0);
		unsigned safe = kill_one(path, in_parts, from, delay);
		OK(tm_store_open(&s, &c, path, TM_STORE_WRITE));
		uint64_t now = count(s);
		assert_true(now >= safe && now >= there);
		there = now;
		/* Of a part that was being written one database may have its units, and the
		 * other not yet. */
		from = tm_stores_shards > 1 ? safe : (unsigned)now;
		OK(tm_store_tune(s));
		OK(tm_store_verify(s, &index_only));
		if (from > 0)
			assert_int_equal(matches_of(s, &c, from - 1), 1);
		tm_store_close(s);
	}
	assert_true(there > 0);
}

static void
test_kills_while_adding(void **state)
{
	(void)state;
	kill_often(false);
}

static void
test_kills_while_importing(void **state)
{
	(void)state;
	kill_often(true);
}

/* --- damage --- */

static void
execute(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
test_a_damaged_index_is_made_anew(void **state)
{
	char path[256];
	const tm_match *matches;
	tm_matcher *x;
	context c;
	tm_store *s;
	bool index_only;
	size_t n;

	(void)state;
	strcpy(path, tm_stores_path("index"));
	fill(path, 800);
	execute(path, "UPDATE posting SET entries = zeroblob(20)");
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, path, TM_STORE_WRITE));
	assert_int_equal(tm_store_verify(s, &index_only), STATUS_DAMAGED);
	assert_true(index_only);
	tm_query q = { .text = SLICE("Sentence w1 of the report upon m1."),
		.source = SLICE("en"),
		.target = SLICE("fr"),
		.threshold = 7000,
		.most = 1 };
	OK(tm_matcher_open(&x, &c, s));
	assert_int_equal(tm_matcher_find(x, &q, &matches, &n), STATUS_DAMAGED);
	OK(tm_store_reindex(s));
	OK(tm_store_verify(s, &index_only));
	OK(tm_matcher_find(x, &q, &matches, &n));
	assert_int_equal(n, 1);
	tm_matcher_close(x);
	tm_store_close(s);
}

/* Pages overwritten with noise: a message or the units that can be read, never a crash. */
static void
test_a_damaged_file_gives_what_can_be_read(void **state)
{
	char path[256];
	context c;
	tm_store *s;
	struct stat about;
	uint64_t most = 0;

	(void)state;
	strcpy(path, tm_stores_path("damaged"));
	fill(path, 3000);
	execute(path, "PRAGMA wal_checkpoint(TRUNCATE)");
	assert_int_equal(stat(path, &about), 0);
	for (long page = 1; page * 8192 < about.st_size; page += 3) {
		char before[512], noise[512];
		memset(noise, 0xA5, sizeof(noise));
		int file = open(path, O_RDWR);
		assert_int_equal(
			pread(file, before, sizeof(before), page * 8192), sizeof(before));
		assert_int_equal(
			pwrite(file, noise, sizeof(noise), page * 8192), sizeof(noise));
		close(file);
		context_init(&c, &memory_libc);
		if (tm_store_open(&s, &c, path, TM_STORE_READ) == STATUS_OK) {
			uint64_t read = 0, lost;
			status done = tm_store_each(s, &lost, count_one, &read);
			assert_true(done == STATUS_OK || done == STATUS_DAMAGED);
			assert_true(read <= 3000);
			most = read > most ? read : most;
			tm_store_close(s);
		} else {
			assert_true(c.message[0] != '\0');
		}
		file = open(path, O_RDWR);
		assert_int_equal(
			pwrite(file, before, sizeof(before), page * 8192), sizeof(before));
		close(file);
	}
	assert_int_equal(most, 3000); /* pages of the index do not matter to it */
}

static status
keep_bytes(void *user, const char *bytes, size_t n)
{
	buffer_put(user, (slice){ bytes, n });
	return ((buffer *)user)->status;
}

/* Exports the memory; how many units are lost, and whether the rest is well-formed. */
static uint64_t
export_of(const char *path, uint64_t *units)
{
	static const tm_filter all = { 0 };
	uint64_t lost = 0;
	buffer out;
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	buffer_init(&out, &memory_libc, SIZE_MAX);
	OK(tm_store_open(&s, &c, path, TM_STORE_READ));
	OK(tm_export(
		s, &c, tm_format_named(SLICE("tmx")), &all, keep_bytes, &out, units, &lost));
	assert_true(xml_is_well_formed(buffer_slice(&out)));
	tm_store_close(s);
	buffer_free(&out);
	return lost;
}

/* Where these bytes are in a file, which has them once or more. */
static long
find_bytes(const char *path, const char *wanted, char *all, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t n = fread(all, 1, size, f);

	fclose(f);
	for (size_t i = 0; i + strlen(wanted) <= n; i++)
		if (memcmp(all + i, wanted, strlen(wanted)) == 0)
			return (long)i;
	return -1;
}

/* A unit that is no text any more is left out; of a file that was cut off the rest is read. */
static void
test_what_is_saved_can_be_read(void **state)
{
	static char all[4 << 20];
	struct stat about;
	char path[256];
	uint64_t units;

	(void)state;
	strcpy(path, tm_stores_path("saved"));
	fill(path, 3000);
	execute(path, "PRAGMA wal_checkpoint(TRUNCATE)");
	assert_int_equal(export_of(path, &units), 0);
	assert_int_equal(units, 3000);
	long at = find_bytes(path, "Sentence w1500 ", all, sizeof(all));
	assert_true(at > 0);
	int file = open(path, O_RDWR);
	assert_int_equal(pwrite(file, "\xFF\xFE", 2, at), 2);
	close(file);
	assert_int_equal(export_of(path, &units), 1);
	assert_int_equal(units, 2999);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(truncate(path, about.st_size / 2), 0);
	(void)export_of(path, &units);
	assert_true(units > 500 && units < 3000);
}

static void
test_other_files(void **state)
{
	context c;
	tm_store *s;
	FILE *f;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(
		tm_store_open(&s, &c, tm_stores_path("none"), TM_STORE_READ), STATUS_IO);
	f = fopen(tm_stores_path("text"), "w");
	fputs("not a database, but long enough to be taken for one by nobody at all\n", f);
	fclose(f);
	assert_int_equal(
		tm_store_open(&s, &c, tm_stores_path("text"), TM_STORE_READ), STATUS_DAMAGED);
	assert_int_equal(
		tm_store_open(&s, &c, tm_stores_path("text"), TM_STORE_WRITE), STATUS_DAMAGED);
	execute(tm_stores_path("other"), "CREATE TABLE x (y); PRAGMA user_version = 99");
	assert_int_equal(
		tm_store_open(&s, &c, tm_stores_path("other"), TM_STORE_READ), STATUS_FORMAT);
}

/* While somebody reads, a unit is added. */
static void
add_beside_a_reader(const char *path, unsigned n)
{
	tm_store *reader, *writer;
	context a, b;

	context_init(&a, &memory_libc);
	context_init(&b, &memory_libc);
	OK(tm_store_open(&writer, &b, path, TM_STORE_WRITE));
	OK(tm_store_open(&reader, &a, path, TM_STORE_READ));
	OK(tm_store_begin_read(reader));
	assert_int_equal(count(reader), n);
	OK(add_number(writer, n));
	assert_int_equal(count(reader), n);
	tm_store_end_read(reader);
	assert_int_equal(count(reader), n + 1);
	tm_store_close(reader);
	tm_store_close(writer);
}

/* A new file has a log from the first, and one that was made without gets it. */
static void
test_a_reader_keeps_no_writer_waiting(void **state)
{
	const char *path = tm_stores_path("log");

	(void)state;
	add_beside_a_reader(path, 0);
	execute(path, "PRAGMA journal_mode = DELETE");
	add_beside_a_reader(path, 1);
}

static void
copy_bytes(const char *from, const char *to)
{
	static char all[1 << 20];
	FILE *f = fopen(from, "rb");
	size_t n = fread(all, 1, sizeof(all), f);

	fclose(f);
	assert_in_range(n, 1, sizeof(all) - 1);
	f = fopen(to, "wb");
	assert_int_equal(fwrite(all, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* Who copies the file alone has all of it once the writer is done, whoever may read it on. */
static void
test_a_file_is_whole_beside_a_reader(void **state)
{
	tm_store *reader, *writer, *s;
	char path[256];
	context a, b;

	(void)state;
	strcpy(path, tm_stores_path("whole"));
	context_init(&a, &memory_libc);
	context_init(&b, &memory_libc);
	OK(tm_store_open(&writer, &b, path, TM_STORE_WRITE));
	OK(tm_store_open(&reader, &a, path, TM_STORE_READ));
	assert_int_equal(count(reader), 0);
	OK(add_number(writer, 0));
	tm_store_close(writer);
	copy_bytes(path, tm_stores_path("alone"));
	OK(tm_store_open(&s, &b, tm_stores_path("alone"), TM_STORE_READ));
	assert_int_equal(count(s), 1);
	tm_store_close(s);
	tm_store_close(reader);
}

/* The disk is full: a message, and what was committed stays. */
static void
test_full_disk(void **state)
{
	struct rlimit limit;
	char path[256];
	context c;
	tm_store *s;
	int ended;

	(void)state;
	strcpy(path, tm_stores_path("full"));
	fill(path, 500);
	context_init(&c, &memory_libc);
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		limit = (struct rlimit){ 400000, 400000 };
		setrlimit(RLIMIT_FSIZE, &limit);
		if (tm_store_open(&s, &c, path, TM_STORE_WRITE) != STATUS_OK)
			_exit(3);
		for (unsigned n = 500; n < 100000; n++)
			if (add_number(s, n) != STATUS_OK)
				_exit(c.message[0] != '\0' ? 42 : 4);
		_exit(5);
	}
	waitpid(child, &ended, 0);
	assert_int_equal(WEXITSTATUS(ended), 42);
	OK(tm_store_open(&s, &c, path, TM_STORE_WRITE));
	assert_true(count(s) >= 500);
	assert_int_equal(matches_of(s, &c, 3), 1);
	OK(add_number(s, 200000));
	tm_store_close(s);
}

/* --- many at once --- */

#define READERS 8
static atomic_bool writing;
static char busy[256];

static void *
read_on(void *user)
{
	context c;
	tm_store *s;
	size_t *asked = user;

	context_init(&c, &memory_libc);
	if (tm_store_open(&s, &c, busy, TM_STORE_READ) != STATUS_OK)
		return NULL;
	while (writing) {
		tm_store_counts n;
		if (tm_store_count(s, &n) != STATUS_OK || n.units < 600 ||
			matches_of(s, &c, (unsigned)*asked % 600) != 1)
			return NULL;
		++*asked;
	}
	tm_store_close(s);
	return user;
}

static void
test_readers_beside_a_writer(void **state)
{
	pthread_t threads[READERS];
	size_t asked[READERS] = { 0 };
	context c;
	tm_store *s;
	void *answer;

	(void)state;
	strcpy(busy, tm_stores_path("busy"));
	fill(busy, 600);
	context_init(&c, &memory_libc);
	writing = true;
	for (size_t i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, &asked[i]), 0);
	OK(tm_store_open(&s, &c, busy, TM_STORE_WRITE));
	for (unsigned n = 600; n < 900; n++)
		OK(add_number(s, n));
	OK(tm_store_reindex(s));
	tm_store_close(s);
	writing = false;
	for (size_t i = 0; i < READERS; i++) {
		pthread_join(threads[i], &answer);
		assert_ptr_equal(answer, &asked[i]);
	}
}

/* Two writers take turns; neither loses the other's units, nor their index. */
static void
test_two_writers(void **state)
{
	context c;
	tm_store *a, *b;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&a, &c, tm_stores_path("two"), TM_STORE_WRITE));
	OK(tm_store_open(&b, &c, tm_stores_path("two"), TM_STORE_WRITE));
	OK(tm_store_begin(a));
	for (unsigned n = 0; n < 600; n++)
		OK(add_number(a, n));
	OK(tm_store_commit_part(a));
	OK(tm_store_commit(a));
	for (unsigned n = 600; n < 700; n++)
		OK(add_number(n % 2 ? a : b, n));
	assert_int_equal(count(a), 700);
	for (unsigned n = 0; n < 700; n += 23) {
		assert_int_equal(matches_of(a, &c, n), 1);
		assert_int_equal(matches_of(b, &c, n), 1);
	}
	tm_store_close(a);
	tm_store_close(b);
}

static status
keep_first(void *user, slice source, slice target, uint64_t units)
{
	char *first = user;

	(void)units;
	if (first[0] == '\0')
		snprintf(first, 16, "%.*s-%.*s", SLICE_ARG(source), SLICE_ARG(target));
	return STATUS_OK;
}

static void
add_in(tm_store *s, const char *target, unsigned n)
{
	char text[32];
	tm_unit u;
	bool added;

	snprintf(text, sizeof(text), "Text %u", n);
	tm_unit_init(&u, &memory_libc);
	OK(tm_unit_set(&u, &u.side[0].language, SLICE("en")));
	OK(tm_unit_set(&u, &u.side[1].language, slice_of(target)));
	OK(tm_unit_set(&u, &u.side[0].text, slice_of(text)));
	OK(tm_unit_set(&u, &u.side[1].text, SLICE("x")));
	OK(tm_store_add(s, &u, &added));
	tm_unit_free(&u);
}

/* The commonest languages, without counting all units. */
static void
test_usual_languages(void **state)
{
	char first[16] = "";
	context c;
	tm_store *s;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, tm_stores_path("usual"), TM_STORE_WRITE));
	OK(tm_store_usual_pairs(s, keep_first, first));
	assert_string_equal(first, "");
	OK(tm_store_begin(s));
	for (unsigned n = 0; n < 30; n++)
		add_in(s, "es", n);
	for (unsigned n = 0; n < 3000; n++)
		add_in(s, n % 50 == 0 ? "de" : "fr", n);
	OK(tm_store_commit(s));
	OK(tm_store_usual_pairs(s, keep_first, first));
	assert_string_equal(first, "en-fr");
	tm_store_close(s);
}

/* While one fills an empty memory another adds to it, by whose rarity nothing is common yet. */
static void
test_a_writer_beside_the_first_import(void **state)
{
	context c;
	tm_store *a, *b;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&a, &c, tm_stores_path("beside"), TM_STORE_WRITE));
	OK(tm_store_open(&b, &c, tm_stores_path("beside"), TM_STORE_WRITE));
	OK(tm_store_begin(a));
	for (unsigned n = 0; n < 3000; n++)
		OK(add_number(a, n));
	OK(tm_store_commit_part(a));
	database_rollback(&sqlite_of(a)->db); /* as if b had come before a went on */
	for (unsigned n = 3000; n < 3400; n++)
		OK(add_number(b, n));
	OK(tm_store_begin(a));
	for (unsigned n = 3400; n < 4000; n++)
		OK(add_number(a, n));
	OK(tm_store_commit(a));
	OK(tm_store_tune(a));
	want_sound(a, &c, 4000, 7);
	want_sound(b, &c, 4000, 7);
	tm_store_close(a);
	tm_store_close(b);
}

/* Enough for runs in the temporary file, and for rarity measured anew. */
static void
test_a_large_import_is_found(void **state)
{
	context c;
	tm_store *s;

	(void)state;
	context_init(&c, &memory_libc);
	OK(tm_store_open(&s, &c, tm_stores_path("large"), TM_STORE_WRITE));
	fill_in_parts(s, 20, 60000, 20000);
	OK(tm_store_tune(s));
	want_sound(s, &c, 60000, 1999);
	tm_store_close(s);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kills_while_adding),
		cmocka_unit_test(test_kills_while_importing),
		cmocka_unit_test(test_a_damaged_index_is_made_anew),
		cmocka_unit_test(test_a_damaged_file_gives_what_can_be_read),
		cmocka_unit_test(test_what_is_saved_can_be_read),
		cmocka_unit_test(test_other_files),
		cmocka_unit_test(test_a_reader_keeps_no_writer_waiting),
		cmocka_unit_test(test_a_file_is_whole_beside_a_reader),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_readers_beside_a_writer),
		cmocka_unit_test(test_two_writers),
		cmocka_unit_test(test_usual_languages),
		cmocka_unit_test(test_a_writer_beside_the_first_import),
		cmocka_unit_test(test_a_large_import_is_found),
	};
	/* What is not about the bytes of a file. */
	const struct CMUnitTest shared[] = {
		cmocka_unit_test(test_kills_while_adding),
		cmocka_unit_test(test_kills_while_importing),
		cmocka_unit_test(test_readers_beside_a_writer),
		cmocka_unit_test(test_two_writers),
		cmocka_unit_test(test_usual_languages),
		cmocka_unit_test(test_a_large_import_is_found),
	};

	(void)argc;
	return TM_STORES_RUN(argv, tests, shared);
}
