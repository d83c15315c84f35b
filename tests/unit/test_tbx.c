/* TBX in three styles: what is read, what is kept, what is refused, and that what is written
 * reads the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "termbase/exchange.h"
#include "termbase/store.h"

#define ENTRIES 64

typedef struct bench {
	context context;
	entry entries[ENTRIES];
	size_t n;
	buffer refused, remarks;
} bench;

static bench *
bench_open(void)
{
	bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	context_init(&b->context, &memory_libc);
	for (size_t i = 0; i < ENTRIES; i++)
		entry_init(&b->entries[i], &memory_libc);
	buffer_init(&b->refused, &memory_libc, 1 << 20);
	buffer_init(&b->remarks, &memory_libc, 1 << 20);
	return b;
}

static void
bench_close(bench *b)
{
	for (size_t i = 0; i < ENTRIES; i++)
		entry_free(&b->entries[i]);
	buffer_free(&b->refused);
	buffer_free(&b->remarks);
	free(b);
}

static status
take(void *user, const entry *e, exchange_place at)
{
	bench *b = user;

	(void)at;
	assert_true(b->n < ENTRIES);
	return entry_copy(&b->entries[b->n++], e);
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	bench *b = user;

	buffer_printf(&b->refused, "%u: %s\n", at.line, why);
	return b->refused.status;
}

static status
remark(void *user, const char *key, slice value)
{
	bench *b = user;

	buffer_printf(&b->remarks, "%s=%.*s\n", key, SLICE_ARG(value));
	return b->remarks.status;
}

static status
read_bytes(bench *b, slice bytes)
{
	exchange_sink sink = { b, take, refuse, remark };
	stream s;
	exchange_input in = { .context = &b->context, .stream = &s, .sink = &sink };
	slice head;

	stream_of_bytes(&s, &b->context, "x.xml", bytes);
	assert_int_equal(stream_peek(&s, &head), STATUS_OK);
	const exchange *format = exchange_for(SLICE("x.xml"), head);
	assert_non_null(format);
	status done = format->read(&in);
	stream_close(&s);
	return done;
}

#define HEAD "<tbx type='TBX-Basic' style='dca' xmlns='urn:iso:std:iso:30042:ed-2'>"
#define BODY(text) HEAD "<text><body>" text "</body></text></tbx>"

static const char sample[] = BODY(
	"<conceptEntry id='c1'>"
	"<descrip type='subjectField'>mission</descrip>"
	"<descripGrp><descrip type='definition'>A <hi>political</hi> mission\n\t of &amp; for"
	" all.</descrip><admin type='source'>S/2018/7</admin></descripGrp>"
	"<transacGrp><transac type='transactionType'>origination</transac>"
	"<date>2018-01-02</date>"
	"<transacNote type='responsibility' target='p1'>Ann</transacNote></transacGrp>"
	"<ref type='crossReference' target='c2'>see</ref>"
	"<weird a='1'><b>kept</b></weird>"
	"<langSec xml:lang='en'><termSec id='t1'><term>UNAMA</term>"
	"<termNote type='termType'>acronym</termNote>"
	"<termNote type='administrativeStatus'>preferredTerm-admn-sts</termNote>"
	"<descrip type='context'>The mandate of UNAMA.</descrip></termSec></langSec>"
	"<langSec xml:lang='fr'><note>Une note.</note><termSec><term>MANUA</term>"
	"<termNote type='grammaticalGender'>feminine</termNote></termSec>"
	"<termSec><term>UNAMA</term><termNote type='administrativeStatus'>"
	"deprecatedTerm-admn-sts</termNote></termSec></langSec></conceptEntry>"
	"<conceptEntry id='not a name'><langSec xml:lang='zh-Hant'><termSec><term>聯合國</term>"
	"</termSec></langSec></conceptEntry>");

static void
assert_value(const entry *e, entry_owner owner, const char *type, const char *expected)
{
	slice value = entry_value(e, owner, type);

	if (!slice_is(value, expected))
		fail_msg("%s: \"%.*s\", expected \"%s\"", type, SLICE_ARG(value), expected);
}

static void
concepts_are_read(void **state)
{
	bench *b = bench_open();

	(void)state;
	assert_int_equal(read_bytes(b, slice_of(sample)), STATUS_OK);
	assert_int_equal(b->n, 2);
	assert_int_equal(b->refused.n, 0);
	const entry *e = &b->entries[0];
	assert_true(slice_is(e->id, "c1"));
	assert_int_equal(e->sections.n, 2);
	assert_int_equal(e->terms.n, 3);
	assert_value(e, OWNER_CONCEPT, "subjectField", "mission");
	assert_value(e, OWNER_CONCEPT, "definition",
		"A <hi>political</hi> mission of &amp; for all.");
	const entry_item *definition = entry_find(e, OWNER_CONCEPT, "definition");
	const entry_item *source = entry_find(e, OWNER_CONCEPT, "source");
	assert_true(definition->markup);
	assert_int_equal(definition->group, source->group);
	assert_true(definition->group != 0);
	const entry_item *who = entry_find(e, OWNER_CONCEPT, "responsibility");
	assert_true(slice_is(who->target, "p1"));
	assert_int_equal(who->group, entry_find(e, OWNER_CONCEPT, "transactionType")->group);
	assert_true(who->group != source->group);
	assert_true(slice_is(entry_find(e, OWNER_CONCEPT, "crossReference")->target, "c2"));
	assert_value(e, OWNER_CONCEPT, "weird", "<weird a=\"1\"><b>kept</b></weird>");
	assert_int_equal(entry_term_flags(e, 0), TERM_ACRONYM);
	assert_true(slice_is(e->terms.at[0].id, "t1"));
	assert_value(e, OWNER_TERM(0), "context", "The mandate of UNAMA.");
	assert_value(e, OWNER_SECTION(1), "note", "Une note.");
	assert_int_equal(entry_term_gender(e, 1), TERM_FEMININE);
	assert_int_equal(entry_term_status(e, 2), TERM_DEPRECATED);
	assert_true(slice_is(b->entries[1].sections.at[0].language, "zh-Hant"));
	bench_close(b);
}

static void
assert_same(const entry *before, const entry *after)
{
	buffer out;

	buffer_init(&out, &memory_libc, 1 << 20);
	store_difference(&out, before, after);
	if (out.n != 0 || !slice_equal(before->id, after->id) ||
		before->sections.n != after->sections.n)
		fail_msg("%.*s -> %.*s:\n%.*s", SLICE_ARG(before->id), SLICE_ARG(after->id),
			(int)out.n, out.p);
	assert_int_equal(before->items.n, after->items.n);
	buffer_free(&out);
}

static void
write_all(bench *b, const char *name, buffer *out)
{
	exchange_output to = { .context = &b->context, .bytes = out };
	const exchange *format = exchange_named(slice_of(name));

	assert_non_null(format);
	assert_int_equal(format->begin(&to), STATUS_OK);
	for (size_t i = 0; i < b->n; i++)
		assert_int_equal(format->write(&to, &b->entries[i]), STATUS_OK);
	assert_int_equal(format->end(&to), STATUS_OK);
}

static void
goes_round(slice bytes, size_t least)
{
	static const char *const names[] = { "tbx", "tbx-dct", "tbx-v2" };
	bench *b = bench_open();

	assert_int_equal(read_bytes(b, bytes), STATUS_OK);
	assert_true(b->n >= least);
	for (size_t i = 0; i < 3; i++) {
		buffer out;
		bench *again = bench_open();
		buffer_init(&out, &memory_libc, (size_t)1 << 24);
		write_all(b, names[i], &out);
		if (read_bytes(again, buffer_slice(&out)) != STATUS_OK)
			fail_msg("%s: %s", names[i], again->context.message);
		assert_int_equal(again->n, b->n);
		for (size_t k = 0; k < b->n; k++)
			assert_same(&b->entries[k], &again->entries[k]);
		buffer_free(&out);
		bench_close(again);
	}
	bench_close(b);
}

static void
what_is_written_reads_the_same(void **state)
{
	(void)state;
	goes_round(slice_of(sample), 2);
}

/* The examples of the maintainers of TBX-Basic say the same in both styles. */
static void
the_examples_of_tbx_basic_go_round(void **state)
{
	static const char *const files[] = { "DCA", "DCT" };
	const char *shared = getenv("PARAPH_SHARED");
	bench *both[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char path[512];
		file f;
		both[i] = bench_open();
		snprintf(path, sizeof(path),
			"%s/corpora/conformance/tbx/Example_Astronomy_%s_VALID.tbx",
			shared == NULL ? "../shared" : shared, files[i]);
		if (file_open(&f, &both[i]->context, path) != STATUS_OK) {
			for (size_t k = 0; k <= i; k++)
				bench_close(both[k]);
			skip();
		}
		assert_int_equal(read_bytes(both[i], f.bytes), STATUS_OK);
		goes_round(f.bytes, 5);
		file_close(&f, &memory_libc);
	}
	assert_int_equal(both[0]->n, both[1]->n);
	/* Notes differ between the two files: some stand elsewhere, one is missing. */
	for (size_t i = 0; i < both[0]->n; i++) {
		assert_int_equal(both[0]->entries[i].terms.n, both[1]->entries[i].terms.n);
	}
	bench_close(both[0]);
	bench_close(both[1]);
}

