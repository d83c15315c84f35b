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
#include "termbase/match.h"
#include "termbase/overlay.h"

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

static const char grouped[] =
	"<tbx type='x' style='dca' xmlns='urn:iso:std:iso:30042:ed-2'><tbxHeader><p>h</p>"
	"</tbxHeader><text><body><conceptEntry id='a'>%s"
	"<langSec xml:lang='fr'><termSec><term>paix</term></termSec></langSec>"
	"</conceptEntry></body></text></tbx>";

#define MADE \
	"<transacGrp><transac type='transactionType'>origination</transac>" \
	"<date>2018-01-02</date></transacGrp>"
#define SAID(what, where) \
	"<descripGrp><descrip type='definition'>" what "</descrip>" \
	"<admin type='source'>" where "</admin></descripGrp>"

/* What one layer says twice is said twice; a definition of a later layer takes the place of the
 * earlier one with its source. */
static void
groups_stay_together(void **state)
{
	char first[64], second[64], text[2000];
	context c;
	layers l;
	layered x;
	bool found;
	size_t n, made = 0, sources = 0;

	(void)state;
	context_init(&c, &memory_libc);
	layers_init(&l, &c);
	layered_init(&x, &memory_libc);
	snprintf(text, sizeof(text), grouped, MADE MADE SAID("no war", "old"));
	write_file(first, "1.tbx", text);
	snprintf(text, sizeof(text), grouped, MADE SAID("calm", "new") "<note>n</note>");
	write_file(second, "2.tbx", text);
	assert_int_equal(layers_add(&l, first, NULL), STATUS_OK);
	assert_int_equal(layers_add(&l, second, "over"), STATUS_OK);
	assert_int_equal(layers_get(&l, SLICE("a"), &x, &found), STATUS_OK);
	assert_true(found);
	const entry_item *items = entry_items(&x.entry, OWNER_CONCEPT, &n);
	for (size_t i = 0; i < n; i++) {
		made += items[i].element == ELEMENT_DATE;
		if (!slice_is(items[i].type, "source"))
			continue;
		sources++;
		assert_true(slice_is(items[i].value, "new"));
		assert_true(slice_is(items[i - 1].value, "calm"));
		assert_int_equal(items[i - 1].group, items[i].group);
	}
	assert_int_equal(made, 2);
	assert_int_equal(sources, 1);
	layered_free(&x);
	layers_free(&l);
	remove(first);
	remove(second);
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
	/* The name that the later layer prefers has the word too: it is told first. */
	assert_true(slice_is(hits[0].text, "la paix"));
	assert_int_equal(hits[0].status, TERM_PREFERRED);
	assert_true(slice_is(hits[1].text, "paix"));
	assert_int_equal(hits[1].status, TERM_ADMITTED);
	assert_int_equal(layers_each(&l, count_one, &concepts), STATUS_OK);
	assert_int_equal(concepts, 1);
	arena_free(&a);
	layers_free(&l);
}

/* --- matching --- */

/* The table as the built-in termbase, the TBX file over it. */
static status
open_overlay(termbase **t, context *c)
{
	const char *const over[] = { tbx_path };

	TRY(termbase_open(t, c, NULL));
	TRY(termbase_add(*t, c, "t.tsv", slice_of(table)));
	return overlay_add(*t, c, table_path, over, 1);
}

/* How many terms the text has, and the status of the first. */
static size_t
count_terms(const termbase *t, const char *text, term_status *first)
{
	words w;
	tokens k;
	term_matches found;
	slice s = slice_of(text);

	assert_int_equal(words_init(&w, &memory_libc), STATUS_OK);
	w.extra = termbase_vocabulary(t);
	tokens_init(&k, &memory_libc);
	term_matches_init(&found, &memory_libc);
	assert_int_equal(
		tokens_read(&k, &w, s, (span){ 0, (uint32_t)s.n }, LANGUAGE_FR), STATUS_OK);
	assert_int_equal(termbase_match(&found, t, &w, &k, s, LANGUAGE_FR), STATUS_OK);
	size_t n = found.list.n;
	if (n > 0)
		*first = termbase_term(t, found.list.at[0].term).status;
	term_matches_free(&found);
	tokens_free(&k);
	words_free(&w);
	return n;
}

static void
check_overlay(const termbase *t)
{
	term_status first = TERM_SUPERSEDED;

	assert_int_equal(t->count, 2);
	assert_int_equal(t->indexes[1].hidden_count, 2);
	assert_int_equal(count_terms(t, "une guerre", &first), 0);
	assert_int_equal(count_terms(t, "des paix", &first), 1);
	assert_int_equal(first, TERM_ADMITTED);
	assert_int_equal(count_terms(t, "de la paix et P", &first), 2);
	assert_int_equal(first, TERM_PREFERRED);
}

static void
matching_is_of_all_layers_together(void **state)
{
	context c;
	termbase *t;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(open_overlay(&t, &c), STATUS_OK);
	check_overlay(t);
	termbase_close(t);
}

/* The second opening maps what the first one wrote; a damaged file is made anew. */
static void
the_index_is_kept_in_the_cache(void **state)
{
	char cache[96], command[160];
	context c;
	termbase *t;

	(void)state;
	context_init(&c, &memory_libc);
	snprintf(cache, sizeof(cache), "%s/cache", folder);
	setenv("XDG_CACHE_HOME", cache, 1);
	for (int round = 0; round < 3; round++) {
		assert_int_equal(open_overlay(&t, &c), STATUS_OK);
		assert_int_equal(t->bytes[1].mapped.mapped, round == 1);
		check_overlay(t);
		termbase_close(t);
		if (round != 1)
			continue;
		snprintf(command, sizeof(command),
			"for f in %s/paraph/*.index; do echo x >$f; done", cache);
		assert_int_equal(system(command), 0);
	}
	unsetenv("XDG_CACHE_HOME");
	snprintf(command, sizeof(command), "rm -r %s", cache);
	assert_int_equal(system(command), 0);
}

/* An index that hides concepts belongs to one termbase. */
static void
an_index_over_another_termbase_is_refused(void **state)
{
	context c;
	termbase *t, *other;
	buffer copy;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(open_overlay(&t, &c), STATUS_OK);
	buffer_init(&copy, &memory_libc, 1 << 20);
	buffer_put(&copy, t->indexes[1].bytes);
	assert_int_equal(termbase_open(&other, &c, NULL), STATUS_OK);
	assert_int_equal(
		termbase_add(other, &c, "o.tsv", SLICE("concept\tfr\na\tpaix\n")), STATUS_OK);
	assert_int_equal(termbase_take(other, &c, "copy", &copy), STATUS_DAMAGED);
	assert_int_equal(other->count, 1);
	termbase_close(other);
	termbase_close(t);
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
	if (done != STATUS_OK)
		return done;
	termbase *t;
	done = open_overlay(&t, c);
	termbase_close(t);
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
		cmocka_unit_test(groups_stay_together),
		cmocka_unit_test(what_is_retired_is_not_found),
		cmocka_unit_test(matching_is_of_all_layers_together),
		cmocka_unit_test(the_index_is_kept_in_the_cache),
		cmocka_unit_test(an_index_over_another_termbase_is_refused),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
