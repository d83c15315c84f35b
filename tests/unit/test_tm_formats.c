/* Files of exchange in and out of a memory. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tm/exchange.h"

#define OK(expression) assert_int_equal((expression), STATUS_OK)
#define SAME(a, b) assert_true(slice_equal((a), SLICE(b)))
#define UNITS 64

typedef struct got {
	tm_unit units[UNITS];
	size_t n, refused;
	char why[256];
	context c;
	status status;
} got;

static got g;

static status
take(void *user, const tm_unit *u, tm_place at)
{
	(void)user;
	(void)at;
	if (g.n == UNITS)
		return STATUS_OK;
	return tm_unit_copy(&g.units[g.n++], u);
}

static status
refuse(void *user, tm_place at, const char *why)
{
	(void)user;
	(void)at;
	g.refused++;
	snprintf(g.why, sizeof(g.why), "%s", why);
	return STATUS_OK;
}

static void
read_as(const char *format, slice bytes, const char *source, const char *target)
{
	static const tm_sink sink = { NULL, take, refuse };
	stream s;

	g.n = g.refused = 0;
	g.c.message[0] = '\0';
	stream_of_bytes(&s, &g.c, "file", bytes);
	tm_input in = { &g.c, &s, &sink, slice_of(source), slice_of(target) };
	g.status = tm_format_named(slice_of(format))->read(&in);
	stream_close(&s);
}

static int
set_up(void **state)
{
	(void)state;
	context_init(&g.c, &memory_libc);
	for (size_t i = 0; i < UNITS; i++)
		tm_unit_init(&g.units[i], &memory_libc);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNITS; i++)
		tm_unit_free(&g.units[i]);
	return 0;
}

#define TMX_TEXT(body) \
	"<?xml version=\"1.0\"?><!DOCTYPE tmx SYSTEM \"tmx14.dtd\">" \
	"<tmx version=\"1.4\"><header srclang=\"en\"/><body>" body "</body></tmx>"
#define TMX(body) SLICE(TMX_TEXT(body))

static const char full[] = TMX_TEXT(
	"<tu tuid=\"7\" creationid=\"ana\" creationdate=\"20180102T030405Z\" usagecount=\"3\" "
	"segtype=\"block\"><prop type=\"x-document\">A/RES/70/1</prop>"
	"<note xml:lang=\"en\">a &amp; b</note>"
	"<tuv xml:lang=\"en\" changeid=\"bo\"><prop type=\"p\">v</prop><seg>The <bpt i=\"1\" "
	"x=\"1\" type=\"bold\">&lt;b></bpt>big<ept i=\"1\">&lt;/b></ept> <ph x=\"2\"><sub>alt"
	"</sub></ph> <hi type=\"t\">cat</hi> &lt; <it pos=\"begin\" x=\"3\">&lt;i></it>dog"
	"</seg></tuv>"
	"<tuv lang=\"FR\"><seg>Le chat</seg></tuv></tu>");

static void
check_full(void)
{
	OK(g.status);
	assert_int_equal(g.n, 1);
	const tm_unit *u = &g.units[0];
	SAME(u->side[0].text, "The big  cat < dog");
	SAME(u->side[1].text, "Le chat");
	SAME(u->side[1].language, "FR");
	SAME(u->id, "7");
	SAME(u->author, "ana");
	SAME(u->created, "2018-01-02T03:04:05Z");
	SAME(u->document, "A/RES/70/1");
	assert_int_equal(u->usage, 3);
	assert_int_equal(u->side[0].codes.n, 6);
	const tm_code *c = u->side[0].codes.at;
	assert_int_equal(c[0].kind, TM_CODE_OPEN);
	assert_int_equal(c[0].at, 4);
	SAME(c[0].pair, "1");
	SAME(c[0].attributes, "x=\"1\" type=\"bold\"");
	SAME(c[0].content, "&lt;b&gt;");
	assert_int_equal(c[1].kind, TM_CODE_CLOSE);
	assert_int_equal(c[1].at, 7);
	SAME(c[2].content, "<sub>alt</sub>");
	assert_int_equal(c[3].kind, TM_CODE_MARK);
	assert_int_equal(c[4].kind, TM_CODE_MARK_END);
	assert_int_equal(c[5].kind, TM_CODE_ISOLATED);
	SAME(tm_unit_item(u, TM_OF_UNIT, TM_ATTRIBUTE, "segtype"), "block");
	SAME(tm_unit_item(u, TM_OF_SOURCE, TM_ATTRIBUTE, "changeid"), "bo");
	SAME(tm_unit_item(u, TM_OF_SOURCE, TM_PROPERTY, "p"), "v");
	SAME(tm_unit_item(u, TM_OF_UNIT, TM_NOTE, ""), "a & b");
}

static void
write_units(const char *name, buffer *out)
{
	const tm_format *format = tm_format_named(slice_of(name));
	tm_output x = { .context = &g.c, .bytes = out, .source = SLICE("en") };

	OK(format->begin(&x));
	for (size_t i = 0; i < g.n; i++)
		OK(format->write(&x, &g.units[i]));
	OK(format->end(&x));
}

static void
test_tmx_round_trip(void **state)
{
	buffer first, second;

	(void)state;
	buffer_init(&first, &memory_libc, SIZE_MAX);
	buffer_init(&second, &memory_libc, SIZE_MAX);
	read_as("tmx", slice_of(full), NULL, NULL);
	check_full();
	write_units("tmx", &first);
	read_as("tmx", buffer_slice(&first), NULL, NULL);
	check_full();
	write_units("tmx", &second);
	assert_true(slice_equal(buffer_slice(&first), buffer_slice(&second)));
	buffer_free(&first);
	buffer_free(&second);
}

static void
test_tmx_languages(void **state)
{
	const slice three = TMX("<tu><tuv xml:lang=\"fr-CA\"><seg>un</seg></tuv>"
				"<tuv xml:lang=\"EN-us\"><seg>one</seg></tuv>"
				"<tuv xml:lang=\"es\"><seg>uno</seg></tuv></tu>");

	(void)state;
	read_as("tmx", three, NULL, NULL); /* the header says en */
	assert_int_equal(g.n, 2);
	SAME(g.units[0].side[0].text, "one");
	SAME(g.units[0].side[1].text, "un");
	SAME(g.units[1].side[1].text, "uno");
	read_as("tmx", three, "fr", "en");
	assert_int_equal(g.n, 1);
	SAME(g.units[0].side[0].text, "un");
	SAME(g.units[0].side[1].text, "one");
	read_as("tmx", three, "de", "en");
	assert_int_equal(g.n, 0);
	assert_int_equal(g.refused, 1);
}

