/* The acronyms of a document, collected once for all rules that speak of them: where each is
 * first used, how often, and what it is said to stand for.
 *
 * A definition is a long form right before the acronym in brackets: a term of the termbase that
 * has this acronym, or words that spell it (text/spelled.h). Whatever else looks like an
 * explanation (ACR (long form), ci-après « ACR », a line of a list of abbreviations) only
 * counts as explained.
 *
 * Memory: one record for each distinct acronym and one for each definition, with a ceiling. */
#ifndef CHECKER_RULES_ACRONYMS_H
#define CHECKER_RULES_ACRONYMS_H

#include "checker/rule.h"

#define LONG_FORM_WORDS 12 /* of a long form that are compared */

typedef struct definition {
	struct definition *next; /* in text order */
	span where;              /* of the acronym */
	span long_form;
	uint32_t keys[LONG_FORM_WORDS]; /* of its words, stemmed, function words left out */
	size_t key_count;
	bool agreed; /* the long form is the termbase's */
} definition;

typedef struct acronym {
	struct acronym *next; /* in the order of first meeting */
	slice text;
	uint64_t hash;
	uint8_t language;
	bool ignored;   /* a word, a numeral, a name in capitals */
	bool agreed;    /* an acronym of the termbase */
	span first;     /* use in running text outside its definitions; start == end: none */
	uint32_t uses;  /* outside its definitions, anywhere */
	uint32_t prose; /* the same in running text */
	bool articled;  /* of the termbase, or met with an article: no name of a person */
	bool explained; /* defined or otherwise explained anywhere */
	uint32_t explained_at;
	definition *definitions, *last;
} acronym;

/* Looks at token i, which is in capitals; for the token function of a rule. */
MUST_USE status acronyms_see(check *c, size_t i);

/* What is known so far of the acronym at token i, which was seen; NULL when it is none. */
const acronym *acronyms_at(check *c, size_t i);

/* The first acronym of the document; NULL when there is none. */
const acronym *acronyms_first(const check *c);

/* Is token i the acronym alone in brackets, behind words? `bracket` is the opening one. */
bool acronym_in_brackets(const check *c, size_t i, size_t *bracket);

/* Do two definitions give the same long form, or one that differs in inflection only? */
bool definition_is_same(const definition *a, const definition *b);
/* Are they two different names? */
bool definition_is_other(const definition *a, const definition *b);

/* The tokens before the bracket or comma at `end` that spell the acronym out: *start is the
 * first of them. */
bool acronym_spelled_before(const check *c, size_t end, slice letters, size_t *start);

/* Is it listed as known to every reader (data/lang/known-acronyms.tsv)? */
bool acronym_is_well_known(slice s, language l);

#endif
