#include "termbase/cache.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/stream.h"
#include "termbase/engine.h"

#define STORE_HEADER 100 /* of SQLite: among its fields the counter of changes */

void
cache_sum(uint64_t *sum, uint64_t number)
{
	uint64_t parts[2] = { *sum, number };

	*sum = slice_hash((slice){ (const char *)parts, sizeof(parts) });
}

status
cache_sum_file(uint64_t *sum, context *c, const char *path)
{
	stream s;
	slice piece;
	status done;

	TRY(stream_open(&s, c, path));
	for (;;) {
		done = stream_next(&s, &piece);
		if (done != STATUS_OK || piece.n == 0)
			break;
		cache_sum(sum, slice_hash(piece));
	}
	stream_close(&s);
	return done;
}

static void
sum_stat(uint64_t *sum, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return;
	cache_sum(sum, (uint64_t)st.st_size);
	cache_sum(sum, (uint64_t)st.st_mtim.tv_sec);
	cache_sum(sum, (uint64_t)st.st_mtim.tv_nsec);
}

status
cache_sum_file_store(uint64_t *sum, context *c, const char *path)
{
	char beside[CACHE_PATH_BYTES];
	stream s;
	slice head;

	TRY(stream_open(&s, c, path));
	status done = stream_peek(&s, &head);
	if (done == STATUS_OK)
		cache_sum(sum, slice_hash(slice_sub(head, 0, STORE_HEADER)));
	stream_close(&s);
	TRY(done);
	sum_stat(sum, path);
	int n = snprintf(beside, sizeof(beside), "%s-wal", path);
	if (n > 0 && (size_t)n < sizeof(beside))
		sum_stat(sum, beside);
	return STATUS_OK;
}

status
cache_sum_store(uint64_t *sum, context *c, const char *path)
{
	return store_engine_of(path)->sum(sum, c, path);
}

static bool
make_folder(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

bool
cache_path(char out[CACHE_PATH_BYTES], uint64_t sum, const char *suffix)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char folder[CACHE_PATH_BYTES - 64];
	int n;

	if (cache != NULL && cache[0] == '/')
		n = snprintf(folder, sizeof(folder), "%s", cache);
	else if (home != NULL && home[0] == '/')
		n = snprintf(folder, sizeof(folder), "%s/.cache", home);
	else
		return false;
	if (n < 0 || (size_t)n + 16 > sizeof(folder) || !make_folder(folder))
		return false;
	strcat(folder, "/paraph");
	if (!make_folder(folder))
		return false;
	snprintf(
		out, CACHE_PATH_BYTES, "%s/%016llx%s", folder, (unsigned long long)sum, suffix);
	return true;
}
