/* Subtitles: SubRip (.srt) and WebVTT (.vtt). Numbers, times, tags, notes, styles are not text.
 * A sentence that goes on in the next cue, in a small letter, is one block: the break between
 * the two is a space that no correction touches. A line that begins with a dash is somebody
 * else speaking, and a block of its own. */
#include <string.h>

#include "document/builder.h"
#include "document/format.h"
#include "document/gumbo.h"
#include "text/sniff.h"
#include "text/utf8.h"

typedef struct cue {
	uint32_t text; /* where it begins in the text */
	uint32_t number;
	slice time;
} cue;

typedef struct cues {
	const cue *at;
	size_t n;
} cues;

typedef struct reader {
	builder b;
	references references;
	ARRAY(cue) cues;
	bool in_cue, fresh; /* fresh: no text of the cue yet */
	slice time;
	bool note; /* a NOTE, STYLE or REGION of WebVTT */
} reader;

static bool
is_time(slice line)
{
	size_t digits = 0;

	for (size_t i = 0; i + 3 <= line.n; i++) {
		digits += line.p[i] >= '0' && line.p[i] <= '9';
		if (memcmp(line.p + i, "-->", 3) == 0)
			return digits >= 6;
	}
	return false;
}

static bool
ends_sentence(slice s)
{
	s = slice_trim(s);
	return s.n == 0 || strchr(".!?:\")]", s.p[s.n - 1]) != NULL ||
	       slice_ends(s, SLICE("…")) || slice_ends(s, SLICE("»")) ||
	       slice_ends(s, SLICE("”"));
}

static bool
begins_small(slice s)
{
	size_t i = 0;

	return s.n != 0 && utf8_is_lower(utf8_next(s, &i));
}

static bool
is_speaker(slice s)
{
	return slice_starts(s, SLICE("-")) || slice_starts(s, SLICE("–")) ||
	       slice_starts(s, SLICE("—"));
}

static slice
block_text(const reader *r)
{
	return slice_sub(buffer_slice(&r->b.text), r->b.now.text.start, r->b.text.n);
}

static status
note_cue(reader *r, uint32_t number)
{
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->cues, 1));
	r->cues.at[r->cues.n++] = (cue){ (uint32_t)r->b.text.n, number, r->time };
	return STATUS_OK;
}

/* Where a tag <i> or {\an8} that begins at i ends; i when none does. */
static uint32_t
tag_end(slice all, uint32_t i, uint32_t end)
{
	bool angle = all.p[i] == '<';
	const char *close;

	if (!angle && !(all.p[i] == '{' && i + 1 < end && all.p[i + 1] == '\\'))
		return i;
	close = memchr(all.p + i, angle ? '>' : '}', end - i);
	return close == NULL ? i : (uint32_t)(close - all.p) + 1;
}

static status
put_reference(reader *r, span file)
{
	slice meant, name = slice_sub(r->b.in.text, file.start, file.end);

	TRY(references_decode(&r->references, r->b.context, name, &meant));
	return meant.n == 0 ? builder_put(&r->b, file) : builder_make_text(&r->b, meant, file);
}

static uint32_t
reference_end(slice all, uint32_t i, uint32_t end)
{
	uint32_t k = i + 1;

	while (k < end && k - i < 12 &&
		((unsigned char)((all.p[k] | 0x20) - 'a') < 26 || all.p[k] == '#' ||
			(all.p[k] >= '0' && all.p[k] <= '9')))
		k++;
	return all.p[i] == '&' && k < end && all.p[k] == ';' ? k + 1 : i;
}

static status
put_line(reader *r, span s)
{
	slice all = r->b.in.text;
	uint32_t from = s.start;

	for (uint32_t i = s.start; i < s.end;) {
		uint32_t tag = tag_end(all, i, s.end), name = reference_end(all, i, s.end);
		if (tag == i && name == i) {
			i++;
			continue;
		}
		if (i > from)
			TRY(builder_put(&r->b, (span){ from, i }));
		if (name != i)
			TRY(put_reference(r, (span){ i, name }));
		from = i = tag != i ? tag : name;
	}
	return from < s.end ? builder_put(&r->b, (span){ from, s.end }) : STATUS_OK;
}

