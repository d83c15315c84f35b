/* An adjective behind its noun that does not agree with it: see agreement_adjective.h. */
#include "checker/rules/agreement_adjective.h"

#include "checker/rules/agreement_article.h"
#include "checker/rules/agreement_two_nouns.h"
#include "checker/rules/collocation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/noun_chain.h"

/* Participles and adjectives that serve as prepositions, adverbs or set phrases. */
static const char *const unbound[] = { "compris", "inclus", "vu", "excepté", "passé", "attendu",
	"entendu", "possible", "nu", "demi", "haut", "bas", "fort", "net", "ferme", "cher",
	"court", "exclu", "joint", "tel", "tels", "telle", "telles", "quel", "seul", "seuls",
	"seule", "seules", "même", "mêmes", "sauf", "plein", "approuvé", "signé", "présent",
	"soussigné", "soussignés", "eu", "eue", "eus", "eues", "value", "values", "partie",
	"parties", "parti", "partis", "autre", "autres", "minimum", "maximum", NULL };

/* The tokens before the title: nothing, 1, II. or b). */
static bool
is_numbering(const check *c, size_t end)
{
	const token *t = c->tokens.at;

	if (end == 0)
		return true;
	if (end == 2 && t[1].kind != TOKEN_MARK)
		return false;
	return t[0].kind == TOKEN_NUMBER || t[0].kind == TOKEN_CODE || t[0].length < 6;
}

/* A noun and an adjective are the whole block. Then the noun is no verb either: « Mesure
 * administratives ». */
static bool
is_heading(const check *c, size_t adjective)
{
	return adjective + 1 == c->tokens.count && is_numbering(c, adjective - 1) &&
	       (phrase_shape(c, adjective - 1) & SHAPE_TITLE) != 0;
}

/* « énoncés dans », « financés par »: with what belongs to its verb behind it, no noun. */
static bool
is_verbal(const check *c, size_t i)
{
	static const char *const complements[] = { "par", "dans", "à", "au", "aux", NULL };

	return (nominal_parts(c, i) & POS_PARTICIPLE) != 0 &&
	       (nominal_parts(c, i) & ~(uint32_t)(POS_AGREEING | POS_PARTICIPLE)) == 0 &&
	       check_word_is(c, i + 1, complements);
}

/* Participles that are people, by whom and for whom things are called. */
static const char *const people[] = { "abonnés", "administrés", "affiliés", "assurés",
	"attachés", "clients", "délégués", "députés", "diplômés", "employés", "envoyés",
	"gradués", "initiés", "invités", "licenciés", "retraités", "salariés", NULL };
/* And those after whom a singular is called: le volet réfugiés. */
static const char *const groups[] = { "blessés", "déplacés", "élus", "handicapés", "réfugiés",
	NULL };

/* Are called by what they are: étudiants, jeunes, adultes. */
static bool
names_people(const check *c, size_t i)
{
	static const char *const others[] = { "adultes", "aînés", "étudiants", "étrangers",
		"fumeurs", "jeunes", "mineurs", "ruraux", "seniors", "volontaires", NULL };

	return check_word_is(c, i, people) || check_word_is(c, i, groups) ||
	       check_word_is(c, i, others);
}

/* « les personnes déplacés ont », « des femmes blessés dans »: the dictionary calls the
 * participle a noun too, but two nouns in the plural of two genders hardly stand side by side
 * before a verb. Those that call customers and staff do (les offres abonnés). */
static bool
is_participle_before_verb(const check *c, size_t i)
{
	static const char *const behind[] = { "dans", "en", "par", "depuis", "pendant", "lors",
		"à", "au", "aux", "a", "est", "avait", "était", NULL };

	if ((nominal_parts(c, i) & POS_PARTICIPLE) == 0 ||
		(nominal_parts(c, i) & ~(uint32_t)(POS_AGREEING | POS_PARTICIPLE)) != 0 ||
		check_word_is(c, i, people))
		return false;
	if (((phrase_cells(c, i) | phrase_cells(c, i - 1)) & CELLS_SINGULAR) != 0)
		return false;
	return (phrase_grammar(c, i + 1) & PERSONS) == PERSON_3PL ||
	       check_word_is(c, i + 1, behind);
}

static const char *const following[] = { "suivant", "suivants", "suivante", "suivantes", NULL };

