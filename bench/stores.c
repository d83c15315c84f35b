/* The shared memory beside the one in a file: how fast units come in, and how long a question
 * takes, by the clock, with several programs asking at once.
 *
 *   stores fill STORE UNITS.tsv N SAMPLE
 *          fills a memory; keeps sources to ask for in SAMPLE
 *   stores ask STORE UNITS.tsv OTHER.tsv SAMPLE CLIENTS
 *   stores trigrams URL UNITS.tsv OTHER.tsv SAMPLE CLIENTS
 *          the same questions to pg_trgm
 *
 * A third of the questions from 70 % and 50 % on are units as they are, a third have one word
 * in six changed, a third are of other texts, as in bench/memory.c. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/postgres.h"
#include "tm/match.h"

#define PART 50000
#define SAMPLED 5000
#define SECONDS 8.0   /* of asking at most, for each kind of question */
#define QUESTIONS 600 /* of a client at most */
#define CLIENTS_MOST 64

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#include "bench/units.inc"

static slice samples[SAMPLED];
static size_t sample_count;

static void
keep_samples(const char *path, const slice *sources, size_t n)
{
	FILE *f = fopen(path, "w");

	for (size_t i = 0; i < n; i++)
		fprintf(f, "%.*s\n", SLICE_ARG(sources[i]));
	fclose(f);
}

static void
read_samples(const char *path)
{
	static file f;
	slice rest, line;

	must(file_open(&f, &ctx, path));
	for (rest = f.bytes; sample_count < SAMPLED && slice_line(&rest, &line);)
		if (line.n != 0)
			samples[sample_count++] = line;
}

/* --- asking --- */

typedef struct client {
	pthread_t thread;
	const char *store;
	int threshold; /* 10000: exact questions alone */
	bool trigrams;
	const slice *questions;
	size_t asked, found;
	double times[QUESTIONS];
} client;

static void
ask_memory(client *x, context *c)
{
	const tm_match *matches;
	tm_matcher *m;
	tm_store *s;
	size_t n;

	if (tm_store_open(&s, c, x->store, TM_STORE_READ) != STATUS_OK ||
		tm_matcher_open(&m, c, s) != STATUS_OK) {
		fprintf(stderr, "%s\n", c->message);
		exit(2);
	}
	double end = cpu() + SECONDS;
	while (x->asked < QUESTIONS && cpu() < end) {
		tm_query q = query(x->questions[x->asked], x->threshold);
		double start = cpu();
		if (tm_matcher_find(m, &q, &matches, &n) != STATUS_OK) {
			fprintf(stderr, "%s\n", c->message);
			exit(2);
		}
		x->times[x->asked++] = cpu() - start;
		x->found += n;
	}
	tm_matcher_close(m);
	tm_store_close(s);
}

static void
ask_trigrams(client *x, context *c)
{
	postgres_values v;
	postgres_rows r;
	postgres *p;
	char limit[64];

	postgres_values_init(&v, &memory_libc);
	must(postgres_open(&p, c, x->store));
	snprintf(limit, sizeof(limit), "SELECT set_limit(%.2f)", x->threshold / 10000.0);
	must(postgres_ask(p, limit, NULL, NULL));
	double end = cpu() + SECONDS;
	while (x->asked < QUESTIONS && cpu() < end) {
		postgres_values_clear(&v);
		postgres_put_text(&v, x->questions[x->asked]);
		double start = cpu();
		must(postgres_ask(p,
			"SELECT source, target, similarity(source, $1) FROM paraph.tm_unit"
			" WHERE source % $1 ORDER BY 3 DESC LIMIT 1",
			&v, &r));
		x->times[x->asked++] = cpu() - start;
		x->found += r.n;
	}
	postgres_close(p);
}

static void *
ask(void *user)
{
	context c;

	context_init(&c, &memory_libc);
	if (((client *)user)->trigrams)
		ask_trigrams(user, &c);
	else
		ask_memory(user, &c);
	return NULL;
}

