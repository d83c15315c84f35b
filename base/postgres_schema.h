/* The tables of shared stores: made, brought up to date and looked at. They lie in the schema
 * `paraph`. A store has a part of it with a list of steps: the first makes its tables, each
 * later one brings them to the next version, and `paraph.part` has the version that each part
 * is of. Steps that were released are never changed.
 *
 * Three roles that cannot log in say what their members may do: paraph_reader reads,
 * paraph_writer writes too, paraph_admin owns the tables and brings them up to date. */
#ifndef BASE_POSTGRES_SCHEMA_H
#define BASE_POSTGRES_SCHEMA_H

#include "base/postgres.h"

typedef struct postgres_part {
	const char *name;         /* "termbase" */
	const char *const *steps; /* SQL without parameters; ends with NULL */
} postgres_part;

/* The version that this program knows: the number of its steps. */
int postgres_part_newest(const postgres_part *part);

/* The version that a database has; 0 when the part is not there. */
MUST_USE status postgres_part_version(postgres *p, const postgres_part *part, int *version);

/* STATUS_OK when the database has the version that this program knows; else what to do. */
MUST_USE status postgres_part_check(postgres *p, const postgres_part *part, int version);

/* The same in the round trip of what is asked next: queue, ask, and look at the answer that the
 * first of them got. After a failure of the round trip, explain says whether tables are
 * missing. */
MUST_USE status postgres_part_queue(postgres *p, const postgres_part *part);
MUST_USE status postgres_part_answer(postgres *p, const postgres_part *part, size_t answer);
MUST_USE status postgres_part_explain(postgres *p, status failed);

typedef struct postgres_made {
	bool roles; /* false: the roles are not there and may not be made by this user */
	int from;   /* the lowest version that a part had; 0: it was not there */
} postgres_made;

/* Makes the schema, the roles and the tables of the parts, or brings them up to date, in one
 * transaction. make: what is not there is made; else it is told. Parts end with NULL. */
MUST_USE status postgres_schema_apply(
	postgres *p, const postgres_part *const *parts, bool make, postgres_made *out);

/* The same as text for psql. */
MUST_USE status postgres_schema_script(buffer *out, const postgres_part *const *parts);

#endif
