/* The termbase: glossaries read and refused, the index built, opened and refused when damaged,
 * terms matched as people write them, and every allocation failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "checker/rules/official_name.h"
#include "termbase/match.h"
#include "termbase/names.h"
#include "termbase/surface.h"
#include "text/fold.h"
#include "text/stem.h"

#define HEADER \
	"concept\tsubject\ten\ten_acronym\ten_deprecated\tfr\tfr_acronym\tfr_admitted\t" \
	"fr_deprecated\tgender\tarticle\tstatus\tsource\tnote\n"

static const char sample[] =
	"# a comment\n" HEADER
	"member-states\tterm\tMember States\t\t\tÉtats Membres\t\t\t?États membres\tm pl\t\t"
	"verified\tS/2018/7\t\n"
	"unama\tmission\tUnited Nations Assistance Mission in Afghanistan\tUNAMA\t\t"
	"Mission d’assistance des Nations Unies en Afghanistan\tMANUA\t\t"
	"Mission d’aide des Nations Unies en Afghanistan\tf\tla\tverified\tsource\t\n"
	"isil\tgroup\tISIL (Da’esh)\t\t\tEIIL (Daech)\t\t\tDaesh\tm\tl’\tverified\tsource\t\n"
	"tls\tState\tTimor-Leste\t\tTimor Leste;^East Timor\tTimor-Leste\t\t\t"
	"Timor Leste;^Timor oriental\tm\tle\tverified\tUNTERM\t\n"
	"afg\tState\tAfghanistan\t\t\tAfghanistan\t\t\t\tm\tl’\tverified\tUNTERM\t\n"
	"seat\tbody\tHeadquarters\t\t\tSiège\t\t\t\tm\tle\tpartial\tS/2018/7\t\n"
	"email\tterm\temail\t\t\tcourriel\t\tadresse électronique\te-mail\tm\t\tpartial\tx\t\n"
	"committee\tbody\tCommittee pursuant to resolution 1267 (1999)\t\t\t"
	"Comité créé par la résolution 1267 (1999)\t\t\t\tm\tle\tverified\tx\t\n"
	"covenant\tinstrument\tCovenant on Economic, Social and Cultural Rights\t\t\t"
	"Pacte relatif aux droits économiques, sociaux et "
	"culturels\t\t\t\tm\tle\tverified\tx\t\n"
	"myanmarais\tword\t\t\t\tmyanmarais\t\t\t\t\t\tunverified\tx\t\n"
	"equality\tterm\tgender equality\t\t\tégalité des sexes\t\t=égalité des genres\t\tf\t\t"
	"verified\tx\t\n";

/* What a test works with: a termbase of the sample, and the terms of the last text. */
typedef struct bench {
	context context;
	termbase *termbase;
	words words;
	tokens tokens;
	term_matches found;
	slice text;
} bench;

static bench *
bench_open(const char *glossary_text)
{
	bench *b = calloc(1, sizeof(*b));

	context_init(&b->context, &memory_libc);
	assert_int_equal(termbase_open(&b->termbase, &b->context, NULL), STATUS_OK);
	assert_int_equal(
		termbase_add(b->termbase, &b->context, "sample.tsv", slice_of(glossary_text)),
		STATUS_OK);
	assert_int_equal(words_init(&b->words, &memory_libc), STATUS_OK);
	b->words.extra = termbase_vocabulary(b->termbase);
	tokens_init(&b->tokens, &memory_libc);
	term_matches_init(&b->found, &memory_libc);
	return b;
}

static void
bench_close(bench *b)
{
	term_matches_free(&b->found);
	tokens_free(&b->tokens);
	words_free(&b->words);
	termbase_close(b->termbase);
	free(b);
}

static size_t
match(bench *b, language l, const char *text)
{
	b->text = slice_of(text);
	assert_int_equal(tokens_read(&b->tokens, &b->words, b->text,
				 (span){ 0, (uint32_t)b->text.n }, l),
		STATUS_OK);
	assert_int_equal(
		termbase_match(&b->found, b->termbase, &b->words, &b->tokens, b->text, l),
		STATUS_OK);
	return b->found.list.n;
}

/* The text has one term: this concept, this status, these differences, on these bytes. */
static void
assert_one(bench *b, language l, const char *text, const char *concept, term_status s,
	uint32_t differences, const char *bytes)
{
	if (match(b, l, text) != 1)
		fail_msg("%zu terms in: %s", b->found.list.n, text);
	term_match m = b->found.list.at[0];
	slice id = termbase_concept(b->termbase, m.term).id;
	slice got = slice_sub(b->text, m.text.start, m.text.end);
	if (!slice_equal(id, slice_of(concept)))
		fail_msg("concept %.*s in: %s", SLICE_ARG(id), text);
	assert_int_equal(termbase_term(b->termbase, m.term).status, s);
	if (m.differences != differences)
		fail_msg("differences %#x in: %s", m.differences, text);
	if (!slice_equal(got, slice_of(bytes)))
		fail_msg("on \"%.*s\" in: %s", SLICE_ARG(got), text);
}

