/* Comma-separated values, RFC 4180, as spreadsheets and terminology systems write them: the
 * separator is guessed (tab ; , |), the columns are recognised by what people call them, and a
 * cell between quotation marks may run over lines. */
#include <string.h>

#include "termbase/table.h"
#include "text/utf8.h"

static const char separators[] = "\t;,|";

typedef struct cell_place { /* in the text of the record */
	size_t start;
	unsigned column;
} cell_place;

typedef struct reader {
	table table;
	char separator;
	unsigned line; /* of the file */
	bool begun;    /* the header is read */
	buffer text;   /* the cells of the record in hand, without their quotation marks */
	cell_place places[TABLE_COLUMNS + 1];
	table_cell cells[TABLE_COLUMNS + 1];
	size_t n;
	bool quoted; /* inside quotation marks */
} reader;

static int
probe(slice head)
{
	(void)head; /* any text has commas */
	return 0;
}

/* The commonest in the first line, outside quotation marks. */
static char
guess_separator(slice head)
{
	size_t counts[sizeof(separators)] = { 0 }, best = 2;
	bool quoted = false;

	for (size_t i = 0; i < head.n && (quoted || head.p[i] != '\n'); i++) {
		const char *s = strchr(separators, head.p[i]);
		quoted ^= head.p[i] == '"';
		if (!quoted && s != NULL && *s != '\0')
			counts[s - separators]++;
	}
	for (size_t i = 0; i + 1 < sizeof(separators); i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

static void
open_cell(reader *r, unsigned column)
{
	if (r->n <= TABLE_COLUMNS)
		r->places[r->n++] = (cell_place){ r->text.n, column };
}

/* Does the quotation mark that stands before i enclose the cell? Its pair is the end of the
 * cell then, or stands in a later line; « "a" and "b" » is a cell with quotation marks in it.
 */
static bool
encloses(const reader *r, slice line, size_t i)
{
	for (; i < line.n; i++) {
		if (line.p[i] != '"')
			continue;
		bool doubled = i + 1 < line.n && line.p[i + 1] == '"';
		i++;
		if (doubled)
			continue;
		while (i < line.n && line.p[i] == ' ')
			i++;
		return i == line.n || line.p[i] == r->separator;
	}
	return true;
}

/* The bytes of one line; what ends cells in other formats is a space here. */
static void
read_bytes(reader *r, slice line)
{
	bool bare = false; /* the cell has begun with something else than a quotation mark */
	unsigned column = 1;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		column += ((unsigned char)c & 0xC0) != 0x80;
		if (r->quoted && c == '"' && i + 1 < line.n && line.p[i + 1] == '"') {
			buffer_put_char(&r->text, '"');
			i++;
			column++;
		} else if (c == '"' && (r->quoted || (!bare && encloses(r, line, i + 1)))) {
			r->quoted = !r->quoted;
			bare = true;
		} else if (c == r->separator && !r->quoted) {
			open_cell(r, column);
			bare = false;
		} else {
			bare = bare || c != ' ';
			buffer_put_char(&r->text, (unsigned char)c < 0x20 ? ' ' : c);
		}
	}
}

static void
close_cells(reader *r)
{
	slice all = buffer_slice(&r->text);

	for (size_t i = 0; i < r->n; i++) {
		size_t end = i + 1 < r->n ? r->places[i + 1].start : all.n;
		slice cell = slice_trim(slice_sub(all, r->places[i].start, end));
		r->cells[i] = (table_cell){ cell, r->places[i].column };
	}
}

/* As many cells as there are columns: spreadsheets leave out those that are empty at the end of
 * a row, or add some. */
static void
fit(reader *r)
{
	while (r->n > r->table.count && r->cells[r->n - 1].text.n == 0)
		r->n--;
	while (r->n < r->table.count)
		r->cells[r->n++] = (table_cell){ SLICE(""), 1 };
}

static bool
is_blank(const reader *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i].text.n != 0)
			return false;
	return true;
}

static status
finish_record(reader *r)
{
	close_cells(r);
	if (is_blank(r))
		return STATUS_OK;
	size_t dirty = table_find_dirty(r->cells, r->n);
	if (dirty < r->n)
		return table_skip(&r->table, (table_cell){ SLICE(""), r->cells[dirty].column },
			"not UTF-8 text", "pas du texte UTF-8");
	if (!r->begun) {
		bool is_row;
		if (table_is_title(&r->table, r->cells, r->n))
			return STATUS_OK;
		r->begun = true;
		TRY(table_loose_header(&r->table, r->cells, r->n, &is_row));
		if (!is_row)
			return STATUS_OK;
	}
	fit(r);
	return table_row(&r->table, r->cells, r->n);
}

/* Whatever follows stands inside the cell: there is no telling where the next row begins. */
static status
never_closed(const reader *r, exchange_input *in)
{
	return exchange_refuse(in->context, in->stream->name,
		(exchange_place){ r->table.line, r->places[r->n - 1].column },
		in->context->ui == LANGUAGE_FR ? "un guillemet jamais refermé"
					       : "a quotation mark that is never closed");
}

/* A record of one line or, while a quotation mark is open, of several. */
static status
read_record(reader *r, exchange_input *in, bool *more)
{
	slice line;

	buffer_clear(&r->text);
	r->n = 0;
	r->quoted = false;
	r->table.line = r->line + 1;
	do {
		TRY(stream_line(in->stream, &line, more));
		if (!*more)
			break;
		if (r->line++ == 0 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		if (r->n == 0)
			open_cell(r, 1);
		else
			buffer_put_char(&r->text, ' ');
		read_bytes(r, line);
		TRY(r->text.status);
	} while (r->quoted && r->text.n <= in->context->limits.paragraph);
	if (r->quoted)
		return never_closed(r, in);
	return r->n == 0 ? STATUS_OK : finish_record(r);
}

static status
read_records(reader *r, exchange_input *in)
{
	slice head;
	bool more = true;

	TRY(stream_peek(in->stream, &head));
	r->separator = guess_separator(head);
	while (more)
		TRY(read_record(r, in, &more));
	if (r->begun)
		return STATUS_OK;
	if (r->table.titles != 0)
		return table_no_header(&r->table);
	return exchange_refuse(in->context, in->stream->name, (exchange_place){ 0 },
		in->context->ui == LANGUAGE_FR ? "le tableau est vide" : "the table is empty");
}

static status
read(exchange_input *in)
{
	reader *r = memory_alloc(in->context->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	table_init(&r->table, in);
	r->table.loose = true;
	buffer_init(&r->text, in->context->memory, in->context->limits.output);
	status done = read_records(r, in);
	buffer_free(&r->text);
	table_free(&r->table);
	memory_free(in->context->memory, r);
	return done;
}

/* Excel takes a CSV file for Windows-1252 unless it begins so. */
static status
begin(exchange_output *out)
{
	buffer_put(out->bytes, SLICE("\xEF\xBB\xBF"));
	return table_begin(out, ',');
}

static status
write(exchange_output *out, const entry *e)
{
	return table_write(out, ',', e);
}

static status
end(exchange_output *out)
{
	return out->bytes->status;
}

static const char *const extensions[] = { ".csv", NULL };

const exchange exchange_csv = {
	.name = "csv",
	.extensions = extensions,
	.summary_en = "comma-separated values, of spreadsheets and terminology systems",
	.summary_fr = "valeurs séparées par des virgules, des tableurs et des bases",
	.probe = probe,
	.read = read,
	.survey = table_survey,
	.begin = begin,
	.write = write,
	.end = end,
};
