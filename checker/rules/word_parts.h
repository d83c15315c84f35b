/* Words that languages make every day and no dictionary lists: derived (photochronométrage,
 * cotisable, disclosable), joined by hyphens (séro-épidémiologique, cargo-carrying) and names
 * of chemicals (méthylphosphonate). The parts are data (data/lang/word-parts.tsv). What is made
 * of known parts is taken for right: a slip inside a part makes an unknown part. */
#ifndef CHECKER_RULES_WORD_PARTS_H
#define CHECKER_RULES_WORD_PARTS_H

#include "text/lexicon.h"
#include "text/word.h"

#define WORD_PARTS_MOST 300
#define WORD_PARTS_BYTES 80 /* longer words have no parts */

typedef struct word_part {
	slice text, instead;
	uint8_t kind;
} word_part;

typedef struct word_parts { /* of a language */
	word_part at[WORD_PARTS_MOST];
	size_t n; /* 0: not read yet */
} word_parts;

void word_parts_read(word_parts *p, language l);

enum word_parts_verdict {
	WORD_UNEXPLAINED,
	WORD_LIKELY, /* unless a slip away from a common word */
	WORD_MADE,
};

/* Is the word, in lower case and with plain hyphens, made of known parts? other: the dictionary
 * of the other language, of which compounds may be (NULL: none). */
enum word_parts_verdict word_parts_explain(
	const word_parts *p, const lexicon *own, const lexicon *other, slice lower);

#endif