static void
assert_none(bench *b, language l, const char *text)
{
	if (match(b, l, text) != 0)
		fail_msg("%zu terms in: %s", b->found.list.n, text);
}

static void
stems_join_inflected_forms(void **state)
{
	static const char *const same[][2] = { { "états", "État" }, { "régional", "régionaux" },
		{ "régionales", "régional" }, { "chargé", "chargées" },
		{ "coordonnatrice", "coordonnateur" }, { "travaux", "travail" },
		{ "administrative", "administratifs" }, { "anciennes", "ancien" },
		{ "réseaux", "réseau" }, { "agencies", "agency" }, { "parties", "party" } };
	static const char *const apart[][2] = { { "organe", "organisme" },
		{ "mission", "Mali" }, { "Iran", "Iraq" }, { "Niger", "Nigéria" },
		{ "Guinée", "Guyana" } };

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (surface_key(slice_of(same[i][0])) != surface_key(slice_of(same[i][1])))
			fail_msg("%s and %s", same[i][0], same[i][1]);
	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		if (surface_key(slice_of(apart[i][0])) == surface_key(slice_of(apart[i][1])))
			fail_msg("%s and %s", apart[i][0], apart[i][1]);
}

static void
stems_stay_inside_the_word(void **state)
{
	(void)state;
	for (size_t n = 0; n < 12; n++)
		for (char c = 'a'; c <= 'z'; c++) {
			char text[16];
			memset(text, c, sizeof(text));
			size_t left = text_stem(text, n);
			assert_true(left <= n);
			assert_true(n == 0 || left > 0);
			assert_int_equal(text[n], c);
		}
}

static void
one_term_in_many_spellings(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_one(b, LANGUAGE_FR, "les États Membres ont", "member-states", TERM_PREFERRED, 0,
		"États Membres");
	assert_one(b, LANGUAGE_FR, "LES ETATS MEMBRES", "member-states", TERM_PREFERRED,
		DIFFERS_CAPITALS | DIFFERS_CAPITAL_ACCENT, "ETATS MEMBRES");
	assert_one(b, LANGUAGE_FR, "un État\u00A0Membre de", "member-states", TERM_PREFERRED,
		DIFFERS_INFLECTION, "État\u00A0Membre");
	assert_one(b, LANGUAGE_FR, "des États\n\nMembres", "member-states", TERM_PREFERRED, 0,
		"États\n\nMembres");
	assert_one(b, LANGUAGE_FR, "des Etats-Membres", "member-states", TERM_PREFERRED,
		DIFFERS_CAPITAL_ACCENT | DIFFERS_HYPHEN, "Etats-Membres");
	assert_one(b, LANGUAGE_FR, "la Mission d ’assistance des Nations\nUnies en Afghanistan",
		"unama", TERM_PREFERRED, 0,
		"Mission d ’assistance des Nations\nUnies en Afghanistan");
	assert_one(b, LANGUAGE_FR, "la Mission d'aide des Nations Unies en Afghanistan.",
		"unama", TERM_DEPRECATED, 0, "Mission d'aide des Nations Unies en Afghanistan");
	bench_close(b);
}

static void
the_nearest_spelling_wins(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_one(b, LANGUAGE_FR, "des États membres", "member-states", TERM_DEPRECATED, 0,
		"États membres");
	assert_one(b, LANGUAGE_FR, "le Timor Leste", "tls", TERM_DEPRECATED, 0, "Timor Leste");
	assert_one(b, LANGUAGE_FR, "le Timor-Leste", "tls", TERM_PREFERRED, 0, "Timor-Leste");
	assert_one(b, LANGUAGE_FR, "LE TIMOR-LESTE", "tls", TERM_PREFERRED, DIFFERS_CAPITALS,
		"TIMOR-LESTE");
	assert_one(b, LANGUAGE_EN, "in East Timor,", "tls", TERM_SUPERSEDED, 0, "East Timor");
	bench_close(b);
}

static void
brackets_may_be_left_out(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_one(b, LANGUAGE_FR, "l’EIIL \n(Daech), d’éléments", "isil", TERM_PREFERRED, 0,
		"EIIL \n(Daech)");
	assert_one(b, LANGUAGE_FR, "l’EIIL Daech", "isil", TERM_PREFERRED, DIFFERS_BRACKET,
		"EIIL Daech");
	assert_one(b, LANGUAGE_EN, "ISIL (Da'esh)", "isil", TERM_PREFERRED, 0, "ISIL (Da'esh)");
	assert_one(b, LANGUAGE_FR, "le Comité créé par la résolution 1267 (1999) a",
		"committee", TERM_PREFERRED, 0, "Comité créé par la résolution 1267 (1999)");
	assert_one(b, LANGUAGE_FR, "(Afghanistan)", "afg", TERM_PREFERRED, 0, "Afghanistan");
	assert_none(b, LANGUAGE_FR, "les États (Membres)");
	bench_close(b);
}

