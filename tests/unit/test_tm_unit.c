/* A unit of the translation memory: what is put in comes out, of bytes that are broken too
 * little is taken rather than too much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tm/unit.h"

#define OK(expression) assert_int_equal((expression), STATUS_OK)
#define SAME(a, b) assert_true(slice_equal((a), SLICE(b)))

static void
fill(tm_unit *u)
{
	tm_code bold = { 4, TM_CODE_OPEN, SLICE("bpt"), SLICE("1"), SLICE("type=\"bold\""),
		SLICE("&lt;b&gt;") };
	tm_code end = { 8, TM_CODE_CLOSE, SLICE("ept"), SLICE("1"), SLICE(""), SLICE("") };

	OK(tm_unit_set(u, &u->side[TM_SOURCE].text, SLICE("the text")));
	OK(tm_unit_set(u, &u->side[TM_TARGET].text, SLICE("le texte")));
	OK(tm_unit_set(u, &u->side[TM_TARGET].language, SLICE("fr")));
	OK(tm_unit_set(u, &u->document, SLICE("A/RES/70/1")));
	OK(tm_unit_add_code(u, TM_SOURCE, bold));
	OK(tm_unit_add_code(u, TM_SOURCE, end));
	OK(tm_unit_add_item(u, (tm_item){ TM_OF_UNIT, TM_PROPERTY, SLICE("domain"),
				       SLICE("law"), SLICE("") }));
	OK(tm_unit_add_item(u,
		(tm_item){ TM_OF_TARGET, TM_NOTE, SLICE(""), SLICE("checked"), SLICE("en") }));
	u->usage = 3;
}

static void
check(const tm_unit *u)
{
	assert_int_equal(u->side[TM_SOURCE].codes.n, 2);
	assert_int_equal(u->side[TM_SOURCE].codes.at[0].at, 4);
	SAME(u->side[TM_SOURCE].codes.at[0].attributes, "type=\"bold\"");
	assert_int_equal(u->side[TM_SOURCE].codes.at[1].kind, TM_CODE_CLOSE);
	assert_int_equal(u->items.n, 2);
	SAME(tm_unit_item(u, TM_OF_UNIT, TM_PROPERTY, "domain"), "law");
	SAME(tm_unit_item(u, TM_OF_TARGET, TM_NOTE, ""), "checked");
	SAME(tm_unit_item(u, TM_OF_SOURCE, TM_NOTE, ""), "");
}

static void
a_copy_has_everything(void **state)
{
	tm_unit u, copy;

	(void)state;
	tm_unit_init(&u, &memory_libc);
	tm_unit_init(&copy, &memory_libc);
	fill(&u);
	OK(tm_unit_copy(&copy, &u));
	tm_unit_clear(&u);
	assert_int_equal(u.side[TM_SOURCE].codes.n + u.items.n + u.usage + u.document.n, 0);
	check(&copy);
	SAME(copy.side[TM_TARGET].text, "le texte");
	SAME(copy.side[TM_TARGET].language, "fr");
	SAME(copy.document, "A/RES/70/1");
	assert_int_equal(copy.usage, 3);
	tm_unit_free(&u);
	tm_unit_free(&copy);
}

static void
what_is_packed_comes_back(void **state)
{
	tm_unit u, back;
	buffer b;

	(void)state;
	tm_unit_init(&u, &memory_libc);
	tm_unit_init(&back, &memory_libc);
	buffer_init(&b, &memory_libc, 1 << 20);
	tm_unit_pack(&u, &b);
	assert_int_equal(b.n, 0);
	fill(&u);
	tm_unit_pack(&u, &b);
	OK(b.status);
	OK(tm_unit_set(&back, &back.side[TM_SOURCE].text, u.side[TM_SOURCE].text));
	OK(tm_unit_unpack(&back, buffer_slice(&b)));
	check(&back);
	for (size_t n = 1; n < b.n; n++) { /* cut off anywhere: damaged, never read past */
		tm_unit_clear(&back);
		OK(tm_unit_set(&back, &back.side[TM_SOURCE].text, u.side[TM_SOURCE].text));
		assert_int_equal(tm_unit_unpack(&back, (slice){ b.p, n }), STATUS_DAMAGED);
	}
	tm_unit_clear(&back); /* a code past the end of the text */
	assert_int_equal(tm_unit_unpack(&back, buffer_slice(&b)), STATUS_DAMAGED);
	buffer_free(&b);
	tm_unit_free(&u);
	tm_unit_free(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_has_everything),
		cmocka_unit_test(what_is_packed_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
