/* Word lists of users and projects: plain text, one word a line, "#" begins a comment. Case and
 * accents count; a curly apostrophe is the same as a straight one. */
#ifndef TEXT_WORDLIST_H
#define TEXT_WORDLIST_H

#include "base/context.h"

typedef struct wordlist {
	const memory *memory;
	arena arena;
	ARRAY(slice) words;
	uint32_t *slots; /* index in words + 1; 0 is empty */
	size_t slot_count;
} wordlist;

void wordlist_init(wordlist *l, const memory *m);
void wordlist_free(wordlist *l);
/* Copies the word; a word that is there already, or empty, changes nothing. */
MUST_USE status wordlist_add(wordlist *l, slice word);
/* Adds all words of a text; the text need not live on. */
MUST_USE status wordlist_add_lines(wordlist *l, slice text);
MUST_USE status wordlist_read(wordlist *l, context *c, const char *path);
/* May be called from several threads as long as nothing is added. */
bool wordlist_has(const wordlist *l, slice word);

#endif