static void
what_is_not_a_term(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_none(b, LANGUAGE_FR, "le siège du comité"); /* the term is Siège */
	assert_none(b, LANGUAGE_FR, "manua");              /* acronyms keep their capitals */
	assert_none(b, LANGUAGE_FR, "les États. Membres");
	assert_none(b, LANGUAGE_FR, "un état membre"); /* names keep theirs when inflected */
	assert_none(b, LANGUAGE_EN, "les États Membres");
	assert_none(b, LANGUAGE_FR, "droits économiques sociaux et culturels");
	assert_none(b, LANGUAGE_FR, "");
	assert_none(b, LANGUAGE_FR, "(((");
	assert_none(b, LANGUAGE_FR, "le Gouvernement myanmarais"); /* for the speller only */
	assert_one(b, LANGUAGE_FR, "des courriels", "email", TERM_PREFERRED, DIFFERS_INFLECTION,
		"courriels");
	assert_one(b, LANGUAGE_FR, "Courriel", "email", TERM_PREFERRED, DIFFERS_INITIAL,
		"Courriel");
	bench_close(b);
}

static void
matches_never_overlap(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_int_equal(
		match(b, LANGUAGE_FR,
			"La Mission d’assistance des Nations Unies en Afghanistan (MANUA), "
			"l’Afghanistan et Afghanistan."),
		4);
	for (size_t i = 1; i < b->found.list.n; i++)
		assert_true(b->found.list.at[i - 1].text.end <= b->found.list.at[i].text.start);
	bench_close(b);
}

static void
concepts_are_told(void **state)
{
	bench *b = bench_open(sample);
	term_ref other;

	(void)state;
	assert_int_equal(match(b, LANGUAGE_FR, "la MANUA"), 1);
	term_ref ref = b->found.list.at[0].term;
	concept_view k = termbase_concept(b->termbase, ref);
	assert_true(slice_equal(k.article, SLICE("la")));
	assert_int_equal(k.gender, TERM_FEMININE);
	assert_int_equal(k.evidence, EVIDENCE_VERIFIED);
	assert_true(termbase_preferred(b->termbase, ref, LANGUAGE_EN, TERM_ACRONYM, &other));
	assert_true(slice_equal(termbase_term(b->termbase, other).text, SLICE("UNAMA")));
	assert_true(termbase_same_concept(b->termbase, ref, other));
	assert_true(termbase_preferred(b->termbase, ref, LANGUAGE_FR, 0, &other));
	assert_true(slice_equal(termbase_term(b->termbase, other).text,
		SLICE("Mission d’assistance des Nations Unies en Afghanistan")));
	assert_int_equal(match(b, LANGUAGE_FR, "égalité des genres"), 1);
	assert_int_equal(
		termbase_term(b->termbase, b->found.list.at[0].term).flags, TERM_EXCHANGEABLE);
	bench_close(b);
}

static void
words_of_accepted_terms_are_known(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_true(termbase_knows(b->termbase, SLICE("MANUA"), LANGUAGE_FR));
	assert_true(termbase_knows(b->termbase, SLICE("MANUA"), LANGUAGE_EN));
	assert_true(termbase_knows(b->termbase, SLICE("Daech"), LANGUAGE_FR));
	assert_true(termbase_knows(b->termbase, SLICE("Afghanistan"), LANGUAGE_FR));
	assert_true(termbase_knows(b->termbase, SLICE("myanmarais"), LANGUAGE_FR));
	assert_false(termbase_knows(b->termbase, SLICE("Daesh"), LANGUAGE_FR));
	assert_false(termbase_knows(b->termbase, SLICE("manua"), LANGUAGE_FR));
	assert_false(termbase_knows(b->termbase, SLICE("of"), LANGUAGE_FR));
	assert_false(termbase_knows(b->termbase, SLICE(""), LANGUAGE_FR));
	bench_close(b);
}

static void
a_later_glossary_wins(void **state)
{
	bench *b = bench_open(sample);

	(void)state;
	assert_int_equal(termbase_add(b->termbase, &b->context, "mine.tsv",
				 SLICE("fr\ten\nSiège\tSeat of ours\n")),
		STATUS_OK);
	b->words.extra = termbase_vocabulary(b->termbase);
	assert_int_equal(match(b, LANGUAGE_FR, "le Siège"), 1);
	assert_int_equal(b->found.list.at[0].term.index, 1);
	assert_int_equal(match(b, LANGUAGE_FR, "les États Membres"), 1);
	bench_close(b);
}

static void
assert_refused(const char *text, const char *message)
{
	context c;
	glossary g;

	context_init(&c, &memory_libc);
	glossary_init(&g, c.memory);
	assert_int_equal(glossary_read(&g, &c, "bad.tsv", slice_of(text)), STATUS_FORMAT);
	assert_string_equal(c.message, message);
	assert_int_equal(g.concepts.n, 0);
	assert_int_equal(g.terms.n, 0);
	glossary_free(&g);
}

