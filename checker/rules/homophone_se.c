/* See homophone_se.h. Ce is a determiner of a masculine noun, the antecedent of que, qui and
 * dont, and the subject of être alone, with pouvoir, devoir, sembler and a few more (ce doit
 * être, ce me semble); set phrases keep it as an object (ce faisant, ce disant, pour ce faire).
 * Before any other verb it is wrong, and before a verb that is a feminine noun, too, whichever
 * is meant. « En ce concerne » and « tout ce figure » lack qui, and are left alone.
 *
 * C’est and ce sont before a past participle are right where ce sums up what was said (c’est
 * prévu), also behind a noun in speech (la pêche c’est fini). So either the verb has no other
 * conjugation than with se, or it is one that people use with se, and its subject stands before
 * it: qui, or a noun phrase that begins the clause and has its number. */
#include "checker/rules/homophone_se.h"

#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/spacing.h"
#include "checker/rules/vowel.h"

#define REACH 14 /* tokens from c’ back to the determiner of its subject */

/* Verbs that have ce before them: as their subject, or as their object in set phrases. Of
 * concerner it is the antecedent of a qui that is missing; vivre and mourir make nouns. */
static const char *const bearing[] = { "être", "avoir", "pouvoir", "devoir", "sembler",
	"paraître", "devenir", "rester", "aller", "venir", "falloir", "savoir", "faire", "dire",
	"croire", "penser", "voir", "concerner", "vivre", "mourir", NULL };

bool
homophone_se_verb(const check *c, const word *w, const word_reading *r, language l)
{
	const uint32_t others = POS_PARTS & ~(uint32_t)(POS_VERB | POS_NOUN);

	(void)c;
	(void)l;
	if ((r->grammar & POS_VERB) == 0 || (r->grammar & others) != 0 ||
		(w->shape & SHAPE_LOWER) == 0)
		return false;
	return (r->grammar & POS_NOUN) == 0 || (inflection_cells(r->grammar) & CELL_MS) == 0;
}

static bool
follows_preposition(const check *c, size_t i)
{
	static const char *const others[] = { "à", "en", "de", NULL };

	return i > 0 && ((phrase_grammar(c, i - 1) & POS_PREPOSITION) != 0 ||
				check_word_is(c, i - 1, others));
}

/* « qu’est ce donne »: the hyphen of est-ce is missing. */
static bool
is_inverted(const check *c, size_t i)
{
	static const char *const being[] = { "être", NULL };

	return i > 0 && c->tokens.at[i - 1].kind == TOKEN_WORD &&
	       clause_has_lemma(c, i - 1, being);
}

/* « ce lance roquettes », « ce porte parole »: a compound without its hyphen. */
static bool
is_compound(const check *c, size_t verb)
{
	uint32_t parts = phrase_grammar(c, verb + 1);

	return (phrase_grammar(c, verb) & PERSON_3SG) != 0 && nominal_follows(c, verb + 1) &&
	       (parts & POS_NOUN) != 0 && (parts & (POS_DETERMINER | POS_PREPOSITION)) == 0;
}

enum reading { READING_NONE, READING_SE, READING_CELA, READING_CETTE };

/* A verb and nothing else behind ce at token i. */
static enum reading
read_verb(const check *c, size_t i)
{
	static const char *const in[] = { "en", NULL };
	const token *before = &c->tokens.at[i] - 1;
	uint32_t parts = phrase_grammar(c, i + 1);
	bool led = follows_preposition(c, i);

	if ((parts & VERB_INFINITIVE) != 0)
		return READING_SE;
	if ((parts & PERSONS) == 0) /* se fondant; ce formulant may be a noun */
		return (i > 0 && check_word_is(c, i - 1, in)) || spacing_is_mark(before, ',')
			       ? READING_SE
			       : READING_NONE;
	if ((parts & (PERSON_3SG | PERSON_3PL)) == 0 || led)
		return READING_NONE;
	bool opens = before->kind == TOKEN_EDGE || before->kind == TOKEN_MARK ||
		     (i > 0 && (phrase_grammar(c, i - 1) & POS_CONJUNCTION) != 0);
	return opens && (parts & PERSON_3SG) != 0 ? READING_CELA : READING_SE;
}

static enum reading
read_ce(const check *c, size_t i)
{
	static const char *const all[] = { "tout", NULL };
	const token *before = &c->tokens.at[i] - 1;
	uint32_t parts = phrase_grammar(c, i + 1);

	if (i > 0 && check_word_is(c, i - 1, all))
		return READING_NONE;
	if ((parts & POS_NOUN) == 0)
		return read_verb(c, i);
	if ((parts & PERSON_3SG) == 0)
		return READING_NONE;
	return before->kind == TOKEN_EDGE || before->kind == TOKEN_MARK ||
			       follows_preposition(c, i)
		       ? READING_CETTE
		       : READING_SE;
}

/* « se réunir », « s’appliquer », with the capital of ce. */
static slice
with_se(check *c, size_t ce, size_t verb)
{
	const char *se = check_token(c, ce).p[0] < 'a' ? "S" : "s";

	slice lower = check_lower(c, verb);

	return vowel_opens(lower) || inflection_opens_with_vowel(lower)
		       ? check_printf(c, "%s’%.*s", se, SLICE_ARG(check_token(c, verb)))
		       : check_printf(c, "%se %.*s", se, SLICE_ARG(check_token(c, verb)));
}

