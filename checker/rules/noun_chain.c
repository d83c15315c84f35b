/* See noun_chain.h. The phrase is followed backwards over prepositions, determiners,
 * adjectives, participles and adverbs. It ends where its noun phrase begins a clause or stands
 * behind another one without a preposition (« présente à l’Assemblée un rapport »), at a verb,
 * at the end of a sentence. What cannot be told counts as fitting: names and unknown words,
 * relative clauses, lists before a plural, and verbs that let an adjective say something of
 * their subject or object (sont de ce fait tenus, rendre la procédure caduque). */
#include "checker/rules/noun_chain.h"

#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

#define REACH 60     /* tokens */
#define LEAD 3       /* tokens from a noun back to the preposition of its sentence */
#define CORRELATE 12 /* tokens from que back to tant */
#define PARTS 0xFFFFu

static bool
is_determiner(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && c->words.hot.at[t->word].determiner != 0;
}

enum step { GO_ON, FITS, ENDS };

typedef struct chain {
	const check *c;
	size_t adjective;
	unsigned wanted; /* its cells */
	bool plural;     /* all of these */
	bool depicts; /* it may tell of the subject: il a quitté la réunion furieux, avachi */
	bool shared; /* two nouns together may have them: la santé et l’éducation publiques,
			never les mesures et le rapport nécessaires in the feminine */
} chain;

static const char *const contracted[] = { "du", "des", "au", "aux", "dudit", "desdits",
	"desdites", NULL };

static const char *const links[] = { "et", "ou", "ni", NULL };

static enum step
step_mark(const check *c, size_t i)
{
	uint32_t mark = c->tokens.at[i].word;

	if (mark == '.' || mark == ';' || mark == ':')
		return ENDS;
	return mark == ',' ? GO_ON : FITS;
}

/* Does something stand before the link at i in its sentence that it can join to a noun? */
static bool
joins_nouns(const check *c, size_t i)
{
	const uint32_t nominal = POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE | POS_PRONOUN |
				 POS_NAME | POS_NUMERAL | POS_OTHER;

	while (i-- > 0) {
		const token *t = &c->tokens.at[i];
		uint32_t bits = phrase_grammar(c, i);
		if (t->kind == TOKEN_MARK && (t->word == '.' || t->word == ';'))
			return false;
		if (t->kind == TOKEN_WORD && (bits & POS_ADVERB) == 0 &&
			(bits == 0 || (bits & nominal) != 0))
			return true;
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION && t->kind != TOKEN_MARK)
			return true;
	}
	return grammar_goes_on(c);
}

/* Two nouns with the link at i between them may have the adjective together: la santé et
 * l’éducation publiques; in the feminine only where the second one is feminine. */
static enum step
step_link(const chain *x, size_t i)
{
	if (!x->plural || !joins_nouns(x->c, i))
		return GO_ON;
	if ((x->wanted & CELLS_MASCULINE) != 0)
		return FITS;
	for (size_t k = i + 1; k < i + 4; k++)
		if ((phrase_grammar(x->c, k) & (POS_NOUN | POS_DETERMINER)) == POS_NOUN)
			return (phrase_cells(x->c, k) & CELLS_FEMININE) != 0 ? FITS : GO_ON;
	return FITS;
}

/* « fournir les documents ou donner les réponses visés » */
static bool
is_coordinated(const check *c, size_t i)
{
	return i >= 2 && (check_word_is(c, i - 1, links) || check_word_is(c, i - 2, links));
}

/* « la sanction visant l’acte commise … »: a noun before the present participle at i fits. */
static bool
leads_participle(const check *c, size_t i, unsigned wanted)
{
	for (size_t n = 0; n < 4 && i-- > 0; n++)
		if ((phrase_grammar(c, i) & POS_NOUN) != 0 &&
			(phrase_cells(c, i) & wanted) != 0)
			return true;
	return false;
}

/* « mettre en œuvre une stratégie »: a noun without its determiner behind en ends a phrase. */
static bool
is_locution(const check *c, size_t noun)
{
	return noun > 0 && slice_is(check_lower(c, noun - 1), "en");
}

