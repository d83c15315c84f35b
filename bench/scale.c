/* bench/scale WORDS.tsv TEXT [TERMS…]: what finding terms costs with a thousand to a million of
 * them, on top of cutting the text into tokens. The terms are made of two to four words of the
 * frequency list, common ones more often, by a fixed seed; so they begin as ordinary phrases
 * do. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "termbase/match.h"

#define ROUNDS 15
#define CEILING ((size_t)1 << 30)
#define COUNTS_MOST 10

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct list {
	const memory *memory;
	ARRAY(slice) words;
} list;

static status
read_list(list *l, slice bytes)
{
	slice line, form, rest = bytes;

	for (bool more = true; more;) {
		more = slice_cut(rest, '\n', &line, &rest);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		(void)slice_cut(line, '\t', &form, &line);
		TRY(ARRAY_RESERVE(l->memory, &l->words, 1));
		l->words.at[l->words.n++] = form;
	}
	return STATUS_OK;
}

static uint32_t
next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* The list begins with the most frequent words; the product of two numbers prefers them. */
static slice
some_word(const list *l, uint64_t *seed)
{
	uint64_t a = next_random(seed) % l->words.n, b = next_random(seed) % l->words.n;

	return l->words.at[a * b / l->words.n];
}

static status
add_term(glossary *g, const list *l, uint64_t *seed)
{
	char text[512];
	size_t n = 0, most = 2 + next_random(seed) % 3;
	glossary_term t = { .concept = (uint32_t)g->concepts.n, .language = LANGUAGE_FR };

	for (size_t i = 0; i < most; i++) {
		slice w = some_word(l, seed);
		if (n + w.n + 1 < sizeof(text))
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%.*s",
				i == 0 ? "" : " ", SLICE_ARG(w));
	}
	TRY(arena_copy(&g->text, (slice){ text, n }, &t.text));
	TRY(ARRAY_RESERVE(g->memory, &g->terms, 1));
	TRY(ARRAY_RESERVE(g->memory, &g->concepts, 1));
	g->concepts.at[g->concepts.n++] = (glossary_concept){
		.id = t.text, .term = (uint32_t)g->terms.n, .term_count = 1
	};
	g->terms.at[g->terms.n++] = t;
	return STATUS_OK;
}

static status
make_termbase(termbase **out, context *c, const list *l, size_t count)
{
	glossary g;
	buffer bytes;
	uint64_t seed = 4;
	status s = STATUS_OK;

	TRY(termbase_open(out, c, NULL));
	glossary_init(&g, c->memory);
	g.lenient = true;
	for (size_t i = 0; i < count && s == STATUS_OK; i++)
		s = add_term(&g, l, &seed);
	buffer_init(&bytes, c->memory, CEILING);
	double start = now();
	if (s == STATUS_OK)
		s = index_build(&bytes, c, &g);
	printf("%8zu terms  built in %6.0f ms  %6.1f MB", count, now() - start,
		(double)bytes.n / 1e6);
	glossary_free(&g);
	start = now();
	if (s == STATUS_OK)
		s = termbase_take(*out, c, "made", &bytes);
	printf("  opened in %5.1f ms", now() - start);
	return s;
}

typedef struct cost { /* milliseconds */
	double cut, match;
} cost;

static status
measure(context *c, const termbase *t, slice text, cost *out)
{
	words w;
	tokens k;
	term_matches found;
	cost least = { 1e9, 1e9 };

	TRY(words_init(&w, c->memory));
	w.extra = termbase_vocabulary(t);
	tokens_init(&k, c->memory);
	term_matches_init(&found, c->memory);
	for (int i = 0; i < ROUNDS; i++) {
		double start = now();
		TRY(tokens_read(&k, &w, text, (span){ 0, (uint32_t)text.n }, LANGUAGE_FR));
		double middle = now();
		TRY(termbase_match(&found, t, &w, &k, text, LANGUAGE_FR));
		double end = now();
		least.cut = middle - start < least.cut ? middle - start : least.cut;
		least.match = end - middle < least.match ? end - middle : least.match;
	}
	double kilobytes = (double)text.n / 1e3;
	printf("  %7zu found  tokens %4.0f MB/s, terms %4.0f MB/s on top\n", found.list.n,
		kilobytes / least.cut, kilobytes / least.match);
	*out = least;
	term_matches_free(&found);
	tokens_free(&k);
	words_free(&w);
	return STATUS_OK;
}

static status
measure_with(context *c, const list *l, slice text, size_t count, cost *out)
{
	termbase *t = NULL;
	status s = make_termbase(&t, c, l, count);

	if (s == STATUS_OK)
		s = measure(c, t, text, out);
	termbase_close(t);
	return s;
}

/* Cutting does the same work whatever the terms are: the least of all runs is its cost. */
static void
compare(const cost *costs, const size_t *counts, size_t n)
{
	double cut = costs[0].cut;

	for (size_t i = 1; i < n; i++)
		cut = costs[i].cut < cut ? costs[i].cut : cut;
	for (size_t i = 1; i < n; i++)
		printf("from %zu to %zu terms: a scan takes %.2f times as long, matching alone "
		       "%.2f times\n",
			counts[0], counts[i], (cut + costs[i].match) / (cut + costs[0].match),
			costs[i].match / costs[0].match);
}

static status
run(context *c, char **arguments, size_t asked)
{
	size_t counts[COUNTS_MOST] = { 1000, 10000, 20000, 100000, 1000000 }, n = 5;
	cost costs[COUNTS_MOST];
	file listed, text;
	list l = { .memory = c->memory };
	status s = STATUS_OK;

	TRY(file_open(&listed, c, arguments[1]));
	TRY(file_open(&text, c, arguments[2]));
	TRY(read_list(&l, listed.bytes));
	for (size_t i = 0; i < asked; i++)
		counts[i] = strtoul(arguments[i + 3], NULL, 10);
	n = asked > 0 ? asked : n;
	for (size_t i = 0; i < n && s == STATUS_OK; i++)
		s = measure_with(c, &l, text.bytes, counts[i], &costs[i]);
	if (s == STATUS_OK)
		compare(costs, counts, n);
	ARRAY_FREE(c->memory, &l.words);
	file_close(&text, c->memory);
	file_close(&listed, c->memory);
	return s;
}

int
main(int count, char **arguments)
{
	context c;

	context_init(&c, &memory_libc);
	if (count < 3 || count > 3 + COUNTS_MOST) {
		fprintf(stderr, "usage: scale WORDS.tsv TEXT [TERMS…]\n");
		return 2;
	}
	status s = run(&c, arguments, (size_t)count - 3);
	if (s != STATUS_OK)
		fprintf(stderr, "%s\n", c.message[0] == '\0' ? status_name(s) : c.message);
	return s == STATUS_OK ? 0 : 2;
}
