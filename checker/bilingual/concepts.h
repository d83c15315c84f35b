/* The concepts of the termbase that the source of a pair has, and whether the translation has
 * them too: what the rules about terms, acronyms and States share. */
#ifndef CHECKER_BILINGUAL_CONCEPTS_H
#define CHECKER_BILINGUAL_CONCEPTS_H

#include "checker/bilingual/keys.h"
#include "checker/bilingual/pair.h"
#include "checker/terms.h"

#define TERMS_MOST 64 /* of one passage */

/* What the rules ask of a pair, worked out once. */
typedef struct pair_terms {
	const check_pair *pair;
	term_match source[TERMS_MOST];
	size_t n;
	word_keys target;
} pair_terms;

typedef struct answer {
	bool there;      /* by an accepted term, maybe with words between its own */
	bool exactly;    /* … as it stands in the termbase, but for inflection */
	size_t share;    /* of the long words of the term that shares most, */
	size_t of;       /* … how many it has */
	bool any;        /* the concept has a term in the language of the target */
	term_ref wanted; /* its preferred term there */
} answer;

/* Kept in the scratch memory of the pair, which the first rule that asks fills. */
MUST_USE status concepts_of(check *c, const check_pair *p, const pair_terms **out);
/* Is the pair one that is judged by its terms? */
bool concepts_are_asked(const check *c, const check_pair *p);
/* Is an acronym a token of the target, letter by letter? */
bool concepts_have_token(const check_pair *p, slice text, span *where);
MUST_USE status concepts_answer(
	check *c, const check_pair *p, const pair_terms *t, term_ref source, answer *a);
/* Said before in the passage, in full or as an acronym as now: once is enough. */
bool concepts_met_before(const check *c, const pair_terms *t, size_t i);
bool concept_is_subject(const check *c, term_ref t, const char *const *list);
bool concept_is_state(const check *c, term_ref t);
/* A finding about the concept: its id and source. */
finding concept_finding(const check *c, term_ref t, finding f);

#endif
