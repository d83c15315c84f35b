#include "tm/glance.h"

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

#define HEAD_FROM 64    /* bytes of a word that are folded for its head */
#define IDEOGRAPHS 0xE3 /* first bytes from here on: scripts without spaces, among others */

static inline bool
is_letter_or_digit(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static unsigned char
small(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

void
tm_glance_init(tm_glance *g, slice phrase, const tm_pieces *pieces)
{
	char folded[3 * HEAD_FROM + 4];

	memset(g, 0, sizeof(*g));
	if (pieces->n > GLANCE_WORDS)
		return;
	for (size_t i = 0; i < pieces->n; i++) {
		const tm_piece *x = &pieces->at[i];
		slice text = slice_sub(phrase, x->start, x->end);
		if ((x->kind != PIECE_WORD && x->kind != PIECE_NAME) || text.n > HEAD_FROM)
			return;
		size_t n = text_fold(folded, text);
		size_t head = n < GLANCE_HEAD ? n : GLANCE_HEAD;
		g->of[i].key = x->word;
		g->of[i].head_n = head;
		memcpy(g->of[i].head, folded, head);
		if (n == 0 || (unsigned char)folded[0] >= 0x80)
			return;
		g->begin[(unsigned char)folded[0]] |= UINT32_C(1) << i;
	}
	g->n = pieces->n;
}

/* Letters beyond ASCII may fold to anything: they are not compared. */
static bool
begins_like(slice token, const char *head, size_t n)
{
	if (token.n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)token.p[i] >= 0x80)
			return true;
		if (small(token.p[i]) != (unsigned char)head[i])
			return false;
	}
	return true;
}

/* Those of the wanted words of the phrase that the token is. */
static uint32_t
words_that_are(const tm_glance *g, slice token, uint32_t wanted)
{
	uint32_t same = 0;
	uint64_t key = 0;
	bool known = false;

	if ((unsigned char)token.p[0] < 0x80)
		wanted &= g->begin[small(token.p[0])];
	for (size_t i = 0; i < g->n && wanted >> i != 0; i++) {
		if ((wanted >> i & 1) == 0 ||
			!begins_like(token, g->of[i].head, g->of[i].head_n))
			continue;
		if (!known)
			key = tm_word_key(token);
		known = true;
		if (key == g->of[i].key)
			same |= UINT32_C(1) << i;
	}
	return same;
}

/* Where the next word begins; the end of the text where none does. */
static size_t
word_start(slice text, size_t i, bool *strange)
{
	while (i < text.n) {
		unsigned char c = (unsigned char)text.p[i];
		size_t next = i;
		if (is_letter_or_digit(c))
			return i;
		*strange = c == '/' || c == '@' || c >= IDEOGRAPHS;
		if (*strange || (c >= 0x80 && utf8_is_letter(utf8_next(text, &next))))
			return i;
		i = c < 0x80 ? i + 1 : next;
	}
	return i;
}

static size_t
word_end(slice text, size_t i)
{
	while (i < text.n && is_letter_or_digit((unsigned char)text.p[i]))
		i++;
	return i < text.n && (unsigned char)text.p[i] >= 0x80 ? tm_letters_end(text, i) : i;
}

bool
tm_glance_may_hold(const tm_glance *g, slice text)
{
	uint32_t ends = 0; /* bit k: k + 1 words of the phrase end with this one */
	bool strange = g->n == 0;

	for (size_t i = 0; !strange;) {
		size_t start = word_start(text, i, &strange);
		if (strange)
			break;
		if (start == text.n)
			return false;
		i = word_end(text, start);
		slice token = slice_sub(text, start, i);
		strange = slice_equal(token, SLICE("www"));
		ends = words_that_are(g, token, ends << 1 | 1);
		if (ends >> (g->n - 1) & 1)
			return true;
	}
	return true;
}
