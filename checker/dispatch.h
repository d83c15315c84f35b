/* Which rules look at a token.
 *
 * Rules choose by features, by words that they name and by what stands beside a token (rule.h);
 * a long text has ten million tokens, of sixty thousand distinct words. What hangs on the word
 * alone is settled once for each of them: the set of the rules that look at it. There are some
 * hundred different sets in a text, so they are numbered, and the number travels with the word
 * into the token. What hangs on the document (profile, levels) and on the place of the token
 * (FEATURES_HERE) is settled once for each set and kind of place: a list of calls. A token then
 * costs a look at its list, which is empty for every other one. What a rule asks of the tokens
 * beside it is settled for each distinct word, too, and kept in bits.
 *
 * Numbers of sets outlive the document, lists do not. Tokens that are no words have no number;
 * their few combinations of features, and the marks, get one on the way. */
#ifndef CHECKER_DISPATCH_H
#define CHECKER_DISPATCH_H

#include "base/memory.h"
#include "text/language.h"
#include "text/word.h"

struct check;
struct rule;

#define DISPATCH_LOOKS 576 /* of rules; the wordings are called like some more */
#define WORDING_RULES_MAX 64
#define DISPATCH_ALL (DISPATCH_LOOKS + WORDING_RULES_MAX)
#define DISPATCH_QUESTIONS 24
#define DISPATCH_FEATURES 32
#define DISPATCH_RECENT 64 /* a power of two */

typedef struct rule_set {
	/* By index in dispatch.looks; behind them those of checker/wordings.h. */
	uint64_t rules[DISPATCH_ALL / 64];
} rule_set;

/* What is asked of the words beside a token, a bit of words.traits each: is it one of a list,
 * or does the rule want it? The lowest eight bits hold cells (checker/inflection.h): four of
 * the word, and above them four that a word behind it has to have one of. */
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

typedef struct call {
	status (*token)(struct check *c, const struct rule *r, size_t i);
	const struct rule *rule;
	uint32_t before, after;         /* as in the rule */
	uint32_t ask_before, ask_after; /* bits of questions */
	uint16_t index, look;           /* of the rule, of the look */
	bool anywhere, disagree;
} call;

typedef struct dispatch {
	const memory *memory;
	rule_set by_feature[LANGUAGES][DISPATCH_FEATURES]; /* who looks, of all rules */
	rule_set asking;                                   /* those that have `wants` */
	dispatch_look looks[DISPATCH_LOOKS]; /* those of check_with.rules, then others */
	size_t look_count;
	dispatch_question questions[DISPATCH_QUESTIONS];
	size_t question_count;
	ARRAY(rule_set) sets; /* those met, the empty one first; numbers count from 1 */
	uint16_t *slots;      /* open addressing into the sets, power of two */
	uint32_t slot_mask;
	struct {
		uint32_t features, mark;
		uint16_t set;
	} recent[LANGUAGES][DISPATCH_RECENT]; /* of what is no word */
	status failed;                        /* while a word was read */

	/* of the document in hand */
	ARRAY(call) calls;
	uint32_t *lists[LANGUAGES]; /* by set and place: the first call of each */
	size_t capacity[LANGUAGES];
	size_t lists_for[LANGUAGES]; /* so many sets, with number 0 */
} dispatch;

MUST_USE status dispatch_init(struct check *c);
void dispatch_free(dispatch *d);

/* Before the first block of a document. */
MUST_USE status dispatch_begin(struct check *c);

/* For word_reading.calls: the rules that look at a word, whose reading is otherwise made. */
uint16_t dispatch_word(struct check *c, uint32_t id, language l);

/* Calls the rules for every token of the block. */
MUST_USE status dispatch_tokens(struct check *c);

#endif
