/* See verb_second.h. The first verb agrees with its subject, a pronoun or a noun phrase that
 * begins the clause, and stands right before et; the second is a verb and nothing else, in a
 * person that cannot have this subject. It may have one of its own behind it (« Ce qu’il dit et
 * pensent les autres »), so that for the third person what follows must not be one. */
#include "checker/rules/verb_second.h"

#include "checker/conjugation.h"
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/phrase.h"

#define PARTS 0xFFFFu
#define REACH 14 /* tokens from the verb back to the determiner of its subject */

#define THIRD (PERSON_3SG | PERSON_3PL)

/* The person of the pronoun at token i; 0: it is none. */
static uint32_t
pronoun_person(const check *c, size_t i)
{
	static const struct {
		const char *text;
		uint32_t person;
	} pronouns[] = { { "il", PERSON_3SG }, { "ils", PERSON_3PL }, { "elle", PERSON_3SG },
		{ "elles", PERSON_3PL }, { "on", PERSON_3SG }, { "je", PERSON_1SG },
		{ "j’", PERSON_1SG }, { "tu", PERSON_2SG }, { "nous", PERSON_1PL },
		{ "vous", PERSON_2PL } };
	slice lower = check_lower(c, i);

	for (size_t k = 0; k < sizeof(pronouns) / sizeof(*pronouns); k++)
		if (slice_is(lower, pronouns[k].text))
			return pronouns[k].person;
	return 0;
}

/* Does the subject at token i begin a main clause? Behind another the verb of the main clause
 * may come next (« les droits qu’il leur confère et sont assujettis à … »). */
static bool
begins_main_clause(const check *c, size_t i)
{
	static const char *const openers[] = { "mais", "car", "or", NULL };
	const token *before = &c->tokens.at[i] - 1;

	if (grammar_opens_sentence(c, i))
		return true;
	return before->kind == TOKEN_MARK
		       ? before->word == ',' || before->word == ';' || before->word == ':'
		       : i > 0 && check_word_is(c, i - 1, openers);
}

/* Of the pronoun before the verb and its clitics; 0: none. */
static uint32_t
person_of_pronoun(const check *c, size_t verb)
{
	for (size_t n = 0, k = verb; n < 3 && k-- > 0; n++) {
		uint32_t person = pronoun_person(c, k);
		if (person != 0 && (phrase_grammar(c, verb) & person) != 0)
			return begins_main_clause(c, k) ? person : 0;
		if (clause_skip_clitics(c, k) == k)
			return 0;
	}
	return 0;
}

/* Of the noun phrase that begins the clause and stands before the verb; 0: none. */
static uint32_t
person_of_noun(const check *c, size_t verb)
{
	subject s;

	for (size_t n = 0, k = verb; n < REACH && k-- > 0; n++) {
		const token *t = &c->tokens.at[k];
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
			return 0;
		if ((t->kind == TOKEN_WORD && (t->features & FEATURE_DETERMINER) == 0) ||
			!begins_main_clause(c, k) || !clause_opens(c, k))
			continue;
		if (!clause_head(c, k, &s) || !clause_verb(c, &s) || s.verb != verb ||
			clause_head_misleads(c, &s))
			return 0;
		return (s.cells & CELLS_SINGULAR) == 0 ? PERSON_3PL
		       : (s.cells & CELLS_PLURAL) == 0 ? PERSON_3SG
						       : 0;
	}
	return 0;
}

/* « et suivent les autres », « et viendra celui qui … »: a subject of the verb itself. */
static bool
may_be_subject(const check *c, size_t i, uint32_t number)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_ELISION)
		return (number & PERSON_3SG) != 0;
	if (t->kind == TOKEN_EDGE || t->kind == TOKEN_MARK)
		return t->kind == TOKEN_MARK && (t->features & (FEATURE_STOP)) == 0;
	if (t->kind != TOKEN_WORD || (t->features & (FEATURE_TITLE | FEATURE_CAPITALS)) != 0)
		return true;
	uint32_t parts = phrase_grammar(c, i);
	if ((parts & POS_PREPOSITION) != 0) /* de is called a determiner, too */
		return false;
	unsigned cells = number == PERSON_3SG ? CELLS_SINGULAR : CELLS_PLURAL;
	const determiner *d = determiner_at(c->words.hot.at[t->word].determiner);
	if (d != NULL)
		return (d->cells & cells) != 0;
	return (parts & (POS_PRONOUN | POS_NUMERAL | POS_NOUN | POS_DETERMINER)) != 0;
}

/* « il faut et suffisent »: il stands for what follows. */
static bool
is_impersonal(const check *c, size_t verb)
{
	static const char *const verbs[] = { "falloir", "exister", "manquer", "rester",
		"suffire", "importer", "convenir", "arriver", "agir", "résulter", "être",
		"avoir", "paraître", "sembler", NULL };

	return clause_has_lemma(c, verb, verbs);
}

/* Verbs of resolutions, which have an object: what follows them is no subject. */
static bool
has_object(const check *c, size_t verb)
{
	static const char *const verbs[] = { "adopter", "approuver", "appuyer", "condamner",
		"demander", "encourager", "engager", "exhorter", "inviter", "ratifier",
		"réaffirmer", "rappeler", "recommander", "remercier", "saluer", "signer",
		"souligner", "prier", NULL };

	return clause_has_lemma(c, verb, verbs);
}

/* The verb before token i, over the noun of « prendre note ». */
static size_t
verb_before(const check *c, size_t i)
{
	static const char *const taken[] = { "note", "acte", "connaissance", NULL };
	static const char *const take[] = { "prendre", NULL };

	if (i > 2 && check_word_is(c, i - 1, taken) && grammar_spaced(c, i - 1) &&
		clause_has_lemma(c, i - 2, take))
		return i - 2;
	return i - 1;
}

static status
report(check *c, const rule *r, size_t first, size_t verb, uint32_t person)
{
	slice form = { 0 };

	if ((person & THIRD) != 0)
		form = conjugation_third(c, check_lower(c, verb), person);
	return phrase_report_last(c, r, first, verb, form,
		check_message(c, "“%.*s” does not agree with the subject that it shares",
			"«\u00A0%.*s\u00A0» ne s’accorde pas avec le sujet qu’il partage",
			SLICE_ARG(check_token(c, verb))));
}

status
verb_second(check *c, const rule *r, size_t i)
{
	if (i < 2 || !grammar_spaced(c, i) || !grammar_spaced(c, i + 1))
		return STATUS_OK;
	uint32_t other = phrase_grammar(c, i + 1), number = other & THIRD;
	/* an imperative has no third person */
	if ((other & PARTS) != POS_VERB || (number != PERSON_3SG && number != PERSON_3PL) ||
		(other & VERB_INFINITIVE) != 0)
		return STATUS_OK;
	size_t first = verb_before(c, i);
	uint32_t one = phrase_grammar(c, first);
	if ((one & PERSONS) == 0 || (one & (POS_PARTICIPLE | VERB_INFINITIVE)) != 0)
		return STATUS_OK;
	uint32_t person = person_of_pronoun(c, first);
	if (person == 0)
		person = person_of_noun(c, first);
	if (person == 0 || (one & person) == 0 || (other & person) != 0)
		return STATUS_OK;
	if ((person & THIRD) != 0 &&
		(is_impersonal(c, first) ||
			(!has_object(c, i + 1) &&
				may_be_subject(c, clause_skip_adverbs(c, i + 2), number))))
		return STATUS_OK;
	return quotation_holds(c, i) ? STATUS_OK : report(c, r, first, i + 1, person);
}
