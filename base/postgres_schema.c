#include "base/postgres_schema.h"

#include <stdio.h>
#include <string.h>

#include "base/postgres_private.h"

/* Two who bring the same database up to date do not both. */
static const char lock[] = "SELECT pg_advisory_xact_lock(7238341001)";

static const char version_of[] =
	"SELECT coalesce((SELECT version FROM paraph.part WHERE name = $1), 0)";

static const char roles_there[] =
	"SELECT count(*) = 3 FROM pg_roles"
	" WHERE rolname IN ('paraph_reader', 'paraph_writer', 'paraph_admin')";

static const char may_make_roles[] =
	"SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user";

static const char make_roles[] =
	"DO $do$ BEGIN\n"
	"  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paraph_reader') THEN\n"
	"    CREATE ROLE paraph_reader NOLOGIN;\n"
	"  END IF;\n"
	"  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paraph_writer') THEN\n"
	"    CREATE ROLE paraph_writer NOLOGIN IN ROLE paraph_reader;\n"
	"  END IF;\n"
	"  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paraph_admin') THEN\n"
	"    CREATE ROLE paraph_admin NOLOGIN IN ROLE paraph_writer;\n"
	"  END IF;\n"
	"  GRANT paraph_admin TO CURRENT_USER;\n"
	"EXCEPTION WHEN invalid_grant_operation OR insufficient_privilege THEN NULL;\n"
	"END $do$";

static const char make_schema[] = "CREATE SCHEMA IF NOT EXISTS paraph;\n"
				  "CREATE TABLE IF NOT EXISTS paraph.part (\n"
				  "  name text PRIMARY KEY, version integer NOT NULL,\n"
				  "  since timestamptz NOT NULL DEFAULT now())";

static const char note_version[] =
	"INSERT INTO paraph.part (name, version) VALUES ($1, $2)"
	" ON CONFLICT (name) DO UPDATE SET version = excluded.version, since = now()";

/* The roles own and may do what is there now; run again after each step. */
static const char grant_all[] =
	"DO $do$ DECLARE it record; BEGIN\n"
	"  IF pg_has_role(current_user, 'paraph_admin', 'MEMBER') THEN\n"
	"    EXECUTE format('GRANT CREATE ON DATABASE %I TO paraph_admin', "
	"current_database());\n"
	"    ALTER SCHEMA paraph OWNER TO paraph_admin;\n"
	"    FOR it IN SELECT c.oid::regclass AS name FROM pg_class c\n"
	"      WHERE c.relnamespace = 'paraph'::regnamespace AND c.relkind IN ('r', 'p', 'v')\n"
	"      AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user) LOOP\n"
	"      EXECUTE format('ALTER TABLE %s OWNER TO paraph_admin', it.name);\n"
	"    END LOOP;\n"
	"    FOR it IN SELECT c.oid::regclass AS name FROM pg_class c\n"
	"      WHERE c.relnamespace = 'paraph'::regnamespace AND c.relkind = 'S'\n"
	"      AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)\n"
	"      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid\n"
	"        AND d.deptype IN ('a', 'i') AND d.refobjsubid <> 0) LOOP\n"
	"      EXECUTE format('ALTER SEQUENCE %s OWNER TO paraph_admin', it.name);\n"
	"    END LOOP;\n"
	"    FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p\n"
	"      WHERE p.pronamespace = 'paraph'::regnamespace\n"
	"      AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user) LOOP\n"
	"      EXECUTE format('ALTER ROUTINE %s OWNER TO paraph_admin', it.name);\n"
	"    END LOOP;\n"
	"  END IF;\n"
	"EXCEPTION WHEN insufficient_privilege THEN NULL;\n"
	"END $do$;\n"
	"GRANT USAGE ON SCHEMA paraph TO paraph_reader, paraph_writer, paraph_admin;\n"
	"GRANT SELECT ON ALL TABLES IN SCHEMA paraph TO paraph_reader;\n"
	"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA paraph TO "
	"paraph_writer;\n"
	"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA paraph TO paraph_writer;\n"
	"REVOKE INSERT, UPDATE, DELETE ON paraph.part FROM paraph_writer;\n"
	"REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA paraph FROM PUBLIC;\n"
	"GRANT EXECUTE ON ALL ROUTINES IN SCHEMA paraph TO paraph_writer";

int
postgres_part_newest(const postgres_part *part)
{
	int n = 0;

	while (part->steps[n] != NULL)
		n++;
	return n;
}

/* --- what is there --- */

static bool
lacks_tables(const postgres *p)
{
	return strcmp(p->sqlstate, "42P01") == 0 || strcmp(p->sqlstate, "3F000") == 0;
}

static status
not_there(postgres *p)
{
	return postgres_fail(p, STATUS_IO,
		"the database has no tables of paraph for it yet: paraph store init URL makes "
		"them",
		"la base de données n’a pas encore de tables de paraph pour cela\u00A0: paraph "
		"store init URL les crée");
}

status
postgres_part_explain(postgres *p, status failed)
{
	return failed != STATUS_OK && lacks_tables(p) ? not_there(p) : failed;
}

status
postgres_part_queue(postgres *p, const postgres_part *part)
{
	postgres_values v;

	postgres_values_init(&v, p->memory);
	postgres_put_text(&v, slice_of(part->name));
	status done = postgres_queue(p, version_of, &v);
	postgres_values_free(&v);
	return done;
}

