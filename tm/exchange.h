/* Formats in which memories are exchanged. A format reads a stream into units, one after the
 * other, and writes units to a stream of bytes; neither ever holds a whole memory.
 *
 * To add one: write tm/formats/NAME.c and add a line to tm/formats.def. */
#ifndef TM_EXCHANGE_H
#define TM_EXCHANGE_H

#include "base/stream.h"
#include "tm/unit.h"

typedef stream_place tm_place;

/* What reading gives. A status other than STATUS_OK ends it and is handed on. */
typedef struct tm_sink {
	void *user;
	status (*take)(void *user, const tm_unit *u, tm_place at);
	/* Something that is left out, and why, in the language of the context. */
	status (*refuse)(void *user, tm_place at, const char *why);
} tm_sink;

typedef struct tm_input {
	context *context;
	stream *stream;
	const tm_sink *sink;
	/* The languages wanted, empty: the file's own first two. Tables without names of
	 * languages are taken for these. Compared by their first subtags. */
	slice source, target;
} tm_input;

typedef struct tm_output {
	context *context;
	buffer *bytes;        /* what is written; emptied by the caller as it likes */
	slice source, target; /* of the memory */
} tm_output;

typedef struct tm_format {
	const char *name;              /* "tmx" */
	const char *const *extensions; /* ".tmx", …; ends with NULL */
	const char *summary_en, *summary_fr;
	int (*probe)(slice head); /* 0 not at all, 100 entirely */
	status (*read)(tm_input *in);
	/* NULL: only read. */
	status (*begin)(tm_output *out);
	status (*write)(tm_output *out, const tm_unit *u);
	status (*end)(tm_output *out);
	const struct tm_work_format *work; /* files to be translated; NULL: none (tm/work.h) */
} tm_format;

const tm_format *tm_format_named(slice name); /* NULL for none */
const tm_format *tm_format_at(size_t i);      /* NULL past the last */
/* By the end of a path, then by the first bytes (which may be empty). */
const tm_format *tm_format_for(slice path, slice head);

/* For a file that cannot be read on: NAME:LINE:COLUMN: why. */
status tm_refuse_file(const tm_input *in, tm_place at, const char *why);
const char *tm_either(const tm_input *in, const char *en, const char *fr);

/* Do two language tags begin with the same subtag, in any case? An empty one is any. */
bool tm_same_language(slice a, slice b);

#endif
