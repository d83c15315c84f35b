/* Ranges of Unicode 15 (EastAsianWidth.txt W and F, general categories Mn, Me and Cf), rounded
 * to whole blocks where no French or English text goes. wcwidth() would need a locale. */
#include "text/width.h"

typedef struct range {
	uint32_t first, last;
	unsigned width;
} range;

static const range ranges[] = {
	{ 0x00AD, 0x00AD, 0 },
	{ 0x0300, 0x036F, 0 },
	{ 0x0483, 0x0489, 0 },
	{ 0x0591, 0x05BD, 0 },
	{ 0x064B, 0x065F, 0 },
	{ 0x1100, 0x115F, 2 },
	{ 0x1AB0, 0x1AFF, 0 },
	{ 0x1DC0, 0x1DFF, 0 },
	{ 0x200B, 0x200F, 0 },
	{ 0x202A, 0x202E, 0 },
	{ 0x2060, 0x2064, 0 },
	{ 0x20D0, 0x20FF, 0 },
	{ 0x2E80, 0x303E, 2 },
	{ 0x3041, 0xA4CF, 2 },
	{ 0xAC00, 0xD7A3, 2 },
	{ 0xF900, 0xFAFF, 2 },
	{ 0xFE00, 0xFE0F, 0 },
	{ 0xFE20, 0xFE2F, 0 },
	{ 0xFE30, 0xFE6F, 2 },
	{ 0xFEFF, 0xFEFF, 0 },
	{ 0xFF00, 0xFF60, 2 },
	{ 0xFFE0, 0xFFE6, 2 },
	{ 0x1F300, 0x1F64F, 2 },
	{ 0x1F900, 0x1F9FF, 2 },
	{ 0x20000, 0x3FFFD, 2 },
};

unsigned
width_of(uint32_t code_point)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		if (code_point < ranges[i].first)
			return 1;
		if (code_point <= ranges[i].last)
			return ranges[i].width;
	}
	return 1;
}
