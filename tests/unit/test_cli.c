/* The program as scripts see it: what several threads must not change, where file names come
 * from, and exit statuses. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "tests/unit/api.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOCUMENTS 40
#define OUTPUT_MAX (1 << 20)

typedef struct place {
	char program[4096], folder[64];
} place;

static int
make_documents(void **state)
{
	static place p = { .folder = "/tmp/paraph-cli-XXXXXX" };
	char path[256];
	ssize_t n = readlink("/proc/self/exe", p.program, sizeof(p.program) - 16);

	if (n < 0 || mkdtemp(p.folder) == NULL)
		return -1;
	p.program[n] = '\0';
	strcpy(strrchr(p.program, '/'), "/../paraph");
	for (int i = 0; i < DOCUMENTS; i++) {
		snprintf(path, sizeof(path), "%s/%02d.txt", p.folder, i);
		FILE *f = fopen(path, "wb");
		if (f == NULL)
			return -1;
		for (int k = 0; k <= (i * 7) % 50; k++)
			fprintf(f, "Le texte %d de l ’accord est joint à la  lettre.\n\n", k);
		fclose(f);
	}
	*state = &p;
	return 0;
}

static int
remove_documents(void **state)
{
	place *p = *state;
	char path[256];

	for (int i = 0; i < DOCUMENTS; i++) {
		snprintf(path, sizeof(path), "%s/%02d.txt", p->folder, i);
		unlink(path);
	}
	return rmdir(p->folder);
}

typedef struct outcome {
	char *text;
	size_t n;
	int status;
} outcome;

/* Runs "paraph ARGUMENTS" by the shell, in the folder of the documents. */
static outcome
run(const place *p, const char *before, const char *arguments)
{
	char command[8192];
	outcome o = { .text = calloc(1, OUTPUT_MAX) };

	snprintf(command, sizeof(command), "cd %s && %s \"%s\" %s 2>/dev/null", p->folder,
		before, p->program, arguments);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	o.n = fread(o.text, 1, OUTPUT_MAX - 1, f);
	o.status = WEXITSTATUS(pclose(f));
	return o;
}

/* What "paraph check ARGUMENT" prints on a terminal; the file of that name lies in the folder.
 */
static size_t
on_terminal(const place *p, const char *argument, char *out, size_t size)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	size_t n = 0;

	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(terminal, STDOUT_FILENO);
		dup2(terminal, STDERR_FILENO);
		if (chdir(p->folder) == 0)
			execl(p->program, "paraph", "check", "--ui-lang", "en", argument, NULL);
		_exit(127);
	}
	close(terminal);
	for (ssize_t got; n < size - 1 && (got = read(master, out + n, size - 1 - n)) > 0;)
		n += (size_t)got;
	out[n] = '\0';
	close(master);
	waitpid(child, NULL, 0);
	return n;
}

static void
same(outcome a, outcome b)
{
	assert_true(a.n > 0);
	assert_int_equal(a.status, b.status);
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.text, b.text, a.n);
	free(a.text);
	free(b.text);
}

static void
threads_change_nothing(void **state)
{
	static const char *const formats[] = { "text", "json", "jsonl" };
	char one[64], four[64];

	for (size_t i = 0; i < 3; i++) {
		snprintf(one, sizeof(one), "check -j1 --format %s .", formats[i]);
		snprintf(four, sizeof(four), "check -j 4 --format=%s .", formats[i]);
		outcome first = run(*state, "", one);
		assert_int_equal(first.status, 1);
		same(first, run(*state, "", four));
	}
}

static void
names_come_from_anywhere(void **state)
{
	outcome named = run(*state, "", "check 00.txt 01.txt 02.txt");

	same(named, run(*state, "printf '00.txt\\n01.txt\\r\\n\\n02.txt' |",
			    "check --files-from -"));
	named = run(*state, "", "check 00.txt 01.txt 02.txt");
	same(named, run(*state, "printf '00.txt\\00001.txt\\00002.txt\\000' |",
			    "check --files-from=-"));
	named = run(*state, "", "check 05.txt");
	same(named, run(*state, "", "check --stdin-filename 05.txt - <05.txt"));
}

static int
status_of(const place *p, const char *arguments)
{
	outcome o = run(p, "", arguments);

	free(o.text);
	return o.status;
}

