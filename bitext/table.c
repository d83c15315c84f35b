#include "bitext/table.h"

#include <string.h>

#include "text/fold.h"

/* What people call the columns of languages, folded, and codes of ISO 639-2. No other three
 * letters are a tag: "key", "ref" and "one" stand at the top of columns, too. */
static const struct {
	const char *name, *tag;
} languages[] = { { "english", "en" }, { "anglais", "en" }, { "eng", "en" }, { "french", "fr" },
	{ "francais", "fr" }, { "fra", "fr" }, { "fre", "fr" }, { "spanish", "es" },
	{ "espagnol", "es" }, { "spa", "es" }, { "russian", "ru" }, { "russe", "ru" },
	{ "rus", "ru" }, { "arabic", "ar" }, { "arabe", "ar" }, { "ara", "ar" },
	{ "chinese", "zh" }, { "chinois", "zh" }, { "zho", "zh" }, { "chi", "zh" } };

#define NAME_MOST 16 /* bytes */

bool
table_is_name(slice cell, const char *word)
{
	char folded[NAME_MOST * 4];

	cell = slice_trim(cell);
	return cell.n <= NAME_MOST &&
	       slice_is((slice){ folded, text_fold(folded, cell) }, word);
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Two letters, and subtags. "id" has the form of a tag. */
static bool
is_tag(slice s)
{
	if (s.n < 2 || s.n > NAME_MOST || !is_letter(s.p[0]) || !is_letter(s.p[1]))
		return false;
	if (s.n == 2)
		return !table_is_name(s, "id") && !table_is_name(s, "nr");
	return (s.p[2] == '-' || s.p[2] == '_') && s.n > 3 && memchr(s.p, ' ', s.n) == NULL;
}

slice
table_tag(slice cell)
{
	cell = slice_trim(cell);
	if (is_tag(cell))
		return cell;
	for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++)
		if (table_is_name(cell, languages[i].name))
			return slice_of(languages[i].tag);
	return SLICE("");
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
		if (table_is_name(cells[i], "source"))
			t->source = i;
		else if (table_is_name(cells[i], "target"))
			t->target = i;
		else if (table_is_name(cells[i], "note"))
			t->note = i;
		else if (table_is_name(cells[i], "id"))
			t->id = i;
	}
}

static void
read_tags(table_columns *t, const slice *cells, size_t n)
{
	for (size_t i = 0; i < n && t->target == TABLE_NO_COLUMN; i++) {
		slice tag = table_tag(cells[i]);
		if (tag.n == 0)
			continue;
		if (t->source == TABLE_NO_COLUMN) {
			t->source = i;
			t->source_language = tag;
		} else {
			t->target = i;
			t->target_language = tag;
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
