/* See near.h. A slip is weighed like a broken word in text/joins.h: the frequency of the word
 * meant, times how often people slip, shared among the slips possible at each letter, against
 * the chance of an unknown word of this length. */
#include "text/near.h"

#include <math.h>
#include <string.h>

#include "text/lexicon_view.h"
#include "text/rolling.h"
#include "text/utf8.h"

#define POINTS_MAX 48
#define ALPHABET_MOST 48
#define LOG_SLIP (-4.0)
#define LOG_ANY_LETTER (-1.4) /* one letter of the alphabet for another, or out of nothing */
#define LOG_UNKNOWN (-5.5)
#define LOG_UNKNOWN_POINT 0.75

/* The word as letters and as bytes, with the rolling hash of all its beginnings, from which
 * that of a neighbour follows in a few steps. */
typedef struct search {
	const lexicon *lexicon;
	const lexicon_map *map;
	slice word;
	uint32_t letters[POINTS_MAX];
	size_t starts[POINTS_MAX + 1]; /* byte at which each letter begins, and the end */
	size_t n;                      /* letters */
	uint64_t beginnings[NEAR_BYTES_MAX + 1], powers[NEAR_BYTES_MAX + 1];
	near_word best;
	double best_log;
} search;

static bool
read_letters(search *s)
{
	for (size_t i = 0; i < s->word.n;) {
		if (s->n == POINTS_MAX)
			return false;
		s->starts[s->n] = i;
		s->letters[s->n++] = utf8_next(s->word, &i);
	}
	s->starts[s->n] = s->word.n;
	s->powers[0] = 1;
	for (size_t i = 0; i < s->word.n; i++) {
		s->beginnings[i + 1] =
			rolling_add(s->beginnings[i], (unsigned char)s->word.p[i]);
		s->powers[i + 1] = s->powers[i] * ROLLING_MULTIPLIER;
	}
	return true;
}

/* A neighbour: the word's bytes before head, then middle, then its bytes from tail on. Hundreds
 * are asked for and one in thirty may be a word: what is done for each is kept short. */
static uint64_t
hash_of(const search *s, size_t head, slice middle)
{
	uint64_t hash = s->beginnings[head];

	for (size_t i = 0; i < middle.n; i++)
		hash = rolling_add(hash, (unsigned char)middle.p[i]);
	return hash;
}

static inline bool
may_be_word(const search *s, uint64_t hash, size_t tail)
{
	return lexicon_map_may_hold(
		s->map, (hash - s->beginnings[tail]) * s->powers[s->word.n - tail] +
				s->beginnings[s->word.n]);
}

static void
weigh(search *s, size_t head, slice middle, size_t tail, double log_edit)
{
	char text[NEAR_BYTES_MAX + 8];
	const analysis *a;

	memcpy(text, s->word.p, head);
	memcpy(text + head, middle.p, middle.n);
	memcpy(text + head + middle.n, s->word.p + tail, s->word.n - tail);
	slice made = { text, head + middle.n + s->word.n - tail };
	uint32_t frequency = lexicon_frequency_exact(s->lexicon, made);
	if (frequency == 0 || made.n > NEAR_BYTES_MAX)
		return;
	double log = log10(frequency) - 6.0 + log_edit;
	if (log <= s->best_log)
		return;
	/* a name in lower case is frequent, and no word */
	if (lexicon_analyses(s->lexicon, made, &a) == 0)
		return;
	s->best_log = log;
	memcpy(s->best.text, made.p, made.n);
	s->best.n = made.n;
}

static void
try(search *s, size_t head, slice middle, size_t tail, double log_edit)
{
	if (may_be_word(s, hash_of(s, head, middle), tail))
		weigh(s, head, middle, tail, log_edit);
}

static void
try_dropping(search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		bool doubled = i > 0 && s->letters[i] == s->letters[i - 1];
		try(s, s->starts[i], SLICE(""), s->starts[i + 1], doubled ? 0 : LOG_ANY_LETTER);
	}
}

static void
try_exchanging(search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		char pair[8];
		size_t n = utf8_put(pair, s->letters[i]);
		n += utf8_put(pair + n, s->letters[i - 1]);
		try(s, s->starts[i - 1], (slice){ pair, n }, s->starts[i + 1], 0);
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

/* A letter in the place of letter i. */
static void
weigh_replaced(search *s, size_t i, uint32_t letter, slice bytes)
{
	bool accent = plain(s->letters[i]) == plain(letter);

	weigh(s, s->starts[i], bytes, s->starts[i + 1], accent ? 0 : LOG_ANY_LETTER);
}

/* One before it. */
static void
weigh_added(search *s, size_t i, uint32_t letter, slice bytes)
{
	bool doubled = i > 0 && s->letters[i - 1] == letter;

	weigh(s, s->starts[i], bytes, s->starts[i], doubled ? 0 : LOG_ANY_LETTER);
}

static void
try_alphabet(search *s, const uint32_t *alphabet, size_t count)
{
	char room[ALPHABET_MOST][4];
	slice bytes[ALPHABET_MOST];

	for (size_t a = 0; a < count; a++)
		bytes[a] = (slice){ room[a], utf8_put(room[a], alphabet[a]) };
	for (size_t i = 0; i <= s->n; i++)
		for (size_t a = 0; a < count; a++) {
			uint64_t hash = hash_of(s, s->starts[i], bytes[a]);
			if (i < s->n && may_be_word(s, hash, s->starts[i + 1]))
				weigh_replaced(s, i, alphabet[a], bytes[a]);
			if (may_be_word(s, hash, s->starts[i]))
				weigh_added(s, i, alphabet[a], bytes[a]);
		}
}

near_word
near_find(const lexicon *x, language l, slice lower)
{
	static const uint32_t alphabet[] = { 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j',
		'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
		'-', /* and French: */ 0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF,
		0xF4, 0xF9, 0xFB, 0xFC, 0x153 };
	search s = {
		.lexicon = x, .map = lexicon_view(x), .word = lower, .best_log = -INFINITY
	};

	if (lower.n > NEAR_BYTES_MAX || !read_letters(&s) || s.n < 2)
		return s.best;
	try_dropping(&s);
	try_exchanging(&s);
	try_alphabet(
		&s, alphabet, l == LANGUAGE_FR ? sizeof(alphabet) / sizeof(*alphabet) : 27);
	s.best.odds = s.best_log + LOG_SLIP - log10((double)s.n) - LOG_UNKNOWN +
		      LOG_UNKNOWN_POINT * (double)s.n;
	return s.best;
}
