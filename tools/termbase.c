/* termbase OUT-FOLDER FILE.tsv…: compiles glossaries into OUT-FOLDER/termbase.sqlite, the whole
 * termbase, and OUT-FOLDER/terms.index, what matching needs of it. Exit status 2 and one line
 * on standard error when a row is malformed; both files then stay as they were. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "termbase/index.h"
#include "termbase/store.h"

#define INDEX_CEILING ((size_t)1 << 30)

static status
write_failed(context *c, const char *path)
{
	return context_fail(c, STATUS_IO, "%s: %s", "%s : %s", path, strerror(errno));
}

static status
write_file(context *c, const char *path, slice bytes)
{
	char beside[4096];

	if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
		return context_fail(
			c, STATUS_USAGE, "%s: name too long", "%s : nom trop long", path);
	FILE *out = fopen(beside, "wb");
	if (out == NULL)
		return write_failed(c, beside);
	bool written = fwrite(bytes.p, 1, bytes.n, out) == bytes.n;
	written = fclose(out) == 0 && written;
	if (written && rename(beside, path) == 0)
		return STATUS_OK;
	status s = write_failed(c, path);
	unlink(beside);
	return s;
}

static status
compile(context *c, glossary *g, buffer *bytes, int count, char **arguments)
{
	char path[4000];

	for (int i = 1; i < count; i++)
		TRY(glossary_read_file(g, c, arguments[i]));
	TRY(glossary_check(g, c));
	TRY(index_build(bytes, c, g));
	snprintf(path, sizeof(path), "%s/termbase.sqlite", arguments[0]);
	TRY(store_write(c, path, g));
	snprintf(path, sizeof(path), "%s/terms.index", arguments[0]);
	return write_file(c, path, buffer_slice(bytes));
}

int
main(int count, char **arguments)
{
	context c;
	glossary g;
	buffer bytes;

	context_init(&c, &memory_libc);
	glossary_init(&g, c.memory);
	buffer_init(&bytes, c.memory, INDEX_CEILING);
	if (count < 3) {
		fprintf(stderr, "usage: termbase OUT-FOLDER FILE.tsv...\n");
		return 2;
	}
	status s = compile(&c, &g, &bytes, count - 1, arguments + 1);
	if (s != STATUS_OK)
		fprintf(stderr, "%s\n", c.message[0] == '\0' ? status_name(s) : c.message);
	buffer_free(&bytes);
	glossary_free(&g);
	return s == STATUS_OK ? 0 : 2;
}
