/* See agreement_article.h. What settles it is the word before: behind a preposition (dans les
 * mesure) or another verb (adopter les mesure) no pronoun with its finite verb can follow,
 * unless that ends a relative clause (ce qu’il a dit les mesure); at the beginning of a
 * sentence the verb comes later (les mesure sont prises); and a verb of the first or second
 * person wants its own pronoun (l’avions, nous l’avions). */
#include "checker/rules/agreement_article.h"

#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

#define REACH 40  /* tokens back to nous, vous, je, tu */
#define CLAUSE 16 /* tokens back to the relative that opens a clause */
#define NO_VERB \
	(POS_NOUN | POS_ADJECTIVE | POS_ADVERB | POS_PREPOSITION | POS_PRONOUN | \
		POS_CONJUNCTION | POS_DETERMINER)

static bool
is_stop(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK && (t->features & FEATURE_STOP) != 0 && t->word != ',';
}

static bool
stands_before(const check *c, size_t i, size_t reach, const char *const *list)
{
	for (size_t n = 0; n < reach && i-- > 0 && !is_stop(c, i); n++)
		if (check_word_is(c, i, list))
			return true;
	return false;
}

bool
article_lacks_subject(const check *c, size_t i)
{
	static const char *const subjects[] = { "nous", "vous", "je", "j’", "tu", "t’", NULL };
	uint32_t bits = phrase_grammar(c, i);

	return (bits & PERSONS) != 0 &&
	       (bits & (PERSON_3SG | PERSON_3PL | VERB_INFINITIVE)) == 0 &&
	       !stands_before(c, i, REACH, subjects);
}

/* « les mesure sont prises », « Les mesure. »: with a finite verb behind it or nothing at all,
 * and nothing before it that a pronoun could belong to, the word is no verb. */
static bool
is_subject(const check *c, size_t first)
{
	const token *after = &c->tokens.at[first + 2];
	uint32_t behind = phrase_grammar(c, first + 2);

	if ((phrase_grammar(c, first + 1) & VERB_INFINITIVE) != 0 ||
		!grammar_opens_sentence(c, first))
		return false;
	if (after->kind == TOKEN_EDGE || is_stop(c, first + 2))
		return !grammar_goes_on(c);
	return nominal_follows(c, first + 2) && (behind & PERSONS) != 0 &&
	       (behind & (NO_VERB | POS_PARTICIPLE)) == 0;
}

/* « certaines mesure », « plusieurs mesure »: as a subject the pronoun has its verb in the
 * plural, and it is no object before one. */
static bool
is_no_clitic(const check *c, size_t i, const determiner *d)
{
	uint32_t bits = phrase_grammar(c, i + 1);

	return d->text.n > 4 && (d->cells & CELLS_SINGULAR) == 0 && (bits & PERSONS) != 0 &&
	       (bits & (PERSON_3PL | VERB_INFINITIVE)) == 0;
}

bool
article_follows_preposition(const check *c, size_t i)
{
	static const char *const prepositions[] = { "dans", "sur", "sous", "par", "avec",
		"entre", "vers", "contre", "chez", "depuis", "pendant", "durant", "selon",
		"parmi", NULL };
	/* before an infinitive as well (pour les mesurer) */
	static const char *const others[] = { "à", "de", "pour", "sans", "après", "avant",
		"malgré", "outre", "envers", "dès", "devant", "concernant", "moyennant", NULL };

	if (i == 0 || c->tokens.at[i].gap == GAP_NONE)
		return false;
	return check_word_is(c, i - 1, prepositions) ||
	       ((phrase_grammar(c, i + 1) & VERB_INFINITIVE) == 0 &&
		       check_word_is(c, i - 1, others));
}

static bool
is_finite(const check *c, size_t i)
{
	uint32_t bits = phrase_grammar(c, i);

	return (bits & PERSONS) != 0 && (bits & (NO_VERB | POS_PARTICIPLE)) == 0;
}

/* Behind a verb that is not finite, the finite one may still come (« le fait d’avoir signé les
 * charge », « refuser de répondre le place »): was it there already? */
