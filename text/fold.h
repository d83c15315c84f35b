/* Folding: one spelling for forms that differ only in case, accents or typography. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/memory.h"

/* Writes the lower-case form of s to out (room for 3 × s.n + 4 bytes is enough) and returns its
 * length. U+0027 becomes U+2019. Latin, Greek and Cyrillic; other scripts are kept. */
size_t text_lower(char *out, slice s);

/* The same without accents (é as e, ç as c, œ as oe, æ as ae), with every apostrophe as ',
 * every hyphen (U+2010, U+2011) as -, soft hyphens and zero-width characters left out. */
size_t text_fold(char *out, slice s);

#endif
