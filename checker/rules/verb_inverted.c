/* See verb_inverted.h. Behind a relative pronoun that is not the subject, or a conjunction, the
 * noun phrase right behind the verb is its subject where it cannot be an object: que is one
 * itself (« que posent les mines »), and être with a past participle or a verb with se has none
 * (« auxquels sont confrontés les États »). « Dont fait les frais la population » and « où
 * prennent la parole les ministres » are why nothing else is looked at.
 *
 * A verb in the plural may have several subjects (« que posent la mine et l’obus »), so that
 * for it nothing in the rest of the sentence may join another one; and what is read as the
 * subject must not be followed by what may be one. */
#include "checker/rules/verb_inverted.h"

#include "checker/conjugation.h"
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/phrase.h"

#define THIRD (PERSON_3SG | PERSON_3PL)
#define REACH 200 /* tokens; nobody writes a sentence so long without a mark */

const char *const verb_inverted_openers[] = { "que", "qu’", "dont", "où", "auquel", "laquelle",
	"auxquels", "auxquelles", "lequel", "lesquels", "lesquelles", "duquel", "desquels",
	"desquelles", "lorsque", "lorsqu’", "quand", NULL };

/* The words of a clause with its subject at the end. */
typedef struct clause {
	size_t opener, verb, last; /* tokens; last: of the verb with its participle */
	size_t participle;         /* behind être; 0: none */
	subject subject;
} clause;

/* « la crainte que perdent la vie des civils », « chaque fois que prennent la parole des
 * témoins »: que is no pronoun behind these, and the verb may have an object. */
static const char *const clauses[] = { "annonce", "argument", "assurance", "attente", "avis",
	"cas", "certitude", "chance", "condition", "conviction", "crainte", "danger", "doute",
	"espérance", "espoir", "exigence", "fait", "fois", "garantie", "hypothèse", "idée",
	"impression", "instant", "jour", "manière", "mesure", "moment", "nouvelle", "opinion",
	"peur", "possibilité", "preuve", "principe", "probabilité", "raison", "risque",
	"sentiment", "signe", "sorte", "souhait", "temps", "thèse", "vœu", NULL };

/* « les obstacles que », « ce que »: it is the object of what follows. */
static bool
is_object(const check *c, size_t i)
{
	static const char *const that[] = { "que", "qu’", NULL };
	static const char *const pronouns[] = { "ce", "celui", "celle", "ceux", "celles",
		NULL };

	if (i == 0 || !check_word_is(c, i, that) || c->tokens.at[i - 1].kind != TOKEN_WORD)
		return false;
	if (check_word_is(c, i - 1, clauses))
		return false;
	return check_word_is(c, i - 1, pronouns) ||
	       (nominal_parts(c, i - 1) & (POS_VERB | POS_ADVERB | POS_PREPOSITION |
						  POS_CONJUNCTION | POS_PRONOUN)) == 0;
}

/* « la Commission, laquelle se réserve les droits »: only behind a preposition (à laquelle) is
 * it not the subject. */
static bool
is_subject_itself(const check *c, size_t i)
{
	static const char *const which[] = { "lequel", "laquelle", "lesquels", "lesquelles",
		NULL };
	static const char *const others[] = { "à", "de", "en", NULL };

	return check_word_is(c, i, which) &&
	       (i == 0 || ((phrase_grammar(c, i - 1) & POS_PREPOSITION) == 0 &&
				  !check_word_is(c, i - 1, others)));
}

/* Finite, of one number, and nothing but a verb or a noun, which could not stand there. */
static bool
is_verb(const check *c, size_t i)
{
	static const char *const plain[] = { "est", "sont", "a", "ont", "sera", "seront",
		"était", "étaient", "avait", "avaient", NULL };
	uint32_t grammar = phrase_grammar(c, i), number = grammar & THIRD;

	return (number == PERSON_3SG || number == PERSON_3PL) &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       ((grammar & POS_PARTS & ~(uint32_t)POS_NOUN) == POS_VERB ||
		       check_word_is(c, i, plain));
}

/* Verbs with a subject of their own kind: « qu’importe les difficultés », « vive les vacances
 * », « quels que soit les moyens » (grammar/quel). */
static const char *const set[] = { "importe", "importent", "vive", "vivent", "soit", "soient",
	"fût", "fussent", NULL };

