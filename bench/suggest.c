/* Suggestions beside those of Hunspell, nuspell and aspell, on single words that people really
 * got wrong:  suggest DATA      ($PARAPH_SHARED/corpora/fr_errors; bench/suggest.mk)
 *
 * An error counts when our lexicon does not know the word. Hunspell runs in this process,
 * nuspell and aspell as their own programs over a pipe, one word at a time; their time is from
 * the word's last byte to the answer's. A right answer may differ in its apostrophe.
 *
 * The weights of suggestions may be tuned on one half of the errors (by the hash of the wrong
 * word) and are measured on the other, which SUGGEST_ALONE=1 does not show. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "text/hunspell.h"
#include "text/suggest.h"

#define MOST 4000
#define SHOWN 5
#define ANSWER 65536

enum { TUNED, HELD_OUT, HALVES };

typedef struct error {
	slice wrong, right;
	int half;
} error;

typedef struct list {
	error at[MOST];
	size_t n;
	size_t halves[HALVES];
	file files[4];
	size_t file_count;
} list;

typedef struct child {
	pid_t pid;
	int to, from;
} child;

typedef struct peer {
	const char *name;
	lexicon *lexicon;
	hunspell *hunspell;
	child child;
	struct {
		size_t first, five;
	} half[HALVES];
	size_t asked;
	double times[MOST];
} peer;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* ---- other programs ---- */

