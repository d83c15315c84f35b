#include "text/language.h"

#include <string.h>

#include "text/data.h"
#include "text/scan.h"

#define WINDOW 64         /* bytes, one for each bit of a mask */
#define LOOK_AT 320       /* bytes of a text that are read at most */
#define CLEAR 5           /* points between French and English at which reading stops */
#define CLEAR_OF_OTHERS 4 /* and more than any other language has; below CLEAR */
#define DECIDED 2         /* points between French and English that decide */
#define CLEAR_OTHER 9     /* points that another language must have */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

enum { FR, EN, ES, DE, IT, PT, LA, XX, LANGUAGES };

typedef struct evidence {
	uint64_t points; /* a byte per language */
	unsigned words;
	unsigned foreign; /* characters of other scripts */
} evidence;

static size_t
slot_of(uint64_t word)
{
	return (size_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> 53);
}

static uint64_t
pack(slice word)
{
	uint64_t packed = 0;

	memcpy(&packed, word.p, word.n < 8 ? word.n : 8);
	return packed;
}

static void
add_word(language_detector *d, slice word, unsigned languages)
{
	uint64_t packed = pack(word);
	size_t i = slot_of(packed);

	while (d->words[i] != 0 && d->words[i] != packed)
		i = (i + 1) % LANGUAGE_SLOTS;
	d->words[i] = packed;
	d->languages[i] |= (uint8_t)languages;
}

static unsigned
language_bit(slice name)
{
	static const char names[LANGUAGES][3] = { "fr", "en", "es", "de", "it", "pt", "la",
		"xx" };

	for (unsigned i = 0; i < LANGUAGES; i++)
		if (slice_is(name, names[i]))
			return 1U << i;
	return 0;
}

/* A word of one language only says three times as much as a shared one. */
static uint64_t
points_of(unsigned languages)
{
	uint64_t bits = (languages * EACH(1)) & UINT64_C(0x8040201008040201);
	uint64_t points = (bits + EACH(0x7F)) >> 7 & EACH(1);

	return (languages & (languages - 1)) == 0 ? 3 * points : points;
}

void
language_detector_init(language_detector *d)
{
	slice rest = EMBEDDED(function_words), row;

	memset(d, 0, sizeof(*d));
	while (data_row(&rest, &row)) {
		slice name, kind, words, word;
		slice_cut(row, '\t', &name, &row);
		slice_cut(row, '\t', &kind, &row);
		slice_cut(row, '\t', &words, &row);
		unsigned bit = language_bit(name);
		while (words.n != 0) {
			slice_cut(words, ' ', &word, &words);
			if (word.n != 0)
				add_word(d, word, bit);
		}
	}
	for (unsigned i = 0; i < 256; i++)
		d->points[i] = points_of(i);
}

/* A slot that is free has no languages. Whether a word is a function word is anybody's guess:
 * no branch is taken on it. */
static inline unsigned
languages_of(const language_detector *d, uint64_t packed)
{
	size_t i = slot_of(packed);

	while ((d->words[i] & -(uint64_t)(d->words[i] != packed)) != 0)
		i = (i + 1) % LANGUAGE_SLOTS;
	return d->languages[i];
}

bool
language_is_function_word(const language_detector *d, slice word)
{
	return word.n != 0 && word.n <= 8 &&
	       (languages_of(d, pack(word)) & (1U << FR | 1U << EN)) != 0;
}

/* The languages of small letters of Latin-1, by the last five bits of the byte after 0xC3, in
 * which capitals are the same: à to ÿ. */
static const unsigned char letter_languages[32] = {
	[0x00] = 1U << FR | 1U << ES | 1U << IT | 1U << PT, /* à */
	[0x01] = 1U << ES | 1U << PT | 1U << XX,            /* á */
	[0x03] = 1U << PT,                                  /* ã */
	[0x04] = 1U << DE | 1U << XX,                       /* ä */
	[0x07] = 1U << FR | 1U << PT,                       /* ç */
	[0x08] = 1U << FR | 1U << IT,                       /* è */
	[0x09] = 1U << FR | 1U << ES | 1U << IT | 1U << PT, /* é */
	[0x0A] = 1U << FR | 1U << PT,                       /* ê */
	[0x0C] = 1U << IT,                                  /* ì */
	[0x0D] = 1U << ES | 1U << PT | 1U << XX,            /* í */
	[0x0E] = 1U << FR,                                  /* î */
	[0x0F] = 1U << FR,                                  /* ï */
	[0x11] = 1U << ES,                                  /* ñ */
	[0x12] = 1U << IT,                                  /* ò */
	[0x13] = 1U << ES | 1U << PT | 1U << XX,            /* ó */
	[0x15] = 1U << PT,                                  /* õ */
	[0x16] = 1U << DE | 1U << XX,                       /* ö */
	[0x1A] = 1U << ES | 1U << PT | 1U << XX,            /* ú */
	[0x1B] = 1U << FR,                                  /* û */
	[0x1C] = 1U << DE | 1U << XX,                       /* ü */
};

