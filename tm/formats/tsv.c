/* Tables with tabs (tm/table.h). Tabs and line breaks in a cell are \t and \n, and \ itself is
 * \\, when the first line says "source" or this program wrote it; foreign tables are taken as
 * they are. */
#include <string.h>

#include "tm/table.h"

static size_t
split(slice line, slice *cells)
{
	size_t n = 0;
	bool more = true;

	while (more && n < TABLE_COLUMNS)
		more = slice_cut(line, '\t', &cells[n++], &line);
	return n;
}

static status
read_lines(tm_table *t)
{
	slice line, cells[TABLE_COLUMNS];
	unsigned number = 0;
	bool more;

	for (;;) {
		TRY(stream_line(t->in->stream, &line, &more));
		if (!more)
			return tm_table_end(t);
		number++;
		if (number == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		if (line.n != 0)
			TRY(tm_table_row(t, cells, split(line, cells), number));
	}
}

static status
tsv_read(tm_input *in)
{
	tm_table *t = memory_alloc(in->context->memory, sizeof(*t));

	if (t == NULL)
		return STATUS_MEMORY;
	memset(t, 0, sizeof(*t));
	tm_table_init(t, in);
	t->escapes = true;
	status done = read_lines(t);
	tm_table_free(t);
	memory_free(in->context->memory, t);
	return done;
}

/* --- writing --- */

static void
put_cell(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '\t'   ? "\\t"
				 : s.p[i] == '\n' ? "\\n"
				 : s.p[i] == '\r' ? "\\r"
				 : s.p[i] == '\\' ? "\\\\"
						  : NULL;
		if (as != NULL)
			buffer_put(out, slice_of(as));
		else
			buffer_put_char(out, s.p[i]);
	}
}

static status
tsv_begin(tm_output *x)
{
	const char *name;
	size_t offset;

	buffer_put(x->bytes, SLICE("source\ttarget"));
	for (size_t i = 0; (name = tm_table_field(i, &offset)) != NULL; i++)
		buffer_printf(x->bytes, "\t%s", name);
	buffer_put(x->bytes, SLICE("\tusage\tnote\n"));
	return x->bytes->status;
}

static status
tsv_write(tm_output *x, const tm_unit *u)
{
	slice note = SLICE("");
	size_t offset;

	put_cell(x->bytes, u->side[TM_SOURCE].text);
	buffer_put_char(x->bytes, '\t');
	put_cell(x->bytes, u->side[TM_TARGET].text);
	for (size_t i = 0; tm_table_field(i, &offset) != NULL; i++) {
		buffer_put_char(x->bytes, '\t');
		put_cell(x->bytes, *(const slice *)(const void *)((const char *)u + offset));
	}
	if (u->usage != 0)
		buffer_printf(x->bytes, "\t%llu\t", (unsigned long long)u->usage);
	else
		buffer_put(x->bytes, SLICE("\t\t"));
	for (size_t i = 0; i < u->items.n && note.n == 0; i++)
		if (u->items.at[i].kind == TM_NOTE)
			note = u->items.at[i].value;
	put_cell(x->bytes, note);
	buffer_put_char(x->bytes, '\n');
	return x->bytes->status;
}

static status
tsv_end(tm_output *x)
{
	return x->bytes->status;
}

static int
probe(slice head)
{
	return memchr(head.p, '\t', head.n) != NULL ? 10 : 0;
}

static const char *const extensions[] = { ".tsv", ".tab", ".txt", NULL };

const tm_format tm_format_tsv = {
	.name = "tsv",
	.extensions = extensions,
	.summary_en = "a segment, a tab, its translation; without inline codes",
	.summary_fr = "un segment, une tabulation, sa traduction\u00A0; sans codes",
	.probe = probe,
	.read = tsv_read,
	.begin = tsv_begin,
	.write = tsv_write,
	.end = tsv_end,
};
