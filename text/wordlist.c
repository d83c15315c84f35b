/* A hash set of words. Lists are small (hundreds of names) and read once, but asked about every
 * unknown word, so that the question must cost nothing: one hash, one comparison.
 *
 * Invariant: words are kept with straight apostrophes, and at most half of the slots are used.
 */
#include "text/wordlist.h"

#include <string.h>

#include "base/file.h"
#include "text/utf8.h"

#define LONGEST 1024 /* bytes; longer lines are no words */

void
wordlist_init(wordlist *l, const memory *m)
{
	*l = (wordlist){ .memory = m };
	arena_init(&l->arena, m);
}

void
wordlist_free(wordlist *l)
{
	ARRAY_FREE(l->memory, &l->words);
	memory_free(l->memory, l->slots);
	arena_free(&l->arena);
	l->slots = NULL;
	l->slot_count = 0;
}

static slice
straighten(slice word, char out[LONGEST])
{
	size_t n = 0;

	if (word.n == 0 || memchr(word.p, '\xE2', word.n) == NULL)
		return word;
	for (size_t at = 0; at < word.n;) {
		bool curly = slice_starts(slice_sub(word, at, word.n), SLICE("’"));
		out[n++] = curly ? '\'' : word.p[at];
		at += curly ? 3 : 1;
	}
	return (slice){ out, n };
}

static size_t
slot_of(const wordlist *l, slice word)
{
	size_t slot = slice_hash(word) & (l->slot_count - 1);

	while (l->slots[slot] != 0 && !slice_equal(l->words.at[l->slots[slot] - 1], word))
		slot = (slot + 1) & (l->slot_count - 1);
	return slot;
}

static status
grow(wordlist *l)
{
	size_t count = l->slot_count == 0 ? 64 : l->slot_count * 2;
	uint32_t *slots = memory_alloc(l->memory, count * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, count * sizeof(*slots));
	memory_free(l->memory, l->slots);
	l->slots = slots;
	l->slot_count = count;
	for (size_t i = 0; i < l->words.n; i++)
		l->slots[slot_of(l, l->words.at[i])] = (uint32_t)i + 1;
	return STATUS_OK;
}

status
wordlist_add(wordlist *l, slice word)
{
	char text[LONGEST];
	slice copy;

	if (word.n == 0 || word.n > LONGEST || l->words.n >= UINT32_MAX / 4)
		return STATUS_OK;
	word = straighten(word, text);
	if ((l->words.n + 1) * 2 > l->slot_count)
		TRY(grow(l));
	size_t slot = slot_of(l, word);
	if (l->slots[slot] != 0)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(l->memory, &l->words, 1));
	TRY(arena_copy(&l->arena, word, &copy));
	l->words.at[l->words.n++] = copy;
	l->slots[slot] = (uint32_t)l->words.n;
	return STATUS_OK;
}

status
wordlist_add_lines(wordlist *l, slice text)
{
	slice line, word, comment;

	if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
		text = slice_sub(text, 3, text.n);
	while (slice_line(&text, &line)) {
		slice_cut(line, '#', &word, &comment);
		TRY(wordlist_add(l, slice_trim(word)));
	}
	return STATUS_OK;
}

/* A list in another encoding would be read as words that no text has, without a sign. */
static status
require_text(context *c, const char *path, slice bytes)
{
	utf8_facts facts;
	size_t good = utf8_check(bytes, &facts);
	const char *zero = good == 0 ? NULL : memchr(bytes.p, 0, good);

	if (zero == NULL && good == bytes.n)
		return STATUS_OK;
	size_t at = zero != NULL ? (size_t)(zero - bytes.p) : good, line = 1;
	for (size_t i = 0; i < at; i++)
		line += bytes.p[i] == '\n';
	return context_fail(c, STATUS_FORMAT, "%s: line %zu: a word list is text in UTF-8",
		"%s\u00A0: ligne %zu\u00A0: une liste de mots est du texte en UTF-8", path,
		line);
}

status
wordlist_read(wordlist *l, context *c, const char *path)
{
	file f;

	TRY(file_open(&f, c, path));
	status s = require_text(c, path, f.bytes);
	if (s == STATUS_OK)
		s = wordlist_add_lines(l, f.bytes);
	file_close(&f, c->memory);
	return s;
}

bool
wordlist_has(const wordlist *l, slice word)
{
	char text[LONGEST];

	if (word.n == 0 || word.n > LONGEST || l->words.n == 0)
		return false;
	return l->slots[slot_of(l, straighten(word, text))] != 0;
}