status
postgres_part_answer(postgres *p, const postgres_part *part, size_t answer)
{
	postgres_rows r = postgres_answer(p, answer);

	return postgres_part_check(p, part, (int)postgres_int(&r, 0, 0));
}

status
postgres_part_version(postgres *p, const postgres_part *part, int *version)
{
	*version = 0;
	TRY(postgres_part_queue(p, part));
	status done = postgres_wait(p);
	if (done != STATUS_OK && lacks_tables(p))
		return STATUS_OK;
	TRY(done);
	postgres_rows r = postgres_answer(p, 0);
	*version = (int)postgres_int(&r, 0, 0);
	return STATUS_OK;
}

status
postgres_part_check(postgres *p, const postgres_part *part, int version)
{
	char en[160], fr[160];
	int newest = postgres_part_newest(part);

	if (version == newest)
		return STATUS_OK;
	if (version == 0)
		return not_there(p);
	if (version < newest)
		return postgres_fail(p, STATUS_FORMAT,
			"its tables are of an earlier version: paraph store migrate URL brings "
			"them up "
			"to date",
			"ses tables sont d’une version antérieure\u00A0: paraph store migrate "
			"URL les "
			"met à jour");
	snprintf(en, sizeof(en), "its %s is of version %d; this paraph knows version %d",
		part->name, version, newest);
	snprintf(fr, sizeof(fr),
		"sa partie %s est de version %d\u00A0; ce paraph connaît la version %d",
		part->name, version, newest);
	return postgres_fail(p, STATUS_FORMAT, en, fr);
}

/* --- making it --- */

static status
ask_yes(postgres *p, const char *sql, bool *yes)
{
	postgres_rows r;

	TRY(postgres_ask(p, sql, NULL, &r));
	*yes = r.n != 0 && postgres_int(&r, 0, 0) != 0;
	return STATUS_OK;
}

/* What a step cannot do ends the transaction; roles that cannot be made do not. */
static status
provide_roles(postgres *p, bool *there)
{
	bool may;

	TRY(ask_yes(p, roles_there, there));
	TRY(ask_yes(p, may_make_roles, &may));
	if (*there || !may)
		return STATUS_OK;
	TRY(postgres_execute(p, make_roles));
	return ask_yes(p, roles_there, there);
}

static status
set_version(postgres *p, const postgres_part *part, int version)
{
	postgres_values v;

	postgres_values_init(&v, p->memory);
	postgres_put_text(&v, slice_of(part->name));
	postgres_put_int32(&v, version);
	status done = postgres_ask(p, note_version, &v, NULL);
	postgres_values_free(&v);
	return done;
}

static status
apply_part(postgres *p, const postgres_part *part, bool make, postgres_made *out)
{
	int version, newest = postgres_part_newest(part);

	TRY(postgres_part_version(p, part, &version));
	if (version > newest || (version == 0 && !make))
		return postgres_part_check(p, part, version);
	if (version < out->from)
		out->from = version;
	if (version == newest)
		return STATUS_OK;
	for (int step = version; step < newest; step++)
		TRY(postgres_execute(p, part->steps[step]));
	return set_version(p, part, newest);
}

static status
apply(postgres *p, const postgres_part *const *parts, bool make, postgres_made *out)
{
	bool there;

	TRY(postgres_ask(p, lock, NULL, NULL));
	TRY(ask_yes(p, "SELECT to_regclass('paraph.part') IS NOT NULL", &there));
	if (!there && !make)
		return not_there(p);
	TRY(provide_roles(p, &out->roles));
	if (!there)
		TRY(postgres_execute(p, make_schema));
	for (; *parts != NULL; parts++)
		TRY(apply_part(p, *parts, make, out));
	return out->roles ? postgres_execute(p, grant_all) : STATUS_OK;
}

status
postgres_schema_apply(
	postgres *p, const postgres_part *const *parts, bool make, postgres_made *out)
{
	*out = (postgres_made){ .from = 1 << 30 };
	postgres_begin(p, "");
	status done = apply(p, parts, make, out);
	if (done == STATUS_OK)
		done = postgres_commit(p);
	if (done != STATUS_OK)
		postgres_rollback(p);
	return done;
}

/* --- for psql --- */

static void
put_part(buffer *out, const postgres_part *part)
{
	int newest = postgres_part_newest(part);

	for (int i = 0; i < newest; i++) {
		buffer_printf(out, "\n-- %s, version %d\n", part->name, i + 1);
		buffer_put(out, slice_of(part->steps[i]));
		buffer_put(out, SLICE(";\n"));
	}
	buffer_printf(out, "INSERT INTO paraph.part (name, version) VALUES ('%s', %d);\n",
		part->name, newest);
}

status
postgres_schema_script(buffer *out, const postgres_part *const *parts)
{
	buffer_put(out, SLICE("BEGIN;\n"));
	buffer_put(out, slice_of(make_roles));
	buffer_put(out, SLICE(";\n"));
	buffer_put(out, slice_of(make_schema));
	buffer_put(out, SLICE(";\n"));
	for (; *parts != NULL; parts++)
		put_part(out, *parts);
	buffer_put(out, SLICE("\n"));
	buffer_put(out, slice_of(grant_all));
	buffer_put(out, SLICE(";\nCOMMIT;\n"));
	return out->status;
}
