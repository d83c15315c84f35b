/* The store of a termbase and its search, on both engines: what is written comes back, what is
 * not committed does not, and terms are found by what people remember of them. */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "termbase/exchange.h"
#include "termbase/search.h"
#include "tests/unit/shared.h"

#define PATH_SIZE 600

typedef struct bench {
	context context;
	char folder[32], path[PATH_SIZE];
	store *store;
	entry entry;
} bench;

static bench *
bench_open(void)
{
	bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	context_init(&b->context, &memory_libc);
	entry_init(&b->entry, &memory_libc);
	strcpy(b->folder, "/tmp/paraph-store-XXXXXX");
	assert_non_null(mkdtemp(b->folder));
	if (shared_is_tested())
		shared_make_store(b->path, sizeof(b->path));
	else
		snprintf(b->path, sizeof(b->path), "%s/t.sqlite", b->folder);
	assert_int_equal(store_open(&b->store, &b->context, b->path, STORE_WRITE), STATUS_OK);
	return b;
}

static void
bench_close(bench *b)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char path[PATH_SIZE + 8];

	store_close(b->store);
	entry_free(&b->entry);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", b->path, endings[i]);
		unlink(path);
	}
	rmdir(b->folder);
	free(b);
}

static const char rows[] =
	"concept\tsubject\ten\ten_acronym\tfr\tfr_acronym\tfr_deprecated\tgender\tarticle\t"
	"status\tsource\tnote\n"
	"unama\tmission\tUnited Nations Assistance Mission in Afghanistan\tUNAMA\t"
	"Mission d’assistance des Nations Unies en Afghanistan\tMANUA\t"
	"?Mission d’aide des Nations Unies\tf\tla\tverified\tS/2018/7\tA note.\n"
	"council\tbody\tSecurity Council\t\tConseil de sécurité\t\t\tm\tle\tpartial\t"
	"Charter\t\n"
	"staff\tterm\tcadre\t\tcadre\t\t\tm\tle\tverified\town\t\n";

static status
take(void *user, const entry *e, exchange_place at)
{
	static const store_change by = { "me", "2018-01-02T03:04:05Z", "import" };
	bench *b = user;

	(void)at;
	return store_put(b->store, e, &by);
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	bench *b = user;

	return exchange_refuse(&b->context, "rows", at, why);
}

static void
import(bench *b, const char *text)
{
	exchange_sink sink = { .user = b, .take = take, .refuse = refuse };
	stream s;
	exchange_input in = { .context = &b->context, .stream = &s, .sink = &sink };

	stream_of_bytes(&s, &b->context, "rows", slice_of(text));
	assert_int_equal(store_begin(b->store), STATUS_OK);
	assert_int_equal(exchange_named(SLICE("tsv"))->read(&in), STATUS_OK);
	assert_int_equal(store_commit(b->store), STATUS_OK);
	stream_close(&s);
}

static void
assert_value(bench *b, entry_owner owner, const char *type, const char *expected)
{
	slice value = entry_value(&b->entry, owner, type);

	if (!slice_is(value, expected))
		fail_msg("%s: \"%.*s\", expected \"%s\"", type, SLICE_ARG(value), expected);
}

static void
what_is_written_comes_back(void **state)
{
	bench *b = bench_open();
	bool found;

	(void)state;
	import(b, rows);
	assert_int_equal(store_get(b->store, SLICE("unama"), &b->entry, &found), STATUS_OK);
	assert_true(found);
	assert_int_equal(b->entry.sections.n, 2);
	assert_int_equal(b->entry.terms.n, 5);
	assert_value(b, OWNER_CONCEPT, "subjectField", "mission");
	assert_value(b, OWNER_CONCEPT, "source", "S/2018/7");
	assert_value(b, OWNER_CONCEPT, "note", "A note.");
	assert_int_equal(entry_evidence(&b->entry), EVIDENCE_VERIFIED);
	assert_true(slice_is(b->entry.terms.at[3].text, "MANUA"));
	assert_int_equal(entry_term_flags(&b->entry, 3), TERM_ACRONYM);
	assert_int_equal(entry_term_gender(&b->entry, 2), TERM_FEMININE);
	assert_value(b, OWNER_TERM(2), "x-article", "la");
	assert_int_equal(entry_term_status(&b->entry, 4), TERM_DEPRECATED);
	assert_int_equal(entry_term_flags(&b->entry, 4), TERM_CONTEXT);
	assert_int_equal(store_get(b->store, SLICE("none"), &b->entry, &found), STATUS_OK);
	assert_false(found);
	bench_close(b);
}

