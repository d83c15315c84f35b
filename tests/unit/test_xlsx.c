/* Spreadsheets: how cells are found and put together, which sheets are tables, and workbooks
 * that are cut short, hostile or no workbooks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "termbase/exchange.h"
#include "tests/unit/faults.h"
#include "tests/unit/zip_of.h"

typedef struct bench {
	context context;
	buffer said;
	char *bytes; /* of the workbook */
	size_t n;
} bench;

static bench *
bench_open(void)
{
	bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	context_init(&b->context, &memory_libc);
	buffer_init(&b->said, &memory_libc, 1 << 24);
	return b;
}

static void
bench_close(bench *b)
{
	buffer_free(&b->said);
	free(b->bytes);
	free(b);
}

static void
make_zip(bench *b, const char *const *parts)
{
	free(b->bytes);
	b->bytes = zip_of(parts, &b->n);
}

#define RELATIONS \
	"<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>" \
	"<Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/></Relationships>"
#define ONE_SHEET \
	"<workbook xmlns:r='x'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets>" \
	"</workbook>"
#define TWO_SHEETS \
	"<workbook xmlns:r='x'><sheets><sheet name='S' sheetId='1' r:id='r1'/>" \
	"<sheet name='T' sheetId='2' r:id='r2'/></sheets></workbook>"
#define STRINGS \
	"<sst><si><t>fr</t></si><si><t>Comment</t></si><si><r><t>un </t></r><r><t>mot</t></r>" \
	"<rPh><t>sound</t></rPh></si></sst>"
#define ROWS(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define HEADER \
	"<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' " \
	"t='inlineStr'><is><t>en</t></is></c>" \
	"<c r='D1' t='s'><v>1</v></c></row>"
#define WORD \
	"<row r='3'><c r='A3' t='s'><v>2</v></c><c r='B3' t='str'><v>a\nword</v></c>" \
	"<c r='D3'><v>42</v></c><c r='F3' t='s'><v></v></c></row>"

static status
take(void *user, const entry *e, exchange_place at)
{
	bench *b = user;

	buffer_printf(&b->said, "%u", at.line);
	for (uint32_t i = 0; i < e->terms.n; i++)
		buffer_printf(&b->said, " %.*s=%.*s",
			SLICE_ARG(e->sections.at[e->terms.at[i].section].language),
			SLICE_ARG(e->terms.at[i].text));
	buffer_printf(&b->said, " %.*s\n", SLICE_ARG(entry_value(e, OWNER_CONCEPT, "note")));
	return b->said.status;
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	bench *b = user;

	buffer_printf(&b->said, "%u:%u! %s\n", at.line, at.column, why);
	return b->said.status;
}

static status
read_bytes(bench *b, const memory *m, slice bytes)
{
	exchange_sink sink = { .user = b, .take = take, .refuse = refuse };
	context c = b->context;
	stream s;
	exchange_input in = { .context = &c, .stream = &s, .sink = &sink };

	if (m != NULL)
		c.memory = m;
	buffer_clear(&b->said);
	stream_of_bytes(&s, &c, "t.xlsx", bytes);
	status done = exchange_named(SLICE("xlsx"))->read(&in);
	stream_close(&s);
	memcpy(b->context.message, c.message, sizeof(c.message));
	return done;
}

static void
assert_said(bench *b, const char *expected)
{
	assert_int_equal(read_bytes(b, NULL, (slice){ b->bytes, b->n }), STATUS_OK);
	buffer_put_char(&b->said, '\0');
	assert_string_equal(b->said.p, expected);
}

static const char *const plain[] = { "xl/workbook.xml", ONE_SHEET, "xl/_rels/workbook.xml.rels",
	RELATIONS, "xl/sharedStrings.xml", STRINGS, "xl/worksheets/sheet1.xml",
	ROWS(HEADER WORD), NULL };

static void
cells_are_put_together(void **state)
{
	static const char *const odd[] = { "xl/workbook.xml", ONE_SHEET,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/sharedStrings.xml", STRINGS,
		"xl/worksheets/sheet1.xml",
		/* No references, a string that is not there, cells out of order, an empty row.
		 */
		ROWS("<row><c t='s'><v>0</v></c><c t='inlineStr'><is><r><t>e</t></r><r><t>n</t>"
		     "</r></is></c></row><row/>"
		     "<row><c t='s'><v>99</v></c><c><v>x</v></c></row>"
		     "<row><c r='B4'><v>y</v></c><c r='A4'><v>z</v></c></row>"
		     "<row><c r='A5'><v>1</v></c><c r='B5'><v>2</v></c><c r='ZZZ5'><v>3</v></c>"
		     "<c r='C5'><v>4</v></c></row>"),
		NULL };
	bench *b = bench_open();

	(void)state;
	make_zip(b, plain);
	assert_said(b, "3 fr=un mot en=a word 42\n");
	make_zip(b, odd);
	assert_said(b, "3:1! the cell refers to a text that the workbook does not hold\n"
		       "4 fr=z en=y \n"
		       "5:3! more cells than columns: \"4\"\n");
	bench_close(b);
}

