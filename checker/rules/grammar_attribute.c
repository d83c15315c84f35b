/* An adjective or a past participle behind être or another verb that ties it to its subject
 * (devenir, rester, demeurer, sembler, paraître) that does not agree: « les mesures sont
 * nécessaire », « elle a été adopté », « ils doivent être nommé ».
 *
 * The number is told by the verb itself, whatever its subject: sont, ont été, doivent être want
 * a plural; est, a été, doit être a singular. Usage makes the exceptions: on and c’est take any
 * number, many pronominal verbs agree with other words than their subject (elles se sont rendu
 * compte; those that never do are in a list), ce que l’on nomme soit … soit is no verb. The
 * gender is told by il, elle, ils, elles or by a noun phrase at the beginning of the clause
 * (checker/rules/clause.h). */
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/phrase.h"

#define REACH 12 /* tokens back for a que before soit, an on before est */
#define SOIT_REACH 40

static const char *const watched[] = { "est", "sont", "était", "étaient", "sera", "seront",
	"serait", "seraient", "soit", "soient", "fut", "furent", "fût", "fussent", "été",
	"être", NULL };

static bool
is_joined(const check *c, size_t i)
{
	return grammar_spaced(c, i) || (i > 0 && c->tokens.at[i].gap == GAP_NONE &&
					       c->tokens.at[i - 1].kind == TOKEN_ELISION);
}

static bool
stands_before(const check *c, size_t i, const char *const *list, size_t reach)
{
	for (size_t n = 0; n < reach && i-- > 0; n++) {
		if (check_word_is(c, i, list))
			return true;
		if (c->tokens.at[i].kind == TOKEN_MARK &&
			(c->tokens.at[i].features & FEATURE_STOP) &&
			c->tokens.at[i].word != ',')
			return false;
	}
	return false;
}

/* The token with the person of the verb: of « doivent être » and « ont été » the first. */
static size_t
find_finite(const check *c, size_t i)
{
	static const char *const having[] = { "a", "ont", "avait", "avaient", "aura", "auront",
		"aurait", "auraient", "ait", "aient", "eût", "eussent", NULL };
	static const char *const modal[] = { "peut", "peuvent", "pourra", "pourront",
		"pourrait", "pourraient", "doit", "doivent", "devra", "devront", "devrait",
		"devraient", "devait", "devaient", "pouvait", "pouvaient", NULL };
	slice s = check_lower(c, i);
	bool been = slice_is(s, "été");

	if (!been && !slice_is(s, "être"))
		return i;
	for (size_t n = 0, k = i; n < 3 && k-- > 0 && is_joined(c, k + 1); n++) {
		if (check_word_is(c, k, been ? having : modal))
			return k;
		if (clause_skip_adverbs(c, k) == k)
			break;
	}
	return SIZE_MAX;
}

/* « soit exportés, soit transformés »: a conjunction */
static bool
is_one_of_several(const check *c, size_t i)
{
	size_t last = i + SOIT_REACH < c->tokens.count ? i + SOIT_REACH : c->tokens.count;

	for (size_t k = i > SOIT_REACH ? i - SOIT_REACH : 0; k < last; k++)
		if (k != i && slice_is(check_lower(c, k), "soit"))
			return true;
	return false;
}

/* « se sont réunis », and no object behind it that would make se another (se sont rallié les
 * voix). */
static bool
agrees_behind_se(const check *c, size_t attribute)
{
	static const char *const objects[] = { "le", "la", "les", "l’", "un", "une", "leur",
		"leurs", "son", "sa", "ses", "ce", "cet", "cette", "ces", "compagnie", "compte",
		"tête", NULL };

	return clause_agrees_behind_se(c, attribute) &&
	       !check_word_is(c, attribute + 1, objects);
}

/* One test of bits for what is neither a pronoun nor another clitic: most of what stands before
 * a verb is a noun. */
