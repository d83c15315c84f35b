/* Tables of segments, a tab between the columns. A first line that names columns says which
 * they are: "source" and "target", or tags of two languages ("en", "fr-CA"), and "id", "note".
 * Without one, the first column is the source, the second its translation, a third an id, and
 * the languages are not known. Cells of a table that paraph wrote have \t, \n, \r and \\. */
#include <string.h>

#include "bitext/bitext.h"
#include "bitext/table.h"
#include "text/utf8.h"

typedef struct reader {
	const bitext_input *in;
	table_columns columns;
	arena names;
	unsigned line;
} reader;

static status
give_escaped(const reader *r, slice cell, uint64_t at)
{
	size_t from = 0;

	for (size_t i = 0; i + 1 < cell.n; i++) {
		char c;
		if (!table_escape(cell, i, &c))
			continue;
		if (i > from)
			TRY(r->in->events->text(r->in->user, slice_sub(cell, from, i),
				(bitext_bytes){ at + from, i - from }));
		TRY(r->in->events->text(
			r->in->user, (slice){ &c, 1 }, (bitext_bytes){ at + i, 2 }));
		from = ++i + 1;
	}
	return r->in->events->text(r->in->user, slice_sub(cell, from, cell.n),
		(bitext_bytes){ at + from, cell.n - from });
}

static status
give_segment(const reader *r, slice tag, slice cell, uint64_t at)
{
	const bitext_events *e = r->in->events;

	TRY(e->segment(r->in->user, tag, true));
	if (r->columns.escaped)
		TRY(give_escaped(r, cell, at));
	else if (cell.n != 0)
		TRY(e->text(r->in->user, cell, (bitext_bytes){ at, cell.n }));
	return e->segment_end(r->in->user, (bitext_bytes){ at, cell.n });
}

static status
give_row(const reader *r, const slice *cells, size_t n, const char *line, uint64_t at)
{
	const table_columns *t = &r->columns;
	const bitext_events *e = r->in->events;
	slice source = cells[t->source], target = t->target < n ? cells[t->target] : SLICE("");
	bool swapped = t->target < n && t->target < t->source;

	TRY(e->unit(r->in->user, (stream_place){ r->line, 1 }));
	if (t->id < n)
		TRY(e->fact(r->in->user, BITEXT_ID, cells[t->id]));
	if (t->note < n && cells[t->note].n != 0)
		TRY(e->fact(r->in->user, BITEXT_NOTE, cells[t->note]));
	if (swapped)
		TRY(give_segment(
			r, t->target_language, target, at + (uint64_t)(target.p - line)));
	TRY(give_segment(r, t->source_language, source, at + (uint64_t)(source.p - line)));
	if (!swapped && t->target < n)
		TRY(give_segment(
			r, t->target_language, target, at + (uint64_t)(target.p - line)));
	bitext_pair p = { swapped, t->target < n ? !swapped : BITEXT_NONE,
		at + (uint64_t)(cells[n - 1].p + cells[n - 1].n - line), PAIR_TRANSLATED,
		SLICE("") };
	TRY(e->pair(r->in->user, &p));
	return e->unit_end(r->in->user);
}

static status
take_line(reader *r, slice line, uint64_t at)
{
	const bitext_events *e = r->in->events;
	slice cells[TABLE_COLUMNS_MOST];
	utf8_facts facts;
	bool is_head = false;

	TRY(e->fact(r->in->user, BITEXT_ROW, SLICE("")));
	if (line.n == 0 || utf8_check(line, &facts) != line.n ||
		memchr(line.p, '\0', line.n) != NULL)
		return STATUS_OK;
	if (!r->columns.known) {
		slice kept;
		TRY(arena_copy(&r->names, line, &kept));
		is_head = table_read_head(&r->columns, kept);
	}
	size_t n = table_split(line, cells);
	if (is_head || r->columns.source >= n)
		return STATUS_OK;
	return give_row(r, cells, n, line.p, at);
}

static status
read_lines(reader *r)
{
	bool more;
	slice line;

	for (;;) {
		uint64_t at = r->in->stream->taken;
		TRY(stream_line(r->in->stream, &line, &more));
		if (!more)
			return STATUS_OK;
		r->line++;
		if (r->line == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF"))) {
			line = slice_sub(line, 3, line.n);
			at += 3;
		}
		TRY(take_line(r, line, at));
	}
}

status
bitext_read_tsv(const bitext_input *in)
{
	reader r = { .in = in };

	arena_init(&r.names, in->stream->context->memory);
	status done = read_lines(&r);
	arena_free(&r.names);
	return done;
}
