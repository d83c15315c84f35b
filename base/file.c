#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"

status
file_too_large(context *c, const char *path)
{
	return context_fail(c, STATUS_LIMIT,
		"%s: larger than the limit of %zu MiB for one file",
		"%s\u00A0: dépasse la limite de %zu Mio pour un fichier", path,
		c->limits.file >> 20);
}

status
file_failed(context *c, const char *path)
{
	int error = errno;

	return context_fail(c,
		error == ENOENT || error == ENOTDIR ? STATUS_NOT_FOUND
		: system_is_passing(error)          ? STATUS_AGAIN
						    : STATUS_IO,
		"%s: %s", "%s\u00A0: %s", path, system_message(c->ui, error));
}

/* A pipe or a terminal that has nothing yet; its writer is there, so something will come. */
static void
await(int fd)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };

	(void)poll(&one, 1, -1);
}

ssize_t
file_read_some(int fd, char *out, size_t size)
{
	for (;;) {
		ssize_t n = read(fd, out, size);
		if (n >= 0 || (errno != EINTR && errno != EAGAIN))
			return n;
		if (errno == EAGAIN)
			await(fd);
	}
}

static status
read_all(file *f, context *c, const char *path, int fd, size_t expected)
{
	static const size_t step = 65536;
	ARRAY(char) bytes = { 0 };

	for (size_t want = expected;; want = step) {
		bool full = bytes.n == bytes.capacity;
		status s = full ? ARRAY_RESERVE(c->memory, &bytes, want + 1) : STATUS_OK;
		if (s != STATUS_OK) {
			ARRAY_FREE(c->memory, &bytes);
			return s;
		}
		ssize_t n = file_read_some(fd, bytes.at + bytes.n, bytes.capacity - bytes.n);
		if (n < 0) {
			s = file_failed(c, path);
			ARRAY_FREE(c->memory, &bytes);
			return s;
		}
		bytes.n += (size_t)n;
		if (n == 0)
			break;
		if (bytes.n > c->limits.file) {
			ARRAY_FREE(c->memory, &bytes);
			return file_too_large(c, path);
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
		return file_failed(c, path);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return file_failed(c, path);
	}
	bool regular = S_ISREG(st.st_mode);
	if (regular && (uintmax_t)st.st_size > c->limits.file)
		return file_too_large(c, path);
	return read_all(f, c, path, fd, regular ? (size_t)st.st_size : 0);
}

void
file_close(file *f, const memory *m)
{
	if (f->mapped)
		munmap((char *)(uintptr_t)f->bytes.p, f->bytes.n);
	else
		memory_free(m, (char *)(uintptr_t)f->bytes.p);
	*f = (file){ 0 };
}

static status
map_descriptor(file *f, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return STATUS_IO;
	if (!S_ISREG(st.st_mode) || (uintmax_t)st.st_size > SIZE_MAX) {
		errno = EINVAL;
		return STATUS_DAMAGED;
	}
	if (st.st_size == 0)
		return STATUS_OK;
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return STATUS_IO;
	*f = (file){ .bytes = { p, (size_t)st.st_size }, .mapped = true };
	return STATUS_OK;
}

status
file_map(file *f, const char *path)
{
	*f = (file){ 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO;
	status s = map_descriptor(f, fd);
	int error = errno;
	close(fd);
	errno = error;
	return s;
}

/* A named pipe: empty because nobody writes to it. Those of the shell, <(…), are named by
 * their descriptor and may well be empty. */
static bool
is_idle_pipe(int fd, const char *path, const file *f)
{
	struct stat st;

	return f->bytes.n == 0 && strncmp(path, "/dev/", 5) != 0 &&
	       strncmp(path, "/proc/", 6) != 0 && fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

static status
idle_pipe(context *c, const char *path)
{
	return context_fail(c, STATUS_IO, "%s: a pipe to which nobody writes",
		"%s\u00A0: un tube dans lequel personne n’écrit", path);
}

static status
note(const file *f, const context *c, const char *path, status done)
{
	if (done != STATUS_OK || c->seen == NULL)
		return done;
	uint64_t parts[3] = { *c->seen, slice_hash(slice_of(path)), slice_hash(f->bytes) };
	*c->seen = slice_hash((slice){ (const char *)parts, sizeof(parts) });
	return done;
}

/* Opening does not wait for the writer of a named pipe, who may never come. */
status
file_open(file *f, context *c, const char *path)
{
	*f = (file){ 0 };
	if (strcmp(path, "-") == 0)
		return note(f, c, path, read_descriptor(f, c, path, STDIN_FILENO));
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return file_failed(c, path);
	status s = read_descriptor(f, c, path, fd);
	if (s == STATUS_OK && is_idle_pipe(fd, path, f)) {
		file_close(f, c->memory);
		s = idle_pipe(c, path);
	}
	close(fd);
	return note(f, c, path, s);
}