bool
agreement_may_agree(const check *c, const word *w, const word_reading *r)
{
	return nominal_may_agree(w, r) || check_lower_is(c, w->lower, following) ||
	       (slice_ends(w->text, SLICE("ant")) && (r->grammar & POS_ADJECTIVE) != 0);
}

/* « les principes suivant: », before what they are; not « les trente jours suivant: » */
static bool
leads_enumeration(const check *c, size_t i)
{
	static const char *const times[] = { "heures", "jours", "semaines", "mois", "années",
		"ans", NULL };
	const token *after = &c->tokens.at[i + 1];

	return after->kind == TOKEN_MARK && after->word == ':' &&
	       check_word_is(c, i, following) && !check_word_is(c, i - 1, times);
}

/* « sept valeurs », « 10 essais » */
static bool
is_number(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t[1].gap != GAP_SPACE && t[1].gap != GAP_NO_BREAK)
		return false;
	return t->kind == TOKEN_NUMBER ||
	       (t->kind == TOKEN_WORD && (phrase_grammar(c, i) & POS_NUMERAL) != 0);
}

/* The cells of the determiner before it, which makes a noun of a word that could be a verb or
 * an adjective; 0: there is none, or it may be a pronoun before a verb. */
static unsigned
led(const check *c, size_t noun)
{
	bool verb = (nominal_parts(c, noun) & POS_VERB) != 0;

	if (noun > 0 && c->tokens.at[noun].gap == GAP_NONE &&
		slice_is(check_lower(c, noun - 1), "l’"))
		return verb ? 0 : CELLS_SINGULAR;
	if (noun == 0)
		return 0;
	if (is_number(c, noun - 1))
		return phrase_cells(c, noun) & CELLS_PLURAL;
	if (!nominal_follows(c, noun))
		return 0;
	size_t first = noun - 1;
	/* Petites entreprises, at the head of the block */
	if (first == 0 && c->words.hot.at[c->tokens.at[0].word].determiner == 0 &&
		nominal_stands_in_front(c, 0))
		return phrase_cells(c, 0) & phrase_cells(c, noun);
	/* notre grande armée */
	if (first > 0 && c->words.hot.at[c->tokens.at[first].word].determiner == 0 &&
		nominal_follows(c, first) && nominal_stands_in_front(c, first) &&
		(phrase_cells(c, first) & phrase_cells(c, noun)) != 0)
		first--;
	const determiner *d =
		determiner_at(c->words.hot.at[c->tokens.at[first].word].determiner);
	if (d == NULL || (d->cells & phrase_cells(c, noun)) == 0 || (d->pronoun && verb))
		return 0;
	return d->cells;
}

/* « le volet réfugiés », « la section jeunes »: a plural behind a singular may tell for whom or
 * for what it is, unless it says how things are (une table vides). Behind a feminine a feminine
 * hardly ever does (cette marchande marchandes). */
static bool
may_label(const check *c, size_t noun, size_t i)
{
	unsigned cells = phrase_cells(c, noun), own = phrase_cells(c, i);

	if ((cells & CELLS_PLURAL) != 0 || (own & CELLS_SINGULAR) != 0 ||
		nominal_stands_in_front(c, i) || nominal_is_quality(c, i))
		return false;
	if (((cells | own) & CELLS_MASCULINE) == 0)
		return false;
	return (phrase_grammar(c, i) & POS_PARTICIPLE) == 0 || check_word_is(c, i, groups);
}

/* « une femme inconnu », « mon héritage perdue »: the dictionary calls the word a noun as well,
 * but behind a noun with its determiner it is none. */
static bool
is_no_noun(const check *c, size_t noun, size_t i)
{
	if ((nominal_parts(c, i) & ~(uint32_t)POS_AGREEING) != 0 || led(c, noun) == 0 ||
		nominal_tells_kind(c, i) || check_word_is(c, i, people) ||
		may_label(c, noun, i))
		return false;
	return (phrase_grammar(c, i) & POS_PARTICIPLE) == 0 ||
	       noun_chain_is_only(c, noun, phrase_cells(c, i));
}

