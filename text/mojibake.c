/* See mojibake.h. A character outside ASCII is two or three bytes in UTF-8; read with a code
 * page of single bytes it becomes two or three characters, of which the first is one of a few
 * (Ã Â â for Windows-1252) and the others come from the half of the page that hardly holds
 * letters. So each run is decoded again: put back to the bytes of each code page in turn, and
 * read as UTF-8. What that gives by chance is never a letter of French. Chinese code pages
 * write one character as two bytes; those runs are listed. */
#include "text/mojibake.h"

#include "text/utf8.h"

#define PAGES 5
#define HALF 128

static const uint16_t pages[PAGES][HALF] = {
#include "text/codepage_table.inc"
};

/* GB 18030 read as Latin-1: GB 2312-80, rows 1 and 8. */
static const struct {
	uint16_t first, second, meant;
} doubles[] = {
	{ 0xA8, 0xA2, 0xE1 },
	{ 0xA8, 0xA4, 0xE0 },
	{ 0xA8, 0xA6, 0xE9 },
	{ 0xA8, 0xA8, 0xE8 },
	{ 0xA8, 0xB4, 0xF9 },
	{ 0xA8, 0xB9, 0xFC },
	{ 0xA8, 0xBA, 0xEA },
	{ 0xA1, 0xAA, 0x2014 },
	{ 0xA1, 0xAE, 0x2018 },
	{ 0xA1, 0xAF, 0x2019 },
	{ 0xA1, 0xB0, 0x201C },
	{ 0xA1, 0xB1, 0x201D },
};

static int
byte_of(const uint16_t *page, uint32_t character)
{
	for (int i = 0; i < HALF; i++)
		if (page[i] == character)
			return i + 0x80;
	return page == pages[0] && character >= 0x80 && character < 0xA0 ? (int)character : -1;
}

/* What our texts are written with; all of Latin-1 for Windows-1252 alone, by far the commonest
 * cause, and what a text misread twice becomes on the way. */
static bool
is_meant(uint32_t c, size_t page)
{
	static const uint16_t others[] = { 0xA0, 0xA7, 0xAB, 0xB0, 0xBB, 0xC0, 0xC2, 0xC7, 0xC8,
		0xC9, 0xCA, 0xCB, 0xCE, 0xCF, 0xD4, 0xD9, 0xDB, 0xE0, 0xE2, 0xE7, 0xE8, 0xE9,
		0xEA, 0xEB, 0xEE, 0xEF, 0xF1, 0xF4, 0xF6, 0xF9, 0xFB, 0xFC, 0x152, 0x153,
		0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026,
		0x202F, 0x20AC, 0x2212 };

	if (page == 0 && c >= 0xA0 && c <= 0xFF)
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i] == c)
			return true;
	return false;
}

static uint32_t
decode(slice text, size_t i, size_t page, size_t *length)
{
	size_t at = i;
	int lead = byte_of(pages[page], utf8_next(text, &at));
	int more = lead == 0xE2 ? 2 : lead >= 0xC2 && lead <= 0xC5 ? 1 : 0;
	uint32_t meant = (uint32_t)lead & (more == 2 ? 0x0F : 0x1F);

	if (more == 0)
		return 0;
	for (; more > 0; more--) {
		int byte = at < text.n ? byte_of(pages[page], utf8_next(text, &at)) : -1;
		if (byte < 0x80 || byte > 0xBF)
			return 0;
		meant = meant << 6 | (uint32_t)(byte & 0x3F);
	}
	*length = at - i;
	return is_meant(meant, page) ? meant : 0;
}

static uint32_t
decode_double(slice text, size_t i, size_t *length)
{
	size_t at = i;
	uint32_t first = utf8_next(text, &at);
	uint32_t second = at < text.n ? utf8_next(text, &at) : 0;

	*length = at - i;
	for (size_t k = 0; k < sizeof(doubles) / sizeof(*doubles); k++)
		if (doubles[k].first == first && doubles[k].second == second)
			return doubles[k].meant;
	return 0;
}

bool
mojibake_may_begin(uint32_t c)
{
	switch (c) {
	case 0xC2: /* Windows-1252 and 1250; UTF-8 leads C2 to C5 and E2 */
	case 0xC3:
	case 0xC4:
	case 0xC5:
	case 0xE2:
	case 0x102: /* Windows-1250 */
	case 0x139:
	case 0x251C: /* 850 and 437 */
	case 0x252C:
	case 0x253C:
	case 0xD4:
	case 0x393:
	case 0x221A: /* Mac OS Roman */
	case 0xAC:
	case 0x201A:
	case 0xA8: /* GB 18030 */
	case 0xA1:
		return true;
	default:
		return false;
	}
}

uint32_t
mojibake_at(slice text, size_t i, size_t *length)
{
	uint32_t first, meant = 0;

	utf8_get(text.p + i, text.n - i, &first);
	if (!mojibake_may_begin(first))
		return 0;
	for (size_t page = 0; page < PAGES && meant == 0; page++)
		meant = decode(text, i, page, length);
	return meant != 0 ? meant : decode_double(text, i, length);
}
