/* Spreadsheets (Office Open XML): each sheet of a workbook that has a row of column names is a
 * table as CSV is. The container is libzip's, the XML expat's; what is inflated, how long a
 * cell is and how many columns a row has is bounded whatever the file claims. Only read. */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/libzip.h"
#include "base/package.h"
#include "base/xml.h"
#include "termbase/table.h"

#define CELL_BYTES_MOST ((size_t)10 << 20)
#define SHEETS_MOST 256
#define PIECE 65536

typedef struct sheet {
	slice name, part; /* "xl/worksheets/sheet1.xml" */
} sheet;

typedef struct relation {
	slice id, target;
} relation;

/* Why the text of a cell is nowhere. */
typedef enum loss { LOSS_NONE, LOSS_SHARED, LOSS_FORMULA, LOSS_ERROR, LOSSES } loss;

static const char *const losses[LOSSES][2] = {
	[LOSS_SHARED] = { "the cell refers to a text that the workbook does not hold",
		"la cellule renvoie à un texte qui n’est pas dans le classeur" },
	[LOSS_FORMULA] = { "the cell has a formula without its result: open the workbook in a "
			   "spreadsheet program and save it",
		"la cellule a une formule sans son résultat\u00A0: ouvrir le classeur dans un "
		"tableur et l’enregistrer" },
	[LOSS_ERROR] = { "the formula of the cell ends in an error",
		"la formule de la cellule aboutit à une erreur" },
};

typedef enum cell_type {
	CELL_PLAIN,
	CELL_SHARED,
	CELL_INLINE,
	CELL_STRING, /* what a formula gave, maybe nothing */
	CELL_ERROR,  /* #N/A */
} cell_type;

typedef struct reader {
	exchange_input *in;
	context *context;
	package package;
	XML_Parser parser;
	status status;
	const char *part; /* in hand, for messages */
	arena keep;
	ARRAY(slice) shared;
	ARRAY(sheet) sheets;
	ARRAY(relation) relations;
	/* the text in hand: of a shared string, or of a cell */
	buffer text;
	bool collecting;
	unsigned phonetic; /* depth of what only says how characters sound */
	/* the row in hand */
	table *table;
	bool headed;   /* the names of its columns are read */
	bool no_table; /* and are no names of terms */
	cell_type type;
	bool formula; /* the cell in hand has one */
	size_t column;
	buffer row; /* the text of its cells */
	size_t starts[TABLE_COLUMNS + 1], ends[TABLE_COLUMNS + 1];
	table_cell cells[TABLE_COLUMNS + 1];
	size_t n;
	unsigned lost; /* column of a cell whose text is nowhere; 0: none */
	loss why;
	size_t tables; /* sheets with a table of terms */
} reader;

static int
probe(slice head)
{
	return package_is_zip(head) ? 60 : 0;
}

static status
damaged(const reader *r, const char *why)
{
	return context_fail(r->context, STATUS_FORMAT, "%s: not a sound spreadsheet: %s (%s)",
		"%s\u00A0: ce classeur est abîmé\u00A0: %s (%s)", r->in->stream->name,
		r->part == NULL ? "zip" : r->part, why);
}

static status
too_large(const reader *r)
{
	return context_fail(r->context, STATUS_LIMIT, "%s: %s is too large",
		"%s\u00A0: %s est trop grand", r->in->stream->name, r->part);
}

/* --- parts --- */

static void
fail(reader *r, status s)
{
	if (s == STATUS_OK || r->status != STATUS_OK)
		return;
	r->status = s;
	XML_StopParser(r->parser, XML_FALSE);
}

static slice
local_name(const XML_Char *name)
{
	const char *colon = strrchr(name, ':');

	return slice_of(colon == NULL ? name : colon + 1);
}

static slice
attribute(const XML_Char **all, const char *name)
{
	for (; all[0] != NULL; all += 2)
		if (slice_is(local_name(all[0]), name))
			return slice_of(all[1]);
	return SLICE("");
}

/* The same with its prefix: workbooks have both sheetId and r:id. */
static slice
prefixed_attribute(const XML_Char **all, const char *name)
{
	for (; all[0] != NULL; all += 2)
		if (strchr(all[0], ':') != NULL && slice_is(local_name(all[0]), name))
			return slice_of(all[1]);
	return SLICE("");
}

static void
on_entity(void *user, const XML_Char *name, int parameter, const XML_Char *value, int length,
	const XML_Char *base, const XML_Char *system, const XML_Char *public,
	const XML_Char *notation)
{
	reader *r = user;

	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system;
	(void)public, (void)notation;
	fail(r, damaged(r, "<!ENTITY"));
}

