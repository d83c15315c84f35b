#include "apps/cli/inputs.h"

#include "apps/cli/baseline.h"
#include "apps/cli/beginning.h"
#include "apps/cli/command.h"
#include "apps/cli/ignore.h"
#include "apps/cli/overwrite.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

typedef struct folder_id {
	dev_t device;
	ino_t inode;
} folder_id;

typedef struct walk {
	const settings *s;
	list waiting;      /* folders to read */
	ignore **excluded; /* what holds in the folder around each of them */
	ignore *here;      /* in the folder that is read */
	list *found;
	paraph_selection *selection; /* NULL: what the settings say does not matter */
	folder_id *met;
	size_t met_count;
	int status;
} walk;

static void
trouble(walk *w, const char *path)
{
	w->status = complain(
		w->s, "%s: %s", "%s\u00A0: %s", path, paraph_system_message(errno, w->s->ui));
}

static void
skipped(const walk *w, const char *path, const char *en, const char *fr)
{
	if (w->s->verbose)
		complain(w->s, "%s: skipped, %s", "%s\u00A0: laissé de côté, %s", path,
			say(w->s, en, fr));
}

/* UTF-16 has zero bytes too, but says what it is. */
static bool
looks_binary(const char *bytes, size_t n)
{
	if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
		return false;
	return memchr(bytes, '\0', n) != NULL;
}

/* Files that are no text and that paraph reads. */
static bool
is_packed(const char *path)
{
	static const char *const ends[] = { ".docx", ".odt", ".ott", ".pdf" };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(ends) / sizeof(*ends); i++)
		if (strcasecmp(dot, ends[i]) == 0)
			return true;
	return false;
}

static bool
met_before(walk *w, const struct stat *st)
{
	for (size_t i = 0; i < w->met_count; i++)
		if (w->met[i].device == st->st_dev && w->met[i].inode == st->st_ino)
			return true;
	w->met = allocate(w->met, w->met_count + 1, sizeof(*w->met));
	w->met[w->met_count++] = (folder_id){ st->st_dev, st->st_ino };
	return false;
}

static void
add_folder(walk *w, const char *path)
{
	list_add(&w->waiting, path, strlen(path));
	w->excluded = allocate(w->excluded, w->waiting.n, sizeof(*w->excluded));
	w->excluded[w->waiting.n - 1] = w->here;
}

/* By include and exclude of paraph.yaml. Settings that cannot be read are told once. */
static bool
is_selected(walk *w, const char *path, bool folder)
{
	bool has = true;

	if (w->selection == NULL ||
		paraph_selection_has(w->selection, path, folder, &has) == PARAPH_OK)
		return has;
	w->status = complain(w->s, "%s", "%s", paraph_selection_message(w->selection));
	paraph_selection_close(w->selection);
	w->selection = NULL;
	return false;
}

/* A file that may be a document, unless its first bytes say that it is none. One that cannot be
 * read is taken, since reading it later says why. */
static void
take_file(walk *w, const char *path)
{
	beginning b = { .n = 0 };

	if (!is_packed(path))
		beginning_read(&b, path);
	if (looks_binary(b.bytes, b.n))
		skipped(w, path, "binary", "fichier binaire");
	else if (baseline_begins(b.bytes, b.n))
		skipped(w, path, "a baseline of paraph", "état de référence de paraph");
	else if (beginning_is_report(&b))
		skipped(w, path, "a report of paraph", "rapport de paraph");
	else
		list_add(w->found, path, strlen(path));
}

static void
look_at_entry(walk *w, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		trouble(w, path);
	else if (!is_selected(w, path, S_ISDIR(st.st_mode)))
		skipped(w, path, "the settings leave it out",
			"les réglages le laissent de côté");
	else if (ignore_excludes(w->here, path, S_ISDIR(st.st_mode)))
		skipped(w, path, "excluded by .gitignore", "exclu par .gitignore");
	else if (S_ISDIR(st.st_mode))
		add_folder(w, path);
	else if (!S_ISREG(st.st_mode))
		skipped(w, path, "not a regular file", "ce n’est pas un fichier ordinaire");
	else
		take_file(w, path);
}

