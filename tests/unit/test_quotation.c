/* Which tokens stand in a quotation, with marks that match, nest, or are left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "checker/quotation.h"

/* Every word that begins with q is to stand in a quotation, and no other word. */
static void
holds(language l, const char *text)
{
	static const check_with with;
	context ctx;
	check c;
	document d = { .text = slice_of(text) };

	context_init(&ctx, &memory_libc);
	assert_int_equal(check_init(&c, &ctx, &with), STATUS_OK);
	c.document = &d;
	c.language = l;
	assert_int_equal(
		tokens_read(&c.tokens, &c.words, d.text, (span){ 0, (uint32_t)d.text.n }, l),
		STATUS_OK);
	for (size_t i = 0; i < c.tokens.count; i++) {
		slice text_of = check_token(&c, i);
		if (c.tokens.at[i].kind == TOKEN_WORD &&
			quotation_holds(&c, i) != (text_of.p[0] == 'q'))
			fail_msg("“%.*s” in: %s", SLICE_ARG(text_of), text);
	}
	assert_int_equal(c.quotations.failed, STATUS_OK);
	check_free(&c);
}

static void
pairs_are_found(void **state)
{
	(void)state;
	holds(LANGUAGE_FR, "avant « qui que » entre «quoi» après");
	holds(LANGUAGE_EN, "before “queen quit” between “quo” after");
	holds(LANGUAGE_EN, "before \"queen quit\" between (\"quo\"), after");
	holds(LANGUAGE_FR, "avant l’\"quoi\" après");
	holds(LANGUAGE_FR, "rien ici");
	holds(LANGUAGE_FR, "");
}

static void
quotations_nest(void **state)
{
	(void)state;
	holds(LANGUAGE_FR, "avant « qui “quand” quoi » après");
	holds(LANGUAGE_FR, "avant « qui “quand quoi » après “quel” fin");
	holds(LANGUAGE_FR, "avant « qui ” quoi » après");
	holds(LANGUAGE_FR, "« q « q « q « q « q « q « q « q « q « q » q");
}

static void
one_mark_alone_is_taken_widely(void **state)
{
	(void)state;
	holds(LANGUAGE_FR, "avant « qui que quoi");
	holds(LANGUAGE_FR, "qui que quoi » après");
	holds(LANGUAGE_FR, "« qui » que » après « quoi");
	holds(LANGUAGE_EN, "a table of 5\" by 7\" and no more");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_found),
		cmocka_unit_test(quotations_nest),
		cmocka_unit_test(one_mark_alone_is_taken_widely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
