/* The personal dictionary: a list of words in a file (docs/SUPPRESSION.md), which is read anew
 * for each question and written whole or not at all. What stands in it otherwise, comments and
 * order, stays. */
#ifndef APPS_HTTP_DICTIONARY_H
#define APPS_HTTP_DICTIONARY_H

#include "apps/http/bytes.h"

/* All of the file; nothing where there is none. 0, or an errno. */
int dictionary_read(const char *path, bytes *out);
/* The next word of the text, without comments. */
bool dictionary_next(paraph_text *rest, paraph_text *word);

/* 0, or an errno; *changed: the word was not there, was there. The folder is made when it is
 * missing. */
int dictionary_add(const char *path, paraph_text word, bool *changed);
int dictionary_remove(const char *path, paraph_text word, bool *changed);

#endif
