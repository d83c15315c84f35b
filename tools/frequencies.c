/* Counts the known words of a text on standard input and prints "word<TAB>per million", the
 * commonest first:  frequencies fr|en DATA < TEXT      (see tools/frequencies.sh)
 *
 * Words are counted in lower case. An elided article or pronoun (l’, qu’) is a word of its own
 * unless the whole is one (aujourd’hui). What the lexicon does not know is not printed but
 * counts among the words of the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/lexicon.h"

#define LEAST 3    /* occurrences; fewer prove little and are often misprints */
#define MOST 40000 /* rows */
#define WORD 200   /* bytes */

typedef struct entry {
	slice word;
	size_t count;
} entry;

typedef struct counter {
	lexicon *lexicon;
	arena arena;
	ARRAY(entry) entries;
	uint32_t *slots;
	size_t slot_count, words;
} counter;

static void
rehash(counter *c)
{
	free(c->slots);
	c->slot_count = c->slot_count == 0 ? 65536 : c->slot_count * 2;
	c->slots = calloc(c->slot_count, sizeof(*c->slots));
	if (c->slots == NULL)
		exit(2);
	for (size_t i = 0; i < c->entries.n; i++) {
		size_t slot = slice_hash(c->entries.at[i].word) & (c->slot_count - 1);
		while (c->slots[slot] != 0)
			slot = (slot + 1) & (c->slot_count - 1);
		c->slots[slot] = (uint32_t)i + 1;
	}
}

static void
count(counter *c, slice word)
{
	if (c->entries.n * 2 >= c->slot_count)
		rehash(c);
	size_t slot = slice_hash(word) & (c->slot_count - 1);
	for (; c->slots[slot] != 0; slot = (slot + 1) & (c->slot_count - 1))
		if (slice_equal(c->entries.at[c->slots[slot] - 1].word, word)) {
			c->entries.at[c->slots[slot] - 1].count++;
			return;
		}
	entry e = { .count = 1 };
	if (arena_copy(&c->arena, word, &e.word) != STATUS_OK ||
		ARRAY_RESERVE(&memory_libc, &c->entries, 1) != STATUS_OK)
		exit(2);
	c->entries.at[c->entries.n++] = e;
	c->slots[slot] = (uint32_t)c->entries.n;
}

static bool
is_form(const lexicon *x, slice word)
{
	const analysis *a;
	char text[3 * WORD + 4];

	return lexicon_analyses(x, word, &a) > 0 ||
	       lexicon_analyses(x, (slice){ text, text_small(text, word) }, &a) > 0 ||
	       lexicon_analyses(x, (slice){ text, text_capitalise(text, word) }, &a) > 0;
}

static void
count_word(counter *c, slice word)
{
	char lower[3 * WORD + 4];

	c->words++;
	if (word.n <= WORD && lexicon_knows(c->lexicon, word) && is_form(c->lexicon, word))
		count(c, (slice){ lower, text_lower(lower, word) });
}

static void
count_token(counter *c, slice token)
{
	while (token.n > 0 && token.n <= WORD && !is_form(c->lexicon, token)) {
		size_t at = 0, end = 0;
		for (uint32_t code = 0; at < token.n && end == 0;) {
			code = text_decode(token, &at);
			if (code == '\'' || code == 0x2019)
				end = at;
		}
		if (end == 0)
			break;
		token = slice_sub(token, end, token.n);
		c->words++;
	}
	if (token.n > 0)
		count_word(c, token);
}

static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c < 0x530);
}

static bool
is_joint(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == '-' || c == 0x2011;
}

static void
count_line(counter *c, slice line)
{
	size_t start = 0, end = 0;

	for (size_t at = 0; at < line.n;) {
		size_t here = at;
		uint32_t code = text_decode(line, &at);
		if (is_letter(code)) {
			start = end == 0 ? here : start;
			end = at;
		} else if (end != 0 && !(is_joint(code) && end == here)) {
			count_token(c, slice_sub(line, start, end));
			end = 0;
		}
	}
	if (end != 0)
		count_token(c, slice_sub(line, start, end));
}

static int
compare(const void *left, const void *right)
{
	const entry *a = left, *b = right;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return slice_compare(a->word, b->word);
}

static void
print(counter *c)
{
	qsort(c->entries.at, c->entries.n, sizeof(*c->entries.at), compare);
	for (size_t i = 0; i < c->entries.n && i < MOST && c->entries.at[i].count >= LEAST; i++)
		printf("%.*s\t%.2f\n", SLICE_ARG(c->entries.at[i].word),
			(double)c->entries.at[i].count * 1e6 / (double)c->words);
}

int
main(int argc, char **argv)
{
	counter c = { .words = 0 };
	context messages;
	char *line = NULL;
	size_t room = 0;

	context_init(&messages, &memory_libc);
	arena_init(&c.arena, &memory_libc);
	if (argc != 3)
		return 2;
	language l = strcmp(argv[1], "fr") == 0 ? LANGUAGE_FR : LANGUAGE_EN;
	if (lexicon_open(&c.lexicon, &messages, l, argv[2]) != STATUS_OK) {
		fprintf(stderr, "frequencies: %s\n", messages.message);
		return 2;
	}
	for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;)
		count_line(&c, (slice){ line, (size_t)n });
	print(&c);
	free(line);
	lexicon_close(c.lexicon);
	return 0;
}
