/* A verb that does not agree with its subject: « il doivent », « les États membres doit ».
 *
 * Three kinds of subjects leave no doubt. Il, ils, elle, elles and on before a verb, with
 * nothing but clitics between (« ils ne leur en veut pas »); elle after a preposition or in a
 * comparison is none. And a noun phrase at the beginning of its clause with the verb behind it
 * (checker/rules/clause.h). And qui behind a noun that opens the
 * sentence or is the object of a verb that does. What can be a noun is a verb only behind a
 * pronoun or a clitic. A second verb of the same subject is looked at in verb_second.c, a
 * subject behind its verb in verb_inverted.c. */
#include "checker/conjugation.h"
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/phrase.h"
#include "checker/rules/verb_inverted.h"
#include "checker/rules/verb_second.h"
#include "checker/rules/wording.h"

#define PARTS 0xFFFFu
#define OTHERS \
	(POS_PRONOUN | POS_ADVERB | POS_CONJUNCTION | POS_PREPOSITION | POS_DETERMINER | \
		POS_NUMERAL | POS_NAME | POS_OTHER)

static const char *const elided[] = { "l’", NULL };
static const char *const watched[] = { "il", "ils", "elle", "elles", "on", "je", "j’", "qui",
	NULL };

static const char *const all[] = { "tout", "toute", "tous", "toutes", NULL };

static const char *const plain[] = { "est", "a", "sera", "sont", "ont", "avait", "avaient",
	NULL };

/* « les rives est et ouest », « les côtes est ou sud » */
static bool
is_point_of_compass(const check *c, size_t i)
{
	static const char *const east[] = { "est", NULL };
	static const char *const behind[] = { "et", "ou", "ouest", NULL };

	return check_word_is(c, i, east) && check_word_is(c, i + 1, behind);
}

