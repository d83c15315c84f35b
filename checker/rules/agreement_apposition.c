/* See agreement_apposition.h. The adjective says something of the subject only where nothing
 * else can have it: one noun phrase begins the clause and ends at the comma, what belongs to
 * the adjective follows, and behind the next comma comes the verb (not « L’an passé, réunie à
 * Genève, la Commission … »), unless the whole is a fragment that ends there. A title in the
 * masculine may be a woman’s (le Ministre, accompagnée de …), and la personne a man. */
#include "checker/rules/agreement_apposition.h"

#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/nominal.h"

#define REACH 14     /* tokens from the comma back to the determiner */
#define TAIL 60      /* tokens from the adjective to the verb */
#define FRAGMENT 16  /* tokens of a clause without a verb */
#define GROUP_MOST 4 /* words of an adverb */

static bool
is_mark(const check *c, size_t i, uint32_t mark)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK && t->word == mark;
}

static bool
ends_clause(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_EDGE || is_mark(c, i, '.') || is_mark(c, i, ';');
}

/* What belongs to an adjective or a participle. */
static bool
leads_complement(const check *c, size_t i)
{
	static const char *const complements[] = { "par", "de", "d’", "du", "des", "à", "au",
		"aux", "en", "dans", "pour", "avec", "sur", "depuis", "lors", "entre", "sous",
		"contre", "sans", "chez", "devant", "que", "qu’", NULL };

	return check_word_is(c, i, complements);
}

/* « chargée de la traduction », « saisi d’une plainte », « composé de »: what is also a noun
 * has more behind it than a noun would (chargé d’affaires, saisie de données). */
static bool
takes_object(const check *c, size_t i)
{
	static const char *const of[] = { "de", "d’", NULL }, *const of_the[] = { "du", "des",
		NULL };
	slice lower = phrase_lower(c, i);
	bool composed = slice_starts(lower, SLICE("composé"));

	if (!composed && !slice_starts(lower, SLICE("chargé")) &&
		!slice_starts(lower, SLICE("saisi")) && !slice_starts(lower, SLICE("investi")))
		return false;
	if (!check_word_is(c, i + 1, of))
		return check_word_is(c, i + 1, of_the);
	return composed || slice_is(check_lower(c, i + 2), "l’") ||
	       (phrase_grammar(c, i + 2) & (POS_DETERMINER | VERB_INFINITIVE)) != 0;
}

/* With one of these behind it a participle is no noun: blessés dans leur orgueil, convaincu
 * que.
 */
static bool
is_verbal(const check *c, size_t i)
{
	static const char *const complements[] = { "par", "dans", "depuis", "en", "à", "que",
		"qu’", NULL };

	return (phrase_grammar(c, i) & POS_PARTICIPLE) != 0 &&
	       (check_word_is(c, i + 1, complements) || takes_object(c, i));
}

/* Can the word behind the comma be nothing but an adjective that says something of the subject?
 */
static bool
is_apposed(const check *c, size_t i)
{
	/* prepositions and adverbs: mis à part, vu, bref */
	static const char *const unbound[] = { "vu", "vus", "attendu", "entendu", "excepté",
		"exceptés", "exclu", "exclus", "approuvé", "supposé", "étant", "passé", "sauf",
		"fort", "haut", "bas", "plein", "présent", "présents", "nu", "bref", "franco",
		"eu", "considéré", "dû", "sûr", "pareil", "né", "née", "nés", "nées", NULL };
	static const char *const apart[] = { "mis", "mise", "mises", NULL };
	uint32_t bits = phrase_grammar(c, i);

	if (!clause_is_attribute(c, i) || clause_is_unbound(c, i) ||
		check_word_is(c, i, unbound) || !nominal_stands_free(c, i, i))
		return false;
	/* dit le rapport; mis à part ce point */
	if ((bits & (PERSON_3SG | PERSON_3PL)) != 0 ||
		(check_word_is(c, i, apart) && slice_is(check_lower(c, i + 1), "à") &&
			slice_is(check_lower(c, i + 2), "part")))
		return false;
	if ((bits & POS_NOUN) != 0)
		return is_verbal(c, i);
	return leads_complement(c, i + 1) || ends_clause(c, i + 1) || is_mark(c, i + 1, ',');
}

