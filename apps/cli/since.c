#define _XOPEN_SOURCE 700 /* realpath */
#include "apps/cli/since.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- git ---- */

typedef struct bytes {
	char *at;
	size_t n;
} bytes;

static bytes
read_all(int fd)
{
	size_t capacity = 65536;
	bytes b = { allocate(NULL, capacity, 1), 0 };
	ssize_t n;

	while ((n = read(fd, b.at + b.n, capacity - b.n - 1)) > 0 ||
		(n < 0 && errno == EINTR)) {
		b.n += n < 0 ? 0 : (size_t)n;
		if (b.n + 1 == capacity) {
			capacity *= 2;
			b.at = allocate(b.at, capacity, 1);
		}
	}
	b.at[b.n] = '\0';
	return b;
}

/* Standard error stays the user's. False when git is not there or says no. */
static bool
run_git(const char *const *arguments, bytes *out)
{
	posix_spawn_file_actions_t actions;
	int ends[2], status = -1;
	pid_t child;

	*out = (bytes){ NULL, 0 };
	if (pipe(ends) != 0)
		return false;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	int failed = posix_spawnp(
		&child, "git", &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (failed == 0) {
		*out = read_all(ends[0]);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(ends[0]);
	if (failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	free(out->at);
	*out = (bytes){ NULL, 0 };
	return false;
}

static changed_file *
add_file(changes *c, const char *path, bool whole)
{
	c->files = allocate(c->files, c->count + 1, sizeof(*c->files));
	c->files[c->count] = (changed_file){ .path = copy_text(path), .whole = whole };
	return &c->files[c->count++];
}

static changed_file *
find_file(const changes *c, const char *path)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->files[i].path, path) == 0)
			return &c->files[i];
	return NULL;
}

/* NUL-separated: "added TAB deleted TAB path", or of what was renamed "added TAB deleted TAB",
 * "old", "new". Files without lines have "-". Until hunks are read a changed file is whole. */
static void
read_numbers(changes *c, const bytes *b)
{
	for (const char *p = b->at, *end = b->at + b->n; p < end; p += strlen(p) + 1) {
		const char *second = strchr(p, '\t');
		const char *path = second == NULL ? NULL : strchr(second + 1, '\t');
		if (path == NULL)
			continue;
		bool same = strncmp(p, "0\t0\t", 4) == 0;
		path++;
		if (*path == '\0') { /* renamed */
			p = path + 1;
			p += strlen(p) + 1;
			path = p;
		}
		if (!same)
			add_file(c, path, true);
	}
}

static void
read_untracked(changes *c, const bytes *b)
{
	for (const char *p = b->at, *end = b->at + b->n; p < end; p += strlen(p) + 1)
		add_file(c, p, true);
}

/* "@@ -10,2 +12,3 @@": lines 12 to 14. Where lines were only taken out, those around. */
static void
read_hunk(changed_file *f, const char *line)
{
	const char *plus = strchr(line, '+');
	size_t first, count = 1;
	char *rest;

	if (f == NULL || plus == NULL)
		return;
	first = strtoul(plus + 1, &rest, 10);
	if (*rest == ',')
		count = strtoul(rest + 1, NULL, 10);
	f->whole = false;
	f->lines = allocate(f->lines, f->count + 1, sizeof(*f->lines));
	f->lines[f->count++] = count == 0 ? (changed_lines){ first, first + 1 }
					  : (changed_lines){ first, first + count - 1 };
}

/* A path that git writes in quotation marks is found nowhere, and its file stays whole. */
static void
read_hunks(const changes *c, const bytes *b)
{
	changed_file *f = NULL;
	size_t left = 0; /* lines of the hunk in hand, which may look like anything */

	for (char *line = b->at, *end; line < b->at + b->n; line = end + 1) {
		end = memchr(line, '\n', b->n - (size_t)(line - b->at));
		if (end == NULL)
			break;
		*end = '\0';
		if (left > 0 && (line[0] == '+' || line[0] == '-')) {
			left--;
		} else if (strncmp(line, "+++ b/", 6) == 0) {
			line[strcspn(line, "\t")] = '\0';
			f = find_file(c, line + 6);
		} else if (strncmp(line, "+++ ", 4) == 0) {
			f = NULL;
		} else if (strncmp(line, "@@ -", 4) == 0) {
			size_t old = 1, new = 1;
			char *comma = strchr(line, ','), *plus = strchr(line, '+');
			if (comma != NULL && comma < plus)
				old = strtoul(comma + 1, NULL, 10);
			comma = plus == NULL ? NULL : strchr(plus, ',');
			if (comma != NULL && comma < strchr(plus, ' '))
				new = strtoul(comma + 1, NULL, 10);
			left = old + new;
			read_hunk(f, line);
		}
	}
}

