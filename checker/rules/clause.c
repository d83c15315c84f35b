#include "checker/rules/clause.h"

#include "checker/rules/grammar.h"
#include "checker/rules/phrase.h"

#define REACH 16 /* tokens from the determiner to the verb */
#define PARTS 0xFFFFu
#define LOOSE \
	(POS_PRONOUN | POS_ADVERB | POS_CONJUNCTION | POS_PREPOSITION | POS_DETERMINER | \
		POS_NUMERAL | POS_NAME | POS_INTERJECTION | POS_OTHER)

static inline bool
is_elision_of(const check *c, size_t i, const char *form)
{
	return c->tokens.at[i].kind == TOKEN_ELISION && slice_is(check_lower(c, i), form);
}

/* Nothing but a space, or nothing at all behind an elision, stands before token i. */
static inline bool
is_joined(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->gap == GAP_SPACE || t->gap == GAP_NO_BREAK ||
	       (i > 0 && t->gap == GAP_NONE && t[-1].kind == TOKEN_ELISION) ||
	       (t->gap == GAP_UNUSUAL && c->document->text.p[t->start - 1] != '\t');
}

bool
clause_has_lemma(const check *c, size_t i, const char *const *lemmas)
{
	return check_lemma_is(c, i, lemmas, LANGUAGE_FR);
}

/* « plus important que les mesures », « ainsi que les États »: what que compares is no subject.
 */
static bool
is_comparison(const check *c, size_t que)
{
	static const char *const compared[] = { "ainsi", "plus", "moins", "aussi", "autant",
		"même", "mêmes", "autre", "autres", "tel", "telle", "tels", "telles", "tant",
		"mieux", "meilleur", "meilleure", "pire", "davantage", "autrement", "ne", "n’",
		"si", "non", "rien", NULL };

	for (size_t n = 0; n < 7 && que-- > 0; n++) {
		if (check_word_is(c, que, compared))
			return true;
		if (c->tokens.at[que].kind == TOKEN_MARK && c->tokens.at[que].word != ',')
			return false;
	}
	return false;
}

bool
clause_subject_pronoun(const check *c, size_t i)
{
	static const char *const subject_after[] = { "si", "mais", "car", "lorsqu’", "puisqu’",
		"dont", "où", "quand", "quoiqu’", NULL };
	if (slice_starts(check_lower(c, i), SLICE("il")) || grammar_opens_sentence(c, i))
		return true;
	if (c->tokens.at[i].gap != GAP_NONE && c->tokens.at[i - 1].kind == TOKEN_MARK)
		return c->tokens.at[i - 1].word == ',' || c->tokens.at[i - 1].word == ';' ||
		       c->tokens.at[i - 1].word == ':';
	if (check_word_is(c, i - 1, subject_after))
		return true;
	return slice_is(check_lower(c, i - 1), "qu’") && !is_comparison(c, i - 1);
}

const char *const clause_openers[] = { "si", "lorsque", "lorsqu’", "puisque", "puisqu’",
	"quand", "mais", "car", "dont", "que", "qu’", NULL };

#define LETTER(c) (1u << ((c) - 'a'))
#define OPENING_LETTERS \
	(LETTER('s') | LETTER('l') | LETTER('p') | LETTER('q') | LETTER('m') | LETTER('c') | \
		LETTER('d')) /* of clause_openers */

bool
clause_may_open(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (before->kind == TOKEN_EDGE)
		return true;
	if (before->kind == TOKEN_MARK)
		return c->tokens.at[i].gap != GAP_NONE &&
		       (before->word == '.' || before->word == ';' || before->word == ':' ||
			       before->word == ')');
	/* the first letter settles it for most words */
	unsigned letter = (unsigned)(c->document->text.p[before->start] | 0x20) - 'a';
	if (letter > 'z' - 'a' || (OPENING_LETTERS >> letter & 1) == 0 || before->length < 2 ||
		!is_joined(c, i))
		return false;
	if (before->kind == TOKEN_WORD &&
		(phrase_grammar(c, i - 1) & (POS_CONJUNCTION | POS_PRONOUN)) == 0)
		return false;
	return check_word_is(c, i - 1, clause_openers);
}

