#include "apps/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#define PAUSE_NANOSECONDS 100000000 /* ten times a second is as much as an eye can follow */
#define PATH_COLUMNS 60

void
progress_begin(progress *p, size_t total)
{
	*p = (progress){ .on = total > 1 && isatty(STDERR_FILENO), .total = total };
	if (p->on)
		clock_gettime(CLOCK_MONOTONIC, &p->last);
}

static bool
is_time(progress *p)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	long long passed = (long long)(now.tv_sec - p->last.tv_sec) * 1000000000 +
			   (now.tv_nsec - p->last.tv_nsec);
	if (passed < PAUSE_NANOSECONDS)
		return false;
	p->last = now;
	return true;
}

void
progress_show(progress *p, size_t done, const char *path)
{
	if (!p->on || !is_time(p))
		return;
	fprintf(stderr, "\r\033[K%zu/%zu %.*s", done, p->total, PATH_COLUMNS, path);
	fflush(stderr);
	p->shown = true;
}

void
progress_clear(progress *p)
{
	if (!p->shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	p->shown = false;
}
