/* Which tokens of the block in hand stand in a quotation: « », “ ” or " ". Rules about wording
 * ask before they speak, since an author does not answer for the words of another, and a title
 * is quoted as it is.
 *
 * Worked out at the first question about a block, in one pass over its marks; a block about
 * which no rule asks costs nothing. A quotation that is never closed runs to the end of the
 * block, and a closing mark alone ends one from the start of it, since quotations of several
 * paragraphs have their marks in different blocks: silence is the safe side. */
#ifndef CHECKER_QUOTATION_H
#define CHECKER_QUOTATION_H

#include "checker/check.h"

/* Does token i stand between the marks of a quotation, or is it one of the marks? To be asked
 * while a block is in hand. When memory is out the answer is yes, and the block fails. */
bool quotation_holds(check *c, size_t i);

/* The same of text of the block in hand: does any of it stand in a quotation? */
bool quotation_touches(check *c, span text);

#endif