bool
clause_opens(const check *c, size_t i)
{
	static const char *const that[] = { "que", "qu’", NULL };

	return clause_may_open(c, i) &&
	       !(i > 0 && check_word_is(c, i - 1, that) && is_comparison(c, i - 1));
}

/* A noun behind its determiner or preposition, whatever verb it looks like. */
static bool
is_noun(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i); /* none of what is no word */

	return (parts & POS_NOUN) != 0 && (parts & LOOSE) == 0 && is_joined(c, i) &&
	       (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

/* An adjective that nobody takes for a verb. */
static inline bool
is_adjective(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i) & PARTS;

	return (parts & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (parts & (LOOSE | POS_VERB)) == 0 && is_joined(c, i);
}

static const char *const collective[] = { "majorité", "plupart", "nombre", "série", "ensemble",
	"totalité", "partie", "moitié", "tiers", "quart", "quarts", "quantité", "multitude",
	"dizaine", "douzaine", "vingtaine", "trentaine", "quarantaine", "cinquantaine",
	"centaine", "millier", "milliers", "million", "millions", "milliard", "groupe",
	"minorité", "pluralité", "foule", "infinité", "type", "types", "sorte", "sortes",
	"espèce", "espèces", "variété", "gamme", "couple", "paire", "poignée", "reste", "cas",
	"fois", "peu", "pourcentage", "proportion", "part", "catégorie", "catégories",
	"combinaison", "cortège", "flopée", "kyrielle", "myriade", "nuée", "pluie",
	"quasi-majorité", "quasi-totalité", "quasi-unanimité", "unanimité", "vague", "suite",
	"choix", "genre", "nature", "troupe", "équipe", "total", "somme", "tas", "paquet",
	"masse", "flot", "armée", "horde", "bande", "être", "gens", "taux", "un", "plus",
	"moins", "excellence", "majesté", "altesse", "quelque", "point", "premier", "première",
	"dernier", "seul", NULL };

/* Nouns of time, which need no preposition: « cette année ont eu lieu ». */
static const char *const times[] = { "année", "années", "semaine", "semaines", "mois", "jour",
	"jours", "matin", "soir", "nuit", "an", "ans", "siècle", "époque", "décennie", "heure",
	"heures", "minute", "minutes", "journée", "session", "lundi", "mardi", "mercredi",
	"jeudi", "vendredi", "samedi", "dimanche", NULL };

static const char *const subject_determiners[] = { "le", "la", "les", "ce", "cet", "cette",
	"ces", "son", "sa", "ses", "leur", "leurs", "notre", "nos", "votre", "vos", "un", "une",
	"plusieurs", "chaque", "ledit", "ladite", "lesdits", "lesdites", NULL };

bool
clause_leads_subject(slice lower)
{
	return slice_is_one_of(lower, subject_determiners);
}

/* Of the determiner at i; 0: none that begins a subject for certain (des États dépend …). */
static unsigned
determined(const check *c, size_t i)
{
	const determiner *d;

	if (is_elision_of(c, i, "l’"))
		return CELLS_SINGULAR;
	if (c->tokens.at[i].kind != TOKEN_WORD || !check_word_is(c, i, subject_determiners))
		return 0;
	d = determiner_at(c->words.hot.at[c->tokens.at[i].word].determiner);
	return d == NULL ? 0 : d->cells;
}

/* The noun that the determiner at i leads, over adjectives before it. */
static size_t
find_head(const check *c, size_t i, unsigned cells)
{
	size_t k = i + 1;

	for (size_t n = 0; n < 2 && is_joined(c, k); n++, k++) {
		uint32_t parts = phrase_grammar(c, k), next = phrase_grammar(c, k + 1);
		bool numeral = (parts & POS_NUMERAL) != 0 && (cells & CELLS_SINGULAR) == 0;
		bool before = numeral || ((parts & POS_ADJECTIVE) != 0 &&
						 (phrase_shape(c, k) & SHAPE_LOWER) != 0 &&
						 (inflection_cells(parts) & cells) != 0);
		if (!before || (next & POS_NOUN) == 0 || !is_noun(c, k + 1) ||
			(inflection_cells(next) & cells) == 0)
			break;
		/* « l’abus sexuel », « la mère patrie »: a noun already */
		if (!numeral && (parts & POS_NOUN) != 0 && is_adjective(c, k + 1))
			break;
	}
	return k;
}

/* One test of bits for what is none. */
static bool
may_be_clitic(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->length <= 4 &&
	       (t->kind == TOKEN_ELISION ||
		       (phrase_grammar(c, i) & (POS_PRONOUN | POS_DETERMINER | POS_ADVERB |
						       POS_PREPOSITION)) != 0);
}

static bool
is_preposition(const check *c, size_t i)
{
	static const char *const prepositions[] = { "de", "d’", "du", "des", "à", "au", "aux",
		"en", "pour", "par", "sur", "dans", "entre", "contre", "avec", "sans", "sous",
		"envers", NULL };

	if (c->tokens.at[i].kind == TOKEN_WORD &&
		(phrase_grammar(c, i) & (POS_PREPOSITION | POS_DETERMINER)) == 0)
		return false;
	return is_joined(c, i) && check_word_is(c, i, prepositions);
}

/* After a preposition: its noun with determiner and adjectives before it; the token of the noun
 * or 0. */
static size_t
complement(const check *c, size_t preposition)
{
	size_t k = preposition + 1;
	const token *t = c->tokens.at;
	bool led = is_elision_of(c, k, "l’") ||
		   (t[k].kind == TOKEN_WORD && is_joined(c, k) &&
			   c->words.hot.at[t[k].word].determiner != 0);

	k += led;
	if (is_adjective(c, k) && (phrase_grammar(c, k + 1) & POS_NOUN) != 0)
		k++;
	return is_noun(c, k) ? k : 0;
}

/* Those before which there is no noun. */
static const char *const clitics[] = { "ne", "n’", "se", "s’", "y", "lui", NULL };

const char *const clause_clitics[] = { "ne", "n’", "se", "s’", "y", "en", "lui", "leur", "me",
	"m’", "te", "t’", "nous", "vous", "le", "la", "les", "l’", NULL };

size_t
clause_skip_clitics(const check *c, size_t i)
{
	while (may_be_clitic(c, i) && is_joined(c, i) && check_word_is(c, i, clause_clitics))
		i++;
	return i;
}

size_t
clause_skip_adverbs(const check *c, size_t i)
{
	static const char *const adverbs[] = { "pas", "plus", "point", "jamais", "donc",
		"aussi", "également", "toujours", "encore", "déjà", "ainsi", "alors", "souvent",
		"désormais", "notamment", "très", "trop", "assez", "bien", "dûment", NULL };

	for (size_t n = 0; n < 2 && is_joined(c, i); n++, i++) {
		if ((phrase_grammar(c, i) & POS_ADVERB) == 0)
			break;
		if (!check_word_is(c, i, adverbs) &&
			!(slice_ends(check_lower(c, i), SLICE("ment")) &&
				(phrase_grammar(c, i) & PARTS) == POS_ADVERB))
			break;
	}
	return i;
}

/* Verbs whose participle behind se agrees with the subject, since se is their object or no
 * object at all, and nothing else can be their object (Grevisse, Le Bon Usage, § 953–954). Not
 * those that also say « se sont donné les moyens », « se sont assuré le concours ». */
static const char *const reflexive[] = { "abstenir", "acquitter", "apercevoir", "appuyer",
	"associer", "concerter", "conformer", "consulter", "dérouler", "désister", "effondrer",
	"efforcer", "emparer", "enfuir", "engager", "entretenir", "évader", "évanouir",
	"féliciter", "heurter", "ingérer", "inquiéter", "inscrire", "inspirer", "intéresser",
	"joindre", "méfier", "multiplier", "opposer", "plaindre", "prononcer", "rallier",
	"rassembler", "réfugier", "regrouper", "réjouir", "rencontrer", "repentir", "retirer",
	"réunir", "soumettre", "souvenir", "stabiliser", "tenir", NULL };

bool
clause_agrees_behind_se(const check *c, size_t i)
{
	return clause_has_lemma(c, i, reflexive);
}

bool
clause_is_unbound(const check *c, size_t i)
{
	static const char *const unbound[] = { "compris", "inclus", "partie", "parties",
		"parti", "fait", "dit", "part", "possible", "tel", "tels", "telle", "telles",
		"même", "mêmes", "seul", "seuls", "seule", "seules", "certain", "certains",
		"certaines", "divers", "nombreux", "joint", "court", "fin", "quitte", "quel",
		"quels", "quelle", "quelles", "autre", "autres", "premier", "premiers",
		"dernier", "derniers", "vice", "grand", "demi", "maître", "maîtres", "membre",
		"membres", "garant", "témoin", "rouge", "bleu", "bleue", "brun", "brune",
		"vert", "verte", "blanc", "noir", "noire", "gris", "jaune", "violet", "rose",
		"orange", "beige", "marron", NULL };

	return check_word_is(c, i, unbound);
}

bool
clause_is_attribute(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i);
	uint32_t agreeing = parts & (POS_ADJECTIVE | POS_PARTICIPLE);

	if (c->tokens.at[i].kind != TOKEN_WORD || agreeing == 0 || !is_joined(c, i) ||
		(phrase_shape(c, i) & SHAPE_LOWER) == 0 || c->tokens.at[i].length < 4)
		return false;
	if ((parts & LOOSE) != 0)
		return false;
	return (parts & POS_PARTICIPLE) != 0 || (parts & POS_VERB) == 0;
}

