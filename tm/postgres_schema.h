/* The tables of a shared memory (tm/postgres.h); the databases that are one memory. */
#ifndef TM_POSTGRES_SCHEMA_H
#define TM_POSTGRES_SCHEMA_H

#include "base/postgres_schema.h"

#define TM_POSTGRES_NUMBER_LOCK "7238341020"

extern const postgres_part tm_postgres_part;

typedef struct tm_postgres_progress {
	/* buckets that have moved, of 1024 for all units; units in them */
	void (*told)(void *user, size_t buckets, uint64_t units);
	void *user;
} tm_postgres_progress;

/* Spreads a memory over several databases, in all of which the tables are; the first is one
 * that it has already, and is not left. Others go on reading and writing meanwhile. When it was
 * stopped, the same again goes on. progress may be NULL. */
MUST_USE status tm_postgres_reshard(
	context *c, const char *const *urls, size_t n, const tm_postgres_progress *progress);

#endif
