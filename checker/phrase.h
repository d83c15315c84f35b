/* Phrases as users write them in rule files:
 *
 *	prise en charge     these words, case aside, whatever spaces stand between them
 *	<prendre> en compte any form of the lemma
 *	à|au|aux niveau     one of several words
 *	mise * œuvre        * is any one word
 *
 * A phrase begins with a word, alternatives or a lemma, so that only tokens that can begin one
 * are looked at. */
#ifndef CHECKER_PHRASE_H
#define CHECKER_PHRASE_H

#include "checker/check.h"

typedef enum element_kind { ELEMENT_WORDS, ELEMENT_LEMMA, ELEMENT_ANY } element_kind;

typedef struct element {
	element_kind kind;
	slice *words; /* as the word table has them; of a lemma: one */
	slice *lower; /* in lower case */
	size_t count;
} element;

typedef struct phrase {
	element *at;
	size_t count;
	bool exact; /* case counts */
} phrase;

/* Cuts phrases as texts of the language are cut. */
typedef struct phrase_reader {
	context *context;
	arena *arena; /* phrases live there */
	words words;
	tokens tokens;
} phrase_reader;

MUST_USE status phrase_reader_init(phrase_reader *r, context *c, arena *a);
void phrase_reader_free(phrase_reader *r);

/* STATUS_USAGE when it is empty or begins with no word. text is valid UTF-8. */
MUST_USE status phrase_read(phrase_reader *r, slice text, language l, bool exact, phrase *out);

/* Whether the phrase stands at token i of the block, and its last token. */
bool phrase_stands(const check *c, const phrase *p, size_t i, size_t *last);

#endif
