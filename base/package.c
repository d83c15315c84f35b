#include "base/package.h"

#include <stdlib.h>
#include <strings.h>

#include "base/libzip.h"

#define PIECE 65536
#define SMALL ((size_t)1 << 20) /* up to here it does not matter how tight a part is packed */

bool
package_is_zip(slice bytes)
{
	return slice_starts(bytes, SLICE("PK\x03\x04"));
}

static status
damaged(const package *p, const char *part)
{
	return context_fail(p->context, STATUS_FORMAT, "%s: a damaged file: %s",
		"%s\u00A0: le fichier est abîmé\u00A0: %s", p->name, part);
}

static int
by_name(const void *left, const void *right)
{
	return strcasecmp(*(const char *const *)left, *(const char *const *)right);
}

/* Does a name lead out of the folder into which somebody unpacks it? */
static bool
leads_out(const char *name)
{
	slice rest = slice_of(name), step;

	if (name[0] == '/' || name[0] == '\\' || strchr(name, ':') != NULL)
		return true;
	for (bool more = true; more;) {
		more = slice_cut(rest, '/', &step, &rest);
		if (slice_is(step, "..") || slice_starts(step, SLICE("..\\")))
			return true;
	}
	return false;
}

static status
check_sorted(const package *p, const char **names, size_t n)
{
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 1; i < n; i++)
		if (strcasecmp(names[i], names[i - 1]) == 0)
			return context_fail(p->context, STATUS_FORMAT,
				"%s: a damaged file: %s is in it twice",
				"%s\u00A0: le fichier est abîmé\u00A0: %s y figure deux fois",
				p->name, names[i]);
	return STATUS_OK;
}

static status
check_names(const package *p)
{
	zip_int64_t count = libzip.get_num_entries(p->zip, 0);
	size_t n = count < 0 ? 0 : (size_t)count;
	const char **names = memory_alloc(p->context->memory, n * sizeof(*names));
	status done = names == NULL ? STATUS_MEMORY : STATUS_OK;

	for (size_t i = 0; i < n && done == STATUS_OK; i++) {
		names[i] = package_entry(p, i);
		if (names[i] == NULL)
			done = damaged(p, "zip");
		else if (leads_out(names[i]))
			done = damaged(p, names[i]);
	}
	if (done == STATUS_OK && n > 1)
		done = check_sorted(p, names, n);
	memory_free(p->context->memory, names);
	return done;
}

status
package_open(package *p, context *c, const char *name, slice bytes)
{
	zip_error_t error;

	*p = (package){ .context = c, .name = name };
	TRY(libzip_load(c));
	libzip.error_init(&error);
	zip_source_t *source = libzip.source_buffer_create(bytes.p, bytes.n, 0, &error);
	p->zip = source == NULL ? NULL : libzip.open_from_source(source, ZIP_RDONLY, &error);
	if (p->zip == NULL && source != NULL)
		libzip.source_free(source);
	int code = libzip.error_code_zip(&error);
	libzip.error_fini(&error);
	if (p->zip == NULL)
		return code == ZIP_ER_MEMORY ? STATUS_MEMORY : damaged(p, "zip");
	status done = check_names(p);
	if (done != STATUS_OK)
		package_close(p);
	return done;
}

void
package_close(package *p)
{
	if (p->zip != NULL)
		libzip.discard(p->zip);
	p->zip = NULL;
}

bool
package_has(const package *p, const char *part)
{
	return libzip.name_locate(p->zip, part, ZIP_FL_NOCASE) >= 0;
}

const char *
package_entry(const package *p, size_t i)
{
	return libzip.get_name(p->zip, i, 0);
}

static status
too_large(const package *p, const char *part)
{
	return context_fail(p->context, STATUS_LIMIT, "%s: %s is too large",
		"%s\u00A0: %s est trop grand", p->name, part);
}

typedef struct inflation { /* of one part */
	const char *part;
	uint64_t packed;
	size_t unpacked;
} inflation;

static status
count(package *p, inflation *f, size_t n)
{
	const limits *most = &p->context->limits;

	f->unpacked += n;
	p->unpacked += n;
	if (f->unpacked > most->entry || p->unpacked > most->archive)
		return too_large(p, f->part);
	if (f->unpacked > SMALL && f->unpacked / most->ratio > f->packed)
		return context_fail(p->context, STATUS_LIMIT,
			"%s: %s is packed tighter than a document is",
			"%s\u00A0: %s est comprimé plus qu’un document ne peut l’être", p->name,
			f->part);
	return STATUS_OK;
}

status
package_file_open(package *p, const char *part, zip_file_t **out)
{
	zip_int64_t at = libzip.name_locate(p->zip, part, ZIP_FL_NOCASE);

	*out = at < 0 ? NULL : libzip.fopen_index(p->zip, (zip_uint64_t)at, 0);
	if (at < 0)
		return STATUS_NOT_FOUND;
	if (*out != NULL)
		return STATUS_OK;
	if (libzip.error_code_zip(libzip.get_error(p->zip)) == ZIP_ER_MEMORY)
		return STATUS_MEMORY;
	return damaged(p, part);
}

status
package_file_read(package *p, const char *part, zip_file_t *f, char *out, size_t n, size_t *got)
{
	zip_int64_t read = libzip.fread(f, out, n);

	*got = read < 0 ? 0 : (size_t)read;
	return read < 0 ? damaged(p, part) : STATUS_OK;
}

void
package_file_close(zip_file_t *f)
{
	if (f != NULL)
		libzip.fclose(f);
}

static status
inflate(package *p, inflation *f, zip_file_t *in, status (*take)(void *, slice), void *user)
{
	char piece[PIECE];

	for (;;) {
		size_t n;
		TRY(package_file_read(p, f->part, in, piece, PIECE, &n));
		if (n == 0)
			return STATUS_OK;
		TRY(count(p, f, n));
		TRY(take(user, (slice){ piece, n }));
	}
}

status
package_each(package *p, const char *part, status (*take)(void *, slice), void *user)
{
	zip_int64_t at = libzip.name_locate(p->zip, part, ZIP_FL_NOCASE);
	zip_file_t *in;
	zip_stat_t about;

	TRY(package_file_open(p, part, &in));
	if (libzip.stat_index(p->zip, (zip_uint64_t)at, 0, &about) != 0) {
		package_file_close(in);
		return damaged(p, part);
	}
	bool sized = (about.valid & ZIP_STAT_COMP_SIZE) != 0;
	inflation f = { .part = part, .packed = sized ? about.comp_size : 0 };
	status done = inflate(p, &f, in, take, user);
	package_file_close(in);
	return done;
}

static status
append(void *user, slice piece)
{
	buffer *out = user;

	buffer_put(out, piece);
	return out->status;
}

status
package_read(package *p, const char *part, buffer *out)
{
	zip_int64_t at = libzip.name_locate(p->zip, part, ZIP_FL_NOCASE);
	zip_stat_t about;

	/* What the file claims is believed within limits. */
	if (at >= 0 && libzip.stat_index(p->zip, (zip_uint64_t)at, 0, &about) == 0 &&
		(about.valid & ZIP_STAT_SIZE) != 0 && about.size > SMALL &&
		about.size <= p->context->limits.entry &&
		about.size / p->context->limits.ratio <= about.comp_size)
		buffer_reserve(out, about.size);
	return package_each(p, part, append, out);
}
