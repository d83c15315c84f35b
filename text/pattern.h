/* Regular expressions of users, by PCRE2: compiled to machine code, and cut off when a search
 * takes too many steps, so that no pattern can hold a check up. Shared by threads once
 * compiled. */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/context.h"

typedef struct pattern pattern;

#define PATTERN_GROUPS 10 /* 0 is the whole match; $1 to $9 */

typedef enum pattern_answer { PATTERN_NONE, PATTERN_FOUND, PATTERN_CUT } pattern_answer;

/* STATUS_FORMAT: message holds what is wrong and *offset the byte of text where. */
MUST_USE status pattern_compile(pattern **out, slice text, bool ignore_case, char *message,
	size_t message_size, size_t *offset);
void pattern_free(pattern *p); /* NULL is fine */

/* The first match at or after from in valid UTF-8. A group that took no part is empty. */
pattern_answer pattern_find(
	const pattern *p, slice subject, size_t from, span groups[PATTERN_GROUPS]);

#endif
