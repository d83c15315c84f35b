/* A package with some of its parts replaced. */
#include <stdlib.h>
#include <string.h>

#include "base/libzip.h"
#include "base/package.h"

#define PIECE 65536

static status
trouble(const package *p)
{
	return context_fail(p->context, STATUS_IO, "%s: the zip file cannot be written",
		"%s\u00A0: impossible d’écrire le fichier zip", p->name);
}

static status
replace(const package *p, zip_t *zip, const package_part *part)
{
	zip_int64_t at = libzip.name_locate(zip, part->name, ZIP_FL_NOCASE);
	zip_stat_t before;

	if (at < 0 || libzip.stat_index(zip, (zip_uint64_t)at, 0, &before) != 0)
		return trouble(p);
	zip_source_t *source = libzip.source_buffer(zip, part->bytes.p, part->bytes.n, 0);
	if (source == NULL)
		return STATUS_MEMORY;
	if (libzip.file_replace(zip, (zip_uint64_t)at, source, 0) != 0) {
		libzip.source_free(source);
		return trouble(p);
	}
	/* The same corrections give the same file, whenever they are made. */
	if ((before.valid & ZIP_STAT_MTIME) != 0)
		(void)libzip.file_set_mtime(zip, (zip_uint64_t)at, before.mtime, 0);
	return STATUS_OK;
}

static status
read_back(const package *p, zip_source_t *source, buffer *out)
{
	char piece[PIECE];
	zip_int64_t n;

	if (libzip.source_open(source) != 0)
		return trouble(p);
	while ((n = libzip.source_read(source, piece, sizeof(piece))) > 0)
		buffer_put(out, (slice){ piece, (size_t)n });
	libzip.source_close(source);
	return n < 0 ? trouble(p) : out->status;
}

static status
write_all(const package *p, zip_source_t *source, const package_part *parts, size_t count,
	buffer *out)
{
	zip_error_t error;
	status done = STATUS_OK;

	libzip.error_init(&error);
	libzip.source_keep(source);
	zip_t *zip = libzip.open_from_source(source, 0, &error);
	libzip.error_fini(&error);
	if (zip == NULL) {
		libzip.source_free(source);
		return trouble(p);
	}
	for (size_t i = 0; i < count && done == STATUS_OK; i++)
		done = replace(p, zip, &parts[i]);
	if (done != STATUS_OK) {
		libzip.discard(zip);
		return done;
	}
	if (libzip.close(zip) != 0) {
		libzip.discard(zip);
		return trouble(p);
	}
	return read_back(p, source, out);
}

status
package_rewrite(
	const package *p, slice bytes, const package_part *parts, size_t count, buffer *out)
{
	zip_error_t error;
	/* libzip frees the beginning that both files share, whosever it is. */
	void *copy = malloc(bytes.n == 0 ? 1 : bytes.n);

	if (copy == NULL)
		return STATUS_MEMORY;
	memcpy(copy, bytes.p, bytes.n);
	libzip.error_init(&error);
	zip_source_t *source = libzip.source_buffer_create(copy, bytes.n, 1, &error);
	libzip.error_fini(&error);
	if (source == NULL) {
		free(copy);
		return STATUS_MEMORY;
	}
	status done = write_all(p, source, parts, count, out);
	libzip.source_free(source);
	return done;
}
