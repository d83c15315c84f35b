#define _XOPEN_SOURCE 700 /* realpath */
#include "apps/http/dictionary.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4200

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of writing */

int
dictionary_read(const char *path, bytes *out)
{
	char some[65536];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	while ((n = read(fd, some, sizeof(some))) > 0)
		bytes_put(out, some, (size_t)n);
	int error = n < 0 ? errno : out->failed ? ENOMEM : 0;
	close(fd);
	return error;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A line, and what of it is a word. */
static bool
next_line(paraph_text *rest, paraph_text *line, paraph_text *word)
{
	if (rest->n == 0)
		return false;
	const char *end = memchr(rest->p, '\n', rest->n);
	size_t n = end == NULL ? rest->n : (size_t)(end - rest->p) + 1;
	*line = *word = (paraph_text){ rest->p, n };
	*rest = (paraph_text){ rest->p + n, rest->n - n };
	const char *comment = memchr(word->p, '#', word->n);
	if (comment != NULL)
		word->n = (size_t)(comment - word->p);
	while (word->n != 0 && is_space(word->p[word->n - 1]))
		word->n--;
	while (word->n != 0 && is_space(word->p[0]))
		*word = (paraph_text){ word->p + 1, word->n - 1 };
	return true;
}

bool
dictionary_next(paraph_text *rest, paraph_text *word)
{
	paraph_text line;

	while (next_line(rest, &line, word))
		if (word->n != 0)
			return true;
	return false;
}

static int
make_folder(const char *path)
{
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%s", path);
	for (char *slash = strchr(folder + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0777) != 0 && errno != EEXIST)
			return errno;
		*slash = '/';
	}
	return 0;
}

static int
put(int fd, paraph_text t)
{
	while (t.n != 0) {
		ssize_t n = write(fd, t.p, t.n);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0)
			t = (paraph_text){ t.p + n, t.n - (size_t)n };
	}
	return fsync(fd) == 0 ? 0 : errno;
}

/* Those of the file; it is made where it is not there, since only the system knows what the
 * umask leaves while other threads run. False: errno tells why. */
static bool
permissions(const char *target, mode_t *out)
{
	struct stat st;

	if (stat(target, &st) != 0) {
		int fd = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
		if (fd < 0)
			return false;
		close(fd);
		if (stat(target, &st) != 0)
			return false;
	}
	*out = st.st_mode & 07777;
	return true;
}

static int
replace_file(const char *target, paraph_text t)
{
	char temporary[PATH_BYTES];
	mode_t mode;

	if (!permissions(target, &mode))
		return errno;
	snprintf(temporary, sizeof(temporary), "%.4100s.XXXXXX", target);
	int fd = mkstemp(temporary);
	if (fd < 0)
		return errno;
	fchmod(fd, mode);
	int error = put(fd, t);
	close(fd);
	if (error == 0 && rename(temporary, target) != 0)
		error = errno;
	if (error != 0)
		unlink(temporary);
	return error;
}

/* A link stays a link: the file it leads to is replaced. One that leads nowhere is for its
 * owner. */
static int
replace(const char *path, paraph_text t)
{
	char *target = realpath(path, NULL);
	struct stat st;

	if (target == NULL && (errno != ENOENT || lstat(path, &st) == 0))
		return errno;
	int error = replace_file(target == NULL ? path : target, t);
	free(target);
	return error;
}

/* The text without the lines of the word, and with one at the end when it is to be there. */
static int
change(const char *path, paraph_text word, bool there, bool *changed)
{
	bytes old = { 0 }, new = { 0 };
	int error = dictionary_read(path, &old);
	paraph_text rest = bytes_view(&old), line, found;
	bool met = false;

	while (error == 0 && next_line(&rest, &line, &found)) {
		bool same = found.n == word.n && memcmp(found.p, word.p, word.n) == 0;
		met = met || same;
		if (!same || there)
			bytes_put(&new, line.p, line.n);
	}
	*changed = met != there;
	if (there && new.n != 0 && new.p[new.n - 1] != '\n')
		bytes_char(&new, '\n');
	bytes_put(&new, word.p, there ? word.n : 0);
	if (there)
		bytes_char(&new, '\n');
	if (error == 0 && new.failed)
		error = ENOMEM;
	if (error == 0 && *changed)
		error = make_folder(path);
	if (error == 0 && *changed)
		error = replace(path, bytes_view(&new));
	bytes_free(&old);
	bytes_free(&new);
	return error;
}

int
dictionary_add(const char *path, paraph_text word, bool *changed)
{
	pthread_mutex_lock(&lock);
	int error = change(path, word, true, changed);
	pthread_mutex_unlock(&lock);
	return error;
}

int
dictionary_remove(const char *path, paraph_text word, bool *changed)
{
	pthread_mutex_lock(&lock);
	int error = change(path, word, false, changed);
	pthread_mutex_unlock(&lock);
	return error;
}