static inline bool
may_be_pronoun(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_ELISION ||
	       (phrase_grammar(c, i) &
		       (POS_PRONOUN | POS_DETERMINER | POS_ADVERB | POS_PREPOSITION)) != 0;
}

static bool
is_behind_se(const check *c, size_t verb)
{
	static const char *const selves[] = { "se", "s’", NULL };

	return verb > 0 && may_be_pronoun(c, verb - 1) && check_word_is(c, verb - 1, selves);
}

/* What the word can agree with. Behind se félicité is no noun. */
static unsigned
attribute_cells(const check *c, size_t verb, size_t i)
{
	const analysis *a;
	unsigned cells = 0;

	if (!is_behind_se(c, verb) || !agrees_behind_se(c, i))
		return phrase_cells(c, i);
	size_t n = words_analyses(&c->words, c->tokens.at[i].lower, LANGUAGE_FR, &a);
	for (; n > 0; n--)
		if ((a[n - 1].grammar & POS_PARTICIPLE) != 0)
			cells |= inflection_cells(a[n - 1].grammar);
	return cells;
}

/* On est réunis, c’est dues, elles se sont rendu compte (but: se sont réunies). */
static bool
is_neutral(const check *c, size_t i, size_t attribute)
{
	static const char *const subjects[] = { "on", "c’", "ç’", "ce", "nous", "vous",
		"quiconque", NULL };
	static const char *const selves[] = { "se", "s’", NULL };

	while (i > 0 && is_joined(c, i) && may_be_pronoun(c, i - 1)) {
		if (check_word_is(c, i - 1, subjects))
			return true;
		if (check_word_is(c, i - 1, selves) && !agrees_behind_se(c, attribute))
			return true;
		if (clause_skip_clitics(c, i - 1) == i - 1)
			break;
		i--;
	}
	return false;
}

/* « je reste », « tu ne deviens » */
static bool
follows_singular(const check *c, size_t i)
{
	static const char *const pronouns[] = { "je", "j’", "tu", NULL };

	while (i > 0 && is_joined(c, i) && may_be_pronoun(c, i - 1)) {
		if (check_word_is(c, i - 1, pronouns))
			return true;
		if (clause_skip_clitics(c, i - 1) == i - 1)
			break;
		i--;
	}
	return false;
}

/* Of a form that may be of several persons: PERSON_3SG for je and tu, too; 0: of either number.
 */
static uint32_t
number_of_form(const check *c, size_t i)
{
	const uint32_t singular = PERSON_1SG | PERSON_2SG | PERSON_3SG;
	uint32_t person = phrase_grammar(c, i) & PERSONS;

	if (person == 0 || person == PERSON_3PL)
		return person;
	return (person & ~singular) == 0 &&
			       ((person & PERSON_3SG) != 0 || follows_singular(c, i))
		       ? PERSON_3SG
		       : 0;
}

