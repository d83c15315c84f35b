/* All forms of a Hunspell dictionary, one call per form and reading. */
#ifndef TEXT_EXPAND_H
#define TEXT_EXPAND_H

#include "text/affix.h"

typedef struct expand_form {
	slice text;
	slice lemma;       /* the headword, or what stands for it: see expand.c */
	uint8_t verdict;   /* VERDICT_… of text/lexicon_file.h */
	uint16_t prefixes; /* see expand_elisions */
	slice entry_morphology, affix_morphology;
} expand_form;

typedef struct expand_sink {
	status (*take)(void *user, const expand_form *form);
	void *user;
} expand_sink;

/* Prefixes that end in an apostrophe (l’, qu’ …) are not multiplied out but kept as one bit
 * each; this lists their classes, bit by bit. */
#define EXPAND_ELISIONS 16
typedef struct expand_elisions {
	const affix_class *at[EXPAND_ELISIONS];
	size_t n;
} expand_elisions;

expand_elisions expand_elisions_of(const affix *a);

/* dic is the content of the .dic file. */
MUST_USE status expand_dictionary(
	const affix *a, const memory *m, slice dic, bool english, expand_sink sink);

#endif
