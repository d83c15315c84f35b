/* The subject of a French clause and the words between it and its verb, read only as far as
 * they are certain: what the rules about verbs and attributes have in common. */
#ifndef CHECKER_RULES_CLAUSE_H
#define CHECKER_RULES_CLAUSE_H

#include "checker/inflection.h"
#include "checker/rule.h"

/* A determiner, its noun and what belongs to that, at the beginning of a clause. */
typedef struct subject {
	size_t first, head; /* tokens: its determiner, its noun */
	size_t verb;        /* the token behind it and behind the clitics, a verb or not */
	unsigned cells;     /* of the head with its determiner */
	bool clitic;        /* ne, se, y … stands before the verb: it can be nothing else */
	bool chain;         /* nouns stand between the head and the verb */
} subject;

/* Does token i, a determiner or l’, begin a clause: no word before it can have the noun phrase
 * as its object or complement. */
bool clause_opens(const check *c, size_t i);
/* The same but for comparisons, « ainsi que les États », which cost most to tell. */
bool clause_may_open(const check *c, size_t i);

/* For rule.watch_before: words behind which one may open; ends with NULL, as all lists do. */
extern const char *const clause_openers[];

/* Token i is il, ils, elle or elles; is it the subject of its clause for certain, and not
 * behind a preposition or in a comparison (avec elle, plus qu’elle, lui et elle)? */
bool clause_subject_pronoun(const check *c, size_t i);

/* A determiner that can begin one (not des, du: des États dépend …). */
bool clause_leads_subject(slice lower);

/* Reads the subject that begins at i, in three steps of which each costs more: its head with
 * the cells, its verb, and whether the head is no subject or not the one that counts: a
 * collective noun (une série de), a time (cette année ont eu lieu). False when it is not one
 * for certain: two nouns with et between them. */
bool clause_head(const check *c, size_t i, subject *out);
bool clause_verb(const check *c, subject *out);
bool clause_head_misleads(const check *c, const subject *s);

/* Reads the noun phrase that the determiner at token i, of these cells, begins, up to what is
 * no part of it (out->verb); false when it cannot be read for certain. */
bool clause_noun_phrase(const check *c, size_t i, unsigned cells, subject *out);

/* Nouns whose complement or members a verb or adjective may agree with instead (une série de,
 * une équipe), and nouns of time (cette année). */
bool clause_is_collective(const check *c, size_t i);
bool clause_is_time(const check *c, size_t i);

/* For rule.watch_after: ne, le, leur, y … */
extern const char *const clause_clitics[];

/* The first token from i on that is no clitic (ne, le, leur, y …). */
size_t clause_skip_clitics(const check *c, size_t i);

/* The first token from i on that is no adverb of those that stand between an auxiliary and its
 * participle (pas, également, pleinement); two are skipped at most. */
size_t clause_skip_adverbs(const check *c, size_t i);

/* An adjective or past participle in small letters that stands one space behind the token
 * before it and, as an attribute, can be nothing else. */
bool clause_is_attribute(const check *c, size_t i);
/* For rule.wants_after: such a word, or an adverb before one. */
bool clause_may_lead_attribute(
	const check *c, const word *w, const word_reading *r, language l);

/* The participle agrees with the subject behind se, since se is the object of its verb (se sont
 * réunis) or none. Not of those that also say « se sont donné les moyens ». */
bool clause_agrees_behind_se(const check *c, size_t i);

/* One of those that need not agree: partie, compris, bleu. */
bool clause_is_unbound(const check *c, size_t i);

/* Has the word of token i a lemma of the list? */
bool clause_has_lemma(const check *c, size_t i, const char *const *lemmas);

#endif
