/* Memories for a test program that runs on every engine: a file in a folder; a database; two
 * databases that are one memory. */
#ifndef TESTS_UNIT_TM_STORES_H
#define TESTS_UNIT_TM_STORES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/postgres.h"
#include "tests/unit/postgres.h"
#include "tm/postgres_schema.h"

static char tm_stores_folder[64];
static size_t tm_stores_shards; /* 0: files */
static char tm_stores_last[64];

static inline void
tm_stores_must(status done, const context *c)
{
	if (done == STATUS_OK)
		return;
	fprintf(stderr, "tests: %s\n", c->message);
	exit(1);
}

static inline void
tm_stores_url(char out[256], size_t shard)
{
	char name[32];

	snprintf(name, sizeof(name), "shard%zu", shard);
	postgres_test_other(out, 256, NULL, name);
}

/* A database of that name without any tables, made where it is not there. */
static inline void
tm_stores_clear(size_t shard)
{
	static const postgres_part *const parts[] = { &tm_postgres_part, NULL };
	postgres_made made;
	char url[256], sql[64];
	context c;
	postgres *p;

	context_init(&c, &memory_libc);
	tm_stores_url(url, shard);
	if (postgres_open(&p, &c, url) != STATUS_OK) {
		tm_stores_must(postgres_open(&p, &c, postgres_test_url()), &c);
		tm_stores_must(postgres_ask(p, "SELECT 1", NULL, NULL), &c);
		snprintf(sql, sizeof(sql), "CREATE DATABASE shard%zu", shard);
		tm_stores_must(postgres_ask(p, sql, NULL, NULL), &c);
		postgres_close(p);
		tm_stores_must(postgres_open(&p, &c, url), &c);
	}
	tm_stores_must(postgres_execute(p, "DROP SCHEMA IF EXISTS paraph CASCADE"), &c);
	tm_stores_must(postgres_schema_apply(p, parts, true, &made), &c);
	postgres_close(p);
}

/* The path of a memory; it is empty when the name is not that of the last call. */
static inline const char *
tm_stores_path(const char *name)
{
	static char path[256];
	char other[256];
	const char *urls[] = { path, other };
	context c;

	if (tm_stores_shards == 0) {
		snprintf(path, sizeof(path), "%s/%s", tm_stores_folder, name);
		return path;
	}
	tm_stores_url(path, 0);
	if (strcmp(name, tm_stores_last) == 0)
		return path;
	snprintf(tm_stores_last, sizeof(tm_stores_last), "%s", name);
	for (size_t i = 0; i < tm_stores_shards; i++)
		tm_stores_clear(i);
	tm_stores_url(other, 1);
	context_init(&c, &memory_libc);
	if (tm_stores_shards == 2)
		tm_stores_must(tm_postgres_reshard(&c, urls, 2, NULL), &c);
	return path;
}

/* --- running --- */

static inline int
tm_stores_make_folder(void **state)
{
	(void)state;
	strcpy(tm_stores_folder, "/tmp/paraph-tm-XXXXXX");
	return mkdtemp(tm_stores_folder) == NULL;
}

static inline int
tm_stores_remove_folder(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", tm_stores_folder);
	return system(command);
}

/* A database in the place of files the first time, two the next. */
static inline int
tm_stores_use_database(void **state)
{
	(void)state;
	tm_stores_shards++;
	tm_stores_last[0] = '\0';
	return 0;
}

#define TM_STORES_RUN(argv, files, shared) \
	tm_stores_run(argv, files, sizeof(files) / sizeof(*(files)), shared, \
		sizeof(shared) / sizeof(*(shared)))

/* Tests of files first, then, beside a server, those that are true of databases too. */
static inline int
tm_stores_run(char **argv, const struct CMUnitTest *files, size_t file_count,
	const struct CMUnitTest *shared, size_t shared_count)
{
	int failed = 0;

	if (getenv("PARAPH_POSTGRES") == NULL) {
		failed = _cmocka_run_group_tests("files", files, file_count,
			tm_stores_make_folder, tm_stores_remove_folder);
		if (failed != 0 || !postgres_test_begin(argv))
			return failed;
	}
	failed = _cmocka_run_group_tests(
		"one database", shared, shared_count, tm_stores_use_database, NULL);
	return failed + _cmocka_run_group_tests("two databases", shared, shared_count,
				tm_stores_use_database, NULL);
}

#endif
