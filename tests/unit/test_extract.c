/* Candidates out of texts when memory is out, and when there are very many; what is found
 * stands in tests/cases/term/extract*. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "termbase/extract.h"
#include "tests/unit/faults.h"

/* Two segments in English, whose words are all known without a dictionary, and in French. */
static status
extract_all(extractor *x)
{
	static const char *const texts[][2] = {
		{ "The Port Authority (PA) has an early warning system.",
			"La Direction Portuaire (DP) a un Dispositif Rapide." },
		{ "An early warning system of the Port Authority.",
			"Le Dispositif Rapide de la Direction Portuaire." }
	};

	x->pairs = true;
	x->document = 1;
	for (int i = 0; i < 2; i++) {
		x->segment++;
		for (int k = 0; k < 2; k++) {
			slice s = slice_of(texts[i][k]);
			TRY(extract_block(x, s, (span){ 0, (uint32_t)s.n },
				k == 0 ? LANGUAGE_EN : LANGUAGE_FR));
		}
	}
	TRY(extract_rank(x, 2));
	return extract_translate(x);
}

static status
extract_with(faults *f, size_t *found)
{
	static lexicon *const none[LANGUAGES] = { NULL };
	memory m = { faulty_alloc, faulty_free, f };
	context c;
	extractor x;
	termbase *t;

	*found = 0;
	context_init(&c, &m);
	TRY(termbase_open(&t, &c, NULL));
	status done = extract_init(&x, &c, none, t);
	if (done == STATUS_OK)
		done = extract_all(&x);
	for (size_t i = 0; done == STATUS_OK && i < x.list.n; i++)
		*found += x.list.at[i].translation != 0;
	extract_free(&x);
	termbase_close(t);
	return done;
}

static void
every_allocation_may_fail(void **state)
{
	size_t found;

	(void)state;
	for (int for_good = 0; for_good < 2; for_good++)
		for (long n = 0;; n++) {
			faults f = { .left = n, .for_good = for_good != 0 };
			status done = extract_with(&f, &found);
			assert_int_equal(f.live, 0);
			if (!f.failed) {
				assert_int_equal(done, STATUS_OK);
				assert_true(found >= 4);
				assert_true(n > 20);
				break;
			}
			assert_int_equal(done, STATUS_MEMORY);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
