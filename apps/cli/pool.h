/* Checks many documents on several threads and hands the results on in the order of the list,
 * on the thread that called: output does not depend on the number of threads. No more than a
 * few documents a thread, and small ones, are held in memory at a time. */
#ifndef APPS_CLI_POOL_H
#define APPS_CLI_POOL_H

#include "apps/cli/settings.h"

typedef struct checked {
	size_t index; /* in the list of paths */
	paraph_status status;
	paraph_result *result; /* NULL on failure; freed after the call */
	char message[512];     /* of the failure */
} checked;

/* How many threads --jobs asks for, or the machine has. */
int pool_jobs(const settings *s, size_t *jobs);

/* What to do with one path, on any thread: fills in status, result and message. */
typedef void pool_work(void *user, paraph_session *session, const char *path, checked *out);
/* What to do with its result, in order; false stops the run. */
typedef bool pool_take(void *user, const char *path, checked *done);

/* False when the threads or their sessions could not be made. */
bool pool_run(paraph_engine *engine, const list *paths, size_t jobs, pool_work *work,
	pool_take *take, void *user);

#endif
