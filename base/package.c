#include "base/package.h"

#include <zip.h>

#define PIECE 65536

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

status
package_open(package *p, context *c, const char *name, slice bytes)
{
	zip_error_t error;

	*p = (package){ .context = c, .name = name };
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	p->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
	if (p->zip == NULL && source != NULL)
		zip_source_free(source);
	int code = zip_error_code_zip(&error);
	zip_error_fini(&error);
	if (p->zip != NULL)
		return STATUS_OK;
	return code == ZIP_ER_MEMORY ? STATUS_MEMORY : damaged(p, "zip");
}

void
package_close(package *p)
{
	if (p->zip != NULL)
		zip_discard(p->zip);
	p->zip = NULL;
}

bool
package_has(const package *p, const char *part)
{
	return zip_name_locate(p->zip, part, ZIP_FL_NOCASE) >= 0;
}

static status
inflate(const package *p, const char *part, zip_file_t *f, buffer *out)
{
	char piece[PIECE];
	size_t before = out->n;

	for (;;) {
		zip_int64_t n = zip_fread(f, piece, PIECE);
		if (n < 0)
			return damaged(p, part);
		if (n == 0)
			return STATUS_OK;
		if (out->n - before + (size_t)n > p->context->limits.file)
			return context_fail(p->context, STATUS_LIMIT, "%s: %s is too large",
				"%s\u00A0: %s est trop grand", p->name, part);
		buffer_put(out, (slice){ piece, (size_t)n });
		TRY(out->status);
	}
}

status
package_read(const package *p, const char *part, buffer *out)
{
	zip_int64_t at = zip_name_locate(p->zip, part, ZIP_FL_NOCASE);

	if (at < 0)
		return STATUS_NOT_FOUND;
	zip_file_t *f = zip_fopen_index(p->zip, (zip_uint64_t)at, 0);
	if (f == NULL) {
		if (zip_error_code_zip(zip_get_error(p->zip)) == ZIP_ER_MEMORY)
			return STATUS_MEMORY;
		return damaged(p, part);
	}
	status done = inflate(p, part, f, out);
	zip_fclose(f);
	return done;
}
