#include "apps/http/connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define HEADERS_SECONDS 30 /* from the opening of a connection */

struct connection {
	int socket;
	time_t until; /* 0: no deadline */
	connection *previous, *next;
};

struct connections {
	pthread_mutex_t lock;
	connection *first;
};

static time_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

connections *
connections_open(void)
{
	connections *c = calloc(1, sizeof(*c));

	if (c != NULL)
		pthread_mutex_init(&c->lock, NULL);
	return c;
}

void
connections_close(connections *c)
{
	if (c == NULL)
		return;
	while (c->first != NULL) {
		connection *gone = c->first;
		c->first = gone->next;
		free(gone);
	}
	pthread_mutex_destroy(&c->lock);
	free(c);
}

connection *
connections_add(connections *c, int socket)
{
	connection *one = calloc(1, sizeof(*one));

	if (one == NULL)
		return NULL;
	one->socket = socket;
	one->until = now() + HEADERS_SECONDS;
	pthread_mutex_lock(&c->lock);
	one->next = c->first;
	if (c->first != NULL)
		c->first->previous = one;
	c->first = one;
	pthread_mutex_unlock(&c->lock);
	return one;
}

void
connections_remove(connections *c, connection *which)
{
	if (which == NULL)
		return;
	pthread_mutex_lock(&c->lock);
	if (which->previous != NULL)
		which->previous->next = which->next;
	else
		c->first = which->next;
	if (which->next != NULL)
		which->next->previous = which->previous;
	pthread_mutex_unlock(&c->lock);
	free(which);
}

void
connections_give(connections *c, connection *which, unsigned seconds)
{
	if (which == NULL)
		return;
	pthread_mutex_lock(&c->lock);
	which->until = seconds == 0 ? 0 : now() + (time_t)seconds;
	pthread_mutex_unlock(&c->lock);
}

size_t
connections_sweep(connections *c)
{
	time_t t = now();
	size_t n = 0;

	pthread_mutex_lock(&c->lock);
	for (connection *one = c->first; one != NULL; one = one->next)
		if (one->until != 0 && one->until < t) {
			shutdown(one->socket, SHUT_RDWR);
			one->until = 0;
			n++;
		}
	pthread_mutex_unlock(&c->lock);
	return n;
}