static status
gather(void *user, const store_event *e)
{
	buffer *out = user;

	buffer_printf(out, "%.*s %.*s %.*s\n%.*s", SLICE_ARG(e->when), SLICE_ARG(e->who),
		SLICE_ARG(e->action), SLICE_ARG(e->what));
	return out->status;
}

static void
history_says_what_changed(void **state)
{
	static const char changed[] = "concept\ten\tfr\tfr_acronym\tsubject\tstatus\tsource\n"
				      "council\tSecurity Council\tConseil de sécurité\tCS\t"
				      "body\tpartial\tCharter\n";
	static const char expected[] =
		"2018-01-02T03:04:05Z me import\n"
		"- fr \"Conseil de sécurité\" grammaticalGender: masculine\n"
		"- fr \"Conseil de sécurité\" x-article: le\n"
		"+ fr: CS\n"
		"+ fr \"CS\" termType: acronym\n"
		"+ fr \"CS\" administrativeStatus: preferredTerm-admn-sts\n";
	bench *b = bench_open();
	buffer out;

	(void)state;
	buffer_init(&out, &memory_libc, 100000);
	import(b, rows);
	import(b, changed);
	assert_int_equal(store_history(b->store, SLICE("council"), gather, &out), STATUS_OK);
	slice said = buffer_slice(&out);
	if (!slice_ends(said, slice_of(expected)))
		fail_msg("%.*s", SLICE_ARG(said));
	buffer_free(&out);
	bench_close(b);
}

static void
what_is_removed_is_gone(void **state)
{
	bench *b = bench_open();
	search_hit *hits;
	size_t n;
	store_counts counts;
	arena a;
	bool found;

	(void)state;
	arena_init(&a, &memory_libc);
	import(b, rows);
	assert_int_equal(store_remove(b->store, SLICE("unama"), NULL, &found), STATUS_OK);
	assert_true(found);
	assert_int_equal(store_remove(b->store, SLICE("unama"), NULL, &found), STATUS_OK);
	assert_false(found);
	assert_int_equal(store_count(b->store, &counts), STATUS_OK);
	assert_int_equal(counts.concepts, 2);
	assert_int_equal(counts.terms, 4);
	assert_int_equal(
		search_run(b->store, &b->context, &a, SLICE("Afghanistan"), 9, &hits, &n),
		STATUS_OK);
	assert_int_equal(n, 0);
	arena_free(&a);
	bench_close(b);
}

/* Of files alone: readers of a shared store see what others wrote within a second
 * (docs/TERMBASE.md). */
static void
what_is_read_together_is_of_one_moment(void **state)
{
	bench *b;
	store *reader;
	bool found;

	(void)state;
	if (shared_is_tested())
		return;
	b = bench_open();
	import(b, rows);
	assert_int_equal(store_open(&reader, &b->context, b->path, STORE_READ), STATUS_OK);
	store_end_read(reader);
	assert_int_equal(store_begin_read(reader), STATUS_OK);
	assert_int_equal(store_begin_read(reader), STATUS_OK);
	assert_int_equal(store_get(reader, SLICE("council"), &b->entry, &found), STATUS_OK);
	assert_true(found);
	assert_int_equal(store_remove(b->store, SLICE("council"), NULL, &found), STATUS_OK);
	assert_true(found);
	assert_int_equal(store_get(reader, SLICE("council"), &b->entry, &found), STATUS_OK);
	assert_true(found);
	store_end_read(reader);
	assert_int_equal(store_get(reader, SLICE("council"), &b->entry, &found), STATUS_OK);
	assert_false(found);
	store_close(reader);
	bench_close(b);
}

