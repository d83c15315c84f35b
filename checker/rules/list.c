#include "checker/rules/list.h"

#include <string.h>

#include "document/format.h"
#include "document/marker.h"
#include "text/utf8.h"

#define LEVELS_MOST 8
#define SKIP_MOST 3    /* a list that jumps farther, or back, is another list */
#define MARKER_MOST 24 /* bytes before the text of an item that its marker may take */

typedef struct level { /* a list that is open */
	uint32_t last; /* item */
	uint32_t list;
} level;

typedef struct reading { /* of a marker: what it may be, most likely first */
	list_series series;
	uint32_t value;
} reading;

typedef struct readings {
	reading at[2];
	size_t count;
} readings;

slice
list_text(const check *c, const list_item *item)
{
	return check_text(c, item->text);
}

static uint32_t
roman_value(slice s)
{
	static const char digits[] = "ivxlc";
	static const uint32_t worth[] = { 1, 5, 10, 50, 100 };
	uint32_t sum = 0, before = 0;

	for (size_t i = s.n; i > 0; i--) {
		const char *d = memchr(digits, s.p[i - 1], sizeof(digits) - 1);
		if (d == NULL)
			return 0;
		uint32_t w = worth[d - digits];
		if (w < before)
			sum -= w;
		else
			sum += before = w;
	}
	return sum;
}

/* z is 26, aa 27, bb 28 in the manner of the United Nations. */
static uint32_t
letter_value(slice s, char first)
{
	if (s.n == 0 || s.n > 2 || (s.n == 2 && s.p[0] != s.p[1]) || s.p[0] < first ||
		s.p[0] > first + 25)
		return 0;
	return (uint32_t)(s.p[0] - first) + 1 + (s.n == 2 ? 26 : 0);
}

static uint32_t
number_value(slice s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || i == 4)
			return 0;
		n = n * 10 + (uint32_t)(s.p[i] - '0');
	}
	return n;
}

static void
add_reading(readings *r, list_series series, uint32_t value)
{
	if (value != 0 && r->count < 2)
		r->at[r->count++] = (reading){ series, value };
}

static readings
read_label(slice label)
{
	readings r = { .count = 0 };
	uint32_t roman = roman_value(label);

	if (roman > 1)
		add_reading(&r, LIST_LETTERS, letter_value(label, 'a'));
	add_reading(&r, LIST_ROMANS, roman);
	if (roman <= 1)
		add_reading(&r, LIST_LETTERS, letter_value(label, 'a'));
	add_reading(&r, LIST_CAPITALS, letter_value(label, 'A'));
	add_reading(&r, LIST_NUMBERS, number_value(label));
	return r;
}

/* The marker before the text of a block: what stands on its line, white space aside. */
static slice
marker_of(const check *c, const block *b)
{
	slice text = c->document->text;
	size_t end = b->text.start, start = end;

	while (start > 0 && end - start < MARKER_MOST && text.p[start - 1] != '\n')
		start--;
	slice s = slice_trim(slice_sub(text, start, end));
	while (s.n >= 2 && memcmp(s.p + s.n - 2, "\302\240", 2) == 0)
		s = slice_trim(slice_sub(s, 0, s.n - 2));
	return s;
}

/* « a) » typed at the head of a paragraph, its length with the white space after it; 0: none.
 * The readers of plain text and PDF take such markers off themselves. */
static size_t
typed_marker(const check *c, const block *b)
{
	slice s = check_text(c, b->text);

	if (s.n < 3 || (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_ITEM) ||
		(s.p[0] != '(' && (s.p[0] < '0' || s.p[0] > 'z')))
		return 0;
	marker m = marker_read(s);
	bool bracket = m.length != 0 && memchr(s.p, ')', m.length) != NULL;
	return bracket && (m.kind == MARKER_LETTER || m.kind == MARKER_NUMBER) ? m.length : 0;
}

