/* See token.h. The scanner is driven by a table of byte classes; bytes that the table calls O
 * take the slow path through a decoded code point. A token never grows past LENGTH_MAX bytes:
 * longer runs of letters are cut, which bounds every later step.
 *
 * Words are found in their table some dozens at a time: when one is cut, its place in the table
 * is fetched, and only when the queue is full it is looked at. The table of a long text does
 * not fit into the inner caches, and so nobody waits for it. */
#include "text/token.h"

#include <string.h>

#include "text/scan.h"
#include "text/utf8.h"
#include "text/word_slot.h"

#define LENGTH_MAX 1024
#define WINDOW 64                 /* bytes, one for each bit of a mask */
#define ROW_MOST (WINDOW / 2 + 1) /* words that one window can have, and a token more */
#define SOUGHT_MOST (2 * ROW_MOST)

#define GAP_FEATURES (FEATURE_TIGHT | FEATURE_WIDE | FEATURE_NO_BREAK | FEATURE_UNUSUAL)

/* The order matters: from L on, the byte begins a token. */
enum byte_class {
	O, /* lead byte of anything but a common Latin letter */
	S, /* ASCII white space */
	L, /* ASCII letter */
	T, /* C3 to C9: lead byte of a two-byte Latin letter (or of × ÷) */
	D, /* digit */
	M, /* any other ASCII */
};

