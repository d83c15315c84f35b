#include "apps/lsp/worker.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/lsp/diagnostic.h"

typedef struct queue {
	job *first, *last;
} queue;

struct worker {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	queue waiting, done;
	const job *at;        /* what is being done; NULL: nothing */
	atomic_bool unwanted; /* a check whose findings nobody will see */
	bool stops;
	int signal[2]; /* a byte for each answer */
	backend backend;
};

static void
add(queue *q, job *j)
{
	j->next = NULL;
	if (q->first == NULL)
		q->first = j;
	else
		q->last->next = j;
	q->last = j;
}

static job *
take(queue *q)
{
	job *j = q->first;

	if (j != NULL)
		q->first = j->next;
	return j;
}

job *
worker_new_job(job_kind kind, const char *uri)
{
	job *j = allocate(NULL, 1, sizeof(*j));

	*j = (job){ .kind = kind, .uri = uri == NULL ? NULL : copy_text(uri) };
	return j;
}

void
worker_free_job(job *j)
{
	free(j->uri);
	free(j->name);
	lines_free(&j->text);
	json_decref(j->id);
	json_decref(j->params);
	json_decref(j->result);
	free(j);
}

static void
answer(worker *w, job *j)
{
	pthread_mutex_lock(&w->lock);
	add(&w->done, j);
	pthread_mutex_unlock(&w->lock);
	/* Where the pipe is full there is enough to wake up for. */
	(void)!write(w->signal[1], "", 1);
}

/* So that the client can show progress. */
static void
tell_begun(worker *w, const job *j)
{
	job *note = worker_new_job(JOB_CHECK, j->uri);

	note->begun = true;
	note->size = j->text.n;
	answer(w, note);
}

static void
check(worker *w, job *j)
{
	backend *b = &w->backend;

	j->cancelled = atomic_load(&w->unwanted);
	if (j->cancelled)
		return;
	tell_begun(w, j);
	bool done = backend_check(b, j->uri, j->name, &j->text);
	j->cancelled = !done && atomic_load(&w->unwanted);
	if (j->cancelled)
		return;
	checked *d = backend_find(b, j->uri);
	bool cut;
	json_t *items = diagnostics_of(b, d, &cut);
	if (cut)
		snprintf(b->message, sizeof(b->message), "%s",
			backend_say(b, "too many findings to show them all",
				"trop de signalements pour les afficher tous"));
	if (!done || b->message[0] != '\0') {
		j->fault.code = CODE_FAILED;
		snprintf(j->fault.message, sizeof(j->fault.message), "%s", b->message);
	}
	if (d->items != NULL && json_equal(d->items, items))
		json_decref(items);
	else {
		json_decref(d->items);
		d->items = items;
		d->state = ++b->states;
	}
	/* jansson counts references atomically, and nobody changes it. */
	j->result = json_incref(d->items);
}

static void
work(worker *w, job *j)
{
	backend *b = &w->backend;

	switch (j->kind) {
	case JOB_CHECK:
		check(w, j);
		break;
	case JOB_FORGET:
		backend_forget(b, j->uri);
		break;
	case JOB_CONFIGURE:
		backend_configure(b, json_incref(j->params));
		break;
	case JOB_REQUEST:
		j->result = j->work(b, j->uri == NULL ? NULL : backend_find(b, j->uri),
			j->params, &j->fault);
		break;
	}
}

static void *
run(void *argument)
{
	worker *w = argument;

	for (;;) {
		pthread_mutex_lock(&w->lock);
		while (w->waiting.first == NULL && !w->stops)
			pthread_cond_wait(&w->changed, &w->lock);
		job *j = w->stops ? NULL : take(&w->waiting);
		w->at = j;
		atomic_store(&w->unwanted, j != NULL && j->unwanted);
		pthread_mutex_unlock(&w->lock);
		if (j == NULL)
			break;
		work(w, j);
		pthread_mutex_lock(&w->lock);
		w->at = NULL;
		pthread_mutex_unlock(&w->lock);
		answer(w, j);
	}
	backend_close(&w->backend);
	while (w->backend.documents != NULL)
		backend_forget(&w->backend, w->backend.documents->uri);
	json_decref(w->backend.options);
	return NULL;
}

static bool
is_wanted(void *user)
{
	return !atomic_load(&((worker *)user)->unwanted);
}