static const char *const have[] = { "a", "ont", "avait", "avaient", "aura", "auront", "aurait",
	"auraient", "ait", "aient", "eut", "eurent", NULL };
static const char *const be[] = { "est", "sont", "était", "étaient", "sera", "seront", "serait",
	"seraient", "fut", "furent", NULL };
static const char *const modal[] = { "peut", "peuvent", "pourra", "pourront", "pourrait",
	"pourraient", "pouvait", "pouvaient", "doit", "doivent", "devra", "devront", "devrait",
	"devraient", "devait", "devaient", "veut", "veulent", NULL };

/* « que prévoit la loi »: what begins right behind the verb has its number, as nearly always.
 */
static bool
agrees_at_once(const check *c, size_t verb)
{
	bool one = (phrase_grammar(c, verb) & PERSON_3SG) != 0;
	const token *next = &c->tokens.at[verb + 1];

	if (next->kind == TOKEN_ELISION)
		return one;
	const determiner *d = next->kind == TOKEN_WORD
				      ? determiner_at(c->words.hot.at[next->word].determiner)
				      : NULL;
	return d != NULL && (d->cells & (one ? CELLS_SINGULAR : CELLS_PLURAL)) != 0;
}

/* Behind être: a past participle, which nothing can have as its object. */
static bool
read_passive(const check *c, clause *p, size_t next)
{
	if (!clause_is_attribute(c, next) || clause_is_unbound(c, next) ||
		(phrase_grammar(c, next) & POS_PARTICIPLE) == 0)
		return false;
	p->last = p->participle = next;
	return true;
}

/* From the verb to what belongs to it; false where an object may follow. */
static bool
read_verb(const check *c, clause *p)
{
	static const char *const self[] = { "se", "s’", NULL };
	static const char *const been[] = { "été", NULL };
	bool pronominal = (phrase_grammar(c, p->opener + 1) & PERSONS) == 0 &&
			  check_word_is(c, p->opener + 1, self);

	p->verb = p->last = p->opener + (pronominal ? 2 : 1);
	if (!is_verb(c, p->verb) || agrees_at_once(c, p->verb) ||
		check_word_is(c, p->verb, set) || is_subject_itself(c, p->opener))
		return false;
	size_t next = clause_skip_adverbs(c, p->verb + 1);
	if (check_word_is(c, p->verb, be)) {
		if (!read_passive(c, p, next))
			return false;
		/* les buts que s’est fixés l’Organisation, où se sont parlé les parties */
		if (pronominal &&
			(is_object(c, p->opener) || !clause_agrees_behind_se(c, next)))
			p->participle = 0;
		return true;
	}
	if (check_word_is(c, p->verb, have)) {
		if (check_word_is(c, next, been))
			return read_passive(c, p, clause_skip_adverbs(c, next + 1));
		if (!clause_is_attribute(c, next))
			return false;
		p->last = next;
	} else if (check_word_is(c, p->verb, modal)) {
		if ((phrase_grammar(c, next) & POS_PARTS) != POS_VERB ||
			(phrase_grammar(c, next) & VERB_INFINITIVE) == 0)
			return false;
		p->last = next;
	}
	return pronominal || is_object(c, p->opener);
}

/* What stands behind the subject is neither another one nor its beginning. */
static bool
is_closed(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_EDGE)
		return true;
	if (t->kind == TOKEN_MARK)
		return (t->features & FEATURE_STOP) != 0;
	return t->kind == TOKEN_WORD &&
	       (t->features & (FEATURE_TITLE | FEATURE_CAPITALS)) == 0 &&
	       (t->features & (FEATURE_DETERMINER | FEATURE_NOUN)) == 0 &&
	       (phrase_grammar(c, i) & (POS_PRONOUN | POS_NUMERAL)) == 0;
}

/* « dont se disputent le contrôle des groupes armés »: behind se there may be an object, and
 * the subject behind des. */
static bool
may_be_object(const check *c, const clause *p)
{
	static const char *const several[] = { "des", "plusieurs", NULL };

	if (p->participle != 0 || is_object(c, p->opener))
		return false;
	for (size_t i = p->subject.head + 1; i < p->subject.verb; i++)
		if (check_word_is(c, i, several))
			return true;
	return false;
}