static int
cannot_tell(const settings *s)
{
	return complain(s, "--since: git cannot tell what was changed since “%s”",
		"--since\u00A0: git ne peut pas dire ce qui a changé depuis «\u00A0%s\u00A0»",
		s->since);
}

static int
ask_git(changes *c, const settings *s)
{
	const char *root[] = { "git", "rev-parse", "--show-toplevel", NULL };
	bytes b;

	if (s->since[0] == '-' || !run_git(root, &b))
		return cannot_tell(s);
	c->root = copy_bytes(b.at, strcspn(b.at, "\n"));
	free(b.at);
	const char *numbers[] = { "git", "-C", c->root, "diff", "--numstat", "-z", "-M",
		"--no-ext-diff", "--diff-filter=d", s->since, "--", NULL };
	if (!run_git(numbers, &b))
		return cannot_tell(s);
	read_numbers(c, &b);
	free(b.at);
	const char *hunks[] = { "git", "-C", c->root, "-c", "core.quotePath=false", "-c",
		"diff.noprefix=false", "-c", "diff.mnemonicPrefix=false", "diff", "-U0", "-M",
		"--no-color", "--no-ext-diff", "--diff-filter=d", s->since, "--", NULL };
	if (!run_git(hunks, &b))
		return cannot_tell(s);
	read_hunks(c, &b);
	free(b.at);
	const char *untracked[] = { "git", "-C", c->root, "ls-files", "-z", "--others",
		"--exclude-standard", NULL };
	if (!run_git(untracked, &b))
		return cannot_tell(s);
	read_untracked(c, &b);
	free(b.at);
	return EXIT_CLEAN;
}

/* ---- documents ---- */

/* What does not lie in the repository was never the same before. */
static changed_file *
file_of(const changes *c, const char *path, bool *outside)
{
	char *real = realpath(path, NULL);
	size_t n = strlen(c->root);

	*outside = real == NULL || strncmp(real, c->root, n) != 0 || real[n] != '/';
	changed_file *f = *outside ? NULL : find_file(c, real + n + 1);
	free(real);
	return f;
}

int
since_choose(changes *c, const settings *s, list *paths)
{
	size_t kept = 0;
	bool outside;
	int status = ask_git(c, s);

	if (status != EXIT_CLEAN)
		return status;
	for (size_t i = 0; i < paths->n; i++)
		if (file_of(c, paths->at[i], &outside) != NULL || outside)
			paths->at[kept++] = paths->at[i];
		else
			free(paths->at[i]);
	paths->n = kept;
	if (paths->at != NULL)
		paths->at[kept] = NULL;
	return EXIT_CLEAN;
}

typedef struct wanted {
	const changed_file *file;
	const paraph_result *result;
	size_t *starts; /* of lines, in bytes; the end of the file last */
	size_t line_count;
} wanted;

static void
find_lines(wanted *w)
{
	paraph_text t = paraph_result_bytes(w->result);
	size_t n = 1;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == '\n';
	w->starts = allocate(NULL, n + 1, sizeof(*w->starts));
	w->starts[0] = 0;
	w->line_count = 1;
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] == '\n')
			w->starts[w->line_count++] = i + 1;
	w->starts[w->line_count] = t.n + 1;
}

static size_t
start_of(const wanted *w, size_t line)
{
	return w->starts[line == 0 ? 0 : line > w->line_count ? w->line_count : line - 1];
}

static bool
is_unchanged(void *user, const paraph_finding *finding)
{
	const wanted *w = user;
	size_t start, end;

	if (!paraph_result_paragraph(w->result, finding->paragraph, &start, &end))
		return false;
	/* What trails a paragraph is its own. */
	start = finding->start < start ? finding->start : start;
	end = finding->end > end ? finding->end : end;
	for (size_t i = 0; i < w->file->count; i++)
		if (start_of(w, w->file->lines[i].first) < end &&
			start_of(w, w->file->lines[i].last + 1) > start)
			return false;
	return true;
}

void
since_omit(const changes *c, const char *path, paraph_result *result)
{
	bool outside;
	wanted w = { .result = result };

	if (c->root == NULL)
		return;
	w.file = file_of(c, path, &outside);
	if (w.file == NULL || w.file->whole || paraph_result_is_package(result))
		return;
	find_lines(&w);
	(void)paraph_result_omit(result, is_unchanged, &w);
	free(w.starts);
}

void
since_free(changes *c)
{
	for (size_t i = 0; i < c->count; i++) {
		free(c->files[i].path);
		free(c->files[i].lines);
	}
	free(c->files);
	free(c->root);
	*c = (changes){ 0 };
}
