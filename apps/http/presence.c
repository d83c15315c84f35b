#define _GNU_SOURCE /* POLLRDHUP */
#include "apps/http/presence.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static long long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* True: it is not known to be gone. */
static bool
look(presence *p)
{
	static const char interim[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct pollfd one = { .fd = p->socket, .events = POLLRDHUP };

	if (poll(&one, 1, 0) <= 0)
		return true;
	if ((one.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
		return false;
	if (p->sent || (one.revents & POLLRDHUP) == 0)
		return true;
	p->sent = true;
	return p->interim && send(p->socket, interim, strlen(interim),
				     MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)strlen(interim);
}

bool
presence_holds(presence *p)
{
	long long at = p->gone || p->socket < 0 ? p->asked : now();

	if (at - p->asked < PRESENCE_MS)
		return !p->gone;
	p->asked = at;
	p->gone = !look(p);
	return !p->gone;
}