/* Only a finite verb; with sure, one that could be a noun or an adjective elsewhere. */
static bool
is_verb(const check *c, size_t i, bool sure)
{
	uint32_t parts = phrase_grammar(c, i);

	if ((parts & PERSONS) == 0 || c->tokens.at[i].kind != TOKEN_WORD ||
		(phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	/* les alinéas a) et b) */
	if (c->tokens.at[i + 1].gap == GAP_NONE &&
		(c->tokens.at[i + 1].features & FEATURE_BRACKET) != 0)
		return false;
	if (check_word_is(c, i, plain))
		return !is_point_of_compass(c, i);
	if ((parts & (OTHERS | POS_PARTICIPLE | VERB_INFINITIVE)) != 0)
		return false;
	return sure || (parts & PARTS) == POS_VERB;
}

static status
report(check *c, const rule *r, size_t first, size_t verb, slice other_subject, uint32_t person)
{
	slice made[2], form = { 0 };
	size_t n = 0;
	span whole = check_span(c, first, verb);
	uint32_t verb_start = c->tokens.at[verb].start;

	if ((person & (PERSON_3SG | PERSON_3PL)) != 0)
		form = conjugation_third(c, check_lower(c, verb), person);
	if (form.n != 0)
		made[n++] = check_printf(c, "%.*s%.*s",
			SLICE_ARG(check_text(c, (span){ whole.start, verb_start })),
			SLICE_ARG(form));
	if (other_subject.n != 0)
		made[n++] = check_printf(c, "%.*s%.*s", SLICE_ARG(other_subject),
			SLICE_ARG(
				check_text(c, (span){ whole.start + c->tokens.at[first].length,
						      whole.end })));
	finding f = { .text = whole,
		.fix = n == 0 ? FIX_NONE : FIX_REVIEW,
		.suggestions = made,
		.suggestion_count = n,
		.message = check_message(c,
			"the verb of “%.*s” does not agree with its subject",
			"le verbe de «\u00A0%.*s\u00A0» ne s’accorde pas avec son sujet",
			SLICE_ARG(check_text(c, whole))) };
	return check_report(c, r, f);
}

struct pronoun {
	const char *text, *other;
	uint32_t person;
	bool doubtful; /* need not be a subject */
};

static const struct pronoun *
find_pronoun(slice lower)
{
	static const struct pronoun pronouns[] = { { "il", "ils", PERSON_3SG, false },
		{ "ils", "il", PERSON_3PL, false }, { "elle", "elles", PERSON_3SG, true },
		{ "elles", "elle", PERSON_3PL, true }, { "on", "", PERSON_3SG, false },
		{ "je", "", PERSON_1SG, false }, { "j’", "", PERSON_1SG, false } };

	for (size_t k = 0; k < sizeof(pronouns) / sizeof(*pronouns); k++)
		if (slice_is(lower, pronouns[k].text))
			return &pronouns[k];
	return NULL;
}

/* « est il doivent »: an inversion that lost its hyphen. */
static bool
is_inverted(const check *c, size_t i)
{
	uint32_t before = i == 0 ? 0 : phrase_grammar(c, i - 1);

	return (before & PERSONS) != 0 && (before & OTHERS) == 0;
}

static status
look_pronoun(check *c, const rule *r, size_t i)
{
	const struct pronoun *p = find_pronoun(check_lower(c, i));
	size_t verb = p == NULL ? 0 : clause_skip_clitics(c, i + 1);

	if (verb == 0 || (phrase_grammar(c, verb) & p->person) != 0 ||
		!is_verb(c, verb, true) || c->tokens.at[verb].gap == GAP_UNUSUAL)
		return STATUS_OK;
	if (c->tokens.at[verb].gap == GAP_NONE && c->tokens.at[verb - 1].kind != TOKEN_ELISION)
		return STATUS_OK;
	if ((p->doubtful && !clause_subject_pronoun(c, i)) || is_inverted(c, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	slice other = { 0 };
	if (p->other[0] != '\0' && (phrase_grammar(c, verb) & (PERSON_3SG | PERSON_3PL)) != 0) {
		bool capital = check_token(c, i).p[0] < 'a';
		other = slice_of(p->other);
		if (capital)
			other = wording_capital(c, other);
	}
	return report(c, r, i, verb, other, p->person);
}

/* « toute prenaient le train », « tous est d’accord », where a clause begins: « avant tout sont
 * », « pour tous est ». */
static status
look_all(check *c, const rule *r, size_t i)
{
	static const char *const single[] = { "tout", "toute", NULL };
	static const char *const toute[] = { "toute", NULL };
	size_t verb = clause_skip_clitics(c, i + 1);
	uint32_t number = phrase_grammar(c, verb) & (PERSON_3SG | PERSON_3PL);

	if (number == 0)
		return STATUS_OK;
	bool one = check_word_is(c, i, single);
	uint32_t person = one ? PERSON_3SG : PERSON_3PL;
	if ((number & person) != 0 || !is_verb(c, verb, false) || !grammar_spaced(c, i + 1) ||
		!clause_opens(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	bool capital = check_token(c, i).p[0] == 'T';
	slice other = !one ? (slice){ 0 }
			   : check_printf(c, "%s%s", capital ? "T" : "t",
				     check_word_is(c, i, toute) ? "outes" : "ous");
	return report(c, r, i, verb, other, one ? 0 : person);
}

/* Les États membres doit. */
static status
look_phrase(check *c, const rule *r, size_t i)
{
	subject s;

	if (!clause_may_open(c, i) || !clause_head(c, i, &s) || !clause_verb(c, &s))
		return STATUS_OK;
	uint32_t person = (s.cells & CELLS_SINGULAR) == 0 ? PERSON_3PL
			  : (s.cells & CELLS_PLURAL) == 0 ? PERSON_3SG
							  : 0;
	if (person == 0 || (phrase_grammar(c, s.verb) & person) != 0 ||
		!is_verb(c, s.verb, s.clitic) || clause_head_misleads(c, &s))
		return STATUS_OK;
	/* les lois cries: no verb of the second person here; les états pro forma */
	if ((phrase_grammar(c, s.verb) & (PERSON_3SG | PERSON_3PL | PERSON_1PL)) == 0 ||
		slice_is(check_lower(c, s.verb - 1), "pro"))
		return STATUS_OK;
	if (!clause_opens(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, s.head, s.verb, (slice){ 0 }, person);
}

/* What qui stands for begins at token i with its determiner, and it can be nothing before that:
 * it opens its sentence, or is the object of a verb that does (« Adopter des mesures qui … »).
 */
static bool
has_no_rival(const check *c, size_t i)
{
	static const char *const subjects[] = { "il", "ils", "elle", "elles", "on", "ne",
		NULL };

	if (i == 0 || c->tokens.at[i - 1].kind == TOKEN_MARK)
		return grammar_opens_sentence(c, i);
	while (i > 0 && (phrase_grammar(c, i - 1) & (PERSONS | VERB_INFINITIVE)) != 0 &&
		(phrase_grammar(c, i - 1) & OTHERS) == 0) {
		i--;
		if (grammar_opens_sentence(c, i) ||
			(i > 0 && check_word_is(c, i - 1, subjects)))
			return true;
	}
	return false;
}

/* The cells of what stands before qui; 0 when it may be something else. */
static unsigned
antecedent(const check *c, size_t i, size_t *first)
{
	static const char *const pronouns[] = { "ceux", "celles", "celui", "celle", NULL };
	static const char *const partitive[] = { "de", "d’", "parmi", "à", NULL };

	*first = i - 1;
	if (c->tokens.at[i - 1].kind != TOKEN_WORD)
		return 0;
	if (check_word_is(c, i - 1, pronouns))
		return i > 1 && check_word_is(c, i - 2, partitive) ? 0 : phrase_cells(c, i - 1);
	uint32_t parts = nominal_parts(c, i - 1);
	if ((parts & POS_NOUN) == 0 || (parts & (POS_VERB | OTHERS)) != 0 || i < 2 ||
		!grammar_spaced(c, i - 1) || c->tokens.at[i - 2].kind != TOKEN_WORD)
		return 0;
	const determiner *d =
		determiner_at(c->words.hot.at[c->tokens.at[i - 2].word].determiner);
	if (d == NULL || !has_no_rival(c, i - 2))
		return 0;
	return d->cells & phrase_cells(c, i - 1);
}

/* Adopter des mesures qui vise … ; ceux qui est … */
static status
look_relative(check *c, const rule *r, size_t i)
{
	size_t first, verb = clause_skip_clitics(c, i + 1);

	uint32_t number = phrase_grammar(c, verb) & (PERSON_3SG | PERSON_3PL);
	if (i == 0 || !grammar_spaced(c, i) || (number != PERSON_3SG && number != PERSON_3PL) ||
		!is_verb(c, verb, true))
		return STATUS_OK;
	unsigned cells = antecedent(c, i, &first);
	if (cells == 0)
		return STATUS_OK;
	if ((cells & (number == PERSON_3SG ? CELLS_SINGULAR : CELLS_PLURAL)) != 0 ||
		quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, first, verb, (slice){ 0 },
		number == PERSON_3SG ? PERSON_3PL : PERSON_3SG);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	return c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL || t[1].kind == TOKEN_EDGE
		       ? STATUS_OK
		       : look_phrase(c, r, i);
}

static status
look_at_pronoun(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL || t[1].kind == TOKEN_EDGE)
		return STATUS_OK;
	return slice_is(check_lower(c, i), "qui") ? look_relative(c, r, i)
						  : look_pronoun(c, r, i);
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	(void)l;
	return clause_leads_subject(words_at(&c->words, w->lower)->text);
}

/* What is_verb may take for a verb. */
static bool
may_be_verb(const check *c, const word *w, const word_reading *r, language l)
{
	(void)l;
	return (r->grammar & PERSONS) != 0 && (w->shape & SHAPE_LOWER) != 0 &&
	       ((r->grammar & (OTHERS | POS_PARTICIPLE | VERB_INFINITIVE)) == 0 ||
		       check_lower_is(c, w->lower, plain));
}

static const char *const links[] = { "et", NULL };
/* Clitics that are no articles: « tous les États », « que la loi ». */
static const char *const behind[] = { "ne", "n’", "se", "s’", "y", "en", NULL };

static const rule of_all = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = all,
	.watch_after = behind,
	.wants_after = may_be_verb,
	.token = look_all };

static const rule of_openers = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = verb_inverted_openers,
	.watch_after = behind,
	.wants_after = may_be_verb,
	.token = verb_inverted,
	.also = &of_all };

static const rule of_links = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = links,
	.wants_after = may_be_verb,
	.token = verb_second,
	.also = &of_openers };

static const rule of_pronouns = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.watch_after = clause_clitics,
	.wants_after = may_be_verb,
	.token = look_at_pronoun,
	.also = &of_links };

const rule rule_grammar_verb = {
	.id = "grammar/verb",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_DETERMINER | (uint32_t)FEATURE_WATCHED,
	.watch = elided,
	.wants = wants,
	.before = FEATURE_STOP | FEATURE_BRACKET,
	.watch_before = clause_openers,
	.also = &of_pronouns,
	.source = "Grevisse, Le Bon Usage, § 925–934; morphology of the Dicollecte dictionary "
		  "(A)",
	.summary_en = "the verb does not agree with its subject",
	.summary_fr = "le verbe ne s’accorde pas avec son sujet",
	.explanation_en =
		"A verb takes the person and the number of its subject. These subjects are "
		"looked at: a pronoun (il, ils, elle, elles, on, je, tout, tous) with nothing "
		"but other "
		"pronouns before the verb, a noun with its determiner at the beginning of a "
		"clause, and qui behind such a noun; behind et the second verb of such a "
		"subject, too; and a noun behind the verb of a relative clause where it can "
		"be no object (que posent les mines, auxquels sont soumis les États). Several "
		"subjects, collective nouns (une série de mesures) and other inversions are "
		"left alone, since usage decides there.",
	.explanation_fr =
		"Le verbe prend la personne et le nombre de son sujet. Trois sortes de sujets "
		"sont examinées\u00A0: un pronom (il, ils, elle, elles, on, je, tout, tous) "
		"que seuls "
		"d’autres "
		"pronoms séparent du verbe, un nom précédé de son déterminant au début "
		"d’une "
		"proposition, et un nom qui suit le verbe d’une relative sans pouvoir en être "
		"l’objet (que posent les mines, auxquels sont soumis les États)\u00A0; "
		"derrière "
		"«\u00A0et\u00A0», le second verbe d’un tel sujet "
		"l’est aussi. Les sujets multiples, les noms collectifs (une série de mesures) "
		"et les autres inversions ne sont pas examinés\u00A0: l’usage y décide.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Les États membres doit coopérer.",
					  "Les États membres doivent coopérer." },
		{ LANGUAGE_FR, "Le Comité se réunissent à huis clos.",
			"Le Comité se réunit à huis clos." },
		{ LANGUAGE_FR, "Ils ne leur répond pas.", "Ils ne leur répondent pas." },
		{ LANGUAGE_FR, "Il estime qu’elles doit être adoptées.",
			"Il estime qu’elles doivent être adoptées." },
		{ LANGUAGE_FR, "Il faut adopter des mesures qui encourage la paix.",
			"Il faut adopter des mesures qui encouragent la paix." },
		{ LANGUAGE_FR, "Le Comité siège et décident à huis clos.",
			"Le Comité siège et décide à huis clos." },
		{ LANGUAGE_FR, "Les États prennent note et prie le Comité d’agir.",
			"Les États prennent note et prient le Comité d’agir." },
		{ LANGUAGE_FR, "Les crises auxquelles sont confrontées la population durent.",
			"Les crises auxquelles est confrontée la population durent." },
		{ LANGUAGE_FR, "Les problèmes que pose les mines sont graves.",
			"Les problèmes que posent les mines sont graves." },
		{ LANGUAGE_FR, NULL,
			"Les crises auxquelles sont confrontés la population et l’État." },
		{ LANGUAGE_FR, NULL, "Ce qu’il dit et pensent les autres importe." },
		{ LANGUAGE_FR, NULL,
			"Le nombre de mesures qui vise la paix est l’un de ceux "
			"qui comptent." },
		{ LANGUAGE_FR, "Tous est d’accord.", "Tous sont d’accord." },
		{ LANGUAGE_FR, NULL, "La plupart des États sont d’accord." },
		{ LANGUAGE_FR, NULL, "Cette année ont eu lieu trois réunions." },
		{ LANGUAGE_FR, NULL,
			"L’Assemblée ainsi que les États a pris note du rapport." },
		{ LANGUAGE_FR, NULL, "Avec elle sont venus trois experts." }),
	.token = look,
};
