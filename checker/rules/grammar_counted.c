/* A noun that is counted and stands in the singular: « un certain nombre de question », « des
 * milliers de personne », « les 22 séance ».
 *
 * Behind figures a noun may be what the figures are the number of (« article 4 alinéa 2 »), so
 * only words that lead to a quantity may stand before them. Behind a noun that counts, de leads
 * to what is counted; série and nombre need an article or an adjective before them (« numéro de
 * série de fabrication », « le nombre de base »), and une quarantaine may keep people apart.
 * Millions are of money as well (« 15 millions d’aide », « 3 milliards de dette »), a quinzaine
 * is a fortnight (« quinzaine de sensibilisation »), a series has a kind (« une série de
 * référence ») and a multitude may be of what is not counted: behind these only nouns that
 * everybody counts are looked at. Behind words for people who come together (un groupe, une
 * délégation) only those that name people are. */
#include "checker/quotation.h"
#include "checker/rules/date.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

#define YEAR_FIRST 1500
#define YEAR_LAST 2100

static const char *const counters[] = { "nombre", "série", "multitude", "dizaine", "dizaines",
	"douzaine", "quinzaine", "vingtaine", "trentaine", "cinquantaine", "soixantaine",
	"centaine", "centaines", "millier", "milliers", "million", "millions", "milliard",
	"milliards", NULL };

/* Words for people who come together; behind them only nouns for people are looked at. */
static const char *const gatherings[] = { "groupe", "groupes", "collectif", "collectifs",
	"équipe", "équipes", "réunion", "réunions", "association", "associations", "délégation",
	"délégations", "syndicat", "syndicats", "comité", "comités", NULL };

/* As a pronoun personne is of either gender and number. */
static bool
is_person(const check *c, size_t i)
{
	return slice_is(phrase_lower(c, i), "personne");
}

/* A noun that is nothing else behind a number, in small letters, and never a plural. */
static bool
is_singular_form(const check *c, size_t i)
{
	const uint32_t others = POS_AGREEING | POS_VERB | POS_PARTICIPLE;
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || (t->features & FEATURE_NOUN) == 0)
		return false;
	uint32_t parts = nominal_parts(c, i);
	if (is_person(c, i))
		parts &= ~(uint32_t)POS_PRONOUN;
	return (parts & POS_NOUN) != 0 && (parts & ~others) == 0 &&
	       (phrase_grammar(c, i) & VERB_INFINITIVE) == 0 &&
	       (is_person(c, i) || (phrase_cells(c, i) & CELLS_PLURAL) == 0) &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       words_at(&c->words, t->word)->points > 2 && !nominal_is_abbreviated(c, i) &&
	       !check_word_is(c, i, nominal_free) && date_month(c, i) == 0 &&
	       nominal_stands_free(c, i, i);
}

static bool
is_singular(const check *c, size_t i)
{
	return is_singular_form(c, i) && phrase_frequency(c, i) > 0;
}

static status
report(check *c, const rule *r, size_t i)
{
	bool masculine = !is_person(c, i) && (phrase_cells(c, i) & CELLS_MASCULINE) != 0;
	slice right =
		inflection_form(c, check_token(c, i), masculine ? CELL_MP : CELL_FP, POS_NOUN);

	if (right.n == 0 || slice_equal(right, check_token(c, i)) || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), right, r->fix);
}

/* « il connaît nombre d’experts », « dans nombre de pays »: many, where no article makes a noun
 * of it; at the head of a sentence only before the verb of its plural (« Nombre d’onde »). */
static bool
means_many(const check *c, size_t i)
{
	static const char *const leads[] = { "à", "auprès", "avec", "chez", "contre", "dans",
		"depuis", "malgré", "pour", "que", "selon", NULL };
	static const char *const subjects[] = { "il", "elle", "on", "ils", "elles", "qui",
		"cela", "je", "nous", "ne", "n’", NULL };
	static const char *const measures[] = { "base", "charge", "masse", "octane", "onde",
		"or", "ordre", "oxydation", "référence", NULL };
	const token *t = &c->tokens.at[i];

	if (t->length != sizeof("nombre") - 1 || check_word_is(c, i + 2, measures))
		return false;
	if (grammar_opens_sentence(c, i))
		return (phrase_grammar(c, i + 3) & (PERSONS | POS_PARTS)) ==
		       (PERSON_3PL | POS_VERB);
	if (!nominal_follows(c, i))
		return false;
	uint32_t before = phrase_grammar(c, i - 1);
	if (i > 1 && check_word_is(c, i - 2, subjects)) /* cela touche: no noun */
		before &= ~(uint32_t)POS_NOUN;
	return check_word_is(c, i - 1, leads) ||
	       ((before & PERSONS) != 0 && (before & POS_PARTS) == POS_VERB);
}