static void
malformed_rows_are_refused_with_their_place(void **state)
{
	(void)state;
	assert_refused("", "bad.tsv: no line of column names");
	assert_refused("fr\tcolour\n", "bad.tsv:1:4: unknown column: \"colour\"");
	assert_refused("fr\tes_age\n", "bad.tsv:1:4: unknown column: \"es_age\"");
	assert_refused("fr\ten\tfr\n", "bad.tsv:1:7: column named twice: \"fr\"");
	assert_refused("subject\tsource\n", "bad.tsv:1:1: no column of terms");
	assert_refused("fr\ten\nun\n", "bad.tsv:2:3: fewer cells than columns");
	assert_refused(
		"fr\ten\nun\tone\ttwo\n", "bad.tsv:2:8: more cells than columns: \"two\"");
	assert_refused("fr\ten\n\t\n", "bad.tsv:2:1: no preferred term");
	assert_refused("fr\tgender\n\u00E9t\u00E9\tx\n",
		"bad.tsv:2:5: not a gender (m, f, m pl, f pl): \"x\"");
	assert_refused("fr\tarticle\nun\tthe\n",
		"bad.tsv:2:4: not an article (le, la, l\u2019, les): \"the\"");
	assert_refused("fr\tstatus\nun\tok\n",
		"bad.tsv:2:4: not a status (verified, partial, unverified): \"ok\"");
	assert_refused("fr\tfr_deprecated\nun\ta;;b\n", "bad.tsv:2:6: empty name");
	assert_refused("fr\tfr_deprecated\nun\ta;a\n", "bad.tsv:2:6: name given twice: \"a\"");
	assert_refused("fr\tfr_deprecated\nun\t=a\n", "bad.tsv:2:4: mark out of place: \"=a\"");
	assert_refused("fr\nun\n\xC3\x28\n", "bad.tsv:3:1: not UTF-8 text");
	assert_refused("fr\nun\xED\xA0\x80\n", "bad.tsv:2:1: not UTF-8 text");
}

static void
two_concepts_of_one_id_are_refused(void **state)
{
	context c;
	termbase *t;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(termbase_open(&t, &c, NULL), STATUS_OK);
	assert_int_equal(termbase_add(t, &c, "x.tsv", SLICE("concept\tfr\na\tun\na\tdeux\n")),
		STATUS_FORMAT);
	assert_string_equal(c.message, "two concepts have the id \"a\"");
	assert_int_equal(t->count, 0);
	termbase_close(t);
}

static void
terms_that_cannot_match_are_refused(void **state)
{
	context c;
	termbase *t;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(termbase_open(&t, &c, NULL), STATUS_OK);
	assert_int_equal(
		termbase_add(t, &c, "x.tsv", SLICE("fr\nune; deux : trois — S/2018/7\n")),
		STATUS_OK);
	assert_int_equal(termbase_add(t, &c, "x.tsv", SLICE("fr\n()\n")), STATUS_FORMAT);
	assert_int_equal(termbase_add(t, &c, "x.tsv", SLICE("fr\nseul\n")), STATUS_OK);
	termbase_close(t);
}

/* The index of the sample, aligned. */
static char *
build_index(size_t *n)
{
	context c;
	glossary g;
	buffer bytes;

	context_init(&c, &memory_libc);
	glossary_init(&g, c.memory);
	buffer_init(&bytes, c.memory, (size_t)1 << 24);
	assert_int_equal(glossary_read(&g, &c, "sample", slice_of(sample)), STATUS_OK);
	assert_int_equal(index_build(&bytes, &c, &g), STATUS_OK);
	glossary_free(&g);
	*n = bytes.n;
	return bytes.p;
}

static void
the_same_glossary_gives_the_same_bytes(void **state)
{
	size_t n, m;
	char *a = build_index(&n), *b = build_index(&m);

	(void)state;
	assert_int_equal(n, m);
	assert_memory_equal(a, b, n);
	free(a);
	free(b);
}

static void
a_damaged_index_is_refused(void **state)
{
	context c;
	term_index x;
	size_t n;
	char *p = build_index(&n);

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(index_open(&x, &c, (slice){ p, n }, "x"), STATUS_OK);
	for (size_t cut = 0; cut < n; cut += cut < 200 ? 1 : 997)
		assert_int_equal(index_open(&x, &c, (slice){ p, cut }, "x"), STATUS_DAMAGED);
	for (size_t at = 0; at < n; at += at < 200 ? 1 : 211) {
		p[at] = (char)(p[at] ^ 0x20);
		status s = index_open(&x, &c, (slice){ p, n }, "x");
		if (s == STATUS_OK)
			s = index_verify(&x, &c, "x");
		assert_int_equal(s, STATUS_DAMAGED);
		p[at] = (char)(p[at] ^ 0x20);
	}
	assert_int_equal(index_open(&x, &c, (slice){ p, n }, "x"), STATUS_OK);
	assert_int_equal(index_verify(&x, &c, "x"), STATUS_OK);
	free(p);
}

