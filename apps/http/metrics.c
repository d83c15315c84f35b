#include "apps/http/metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND 1000000000.0

/* Upper bounds in seconds: a paragraph takes some tenths of a millisecond, a long document a
 * minute. */
static const double bounds[] = { 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
	0.5, 1, 2.5, 5, 10, 30, 60 };
#define BOUNDS (sizeof(bounds) / sizeof(*bounds))

/* What the server answers; others are counted together. */
static const unsigned statuses[] = { 200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 412, 413,
	415, 422, 428, 429, 500, 503, 0 };
#define STATUSES (sizeof(statuses) / sizeof(*statuses))

typedef struct histogram {
	atomic_uint_least64_t
		buckets[BOUNDS + 1]; /* each by itself; the last: longer than all */
	atomic_uint_least64_t nanoseconds;
} histogram;

typedef struct counted {
	atomic_uint_least64_t statuses[STATUSES];
	histogram durations;
} counted;

struct metrics {
	atomic_uint_least64_t values[METRICS];
	histogram stores[METRIC_STORES];
	counted *routes; /* the last: where nothing is */
	size_t route_count;
};

metrics *
metrics_open(void)
{
	metrics *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->route_count = route_count();
	m->routes = calloc(m->route_count + 1, sizeof(*m->routes));
	if (m->routes == NULL) {
		free(m);
		return NULL;
	}
	metrics_set(m, METRIC_BUILD, 1);
	metrics_set(m, METRIC_START, (uint64_t)time(NULL));
	return m;
}

void
metrics_close(metrics *m)
{
	if (m == NULL)
		return;
	free(m->routes);
	free(m);
}

void
metrics_add(metrics *m, metric which, uint64_t n)
{
	atomic_fetch_add_explicit(&m->values[which], n, memory_order_relaxed);
}

void
metrics_subtract(metrics *m, metric which, uint64_t n)
{
	atomic_fetch_sub_explicit(&m->values[which], n, memory_order_relaxed);
}

void
metrics_set(metrics *m, metric which, uint64_t value)
{
	atomic_store_explicit(&m->values[which], value, memory_order_relaxed);
}

static uint64_t
load(const atomic_uint_least64_t *value)
{
	return atomic_load_explicit(value, memory_order_relaxed);
}

uint64_t
metrics_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* --- counting --- */

static void
observe(histogram *h, uint64_t nanoseconds)
{
	size_t i = 0;

	while (i < BOUNDS && (double)nanoseconds > bounds[i] * SECOND)
		i++;
	atomic_fetch_add_explicit(&h->nanoseconds, nanoseconds, memory_order_relaxed);
	atomic_fetch_add_explicit(&h->buckets[i], 1, memory_order_relaxed);
}

void
metrics_request(metrics *m, const route *which, unsigned status, uint64_t nanoseconds)
{
	counted *c = &m->routes[which == NULL ? m->route_count : route_number(which)];
	size_t i = 0;

	while (statuses[i] != 0 && statuses[i] != status)
		i++;
	atomic_fetch_add_explicit(&c->statuses[i], 1, memory_order_relaxed);
	observe(&c->durations, nanoseconds);
}

void
metrics_store(metrics *m, metric_store which, uint64_t nanoseconds)
{
	observe(&m->stores[which], nanoseconds);
}

/* --- writing --- */

