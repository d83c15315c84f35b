/* See near.h. A slip is weighed like a broken word in text/joins.h: the frequency of the word
 * meant, times how often people slip, shared among the slips possible at each letter, against
 * the chance of an unknown word of this length. */
#include "text/near.h"

#include <math.h>
#include <string.h>

#include "text/utf8.h"

#define POINTS_MAX 48
#define LOG_SLIP (-4.0)
#define LOG_ANY_LETTER (-1.4) /* one letter of the alphabet for another, or out of nothing */
#define LOG_UNKNOWN (-5.5)
#define LOG_UNKNOWN_POINT 0.75

typedef struct letters {
	uint32_t at[POINTS_MAX + 2];
	size_t n;
} letters;

typedef struct search {
	const lexicon *lexicon;
	near_word best;
	double best_log;
} search;

static bool
read_letters(letters *out, slice s)
{
	out->n = 0;
	for (size_t i = 0; i < s.n;) {
		if (out->n == POINTS_MAX)
			return false;
		out->at[out->n++] = utf8_next(s, &i);
	}
	return true;
}

static void
try_letters(search *s, const letters *candidate, double log_edit)
{
	char text[4 * (POINTS_MAX + 2)];
	const analysis *a;
	size_t n = 0;

	for (size_t i = 0; i < candidate->n; i++)
		n += utf8_put(text + n, candidate->at[i]);
	uint32_t frequency = lexicon_frequency_exact(s->lexicon, (slice){ text, n });
	if (frequency == 0 || n > NEAR_BYTES_MAX)
		return;
	double log = log10(frequency) - 6.0 + log_edit;
	if (log <= s->best_log)
		return;
	/* a name in lower case is frequent, and no word */
	if (lexicon_analyses(s->lexicon, (slice){ text, n }, &a) == 0)
		return;
	s->best_log = log;
	memcpy(s->best.text, text, n);
	s->best.n = n;
}

static void
try_dropping(search *s, const letters *w)
{
	for (size_t i = 0; i < w->n; i++) {
		letters x = *w;
		memmove(x.at + i, x.at + i + 1, (x.n - i - 1) * sizeof(*x.at));
		x.n--;
		bool doubled = i > 0 && w->at[i] == w->at[i - 1];
		try_letters(s, &x, doubled ? 0 : LOG_ANY_LETTER);
	}
}

static void
try_exchanging(search *s, const letters *w)
{
	for (size_t i = 1; i < w->n; i++) {
		letters x = *w;
		x.at[i] = w->at[i - 1];
		x.at[i - 1] = w->at[i];
		try_letters(s, &x, 0);
	}
}

/* Without its accent, for the letters of French and English. */
static uint32_t
plain(uint32_t c)
{
	static const char bases[] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

	return c >= 0xE0 && c <= 0xFF && bases[c - 0xE0] != '\0' ? (uint32_t)bases[c - 0xE0]
								 : c;
}

static void
try_alphabet(search *s, const letters *w, const uint32_t *alphabet, size_t count)
{
	for (size_t i = 0; i <= w->n; i++)
		for (size_t a = 0; a < count; a++) {
			letters x = *w;
			if (i < w->n) {
				x.at[i] = alphabet[a];
				bool accent = plain(w->at[i]) == plain(alphabet[a]);
				try_letters(s, &x, accent ? 0 : LOG_ANY_LETTER);
			}
			memmove(x.at + i + 1, w->at + i, (w->n - i) * sizeof(*x.at));
			x.at[i] = alphabet[a];
			x.n++;
			bool doubled = i > 0 && w->at[i - 1] == alphabet[a];
			try_letters(s, &x, doubled ? 0 : LOG_ANY_LETTER);
		}
}

near_word
near_find(const lexicon *x, language l, slice lower)
{
	static const uint32_t alphabet[] = { 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j',
		'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
		'-', /* and French: */ 0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF,
		0xF4, 0xF9, 0xFB, 0xFC, 0x153 };
	search s = { .lexicon = x, .best_log = -INFINITY };
	letters w;

	if (lower.n > NEAR_BYTES_MAX || !read_letters(&w, lower) || w.n < 2)
		return s.best;
	try_dropping(&s, &w);
	try_exchanging(&s, &w);
	try_alphabet(
		&s, &w, alphabet, l == LANGUAGE_FR ? sizeof(alphabet) / sizeof(*alphabet) : 27);
	s.best.odds = s.best_log + LOG_SLIP - log10((double)w.n) - LOG_UNKNOWN +
		      LOG_UNKNOWN_POINT * (double)w.n;
	return s.best;
}