/* Whatever is asked of an index that was opened is answered with terms that it has. */
static void
look_through(bench *b)
{
	const term_index *x = &b->termbase->indexes[0];
	const char *end = x->bytes.p + x->bytes.n;
	size_t n = match(b, LANGUAGE_FR,
		"Timor-Leste, l’Afghanistan, le Comité créé par la résolution 1267 (1999), le "
		"Siège, un courriel et l’égalité des sexes");

	for (size_t i = 0; i < n; i++)
		assert_true(b->found.list.at[i].term.term < x->term_count);
	for (uint32_t i = 0; i < x->term_count; i++)
		assert_true(index_string(x, x->terms[i].text).p + x->terms[i].text.n <= end);
	for (uint32_t i = 0; i <= x->slot_mask; i++)
		assert_true(index_slot_term(x, &x->slots[i]) <= x->term_count);
	for (uint32_t i = 0; i <= x->name_mask; i++) {
		uint32_t at = 0, term;
		while (x->names[i].first != 0 &&
			names_next(x, x->names[i].first, x->names[i].rare, &at, &term))
			assert_true(term < x->term_count);
	}
}

/* Opening reads no checksum: damage must not lead outside the block. */
static void
wrong_numbers_do_no_harm(void **state)
{
	bench *b = bench_open(sample);
	term_index *x = &b->termbase->indexes[0];
	char *p = b->termbase->bytes[0].built.p;
	size_t refused = 0, opened = 0;

	(void)state;
	for (size_t at = 80; at + 4 < x->bytes.n; at += 4) {
		uint32_t before, wild = 0x7FFFFFF0;
		memcpy(&before, p + at, 4);
		memcpy(p + at, &wild, 4);
		if (index_open(x, &b->context, x->bytes, "x") != STATUS_OK)
			refused++;
		else {
			opened++;
			look_through(b);
		}
		memcpy(p + at, &before, 4);
	}
	assert_int_equal(index_open(x, &b->context, x->bytes, "x"), STATUS_OK);
	assert_true(refused > 100 && opened > 1000);
	bench_close(b);
}

/* A table of names may lead to any term, also to one whose letters are gone. */
static void
a_name_without_words_is_none(void **state)
{
	bench *b = bench_open(sample);
	term_index *x = &b->termbase->indexes[0];
	char *p = b->termbase->bytes[0].built.p;
	trial t = { .term = { 0, 0 }, .text_rest = SLICE("Siège") };
	verdict v;
	size_t end;

	(void)state;
	size_t at = (size_t)((const char *)&x->terms[0].surface.n - p);
	memset(p + at, 0, sizeof(x->terms[0].surface.n));
	assert_int_equal(index_open(x, &b->context, x->bytes, "x"), STATUS_OK);
	assert_int_equal(name_pieces(t.text, 1, SLICE("Siège"), &end, NULL), 1);
	t.name[0] = t.text[0]; /* of the name that was tried before */
	assert_false(name_compare(&t, b->termbase, &v));
	bench_close(b);
}

/* Of a long text a name has cut what it may take, and the next name goes on from there. */
static void
a_text_is_cut_as_far_as_names_reach(void **state)
{
	bench *b = bench_open(sample);
	const slice text = SLICE("un deux trois, quatre cinq six sept huit neuf dix onze douze "
				 "treize quatorze quinze seize dix-sept");
	name_piece whole[TEXT_PIECES];
	trial t = { .term = { 0, 0 }, .text_rest = text };
	verdict v;
	size_t end, all = name_pieces(whole, TEXT_PIECES, text, &end, NULL);

	(void)state;
	for (uint32_t n = 0; n < b->termbase->indexes[0].term_count; n++) {
		size_t before = t.text_cut;
		t.term.term = n;
		assert_false(name_compare(&t, b->termbase, &v));
		size_t most = t.name_count + NAME_EXTRA;
		size_t reached = most < all ? most : all;
		assert_int_equal(t.text_cut, before > reached ? before : reached);
	}
	for (size_t i = 0; i < t.text_cut; i++) {
		assert_true(slice_equal(t.text[i].text, whole[i].text));
		assert_int_equal(t.text[i].key, whole[i].key);
	}
	t.text_cut = 0;
	t.text_rest = SLICE("un deux. Trois");
	assert_false(name_compare(&t, b->termbase, &v));
	assert_int_equal(t.text_cut, 2);
	assert_int_equal(t.text_rest.n, 0);
	bench_close(b);
}

static void
files_that_are_no_index_are_refused(void **state)
{
	context c;
	termbase *t;
	char path[] = "/tmp/paraph_test_XXXXXX";
	FILE *f = fdopen(mkstemp(path), "wb");

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(f);
	assert_int_equal(termbase_open(&t, &c, path), STATUS_DAMAGED);
	assert_null(t);
	fputs("not an index, but long enough to hold the header of one, byte after byte after "
	      "byte after byte after byte",
		f);
	fclose(f);
	assert_int_equal(termbase_open(&t, &c, path), STATUS_DAMAGED);
	assert_non_null(strstr(c.message, "not a term index"));
	remove(path);
	assert_int_equal(termbase_open(&t, &c, path), STATUS_NOT_FOUND);
}

/* --- failing memory --- */

typedef struct failing {
	long left; /* allocations that still succeed; negative: all do */
	long live;
} failing;

