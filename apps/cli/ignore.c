#define _GNU_SOURCE /* realpath */
#include "apps/cli/ignore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MOST 4096

typedef struct rule {
	char *pattern; /* without ! and the slashes at its ends */
	bool negated, folders_only, anchored;
} rule;

struct ignore {
	ignore *parent;
	ignore *made_before; /* the chain by which all are freed */
	char *prefix; /* from the folder of the file to that of the walk, for those above it */
	size_t cut;   /* bytes of a walked path that stand for the folder of the file */
	rule *rules;
	size_t count;
};

/* The last that was made: a walk is one at a time. */
static ignore *last_made;

/* ---- patterns ---- */

/* [a-z], [!a-z]: where it ends, or NULL when it is no class. */
static const char *
class_end(const char *p)
{
	const char *q = p + 1;

	q += *q == '!' || *q == '^';
	q += *q == ']';
	while (*q != '\0' && *q != ']')
		q++;
	return *q == ']' ? q : NULL;
}

static bool
in_class(const char *p, const char *end, char c)
{
	bool negated = p[1] == '!' || p[1] == '^', found = false;

	for (const char *q = p + 1 + negated; q < end; q++)
		if (q + 2 < end && q[1] == '-') {
			found = found || (q[0] <= c && c <= q[2]);
			q += 2;
		} else
			found = found || *q == c;
	return found != negated && c != '/';
}

/* One character or class of the pattern, which is not *; how long it is, 0 when it does not
 * match. */
static size_t
match_one(const char *p, char c)
{
	const char *end;

	if (*p == '[' && (end = class_end(p)) != NULL)
		return in_class(p, end, c) ? (size_t)(end - p) + 1 : 0;
	if (*p == '\\' && p[1] != '\0')
		return p[1] == c ? 2 : 0;
	return *p == c || (*p == '?' && c != '/') ? 1 : 0;
}

typedef struct retry { /* the last star, and where it would begin to take one more */
	const char *pattern, *path;
	bool deep; /* ** */
} retry;

/* What stands behind a star at p; *deep when it goes through folders. */
static const char *
after_star(const char *pattern, const char *p, bool *deep)
{
	bool at_start = p == pattern || p[-1] == '/';
	const char *q = p;

	while (*q == '*')
		q++;
	*deep = q - p >= 2 && at_start && (*q == '/' || *q == '\0');
	return q;
}

bool
ignore_matches(const char *pattern, const char *path)
{
	retry shallow = { 0 }, deep = { 0 };
	const char *p = pattern, *s = path;

	for (;;) {
		bool through;
		if (*p == '*') {
			const char *q = after_star(pattern, p, &through);
			if (through && *q == '\0')
				return *s != '\0';
			if (through) { /* any number of folders, none too */
				p = q + 1;
				deep = (retry){ p, s, true };
				shallow = (retry){ 0 };
				continue;
			}
			p = q;
			shallow = (retry){ p, s, false };
			continue;
		}
		size_t n = *s == '\0' ? 0 : match_one(p, *s);
		if (n != 0) {
			p += n;
			s++;
			continue;
		}
		if (*p == '\0' && *s == '\0')
			return true;
		if (shallow.pattern != NULL && *shallow.path != '\0' && *shallow.path != '/') {
			s = ++shallow.path;
			p = shallow.pattern;
			continue;
		}
		const char *slash = deep.pattern == NULL ? NULL : strchr(deep.path, '/');
		if (slash == NULL)
			return false;
		deep.path = s = slash + 1;
		p = deep.pattern;
		shallow = (retry){ 0 };
	}
}

/* ---- files ---- */

static char *
copy(const char *text, size_t n)
{
	char *out = allocate(NULL, n + 1, 1);

	memcpy(out, text, n);
	out[n] = '\0';
	return out;
}

/* Spaces at the end do not count, unless a backslash stands before them. */
static size_t
trimmed(const char *line)
{
	size_t n = strcspn(line, "\r\n");

	while (n > 0 && line[n - 1] == ' ' && (n < 2 || line[n - 2] != '\\'))
		n--;
	return n;
}

