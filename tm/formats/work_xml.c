#include "tm/formats/work_xml.h"

#include <string.h>
#include <strings.h>

size_t
work_here(const work_reader *r)
{
	return (size_t)xml_at(&r->xml);
}

size_t
work_tag_end(const work_reader *r)
{
	return work_here(r) + xml_size(&r->xml);
}

/* The end of an empty element is behind it already. */
size_t
work_end(const work_reader *r)
{
	return work_tag_end(r);
}

const char *
work_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

status
work_refuse(work_reader *r, const char *en, const char *fr)
{
	return xml_refuse(&r->xml, en, fr);
}

status
work_languages(work_reader *r, const char *source, const char *target)
{
	tm_work *w = r->work;

	if (w->wanted_source.n == 0 && source != NULL)
		TRY(arena_copy(&w->keep, slice_of(source), &w->source));
	if (w->wanted_target.n == 0 && target != NULL)
		TRY(arena_copy(&w->keep, slice_of(target), &w->target));
	return STATUS_OK;
}

void
work_start_source(work_reader *r)
{
	r->in_source = r->xml.depth;
	r->in_code = 0;
	buffer_clear(&r->text);
	r->source.source.codes.n = 0;
}

bool
work_in_source(const work_reader *r)
{
	return r->in_source != 0;
}

static const inline_name *
find(const work_reader *r, const char *name)
{
	for (const inline_name *n = r->names; n->name != NULL; n++)
		if (strcasecmp(n->name, name) == 0)
			return n;
	return NULL;
}

static status
add_code(work_reader *r, tm_code_kind kind, size_t from, size_t to)
{
	tm_segment *s = &r->source.source;

	TRY(ARRAY_RESERVE(r->work->context->memory, &s->codes, 1));
	s->codes.at[s->codes.n++] = (tm_code){ .at = (uint32_t)r->text.n,
		.kind = kind,
		.content = slice_sub(r->work->bytes, from, to) };
	return STATUS_OK;
}

status
work_start_inline(work_reader *r, const char *name, const char **attributes)
{
	const inline_name *n = find(r, name);

	(void)attributes;
	if (r->in_code != 0)
		return STATUS_OK;
	if (n != NULL && n->kind == INLINE_SPAN)
		return add_code(r, n->open, work_here(r), work_tag_end(r));
	if (n != NULL && n->kind == INLINE_CODE) {
		r->in_code = r->xml.depth;
		r->code_start = work_here(r);
	}
	return STATUS_OK;
}

status
work_end_inline(work_reader *r, const char *name)
{
	const inline_name *n = find(r, name);
	size_t depth = r->xml.depth + 1;

	if (depth == r->in_source) {
		r->in_source = 0;
		return r->text.status;
	}
	if (depth == r->in_code) {
		r->in_code = 0;
		return add_code(r, n->open, r->code_start, work_end(r));
	}
	if (r->in_code == 0 && n != NULL && n->kind == INLINE_SPAN)
		return add_code(r, n->close, work_here(r), work_end(r));
	return STATUS_OK;
}

status
work_text_inline(work_reader *r, slice s)
{
	if (r->in_code == 0)
		buffer_put(&r->text, s);
	return r->text.status == STATUS_LIMIT
		       ? work_refuse(r, "a segment too long", "un segment trop long")
		       : r->text.status;
}

status
work_add_source(work_reader *r, const work_segment *s)
{
	const memory *m = r->work->context->memory;
	work_segment x = *s;
	tm_segment *from = &r->source.source;

	if (slice_trim(buffer_slice(&r->text)).n == 0)
		return STATUS_OK;
	x.source = (tm_segment){ 0 };
	TRY(arena_copy(&r->work->keep, buffer_slice(&r->text), &x.source.text));
	status done = ARRAY_RESERVE(m, &x.source.codes, from->codes.n);
	if (done == STATUS_OK && from->codes.n != 0)
		memcpy(x.source.codes.at, from->codes.at,
			from->codes.n * sizeof(*from->codes.at));
	x.source.codes.n = done == STATUS_OK ? from->codes.n : 0;
	if (done == STATUS_OK)
		done = work_add(r->work, &x);
	if (done != STATUS_OK)
		ARRAY_FREE(m, &x.source.codes);
	buffer_clear(&r->text);
	return done;
}

/* Of other encodings the bytes would be read well, and written wrong. */
static bool
is_utf8(slice bytes)
{
	slice head = slice_sub(bytes, 0, bytes.n < 200 ? bytes.n : 200), name;
	static const char *const same[] = { "UTF-8", "utf-8", "Utf-8", "utf8", "UTF8",
		"US-ASCII", "us-ascii", "ASCII", "ascii", NULL };

	if (slice_starts(head, SLICE("\xFF\xFE")) || slice_starts(head, SLICE("\xFE\xFF")))
		return false;
	for (size_t i = 0; i + 10 < head.n && head.p[i] != '>'; i++) {
		if (memcmp(head.p + i, "encoding=", 9) != 0)
			continue;
		(void)slice_cut(
			slice_sub(head, i + 10, head.n), head.p[i + 9], &name, &(slice){ 0 });
		return slice_is_one_of(name, same);
	}
	return true;
}

status
work_read_xml(work_reader *r, tm_work *w, const xml_events *events, void *user,
	const inline_name *names)
{
	const memory *m = w->context->memory;
	stream s;

	r->work = w;
	r->names = names;
	stream_of_bytes(&s, w->context, w->name.p, w->bytes);
	r->in = (tm_input){ .context = w->context, .stream = &s };
	if (!is_utf8(w->bytes))
		return tm_refuse_file(&r->in, (tm_place){ 0 },
			tm_either(&r->in, "not UTF-8, which a file translated in place must be",
				"pas en UTF-8, comme il le faut pour être traduit sur place"));
	buffer_init(&r->text, m, w->context->limits.paragraph);
	status done = xml_read(&r->xml, &s, events, user);
	buffer_free(&r->text);
	ARRAY_FREE(m, &r->source.source.codes);
	stream_close(&s);
	return done;
}
