/* The dictionary's grammar tags ("po:nom is:fem") as the bits of text/lexicon.h. */
#ifndef TEXT_MORPHOLOGY_H
#define TEXT_MORPHOLOGY_H

#include "base/slice.h"

/* What the affix says about part of speech, gender or number replaces what the entry says. */
uint32_t morphology_read(slice entry, slice affix);

#endif