static void
read_entry(walk *w, const char *folder, const char *name)
{
	size_t n = strlen(folder), size = n + strlen(name) + 2;
	char *path = allocate(NULL, size, 1);

	snprintf(path, size, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", name);
	if (strncmp(name, "~$", 2) == 0)
		skipped(w, path, "a note of Word that somebody has the document open",
			"note de Word\u00A0: quelqu’un a ouvert le document");
	else if (strcmp(name, "paraph.yaml") == 0)
		skipped(w, path, "settings of paraph", "réglages de paraph");
	else if (name[0] == '.') {
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			skipped(w, path, "hidden", "fichier caché");
	} else
		look_at_entry(w, path);
	free(path);
}

static void
read_folder(walk *w, const char *path)
{
	struct stat st;
	struct dirent *entry;
	DIR *folder = opendir(path);

	if (folder == NULL || stat(path, &st) != 0) {
		trouble(w, path);
		if (folder != NULL)
			closedir(folder);
		return;
	}
	if (met_before(w, &st))
		skipped(w, path, "read already", "déjà lu");
	else
		while ((entry = readdir(folder)) != NULL)
			read_entry(w, path, entry->d_name);
	closedir(folder);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
walk_folder(walk *w, const char *path)
{
	size_t first = w->found->n;

	w->here = NULL;
	add_folder(w, path);
	bool first_folder = true;
	while (w->waiting.n > 0) {
		char *next = w->waiting.at[--w->waiting.n];
		w->here = first_folder ? ignore_begin(next)
				       : ignore_enter(w->excluded[w->waiting.n], next);
		first_folder = false;
		read_folder(w, next);
		free(next);
	}
	ignore_end();
	if (w->found->n > first)
		qsort(w->found->at + first, w->found->n - first, sizeof(*w->found->at),
			by_path);
}

static void
take_path(walk *w, const char *path)
{
	struct stat st;

	if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		walk_folder(w, path);
	else
		list_add(w->found, path, strlen(path));
}

static char *
read_whole(FILE *f, size_t *n)
{
	size_t capacity = 65536;
	char *bytes = allocate(NULL, capacity, 1);

	*n = 0;
	for (size_t got; (got = fread(bytes + *n, 1, capacity - *n, f)) != 0;) {
		*n += got;
		if (*n == capacity) {
			capacity *= 2;
			bytes = allocate(bytes, capacity, 1);
		}
	}
	return bytes;
}

/* NUL-separated when there is a NUL anywhere (find -print0, git ls-files -z). */
static void
take_listed(walk *w, char *bytes, size_t n)
{
	char separator = memchr(bytes, '\0', n) != NULL ? '\0' : '\n';

	for (size_t start = 0, i = 0; i <= n; i++) {
		if (i < n && bytes[i] != separator)
			continue;
		size_t end = i;
		if (separator == '\n' && end > start && bytes[end - 1] == '\r')
			end--;
		if (end > start) {
			list one = { 0 };
			list_add(&one, bytes + start, end - start);
			take_path(w, one.at[0]);
			list_free(&one);
		}
		start = i + 1;
	}
}

static void
take_list(walk *w, const char *path)
{
	bool input = strcmp(path, "-") == 0;
	FILE *f = input ? stdin : fopen(path, "rb");
	size_t n;

	if (f == NULL) {
		trouble(w, path);
		return;
	}
	char *bytes = read_whole(f, &n);
	if (ferror(f))
		trouble(w, path);
	else
		take_listed(w, bytes, n);
	free(bytes);
	if (!input)
		fclose(f);
}

int
inputs_collect(const settings *s, list *out)
{
	walk w = { .s = s, .found = out, .status = EXIT_CLEAN };

	if (!s->no_config)
		w.selection = paraph_selection_open(s->config, s->ui);
	for (size_t i = 0; i < s->paths.n; i++)
		take_path(&w, s->paths.at[i]);
	if (s->files_from != NULL)
		take_list(&w, s->files_from);
	paraph_selection_close(w.selection);
	list_free(&w.waiting);
	free(w.met);
	free(w.excluded);
	overwrite_protect(out);
	if (s->paths.n == 0 && s->files_from == NULL)
		return complain(s, "no files given; see paraph %s --help",
			"aucun fichier indiqué\u00A0; voir paraph %s --help", s->command->name);
	return w.status;
}