/* What the determiner at i agrees with; 0: it is none. */
static unsigned
determined(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_ELISION)
		return slice_is(check_lower(c, i), "l’") ? CELLS_SINGULAR : 0;
	const determiner *d = determiner_at(c->words.hot.at[t->word].determiner);
	if (d != NULL)
		return d->cells;
	return (phrase_grammar(c, i) & POS_PARTS) == POS_NUMERAL ? CELLS_PLURAL : 0;
}

/* « , rappelant sa résolution 1, préoccupée par … »: a present participle behind the comma says
 * something of the subject, too. */
static bool
leads_participle(const check *c, size_t comma)
{
	if (!is_mark(c, comma, ','))
		return false;
	size_t i = clause_skip_clitics(c, comma + 1);
	uint32_t bits = phrase_grammar(c, i);
	return (bits & POS_VERB) != 0 && (bits & (PERSONS | VERB_INFINITIVE)) == 0 &&
	       slice_ends(phrase_lower(c, i), SLICE("ant"));
}

/* The determiner that begins a clause of which no mark stands before *comma, and what it agrees
 * with; SIZE_MAX: none. Over clauses with a present participle *comma becomes the first one. */
static size_t
find_opening(const check *c, size_t *comma, unsigned *cells)
{
	for (size_t n = 0, k = *comma; n < REACH && k-- > 0; n++) {
		const token *t = &c->tokens.at[k];
		if (leads_participle(c, k)) {
			*comma = k;
			n = 0;
			continue;
		}
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
			return SIZE_MAX;
		*cells = determined(c, k);
		if (*cells != 0 && clause_opens(c, k))
			return k;
	}
	return SIZE_MAX;
}

/* Could a noun or pronoun between the two commas have the adjective? */
static bool
participles_fit(const check *c, size_t first, size_t last, unsigned own)
{
	for (size_t i = first + 2; i < last; i++) {
		uint32_t parts = phrase_grammar(c, i) & POS_PARTS;
		if (c->tokens.at[i].kind == TOKEN_WORD && parts == 0)
			return true; /* an unknown word */
		if ((parts & (POS_NOUN | POS_NAME)) != 0 && (phrase_cells(c, i) & own) != 0 &&
			(parts & (POS_DETERMINER | POS_PREPOSITION | POS_CONJUNCTION)) == 0)
			return true;
	}
	return false;
}

/* The noun phrase that begins a clause and ends before the comma. */
static bool
read_subject(const check *c, size_t first, unsigned cells, size_t comma, subject *s)
{
	static const char *const among[] = { "dont",
		NULL }; /* cinq membres, dont le président */
	static const char *const contracted[] = { "du", "au", "aux", "dudit", "auxdits",
		"auxdites", "desdits", "desdites", NULL };

	return !check_word_is(c, first, contracted) &&
	       (first == 0 || !check_word_is(c, first - 1, among)) &&
	       clause_noun_phrase(c, first, cells, s) && s->verb == comma && !s->clitic;
}

/* « le Ministre, accompagnée », « la personne, élu »: the gender of who is meant. */
static bool
names_person(check *c, const subject *s)
{
	static const char *const either[] = { "personne", "personnes", "victime", "victimes",
		"excellence", "majesté", "altesse", "sainteté", "éminence", "recrue", "recrues",
		"sentinelle", "vedette", "créature", "figure", "personnalité", "personnalités",
		"célébrité", "star", "tête", "âme", "idole", "gens", "connaissance", "dupe",
		"proie", "brute", "canaille", "chef", "chefs", "colonel", "général",
		"commandant", "lieutenant", "sergent", "caporal", "adjudant", "amiral",
		"médecin", "maire", "témoin", "témoins", "membre", "individu", "ministre",
		"juge", "délégué", "secrétaire", "vice-président", "magistrat", "avocat",
		"agent", "officier", "soldat", "expert", "représentant", "diplomate",
		"écrivain", "mannequin", "tyran", "bourreau", "vainqueur", "successeur",
		"prédécesseur", "titulaire", "enfant", "bébé", "nourrisson", NULL };

	if (check_word_is(c, s->head, either))
		return true;
	if ((s->cells & CELLS_FEMININE) != 0)
		return false;
	slice noun = phrase_lower(c, s->head);
	return slice_ends(noun, SLICE("eur")) || slice_ends(noun, SLICE("eurs")) ||
	       inflection_form(c, check_token(c, s->head), CELL_FS, POS_NOUN).n != 0;
}