bool
clause_may_lead_attribute(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return (r->grammar & (POS_ADVERB | POS_ADJECTIVE | POS_PARTICIPLE)) != 0;
}

/* From the head to what stands behind its adjectives and nouns with prepositions before them:
 * the verb, a comma. 0 where a complement cannot be read. */
static size_t
find_end(const check *c, subject *s)
{
	size_t k = s->head + 1;

	while (k < s->first + REACH && k < c->tokens.count && is_joined(c, k)) {
		if (is_adjective(c, k)) {
			k++;
			continue;
		}
		/* les circonstances l’exigent */
		bool object = is_elision_of(c, k, "l’") &&
			      (phrase_grammar(c, k + 1) & PERSONS) != 0 &&
			      (phrase_grammar(c, k + 1) & (POS_NOUN | POS_ADJECTIVE)) == 0;
		if (!object && is_preposition(c, k)) {
			size_t noun = complement(c, k);
			if (noun == 0)
				return 0;
			s->chain = true;
			k = noun + 1;
		} else if (object || (may_be_clitic(c, k) && check_word_is(c, k, clitics))) {
			s->clitic = true;
			return clause_skip_clitics(c, k);
		} else {
			return k;
		}
	}
	return k < s->first + REACH ? k : 0;
}

/* « la Tokai Bank »: a capital behind that of the noun tells a name, but in « États Membres ».
 */
