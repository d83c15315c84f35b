#include "apps/http/utf16.h"

#include <stdlib.h>

#include "apps/http/annotated.h"

#define STEP 64

static size_t
count(paraph_text t, size_t from, size_t to)
{
	return utf16_units(t.p + from, to - from);
}

bool
utf16_open(utf16 *u, paraph_text text)
{
	size_t steps = text.n / STEP + 1, n = 0;

	u->text = text;
	u->marks = malloc(steps * sizeof(*u->marks));
	if (u->marks == NULL)
		return false;
	for (size_t i = 0; i < steps; i++) {
		size_t end = (i + 1) * STEP;
		u->marks[i] = (uint32_t)n;
		n += count(text, i * STEP, end < text.n ? end : text.n);
	}
	return true;
}

void
utf16_close(utf16 *u)
{
	free(u->marks);
	u->marks = NULL;
}

size_t
utf16_at(const utf16 *u, size_t byte)
{
	size_t at = byte < u->text.n ? byte : u->text.n;

	return u->marks[at / STEP] + count(u->text, at / STEP * STEP, at);
}
