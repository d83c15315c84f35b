/* What the fuzz targets of the importers share: any bytes through the reader of a format.
 *
 * Whatever is read ends well or with a sentence, every concept that comes out can be written in
 * every format, and TBX gives back what was put into it and not counted as left out. */
#ifndef FUZZ_IMPORT_H
#define FUZZ_IMPORT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "termbase/exchange.h"
#include "termbase/store.h"
#include "text/utf8.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#define CONCEPTS_MOST 20 /* of one input that are written out: enough, and quick */

typedef struct import_claims {
	context *context;
	buffer bytes, difference;
	const entry *written; /* that is read again */
	unsigned concepts, again;
} import_claims;

static inline status
refuse_quietly(void *user, exchange_place at, const char *why)
{
	(void)user;
	(void)at;
	CLAIM(why != NULL && why[0] != '\0');
	return STATUS_OK;
}

static inline status
take_again(void *user, const entry *e, exchange_place at)
{
	import_claims *x = user;

	(void)at;
	buffer_clear(&x->difference);
	store_difference(&x->difference, x->written, e);
	if (x->difference.n != 0)
		fprintf(stderr, "%.*s\n", SLICE_ARG(buffer_slice(&x->difference)));
	CLAIM(x->difference.n == 0);
	x->again++;
	return STATUS_OK;
}

static inline void
read_again(import_claims *x, const exchange *format)
{
	exchange_sink sink = { .user = x, .take = take_again, .refuse = refuse_quietly };
	exchange_input in = { .context = x->context, .sink = &sink };
	stream s;

	stream_of_bytes(&s, x->context, "again", buffer_slice(&x->bytes));
	in.stream = &s;
	x->again = 0;
	CLAIM(format->read(&in) == STATUS_OK);
	CLAIM(x->again == 1);
	stream_close(&s);
}

static inline void
write_one(import_claims *x, const exchange *format, const entry *e)
{
	exchange_output out = { .context = x->context, .bytes = &x->bytes };
	utf8_facts facts;

	buffer_clear(&x->bytes);
	if (format->survey != NULL)
		CLAIM(format->survey(&out, e) == STATUS_OK);
	CLAIM(format->begin(&out) == STATUS_OK);
	CLAIM(format->write(&out, e) == STATUS_OK);
	CLAIM(format->end(&out) == STATUS_OK);
	slice written = buffer_slice(&x->bytes);
	CLAIM(utf8_check(written, &facts) == written.n);
	x->written = e;
	if (slice_is(slice_of(format->name), "tbx") && out.left_out == 0)
		read_again(x, format);
}

static inline status
take_and_write(void *user, const entry *e, exchange_place at)
{
	import_claims *x = user;
	const exchange *format;

	(void)at;
	if (x->concepts++ >= CONCEPTS_MOST)
		return STATUS_OK;
	for (size_t i = 0; (format = exchange_at(i)) != NULL; i++)
		if (format->write != NULL)
			write_one(x, format, e);
	return STATUS_OK;
}

static inline int
import_any(const char *format, const uint8_t *data, size_t size)
{
	context c;
	import_claims x = { .context = &c };
	exchange_sink sink = { .user = &x, .take = take_and_write, .refuse = refuse_quietly };
	exchange_input in = { .context = &c, .sink = &sink };
	stream s;

	context_init(&c, &memory_libc);
	c.limits.output = 1 << 22;
	c.limits.paragraph = 1 << 16;
	buffer_init(&x.bytes, c.memory, 1 << 24);
	buffer_init(&x.difference, c.memory, 1 << 24);
	stream_of_bytes(&s, &c, "input", (slice){ (const char *)data, size });
	in.stream = &s;
	status done = exchange_named(slice_of(format))->read(&in);
	CLAIM(done == STATUS_OK || c.message[0] != '\0');
	stream_close(&s);
	buffer_free(&x.bytes);
	buffer_free(&x.difference);
	return 0;
}

#endif