static void
test_tmx_left_out(void **state)
{
	(void)state;
	read_as("tmx",
		TMX("<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>"
		    "<tu><tuv><seg>a</seg></tuv><tuv xml:lang=\"fr\"><seg>b</seg></tuv></tu>"
		    "<tu><tuv xml:lang=\"en\"><seg/></tuv><tuv "
		    "xml:lang=\"fr\"><seg>b</seg></tuv>"
		    "</tu><tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"fr\">"
		    "<seg>b</seg></tuv></tu>"),
		NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 1);
	assert_int_equal(g.refused, 3);
}

static void
test_tmx_in_utf16(void **state)
{
	static const char text[] = "<tmx version='1.1'><header srclang='en'/><body><tu><tuv "
				   "lang='en'><seg>one</seg></tuv><tuv lang='fr'><seg>un</seg>"
				   "</tuv></tu></body></tmx>";
	char wide[2 * sizeof(text)] = "\xFF\xFE";

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		wide[2 * i + 2] = text[i];
		wide[2 * i + 3] = 0;
	}
	read_as("tmx", (slice){ wide, 2 * sizeof(text) }, NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 1);
	SAME(g.units[0].side[1].text, "un");
}

static void
fails(const char *format, slice bytes)
{
	read_as(format, bytes, NULL, NULL);
	assert_int_equal(g.status, STATUS_FORMAT);
	assert_true(g.c.message[0] != '\0');
}

static void
test_hostile_xml(void **state)
{
	char deep[4000] = "";

	(void)state;
	fails("tmx", SLICE("<!DOCTYPE tmx [<!ENTITY a \"b\">]><tmx>&a;</tmx>"));
	fails("tmx", SLICE("<tmx><body><tu><tuv xml:lang=\"en\"><seg>broken"));
	fails("tmx", SLICE("<tmx>\xFF</tmx>"));
	fails("xliff", SLICE("<html/>"));
	for (size_t i = 0; i < 300; i++)
		strcat(deep, "<a>");
	fails("tmx", slice_of(deep));
	fails("po", SLICE("msgid \"a\"\nmsgstr b\n"));
}

static void
test_segment_limit(void **state)
{
	(void)state;
	g.c.limits.paragraph = 100;
	char text[400] = "<tmx><body><tu><tuv xml:lang=\"en\"><seg>";
	for (size_t i = 0; i < 150; i++)
		strcat(text, "x");
	fails("tmx", slice_of(text));
	g.c.limits.paragraph = limits_default.paragraph;
}