static const unsigned char classes[256] = {
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

typedef struct sought { /* a word whose place in the table is on its way */
	uint64_t head, tail;
	token *token; /* the array does not move until it is found */
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

static slice
text_of(const scanner *s)
{
	return (slice){ (const char *)s->p, s->end };
}

static inline int
class_at(const scanner *s, size_t i)
{
	return i < s->end ? classes[s->p[i]] : M;
}

/* × and ÷, the only ones of their lead byte that are no letters. */
static inline bool
is_sign(const unsigned char *p)
{
	return p[0] == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7);
}

/* The start of the character that holds byte i. */
static size_t
cut_at(const scanner *s, size_t i)
{
	while ((s->p[i] & 0xC0) == 0x80)
		i--;
	return i;
}

/* Bytes of the letter at i; 0 when there is none. */
static inline size_t
letter_bytes(const scanner *s, size_t i)
{
	int class = class_at(s, i);

	if (class == L)
		return 1;
	if (class == T)
		return is_sign(s->p + i) ? 0 : 2;
	if (class != O || i >= s->end)
		return 0;
	size_t next = i;
	return utf8_is_letter(utf8_next(text_of(s), &next)) ? next - i : 0;
}

static size_t
apostrophe_bytes(const scanner *s, size_t i)
{
	if (i < s->end && s->p[i] == '\'')
		return 1;
	return i + 2 < s->end && memcmp(s->p + i, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Hyphens that hold a compound together: U+002D, U+2010, U+2011. */
static size_t
hyphen_bytes(const scanner *s, size_t i)
{
	if (i < s->end && s->p[i] == '-')
		return 1;
	if (i + 2 < s->end && s->p[i] == 0xE2 && s->p[i + 1] == 0x80)
		return s->p[i + 2] == 0x90 || s->p[i + 2] == 0x91 ? 3 : 0;
	return 0;
}

static bool
is_word_byte(const scanner *s, size_t i)
{
	return class_at(s, i) == D || letter_bytes(s, i) != 0;
}

/* What French elides before an apostrophe. A closed list of the language. */
static bool
is_elided(const scanner *s, size_t start, size_t end)
{
	static const char *const many[] = { "qu", "jusqu", "lorsqu", "puisqu", "quoiqu" };
	size_t n = end - start;

	if (n == 1)
		return strchr("cdjlmnstCDJLMNST", s->p[start]) != NULL;
	for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
		size_t k = 0;
		while (k < n && many[i][k] != '\0' && (s->p[start + k] | 0x20) == many[i][k])
			k++;
		if (k == n && many[i][k] == '\0')
			return true;
	}
	return false;
}

/* There is room for one more. */
static void
add(scanner *s, size_t start, size_t end, token_kind kind, uint32_t id, uint32_t features)
{
	tokens *t = s->out;

	t->at[t->count++] = (token){ .start = (uint32_t)start,
		.length = (uint16_t)(end - start),
		.kind = (uint8_t)kind,
		.word = id,
		.features = features };
}

static void
add_word(scanner *s, size_t start, size_t end, token_kind kind, bool straight)
{
	static const uint32_t kinds[] = { [TOKEN_WORD] = FEATURE_WORD,
		[TOKEN_ELISION] = FEATURE_ELISION,
		[TOKEN_CODE] = FEATURE_CODE };
	word_search x = word_search_of((slice){ (const char *)s->p + start, end - start });
	token *added = &s->out->at[s->out->count];

	s->sought[s->sought_count++] = (sought){ x.head, x.tail, added, x.hash };
	add(s, start, end, kind, 0, kinds[kind] | (straight ? FEATURE_STRAIGHT : 0));
}

static bool
ends_address(unsigned char c)
{
	return c <= ' ' || c == '"' || c == '<' || c == '>' || c == 0x7F;
}

/* A URL runs to white space, a quotation mark or an angle bracket, less the punctuation that
 * belongs to the sentence around it. */
static size_t
address_end(const scanner *s, size_t start)
{
	size_t end = start, limit = s->end - start > LENGTH_MAX ? start + LENGTH_MAX : s->end;

	while (end < limit && !ends_address(s->p[end]) &&
		!(s->p[end] == 0xC2 && (s->p[end + 1] == 0xA0 || s->p[end + 1] == 0xBB)) &&
		!(s->p[end] == 0xE2 && s->p[end + 1] == 0x80))
		end++;
	while (end == limit && limit < s->end && (s->p[end] & 0xC0) == 0x80)
		end = --limit;
	while (end > start && strchr(".,;:!?)]}'", s->p[end - 1]) != NULL)
		end--;
	return end;
}

static bool
is_name_byte(unsigned char c)
{
	return classes[c] == L || classes[c] == D || c == '-' || c == '_';
}

/* Endings of host and file names, the commonest in the documents checked. */
static bool
is_name_ending(slice s)
{
	static const char *const endings[] = { "org", "int", "com", "net", "edu", "gov", "info",
		"html", "htm", "pdf", "doc", "docx", "xls", "xlsx", "fr", "ch", "ca", "uk",
		"eu", NULL };

	return slice_is_one_of(s, endings);
}

/* End of a host name (undocs.org/A/70/1) that starts here; start when there is none. */
static size_t
host_end(const scanner *s, size_t start)
{
	size_t label = start, end = start;
	bool dotted = false;

	for (; end < s->end && end - start < LENGTH_MAX; end++)
		if (s->p[end] == '.' && end + 1 < s->end && is_name_byte(s->p[end + 1])) {
			label = end + 1;
			dotted = true;
		} else if (!is_name_byte(s->p[end]))
			break;
	if (!dotted || !is_name_ending((slice){ (const char *)s->p + label, end - label }))
		return start;
	return end < s->end && s->p[end] == '/' ? address_end(s, start) : end;
}

/* End of a document symbol (A/RES/70/1) that starts here; start when there is none: capitals,
 * a slash, and at least one digit somewhere after it. */
static size_t
symbol_end(const scanner *s, size_t start)
{
	size_t end = start;
	bool digit = false;

	while (end < s->end && s->p[end] >= 'A' && s->p[end] <= 'Z')
		end++;
	if (end == start || end - start > 10 || end >= s->end || s->p[end] != '/')
		return start;
	for (; end < s->end && end - start < 120; end++) {
		if (!is_name_byte(s->p[end]) && s->p[end] != '/' && s->p[end] != '.')
			break;
		digit = digit || classes[s->p[end]] == D;
	}
	while (s->p[end - 1] == '.' || s->p[end - 1] == '-' || s->p[end - 1] == '/')
		end--;
	return digit ? end : start;
}

/* How far to look from i on: what is longer is cut, and looking to its end again from every cut
 * would take the square of its length. */
static inline size_t
reach(const scanner *s, size_t i)
{
	return s->end - i > LENGTH_MAX ? i + LENGTH_MAX + 1 : s->end;
}

static size_t
letters_end_slowly(const scanner *s, size_t i)
{
	size_t end = reach(s, i);

	for (;;) {
		while (i < end && classes[s->p[i]] == L)
			i++;
		if (i >= end || classes[s->p[i]] != T || is_sign(s->p + i))
			return i;
		i += 2;
	}
}

/* × and ÷, which look like letters. */
static uint64_t
signs_in(const unsigned char *p, uint64_t seconds)
{
	uint64_t leads = 0;

	if (seconds == 0)
		return 0;
	for (unsigned k = 0; k < WINDOW; k += SCAN_BYTES)
		leads |= (uint64_t)scan_equal(scan_load(p + k), 0xC3) << k;
	seconds &= leads << 1;
	return seconds | seconds >> 1;
}

/* Moves the window to i, which lies in the block. */
static void
move_window(scanner *s, size_t i)
{
	unsigned char copy[WINDOW] = { 0 };
	const unsigned char *p = s->p + i;
	uint64_t letters = 0, spaces = 0, seconds = 0;

	if (s->size - i < WINDOW)
		p = memcpy(copy, p, s->size - i);
	for (unsigned k = 0; k < WINDOW; k += SCAN_BYTES) {
		scan_block b = scan_load(p + k);
		letters |= (uint64_t)(scan_letters(b) | scan_latin(b)) << k;
		spaces |= (uint64_t)scan_equal(b, ' ') << k;
		seconds |= (uint64_t)(scan_equal(b, 0x97) | scan_equal(b, 0xB7)) << k;
	}
	letters &= ~signs_in(p, seconds);
	if (s->end - i < WINDOW)
		letters &= (UINT64_C(1) << (s->end - i)) - 1;
	s->window = i;
	s->letters = letters;
	s->joints = s->size - i < WINDOW + SCAN_BYTES ? 0 : spaces & letters >> 1;
}

/* The plain case: nothing but letters inside. A character at the end of the window is left to
 * the next one, which has all of it. */
static inline size_t
letters_end(scanner *s, size_t i)
{
	if (i >= s->end)
		return i;
	uint64_t others = i - s->window < WINDOW ? ~s->letters >> (i - s->window) : 0;
	if (others == 0) {
		move_window(s, i);
		others = ~s->letters;
	}
	return others == 0 ? letters_end_slowly(s, i) : i + (unsigned)__builtin_ctzll(others);
}

/* The apostrophe or hyphen at *i, when it belongs to the word, is passed. *elided when the word
 * ends with it. */
static bool
pass_joint(const scanner *s, size_t start, size_t *i, bool *straight, bool *elided)
{
	size_t step = hyphen_bytes(s, *i);

	if (step != 0) {
		if (!is_word_byte(s, *i + step))
			return false;
		*i += step;
		return true;
	}
	step = apostrophe_bytes(s, *i);
	if (step == 0)
		return false;
	*elided = s->language == LANGUAGE_FR && is_elided(s, start, *i);
	if (!*elided && letter_bytes(s, *i + step) == 0)
		return false;
	*straight = *straight || step == 1;
	*i += step;
	return true;
}

/* Where the run of letters, digits, inner hyphens and apostrophes that starts here ends. Sets
 * *kind; an elision stops it after its apostrophe. */
static size_t
word_end(scanner *s, size_t start, token_kind *kind, bool *straight)
{
	size_t i = letters_end(s, start), step;
	bool digits = false, letters = i > start, elided = false;

	*straight = false;
	if (letters && i - start < LENGTH_MAX && (i == s->end || classes[s->p[i]] == S)) {
		*kind = TOKEN_WORD;
		return i;
	}
	while (i < s->end && i - start < LENGTH_MAX) {
		int class = classes[s->p[i]];
		if (class == D) {
			digits = true;
			i++;
		} else if (class == S)
			break;
		else if (class == M && s->p[i] != '-' && s->p[i] != '\'')
			break;
		else if ((step = letter_bytes(s, i)) != 0) {
			letters = true;
			i = letters_end(s, i + step);
		} else if (!pass_joint(s, start, &i, straight, &elided))
			break;
		else if (elided) {
			*kind = TOKEN_ELISION;
			return i;
		}
	}
	*kind = !digits ? TOKEN_WORD : letters ? TOKEN_CODE : TOKEN_NUMBER;
	return i - start > LENGTH_MAX ? cut_at(s, start + LENGTH_MAX) : i;
}

static void
read_word(scanner *s, size_t *i)
{
	token_kind kind;
	bool straight;
	size_t start = *i, end = word_end(s, start, &kind, &straight);

	if (end < s->end && s->p[end] == '/' && (*i = symbol_end(s, start)) > start) {
		add(s, start, *i, TOKEN_SYMBOL, 0, FEATURE_SYMBOL);
		return;
	}
	if (end + 2 < s->end && memcmp(s->p + end, "://", 3) == 0)
		*i = address_end(s, start);
	else if (end < s->end && s->p[end] == '.')
		*i = host_end(s, start);
	else
		*i = start;
	if (*i > end) {
		add(s, start, *i, TOKEN_ADDRESS, 0, FEATURE_ADDRESS);
		return;
	}
	*i = end;
	add_word(s, start, end, kind, straight);
}

/* Bytes of one space that can group digits: ordinary or no-break. */
static size_t
group_space(const scanner *s, size_t i)
{
	if (i < s->end && s->p[i] == ' ')
		return 1;
	if (i + 1 < s->end && s->p[i] == 0xC2 && s->p[i + 1] == 0xA0)
		return 2;
	return i + 2 < s->end && memcmp(s->p + i, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

static size_t
digits_end(const scanner *s, size_t i)
{
	size_t end = i > s->end ? i : reach(s, i);

	while (i < end && class_at(s, i) == D)
		i++;
	return i;
}

/* 1 250,5 · 12.5 · 1,250,000: groups of three after a first of one to three, then decimals. */
static size_t
number_end(const scanner *s, size_t start)
{
	size_t end = digits_end(s, start), space, next;

	if (end - start <= 3)
		while (end - start < LENGTH_MAX && (space = group_space(s, end)) != 0 &&
			(next = digits_end(s, end + space)) == end + space + 3 &&
			letter_bytes(s, next) == 0)
			end = next;
	while (end + 1 < s->end && (s->p[end] == '.' || s->p[end] == ',') &&
		class_at(s, end + 1) == D && end - start < LENGTH_MAX)
		end = digits_end(s, end + 1);
	return end;
}

static void
read_number(scanner *s, size_t *i)
{
	token_kind kind;
	bool straight;
	size_t start = *i, end = word_end(s, start, &kind, &straight);

	if (kind == TOKEN_CODE) {
		*i = end;
		add_word(s, start, end, kind, straight);
		return;
	}
	end = number_end(s, start);
	if (end - start > LENGTH_MAX)
		end = cut_at(s, start + LENGTH_MAX);
	*i = end;
	add(s, start, end, TOKEN_NUMBER, 0, FEATURE_NUMBER);
}

/* Marks that a text has from a conversion gone wrong: C1 controls, accents standing alone, the
 * replacement character, the graphics and signs that misread letters begin with. */
static bool
is_stray(uint32_t c)
{
	switch (c) {
	case 0xA1:
	case 0xA8:
	case 0xAC:
	case 0x201A:
	case 0x221A:
	case 0x251C:
	case 0x252C:
	case 0x253C:
	case 0xFFFD:
		return true;
	default:
		return c >= 0x80 && c < 0xA0;
	}
}

static const uint32_t ascii_marks[128] = {
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

static uint32_t
mark_features(uint32_t c)
{
	if (c < 128)
		return FEATURE_MARK | ascii_marks[c];
	switch (c) {
	case 0x2018:
	case 0x2019:
	case 0x02BC:
	case 0x00B4:
		return FEATURE_MARK | FEATURE_APOSTROPHE;
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2212:
		return FEATURE_MARK | FEATURE_DASH;
	case 0xAB:
	case 0xBB:
	case 0x2039:
	case 0x203A:
	case 0x201C:
	case 0x201D:
	case 0x201E:
		return FEATURE_MARK | FEATURE_QUOTE;
	case 0x2026:
		return FEATURE_MARK | FEATURE_STOP;
	case 0x2030:
	case 0xB0:
	case 0xA3:
	case 0xA5:
	case 0x20AC:
		return FEATURE_MARK | FEATURE_RATE;
	default:
		return utf8_is_odd(c) || is_stray(c) ? FEATURE_MARK | FEATURE_ODD
						     : FEATURE_MARK;
	}
}

/* name@host: the tokens of the name, already read, become part of the address. */
static void
read_mail(scanner *s, size_t *i)
{
	size_t start = *i, end = *i + 1;

	while (start > 0 && *i - start < LENGTH_MAX / 2 &&
		(is_name_byte(s->p[start - 1]) || s->p[start - 1] == '.'))
		start--;
	while (end < s->end && end - start < LENGTH_MAX &&
		(is_name_byte(s->p[end]) || s->p[end] == '.'))
		end++;
	while (end > *i + 1 && s->p[end - 1] == '.')
		end--;
	tokens *t = s->out;
	size_t keep = t->count;
	while (keep > 0 && t->at[keep - 1].start >= start)
		keep--;
	if (keep == t->count || t->at[keep].start != start || end == *i + 1) {
		*i += 1;
		add(s, *i - 1, *i, TOKEN_MARK, '@', FEATURE_MARK);
		return;
	}
	token first = t->at[keep];
	t->count = keep;
	while (s->sought_count > 0 && s->sought[s->sought_count - 1].token >= t->at + keep)
		s->sought_count--;
	*i = end;
	add(s, start, end, TOKEN_ADDRESS, 0, FEATURE_ADDRESS);
	t->at[keep].gap = first.gap;
	t->at[keep].features |= first.features & GAP_FEATURES;
}

static void
read_mark(scanner *s, size_t *i)
{
	size_t start = *i;

	if (s->p[start] == '@') {
		read_mail(s, i);
		return;
	}
	uint32_t c = utf8_next(text_of(s), i);
	add(s, start, *i, TOKEN_MARK, c, mark_features(c));
}

/* Skips white space and says what it was: any white space. */
static token_gap
skip_any_gap(const scanner *s, size_t *i)
{
	size_t start = *i;
	unsigned spaces = 0;
	uint32_t last = 0;

	while (*i < s->end) {
		int class = classes[s->p[*i]];
		if (class == S)
			last = s->p[(*i)++];
		else if (class == O) {
			size_t next = *i;
			uint32_t c = utf8_next(text_of(s), &next);
			if (!utf8_is_space(c))
				break;
			last = c;
			*i = next;
		} else
			break;
		spaces++;
	}
	if (*i == start)
		return GAP_NONE;
	if (spaces > 1)
		return GAP_WIDE;
	return last == ' '                      ? GAP_SPACE
	       : last == 0xA0 || last == 0x202F ? GAP_NO_BREAK
						: GAP_UNUSUAL;
}

/* Skips white space and says what it was. Nearly always it is one space, or nothing. */
static inline token_gap
skip_gap(const scanner *s, size_t *i)
{
	size_t at = *i;

	if (at < s->end && classes[s->p[at]] >= L)
		return GAP_NONE;
	if (at + 1 < s->end && s->p[at] == ' ' && classes[s->p[at + 1]] >= L) {
		*i = at + 1;
		return GAP_SPACE;
	}
	return skip_any_gap(s, i);
}

static inline void
read_token(scanner *s, size_t *i)
{
	int class = class_at(s, *i);

	if (class == D)
		read_number(s, i);
	else if (letter_bytes(s, *i) != 0)
		read_word(s, i);
	else
		read_mark(s, i);
}

static void
put_edge(token *at)
{
	for (int k = 0; k < TOKEN_EDGES; k++)
		at[k] = (token){ .kind = TOKEN_EDGE };
}

static const uint32_t gap_features[] = { [GAP_NONE] = FEATURE_TIGHT,
	[GAP_START] = 0,
	[GAP_SPACE] = 0,
	[GAP_NO_BREAK] = FEATURE_NO_BREAK,
	[GAP_WIDE] = FEATURE_WIDE,
	[GAP_UNUSUAL] = FEATURE_UNUSUAL };

/* What a byte that follows letters makes of them. */
enum follower {
	AMID,   /* they may go on with it, or be an address or a symbol */
	ENDS,   /* nothing belongs to them any longer */
	STOPS,  /* a full stop: the same when white space follows it */
	ELIDES, /* perhaps the curly apostrophe */
};

static const unsigned char followers[256] = { ['\t'] = ENDS,
	['\n'] = ENDS,
	['\v'] = ENDS,
	['\f'] = ENDS,
	['\r'] = ENDS,
	[' '] = ENDS,
	[','] = ENDS,
	[';'] = ENDS,
	['('] = ENDS,
	[')'] = ENDS,
	['"'] = ENDS,
	['.'] = STOPS,
	[0xE2] = ELIDES };

/* The kind of the token that the letters from start to *end make with what follows, or
 * TOKEN_EDGE when that takes a closer look. « l’ », « qu’ » have their apostrophe. */
static inline token_kind
plain_kind(const scanner *s, size_t start, size_t *end)
{
	const unsigned char *p = s->p + *end;
	size_t left = s->end - *end;

	switch (left == 0 ? ENDS : (enum follower)followers[*p]) {
	case ENDS:
		return TOKEN_WORD;
	case STOPS:
		return left == 1 || classes[p[1]] == S ? TOKEN_WORD : TOKEN_EDGE;
	case ELIDES:
		if (s->language != LANGUAGE_FR || left < 3 || p[1] != 0x80 || p[2] != 0x99 ||
			!is_elided(s, start, *end))
			return TOKEN_EDGE;
		*end += 3;
		return TOKEN_ELISION;
	default:
		return TOKEN_EDGE;
	}
}

/* Where tokens are put on the short way. A row may begin before full and last. */
typedef struct row {
	token *at, *full;
	sought *found, *last;
	const struct word_slot *slots;
	uint32_t slot_mask;
	token_gap gap; /* before the next one */
} row;

static inline bool
has_room(const row *r)
{
	return r->at < r->full && r->found < r->last;
}

/* A word whose sixteen first bytes may be read, and the search for it. Its token has neither
 * number nor calls until it is found. */
static inline void
put_word(const scanner *s, row *r, size_t start, size_t n, token_kind kind)
{
	word_search x = word_search_begin((slice){ (const char *)s->p + start, n });

	x.hash = word_hash(x.text, x.head, x.tail);
	__builtin_prefetch(&r->slots[x.hash & r->slot_mask]);
	*r->found++ = (sought){ x.head, x.tail, r->at, x.hash };
	r->at->start = (uint32_t)start;
	r->at->length = (uint16_t)n;
	r->at->kind = (uint8_t)kind;
	r->at->gap = (uint8_t)r->gap;
	r->at->features =
		(kind == TOKEN_WORD ? FEATURE_WORD : FEATURE_ELISION) | gap_features[r->gap];
	r->at++;
}

/* The shortest way, inside the window: words of letters each with one space and another word
 * after it. Answers where the last of these begins. */
static inline size_t
put_joined(const scanner *s, row *r, size_t i)
{
	const size_t window = s->window;
	const uint64_t others = ~s->letters, joints = s->joints;

	for (i -= window; others >> i != 0; r->gap = GAP_SPACE) {
		size_t n = (unsigned)__builtin_ctzll(others >> i);
		if ((joints >> (i + n) & 1) == 0)
			break;
		put_word(s, r, window + i, n, TOKEN_WORD);
		i += n + 1;
	}
	return window + i;
}

static inline void
put_mark(const scanner *s, row *r, size_t i)
{
	unsigned char c = s->p[i];

	*r->at++ = (token){ .start = (uint32_t)i,
		.length = 1,
		.kind = TOKEN_MARK,
		.gap = (uint8_t)r->gap,
		.word = c,
		.features = FEATURE_MARK | ascii_marks[c] | gap_features[r->gap] };
}

/* One token and those joined before it; false when it takes the long way. */
static inline bool
put_plain(scanner *s, row *r, size_t *i)
{
	unsigned char c = s->p[*i];

	if (classes[c] == M && c != '@') {
		put_mark(s, r, *i);
		++*i;
		return true;
	}
	if (*i - s->window >= WINDOW)
		move_window(s, *i);
	size_t start = *i = put_joined(s, r, *i), stop = letters_end(s, start);
	if (stop == start || stop - start > LENGTH_MAX)
		return false;
	token_kind kind = plain_kind(s, start, &stop);
	if (kind == TOKEN_EDGE)
		return false;
	put_word(s, r, start, stop - start, kind);
	*i = stop;
	return true;
}

/* The short way that most tokens go: words of letters alone, elisions, marks of ASCII. Ends
 * before the first that takes the long way, or when there is no room for more. */
static void
scan_plain(scanner *s, size_t *next, token_gap *gap)
{
	tokens *t = s->out;
	row r = { t->at + t->count, t->base + t->capacity - TOKEN_EDGES - ROW_MOST + 1,
		s->sought + s->sought_count, s->sought + SOUGHT_MOST - ROW_MOST + 1,
		s->words->slots, s->words->slot_mask, *gap };
	size_t i = *next, end = s->end < s->wide_end ? s->end : s->wide_end;

	while (i < end && has_room(&r) && put_plain(s, &r, &i))
		r.gap = skip_gap(s, &i);
	t->count = (size_t)(r.at - t->at);
	s->sought_count = (size_t)(r.found - s->sought);
	*next = i;
	*gap = r.gap;
}

static void
add_any(scanner *s, size_t *i, token_gap gap)
{
	size_t before = s->out->count;

	read_token(s, i);
	if (s->out->count > before) {
		token *t = &s->out->at[s->out->count - 1];
		t->gap = (uint8_t)gap;
		t->features |= gap_features[gap];
	}
}

/* Finds or adds the word of a token, and reads it. */
static status
read_new_word(scanner *s, token *t)
{
	const word_reading *r;

	TRY(words_intern(
		s->words, (slice){ (const char *)s->p + t->start, t->length }, &t->word));
	if (t->kind == TOKEN_CODE)
		return STATUS_OK;
	t->lower = s->words->hot.at[t->word].lower;
	TRY(words_read(s->words, t->word, s->language, &r));
	t->features |= r->features;
	t->calls = r->calls;
	return STATUS_OK;
}

/* The same for a word that was met before; else false. l is the index of the language. */
static inline bool
find_word(const words *w, const unsigned char *p, const sought *k, size_t l)
{
	token *t = k->token;
	slice text = { (const char *)p + t->start, t->length };
	word_search x = { text, k->head, k->tail, k->hash };
	const struct word_slot *slot = word_slot_find(w, &x);

	/* A slot that is empty is not ready. */
	if ((slot->features[l] & WORD_READY) == 0 || t->kind == TOKEN_CODE)
		return false;
	t->word = slot->id;
	__builtin_prefetch(&w->hot.at[slot->id]);
	t->lower = slot->lower;
	t->calls = slot->calls[l];
	t->features |= word_features(slot->features[l]);
	return true;
}

/* Empties the queue. */
static status
find_words(scanner *s)
{
	const sought *end = s->sought + s->sought_count;
	const size_t l = s->language - LANGUAGE_FR;

	for (const sought *k = s->sought; k < end; k++) {
		token *t = k->token;
		if (!find_word(s->words, s->p, k, l))
			TRY(read_new_word(s, t));
		if (t[-1].lower == t->lower && t->kind == TOKEN_WORD &&
			t[-1].kind == TOKEN_WORD)
			t->features |= FEATURE_REPEATED;
	}
	s->sought_count = 0;
	return STATUS_OK;
}

static bool
has_space(const scanner *s)
{
	return s->out->count + 2 * TOKEN_EDGES + ROW_MOST <= s->out->capacity &&
	       s->sought_count + ROW_MOST <= SOUGHT_MOST;
}

/* For one more row of tokens and of words that are sought. */
static status
make_space(scanner *s)
{
	tokens *t = s->out;

	TRY(find_words(s));
	size_t used = t->base == NULL ? 0 : TOKEN_EDGES + t->count;
	TRY(memory_grow(t->memory, (void **)&t->base, &t->capacity, used,
		ROW_MOST + 3 * TOKEN_EDGES, sizeof(token)));
	t->at = t->base + TOKEN_EDGES;
	return STATUS_OK;
}

static status
scan(scanner *s, size_t i)
{
	token_gap gap = GAP_START;

	(void)skip_gap(s, &i);
	while (i < s->end) {
		if (!has_space(s))
			TRY(make_space(s));
		scan_plain(s, &i, &gap);
		if (i < s->end && has_space(s)) {
			add_any(s, &i, gap);
			gap = skip_gap(s, &i);
		}
	}
	return find_words(s);
}

void
tokens_init(tokens *t, const memory *m)
{
	*t = (tokens){ .memory = m };
}

void
tokens_free(tokens *t)
{
	memory_free(t->memory, t->base);
	tokens_init(t, t->memory);
}

status
tokens_read(tokens *t, words *w, slice text, span block, language l)
{
	scanner s;

	s.out = t;
	s.words = w;
	s.p = (const unsigned char *)text.p;
	s.size = text.n;
	s.end = block.end;
	s.wide_end = text.n < SCAN_BYTES ? 0 : text.n - SCAN_BYTES + 1;
	s.language = l;
	s.window = block.start - WINDOW; /* of nothing that is asked for */
	s.sought_count = 0;

	t->count = 0;
	if (t->base == NULL)
		TRY(make_space(&s));
	put_edge(t->base);
	TRY(scan(&s, block.start));
	put_edge(t->at + t->count);
	return STATUS_OK;
}
