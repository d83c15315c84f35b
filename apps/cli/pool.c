/* A ring of slots: workers claim indices in order, and wait when the index they claimed is a
 * whole ring ahead of what has been handed on. One lock guards all of it: a document takes far
 * longer than a claim.
 *
 * A folder has many small documents and a few that take as long as hundreds of them; while one
 * worker is busy with such a one the others must find enough to do (of a gigabyte of mixed
 * sizes two threads were 1.6 times as fast as one with four slots each, 1.98 times with
 * sixty-four). So the ring is long; but only the first few results are held whatever they
 * weigh. */
#include "apps/cli/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/cli/command.h"

#define SLOTS_PER_JOB 64
#define ANYWAY_PER_JOB 4               /* results that are held however large they are */
#define HELD_MOST ((uint64_t)32 << 20) /* bytes of files whose results wait */
#define JOBS_MAX 256

typedef struct slot {
	checked done;
	uint64_t bytes; /* of its file */
	bool full;
} slot;

typedef struct pool {
	const list *paths;
	pool_work *work;
	void *user;
	pthread_mutex_t lock;
	pthread_cond_t filled, emptied;
	slot *slots;
	size_t slot_count, anyway, claimed, taken;
	uint64_t held;  /* bytes of the files of the results that wait to be handed on */
	size_t threads; /* for one document, where there are more than documents */
	bool stopped;
} pool;

typedef struct worker {
	pool *pool;
	paraph_session *session;
	pthread_t thread;
} worker;

int
pool_jobs(const settings *s, size_t *jobs)
{
	char *end;
	long n = s->jobs == NULL ? sysconf(_SC_NPROCESSORS_ONLN) : strtol(s->jobs, &end, 10);

	if (s->jobs != NULL && (n < 1 || *end != '\0'))
		return complain(s, "--jobs: “%s” is not a number from 1 on",
			"--jobs\u00A0: «\u00A0%s\u00A0» n’est pas un nombre à partir de 1",
			s->jobs);
	*jobs = n < 1 ? 1 : (size_t)n;
	return EXIT_CLEAN;
}

static bool
is_too_far(const pool *p)
{
	size_t ahead = p->claimed - p->taken;

	return ahead >= p->slot_count || (ahead >= p->anyway && p->held > HELD_MOST);
}

/* False when there is nothing left to do. */
static bool
claim(pool *p, size_t *index)
{
	pthread_mutex_lock(&p->lock);
	while (!p->stopped && p->claimed < p->paths->n && is_too_far(p))
		pthread_cond_wait(&p->emptied, &p->lock);
	bool more = !p->stopped && p->claimed < p->paths->n;
	if (more)
		*index = p->claimed++;
	pthread_mutex_unlock(&p->lock);
	return more;
}

static uint64_t
size_of(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && about.st_size > 0 ? (uint64_t)about.st_size : 0;
}

static void *
run_worker(void *argument)
{
	worker *w = argument;
	pool *p = w->pool;
	size_t index;

	while (claim(p, &index)) {
		slot *mine = &p->slots[index % p->slot_count];
		mine->done = (checked){ .index = index };
		mine->bytes = size_of(p->paths->at[index]);
		p->work(p->user, w->session, p->paths->at[index], &mine->done);
		pthread_mutex_lock(&p->lock);
		mine->full = true;
		p->held += mine->bytes;
		pthread_cond_signal(&p->filled);
		pthread_mutex_unlock(&p->lock);
	}
	return NULL;
}

static void
stop(pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->stopped = true;
	pthread_cond_broadcast(&p->emptied);
	pthread_mutex_unlock(&p->lock);
}

static void
take_all(pool *p, pool_take *take)
{
	for (size_t i = 0; i < p->paths->n; i++) {
		slot *next = &p->slots[i % p->slot_count];
		pthread_mutex_lock(&p->lock);
		while (!next->full)
			pthread_cond_wait(&p->filled, &p->lock);
		pthread_mutex_unlock(&p->lock);
		bool more = take(p->user, p->paths->at[i], &next->done);
		paraph_result_free(next->done.result);
		pthread_mutex_lock(&p->lock);
		next->full = false;
		p->held -= next->bytes;
		p->taken++;
		pthread_cond_broadcast(&p->emptied);
		pthread_mutex_unlock(&p->lock);
		if (!more)
			return;
	}
}

static void
free_left(pool *p)
{
	for (size_t i = 0; i < p->slot_count; i++)
		if (p->slots[i].full)
			paraph_result_free(p->slots[i].done.result);
	free(p->slots);
}

static size_t
start_workers(pool *p, paraph_engine *engine, worker *workers, size_t jobs)
{
	size_t n = 0;

	for (; n < jobs; n++) {
		workers[n] = (worker){ .pool = p };
		if (paraph_session_open(&workers[n].session, engine) != PARAPH_OK)
			break;
		paraph_session_threads(workers[n].session, (unsigned)p->threads);
		if (pthread_create(&workers[n].thread, NULL, run_worker, &workers[n]) != 0) {
			paraph_session_close(workers[n].session);
			break;
		}
	}
	return n;
}

static bool
run_threads(paraph_engine *engine, pool *p, size_t jobs, pool_take *take)
{
	worker *workers = allocate(NULL, jobs, sizeof(*workers));

	p->slot_count = jobs * SLOTS_PER_JOB;
	p->anyway = jobs * ANYWAY_PER_JOB;
	p->slots = allocate(NULL, p->slot_count, sizeof(*p->slots));
	for (size_t i = 0; i < p->slot_count; i++)
		p->slots[i] = (slot){ 0 };
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->filled, NULL);
	pthread_cond_init(&p->emptied, NULL);
	size_t running = start_workers(p, engine, workers, jobs);
	if (running > 0)
		take_all(p, take);
	stop(p);
	for (size_t i = 0; i < running; i++) {
		pthread_join(workers[i].thread, NULL);
		paraph_session_close(workers[i].session);
	}
	free_left(p);
	pthread_cond_destroy(&p->emptied);
	pthread_cond_destroy(&p->filled);
	pthread_mutex_destroy(&p->lock);
	free(workers);
	return running > 0;
}

static bool
run_here(paraph_engine *engine, const pool *p, pool_take *take)
{
	paraph_session *session;
	bool more = true;

	if (paraph_session_open(&session, engine) != PARAPH_OK)
		return false;
	paraph_session_threads(session, (unsigned)p->threads);
	for (size_t i = 0; more && i < p->paths->n; i++) {
		checked done = { .index = i };
		p->work(p->user, session, p->paths->at[i], &done);
		more = take(p->user, p->paths->at[i], &done);
		paraph_result_free(done.result);
	}
	paraph_session_close(session);
	return true;
}

bool
pool_run(paraph_engine *engine, const list *paths, size_t jobs, pool_work *work,
	pool_take *take, void *user)
{
	pool p = { .paths = paths, .work = work, .user = user };

	if (jobs > JOBS_MAX)
		jobs = JOBS_MAX;
	p.threads = paths->n == 0 || jobs <= paths->n ? 1 : jobs / paths->n;
	if (jobs > paths->n)
		jobs = paths->n;
	return jobs <= 1 ? run_here(engine, &p, take) : run_threads(engine, &p, jobs, take);
}
