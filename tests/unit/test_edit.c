/* Concepts changed by hand: what an assignment replaces, what it leaves, what is refused, and
 * the history of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "termbase/edit.h"
#include "termbase/edit_file.h"
#include "termbase/table.h"
#include "tests/unit/faults.h"

#define CELLS_MOST 12

typedef struct bench {
	context context;
	store *store;
	arena keep;
	buffer said;
} bench;

static bench *
bench_open(void)
{
	bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	context_init(&b->context, &memory_libc);
	arena_init(&b->keep, &memory_libc);
	buffer_init(&b->said, &memory_libc, 1 << 20);
	assert_int_equal(store_open(&b->store, &b->context, ":memory:", STORE_NEW), STATUS_OK);
	return b;
}

static void
bench_close(bench *b)
{
	store_close(b->store);
	buffer_free(&b->said);
	arena_free(&b->keep);
	free(b);
}

/* Cells in one string, with | between; "+ID" first: over a layer below. */
static status
apply(bench *b, edit_kind kind, const char *id, const char *cells)
{
	static const store_change by = { "ann", "2026-01-02T03:04:05Z", "edit" };
	char text[500], *at[CELLS_MOST + 1] = { NULL };
	size_t n = 0;
	slice done_id;

	snprintf(text, sizeof(text), "%s", cells);
	for (char *p = strtok(text, "|"); p != NULL && n < CELLS_MOST; p = strtok(NULL, "|"))
		at[n++] = p;
	edit e = { .kind = kind,
		.id = slice_of(id[0] == '+' ? id + 1 : id),
		.cells = (const char *const *)at,
		.over = id[0] == '+',
		.by = &by };
	b->context.message[0] = '\0';
	return edit_apply(b->store, &b->context, &e, &b->keep, &done_id);
}

static status
write_row(void *user, const entry *e)
{
	exchange_output *out = user;

	return table_write(out, '\t', e);
}

static status
survey(void *user, const entry *e)
{
	return table_survey(user, e);
}

/* The whole store as a table. */
static void
assert_store(bench *b, const char *expected)
{
	exchange_output out = { .context = &b->context, .bytes = &b->said };

	buffer_clear(&b->said);
	assert_int_equal(store_each(b->store, survey, &out), STATUS_OK);
	assert_int_equal(table_begin(&out, '\t'), STATUS_OK);
	assert_int_equal(store_each(b->store, write_row, &out), STATUS_OK);
	buffer_put_char(&b->said, '\0');
	assert_string_equal(b->said.p, expected);
	assert_int_equal(out.left_out, 0);
}

static const char office[] = "fr=Bureau d’appui|en=Support Office|fr_acronym=BA|note=old|"
			     "fr_gender=m|fr_context=le BA|fr_deprecated=bureau; ?aide";

static void
what_is_named_is_replaced(void **state)
{
	bench *b = bench_open();

	(void)state;
	assert_int_equal(apply(b, EDIT_ADD, "", office), STATUS_OK);
	assert_store(b, "concept\tgender\tnote\tfr\tfr_acronym\tfr_deprecated\tfr_context\ten\n"
			"Bureau d’appui\tm\told\tBureau d’appui\tBA\tbureau; ?aide\tle BA\t"
			"Support Office\n");
	/* A corrected name keeps its grammar and its context. */
	assert_int_equal(apply(b, EDIT_CHANGE, "Bureau d’appui", "fr=Bureau de l’appui|note="),
		STATUS_OK);
	assert_store(b, "concept\tgender\tfr\tfr_acronym\tfr_deprecated\tfr_context\ten\n"
			"Bureau d’appui\tm\tBureau de l’appui\tBA\tbureau; ?aide\tle BA\t"
			"Support Office\n");
	assert_int_equal(apply(b, EDIT_CHANGE, "Bureau d’appui",
				 "fr_deprecated=^aide|fr_acronym=|fr_gender=f pl|es=Oficina"),
		STATUS_OK);
	assert_store(b, "concept\tgender\tfr\tfr_deprecated\tfr_context\ten\tes\n"
			"Bureau d’appui\tf pl\tBureau de l’appui\t^aide\tle BA\t"
			"Support Office\tOficina\n");
	/* A name added to a language that has an acronym only goes first. */
	assert_int_equal(apply(b, EDIT_ADD, "", "concept=x|en_acronym=SO|fr=autre"), STATUS_OK);
	assert_int_equal(apply(b, EDIT_CHANGE, "x", "en=Second Office|en_pos=noun"), STATUS_OK);
	assert_int_equal(apply(b, EDIT_REMOVE, "Bureau d’appui", ""), STATUS_OK);
	assert_store(b, "concept\ten\ten_acronym\ten_pos\tfr\n"
			"x\tSecond Office\tSO\tnoun\tautre\n");
	bench_close(b);
}

