/* The engine: runs every enabled rule over a document and leaves the findings in order.
 *
 * One check belongs to one thread and is used for many documents; the word table and the
 * scratch memory live on. The dictionaries, the termbase and the profile are shared and
 * read-only. */
#ifndef CHECKER_CHECK_H
#define CHECKER_CHECK_H

#include "base/buffer.h"
#include "checker/dispatch.h"
#include "checker/finding.h"
#include "checker/lists.h"
#include "checker/profile.h"
#include "checker/suppression.h"
#include "document/document.h"
#include "text/token.h"

#define CHECK_WORDS_MOST 1000000 /* distinct words that a table keeps between blocks */

struct memo;       /* checker/memo.h */
struct check_pair; /* checker/bilingual/pair.h */

/* Shared by all checks of a run; whoever made it owns it. */
typedef struct check_with {
	lexicon *lexicons[LANGUAGES];
	const struct termbase *terms; /* NULL: none */
	const struct wordlist *words; /* the user's and the project's; NULL: none */
	const struct joins *joins; /* how often two words stand apart or joined; NULL: none */
	struct tm_usage *memories; /* of one thread: of sessions, not of engines; NULL: none */
	vocabulary vocabulary;     /* what knows more words than the dictionaries do */
	const struct rule *const *rules; /* those of rules.def, then those of users */
	size_t rule_count;
} check_with;

/* Passages of a document and its source that belong together. */
typedef struct check_bead {
	const span *at[PAIR_SIDES]; /* count of them, in the text of each document */
	uint8_t count[PAIR_SIDES];  /* 0: nothing faces the other side */
	bool crossing;              /* moved */
	float confidence;           /* 0 to 1 */
	span anchor[PAIR_SIDES];    /* where a side has nothing: its passage before */
} check_bead;

/* The source of a document that is checked as its translation. */
typedef struct check_source {
	const document *document;
	language language[PAIR_SIDES];
	const check_bead *beads; /* in order of the target */
	size_t count;
} check_source;

/* What is in force for a document: the profiles of French and of English blocks, and what the
 * project ignores there. */
typedef struct check_style {
	const profile *of[LANGUAGES];
	const ignored *ignored;
	size_t ignored_count;
} check_style;

typedef struct token_span {
	size_t first, last; /* tokens of the block, both included */
} token_span;

/* See checker/quotation.h. */
typedef struct quotations {
	const token_span *at; /* in order, apart; on scratch */
	size_t count;
	bool known;    /* read for the block in hand */
	status failed; /* what the block answers when reading failed */
} quotations;

typedef struct watched_word { /* by a rule; text in lower case */
	slice text;
	uint32_t next; /* of those with the same slot, counted from 1; 0: none */
	uint16_t look; /* its index in dispatch.looks, of neighbours in dispatch.questions */
} watched_word;

typedef struct watched_words {
	ARRAY(watched_word) list;
	uint32_t *slots; /* by hash, power of two: the first of the list, counted from 1 */
	size_t slot_mask;
} watched_words;

typedef struct block_rules {
	uint16_t at[RULES_MAX]; /* by index */
	size_t n;
} block_rules;

/* Calls of rules that must see the blocks in order, put off until it is their turn
 * (checker/parts.h). */
typedef struct late_call {
	uint32_t token;
	uint16_t look; /* by index in dispatch.looks */
} late_call;
typedef ARRAY(late_call) late_calls;

/* What several rules know together is kept behind what each keeps for itself. */
enum check_place {
	CHECK_TERMS = RULES_MAX,
	CHECK_LISTS,
	CHECK_DATES,
	CHECK_NUMBERED,
	CHECK_ACRONYMS,
	CHECK_PLACES
};

/* What a rule cost, for bench/rules. */
typedef struct check_meter {
	struct {
		size_t calls;
		double ns;
	} tokens, blocks, document;
} check_meter;

