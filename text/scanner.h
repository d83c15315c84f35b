/* What the two ways of cutting a block into tokens share: for text/token*.c and text/scanner.c
 * only. The short way (text/token.c) cuts what most of a text is, the long way
 * (text/token_long.c) knows everything. */
#ifndef TEXT_SCANNER_H
#define TEXT_SCANNER_H

#include "text/scan.h"
#include "text/token.h"

#define LENGTH_MAX 1024
#define WINDOW 64                 /* bytes, one for each bit of a mask */
#define ROW_MOST (WINDOW / 2 + 1) /* words that one window can have, and a token more */
#define SOUGHT_MOST (2 * ROW_MOST)

/* The order matters: from L on, the byte begins a token. */
enum byte_class {
	O, /* lead byte of anything but a common Latin letter */
	S, /* ASCII white space */
	L, /* ASCII letter */
	T, /* C3 to C9: lead byte of a two-byte Latin letter (or of × ÷) */
	D, /* digit */
	M, /* any other ASCII */
};

/* Here, because a table that another file has is reached by a table of addresses. */
static const unsigned char scanner_classes[256] = {
	M, M, M, M, M, M, M, M, M, S, S, S, S, S, M, M, /* 00 */
	M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* 10 */
	S, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* 20 */
	D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* 30 */
	M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 40 */
	L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, M, /* 50 */
	M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
	L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, M, /* 70 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* 80 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* 90 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* A0 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* B0 */
	O, O, O, T, T, T, T, T, T, T, O, O, O, O, O, O, /* C0 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* D0 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* E0 */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* F0 */
};

/* The features of a mark of ASCII, but for its kind. */
static const uint32_t scanner_marks[128] = {
	['\''] = FEATURE_APOSTROPHE | FEATURE_STRAIGHT,
	['`'] = FEATURE_APOSTROPHE,
	['-'] = FEATURE_DASH,
	['"'] = FEATURE_QUOTE,
	['('] = FEATURE_BRACKET,
	[')'] = FEATURE_BRACKET,
	['['] = FEATURE_BRACKET,
	[']'] = FEATURE_BRACKET,
	['{'] = FEATURE_BRACKET,
	['}'] = FEATURE_BRACKET,
	['.'] = FEATURE_STOP,
	[','] = FEATURE_STOP,
	[';'] = FEATURE_STOP,
	[':'] = FEATURE_STOP,
	['!'] = FEATURE_STOP,
	['?'] = FEATURE_STOP,
	['%'] = FEATURE_RATE,
	['$'] = FEATURE_RATE,
	['/'] = FEATURE_SLASH,
};

typedef struct sought { /* a word whose place in the table is on its way */
	uint64_t head;
	token *token;  /* the array does not move until it is found */
	uint64_t tail; /* not beside the head: the two would be put together before they are
			  stored */
	uint32_t hash;
} sought;

typedef struct scanner {
	tokens *out;
	words *words;
	const unsigned char *p; /* the whole text; every index is into it */
	size_t size;            /* of the text */
	size_t end;             /* of the block */
	size_t wide_end;        /* before it, SCAN_BYTES may be read */
	language language;
	/* Of 64 bytes of the block from window on, the first lowest: */
	size_t window;
	uint64_t letters; /* what belongs to a letter of ASCII or of the first Latin blocks */
	uint64_t joints;  /* a space that a letter follows; none near the end of the text */
	sought sought[SOUGHT_MOST];
	size_t sought_count;
} scanner;

static inline slice
scanner_text(const scanner *s)
{
	return (slice){ (const char *)s->p, s->end };
}

static inline int
scanner_class(const scanner *s, size_t i)
{
	return i < s->end ? scanner_classes[s->p[i]] : M;
}

/* × and ÷, the only ones of their lead byte that are no letters. */
static inline bool
scanner_is_sign(const unsigned char *p)
{
	return p[0] == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7);
}

/* What French elides before an apostrophe, a closed list of the language: of more than one
 * byte. */
bool scanner_elides_more(const scanner *s, size_t start, size_t end);

/* The same of any number of letters: c ç d j l m n s t, « qu » and its kin. */
static inline bool
scanner_elides(const scanner *s, size_t start, size_t end)
{
	const unsigned small = 1U << ('c' - 'a') | 1U << ('d' - 'a') | 1U << ('j' - 'a') |
			       1U << ('l' - 'a') | 1U << ('m' - 'a') | 1U << ('n' - 'a') |
			       1U << ('s' - 'a') | 1U << ('t' - 'a');
	unsigned char letter = (unsigned char)((s->p[start] | 0x20) - 'a');

	if (end - start != 1)
		return scanner_elides_more(s, start, end);
	return letter < 26 && (small >> letter & 1) != 0;
}

/* How far to look from i on: what is longer is cut, and looking to its end again from every cut
 * would take the square of its length. */
static inline size_t
scanner_reach(const scanner *s, size_t i)
{
	return s->end - i > LENGTH_MAX ? i + LENGTH_MAX + 1 : s->end;
}

/* Moves the window to i, which lies in the block. */
void scanner_move_window(scanner *s, size_t i);
/* For a run of letters that is longer than a window. */
size_t scanner_letters_end_slowly(const scanner *s, size_t i);

/* The plain case: nothing but letters inside. A character at the end of the window is left to
 * the next one, which has all of it. */
static inline size_t
scanner_letters_end(scanner *s, size_t i)
{
	if (i >= s->end)
		return i;
	uint64_t others = i - s->window < WINDOW ? ~s->letters >> (i - s->window) : 0;
	if (others == 0) {
		scanner_move_window(s, i);
		others = ~s->letters;
	}
	return others == 0 ? scanner_letters_end_slowly(s, i)
			   : i + (unsigned)__builtin_ctzll(others);
}

/* The long way: the token at *i, for which and for whose word there is room. *i is what
 * follows. */
void scanner_read_token(scanner *s, size_t *i);

#endif
