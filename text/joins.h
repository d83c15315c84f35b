/* Evidence on whether two words belong together: how common a word is, how often two words
 * stand side by side, and how often they are written as one. "mo dèle" is one broken word,
 * "par ce" may be two good ones; only counts can tell, so every question here is answered by
 * the counts of data/lang/LANGUAGE-joins.tsv and of the lexicon.
 *
 * The table is compiled at build time to DATA/LANGUAGE.joins (150 kB), read whole at open:
 * entries of 16 bytes sorted by the hash of the pair. A pair that is not listed was never seen
 * apart, or is no word together and rare. Shared by threads; nothing in it changes. */
#ifndef TEXT_JOINS_H
#define TEXT_JOINS_H

#include "text/word.h"

typedef struct joins joins;

/* Opens DATA/fr.joins and DATA/en.joins. STATUS_NOT_FOUND or STATUS_DAMAGED names the file. */
MUST_USE status joins_open(joins **out, context *c, const char *data_folder);
void joins_close(joins *j, const memory *m); /* NULL is fine */

/* Reads a table of pairs and writes the compiled file. */
MUST_USE status joins_compile(context *c, const char *tsv_path, const char *out_path);

typedef struct join_counts {
	uint32_t apart, joined; /* occurrences in the reference texts */
} join_counts;

/* Of two words in lower case. Zeros when the pair is not listed; j may be NULL. */
join_counts joins_find(const joins *j, language l, slice first, slice second);

/* A word as the probability model sees it. */
typedef struct join_word {
	slice lower; /* in lower case */
	bool known;
} join_word;

/* Decimal logarithm of the probability of meeting this word at a given place of a text. What no
 * dictionary knows gets less the longer it is: eight letters that are no word hardly ever stand
 * in a text by accident. */
double joins_word(const lexicon *x, language l, join_word w);

/* The same of any one unknown word of so many letters, without a floor. */
double joins_unknown(size_t points);

/* A word and what joins_word says of it, which is asked for in several places. */
typedef struct join_weight {
	slice lower;
	double alone;
} join_weight;

join_weight joins_weigh(const lexicon *x, language l, join_word w);

/* Decimal logarithm of the probability that second comes when first and a space came. */
double joins_after(const joins *j, language l, join_weight first, join_weight second);

/* Decimal logarithm of the probability of meeting first, a space, second. */
double joins_apart(
	const joins *j, const lexicon *x, language l, join_word first, join_word second);

/* Is this letter, alone, a word of the language? (a, à, y, ô · a, I, O) */
bool joins_is_letter_word(language l, slice lower);

/* For the engine's vocabulary.read: sets FEATURE_PART on known words that are rare enough to be
 * a piece of a broken word and make a form of the dictionary with some text beside them.
 * (Unknown words and single letters need no mark.) */
void joins_read(struct words *w, uint32_t id, language l);

#endif