typedef struct check {
	context *context;
	const check_with *with;
	words words;
	tokens tokens;
	arena scratch; /* emptied after each block */

	/* the document in hand */
	const document *document;
	arena *keep; /* lives as long as the document: messages, suggestions */
	const block *block;
	language language;                  /* of the block: French or English */
	const profile *profiles[LANGUAGES]; /* in force for the document */
	const check_source *source;         /* NULL: it is checked for itself */
	struct segmenter *segmenter;        /* opened by the first rule that asks */
	void *pair_terms; /* of the pair in hand, on scratch (checker/bilingual/concepts.h) */
	const check_style *style;
	suppression_list suppressed;
	quotations quotations;
	findings found;
	check_meter *meters; /* by index of the rule, at RULES_MAX of wordings; NULL: none */
	size_t running;      /* index of the rule that was called last */
	size_t looking;      /* index in dispatch.looks of its look, for a token */
	unsigned threads;    /* that may work on one document (checker/parts.h) */
	enum { SHARE_ALL, SHARE_ORDERED, SHARE_FREE } share; /* the calls it makes there */
	late_calls *late;  /* where SHARE_FREE puts the others off to */
	bool confused;     /* one of the free rules remembers something after all */
	bool remembered;   /* a call asked for what other blocks decide */
	struct memo *memo; /* of the document as it was; NULL: none. The caller’s */
	bool noting;       /* blocks are taken from it or noted there */
	bool repeated;     /* several threads gave up; one checked the document again */
	watched_words watched, watched_lemmas; /* that rules name */
	watched_words watched_beside;          /* for neighbours, by question */
	dispatch dispatch;
	word_lists lists;                   /* that rules ask words about */
	bool applies[LANGUAGES][RULES_MAX]; /* which rules look at the document in hand */
	block_rules block_rules[LANGUAGES]; /* those that look at whole blocks */
	uint16_t
		wording_rules[WORDING_RULES_MAX]; /* by c->with->rules, of checker/wordings.h */
	/* What rules remember of the document, by index or check_place, on keep: the check's
	 * own or, in parts, those of all. What makes them faster is the check's own. */
	void **notes;
	void *own_notes[CHECK_PLACES], *caches[CHECK_PLACES];
} check;

MUST_USE status check_init(check *c, context *ctx, const check_with *with);
void check_free(check *c);

/* Findings of d under a style, ordered, without overlaps; valid until the next call. */
MUST_USE status check_document(check *c, document *d, const check_style *s);
/* The same for a translation, beside its source. */
MUST_USE status check_translation(
	check *c, document *d, const check_style *s, const check_source *source);

/* Of checker/memo.c: all that is done with the block in hand, whatever is known of it. */
MUST_USE status check_block_anew(check *c, const block *b);

/* Fills in the suggestions that rules left for later, for at most `most` distinct texts. */
MUST_USE status check_suggest(check *c, size_t most);

/* Nanoseconds, for meters: the clock that is read fastest. */
double check_clock(void);

/* --- for rules --- */

/* The house style in force: of the block's language, at the end of a document of the
 * document's. */
static inline const profile *
check_profile(const check *c)
{
	return c->profiles[c->language - LANGUAGE_FR];
}

/* To be called where a rule reads what another block left behind: such rules see all blocks in
 * order (rule.ordered). check_note calls it. */
static inline void
check_remembers(check *c)
{
	c->remembered = true;
	c->confused = c->confused || c->share == SHARE_FREE;
}

/* The index of a rule in c->with->rules. Nearly always it is the one that is running. */
size_t check_find_rule(const check *c, const struct rule *r);

static inline size_t
check_rule_index(const check *c, const struct rule *r)
{
	return c->with->rules[c->running] == r ? c->running : check_find_rule(c, r);
}

/* Where the rule keeps what it remembers of the document: NULL at first, memory on keep. */
static inline void **
check_note(check *c, const struct rule *r)
{
	check_remembers(c);
	return &c->notes[check_rule_index(c, r)];
}

/* The same for what makes a rule faster and never changes what it finds. */
static inline void **
check_cache(check *c, const struct rule *r)
{
	return &c->caches[check_rule_index(c, r)];
}

/* The text of a token, of a span. */
slice check_text(const check *c, span s);
slice check_token(const check *c, size_t i);

/* The token in lower case, its apostrophe curly; empty where it is no word and no elision. */
slice check_lower(const check *c, size_t i);

/* Is a word, in lower case by its number, or the token one of a list that ends with NULL and
 * never changes? */
bool check_lower_is(const check *c, uint32_t lower, const char *const *list);
bool check_word_is(const check *c, size_t i, const char *const *list);
/* Has the token one of the lemmas of such a list, in the dictionary of the language? A list is
 * asked about one language only. */
bool check_lemma_is(const check *c, size_t i, const char *const *lemmas, language l);
span check_span(
	const check *c, size_t first, size_t last); /* from token first to last, incl. */

/* Adds a finding. severity and message are filled in when they are zero: the rule's severity in
 * force, its summary. A severity that the rule chose itself yields to a profile that lowers the
 * rule, and to one that raises it unless the finding is below the rule's own. f.suggestions is
 * copied. A safe fix becomes one for review where the span crosses a line of the file, and none
 * where the words of a quotation would change. */
MUST_USE status check_report(check *c, const struct rule *r, finding f);

/* The short way: one suggestion (empty p: none), message from a pair of formats. */
MUST_USE status check_report_fix(
	check *c, const struct rule *r, span where, slice suggestion, fix_kind fix);

/* A message for a finding, on keep. */
slice check_message(check *c, const char *en, const char *fr, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* Text on keep, made like printf. Empty with p == NULL when memory is out. */
slice check_printf(check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
