#include "text/encoding.h"

#include <string.h>
#include <unicode/ucnv.h>

#include "text/utf8.h"

static const char *const names[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252" };

const char *
encoding_name(encoding e)
{
	return names[e];
}

encoding
encoding_of_name(const char *name)
{
	for (encoding e = ENCODING_UTF16LE; e <= ENCODING_WINDOWS_1252; e++)
		if (name != NULL && strcmp(name, names[e]) == 0)
			return e;
	return ENCODING_UTF8;
}

status
encoding_table_init(encoding_table *t, context *c)
{
	UErrorCode error = U_ZERO_ERROR;
	char bytes[128];
	UChar wide[130];

	for (int i = 0; i < 128; i++)
		bytes[i] = (char)(i + 128);
	UConverter *converter = ucnv_open("windows-1252", &error);
	if (U_FAILURE(error))
		return context_fail(c, STATUS_DAMAGED, "ICU has no windows-1252: %s",
			"ICU ne connaît pas windows-1252\u00A0: %s", u_errorName(error));
	int32_t n = ucnv_toUChars(converter, wide, 130, bytes, 128, &error);
	ucnv_close(converter);
	if (U_FAILURE(error) || n != 128)
		return context_fail(c, STATUS_DAMAGED, "ICU cannot read windows-1252: %s",
			"ICU ne lit pas windows-1252\u00A0: %s", u_errorName(error));
	for (int i = 0; i < 128; i++)
		t->high[i] = (uint16_t)wide[i];
	return STATUS_OK;
}

static uint32_t
unit_at(encoding e, slice bytes, size_t i)
{
	unsigned char a = (unsigned char)bytes.p[i], b = (unsigned char)bytes.p[i + 1];

	return e == ENCODING_UTF16LE ? (uint32_t)b << 8 | a : (uint32_t)a << 8 | b;
}

static size_t
get_wide(encoding e, slice bytes, size_t i, uint32_t *character)
{
	if (bytes.n - i < 2)
		return 0;
	uint32_t lead = unit_at(e, bytes, i);
	*character = lead;
	if (lead < 0xD800 || lead > 0xDFFF)
		return 2;
	if (lead > 0xDBFF || bytes.n - i < 4)
		return 0;
	uint32_t trail = unit_at(e, bytes, i + 2);
	if (trail < 0xDC00 || trail > 0xDFFF)
		return 0;
	*character = 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00);
	return 4;
}

size_t
encoding_get(encoding e, const encoding_table *t, slice bytes, size_t i, uint32_t *character)
{
	unsigned char c = (unsigned char)bytes.p[i];

	switch (e) {
	case ENCODING_UTF8:
		return utf8_get(bytes.p + i, bytes.n - i, character);
	case ENCODING_WINDOWS_1252:
		*character = c < 0x80 ? c : t->high[c - 0x80];
		return 1;
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		break;
	}
	return get_wide(e, bytes, i, character);
}

/* Zero in nearly every second byte and in no other: Latin text in UTF-16 without a mark. */
static bool
looks_wide(slice bytes, size_t zero)
{
	size_t n = (bytes.n < 4096 ? bytes.n : 4096) & ~(size_t)1;
	size_t zeros = 0, others = 0;

	if (bytes.n % 2 != 0 || n < 4)
		return false;
	for (size_t i = 0; i < n; i += 2) {
		zeros += bytes.p[i + zero] == 0;
		others += bytes.p[i + 1 - zero] == 0;
	}
	return others == 0 && zeros * 10 >= n / 2 * 8;
}

static bool
is_letter(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 ||
	       (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0x8A || c == 0x8C || c == 0x8E ||
	       c == 0x9A || c == 0x9C || c == 0x9E || c == 0x9F;
}

/* € … ‘ ’ “ ” • – — no-break space § « ° » and the like. */
static bool
is_sign(unsigned char c)
{
	return c == 0x80 || c == 0x85 || (c >= 0x91 && c <= 0x97) || c == 0xA0 || c == 0xA7 ||
	       c == 0xAB || c == 0xB0 || c == 0xB2 || c == 0xB3 || c == 0xB7 || c == 0xBA ||
	       c == 0xAA || c == 0xBB || c == 0xA9 || c == 0xAE || c == 0x99 || c == 0x8B ||
	       c == 0x9B;
}

static bool
is_undefined(unsigned char c)
{
	return c == 0x81 || c == 0x8D || c == 0x8F || c == 0x90 || c == 0x9D;
}

static bool
is_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F;
}

/* A letter that stands beside a letter of ASCII, or beside a space (« à ») or an apostrophe. */
static bool
is_in_word(slice bytes, size_t i)
{
	unsigned char before = i == 0 ? ' ' : (unsigned char)bytes.p[i - 1];
	unsigned char after = i + 1 == bytes.n ? ' ' : (unsigned char)bytes.p[i + 1];
	bool letters =
		(before < 0x80 && is_letter(before)) || (after < 0x80 && is_letter(after));

	return letters || (before < 0x80 && after < 0x80);
}

