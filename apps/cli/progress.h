/* One line on standard error that says how far a long run is, how fast it goes and how much
 * time is left, only when that is a terminal. */
#ifndef APPS_CLI_PROGRESS_H
#define APPS_CLI_PROGRESS_H

#include <time.h>

#include "apps/cli/settings.h"

typedef struct progress {
	const settings *s;
	bool on, shown;
	size_t total;
	struct timespec start, last;
} progress;

/* total: documents, or 100 for per cent. */
void progress_begin(progress *p, const settings *s, size_t total);
void progress_show(progress *p, size_t done, const char *path);
/* Takes the line away: call it before anything else is written to the terminal. */
void progress_clear(progress *p);

#endif