/* « un certain nombre de », « une longue série de »: not « le nombre de base ». */
static bool
counts_here(const check *c, size_t i)
{
	static const char *const loose[] = { "nombre", "série", NULL };
	static const char *const number[] = { "certain", "grand", "petit", "bon", NULL };
	static const char *const others[] = { "une", "longue", "nouvelle", "vaste", NULL };

	if (!check_word_is(c, i, loose))
		return true;
	bool known = i > 0 && nominal_follows(c, i) &&
		     check_word_is(c, i - 1, check_lower(c, i).p[0] == 'n' ? number : others);
	return known || means_many(c, i);
}

/* « millions de », « série de »: what follows need not be what is counted. */
static bool
may_have_kinds(const check *c, size_t i)
{
	static const char *const counting_more[] = { "million", "millions", "milliard",
		"milliards", "quinzaine", "multitude", "série", NULL };

	return check_word_is(c, i, counting_more);
}

/* Nouns that stand for what is counted and for nothing else behind such a word. */
static bool
is_always_counted(const check *c, size_t i)
{
	static const char *const counted[] = { "activité", "arbre", "atelier", "attaque",
		"attentat", "baril", "décision", "délégation", "document", "dollar", "électeur",
		"élève", "emploi", "enfant", "entretien", "euro", "événement", "exemplaire",
		"famille", "femme", "franc", "habitant", "hectare", "heure", "homme",
		"incident", "initiative", "jour", "kilomètre", "litre", "livre", "logement",
		"membre", "ménage", "mesure", "mètre", "minute", "personne", "problème",
		"projet", "proposition", "question", "rapport", "recommandation", "réfugié",
		"résolution", "réunion", "séance", "séminaire", "tonne", "victime", "visite",
		NULL };

	return check_word_is(c, i, counted);
}

/* « une centaine d’origine étrangère », « une dizaine d’avance »: what they are, or by how
 * much.
 */
static bool
says_of_what_kind(const check *c, size_t i)
{
	static const char *const kinds[] = { "âge", "ascendance", "autre", "avance",
		"catégorie", "condition", "confession", "culture", "écart", "expression",
		"force", "langue", "moyenne", "nationalité", "nuit", "obédience", "origine",
		"part", "plus", "race", "rang", "religion", "retard", "sexe", "souche",
		"source", "taille", "type", NULL };

	return check_word_is(c, i, kinds);
}

/* One space behind de, nothing behind d’. */
static bool
follows_of(const check *c, size_t i)
{
	const token *noun = &c->tokens.at[i];

	return noun->gap == GAP_SPACE || noun->gap == GAP_NO_BREAK ||
	       (c->tokens.at[i - 1].kind == TOKEN_ELISION && noun->gap == GAP_NONE);
}

/* An adjective may have its noun behind it: un groupe de petit format. */
static bool
has_noun_behind(const check *c, size_t i)
{
	static const char *const verbs[] = { "a", "est",
		NULL }; /* letters, points of compass */
	uint32_t parts = phrase_grammar(c, i + 1);

	return (parts & (POS_NOUN | POS_ADJECTIVE)) != 0 && (parts & POS_PREPOSITION) == 0 &&
	       !check_word_is(c, i + 1, verbs);
}

/* Participant, Parisien, député, avocat: the endings of most words for people, asked before the
 * dictionary is. */
static bool
ends_as_people_do(slice lower)
{
	static const char *const suffixes[] = { "ant", "ent", "ien", "eur", "ais", "ois", "ier",
		"er", "é", "u", "at", "ert", "ain", NULL };

	for (const char *const *end = suffixes; *end != NULL; end++)
		if (slice_ends(lower, slice_of(*end)))
			return true;
	return false;
}