/* PERSON_3SG or PERSON_3PL; 0: the verb is neither for certain, or no verb. */
static uint32_t
number_of(const check *c, size_t i, size_t attribute)
{
	static const char *const article[] = { "l’", "d’", "un", "cet", "à", "soit", NULL };
	static const char *const that[] = { "que", "qu’", NULL };

	if (i == SIZE_MAX || (phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return 0;
	uint32_t person = number_of_form(c, i);
	if (person == 0)
		return 0;
	if (i > 0 && check_word_is(c, i - 1, article))
		return 0;
	if (slice_is(check_lower(c, i), "soit") &&
		(!stands_before(c, i, that, REACH) || is_one_of_several(c, i)))
		return 0;
	return is_neutral(c, i, attribute) ? 0 : person;
}

static unsigned
number_cells(uint32_t person)
{
	return person == PERSON_3SG ? CELLS_SINGULAR : CELLS_PLURAL;
}

static unsigned
first_cell(unsigned cells)
{
	return cells & (~cells + 1);
}

static status
report(check *c, const rule *r, size_t first, size_t i, unsigned wanted)
{
	unsigned own = phrase_cells(c, i);
	unsigned gender = (own & CELLS_MASCULINE) != 0 ? CELLS_MASCULINE : CELLS_FEMININE;
	unsigned cell = (wanted & gender) != 0 ? wanted & gender : wanted;
	slice form = inflection_form(
		c, check_token(c, i), first_cell(cell), POS_ADJECTIVE | POS_PARTICIPLE);
	span whole = check_span(c, first, i);
	finding f = { .text = whole,
		.fix = FIX_REVIEW,
		.message =
			check_message(c, "“%.*s” does not agree with the subject of the verb",
				"«\u00A0%.*s\u00A0» ne s’accorde pas avec le sujet du verbe",
				SLICE_ARG(check_token(c, i))) };

	if (form.n == 0)
		f.fix = FIX_NONE;
	slice made = check_printf(c, "%.*s%.*s",
		SLICE_ARG(check_text(c, (span){ whole.start, c->tokens.at[i].start })),
		SLICE_ARG(form));
	f.suggestions = &made;
	f.suggestion_count = form.n != 0;
	return check_report(c, r, f);
}

/* Il, elle, ils, elles as the subject of the verb at token i; 0: none of them. */
static unsigned
pronoun_cells(const check *c, size_t i)
{
	static const char *const pronouns[] = { "il", "elle", "ils", "elles", NULL };
	static const unsigned cells[] = { CELL_MS, CELL_FS, CELL_MP, CELL_FP };
	size_t k = i, n = 0;

	while (k > 0 && is_joined(c, k) && may_be_pronoun(c, k - 1)) {
		if (check_word_is(c, k - 1, pronouns)) {
			while (!slice_is(check_lower(c, k - 1), pronouns[n]))
				n++;
			return clause_subject_pronoun(c, k - 1) ? cells[n] : 0;
		}
		if (clause_skip_clitics(c, k - 1) == k - 1)
			break;
		k--;
	}
	return 0;
}

/* A noun phrase at the beginning of the clause as its subject; 0: none for certain, or one with
 * which a word of the cells `fitting` agrees. */
static unsigned
phrase_gender(const check *c, size_t verb, unsigned fitting, size_t *first)
{
	subject s;

	for (size_t k = verb, n = 0; k-- > 0 && n < 16; n++) {
		const token *t = &c->tokens.at[k];
		if (t->kind == TOKEN_MARK)
			return 0;
		if ((t->features & FEATURE_DETERMINER) == 0 && t->kind != TOKEN_ELISION)
			continue;
		if (!clause_opens(c, k))
			continue;
		if (!clause_head(c, k, &s) || (s.cells & fitting) != 0 || !clause_verb(c, &s) ||
			s.verb != verb || clause_head_misleads(c, &s))
			return 0;
		/* la Ministre est élue; une personne: the noun decides. A title of a man may be
		 * that of a woman. */
		if ((phrase_shape(c, s.head) & SHAPE_TITLE) != 0 &&
			(s.cells & CELLS_FEMININE) == 0)
			return 0;
		*first = s.head;
		return s.cells;
	}
	return 0;
}

/* « sûr » in small letters; the length settles it for most words. */
static inline bool
is_sure(const check *c, size_t i)
{
	return c->tokens.at[i].length == sizeof("sûr") - 1 &&
	       slice_is(check_lower(c, i), "sûr");
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i].kind != TOKEN_WORD || i + 1 >= c->tokens.count)
		return STATUS_OK;
	size_t attribute = clause_skip_adverbs(c, i + 1);
	if (!clause_is_attribute(c, attribute) || is_sure(c, attribute) ||
		!nominal_stands_free(c, attribute, attribute))
		return STATUS_OK; /* ils sont bien sûr partis; ils sont invité(e)s */
	size_t verb = find_finite(c, i), first = verb;
	uint32_t person = number_of(c, verb, attribute);
	if (person == 0)
		return STATUS_OK;
	unsigned own = attribute_cells(c, verb, attribute), wanted = number_cells(person);
	if ((own & wanted) == 0) {
		if (clause_is_unbound(c, attribute) || quotation_holds(c, i))
			return STATUS_OK;
		unsigned known = pronoun_cells(c, verb);
		if (known == 0) /* the gender for the correction */
			known = phrase_gender(c, verb, 0, &first);
		known &= wanted;
		return report(c, r, verb, attribute, known != 0 ? known : wanted);
	}
	if ((own & wanted & CELLS_MASCULINE) != 0 && (own & wanted & CELLS_FEMININE) != 0)
		return STATUS_OK; /* either gender */
	/* « si elle en est citoyen »: as a noun it keeps its own gender */
	if ((phrase_grammar(c, attribute) & (POS_NOUN | POS_PARTICIPLE)) == POS_NOUN)
		return STATUS_OK;
	unsigned cells = pronoun_cells(c, verb);
	if (cells == 0)
		cells = phrase_gender(c, verb, own & wanted, &first);
	cells &= wanted;
	if (cells == 0 || (own & cells) != 0 || clause_is_unbound(c, attribute) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, first, attribute, cells);
}