static void
assert_refused(
	bench *b, edit_kind kind, const char *id, const char *cells, status s, const char *why)
{
	assert_int_equal(apply(b, kind, id, cells), s);
	if (strstr(b->context.message, why) == NULL)
		fail_msg("%s: \"%s\"", cells, b->context.message);
	/* As a program does after a failure: nothing of it is left. */
	(void)!store_commit(b->store);
}

static void
mistakes_are_refused(void **state)
{
	static const struct {
		edit_kind kind;
		const char *id, *cells;
		status status;
		const char *why;
	} cases[] = {
		{ EDIT_ADD, "", "fr=a|en=b", STATUS_USAGE, "\"a\" is there" },
		{ EDIT_ADD, "", "concept=other|fr=a|en=b", STATUS_USAGE, "\"a\" has these" },
		{ EDIT_ADD, "", "note=alone", STATUS_USAGE, "wants a name" },
		{ EDIT_ADD, "", "colour=red", STATUS_USAGE, "no assignment" },
		{ EDIT_ADD, "", "fr", STATUS_USAGE, "no assignment" },
		{ EDIT_ADD, "", "fr=x\xFF", STATUS_USAGE, "UTF-8" },
		{ EDIT_ADD, "", "fr=x\ty", STATUS_USAGE, "UTF-8" },
		{ EDIT_CHANGE, "a", "fr_gender=z", STATUS_USAGE, "not a gender" },
		{ EDIT_CHANGE, "a", "fr=|en=", STATUS_USAGE, "wants a name" },
		{ EDIT_CHANGE, "a", "concept=z", STATUS_USAGE, "id cannot" },
		{ EDIT_CHANGE, "nobody", "note=x", STATUS_NOT_FOUND, "\"nobody\"" },
		{ EDIT_REMOVE, "nobody", "", STATUS_NOT_FOUND, "\"nobody\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bench *b = bench_open();
		assert_int_equal(apply(b, EDIT_ADD, "", "fr=a|en=b"), STATUS_OK);
		assert_refused(b, cases[i].kind, cases[i].id, cases[i].cells, cases[i].status,
			cases[i].why);
		assert_store(b, "concept\tfr\ten\na\ta\tb\n");
		bench_close(b);
	}
}

static void
layers_below_are_spoken_of_anew(void **state)
{
	bench *b = bench_open();

	(void)state;
	assert_int_equal(apply(b, EDIT_CHANGE, "+unama", "note=ours"), STATUS_OK);
	assert_int_equal(apply(b, EDIT_CHANGE, "unama", "note=ours, again"), STATUS_OK);
	assert_int_equal(apply(b, EDIT_REMOVE, "+unsc", ""), STATUS_OK);
	assert_store(b, "concept\tretired\tnote\ten\tfr\nunama\t\tours, again\t\t\n"
			"unsc\tyes\t\t\t\n");
	bench_close(b);
}

static status
note_event(void *user, const store_event *e)
{
	bench *b = user;

	buffer_printf(&b->said, "%.*s %.*s\n%.*s", SLICE_ARG(e->when), SLICE_ARG(e->who),
		SLICE_ARG(e->what));
	return b->said.status;
}

static void
history_says_what_changed(void **state)
{
	bench *b = bench_open();

	(void)state;
	assert_int_equal(apply(b, EDIT_ADD, "", "fr=a|en=b|note=one"), STATUS_OK);
	buffer_clear(&b->said);
	assert_int_equal(apply(b, EDIT_CHANGE, "a", "note=two"), STATUS_OK);
	assert_int_equal(store_history(b->store, SLICE("a"), note_event, b), STATUS_OK);
	buffer_put_char(&b->said, '\0');
	const char *second = strstr(b->said.p + 1, "2026");
	assert_non_null(second);
	assert_string_equal(second, "2026-01-02T03:04:05Z ann\n- note: one\n+ note: two\n");
	bench_close(b);
}

/* --- memory --- */

static status
add_and_change(faults *f)
{
	static const char *const cells[] = { "fr=a", "en=b", "fr_deprecated=c; d", "note=x",
		NULL };
	static const char *const more[] = { "fr=z", "fr_gender=f", NULL };
	memory m = { faulty_alloc, faulty_free, f };
	context c;
	arena keep;
	store *s;
	slice id;

	context_init(&c, &m);
	TRY(store_open(&s, &c, ":memory:", STORE_NEW));
	arena_init(&keep, &m);
	edit e = { .kind = EDIT_ADD, .cells = cells };
	status done = edit_apply(s, &c, &e, &keep, &id);
	e = (edit){ .kind = EDIT_CHANGE, .id = SLICE("a"), .cells = more };
	if (done == STATUS_OK)
		done = edit_apply(s, &c, &e, &keep, &id);
	arena_free(&keep);
	store_close(s);
	return done;
}

static void
every_allocation_may_fail(void **state)
{
	(void)state;
	for (long n = 0;; n++) {
		faults f = { .left = n, .for_good = true };
		status done = add_and_change(&f);
		if (f.live != 0)
			fail_msg("allocation %ld: %ld leak", n, f.live);
		if (!f.failed) {
			assert_int_equal(done, STATUS_OK);
			assert_true(n > 20);
			return;
		}
		assert_int_equal(done, STATUS_MEMORY);
	}
}

/* --- files --- */

static const char house[] = "# ours\r\nfr\ten\r\na\tb\r\n\r\nc\td";

static status
edit_house(faults *f, const char *path)
{
	static const char *const cells[] = { "fr=z", "note=x", NULL };
	memory m = { faulty_alloc, faulty_free, f };
	context c;
	arena keep;
	slice id;

	context_init(&c, &m);
	arena_init(&keep, &m);
	edit e = { .kind = EDIT_CHANGE, .id = SLICE("a"), .cells = cells };
	status done = edit_file(&c, path, &e, &keep, &id);
	arena_free(&keep);
	return done;
}

static const char house_tbx[] =
	"<tbx type='TBX-Basic' style='dca'>\r\n<!-- ours -->\r\n<text><body>\r\n"
	"\t<conceptEntry>\r\n\t\t<langSec xml:lang='fr'><termSec><term>a</term><?pi x?>"
	"</termSec></langSec>\r\n\t</conceptEntry> <!-- b -->\r\n</body></text></tbx>";

static void
write_house(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static void
assert_house(const char *path, const char *expected)
{
	char bytes[900] = "";
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(bytes, expected);
}

/* The file is as it was until the whole of the new one can be written. */
static void
change_house(const char *name, const char *before, const char *after)
{
	char folder[] = "/tmp/paraph-edit-XXXXXX", path[64];

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (long n = 0;; n++) {
		faults f = { .left = n, .for_good = true };
		write_house(path, before);
		status done = edit_house(&f, path);
		if (f.live != 0)
			fail_msg("allocation %ld: %ld leak", n, f.live);
		if (!f.failed) {
			assert_int_equal(done, STATUS_OK);
			break;
		}
		assert_int_equal(done, STATUS_MEMORY);
		assert_house(path, before);
	}
	assert_house(path, after);
	assert_int_equal(unlink(path) | rmdir(folder), 0);
}

static void
a_table_is_changed_whole_or_not_at_all(void **state)
{
	(void)state;
	change_house("house.tsv", house,
		"# ours\r\nfr\ten\tconcept\tnote\r\nz\tb\ta\tx\r\n\r\nc\td\t\t");
}

/* What another program wrote stays: remarks, instructions, indentation, ends of lines. */
static void
tbx_is_changed_whole_or_not_at_all(void **state)
{
	(void)state;
	change_house("house.tbx", house_tbx,
		"<tbx type='TBX-Basic' style='dca'>\r\n<!-- ours -->\r\n<text><body>\r\n"
		"\t<conceptEntry id=\"a\">\r\n\t\t<note>x</note>\r\n"
		"\t\t<langSec xml:lang='fr'><termSec><term>z</term><?pi x?>"
		"</termSec></langSec>\r\n\t</conceptEntry> <!-- b -->\r\n</body></text></tbx>");
}

/* Splices count bytes of UTF-8. */
static void
tbx_in_another_encoding_is_refused(void **state)
{
	static const char latin[] =
		"<?xml version='1.0' encoding='ISO-8859-1'?><tbx><text><body><conceptEntry "
		"id='a'>"
		"<langSec xml:lang='fr'><termSec><term>\xE9t\xE9</term></termSec></langSec>"
		"</conceptEntry></body></text></tbx>";
	char folder[] = "/tmp/paraph-edit-XXXXXX", path[64];
	faults f = { .left = 1 << 30, .for_good = true };

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/latin.tbx", folder);
	write_house(path, latin);
	assert_int_equal(edit_house(&f, path), STATUS_USAGE);
	assert_house(path, latin);
	assert_int_equal(unlink(path) | rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_named_is_replaced),
		cmocka_unit_test(mistakes_are_refused),
		cmocka_unit_test(layers_below_are_spoken_of_anew),
		cmocka_unit_test(history_says_what_changed),
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(a_table_is_changed_whole_or_not_at_all),
		cmocka_unit_test(tbx_is_changed_whole_or_not_at_all),
		cmocka_unit_test(tbx_in_another_encoding_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
