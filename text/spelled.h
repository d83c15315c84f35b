/* Acronyms and the words that their letters stand for: « Mission d’assistance des Nations Unies
 * en Afghanistan (MANUA) ». The letters are found in the words from the end to the beginning,
 * the first at the beginning of a word (Schwartz and Hearst, “A simple algorithm for
 * identifying abbreviation definitions in biomedical text”, 2003). */
#ifndef TEXT_SPELLED_H
#define TEXT_SPELLED_H

#include "text/token.h"

/* Two to twelve capitals without accents. */
bool spelled_is_acronym(slice s);

/* M, D, C, L, X, V and I only, as a Roman number. */
bool spelled_is_numeral(slice s);

/* May a long form run over this token: a word, an elision, a comma, a hyphen, a slash? */
bool spelled_is_inside(const token *t);

/* The words that end before token `end` and spell the letters out: *start is the first. */
bool spelled_before(const tokens *t, slice text, size_t end, slice letters, size_t *start);

/* Do the words from token `first` on spell them? *last is the last token of the run of words,
 * up to a bracket or a full stop. */
bool spelled_after(const tokens *t, slice text, size_t first, slice letters, size_t *last);

#endif