/* A noun or an adjective and no other word that could lead to a noun phrase. */
static bool
is_nominal(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i);

	return (parts & (POS_NOUN | POS_ADJECTIVE)) != 0 &&
	       (parts & (POS_PARTICIPLE | POS_VERB | POS_PREPOSITION | POS_DETERMINER |
				POS_PRONOUN | POS_ADVERB | POS_NUMERAL)) == 0;
}

bool
noun_chain_correlates(const check *c, size_t i)
{
	static const char *const that[] = { "que", "qu’", NULL };
	static const char *const far[] = { "tant", "autant", NULL };
	static const char *const near[] = { "ainsi", "même", "plus", "moins", NULL };

	if (i == 0 || !check_word_is(c, i, that))
		return false;
	if (check_word_is(c, i - 1, near))
		return true;
	for (size_t n = 0; n < CORRELATE && i-- > 0; n++)
		if (check_word_is(c, i, far) ||
			(i > 0 && slice_is(check_lower(c, i), "bien") &&
				slice_is(check_lower(c, i - 1), "aussi")))
			return true;
	return false;
}

/* What stands before the determiner at i decides whether the phrase goes on. */
static enum step
step_determiner(const chain *x, size_t i)
{
	static const char *const openers[] = { "que", "qu’", "si", "lorsque", "lorsqu’", "dont",
		"où", "quand", "car", "mais", "puisque", "puisqu’", NULL };
	static const char *const compared[] = { "ainsi", "et", "ou", "ni", "tant", "plus",
		"même", "moins", NULL };
	static const char *const of[] = { "des", "de", "d’", NULL };
	const check *c = x->c;

	if (check_word_is(c, i, contracted))
		return GO_ON;
	/* une des extrémités visible de loin */
	if (slice_starts(check_lower(c, i), SLICE("un")) && check_word_is(c, i + 1, of))
		return FITS;
	if (i == 0)
		return ENDS;
	if (check_word_is(c, i - 1, openers))
		return (i >= 2 && check_word_is(c, i - 2, compared)) ||
				       noun_chain_correlates(c, i - 1)
			       ? FITS
			       : ENDS;
	if (check_word_is(c, i - 1, links))
		return step_link(x, i - 1);
	uint32_t before = phrase_grammar(c, i - 1);
	/* « possédant les qualifications requises » */
	if (!x->plural && (before & PARTS) == POS_VERB &&
		(before & (PERSONS | VERB_INFINITIVE)) == 0)
		return is_coordinated(c, i - 1) || leads_participle(c, i - 1, x->wanted) ? FITS
											 : ENDS;
	if ((before & POS_NOUN) != 0 && is_locution(c, i - 1))
		return ENDS;
	return is_nominal(c, i - 1) ? ENDS : GO_ON;
}

static bool
is_attributive(const check *c, size_t i)
{
	static const char *const verbs[] = { "être", "avoir", "devenir", "rester", "demeurer",
		"paraître", "sembler", "rendre", "juger", "déclarer", "estimer", "croire",
		"tenir", "considérer", "laisser", "réputer", "trouver", "maintenir", "voir",
		"présumer", "supposer", "garder", NULL };

	return clause_has_lemma(c, i, verbs);
}

/* « sont supportées par … », « a adopté … »: être has its attribute already, avoir its
 * participle, and it is not one that leads to another (sont tenus pour responsables, a rendu la
 * procédure caduque). */
static bool
is_satisfied(const chain *x, size_t i)
{
	static const char *const being[] = { "être", NULL }, *const having[] = { "avoir",
		NULL };
	const check *c = x->c;
	size_t next = clause_skip_adverbs(c, i + 1);
	uint32_t parts = phrase_grammar(c, next);
	bool satisfied = (clause_has_lemma(c, i, being) &&
				 (parts & (POS_PARTICIPLE | POS_ADJECTIVE)) != 0) ||
			 (!x->depicts && clause_has_lemma(c, i, having) &&
				 (parts & POS_PARTICIPLE) != 0);

	return satisfied && !is_attributive(c, next);
}

/* « il juge cette question importantes »: the verb at i is in the singular, so its subject is
 * not what the plural belongs to, and no object in the plural stands before it (il les juge;
 * les mesures que le Conseil juge). */