static status
report(check *c, const rule *r, size_t i, enum reading reading)
{
	slice made[2], verb = check_token(c, i + 1);
	const char *first = check_token(c, i).p[0] < 'a' ? "C" : "c";
	slice se = with_se(c, i, i + 1);
	slice cette = check_printf(c, "%sette %.*s", first, SLICE_ARG(verb));
	size_t n = 0;

	if (reading == READING_CETTE)
		made[n++] = cette;
	if (reading == READING_CELA)
		made[n++] = check_printf(c, "%sela %.*s", first, SLICE_ARG(verb));
	made[n++] = se;
	if (reading == READING_SE && (phrase_grammar(c, i + 1) & POS_NOUN) != 0)
		made[n++] = cette;
	finding f = { .text = check_span(c, i, i + 1),
		.fix = FIX_REVIEW,
		.suggestions = made,
		.suggestion_count = n,
		.message = check_message(c, "“ce” does not stand before the verb “%.*s”",
			"«\u00A0ce\u00A0» ne se met pas devant le verbe «\u00A0%.*s\u00A0»",
			SLICE_ARG(verb)) };
	return check_report(c, r, f);
}

status
homophone_se(check *c, const rule *r, size_t i)
{
	if (!nominal_follows(c, i + 1) ||
		(phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		(i > 0 && c->tokens.at[i - 1].kind == TOKEN_ELISION))
		return STATUS_OK;
	enum reading reading = read_ce(c, i);
	if (reading == READING_NONE || clause_has_lemma(c, i + 1, bearing) ||
		is_compound(c, i + 1) || is_inverted(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, i, reading);
}

static const char *const auxiliaries[] = { "est", "sont", "était", "étaient", "sera", "seront",
	"serait", "seraient", "soit", "soient", "fut", "furent", NULL };

/* By the first letter, before the list is asked. */
static bool
is_auxiliary(const check *c, size_t i)
{
	char first = c->document->text.p[c->tokens.at[i].start];

	return (first == 'e' || first == 's' || first == 'f' || first == '\xC3') &&
	       check_word_is(c, i, auxiliaries);
}

/* Verbs that are never conjugated without se. */
static const char *const always[] = { "abstenir", "désister", "efforcer", "emparer", "enfuir",
	"ingérer", "méfier", "souvenir", NULL };

/* Verbs that people, bodies and events have with se, and of which nobody says c’est and the
 * participle to sum up. */
static const char *const often[] = { "acquitter", "aggraver", "améliorer", "appuyer",
	"apercevoir", "associer", "concerter", "conformer", "consulter", "dégrader", "dérouler",
	"détériorer", "développer", "effondrer", "engager", "enquérir", "entretenir", "étendre",
	"évader", "évanouir", "féliciter", "heurter", "inquiéter", "inscrire", "inspirer",
	"intensifier", "intéresser", "joindre", "multiplier", "opposer", "plaindre",
	"poursuivre", "produire", "prononcer", "propager", "rallier", "rassembler", "réfugier",
	"regrouper", "réjouir", "rencontrer", "rendre", "repentir", "retirer", "réunir",
	"soumettre", "stabiliser", "tenir", NULL };

/* « les experts qui ce sont réunis », not « dites-moi qui c’est ». */
static bool
has_relative(const check *c, size_t i)
{
	static const char *const qui[] = { "qui", NULL };

	return i > 1 && check_word_is(c, i - 1, qui) && grammar_spaced(c, i - 1) &&
	       (phrase_grammar(c, i - 2) & (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE |
						   POS_PRONOUN | POS_NAME)) != 0;
}

/* A noun phrase of the number that begins the clause, right before token i. */
static bool
has_subject(const check *c, size_t i, unsigned number)
{
	subject s;

	for (size_t n = 0, k = i; n < REACH && k-- > 0; n++) {
		const token *t = &c->tokens.at[k];
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
			return false;
		if ((t->kind == TOKEN_WORD && (t->features & FEATURE_DETERMINER) == 0) ||
			!clause_opens(c, k))
			continue;
		return clause_head(c, k, &s) && (s.cells & number) != 0 &&
		       clause_noun_phrase(c, k, s.cells, &s) && s.verb == i;
	}
	return false;
}

status
homophone_se_been(check *c, const rule *r, size_t i)
{
	static const char *const clauses[] = { "que", "qu’", NULL };
	static const char *const plural[] = { "sont", "étaient", "seront", "seraient", "soient",
		"furent", NULL };

	if (!is_auxiliary(c, i + 1))
		return STATUS_OK;
	size_t participle = clause_skip_adverbs(c, i + 2);
	if (!clause_is_attribute(c, participle) ||
		(phrase_grammar(c, participle) & POS_PARTICIPLE) == 0 ||
		check_word_is(c, participle + 1, clauses))
		return STATUS_OK;
	unsigned number = check_word_is(c, i + 1, plural) ? CELLS_PLURAL : CELLS_SINGULAR;
	bool certain = clause_has_lemma(c, participle, always);
	if (!certain && !clause_has_lemma(c, participle, often))
		return STATUS_OK;
	if (!certain && !has_relative(c, i) && !has_subject(c, i, number))
		return STATUS_OK;
	if (quotation_holds(c, i))
		return STATUS_OK;
	slice made = with_se(c, i, i + 1);
	finding f = { .text = check_span(c, i, i + 1),
		.fix = FIX_REVIEW,
		.suggestions = &made,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” is conjugated with se here",
			"«\u00A0%.*s\u00A0» est ici un verbe pronominal",
			SLICE_ARG(check_token(c, participle))) };
	return check_report(c, r, f);
}