static unsigned
points_at(uint64_t points, unsigned which)
{
	return (unsigned)(points >> 8 * which & 0xFF);
}

static unsigned
most_of_others(uint64_t points)
{
	unsigned most = 0;

	for (unsigned i = ES; i < LANGUAGES; i++)
		if (points_at(points, i) > most)
			most = points_at(points, i);
	return most;
}

/* Has no language but French and English more points? Two bytes for each of them, so that no
 * difference borrows from the next. */
static inline bool
no_other_has_more(uint64_t points, unsigned most)
{
	const uint64_t low = UINT64_C(0x00FF00FF00FF00FF), carry = UINT64_C(0x0100010001000100);
	uint64_t others = points >> 8 * ES, limit = carry + (carry >> 8) * most;

	return (((limit - (others & low)) & (limit - (others >> 8 & low))) & carry) == carry;
}

/* Asked after nearly every word, and mostly French and English are still near. */
static inline bool
is_clear(uint64_t points)
{
	unsigned fr = points_at(points, FR), en = points_at(points, EN);

	if (fr - en + CLEAR <= 2 * CLEAR) /* either way round */
		return false;
	return no_other_has_more(points, (fr > en ? fr : en) - CLEAR_OF_OTHERS);
}

static language
verdict(const evidence *e)
{
	unsigned fr = points_at(e->points, FR), en = points_at(e->points, EN);
	unsigned most = fr > en ? fr : en;

	if (e->foreign > 3 * e->words + 1)
		return LANGUAGE_OTHER;
	if (!no_other_has_more(e->points, most)) {
		unsigned other = most_of_others(e->points);
		return other >= CLEAR_OTHER && other >= most + 5 ? LANGUAGE_OTHER
								 : LANGUAGE_UNKNOWN;
	}
	if (fr >= en + DECIDED)
		return LANGUAGE_FR;
	return en >= fr + DECIDED ? LANGUAGE_EN : LANGUAGE_UNKNOWN;
}

/* So many bytes of letters, one at least, in small letters; eight are read. */
static inline uint64_t
pack_letters(const char *p, unsigned n)
{
	uint64_t first;

	memcpy(&first, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	first = __builtin_bswap64(first);
#endif
	/* Every byte but 0xC3, the only one whose two highest bits are set. */
	first |= EACH(0x20) & ~((first & first << 1 & EACH(0x80)) >> 2);
	unsigned unread = 8 * (8 - n) & -(unsigned)(n < 8);
	return first << unread >> unread;
}

/* The letters of ASCII that a word begins with, up to sixteen, in small letters, packed. */
static inline size_t
read_plain_letters(slice s, size_t i, uint64_t *packed, unsigned *length)
{
	*packed = *length = 0;
	if (s.n - i < SCAN_BYTES)
		return i;
	unsigned others = ~scan_letters(scan_load(s.p + i)) | 1U << SCAN_BYTES;
	unsigned n = (unsigned)__builtin_ctz(others);
	if (n == 0)
		return i;
	*packed = pack_letters(s.p + i, n);
	*length = n;
	return i + n;
}

/* The rest of a word of which so many letters are read, the first of them packed. */
static size_t
read_any_letters(slice s, size_t i, uint64_t *packed, unsigned *length, evidence *e)
{
	unsigned n = *length;

	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((unsigned char)((c | 0x20) - 'a') < 26)
			c |= 0x20;
		else if (c == 0xC3 && i + 1 < s.n) {
			unsigned char next = (unsigned char)((unsigned char)s.p[i + 1] | 0x20);
			/* No more than two letters a word, so that no byte of points overflows.
			 */
			if (n < 4)
				e->points += points_of(letter_languages[next & 31]);
			if (n < 7)
				*packed |= (uint64_t)c << 8 * n;
			n++;
			c = next;
			i++;
		} else
			break;
		if (n < 8)
			*packed |= (uint64_t)c << 8 * n;
		n++;
	}
	*length = n;
	return i;
}

