/* Answers that are streams of events (text/event-stream): what happens in the course of long
 * work. Whoever works puts events in, the connection takes them out. */
#ifndef APPS_HTTP_EVENTS_H
#define APPS_HTTP_EVENTS_H

#include "apps/cli/bytes.h"
#include "apps/http/microhttpd.h"

typedef struct events events;

/* Begins the answer of a connection, which must be suspended. NULL: memory is out. */
events *events_open(struct MHD_Connection *c, struct MHD_Response **response);
/* False: nobody reads any more. */
bool events_put(events *e, const char *name, paraph_text data);
/* Is the client still there? */
bool events_are_wanted(events *e);
/* No more will come. */
void events_end(events *e);

#endif
