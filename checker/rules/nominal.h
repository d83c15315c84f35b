/* Words of a French noun phrase, judged one by one: what the rule about agreement asks of each
 * of them (checker/rules/grammar_agreement.c, agreement_adjective.c). */
#ifndef CHECKER_RULES_NOMINAL_H
#define CHECKER_RULES_NOMINAL_H

#include "checker/rules/phrase.h"

#define POS_PARTS 0xFFFFu
#define POS_AGREEING (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE)

/* Names of peoples and nouns of set phrases that need not agree; ends with NULL. */
extern const char *const nominal_free[];

/* Word i follows word i - 1 with one space, or the end of a line, between them. */
bool nominal_follows(const check *c, size_t i);

/* Nothing is glued to the words: le(s), homme/femme. */
bool nominal_stands_free(const check *c, size_t first, size_t last);

/* The parts of speech of a word, without those that these texts do not have. */
uint32_t nominal_parts(const check *c, size_t i);

/* aux art. 3 et 5 */
bool nominal_is_abbreviated(const check *c, size_t i);

/* A noun for certain, unless it may be a verb where verb_is_possible. */
bool nominal_is_noun(const check *c, size_t i, bool verb_is_possible);

/* A noun that stands behind another one to tell of which kind it is (les ayants droit, un
 * examen surprise, la zone fumeurs, les titres senior), though it may be an adjective, too. */
bool nominal_tells_kind(const check *c, size_t i);

/* A plural noun, or divers, behind a noun of what is called by its contents or its people: la
 * division statistiques, la brigade mineures, le poste divers. */
bool nominal_is_label(const check *c, size_t noun, size_t i);

/* An adjective of a closed list of those that say how a thing is and never for whom or for what
 * (vide, intelligent), though the dictionary calls them nouns, too. */
bool nominal_is_quality(const check *c, size_t i);

/* A noun, whether or not it could be a verb elsewhere; one that could be an adjective only
 * where no word follows that it could belong to. */
bool nominal_closes(const check *c, size_t i);

/* An adjective of the closed list of those that stand before their noun: the word, token i. */
bool nominal_leads_noun(const check *c, const word *w, const word_reading *r);
bool nominal_stands_in_front(const check *c, size_t i);

/* An adjective with a suffix of those that tell a kind (national, réglementaire), maybe a noun
 * elsewhere. */
bool nominal_is_relational(const check *c, size_t i);

/* A word in small letters that may be an adjective or a past participle, or a noun, and nothing
 * else, whatever stands around it. */
bool nominal_may_agree(const word *w, const word_reading *r);

/* An adjective or past participle and nothing else. */
bool nominal_is_adjective(const check *c, size_t i);

/* Token i is the à of « les quatrième à sixième rapports », or the au of « les douzième au
 * quinzième rangs », between two ordinals. */
bool nominal_joins_ordinals(const check *c, size_t i);

/* « la Tokai Bank », « ces don Juan »: the noun begins a name; « tu le voies » has none; in «
 * quelque grandes que » quelque is an adverb. */
bool nominal_is_no_phrase(const check *c, size_t first, size_t noun);

/* Takes the adjective behind the noun into the phrase, which corrects it with the rest. */
void nominal_extend(const check *c, phrase *p);

/* The noun of the phrase is rather a name, a set phrase or a damaged word. */
bool nominal_is_doubtful(check *c, const phrase *p);

#endif
