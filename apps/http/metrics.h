/* What the server counts, for /metrics: numbers alone. Labels are words of ours from lists that
 * are closed (routes, statuses, reasons), so that no text, name or address gets into them and
 * there are never more than some hundreds of series.
 *
 * To add a number: a line in metrics.def, and metrics_add where it happens; what is not counted
 * but looked at when somebody asks is set in api_metrics.c. Any number of threads. */
#ifndef APPS_HTTP_METRICS_H
#define APPS_HTTP_METRICS_H

#include "apps/http/request.h"

typedef enum metric {
#define FAMILY(type, name, en, fr)
#define SERIES(symbol, labels) METRIC_##symbol,
#include "apps/http/metrics.def"
#undef FAMILY
#undef SERIES
	METRICS,
} metric;

typedef enum metric_store {
	METRIC_TERMBASE_READ,
	METRIC_TERMBASE_WRITE,
	METRIC_MEMORY_READ,
	METRIC_MEMORY_WRITE,
	METRIC_STORES,
} metric_store;

typedef struct metrics metrics;

metrics *metrics_open(void); /* NULL: out of memory */
void metrics_close(metrics *m);

void metrics_add(metrics *m, metric which, uint64_t n);
void metrics_subtract(metrics *m, metric which, uint64_t n);
void metrics_set(metrics *m, metric which, uint64_t value);

/* A request was answered; which: NULL for a path where nothing is. */
void metrics_request(metrics *m, const route *which, unsigned status, uint64_t nanoseconds);
/* A store was at somebody's disposal for so long. */
void metrics_store(metrics *m, metric_store which, uint64_t nanoseconds);
/* How long it is since a moment that metrics_now told. */
uint64_t metrics_now(void);

/* All of it in the Prometheus text format, version 0.0.4. */
void metrics_write(const metrics *m, paraph_language ui, bytes *out);

#endif