/* « où est situé l’usine ou le bureau »: joined by ou they may agree in the masculine. */
static bool
may_alternate(const check *c, size_t i)
{
	static const char *const links[] = { "ou", NULL };

	for (size_t last = i + REACH; i < last; i++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_EDGE || t->kind == TOKEN_MARK)
			return false;
		if (check_word_is(c, i, links))
			return true;
	}
	return true;
}

/* Something from token i to the end of the sentence may join another subject, or the end is too
 * far away to know. */
static bool
may_be_several(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "ni", "ainsi", "comme", "que", "qu’",
		"tant", "outre", "avec", "plus", "puis", "voire", "soit", NULL };

	for (size_t last = i + REACH; i < last; i++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_EDGE)
			return false;
		if (t->kind == TOKEN_MARK)
			return t->word != '.' && t->word != ';';
		if (check_word_is(c, i, links))
			return true;
	}
	return true;
}

static bool
read_clause(const check *c, size_t i, clause *p)
{
	*p = (clause){ .opener = i };
	return read_verb(c, p) &&
	       clause_head(c, clause_skip_adverbs(c, p->last + 1), &p->subject);
}

/* What begins behind the verb is its subject, and ends there. */
static bool
is_subject(const check *c, clause *p)
{
	subject *s = &p->subject;

	return clause_noun_phrase(c, s->first, s->cells, s) && !clause_head_misleads(c, s) &&
	       is_closed(c, s->verb);
}

/* The verb for the person, and the participle behind être in the cells. */
static slice
correct(check *c, const clause *p, uint32_t person, unsigned cells)
{
	slice verb = check_token(c, p->verb), rest = { 0 }, last = check_token(c, p->last);

	if ((phrase_grammar(c, p->verb) & person) == 0)
		verb = conjugation_third(c, check_lower(c, p->verb), person);
	if (p->last == p->verb)
		return verb;
	if (p->participle != 0 && (phrase_cells(c, p->participle) & cells) == 0)
		last = inflection_form(
			c, last, cells & (~cells + 1), POS_ADJECTIVE | POS_PARTICIPLE);
	rest = check_text(
		c, (span){ check_span(c, p->verb, p->verb).end, c->tokens.at[p->last].start });
	return verb.n == 0 || last.n == 0 ? (slice){ 0 }
					  : check_printf(c, "%.*s%.*s%.*s", SLICE_ARG(verb),
						    SLICE_ARG(rest), SLICE_ARG(last));
}

static status
report(check *c, const rule *r, const clause *p, uint32_t person)
{
	slice made = correct(c, p, person, p->subject.cells);
	finding f = { .text = check_span(c, p->verb, p->last),
		.fix = made.n == 0 ? FIX_NONE : FIX_REVIEW,
		.suggestions = &made,
		.suggestion_count = made.n != 0,
		.message = check_message(c,
			"“%.*s” does not agree with the subject behind it, “%.*s”",
			"«\u00A0%.*s\u00A0» ne s’accorde pas avec le sujet qui suit, "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(check_text(c, check_span(c, p->verb, p->last))),
			SLICE_ARG(check_token(c, p->subject.head))) };
	return check_report(c, r, f);
}

status
verb_inverted(check *c, const rule *r, size_t i)
{
	clause p;

	if (!read_clause(c, i, &p))
		return STATUS_OK;
	unsigned cells = p.subject.cells;
	uint32_t person = (cells & CELLS_SINGULAR) == 0 ? PERSON_3PL
			  : (cells & CELLS_PLURAL) == 0 ? PERSON_3SG
							: 0;
	bool agrees = (phrase_grammar(c, p.verb) & person) != 0;
	unsigned own = p.participle == 0 ? cells : phrase_cells(c, p.participle);
	if (person == 0 || (agrees && (own & cells) != 0) || !is_subject(c, &p))
		return STATUS_OK;
	/* « où sont consignés les dates et les lieux » */
	bool joins = agrees ? (own & CELL_MP) != 0 : person == PERSON_3SG;
	if ((joins && may_be_several(c, p.subject.verb)) || quotation_holds(c, i))
		return STATUS_OK;
	if (person == PERSON_3SG &&
		(agrees ? (own & CELL_MS) != 0 && may_alternate(c, p.subject.verb)
			: may_be_object(c, &p)))
		return STATUS_OK;
	return report(c, r, &p, person);
}