static void
on_text(void *user, const XML_Char *s, int n)
{
	reader *r = user;

	if (!r->collecting || r->phonetic != 0)
		return;
	if (r->text.n + (size_t)n > CELL_BYTES_MOST) {
		fail(r, too_large(r));
		return;
	}
	buffer_put(&r->text, (slice){ s, (size_t)n });
	fail(r, r->text.status);
}

/* A part that is larger than parts may be, or unpacks to more than honest ones do. */
static bool
is_bomb(const reader *r, uint64_t total, uint64_t packed)
{
	const limits *most = &r->context->limits;

	return total > most->entry || (total > 1 << 20 && total / (packed + 1) > most->ratio);
}

static status
parse_pieces(reader *r, zip_file_t *f, uint64_t packed)
{
	uint64_t total = 0;

	for (;;) {
		void *room = XML_GetBuffer(r->parser, PIECE);
		if (room == NULL)
			return STATUS_MEMORY;
		zip_int64_t n = libzip.fread(f, room, PIECE);
		if (n < 0)
			return damaged(r, "zip");
		total += (uint64_t)n;
		if (is_bomb(r, total, packed))
			return too_large(r);
		if (XML_ParseBuffer(r->parser, (int)n, n == 0) != XML_STATUS_OK) {
			if (r->status != STATUS_OK)
				return r->status;
			if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
				return STATUS_MEMORY;
			return damaged(
				r, xml_message(r->context->ui, XML_GetErrorCode(r->parser)));
		}
		if (n == 0)
			return STATUS_OK;
	}
}

/* Reads one part through the handlers; *there is false when the workbook has no such part. */
static status
read_part(reader *r, const char *part, XML_StartElementHandler on_start,
	XML_EndElementHandler on_end, bool *there)
{
	zip_int64_t at = libzip.name_locate(r->package.zip, part, ZIP_FL_NOCASE);

	r->part = part;
	*there = at >= 0;
	if (!*there)
		return STATUS_OK;
	zip_stat_t st;
	zip_file_t *f = libzip.fopen_index(r->package.zip, (zip_uint64_t)at, 0);
	if (f == NULL || libzip.stat_index(r->package.zip, (zip_uint64_t)at, 0, &st) != 0 ||
		(st.valid & ZIP_STAT_COMP_SIZE) == 0) {
		if (f != NULL)
			libzip.fclose(f);
		return damaged(r, "zip");
	}
	r->parser = XML_ParserCreate(NULL);
	status done = r->parser == NULL ? STATUS_MEMORY : STATUS_OK;
	if (done == STATUS_OK) {
		XML_SetUserData(r->parser, r);
		XML_SetElementHandler(r->parser, on_start, on_end);
		XML_SetCharacterDataHandler(r->parser, on_text);
		XML_SetEntityDeclHandler(r->parser, on_entity);
		done = parse_pieces(r, f, st.comp_size);
		XML_ParserFree(r->parser);
		r->parser = NULL;
	}
	libzip.fclose(f);
	return done;
}

static void
on_nothing(void *user, const XML_Char *name)
{
	(void)user;
	(void)name;
}

/* --- which sheets there are --- */

static void
on_relation(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	relation x;

	if (!slice_is(local_name(name), "Relationship"))
		return;
	status done = ARRAY_RESERVE(r->context->memory, &r->relations, 1);
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, attribute(all, "Id"), &x.id);
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, attribute(all, "Target"), &x.target);
	if (done == STATUS_OK)
		r->relations.at[r->relations.n++] = x;
	fail(r, done);
}

/* "/xl/worksheets/sheet1.xml" is meant from the root, "worksheets/sheet1.xml" from xl/. */
static status
part_of(reader *r, slice id, slice *out)
{
	char path[1024];

	*out = SLICE("");
	for (size_t i = 0; i < r->relations.n; i++) {
		slice target = r->relations.at[i].target;
		if (!slice_equal(r->relations.at[i].id, id) || target.n > 900)
			continue;
		bool root = target.n != 0 && target.p[0] == '/';
		snprintf(path, sizeof(path), "%s%.*s", root ? "" : "xl/",
			(int)(target.n - root), target.p + root);
		return arena_copy(&r->keep, slice_of(path), out);
	}
	return STATUS_OK;
}

static void
on_sheet(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	sheet x;

	if (!slice_is(local_name(name), "sheet") || r->sheets.n >= SHEETS_MOST)
		return;
	status done = ARRAY_RESERVE(r->context->memory, &r->sheets, 1);
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, attribute(all, "name"), &x.name);
	if (done == STATUS_OK)
		done = part_of(r, prefixed_attribute(all, "id"), &x.part);
	if (done == STATUS_OK && x.part.n != 0)
		r->sheets.at[r->sheets.n++] = x;
	fail(r, done);
}

/* --- shared strings --- */

static void
on_string_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = local_name(name);

	(void)all;
	if (slice_is(element, "si"))
		buffer_clear(&r->text);
	else if (slice_is(element, "rPh"))
		r->phonetic++;
	r->collecting = slice_is(element, "t");
}

