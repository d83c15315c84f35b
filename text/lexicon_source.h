/* Which Hunspell dictionaries a language's lexicon is made of. */
#ifndef TEXT_LEXICON_SOURCE_H
#define TEXT_LEXICON_SOURCE_H

#include "base/context.h"
#include "text/lexicon_file.h"

/* Base names: { "fr" } or { "en_GB", "en_US" }; NULL when the language has no such side. */
const char *lexicon_source_name(language l, size_t side);
/* Where Hunspell's dictionaries are: $PARAPH_DICTIONARIES, or Debian's folder. */
const char *lexicon_source_folder(void);
/* FOLDER/NAME.aff (part 0) or .dic (part 1). STATUS_LIMIT: longer than the room. */
MUST_USE status lexicon_source_path(
	char *out, size_t room, const char *folder, language l, size_t side, size_t part);

#endif