/* A noun for people: with a feminine of its own (étudiant, étudiante), or in -iste of either
 * gender. */
static bool
names_people(check *c, size_t i)
{
	unsigned cells = phrase_cells(c, i);
	slice lower = phrase_lower(c, i);

	if (cells == CELLS_SINGULAR)
		return slice_ends(lower, SLICE("iste")) && !has_noun_behind(c, i);
	if (cells != CELL_MS || !ends_as_people_do(lower) || nominal_stands_in_front(c, i) ||
		((phrase_grammar(c, i) & POS_ADJECTIVE) != 0 && has_noun_behind(c, i)))
		return false;
	slice other = inflection_form(c, check_token(c, i), CELL_FS, POS_NOUN);
	return other.n != 0 && !slice_equal(other, check_token(c, i));
}

/* « un groupe d’étudiant » */
static status
look_at_gathering(check *c, const rule *r, size_t i)
{
	if (i + 2 >= c->tokens.count || (c->tokens.at[i + 2].features & FEATURE_NOUN) == 0 ||
		(phrase_grammar(c, i + 2) & NUMBER_PLURAL) != 0 ||
		!check_word_is(c, i + 1, grammar_de) || !follows_of(c, i + 2) ||
		!is_singular_form(c, i + 2) || !names_people(c, i + 2))
		return STATUS_OK;
	return report(c, r, i + 2);
}

static status
look_at_counter(check *c, const rule *r, size_t i)
{
	if (i + 2 >= c->tokens.count || !check_word_is(c, i + 1, grammar_de) ||
		!counts_here(c, i))
		return STATUS_OK;
	if (!follows_of(c, i + 2) || !is_singular_form(c, i + 2) ||
		(phrase_frequency(c, i + 2) == 0 && !names_people(c, i + 2)) ||
		says_of_what_kind(c, i + 2) ||
		(may_have_kinds(c, i) && !is_always_counted(c, i + 2)))
		return STATUS_OK;
	return report(c, r, i + 2);
}

/* The figures at i count: « les 22 », « plus de 22 », « environ 22 ». */
static bool
leads_to_quantity(const check *c, size_t i)
{
	static const char *const before[] = { "les", "des", "ces", "ses", "leurs", "nos", "aux",
		"lesdits", "lesdites", "quelque", "environ", "pendant", "durant", "depuis",
		"seulement", "totalisant", NULL };
	static const char *const than[] = { "plus", "moins", "délai", "durée", "période",
		"total", NULL };

	if (i == 0)
		return false;
	if (check_word_is(c, i - 1, before))
		return true;
	return i > 1 && slice_is(check_lower(c, i - 1), "de") && check_word_is(c, i - 2, than);
}

/* Behind the word before it, a word is a noun rather than a verb: la zone, not il zone. */
static bool
is_led_noun(const check *c, size_t i)
{
	return i == 0 || c->tokens.at[i - 1].kind != TOKEN_WORD ||
	       (phrase_grammar(c, i - 1) & (POS_DETERMINER | POS_PREPOSITION)) != 0;
}

/* « point 3 minute de silence », « zone 3 kilomètre 12 »: the number of what stands before */
static bool
is_label(const check *c, size_t i)
{
	const uint32_t others = POS_PREPOSITION | POS_DETERMINER | POS_CONJUNCTION |
				POS_NUMERAL | POS_PARTICIPLE;
	/* an adverb and a participle for the dictionary, too */
	static const char *const labels[] = { "point", NULL };

	if (i == 0)
		return false;
	uint32_t parts = phrase_grammar(c, i - 1);
	if ((parts & POS_VERB) != 0 && !is_led_noun(c, i - 1))
		return false;
	return ((parts & POS_NOUN) != 0 && (parts & others) == 0) ||
	       check_word_is(c, i - 1, labels);
}