/* « le Conseil de sécurité »: a noun in the singular without its determiner is a part of the
 * name of a body, and nothing stands in apposition to it. */
static bool
is_part_of_name(const check *c, const subject *s, size_t i)
{
	static const char *const of[] = { "de", "d’", NULL };

	return (phrase_shape(c, s->head) & SHAPE_TITLE) != 0 && check_word_is(c, i - 1, of) &&
	       (phrase_cells(c, i) & CELLS_PLURAL) == 0;
}

/* Could anything between the noun and the comma have the adjective? */
static bool
complement_fits(const check *c, const subject *s, size_t comma, unsigned own)
{
	bool led = false; /* not « Membres » in « les États Membres » */

	for (size_t i = s->head + 1; i < comma; i++) {
		uint32_t parts = phrase_grammar(c, i) & POS_PARTS;
		led = led || c->tokens.at[i].kind == TOKEN_ELISION ||
		      (parts & (POS_PREPOSITION | POS_DETERMINER)) != 0;
		if (led && (parts & POS_NOUN) != 0 && (parts & POS_PREPOSITION) == 0 &&
			(phrase_cells(c, i) & own) != 0 && !is_part_of_name(c, s, i))
			return true;
	}
	return false;
}

/* « la délégation, conduits par … »: those who are meant are several. */
static bool
names_several(const check *c, const subject *s)
{
	static const char *const others[] = { "famille", "délégation", "population",
		"personnel", "public", "police", "peuple", "jeunesse", "duo", "trio", "fratrie",
		"communauté", "clientèle", "équipage", "jury", "assistance", "entourage",
		NULL };

	if (is_part_of_name(c, s, s->head + 2))
		return false; /* le Groupe de travail */
	return clause_is_collective(c, s->head) || check_word_is(c, s->head, others);
}

/* « le travail achevé, fatigués, ils … »: an absolute clause. */
static bool
is_absolute(const check *c, const subject *s, size_t comma)
{
	static const char *const moments[] = { "cas", "moment", "temps", "lendemain", "veille",
		"lendemains", "instant", "printemps", "été", "automne", "hiver", "aube",
		"soirée", "matinée", "trimestre", "semestre", "exercice", "période", NULL };

	return clause_is_time(c, s->head) || check_word_is(c, s->head, moments) ||
	       ((phrase_grammar(c, comma - 1) & (POS_PARTICIPLE | POS_NOUN)) ==
			       POS_PARTICIPLE &&
		       (phrase_shape(c, comma - 1) & SHAPE_LOWER) != 0);
}