static void
test_xliff(void **state)
{
	(void)state;
	read_as("xliff",
		SLICE("<xliff version=\"1.2\"><file original=\"a.docx\" source-language=\"en\" "
		      "target-language=\"fr\"><body><trans-unit id=\"1\"><source>The <g "
		      "id=\"9\">cat</g><x id=\"2\"/></source><target state=\"translated\">Le "
		      "chat</target><note>n</note><alt-trans><target>no</target></alt-trans>"
		      "</trans-unit><trans-unit "
		      "id=\"2\"><source>dog</source></trans-unit></body>"
		      "</file></xliff>"),
		NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 1);
	assert_int_equal(g.refused, 1);
	const tm_unit *u = &g.units[0];
	SAME(u->side[0].text, "The cat");
	SAME(u->side[1].text, "Le chat");
	SAME(u->document, "a.docx");
	SAME(u->id, "1");
	assert_int_equal(u->side[0].codes.n, 3);
	assert_int_equal(u->side[0].codes.at[1].kind, TM_CODE_CLOSE);
	SAME(tm_unit_item(u, TM_OF_TARGET, TM_ATTRIBUTE, "state"), "translated");
	read_as("xliff",
		SLICE("<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"fr\"><file "
		      "id=\"f\"><unit "
		      "id=\"u\"><segment><source>One <pc id=\"1\">two</pc>.</source><target>Un "
		      "deux.</target></segment><ignorable><source> "
		      "</source></ignorable><segment>"
		      "<source>Three.</source><target>Trois.</target></segment></unit></file>"
		      "</xliff>"),
		NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 2);
	SAME(g.units[0].side[0].text, "One two.");
	SAME(g.units[1].side[1].text, "Trois.");
	SAME(g.units[1].id, "u");
	/* Notes stand before the segments; what a memory proposed is no translation. */
	read_as("xliff",
		SLICE("<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"fr\"><file id=\"f\">"
		      "<unit id=\"u\"><m:matches xmlns:m=\"m\"><m:match ref=\"#1\"><source>a"
		      "</source><target>b</target></m:match></m:matches><notes><note>n</note>"
		      "</notes><segment state=\"final\"><source>One.</source><target>Un."
		      "</target></segment></unit></file></xliff>"),
		NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 1);
	SAME(g.units[0].side[1].text, "Un.");
	SAME(tm_unit_item(&g.units[0], TM_OF_UNIT, TM_NOTE, ""), "n");
	SAME(tm_unit_item(&g.units[0], TM_OF_TARGET, TM_ATTRIBUTE, "state"), "final");
	/* A file that does not say its languages. */
	slice silent = SLICE("<xliff version=\"1.2\"><file><body><trans-unit>"
			     "<source>One.</source><target>Un.</target>"
			     "</trans-unit></body></file></xliff>");
	read_as("xliff", silent, NULL, NULL);
	SAME(g.units[0].side[0].language, "en");
	SAME(g.units[0].side[1].language, "fr");
	read_as("xliff", silent, "fr", "es");
	SAME(g.units[0].side[0].language, "fr");
	SAME(g.units[0].side[1].language, "es");
}

static void
test_po(void **state)
{
	(void)state;
	read_as("po",
		SLICE("msgid \"\"\nmsgstr \"\"\n\"Language: fr_CA\\n\"\n\n"
		      "#. for the menu\nmsgctxt \"\\\"m\\\"\"\nmsgid \"Open "
		      "\"\n\"file\"\nmsgstr "
		      "\"Ouvrir \\\"x\\\"\"\n\n"
		      "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n\n"
		      "msgid \"one file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"un "
		      "fichier\"\n"
		      "msgstr[1] \"%d fichiers\"\n\n#~ msgid \"old\"\n#~ msgstr \"vieux\"\n"
		      "msgid \"empty\"\nmsgstr \"\"\n"),
		NULL, NULL);
	OK(g.status);
	assert_int_equal(g.n, 3);
	assert_int_equal(g.refused, 2);
	SAME(g.units[0].side[0].text, "Open file");
	SAME(g.units[0].side[1].text, "Ouvrir \"x\"");
	SAME(g.units[0].side[1].language, "fr_CA");
	SAME(tm_unit_item(&g.units[0], TM_OF_UNIT, TM_PROPERTY, "msgctxt"), "\"m\"");
	SAME(tm_unit_item(&g.units[0], TM_OF_UNIT, TM_NOTE, ""), "for the menu");
	SAME(g.units[2].side[1].text, "%d fichiers");
	/* What the program fills in is text of a memory; a header may not say its languages. */
	read_as("po",
		SLICE("#, c-format\nmsgid \"%(count)d fichier\"\nmsgid_plural \"%d "
		      "fichiers\"\nmsgstr[0] \"a %d\"\nmsgstr[1] \"b %d\"\nmsgstr[2] \"c "
		      "%d\"\n"),
		"fr", "pl");
	OK(g.status);
	assert_int_equal(g.n, 3);
	SAME(g.units[0].side[0].text, "%(count)d fichier");
	SAME(g.units[0].side[0].language, "fr");
	SAME(g.units[2].side[0].text, "%d fichiers");
	SAME(g.units[2].side[1].text, "c %d");
	SAME(g.units[2].side[1].language, "pl");
}

