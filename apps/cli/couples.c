#include "apps/cli/couples.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct {
	const char *en, *fr;
	bool folder; /* a whole part of the path */
} marks[] = {
	{ "_E", "_F", false },
	{ "-E", "-F", false },
	{ "_EN", "_FR", false },
	{ "-EN", "-FR", false },
	{ ".EN", ".FR", false },
	{ "_en", "_fr", false },
	{ "-en", "-fr", false },
	{ ".en", ".fr", false },
	{ "_ENG", "_FRE", false },
	{ "_ENG", "_FRA", false },
	{ "_eng", "_fre", false },
	{ "_eng", "_fra", false },
	{ ".eng", ".fra", false },
	{ "_English", "_French", false },
	{ "_english", "_french", false },
	{ "-english", "-french", false },
	{ "_e", "_f", false },
	{ "/en/", "/fr/", true },
	{ "/EN/", "/FR/", true },
	{ "/english/", "/french/", true },
	{ "/English/", "/French/", true },
};

#define MARKS (sizeof(marks) / sizeof(*marks))

/* Does a mark end there: at the end of the name, or before another part of it? */
static bool
ends_part(const char *p)
{
	return *p == '\0' || strchr("._- ", *p) != NULL;
}

static char *
replaced(const char *path, size_t at, size_t n, const char *with)
{
	size_t size = strlen(path) - n + strlen(with) + 1;
	char *out = allocate(NULL, size, 1);

	snprintf(out, size, "%.*s%s%s", (int)at, path, with, path + at + n);
	return out;
}

/* The path with one place of the mark replaced by the other, when that file is there. The last
 * place is tried first. */
static char *
with_mark(const char *path, const char *mark, const char *other, bool folder)
{
	const char *slash = strrchr(path, '/');
	size_t n = strlen(mark), length = strlen(path);
	size_t first = folder || slash == NULL ? 0 : (size_t)(slash - path) + 1;

	for (size_t at = length < n ? 0 : length - n + 1; at-- > first;) {
		if (strncmp(path + at, mark, n) != 0 || (!folder && !ends_part(path + at + n)))
			continue;
		char *candidate = replaced(path, at, n, other);
		if (access(candidate, R_OK) == 0)
			return candidate;
		free(candidate);
	}
	if (!folder || strncmp(path, mark + 1, n - 1) != 0)
		return NULL;
	char *candidate = replaced(path, 0, n - 1, other + 1); /* en/a.txt */
	if (access(candidate, R_OK) == 0)
		return candidate;
	free(candidate);
	return NULL;
}

/* N1800123E.docx and N1800123F.docx */
static char *
with_letter(const char *path, char letter, const char *other)
{
	const char *dot = strrchr(path, '.');
	size_t at = dot == NULL ? strlen(path) : (size_t)(dot - path);

	if (at < 2 || path[at - 1] != letter || !isdigit((unsigned char)path[at - 2]))
		return NULL;
	char *candidate = replaced(path, at - 1, 1, other);
	if (access(candidate, R_OK) == 0)
		return candidate;
	free(candidate);
	return NULL;
}

char *
couple_of(const char *path, paraph_language *is)
{
	char *found = NULL;

	*is = PARAPH_LANGUAGE_FR;
	for (size_t i = 0; i < MARKS && found == NULL; i++)
		found = with_mark(path, marks[i].fr, marks[i].en, marks[i].folder);
	if (found == NULL)
		found = with_letter(path, 'F', "E");
	if (found != NULL)
		return found;
	*is = PARAPH_LANGUAGE_EN;
	for (size_t i = 0; i < MARKS && found == NULL; i++)
		found = with_mark(path, marks[i].en, marks[i].fr, marks[i].folder);
	return found == NULL ? with_letter(path, 'E', "F") : found;
}

char *
couple_in(const char *folder, const char *under, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t n = strlen(under), size = strlen(folder) + strlen(path) + 2;
	char *there = allocate(NULL, size, 1);
	paraph_language is;

	if (strncmp(path, under, n) == 0 && path[n] != '\0')
		for (name = path + n; *name == '/';)
			name++;
	snprintf(there, size, "%s/%s", folder, name);
	if (access(there, R_OK) == 0 && strcmp(there, path) != 0)
		return there;
	char *other = couple_of(there, &is);
	free(there);
	if (other != NULL && strncmp(other, folder, strlen(folder)) != 0) {
		free(other); /* the document itself: en/a.txt is not there, fr/a.txt is */
		return NULL;
	}
	return other;
}