static void
statuses_are_those_of_the_contract(void **state)
{
	assert_int_equal(status_of(*state, "check 00.txt"), 1);
	assert_int_equal(status_of(*state, "check --fail-on never 00.txt"), 0);
	assert_int_equal(status_of(*state, "check --only spacing/double 00.txt"), 1);
	assert_int_equal(
		status_of(*state, "check --fail-on error --only spacing/double 00.txt"), 0);
	assert_int_equal(status_of(*state, "check 00.txt missing.txt"), 2);
	assert_int_equal(status_of(*state, "check"), 2);
	assert_int_equal(status_of(*state, "check --format yaml 00.txt"), 2);
	assert_int_equal(status_of(*state, "check -j 0 00.txt"), 2);
	assert_int_equal(status_of(*state, "check --diff 00.txt"), 2);
	assert_int_equal(status_of(*state, "fix 00.txt 01.txt"), 2);
	assert_int_equal(status_of(*state, "fix --in-place -"), 2);
	assert_int_equal(status_of(*state, "fix --diff 00.txt"), 1);
	assert_int_equal(status_of(*state, "fix 00.txt"), 0);
	assert_int_equal(status_of(*state, "explain spacing/double"), 0);
	assert_int_equal(status_of(*state, "explain spacing/doubel"), 2);
	assert_int_equal(status_of(*state, "--version"), 0);
	assert_int_equal(status_of(*state, "--help"), 0);
	assert_int_equal(status_of(*state, ""), 2);
}

static void
a_diff_is_what_patch_applies(void **state)
{
	if (system("command -v patch >/dev/null") != 0) {
		print_message("skipped: patch is not installed\n");
		skip();
	}
	outcome fixed = run(*state, "", "fix 33.txt");

	same(fixed, run(*state, "cp 33.txt 33.old &&",
			    "fix --diff 33.txt | (cat >33.patch; patch -s -o 33.new 33.old "
			    "33.patch; cat 33.new; rm -f 33.new 33.old 33.patch)"));
}

static void
the_locale_chooses_the_language(void **state)
{
	outcome french =
		run(*state, "LC_ALL= LC_MESSAGES=fr_CA.UTF-8 LANG=en_US", "check 00.txt");
	outcome asked = run(*state, "LC_ALL=en_GB", "check --ui-lang fr 00.txt");

	assert_non_null(strstr(french.text, "erreur"));
	same(french, asked);
}

/* A person is told that all is well; a build is told nothing. */
static void
silence_is_for_builds(void **state)
{
	const place *p = *state;
	char path[256], shown[4096];

	snprintf(path, sizeof(path), "%s/clean", p->folder);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fputs("Le texte de l’accord est joint à la présente lettre.\n", f);
	fclose(f);
	outcome o = run(p, "", "check clean");
	on_terminal(p, "clean", shown, sizeof(shown));
	unlink(path);
	assert_int_equal(o.status, 0);
	assert_int_equal(o.n, 0);
	free(o.text);
	assert_non_null(strstr(shown, "1 document, 10 words"));
	assert_non_null(strstr(shown, ": nothing to report"));
	o = run(p, "", "check --ui-lang en 00.txt");
	assert_non_null(strstr(o.text, "1 document"));
	free(o.text);
}

/* Without the lines: one space for all white space. Returns how many lines there were. */
static size_t
join_lines(char *text)
{
	size_t n = 0, lines = 0;

	for (const char *c = text; *c != '\0'; c++) {
		lines += *c == '\n';
		if (*c != ' ' && *c != '\n')
			text[n++] = *c;
		else if (n > 0 && text[n - 1] != ' ')
			text[n++] = ' ';
	}
	text[n] = '\0';
	return lines;
}

static void
a_record_is_broken_for_the_terminal_only(void **state)
{
	const place *p = *state;
	outcome whole = run(p, "", "term show --no-config --ui-lang en unama");
	outcome narrow = run(p, "COLUMNS=40", "term show --no-config --ui-lang en unama");

	assert_int_equal(whole.status, 0);
	assert_non_null(
		strstr(whole.text, "Mission d’assistance des Nations Unies en Afghanistan  ("));
	assert_non_null(strstr(narrow.text, "Mission\n     in Afghanistan\n"));
	size_t lines = join_lines(whole.text);
	assert_true(join_lines(narrow.text) > lines);
	assert_string_equal(narrow.text, whole.text);
	free(whole.text);
	free(narrow.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(names_come_from_anywhere),
		cmocka_unit_test(statuses_are_those_of_the_contract),
		cmocka_unit_test(a_diff_is_what_patch_applies),
		cmocka_unit_test(the_locale_chooses_the_language),
		cmocka_unit_test(silence_is_for_builds),
		cmocka_unit_test(a_record_is_broken_for_the_terminal_only),
	};

	return cmocka_run_group_tests(tests, make_documents, remove_documents);
}
