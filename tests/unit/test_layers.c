/* Termbases one over the other, compiled from text and from TBX, with memory that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "termbase/layers.h"

static const char table[] = "concept\ten\tfr\tfr_acronym\tstatus\tsource\n"
			    "a\tpeace\tpaix\tP\tverified\there\n"
			    "b\twar\tguerre\t\tverified\there\n";
static const char tbx[] =
	"<tbx type='x' style='dca' xmlns='urn:iso:std:iso:30042:ed-2'><tbxHeader><p>h</p>"
	"</tbxHeader><text><body>"
	"<conceptEntry id='a'><descrip type='definition'>No <hi>war</hi>.</descrip>"
	"<langSec xml:lang='fr'><termSec><term>la paix</term></termSec></langSec>"
	"</conceptEntry>"
	"<conceptEntry id='b'><admin type='x-retired'>yes</admin></conceptEntry>"
	"</body></text></tbx>";

static char folder[] = "/tmp/paraph-layers-XXXXXX";
static char table_path[64], tbx_path[64];

static void
write_file(char path[64], const char *name, const char *bytes)
{
	snprintf(path, 64, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fputs(bytes, f);
	assert_int_equal(fclose(f), 0);
}

/* Without a place for a cache: layers are compiled in memory. */
static int
make_files(void **state)
{
	(void)state;
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_non_null(mkdtemp(folder));
	write_file(table_path, "t.tsv", table);
	write_file(tbx_path, "t.tbx", tbx);
	return 0;
}

static int
remove_files(void **state)
{
	(void)state;
	remove(table_path);
	remove(tbx_path);
	return rmdir(folder);
}

static status
open_both(layers *l)
{
	TRY(layers_add(l, table_path, NULL));
	return layers_add(l, tbx_path, "over");
}

static void
a_later_layer_overrides_extends_and_retires(void **state)
{
	context c;
	layers l;
	layered x;
	bool found;

	(void)state;
	context_init(&c, &memory_libc);
	layers_init(&l, &c);
	layered_init(&x, &memory_libc);
	assert_int_equal(open_both(&l), STATUS_OK);
	assert_int_equal(layers_get(&l, SLICE("a"), &x, &found), STATUS_OK);
	assert_true(found);
	assert_false(x.retired);
	assert_int_equal(x.count, 2);
	assert_int_equal(x.entry.terms.n, 4);
	/* peace, paix, P, la paix */
	assert_int_equal(entry_term_status(&x.entry, 0), TERM_PREFERRED);
	assert_int_equal(entry_term_status(&x.entry, 1), TERM_ADMITTED);
	assert_int_equal(entry_term_status(&x.entry, 2), TERM_PREFERRED);
	assert_true(slice_is(x.entry.terms.at[3].text, "la paix"));
	assert_int_equal(x.of_terms.at[1], 0);
	assert_int_equal(x.of_terms.at[3], 1);
	const entry_item *definition = entry_find(&x.entry, OWNER_CONCEPT, "definition");
	assert_non_null(definition);
	assert_int_equal(x.of_items.at[definition - x.entry.items.at], 1);
	assert_int_equal(layers_get(&l, SLICE("b"), &x, &found), STATUS_OK);
	assert_true(found && x.retired);
	assert_int_equal(x.by, 1);
	layered_free(&x);
	layers_free(&l);
}

static status
count_one(void *user, const layered *x)
{
	(void)x;
	++*(int *)user;
	return STATUS_OK;
}

static void
what_is_retired_is_not_found(void **state)
{
	context c;
	layers l;
	arena a;
	search_hit *hits;
	size_t n;
	int concepts = 0;

	(void)state;
	context_init(&c, &memory_libc);
	layers_init(&l, &c);
	arena_init(&a, &memory_libc);
	assert_int_equal(open_both(&l), STATUS_OK);
	assert_int_equal(layers_search(&l, &a, SLICE("guerre"), 5, &hits, &n), STATUS_OK);
	assert_int_equal(n, 0);
	assert_int_equal(layers_search(&l, &a, SLICE("PAIX"), 5, &hits, &n), STATUS_OK);
	assert_int_equal(n, 2);
	assert_true(slice_is(hits[0].text, "paix"));
	assert_int_equal(hits[0].status, TERM_ADMITTED);
	assert_int_equal(layers_each(&l, count_one, &concepts), STATUS_OK);
	assert_int_equal(concepts, 1);
	arena_free(&a);
	layers_free(&l);
}

/* --- failing memory --- */

typedef struct failing {
	long left; /* allocations that still succeed; negative: all do */
	long live;
	bool forever; /* after the first that fails, all fail */
} failing;

static void *
failing_alloc(void *user, size_t bytes)
{
	failing *f = user;

	if (f->left == 0) {
		f->left = f->forever ? 0 : -1;
		return NULL;
	}
	f->left -= f->left > 0;
	void *p = malloc(bytes);
	f->live += p != NULL;
	return p;
}

static void
failing_free(void *user, void *p)
{
	failing *f = user;

	f->live -= p != NULL;
	free(p);
}

static status
use_all(context *c)
{
	layers l;
	arena a;
	layered x;
	search_hit *hits;
	size_t n;
	bool found;
	int concepts = 0;

	layers_init(&l, c);
	arena_init(&a, c->memory);
	layered_init(&x, c->memory);
	status done = open_both(&l);
	if (done == STATUS_OK)
		done = layers_search(&l, &a, SLICE("pais"), 5, &hits, &n);
	if (done == STATUS_OK)
		done = layers_get(&l, SLICE("a"), &x, &found);
	if (done == STATUS_OK)
		done = layers_each(&l, count_one, &concepts);
	layered_free(&x);
	arena_free(&a);
	layers_free(&l);
	return done;
}

static void
every_allocation_may_fail(void **state)
{
	(void)state;
	for (int forever = 0; forever < 2; forever++) {
		long k = 0;
		for (bool done = false; !done; k++) {
			failing f = { .left = k, .forever = forever };
			memory m = { failing_alloc, failing_free, &f };
			context c;
			context_init(&c, &m);
			status s = use_all(&c);
			if (s != STATUS_OK && s != STATUS_MEMORY)
				fail_msg(
					"allocation %ld: %s: %s", k, status_name(s), c.message);
			assert_int_equal(f.live, 0);
			/* What is not needed may be missing; nothing failed when some are left.
			 */
			done = f.left > 0;
			assert_true(!done || s == STATUS_OK);
		}
		if (k <= 50)
			fail_msg("only %ld allocations, %s", k, forever ? "for good" : "once");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_later_layer_overrides_extends_and_retires),
		cmocka_unit_test(what_is_retired_is_not_found),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
