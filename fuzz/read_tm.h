/* What the fuzz targets of the memory's formats share: whatever is read ends well or with a
 * sentence, every unit is whole, TMX gives back what was written, and the store takes it. */
#ifndef FUZZ_READ_TM_H
#define FUZZ_READ_TM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/utf8.h"
#include "tm/exchange.h"
#include "tm/store.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#define UNITS_MOST 20 /* of one input that are written out and kept: enough, and quick */

typedef struct tm_claims {
	context *context;
	tm_store *store;
	buffer bytes, packed, packed_again;
	unsigned units, again;
} tm_claims;

static inline status
refuse_quietly(void *user, tm_place at, const char *why)
{
	(void)user;
	(void)at;
	CLAIM(why != NULL && why[0] != '\0');
	return STATUS_OK;
}

static inline status
take_again(void *user, const tm_unit *u, tm_place at)
{
	tm_claims *x = user;

	(void)at;
	buffer_clear(&x->packed_again);
	tm_unit_pack(u, &x->packed_again);
	x->again++;
	return STATUS_OK;
}

static inline void
write_and_read(tm_claims *x, const tm_unit *u)
{
	tm_output out = {
		.context = x->context, .bytes = &x->bytes, .source = u->side[0].language
	};
	tm_sink sink = { x, take_again, refuse_quietly };
	utf8_facts facts;
	stream s;

	buffer_clear(&x->bytes);
	CLAIM(tm_format_named(SLICE("tmx"))->begin(&out) == STATUS_OK);
	CLAIM(tm_format_named(SLICE("tmx"))->write(&out, u) == STATUS_OK);
	CLAIM(tm_format_named(SLICE("tmx"))->end(&out) == STATUS_OK);
	slice written = buffer_slice(&x->bytes);
	CLAIM(utf8_check(written, &facts) == written.n);
	stream_of_bytes(&s, x->context, "again", written);
	tm_input in = { .context = x->context, .stream = &s, .sink = &sink };
	x->again = 0;
	status done = tm_format_named(SLICE("tmx"))->read(&in);
	stream_close(&s);
	/* Characters that XML has no way of saying, and codes that other formats hold as XML
	 * which is not well-formed alone, may stop it; it never gives another number. */
	CLAIM(done == STATUS_FORMAT || (done == STATUS_OK && x->again <= 1));
}

static inline status
take_and_keep(void *user, const tm_unit *u, tm_place at)
{
	tm_claims *x = user;
	bool added;

	(void)at;
	CLAIM(u->side[0].text.n != 0 && u->side[1].text.n != 0);
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < u->side[k].codes.n; i++)
			CLAIM(u->side[k].codes.at[i].at <= u->side[k].text.n);
	if (x->units++ >= UNITS_MOST)
		return STATUS_OK;
	write_and_read(x, u);
	CLAIM(tm_store_add(x->store, u, &added) == STATUS_OK);
	return STATUS_OK;
}

static inline int
read_any(const char *format, const uint8_t *data, size_t size)
{
	context c;
	tm_claims x = { .context = &c };
	tm_sink sink = { &x, take_and_keep, refuse_quietly };
	stream s;

	context_init(&c, &memory_libc);
	c.limits.paragraph = 1 << 16;
	buffer_init(&x.bytes, c.memory, 1 << 24);
	buffer_init(&x.packed, c.memory, 1 << 24);
	buffer_init(&x.packed_again, c.memory, 1 << 24);
	CLAIM(tm_store_open(&x.store, &c, ":memory:", TM_STORE_WRITE) == STATUS_OK);
	stream_of_bytes(&s, &c, "input", (slice){ (const char *)data, size });
	tm_input in = { .context = &c, .stream = &s, .sink = &sink };
	status done = tm_format_named(slice_of(format))->read(&in);
	CLAIM(done == STATUS_OK || c.message[0] != '\0');
	stream_close(&s);
	tm_store_close(x.store);
	buffer_free(&x.bytes);
	buffer_free(&x.packed);
	buffer_free(&x.packed_again);
	return 0;
}

#endif