static bool
lacks_plural(const chain *x, size_t i)
{
	static const char *const objects[] = { "les", "nous", "vous", "se", "s’", "que", "qu’",
		"qui", "dont", NULL };
	const uint32_t many = PERSON_1PL | PERSON_2PL | PERSON_3PL | VERB_INFINITIVE;
	uint32_t bits = phrase_grammar(x->c, i);

	if (!x->plural || (bits & PERSONS) == 0 || (bits & many) != 0)
		return false;
	/* il juge dans cette affaire nécessaires les mesures */
	if (is_determiner(x->c, x->adjective + 1))
		return false;
	for (size_t n = 0; n < REACH && i-- > 0; n++) {
		const token *t = &x->c->tokens.at[i];
		if (t->kind == TOKEN_MARK && (t->word == '.' || t->word == ';'))
			return true;
		if (check_word_is(x->c, i, objects))
			return false;
	}
	return !grammar_goes_on(x->c);
}

/* « elle quitte le bureau furieuse », « les hommes rentrent à la base blessés »: the adjective
 * tells how the subject, right before its verb, goes, comes, lives or dies. */
static bool
tells_of_subject(const chain *x, size_t i)
{
	static const char *const verbs[] = { "quitter", "partir", "repartir", "rentrer",
		"revenir", "retourner", "regagner", "arriver", "sortir", "entrer", "mourir",
		"vivre", "tomber", "naître", "marcher", "travailler", "dormir", "finir",
		"survivre", "périr", "fuir", "ressortir", "grandir", "attendre", NULL };

	return x->depicts && i > 0 && nominal_follows(x->c, i) &&
	       (phrase_grammar(x->c, i - 1) & (POS_NOUN | POS_PRONOUN)) != 0 &&
	       (phrase_cells(x->c, i - 1) & x->wanted) != 0 && clause_has_lemma(x->c, i, verbs);
}

static enum step
step_verb(const chain *x, size_t i)
{
	const check *c = x->c;

	if (is_coordinated(c, i))
		return FITS;
	/* les droits à acquitter à leur égard prévus par la loi */
	if (i >= 2 && (phrase_grammar(c, i) & VERB_INFINITIVE) != 0 &&
		slice_is(check_lower(c, i - 1), "à") &&
		(phrase_grammar(c, i - 2) & POS_NOUN) != 0)
		return GO_ON;
	if (tells_of_subject(x, i))
		return FITS;
	return is_attributive(c, i) && !is_satisfied(x, i) && !lacks_plural(x, i) ? FITS : ENDS;
}

/* « un contenant de civelles », « des variables de structure »: an adjective behind a
 * determiner, with no noun of its own, is one. */
static bool
serves_as_noun(const chain *x, size_t i)
{
	const check *c = x->c;

	return (phrase_grammar(c, i) & POS_ADJECTIVE) != 0 &&
	       (phrase_cells(c, i) & x->wanted) != 0 && i > 0 && is_determiner(c, i - 1) &&
	       nominal_follows(c, i) &&
	       (phrase_grammar(c, i + 1) & (POS_NOUN | POS_PREPOSITION)) != POS_NOUN;
}

/* « Que sait-on de la question »: an inversion whose verb leaves the adjective to what follows;
 * a participle may tell of the subject (que savait-on de la vie enfermé dans ce couvent). */
static bool
leaves_adjective(const chain *x, size_t i)
{
	static const char *const verbs[] = { "savoir", "connaître", "penser", "dire", "prévoir",
		"attendre", NULL };
	static const char *const subjects[] = { "je", "tu", "on", "t-on", NULL };
	const lexicon *french = x->c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	const analysis *a;
	slice verb, pronoun;

	if (!slice_cut(check_lower(x->c, i), '-', &verb, &pronoun) ||
		!slice_is_one_of(pronoun, subjects) ||
		(phrase_grammar(x->c, x->adjective) & POS_PARTICIPLE) != 0)
		return false;
	for (size_t n = lexicon_analyses(french, verb, &a); n > 0; n--)
		if ((a[n - 1].grammar & PERSONS) != 0 &&
			slice_is_one_of(lexicon_lemma(french, a[n - 1].lemma), verbs))
			return true;
	return false;
}

static bool
is_led(const check *c, size_t i)
{
	return i > 0 && nominal_follows(c, i) && is_determiner(c, i - 1);
}