static bool
has_finite_verb(const check *c, size_t i)
{
	static const char *const plain[] = { "a", "est", "faut", NULL };
	static const char *const others[] = { ",", "mais", "et", "ou", "car", "donc", NULL };

	for (size_t n = 0; n < CLAUSE && i-- > 0; n++) {
		if (is_stop(c, i) || check_word_is(c, i, others))
			return false;
		if (is_finite(c, i) || check_word_is(c, i, plain))
			return true;
	}
	return false;
}

/* Avoir before the participle at i: « a adopté », « n’a pas encore adopté »; 0: none. */
static size_t
auxiliary_of(const check *c, size_t i)
{
	static const char *const having[] = { "avoir", NULL };

	if ((phrase_grammar(c, i) & POS_PARTICIPLE) == 0)
		return 0;
	for (size_t n = 0; n < 3 && i-- > 0; n++) {
		if (check_lemma_is(c, i, having, LANGUAGE_FR))
			return i;
		if ((phrase_grammar(c, i) & POS_ADVERB) == 0)
			return 0;
	}
	return 0;
}

/* A verb that has an object, not a subject behind it: « adopter », « a adopté ». */
static bool
is_governed(const check *c, size_t i)
{
	static const char *const relatives[] = { "qui", "que", "qu’", "dont", "où", "quand",
		"lorsque", "lorsqu’", "si", "lequel", "laquelle", "lesquels", "lesquelles",
		"quiconque", "comme", NULL };
	uint32_t bits = phrase_grammar(c, i - 1);

	if ((phrase_grammar(c, i + 1) & VERB_INFINITIVE) != 0)
		return false;
	/* with avoir before it a participle is nothing else (adopté, dit, fait) */
	bool verb = (bits & POS_VERB) != 0 && (bits & (NO_VERB | POS_PARTICIPLE)) == 0;
	size_t governor = verb ? i - 1 : auxiliary_of(c, i - 1);
	if ((!verb && governor == 0) || stands_before(c, i, CLAUSE, relatives))
		return false;
	return (phrase_grammar(c, governor) & PERSONS) != 0 || has_finite_verb(c, i - 1);
}

/* Is there nothing before it that could be the subject of a verb (l’État les classe secrets)?
 */
static bool
lacks_subject_before(const check *c, size_t i)
{
	const uint32_t subjects = POS_NOUN | POS_NAME | POS_ADJECTIVE | POS_PARTICIPLE |
				  POS_PRONOUN | POS_ADVERB | POS_CONJUNCTION | POS_NUMERAL |
				  POS_OTHER;

	if (grammar_opens_sentence(c, i))
		return true;
	uint32_t bits = i == 0 ? 0 : phrase_grammar(c, i - 1);
	return bits != 0 && (bits & subjects) == 0;
}

/* « les produit locaux »: the adjective agrees with the article, and the verb that the word
 * between could be takes no attribute (les juge importants). */
static bool
is_confirmed(const check *c, size_t i, const determiner *d)
{
	static const char *const attributive[] = { "juge", "estime", "garde", "laisse",
		"montre", "fait", "dit", "place", "peint", "trouve", "nomme", "signe", NULL };
	static const char *const alone[] = { "seuls", "seules", "mêmes", "capables", NULL };

	return (d->cells & CELLS_SINGULAR) == 0 && lacks_subject_before(c, i) &&
	       (phrase_grammar(c, i + 1) & VERB_INFINITIVE) == 0 && nominal_follows(c, i + 2) &&
	       nominal_is_adjective(c, i + 2) && (phrase_cells(c, i + 1) & CELLS_PLURAL) == 0 &&
	       (phrase_cells(c, i + 2) & CELLS_SINGULAR) == 0 &&
	       ((phrase_cells(c, i + 1) * 2) & phrase_cells(c, i + 2)) != 0 &&
	       !check_word_is(c, i + 1, attributive) && !check_word_is(c, i + 2, alone);
}

bool
article_may_be_pronoun(const check *c, size_t i, const determiner *d)
{
	if (!d->pronoun || is_no_clitic(c, i, d) || is_subject(c, i) ||
		article_lacks_subject(c, i + 1) || is_confirmed(c, i, d))
		return false;
	if (i == 0 || c->tokens.at[i].gap == GAP_NONE || c->tokens.at[i - 1].kind != TOKEN_WORD)
		return true;
	return !article_follows_preposition(c, i) && !is_governed(c, i);
}
