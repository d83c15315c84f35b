/* Reading and writing go through a source of our own: that of libzip 1.7.3 for memory frees the
 * bytes of somebody else when the first entry of the file stays as it is. */
#include "base/package_stream.h"

#include "base/libzip.h"

#define NO_TIME 315532800 /* 1980: zip knows no earlier one */
#define ROOM 65536        /* for what a few changes add */

typedef struct archive { /* as libzip reads it and writes it */
	slice before;
	buffer *out;
	size_t base; /* of out, where the file begins */
	size_t at, write_at;
	bool written;
	zip_error_t error;
} archive;

static slice
content(const archive *a)
{
	slice all = buffer_slice(a->out);

	return a->written ? slice_sub(all, a->base, all.n) : a->before;
}

static zip_int64_t
read_archive(archive *a, char *out, zip_uint64_t n)
{
	slice all = content(a);
	size_t take = all.n - a->at < n ? all.n - a->at : (size_t)n;

	if (take != 0)
		memcpy(out, all.p + a->at, take);
	a->at += take;
	return (zip_int64_t)take;
}

/* At the end, or over what is there: sizes are put into headers afterwards. */
static zip_int64_t
write_archive(archive *a, const char *bytes, zip_uint64_t n)
{
	size_t there = a->out->n - a->base - a->write_at;
	size_t over = there < n ? there : (size_t)n;

	if (over != 0)
		memcpy(a->out->p + a->base + a->write_at, bytes, over);
	buffer_put(a->out, (slice){ bytes + over, (size_t)n - over });
	if (a->out->status != STATUS_OK) {
		libzip.error_set(&a->error, ZIP_ER_MEMORY, 0);
		return -1;
	}
	a->write_at += (size_t)n;
	return (zip_int64_t)n;
}

static zip_int64_t
seek(archive *a, size_t *at, size_t size, void *data, zip_uint64_t n)
{
	zip_int64_t to = libzip.source_seek_compute_offset(*at, size, data, n, &a->error);

	if (to < 0)
		return -1;
	*at = (size_t)to;
	return 0;
}

static zip_int64_t
describe(const archive *a, zip_stat_t *about)
{
	libzip.stat_init(about);
	about->size = content(a).n;
	about->valid = ZIP_STAT_SIZE;
	return sizeof(*about);
}

static zip_int64_t
archive_command(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	archive *a = user;

	switch (command) {
	case ZIP_SOURCE_OPEN:
		a->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		return read_archive(a, data, n);
	case ZIP_SOURCE_STAT:
		return describe(a, data);
	case ZIP_SOURCE_SEEK:
		return seek(a, &a->at, content(a).n, data, n);
	case ZIP_SOURCE_TELL:
		return (zip_int64_t)a->at;
	case ZIP_SOURCE_BEGIN_WRITE:
		a->write_at = 0;
		return 0;
	case ZIP_SOURCE_WRITE:
		return write_archive(a, data, n);
	case ZIP_SOURCE_SEEK_WRITE:
		return seek(a, &a->write_at, a->out->n - a->base, data, n);
	case ZIP_SOURCE_TELL_WRITE:
		return (zip_int64_t)a->write_at;
	case ZIP_SOURCE_COMMIT_WRITE:
		a->written = true;
		return 0;
	case ZIP_SOURCE_ERROR:
		return libzip.error_to_data(&a->error, data, n);
	case ZIP_SOURCE_SUPPORTS:
		return libzip.source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ,
			ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
			ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
			ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE,
			ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_REMOVE,
			-1);
	default:
		return 0;
	}
}

/* --- a part --- */

static zip_int64_t
part_command(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	const package_change *change = user;

	switch (command) {
	case ZIP_SOURCE_OPEN:
		change->rewind(change->user);
		return 0;
	case ZIP_SOURCE_READ:
		return (zip_int64_t)change->read(change->user, data, (size_t)n);
	case ZIP_SOURCE_STAT: {
		zip_stat_t *about = data;
		libzip.stat_init(about);
		about->size = change->size;
		about->valid = ZIP_STAT_SIZE;
		return sizeof(*about);
	}
	case ZIP_SOURCE_ERROR: {
		zip_error_t none;
		libzip.error_init(&none);
		return libzip.error_to_data(&none, data, n);
	}
	case ZIP_SOURCE_SUPPORTS:
		return libzip.source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ,
			ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
			-1);
	default:
		return 0;
	}
}

static bool
put_part(zip_t *zip, const package_change *change)
{
	zip_int64_t at = libzip.name_locate(zip, change->part, ZIP_FL_NOCASE);
	zip_stat_t before = { 0 };

	if (at >= 0 && libzip.stat_index(zip, (zip_uint64_t)at, 0, &before) != 0)
		return false;
	zip_source_t *source =
		libzip.source_function(zip, part_command, (void *)(uintptr_t)change);
	if (source == NULL)
		return false;
	zip_int64_t put = at < 0 ? libzip.file_add(zip, change->part, source, ZIP_FL_ENC_UTF_8)
				 : libzip.file_replace(zip, (zip_uint64_t)at, source, 0);
	if (put < 0) {
		libzip.source_free(source);
		return false;
	}
	bool timed = at >= 0 && (before.valid & ZIP_STAT_MTIME) != 0;
	return libzip.file_set_mtime(zip, (zip_uint64_t)(at < 0 ? put : at),
		       timed ? before.mtime : NO_TIME, 0) == 0;
}

/* --- the file --- */

static bool
is_read(slice name)
{
	return slice_ends(name, SLICE(".xml")) || slice_ends(name, SLICE(".rels")) ||
	       slice_is(name, "mimetype");
}

static bool
drop_pictures(zip_t *zip)
{
	zip_int64_t n = libzip.get_num_entries(zip, 0);

	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = libzip.get_name(zip, (zip_uint64_t)i, 0);
		if (name != NULL && !is_read(slice_of(name)) &&
			libzip.delete(zip, (zip_uint64_t)i) != 0)
			return false;
	}
	return true;
}

static bool
write_parts(zip_t *zip, const package_change *changes, size_t count, bool draft)
{
	if (draft && !drop_pictures(zip)) {
		libzip.discard(zip);
		return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!put_part(zip, &changes[i])) {
			libzip.discard(zip);
			return false;
		}
	if (libzip.close(zip) == 0)
		return true;
	libzip.discard(zip);
	return false;
}

status
package_stream(buffer *out, context *c, const char *name, slice before,
	const package_change *changes, size_t count, bool draft)
{
	archive a = { .before = before, .out = out, .base = out->n };
	zip_error_t error;

	TRY(libzip_load(c));
	libzip.error_init(&error);
	libzip.error_init(&a.error);
	buffer_reserve(out, before.n + ROOM);
	zip_source_t *source = libzip.source_function_create(archive_command, &a, &error);
	zip_t *zip = source == NULL ? NULL : libzip.open_from_source(source, 0, &error);
	libzip.error_fini(&error);
	if (zip == NULL && source != NULL)
		libzip.source_free(source);
	if (zip != NULL && write_parts(zip, changes, count, draft))
		return out->status;
	if (out->status != STATUS_OK)
		return out->status;
	return context_fail(c, STATUS_IO, "%s: the zip file cannot be written",
		"%s\u00A0: impossible d’écrire le fichier zip", name);
}