/* The best term for a question. */
static void
assert_found(bench *b, const char *question, const char *best)
{
	search_hit *hits;
	size_t n;
	arena a;

	arena_init(&a, &memory_libc);
	assert_int_equal(
		search_run(b->store, &b->context, &a, slice_of(question), 5, &hits, &n),
		STATUS_OK);
	if (best == NULL && n > 0)
		fail_msg("%s: found %.*s", question, SLICE_ARG(hits[0].text));
	if (best != NULL && (n == 0 || !slice_is(hits[0].text, best)))
		fail_msg("%s: %s%.*s", question, n == 0 ? "nothing" : "",
			n == 0 ? 0 : (int)hits[0].text.n, n == 0 ? "" : hits[0].text.p);
	arena_free(&a);
}

static void
search_forgives(void **state)
{
	static const char mission[] = "Mission d’assistance des Nations Unies en Afghanistan";
	bench *b = bench_open();

	(void)state;
	import(b, rows);
	assert_found(b, mission, mission);
	assert_found(b, "MISSION D'ASSISTANCE DES NATIONS UNIES EN AFGHANISTAN", mission);
	assert_found(b, "manua", "MANUA");
	assert_found(b, "conseil de securite", "Conseil de sécurité");
	assert_found(b, "sécurité conseil", "Conseil de sécurité");
	assert_found(b, "conseils de sécurité", "Conseil de sécurité"); /* inflection */
	assert_found(b, "conseil de sécurté", "Conseil de sécurité");   /* a letter left out */
	assert_found(b, "consseil sécurité", "Conseil de sécurité");    /* one too many */
	assert_found(b, "sécutiré", NULL);                       /* two slips are too many */
	assert_found(b, "secirity council", "Security Council"); /* another one */
	assert_found(b, "secuirty council", "Security Council"); /* exchanged */
	assert_found(b, "secur", "Security Council");            /* its beginning */
	assert_found(b, "zebra", NULL);
	assert_found(b, "", NULL);
	assert_found(b, "?!", NULL);
	bench_close(b);
}

/* A writer that dies between begin and commit leaves the store as it was. */
static void
a_killed_writer_changes_nothing(void **state)
{
	bench *b = bench_open();
	store_counts counts;
	int ended;
	bool found;

	(void)state;
	import(b, rows);
	store_close(b->store);
	pid_t child = fork();
	if (child == 0) {
		if (store_open(&b->store, &b->context, b->path, STORE_WRITE) != STATUS_OK ||
			store_begin(b->store) != STATUS_OK ||
			store_remove(b->store, SLICE("unama"), NULL, &found) != STATUS_OK)
			_exit(1);
		kill(getpid(), 9);
	}
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFSIGNALED(ended));
	assert_int_equal(store_open(&b->store, &b->context, b->path, STORE_READ), STATUS_OK);
	assert_int_equal(store_count(b->store, &counts), STATUS_OK);
	assert_int_equal(counts.concepts, 3);
	bench_close(b);
}

/* The names of files that were made in a folder since it is watched, with a space behind each.
 */
static const char *
files_made(int watch)
{
	static char names[1000];
	char events[4096] __attribute__((aligned(8)));
	const struct inotify_event *e;
	size_t n = 0;

	names[0] = '\0';
	for (ssize_t got; (got = read(watch, events, sizeof(events))) > 0;)
		for (char *p = events; p < events + got; p += sizeof(*e) + e->len) {
			e = (const struct inotify_event *)p;
			n += (size_t)snprintf(names + n, sizeof(names) - n, "%s ", e->name);
			assert_in_range(n, 1, sizeof(names) - 1);
		}
	return names;
}

/* Who reads beside the journal of another way of writing would be refused when it goes just
 * then: a new file has a log (WAL) from the first. */