static void
put_family(bytes *out, const char *type, const char *name, const char *help)
{
	bytes_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* Buckets are counted from the first on, and the count is the last of them: all of one moment,
 * however many are counted meanwhile. */
static void
put_histogram(bytes *out, const char *name, const char *labels, const histogram *h)
{
	uint64_t n = 0;

	for (size_t i = 0; i < BOUNDS; i++) {
		n += load(&h->buckets[i]);
		bytes_format(out, "%s_bucket{%s,le=\"%g\"} %llu\n", name, labels, bounds[i],
			(unsigned long long)n);
	}
	n += load(&h->buckets[BOUNDS]);
	bytes_format(
		out, "%s_bucket{%s,le=\"+Inf\"} %llu\n", name, labels, (unsigned long long)n);
	bytes_format(out, "%s_sum{%s} %.9f\n%s_count{%s} %llu\n", name, labels,
		(double)load(&h->nanoseconds) / SECOND, name, labels, (unsigned long long)n);
}

static void
name_route(char out[128], size_t i)
{
	const route *r = route_at(i);

	snprintf(out, 128, "method=\"%s\",route=\"%s\"", r == NULL ? "other" : r->method,
		r == NULL ? "none" : r->path);
}

static void
put_statuses(bytes *out, const char *name, const metrics *m)
{
	char labels[128];

	for (size_t i = 0; i <= m->route_count; i++) {
		name_route(labels, i);
		for (size_t k = 0; k < STATUSES; k++) {
			uint64_t n = load(&m->routes[i].statuses[k]);
			char status[16] = "other";
			if (statuses[k] != 0)
				snprintf(status, sizeof(status), "%u", statuses[k]);
			if (n != 0)
				bytes_format(out, "%s{%s,status=\"%s\"} %llu\n", name, labels,
					status, (unsigned long long)n);
		}
	}
}

static bool
was_asked(const counted *c)
{
	for (size_t i = 0; i < STATUSES; i++)
		if (load(&c->statuses[i]) != 0)
			return true;
	return false;
}

static void
put_durations(bytes *out, const char *name, const metrics *m)
{
	char labels[128];

	for (size_t i = 0; i <= m->route_count; i++) {
		name_route(labels, i);
		if (was_asked(&m->routes[i]))
			put_histogram(out, name, labels, &m->routes[i].durations);
	}
}

static void
put_routes(const metrics *m, bool fr, bytes *out)
{
	static const char requests[] = "paraph_http_requests_total",
			  durations[] = "paraph_http_request_duration_seconds";

	put_family(out, "counter", requests,
		fr ? "Requêtes, par route et par état de la réponse."
		   : "Requests by route and by the status of the answer.");
	put_statuses(out, requests, m);
	put_family(out, "histogram", durations,
		fr ? "Du début d’une requête à sa réponse, envoi non compris."
		   : "From the start of a request to its answer, without the sending.");
	put_durations(out, durations, m);
}

static void
put_stores(const metrics *m, bool fr, bytes *out)
{
	static const char name[] = "paraph_store_use_duration_seconds";
	static const char *const labels[METRIC_STORES] = {
		[METRIC_TERMBASE_READ] = "store=\"termbase\",access=\"read\"",
		[METRIC_TERMBASE_WRITE] = "store=\"termbase\",access=\"write\"",
		[METRIC_MEMORY_READ] = "store=\"memory\",access=\"read\"",
		[METRIC_MEMORY_WRITE] = "store=\"memory\",access=\"write\"",
	};

	put_family(out, "histogram", name,
		fr ? "Combien de temps une requête a disposé d’un dépôt, attente comprise."
		   : "How long a request had a store, with the wait for it.");
	for (size_t i = 0; i < METRIC_STORES; i++)
		put_histogram(out, name, labels[i], &m->stores[i]);
}

/* Processor time is kept in microseconds. */
static void
put_value(bytes *out, const char *name, const char *labels, const metrics *m, metric which)
{
	uint64_t value = load(&m->values[which]);
	bool labelled = labels[0] != '\0';

	bytes_format(out, "%s%s%s%s ", name, labelled ? "{" : "", labels, labelled ? "}" : "");
	if (which == METRIC_PROCESSOR)
		bytes_format(out, "%.6f\n", (double)value / 1e6);
	else
		bytes_format(out, "%llu\n", (unsigned long long)value);
}

void
metrics_write(const metrics *m, paraph_language ui, bytes *out)
{
	bool fr = ui == PARAPH_LANGUAGE_FR;
	const char *family = "";

	put_routes(m, fr, out);
	put_stores(m, fr, out);
#define FAMILY(type, name, en, french) put_family(out, type, family = name, fr ? french : en);
#define SERIES(symbol, labels) put_value(out, family, labels, m, METRIC_##symbol);
#include "apps/http/metrics.def"
#undef FAMILY
#undef SERIES
}
