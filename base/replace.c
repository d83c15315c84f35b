#define _XOPEN_SOURCE 700 /* realpath */
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"

static status
failed(context *c, const char *path, int error)
{
	return context_fail(c, STATUS_IO, "%s: cannot be written: %s",
		"%s\u00A0: écriture impossible\u00A0: %s", path, system_message(c->ui, error));
}

static bool
write_all(int fd, slice bytes)
{
	while (bytes.n != 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno != EINTR)
			return false;
		bytes = n > 0 ? slice_sub(bytes, (size_t)n, bytes.n) : bytes;
	}
	return fsync(fd) == 0;
}

/* An owner that we may not set is the lesser evil next to not writing. */
static bool
copy_permissions(int fd, const struct stat *of)
{
	if (fchown(fd, of->st_uid, of->st_gid) != 0)
		errno = 0;
	return fchmod(fd, of->st_mode & 07777) == 0;
}

status
file_create(context *c, const char *path, slice bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0)
		return failed(c, path, errno);
	bool written = write_all(fd, bytes);
	int error = errno;
	if (close(fd) == 0 && written)
		return STATUS_OK;
	error = written ? errno : error;
	unlink(path);
	return failed(c, path, error);
}

status
file_replace(context *c, const char *path, slice bytes)
{
	char target[PATH_MAX], beside[PATH_MAX + 8];
	struct stat st;

	if (realpath(path, target) == NULL || stat(target, &st) != 0)
		return failed(c, path, errno);
	if (!S_ISREG(st.st_mode) || access(target, W_OK) != 0)
		return failed(c, path, S_ISREG(st.st_mode) ? errno : EINVAL);
	snprintf(beside, sizeof(beside), "%s.XXXXXX", target);
	int fd = mkstemp(beside);
	if (fd < 0)
		return failed(c, path, errno);
	bool written = copy_permissions(fd, &st) && write_all(fd, bytes);
	int error = errno;
	written = close(fd) == 0 && written;
	if (written && rename(beside, target) == 0)
		return STATUS_OK;
	error = written ? errno : error;
	unlink(beside);
	return failed(c, path, error);
}

status
file_put(context *c, const char *path, slice bytes)
{
	char beside[PATH_MAX];

	if ((size_t)snprintf(beside, sizeof(beside), "%s.%ld", path, (long)getpid()) >=
		sizeof(beside))
		return failed(c, path, ENAMETOOLONG);
	unlink(beside);
	TRY(file_create(c, beside, bytes));
	if (rename(beside, path) == 0)
		return STATUS_OK;
	int error = errno;
	unlink(beside);
	return failed(c, path, error);
}

static bool
is_still(int fd, const char *path)
{
	struct stat held, there;

	return fstat(fd, &held) == 0 && stat(path, &there) == 0 &&
	       held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

/* A lock belongs to a file, not to its name: who waited may hold one that was replaced. A file
 * system without locks does without. */
int
file_lock(const char *path)
{
	for (;;) {
		int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0)
			return -1;
		while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
			continue;
		if (is_still(fd, path))
			return fd;
		close(fd);
	}
}
