/* Digests of units in the store (tm/postings.h): written with the index, read by the search for
 * similar segments before it reads a unit. A store written without them is searched all the
 * same, unit by unit. */
#include "tm/sqlite.h"

void
sqlite_digest_forget(sqlite_store *s)
{
	if (s->digest_row_key != 0 && s->db.statements[GET_DIGESTS] != NULL)
		sqlite3_reset(s->db.statements[GET_DIGESTS]);
	s->digest_row_key = 0;
}

/* The row stays in its statement until another is asked for. */
static status
read_row(sqlite_store *s, int64_t key)
{
	sqlite3_stmt *q;
	bool more;

	if (key == s->digest_row_key)
		return STATUS_OK;
	sqlite_digest_forget(s);
	TRY(database_statement(&s->db, GET_DIGESTS, &q));
	sqlite3_bind_int64(q, 1, key);
	TRY(database_row(&s->db, q, &more));
	s->digest_row = more ? database_blob(q, 0) : SLICE("");
	s->digest_row_key = key;
	return more && !digest_is_sound(s->digest_row) ? tm_store_index_damaged(&s->base)
						       : STATUS_OK;
}

status
sqlite_digest(tm_store *store, uint32_t id, const unsigned char **pieces, size_t *n)
{
	sqlite_store *s = sqlite_of(store);
	*pieces = NULL;
	TRY(read_row(s, posting_digest_key(id)));
	if (s->digest_row.n == 0)
		return STATUS_OK;
	return digest_find(s->digest_row, id, pieces, n) ? STATUS_OK
							 : tm_store_index_damaged(&s->base);
}

/* The row in which the unit goes, without what it said of units that are no more: the number of
 * the last unit is given again when that is removed. */
static status
begin_row(sqlite_store *s, uint32_t id)
{
	const unsigned char *there;
	size_t n;

	TRY(sqlite_digest_write(s));
	buffer_clear(&s->digests);
	TRY(read_row(s, posting_digest_key(id)));
	uint32_t first = id - id % DIGEST_UNITS;
	for (uint32_t unit = first; s->digest_row.n != 0 && unit < id; unit++) {
		if (!digest_find(s->digest_row, unit, &there, &n))
			return tm_store_index_damaged(&s->base);
		if (there != NULL)
			digest_copy(&s->digests, unit, there, n);
	}
	s->digest_key = posting_digest_key(id);
	return s->digests.status;
}

status
sqlite_digest_add(sqlite_store *s, uint32_t id, const uint64_t *keys, size_t n)
{
	if (s->digest_key != posting_digest_key(id))
		TRY(begin_row(s, id));
	digest_append(&s->digests, id, keys, n);
	return s->digests.status;
}

status
sqlite_digest_write(sqlite_store *s)
{
	int64_t key = s->digest_key;
	sqlite3_stmt *q;

	s->digest_key = 0;
	sqlite_digest_forget(s);
	if (key == 0 || s->digests.n == 0)
		return STATUS_OK;
	posting_seal(&s->digests);
	TRY(s->digests.status);
	TRY(database_statement(&s->db, PUT_DIGESTS, &q));
	sqlite3_bind_int64(q, 1, key);
	database_bind_blob(q, 2, buffer_slice(&s->digests));
	return database_run(&s->db, q);
}