static void
on_string_end(void *user, const XML_Char *name)
{
	reader *r = user;
	slice element = local_name(name);

	r->collecting = false;
	if (slice_is(element, "rPh"))
		r->phonetic--;
	if (!slice_is(element, "si"))
		return;
	status done = ARRAY_RESERVE(r->context->memory, &r->shared, 1);
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, buffer_slice(&r->text), &r->shared.at[r->shared.n]);
	r->shared.n += done == STATUS_OK;
	fail(r, done);
}

/* --- rows --- */

/* "BC12": the column of a reference, from 0; the next one where there is none. */
static size_t
column_of(const reader *r, slice reference)
{
	size_t column = 0, i = 0;

	for (; i < reference.n && reference.p[i] >= 'A' && reference.p[i] <= 'Z' && i < 4; i++)
		column = column * 26 + (size_t)(reference.p[i] - 'A') + 1;
	return i == 0 ? r->n : column - 1;
}

static void
begin_cell(reader *r, const XML_Char **all)
{
	slice type = attribute(all, "t");

	r->column = column_of(r, attribute(all, "r"));
	r->formula = false;
	r->type = slice_is(type, "s")           ? CELL_SHARED
		  : slice_is(type, "inlineStr") ? CELL_INLINE
		  : slice_is(type, "str")       ? CELL_STRING
		  : slice_is(type, "e")         ? CELL_ERROR
						: CELL_PLAIN;
	buffer_clear(&r->text);
}

static void
on_row_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = local_name(name);

	if (slice_is(element, "row")) {
		slice number = attribute(all, "r");
		r->n = 0;
		r->lost = 0;
		buffer_clear(&r->row);
		r->table->line = number.n == 0 ? r->table->line + 1
					       : (unsigned)strtoul(number.p, NULL, 10);
	} else if (slice_is(element, "c"))
		begin_cell(r, all);
	else if (slice_is(element, "rPh"))
		r->phonetic++;
	r->formula = r->formula || slice_is(element, "f");
	r->collecting =
		r->type == CELL_INLINE ? slice_is(element, "t") : slice_is(element, "v");
}

/* The number of a shared string; SIZE_MAX for what is none. */
static size_t
number_of(slice text)
{
	size_t at = 0;

	if (text.n > 9)
		return SIZE_MAX;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return SIZE_MAX;
		at = 10 * at + (size_t)(text.p[i] - '0');
	}
	return at;
}

/* Of columns that are passed over nothing is missed; above the table a date that a formula
 * makes is none of ours. */
static slice
lose(reader *r, loss why)
{
	const table *t = r->table;
	bool wanted = r->headed ? r->column < t->count && t->columns[r->column].kind != NULL
				: why == LOSS_SHARED;

	if (r->lost == 0 && wanted) {
		r->lost = (unsigned)r->column + 1;
		r->why = why;
	}
	return SLICE("");
}

static slice
value_of(reader *r)
{
	slice text = buffer_slice(&r->text);

	if (r->type == CELL_ERROR)
		return lose(r, LOSS_ERROR);
	if (text.n == 0 && r->formula && r->type != CELL_STRING)
		return lose(r, LOSS_FORMULA);
	if (r->type != CELL_SHARED || text.n == 0)
		return text;
	size_t at = number_of(slice_trim(text));
	return at < r->shared.n ? r->shared.at[at] : lose(r, LOSS_SHARED);
}

/* Line breaks inside a cell are spaces; cells that are not there are empty,
 * and those that are may come in any order. */
static void
end_cell(reader *r)
{
	slice value = value_of(r);

	if (r->column > TABLE_COLUMNS)
		return;
	while (r->n < r->column) {
		r->starts[r->n] = r->ends[r->n] = r->row.n;
		r->n++;
	}
	r->starts[r->column] = r->row.n;
	for (size_t i = 0; i < value.n; i++)
		buffer_put_char(&r->row, (unsigned char)value.p[i] < 0x20 ? ' ' : value.p[i]);
	r->ends[r->column] = r->row.n;
	r->n += r->column == r->n;
	fail(r, r->row.status);
	if (r->row.n > CELL_BYTES_MOST)
		fail(r, too_large(r));
}

static bool
close_cells(reader *r)
{
	slice all = buffer_slice(&r->row);
	bool blank = true;

	for (size_t i = 0; i < r->n; i++) {
		slice cell = slice_trim(slice_sub(all, r->starts[i], r->ends[i]));
		r->cells[i] = (table_cell){ cell, (unsigned)i + 1 };
		blank = blank && cell.n == 0;
	}
	return !blank;
}

