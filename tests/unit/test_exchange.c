/* Tables of terms in and out, and the import of files into a store: what people call columns,
 * how spreadsheets cut cells, what comes back from a round trip, and that an import is whole.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "termbase/columns.h"
#include "termbase/import.h"
#include "tests/unit/faults.h"

#define PATH_SIZE 64

typedef struct bench {
	context context;
	buffer said; /* concepts as lines of facts, what is refused, what columns are taken for
		      */
	buffer out;
	exchange_output output;
	const exchange *format; /* that take writes in */
	bool survey;
	char folder[32], path[PATH_SIZE], file[PATH_SIZE];
} bench;

static bench *
bench_open(void)
{
	bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	context_init(&b->context, &memory_libc);
	buffer_init(&b->said, &memory_libc, 1 << 24);
	buffer_init(&b->out, &memory_libc, 1 << 24);
	b->output = (exchange_output){ .context = &b->context, .bytes = &b->out };
	strcpy(b->folder, "/tmp/paraph-exchange-XXXXXX");
	assert_non_null(mkdtemp(b->folder));
	snprintf(b->path, sizeof(b->path), "%s/t.db", b->folder);
	snprintf(b->file, sizeof(b->file), "%s/in.csv", b->folder);
	return b;
}

static void
bench_close(bench *b)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char path[PATH_SIZE + 8];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", b->path, endings[i]);
		unlink(path);
	}
	unlink(b->file);
	rmdir(b->folder);
	buffer_free(&b->said);
	buffer_free(&b->out);
	free(b);
}

static const char *
text_of(buffer *b)
{
	buffer_put_char(b, '\0');
	b->n--;
	return b->p;
}

/* "id: en=… fr=… fr(acronym)=…": enough to see where a cell went. */
static status
take(void *user, const entry *e, exchange_place at)
{
	bench *b = user;

	(void)at;
	if (b->format != NULL)
		return b->survey ? b->format->survey(&b->output, e)
				 : b->format->write(&b->output, e);
	buffer_printf(&b->said, "%.*s:", SLICE_ARG(e->id));
	for (uint32_t i = 0; i < e->terms.n; i++) {
		slice tag = e->sections.at[e->terms.at[i].section].language;
		slice article = entry_value(e, OWNER_TERM(i), "x-article");
		buffer_printf(&b->said, " %.*s%s%s=%.*s%s%.*s", SLICE_ARG(tag),
			entry_term_flags(e, i) & TERM_ACRONYM ? "(acronym)" : "",
			entry_term_status(e, i) == TERM_DEPRECATED ? "(deprecated)" : "",
			SLICE_ARG(e->terms.at[i].text), article.n == 0 ? "" : "/",
			SLICE_ARG(article));
	}
	slice note = entry_value(e, OWNER_CONCEPT, "note");
	buffer_printf(&b->said, "%s%.*s\n", note.n == 0 ? "" : " note=", SLICE_ARG(note));
	return b->said.status;
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	bench *b = user;

	buffer_printf(&b->said, "%u:%u! %s\n", at.line, at.column, why);
	return b->said.status;
}

static void
mapped(void *user, slice column, const char *taken_for)
{
	bench *b = user;

	buffer_printf(
		&b->said, "[%.*s=%s]", SLICE_ARG(column), taken_for == NULL ? "" : taken_for);
}

static status
read_table(bench *b, const char *format, slice bytes, const char *columns)
{
	exchange_sink sink = { .user = b, .take = take, .refuse = refuse };
	stream s;
	exchange_input in = { .context = &b->context,
		.stream = &s,
		.sink = &sink,
		.columns = columns,
		.mapped = mapped };

	stream_of_bytes(&s, &b->context, "t.csv", bytes);
	status done = exchange_named(slice_of(format))->read(&in);
	stream_close(&s);
	return done;
}

static void
assert_read(const char *bytes, const char *columns, const char *expected)
{
	bench *b = bench_open();

	assert_int_equal(read_table(b, "csv", slice_of(bytes), columns), STATUS_OK);
	assert_string_equal(text_of(&b->said), expected);
	bench_close(b);
}

