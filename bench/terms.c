/* bench/terms INDEX TEXT [GLOSSARY.tsv…]: how long the built-in index takes to open, a glossary
 * to compile in memory, and the terms of a French text to be found, beside cutting it into
 * tokens. */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "termbase/match.h"
#include "termbase/overlay.h"

#define ROUNDS 5

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static status
open_all(context *c, termbase **t, int count, char **arguments)
{
	double start = now();

	TRY(termbase_open(t, c, arguments[0]));
	printf("open %s: %.3f ms\n", arguments[0], now() - start);
	if (count == 2)
		return STATUS_OK;
	start = now();
	TRY(overlay_add(*t, c, NULL, (const char *const *)arguments + 2, (size_t)count - 2));
	printf("layers: %u terms, %.1f ms\n", (*t)->indexes[(*t)->count - 1].term_count,
		now() - start);
	return STATUS_OK;
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
	double megabytes = (double)text.n / 1e6;
	printf("%.1f MB, %zu tokens, %zu terms: tokens %.0f MB/s, terms %.0f MB/s on top\n",
		megabytes, k.count, found.list.n, megabytes * 1e3 / cut,
		megabytes * 1e3 / match);
	term_matches_free(&found);
	tokens_free(&k);
	words_free(&w);
	return STATUS_OK;
}

int
main(int count, char **arguments)
{
	context c;
	termbase *t;
	file f;

	context_init(&c, &memory_libc);
	if (count < 3) {
		fprintf(stderr, "usage: terms INDEX TEXT [GLOSSARY.tsv...]\n");
		return 2;
	}
	status s = open_all(&c, &t, count - 1, arguments + 1);
	if (s == STATUS_OK)
		s = file_open(&f, &c, arguments[2]);
	if (s == STATUS_OK) {
		s = measure(&c, t, f.bytes);
		file_close(&f, c.memory);
	}
	if (s != STATUS_OK)
		fprintf(stderr, "%s\n", c.message[0] == '\0' ? status_name(s) : c.message);
	termbase_close(t);
	return s == STATUS_OK ? 0 : 2;
}
