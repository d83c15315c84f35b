/* The personal dictionary: a list of words in a file (docs/SUPPRESSION.md), which is read anew
 * for each question; paraph_words_change writes it. */
#ifndef APPS_HTTP_DICTIONARY_H
#define APPS_HTTP_DICTIONARY_H

#include "apps/cli/bytes.h"

/* All of the file; nothing where there is none. 0, or an errno. */
int dictionary_read(const char *path, bytes *out);
/* The next word of the text, without comments. */
bool dictionary_next(paraph_text *rest, paraph_text *word);

#endif