static void *
failing_alloc(void *user, size_t bytes)
{
	failing *f = user;

	if (f->left == 0)
		return NULL;
	f->left -= f->left > 0;
	f->live++;
	return malloc(bytes);
}

static void
failing_free(void *user, void *p)
{
	failing *f = user;

	f->live--;
	free(p);
}

static status
match_with(const memory *m)
{
	context c;
	termbase *t;
	words w;
	tokens k;
	term_matches found;
	slice text = SLICE("Les États Membres et la MANUA");

	context_init(&c, m);
	TRY(termbase_open(&t, &c, NULL));
	status s = termbase_add(t, &c, "sample", slice_of(sample));
	if (s == STATUS_OK)
		s = words_init(&w, m);
	if (s != STATUS_OK) {
		termbase_close(t);
		return s;
	}
	w.extra = termbase_vocabulary(t);
	tokens_init(&k, m);
	term_matches_init(&found, m);
	s = tokens_read(&k, &w, text, (span){ 0, (uint32_t)text.n }, LANGUAGE_FR);
	if (s == STATUS_OK)
		s = termbase_match(&found, t, &w, &k, text, LANGUAGE_FR);
	if (s == STATUS_OK)
		assert_int_equal(found.list.n, 2);
	term_matches_free(&found);
	tokens_free(&k);
	words_free(&w);
	termbase_close(t);
	return s;
}

static void
every_allocation_may_fail(void **state)
{
	failing f = { .left = -1 };
	memory m = { failing_alloc, failing_free, &f };
	long n = 0;

	(void)state;
	assert_int_equal(match_with(&m), STATUS_OK);
	assert_int_equal(f.live, 0);
	for (f.left = 0; match_with(&m) != STATUS_OK; f.left = ++n) {
		assert_true(n < 10000);
		assert_int_equal(f.live, 0);
	}
	assert_true(n > 10);
}

/* --- the glossaries that ship --- */

static termbase *
open_built_in(context *c)
{
	const char *folder = getenv("PARAPH_DATA");
	char path[4096];
	termbase *t;

	context_init(c, &memory_libc);
	snprintf(path, sizeof(path), "%s/terms.index", folder == NULL ? "build/data" : folder);
	if (termbase_open(&t, c, path) != STATUS_OK) {
		print_message("skipped: %s\n", c->message);
		skip();
	}
	return t;
}

static void
the_letter_shows_its_terms(void **state)
{
	static const char *const expected[] = { "isil-daesh", "unrcca", "unama" };
	const char *shared = getenv("PARAPH_SHARED");
	char path[4096];
	context c;
	file f;

	(void)state;
	context_init(&c, &memory_libc);
	snprintf(path, sizeof(path), "%s/corpora/letter/S_2018_7_fr.txt",
		shared == NULL ? "../shared" : shared);
	if (file_open(&f, &c, path) != STATUS_OK) {
		print_message("skipped: the corpora are not here\n");
		skip();
	}
	bench b = { .termbase = open_built_in(&b.context) };
	assert_int_equal(words_init(&b.words, &memory_libc), STATUS_OK);
	b.words.extra = termbase_vocabulary(b.termbase);
	tokens_init(&b.tokens, &memory_libc);
	term_matches_init(&b.found, &memory_libc);
	char *text = calloc(f.bytes.n + 1, 1);
	memcpy(text, f.bytes.p, f.bytes.n);
	match(&b, LANGUAGE_FR, text);
	for (size_t i = 0; i < 3; i++) {
		bool met = false;
		for (size_t k = 0; k < b.found.list.n; k++)
			met = met ||
			      slice_equal(
				      termbase_concept(b.termbase, b.found.list.at[k].term).id,
				      slice_of(expected[i]));
		if (!met)
			fail_msg("%s not found", expected[i]);
	}
	free(text);
	file_close(&f, c.memory);
	term_matches_free(&b.found);
	tokens_free(&b.tokens);
	words_free(&b.words);
	termbase_close(b.termbase);
}

/* Every term of the shipped glossaries is found, as itself, in a sentence made of it. */
static void
every_shipped_term_matches_itself(void **state)
{
	bench b = { .termbase = open_built_in(&b.context) };
	const term_index *x = &b.termbase->indexes[0];

	(void)state;
	assert_int_equal(words_init(&b.words, &memory_libc), STATUS_OK);
	b.words.extra = termbase_vocabulary(b.termbase);
	tokens_init(&b.tokens, &memory_libc);
	term_matches_init(&b.found, &memory_libc);
	assert_true(x->concept_count > 800);
	for (uint32_t i = 0; i < x->term_count; i++) {
		slice t = index_string(x, x->terms[i].text);
		char text[4096];
		if (x->terms[i].flags & TERM_WORD)
			continue;
		snprintf(text, sizeof(text), "%.*s", SLICE_ARG(t));
		if (match(&b, (language)x->terms[i].language, text) != 1)
			fail_msg("%zu terms in: %s", b.found.list.n, text);
		term_match m = b.found.list.at[0];
		slice got = termbase_term(b.termbase, m.term).text;
		if (m.differences != 0 || !slice_equal(got, t))
			fail_msg("%s is taken for %.*s", text, SLICE_ARG(got));
	}
	term_matches_free(&b.found);
	tokens_free(&b.tokens);
	words_free(&b.words);
	termbase_close(b.termbase);
}

