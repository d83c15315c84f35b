/* What is told of a text as a whole and is a sum over its lines: after a key in an editor only
 * the line that is another one is counted anew, where the text before is kept. */
#ifndef DOCUMENT_FACTS_H
#define DOCUMENT_FACTS_H

#include "base/memory.h"

typedef struct text_facts {
	size_t words;     /* pieces between white space that hold a letter or a digit */
	size_t comments;  /* places where “paraph:” stands, spaces aside */
	size_t no_breaks; /* U+00A0 */
	size_t narrow;    /* U+202F */
	size_t curly;     /* ’ */
	size_t raised;    /* ¹ */
	size_t closing;   /* what ends like it */
	size_t straight;  /* ' behind a letter or a digit */
	size_t glued;     /* : ; ! ? at the end of a word, */
	size_t spaced;    /* and behind a space */
} text_facts;

/* What one look at a text tells of it. */
typedef struct text_survey {
	size_t words;   /* as above */
	bool commented; /* “paraph:” stands in it, spaces aside */
	bool raised;    /* so does ¹ */
} text_survey;

text_survey facts_survey(slice text);

/* Single facts of a text that is looked at once. */
size_t facts_straight(slice text, size_t most); /* no more than it takes to know */
bool facts_glued(slice text);                   /* are more glued than not? */

/* What is another one: whole lines, of the text before and of the one now. */
typedef struct text_difference {
	size_t start, old_end, new_end;
} text_difference;

typedef struct text_hash { /* of a block */
	span text;
	uint64_t hash;
} text_hash;

/* The text that was read last. */
typedef struct text_memo {
	const memory *memory;
	char *text;
	size_t n, capacity;
	bool known; /* text and facts hold */
	bool plain; /* it was a file in UTF-8 that was taken as it is */
	text_facts facts;
	slice asked;             /* the file that text_memo_is_sound was asked about last */
	text_difference found;   /* of the text that was asked about, then that was read last */
	ARRAY(text_hash) hashes; /* of the blocks of the text (document/hashes.h) */
	bool hashed;             /* they are of the text that was read last */
} text_memo;

/* Texts that are longer are not kept. */
#define TEXT_MEMO_MOST ((size_t)32 << 20)

void text_memo_free(text_memo *m);
/* Is a file sound UTF-8 that needs no change, as the one before was but for the lines that are
 * others? False: that is not known. m may be NULL. */
bool text_memo_is_sound(text_memo *m, slice bytes);
/* The facts of a text, which is kept. plain: it is the file. NULL: nothing can be kept. */
const text_facts *text_memo_read(text_memo *m, slice text, bool plain);

#endif