static void
test_tsv(void **state)
{
	buffer out;

	(void)state;
	read_as("tsv", SLICE("one\tun\tA/1:3\n\ntwo\t\nthree\ttrois\r\n"), NULL, NULL);
	assert_int_equal(g.n, 2);
	assert_int_equal(g.refused, 1);
	SAME(g.units[0].document, "A/1");
	SAME(g.units[0].side[0].language, "en");
	SAME(g.units[1].side[1].text, "trois");
	read_as("tsv", SLICE("fr\tnote\ten\nun\tn\tone\n"), "en", "fr");
	assert_int_equal(g.n, 1);
	SAME(g.units[0].side[0].text, "one");
	SAME(tm_unit_item(&g.units[0], TM_OF_UNIT, TM_NOTE, ""), "n");
	OK(tm_unit_set(&g.units[0], &g.units[0].side[0].text, SLICE("a\tb\\n\nc")));
	buffer_init(&out, &memory_libc, SIZE_MAX);
	write_units("tsv", &out);
	read_as("tsv", buffer_slice(&out), NULL, NULL);
	SAME(g.units[0].side[0].text, "a\tb\\n\nc");
	buffer_free(&out);
	read_as("tsv", SLICE("bad\xFF\tx\nok\tbien\n"), NULL, NULL);
	assert_int_equal(g.n, 1);
	assert_int_equal(g.refused, 1);
}

/* --- what others made --- */

static status
count_unit(void *user, const tm_unit *u, tm_place at)
{
	(void)at;
	++*(size_t *)user;
	assert_true(u->side[0].text.n != 0 && u->side[1].text.n != 0);
	return STATUS_OK;
}

static size_t
units_of(const char *path, const char *source, const char *target)
{
	size_t n = 0;
	tm_sink sink = { &n, count_unit, refuse };
	stream s;

	OK(stream_open(&s, &g.c, path));
	tm_input in = { &g.c, &s, &sink, slice_of(source), slice_of(target) };
	status done = tm_format_for(slice_of(path), SLICE(""))->read(&in);
	if (done != STATUS_OK)
		fail_msg("%s: %s", path, g.c.message);
	stream_close(&s);
	return n;
}

/* The compliance kit of the format's authors: every file is read; where it says what a pair of
 * languages must give, that is what comes. */
static void
test_tmx_compliance_kit(void **state)
{
	const char *shared = getenv("PARAPH_SHARED");
	char pattern[512];
	glob_t found;

	(void)state;
	snprintf(pattern, sizeof(pattern), "%s/corpora/conformance/tmx/TMXComplianceKit/*.tmx",
		shared == NULL ? "" : shared);
	if (shared == NULL || glob(pattern, 0, NULL, &found) != 0)
		skip();
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		size_t n = units_of(path, NULL, NULL);
		assert_true(n > 0);
		if (strstr(path, "ImportTest1J_many") != NULL) {
			assert_int_equal(units_of(path, "en-us", "en-gb"), 2);
			assert_int_equal(units_of(path, "es-es", "en-us"), 1);
		} else if (strstr(path, "ImportTest1J") != NULL) {
			assert_int_equal(units_of(path, "en-us", "en-gb"), 2);
		} else if (strstr(path, "ImportTest1K") != NULL) {
			assert_int_equal(n, 2); /* each unit has a source language of its own */
		}
	}
	globfree(&found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tmx_round_trip),
		cmocka_unit_test(test_tmx_languages),
		cmocka_unit_test(test_tmx_left_out),
		cmocka_unit_test(test_tmx_in_utf16),
		cmocka_unit_test(test_hostile_xml),
		cmocka_unit_test(test_segment_limit),
		cmocka_unit_test(test_xliff),
		cmocka_unit_test(test_po),
		cmocka_unit_test(test_tsv),
		cmocka_unit_test(test_tmx_compliance_kit),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
