/* Folding: one spelling for forms that differ only in case, accents or typography. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/memory.h"

/* Writes the lower-case form of s to out (room for 3 × s.n + 4 bytes is enough) and returns its
 * length. U+0027 becomes U+2019. Latin, Greek and Cyrillic; other scripts are kept. */
size_t text_lower(char *out, slice s);

/* The same without accents (é as e, ç as c, œ as oe, æ as ae), with every apostrophe as ',
 * every hyphen (U+2010, U+2011) as -, superscript and subscript digits as digits, soft hyphens
 * and zero-width characters left out. */
size_t text_fold(char *out, slice s);

/* Simple mappings (one character to one) inside the table; others are returned as they are. */
uint32_t text_lower_char(uint32_t code_point);
uint32_t text_upper_char(uint32_t code_point);
/* Has no case at all, or one that the two functions above know. */
bool text_case_is_known(uint32_t code_point);

/* How a word is written, as Hunspell sees it. */
typedef enum text_case {
	CASE_LOWER,         /* no capital: “asie”, “1999” */
	CASE_CAPITAL,       /* “Asie” */
	CASE_UPPER,         /* “ASIE”, “B-52” */
	CASE_MIXED,         /* “eBay” */
	CASE_MIXED_CAPITAL, /* “OpenOffice” */
} text_case;
text_case text_case_of(slice word);

/* Simple mappings of a whole word; room for 3 × s.n + 4 bytes is enough. */
size_t text_small(char *out, slice s);      /* all lower case; nothing else is changed */
size_t text_capitalise(char *out, slice s); /* the same with a capital in front */

#endif
