#include "text/spelled.h"

#include <string.h>

#include "text/fold.h"

#define LETTERS_MOST 12
#define WINDOW_BYTES 1024

bool
spelled_is_acronym(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return s.n >= 2 && s.n <= LETTERS_MOST;
}

bool
spelled_is_numeral(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("MDCLXVI", s.p[i]) == NULL)
			return false;
	return s.n != 0;
}

bool
spelled_is_inside(const token *t)
{
	if (t->kind == TOKEN_MARK)
		return t->word == ',' || t->word == '-' || t->word == 0x2019 || t->word == '/';
	return t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION;
}

typedef struct window { /* words, folded, each behind a space */
	char text[WINDOW_BYTES];
	size_t n;
	uint16_t token[WINDOW_BYTES]; /* that a byte belongs to, from the first */
} window;

static bool
fill(window *w, const tokens *t, slice text, size_t first, size_t last)
{
	w->n = 0;
	for (size_t i = first; i <= last; i++) {
		slice s = slice_sub(text, t->at[i].start, t->at[i].start + t->at[i].length);
		if (w->n + 3 * s.n + 8 > WINDOW_BYTES)
			return false;
		size_t start = w->n;
		w->text[w->n++] = ' ';
		w->n += text_fold(w->text + w->n, s);
		for (size_t k = start; k < w->n; k++)
			w->token[k] = (uint16_t)(i - first);
	}
	return true;
}

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* The letters from last to first, each as far right as it goes, the first at the beginning of
 * a word. */
static bool
align(const window *w, slice letters, size_t *offset)
{
	size_t at = w->n;

	for (size_t k = letters.n; k > 0; k--) {
		char letter = (char)(letters.p[k - 1] | 0x20);
		bool found = false;
		while (!found && at > 0) {
			at--;
			found = w->text[at] == letter &&
				(k > 1 || at == 0 || !is_letter(w->text[at - 1]));
		}
		if (!found)
			return false;
	}
	*offset = w->token[at];
	return true;
}

bool
spelled_before(const tokens *t, slice text, size_t end, slice letters, size_t *start)
{
	window w;
	size_t first = end, offset;

	while (first > 0 && end - first < 3 * letters.n + 2 &&
		spelled_is_inside(&t->at[first - 1]))
		first--;
	if (end - first < 2 || !fill(&w, t, text, first, end - 1) ||
		!align(&w, letters, &offset) || first + offset + 2 > end)
		return false;
	*start = first + offset;
	return true;
}

bool
spelled_after(const tokens *t, slice text, size_t first, slice letters, size_t *last)
{
	window w;
	size_t end = first, offset;

	while (end < t->count && end - first < 3 * letters.n + 2 &&
		spelled_is_inside(&t->at[end]))
		end++;
	if (end - first < 2 || !fill(&w, t, text, first, end - 1))
		return false;
	*last = end - 1;
	return align(&w, letters, &offset) && w.text[1] == (letters.p[0] | 0x20);
}
