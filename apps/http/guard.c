#include "apps/http/guard.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Without the port: "name:80", "[::1]:80". */
static paraph_text
host_name(const char *host)
{
	size_t n = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	size_t all = strlen(host);

	return (paraph_text){ host, n < all ? n : all };
}

static bool
is_address(paraph_text name)
{
	if (name.n == 0)
		return false;
	if (name.p[0] == '[')
		return name.p[name.n - 1] == ']';
	for (size_t i = 0; i < name.n; i++)
		if (!isdigit((unsigned char)name.p[i]) && name.p[i] != '.')
			return false;
	return true;
}

static bool
same_name(paraph_text name, const char *other)
{
	return strlen(other) == name.n && strncasecmp(other, name.p, name.n) == 0;
}

bool
guard_host(const char *host, const char *const *allowed)
{
	if (host == NULL) /* HTTP/1.0 */
		return true;
	paraph_text name = host_name(host);
	if (is_address(name) || same_name(name, "localhost"))
		return true;
	for (size_t i = 0; allowed != NULL && allowed[i] != NULL; i++)
		if (same_name(name, allowed[i]))
			return true;
	return false;
}

bool
guard_is_allowed(const char *origin, const char *const *allowed)
{
	for (size_t i = 0; allowed != NULL && allowed[i] != NULL; i++)
		if (strcmp(allowed[i], "*") == 0 || strcasecmp(allowed[i], origin) == 0)
			return true;
	return false;
}

bool
guard_origin(const char *origin, const char *host, const char *const *allowed)
{
	if (origin == NULL || guard_is_allowed(origin, allowed))
		return true;
	const char *authority = strstr(origin, "://");
	return authority != NULL && host != NULL && strcasecmp(authority + 3, host) == 0;
}

paraph_text
guard_bearer(const char *authorization)
{
	if (authorization == NULL || strncasecmp(authorization, "Bearer ", 7) != 0)
		return (paraph_text){ 0 };
	return text_of(authorization + 7);
}

/* --- rate: a bucket for each client that lets so many drops through a minute --- */

#define BUCKETS 4096 /* clients that fall together share one */

struct guard_rate {
	pthread_mutex_t lock;
	double per_second, most;
	struct {
		double left, at;
		bool used;
	} buckets[BUCKETS];
};

guard_rate *
guard_rate_open(unsigned per_minute)
{
	guard_rate *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	pthread_mutex_init(&r->lock, NULL);
	r->per_second = per_minute / 60.0;
	r->most = per_minute;
	return r;
}

void
guard_rate_close(guard_rate *r)
{
	if (r == NULL)
		return;
	pthread_mutex_destroy(&r->lock);
	free(r);
}

bool
guard_rate_allows(guard_rate *r, uint64_t client)
{
	size_t i = (size_t)((client * UINT64_C(0x9E3779B97F4A7C15)) >> 32) % BUCKETS;
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	double at = (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
	pthread_mutex_lock(&r->lock);
	double left = r->most;
	if (r->buckets[i].used) {
		left = r->buckets[i].left + (at - r->buckets[i].at) * r->per_second;
		left = left > r->most ? r->most : left;
	}
	bool allowed = left >= 1;
	r->buckets[i].left = allowed ? left - 1 : left;
	r->buckets[i].at = at;
	r->buckets[i].used = true;
	pthread_mutex_unlock(&r->lock);
	return allowed;
}
