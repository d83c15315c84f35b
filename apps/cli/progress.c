#include "apps/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#define PAUSE_SECONDS 0.1 /* ten times a second is as much as an eye can follow */
#define SURE_SECONDS 2.0  /* before that a rate says little */
#define PATH_COLUMNS 40

void
progress_begin(progress *p, const settings *s, size_t total)
{
	*p = (progress){ .s = s, .on = total > 1 && isatty(STDERR_FILENO), .total = total };
	if (p->on)
		clock_gettime(CLOCK_MONOTONIC, &p->start);
	p->last = p->start;
}

static double
seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* ", 120/s, 3 min 20 s left" */
static void
put_rate(const progress *p, size_t done, double passed)
{
	double rate = (double)done / passed, left = (double)(p->total - done) / rate;

	if (p->total != 100)
		fprintf(stderr, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate);
	if (left >= 60)
		fprintf(stderr, say(p->s, ", %.0f min %02d s left", ", encore %.0f min %02d s"),
			(double)(long)(left / 60), (int)left % 60);
	else
		fprintf(stderr, say(p->s, ", %.0f s left", ", encore %.0f s"), left);
}

void
progress_show(progress *p, size_t done, const char *path)
{
	struct timespec now;

	if (!p->on)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (seconds_between(p->last, now) < PAUSE_SECONDS)
		return;
	p->last = now;
	fprintf(stderr, "\r\033[K%zu/%zu", done, p->total);
	double passed = seconds_between(p->start, now);
	if (passed >= SURE_SECONDS && done > 0)
		put_rate(p, done, passed);
	fprintf(stderr, " %.*s", PATH_COLUMNS, path);
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
