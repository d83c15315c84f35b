#include "termbase/edit_table.h"

typedef struct assigned {
	slice name, value;
	size_t column;
} assigned;

typedef struct rewriting {
	buffer *out;
	const row_change *change;
	ARRAY(assigned) cells;
	size_t columns, added; /* of the header; behind them */
	slice ending;          /* of lines */
	bool headed;
} rewriting;

static status
assign(rewriting *r, const memory *m, slice name, slice value)
{
	TRY(ARRAY_RESERVE(m, &r->cells, 1));
	r->cells.at[r->cells.n++] = (assigned){ slice_trim(name), slice_trim(value), SIZE_MAX };
	return STATUS_OK;
}

static status
read_cells(rewriting *r, const memory *m)
{
	const row_change *change = r->change;
	slice name, value;

	if (change->id.n != 0)
		TRY(assign(r, m, SLICE("concept"), change->id));
	if (change->retired)
		TRY(assign(r, m, SLICE("retired"), SLICE("yes")));
	for (const char *const *cell = change->cells; *cell != NULL; cell++) {
		slice_cut(slice_of(*cell), '=', &name, &value);
		TRY(assign(r, m, name, value));
	}
	return STATUS_OK;
}

/* Later assignments to one column win; a name that the header lacks is a new column. */
static void
find_columns(rewriting *r, slice header)
{
	slice cell, rest = header;
	bool more;

	do {
		more = slice_cut(rest, '\t', &cell, &rest);
		for (size_t i = 0; i < r->cells.n; i++)
			if (slice_equal(r->cells.at[i].name, slice_trim(cell)))
				r->cells.at[i].column = r->columns;
		r->columns++;
	} while (more);
	for (size_t i = 0; i < r->cells.n; i++) {
		assigned *a = &r->cells.at[i];
		for (size_t k = 0; k < i && a->column == SIZE_MAX; k++)
			if (slice_equal(r->cells.at[k].name, a->name))
				a->column = r->cells.at[k].column;
		if (a->column == SIZE_MAX && (a->value.n != 0))
			a->column = r->columns + r->added++;
	}
}

static void
put_header(rewriting *r, slice line)
{
	size_t next = r->columns;

	buffer_put(r->out, line);
	for (size_t i = 0; i < r->cells.n; i++)
		if (r->cells.at[i].column == next) {
			buffer_put_char(r->out, '\t');
			buffer_put(r->out, r->cells.at[i].name);
			next++;
		}
}

static const assigned *
assigned_to(const rewriting *r, size_t column)
{
	for (size_t i = r->cells.n; i > 0; i--)
		if (r->cells.at[i - 1].column == column)
			return &r->cells.at[i - 1];
	return NULL;
}

/* The row with its cells assigned; row is empty for a new one. */
static void
put_row(rewriting *r, slice row)
{
	slice cell, rest = row;
	bool more = true;

	for (size_t i = 0; i < r->columns + r->added || more; i++) {
		const assigned *a = assigned_to(r, i);
		cell = SLICE("");
		if (more)
			more = slice_cut(rest, '\t', &cell, &rest);
		if (i > 0)
			buffer_put_char(r->out, '\t');
		if (a != NULL)
			buffer_put(r->out, a->value);
		else if (!r->change->anew)
			buffer_put(r->out, cell);
	}
}

static void
put_other_row(rewriting *r, slice line)
{
	size_t cells = 1;

	buffer_put(r->out, line);
	if (r->added == 0)
		return;
	for (size_t i = 0; i < line.n; i++)
		cells += line.p[i] == '\t';
	for (; cells < r->columns + r->added; cells++)
		buffer_put_char(r->out, '\t');
}

/* One line without its ending; false when it goes. */
static bool
put_line(rewriting *r, slice line, unsigned number)
{
	bool remark = line.n == 0 || line.p[0] == '#';

	if (number == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF"))) {
		buffer_put(r->out, slice_sub(line, 0, 3));
		line = slice_sub(line, 3, line.n);
		remark = line.n == 0 || line.p[0] == '#';
	}
	if (remark) {
		buffer_put(r->out, line);
	} else if (!r->headed) {
		r->headed = true;
		find_columns(r, line);
		put_header(r, line);
	} else if (number == r->change->line) {
		if (r->change->remove)
			return false;
		put_row(r, line);
	} else {
		put_other_row(r, line);
	}
	return true;
}

static void
put_lines(rewriting *r, slice text)
{
	slice rest = text, line;
	bool ended = true;

	for (unsigned number = 1; rest.n != 0; number++) {
		slice_line(&rest, &line);
		const char *end = rest.n == 0 ? text.p + text.n : rest.p;
		slice ending = { line.p + line.n, (size_t)(end - line.p) - line.n };
		if (ending.n != 0)
			r->ending = ending;
		if (!put_line(r, line, number))
			continue;
		buffer_put(r->out, ending);
		ended = ending.n != 0;
	}
	if (r->change->line != 0)
		return;
	if (!ended)
		buffer_put(r->out, r->ending);
	put_row(r, SLICE(""));
	buffer_put(r->out, r->ending);
}

status
edit_table(buffer *out, const memory *m, slice text, const row_change *change)
{
	rewriting r = { .out = out, .change = change, .ending = SLICE("\n") };
	status done = read_cells(&r, m);

	if (done == STATUS_OK)
		put_lines(&r, text);
	ARRAY_FREE(m, &r.cells);
	return done == STATUS_OK ? out->status : done;
}
