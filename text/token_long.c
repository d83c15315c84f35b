/* The long way: words with hyphens and apostrophes, numbers, symbols, addresses, and all marks.
 * It is driven by a table of byte classes; bytes that the table calls O take the slow path
 * through a decoded code point. A token never grows past LENGTH_MAX bytes: longer runs of
 * letters are cut, which bounds every later step. */
#include "text/scanner.h"

#include <string.h>

#include "text/utf8.h"
#include "text/word_slot.h"

#define GAP_FEATURES (FEATURE_TIGHT | FEATURE_WIDE | FEATURE_NO_BREAK | FEATURE_UNUSUAL)

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
	int class = scanner_class(s, i);

	if (class == L)
		return 1;
	if (class == T)
		return scanner_is_sign(s->p + i) ? 0 : 2;
	if (class != O || i >= s->end)
		return 0;
	size_t next = i;
	return utf8_is_letter(utf8_next(scanner_text(s), &next)) ? next - i : 0;
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
	return scanner_class(s, i) == D || letter_bytes(s, i) != 0;
}

static uint16_t
calls_of(token_kind kind, uint32_t id)
{
	static const uint16_t of_kinds[] = { [TOKEN_NUMBER] = CALLS_NUMBER,
		[TOKEN_CODE] = CALLS_CODE,
		[TOKEN_SYMBOL] = CALLS_SYMBOL,
		[TOKEN_ADDRESS] = CALLS_ADDRESS };

	if (kind != TOKEN_MARK)
		return of_kinds[kind];
	return id < CALLS_OF_WORDS ? (uint16_t)id : 0;
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
		.calls = calls_of(kind, id),
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

	s->sought[s->sought_count++] = (sought){ x.head, added, x.tail, x.hash };
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
	return scanner_classes[c] == L || scanner_classes[c] == D || c == '-' || c == '_';
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
		digit = digit || scanner_classes[s->p[end]] == D;
	}
	while (s->p[end - 1] == '.' || s->p[end - 1] == '-' || s->p[end - 1] == '/')
		end--;
	return digit ? end : start;
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
	*elided = s->language == LANGUAGE_FR && scanner_elides(s, start, *i);
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
	size_t i = scanner_letters_end(s, start), step;
	bool digits = false, letters = i > start, elided = false;

	*straight = false;
	if (letters && i - start < LENGTH_MAX &&
		(i == s->end || scanner_classes[s->p[i]] == S)) {
		*kind = TOKEN_WORD;
		return i;
	}
	while (i < s->end && i - start < LENGTH_MAX) {
		int class = scanner_classes[s->p[i]];
		if (class == D) {
			digits = true;
			i++;
		} else if (class == S)
			break;
		else if (class == M && s->p[i] != '-' && s->p[i] != '\'')
			break;
		else if ((step = letter_bytes(s, i)) != 0) {
			letters = true;
			i = scanner_letters_end(s, i + step);
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
	size_t end = i > s->end ? i : scanner_reach(s, i);

	while (i < end && scanner_class(s, i) == D)
		i++;
	return i;
}

/* 1 250,5 · 12.5 · 1,250,000: groups of three after a first of one to three, then decimals;
 * *alone is set where they are digits alone. */
static size_t
number_end(const scanner *s, size_t start, bool *alone)
{
	const size_t first = digits_end(s, start);
	size_t end = first, space, next;

	if (end - start <= 3)
		while (end - start < LENGTH_MAX && (space = group_space(s, end)) != 0 &&
			(next = digits_end(s, end + space)) == end + space + 3 &&
			letter_bytes(s, next) == 0)
			end = next;
	while (end + 1 < s->end && (s->p[end] == '.' || s->p[end] == ',') &&
		scanner_class(s, end + 1) == D && end - start < LENGTH_MAX)
		end = digits_end(s, end + 1);
	*alone = end == first;
	return end;
}

static void
read_number(scanner *s, size_t *i)
{
	token_kind kind;
	bool straight, alone;
	size_t start = *i, end = word_end(s, start, &kind, &straight);

	if (kind == TOKEN_CODE) {
		*i = end;
		add_word(s, start, end, kind, straight);
		return;
	}
	end = number_end(s, start, &alone);
	if (end - start > LENGTH_MAX)
		end = cut_at(s, start + LENGTH_MAX);
	*i = end;
	add(s, start, end, TOKEN_NUMBER, 0, FEATURE_NUMBER);
	if (alone)
		s->out->at[s->out->count - 1].calls = CALLS_DIGITS;
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

static uint32_t
mark_features(uint32_t c)
{
	if (c < 128)
		return FEATURE_MARK | scanner_marks[c];
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
	uint32_t c = utf8_next(scanner_text(s), i);
	add(s, start, *i, TOKEN_MARK, c, mark_features(c));
}

void
scanner_read_token(scanner *s, size_t *i)
{
	int class = scanner_class(s, *i);

	if (class == D)
		read_number(s, i);
	else if (letter_bytes(s, *i) != 0)
		read_word(s, i);
	else
		read_mark(s, i);
}
