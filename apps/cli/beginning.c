#include "apps/cli/beginning.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/term_find.h"
#include "include/paraph.h"

/* A pipe that nobody writes to must not hold up the run. */
void
beginning_read(beginning *b, const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, b->bytes, sizeof(b->bytes));

	if (fd >= 0)
		close(fd);
	b->n = n < 0 ? 0 : (size_t)n;
}

static bool
starts(const beginning *b, const char *with, size_t n)
{
	return b->n >= n && memcmp(b->bytes, with, n) == 0;
}

bool
beginning_is_report(const beginning *b)
{
	return paraph_report_begins(b->bytes, b->n) ||
	       starts(b, TERM_FIND_HEAD, sizeof(TERM_FIND_HEAD) - 1);
}

bool
beginning_is_store(const beginning *b)
{
	static const char magic[] = "SQLite format 3"; /* and its zero */

	return starts(b, magic, sizeof(magic));
}
