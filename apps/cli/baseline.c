#define _POSIX_C_SOURCE 200809L /* getline */
#include "apps/cli/baseline.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST_LINE "# paraph baseline 1"
#define EXCERPT_MOST 40 /* bytes, about */

static void
add(baseline *b, uint64_t fingerprint, char *line)
{
	if (b->count == b->capacity) {
		b->capacity = b->capacity == 0 ? 256 : 2 * b->capacity;
		b->at = allocate(b->at, b->capacity, sizeof(*b->at));
	}
	b->at[b->count++] = (known){ fingerprint, line, false };
}

static int
by_fingerprint(const void *left, const void *right)
{
	const known *a = left, *b = right;

	return a->fingerprint < b->fingerprint ? -1 : a->fingerprint > b->fingerprint;
}

static int
by_text(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

static int
by_line(const void *left, const void *right)
{
	const known *const *a = left, *const *b = right;

	return strcmp((*a)->line, (*b)->line);
}

/* The third column, sixteen digits; false when there is none. */
static bool
read_fingerprint(const char *line, uint64_t *out)
{
	const char *p = line;
	char *end;

	for (int column = 0; column < 2; column++) {
		p = strchr(p, '\t');
		if (p == NULL)
			return false;
		p++;
	}
	if (strspn(p, "0123456789abcdef") != 16)
		return false;
	*out = strtoull(p, &end, 16);
	return *end == '\t' || *end == '\0';
}

/* Of a file that is none, which may be any and as long, no more is read. */
static bool
read_first_line(FILE *f)
{
	char head[sizeof(FIRST_LINE)];
	size_t n = fread(head, 1, sizeof(head), f);

	if (n == sizeof(head) && head[n - 1] == '\r')
		head[n - 1] = (char)getc(f);
	return n >= sizeof(head) - 1 && memcmp(head, FIRST_LINE, sizeof(head) - 1) == 0 &&
	       (n < sizeof(head) || head[n - 1] == '\n');
}

/* Reads the entries; the answer is the number of the line that is none, 0 when all are. */
static size_t
read_lines(baseline *b, FILE *f)
{
	char *line = NULL;
	size_t capacity = 0, number = 1;
	bool sound = read_first_line(f);
	ssize_t n;

	while (sound && (n = getline(&line, &capacity, f)) >= 0) {
		uint64_t fingerprint;
		number++;
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			line[--n] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		else if (!read_fingerprint(line, &fingerprint))
			sound = false;
		else
			add(b, fingerprint, copy_bytes(line, (size_t)n));
	}
	free(line);
	return sound ? 0 : number;
}

bool
baseline_begins(const char *bytes, size_t n)
{
	const size_t most = sizeof(FIRST_LINE) - 1;

	return n > most && memcmp(bytes, FIRST_LINE, most) == 0 &&
	       (bytes[most] == '\n' || bytes[most] == '\r');
}

static void
say_unreadable(char *message, size_t size, paraph_language ui, const char *path, int error)
{
	snprintf(message, size,
		ui == PARAPH_LANGUAGE_FR
			? "%s\u00A0: l’état de référence est illisible\u00A0: %s"
			: "%s: the baseline cannot be read: %s",
		path, paraph_system_message(error, ui));
}

bool
baseline_load(baseline *b, const char *path, paraph_language ui, char *message, size_t size)
{
	*b = (baseline){ 0 };
	message[0] = '\0';
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		say_unreadable(message, size, ui, path, errno);
		return false;
	}
	size_t line = read_lines(b, f);
	if (line == 0 && !feof(f))
		say_unreadable(message, size, ui, path, ferror(f) ? EIO : ENOMEM);
	else if (line != 0)
		snprintf(message, size,
			ui == PARAPH_LANGUAGE_FR
				? "%s:%zu\u00A0: ce n’est pas une ligne d’un état de "
				  "référence"
				: "%s:%zu: this is no line of a baseline",
			path, line);
	fclose(f);
	if (b->count > 1)
		qsort(b->at, b->count, sizeof(*b->at), by_fingerprint);
	return message[0] == '\0';
}

int
baseline_read(baseline *b, const settings *s, const char *path)
{
	char message[8192];

	if (baseline_load(b, path, s->ui, message, sizeof(message)))
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

void
baseline_free(baseline *b)
{
	for (size_t i = 0; i < b->count; i++)
		free(b->at[i].line);
	free(b->at);
	*b = (baseline){ 0 };
}

known *
baseline_find(const baseline *b, uint64_t fingerprint)
{
	known wanted = { .fingerprint = fingerprint };

	return b->count == 0
		       ? NULL
		       : bsearch(&wanted, b->at, b->count, sizeof(*b->at), by_fingerprint);
}

bool
baseline_knows(void *b, const paraph_finding *f)
{
	known *k = baseline_find(b, f->fingerprint);

	if (k != NULL)
		k->met = true;
	return k != NULL;
}

static paraph_text
plain(const char *path)
{
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	return (paraph_text){ path, strlen(path) };
}

/* Tabs and line ends would be columns and entries. */
static size_t
put_column(char *out, paraph_text text, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (n >= most && (c & 0xC0) != 0x80)
			break;
		out[n++] = c < 0x20 ? ' ' : text.p[i];
	}
	return n;
}

