/* Tables with tabs: source, target, and what else there is. With a first line that names
 * columns (source, target, or tags of languages; id, document, previous, next, author, changer,
 * created, changed, used, usage, origin, note; others are properties), by those; without, the
 * first two are the segments and the third says where they come from. Tabs and line breaks in a
 * cell are \t and \n, and \ itself is \\, when the first line says "source" or this program
 * wrote it; foreign tables are taken as they are. */
#include <string.h>

#include "text/utf8.h"
#include "tm/exchange.h"

#define COLUMNS_MOST 64

typedef struct column {
	slice name;   /* in names */
	size_t field; /* offset in tm_unit; SIZE_MAX: by kind */
	enum { FIELD, SEGMENT_SOURCE, SEGMENT_TARGET, USAGE, NOTE, PROPERTY, PLACE } kind;
} column;

static const struct {
	const char *name;
	size_t field;
} fields[] = {
	{ "id", offsetof(tm_unit, id) },
	{ "document", offsetof(tm_unit, document) },
	{ "previous", offsetof(tm_unit, previous) },
	{ "next", offsetof(tm_unit, next) },
	{ "author", offsetof(tm_unit, author) },
	{ "changer", offsetof(tm_unit, changer) },
	{ "created", offsetof(tm_unit, created) },
	{ "changed", offsetof(tm_unit, changed) },
	{ "used", offsetof(tm_unit, used) },
	{ "origin", offsetof(tm_unit, origin) },
};

typedef struct reader {
	tm_input *in;
	column columns[COLUMNS_MOST];
	size_t n;
	arena names;
	tm_unit unit;
	buffer cell;
	slice source, target; /* languages */
	bool escaped;
} reader;

