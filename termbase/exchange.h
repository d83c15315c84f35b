/* Formats in which termbases are exchanged. A format reads a stream into entries, one after the
 * other, and writes entries to a stream of bytes; neither ever holds a whole termbase.
 *
 * To add one: write termbase/formats/NAME.c and add a line to termbase/formats.def. */
#ifndef TERMBASE_EXCHANGE_H
#define TERMBASE_EXCHANGE_H

#include "base/buffer.h"
#include "base/stream.h"
#include "termbase/entry.h"

typedef struct exchange_place { /* in the input; 0: not known */
	unsigned line, column;  /* from 1; the column in code points */
} exchange_place;

/* What reading gives. A status other than STATUS_OK ends it and is handed on. */
typedef struct exchange_sink {
	void *user;
	/* A whole concept, closed. */
	status (*take)(void *user, const entry *e, exchange_place at);
	/* Something that is left out, and why, in the language of the context. */
	status (*refuse)(void *user, exchange_place at, const char *why);
	/* What the file says beside concepts, for an export to say again ("tbx.header");
	 * may be NULL. */
	status (*remark)(void *user, const char *key, slice value);
} exchange_sink;

typedef struct exchange_input {
	context *context;
	stream *stream;
	const exchange_sink *sink;
	/* Tables only: "their name=ours,…" names columns that are not recognised. */
	const char *columns;
	/* Tables only: is told which column is taken for what; may be NULL. */
	void (*mapped)(void *user, slice column, const char *taken_for);
	/* TBX only: where the parts of the concept that is taken stand; may be NULL. */
	struct tbx_places *places;
} exchange_input;

#define EXCHANGE_LANGUAGES 24

/* Which columns a table needs: bits by the place of a column in termbase/columns.h. */
typedef struct exchange_columns {
	uint32_t general;
	struct {
		char tag[36]; /* BCP 47 */
		uint32_t kinds;
	} of[EXCHANGE_LANGUAGES];
	size_t languages;
} exchange_columns;

typedef struct exchange_output {
	context *context;
	buffer *bytes;            /* what is written; emptied by the caller as it likes */
	exchange_columns columns; /* tables: of all that was surveyed */
	uint64_t left_out;        /* facts that the format has no place for */
	slice header, back;       /* TBX: what the import remarked; may be empty */
} exchange_output;

typedef struct exchange {
	const char *name;              /* "tbx" */
	const char *const *extensions; /* ".tbx", …; ends with NULL */
	const char *summary_en, *summary_fr;
	/* How sure a look at the first bytes makes: 0 not at all, 100 entirely. */
	int (*probe)(slice head);
	status (*read)(exchange_input *in); /* NULL: only written */
	/* Is shown every concept before begin, to see what is needed; NULL: nothing is. */
	status (*survey)(exchange_output *out, const entry *e);
	/* NULL: only read. */
	status (*begin)(exchange_output *out);
	status (*write)(exchange_output *out, const entry *e);
	status (*end)(exchange_output *out);
} exchange;

/* By name; NULL for none. */
const exchange *exchange_named(slice name);
const exchange *exchange_at(size_t i); /* NULL past the last */
/* By the end of a path, then by the first bytes (which may be empty). */
const exchange *exchange_for(slice path, slice head);

/* A sink for readers that must not leave anything out: refuse fails with NAME:LINE:COLUMN. */
status exchange_refuse(context *c, const char *name, exchange_place at, const char *why);

#endif
