/* Fuzz target: a file to be translated, as XLIFF, TMX and PO. Pretranslation ends well or with
 * a sentence; what it gives is read again, and a second time changes nothing. */
#include <stdint.h>

#include "fuzz/read_tm.h"
#include "tm/pretranslate.h"

static const struct {
	slice source, target;
} known[] = { { { "The Council met.", 16 }, { "Le Conseil & co.", 16 } },
	{ { "a b", 3 }, { "x", 1 } } };

static tm_matcher *
open_memory(context *c, tm_store **s)
{
	tm_matcher *x;
	tm_unit u;
	bool added;

	CLAIM(tm_store_open(s, c, ":memory:", TM_STORE_WRITE) == STATUS_OK);
	tm_unit_init(&u, c->memory);
	for (size_t i = 0; i < 2; i++) {
		tm_unit_clear(&u);
		CLAIM(tm_unit_set(&u, &u.side[0].language, SLICE("en")) == STATUS_OK);
		CLAIM(tm_unit_set(&u, &u.side[1].language, SLICE("fr")) == STATUS_OK);
		CLAIM(tm_unit_set(&u, &u.side[0].text, known[i].source) == STATUS_OK);
		CLAIM(tm_unit_set(&u, &u.side[1].text, known[i].target) == STATUS_OK);
		CLAIM(tm_store_add(*s, &u, &added) == STATUS_OK);
	}
	tm_unit_free(&u);
	CLAIM(tm_matcher_open(&x, c, *s) == STATUS_OK);
	return x;
}

static bool
translate(tm_matcher *x, context *c, const char *format, slice bytes, buffer *out,
	tm_pretranslated *n)
{
	static const tm_pretranslation how = { .source = { "en", 2 },
		.target = { "fr", 2 },
		.usual_source = { "en", 2 },
		.usual_target = { "fr", 2 },
		.threshold = TM_SCORE_LEAST };

	c->message[0] = '\0';
	buffer_clear(out);
	status done = tm_pretranslate(
		x, c, tm_format_named(slice_of(format)), SLICE("input"), bytes, &how, out, n);
	CLAIM(done == STATUS_OK || c->message[0] != '\0');
	return done == STATUS_OK;
}

static void
twice(tm_matcher *x, context *c, const char *format, slice bytes)
{
	tm_pretranslated first, second;
	buffer a, b;

	buffer_init(&a, c->memory, 1 << 26);
	buffer_init(&b, c->memory, 1 << 26);
	if (translate(x, c, format, bytes, &a, &first)) {
		CLAIM(a.n >= bytes.n || first.context + first.exact + first.fuzzy != 0);
		CLAIM(translate(x, c, format, buffer_slice(&a), &b, &second));
		CLAIM(second.context + second.exact + second.fuzzy == 0);
		CLAIM(slice_equal(buffer_slice(&a), buffer_slice(&b)));
	}
	buffer_free(&a);
	buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const formats[] = { "xliff", "tmx", "po" };
	context c;
	tm_store *s;

	context_init(&c, &memory_libc);
	c.limits.paragraph = 1 << 16;
	tm_matcher *x = open_memory(&c, &s);
	for (size_t i = 0; i < 3; i++)
		twice(x, &c, formats[i], (slice){ (const char *)data, size });
	tm_matcher_close(x);
	tm_store_close(s);
	return 0;
}
