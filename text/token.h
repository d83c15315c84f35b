/* Tokens: the words, numbers, symbols and marks of one block of text, with the gap before each.
 * White space is never a token; it is a property of the token after it.
 *
 * French elision is split (l’ + Asie), hyphenated compounds are one word (sous-région, a-t-il),
 * a number keeps the spaces inside it (1 250,5), and document symbols (A/RES/70/1), addresses
 * and codes (COVID-19, 1er) are one token each, which no spelling rule looks at. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "text/word.h"

typedef enum token_kind {
	TOKEN_EDGE,    /* before the first and after the last token of the block */
	TOKEN_WORD,    /* letters, with hyphens and apostrophes inside */
	TOKEN_ELISION, /* l’ d’ qu’ jusqu’ …, the apostrophe included; French only */
	TOKEN_NUMBER,  /* digits with separators and grouping spaces inside */
	TOKEN_CODE,    /* letters and digits together: COVID-19, 1er, H1N1 */
	TOKEN_SYMBOL,  /* a United Nations document symbol: S/2018/7, E/CN.4/2006/1/Add.1 */
	TOKEN_ADDRESS, /* URL, e-mail address, domain name */
	TOKEN_MARK,    /* one character that is none of these; word is its code point */
} token_kind;

typedef enum token_gap {
	GAP_NONE,
	GAP_START,    /* first in its block */
	GAP_SPACE,    /* one U+0020 */
	GAP_NO_BREAK, /* one U+00A0 or U+202F */
	GAP_WIDE,     /* two white-space characters or more */
	GAP_UNUSUAL,  /* one tab, line break or other Unicode space */
} token_gap;

typedef struct token {
	uint32_t start; /* byte offset in the document's text */
	uint32_t word;  /* id in the word table; for a mark, its code point */
	uint32_t lower; /* id of the lower-case form of a word or an elision; else 0 */
	uint32_t features;
	uint16_t length; /* bytes */
	uint8_t kind, gap;
	uint16_t calls; /* of the reading of a word; below CALLS_OF_WORDS for what is none */
} token;

/* token.calls of what is no word: a mark of ASCII, be it a control, has its own code there,
 * other marks have 0. Digits are no marks: other kinds have their codes, and numbers that are
 * digits alone one of their own. */
enum {
	CALLS_NUMBER = '0',
	CALLS_DIGITS,
	CALLS_CODE,
	CALLS_SYMBOL,
	CALLS_ADDRESS,
	CALLS_OF_WORDS = 128
};

/* A block's tokens. at[-TOKEN_EDGES] to at[count + TOKEN_EDGES - 1] may be read: what lies
 * outside 0..count-1 is TOKEN_EDGE. */
#define TOKEN_EDGES 4
typedef struct tokens {
	const memory *memory;
	token *at;
	size_t count;
	token *base; /* the allocation */
	size_t capacity;
} tokens;

void tokens_init(tokens *t, const memory *m);
void tokens_free(tokens *t);

/* Cuts text[block] into tokens, replacing what t held. Words are interned in w and read in the
 * given language (LANGUAGE_FR or LANGUAGE_EN). text is valid UTF-8. */
MUST_USE status tokens_read(tokens *t, words *w, slice text, span block, language l);

#endif