static void
what_is_left_out_is_told(void **state)
{
	static const char text[] =
		BODY("<conceptEntry id='a'>\n</conceptEntry>\n"
		     "<conceptEntry id='b'><langSec><termSec><term>x</term></termSec></langSec>"
		     "</conceptEntry>\n"
		     "<conceptEntry id='c'><langSec xml:lang='fr'><termSec><term> </term>"
		     "</termSec></langSec></conceptEntry>\n"
		     "<conceptEntry><langSec xml:lang='fr'><termSec><term>bon</term></termSec>"
		     "</langSec></conceptEntry>");
	bench *b = bench_open();

	(void)state;
	assert_int_equal(read_bytes(b, slice_of(text)), STATUS_OK);
	assert_int_equal(b->n, 1);
	assert_true(slice_is(b->entries[0].id, "bon"));
	assert_true(slice_is(buffer_slice(&b->refused),
		"1: a concept without terms\n3: a language section without a language\n"
		"4: a term without text\n"));
	bench_close(b);
}

static void
assert_refused(const char *text, const char *message)
{
	bench *b = bench_open();

	assert_int_equal(read_bytes(b, slice_of(text)), STATUS_FORMAT);
	if (strstr(b->context.message, message) == NULL)
		fail_msg("%s", b->context.message);
	bench_close(b);
}

