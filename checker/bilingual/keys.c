#include "checker/bilingual/keys.h"

#include "termbase/surface.h"
#include "text/utf8.h"

#define LONG_LEAST 4 /* bytes of a word that says something */

static bool
is_inside(uint32_t c)
{
	return utf8_is_lower(c) || utf8_is_upper(c) || (c >= '0' && c <= '9');
}

static status
add(word_keys *out, slice text, size_t start, size_t end)
{
	if (end > start)
		out->at[out->n++] = (word_key){ surface_key(slice_sub(text, start, end)),
			{ (uint32_t)start, (uint32_t)end } };
	return STATUS_OK;
}

status
keys_read(word_keys *out, arena *a, slice text)
{
	size_t start = 0, end = 0;

	out->n = 0;
	out->at = ARENA_ARRAY(a, word_key, text.n / 2 + 1);
	if (out->at == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < text.n;) {
		uint32_t c = utf8_next(text, &i);
		if (is_inside(c)) {
			end = i;
			continue;
		}
		TRY(add(out, text, start, end));
		start = i;
	}
	return add(out, text, start, end);
}

static bool
stands_at(const word_keys *in, size_t i, const word_keys *term)
{
	for (size_t k = 0; k < term->n; k++)
		if (in->at[i + k].key != term->at[k].key)
			return false;
	return true;
}

bool
keys_find(const word_keys *in, const word_keys *term, span *where)
{
	for (size_t i = 0; term->n != 0 && i + term->n <= in->n; i++)
		if (stands_at(in, i, term)) {
			*where = (span){ in->at[i].text.start,
				in->at[i + term->n - 1].text.end };
			return true;
		}
	return false;
}

static bool
has(const word_keys *in, uint32_t key)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->at[i].key == key)
			return true;
	return false;
}

size_t
keys_share(const word_keys *in, const word_keys *term, size_t *of)
{
	size_t found = 0;

	*of = 0;
	for (size_t k = 0; k < term->n; k++) {
		if (term->at[k].text.end - term->at[k].text.start < LONG_LEAST)
			continue;
		++*of;
		found += has(in, term->at[k].key);
	}
	return found;
}
