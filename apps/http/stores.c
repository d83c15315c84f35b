#include "apps/http/stores.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "apps/http/api.h"
#include "apps/http/server.h"

#define HANDLES 32

typedef struct handle {
	void *it;
	uint64_t generation;
} handle;

typedef struct pool {
	handle free[HANDLES];
	size_t count;
	uint64_t generation;
	void (*close)(void *it);
} pool;

struct stores {
	const stores_options *options;
	pthread_mutex_t lock;          /* of the pools */
	pthread_mutex_t terms, memory; /* of whoever writes */
	pool termbases, memories;
	atomic_bool terms_failed, memory_failed; /* when they were last opened or used */
};

static void
close_termbase(void *t)
{
	paraph_termbase_close(t);
}

static void
close_memory(void *tm)
{
	paraph_tm_close(tm);
}

stores *
stores_open(const stores_options *options)
{
	stores *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->options = options;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->terms, NULL);
	pthread_mutex_init(&s->memory, NULL);
	s->termbases.close = close_termbase;
	s->memories.close = close_memory;
	return s;
}

static void
empty(pool *p)
{
	while (p->count != 0)
		p->close(p->free[--p->count].it);
}

void
stores_close(stores *s)
{
	if (s == NULL)
		return;
	empty(&s->termbases);
	empty(&s->memories);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->terms);
	pthread_mutex_destroy(&s->memory);
	free(s);
}

const stores_options *
stores_settings(const stores *s)
{
	return s->options;
}

/* A handle that is free and of today; *generation: what a new one will be of. */
static void *
take(stores *s, pool *p, uint64_t *generation)
{
	void *it = NULL;

	pthread_mutex_lock(&s->lock);
	while (p->count != 0 && it == NULL) {
		handle h = p->free[--p->count];
		if (h.generation == p->generation)
			it = h.it;
		else
			p->close(h.it);
	}
	*generation = p->generation;
	pthread_mutex_unlock(&s->lock);
	return it;
}

static void
give(stores *s, pool *p, void *it, uint64_t generation)
{
	pthread_mutex_lock(&s->lock);
	bool keep = p->count < HANDLES && generation == p->generation;
	if (keep)
		p->free[p->count++] = (handle){ it, generation };
	pthread_mutex_unlock(&s->lock);
	if (!keep)
		p->close(it);
}

static void
renew(stores *s, pool *p)
{
	pthread_mutex_lock(&s->lock);
	p->generation++;
	pthread_mutex_unlock(&s->lock);
}

/* One's own may have been made meanwhile. */
static paraph_status
open_termbase(const stores_options *options, paraph_language ui, paraph_termbase **out,
	char *message, size_t size)
{
	paraph_termbase_options o = options->termbase;
	const char *const *named = o.paths;
	size_t count = 0, n = 0;

	while (named != NULL && named[count] != NULL)
		count++;
	const char **paths = malloc((count + 2) * sizeof(*paths));
	if (paths == NULL)
		return PARAPH_MEMORY;
	if (options->personal != NULL && access(options->personal, R_OK) == 0)
		paths[n++] = options->personal;
	for (size_t i = 0; i < count; i++)
		paths[n++] = named[i];
	paths[n] = NULL;
	o.paths = paths;
	o.ui = ui;
	paraph_status done = paraph_termbase_open(out, &o, message, size);
	free(paths);
	return done;
}

paraph_termbase *
stores_open_termbase(request *r)
{
	stores *s = r->server->stores;
	char message[512] = "";
	paraph_termbase *t;

	paraph_status done = open_termbase(s->options, r->ui, &t, message, sizeof(message));
	atomic_store(&s->terms_failed, done != PARAPH_OK);
	if (done == PARAPH_OK)
		return t;
	metrics_add(r->server->metrics, METRIC_TERMBASE_FAILURES, 1);
	api_failure(r, done, message);
	return NULL;
}

paraph_termbase *
stores_take_termbase(request *r)
{
	stores *s = r->server->stores;

	r->taken = metrics_now();
	paraph_termbase *t = take(s, &s->termbases, &r->generation);
	return t == NULL ? stores_open_termbase(r) : t;
}

void
stores_renew_termbases(stores *s)
{
	renew(s, &s->termbases);
}

/* The store was at the request's disposal since a moment until now. */
static void
count_use(const request *r, metric_store which, uint64_t since)
{
	metrics_store(r->server->metrics, which, metrics_now() - since);
}

