/* Eight numbers at a time are what they are one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/lanes.h"

static const uint16_t a[LANES] = { 0, 1, 205, 100, 99, 30, 0, 0x7FFF };
static const uint16_t b[LANES] = { 0, 2, 100, 100, 100, 0xFFFF, 1, 0x3FFF };

static void
expect(lanes got, const uint16_t wanted[LANES])
{
	uint16_t at[LANES];

	lanes_store(at, got);
	assert_memory_equal(at, wanted, sizeof(at));
}

static void
arithmetic(void **state)
{
	static const uint16_t less[LANES] = { 0, 0, 105, 0, 0, 0, 0, 0x4000 };
	static const uint16_t most[LANES] = { 0, 1, 205, 100, 99, 99, 99, 0x7FFF };
	static const uint16_t equal[LANES] = { 0xFFFF, 0, 0, 0xFFFF, 0, 0, 0, 0 };
	static const uint16_t both[LANES] = { 0, 0, 205 & 100, 100, 99 & 100, 30, 0, 0x3FFF };
	static const uint16_t sevens[LANES] = { 7, 7, 7, 7, 7, 7, 7, 7 };
	static const uint16_t other[LANES] = { 0, 0, 0, 0, 0, 99, 99, 0 };

	(void)state;
	expect(lanes_load(a), a);
	expect(lanes_all(7), sevens);
	expect(lanes_less(lanes_load(a), lanes_load(b)), less);
	expect(lanes_most(lanes_load(a), lanes_load(other)), most);
	expect(lanes_equal(lanes_load(a), lanes_load(b)), equal);
	expect(lanes_and(lanes_load(a), lanes_load(b)), both);
}

static void
order(void **state)
{
	static const uint16_t down[LANES] = { 1, 205, 100, 99, 30, 0, 0x7FFF, 0 };
	static const uint16_t up[LANES] = { 0, 0, 1, 205, 100, 99, 30, 0 };
	static const uint16_t up2[LANES] = { 0, 0, 0, 1, 205, 100, 99, 30 };
	static const uint16_t up4[LANES] = { 0, 0, 0, 0, 0, 1, 205, 100 };

	(void)state;
	expect(lanes_down(lanes_load(a)), down);
	expect(lanes_up(lanes_load(a)), up);
	expect(lanes_up2(lanes_load(a)), up2);
	expect(lanes_up4(lanes_load(a)), up4);
}

static void
alive(void **state)
{
	(void)state;
	assert_int_equal(lanes_alive(lanes_load(a)), 0xBE);
	assert_int_equal(lanes_alive(lanes_all(0)), 0);
	assert_int_equal(lanes_alive(lanes_all(0x7FFF)), 0xFF);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic),
		cmocka_unit_test(order),
		cmocka_unit_test(alive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
