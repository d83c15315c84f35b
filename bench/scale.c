/* bench/scale WORDS.tsv TEXT: what finding terms costs with a thousand to a million of them, on
 * top of cutting the text into tokens. The terms are made of two to four words of the frequency
 * list, common ones more often, by a fixed seed; so they begin as ordinary phrases do. */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "termbase/match.h"

#define ROUNDS 15
#define CEILING ((size_t)1 << 30)

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

static status
measure(context *c, const termbase *t, slice text)
{
	words w;
	tokens k;
	term_matches found;
	double cut = 1e9, match = 1e9;

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
		cut = middle - start < cut ? middle - start : cut;
		match = end - middle < match ? end - middle : match;
	}
	double kilobytes = (double)text.n / 1e3;
	printf("  %7zu found  tokens %4.0f MB/s, terms %4.0f MB/s on top\n", found.list.n,
		kilobytes / cut, kilobytes / match);
	term_matches_free(&found);
	tokens_free(&k);
	words_free(&w);
	return STATUS_OK;
}

static status
run(context *c, const char *list_path, const char *text_path)
{
	file listed, text;
	list l = { .memory = c->memory };
	status s = STATUS_OK;

	TRY(file_open(&listed, c, list_path));
	TRY(file_open(&text, c, text_path));
	TRY(read_list(&l, listed.bytes));
	for (size_t n = 1000; n <= 1000000 && s == STATUS_OK; n = n == 10000   ? 20000
								  : n == 20000 ? 100000
									       : n * 10) {
		termbase *t = NULL;
		s = make_termbase(&t, c, &l, n);
		if (s == STATUS_OK)
			s = measure(c, t, text.bytes);
		termbase_close(t);
	}
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
	if (count != 3) {
		fprintf(stderr, "usage: scale WORDS.tsv TEXT\n");
		return 2;
	}
	status s = run(&c, arguments[1], arguments[2]);
	if (s != STATUS_OK)
		fprintf(stderr, "%s\n", c.message[0] == '\0' ? status_name(s) : c.message);
	return s == STATUS_OK ? 0 : 2;
}
