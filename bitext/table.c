#include "bitext/table.h"

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

bool
table_is_tag(slice s)
{
	size_t n = 0;

	while (n < s.n && is_letter(s.p[n]))
		n++;
	if (n < 2 || n > 3 || s.n > 16)
		return false;
	return n == s.n || ((s.p[n] == '-' || s.p[n] == '_') && n + 1 < s.n);
}

size_t
table_split(slice line, slice cells[TABLE_COLUMNS_MOST])
{
	size_t n = 0;
	bool more = true;

	while (more && n < TABLE_COLUMNS_MOST)
		more = slice_cut(line, '\t', &cells[n++], &line);
	return n;
}

/* Names that say nothing of the language. */
static void
read_names(table_columns *t, const slice *cells, size_t n)
{
	for (size_t i = n; i-- > 0;) {
		if (slice_is(cells[i], "source"))
			t->source = i;
		else if (slice_is(cells[i], "target"))
			t->target = i;
		else if (slice_is(cells[i], "note"))
			t->note = i;
		else if (slice_is(cells[i], "id"))
			t->id = i;
	}
}

static void
read_tags(table_columns *t, const slice *cells, size_t n)
{
	for (size_t i = 0; i < n && t->target == TABLE_NO_COLUMN; i++) {
		/* "id" has the form of a tag. */
		if (!table_is_tag(cells[i]) || i == t->id)
			continue;
		if (t->source == TABLE_NO_COLUMN) {
			t->source = i;
			t->source_language = cells[i];
		} else {
			t->target = i;
			t->target_language = cells[i];
		}
	}
}

bool
table_read_head(table_columns *t, slice line)
{
	slice cells[TABLE_COLUMNS_MOST];
	size_t n = table_split(line, cells);

	*t = (table_columns){ .known = true,
		.source = TABLE_NO_COLUMN,
		.target = TABLE_NO_COLUMN,
		.id = TABLE_NO_COLUMN,
		.note = TABLE_NO_COLUMN };
	read_names(t, cells, n);
	if (t->source == TABLE_NO_COLUMN && t->target == TABLE_NO_COLUMN)
		read_tags(t, cells, n);
	t->named = t->source != TABLE_NO_COLUMN && t->target != TABLE_NO_COLUMN;
	if (t->named) {
		t->escaped = slice_is(cells[0], "source");
		return true;
	}
	*t = (table_columns){
		.known = true, .source = 0, .target = 1, .id = 2, .note = TABLE_NO_COLUMN
	};
	return false;
}

bool
table_escape(slice cell, size_t i, char *out)
{
	if (cell.p[i] != '\\' || i + 1 >= cell.n)
		return false;
	switch (cell.p[i + 1]) {
	case 't':
		*out = '\t';
		return true;
	case 'n':
		*out = '\n';
		return true;
	case 'r':
		*out = '\r';
		return true;
	case '\\':
		*out = '\\';
		return true;
	default:
		return false;
	}
}
