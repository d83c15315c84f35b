#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"

static status
too_large(context *c, const char *path)
{
	return context_fail(c, STATUS_LIMIT,
		"%s: larger than the limit of %zu MiB for one file",
		"%s : dépasse la limite de %zu Mio pour un fichier", path,
		c->limits.file >> 20);
}

static status
system_error(context *c, const char *path)
{
	int error = errno;

	return context_fail(c,
		error == ENOENT || error == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO, "%s: %s",
		"%s\u00A0: %s", path, system_message(c->ui, error));
}

static status
read_all(file *f, context *c, const char *path, int fd, size_t expected)
{
	static const size_t step = 65536;
	ARRAY(char) bytes = { 0 };

	for (size_t want = expected;; want = step) {
		status s = ARRAY_RESERVE(c->memory, &bytes, want + 1);
		if (s != STATUS_OK) {
			ARRAY_FREE(c->memory, &bytes);
			return s;
		}
		ssize_t n = read(fd, bytes.at + bytes.n, bytes.capacity - bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			s = system_error(c, path);
			ARRAY_FREE(c->memory, &bytes);
			return s;
		}
		bytes.n += (size_t)n;
		if (n == 0)
			break;
		if (bytes.n > c->limits.file) {
			ARRAY_FREE(c->memory, &bytes);
			return too_large(c, path);
		}
	}
	*f = (file){ .bytes = { bytes.at, bytes.n } };
	return STATUS_OK;
}

static status
read_descriptor(file *f, context *c, const char *path, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return system_error(c, path);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return system_error(c, path);
	}
	bool regular = S_ISREG(st.st_mode);
	if (regular && (uintmax_t)st.st_size > c->limits.file)
		return too_large(c, path);
	return read_all(f, c, path, fd, regular ? (size_t)st.st_size : 0);
}

status
file_open(file *f, context *c, const char *path)
{
	*f = (file){ 0 };
	if (strcmp(path, "-") == 0)
		return read_descriptor(f, c, path, STDIN_FILENO);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return system_error(c, path);
	status s = read_descriptor(f, c, path, fd);
	close(fd);
	return s;
}

void
file_close(file *f, const memory *m)
{
	memory_free(m, (char *)(uintptr_t)f->bytes.p);
	*f = (file){ 0 };
}
