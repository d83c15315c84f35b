/* The tables of a shared memory (tm/postgres.h). Lists lie in rows of half a page that are not
 * compressed: they are dense already, and are read far more often than written. */
#include "tm/postgres_schema.h"

static const char tables[] =
	"CREATE TABLE paraph.tm_meta (key text PRIMARY KEY, value bytea NOT NULL);"
	"INSERT INTO paraph.tm_meta VALUES ('epoch', '0'), ('ranked', '0'),"
	" ('ranks', ''), ('map', ''), ('shards', ''), ('compacted', '');"
	"CREATE TABLE paraph.tm_unit ("
	" id bigint PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),"
	" shape bigint NOT NULL, same bigint NOT NULL, usage bigint NOT NULL,"
	" added timestamptz NOT NULL DEFAULT now(),"
	" pair text NOT NULL, document text NOT NULL,"
	" source text NOT NULL, target text NOT NULL,"
	" info bytea NOT NULL, digest bytea NOT NULL,"
	" UNIQUE (shape, same));"
	"CREATE TABLE paraph.tm_posting (key bigint, block bigint, entries bytea NOT NULL,"
	" PRIMARY KEY (key, block));"
	"ALTER TABLE paraph.tm_posting ALTER entries SET STORAGE PLAIN;"
	"CREATE TABLE paraph.tm_name (hash bigint, kind smallint, id bigint GENERATED ALWAYS AS"
	" IDENTITY, text text NOT NULL, PRIMARY KEY (hash, kind));"
	"CREATE INDEX tm_name_kind ON paraph.tm_name (kind, id);"
	"CREATE TABLE paraph.tm_moved (first bigint PRIMARY KEY, last bigint NOT NULL);"
	"CREATE TABLE paraph.tm_history (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" at timestamptz NOT NULL DEFAULT now(), who text NOT NULL DEFAULT session_user,"
	" what text NOT NULL, unit bigint NOT NULL, shape bigint NOT NULL,"
	" same bigint NOT NULL, pair text NOT NULL, document text NOT NULL,"
	" source text NOT NULL, target text NOT NULL, info bytea NOT NULL);"
	"CREATE SEQUENCE paraph.tm_number MAXVALUE 4294967295;"
	/* The first of n numbers in a row. A sequence gives single ones, so that taking several
	 * wants a lock; it is let go at once and not kept until the transaction ends. */
	"CREATE FUNCTION paraph.tm_numbers(n bigint) RETURNS bigint LANGUAGE plpgsql AS $f$ "
	"DECLARE first bigint; "
	"BEGIN"
	" PERFORM pg_advisory_lock(" TM_POSTGRES_NUMBER_LOCK ");"
	" BEGIN"
	"  first := nextval('paraph.tm_number');"
	"  PERFORM setval('paraph.tm_number', first + n - 1);"
	" EXCEPTION WHEN OTHERS THEN"
	"  PERFORM pg_advisory_unlock(" TM_POSTGRES_NUMBER_LOCK ");"
	"  RAISE;"
	" END;"
	" PERFORM pg_advisory_unlock(" TM_POSTGRES_NUMBER_LOCK ");"
	" RETURN first; "
	"END $f$";

/* A statement that is cancelled passes by WHEN OTHERS, and its session, which a pooler keeps,
 * would have the lock for ever. One that was taken in a block that fails goes with the block,
 * however it ends; numbers that were taken stay taken. */
static const char numbers[] =
	"CREATE OR REPLACE FUNCTION paraph.tm_numbers(n bigint) RETURNS bigint LANGUAGE plpgsql"
	" AS $f$ "
	"DECLARE first bigint; "
	"BEGIN"
	" BEGIN"
	"  PERFORM pg_advisory_xact_lock(" TM_POSTGRES_NUMBER_LOCK ");"
	"  first := nextval('paraph.tm_number');"
	"  PERFORM setval('paraph.tm_number', first + n - 1);"
	"  RAISE EXCEPTION USING ERRCODE = 'PA001';"
	" EXCEPTION WHEN SQLSTATE 'PA001' THEN NULL;"
	" END;"
	" RETURN first; "
	"END $f$";

static const char *const steps[] = { tables, numbers, NULL };

const postgres_part tm_postgres_part = { "memory", steps };
