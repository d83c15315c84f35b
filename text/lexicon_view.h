/* For text/suggest.c and text/near.c: the tables behind a lexicon. */
#ifndef TEXT_LEXICON_VIEW_H
#define TEXT_LEXICON_VIEW_H

#include "text/lexicon_map.h"

const lexicon_map *lexicon_view(const lexicon *x);

#endif