static void
a_new_store_has_no_journal(void **state)
{
	bench *b = bench_open();

	(void)state;
	if (!shared_is_tested()) {
		int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
		assert_true(watch >= 0);
		store_close(b->store);
		unlink(b->path);
		assert_true(inotify_add_watch(watch, b->folder, IN_CREATE) >= 0);
		assert_int_equal(
			store_open(&b->store, &b->context, b->path, STORE_WRITE), STATUS_OK);
		const char *made = files_made(watch);
		assert_non_null(strstr(made, "t.sqlite "));
		assert_non_null(strstr(made, "t.sqlite-wal "));
		assert_null(strstr(made, "t.sqlite-journal "));
		close(watch);
	}
	bench_close(b);
}

/* Writes more than its cache holds, and dies; as a file that has no log. */
static void
die_while_writing(const char *path)
{
	sqlite3 *db;

	kill(getpid(), sqlite3_open(path, &db) == SQLITE_OK &&
				       sqlite3_exec(db,
					       "PRAGMA journal_mode = DELETE; PRAGMA "
					       "cache_size = 1; BEGIN;"
					       "DELETE FROM concept; DELETE FROM item; DELETE "
					       "FROM term;"
					       "CREATE TABLE more AS SELECT randomblob(100000)",
					       NULL, NULL, NULL) == SQLITE_OK
			       ? SIGKILL
			       : SIGTERM);
}