static inline bool
is_letter_of_ascii(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* One word in small letters, packed. Returns where it ends; *length is 0 for none. */
static inline size_t
read_word(slice s, size_t i, uint64_t *packed, unsigned *length, evidence *e)
{
	i = read_plain_letters(s, i, packed, length);
	if (i < s.n && (is_letter_of_ascii(s.p[i]) || s.p[i] == '\xC3'))
		return read_any_letters(s, i, packed, length, e);
	return i;
}

/* « l’ », « d' »: the word with its apostrophe, which is what the table holds. */
static inline bool
has_apostrophe(slice s, size_t i)
{
	return i < s.n && (s.p[i] == '\'' || (s.p[i] == '\xE2' && s.n - i >= 3 &&
						     memcmp(s.p + i, "’", 3) == 0));
}

static inline size_t
skip_other(slice s, size_t i, evidence *e)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < 0xC4)
		return i + 1;
	size_t length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	if (c == 0xC4 ||
		(c == 0xC5 && i + 1 < s.n && ((unsigned char)s.p[i + 1] & 0xFE) != 0x92))
		e->points += UINT64_C(2) << 8 * XX;
	else if (c >= 0xCD && c != 0xE2 && c != 0xEF)
		e->foreign++;
	return i + length;
}

static inline bool
is_glue(char c)
{
	return c == '-' || (c >= '0' && c <= '9');
}

/* The character before i. */
static inline char
char_before(slice s, size_t i)
{
	return i == 0 ? ' ' : s.p[i - 1];
}

/* « 1er », « Lashkar-e-Jhangvi », « Po-218 »: letters that are no word of their own. */
static inline bool
is_part(slice s, size_t start, size_t end)
{
	return (end < s.n && s.p[end] == '-') || is_glue(char_before(s, start));
}

/* A word in small letters, packed, which is looked up if it is no part and not too long. */
static inline void
weigh(const language_detector *d, uint64_t packed, size_t length, bool apostrophe, bool part,
	evidence *e)
{
	e->words++;
	if (apostrophe && length < 8) {
		packed |= (uint64_t)'\'' << 8 * length;
		length++;
	}
	uint64_t whole = -(uint64_t)(unsigned)(length <= 8 && !part);
	e->points += d->points[languages_of(d, packed & whole)];
}

/* Any word, or any other character. Returns what follows. */
static size_t
read_any(const language_detector *d, slice s, size_t i, evidence *e)
{
	uint64_t packed;
	unsigned length;
	size_t start = i;

	if ((unsigned char)s.p[i] < 0x80 && !is_letter_of_ascii(s.p[i]))
		return i + 1;
	i = read_word(s, i, &packed, &length, e);
	if (length == 0)
		return skip_other(s, i, e);
	weigh(d, packed, i - start, has_apostrophe(s, i), is_part(s, start, i), e);
	return i;
}

/* The words and characters that begin before end, until it is clear. */
static size_t
read_slowly(const language_detector *d, slice s, size_t i, size_t end, evidence *e)
{
	while (i < end && i < s.n) {
		i = read_any(d, s, i, e);
		if (is_clear(e->points))
			return s.n;
	}
	return i;
}

/* Sixty-four bytes, and zeros behind the end of the text. */
typedef struct window {
	const char *p;
	uint64_t letters; /* bytes of letters of ASCII and of those that begin with 0xC3 */
	uint64_t leads;   /* which are 0xC3 */
	uint64_t signs;   /* which may begin an apostrophe */
	uint64_t dashes;
	uint64_t glued; /* which stand behind a dash or a digit */
	char copy[WINDOW + 8];
} window;

/* Of s, what follows on a character. False when it has characters that say something without
 * being letters of these. */
static inline bool
open_window(window *w, slice s, char before)
{
	unsigned rare = 0;
	uint64_t digits = 0;

	w->p = s.p;
	w->letters = w->leads = w->signs = w->dashes = 0;
	if (s.n < sizeof(w->copy)) {
		memset(w->copy, 0, sizeof(w->copy));
		w->p = memcpy(w->copy, s.p, s.n);
	}
#pragma GCC unroll 4
	for (unsigned k = 0; k < WINDOW; k += SCAN_BYTES) {
		scan_block b = scan_load(w->p + k);
		unsigned letters = scan_letters(b), curly = scan_equal(b, 0xE2);
		rare |= scan_from(b, 0xC4) & ~curly;
		digits |= (uint64_t)(scan_alphanumerics(b) & ~letters) << k;
		w->letters |= (uint64_t)letters << k;
		w->leads |= (uint64_t)scan_equal(b, 0xC3) << k;
		w->signs |= (uint64_t)(scan_equal(b, '\'') | curly) << k;
		w->dashes |= (uint64_t)scan_equal(b, '-') << k;
	}
	w->glued = (w->dashes | digits) << 1 | is_glue(before);
	if (s.n <= WINDOW) /* no half a letter at the end */
		w->leads &= ~(UINT64_C(1) << (s.n - 1));
	w->letters |= w->leads | w->leads << 1;
	return rare == 0;
}

