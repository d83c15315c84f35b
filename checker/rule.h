/* A rule: what it looks for, what people need to know about it, and the functions that look.
 *
 * To add one (or one tight family): write checker/rules/NAME.c and add RULE(name) lines to
 * checker/rules.def. The order of that file is the priority: where two findings overlap,
 * what is only information gives way, and else the rule that stands earlier wins. A rule is
 * called for the tokens that have one of the features it names (`on`), for every block, and at
 * the end of the document; all three may be NULL.
 *
 * A call for a token costs some ten nanoseconds, and a long text has ten million tokens: what
 * makes a rule dear is how often it is called in vain. Cheapest are words that it names
 * (`watch`), then rare features. A rule on a common feature says what more a word must have
 * (`wants`, asked once for each distinct word, so it may look into dictionary and termbase) and
 * what the tokens beside it must have (`before`, `after`, `wants_before` …). Where that hangs
 * on the word, the rule has further looks (`also`). A rule for blocks does not walk through the
 * tokens: it looks at the ends of the block, or at what token calls noted. `make bench-rules`
 * shows what each rule costs and how often it speaks. */
#ifndef CHECKER_RULE_H
#define CHECKER_RULE_H

#include "checker/check.h"

typedef struct rule_example {
	language language;
	const char *wrong;   /* exactly one finding of the rule, or NULL: right only */
	const char *right;   /* no finding of the rule; where wrong has a suggestion for its
				finding, applying the first one gives this */
	const char *profile; /* in which the example holds; NULL: the language's default */
	const char *source;  /* of rules for pairs: what wrong and right translate */
} rule_example;

/* In the rule itself there would be room for as many as the richest has, and every page of
 * rules is written to when the program starts. */
#define RULE_EXAMPLES(...) ((const rule_example[]){ __VA_ARGS__, { 0 } })

typedef struct rule {
	const char *id; /* family/name: stable, in reports, suppressions and baselines */
	severity severity;
	fix_kind fix;       /* the furthest its corrections go */
	bool fr, en;        /* languages of the blocks it looks at */
	bool off;           /* off unless asked for */
	bool ordered;       /* it has to see the blocks of a document in order: it remembers
			       something of them (check_note), or reads what others do */
	bool not_extracted; /* silent on text that has lost its no-break spaces */
	uint32_t on;        /* FEATURE_* bits */
	const char *const
		*watch; /* words in lower case, each given FEATURE_WATCHED; ends with NULL */
	const char *const *watch_lemmas; /* likewise all forms of these lemmas */
	/* Of the words that have a feature of `on`, which ones? NULL: all. Not asked of a word
	 * that the rule names. The answer may hang on the word and its reading, on dictionary,
	 * termbase and language of the block, but not on profile or document. */
	bool (*wants)(const check *c, const word *w, const word_reading *r, language l);
	/* Of the marks that have one, which ones, by their code point? NULL: all. Asked about
	 * '0' of numbers that are digits alone, and of no others. */
	bool (*wants_mark)(uint32_t mark);
	/* A neighbour must have one of these features: the token before one of `before`, or the
	 * one after one of `after`; or it must be a word of these lists, which end with NULL
	 * and are in lower case, or one that the rule wants there, as in `wants`. The edges of
	 * the block are taken for such words. None of all: neighbours may be anything. */
	uint32_t before, after;
	const char *const *watch_before, *const *watch_after;
	bool (*wants_before)(const check *c, const word *w, const word_reading *r, language l);
	bool (*wants_after)(const check *c, const word *w, const word_reading *r, language l);
	/* Neighbours may be anything beside a token that does not touch the one before it. */
	bool leaning;
	/* And with a neighbour that has the features it may have no gender and number in common
	 * (French), as far as determiners, number words before plurals and an adjective between
	 * determiner and noun can tell. `before` and `after` are of nouns and adjectives only,
	 * `on` is of words. */
	bool disagree;
	/* Another look of the rule: what stands above, and `token`, for other words. Of the
	 * rest it has nothing, and of `fr` and `en` its own. */
	const struct rule *also;
	const char *source; /* whose rule, with the evidence grade of the research: "… (A)" */
	const char *summary_en, *summary_fr;         /* one line, what is wrong */
	const char *explanation_en, *explanation_fr; /* a paragraph: what, why, when not */
	const rule_example *examples;                /* ends with a zero entry; NULL: none */

	status (*token)(check *c, const struct rule *r, size_t i);
	status (*block)(check *c, const struct rule *r);
	status (*document)(check *c, const struct rule *r);
	/* For each pair of a bilingual file, or of two documents side by side
	 * (checker/bilingual/pair.h); the language of the rule is that of the translation. */
	status (*pair)(check *c, const struct rule *r, const struct check_pair *p);
	/* Suggestions that cost time: called only for findings that are shown or asked for,
	 * once for each distinct text. */
	status (*suggest)(check *c, finding *f);
} rule;

#define RULE(name) extern const rule rule_##name;
#include "checker/rules.def"
#undef RULE

size_t rule_count(void);
const rule *rule_at(size_t i);

/* NULL when it has no more than k. */
const rule_example *rule_example_at(const rule *r, size_t k);

#endif
