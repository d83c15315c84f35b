/* Reading an XML file of exchange: expat fed from a stream, with limits, without entities of
 * the file's own, and with failures told with their place. */
#ifndef TM_XML_H
#define TM_XML_H

#include <expat.h>

#include "tm/exchange.h"

#define XML_DEPTH_MAX 256

typedef struct xml_reader xml_reader;

typedef struct xml_events {
	/* attributes: names and values in turn, ending with NULL, as expat gives them */
	status (*start)(void *user, const char *name, const char **attributes);
	status (*end)(void *user, const char *name);
	status (*text)(void *user, slice s);
} xml_events;

struct xml_reader {
	tm_input *in;
	XML_Parser parser;
	const xml_events *events;
	void *user;
	size_t depth;
	status status; /* of the first failure, which stops the parser */
};

/* Reads the whole stream. Names are as they are written, prefixes included. */
MUST_USE status xml_read(xml_reader *x, tm_input *in, const xml_events *events, void *user);
tm_place xml_here(const xml_reader *x);

/* The value of an attribute, compared without regard to case; NULL for none. */
const char *xml_attribute(const char **attributes, const char *name);

void xml_put_text(buffer *out, slice s);      /* with & < > escaped */
void xml_put_attribute(buffer *out, slice s); /* and " and line breaks */
void xml_put_start(buffer *out, const char *name, const char **attributes);

#endif