void
stores_give_termbase(request *r, paraph_termbase *t)
{
	stores *s = r->server->stores;

	give(s, &s->termbases, t, r->generation);
	count_use(r, METRIC_TERMBASE_READ, r->taken);
}

bool
stores_have_memory(const stores *s)
{
	char path[4096];

	if (s->options->memory != NULL)
		return paraph_store_is_shared(s->options->memory) ||
		       access(s->options->memory, R_OK) == 0;
	return paraph_tm_personal(path, sizeof(path)) == PARAPH_OK && access(path, R_OK) == 0;
}

static paraph_status
open_memory(request *r, bool write, paraph_tm **out, char *message, size_t size)
{
	stores *s = r->server->stores;
	paraph_tm_options o = { .ui = r->ui,
		.path = s->options->memory,
		.write = write,
		.allow_incomplete = s->options->allow_incomplete && !write };
	paraph_status done = paraph_tm_open(out, &o, message, size);

	atomic_store(&s->memory_failed, done != PARAPH_OK);
	if (done != PARAPH_OK)
		metrics_add(r->server->metrics, METRIC_MEMORY_FAILURES, 1);
	return done;
}

paraph_tm *
stores_take_memory(request *r, bool write)
{
	stores *s = r->server->stores;
	char message[512] = "";
	paraph_tm *tm = NULL;

	r->taken = metrics_now();
	if (write)
		pthread_mutex_lock(&s->memory);
	else if ((tm = take(s, &s->memories, &r->generation)) != NULL)
		return tm;
	if (!write && !stores_have_memory(s)) {
		api_error(r, 404, "there is no translation memory yet",
			"il n’y a pas encore de mémoire de traduction");
		return NULL;
	}
	paraph_status done = open_memory(r, write, &tm, message, sizeof(message));
	if (done == PARAPH_OK)
		return tm;
	if (write)
		pthread_mutex_unlock(&s->memory);
	api_failure(r, done, message);
	return NULL;
}

bool
stores_failed(paraph_status done)
{
	return done == PARAPH_IO || done == PARAPH_DAMAGED || done == PARAPH_AGAIN;
}

void
stores_give_memory(request *r, paraph_tm *tm, bool write, paraph_status done)
{
	stores *s = r->server->stores;

	if (done == PARAPH_OK || stores_failed(done))
		atomic_store(&s->memory_failed, done != PARAPH_OK);
	if (stores_failed(done))
		metrics_add(r->server->metrics, METRIC_MEMORY_FAILURES, 1);
	if (write) {
		paraph_tm_close(tm);
		renew(s, &s->memories);
		pthread_mutex_unlock(&s->memory);
	} else if (paraph_tm_missing(tm) != NULL) {
		paraph_tm_close(tm); /* the next one looks whether all are there again */
	} else {
		give(s, &s->memories, tm, r->generation);
	}
	count_use(r, write ? METRIC_MEMORY_WRITE : METRIC_MEMORY_READ, r->taken);
}

void
stores_doubt_memory(request *r)
{
	char message[512];
	paraph_tm *tm;

	if (r->server->stores->options->memory != NULL &&
		open_memory(r, false, &tm, message, sizeof(message)) == PARAPH_OK)
		paraph_tm_close(tm);
}

bool
stores_writes_terms(const stores *s)
{
	return s->options->termbase_into != NULL;
}

bool
stores_lock_terms(request *r)
{
	stores *s = r->server->stores;

	if (!stores_writes_terms(s)) {
		api_error(r, 403, "this server has no termbase to write to",
			"ce serveur n’a pas de base terminologique où écrire");
		return false;
	}
	r->locked = metrics_now();
	pthread_mutex_lock(&s->terms);
	return true;
}

void
stores_unlock_terms(request *r, bool written)
{
	stores *s = r->server->stores;

	if (written)
		renew(s, &s->termbases);
	pthread_mutex_unlock(&s->terms);
	count_use(r, METRIC_TERMBASE_WRITE, r->locked);
}

void
stores_look(const stores *s, metrics *m)
{
	metrics_set(m, METRIC_TERMBASE_UP, !atomic_load(&s->terms_failed));
	metrics_set(
		m, METRIC_MEMORY_UP, stores_have_memory(s) && !atomic_load(&s->memory_failed));
}
