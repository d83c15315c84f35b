/* The dictionaries that stand behind a lexicon: one for French, British and American English
 * together for English (a word is known when either knows it). */
#include "text/lexicon_source.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDER "/usr/share/hunspell"

const char *
lexicon_source_name(language l, size_t side)
{
	static const char *const english[LEXICON_SIDES] = { "en_GB", "en_US" };

	if (l == LANGUAGE_EN && side < LEXICON_SIDES)
		return english[side];
	return l == LANGUAGE_FR && side == 0 ? "fr" : NULL;
}

const char *
lexicon_source_folder(void)
{
	const char *folder = getenv("PARAPH_DICTIONARIES");

	return folder == NULL || *folder == '\0' ? FOLDER : folder;
}

status
lexicon_source_path(
	char *out, size_t room, const char *folder, language l, size_t side, size_t part)
{
	int n = snprintf(out, room, "%s/%s.%s", folder, lexicon_source_name(l, side),
		part == 0 ? "aff" : "dic");

	return n < 0 || (size_t)n >= room ? STATUS_LIMIT : STATUS_OK;
}
