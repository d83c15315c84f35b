/* Two hold the events: the worker until events_end, the response until it is destroyed. The
 * last of them frees them. The library asks for bytes on its own thread; when there are none
 * the connection is suspended, and whoever puts some in resumes it. */
#include "apps/http/events.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 4096
#define WAITING_MOST ((size_t)1 << 20)

struct events {
	pthread_mutex_t lock;
	struct MHD_Connection *connection;
	bytes waiting;
	size_t given;
	bool suspended, ended, gone;
};

static void
release(events *e)
{
	pthread_mutex_destroy(&e->lock);
	bytes_free(&e->waiting);
	free(e);
}

static ssize_t
give(void *user, uint64_t at, char *out, size_t most)
{
	events *e = user;
	ssize_t n = 0;

	(void)at;
	pthread_mutex_lock(&e->lock);
	size_t left = e->waiting.n - e->given;
	if (left != 0) {
		size_t k = left < most ? left : most;
		memcpy(out, e->waiting.p + e->given, k);
		e->given += k;
		if (e->given == e->waiting.n)
			e->given = e->waiting.n = 0;
		n = (ssize_t)k;
	} else if (e->ended) {
		n = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		e->suspended = true;
		mhd.suspend_connection(e->connection);
	}
	pthread_mutex_unlock(&e->lock);
	return n;
}

/* The response is destroyed: everything was sent, or the client is gone. */
static void
leave(void *user)
{
	events *e = user;

	pthread_mutex_lock(&e->lock);
	bool last = e->ended;
	e->gone = true;
	pthread_mutex_unlock(&e->lock);
	if (last)
		release(e);
}

events *
events_open(struct MHD_Connection *c, struct MHD_Response **response)
{
	events *e = calloc(1, sizeof(*e));

	*response = NULL;
	if (e == NULL || pthread_mutex_init(&e->lock, NULL) != 0) {
		free(e);
		return NULL;
	}
	e->connection = c;
	*response = mhd.create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, give, e, leave);
	if (*response != NULL)
		return e;
	release(e);
	return NULL;
}

static void
wake(events *e)
{
	if (!e->suspended || e->gone)
		return;
	e->suspended = false;
	mhd.resume_connection(e->connection);
}

bool
events_put(events *e, const char *name, paraph_text data)
{
	pthread_mutex_lock(&e->lock);
	if (!e->gone && e->waiting.n < WAITING_MOST) {
		bytes_text(&e->waiting, "event: ");
		bytes_text(&e->waiting, name);
		bytes_text(&e->waiting, "\ndata: ");
		bytes_put(&e->waiting, data.p, data.n);
		bytes_text(&e->waiting, "\n\n");
		wake(e);
	}
	bool there = !e->gone;
	pthread_mutex_unlock(&e->lock);
	return there;
}

bool
events_are_wanted(events *e)
{
	pthread_mutex_lock(&e->lock);
	bool there = !e->gone;
	pthread_mutex_unlock(&e->lock);
	return there;
}

void
events_end(events *e)
{
	pthread_mutex_lock(&e->lock);
	bool last = e->gone;
	e->ended = true;
	if (!last)
		wake(e);
	pthread_mutex_unlock(&e->lock);
	if (last)
		release(e);
}