/* The verb of the subject stands behind the next comma: « , n’a pas encore décidé ». */
static bool
is_verb_of(const check *c, size_t i, unsigned cells)
{
	static const char *const plain[] = { "est", "a", "ont", "sont", "avait", "avaient",
		NULL };
	const uint32_t others = POS_ADJECTIVE | POS_PARTICIPLE | POS_PREPOSITION |
				POS_DETERMINER | POS_PRONOUN | POS_CONJUNCTION | POS_ADVERB;

	i = clause_skip_clitics(c, clause_skip_adverbs(c, i));
	uint32_t bits = phrase_grammar(c, i);
	uint32_t person = ((cells & CELLS_SINGULAR) != 0 ? PERSON_3SG : 0) |
			  ((cells & CELLS_PLURAL) != 0 ? PERSON_3PL : 0);
	return (bits & person) != 0 && (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       ((bits & others) == 0 || check_word_is(c, i, plain));
}

/* Does what follows leave the adjective to the subject? */
static bool
belongs_to_subject(const check *c, const subject *s, size_t adjective)
{
	for (size_t i = adjective + 1; i < adjective + TAIL; i++) {
		if (is_mark(c, i, ','))
			return is_verb_of(c, i + 1, s->cells);
		if (ends_clause(c, i))
			return i - s->first <= FRAGMENT;
		if (c->tokens.at[i].kind == TOKEN_MARK)
			return false;
		/* a clause without its second comma, or no apposition */
		if ((phrase_grammar(c, i) & POS_PARTS) == POS_VERB &&
			(phrase_grammar(c, i) & (PERSON_3SG | PERSON_3PL)) != 0 &&
			(i < 2 || !check_word_is(c, i - 1, clause_clitics)) &&
			!check_word_is(c, adjective + 1, clause_openers))
			return false;
	}
	return false;
}

/* Adverbs of several words that may stand before an adjective in apposition. */
static const char *const groups[][GROUP_MOST] = { { "encore", "une", "fois" },
	{ "une", "fois", "de", "plus" }, { "une", "nouvelle", "fois" }, { "de", "nouveau" },
	{ "à", "nouveau" }, { "de", "plus", "en", "plus" }, { "tout", "à", "fait" },
	{ "à", "maintes", "reprises" }, { "à", "plusieurs", "reprises" } };

/* How many tokens a group has. */
static size_t
group_length(const char *const *group)
{
	size_t n = 0;

	while (n < GROUP_MOST && group[n] != NULL)
		n++;
	return n;
}

static bool
is_group(const check *c, size_t first, const char *const *group)
{
	for (size_t n = 0; n < group_length(group); n++)
		if (!slice_is(check_lower(c, first + n), group[n]))
			return false;
	return true;
}

/* The first token from i on that belongs to no adverb, of one word or of several. */
static size_t
skip_adverbs(const check *c, size_t i)
{
	for (size_t g = 0; g < sizeof(groups) / sizeof(*groups); g++)
		if (is_group(c, i, groups[g]))
			return i + group_length(groups[g]);
	return clause_skip_adverbs(c, i);
}

size_t
agreement_apposition_comma(const check *c, size_t last)
{
	static const char *const ends[] = { "fois", "plus", "nouveau", "fait", "reprises",
		NULL };

	if (!check_word_is(c, last, ends))
		return 0;
	for (size_t n = 2; n <= GROUP_MOST && n <= last; n++)
		if (is_mark(c, last - n, ','))
			return skip_adverbs(c, last - n + 1) == last + 1 ? last - n : 0;
	return 0;
}

static status
report(check *c, const rule *r, const subject *s, size_t from, size_t adjective)
{
	unsigned wanted = s->cells & (~s->cells + 1);
	slice form = inflection_form(
		c, check_token(c, adjective), wanted, POS_ADJECTIVE | POS_PARTICIPLE);

	return phrase_report_last(c, r, from, adjective, form,
		phrase_at_odds(c, adjective, check_token(c, s->head)));
}

status
agreement_apposition(check *c, const rule *r, size_t comma)
{
	subject s;
	unsigned cells = 0;

	if (comma < 2 || !is_mark(c, comma, ','))
		return STATUS_OK;
	size_t end = comma, first = find_opening(c, &end, &cells);
	if (first == SIZE_MAX)
		return STATUS_OK;
	size_t adjective = skip_adverbs(c, comma + 1);
	unsigned own = phrase_cells(c, adjective);
	/* « la réunion, organisée »: whatever the noun, it has one gender and number with la */
	if ((cells & ~own) == 0 || !is_apposed(c, adjective) ||
		!read_subject(c, first, cells, end, &s))
		return STATUS_OK;
	if ((own & s.cells) != 0 || complement_fits(c, &s, end, own) ||
		participles_fit(c, end, comma, own) || is_absolute(c, &s, end) ||
		!belongs_to_subject(c, &s, adjective))
		return STATUS_OK;
	bool same_number = ((own & CELLS_SINGULAR) != 0 && (s.cells & CELLS_SINGULAR) != 0) ||
			   ((own & CELLS_PLURAL) != 0 && (s.cells & CELLS_PLURAL) != 0);
	/* la délégation, conduits par …; les secteurs, public, privé */
	if (same_number ? names_person(c, &s)
			: (names_several(c, &s) || (is_mark(c, adjective + 1, ',') &&
							   (own & CELLS_SINGULAR) != 0)))
		return STATUS_OK;
	if (quotation_holds(c, comma))
		return STATUS_OK;
	return report(c, r, &s, end == comma ? s.head : adjective, adjective);
}
