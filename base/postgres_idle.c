/* Connections that nobody uses at the moment. A server's threads open and close stores for each
 * request; connecting takes longer than most questions. */
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/postgres_private.h"

#define IDLE_MOST 8
#define IDLE_MILLISECONDS 60000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	postgres *of[IDLE_MOST];
	int64_t since[IDLE_MOST];
	size_t n;
	pid_t owner; /* the process they belong to */
} idle;

/* A child has its parent's connections and must not speak on them, nor say goodbye. */
static void
forget_those_of_the_parent(void)
{
	if (idle.owner != getpid())
		idle.n = 0;
	idle.owner = getpid();
}

/* An idle server has nothing to say: when there is something to read, it said goodbye. */
static bool
is_alive(const postgres *p)
{
	struct pollfd f = { .fd = libpq.socket(p->connection), .events = POLLIN };

	return libpq.status(p->connection) == CONNECTION_OK && poll(&f, 1, 0) == 0;
}

static postgres *
remove_at(size_t i)
{
	postgres *p = idle.of[i];

	idle.n--;
	memmove(&idle.of[i], &idle.of[i + 1], (idle.n - i) * sizeof(*idle.of));
	memmove(&idle.since[i], &idle.since[i + 1], (idle.n - i) * sizeof(*idle.since));
	return p;
}

/* The oldest come first. */
static void
drop_old(void)
{
	int64_t now = postgres_now();

	while (idle.n != 0 && now - idle.since[0] > IDLE_MILLISECONDS)
		postgres_free(remove_at(0));
}

postgres *
postgres_idle_take(const char *url)
{
	postgres *found = NULL;

	pthread_mutex_lock(&lock);
	forget_those_of_the_parent();
	drop_old();
	for (size_t i = idle.n; i > 0 && found == NULL; i--)
		if (strcmp(idle.of[i - 1]->url, url) == 0) {
			found = remove_at(i - 1);
			if (!is_alive(found)) {
				postgres_free(found);
				found = NULL;
			}
		}
	pthread_mutex_unlock(&lock);
	return found;
}

/* What another allocator gave must not outlive its owner. */
bool
postgres_idle_give(postgres *p)
{
	bool kept = p->memory == &memory_libc && p->connection != NULL && !p->open &&
		    p->begin[0] == '\0' && !p->copying && is_alive(p);

	pthread_mutex_lock(&lock);
	forget_those_of_the_parent();
	drop_old();
	if (kept && idle.n == IDLE_MOST)
		postgres_free(remove_at(0));
	if (kept) {
		idle.of[idle.n] = p;
		idle.since[idle.n++] = postgres_now();
	}
	pthread_mutex_unlock(&lock);
	return kept;
}
