/* Every allocation of ours fails while documents of each format are read: the n-th for every n,
 * once. What comes back is the document or STATUS_MEMORY, never a crash or another document,
 * and nothing leaks. Libraries that allocate for themselves are not asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "document/edit.h"
#include "tests/unit/faults.h"

typedef struct sample {
	const char *name, *format, *bytes;
} sample;

static const sample samples[] = {
	{ "a.html", "html",
		"<html lang=fr><head><title>Le titre</title></head><body><h1>L "
		"’accord</h1><p>Un "
		"<b>mot</b> &eacute;crit<sup>1</sup>.<table><tr><td>a<td>b</table></body>" },
	{ "b.html", "html",
		"<body title='Une &amp; page' id=b><p title=\"L’accord\">Un mot "
		"<!-- paraph: ignore all --></p><body title='x > y'></body>" },
	{ "a.md", "markdown",
		"---\ntitle: x\n---\n# Titre\n\nUn *mot* et `code`[^1].\n\n| a | b "
		"|\n|---|---|\n"
		"| c | d |\n\n[^1]: Une note.\n" },
	{ "a.xlf", "xliff",
		"<xliff version='1.2'><file original='a' source-language='en' "
		"target-language='fr'>"
		"<body><trans-unit id='1' resname='n'><source>The <g id='1'>text</g><x "
		"id='2'/>.</source><target state='translated'>Le &amp; <g id='1'>texte</g>."
		"</target><note>n</note></trans-unit></body></file></xliff>" },
	{ "b.xlf", "xliff",
		"<xliff version='2.0' srcLang='en' trgLang='fr'><file id='f'><unit "
		"id='u'><segment "
		"id='s'><source>A <ph id='1'/>word.</source><target>Un mot.</target></segment>"
		"</unit></file></xliff>" },
	{ "c.xlf", "xliff",
		"<xliff version='2.0' srcLang='en' trgLang='fr'><file id='f' translate='no'>"
		"<unit id='u' translate='yes'><segment><source>A <mrk id='m' translate='no'>"
		"kept <pc id='p'>w</pc></mrk> word.</source><target>Un <sm id='s' "
		"translate='no'/>mot<em startRef='s'/>.</target></segment></unit><unit id='v'>"
		"<segment><source>B</source></segment></unit></file></xliff>" },
	{ "a.tmx", "tmx",
		"<tmx version='1.4'><header srclang='en'/><body><tu "
		"tuid='1'><note>n</note><tuv "
		"xml:lang='en'><seg>A <bpt i='1'>x</bpt>word<ept i='1'/></seg></tuv><tuv "
		"xml:lang='fr'><seg>Un mot.</seg></tuv></tu></body></tmx>" },
	{ "a.po", "po",
		"msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n#. note\n#, c-format\nmsgctxt "
		"\"c\"\n"
		"msgid \"%s word\"\nmsgid_plural \"%s words\"\nmsgstr[0] \"%s mot\"\nmsgstr[1] "
		"\"%s \"\n\"mots\"\n" },
	{ "a.tsv", "tsv",
		"source\ttarget\tid\nA word.\tUn mot.\t1\nTwo \\t words.\tDeux mots.\t2\n" },
	{ "a.srt", "srt",
		"1\n00:00:01,000 --> 00:00:02,000\nUn <i>mot</i>\net la suite\n\n2\n"
		"00:00:03,000 --> 00:00:04,000\n- Non.\n" },
	{ "a.vtt", "vtt", "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000\nUn mot\n" },
	{ "a.eml", "eml",
		"From: a@b\nSubject: =?utf-8?q?R=C3=A9union?=\nMIME-Version: "
		"1.0\nContent-Type: "
		"multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain; "
		"charset=utf-8\n"
		"Content-Transfer-Encoding: quoted-printable\n\nL=E2=80=99accord =\nest "
		"l=C3=A0.\n--x"
		"\nContent-Type: text/html\n\n<p>a</p>\n--x--\n" },
};

/* Reads it, and writes it anew with its first letter replaced where that can be. */
static status
read_one(const sample *s, faults *f, uint64_t *text)
{
	const memory m = { faulty_alloc, faulty_free, f };
	context c;
	document d;
	buffer with, out;
	bool possible;

	context_init(&c, &m);
	TRY(document_read_as(&d, &c, slice_of(s->name), slice_of(s->bytes), LANGUAGE_UNKNOWN,
		slice_of(s->format)));
	*text = slice_hash(d.text);
	buffer_init(&with, &m, 1 << 20);
	buffer_init(&out, &m, 1 << 20);
	/* Of mail the first block is the subject, which stays. */
	size_t which = d.block_count > 1 ? 1 : 0;
	span first = { d.blocks[which].text.start, d.blocks[which].text.start + 1 };
	status done = STATUS_OK;
	done = document_rewrite(&with, &c, &d, first, SLICE("X"), &possible);
	edit e = { source_map_file(&d.map, first), buffer_slice(&with), SLICE("") };
	edit_style style = { 0 };
	if (done == STATUS_OK && possible)
		done = document_edit(&out, &c, &d, &e, 1, &style);
	buffer_free(&with);
	buffer_free(&out);
	document_free(&d);
	return done;
}

static void
fail_each(const sample *s)
{
	faults count = { .left = -1 };
	uint64_t whole, text;

	assert_int_equal(read_one(s, &count, &whole), STATUS_OK);
	assert_int_equal(count.live, 0);
	assert_true(count.made > 3);
	for (long n = 0; n < count.made; n++) {
		faults f = { .left = n };
		text = whole;
		status done = read_one(s, &f, &text);
		if (done != STATUS_OK && done != STATUS_MEMORY)
			fail_msg("%s, allocation %ld: %s", s->name, n, status_name(done));
		if (done == STATUS_OK && text != whole)
			fail_msg("%s, allocation %ld: another text", s->name, n);
		if (f.live != 0)
			fail_msg("%s, allocation %ld: %ld blocks leak", s->name, n, f.live);
	}
}

static void
test_each_allocation_fails(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
		fail_each(&samples[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_allocation_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