/* « de manière équitables »: what follows belongs to manière, whatever stands before. */
static bool
is_manner(const check *c, size_t noun)
{
	static const char *const manners[] = { "manière", "façon", NULL };

	static const char *const links[] = { "et", "ou", NULL };

	return noun > 1 && check_word_is(c, noun, manners) &&
	       slice_is(check_lower(c, noun - 1), "de") && !check_word_is(c, noun - 2, links);
}

/* « de façon contraignant. »: a participle would have an object behind it. */
static bool
ends_manner(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	return (phrase_grammar(c, i) & (POS_ADJECTIVE | PERSONS)) == POS_ADJECTIVE &&
	       (after->kind == TOKEN_EDGE ||
		       (after->kind == TOKEN_MARK && after->word == '.')) &&
	       is_manner(c, i - 1);
}

static bool
may_agree(const check *c, size_t i)
{
	if ((phrase_grammar(c, i) & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0 ||
		(phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	return nominal_is_adjective(c, i) || nominal_is_relational(c, i) || is_verbal(c, i) ||
	       is_participle_before_verb(c, i) || leads_enumeration(c, i) ||
	       is_no_noun(c, i - 1, i) || ends_manner(c, i);
}

/* Also « de la zone », where la can be nothing but an article. */
static bool
is_led(const check *c, size_t noun)
{
	if (led(c, noun) != 0)
		return true;
	if (noun < 2 || !article_follows_preposition(c, noun - 1))
		return false;
	if (slice_is(check_lower(c, noun - 1), "l’"))
		return (phrase_cells(c, noun) & CELLS_SINGULAR) != 0;
	const determiner *d = determiner_find(check_lower(c, noun - 1));
	return d != NULL && (d->cells & phrase_cells(c, noun)) != 0;
}

/* What stands behind a comma, et or ou begins another clause or another phrase: « des défauts
 * terrible, il », « des droits civil et les » (not: civil et politique). */
static bool
begins_anew(const check *c, size_t i)
{
	static const char *const openers[] = { "je", "j’", "tu", "il", "ils", "elle", "elles",
		"on", "nous", "vous", "qui", "que", "qu’", "dont", "où", "l’", NULL };
	static const char *const loose[] = { "du", "des", NULL };
	static const char *const case_of[] = { "cas", NULL }; /* le cas échéant */
	const token *t = &c->tokens.at[i];

	/* le fichier statistiques, le … */
	if ((phrase_grammar(c, i - 2) & (POS_NOUN | NUMBER_PLURAL)) ==
		(POS_NOUN | NUMBER_PLURAL))
		return false;
	if (check_word_is(c, i, openers))
		return true;
	return t->kind == TOKEN_WORD && c->words.hot.at[t->word].determiner != 0 &&
	       !check_word_is(c, i, loose) && !check_word_is(c, i + 1, case_of);
}

/* What follows the adjective may explain it: public et privé, premiers résultats. */
static bool
leads_on(const check *c, size_t i, bool gender_differs)
{
	static const char *const verbs[] = { "est", "a", "sont", "fut", NULL };
	const token *after = &c->tokens.at[i + 1];

	if (after->kind == TOKEN_MARK)
		return after->word == ',' && !gender_differs && !begins_anew(c, i + 2);
	if (after->kind != TOKEN_WORD)
		return false;
	uint32_t parts = phrase_grammar(c, i + 1);
	if ((parts & POS_CONJUNCTION) != 0)
		return !gender_differs && !begins_anew(c, i + 2);
	/* est is no point of the compass here, a no letter */
	if ((parts & POS_PREPOSITION) != 0 || check_word_is(c, i + 1, verbs))
		return false;
	return (parts & (POS_NOUN | POS_ADJECTIVE)) != 0 &&
	       ((parts & POS_NOUN) != 0 || !gender_differs) &&
	       (phrase_cells(c, i + 1) & phrase_cells(c, i)) != 0;
}

static bool
genders_differ(const check *c, size_t a, size_t b)
{
	unsigned one = phrase_cells(c, a), other = phrase_cells(c, b);

	return !((one & CELLS_MASCULINE) && (other & CELLS_MASCULINE)) &&
	       !((one & CELLS_FEMININE) && (other & CELLS_FEMININE));
}

/* « il juge cette question importants sujets » has a noun behind the adjective. */
static bool
may_stand_in_front(const check *c, size_t i)
{
	return nominal_stands_in_front(c, i) &&
	       (c->tokens.at[i + 1].features & (FEATURE_NOUN | FEATURE_ADJECTIVE)) != 0;
}

/* « la société civil », « le droit internationaux »: the two belong together, whatever stands
 * before them. */
static bool
is_own_adjective(const check *c, size_t i)
{
	return (phrase_grammar(c, i) & POS_ADJECTIVE) != 0 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       (nominal_parts(c, i) & ~(uint32_t)POS_AGREEING) == 0 && is_led(c, i - 1) &&
	       !nominal_stands_in_front(c, i) && collocation_is_sure(c, i - 1, i);
}

/* Does what follows explain the adjective that belongs to its noun? A list of them only where
 * there are several of what the noun names: les droits civil et politique. */
static bool
own_leads_on(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];
	bool lists = (after->kind == TOKEN_MARK && after->word == ',') ||
		     (phrase_grammar(c, i + 1) & POS_CONJUNCTION) != 0;

	if (lists && (phrase_cells(c, i - 1) & CELLS_PLURAL) == 0)
		return false;
	return leads_on(c, i, genders_differ(c, i - 1, i));
}

/* The word is a noun, whatever else it could be elsewhere. */
static bool
is_noun(const check *c, size_t noun, bool heading)
{
	uint32_t allowed = heading ? POS_NOUN | POS_VERB : POS_NOUN;
	bool determined = led(c, noun) != 0;

	/* être entendus, devenir indépendants */
	if (heading && !determined && (phrase_grammar(c, noun) & VERB_INFINITIVE) != 0)
		return false;
	if (determined)
		allowed |= POS_AGREEING | POS_VERB;
	return (nominal_parts(c, noun) & ~allowed) == 0 &&
	       nominal_is_noun(c, noun, (allowed & POS_VERB) == 0);
}

/* « on est par exemple amenés à … » */
static bool
is_for_example(const check *c, size_t noun)
{
	return noun > 0 && slice_is(phrase_lower(c, noun), "exemple") &&
	       slice_is(check_lower(c, noun - 1), "par");
}

/* À caractère régionaux. */
static bool
disagrees_with_noun(const check *c, size_t i)
{
	/* la définition matériel */
	static const char *const namers[] = { "définition", "terme", "termes", "mot", "mots",
		"mention", "expression", "expressions", "notion", "version", "fonction",
		"touche", "bouton", "temps", NULL };
	if ((phrase_cells(c, i - 1) & phrase_cells(c, i)) != 0 || !nominal_follows(c, i))
		return false;
	if (nominal_is_label(c, i - 1, i))
		return false;
	bool own = is_own_adjective(c, i);
	if (!own && (!may_agree(c, i) || !is_noun(c, i - 1, is_heading(c, i))))
		return false;
	if (check_word_is(c, i, unbound) || may_stand_in_front(c, i) ||
		!nominal_stands_free(c, i - 1, i) || check_word_is(c, i - 1, namers) ||
		is_for_example(c, i - 1))
		return false;
	if (own)
		return !own_leads_on(c, i);
	if (is_manner(c, i - 1))
		return true;
	return !leads_on(c, i, genders_differ(c, i - 1, i)) && !noun_chain_fits(c, i - 1, i);
}

/* Très, plus, gravement. */
static bool
is_adverb(const check *c, size_t i)
{
	static const char *const adverbs[] = { "très", "plus", "moins", "non", "trop", "assez",
		"peu", "mal", "plutôt", "toujours", "souvent", "déjà", "encore", "si", NULL };

	uint32_t parts = phrase_grammar(c, i) & POS_PARTS;

	if ((parts & POS_ADVERB) == 0)
		return false;
	return (parts == POS_ADVERB && slice_ends(phrase_lower(c, i), SLICE("ment"))) ||
	       check_word_is(c, i, adverbs);
}

/* « une mesure si importantes. », at the end of its clause: no « si nécessaire », which begins
 * one. */
static bool
may_mean_if(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];
	bool ends = after->kind == TOKEN_EDGE ||
		    (after->kind == TOKEN_MARK && (after->features & FEATURE_STOP) != 0);

	return slice_is(check_lower(c, i - 1), "si") &&
	       (!ends || (phrase_cells(c, i) & CELL_MS) != 0);
}

/* « pas du tout », « plus ou moins » stands before token i. */
static bool
follows_group(const check *c, size_t i)
{
	static const char *const phrases[][3] = { { "pas", "du", "tout" },
		{ "plus", "ou", "moins" }, { "tout", "à", "fait" } };

	uint32_t length = i > 3 ? c->tokens.at[i - 1].length : 0;

	if (length != 4 && length != 5)
		return false;
	for (size_t g = 0; g < sizeof(phrases) / sizeof(*phrases); g++)
		if (slice_is(check_lower(c, i - 1), phrases[g][2]) &&
			slice_is(check_lower(c, i - 2), phrases[g][1]) &&
			slice_is(check_lower(c, i - 3), phrases[g][0]))
			return true;
	return false;
}

/* The first of the words that serve as an adverb before token i: très, pas du tout, plus ou
 * moins fortement; i where there is none. */
static size_t
adverb_before(const check *c, size_t i)
{
	size_t first = is_adverb(c, i - 1) ? i - 1 : i;

	if (follows_group(c, i))
		return i - 3;
	return first < i && follows_group(c, first) ? first - 3 : first;
}

/* « mon amie proche »: right behind a noun with its determiner, both of which it fits, the word
 * is an adjective, or the noun itself, whatever else it could be elsewhere. */
static bool
is_led_adjective(const check *c, size_t noun, size_t i)
{
	return (led(c, noun) & phrase_cells(c, noun) & phrase_cells(c, i)) != 0 &&
	       !nominal_stands_in_front(c, noun) &&
	       (nominal_parts(c, i) & ~(uint32_t)POS_AGREEING) == 0 &&
	       !nominal_tells_kind(c, i);
}

/* The noun that the adjective at i belongs to when an adverb or another adjective stands
 * between them; 0: none. */
static size_t
noun_apart(const check *c, size_t i)
{
	if (i < 2 || i >= c->tokens.count || !nominal_follows(c, i))
		return 0;
	size_t first = adverb_before(c, i), between = i - 1;
	size_t noun = first < i ? first - 1 : i - 2;
	if (first == 0 || !nominal_follows(c, noun + 1) ||
		(phrase_grammar(c, noun) & POS_NOUN) == 0)
		return 0;
	if (first < i)
		return noun;
	unsigned cells = phrase_cells(c, between), wanted = phrase_cells(c, i);
	uint32_t parts = nominal_parts(c, between);
	bool agrees = (cells & phrase_cells(c, noun)) != 0;
	/* les psychologues hypocrites ébranlé: both may be nouns, and neither fits */
	if (!nominal_stands_in_front(c, noun) && (parts & ~(uint32_t)POS_AGREEING) == 0 &&
		(cells & wanted) == 0 && agrees)
		return noun;
	return (nominal_is_adjective(c, between) || nominal_is_relational(c, between) ||
		       is_led_adjective(c, noun, between)) &&
			       (phrase_grammar(c, between) & POS_ADJECTIVE) != 0 && agrees
		       ? noun
		       : 0;
}

/* Behind an adverb a word is no noun. */
static bool
is_apart(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i);

	if ((phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	if (nominal_is_adjective(c, i) || nominal_is_relational(c, i))
		return true;
	if ((parts & POS_PARTICIPLE) != 0 && is_no_noun(c, i - 2, i))
		return true;
	return adverb_before(c, i) < i && (parts & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (parts & ~(uint32_t)POS_AGREEING) == 0;
}

status
agreement_apart(check *c, const rule *r, size_t i)
{
	size_t noun = noun_apart(c, i);

	if (noun == 0 || (phrase_cells(c, noun) & phrase_cells(c, i)) != 0 || !is_apart(c, i) ||
		may_mean_if(c, i) || !is_noun(c, noun, false))
		return STATUS_OK;
	if (check_word_is(c, i, unbound) || may_stand_in_front(c, i) ||
		!nominal_stands_free(c, noun, i) ||
		leads_on(c, i, genders_differ(c, noun, i)) || noun_chain_fits(c, noun, i) ||
		((phrase_grammar(c, i) & POS_PARTICIPLE) != 0 &&
			!noun_chain_is_only(c, noun, phrase_cells(c, i))))
		return STATUS_OK;
	phrase p = { .first = noun,
		.noun = noun,
		.last = i,
		.determined = CELLS_ALL,
		.led = led(c, noun) };
	return nominal_is_doubtful(c, &p) && p.led == 0 ? STATUS_OK : phrase_report(c, r, &p);
}

status
agreement_adjective(check *c, const rule *r, size_t i)
{
	bool told = false;

	if (i == 0 || (phrase_grammar(c, i - 1) & POS_NOUN) == 0)
		return STATUS_OK;
	TRY(agreement_two_nouns(c, r, i, &told));
	if (told)
		return STATUS_OK;
	if (!disagrees_with_noun(c, i))
		return i > 1 && (phrase_grammar(c, i - 2) & POS_NOUN) != 0 &&
				       (phrase_grammar(c, i - 1) & POS_ADJECTIVE) != 0
			       ? agreement_apart(c, r, i)
			       : STATUS_OK;
	phrase p = { .first = i - 1,
		.noun = i - 1,
		.last = i,
		.determined = CELLS_ALL,
		.led = led(c, i - 1),
		.heading = i == 1,
		.alone = is_heading(c, i) };
	return nominal_is_doubtful(c, &p) && p.led == 0 ? STATUS_OK : phrase_report(c, r, &p);
}

/* « États parties », « Ayants droit », « Tarif étudiants », « Chef adjointe »: a heading that
 * is right as it stands. */
static bool
may_head(const check *c, size_t noun, size_t i)
{
	static const char *const persons[] = { "chef", "chefs", "médecin", "médecins", "témoin",
		"témoins", "colonel", "commandant", "lieutenant", NULL };

	/* a singular with people in the plural behind it is for them */
	if ((phrase_cells(c, noun) & CELLS_PLURAL) == 0 &&
		(phrase_cells(c, i) & (CELL_MP | CELLS_SINGULAR)) == CELL_MP &&
		names_people(c, i))
		return true;
	return check_word_is(c, i, unbound) || nominal_tells_kind(c, i) ||
	       check_word_is(c, noun, persons) ||
	       (phrase_grammar(c, noun) & VERB_INFINITIVE) != 0;
}

/* The word behind the noun, at the end of its block, is no determiner (Questions diverses). */
static bool
may_be_adjective(const check *c, size_t i)
{
	return (phrase_grammar(c, i) & POS_ADJECTIVE) != 0 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 && !nominal_is_adjective(c, i) &&
	       (nominal_parts(c, i) & ~(uint32_t)(POS_AGREEING | POS_DETERMINER)) == 0;
}

/* The noun of a block of two words, before which only a number may stand, and a full stop
 * behind them; SIZE_MAX: it is no such block. */
static size_t
noun_of_heading(const check *c, bool stop)
{
	size_t end = c->tokens.count - stop;

	return end < 2 || end > 4 || !is_numbering(c, end - 2) || !nominal_follows(c, end - 1)
		       ? SIZE_MAX
		       : end - 2;
}

/* « serrurière intelligent. »: what begins no line in capitals begins the document, has no word
 * before it, and the adjective tells no kind (carte étudiant). */
static bool
may_stand_alone(const check *c, size_t noun)
{
	return !grammar_goes_on(c) && (noun == 0 || c->tokens.at[0].kind != TOKEN_WORD) &&
	       (nominal_is_quality(c, noun + 1) || nominal_is_relational(c, noun + 1));
}

/* Objectif pratiques: a block of two words, a noun and an adjective that can also be a noun
 * or a verb, which nothing else explains. */
status
agreement_title(check *c, const rule *r)
{
	size_t count = c->tokens.count;

	if (count < 2 || count > 5 || c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	const token *last = &c->tokens.at[count - 1];
	bool stop = last->kind == TOKEN_MARK && last->word == '.';
	size_t i = noun_of_heading(c, stop);
	if (i == SIZE_MAX || (phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 ||
		!nominal_is_noun(c, i, true) || !may_be_adjective(c, i + 1) ||
		nominal_is_label(c, i, i + 1) || may_head(c, i, i + 1))
		return STATUS_OK;
	bool title = (phrase_shape(c, i) & SHAPE_TITLE) != 0 && !stop;
	if (!title && !may_stand_alone(c, i))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i,
		.last = i + 1,
		.determined = CELLS_ALL,
		.heading = true,
		.alone = title };
	return nominal_is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}