static status
look_at_figures(check *c, const rule *r, size_t i)
{
	/* what is nothing but an amount, whatever stands before the figures */
	static const char *const large[] = { "million", "milliard", NULL };
	static const char *const amounts[] = { "heure", "minute", "kilomètre", "kilogramme",
		"mètre", "hectare", "litre", "tonne", "dollar", "euro", NULL };
	uint32_t n;

	if ((c->tokens.at[i + 1].features & FEATURE_NOUN) == 0)
		return STATUS_OK;
	n = number_plain(c, i);
	/* $150 million */
	if (c->tokens.at[i].gap == GAP_NONE && i > 0 && c->tokens.at[i - 1].kind != TOKEN_WORD)
		return STATUS_OK;
	if (n == NUMBER_NONE || n < 2 || (n >= YEAR_FIRST && n <= YEAR_LAST) ||
		!number_is_next(c, i + 1) || !is_singular(c, i + 1))
		return STATUS_OK;
	/* of « 1 000 million » the first group counts as well as the last */
	if (!check_word_is(c, i + 1, large) &&
		(!check_word_is(c, i + 1, amounts) || is_label(c, i)) &&
		!leads_to_quantity(c, i))
		return STATUS_OK;
	return report(c, r, i + 1);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	if (t->kind == TOKEN_NUMBER)
		return look_at_figures(c, r, i);
	return t->kind == TOKEN_WORD ? look_at_counter(c, r, i) : STATUS_OK;
}

static status
look_at_word(check *c, const rule *r, size_t i)
{
	return c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL ||
			       c->tokens.at[i].kind != TOKEN_WORD
		       ? STATUS_OK
		       : look_at_gathering(c, r, i);
}

static const rule of_gatherings = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = gatherings,
	.watch_after = grammar_de,
	.token = look_at_word };

const rule rule_grammar_counted = {
	.id = "grammar/counted",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_NUMBER | (uint32_t)FEATURE_WATCHED,
	.watch = counters,
	.after = FEATURE_NOUN,
	.watch_after = grammar_de,
	.also = &of_gatherings,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage (A)",
	.summary_en = "a counted noun in the singular",
	.summary_fr = "nom compté au singulier",
	.explanation_en =
		"What is counted stands in the plural: un certain nombre de questions, des "
		"milliers de personnes, 15 millions de dollars, les 22 séances, un groupe "
		"d’étudiants. Figures that "
		"may be the number of what follows (article 4, alinéa 2) and nouns that do not "
		"count (numéro de série de fabrication) are left alone.",
	.explanation_fr =
		"Ce qui est compté se met au pluriel\u00A0: un certain nombre de questions, "
		"des "
		"milliers de personnes, 15 millions de dollars, les 22 séances, un groupe "
		"d’étudiants. Les chiffres "
		"qui "
		"peuvent numéroter ce qui précède (article 4, alinéa 2) et les noms qui ne "
		"comptent pas (numéro de série de fabrication) ne sont pas examinés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il a examiné un certain nombre de question.",
					  "Il a examiné un certain nombre de questions." },
		{ LANGUAGE_FR, "Il faut 15 millions de dollar.",
			"Il faut 15 millions de dollars." },
		{ LANGUAGE_FR, "Le Conseil a tenu plus de 22 séance publiques.",
			"Le Conseil a tenu plus de 22 séances publiques." },
		{ LANGUAGE_FR, "La route s’arrête à 20 kilomètre de la ville.",
			"La route s’arrête à 20 kilomètres de la ville." },
		{ LANGUAGE_FR, "Un groupe d’étudiant a pris la parole.",
			"Un groupe d’étudiants a pris la parole." },
		{ LANGUAGE_FR, "Cela touche nombre de région du pays.",
			"Cela touche nombre de régions du pays." },
		{ LANGUAGE_FR, NULL, "Un groupe de travail et une équipe de garde." },
		{ LANGUAGE_FR, NULL, "Le nombre d’or ; élu en nombre de voix." },
		{ LANGUAGE_FR, NULL,
			"Le numéro de série de fabrication et l’article 4 alinéa 2 "
			"suffisent." },
		{ LANGUAGE_FR, NULL, "Il a reçu 15 millions d’aide d’urgence." },
		{ LANGUAGE_FR, NULL, "Une dizaine de pays et des millions de tonnes." }),
	.token = look,
};
