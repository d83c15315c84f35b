/* Tab-separated text with a line of column names: the form of data/glossaries, and what a
 * repository keeps under version control. A table with other names than ours, or whose columns
 * are named by hand, is read as spreadsheets write it. */
#include <string.h>

#include "termbase/columns.h"
#include "text/utf8.h"

typedef struct reader {
	table table;
	table_cell cells[TABLE_COLUMNS + 1];
} reader;

static int
probe(slice head)
{
	slice line;

	if (!slice_line(&head, &line) || line.n == 0)
		return 0;
	return memchr(line.p, '\t', line.n) != NULL ? 30 : 0;
}

/* Cells of the line; one more than columns are enough to see that there are too many. */
static size_t
cut(reader *r, slice line)
{
	slice rest = line, cell;
	size_t n = 0;
	unsigned column = 1;
	bool more;

	do {
		more = slice_cut(rest, '\t', &cell, &rest);
		slice trimmed = slice_trim(cell);
		slice lead = { cell.p, (size_t)(trimmed.p - cell.p) };
		r->cells[n++] = (table_cell){ trimmed, column + (unsigned)utf8_count(lead) };
		column += (unsigned)utf8_count(cell) + 1;
	} while (more && n <= TABLE_COLUMNS);
	return n;
}

static status
read_line(reader *r, slice line)
{
	if (line.n == 0 || line.p[0] == '#')
		return STATUS_OK;
	size_t n = cut(r, line), dirty = table_find_dirty(r->cells, n);
	if (dirty < n)
		return table_skip(&r->table, (table_cell){ SLICE(""), r->cells[dirty].column },
			"not UTF-8 text", "pas du texte UTF-8");
	return r->table.count == 0 ? table_header(&r->table, r->cells, n)
				   : table_row(&r->table, r->cells, n);
}

static status
read_lines(reader *r, exchange_input *in)
{
	slice line;
	bool more;

	for (;;) {
		TRY(stream_line(in->stream, &line, &more));
		if (!more)
			break;
		if (r->table.line++ == 0 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		TRY(read_line(r, line));
	}
	if (r->table.count != 0)
		return STATUS_OK;
	return exchange_refuse(in->context, in->stream->name, (exchange_place){ 0 },
		in->context->ui == LANGUAGE_FR ? "pas de ligne de noms de colonnes"
					       : "no line of column names");
}

static bool
is_remark(slice line)
{
	return slice_trim(line).n == 0 || line.p[0] == '#';
}

/* Has the first line the names of our columns? One that is misspelt among many of ours is
 * refused, so that a glossary never loses a column; a table of other people has few of them. */
static bool
is_ours(slice head)
{
	size_t ours = 0, others = 0;
	slice line = SLICE(""), cell;
	table_column c;

	if (slice_starts(head, SLICE("\xEF\xBB\xBF")))
		head = slice_sub(head, 3, head.n);
	while (slice_line(&head, &line) && is_remark(line))
		continue;
	for (bool more = !is_remark(line); more;) {
		more = slice_cut(line, '\t', &cell, &line);
		if (columns_find(slice_trim(cell), &c) || slice_starts(cell, SLICE("x-")))
			ours++;
		else
			others++;
	}
	return ours + others == 0 || ours > others;
}

static status
read_ours(exchange_input *in)
{
	reader *r = memory_alloc(in->context->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	table_init(&r->table, in);
	status s = read_lines(r, in);
	table_free(&r->table);
	memory_free(in->context->memory, r);
	return s;
}

static status
read(exchange_input *in)
{
	slice head;

	TRY(stream_peek(in->stream, &head));
	/* Columns are guessed only where somebody is told what they were taken for. */
	bool guess = in->columns != NULL || (in->mapped != NULL && !is_ours(head));
	return guess ? exchange_named(SLICE("csv"))->read(in) : read_ours(in);
}

static status
begin(exchange_output *out)
{
	return table_begin(out, '\t');
}

static status
write(exchange_output *out, const entry *e)
{
	return table_write(out, '\t', e);
}

static status
end(exchange_output *out)
{
	return out->bytes->status;
}

static const char *const extensions[] = { ".tsv", ".tab", NULL };

const exchange exchange_tsv = {
	.name = "tsv",
	.extensions = extensions,
	.summary_en = "tab-separated text, one concept a line",
	.summary_fr = "texte tabulé, une notion par ligne",
	.probe = probe,
	.read = read,
	.survey = table_survey,
	.begin = begin,
	.write = write,
	.end = end,
};
