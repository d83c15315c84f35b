/* Lookups are binary searches over the runs; maps are built run by run and composed by a walk
 * over both lists, so that a reader can be a chain of steps (decode, compose accents, join
 * lines) which know nothing of each other. */
#include "document/source_map.h"

#include <string.h>

/* The last run that begins at or before the place, by text or by file. */
static size_t
find_text(const source_map *m, uint32_t text)
{
	size_t low = 0, high = m->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (m->runs[middle].text <= text)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t
find_file(const source_map *m, uint32_t file)
{
	size_t low = 0, high = m->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (m->runs[middle].file <= file)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The place in the file of the start (or, with after, of the end) of the character at text. */
static uint32_t
file_of(const source_map *m, uint32_t text, bool after)
{
	size_t i = find_text(m, text);
	const run *r = &m->runs[i];

	if (i + 1 == m->count)
		return r->file;
	uint32_t distance = text < r->text ? 0 : text - r->text + (after ? 1 : 0);
	switch (r->kind) {
	case RUN_VERBATIM:
		return r->file + distance;
	case RUN_WIDE:
		return r->file + 2 * distance;
	case RUN_MADE:
	case RUN_MARKUP:
		break;
	}
	return after ? r[1].file : r->file;
}

span
source_map_file(const source_map *m, span text)
{
	if (m->count == 0)
		return text;
	if (text.end > text.start)
		return (span){ file_of(m, text.start, false), file_of(m, text.end - 1, true) };
	size_t i = find_text(m, text.start);
	const run *r = &m->runs[i];
	if (i + 1 < m->count && r->kind >= RUN_MADE && text.start > r->text)
		return (span){ r->file, r[1].file };
	uint32_t at = file_of(m, text.start, false);
	return (span){ at, at };
}

static uint32_t
text_of(const source_map *m, uint32_t file, bool after)
{
	size_t i = find_file(m, file);
	const run *r = &m->runs[i];

	if (i + 1 == m->count)
		return r->text;
	uint32_t distance = file < r->file ? 0 : file - r->file;
	switch (r->kind) {
	case RUN_VERBATIM:
		return r->text + distance + (after ? 1 : 0);
	case RUN_WIDE:
		return r->text + distance / 2 + (after ? 1 : 0);
	case RUN_MADE:
	case RUN_MARKUP:
		break;
	}
	return after ? r[1].text : r->text;
}

span
source_map_text(const source_map *m, span file)
{
	if (m->count == 0)
		return file;
	uint32_t start = text_of(m, file.start, false);
	if (file.end <= file.start)
		return (span){ start, start };
	return (span){ start, text_of(m, file.end - 1, true) };
}

static bool
continues(const run *r, size_t text, size_t file, run_kind kind)
{
	if (r->kind != kind || kind >= RUN_MADE)
		return false;
	size_t distance = text - r->text;
	return file - r->file == (kind == RUN_WIDE ? 2 * distance : distance);
}

status
source_map_add(source_map_builder *b, size_t text, size_t file, run_kind kind)
{
	if (text > UINT32_MAX || file > UINT32_MAX)
		return STATUS_LIMIT;
	if (b->runs.n != 0 && continues(&b->runs.at[b->runs.n - 1], text, file, kind))
		return STATUS_OK;
	TRY(ARRAY_RESERVE(b->memory, &b->runs, 1));
	b->runs.at[b->runs.n++] = (run){ (uint32_t)text, (uint32_t)file, kind };
	return STATUS_OK;
}

/* MADE, because the closing run must not be merged into the one before it. */
static status
close_list(source_map_builder *b, size_t text, size_t file)
{
	return source_map_add(b, text, file, RUN_MADE);
}

static status
copy_runs(const source_map_builder *b, arena *a, source_map *out)
{
	run *runs = ARENA_ARRAY(a, run, b->runs.n);

	if (runs == NULL)
		return STATUS_MEMORY;
	memcpy(runs, b->runs.at, b->runs.n * sizeof(run));
	*out = (source_map){ runs, b->runs.n };
	return STATUS_OK;
}

status
source_map_hand_over(
	source_map_builder *b, size_t text, size_t file, source_map *out, void **kept)
{
	TRY(close_list(b, text, file));
	*out = (source_map){ b->runs.at, b->runs.n };
	*kept = b->runs.at;
	*b = (source_map_builder){ .memory = b->memory };
	return STATUS_OK;
}

status
source_map_finish(source_map_builder *b, arena *a, size_t text, size_t file, source_map *out)
{
	status s = close_list(b, text, file);

	if (s == STATUS_OK)
		s = copy_runs(b, a, out);
	source_map_abandon(b);
	return s;
}

void
source_map_abandon(source_map_builder *b)
{
	ARRAY_FREE(b->memory, &b->runs);
}

/* The runs of inner under a VERBATIM run of outer that covers [start, end) of the middle text
 * and begins at text. *i is the first run of inner that may reach into it. */
static status
compose_run(source_map_builder *b, const source_map *inner, size_t *i, uint32_t text,
	uint32_t start, uint32_t end)
{
	while (*i + 2 < inner->count && inner->runs[*i + 1].text < start)
		(*i)++;
	for (size_t k = *i; k + 1 < inner->count && inner->runs[k].text < end; k++) {
		const run *r = &inner->runs[k];
		uint32_t from = r->text < start ? start : r->text;
		uint32_t skipped = from - r->text;
		if (r->text < start && r[1].text <= start)
			continue;
		uint32_t file = r->kind == RUN_VERBATIM ? r->file + skipped
				: r->kind == RUN_WIDE   ? r->file + 2 * skipped
							: r->file;
		TRY(source_map_add(b, text + (from - start), file, r->kind));
	}
	return STATUS_OK;
}

/* What inner hides right before a run of outer that is not VERBATIM stays hidden: it must not
 * become part of the run before. */
static status
compose_hidden(source_map_builder *b, const source_map *inner, const run *r)
{
	size_t k = find_text(inner, r->file);

	while (k > 0 && inner->runs[k - 1].text == r->file)
		k--;
	for (; k + 1 < inner->count && inner->runs[k + 1].text == r->file; k++)
		if (inner->runs[k].text == r->file)
			TRY(source_map_add(
				b, r->text, inner->runs[k].file, inner->runs[k].kind));
	return STATUS_OK;
}

static status
compose(source_map_builder *b, const source_map *outer, const source_map *inner)
{
	size_t i = 0;

	for (size_t k = 0; k + 1 < outer->count; k++) {
		const run *r = &outer->runs[k];
		if (r->kind == RUN_VERBATIM) {
			TRY(compose_run(b, inner, &i, r->text, r->file, r[1].file));
			continue;
		}
		TRY(compose_hidden(b, inner, r));
		span file = { file_of(inner, r->file, false), 0 };
		TRY(source_map_add(b, r->text, file.start, r->kind));
	}
	return STATUS_OK;
}

status
source_map_compose(const source_map *outer, const source_map *inner, arena *a, source_map *out)
{
	if (outer->count == 0 || inner->count == 0) {
		*out = outer->count == 0 ? *inner : *outer;
		return STATUS_OK;
	}
	source_map_builder b = { .memory = a->memory };
	status s = compose(&b, outer, inner);
	if (s != STATUS_OK) {
		source_map_abandon(&b);
		return s;
	}
	const run *last = &inner->runs[inner->count - 1];
	return source_map_finish(&b, a, outer->runs[outer->count - 1].text, last->file, out);
}
