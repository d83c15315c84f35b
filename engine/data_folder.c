/* Where the compiled dictionaries and glossaries lie, and the reader of PDF. A build runs in
 * place and an installation can be moved, so the folders beside the program come before the one
 * known at build time. */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PARAPH_DATA_FOLDER /* the Makefile says $(PREFIX)/share/paraph */
#define PARAPH_DATA_FOLDER "/usr/local/share/paraph"
#endif

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder of the running program, empty when the system does not tell. */
static void
program_folder(char *path, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", path, size - 1);

	path[n < 0 ? 0 : n] = '\0';
	char *slash = strrchr(path, '/');
	if (slash != NULL)
		*slash = '\0';
}

static bool
beside_program(char *path, size_t size)
{
	static const char *const places[] = { "data", "../data", "../share/paraph" };
	char folder[3072];

	program_folder(folder, sizeof(folder));
	if (folder[0] == '\0')
		return false;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, size, "%s/%s", folder, places[i]);
		if (is_folder(path))
			return true;
	}
	return false;
}

bool
engine_find_pdf_helper(char *path, size_t size)
{
	static const char *const places[] = { "%s/paraph-pdf", "%s/../paraph-pdf" };
	const char *named = getenv("PARAPH_PDF");
	char folder[3072];

	if (named != NULL)
		return snprintf(path, size, "%s", named) < (int)size;
	program_folder(folder, sizeof(folder));
	for (size_t i = 0; folder[0] != '\0' && i < 2; i++) {
		snprintf(path, size, places[i], folder);
		if (access(path, X_OK) == 0)
			return true;
	}
	snprintf(path, size, "%s", PARAPH_DATA_FOLDER "/../../bin/paraph-pdf");
	return access(path, X_OK) == 0;
}

status
engine_data_folder(context *c, const char *asked, char *path, size_t size)
{
	const char *named = asked != NULL ? asked : getenv("PARAPH_DATA");

	if (named == NULL && beside_program(path, size))
		return STATUS_OK;
	if (named == NULL)
		named = PARAPH_DATA_FOLDER;
	int n = snprintf(path, size, "%s", named);
	if (n >= 0 && (size_t)n < size && is_folder(path))
		return STATUS_OK;
	return context_fail(c, STATUS_NOT_FOUND,
		"%s: there is no such folder of compiled data; set PARAPH_DATA",
		"%s\u00A0: ce dossier de données compilées n’existe pas\u00A0; indiquez "
		"PARAPH_DATA",
		named);
}
