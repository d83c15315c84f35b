/* See yaml_plain.h. Whatever is doubtful is refused: other indicators, quotes, lists, lines
 * that go on, characters that YAML takes for line breaks or forbids, tabs. */
#include "base/yaml_plain.h"

#define DEPTH 8
#define LINE_MOST 1000 /* a longer key is none for libyaml */

typedef struct entry { /* of one line */
	size_t indent;
	slice key, value; /* no value: n is 0 */
} entry;

typedef struct level {      /* a map that is not yet closed */
	yaml *map, **where; /* where its next member goes */
	size_t indent;
} level;

typedef struct plain_reader {
	arena *arena;
	level open[DEPTH];
	size_t depth;
	yaml *waiting; /* a member whose map is to begin */
	uint32_t line;
} plain_reader;

static bool
is_trail(slice s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* Bytes of a printable character below U+3000 that breaks no line; 0: there is none. */
static size_t
character_bytes(slice s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < 0x80)
		return c >= ' ' && c < 0x7F ? 1 : 0;
	if (c < 0xE0)
		return c >= 0xC2 && is_trail(s, i + 1) &&
				       (c != 0xC2 || (unsigned char)s.p[i + 1] >= 0xA0)
			       ? 2
			       : 0;
	if (c != 0xE2 || !is_trail(s, i + 1) || !is_trail(s, i + 2))
		return 0;
	unsigned char last = (unsigned char)s.p[i + 2];
	return s.p[i + 1] == '\x80' && (last == 0xA8 || last == 0xA9) ? 0 : 3;
}

static bool
is_printable(slice s)
{
	for (size_t i = 0, n; i < s.n; i += n)
		if ((n = character_bytes(s, i)) == 0)
			return false;
	return true;
}

static size_t
spaces(slice s, size_t i)
{
	size_t start = i;

	while (i < s.n && s.p[i] == ' ')
		i++;
	return i - start;
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool
is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static size_t
key_end(slice s, size_t i)
{
	if (i == s.n || !is_letter(s.p[i]))
		return i;
	while (i < s.n && (is_letter(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '-' ||
				  s.p[i] == '/' || s.p[i] == '_'))
		i++;
	return i;
}

/* What stands from i on, which a space stands before, without comment and space behind it.
 * False when it is more than a word or a sentence. */
static bool
read_value(slice s, size_t i, slice *out)
{
	size_t end = i;

	*out = slice_sub(s, i, i);
	if (i == s.n || s.p[i] == '#')
		return true;
	if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && (unsigned char)s.p[i] < 0x80)
		return false;
	for (; end < s.n; end++) {
		if (s.p[end] == ':' && (end + 1 == s.n || s.p[end + 1] == ' '))
			return false;
		if (s.p[end] == '#' && s.p[end - 1] == ' ')
			break;
	}
	while (s.p[end - 1] == ' ')
		end--;
	*out = slice_sub(s, i, end);
	return true;
}

/* *out.key is empty for a line without one. */
static bool
read_entry(slice s, entry *out)
{
	size_t start = spaces(s, 0), end;

	*out = (entry){ .indent = start };
	if (s.n > LINE_MOST || !is_printable(s))
		return false;
	if (start == s.n || s.p[start] == '#')
		return true;
	end = key_end(s, start);
	if (end == start || end == s.n || s.p[end] != ':')
		return false;
	out->key = slice_sub(s, start, end);
	size_t gap = spaces(s, end + 1);
	if (gap == 0 && end + 1 < s.n)
		return false;
	return read_value(s, end + 1 + gap, &out->value);
}

static bool
open_map(plain_reader *r, yaml *map, const entry *e)
{
	if (r->depth == DEPTH)
		return false;
	map->kind = YAML_MAP;
	map->line = r->line;
	map->column = (uint32_t)e->indent + 1;
	r->open[r->depth++] = (level){ map, &map->first, e->indent };
	return true;
}

/* The map that the entry is a member of is the innermost; false when there is none. */
static bool
find_map(plain_reader *r, const entry *e)
{
	if (r->waiting != NULL) {
		yaml *map = r->waiting;
		r->waiting = NULL;
		return e->indent > r->open[r->depth - 1].indent && open_map(r, map, e);
	}
	while (r->depth > 1 && e->indent < r->open[r->depth - 1].indent)
		r->depth--;
	return e->indent == r->open[r->depth - 1].indent;
}

static status
add(plain_reader *r, slice line, const entry *e)
{
	level *in = &r->open[r->depth - 1];
	yaml *y = ARENA_NEW(r->arena, yaml);

	if (y == NULL)
		return STATUS_MEMORY;
	y->key_line = r->line;
	y->key_column = (uint32_t)e->indent + 1;
	TRY(arena_copy(r->arena, e->key, &y->key));
	if (e->value.n == 0)
		r->waiting = y;
	else {
		y->line = r->line;
		y->column = (uint32_t)(e->value.p - line.p) + 1;
		TRY(arena_copy(r->arena, e->value, &y->text));
	}
	*in->where = y;
	in->where = &y->next;
	return STATUS_OK;
}

/* One line; *plain is false when it is not. */
static status
take_line(plain_reader *r, slice line, yaml **root, bool *plain)
{
	entry e;

	r->line++;
	*plain = read_entry(line, &e);
	if (!*plain || e.key.n == 0)
		return STATUS_OK;
	if (*root == NULL) {
		*root = ARENA_NEW(r->arena, yaml);
		if (*root == NULL)
			return STATUS_MEMORY;
		*plain = open_map(r, *root, &e);
	} else
		*plain = find_map(r, &e);
	*plain = *plain && yaml_get(r->open[r->depth - 1].map, e.key) == NULL;
	return *plain ? add(r, line, &e) : STATUS_OK;
}

status
yaml_read_plain(arena *a, slice bytes, yaml **root)
{
	plain_reader r = { .arena = a };
	bool plain = true;
	slice line;

	*root = NULL;
	while (bytes.n != 0 && plain) {
		slice_cut(bytes, '\n', &line, &bytes);
		TRY(take_line(&r, line, root, &plain));
	}
	if (!plain || r.waiting != NULL)
		*root = NULL;
	return STATUS_OK;
}
