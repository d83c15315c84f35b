/* Threads for requests that take long, so that short ones need not wait behind them. */
#ifndef APPS_HTTP_WORKERS_H
#define APPS_HTTP_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct workers workers;
typedef void worker_job(void *what);

/* NULL: no memory, or no threads. */
workers *workers_open(size_t threads, worker_job *run);
/* False: so many wait already that this one must not. */
bool workers_add(workers *w, void *what);
/* How many wait for a thread. */
size_t workers_waiting(workers *w);
/* Waits until everything that was added is done. */
void workers_close(workers *w);

#endif
