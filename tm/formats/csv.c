/* Comma-separated values, RFC 4180, as spreadsheets write them: the separator is guessed, and a
 * cell between quotation marks may run over lines. What the columns mean: tm/table.h. */
#include <string.h>

#include "tm/table.h"

static const char separators[] = ",;\t|";

typedef struct reader {
	tm_table table;
	char separator;
	unsigned line;
	buffer text; /* the cells of the row in hand, without their quotation marks */
	size_t starts[TABLE_COLUMNS], n;
	bool quoted; /* inside quotation marks */
	bool bare;   /* the cell has begun with something else */
} reader;

/* The commonest in the first line, outside quotation marks. */
static char
guess_separator(slice head)
{
	size_t counts[sizeof(separators)] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < head.n && (quoted || head.p[i] != '\n'); i++) {
		const char *s = strchr(separators, head.p[i]);
		quoted ^= head.p[i] == '"';
		if (!quoted && s != NULL && *s != '\0')
			counts[s - separators]++;
	}
	for (size_t i = 1; i + 1 < sizeof(separators); i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

static void
open_cell(reader *r)
{
	r->bare = false;
	if (r->n < TABLE_COLUMNS)
		r->starts[r->n++] = r->text.n;
}

static void
read_bytes(reader *r, slice line)
{
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		if (r->quoted && c == '"' && i + 1 < line.n && line.p[i + 1] == '"') {
			buffer_put_char(&r->text, '"');
			i++;
		} else if (c == '"' && (r->quoted || !r->bare)) {
			r->quoted = !r->quoted;
			r->bare = true;
		} else if (c == r->separator && !r->quoted) {
			open_cell(r);
		} else {
			r->bare = r->bare || c != ' ';
			buffer_put_char(&r->text, c);
		}
	}
}

static status
give_row(reader *r, unsigned line)
{
	slice all = buffer_slice(&r->text), cells[TABLE_COLUMNS];
	size_t said = 0;

	TRY(r->text.status);
	for (size_t i = 0; i < r->n; i++) {
		size_t end = i + 1 < r->n ? r->starts[i + 1] : all.n;
		cells[i] = slice_trim(slice_sub(all, r->starts[i], end));
		said += cells[i].n;
	}
	return said == 0 ? STATUS_OK : tm_table_row(&r->table, cells, r->n, line);
}

/* One row: a line or, while a quotation mark is open, several. */
static status
read_row(reader *r, bool *more)
{
	tm_input *in = r->table.in;
	unsigned first = r->line + 1;
	slice line;

	buffer_clear(&r->text);
	r->n = 0;
	r->quoted = false;
	do {
		TRY(stream_line(in->stream, &line, more));
		if (!*more)
			break;
		if (r->line++ == 0 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		if (r->n == 0)
			open_cell(r);
		else
			buffer_put_char(&r->text, '\n');
		read_bytes(r, line);
		TRY(r->text.status);
	} while (r->quoted);
	/* Whatever follows stands inside the cell: there is no telling where a row begins. */
	if (r->quoted)
		return tm_refuse_file(in, (tm_place){ first, 1 },
			tm_either(in, "a quotation mark that is never closed",
				"un guillemet jamais refermé"));
	return r->n == 0 ? STATUS_OK : give_row(r, first);
}

static status
read_rows(reader *r)
{
	bool more = true;
	slice head;

	TRY(stream_peek(r->table.in->stream, &head));
	r->separator = guess_separator(head);
	while (more)
		TRY(read_row(r, &more));
	return tm_table_end(&r->table);
}

static status
csv_read(tm_input *in)
{
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	tm_table_init(&r->table, in);
	buffer_init(&r->text, m, in->context->limits.paragraph);
	status done = read_rows(r);
	buffer_free(&r->text);
	tm_table_free(&r->table);
	memory_free(m, r);
	return done;
}

static int
probe(slice head)
{
	(void)head; /* any text has commas */
	return 0;
}

static const char *const extensions[] = { ".csv", NULL };

const tm_format tm_format_csv = {
	.name = "csv",
	.extensions = extensions,
	.summary_en = "comma- or semicolon-separated values; read only",
	.summary_fr =
		"valeurs séparées par virgules ou points-virgules\u00A0; en lecture seulement",
	.probe = probe,
	.read = csv_read,
};