/* A line of a cue. */
static status
take_text(reader *r, slice line, uint32_t at)
{
	bool goes_on = r->b.open && !is_speaker(line) &&
		       (!r->fresh || (!ends_sentence(block_text(r)) && begins_small(line)));

	if (goes_on) {
		span gap = { (uint32_t)r->b.file, at };
		TRY(builder_make(&r->b, SLICE(" "), gap, r->fresh ? RUN_MARKUP : RUN_MADE));
	} else
		TRY(builder_open(&r->b, BLOCK_PARAGRAPH, LANGUAGE_UNKNOWN));
	if (r->fresh)
		TRY(note_cue(r, r->cues.n == 0 ? 1 : r->cues.at[r->cues.n - 1].number + 1));
	r->fresh = false;
	return put_line(r, (span){ at, at + (uint32_t)line.n });
}

static status
take_line(reader *r, slice raw, uint32_t at)
{
	slice line = slice_trim(raw);
	uint32_t start = at + (uint32_t)(line.p - raw.p);

	if (line.n == 0) {
		r->in_cue = r->note = false;
		return STATUS_OK;
	}
	if (is_time(line)) {
		r->in_cue = r->fresh = true;
		r->time = line;
		return STATUS_OK;
	}
	if (!r->in_cue && (slice_starts(line, SLICE("NOTE")) || r->note)) {
		r->note = true;
		if (r->b.open)
			TRY(builder_close(&r->b, NULL));
		return builder_comment(&r->b, (span){ start, start + (uint32_t)line.n });
	}
	return r->in_cue ? take_text(r, line, start) : STATUS_OK;
}

static status
read_lines(reader *r)
{
	slice rest = r->b.in.text, line;

	while (rest.n != 0) {
		uint32_t at = (uint32_t)(r->b.in.text.n - rest.n);
		if (!slice_line(&rest, &line))
			break;
		TRY(take_line(r, line, at));
	}
	return STATUS_OK;
}

static status
keep_cues(reader *r, document *d)
{
	cues *kept = ARENA_NEW(&d->arena, cues);
	cue *copy = ARENA_ARRAY(&d->arena, cue, r->cues.n);
	slice text = r->b.in.text, all;

	if (kept == NULL || copy == NULL)
		return STATUS_MEMORY;
	/* The times stand in the decoded file, which may be another than the file. */
	all = text;
	if (text.p != d->bytes.p)
		TRY(arena_copy(&d->arena, text, &all));
	for (size_t i = 0; i < r->cues.n; i++) {
		copy[i] = r->cues.at[i];
		copy[i].time.p = all.p + (copy[i].time.p - text.p);
	}
	*kept = (cues){ copy, r->cues.n };
	d->source = kept;
	return STATUS_OK;
}

static status
read(document *d, context *c)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	status done = builder_begin(&r->b, c, d, SLICE(""));
	if (done == STATUS_OK)
		done = read_lines(r);
	if (done == STATUS_OK)
		done = keep_cues(r, d);
	if (done == STATUS_OK)
		done = builder_finish(&r->b);
	builder_abandon(&r->b);
	ARRAY_FREE(c->memory, &r->cues);
	memory_free(c->memory, r);
	return done;
}

static void
locate(const document *d, size_t index, span text, location *out)
{
	const cues *all = d->source;
	size_t low = 0, high = all->n;

	(void)index;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (all->at[middle].text <= text.start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return;
	location_number(out, "cue", all->at[low - 1].number);
	location_text(out, "time", all->at[low - 1].time);
}

static int
probe_srt(slice path, slice bytes)
{
	char space[SNIFF_BYTES];
	slice rest = slice_trim(sniff_head(bytes, space)), number, time;
	bool named = sniff_path_ends(path, ".srt");

	if (!slice_line(&rest, &number) || !slice_line(&rest, &time))
		return 0;
	number = slice_trim(number);
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] < '0' || number.p[i] > '9')
			return 0;
	return is_time(time) ? named ? 95 : 85 : 0;
}

static int
probe_vtt(slice path, slice bytes)
{
	char space[SNIFF_BYTES];

	(void)path;
	return slice_starts(sniff_head(bytes, space), SLICE("WEBVTT")) ? 90 : 0;
}

static void
escape_vtt(buffer *out, const document *d, uint32_t at, slice with)
{
	(void)d;
	(void)at;
	for (size_t i = 0; i < with.n; i++)
		if (with.p[i] == '&' || with.p[i] == '<' || with.p[i] == '>')
			buffer_put(out, with.p[i] == '&'   ? SLICE("&amp;")
					: with.p[i] == '<' ? SLICE("&lt;")
							   : SLICE("&gt;"));
		else
			buffer_put_char(out, with.p[i]);
}

const format format_srt = {
	.name = "srt", .probe = probe_srt, .read = read, .marked_up = true, .locate = locate
};

const format format_vtt = {
	.name = "vtt",
	.probe = probe_vtt,
	.read = read,
	.marked_up = true,
	.escape = escape_vtt,
	.locate = locate,
};