worker *
worker_start(const settings *s)
{
	worker *w = allocate(NULL, 1, sizeof(*w));

	*w = (worker){ .backend = { .cli = s,
			       .ui = s->ui,
			       .usual = s->ui,
			       .wanted = is_wanted,
			       .wanted_user = w } };
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->changed, NULL);
	if (pipe(w->signal) != 0) {
		free(w);
		return NULL;
	}
	for (int i = 0; i < 2; i++) {
		fcntl(w->signal[i], F_SETFL, O_NONBLOCK);
		fcntl(w->signal[i], F_SETFD, FD_CLOEXEC);
	}
	if (pthread_create(&w->thread, NULL, run, w) == 0)
		return w;
	close(w->signal[0]);
	close(w->signal[1]);
	free(w);
	return NULL;
}

static void
drop_all(queue *q)
{
	for (job *j = take(q); j != NULL; j = take(q))
		worker_free_job(j);
}

void
worker_stop(worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->stops = true;
	atomic_store(&w->unwanted, true);
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	drop_all(&w->waiting);
	drop_all(&w->done);
	close(w->signal[0]);
	close(w->signal[1]);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->changed);
	free(w);
}

void
worker_agree(worker *w, bool in_bytes, paraph_language ui)
{
	pthread_mutex_lock(&w->lock);
	w->backend.bytes = in_bytes;
	w->backend.ui = w->backend.usual = ui;
	pthread_mutex_unlock(&w->lock);
}

/* The check that waits for the same document; what was asked of it may as well be asked of the
 * newer text. */
static job *
overtaken(worker *w, const job *newer)
{
	job *found = NULL;

	if (newer->kind != JOB_CHECK)
		return NULL;
	for (job *j = w->waiting.first; j != NULL; j = j->next) {
		if (j->kind == JOB_CONFIGURE)
			found = NULL; /* it is of the settings before */
		else if (j->kind != JOB_REQUEST && strcmp(j->uri, newer->uri) == 0)
			found = j->kind == JOB_CHECK ? j : NULL; /* it was closed since */
	}
	return found;
}

/* Will nobody see the findings of the check in hand after that: of a document that is closed,
 * of settings that are no more? */
static bool
makes_void(const worker *w, const job *j)
{
	if (w->at == NULL || w->at->kind != JOB_CHECK)
		return false;
	return j->kind == JOB_CONFIGURE ||
	       (j->kind == JOB_FORGET && strcmp(j->uri, w->at->uri) == 0);
}

/* Nor those of a check that waits, where nothing is asked of the document before it is closed.
 */
static void
let_go(worker *w, const char *uri)
{
	job *unwanted = NULL;

	for (job *j = w->waiting.first; j != NULL; j = j->next)
		if (j->uri != NULL && strcmp(j->uri, uri) == 0)
			unwanted = j->kind == JOB_CHECK ? j : NULL;
	if (unwanted != NULL)
		unwanted->unwanted = true;
}

void
worker_give(worker *w, job *j)
{
	pthread_mutex_lock(&w->lock);
	if (makes_void(w, j))
		atomic_store(&w->unwanted, true);
	if (j->kind == JOB_FORGET)
		let_go(w, j->uri);
	job *old = overtaken(w, j);
	if (old == NULL)
		add(&w->waiting, j);
	else {
		lines text = old->text;
		old->text = j->text;
		j->text = text;
		old->version = j->version;
		old->serial = j->serial;
	}
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	if (old != NULL)
		worker_free_job(j);
}

job *
worker_cancel(worker *w, const json_t *id)
{
	job *before = NULL, *j;

	pthread_mutex_lock(&w->lock);
	for (j = w->waiting.first; j != NULL; before = j, j = j->next)
		if (j->kind == JOB_REQUEST && json_equal(j->id, id))
			break;
	if (j != NULL) {
		if (before == NULL)
			w->waiting.first = j->next;
		else
			before->next = j->next;
		if (w->waiting.last == j)
			w->waiting.last = before;
	}
	pthread_mutex_unlock(&w->lock);
	return j;
}

int
worker_signal(const worker *w)
{
	return w->signal[0];
}

job *
worker_take(worker *w)
{
	char wakes[64];

	while (read(w->signal[0], wakes, sizeof(wakes)) > 0)
		;
	pthread_mutex_lock(&w->lock);
	job *j = take(&w->done);
	pthread_mutex_unlock(&w->lock);
	return j;
}
