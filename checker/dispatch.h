/* Which rules look at a token.
 *
 * Rules choose by features, by words that they name and by what stands beside a token (rule.h);
 * a long text has ten million tokens, of sixty thousand distinct words. What hangs on the word
 * alone is settled once for each of them: the set of the rules that look at it. There are some
 * hundred different sets in a text, so they are numbered, and the number travels with the word
 * into the token. What hangs on the document (profile, levels) and on the place of the token
 * (FEATURES_HERE) is settled once for each set and kind of place: a list of calls. What a rule
 * asks of the tokens beside it is settled for each distinct word, too, and kept in bits.
 *
 * So a block is gone through three times, by some dozens of tokens (checker/dispatch_calls.c):
 * which have a list, which of them stand beside what one of the list wants, and only there who
 * it is. The first two take no branch on what is in a text, since none could be guessed.
 *
 * Numbers of sets outlive the document, lists do not. Marks of ASCII, figures and the like have
 * a number by their kind (CALLS_OF_WORDS); other marks get one on the way. */
#ifndef CHECKER_DISPATCH_H
#define CHECKER_DISPATCH_H

#include "base/memory.h"
#include "text/language.h"
#include "text/token.h"

struct check;
struct rule;

#define DISPATCH_LOOKS 576 /* of rules; the wordings are called like one more */
#define WORDING_RULES_MAX 64
#define DISPATCH_QUESTIONS 25
#define DISPATCH_ANSWERS 35 /* a bit */
#define DISPATCH_FEATURES 32
#define DISPATCH_RECENT 64 /* a power of two */
#define DISPATCH_PLACES (1u << FEATURES_HERE_BITS)
#define DISPATCH_WORDINGS DISPATCH_LOOKS /* of calls: no look has so high a number */

typedef struct rule_set {
	uint64_t wordings; /* the rules of checker/wordings.h */
	/* What the word that has the set is for those beside it: four cells
	 * (checker/inflection.h), above them four that a word behind it has to have one of,
	 * FEATURE_NOUN and FEATURE_ADJECTIVE, and the answers. */
	uint64_t beside;
	uint64_t rules[DISPATCH_LOOKS / 64]; /* by index in dispatch.looks */
} rule_set;

/* What is asked of the words beside a token, a bit each from DISPATCH_ANSWERS on: is it one of
 * a list, or does the rule want it? Above them stands the class of a word beside wordings. */
typedef struct dispatch_question {
	const char *const *watch;
	bool (*wants)(const struct check *c, const word *w, const word_reading *r, language l);
} dispatch_question;

typedef struct dispatch_look {
	const struct rule *rule; /* or another look of it */
	uint16_t index;          /* of the rule in check_with.rules */
	bool anywhere;           /* neighbours may be anything */
	uint32_t ask_before, ask_after;
} dispatch_look;

/* before and after have a bit for each thing that the token there may be: its features, answers
 * to questions, and what only this token can tell of it (checker/dispatch_calls.c). */
typedef struct call {
	status (*token)(struct check *c, const struct rule *r, size_t i); /* NULL ends a list */
	const struct rule *rule;
	uint64_t before, after;
	uint16_t index, look; /* of the rule, of the look */
} call;

typedef struct call_list {
	uint64_t before, after; /* of all its calls */
	uint32_t first;         /* in dispatch.calls */
} call_list;

typedef struct dispatch {
	const memory *memory;
	rule_set by_feature[LANGUAGES][DISPATCH_FEATURES]; /* who looks, of all rules */
	rule_set asking;                                   /* those that have `wants` */
	dispatch_look looks[DISPATCH_LOOKS]; /* those of check_with.rules, then others */
	size_t look_count;
	size_t set_words; /* of rule_set.rules, that may not be 0 */
	dispatch_question questions[DISPATCH_QUESTIONS];
	size_t question_count;
	uint32_t wanting;     /* bits of those that have `wants` */
	ARRAY(rule_set) sets; /* those met, the empty one first */
	uint16_t *slots;      /* open addressing into the sets, power of two */
	uint32_t slot_mask;
	struct {
		uint32_t features, mark;
		uint16_t set;
	} recent[LANGUAGES][DISPATCH_RECENT]; /* of what is no word */
	status failed;                        /* while a word was read */

	/* of the document in hand */
	ARRAY(call) calls;
	ARRAY(call_list) lists; /* the empty one first, then that of what has none yet */
	/* By place and number of the set, the list; and, behind the places, by the number of a
	 * set all of whose rules apply, at tokens that touch the one before and others. */
	uint32_t *by_place[LANGUAGES][DISPATCH_PLACES + 2];
	uint32_t *unmade; /* stands where a place has no list yet */
	uint64_t *beside; /* of the sets, by number; so far of `covered` sets */
	size_t covered;
	size_t room; /* of each of these arrays: numbers of sets */
} dispatch;

MUST_USE status dispatch_init(struct check *c);
void dispatch_free(dispatch *d);

/* Before the first block of a document. */
MUST_USE status dispatch_begin(struct check *c);

/* For word_reading.calls: the rules that look at a word, whose reading is otherwise made. */
uint16_t dispatch_word(struct check *c, uint32_t id, language l);

/* Calls the rules for every token of the block. */
MUST_USE status dispatch_tokens(struct check *c);

/* --- between the files of dispatch --- */

static inline void
dispatch_add_set(const dispatch *d, rule_set *s, const rule_set *other)
{
	s->wordings |= other->wordings;
	for (size_t k = 0; k < d->set_words; k++)
		s->rules[k] |= other->rules[k];
}

/* All that look at one of the features. */
rule_set dispatch_set_of(const dispatch *d, uint32_t features, language l);

/* The number of a set, from CALLS_OF_WORDS. */
MUST_USE status dispatch_number(dispatch *d, const rule_set *s, uint16_t *number);

/* The number of the set of a token that is no word. */
MUST_USE status dispatch_mark(dispatch *d, const token *t, language l, uint16_t *number);

void dispatch_free_lists(dispatch *d);

#endif