static void
columns_are_recognised(void **state)
{
	(void)state;
	assert_read("Terme français;Sigle (FR);English term;EN acronym;Remarques;Statut\r\n"
		    "Mission d’appui;MA;Support Mission;SM;courte;x\r\n",
		NULL,
		"[Terme français=fr][Sigle (FR)=fr_acronym][English term=en]"
		"[EN acronym=en_acronym][Remarques=note][Statut=]"
		"Mission d’appui: fr=Mission d’appui fr(acronym)=MA en=Support Mission "
		"en(acronym)=SM note=courte\n");
	/* Two letters may be a language, "id" is none here, a second one is passed over. */
	assert_read("id,fr,en,French\n7,a,b,c\n", NULL,
		"[id=concept][fr=fr][en=en][French=]7: fr=a en=b\n");
	/* What paraph writes itself. */
	assert_read("concept,fr,fr_deprecated,fr-CA\nx,a,?b; c,d\n", NULL,
		"[concept=concept][fr=fr][fr_deprecated=fr_deprecated][fr-CA=fr-CA]"
		"x: fr=a fr(deprecated)=b fr(deprecated)=c fr-CA=d\n");
	assert_read("en\tfr\tform\nAfghanistan\tAfghanistan (l')\tshort\nOman\tOman\tshort\n"
		    "Haut (le) bas\tHaut (le) bas\t\nSudan (the)\tLe Cap\t\n"
		    "the Kingdom of Morocco\tle Royaume du Maroc\t\nThe Hague\tla paix\t\n",
		NULL,
		"[en=en][fr=fr][form=]Afghanistan: en=Afghanistan fr=Afghanistan/l’\n"
		"Oman: en=Oman fr=Oman\nHaut (le) bas: en=Haut (le) bas fr=Haut (le) bas\n"
		"Sudan: en=Sudan/the fr=Le Cap\n"
		"Kingdom of Morocco: en=Kingdom of Morocco/the fr=Royaume du Maroc/le\n"
		"The Hague: en=The Hague fr=la paix\n");
}

static void
columns_are_named_by_hand(void **state)
{
	(void)state;
	assert_read("un,deux,trois\nx,y,z\n", "A=fr,C=en",
		"[A=fr][B=][C=en]"
		"un: fr=un en=trois\nx: fr=x en=z\n");
	assert_read("source;target\nlaw;loi\n", "source=en,TARGET=fr",
		"[source=en][target=fr]law: en=law fr=loi\n");
	assert_read("fr,en,Titre\nx,y,z\n", "Titre=note,2=-",
		"[fr=fr][en=][Titre=note]x: fr=x note=z\n");
}

static void
cells_are_cut_as_spreadsheets_do(void **state)
{
	(void)state;
	assert_read("\xEF\xBB\xBF"
		    "fr,en,note\n\"a, b\",\"say \"\"x\"\"\",\"two\r\nlines\"\n",
		NULL, "[fr=fr][en=en][note=note]a, b: fr=a, b en=say \"x\" note=two lines\n");
	/* Cells left out and added at the end, empty rows. */
	assert_read("fr,en,note\na\n,,\n\nb,c,,,\n", NULL,
		"[fr=fr][en=en][note=note]a: fr=a\nb: fr=b en=c\n");
	/* More that says something is a fault, on its line and column. */
	assert_read("fr,en\né,x,oops\nb,c\n", NULL,
		"[fr=fr][en=en]2:5! more cells than columns: \"oops\"\nb: fr=b en=c\n");
	/* Quotation marks that do not enclose the cell belong to it. */
	assert_read("fr,en\n\"a\" et \"b\",\"a\" and \"b\"\n\"c\" ,d\n", NULL,
		"[fr=fr][en=en]\"a\" et \"b\": fr=\"a\" et \"b\" en=\"a\" and \"b\"\n"
		"c: fr=c en=d\n");
	/* Separators inside quotation marks do not count when it is guessed. */
	assert_read("fr;\"en\"\n\"a,b,c\";d\n", NULL, "[fr=fr][en=en]a,b,c: fr=a,b,c en=d\n");
}

static void
faults_are_told(void **state)
{
	bench *b = bench_open();

	(void)state;
	assert_read("fr,en\na\xFF,b\nc,d\n", NULL,
		"[fr=fr][en=en]2:1! not UTF-8 text\nc: fr=c en=d\n");
	assert_int_equal(read_table(b, "csv", SLICE("a,b\nc,d\n"), NULL), STATUS_FORMAT);
	assert_non_null(strstr(b->context.message, "no column of terms"));
	assert_int_equal(
		read_table(b, "csv", SLICE("fr,en\na,\"b\nc,d\n"), NULL), STATUS_FORMAT);
	assert_string_equal(
		b->context.message, "t.csv:2:3: a quotation mark that is never closed");
	assert_int_equal(read_table(b, "csv", SLICE(""), NULL), STATUS_FORMAT);
	assert_non_null(strstr(b->context.message, "empty"));
	assert_int_equal(read_table(b, "csv", SLICE("fr,en\n"), "Z=note"), STATUS_FORMAT);
	assert_non_null(strstr(b->context.message, "\"Z\""));
	assert_int_equal(read_table(b, "csv", SLICE("fr,en\n"), "A=colour"), STATUS_FORMAT);
	assert_non_null(strstr(b->context.message, "\"colour\""));
	bench_close(b);
}

