#include "tm/spool.h"

#include <errno.h>

#include "base/system.h"

void
tm_spool_init(tm_spool *s, context *c)
{
	*s = (tm_spool){ .context = c };
}

void
tm_spool_clear(tm_spool *s)
{
	if (s->file != NULL)
		fclose(s->file);
	s->file = NULL;
	s->units = s->left = 0;
}

void
tm_spool_free(tm_spool *s)
{
	if (s->context == NULL)
		return;
	tm_spool_clear(s);
	ARRAY_FREE(s->context->memory, &s->keys);
}

static status
file_failure(tm_spool *s)
{
	return context_fail(s->context, STATUS_IO, "temporary file: %s",
		"fichier temporaire\u00A0: %s",
		system_message(s->context->ui, errno == 0 ? EIO : errno));
}

status
tm_spool_put(tm_spool *s, const spooled_unit *u, const uint64_t *keys)
{
	errno = 0;
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		return file_failure(s);
	if (fwrite(u, sizeof(*u), 1, s->file) != 1 ||
		fwrite(keys, sizeof(*keys), u->pieces, s->file) != u->pieces)
		return file_failure(s);
	s->units++;
	return STATUS_OK;
}

status
tm_spool_rewind(tm_spool *s)
{
	errno = 0;
	s->left = s->units;
	if (s->units == 0)
		return STATUS_OK;
	return fflush(s->file) == 0 && fseek(s->file, 0, SEEK_SET) == 0 ? STATUS_OK
									: file_failure(s);
}

status
tm_spool_next(tm_spool *s, spooled_unit *out, bool *more)
{
	*more = s->left > 0;
	if (!*more)
		return STATUS_OK;
	errno = 0;
	s->left--;
	if (fread(out, sizeof(*out), 1, s->file) != 1)
		return file_failure(s);
	s->keys.n = 0;
	TRY(ARRAY_RESERVE(s->context->memory, &s->keys, (size_t)out->pieces + 1));
	s->keys.n = fread(s->keys.at, sizeof(uint64_t), out->pieces, s->file);
	return s->keys.n == out->pieces ? STATUS_OK : file_failure(s);
}