static void
hostile_files_are_refused(void **state)
{
	char *deep = malloc(100000);
	size_t n = (size_t)sprintf(deep, "%s", HEAD);

	(void)state;
	assert_refused(
		HEAD "<text>", "x.xml:1:76: the file ends in the middle, or has no element");
	assert_refused(HEAD "</text>", "mismatched tag");
	assert_refused(HEAD "\xC3\x28", "not well-formed");
	assert_refused("<!DOCTYPE tbx [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
		       "<tbx>&b;</tbx>",
		"declares entities of its own");
	for (int i = 0; i < 20000; i++)
		n += (size_t)sprintf(deep + n, "<a>");
	assert_refused(deep, "elements nested too deeply");
	free(deep);
}

/* A document type without entities of its own is what version 2 files begin with; it is not
 * loaded. */
static void
a_document_type_is_passed_over(void **state)
{
	static const char text[] =
		"<?xml version='1.0'?><!DOCTYPE martif SYSTEM 'TBXcoreStructV02.dtd'>"
		"<martif type='TBX' xml:lang='en'><martifHeader><fileDesc><sourceDesc><p>From"
		" &lt;us&gt;</p></sourceDesc></fileDesc></martifHeader><text><body>"
		"<termEntry id='eid1'><langSet xml:lang='en'><ntig><termGrp><term>peace</term>"
		"<termNote type='partOfSpeech'>noun</termNote></termGrp></ntig></langSet>"
		"</termEntry></body></text></martif>";
	bench *b = bench_open();

	(void)state;
	assert_int_equal(read_bytes(b, slice_of(text)), STATUS_OK);
	assert_int_equal(b->n, 1);
	assert_value(&b->entries[0], OWNER_TERM(0), "partOfSpeech", "noun");
	assert_true(slice_is(buffer_slice(&b->remarks),
		"tbx.header=<fileDesc><sourceDesc><p>From &lt;us&gt;</p></sourceDesc>"
		"</fileDesc>\n"));
	bench_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(concepts_are_read),
		cmocka_unit_test(what_is_written_reads_the_same),
		cmocka_unit_test(the_examples_of_tbx_basic_go_round),
		cmocka_unit_test(what_is_left_out_is_told),
		cmocka_unit_test(hostile_files_are_refused),
		cmocka_unit_test(a_document_type_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