static enum step
step_word(const chain *x, size_t i)
{
	static const char *const relatives[] = { "qui", "que", "qu’", "dont", "où", "lequel",
		"laquelle", "lesquels", "lesquelles", "duquel", "desquels", "auquel", NULL };
	static const char *const clitics[] = { "ne", "n’", "se", "s’", "y", NULL };
	/* a noun only behind a determiner */
	static const char *const adverbs[] = { "environ", NULL };
	const check *c = x->c;
	uint32_t bits = phrase_reading(c, i)->grammar, parts = bits & PARTS;

	if (slice_is(check_lower(c, i), "l’") || is_determiner(c, i))
		return step_determiner(x, i);
	if (check_word_is(c, i, clitics) || (parts & POS_PREPOSITION) != 0 ||
		(c->tokens.at[i].kind == TOKEN_ELISION && !check_word_is(c, i, relatives)))
		return GO_ON;
	if (slice_is(check_lower(c, i), "a")) /* the dictionary has the letter, too */
		return step_verb(x, i);
	if (bits == 0 || (parts & POS_NAME) != 0)
		return leaves_adjective(x, i) ? ENDS : FITS;
	if (check_word_is(c, i, relatives)) /* en tant que */
		return i > 1 && slice_is(check_lower(c, i - 1), "tant") &&
				       slice_is(check_lower(c, i - 2), "en")
			       ? GO_ON
			       : FITS;
	if ((parts & (POS_NOUN | POS_PRONOUN | POS_NUMERAL)) != 0 &&
		(inflection_cells(bits) & x->wanted) != 0)
		return check_word_is(c, i, adverbs) && !is_led(c, i) ? GO_ON : FITS;
	if (serves_as_noun(x, i))
		return FITS;
	if ((parts & POS_NUMERAL) != 0)
		return x->plural ? FITS : GO_ON;
	if ((parts & POS_CONJUNCTION) != 0)
		return step_link(x, i);
	if ((bits & (PERSONS | VERB_INFINITIVE)) != 0 &&
		(parts & (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE | POS_ADVERB)) == 0)
		return step_verb(x, i);
	return GO_ON;
}

/* A line that goes on, but not « une mesure nécessaire »: its noun phrase begins there. */
static bool
leads_block(const check *c, size_t noun)
{
	return noun == 1 && is_determiner(c, 0) && !check_word_is(c, 0, contracted);
}

/* The word before the noun is an adjective of its, or a number that counts it. */
static bool
stands_in_front(const check *c, size_t noun)
{
	if (noun == 0 || !nominal_follows(c, noun))
		return false;
	if ((phrase_grammar(c, noun - 1) & POS_NUMERAL) != 0)
		return !is_determiner(c, noun - 1);
	return (phrase_cells(c, noun - 1) & phrase_cells(c, noun)) != 0 &&
	       nominal_stands_in_front(c, noun - 1);
}

/* What stands at token i could have the adjective: ils, les mesures, l’Assemblée, plusieurs
 * nouvelles mesures. */
static bool
begins_subject(const check *c, size_t i, unsigned wanted)
{
	static const char *const pronouns[] = { "il", "ils", "elle", "elles", "on", "nous",
		"vous", "je", "j’", NULL };
	uint32_t bits = phrase_grammar(c, i);

	if (check_word_is(c, i, pronouns) || (phrase_shape(c, i) & SHAPE_TITLE) != 0)
		return true;
	if (!slice_is(check_lower(c, i), "l’") && !is_determiner(c, i) &&
		(bits & POS_NUMERAL) == 0)
		return false;
	for (size_t k = i + 1; k < i + 4 && k < c->tokens.count; k++)
		if ((phrase_grammar(c, k) & POS_NOUN) != 0)
			return (phrase_cells(c, k) & wanted) != 0;
	return false;
}

/* « De vos défauts terrible, je connais … »: behind de and a determiner the adjective belongs
 * to several things, unless they complete it (de vos défauts conscient, je …) or are a time (de
 * nos jours célèbre, le peintre …). */