static void
add_rule(ignore *i, const char *line)
{
	size_t n = trimmed(line);
	rule r = { 0 };

	if (n == 0 || line[0] == '#')
		return;
	r.negated = line[0] == '!';
	line += r.negated;
	n -= r.negated;
	r.folders_only = n > 0 && line[n - 1] == '/';
	n -= r.folders_only;
	r.anchored = n > 0 && memchr(line, '/', n) != NULL;
	if (n > 0 && line[0] == '/') {
		line++;
		n--;
	}
	if (n == 0)
		return;
	r.pattern = copy(line, n);
	i->rules = allocate(i->rules, i->count + 1, sizeof(rule));
	i->rules[i->count++] = r;
}

static ignore *
read_file(ignore *parent, const char *folder, const char *prefix, size_t cut)
{
	size_t n = strlen(folder);
	char path[LINE_MOST], line[LINE_MOST];

	if (n + 16 > sizeof(path))
		return parent;
	snprintf(path, sizeof(path), "%s%s.gitignore", folder,
		n > 0 && folder[n - 1] == '/' ? "" : "/");
	FILE *f = fopen(path, "r");
	if (f == NULL)
		return parent;
	ignore *i = allocate(NULL, 1, sizeof(*i));
	*i = (ignore){ .parent = parent,
		.made_before = last_made,
		.prefix = copy(prefix, strlen(prefix)),
		.cut = cut };
	while (fgets(line, sizeof(line), f) != NULL)
		add_rule(i, line);
	fclose(f);
	last_made = i;
	return i;
}

static size_t
cut_of(const char *folder)
{
	size_t n = strlen(folder);

	return n + (n > 0 && folder[n - 1] != '/');
}

ignore *
ignore_enter(ignore *parent, const char *folder)
{
	return read_file(parent, folder, "", cut_of(folder));
}

static bool
is_repository(const char *folder)
{
	char path[LINE_MOST];

	snprintf(path, sizeof(path), "%s/.git", folder);
	return access(path, F_OK) == 0;
}

/* The folders above, from the repository's down to the walk's own. */
ignore *
ignore_begin(const char *folder)
{
	char *real = realpath(folder, NULL);
	size_t top, n = real == NULL ? 0 : strlen(real);
	ignore *i = NULL;

	last_made = NULL;
	for (top = n; top > 0; top--) {
		if (real[top] != '/' && real[top] != '\0')
			continue;
		char kept = real[top];
		real[top] = '\0';
		bool found = is_repository(real);
		real[top] = kept;
		if (found)
			break;
	}
	for (size_t at = top; top > 0 && at < n; at++) {
		if (real[at] != '/')
			continue;
		char prefix[LINE_MOST];
		snprintf(prefix, sizeof(prefix), "%s/", real + at + 1);
		real[at] = '\0';
		i = read_file(i, real, prefix, cut_of(folder));
		real[at] = '/';
	}
	free(real);
	return ignore_enter(i, folder);
}

static int
decide(const ignore *i, const char *path, bool is_folder)
{
	char whole[2 * LINE_MOST];
	const char *slash;

	if (strlen(path) < i->cut)
		return -1;
	snprintf(whole, sizeof(whole), "%s%s", i->prefix, path + i->cut);
	slash = strrchr(whole, '/');
	for (size_t k = i->count; k-- > 0;) {
		const rule *r = &i->rules[k];
		const char *subject = r->anchored || slash == NULL ? whole : slash + 1;
		if ((!r->folders_only || is_folder) && ignore_matches(r->pattern, subject))
			return !r->negated;
	}
	return -1;
}

bool
ignore_excludes(const ignore *i, const char *path, bool is_folder)
{
	for (; i != NULL; i = i->parent) {
		int decided = decide(i, path, is_folder);
		if (decided >= 0)
			return decided;
	}
	return false;
}

void
ignore_end(void)
{
	while (last_made != NULL) {
		ignore *i = last_made;
		last_made = i->made_before;
		for (size_t k = 0; k < i->count; k++)
			free(i->rules[k].pattern);
		free(i->rules);
		free(i->prefix);
		free(i);
	}
}
