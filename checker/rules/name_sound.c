#include "checker/rules/name_sound.h"

#include <string.h>

#include "text/data.h"

void
sounds_init(sounds *s)
{
	slice rest = EMBEDDED(transliteration), row;

	*s = (sounds){ 0 };
	while (s->n < SOUND_ROWS && data_row(&rest, &row)) {
		slice_cut(row, '\t', &s->rows[s->n].written, &row);
		slice_cut(row, '\t', &s->rows[s->n].as, &row);
		s->by_first[s->rows[s->n].written.p[0] - 'a'] |= UINT64_C(1) << s->n;
		s->n++;
	}
}

size_t
name_letters(char *out, slice folded)
{
	size_t n = 0;

	for (size_t i = 0; i < folded.n; i++)
		if (folded.p[i] >= 'a' && folded.p[i] <= 'z')
			out[n++] = folded.p[i];
	return n;
}

/* The row that takes most of what stands at the beginning; -1: none. */
static int
longest_row(const sounds *s, slice rest)
{
	uint64_t rows = s->by_first[rest.p[0] - 'a'];
	int best = -1;

	for (; rows != 0; rows &= rows - 1) {
		size_t i = (size_t)__builtin_ctzll(rows);
		if (slice_starts(rest, s->rows[i].written) &&
			(best < 0 || s->rows[i].written.n > s->rows[best].written.n))
			best = (int)i;
	}
	return best;
}

static void
put(char *out, size_t *n, char letter)
{
	if (*n == 0 || out[*n - 1] != letter)
		out[(*n)++] = letter;
}

size_t
name_sound(const sounds *s, char *out, slice letters)
{
	size_t n = 0;

	for (size_t i = 0; i < letters.n;) {
		slice rest = slice_sub(letters, i, letters.n);
		int row = longest_row(s, rest);
		if (row >= 0) {
			put(out, &n, s->rows[row].as.p[0]);
			i += s->rows[row].written.n;
			continue;
		}
		if (rest.p[0] != 'h')
			put(out, &n, rest.p[0]);
		i++;
	}
	return n;
}

bool
name_is_derived(slice a, slice b)
{
	static const char *const endings[] = { "s", "es", "e", "ne", "nes", "n", "ns", "i",
		"is", "a", "as", "ien", "iens", "ienne", "iennes", "ais", "aise", "aises",
		"ois", "oise", "ite", "ites", "iste", "istes", "ian", "ians", "an", "ans",
		"ese", "ist", "ists", "ism", "isme", "ka", "aya", "aia", "ja", "o", "u", "ou",
		"in", "ina" };
	size_t head = 0, least = a.n < b.n ? a.n : b.n;

	while (head < least && a.p[head] == b.p[head])
		head++;
	slice left = slice_sub(a, head, a.n), right = slice_sub(b, head, b.n);
	bool ends_left = left.n == 0, ends_right = right.n == 0;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		ends_left = ends_left || slice_is(left, endings[i]);
		ends_right = ends_right || slice_is(right, endings[i]);
	}
	return ends_left && ends_right;
}

bool
name_is_one_slip(slice a, slice b)
{
	size_t head = 0, tail = 0, least = a.n < b.n ? a.n : b.n, most = a.n + b.n - least;

	while (head < least && a.p[head] == b.p[head])
		head++;
	while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	if (most - least <= 1 && most - head - tail <= 1)
		return true;
	return a.n == b.n && a.n - head - tail == 2 && a.p[head] == b.p[head + 1] &&
	       a.p[head + 1] == b.p[head];
}
