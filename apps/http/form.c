#include "apps/http/form.h"

#include <stdlib.h>
#include <string.h>

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes to *out, which moves on. */
static paraph_text
decode(char **out, paraph_text raw)
{
	char *start = *out, *to = start;

	for (size_t i = 0; i < raw.n; i++) {
		int high = -1, low = -1;
		if (raw.p[i] == '%' && raw.n - i > 2) {
			high = digit(raw.p[i + 1]);
			low = digit(raw.p[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			*to++ = (char)(high * 16 + low);
			i += 2;
		} else
			*to++ = raw.p[i] == '+' ? ' ' : raw.p[i];
	}
	*out = to;
	return (paraph_text){ start, (size_t)(to - start) };
}

static paraph_text
copy(char **out, paraph_text raw)
{
	char *start = *out;

	if (raw.n != 0)
		memcpy(start, raw.p, raw.n);
	*out += raw.n;
	return (paraph_text){ start, raw.n };
}

static void
add(form *f, char **out, paraph_text name, paraph_text value, bool literal)
{
	if (f->count == FORM_FIELDS)
		return;
	f->fields[f->count].name = literal ? copy(out, name) : decode(out, name);
	f->fields[f->count].value = literal ? copy(out, value) : decode(out, value);
	f->count++;
}

/* name=value&name=value */
static void
read_pairs(form *f, char **out, paraph_text raw, bool literal)
{
	while (raw.n != 0) {
		const char *end = memchr(raw.p, '&', raw.n);
		size_t n = end == NULL ? raw.n : (size_t)(end - raw.p);
		const char *equals = memchr(raw.p, '=', n);
		size_t name = equals == NULL ? n : (size_t)(equals - raw.p);
		size_t value = equals == NULL ? n : name + 1;
		if (n != 0)
			add(f, out, (paraph_text){ raw.p, name },
				(paraph_text){ raw.p + value, n - value }, literal);
		n += end != NULL;
		raw = (paraph_text){ raw.p + n, raw.n - n };
	}
}

static bool
is_raw(paraph_text body)
{
	if (body.n < 5 || memcmp(body.p, "text=", 5) != 0)
		return false;
	for (size_t i = 0; i < body.n; i++)
		if ((unsigned char)body.p[i] <= ' ' || (unsigned char)body.p[i] >= 0x80)
			return true;
	return false;
}

static void
read_raw(form *f, char **out, paraph_text body)
{
	static const char mark[] = "&language=";
	const size_t n = sizeof(mark) - 1;
	size_t at = body.n;

	for (size_t i = body.n >= n ? body.n - n + 1 : 0; i-- > 0 && at == body.n;)
		if (memcmp(body.p + i, mark, n) == 0)
			at = i;
	add(f, out, (paraph_text){ body.p, 4 }, (paraph_text){ body.p + 5, at - 5 }, true);
	if (at < body.n)
		read_pairs(f, out, (paraph_text){ body.p + at + 1, body.n - at - 1 }, true);
}

bool
form_read(form *f, paraph_text query, paraph_text body)
{
	char *out;

	f->count = 0;
	f->text = out = malloc(query.n + body.n + 1);
	if (out == NULL)
		return false;
	read_pairs(f, &out, query, false);
	if (is_raw(body))
		read_raw(f, &out, body);
	else
		read_pairs(f, &out, body, false);
	return true;
}

void
form_free(form *f)
{
	free(f->text);
	f->text = NULL;
	f->count = 0;
}

paraph_text
form_get(const form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (same_text(f->fields[i].name, name))
			return f->fields[i].value;
	return (paraph_text){ 0 };
}

bool
form_has(const form *f, const char *name)
{
	return form_get(f, name).n != 0;
}

bool
form_is(const form *f, const char *name, const char *value)
{
	return same_text(form_get(f, name), value);
}

bool
form_next(paraph_text *list, paraph_text *item)
{
	while (list->n != 0) {
		const char *comma = memchr(list->p, ',', list->n);
		size_t n = comma == NULL ? list->n : (size_t)(comma - list->p), skip = n;
		*item = (paraph_text){ list->p, n };
		skip += comma != NULL;
		*list = (paraph_text){ list->p + skip, list->n - skip };
		while (item->n != 0 && item->p[0] == ' ')
			*item = (paraph_text){ item->p + 1, item->n - 1 };
		while (item->n != 0 && item->p[item->n - 1] == ' ')
			item->n--;
		if (item->n != 0)
			return true;
	}
	return false;
}
