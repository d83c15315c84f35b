/* Who is let in: the Host header, against names that lead a browser here (DNS rebinding); the
 * Origin header, against other sites; tokens; the rate. */
#ifndef APPS_HTTP_GUARD_H
#define APPS_HTTP_GUARD_H

#include "apps/http/request.h"
#include "apps/http/tokens.h"

/* host: the header, NULL when there is none. Addresses in digits, localhost and names that were
 * allowed are ours. */
bool guard_host(const char *host, const char *const *allowed);

/* May a page of that origin ask? One of our own host may. */
bool guard_origin(const char *origin, const char *host, const char *const *allowed);
/* Is the origin (or "*") in the list? */
bool guard_is_allowed(const char *origin, const char *const *allowed);

/* What comes behind "Bearer " in the header. */
paraph_text guard_bearer(const char *authorization);

typedef struct guard_rate guard_rate;
/* Requests a minute of one client; NULL: out of memory. */
guard_rate *guard_rate_open(unsigned per_minute);
void guard_rate_close(guard_rate *r);
/* Counts a request of the client; false: it is one too many. */
bool guard_rate_allows(guard_rate *r, uint64_t client);

#endif
