/* Deadlines of connections. The library ends those on which nothing moves; a client that sends
 * a byte now and then (slow loris) keeps it waiting for ever. Here every connection has an hour
 * by which what is awaited of it must be there: the headers of a request, its body, the taking
 * of the answer. One that is late is shut down from outside, and the library then closes it. */
#ifndef APPS_HTTP_CONNECTIONS_H
#define APPS_HTTP_CONNECTIONS_H

#include <stddef.h>

typedef struct connection connection;
typedef struct connections connections;

connections *connections_open(void); /* NULL: out of memory */
void connections_close(connections *c);

/* NULL: out of memory. */
connection *connections_add(connections *c, int socket);
void connections_remove(connections *c, connection *which);

/* It has so many seconds from now; 0: as many as it takes, while we are at work. */
void connections_give(connections *c, connection *which, unsigned seconds);
/* Shuts down those that are late, and counts them. */
size_t connections_sweep(connections *c);

#endif