/* Without the names of its columns there is no reading a table. */
static status
refuse_row(reader *r)
{
	const exchange_sink *sink = r->in->sink;
	exchange_place at = { r->table->line, r->lost };
	const char *why = losses[r->why][r->context->ui == LANGUAGE_FR];

	if (r->headed)
		return sink->refuse(sink->user, at, why);
	return exchange_refuse(r->context, r->in->stream->name, at, why);
}

static status
end_row(reader *r)
{
	bool filled = close_cells(r);

	if (r->lost != 0)
		return refuse_row(r);
	if (!filled)
		return STATUS_OK;
	if (!r->headed) {
		bool is_row;
		if (table_is_title(r->table, r->cells, r->n))
			return STATUS_OK;
		r->headed = true;
		status done = table_loose_header(r->table, r->cells, r->n, &is_row);
		r->no_table = done == STATUS_FORMAT;
		if (done != STATUS_OK || !is_row)
			return done;
	}
	while (r->n > r->table->count && r->cells[r->n - 1].text.n == 0)
		r->n--;
	while (r->n < r->table->count)
		r->cells[r->n++] = (table_cell){ SLICE(""), 1 };
	return table_row(r->table, r->cells, r->n);
}

static void
on_row_end(void *user, const XML_Char *name)
{
	reader *r = user;
	slice element = local_name(name);

	r->collecting = false;
	if (slice_is(element, "rPh"))
		r->phonetic--;
	else if (slice_is(element, "c"))
		end_cell(r);
	else if (slice_is(element, "row"))
		fail(r, end_row(r));
}

/* --- workbooks --- */

/* A sheet that is no table of terms is passed over, unless it is the only one. */
static status
read_sheet(reader *r, const sheet *x)
{
	table t;
	bool there;

	table_init(&t, r->in);
	t.loose = true;
	r->table = &t;
	r->headed = r->no_table = false;
	r->phonetic = 0;
	r->type = CELL_PLAIN;
	status done = read_part(r, x->part.p, on_row_start, on_row_end, &there);
	if (done == STATUS_OK && !r->headed && t.titles != 0) {
		done = table_no_header(&t);
		r->no_table = true;
	}
	table_free(&t);
	r->table = NULL;
	r->tables += r->headed && done == STATUS_OK;
	if (!r->no_table || r->sheets.n == 1)
		return done;
	r->status = STATUS_OK;
	r->context->message[0] = '\0';
	return STATUS_OK;
}

static status
read_workbook(reader *r)
{
	bool there;

	TRY(read_part(r, "xl/_rels/workbook.xml.rels", on_relation, on_nothing, &there));
	TRY(read_part(r, "xl/workbook.xml", on_sheet, on_nothing, &there));
	if (!there)
		return damaged(r, "xl/workbook.xml");
	TRY(read_part(r, "xl/sharedStrings.xml", on_string_start, on_string_end, &there));
	for (size_t i = 0; i < r->sheets.n; i++)
		TRY(read_sheet(r, &r->sheets.at[i]));
	if (r->tables != 0)
		return STATUS_OK;
	return exchange_refuse(r->context, r->in->stream->name, (exchange_place){ 0 },
		r->context->ui == LANGUAGE_FR ? "aucune feuille n’est un tableau de termes"
					      : "no sheet is a table of terms");
}

/* A zip file is read from its end, so all of it is wanted. */
static status
read_bytes(exchange_input *in, buffer *out)
{
	slice piece;

	for (;;) {
		TRY(stream_next(in->stream, &piece));
		if (piece.n == 0)
			return out->status;
		buffer_put(out, piece);
		TRY(out->status);
	}
}

static status
read_with(reader *r)
{
	buffer bytes;

	buffer_init(&bytes, r->context->memory, r->context->limits.file);
	status done = read_bytes(r->in, &bytes);
	if (done == STATUS_OK)
		done = package_open(
			&r->package, r->context, r->in->stream->name, buffer_slice(&bytes));
	if (done == STATUS_OK) {
		done = read_workbook(r);
		package_close(&r->package);
	}
	buffer_free(&bytes);
	return done;
}

static status
read(exchange_input *in)
{
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->context = in->context;
	arena_init(&r->keep, m);
	buffer_init(&r->text, m, in->context->limits.output);
	buffer_init(&r->row, m, in->context->limits.output);
	status done = read_with(r);
	buffer_free(&r->text);
	buffer_free(&r->row);
	ARRAY_FREE(m, &r->shared);
	ARRAY_FREE(m, &r->sheets);
	ARRAY_FREE(m, &r->relations);
	arena_free(&r->keep);
	memory_free(m, r);
	return done;
}

static const char *const extensions[] = { ".xlsx", NULL };

const exchange exchange_xlsx = {
	.name = "xlsx",
	.extensions = extensions,
	.summary_en = "spreadsheets of Excel and LibreOffice",
	.summary_fr = "classeurs d’Excel et de LibreOffice",
	.probe = probe,
	.read = read,
};