static void
a_reader_undoes_what_a_killed_writer_left(void **state)
{
	bench *b = bench_open();
	char journal[PATH_SIZE + 8];
	store_counts counts;
	int ended;

	(void)state;
	if (!shared_is_tested()) {
		import(b, rows);
		store_close(b->store);
		pid_t child = fork();
		if (child == 0)
			die_while_writing(b->path);
		assert_int_equal(waitpid(child, &ended, 0), child);
		assert_true(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
		snprintf(journal, sizeof(journal), "%s-journal", b->path);
		assert_int_equal(access(journal, F_OK), 0);
		assert_int_equal(
			store_open(&b->store, &b->context, b->path, STORE_READ), STATUS_OK);
		assert_int_equal(store_count(b->store, &counts), STATUS_OK);
		assert_int_equal(counts.concepts, 3);
		assert_int_not_equal(access(journal, F_OK), 0);
	}
	bench_close(b);
}

/* Makes the folder read-only for this process; false where the system does not let it. */
static bool
lock_folder(const char *folder)
{
	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(folder, folder, NULL, MS_BIND, NULL) == 0 &&
	       mount(NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

enum { READ_ONLY_HOLDS, READ_ONLY_FAILS, READ_ONLY_UNKNOWN };

/* Reads what is there, and is told why it may write neither that nor a new one. */
static int
use_read_only(bench *b)
{
	static const char said[] = "t.sqlite: the file system is read-only";
	store_counts counts;
	store *s;
	char missing[PATH_SIZE + 8];

	if (!lock_folder(b->folder))
		return READ_ONLY_UNKNOWN;
	if (store_open(&s, &b->context, b->path, STORE_READ) != STATUS_OK ||
		store_count(s, &counts) != STATUS_OK || counts.concepts != 3)
		return READ_ONLY_FAILS;
	store_close(s);
	if (store_open(&s, &b->context, b->path, STORE_WRITE) != STATUS_IO ||
		strstr(b->context.message, said) == NULL)
		return READ_ONLY_FAILS;
	snprintf(missing, sizeof(missing), "%s/not-%s", b->folder, "t.sqlite");
	return store_open(&s, &b->context, missing, STORE_WRITE) == STATUS_IO &&
			       strstr(b->context.message, said) != NULL
		       ? READ_ONLY_HOLDS
		       : READ_ONLY_FAILS;
}

static void
a_read_only_disk_is_read(void **state)
{
	bench *b = bench_open();
	int ended, answer = READ_ONLY_UNKNOWN;

	(void)state;
	b->context.ui = LANGUAGE_EN;
	if (!shared_is_tested()) {
		import(b, rows);
		store_close(b->store);
		pid_t child = fork();
		if (child == 0)
			_exit(use_read_only(b));
		assert_int_equal(waitpid(child, &ended, 0), child);
		assert_true(WIFEXITED(ended));
		answer = WEXITSTATUS(ended);
		assert_int_equal(
			store_open(&b->store, &b->context, b->path, STORE_READ), STATUS_OK);
	}
	bench_close(b);
	assert_int_not_equal(answer, READ_ONLY_FAILS);
	if (answer == READ_ONLY_UNKNOWN)
		skip();
}

static void
other_files_are_refused(void **state)
{
	bench *b = bench_open();
	store *other;
	FILE *f;

	(void)state;
	if (shared_is_tested()) {
		bench_close(b);
		return;
	}
	store_close(b->store);
	b->store = NULL;
	f = fopen(b->path, "wb");
	assert_non_null(f);
	fputs("This is no database, but a text that is long enough to have a header: "
	      "one hundred bytes of it at least.",
		f);
	fclose(f);
	assert_int_equal(store_open(&other, &b->context, b->path, STORE_READ), STATUS_DAMAGED);
	assert_non_null(strstr(b->context.message, "t.sqlite: not a termbase, or damaged"));
	assert_int_equal(store_open(&other, &b->context, b->path, STORE_WRITE), STATUS_DAMAGED);
	assert_int_equal(store_open(&other, &b->context, "/nonexistent/x.sqlite", STORE_READ),
		STATUS_IO);
	bench_close(b);
}

static void
languages_of_all_kinds_are_kept(void **state)
{
	bench *b = bench_open();
	bool found;

	(void)state;
	import(b, "concept\tzh-Hant\tsr-Latn-RS\tfr-CA\tfr-CA_definition\nx\t聯合國\t"
		  "Ujedinjene nacije\tNations Unies\tUne organisation.\n");
	assert_int_equal(store_get(b->store, SLICE("x"), &b->entry, &found), STATUS_OK);
	assert_int_equal(b->entry.sections.n, 3);
	assert_true(slice_is(b->entry.sections.at[1].language, "sr-Latn-RS"));
	assert_value(b, OWNER_SECTION(2), "definition", "Une organisation.");
	bench_close(b);
}

/* Of several the first; of none nothing; in a transaction also what it wrote itself. */
static void
concepts_are_found_by_their_names(void **state)
{
	bench *b = bench_open();
	bool found;
	buffer id;

	(void)state;
	buffer_init(&id, &memory_libc, 1000);
	import(b, rows);
	import(b, "concept\ten\tfr\nagain\tSecurity Council\tConseil de sécurité\n"
		  "half\tGeneral Assembly\t\n");
	assert_int_equal(store_get(b->store, SLICE("again"), &b->entry, &found), STATUS_OK);
	uint64_t key = store_names_key(&b->entry);
	assert_int_equal(store_find_named(b->store, key, &id), STATUS_OK);
	assert_true(slice_is(buffer_slice(&id), "council"));
	assert_int_equal(store_find_named(b->store, key + 1, &id), STATUS_OK);
	assert_int_equal(id.n, 0);
	assert_int_equal(store_find_named(b->store, 0, &id), STATUS_OK);
	assert_int_equal(id.n, 0);
	assert_int_equal(store_begin(b->store), STATUS_OK);
	assert_int_equal(store_remove(b->store, SLICE("council"), NULL, &found), STATUS_OK);
	assert_int_equal(store_find_named(b->store, key, &id), STATUS_OK);
	assert_true(slice_is(buffer_slice(&id), "again"));
	assert_int_equal(store_commit(b->store), STATUS_OK);
	buffer_free(&id);
	bench_close(b);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_comes_back),
		cmocka_unit_test(history_says_what_changed),
		cmocka_unit_test(what_is_removed_is_gone),
		cmocka_unit_test(what_is_read_together_is_of_one_moment),
		cmocka_unit_test(search_forgives),
		cmocka_unit_test(a_killed_writer_changes_nothing),
		cmocka_unit_test(a_new_store_has_no_journal),
		cmocka_unit_test(a_reader_undoes_what_a_killed_writer_left),
		cmocka_unit_test(a_read_only_disk_is_read),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(languages_of_all_kinds_are_kept),
		cmocka_unit_test(concepts_are_found_by_their_names),
	};

	(void)argc;
	return shared_run(argv, tests, sizeof(tests) / sizeof(*tests));
}