/* --- round trips --- */

static const char rows[] =
	"concept\tsubject\tarticle\tgender\tstatus\tsource\tnote\tretired\ten\ten_acronym\tfr\t"
	"fr_acronym\tfr_admitted\tfr_deprecated\tfr_definition\tfr_context\n"
	"unama\tmission\tla\tf\tverified\tS/2018/7\tA, \"note\"; two\t\tUN Mission\tUNAMA\t"
	"Mission des Nations Unies\tMANUA\t=mission; la mission\t?Mission d’aide; ^ancienne\t"
	"Une mission\tLe mandat de la MANUA\n"
	"two\t\tles\tm pl\tpartial\t\t\t\tcadre\t\tcadres\t\t\t\t\t\n"
	"gone\t\t\t\tverified\t\t\tyes\t\t\t\t\t\t\t\t\n";

/* From one format through the writer of another. */
static void
convert(bench *b, const char *from, slice bytes, const char *to)
{
	b->format = exchange_named(slice_of(to));
	b->output = (exchange_output){ .context = &b->context, .bytes = &b->out };
	buffer_clear(&b->out);
	b->survey = true;
	if (b->format->survey != NULL)
		assert_int_equal(read_table(b, from, bytes, NULL), STATUS_OK);
	b->survey = false;
	assert_int_equal(b->format->begin(&b->output), STATUS_OK);
	assert_int_equal(read_table(b, from, bytes, NULL), STATUS_OK);
	assert_int_equal(b->format->end(&b->output), STATUS_OK);
}

static void
tables_come_back_whole(void **state)
{
	bench *b = bench_open();
	slice first;

	(void)state;
	convert(b, "tsv", slice_of(rows), "tsv");
	assert_int_equal(b->output.left_out, 0);
	assert_string_equal(text_of(&b->out),
		"concept\tsubject\tgender\tarticle\tstatus\tretired\tsource\tnote\ten\t"
		"en_acronym\tfr\tfr_acronym\tfr_admitted\tfr_deprecated\tfr_definition\t"
		"fr_context\n"
		"unama\tmission\tf\tla\tverified\t\tS/2018/7\tA, \"note\"; two\tUN Mission\t"
		"UNAMA\tMission des Nations Unies\tMANUA\t=mission; la mission\t"
		"?Mission d’aide; ^ancienne\tUne mission\tLe mandat de la MANUA\n"
		"two\t\tm pl\tles\tpartial\t\t\t\tcadre\t\tcadres\t\t\t\t\t\n"
		"gone\t\t\t\tverified\tyes\t\t\t\t\t\t\t\t\t\t\n");
	first = (slice){ strdup(b->out.p), b->out.n };
	convert(b, "tsv", first, "csv");
	char *csv = strdup(text_of(&b->out));
	assert_non_null(strstr(csv, ",\"A, \"\"note\"\"; two\","));
	convert(b, "csv", slice_of(csv), "tbx");
	char *tbx = strdup(text_of(&b->out));
	convert(b, "tbx", slice_of(tbx), "tsv");
	assert_string_equal(text_of(&b->out), first.p);
	assert_int_equal(b->output.left_out, 0);
	free(tbx);
	free(csv);
	free((char *)(uintptr_t)first.p);
	bench_close(b);
}

/* What has no column is counted, and what stays is right. */
static void
left_out_is_counted(void **state)
{
	static const char tbx[] =
		"<tbx type='TBX-Basic' style='dca' "
		"xmlns='urn:iso:std:iso:30042:ed-2'><text><body>"
		"<conceptEntry id='#1'><langSec xml:lang='en'><termSec><term>a\tb</term>"
		"<termNote type='partOfSpeech'>noun</termNote></termSec>"
		"<termSec><term>second</term><termNote "
		"type='partOfSpeech'>noun</termNote></termSec>"
		"<termSec><term>x; y</term><termNote type='administrativeStatus'>"
		"admittedTerm-admn-sts</termNote></termSec></langSec></conceptEntry>"
		"</body></text></tbx>";
	bench *b = bench_open();

	(void)state;
	convert(b, "tbx", slice_of(tbx), "tsv");
	/* The second preferred name, its part of speech, the name with a semicolon. */
	assert_int_equal(b->output.left_out, 3);
	assert_string_equal(text_of(&b->out), "concept\ten\ten_admitted\ten_pos\n"
					      " #1\ta b\tsecond\tnoun\n");
	bench_close(b);
}