static bool
has_typed_markers(const document *d)
{
	return strcmp(d->format->name, "txt") != 0 && strcmp(d->format->name, "pdf") != 0;
}

/* Fills in marker, text and form; the answer is what the marker may be. */
static readings
read_item(const check *c, const block *b, list_item *item)
{
	slice s = marker_of(c, b);
	readings r = { .count = 0 };
	size_t next = 0;

	item->text = b->text;
	if (s.n == 0 && has_typed_markers(c->document)) {
		size_t length = typed_marker(c, b);
		item->text.start += (uint32_t)length;
		s = slice_trim(check_text(c, (span){ b->text.start, item->text.start }));
		while (s.n >= 2 && memcmp(s.p + s.n - 2, "\302\240", 2) == 0)
			s = slice_trim(slice_sub(s, 0, s.n - 2));
	}
	uint32_t start = s.n == 0 ? 0 : (uint32_t)(s.p - c->document->text.p);
	item->marker = (span){ start, start + (uint32_t)s.n };
	if (s.n == 0)
		return r;
	if (s.n > 1 && s.p[s.n - 1] == ')') {
		size_t open = s.p[0] == '(' ? 1 : 0;
		item->form = open != 0 ? LIST_BOTH : LIST_RIGHT;
		return read_label(slice_sub(s, open, s.n - 1));
	}
	if (s.p[s.n - 1] == '.') {
		item->form = LIST_STOP;
		return r;
	}
	uint32_t sign = utf8_next(s, &next);
	if (next == s.n) {
		item->form = LIST_BARE;
		add_reading(&r, LIST_SIGNS, sign);
	}
	return r;
}

bool
list_is_numbered(const check *c, const block *b)
{
	slice s = b->kind == BLOCK_ITEM ? marker_of(c, b) : (slice){ 0 };

	return s.n > 1 && s.p[0] >= '1' && s.p[0] <= '9' && s.p[s.n - 1] == '.';
}

/* ---- which list an item belongs to ---- */

typedef struct sorter {
	list_item *items;
	size_t count;
	level open[LEVELS_MOST];
	size_t depth;
	uint32_t lists;
} sorter;

static bool
goes_on(const list_item *last, const list_item *item, reading r)
{
	if (last->series != r.series || last->form != item->form)
		return false;
	return r.series == LIST_SIGNS ? last->value == r.value : last->value + 1 == r.value;
}

/* The same series, with a few members missing or the last one again. */
static bool
skips(const list_item *last, const list_item *item, reading r)
{
	return last->series == r.series && last->form == item->form && r.value >= last->value &&
	       r.value <= last->value + SKIP_MOST;
}

static void
put(sorter *s, list_item item, reading r, size_t depth)
{
	level *l = &s->open[depth];
	uint32_t index = (uint32_t)s->count;

	item.series = (uint8_t)r.series;
	item.value = r.value;
	item.list = l->list;
	item.place = s->items[l->last].place + 1;
	item.previous = l->last;
	s->items[s->count++] = item;
	l->last = index;
	s->depth = depth + 1;
}

static void
open_list(sorter *s, list_item item, reading r)
{
	uint32_t index = (uint32_t)s->count;

	item.series = (uint8_t)r.series;
	item.value = r.value;
	item.list = s->lists;
	item.place = 0;
	item.previous = index;
	s->items[s->count++] = item;
	if (s->depth == LEVELS_MOST)
		s->depth--;
	s->open[s->depth++] = (level){ index, s->lists++ };
}

/* The open list, innermost first, whose last item is of the series and form of a reading;
 * exactly: and which the item goes on with; else that it skips on from. */
static bool
find_list(const sorter *s, const list_item *item, const readings *r, bool exactly,
	size_t *depth, size_t *which)
{
	for (*depth = s->depth; (*depth)-- > 0;)
		for (*which = 0; *which < r->count; ++*which) {
			const list_item *last = &s->items[s->open[*depth].last];
			if (exactly ? goes_on(last, item, r->at[*which])
				    : skips(last, item, r->at[*which]))
				return true;
		}
	return false;
}

