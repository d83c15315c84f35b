/* Names as people write them into tables: several in one cell, with an article or an acronym
 * beside them. paraph's own tables have a column for each of these. */
#ifndef TERMBASE_LOOSE_NAMES_H
#define TERMBASE_LOOSE_NAMES_H

#include "base/slice.h"

/* Cuts the next name off *rest, trimmed; false when there is none left. Names are parted by
 * ";", but not inside brackets (« Loi (S.R.C.; ch. 1) ») nor where it ends what HTML writes for
 * a character (&amp;). Empty ones are passed over. */
bool loose_next(slice *rest, slice *name);

/* « Afghanistan (l') », “Sudan (the)”, « la République islamique d'Afghanistan », as the lists
 * of States have it: the name, and its article. In front it is one where it is small and a
 * capital follows: La Haye and The Gambia keep theirs. *article is "" when there is none. */
slice loose_article(slice name, slice tag, slice *article);

/* One word of two capitals or more and no small letter: what stands so behind a longer name is
 * its acronym. */
bool loose_is_acronym(slice name);

#endif