/* --- the filter before the trie --- */

static uint32_t
next_key(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 32) | 16;
}

static void
the_filter_forgets_nothing_and_invents_little(void **state)
{
	enum { PAIRS = 50000 };
	filter_builder b = { .memory = &memory_libc };
	filter_bits pairs, deep;
	arena from;
	uint64_t seed = 1;
	size_t wrong = 0;

	(void)state;
	arena_init(&from, &memory_libc);
	for (size_t i = 0; i < PAIRS; i++) {
		uint32_t keys[2] = { next_key(&seed), next_key(&seed) };
		assert_int_equal(filter_add(&b, keys, 2, false), STATUS_OK);
	}
	assert_int_equal(filter_make(&b, FILTER_PAIRS, &from, &pairs), STATUS_OK);
	assert_int_equal(filter_make(&b, FILTER_DEEP, &from, &deep), STATUS_OK);
	seed = 1;
	for (size_t i = 0; i < 2 * PAIRS; i++) {
		uint64_t chain = filter_chain(0, next_key(&seed));
		chain = filter_chain(chain, next_key(&seed));
		bool has = filter_has(pairs, chain) && filter_has(deep, filter_whole(chain));
		if (i < PAIRS)
			assert_true(has);
		else
			wrong += filter_has(pairs, chain);
	}
	assert_true(wrong < PAIRS / 12);
	filter_free(&b);
	arena_free(&from);
}

/* Of words alone those in small letters are told from the others. */
static void
the_filter_tells_names_from_words(void **state)
{
	enum { WORDS = 2000 };
	filter_builder b = { .memory = &memory_libc };
	filter_bits alone;
	arena from;
	uint64_t seed = 1;
	size_t wrong = 0;

	(void)state;
	arena_init(&from, &memory_libc);
	for (size_t i = 0; i < WORDS; i++) {
		uint32_t key = next_key(&seed);
		assert_int_equal(filter_add(&b, &key, 1, i % 2 == 0), STATUS_OK);
	}
	assert_int_equal(filter_make(&b, FILTER_ALONE, &from, &alone), STATUS_OK);
	seed = 1;
	for (size_t i = 0; i < WORDS; i++) {
		uint64_t chain = filter_chain(0, next_key(&seed));
		assert_true(filter_has(alone, filter_alone(chain, false)));
		if (i % 2 != 0)
			assert_true(filter_has(alone, filter_alone(chain, true)));
		else
			wrong += filter_has(alone, filter_alone(chain, true));
	}
	assert_true(wrong < WORDS / 2 / 6);
	filter_free(&b);
	arena_free(&from);
}

/* Joined from pieces that filters treat in different ways, long enough for several windows. */
static void
make_text(char *out, size_t size, uint64_t seed)
{
	static const char *const pieces[] = { "États", "Membres", "Timor", "-", "Leste",
		"Timor-Leste", "EIIL", "(", "Daech", ")", "l’", "Afghanistan", "Comité", "créé",
		"par", "la", "résolution", "1267", "(1999)", "COVID-19", "COVID", "19", "1er",
		"droits", "économiques,", "sociaux", "et", "culturels", "Pacte", "relatif",
		"aux", "Siège", ".", "A/RES/70/1", "sous-comité", "spécial", "courriel" };
	size_t n = 0;

	while (n + 64 < size) {
		uint32_t some = next_key(&seed) >> 8;
		/* Often the piece that follows, so that whole terms come. */
		uint32_t from = some % (sizeof(pieces) / sizeof(*pieces));
		for (uint32_t k = 0; k <= some / 64 % 7 && n + 64 < size; k++)
			n += (size_t)snprintf(out + n, size - n, "%s%s",
				pieces[(from + k) % (sizeof(pieces) / sizeof(*pieces))],
				some / 4096 % 5 == 0 ? "" : " ");
	}
}

static void
the_filter_changes_no_match(void **state)
{
	static const uint64_t all[16] = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
		UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
		UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX };
	static const char more[] =
		"fr\tfr_admitted\n"
		"COVID-19\tCOVID 19 A\nsous comité spécial\t\nla résolution 1267\t\n"
		"1er Comité\tA/RES/70/1 culturels\n19 droits\tEIIL - Daech l’Afghanistan\n";
	bench *b = bench_open(sample);
	char text[20000];
	size_t met = 0;

	(void)state;
	assert_int_equal(
		termbase_add(b->termbase, &b->context, "more.tsv", slice_of(more)), STATUS_OK);
	for (uint64_t seed = 1; seed <= 40; seed++) {
		term_index kept[2];
		make_text(text, sizeof(text), seed);
		size_t n = match(b, LANGUAGE_FR, text);
		term_match *list = calloc(n + 1, sizeof(*list));
		if (n != 0)
			memcpy(list, b->found.list.at, n * sizeof(*list));
		memcpy(kept, b->termbase->indexes, sizeof(kept));
		for (int k = 0; k < 2; k++)
			for (int f = 0; f < FILTERS; f++)
				b->termbase->indexes[k].runs[f] = (filter_bits){ all, 15 };
		assert_int_equal(match(b, LANGUAGE_FR, text), n);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(list[i].first, b->found.list.at[i].first);
			assert_int_equal(list[i].last, b->found.list.at[i].last);
			assert_int_equal(list[i].term.term, b->found.list.at[i].term.term);
		}
		memcpy(b->termbase->indexes, kept, sizeof(kept));
		free(list);
		met += n;
	}
	assert_true(met > 1000);
	bench_close(b);
}

