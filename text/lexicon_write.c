#include "text/lexicon_write.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_ROOM 4096

static void
place_sections(struct lexicon_header *h, const lexicon_part parts[SECTION_COUNT])
{
	uint64_t offset = sizeof(*h);

	for (size_t i = 0; i < SECTION_COUNT; i++) {
		offset = (offset + 7) & ~(uint64_t)7;
		h->sections[i].offset = offset;
		h->sections[i].count = parts[i].count;
		uint64_t bytes = parts[i].count * parts[i].bytes;
		h->sections[i].hash =
			slice_hash(bytes == 0 ? SLICE("") : (slice){ parts[i].at, bytes });
		offset += bytes;
	}
	h->file_bytes = offset;
	h->hash = slice_hash((slice){ (const char *)h, offsetof(struct lexicon_header, hash) });
}

static bool
write_sections(FILE *f, const struct lexicon_header *h, const lexicon_part parts[SECTION_COUNT])
{
	static const char zeros[8];
	uint64_t at = sizeof(*h);

	if (fwrite(h, sizeof(*h), 1, f) != 1)
		return false;
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		size_t pad = (size_t)(h->sections[i].offset - at);
		size_t bytes = parts[i].count * parts[i].bytes;
		if (fwrite(zeros, 1, pad, f) != pad ||
			(bytes > 0 && fwrite(parts[i].at, 1, bytes, f) != bytes))
			return false;
		at += pad + bytes;
	}
	return fflush(f) == 0 && fsync(fileno(f)) == 0;
}

static status
write_error(context *c, const char *path)
{
	return context_fail(c, STATUS_IO, "%s: %s", "%s\u00A0: %s", path, strerror(errno));
}

status
lexicon_write(context *c, struct lexicon_header *h, const lexicon_part parts[SECTION_COUNT],
	const char *path)
{
	char temporary[PATH_ROOM];
	int n = snprintf(temporary, sizeof(temporary), "%s.%ld", path, (long)getpid());

	if (n < 0 || (size_t)n >= sizeof(temporary))
		return STATUS_LIMIT;
	place_sections(h, parts);
	FILE *f = fopen(temporary, "wb");
	if (f == NULL)
		return write_error(c, temporary);
	bool written = write_sections(f, h, parts);
	if (fclose(f) == 0 && written && rename(temporary, path) == 0)
		return STATUS_OK;
	status s = write_error(c, path);
	unlink(temporary);
	return s;
}
