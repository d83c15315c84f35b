/* Numbers by their value, however a language writes them: 1,250.5 and 1 250,5, twenty-five and
 * vingt-cinq, XXI, $1.2 billion and 1,2 milliard. */
#ifndef CHECKER_BILINGUAL_NUMERAL_H
#define CHECKER_BILINGUAL_NUMERAL_H

#include "base/context.h"

/* digits × 10^exponent, without zeros at the end of digits: equal values are equal structs. */
typedef struct numeral {
	uint64_t digits;
	int32_t exponent;
	bool there;
} numeral;

static inline bool
numeral_equal(numeral a, numeral b)
{
	return a.there && b.there && a.digits == b.digits && a.exponent == b.exponent;
}

numeral numeral_of(uint64_t n);
uint64_t numeral_whole(numeral n); /* 0 for fractions, and for more than 24 digits */
numeral numeral_times(numeral n, numeral by);

/* The value of digits with separators, as the language writes them. other is what the figures
 * mean to a reader of the other language, where that is as likely (1.250 in French text); else
 * not there. Sections (1.1.1) and dates in points have no value: false. */
bool numeral_of_figures(slice s, language l, numeral *out, numeral *other);

/* XXI, MCMXC: capitals only; 0 for anything else. */
unsigned numeral_of_roman(slice s);

typedef enum numeral_kind {
	NUMERAL_UNIT,
	NUMERAL_TEN,
	NUMERAL_HUNDRED,
	NUMERAL_SCALE
} numeral_kind;

typedef struct numeral_word {
	numeral_kind kind;
	uint64_t value;
	bool ordinal;
	bool vague; /* hundreds, dizaine, both: there to be found, never asked for */
} numeral_word;

/* A word in small letters (or a part of one, between hyphens) that says a number. */
bool numeral_of_word(slice lower, language l, numeral_word *out);

/* million, milliards, billion: what stands behind figures; in French a billion is 10^12. */
bool numeral_of_scale(slice lower, language l, numeral *out);

#endif
