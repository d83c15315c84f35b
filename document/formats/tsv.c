/* A table of segments and translations, tab-separated, as a bilingual document;
 * bitext/tsv.c knows the format.
 *
 * Not every file with tabs is one: its first line names columns of segments, or the name says
 * .tsv and every line has the same two or three columns. */
#include "bitext/table.h"
#include "document/bilingual.h"
#include "text/sniff.h"

#define LINES_LOOKED_AT 40

static size_t
columns(slice line)
{
	slice cells[TABLE_COLUMNS_MOST];

	return table_split(line, cells);
}

static bool
is_even(slice head, bool cut)
{
	size_t first = 0, lines = 0;
	slice line;

	while (lines < LINES_LOOKED_AT && slice_line(&head, &line)) {
		if (line.n == 0 || (cut && head.n == 0))
			continue;
		size_t n = columns(line);
		first = lines++ == 0 ? n : first;
		if (n != first || n < 2 || n > 3)
			return false;
	}
	return lines > 0;
}

static int
probe(slice path, slice bytes)
{
	bool named = sniff_path_ends(path, ".tsv") || sniff_path_ends(path, ".tab");
	char space[SNIFF_BYTES];
	slice head = sniff_head(bytes, space), rest = head, line;
	table_columns t;

	if (!slice_line(&rest, &line) || columns(line) < 2)
		return 0;
	if (table_read_head(&t, line))
		return named ? 90 : 40;
	return named && is_even(head, bytes.n > SNIFF_BYTES) ? 60 : 0;
}

static status
read(document *d, context *c)
{
	return bilingual_read(d, c, SLICE(""), bitext_read_tsv);
}

/* A tab or a line break would be another cell; no correction has one. */
static void
escape(buffer *out, const document *d, uint32_t at, slice with)
{
	table_columns t;
	slice rest = d->bytes, line;

	(void)at;
	bool escaped = slice_line(&rest, &line) && table_read_head(&t, line) && t.escaped;
	for (size_t i = 0; i < with.n; i++) {
		if (escaped && with.p[i] == '\\')
			buffer_put_char(out, '\\');
		buffer_put_char(out, with.p[i]);
	}
}

const format format_tsv = {
	.name = "tsv",
	.probe = probe,
	.read = read,
	.marked_up = true,
	.escape = escape,
	.locate = bilingual_locate,
};