static bool
is_tag(slice s)
{
	if (s.n < 2 || s.n > 12)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((i < 2 && !((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z')) ||
			(i == 2 && s.p[i] != '-' && s.p[i] != '_'))
			return false;
	return true;
}

static void
name_column(reader *r, column *c, slice name)
{
	c->name = name;
	c->kind = PROPERTY;
	if (slice_is(name, "source") || (is_tag(name) && r->source.p == name.p))
		c->kind = SEGMENT_SOURCE;
	else if (slice_is(name, "target") || (is_tag(name) && r->target.p == name.p))
		c->kind = SEGMENT_TARGET;
	else if (slice_is(name, "note"))
		c->kind = NOTE;
	else if (slice_is(name, "usage"))
		c->kind = USAGE;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (slice_is(name, fields[i].name)) {
			c->kind = FIELD;
			c->field = fields[i].field;
		}
}

/* Which two of the tags that name columns are wanted. */
static void
choose_languages(reader *r, const slice *cells, size_t n)
{
	slice first = { 0 }, second = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (!is_tag(cells[i]))
			continue;
		bool is_source =
			r->in->source.n != 0 && tm_same_language(cells[i], r->in->source);
		bool is_target =
			r->in->target.n != 0 && tm_same_language(cells[i], r->in->target);
		if (is_source || (first.p == NULL && r->in->source.n == 0 && !is_target))
			first = cells[i];
		else if (is_target || (second.p == NULL && r->in->target.n == 0))
			second = cells[i];
	}
	if (first.p != NULL && second.p != NULL) {
		r->source = first;
		r->target = second;
	}
}

static bool
has_name(const reader *r, unsigned kind)
{
	for (size_t i = 0; i < r->n; i++)
		if ((unsigned)r->columns[i].kind == kind)
			return true;
	return false;
}

static size_t
split(slice line, slice *cells)
{
	size_t n = 0;
	bool more = true;

	while (more && n < COLUMNS_MOST)
		more = slice_cut(line, '\t', &cells[n++], &line);
	return n;
}

/* True when the line names columns. */
static status
read_head(reader *r, slice line, bool *is_head)
{
	slice cells[COLUMNS_MOST];

	TRY(arena_copy(&r->names, line, &line));
	r->n = split(line, cells);
	choose_languages(r, cells, r->n);
	r->escaped = slice_is(cells[0], "source");
	for (size_t i = 0; i < r->n; i++)
		name_column(r, &r->columns[i], cells[i]);
	*is_head = has_name(r, SEGMENT_SOURCE) && has_name(r, SEGMENT_TARGET);
	if (*is_head)
		return STATUS_OK;
	r->escaped = false;
	r->n = 3;
	r->columns[0].kind = SEGMENT_SOURCE;
	r->columns[1].kind = SEGMENT_TARGET;
	r->columns[2].kind = PLACE;
	return STATUS_OK;
}

static slice
plain(reader *r, slice cell)
{
	if (!r->escaped || memchr(cell.p, '\\', cell.n) == NULL)
		return cell;
	buffer_clear(&r->cell);
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];
		if (c == '\\' && i + 1 < cell.n && strchr("tnr\\", cell.p[i + 1]) != NULL) {
			c = cell.p[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		buffer_put_char(&r->cell, c);
	}
	return buffer_slice(&r->cell);
}

/* SOR-94-667:Body#1: the document, and a number in it. */
static status
set_place(tm_unit *u, slice cell)
{
	slice document, tail;

	(void)slice_cut(cell, ':', &document, &tail);
	TRY(tm_unit_set(u, &u->id, cell));
	return tm_unit_set(u, &u->document, document);
}

static status
take_cell(reader *r, const column *c, slice cell)
{
	tm_unit *u = &r->unit;

	switch (c->kind) {
	case SEGMENT_SOURCE:
		return tm_unit_set(u, &u->side[TM_SOURCE].text, cell);
	case SEGMENT_TARGET:
		return tm_unit_set(u, &u->side[TM_TARGET].text, cell);
	case FIELD:
		return tm_unit_set(u, (slice *)(void *)((char *)u + c->field), cell);
	case USAGE:
		for (size_t i = 0; i < cell.n && i < 9 && cell.p[i] >= '0' && cell.p[i] <= '9';
			i++)
			u->usage = u->usage * 10 + (uint64_t)(cell.p[i] - '0');
		return STATUS_OK;
	case PLACE:
		return set_place(u, cell);
	case NOTE:
	case PROPERTY:
		break;
	}
	if (cell.n == 0)
		return STATUS_OK;
	return tm_unit_add_item(
		u, (tm_item){ TM_OF_UNIT, c->kind == NOTE ? TM_NOTE : TM_PROPERTY,
			   c->kind == NOTE ? SLICE("") : c->name, cell, SLICE("") });
}

static status
read_row(reader *r, slice line, unsigned number)
{
	const tm_sink *sink = r->in->sink;
	slice cells[COLUMNS_MOST];
	size_t n = split(line, cells);
	tm_unit *u = &r->unit;

	tm_unit_clear(u);
	TRY(tm_unit_set(u, &u->side[TM_SOURCE].language, r->source));
	TRY(tm_unit_set(u, &u->side[TM_TARGET].language, r->target));
	for (size_t i = 0; i < n && i < r->n; i++)
		TRY(take_cell(r, &r->columns[i], plain(r, cells[i])));
	TRY(r->cell.status);
	if (u->side[TM_SOURCE].text.n == 0 || u->side[TM_TARGET].text.n == 0)
		return sink->refuse(sink->user, (tm_place){ number, 1 },
			tm_either(r->in, "no source or no translation",
				"pas de source ou pas de traduction"));
	return sink->take(sink->user, u, (tm_place){ number, 1 });
}

static status
read_lines(reader *r)
{
	const tm_sink *sink = r->in->sink;
	unsigned number = 0;
	bool more, is_head;
	slice line;

	for (;;) {
		TRY(stream_line(r->in->stream, &line, &more));
		if (!more)
			return STATUS_OK;
		number++;
		if (number == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		if (line.n == 0)
			continue;
		utf8_facts facts;
		if (utf8_check(line, &facts) != line.n ||
			memchr(line.p, '\0', line.n) != NULL) {
			TRY(sink->refuse(sink->user, (tm_place){ number, 1 },
				tm_either(r->in, "not UTF-8", "pas en UTF-8")));
			continue;
		}
		if (r->n == 0) {
			TRY(read_head(r, line, &is_head));
			if (is_head)
				continue;
		}
		TRY(read_row(r, line, number));
	}
}

static status
tsv_read(tm_input *in)
{
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->source = in->source.n != 0 ? in->source : SLICE("en");
	r->target = in->target.n != 0 ? in->target : SLICE("fr");
	arena_init(&r->names, m);
	tm_unit_init(&r->unit, m);
	buffer_init(&r->cell, m, in->context->limits.paragraph);
	status done = read_lines(r);
	arena_free(&r->names);
	tm_unit_free(&r->unit);
	buffer_free(&r->cell);
	memory_free(m, r);
	return done;
}

/* --- writing --- */

static void
put_cell(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '\t'   ? "\\t"
				 : s.p[i] == '\n' ? "\\n"
				 : s.p[i] == '\r' ? "\\r"
				 : s.p[i] == '\\' ? "\\\\"
						  : NULL;
		if (as != NULL)
			buffer_put(out, slice_of(as));
		else
			buffer_put_char(out, s.p[i]);
	}
}

static status
tsv_begin(tm_output *x)
{
	buffer_put(x->bytes, SLICE("source\ttarget"));
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		buffer_printf(x->bytes, "\t%s", fields[i].name);
	buffer_put(x->bytes, SLICE("\tusage\tnote\n"));
	return x->bytes->status;
}

static status
tsv_write(tm_output *x, const tm_unit *u)
{
	slice note = SLICE("");

	put_cell(x->bytes, u->side[TM_SOURCE].text);
	buffer_put_char(x->bytes, '\t');
	put_cell(x->bytes, u->side[TM_TARGET].text);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		buffer_put_char(x->bytes, '\t');
		put_cell(x->bytes,
			*(const slice *)(const void *)((const char *)u + fields[i].field));
	}
	if (u->usage != 0)
		buffer_printf(x->bytes, "\t%llu\t", (unsigned long long)u->usage);
	else
		buffer_put(x->bytes, SLICE("\t\t"));
	for (size_t i = 0; i < u->items.n && note.n == 0; i++)
		if (u->items.at[i].kind == TM_NOTE)
			note = u->items.at[i].value;
	put_cell(x->bytes, note);
	buffer_put_char(x->bytes, '\n');
	return x->bytes->status;
}

static status
tsv_end(tm_output *x)
{
	return x->bytes->status;
}

static int
probe(slice head)
{
	return memchr(head.p, '\t', head.n) != NULL ? 10 : 0;
}

static const char *const extensions[] = { ".tsv", ".tab", ".txt", NULL };

const tm_format tm_format_tsv = {
	.name = "tsv",
	.extensions = extensions,
	.summary_en = "a segment, a tab, its translation; without inline codes",
	.summary_fr = "un segment, une tabulation, sa traduction ; sans codes",
	.probe = probe,
	.read = tsv_read,
	.begin = tsv_begin,
	.write = tsv_write,
	.end = tsv_end,
};
