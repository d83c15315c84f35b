/* Units from the events of a reader in bitext/: what PO and XLIFF are to a memory. TMX and
 * tables have readers here: a memory keeps all that those say of a unit (dates, people, counts,
 * properties), to write it again. */
#ifndef TM_FORMATS_PAIRS_H
#define TM_FORMATS_PAIRS_H

#include "bitext/bitext.h"
#include "tm/exchange.h"
#include "tm/inline.h"

typedef struct pairs_format {
	bitext_read *read;
	const inline_name *names; /* of codes; NULL: what looks like one is text */
	/* The context is the id of the unit; else the value of this property. */
	const char *context;
	bool drafts; /* a translation that is to be looked at is taken, with its state */
	bool silent; /* its files seldom say the language of their sources: the one wanted */
} pairs_format;

/* Of every pair with a translation one unit; the others are left out with a reason. */
MUST_USE status pairs_read(tm_input *in, const pairs_format *f);

#endif
