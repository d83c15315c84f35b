/* A Hunspell dictionary as it stands in its two files: the affix rules and flags of the .aff,
 * the entries of the .dic. Only what the French and English dictionaries use is understood:
 * FLAG char, long and num, one level of suffixes, prefixes with continuation flags. */
#ifndef TEXT_AFFIX_H
#define TEXT_AFFIX_H

#include "base/context.h"

typedef uint16_t affix_flag; /* 0: the dictionary does not use this flag */

typedef struct affix_flags {
	const affix_flag *at;
	size_t n;
} affix_flags;

typedef struct affix_rule {
	slice strip, add, condition; /* condition empty: always */
	slice morphology;            /* "po:adj is:fem" */
	affix_flags continuation;
} affix_rule;

typedef struct affix_class {
	affix_flag flag;
	bool suffix, cross;
	const affix_rule *rules;
	size_t n;
} affix_class;

typedef struct affix {
	arena arena;
	slice text; /* the bytes of the .aff */
	enum { FLAGS_CHAR, FLAGS_LONG, FLAGS_NUMBER } flag_mode;
	affix_flag need_affix, keep_case, forbidden, only_in_compound, no_suggest;
	bool full_strip;
	ARRAY(affix_class) classes;
	uint16_t suffix_of[65536], prefix_of[65536]; /* class index + 1 */
} affix;

typedef struct affix_entry {
	slice word, morphology;
	affix_flags flags;
} affix_entry;

/* text must outlive the affix. */
MUST_USE status affix_read(affix *a, context *c, slice text);
void affix_free(affix *a, const memory *m);

/* Reads one line of a .dic; word and flags are put into scratch. False for an empty line. */
MUST_USE status affix_entry_read(
	const affix *a, arena *scratch, slice line, affix_entry *out, bool *found);

bool affix_has(affix_flags flags, affix_flag flag);
/* NULL when the flag is no suffix (prefix) class. */
const affix_class *affix_suffix(const affix *a, affix_flag flag);
const affix_class *affix_prefix(const affix *a, affix_flag flag);

/* Hunspell's conditions: "[^aeiou]y" at the end (start) of the word. */
bool affix_condition_ends(slice condition, slice word);
bool affix_condition_starts(slice condition, slice word);

MUST_USE status affix_flags_read(const affix *a, arena *scratch, slice text, affix_flags *out);

#endif
