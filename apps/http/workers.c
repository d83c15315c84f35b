#include "apps/http/workers.h"

#include <pthread.h>
#include <stdlib.h>

#define WAITING_MOST 256
#define THREADS_MOST 64

struct workers {
	worker_job *run;
	pthread_mutex_t lock;
	pthread_cond_t filled;
	void *ring[WAITING_MOST];
	size_t first, count;
	bool stopped;
	pthread_t threads[THREADS_MOST];
	size_t thread_count;
};

/* NULL: there is nothing left, and nothing will come. */
static void *
take(workers *w)
{
	void *what = NULL;

	pthread_mutex_lock(&w->lock);
	while (w->count == 0 && !w->stopped)
		pthread_cond_wait(&w->filled, &w->lock);
	if (w->count != 0) {
		what = w->ring[w->first];
		w->first = (w->first + 1) % WAITING_MOST;
		w->count--;
	}
	pthread_mutex_unlock(&w->lock);
	return what;
}

static void *
work(void *argument)
{
	workers *w = argument;

	for (void *what; (what = take(w)) != NULL;)
		w->run(what);
	return NULL;
}

workers *
workers_open(size_t threads, worker_job *run)
{
	workers *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->run = run;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->filled, NULL);
	if (threads > THREADS_MOST)
		threads = THREADS_MOST;
	while (w->thread_count < threads &&
		pthread_create(&w->threads[w->thread_count], NULL, work, w) == 0)
		w->thread_count++;
	if (w->thread_count != 0)
		return w;
	workers_close(w);
	return NULL;
}

bool
workers_add(workers *w, void *what)
{
	pthread_mutex_lock(&w->lock);
	bool room = w->count < WAITING_MOST && !w->stopped;
	if (room) {
		w->ring[(w->first + w->count++) % WAITING_MOST] = what;
		pthread_cond_signal(&w->filled);
	}
	pthread_mutex_unlock(&w->lock);
	return room;
}

size_t
workers_waiting(workers *w)
{
	pthread_mutex_lock(&w->lock);
	size_t n = w->count;
	pthread_mutex_unlock(&w->lock);
	return n;
}

void
workers_close(workers *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopped = true;
	pthread_cond_broadcast(&w->filled);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->thread_count; i++)
		pthread_join(w->threads[i], NULL);
	pthread_cond_destroy(&w->filled);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