static bool
start_child(child *c, const char *const arguments[])
{
	int in[2], out[2];

	if (pipe(in) != 0 || pipe(out) != 0)
		return false;
	c->pid = fork();
	if (c->pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(127);
		close(in[1]);
		close(out[0]);
		execvp(arguments[0], (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	c->to = in[1];
	c->from = out[0];
	return c->pid > 0;
}

static void
stop_child(child *c)
{
	close(c->to);
	close(c->from);
	kill(c->pid, SIGTERM);
	waitpid(c->pid, NULL, 0);
}

/* Reads until an empty line; false when the program has gone. */
static bool
read_answer(child *c, char answer[ANSWER], size_t *n)
{
	for (*n = 0; *n < ANSWER - 1;) {
		ssize_t got = read(c->from, answer + *n, ANSWER - 1 - *n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		*n += (size_t)got;
		if (*n >= 2 && memcmp(answer + *n - 2, "\n\n", 2) == 0)
			return true;
		if (*n >= 19 && memcmp(answer + *n - 19, "\n\nEnter some text: ", 19) == 0)
			return true;
	}
	return false;
}

static bool
ask_child(child *c, slice word, char answer[ANSWER], size_t *n)
{
	char line[512];
	int bytes = snprintf(line, sizeof(line), "%.*s\n", SLICE_ARG(word));

	return bytes > 0 && bytes < (int)sizeof(line) &&
	       write(c->to, line, (size_t)bytes) == bytes && read_answer(c, answer, n);
}

/* “& word 3 0: a, b, c” and “& Wrong: word. How about: a, b, c” */
static size_t
parse_answer(slice answer, arena *scratch, slice *out, size_t max)
{
	const char *start = NULL;
	slice head, copy;
	size_t n = 0;

	if (arena_copy(scratch, answer, &copy) != STATUS_OK)
		return 0;
	const char *about = strstr(copy.p, "How about: "), *and = strchr(copy.p, '&');
	if (about != NULL)
		start = about + strlen("How about: ");
	else if (and != NULL && (start = strchr(and, ':')) != NULL)
		start += 2;
	if (start == NULL)
		return 0;
	slice rest = slice_of(start);
	slice_cut(rest, '\n', &rest, &head);
	for (; rest.n > 0 && n < max; n++) {
		slice_cut(rest, ',', &head, &rest);
		out[n] = slice_trim(head);
	}
	return n;
}

/* ---- the question ---- */

static size_t
ask(peer *p, arena *scratch, slice word, slice *out)
{
	static char answer[ANSWER];
	suggestion ours[SHOWN];
	size_t n;
	double start = now();

	if (p->lexicon != NULL) {
		n = suggest_word(p->lexicon, scratch, word, ours, SHOWN, SUGGEST_BUDGET);
		p->times[p->asked++] = now() - start;
		for (size_t i = 0; i < n; i++)
			out[i] = ours[i].text;
		return n;
	}
	if (p->hunspell != NULL) {
		n = hunspell_suggest(p->hunspell, scratch, word, out, SHOWN);
		p->times[p->asked++] = now() - start;
		return n;
	}
	bool answered = ask_child(&p->child, word, answer, &n);
	p->times[p->asked++] = now() - start;
	return answered ? parse_answer((slice){ answer, n }, scratch, out, SHOWN) : 0;
}

static bool
same(slice a, slice b)
{
	size_t i = 0, k = 0;

	while (i < a.n && k < b.n) {
		bool curly_a = slice_starts(slice_sub(a, i, a.n), SLICE("’"));
		bool curly_b = slice_starts(slice_sub(b, k, b.n), SLICE("’"));
		if ((curly_a ? '\'' : a.p[i]) != (curly_b ? '\'' : b.p[k]))
			return false;
		i += curly_a ? 3 : 1;
		k += curly_b ? 3 : 1;
	}
	return i == a.n && k == b.n;
}

static void
put(peer *p, arena *scratch, const error *e, bool tell)
{
	slice out[SHOWN];
	size_t n = ask(p, scratch, e->wrong, out), at = 0;

	while (at < n && !same(out[at], e->right))
		at++;
	p->half[e->half].first += at == 0 && n > 0;
	p->half[e->half].five += at < n;
	if (!tell || e->half == HELD_OUT || (at == 0 && n > 0))
		return;
	printf("  %.*s (%.*s) #%zu:", SLICE_ARG(e->wrong), SLICE_ARG(e->right), at + 1);
	for (size_t i = 0; i < n; i++)
		printf(" %.*s", SLICE_ARG(out[i]));
	printf("\n");
}

static int
compare_times(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static double
per_cent(size_t n, size_t of)
{
	return of == 0 ? 0 : 100.0 * (double)n / (double)of;
}

static void
report(peer *p, const list *errors)
{
	static const char *const names[HALVES] = { "tuned", "held out" };

	if (p->asked == 0)
		return;
	qsort(p->times, p->asked, sizeof(*p->times), compare_times);
	for (int h = 0; h < HALVES; h++)
		printf("%-10s %-9s right first %5.1f %%   in the first five %5.1f %%\n",
			p->name, names[h], per_cent(p->half[h].first, errors->halves[h]),
			per_cent(p->half[h].five, errors->halves[h]));
	printf("%-10s median %8.3f ms   95th percentile %8.3f ms\n", p->name,
		p->times[p->asked / 2], p->times[(size_t)((double)p->asked * 0.95)]);
}

/* ---- lists ---- */

static slice
field(slice line, size_t which)
{
	slice head = { 0 };

	for (size_t i = 0; i <= which; i++)
		slice_cut(line, '\t', &head, &line);
	return head;
}

static bool
is_one_word(slice s)
{
	unsigned letters = 0;

	for (size_t i = 0; i < s.n; i++)
		letters += (s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z';
	return letters > 0 && s.n > 1 && s.p[0] != '[' && s.p[0] != '-' &&
	       memchr(s.p, ' ', s.n) == NULL;
}

static void
add(list *l, error e)
{
	e.half = (int)(slice_hash(e.wrong) % HALVES);
	l->halves[e.half]++;
	l->at[l->n++] = e;
}

static void
read_list(list *l, lexicon *x, const char *name, size_t wrong, size_t right)
{
	char path[2048];
	const char *shared = getenv("PARAPH_SHARED");
	context c;
	slice line;
	file *f = &l->files[l->file_count];

	context_init(&c, &memory_libc);
	snprintf(path, sizeof(path), "%s/corpora/fr_errors/%s",
		shared == NULL ? "../shared" : shared, name);
	if (file_open(f, &c, path) != STATUS_OK) {
		printf("skipped: %s\n", c.message);
		return;
	}
	l->file_count++;
	for (slice rest = f->bytes; slice_line(&rest, &line) && l->n < MOST;) {
		error e = { field(line, wrong), field(line, right), TUNED };
		if (is_one_word(e.wrong) && e.right.n > 0 &&
			memchr(e.right.p, '|', e.right.n) == NULL && !lexicon_knows(x, e.wrong))
			add(l, e);
	}
}

static void
run(language l, const char *data, const char *dictionary)
{
	static list errors;
	static peer peers[4];
	context c;
	arena scratch;
	char aff[512], dic[512], option[64];
	const char *const nuspell[] = { "nuspell", "-d", dictionary, NULL };
	const char *const aspell[] = { "aspell", "-a", option, NULL };

	memset(&errors, 0, sizeof(errors));
	memset(peers, 0, sizeof(peers));
	context_init(&c, &memory_libc);
	arena_init(&scratch, &memory_libc);
	snprintf(aff, sizeof(aff), "/usr/share/hunspell/%s.aff", dictionary);
	snprintf(dic, sizeof(dic), "/usr/share/hunspell/%s.dic", dictionary);
	snprintf(option, sizeof(option), "--lang=%s", dictionary);
	if (lexicon_open(&peers[0].lexicon, &c, l, data) != STATUS_OK ||
		hunspell_open(&peers[1].hunspell, &memory_libc, aff, dic) != STATUS_OK) {
		printf("%s\n", c.message);
		return;
	}
	peers[0].name = "paraph";
	peers[1].name = "hunspell";
	peers[2].name = "nuspell";
	peers[3].name = "aspell";
	if (l == LANGUAGE_FR) {
		read_list(&errors, peers[0].lexicon, "libreoffice_autocorr_fr.tsv", 0, 1);
		read_list(&errors, peers[0].lexicon, "natural_errors_un_fr_dev.tsv", 2, 3);
		read_list(&errors, peers[0].lexicon, "grammalecte_tests_dev.tsv", 5, 6);
	} else {
		read_list(&errors, peers[0].lexicon, "libreoffice_autocorr_en-GB.tsv", 0, 1);
	}
	bool alone = getenv("SUGGEST_ALONE") != NULL;
	if (!start_child(&peers[2].child, nuspell) || !start_child(&peers[3].child, aspell))
		return;
	char greeting[256];
	if (read(peers[3].child.from, greeting, sizeof(greeting)) < 0)
		return;
	(void)hunspell_knows(peers[1].hunspell, SLICE("a"));
	printf("%s: %zu errors, %zu of them held out\n", language_name(l), errors.n,
		errors.halves[HELD_OUT]);
	for (size_t i = 0; i < errors.n; i++, arena_reset(&scratch))
		for (size_t k = 0; k < (alone ? 1 : 4); k++)
			put(&peers[k], &scratch, &errors.at[i], alone);
	for (size_t k = 0; k < 4; k++)
		report(&peers[k], &errors);
	stop_child(&peers[2].child);
	stop_child(&peers[3].child);
	hunspell_close(peers[1].hunspell);
	lexicon_close(peers[0].lexicon);
	for (size_t i = 0; i < errors.file_count; i++)
		file_close(&errors.files[i], &memory_libc);
	arena_free(&scratch);
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	run(LANGUAGE_FR, argv[1], "fr");
	run(LANGUAGE_EN, argv[1], "en_GB");
	return 0;
}
