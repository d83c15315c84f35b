#include "tm/inline.h"

#include <string.h>
#include <strings.h>

void
inline_init(inline_reader *r, const memory *m, const inline_name *names, size_t limit)
{
	*r = (inline_reader){ .memory = m, .names = names, .limit = limit };
	buffer_init(&r->text, m, limit + 1);
	buffer_init(&r->xml, m, limit + 1);
	arena_init(&r->kept, m);
}

void
inline_free(inline_reader *r)
{
	buffer_free(&r->text);
	buffer_free(&r->xml);
	arena_free(&r->kept);
	ARRAY_FREE(r->memory, &r->codes);
	ARRAY_FREE(r->memory, &r->open);
}

void
inline_begin(inline_reader *r)
{
	buffer_clear(&r->text);
	arena_reset(&r->kept);
	r->codes.n = r->open.n = r->code = 0;
}

static const inline_name *
find(const inline_reader *r, const char *name)
{
	for (const inline_name *n = r->names; n->name != NULL; n++)
		if (strcasecmp(n->name, name) == 0)
			return n;
	return NULL;
}

/* Attributes other than the one that ties halves, as XML. */
static status
keep_attributes(inline_reader *r, const char **attributes, const char *pair, slice *out)
{
	buffer_clear(&r->xml);
	for (; *attributes != NULL; attributes += 2) {
		if (pair != NULL && strcasecmp(*attributes, pair) == 0)
			continue;
		buffer_printf(&r->xml, "%s%s=\"", r->xml.n == 0 ? "" : " ", *attributes);
		xml_put_attribute(&r->xml, slice_of(attributes[1]));
		buffer_put_char(&r->xml, '"');
	}
	TRY(r->xml.status);
	TRY(arena_copy(&r->kept, buffer_slice(&r->xml), out));
	buffer_clear(&r->xml);
	return STATUS_OK;
}

static status
add_code(inline_reader *r, tm_code_kind kind, slice content)
{
	TRY(ARRAY_RESERVE(r->memory, &r->codes, 1));
	TRY(arena_copy(&r->kept, content, &content));
	r->codes.at[r->codes.n++] = (tm_code){ (uint32_t)r->text.n, kind, r->parts[0],
		r->parts[1], r->parts[2], content };
	return STATUS_OK;
}

static status
start_span(inline_reader *r, bool is_code)
{
	TRY(ARRAY_RESERVE(r->memory, &r->open, 1));
	r->open.at[r->open.n++] = is_code ? (uint32_t)r->codes.n : UINT32_MAX;
	return is_code ? add_code(r, r->kind, SLICE("")) : STATUS_OK;
}

status
inline_start(inline_reader *r, const char *name, const char **attributes)
{
	const inline_name *n = r->code != 0 ? NULL : find(r, name);
	const char *pair;

	if (r->code != 0) {
		r->code++;
		xml_put_start(&r->xml, name, attributes);
		return r->xml.status;
	}
	if (n == NULL || n->kind == INLINE_NONE)
		return start_span(r, false);
	pair = n->pair == NULL ? NULL : xml_attribute(attributes, n->pair);
	TRY(arena_copy(&r->kept, slice_of(name), &r->parts[0]));
	TRY(arena_copy(&r->kept, slice_of(pair), &r->parts[1]));
	TRY(keep_attributes(r, attributes, n->pair, &r->parts[2]));
	r->kind = n->open;
	if (n->kind == INLINE_SPAN)
		return start_span(r, true);
	r->code = 1;
	return STATUS_OK;
}

static status
end_span(inline_reader *r)
{
	if (r->open.n == 0)
		return STATUS_OK;
	uint32_t at = r->open.at[--r->open.n];
	if (at == UINT32_MAX)
		return STATUS_OK;
	const tm_code *begun = &r->codes.at[at];
	r->parts[0] = begun->name;
	r->parts[1] = begun->pair;
	r->parts[2] = SLICE("");
	return add_code(
		r, begun->kind == TM_CODE_MARK ? TM_CODE_MARK_END : TM_CODE_CLOSE, SLICE(""));
}

status
inline_end(inline_reader *r, const char *name)
{
	if (r->code == 0)
		return end_span(r);
	if (--r->code != 0) {
		buffer_printf(&r->xml, "</%s>", name);
		return r->xml.status;
	}
	TRY(r->xml.status);
	return add_code(r, r->kind, buffer_slice(&r->xml));
}

status
inline_text(inline_reader *r, slice s)
{
	if (r->text.n + r->xml.n + s.n > r->limit)
		return STATUS_LIMIT;
	if (r->code != 0)
		xml_put_text(&r->xml, s);
	else
		buffer_put(&r->text, s);
	return r->code != 0 ? r->xml.status : r->text.status;
}

status
inline_give(const inline_reader *r, tm_unit *u, tm_side side)
{
	u->side[side].codes.n = 0;
	TRY(tm_unit_set(u, &u->side[side].text, buffer_slice(&r->text)));
	for (size_t i = 0; i < r->codes.n; i++)
		TRY(tm_unit_add_code(u, side, r->codes.at[i]));
	return STATUS_OK;
}
