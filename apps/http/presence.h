/* Is the client that waits for an answer still there?
 *
 * A connection whose request is in work is suspended: the library does not look at it. What its
 * socket tells is asked here, by the worker. A client that has closed its side may have gone,
 * or may have sent all it wanted to and read on (`nc -N`): the interim answer “100 Continue”,
 * which every client of HTTP/1.1 passes over, makes the system of one that is gone say so.
 * Where that cannot be sent (TLS, HTTP/1.0) closing is going. */
#ifndef APPS_HTTP_PRESENCE_H
#define APPS_HTTP_PRESENCE_H

#include <stdbool.h>

typedef struct presence {
	int socket;   /* -1: nobody can be asked */
	bool interim; /* the answer may be sent */
	bool sent, gone;
	long long asked; /* when, in ms */
} presence;

/* Asks the system once in so many ms, whatever is asked of it. */
#define PRESENCE_MS 20

bool presence_holds(presence *p);

#endif
