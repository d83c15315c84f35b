/* The tables of a shared memory (tm/postgres.h), and the databases that are one memory
 * together.
 */
#ifndef TM_POSTGRES_SCHEMA_H
#define TM_POSTGRES_SCHEMA_H

#include "base/postgres_schema.h"

#define TM_POSTGRES_NUMBER_LOCK "7238341020"

extern const postgres_part tm_postgres_part;

/* Makes one memory of several databases, in which the tables are and no unit is: what goes in
 * is spread over them. Each knows the others by their URLs, without name and password. */
MUST_USE status tm_postgres_join(context *c, const char *const *urls, size_t n);

#endif
