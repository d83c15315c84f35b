/* Reading an XML file: expat fed from a stream, with limits, without entities of the file's
 * own, and with failures told with their place. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <expat.h>

#include "base/buffer.h"
#include "base/stream.h"

#define XML_DEPTH_MAX 256

typedef struct xml_reader xml_reader;

typedef struct xml_events {
	/* attributes: names and values in turn, ending with NULL, as expat gives them */
	status (*start)(void *user, const char *name, const char **attributes);
	status (*end)(void *user, const char *name);
	status (*text)(void *user, slice s);
	status (*comment)(void *user, slice s); /* NULL: passed over */
} xml_events;

struct xml_reader {
	bool utf8; /* set it before: the bytes are UTF-8 whatever their declaration says */
	stream *stream;
	XML_Parser parser;
	const xml_events *events;
	void *user;
	size_t depth;
	status status; /* of the first failure, which stops the parser */
};

/* Reads the whole stream. Names are as they are written, prefixes included. */
MUST_USE status xml_read(xml_reader *x, stream *in, const xml_events *events, void *user);
stream_place xml_here(const xml_reader *x);
/* The bytes of the input that the event in hand is about; of an empty element both its start
 * and its end are at the tag, the end without size. */
uint64_t xml_at(const xml_reader *x);
size_t xml_size(const xml_reader *x);
/* What is wrong with a file that is not well-formed XML. */
const char *xml_message(language ui, enum XML_Error error);
/* Fails: NAME:LINE:COLUMN: why. */
status xml_refuse(const xml_reader *x, const char *en, const char *fr);

/* The value of an attribute, compared without regard to case; NULL for none. */
const char *xml_attribute(const char **attributes, const char *name);

/* Is this one element, whole? Of less than INT_MAX bytes. */
bool xml_is_well_formed(slice s);

/* Control characters that XML cannot write are left out. */
void xml_put_text(buffer *out, slice s);      /* with & < > escaped */
void xml_put_attribute(buffer *out, slice s); /* and " and line breaks */
void xml_put_start(buffer *out, const char *name, const char **attributes);

#endif