/* « le reste égaux », « sa demeure »: a noun, unless a pronoun or a noun leads the verb. Of en
 * and leur only behind another pronoun: « ils en restent », not « des mises en demeure ». */
static bool
may_be_noun(const check *c, size_t i)
{
	static const char *const leads[] = { "il", "ils", "elle", "elles", "je", "tu", "qui",
		"ne", "y", "lui", "cela", "ce", NULL };
	static const char *const behind[] = { "en", "leur", NULL };

	if ((phrase_grammar(c, i) & POS_NOUN) == 0)
		return false;
	if (i > 0 && check_word_is(c, i - 1, behind))
		i--;
	return i == 0 || (!check_word_is(c, i - 1, leads) &&
				 (phrase_grammar(c, i - 1) & POS_PARTS) != POS_NOUN);
}

/* « il reste différentes questions », « il reste ouvertes trois questions » */
static bool
leads_noun(const check *c, size_t attribute)
{
	const token *next = &c->tokens.at[attribute + 1];
	uint32_t parts = phrase_grammar(c, attribute + 1);

	return next->kind == TOKEN_NUMBER || (next->features & FEATURE_NOUN) != 0 ||
	       ((parts & (POS_DETERMINER | POS_NUMERAL)) != 0 &&
		       (parts & POS_PREPOSITION) == 0);
}

/* « les mesures restent insuffisante », « tu deviens vraiment très forts »; « ils deviennent
 * propriétaire » is a matter of usage, and « je les suis attentifs » another verb. */
static status
look_at_copula(check *c, const rule *r, size_t i)
{
	static const char *const suis[] = { "suis", NULL };
	static const char *const objects[] = { "le", "la", "les", "l’", NULL };
	size_t attribute = clause_skip_adverbs(c, i + 1);
	bool apart = attribute > i + 1;
	uint32_t parts = phrase_grammar(c, attribute);

	if ((parts & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0 || may_be_noun(c, i) ||
		((parts & POS_NOUN) != 0 && (parts & POS_PARTICIPLE) == 0 && !apart) ||
		leads_noun(c, attribute))
		return STATUS_OK;
	if (i > 0 && check_word_is(c, i, suis) && check_word_is(c, i - 1, objects))
		return STATUS_OK;
	return look(c, r, i);
}

/* Their forms: to ask every word for its lemma would cost more than the rule. */
static const char *const copulas[] = { "suis", "es", "deviens", "devient", "deviennent",
	"devenait", "devenaient", "deviendra", "deviendront", "deviendrait", "deviendraient",
	"devienne", "devint", "devinrent", "reste", "restes", "restent", "restait", "restaient",
	"restera", "resteront", "resterait", "resteraient", "resta", "restèrent", "demeure",
	"demeurent", "demeurait", "demeuraient", "demeurera", "demeureront", "demeurerait",
	"demeureraient", "semble", "sembles", "semblent", "semblait", "semblaient", "semblera",
	"sembleront", "semblerait", "sembleraient", "parais", "paraît", "parait", "paraissent",
	"paraissait", "paraissaient", "paraîtra", "paraîtront", "paraîtrait", "paraîtraient",
	NULL };

static const rule of_copulas = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = copulas,
	.wants_after = clause_may_lead_attribute,
	.token = look_at_copula };

