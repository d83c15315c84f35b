/* bench/memory UNITS.tsv[.gz is unpacked by make] OTHER.tsv FOLDER SIZE…: how fast a
 * translation memory is filled and asked.
 *
 * The units are those of the file; beyond their number, copies in which words are replaced by
 * others of the file and digits by others, by a fixed seed. Queries: units as they are, units
 * with one word in six replaced, dropped or doubled, and segments of another file; those of the
 * first size are written to FOLDER/questions.tsv, for bench/tmdb.py. CPU time, one thread, less
 * what the clock itself takes. The yardstick is scoring every unit held in memory by the same
 * bit-parallel distance, after filters on length and on a signature of 64 bits. Recall: how
 * often the best match that the store gives has the score of the best of all units held. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "tm/concordance.h"
#include "tm/match.h"

#define QUERIES 600
#define SCANS 24
#define RECALLED 201 /* questions that all units are scored for */
#define PART 100000  /* units a commit, as `paraph tm import` does */

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double clock_cost;

/* Since start, without the time that asking the clock takes. */
static double
since(double start)
{
	double t = cpu() - start - clock_cost;

	return t > 0 ? t : 0;
}

static void
measure_clock(void)
{
	const int n = 100000;
	double start = cpu();

	for (int i = 0; i < n; i++)
		(void)cpu();
	clock_cost = (cpu() - start) / n;
}

#include "bench/units.inc"

/* --- the yardstick --- */

typedef struct held { /* units in memory, cut already */
	tm_piece *pieces;
	uint64_t *signs; /* a bit of each key */
	size_t *starts, n, used, capacity;
	tm_pieces *cutter;
} held;

static uint64_t
sign(const tm_piece *p, size_t n)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < n; i++)
		bits |= UINT64_C(1) << (p[i].key >> 58);
	return bits;
}

static status
hold_one(void *user, uint32_t id, const tm_unit *u)
{
	held *h = user;

	(void)id;
	must(tm_pieces_cut(h->cutter, u->side[0].text));
	if (h->used + h->cutter->n > h->capacity) {
		h->capacity = 2 * (h->used + h->cutter->n);
		h->pieces = realloc(h->pieces, h->capacity * sizeof(tm_piece));
	}
	memcpy(h->pieces + h->used, h->cutter->at, h->cutter->n * sizeof(tm_piece));
	h->used += h->cutter->n;
	h->signs[h->n] = sign(h->cutter->at, h->cutter->n);
	h->starts[++h->n] = h->used;
	return STATUS_OK;
}

static double
scan(const held *h, tm_pattern *pattern, tm_pieces *p, slice text, double threshold)
{
	double best = threshold - 1e-9;

	must(tm_pieces_cut(p, text));
	uint64_t bits = sign(p->at, p->n);
	must(tm_pattern_set(pattern, p->at, p->n));
	for (size_t i = 0; i < h->n; i++) {
		size_t m = h->starts[i + 1] - h->starts[i], longest = m > p->n ? m : p->n;
		size_t shortest = m < p->n ? m : p->n;
		if ((double)shortest < best * (double)longest || longest == 0)
			continue;
		size_t most = (size_t)((1 - best) * (double)longest);
		if ((size_t)__builtin_popcountll(bits & ~h->signs[i]) > most ||
			(size_t)__builtin_popcountll(h->signs[i] & ~bits) > most)
			continue;
		size_t d = tm_distance(pattern, h->pieces + h->starts[i], m, most);
		double score = 1 - (double)d / (double)longest;
		if (d <= most && score > best)
			best = score;
	}
	return best;
}

static void
hold(held *h, tm_store *store, size_t units)
{
	*h = (held){ .starts = calloc(units + 1, sizeof(size_t)),
		.signs = calloc(units, sizeof(uint64_t)) };
	must(tm_pieces_open(&h->cutter, &memory_libc));
	must(tm_store_each(store, NULL, hold_one, h));
}

static void
let_go(held *h)
{
	tm_pieces_close(h->cutter);
	free(h->pieces);
	free(h->starts);
	free(h->signs);
}

static void
time_scan(const held *h, const rows *r, const rows *other, const slice *sources, size_t n)
{
	double t[SCANS];
	tm_pattern pattern;
	tm_pieces *p;
	buffer text;

	tm_pattern_init(&pattern, &memory_libc);
	must(tm_pieces_open(&p, &memory_libc));
	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < SCANS; i++) {
		make_query(r, other, sources, n, i, &text);
		double start = cpu();
		(void)scan(h, &pattern, p, buffer_slice(&text), 0.7);
		t[i] = cpu() - start;
	}
	print_times("brute force in memory, >= 70 %", t, SCANS, "");
	tm_pieces_close(p);
	tm_pattern_free(&pattern);
	buffer_free(&text);
}

