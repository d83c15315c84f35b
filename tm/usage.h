/* What memories say of a text that is being checked: how often words stand there as they are
 * written, and how a sentence was translated. Questions are few and small, so they are put to
 * the stores themselves; nothing is loaded. One thread at a time.
 *
 * Questions have no status: what a damaged memory cannot say is not said, and tm_usage_status
 * remembers the first failure for the end of the document. */
#ifndef TM_USAGE_H
#define TM_USAGE_H

#include "base/context.h"

typedef struct tm_usage tm_usage;

/* paths ends with NULL. reachable: of memories in several databases those that answer do. */
MUST_USE status tm_usage_open(
	tm_usage **out, context *c, const char *const *paths, bool reachable);
void tm_usage_close(tm_usage *u); /* NULL is fine */
/* The databases that were left out, of the first memory that lacks some; NULL: none. */
const char *tm_usage_missing(const tm_usage *u);
status tm_usage_status(tm_usage *u);

/* In about how many units one or more words stand side by side, case aside, in segments of a
 * language ("fr"). */
size_t tm_usage_count(tm_usage *u, const char *tag, slice words);

/* The translation of a text, when all memories together have exactly one from the one language
 * into the other; else empty. Valid until the next question. */
slice tm_usage_translation(tm_usage *u, slice source, slice target, slice text);
/* Every translation of a text that a memory has, those of 50 units of each memory at most, with
 * numbers and other placeables put in where these alone are others. A status of found that is
 * not STATUS_OK ends it and is returned. */
MUST_USE status tm_usage_translations(tm_usage *u, slice source, slice target, slice text,
	status (*found)(void *user, slice translation), void *user);

#endif