static void
omegat_gets_pairs(void **state)
{
	bench *b = bench_open();

	(void)state;
	convert(b, "tsv", slice_of(rows), "omegat");
	assert_string_equal(text_of(&b->out),
		"# en\tfr\n"
		"UN Mission\tMission des Nations Unies, mission, la mission\tUne mission\n"
		"UNAMA\tMANUA\tUne mission\ncadre\tcadres\t\n");
	bench_close(b);
}

/* --- imports --- */

static void
write_file(const bench *b, const char *text)
{
	FILE *f = fopen(b->file, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
}

static status
skipped(void *user, exchange_place at, const char *why)
{
	return refuse(user, at, why);
}

static status
import_text(bench *b, const char *text, import_counts *counts)
{
	static const store_change by = { "me", "2020-01-01T00:00:00Z", "import" };
	import_options o = { .by = &by, .user = b, .skipped = skipped };
	store *s;

	write_file(b, text);
	buffer_clear(&b->said);
	assert_int_equal(store_open(&s, &b->context, b->path, STORE_WRITE), STATUS_OK);
	status done = import_file(s, &b->context, b->file, &o, counts);
	store_close(s);
	return done;
}

static void
assert_counts(
	const import_counts *c, uint64_t added, uint64_t changed, uint64_t same, uint64_t left)
{
	assert_int_equal(c->added, added);
	assert_int_equal(c->changed, changed);
	assert_int_equal(c->same, same);
	assert_int_equal(c->skipped, left);
}

static void
imports_know_what_is_there(void **state)
{
	static const char homographs[] = "en,fr\nAct,Loi\nAct,acte\nAct,Loi\n";
	bench *b = bench_open();
	import_counts n;

	(void)state;
	assert_int_equal(import_text(b, homographs, &n), STATUS_OK);
	assert_counts(&n, 2, 0, 0, 1);
	assert_string_equal(
		text_of(&b->said), "4:1! the names are those of the concept \"Act\"\n");
	assert_int_equal(import_text(b, homographs, &n), STATUS_OK);
	assert_counts(&n, 0, 0, 2, 1);
	assert_int_equal(
		import_text(b, "concept,en,fr\nAct,Act,Loi de 2020\nlaw,Act,acte\n", &n),
		STATUS_OK);
	assert_counts(&n, 0, 1, 0, 1);
	assert_string_equal(
		text_of(&b->said), "3:1! the names are those of the concept \"Act (2)\"\n");
	assert_int_equal(import_text(b, "id,en,fr\na,x,y\na,z,w\n", &n), STATUS_OK);
	assert_counts(&n, 1, 0, 0, 1);
	assert_string_equal(
		text_of(&b->said), "3:1! the id \"a\" was given before in this file\n");
	bench_close(b);
}

static uint64_t
concepts_in(bench *b)
{
	store *s;
	store_counts n;

	assert_int_equal(store_open(&s, &b->context, b->path, STORE_READ), STATUS_OK);
	assert_int_equal(store_count(s, &n), STATUS_OK);
	store_close(s);
	return n.concepts;
}

/* A file that ends in the middle leaves the store as it was. */
static void
imports_are_whole_or_nothing(void **state)
{
	bench *b = bench_open();
	import_counts n;

	(void)state;
	assert_int_equal(import_text(b, "en,fr\na,b\n", &n), STATUS_OK);
	strcpy(b->file + strlen(b->file) - 3, "tbx");
	assert_int_equal(import_text(b,
				 "<tbx type='TBX-Basic' style='dca' "
				 "xmlns='urn:iso:std:iso:30042:ed-2'><text><body>"
				 "<conceptEntry id='c'><langSec xml:lang='en'><termSec>"
				 "<term>t</term></termSec></langSec></conceptEntry><conc",
				 &n),
		STATUS_FORMAT);
	assert_int_equal(concepts_in(b), 1);
	unlink(b->file);
	strcpy(b->file + strlen(b->file) - 3, "csv");
	bench_close(b);
}

static status
die(void *user, uint64_t bytes, uint64_t of, uint64_t concepts)
{
	(void)user;
	(void)bytes;
	(void)of;
	if (concepts >= 3000)
		raise(SIGKILL);
	return STATUS_OK;
}

static void
import_and_die(bench *b, uint64_t part)
{
	import_options o = { .progress = die, .part = part };
	import_counts n;
	store *s;

	if (store_open(&s, &b->context, b->path, STORE_WRITE) == STATUS_OK)
		(void)!import_file(s, &b->context, b->file, &o, &n);
	_exit(1);
}

/* Five thousand concepts over one that is there, killed at the three thousandth; what the store
 * holds then is asked for, and the import is run again. */
static void
kill_import(uint64_t part, uint64_t left, import_counts *n)
{
	bench *b = bench_open();
	buffer text;
	int how;

	assert_int_equal(import_text(b, "en,fr\na,b\n", n), STATUS_OK);
	buffer_init(&text, &memory_libc, 1 << 24);
	buffer_put(&text, SLICE("en,fr\n"));
	for (int i = 0; i < 5000; i++)
		buffer_printf(&text, "term %d,terme %d\n", i, i);
	write_file(b, text_of(&text));
	pid_t child = fork();
	if (child == 0)
		import_and_die(b, part);
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
	assert_int_equal(concepts_in(b), left);
	assert_int_equal(import_text(b, text_of(&text), n), STATUS_OK);
	assert_int_equal(concepts_in(b), 5001);
	buffer_free(&text);
	bench_close(b);
}

static void
a_killed_import_leaves_nothing(void **state)
{
	import_counts n;

	(void)state;
	kill_import(0, 1, &n);
	assert_counts(&n, 5000, 0, 0, 0);
}

static void
a_killed_import_in_parts_goes_on(void **state)
{
	import_counts n;

	(void)state;
	/* A part is kept when the first concept after it is read. */
	kill_import(700, 1 + 2799, &n);
	assert_counts(&n, 5000 - 2799, 0, 2799, 0);
}

/* --- memory --- */

static status
import_and_export(bench *b, faults *f)
{
	memory m = { faulty_alloc, faulty_free, f };
	context c;
	import_options o = { .user = b };
	import_counts n;
	exchange_output out = { .context = &c };
	buffer bytes;
	store *s;

	context_init(&c, &m);
	TRY(store_open(&s, &c, ":memory:", STORE_NEW));
	status done = import_file(s, &c, b->file, &o, &n);
	store_close(s);
	if (done != STATUS_OK)
		return done;
	buffer_init(&bytes, &m, 1 << 20);
	out.bytes = &bytes;
	entry e;
	entry_init(&e, &m);
	uint32_t section, term;
	done = entry_set_id(&e, SLICE("x"));
	if (done == STATUS_OK)
		done = entry_section_of(&e, SLICE("fr"), &section);
	if (done == STATUS_OK)
		done = entry_add_term(&e, section, SLICE("terme"), &term);
	if (done == STATUS_OK)
		done = entry_close(&e);
	if (done == STATUS_OK)
		done = table_survey(&out, &e);
	if (done == STATUS_OK)
		done = table_begin(&out, ',');
	if (done == STATUS_OK)
		done = table_write(&out, ',', &e);
	entry_free(&e);
	buffer_free(&bytes);
	return done;
}

static void
every_allocation_may_fail(void **state)
{
	bench *b = bench_open();

	(void)state;
	write_file(b, "en,fr,note\nAct,Loi,\"x\ny\"\nAct,acte,\nAct,Loi,\n");
	for (int for_good = 0; for_good < 2; for_good++)
		for (long n = 0;; n++) {
			faults f = { .left = n, .for_good = for_good != 0 };
			status done = import_and_export(b, &f);
			if (f.live != 0)
				fail_msg("allocation %ld (%d): %ld leak", n, for_good, f.live);
			if (!f.failed) {
				assert_int_equal(done, STATUS_OK);
				assert_true(n > 20);
				break;
			}
			assert_int_equal(done, STATUS_MEMORY);
		}
	bench_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_recognised),
		cmocka_unit_test(columns_are_named_by_hand),
		cmocka_unit_test(cells_are_cut_as_spreadsheets_do),
		cmocka_unit_test(faults_are_told),
		cmocka_unit_test(tables_come_back_whole),
		cmocka_unit_test(left_out_is_counted),
		cmocka_unit_test(omegat_gets_pairs),
		cmocka_unit_test(imports_know_what_is_there),
		cmocka_unit_test(imports_are_whole_or_nothing),
		cmocka_unit_test(a_killed_import_leaves_nothing),
		cmocka_unit_test(a_killed_import_in_parts_goes_on),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
