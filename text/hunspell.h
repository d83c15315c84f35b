/* Hunspell itself, for the few strings that the compiled lexicon cannot judge. The only module
 * that includes Hunspell; its functions may be called from any thread. */
#ifndef TEXT_HUNSPELL_H
#define TEXT_HUNSPELL_H

#include "base/context.h"

typedef struct hunspell hunspell;

/* Reads nothing yet: the dictionary is loaded (100 ms) by the first call of hunspell_knows.
 * Both paths are copied. */
MUST_USE status hunspell_open(
	hunspell **out, const memory *m, const char *aff_path, const char *dic_path);
void hunspell_close(hunspell *h); /* NULL is fine */

/* A dictionary that cannot be loaded knows nothing. */
bool hunspell_knows(hunspell *h, slice word);

/* Up to max suggestions, copied into the arena; the answer is how many. */
size_t hunspell_suggest(hunspell *h, arena *scratch, slice word, slice *out, size_t max);

#endif
