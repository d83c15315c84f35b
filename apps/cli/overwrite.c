#include "apps/cli/overwrite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/cli/beginning.h"
#include "apps/cli/command.h"

/* Where a file is, or where it will be. */
typedef struct place {
	dev_t device;
	ino_t inode;
	const char *name; /* in the folder of that inode; NULL: the file itself */
} place;

static bool
find_folder(const char *path, size_t n, struct stat *st)
{
	char *folder = copy_bytes(path, n);
	bool there = stat(n == 0 ? "." : folder, st) == 0;

	free(folder);
	return there;
}

static bool
find_place(const char *path, place *p)
{
	const char *slash = strrchr(path, '/');
	struct stat st;
	bool there =
		strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) == 0 : stat(path, &st) == 0;

	if (!there && !find_folder(path, slash == NULL ? 0 : (size_t)(slash - path) + 1, &st))
		return false;
	*p = (place){ st.st_dev, st.st_ino, there ? NULL : slash == NULL ? path : slash + 1 };
	return true;
}

static bool
is_there(const place *p, const char *path)
{
	place other;

	if (path == NULL || !find_place(path, &other) || p->device != other.device ||
		p->inode != other.inode || (p->name == NULL) != (other.name == NULL))
		return false;
	return p->name == NULL || strcmp(p->name, other.name) == 0;
}

static bool
is_among(const place *p, const list *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		if (is_there(p, paths->at[i]))
			return true;
	return false;
}

/* fix gives back what it was given, corrected; as a comparison it does not. */
static bool
gives_nothing_back(const settings *s)
{
	return (s->command->bit & IN_FIX) == 0 || s->diff;
}

/* Are the arguments files that must stay? Of some commands they are words. */
static bool
keeps_arguments(const settings *s)
{
	return (s->command->bit & (IN_TM_MATCH | IN_TM_CONCORDANCE)) == 0 &&
	       gives_nothing_back(s);
}

static bool
is_used(const settings *s, const place *p)
{
	const list *const lists[] = { &s->termbases, &s->words, &s->rules, &s->targets,
		&s->tms };
	const char *profile =
		s->profile != NULL && strpbrk(s->profile, "/.") != NULL ? s->profile : NULL;
	const char *const files[] = { s->source, s->files_from, s->into, profile,
		s->command->bit == IN_BASELINE ? NULL : s->baseline,
		s->command->bit == IN_CONFIG_SHOW ? NULL : s->config };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (is_among(p, lists[i]))
			return true;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (is_there(p, files[i]))
			return true;
	return keeps_arguments(s) && is_among(p, &s->paths);
}

static list protected; /* for the rest of the run */

void
overwrite_protect(const list *documents)
{
	for (size_t i = 0; i < documents->n; i++)
		list_add(&protected, documents->at[i], strlen(documents->at[i]));
}

/* Has it anything to lose? */
static bool
is_document(const settings *s, const place *p, const beginning *b)
{
	return gives_nothing_back(s) && b->n != 0 && !beginning_is_report(b) &&
	       is_among(p, &protected);
}

int
overwrite_check(const settings *s, const char *output)
{
	place p;
	beginning b;

	beginning_read(&b, output);
	if (beginning_is_store(&b))
		return complain(s,
			"%s: not written: it is a memory or a termbase; name another file",
			"%s\u00A0: pas écrit\u00A0: c’est une mémoire ou une base "
			"terminologique\u00A0; nommez un autre fichier",
			output);
	if (s->in_place || !find_place(output, &p))
		return EXIT_CLEAN;
	if (is_used(s, &p))
		return complain(s,
			"%s: not written: the command uses this file itself; name another",
			"%s\u00A0: pas écrit\u00A0: la commande se sert de ce fichier "
			"même\u00A0; nommez-en un autre",
			output);
	if (is_document(s, &p, &b))
		return complain(s,
			"%s: not written: it is read as a document, and is no report of "
			"paraph; name another file",
			"%s\u00A0: pas écrit\u00A0: il est lu comme document et n’est pas un "
			"rapport de paraph\u00A0; nommez un autre fichier",
			output);
	return EXIT_CLEAN;
}