/* --- recall --- */

#define SAME_KEYS 9500 /* at least; what it is exactly is seen by more than pieces */

/* The best score of all units in hundredths, by no index and no filter but length; 0: none
 * reaches the threshold. */
static int
best_of_all(const held *h, tm_pattern *pattern, tm_pieces *p, slice text, int threshold)
{
	int best = threshold - 1;
	uint32_t d;

	must(tm_pieces_cut(p, text));
	must(tm_pattern_set(pattern, p->at, p->n));
	for (size_t i = 0; i < h->n; i++) {
		const tm_piece *at = h->pieces + h->starts[i];
		size_t m = h->starts[i + 1] - h->starts[i], longest = m > p->n ? m : p->n;
		size_t most = longest * (size_t)(10000 - best) / 10000;
		if ((m > p->n ? m - p->n : p->n - m) > most)
			continue;
		size_t keys = tm_distance(pattern, at, m, most);
		int score = SAME_KEYS;
		if (keys > most)
			continue;
		if (keys != 0) {
			must(tm_fine_distance(pattern, at, m, false, &d));
			size_t whole = DISTANCE_STEP * longest;
			score = 10000 - (int)((10000 * (size_t)d + whole - 1) / whole);
		}
		if (score > best)
			best = score;
	}
	return best < threshold ? 0 : best;
}

static void
count_recall(const held *h, tm_matcher *x, const rows *r, const rows *other,
	const slice *sources, size_t n)
{
	size_t same = 0, matched = 0, count;
	const tm_match *matches;
	tm_pattern pattern;
	tm_pieces *p;
	buffer text;

	tm_pattern_init(&pattern, &memory_libc);
	must(tm_pieces_open(&p, &memory_libc));
	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < RECALLED; i++) {
		make_query(r, other, sources, n, i, &text);
		int best = best_of_all(h, &pattern, p, buffer_slice(&text), 5000);
		tm_query q = query(buffer_slice(&text), 5000);
		must(tm_matcher_find(x, &q, &matches, &count));
		int found = count == 0 ? 0 : matches[0].score;
		matched += best != 0;
		same += best < SAME_KEYS ? found == best : found >= best;
	}
	printf("  recall of the best match >= 50 %%   %.3f (%d questions, %zu with a match)\n",
		(double)same / RECALLED, RECALLED, matched);
	tm_pieces_close(p);
	tm_pattern_free(&pattern);
	buffer_free(&text);
}

/* --- questions --- */

static const char *const kinds[] = { "as in the memory", "one word in six changed",
	"of other texts" };

static void
write_questions(
	const char *folder, const rows *r, const rows *other, const slice *sources, size_t n)
{
	char path[512];
	buffer text;

	snprintf(path, sizeof(path), "%s/questions.tsv", folder);
	FILE *f = fopen(path, "w");
	if (f == NULL)
		exit(2);
	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < QUERIES; i++) {
		make_query(r, other, sources, n, i, &text);
		fprintf(f, "%s\t%.*s\n", kinds[i % 3], (int)text.n, text.p);
	}
	fclose(f);
	buffer_free(&text);
}

static void
time_fuzzy(tm_matcher *x, const rows *r, const rows *other, const slice *sources, size_t n,
	int threshold)
{
	double t[3][QUERIES], all[QUERIES];
	const tm_match *matches;
	size_t found[3] = { 0 }, count, read = 0;
	char label[64], more[64];
	buffer text;

	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < QUERIES; i++) {
		make_query(r, other, sources, n, i, &text);
		tm_query q = query(buffer_slice(&text), threshold);
		double start = cpu();
		must(tm_matcher_find(x, &q, &matches, &count));
		all[i] = t[i % 3][i / 3] = since(start);
		found[i % 3] += count;
		read += tm_matcher_read(x);
	}
	snprintf(label, sizeof(label), "best match >= %d %%", threshold / 100);
	snprintf(more, sizeof(more), "; units read %.1f", (double)read / QUERIES);
	print_times(label, all, QUERIES, more);
	for (size_t k = 0; k < 3; k++) {
		snprintf(label, sizeof(label), "  %s", kinds[k]);
		snprintf(more, sizeof(more), "; found %zu of %d", found[k], QUERIES / 3);
		print_times(label, t[k], QUERIES / 3, more);
	}
	buffer_free(&text);
}

