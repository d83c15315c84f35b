#include "termbase/postgres_schema.h"

/* As the SQLite file has it (termbase/sqlite_store.c), without the words to search by:
 * searching is done on a copy (termbase/replica.c).
 *
 * - termbase: one row: which termbase this is, how often it was written to, the mark of that
 * - termbase_mark: the mark after each transaction that wrote; a copy whose mark is among them
 *   is an earlier state of this termbase
 * - termbase_change: which concepts each transaction wrote or removed
 * - concept: names is the key of its two names (store_names_key), place its turn in the order
 *   in which concepts came */
static const char first[] =
	"CREATE TABLE paraph.termbase (\n"
	"  one boolean PRIMARY KEY DEFAULT true CHECK (one),\n"
	"  id uuid NOT NULL DEFAULT gen_random_uuid(), sequence bigint NOT NULL DEFAULT 0,\n"
	"  mark uuid NOT NULL DEFAULT gen_random_uuid());\n"
	"INSERT INTO paraph.termbase DEFAULT VALUES;\n"
	"CREATE TABLE paraph.termbase_mark (\n"
	"  sequence bigint PRIMARY KEY, mark uuid NOT NULL,\n"
	"  at timestamptz NOT NULL DEFAULT now());\n"
	"INSERT INTO paraph.termbase_mark (sequence, mark)\n"
	"  SELECT sequence, mark FROM paraph.termbase;\n"
	"CREATE TABLE paraph.termbase_change (\n"
	"  sequence bigint, concept text, PRIMARY KEY (sequence, concept));\n"
	"CREATE TABLE paraph.termbase_meta (key text PRIMARY KEY, value text NOT NULL);\n"
	"CREATE SEQUENCE paraph.concept_place;\n"
	"CREATE TABLE paraph.concept (\n"
	"  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE,\n"
	"  retired boolean NOT NULL, names bigint NOT NULL,\n"
	"  place bigint NOT NULL UNIQUE DEFAULT nextval('paraph.concept_place'));\n"
	"CREATE TABLE paraph.section (\n"
	"  concept bigint REFERENCES paraph.concept ON DELETE CASCADE, position integer,\n"
	"  language text NOT NULL, PRIMARY KEY (concept, position));\n"
	"CREATE TABLE paraph.term (\n"
	"  concept bigint REFERENCES paraph.concept ON DELETE CASCADE, position integer,\n"
	"  section integer NOT NULL, text text NOT NULL, name text NOT NULL,\n"
	"  status text NOT NULL, type text NOT NULL, PRIMARY KEY (concept, position));\n"
	"CREATE TABLE paraph.item (\n"
	"  concept bigint REFERENCES paraph.concept ON DELETE CASCADE, position integer,\n"
	"  level integer NOT NULL, owner integer NOT NULL, element text NOT NULL,\n"
	"  type text NOT NULL, value text NOT NULL, language text NOT NULL,\n"
	"  target text NOT NULL, name text NOT NULL, grouped integer NOT NULL,\n"
	"  markup boolean NOT NULL, PRIMARY KEY (concept, position));\n"
	"CREATE TABLE paraph.history (\n"
	"  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, concept text NOT NULL,\n"
	"  at text NOT NULL, who text NOT NULL, action text NOT NULL, what text NOT NULL);\n"
	"CREATE INDEX history_concept ON paraph.history (concept)";

/* Who wrote is what the client says of itself; the server knows which of its users it was. And
 * the concept of two names is found without reading all. */
static const char second[] =
	"ALTER TABLE paraph.history ADD COLUMN db_user text NOT NULL DEFAULT '';\n"
	"ALTER TABLE paraph.history ALTER COLUMN db_user SET DEFAULT session_user;\n"
	"CREATE INDEX concept_names ON paraph.concept (names) WHERE names <> 0";

static const char *const steps[] = { first, second, NULL };

const postgres_part store_postgres_part = { "termbase", steps };