static void
make_questions(client *x, const rows *r, const rows *other, arena *a)
{
	slice *at = malloc(QUESTIONS * sizeof(*at));
	buffer text;

	buffer_init(&text, &memory_libc, SIZE_MAX);
	for (size_t i = 0; i < QUESTIONS; i++) {
		make_query(
			r, other, samples, sample_count, x->threshold == 10000 ? 0 : i, &text);
		must(arena_copy(a, buffer_slice(&text), &at[i]));
	}
	buffer_free(&text);
	x->questions = at;
}

static void
measure(const char *store, const rows *r, const rows *other, size_t clients, int threshold,
	bool trigrams)
{
	static double all[CLIENTS_MOST * QUESTIONS];
	static client x[CLIENTS_MOST];
	char label[64], more[64];
	size_t n = 0, found = 0;
	arena a;

	arena_init(&a, &memory_libc);
	seed = 7;
	for (size_t i = 0; i < clients; i++) {
		x[i] = (client){ .store = store, .threshold = threshold, .trigrams = trigrams };
		make_questions(&x[i], r, other, &a);
	}
	double start = cpu();
	for (size_t i = 0; i < clients; i++)
		pthread_create(&x[i].thread, NULL, ask, &x[i]);
	for (size_t i = 0; i < clients; i++)
		pthread_join(x[i].thread, NULL);
	double seconds = cpu() - start;
	for (size_t i = 0; i < clients; i++) {
		memcpy(all + n, x[i].times, x[i].asked * sizeof(double));
		n += x[i].asked;
		found += x[i].found;
	}
	if (threshold == 10000)
		snprintf(label, sizeof(label), "exact, %zu at once", clients);
	else
		snprintf(label, sizeof(label), ">= %d %%, %zu at once", threshold / 100,
			clients);
	snprintf(more, sizeof(more), "; %.0f a second, %zu of %zu found", (double)n / seconds,
		found, n);
	print_times(label, all, n, more);
	fflush(stdout);
	arena_free(&a);
}

static void
fill_store(const char *store, const rows *r, size_t n, const char *sample)
{
	static slice sources[SAMPLED];
	tm_store_counts counts;
	tm_store *s;
	arena kept;
	size_t sampled = n < SAMPLED ? n : SAMPLED;

	arena_init(&kept, &memory_libc);
	must(tm_store_open(&s, &ctx, store, TM_STORE_WRITE));
	double seconds = fill(s, r, n, sources, sampled, &kept);
	must(tm_store_count(s, &counts));
	printf("  %llu units, %.0f a second in, %.0f bytes each\n",
		(unsigned long long)counts.units, (double)n / seconds,
		(double)counts.bytes / (double)counts.units);
	tm_store_close(s);
	keep_samples(sample, sources, sampled);
	arena_free(&kept);
}

int
main(int argc, char **argv)
{
	context_init(&ctx, &memory_libc);
	ctx.limits.file = SIZE_MAX;
	if (argc == 6 && strcmp(argv[1], "fill") == 0) {
		rows r = read_rows(argv[3]);
		fill_store(argv[2], &r, strtoul(argv[4], NULL, 10), argv[5]);
		return 0;
	}
	if (argc != 7)
		return 2;
	bool trigrams = strcmp(argv[1], "trigrams") == 0;
	rows r = read_rows(argv[3]), other = read_rows(argv[4]);
	size_t clients = strtoul(argv[6], NULL, 10);
	read_samples(argv[5]);
	clients = clients < CLIENTS_MOST ? clients : CLIENTS_MOST;
	if (!trigrams)
		measure(argv[2], &r, &other, clients, 10000, false);
	measure(argv[2], &r, &other, clients, 7000, trigrams);
	measure(argv[2], &r, &other, clients, 5000, trigrams);
	return 0;
}