/* The same matches with what is known as without it. Returns how many. */
static size_t
assert_known_same(bench *b, term_known *known, language l, const char *text)
{
	b->found.known = NULL;
	size_t n = match(b, l, text);
	term_match *list = calloc(n + 1, sizeof(*list));

	if (n != 0)
		memcpy(list, b->found.list.at, n * sizeof(*list));
	b->found.known = known;
	assert_int_equal(match(b, l, text), n);
	for (size_t i = 0; i < n; i++) {
		const term_match *m = &b->found.list.at[i];
		assert_int_equal(list[i].first, m->first);
		assert_int_equal(list[i].last, m->last);
		assert_int_equal(list[i].text.end, m->text.end);
		assert_int_equal(list[i].term.index, m->term.index);
		assert_int_equal(list[i].term.term, m->term.term);
		assert_int_equal(list[i].differences, m->differences);
	}
	free(list);
	return n;
}

/* The shipped terms are far more than there is room for; each comes in small letters, too, in
 * both languages, and again behind others. */
static void
what_is_known_changes_no_match(void **state)
{
	bench b = { .termbase = open_built_in(&b.context) };
	const term_index *x = &b.termbase->indexes[0];
	term_known *known = calloc(TERMS_KNOWN, sizeof(*known));
	char text[20000];
	size_t met = 0;

	(void)state;
	assert_int_equal(words_init(&b.words, &memory_libc), STATUS_OK);
	b.words.extra = termbase_vocabulary(b.termbase);
	tokens_init(&b.tokens, &memory_libc);
	term_matches_init(&b.found, &memory_libc);
	for (uint32_t i = 0; i < 2 * x->term_count; i++) {
		slice t = index_string(x, x->terms[i / 2].text);
		slice again = index_string(x, x->terms[i / 16].text);
		int n = snprintf(
			text, sizeof(text), "%.*s. %.*s", SLICE_ARG(t), SLICE_ARG(again));
		for (int k = 0; i % 2 == 1 && k < n; k++)
			text[k] |= text[k] >= 'A' && text[k] <= 'Z' ? 0x20 : 0;
		met += assert_known_same(&b, known, LANGUAGE_FR, text);
		met += assert_known_same(&b, known, LANGUAGE_EN, text);
	}
	for (uint64_t seed = 1; seed <= 20; seed++) {
		make_text(text, sizeof(text), seed);
		met += assert_known_same(&b, known, LANGUAGE_FR, text);
	}
	assert_true(met > 4 * TERMS_KNOWN);
	free(known);
	term_matches_free(&b.found);
	tokens_free(&b.tokens);
	words_free(&b.words);
	termbase_close(b.termbase);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stems_join_inflected_forms),
		cmocka_unit_test(stems_stay_inside_the_word),
		cmocka_unit_test(one_term_in_many_spellings),
		cmocka_unit_test(the_nearest_spelling_wins),
		cmocka_unit_test(brackets_may_be_left_out),
		cmocka_unit_test(what_is_not_a_term),
		cmocka_unit_test(matches_never_overlap),
		cmocka_unit_test(concepts_are_told),
		cmocka_unit_test(words_of_accepted_terms_are_known),
		cmocka_unit_test(a_later_glossary_wins),
		cmocka_unit_test(malformed_rows_are_refused_with_their_place),
		cmocka_unit_test(two_concepts_of_one_id_are_refused),
		cmocka_unit_test(terms_that_cannot_match_are_refused),
		cmocka_unit_test(the_same_glossary_gives_the_same_bytes),
		cmocka_unit_test(a_damaged_index_is_refused),
		cmocka_unit_test(wrong_numbers_do_no_harm),
		cmocka_unit_test(a_name_without_words_is_none),
		cmocka_unit_test(a_text_is_cut_as_far_as_names_reach),
		cmocka_unit_test(files_that_are_no_index_are_refused),
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(the_letter_shows_its_terms),
		cmocka_unit_test(every_shipped_term_matches_itself),
		cmocka_unit_test(the_filter_forgets_nothing_and_invents_little),
		cmocka_unit_test(the_filter_tells_names_from_words),
		cmocka_unit_test(the_filter_changes_no_match),
		cmocka_unit_test(what_is_known_changes_no_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
