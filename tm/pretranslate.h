/* Puts what a memory has into a file that is to be translated: XLIFF, PO or TMX stays byte for
 * byte what it was, except for the translations. */
#ifndef TM_PRETRANSLATE_H
#define TM_PRETRANSLATE_H

#include "tm/work.h"

typedef struct tm_pretranslation {
	slice source, target;             /* languages; empty: those of the file */
	slice usual_source, usual_target; /* of files that do not say theirs */
	int threshold;                    /* hundredths: matches below stay away */
	tm_query penalties; /* its penalty is applied; the rest is not looked at */
} tm_pretranslation;

typedef struct tm_pretranslated {      /* segments */
	uint64_t segments, translated; /* translated: they had a translation */
	uint64_t context, exact, fuzzy, none;
} tm_pretranslated;

/* The format of a file of this name, or with these first bytes, that can be translated in
 * place; NULL for none. */
const tm_format *tm_work_format_for(slice path, slice bytes);

/* Appends the file to out. STATUS_FORMAT when it is not what its format wants. */
MUST_USE status tm_pretranslate(tm_matcher *x, context *c, const tm_format *format, slice name,
	slice bytes, const tm_pretranslation *how, buffer *out, tm_pretranslated *counts);

#endif
