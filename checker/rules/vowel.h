/* How French words begin, for the rules about elision: data/lang/elision-fr.tsv. */
#ifndef CHECKER_RULES_VOWEL_H
#define CHECKER_RULES_VOWEL_H

#include "checker/rule.h"

enum vowel_class {
	VOWEL_MUTE,
	VOWEL_WHOLE,
	VOWEL_CAPITAL,
	VOWEL_ASPIRATED,
	VOWEL_NAME,
	VOWEL_CLASSES
};

typedef struct vowel_pattern {
	char text[22]; /* ends with NUL where there is room */
	uint8_t bytes;
	bool open; /* all words that begin so */
} vowel_pattern;

/* Made at build time by tools/elision.sh: by class, then by the bytes of the text. */
extern const vowel_pattern vowel_patterns[];
extern const size_t vowel_class_first[VOWEL_CLASSES + 1];

/* For rule.wants_after: a word of any language whose first letter is a vowel, h or y. */
bool vowel_may_open(const check *c, const word *w, const word_reading *r, language l);

/* A word in lower case that begins with a vowel sound beyond doubt: État, homme; not onze,
 * oui, héros. */
bool vowel_opens(slice lower);

/* A word in lower case before which nothing elides, beyond doubt: handicap, yacht. */
bool vowel_is_aspirated(slice lower);

/* A name in lower case before which nothing elides: Hamas, Hongrie. */
bool vowel_is_aspirated_name(slice lower);

/* A word with its capital that is known to elide: Organisation, Iran. */
bool vowel_opens_name(slice shown);

#endif