/* No more than two letters a word, so that no byte of points overflows. */
static inline void
add_accents(
	const language_detector *d, const window *w, unsigned start, unsigned n, evidence *e)
{
	uint64_t leads = w->leads >> start & 0xF & ((UINT64_C(1) << n) - 1);

	for (; leads != 0; leads &= leads - 1) {
		unsigned at = start + (unsigned)__builtin_ctzll(leads);
		e->points += d->points[letter_languages[w->p[at + 1] & 31]];
	}
}

/* The words that begin and end in the window at `at`, until it is clear. Returns what follows.
 */
static size_t
read_window(const language_detector *d, slice s, size_t at, const window *w, evidence *e)
{
	uint64_t starts = w->letters & ~(w->letters << 1);
	uint64_t ends = ~w->letters & w->letters << 1;
	bool tied = (w->dashes | w->glued) != 0;

	for (; starts != 0; starts &= starts - 1, ends &= ends - 1) {
		unsigned i = (unsigned)__builtin_ctzll(starts);
		if (ends == 0)
			return i == 0 ? read_slowly(d, s, at, at + 1, e) : at + i;
		unsigned end = (unsigned)__builtin_ctzll(ends), n = end - i;
		if ((w->leads >> i & 0xF) != 0)
			add_accents(d, w, i, n, e);
		bool apostrophe = (w->signs >> end & 1) != 0 &&
				  has_apostrophe((slice){ w->p, WINDOW + 8 }, end);
		bool part = tied && ((w->dashes >> end | w->glued >> i) & 1) != 0;
		weigh(d, pack_letters(w->p + i, n), n, apostrophe, part, e);
		if (is_clear(e->points))
			return s.n;
	}
	return at + WINDOW;
}

language
language_detect(const language_detector *d, slice s)
{
	evidence e = { 0 };
	window w;
	size_t i = 0;

	if (s.n > LOOK_AT)
		s.n = LOOK_AT;
	while (i < s.n)
		if (open_window(&w, slice_sub(s, i, s.n), char_before(s, i)))
			i = read_window(d, s, i, &w, &e);
		else
			i = read_slowly(d, s, i, i + WINDOW, &e);
	return verdict(&e);
}

static bool
ends_with_one_of(slice word, const char *const *endings)
{
	for (; *endings != NULL; endings++)
		if (slice_ends(word, slice_of(*endings)))
			return true;
	return false;
}

language
language_guess(slice s)
{
	static const char *const french[] = { "eux", "aux", "ique", "iques", "eur", "eurs", "é",
		"és", "ée", "ées", "oir", "ait", "elle", "ès", "oix", "gne", "isme", "ette",
		NULL };
	static const char *const english[] = { "ing", "ed", "ty", "ness", "ly", "ship", "th",
		"ght", "ck", "wn", "ry", "sh", "ngs", "ful", "ow", "cy", "phy", NULL };
	size_t fr = 0, en = 0, i = 0;

	if (s.n > LOOK_AT)
		s.n = LOOK_AT;
	while (i < s.n) {
		evidence ignored = { 0 };
		uint64_t packed;
		unsigned length;
		size_t end = read_word(s, i, &packed, &length, &ignored);
		slice word = slice_sub(s, i, end);
		fr += ignored.points != 0 || ends_with_one_of(word, french);
		en += ends_with_one_of(word, english);
		/* An elision, also one that an extraction broke: « l’Asie », « l ’Asie ». */
		size_t after = end < s.n && s.p[end] == ' ' ? end + 1 : end;
		fr += length > 0 && length <= 2 && has_apostrophe(s, after) ? 2 : 0;
		i = end + (length == 0 ? 1 : 0);
	}
	return fr > en ? LANGUAGE_FR : en > fr ? LANGUAGE_EN : LANGUAGE_UNKNOWN;
}
