/* Words of the real texts that tests and benches read ($PARAPH_SHARED, default ../shared). */
#ifndef TESTS_UNIT_CORPUS_H
#define TESTS_UNIT_CORPUS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

typedef struct corpus_words {
	ARRAY(slice) words;
	uint32_t *slots;
	size_t size;
	arena arena;
} corpus_words;

static inline const char *
corpus_folder(void)
{
	const char *folder = getenv("PARAPH_SHARED");

	return folder == NULL ? "../shared" : folder;
}

static inline void
corpus_rehash(corpus_words *c)
{
	free(c->slots);
	c->size = c->size == 0 ? 4096 : c->size * 2;
	c->slots = calloc(c->size, sizeof(*c->slots));
	for (size_t i = 0; i < c->words.n; i++) {
		size_t slot = slice_hash(c->words.at[i]) & (c->size - 1);
		while (c->slots[slot] != 0)
			slot = (slot + 1) & (c->size - 1);
		c->slots[slot] = (uint32_t)i + 1;
	}
}

static inline void
corpus_add(corpus_words *c, slice word)
{
	if (c->words.n * 2 >= c->size)
		corpus_rehash(c);
	size_t slot = slice_hash(word) & (c->size - 1);
	for (; c->slots[slot] != 0; slot = (slot + 1) & (c->size - 1))
		if (slice_equal(c->words.at[c->slots[slot] - 1], word))
			return;
	if (ARRAY_RESERVE(&memory_libc, &c->words, 1) != STATUS_OK ||
		arena_copy(&c->arena, word, &c->words.at[c->words.n]) != STATUS_OK)
		abort();
	c->slots[slot] = (uint32_t)++c->words.n;
}

static inline bool
corpus_is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static inline bool
corpus_is_inner(unsigned char c)
{
	return corpus_is_letter(c) || (c >= '0' && c <= '9') || strchr("'-.", c) != NULL;
}

/* Every run of word characters, and what stands behind an apostrophe in it. */
static inline void
corpus_add_line(corpus_words *c, slice line)
{
	for (size_t i = 0; i < line.n;) {
		size_t start = i;
		while (i < line.n && line.p[i] != '\0' &&
			corpus_is_inner((unsigned char)line.p[i]))
			i++;
		slice word = slice_sub(line, start, i);
		i += i == start;
		if (word.n == 0 || word.n > 400)
			continue;
		corpus_add(c, word);
		for (size_t k = 0; k + 3 < word.n; k++) {
			bool curly = memcmp(word.p + k, "’", 3) == 0;
			if (curly || word.p[k] == '\'')
				corpus_add(c, slice_sub(word, k + (curly ? 3 : 1), word.n));
		}
	}
}

/* False when the corpus is not there. Compressed files are read through xz and gzip. */
static inline bool
corpus_read(corpus_words *c, const char *name)
{
	char command[2048], *line = NULL;
	size_t room = 0;
	const char *tool = strstr(name, ".xz")   ? "xz -dc"
			   : strstr(name, ".gz") ? "gzip -dc"
						 : "cat";

	snprintf(command, sizeof(command), "%s '%s/corpora/%s' 2>/dev/null", tool,
		corpus_folder(), name);
	FILE *f = popen(command, "r");
	size_t before = c->words.n;
	if (f == NULL)
		return false;
	for (ssize_t n; (n = getline(&line, &room, f)) > 0;)
		corpus_add_line(c, (slice){ line, (size_t)n });
	free(line);
	pclose(f);
	return c->words.n > before;
}

static inline void
corpus_free(corpus_words *c)
{
	ARRAY_FREE(&memory_libc, &c->words);
	free(c->slots);
	arena_free(&c->arena);
}

#endif