/* The paths as columns, sorted. */
static char **
columns_of(const list *paths)
{
	char **columns = allocate(NULL, paths->n + 1, sizeof(*columns));

	for (size_t i = 0; i < paths->n; i++) {
		paraph_text path = plain(paths->at[i]);
		columns[i] = allocate(NULL, path.n + 1, 1);
		columns[i][put_column(columns[i], path, path.n)] = '\0';
	}
	if (paths->n > 1)
		qsort(columns, paths->n, sizeof(*columns), by_text);
	return columns;
}

static void
free_columns(char **columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(columns[i]);
	free(columns);
}

static bool
is_among(char **columns, size_t n, const known *k)
{
	char *path = copy_bytes(k->line, strcspn(k->line, "\t"));
	bool found = n != 0 && bsearch(&path, columns, n, sizeof(*columns), by_text) != NULL;

	free(path);
	return found;
}

static bool
is_missing(const char *folder, size_t n, const char *path)
{
	size_t size = n + strlen(path) + 2;
	char *whole = allocate(NULL, size, 1);
	struct stat st;

	snprintf(whole, size, "%.*s%s", (int)n, folder, path);
	bool missing = stat(whole, &st) != 0 && errno == ENOENT;
	free(whole);
	return missing;
}

/* Neither from here nor from the folder of the baseline, which lies beside the settings as a
 * rule: who calls from a folder below must not lose what stands elsewhere. */
static bool
is_gone(const char *file, const known *k)
{
	char *path = copy_bytes(k->line, strcspn(k->line, "\t"));
	const char *slash = strrchr(file, '/');
	size_t folder = slash == NULL ? 0 : (size_t)(slash - file) + 1;
	bool gone = is_missing("", 0, path) && is_missing(file, folder, path);

	free(path);
	return gone;
}

size_t
baseline_fixed(const baseline *b, const list *paths)
{
	char **columns = columns_of(paths);
	size_t fixed = 0;

	for (size_t i = 0; i < b->count; i++)
		fixed += !b->at[i].met && is_among(columns, paths->n, &b->at[i]);
	free_columns(columns, paths->n);
	return fixed;
}

size_t
baseline_prune(baseline *b, const char *file, const list *paths)
{
	char **columns = columns_of(paths);
	size_t kept = 0, before = b->count;

	for (size_t i = 0; i < before; i++) {
		known *k = &b->at[i];
		if (!k->met && (is_among(columns, paths->n, k) || is_gone(file, k)))
			free(k->line);
		else
			b->at[kept++] = *k;
	}
	b->count = kept;
	free_columns(columns, paths->n);
	return before - kept;
}

void
baseline_add(baseline *b, paraph_text path, const paraph_finding *f)
{
	size_t room = path.n + strlen(f->rule) + f->text.n + 32;
	char *line = allocate(NULL, room, 1);
	while (path.n > 1 && path.p[0] == '.' && path.p[1] == '/') {
		path.p += 2;
		path.n -= 2;
	}
	size_t n = put_column(line, path, path.n);
	n += (size_t)snprintf(
		line + n, room - n, "\t%s\t%016" PRIx64 "\t", f->rule, f->fingerprint);
	n += put_column(line + n, f->text, EXCERPT_MOST);
	line[n] = '\0';
	add(b, f->fingerprint, line);
	b->at[b->count - 1].met = true;
}

int
baseline_write(const baseline *b, const settings *s, const char *path)
{
	output out;
	size_t n = 0;
	int status = output_open(&out, s, path);

	if (status != EXIT_CLEAN)
		return status;
	const known **lines = allocate(NULL, b->count + 1, sizeof(*lines));
	for (size_t i = 0; i < b->count; i++)
		lines[n++] = &b->at[i];
	if (n > 1)
		qsort(lines, n, sizeof(*lines), by_line);
	output_write(&out, FIRST_LINE "\n", sizeof(FIRST_LINE));
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && strcmp(lines[i]->line, lines[i - 1]->line) == 0)
			continue;
		output_write(&out, lines[i]->line, strlen(lines[i]->line));
		output_write(&out, "\n", 1);
	}
	free(lines);
	return output_close(&out, s);
}

named_baseline *
baselines_get(baselines *all, const settings *s, const char *path)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->at[i].path, path) == 0)
			return &all->at[i];
	named_baseline made = { 0 };
	if (baseline_read(&made.known, s, path) != EXIT_CLEAN) {
		baseline_free(&made.known);
		return NULL;
	}
	made.path = copy_text(path);
	all->at = allocate(all->at, all->count + 1, sizeof(*all->at));
	all->at[all->count] = made;
	return &all->at[all->count++];
}

void
baselines_free(baselines *all)
{
	for (size_t i = 0; i < all->count; i++) {
		free(all->at[i].path);
		baseline_free(&all->at[i].known);
		list_free(&all->at[i].met);
	}
	free(all->at);
	*all = (baselines){ 0 };
}