const rule rule_grammar_attribute = {
	.id = "grammar/attribute",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.wants_after = clause_may_lead_attribute,
	.also = &of_copulas,
	.source = "Grevisse, Le Bon Usage, § 247–252, 942; morphology of the Dicollecte "
		  "dictionary "
		  "(A)",
	.summary_en = "adjective or participle after être or its like does not agree",
	.summary_fr = "adjectif ou participe mal accordé après «\u00A0être\u00A0», "
		      "«\u00A0rester\u00A0»…",
	.explanation_en =
		"After être, devenir, rester, demeurer, sembler and paraître an adjective or a "
		"past participle agrees with the subject. The "
		"number is read from the verb (sont, ont été, doivent être), the gender from "
		"il, elle, ils, elles or from a noun at the beginning of the clause; je and tu "
		"want a singular. On, "
		"c’est, nous and vous are left alone, and pronominal verbs that can have "
		"another object than se (elles se sont rendu compte).",
	.explanation_fr =
		"Après être, devenir, rester, demeurer, sembler et paraître, l’adjectif ou le "
		"participe passé s’accorde avec le sujet. Le "
		"nombre se lit sur le verbe (sont, ont été, doivent être), le genre sur il, "
		"elle, ils, elles ou sur un nom au début de la proposition. On, c’est, nous et "
		"vous ne sont pas examinés, ni les verbes pronominaux qui peuvent avoir un "
		"autre "
		"complément que se (elles se sont rendu compte).",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Les mesures sont nécessaire.",
					  "Les mesures sont nécessaires." },
		{ LANGUAGE_FR, "Elle a été adopté sans vote.",
			"Elle a été adoptée sans vote." },
		{ LANGUAGE_FR, "La Convention est entré en vigueur.",
			"La Convention est entrée en vigueur." },
		{ LANGUAGE_FR, "Les mesures ont été adopté sans vote.",
			"Les mesures ont été adoptées sans vote." },
		{ LANGUAGE_FR, "Ils doivent être nommé par le Conseil.",
			"Ils doivent être nommés par le Conseil." },
		{ LANGUAGE_FR, "Les représentants se sont réuni à Genève.",
			"Les représentants se sont réunis à Genève." },
		{ LANGUAGE_FR, "Les moyens disponibles demeurent très insuffisant.",
			"Les moyens disponibles demeurent très insuffisants." },
		{ LANGUAGE_FR, "Je suis convaincus de son importance.",
			"Je suis convaincu de son importance." },
		{ LANGUAGE_FR, NULL, "Il reste différentes questions à régler." },
		{ LANGUAGE_FR, NULL, "Elles se sont rendu compte du danger." },
		{ LANGUAGE_FR, NULL,
			"Elles et ils sont invité(e)s, élu·e·s, nommé.e.s et convenu[s]." },
		{ LANGUAGE_FR, NULL, "Elles se sont donné les moyens d’agir." },
		{ LANGUAGE_FR, NULL, "Si l’on est réunis ici, c’est important." },
		{ LANGUAGE_FR, NULL, "Les États sont parties à la Convention." },
		{ LANGUAGE_FR, NULL, "Soit adoptées, soit rejetées, à l’est réunies." }),
	.token = look,
};