/* openpyxl writes formulas without what they give, Excel writes #N/A where they fail. */
static void
formulas_have_values(void **state)
{
	static const char *const formulas[] = { "xl/workbook.xml", ONE_SHEET,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/worksheets/sheet1.xml",
		ROWS("<row><c t='str'><f>T(1)</f><v></v></c><c><f>TODAY()</f></c></row>"
		     "<row><c t='str'><v>fr</v></c><c t='str'><v>en</v></c>"
		     "<c t='str'><v>Count</v></c></row>"
		     "<row><c t='str'><f>LOWER(\"MOT\")</f><v>mot</v></c>"
		     "<c t='str'><v>word</v></c><c><f>LEN(A3)</f></c></row>"
		     "<row><c t='str'><v>loi</v></c><c><f>LOWER(\"LAW\")</f><v></v></c></row>"
		     "<row><c t='str'><v>acte</v></c><c t='str'><f>T(1)</f><v></v></c></row>"
		     "<row><c t='e'><f>A99</f><v>#N/A</v></c><c t='str'><v>x</v></c></row>"),
		NULL };
	bench *b = bench_open();

	(void)state;
	make_zip(b, formulas);
	assert_said(b, "3 fr=mot en=word \n"
		       "4:2! the cell has a formula without its result: open the workbook in a "
		       "spreadsheet program and save it\n"
		       "5 fr=acte \n"
		       "6:1! the formula of the cell ends in an error\n");
	bench_close(b);
}

static void
sheets_are_chosen(void **state)
{
	static const char *const second[] = { "xl/workbook.xml", TWO_SHEETS,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/sharedStrings.xml", STRINGS,
		"xl/worksheets/sheet1.xml",
		ROWS("<row r='1'><c r='A1' t='str'><v>About this list</v></c></row>"),
		"xl/worksheets/sheet2.xml", ROWS(HEADER WORD), NULL };
	static const char *const none[] = { "xl/workbook.xml", ONE_SHEET,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/worksheets/sheet1.xml",
		ROWS("<row r='1'><c r='A1' t='str'><v>About</v></c></row>"), NULL };
	bench *b = bench_open();

	(void)state;
	make_zip(b, second);
	assert_said(b, "3 fr=un mot en=a word 42\n");
	make_zip(b, none);
	assert_int_equal(read_bytes(b, NULL, (slice){ b->bytes, b->n }), STATUS_FORMAT);
	assert_non_null(strstr(b->context.message, "t.xlsx:1:1: no column of terms"));
	bench_close(b);
}

static void
assert_damaged(bench *b, const char *const *parts, status expected, const char *why)
{
	make_zip(b, parts);
	assert_int_equal(read_bytes(b, NULL, (slice){ b->bytes, b->n }), expected);
	if (strstr(b->context.message, why) == NULL)
		fail_msg("\"%s\"", b->context.message);
}

static void
damage_is_told(void **state)
{
	static const char *const no_workbook[] = { "a.txt", "x", NULL };
	static const char *const entity[] = { "xl/workbook.xml",
		"<!DOCTYPE x [<!ENTITY a 'b'>]>" ONE_SHEET, NULL };
	static const char *const broken[] = { "xl/workbook.xml", ONE_SHEET,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/worksheets/sheet1.xml",
		"<worksheet><sheetData><row>", NULL };
	bench *b = bench_open();

	(void)state;
	assert_damaged(b, no_workbook, STATUS_FORMAT, "xl/workbook.xml");
	assert_damaged(b, entity, STATUS_FORMAT, "ENTITY");
	assert_damaged(b, broken, STATUS_FORMAT, "sheet1.xml");
	assert_int_equal(read_bytes(b, NULL, SLICE("PK\x03\x04 no zip")), STATUS_FORMAT);
	assert_int_equal(read_bytes(b, NULL, SLICE("")), STATUS_FORMAT);
	bench_close(b);
}

/* Cut at every place, and each byte changed: an answer, never a crash. */
static void
every_byte_may_be_wrong(void **state)
{
	bench *b = bench_open();
	size_t whole = 0;

	(void)state;
	make_zip(b, plain);
	for (size_t n = 0; n < b->n; n++)
		assert_int_not_equal(read_bytes(b, NULL, (slice){ b->bytes, n }), STATUS_OK);
	for (size_t i = 0; i < b->n; i++) {
		b->bytes[i] ^= 0x55;
		whole += read_bytes(b, NULL, (slice){ b->bytes, b->n }) == STATUS_OK;
		b->bytes[i] ^= 0x55;
	}
	/* Time stamps and the like may be anything. */
	assert_true(whole < b->n / 2);
	bench_close(b);
}

/* A cell that inflates without end. */
static void
bombs_are_refused(void **state)
{
	size_t n = (size_t)24 << 20;
	char *rows = malloc(n + 400);
	bench *b = bench_open();

	(void)state;
	assert_non_null(rows);
	strcpy(rows, "<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>");
	size_t head = strlen(rows);
	memset(rows + head, 'x', n);
	strcpy(rows + head + n, "</v></c></row></sheetData></worksheet>");
	const char *const parts[] = { "xl/workbook.xml", ONE_SHEET,
		"xl/_rels/workbook.xml.rels", RELATIONS, "xl/worksheets/sheet1.xml", rows,
		NULL };
	assert_damaged(b, parts, STATUS_LIMIT, "too large");
	/* No cell at all, and a thousand bytes for each that is packed. */
	memset(rows + 22, ' ', n);
	assert_damaged(b, parts, STATUS_LIMIT, "too large");
	assert_true(b->n < 100000);
	free(rows);
	bench_close(b);
}

/* --- memory --- */

static void
every_allocation_may_fail(void **state)
{
	bench *b = bench_open();

	(void)state;
	make_zip(b, plain);
	for (long n = 0;; n++) {
		faults f = { .left = n, .for_good = true };
		memory m = { faulty_alloc, faulty_free, &f };
		status done = read_bytes(b, &m, (slice){ b->bytes, b->n });
		assert_int_equal(f.live, 0);
		if (!f.failed) {
			assert_int_equal(done, STATUS_OK);
			assert_true(n > 8);
			break;
		}
		assert_int_equal(done, STATUS_MEMORY);
	}
	bench_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_put_together),
		cmocka_unit_test(formulas_have_values),
		cmocka_unit_test(sheets_are_chosen),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(every_byte_may_be_wrong),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
