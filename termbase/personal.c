#include "termbase/personal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

bool
personal_path(char out[PERSONAL_PATH_BYTES])
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	int n;

	if (data != NULL && data[0] == '/')
		n = snprintf(out, PERSONAL_PATH_BYTES, "%s/paraph/termbase.db", data);
	else if (home != NULL && home[0] == '/')
		n = snprintf(
			out, PERSONAL_PATH_BYTES, "%s/.local/share/paraph/termbase.db", home);
	else
		return false;
	return n > 0 && n < PERSONAL_PATH_BYTES;
}

status
personal_make_folders(context *c, const char *path)
{
	char folder[PERSONAL_PATH_BYTES];

	for (const char *slash = strchr(path + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return file_failed(c, folder);
	}
	return STATUS_OK;
}