static bool
begins_name(const check *c, size_t head)
{
	static const char *const kinds[] = { "membre", "membres", "partie", "parties", "unies",
		NULL };

	return (phrase_shape(c, head) & SHAPE_TITLE) != 0 &&
	       (c->tokens.at[head + 1].features & FEATURE_TITLE) != 0 &&
	       !check_word_is(c, head + 1, kinds);
}

/* The head of the noun phrase that a determiner of these cells begins, and its cells. */
static bool
read_head(const check *c, size_t i, unsigned cells, subject *out)
{
	*out = (subject){ .first = i, .head = find_head(c, i, cells) };
	if (!is_noun(c, out->head) || begins_name(c, out->head))
		return false;
	out->cells = cells & phrase_cells(c, out->head);
	return out->cells != 0;
}

bool
clause_noun_phrase(const check *c, size_t i, unsigned cells, subject *out)
{
	if (!read_head(c, i, cells, out))
		return false;
	out->verb = find_end(c, out);
	return out->verb != 0;
}

bool
clause_is_time(const check *c, size_t i)
{
	return check_word_is(c, i, times);
}

bool
clause_is_collective(const check *c, size_t i)
{
	return check_word_is(c, i, collective);
}

bool
clause_head(const check *c, size_t i, subject *out)
{
	unsigned cells = determined(c, i);

	return cells != 0 && read_head(c, i, cells, out);
}

bool
clause_verb(const check *c, subject *out)
{
	out->verb = find_end(c, out);
	return out->verb != 0 && is_joined(c, out->verb) &&
	       (phrase_grammar(c, out->verb) & PERSONS) != 0;
}

bool
clause_head_misleads(const check *c, const subject *s)
{
	return clause_is_collective(c, s->head) || clause_is_time(c, s->head);
}