static void
time_exact(tm_matcher *x, const slice *sources, size_t n)
{
	static double t[20000];
	const tm_match *matches;
	size_t count;

	for (size_t i = 0; i < 20000; i++) {
		tm_query q = query(sources[random_of(n)], 10000);
		double start = cpu();
		must(tm_matcher_find(x, &q, &matches, &count));
		t[i] = since(start);
	}
	print_times("exact", t, 20000, "");
}

static status
count_occurrence(void *user, const tm_occurrence *o)
{
	(void)o;
	++*(size_t *)user;
	return STATUS_OK;
}

/* Two words that stand side by side somewhere, the twenty newest places. */
static void
time_concordance(tm_store *s, const slice *sources, size_t n)
{
	double t[QUERIES];
	buffer text;

	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < QUERIES; i++) {
		slice first, second, rest = sources[random_of(n)];
		size_t shown = 0, total;
		(void)slice_cut(rest, ' ', &first, &rest);
		(void)slice_cut(rest, ' ', &second, &rest);
		buffer_clear(&text);
		buffer_put(&text, first);
		buffer_put_char(&text, ' ');
		buffer_put(&text, second);
		tm_concordance q = { buffer_slice(&text), SLICE("en"), TM_SOURCE, 20 };
		double start = cpu();
		must(tm_concordance_find(s, &ctx, &q, count_occurrence, &shown, &total));
		t[i] = since(start);
	}
	print_times("concordance of two words", t, QUERIES, "");
	buffer_free(&text);
}

static void
run(const rows *r, const rows *other, const char *folder, size_t n, bool first)
{
	char path[512];
	struct stat about;
	struct rusage use;
	size_t sampled = n < 20000 ? n : 20000;
	slice *sources = malloc(sampled * sizeof(*sources));
	tm_matcher *x;
	tm_store *s;
	arena kept;
	held all;

	arena_init(&kept, &memory_libc);
	snprintf(path, sizeof(path), "%s/%zu.paraph-tm", folder, n);
	remove(path);
	seed = 1;
	must(tm_store_open(&s, &ctx, path, TM_STORE_WRITE));
	double seconds = fill(s, r, n, sources, sampled, &kept);
	double start = cpu();
	tm_store_close(s);
	seconds += cpu() - start;
	getrusage(RUSAGE_SELF, &use);
	stat(path, &about);
	printf("%zu units: %.0f units/s in, %.0f bytes each (%.0f MB), %ld MB at most\n", n,
		(double)n / seconds, (double)about.st_size / (double)n,
		(double)about.st_size / 1e6, use.ru_maxrss / 1024);
	start = cpu();
	must(tm_store_open(&s, &ctx, path, TM_STORE_READ));
	must(tm_matcher_open(&x, &ctx, s));
	printf("  opened in %.2f ms\n", 1e3 * (cpu() - start));
	if (first)
		write_questions(folder, r, other, sources, sampled);
	time_exact(x, sources, sampled);
	time_fuzzy(x, r, other, sources, sampled, 7000);
	time_fuzzy(x, r, other, sources, sampled, 5000);
	time_concordance(s, sources, sampled);
	hold(&all, s, n);
	time_scan(&all, r, other, sources, sampled);
	count_recall(&all, x, r, other, sources, sampled);
	let_go(&all);
	tm_matcher_close(x);
	tm_store_close(s);
	arena_free(&kept);
	free(sources);
	remove(path);
}

/* A process of its own, so that memory at its height is that of this size. */
static void
in_a_child(const rows *r, const rows *other, const char *folder, size_t n, bool first)
{
	int ended;

	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		run(r, other, folder, n, first);
		fflush(stdout);
		_exit(0);
	}
	if (waitpid(child, &ended, 0) != child || !WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
		exit(2);
}

int
main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	context_init(&ctx, &memory_libc);
	ctx.limits.file = SIZE_MAX;
	measure_clock();
	rows r = read_rows(argv[1]), other = read_rows(argv[2]);
	printf("%zu units of %s\n", r.n, strrchr(argv[1], '/') + 1);
	for (int i = 4; i < argc; i++)
		in_a_child(&r, &other, argv[3], strtoul(argv[i], NULL, 10), i == 4);
	return 0;
}
