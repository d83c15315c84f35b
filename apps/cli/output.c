#define _XOPEN_SOURCE 700 /* realpath */
#include "apps/cli/output.h"

#include "apps/cli/interrupt.h"
#include "apps/cli/overwrite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
remember(output *o)
{
	if (o->error == 0)
		o->error = errno != 0 ? errno : EIO;
}

/* The file that path stands for: a link is followed, so that it stays a link. */
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL ? real : copy_text(path);
}

static char *
temporary_name(const char *target)
{
	static const char ending[] = ".XXXXXX";
	const char *slash = strrchr(target, '/');
	size_t folder = slash == NULL ? 0 : (size_t)(slash - target) + 1;
	size_t n = strlen(target) + sizeof(ending) + 1;
	char *name = allocate(NULL, n, 1);

	snprintf(name, n, "%.*s.%s%s", (int)folder, target, target + folder, ending);
	return name;
}

/* Permissions and owner are those of the file that is replaced; a new file gets what the
 * umask leaves. An owner that we may not set is the lesser evil next to not correcting. */
static void
copy_permissions(int fd, const char *target)
{
	struct stat st;

	if (stat(target, &st) == 0) {
		if (fchown(fd, st.st_uid, st.st_gid) != 0)
			errno = 0;
		fchmod(fd, st.st_mode & 07777);
		return;
	}
	mode_t mask = umask(0);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
}

static bool
is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static int
cannot_write(const settings *s, const char *path, int error)
{
	complain(s, "%s: cannot be written: %s", "%s\u00A0: écriture impossible\u00A0: %s",
		path, paraph_system_message(error, s->ui));
	return paraph_system_is_passing(error) ? EXIT_AGAIN : EXIT_TROUBLE;
}

static void
free_names(output *o)
{
	if (o->temporary != NULL)
		interrupt_release(o->temporary);
	free(o->target);
	free(o->temporary);
	*o = (output){ 0 };
}

static int
open_temporary(output *o, const settings *s, const char *path)
{
	o->target = resolve(path);
	o->temporary = temporary_name(o->target);
	int fd = mkstemp(o->temporary);
	if (fd >= 0) {
		interrupt_guard(o->temporary);
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		copy_permissions(fd, o->target);
		o->file = fdopen(fd, "wb");
	}
	if (o->file != NULL)
		return EXIT_CLEAN;
	int error = errno;
	if (fd >= 0) {
		close(fd);
		unlink(o->temporary);
	}
	free_names(o);
	return cannot_write(s, path, error);
}

/* A terminal, a pipe or /dev/null cannot be replaced: it is written to. */
static int
open_special(output *o, const settings *s, const char *path)
{
	o->file = fopen(path, "wb");
	if (o->file == NULL)
		return cannot_write(s, path, errno);
	o->target = copy_text(path);
	return EXIT_CLEAN;
}

/* The descriptor that a path names; -1: it names a file. */
static int
descriptor_of(const char *path)
{
	static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		size_t n = strlen(folders[i]);
		if (strncmp(path, folders[i], n) != 0)
			continue;
		size_t digits = strspn(path + n, "0123456789");
		if (digits > 0 && digits < 6 && path[n + digits] == '\0')
			return atoi(path + n);
	}
	return -1;
}

/* What is open already is written on, whatever file it leads to: that has a beginning, which
 * would be lost. */
static int
open_descriptor(output *o, const settings *s, const char *path, int descriptor)
{
	int fd = dup(descriptor);

	o->file = fd < 0 ? NULL : fdopen(fd, "wb");
	if (o->file != NULL) {
		o->target = copy_text(path);
		return EXIT_CLEAN;
	}
	int error = errno;
	if (fd >= 0)
		close(fd);
	return cannot_write(s, path, error);
}

int
output_open(output *o, const settings *s, const char *path)
{
	*o = (output){ 0 };
	int descriptor = path == NULL ? STDOUT_FILENO : descriptor_of(path);
	if (descriptor == STDOUT_FILENO) {
		o->file = stdout;
		return EXIT_CLEAN;
	}
	if (descriptor >= 0)
		return open_descriptor(o, s, path, descriptor);
	if (is_special(path))
		return open_special(o, s, path);
	int status = overwrite_check(s, path);
	return status == EXIT_CLEAN ? open_temporary(o, s, path) : status;
}

void
output_write(output *o, const char *bytes, size_t n)
{
	errno = 0;
	if (o->error == 0 && n != 0 && fwrite(bytes, 1, n, o->file) != n)
		remember(o);
}

bool
output_is_terminal(const output *o)
{
	return isatty(fileno(o->file)) != 0;
}

#define NARROWEST 30 /* columns in which breaking lines still helps */

unsigned
output_columns(const output *o)
{
	const char *told = getenv("COLUMNS");
	struct winsize size = { 0 };
	unsigned long n = told == NULL ? 0 : strtoul(told, NULL, 10);

	if (n == 0 && output_is_terminal(o) && ioctl(fileno(o->file), TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	return n < NARROWEST || n > 10000 ? 0 : (unsigned)n;
}

bool
output_wants_color(const output *o, const settings *s)
{
	const char *no = getenv("NO_COLOR"), *kind = getenv("TERM");

	if (s->color != NULL && strcmp(s->color, "auto") != 0)
		return strcmp(s->color, "always") == 0;
	if (no != NULL && no[0] != '\0')
		return false;
	return output_is_terminal(o) && (kind == NULL || strcmp(kind, "dumb") != 0);
}

/* The name must reach the disk as well as the bytes. Not every file system can do this. */
static void
sync_folder(const char *target)
{
	char *folder = copy_text(target);
	char *slash = strrchr(folder, '/');

	if (slash != NULL)
		slash[slash == folder] = '\0';
	int fd = open(slash == NULL ? "." : folder, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static void
put_in_place(output *o)
{
	if (o->error == 0 && rename(o->temporary, o->target) != 0)
		remember(o);
	if (o->error != 0)
		unlink(o->temporary);
	else
		sync_folder(o->target);
}

int
output_close(output *o, const settings *s)
{
	const char *name =
		o->target != NULL ? o->target : say(s, "standard output", "sortie standard");
	int status = EXIT_CLEAN;

	errno = 0;
	if (fflush(o->file) != 0)
		remember(o);
	if (o->temporary != NULL && o->error == 0 && fsync(fileno(o->file)) != 0)
		remember(o);
	if (o->file != stdout && fclose(o->file) != 0)
		remember(o);
	if (o->temporary != NULL)
		put_in_place(o);
	if (o->error != 0)
		status = cannot_write(s, name, o->error);
	free_names(o);
	return status;
}

void
output_abandon(output *o)
{
	if (o->file != NULL && o->file != stdout)
		fclose(o->file);
	if (o->temporary != NULL)
		unlink(o->temporary);
	free_names(o);
}

int
output_close_unread(output *o, const settings *s)
{
	if (o->temporary == NULL)
		return output_close(o, s);
	output_abandon(o);
	return EXIT_CLEAN;
}