static bool
looks_western(slice bytes)
{
	size_t letters = 0, high = 0, good = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		if (is_control(c) || is_undefined(c))
			return false;
		letters += is_letter(c);
		if (c < 0x80)
			continue;
		high++;
		good += is_letter(c) ? is_in_word(bytes, i) : is_sign(c);
	}
	return good * 10 >= high * 9 && high * 2 <= letters;
}

static size_t
line_of(slice bytes, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += bytes.p[i] == '\n' ||
			(bytes.p[i] == '\r' && (i + 1 == bytes.n || bytes.p[i + 1] != '\n'));
	return line;
}

/* In code points; the text before offset is valid. */
static size_t
column_of(slice bytes, size_t offset)
{
	size_t start = offset;

	while (start > 0 && bytes.p[start - 1] != '\n' && bytes.p[start - 1] != '\r')
		start--;
	return 1 + utf8_count(slice_sub(bytes, start, offset));
}

static status
not_utf8(context *c, slice path, slice bytes, size_t bad)
{
	return context_fail(c, STATUS_FORMAT,
		"%.*s: byte 0x%02X at line %zu, column %zu (offset %zu) is not UTF-8, and the "
		"file "
		"is not UTF-16 or Windows-1252 either",
		"%.*s\u00A0: l’octet 0x%02X, ligne %zu, colonne %zu (position %zu), n’est pas "
		"de "
		"l’UTF-8 "
		"et le fichier n’est pas non plus de l’UTF-16 ou du Windows-1252",
		SLICE_ARG(path), (unsigned char)bytes.p[bad], line_of(bytes, bad),
		column_of(bytes, bad), bad);
}

static status
has_zero(context *c, slice path, slice bytes, size_t zero)
{
	return context_fail(c, STATUS_FORMAT,
		"%.*s: U+0000 at line %zu (offset %zu): a binary file?",
		"%.*s\u00A0: U+0000 à la ligne %zu (position %zu)\u00A0: un fichier "
		"binaire\u00A0?",
		SLICE_ARG(path), line_of(bytes, zero), zero);
}

static status
recognise_bytes(context *c, slice path, slice bytes, encoding_verdict *out)
{
	utf8_facts facts;
	slice text = slice_sub(bytes, out->mark, bytes.n);
	const char *zero = text.n == 0 ? NULL : memchr(text.p, 0, text.n);

	if (zero != NULL && out->mark == 0 && (looks_wide(bytes, 1) || looks_wide(bytes, 0))) {
		out->encoding = looks_wide(bytes, 1) ? ENCODING_UTF16LE : ENCODING_UTF16BE;
		return STATUS_OK;
	}
	size_t bad = utf8_check(text, &facts);
	if (zero != NULL && (size_t)(zero - text.p) < bad)
		return has_zero(c, path, bytes, (size_t)(zero - bytes.p));
	out->unusual = facts.unusual;
	out->parts = facts.parts;
	if (bad == text.n)
		return STATUS_OK;
	if (facts.multibyte || out->mark != 0 || !looks_western(text))
		return not_utf8(c, path, bytes, out->mark + bad);
	out->encoding = ENCODING_WINDOWS_1252;
	return STATUS_OK;
}

static status
check_wide(context *c, slice path, slice bytes, encoding_verdict *out)
{
	uint32_t character = 1;

	for (size_t i = out->mark, n; i < bytes.n; i += n) {
		n = encoding_get(out->encoding, NULL, bytes, i, &character);
		if (n == 0 || character == 0)
			return context_fail(c, STATUS_FORMAT,
				"%.*s: offset %zu: %s in a file that is %s otherwise",
				"%.*s\u00A0: position %zu\u00A0: %s dans un fichier %s",
				SLICE_ARG(path), i,
				n == 0 ? "half a character / un demi-caractère" : "U+0000",
				encoding_name(out->encoding));
		out->unusual |= character >= 0x300;
	}
	return STATUS_OK;
}

status
encoding_recognise(context *c, slice path, slice bytes, encoding_verdict *out)
{
	*out = (encoding_verdict){ 0 };
	if (slice_starts(bytes, SLICE("\xFF\xFE")))
		*out = (encoding_verdict){ ENCODING_UTF16LE, 2, false };
	else if (slice_starts(bytes, SLICE("\xFE\xFF")))
		*out = (encoding_verdict){ ENCODING_UTF16BE, 2, false };
	else {
		out->mark = slice_starts(bytes, SLICE("\xEF\xBB\xBF")) ? 3 : 0;
		TRY(recognise_bytes(c, path, bytes, out));
	}
	if (out->encoding == ENCODING_UTF16LE || out->encoding == ENCODING_UTF16BE)
		return check_wide(c, path, bytes, out);
	return STATUS_OK;
}