static void
sort_item(sorter *s, list_item item, const readings *r)
{
	size_t depth, which;

	if (find_list(s, &item, r, true, &depth, &which)) {
		put(s, item, r->at[which], depth);
		return;
	}
	for (which = 0; which < r->count; which++)
		if (r->at[which].series != LIST_SIGNS && r->at[which].value == 1) {
			open_list(s, item, r->at[which]);
			return;
		}
	if (r->at[0].series != LIST_SIGNS && find_list(s, &item, r, false, &depth, &which))
		put(s, item, r->at[which], depth);
	else
		open_list(s, item, r->at[0]);
}

/* ---- runs ---- */

/* The number of blocks from first on that are items of one language. */
static size_t
run_length(const check *c, size_t first, bool typed)
{
	const document *d = c->document;
	size_t n = 0;

	while (first + n < d->block_count &&
		d->blocks[first + n].language == d->blocks[first].language &&
		(d->blocks[first + n].kind == BLOCK_ITEM ||
			(typed && typed_marker(c, &d->blocks[first + n]) != 0)))
		n++;
	return n;
}

/* All runs of the document, in both languages: read once, whichever rules ask. */
typedef struct runs {
	list_run *at;
	size_t count, capacity;
} runs;

static status
add_run(check *c, runs *all, const list_item *items, size_t n)
{
	if (n == 0)
		return STATUS_OK;
	if (all->count == all->capacity) {
		size_t capacity = all->capacity == 0 ? 64 : 2 * all->capacity;
		list_run *more = ARENA_ARRAY(c->keep, list_run, capacity);
		if (more == NULL)
			return STATUS_MEMORY;
		if (all->count != 0)
			memcpy(more, all->at, all->count * sizeof(*more));
		all->at = more;
		all->capacity = capacity;
	}
	language l = c->document->blocks[items->block].language;
	all->at[all->count++] = (list_run){ items, n, l };
	return STATUS_OK;
}

static status
read_run(check *c, runs *all, size_t first, size_t n)
{
	sorter s = { .items = ARENA_ARRAY(c->keep, list_item, n) };

	if (s.items == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		list_item item = { .block = (uint32_t)(first + i) };
		readings may_be = read_item(c, &c->document->blocks[first + i], &item);
		if (may_be.count != 0) {
			sort_item(&s, item, &may_be);
		} else { /* « 12. »: nothing runs across a paragraph number */
			TRY(add_run(c, all, s.items, s.count));
			s.items += s.count;
			s.count = s.depth = s.lists = 0;
		}
	}
	return add_run(c, all, s.items, s.count);
}

static status
runs_of(check *c, const runs **out)
{
	const document *d = c->document;
	runs *all = c->caches[CHECK_LISTS];

	*out = all;
	if (all != NULL)
		return STATUS_OK;
	all = ARENA_NEW(c->keep, runs);
	if (all == NULL)
		return STATUS_MEMORY;
	bool typed = has_typed_markers(d);
	for (size_t i = 0; i < d->block_count;) {
		size_t n = run_length(c, i, typed);
		if (n > 1)
			TRY(read_run(c, all, i, n));
		i += n == 0 ? 1 : n;
	}
	*out = c->caches[CHECK_LISTS] = all;
	return STATUS_OK;
}

status
list_each_run(
	check *c, const rule *r, status (*each)(check *c, const rule *r, const list_run *items))
{
	const runs *all;

	TRY(runs_of(c, &all));
	for (size_t i = 0; i < all->count; i++) {
		language l = all->at[i].language;
		if (l == LANGUAGE_FR ? !r->fr : l != LANGUAGE_EN || !r->en)
			continue;
		c->language = l;
		TRY(each(c, r, &all->at[i]));
		arena_reset(&c->scratch);
	}
	return STATUS_OK;
}
