/* Hunspell's verdict on any string, from the compiled lexicon. */
#ifndef TEXT_VERDICT_H
#define TEXT_VERDICT_H

#include "text/lexicon_map.h"

#define VERDICT_LISTS 64 /* break points and conversions of one dictionary */
#define VERDICT_PREFIXES 512
#define VERDICT_COMPOUNDS 4
#define VERDICT_SYMBOLS 32

typedef struct verdict_conversion {
	slice from, to;
} verdict_conversion;

typedef struct verdict_prefix {
	uint16_t bit;
	slice strip, add, condition;
} verdict_prefix;

/* A COMPOUNDRULE: symbols in a row, some of which may be repeated or left out. */
typedef struct verdict_compound {
	uint8_t symbol[16];
	bool repeated[16], optional[16];
	size_t n;
} verdict_compound;

/* The rules of one dictionary. */
typedef struct verdict_side {
	slice breaks[VERDICT_LISTS];
	size_t break_count;
	verdict_conversion conversions[VERDICT_LISTS];
	size_t conversion_count;
	bool converts[256]; /* bytes ≥ 0x80 that some conversion's pattern has */
	verdict_prefix *prefixes;
	size_t prefix_count;
	verdict_compound compounds[VERDICT_COMPOUNDS];
	size_t compound_count;
	char symbols[VERDICT_SYMBOLS];
	size_t symbol_count;
} verdict_side;

typedef enum verdict {
	VERDICT_UNKNOWN,
	VERDICT_KNOWN,
	VERDICT_UNDECIDED, /* Hunspell must be asked */
} verdict;

MUST_USE status verdict_read(verdict_side *v, const memory *m, slice rules, size_t side);
void verdict_free(verdict_side *v, const memory *m);
verdict verdict_of(const lexicon_map *m, const verdict_side *v, size_t side, slice word);

#endif
