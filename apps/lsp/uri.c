#include "apps/lsp/uri.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "apps/cli/settings.h"

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What %XX means; no path has a NUL. */
static bool
decode(const char *from, char *to)
{
	while (*from != '\0') {
		if (*from != '%') {
			*to++ = *from++;
			continue;
		}
		int high = digit(from[1]), low = high < 0 ? -1 : digit(from[2]);
		if (low < 0 || (high == 0 && low == 0))
			return false;
		*to++ = (char)(high << 4 | low);
		from += 3;
	}
	*to = '\0';
	return true;
}

char *
uri_path(const char *uri)
{
	if (strncasecmp(uri, "file://", 7) != 0)
		return NULL;
	uri += 7;
	if (strncasecmp(uri, "localhost/", 10) == 0)
		uri += 9;
	if (*uri != '/')
		return NULL;
	char *path = copy_text(uri);
	if (decode(uri, path))
		return path;
	free(path);
	return NULL;
}

char *
uri_name(const char *uri, const char *language_id)
{
	static const char *const known[][2] = { { "markdown", "md" }, { "html", "html" },
		{ "xliff", "xlf" }, { "po", "po" }, { "gettext", "po" }, { "tmx", "tmx" } };
	char *path = uri_path(uri), name[64];
	const char *extension = "txt";

	if (path != NULL)
		return path;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(language_id, known[i][0]) == 0)
			extension = known[i][1];
	snprintf(name, sizeof(name), "untitled.%s", extension);
	return copy_text(name);
}
