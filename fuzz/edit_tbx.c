/* Any TBX with one concept changed, removed or put instead: the result is TBX again, and has as
 * many concepts as it must. */
#include <stdio.h>
#include <stdlib.h>

#include "termbase/edit_tbx.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

typedef struct seen {
	entry first;
	unsigned concepts;
} seen;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static status
take(void *user, const entry *e, exchange_place at)
{
	seen *x = user;

	(void)at;
	return x->concepts++ == 0 ? entry_copy(&x->first, e) : STATUS_OK;
}

static status
pass_over(void *user, exchange_place at, const char *why)
{
	(void)user, (void)at, (void)why;
	return STATUS_OK;
}

static status
read_all(context *c, slice bytes, seen *x)
{
	exchange_sink sink = { .user = x, .take = take, .refuse = pass_over };
	exchange_input in = { .context = c, .sink = &sink };
	stream s;

	x->concepts = 0;
	stream_of_bytes(&s, c, "input", bytes);
	in.stream = &s;
	status done = tbx_read(&in);
	stream_close(&s);
	return done;
}

/* The first concept with a note more, and its first item and its last term under other names.
 */
static void
change(entry *e)
{
	CLAIM(entry_close(e) == STATUS_OK);
	if (e->items.n != 0 && !e->items.at[0].markup)
		e->items.at[0].value = SLICE("a < b & c");
	if (e->terms.n != 0)
		CLAIM(entry_set_term_text(e, (uint32_t)e->terms.n - 1, SLICE("x & y")) ==
			STATUS_OK);
	CLAIM(entry_add(e, OWNER_CONCEPT, ELEMENT_NOTE, "", SLICE("new")) == STATUS_OK);
	CLAIM(entry_close(e) == STATUS_OK);
}

static void
edit(context *c, slice bytes, const tbx_change *how, unsigned concepts)
{
	seen again = { .concepts = 0 };
	buffer out;
	bool able;

	entry_init(&again.first, c->memory);
	buffer_init(&out, c->memory, 1 << 24);
	CLAIM(edit_tbx(&out, c, bytes, how, &able) == STATUS_OK);
	if (able) {
		CLAIM(read_all(c, buffer_slice(&out), &again) == STATUS_OK);
		CLAIM(again.concepts == concepts);
	}
	buffer_free(&out);
	entry_free(&again.first);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	slice bytes = { (const char *)data, size };
	seen x = { .concepts = 0 };
	context c;

	context_init(&c, &memory_libc);
	c.limits.output = 1 << 22;
	c.limits.paragraph = 1 << 16;
	entry_init(&x.first, c.memory);
	if (read_all(&c, bytes, &x) == STATUS_OK && x.concepts != 0) {
		entry after;
		tbx_change how = { .id = x.first.id, .style = TBX_DCA };
		edit(&c, bytes, &how, x.concepts - 1);
		entry_init(&after, c.memory);
		CLAIM(entry_copy(&after, &x.first) == STATUS_OK);
		change(&after);
		how.after = &after;
		edit(&c, bytes, &how, x.concepts);
		how.whole = true;
		edit(&c, bytes, &how, x.concepts);
		entry_free(&after);
	}
	entry_free(&x.first);
	return 0;
}
