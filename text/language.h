/* Which language a piece of text is in: French, English, another one, or too little to say.
 *
 * The evidence is function words (data/lang/function-words.tsv), letters that only some
 * languages write, and the script. Reading stops as soon as it is clear, so that the price is
 * per block, not per byte: about six words are looked at in running text. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include "base/context.h"

#define LANGUAGE_SLOTS 2048 /* a power of two */

typedef struct language_detector {
	uint64_t words[LANGUAGE_SLOTS]; /* up to eight bytes, 0 is free */
	uint8_t languages[LANGUAGE_SLOTS];
	uint64_t points[256]; /* for a set of languages: one byte of points each */
} language_detector;

void language_detector_init(language_detector *d);

/* LANGUAGE_UNKNOWN when the text does not tell; LANGUAGE_OTHER only on clear evidence. */
language language_detect(const language_detector *d, slice text);

/* French or English on slight evidence (endings, single letters), for text that has no other;
 * LANGUAGE_UNKNOWN still when there is none at all. */
language language_guess(slice text);

/* Is the word (small letters) one of the closed classes of French or English? */
bool language_is_function_word(const language_detector *d, slice word);

#endif