static bool
completes_nothing(const check *c, size_t first, size_t noun, size_t adjective)
{
	static const char *const of[] = { "de", NULL };
	static const char *const completed[] = { "absent", "adroit", "agile", "ami", "amoureux",
		"auteur", "avare", "avide", "capable", "caractéristique", "certain",
		"complémentaire", "complice", "comptable", "conscient", "constitutif",
		"contemporain", "content", "coupable", "créancier", "curieux", "débiteur",
		"dépendant", "dépositaire", "désireux", "différent", "digne", "distinct",
		"emblématique", "ennemi", "envieux", "exempt", "fier", "fou", "friand",
		"garant", "gardien", "habile", "héritier", "heureux", "ignorant", "imbu",
		"incapable", "inconscient", "indépendant", "indicatif", "indigne",
		"indissociable", "insoucieux", "inséparable", "ivre", "jaloux", "justiciable",
		"las", "libre", "limitrophe", "maître", "malheureux", "mécontent", "membre",
		"natif", "nostalgique", "originaire", "orphelin", "oublieux", "partisan",
		"passible", "plein", "prisonnier", "proche", "propriétaire", "redevable",
		"représentatif", "respectueux", "responsable", "révélateur", "riche",
		"signataire", "solidaire", "soucieux", "sûr", "susceptible", "symptomatique",
		"synonyme", "témoin", "titulaire", "tributaire", "typique", "victime", "vierge",
		"vide", "voisin", NULL };

	return check_word_is(c, first, of) && is_determiner(c, first + 1) &&
	       (phrase_cells(c, noun) & CELLS_SINGULAR) == 0 && !clause_is_time(c, noun) &&
	       (phrase_grammar(c, adjective) & POS_PARTICIPLE) == 0 &&
	       !clause_has_lemma(c, adjective, completed);
}

/* « En principe confidentielles, les séances … », « Au départ hostiles au projet, les États …
 * »: the sentence begins with a preposition and its noun, and the adjective belongs to the
 * subject behind the comma. */
static bool
announces_subject(const check *c, size_t noun, size_t adjective, unsigned wanted)
{
	size_t first = noun;

	while (first > 0 && noun - first < LEAD && !grammar_opens_sentence(c, first))
		first--;
	if (first == noun || !grammar_opens_sentence(c, first) ||
		(phrase_grammar(c, first) & POS_PREPOSITION) == 0 ||
		completes_nothing(c, first, noun, adjective))
		return false;
	for (size_t k = adjective + 1; k < adjective + REACH && k + 1 < c->tokens.count; k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind != TOKEN_MARK)
			continue;
		if (t->word == '.' || t->word == ';')
			return false;
		if (t->word == ',' && begins_subject(c, k + 1, wanted))
			return true;
	}
	return false;
}

bool
noun_chain_fits(const check *c, size_t noun, size_t adjective)
{
	unsigned wanted = phrase_cells(c, adjective);
	chain x = { .c = c,
		.adjective = adjective,
		.wanted = wanted,
		.plural = (wanted & CELLS_SINGULAR) == 0,
		.depicts = !nominal_is_relational(c, adjective) };

	if (announces_subject(c, noun, adjective, wanted))
		return true;
	/* « le gros chien méchants »: gros is no noun there */
	size_t from = stands_in_front(c, noun) ? noun - 1 : noun;
	for (size_t n = 0, i = from; n < REACH && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		enum step next = GO_ON;
		if (t->kind == TOKEN_MARK)
			next = step_mark(c, i);
		else if (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION)
			next = step_word(&x, i);
		else if (x.plural || t->kind == TOKEN_CODE)
			next = FITS;
		if (next != GO_ON)
			return next == FITS;
	}
	return grammar_goes_on(c) && !leads_block(c, noun);
}

bool
noun_chain_is_only(const check *c, size_t noun, unsigned wanted)
{
	static const char *const links_and_relatives[] = { "et", "ou", "ni", "qui", "que",
		"qu’", "dont", NULL };
	bool plural = (wanted & CELLS_SINGULAR) == 0;

	for (size_t n = 0, i = noun; i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		uint32_t bits = phrase_grammar(c, i);
		if (t->kind == TOKEN_MARK && (t->word == '.' || t->word == ';'))
			return true;
		if (n > REACH || (t->kind == TOKEN_MARK && (plural || t->word != ',')) ||
			(plural && check_word_is(c, i, links_and_relatives)))
			return false;
		if (t->kind == TOKEN_WORD && bits == 0)
			return false;
		if ((bits & (POS_NOUN | POS_PRONOUN | POS_NAME)) != 0 &&
			(bits & POS_DETERMINER) == 0 && (inflection_cells(bits) & wanted) != 0)
			return false;
	}
	return !grammar_goes_on(c) || leads_block(c, noun);
}
