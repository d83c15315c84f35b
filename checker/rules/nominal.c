/* See nominal.h. */
#include "checker/rules/nominal.h"

#include "checker/rules/grammar.h"

#define COMMON 50    /* times in a million words */
#define SLIPS_MOST 2 /* of one phrase in one text */
#define RARE_LEAST 5 /* letters of a noun that the reference texts never use */
#define RARE_ALONE 7 /* and of one that no determiner leads */

/* Word i follows word i - 1 with one space, or the end of a line, between them. */
bool
nominal_follows(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	return t[i].kind == TOKEN_WORD && t[i - 1].kind == TOKEN_WORD &&
	       (t[i].gap == GAP_SPACE || t[i].gap == GAP_NO_BREAK ||
		       (t[i].gap == GAP_UNUSUAL &&
			       c->document->text.p[t[i].start - 1] != '\t'));
}

/* « invité.e.s »: a stop that more letters follow at once. */
static bool
is_inner_stop(const token *t)
{
	return t->word == '.' && t[1].kind == TOKEN_WORD && t[1].gap == GAP_NONE &&
	       (t[1].features & (FEATURE_TITLE | FEATURE_CAPITALS)) == 0;
}

/* What stands glued to the word makes it a part of something: le(s), homme/femme, élu·e·s. */
bool
nominal_stands_free(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;
	uint32_t glue = FEATURE_SLASH | FEATURE_DASH | FEATURE_BRACKET | FEATURE_APOSTROPHE;
	const token *before = &t[first] - 1, *after = &t[last] + 1;

	if (after->kind == TOKEN_MARK && after->gap == GAP_NONE &&
		((after->features & (FEATURE_STOP | FEATURE_QUOTE)) == 0 ||
			is_inner_stop(after)) &&
		after->word != ')')
		return false;
	if (after->kind == TOKEN_MARK && (after->word == '+' || after->word == '&'))
		return false;
	if (before->kind == TOKEN_MARK && t[first].gap == GAP_NONE &&
		(before->features & glue) != 0 && before->word != '(')
		return false;
	return true;
}

/* A reading as a verb that is only one of the second person singular (tu mesures) is none in
 * these texts. */
uint32_t
nominal_parts(const check *c, size_t i)
{
	static const char *const verbs[] = { "êtes", "faites", "dites", "sommes", NULL };
	uint32_t parts = phrase_grammar(c, i) & POS_PARTS;

	if ((parts & POS_VERB) == 0)
		return parts & ~(uint32_t)POS_INTERJECTION;
	slice s = phrase_lower(c, i);
	if (slice_ends(s, SLICE("es")) && !slice_is_one_of(s, verbs))
		parts &= ~(uint32_t)POS_VERB;
	/* verbs have no capital inside a sentence */
	if (i > 0 && (phrase_shape(c, i) & SHAPE_TITLE) != 0)
		parts &= ~(uint32_t)POS_VERB;
	return parts & ~(uint32_t)POS_INTERJECTION;
}

/* Names of peoples and groups that official texts leave without the s of the plural, and nouns
 * of set phrases (une fois déduits les frais). */
const char *const nominal_free[] = { "taliban", "inuit", "touareg", "peul", "rom", "maori",
	"mohajir", "shabaab", "est", "orge", "abord", "canada", "tris", "chlorite",
	"expression", "terme", "mot", "fois", "don", "saint", "monsieur", "madame", "putain",
	NULL };

/* An abbreviation: aux art. 3 et 5. */
bool
nominal_is_abbreviated(const check *c, size_t i)
{
	/* « prévus aux art. », at the end of a line whose number stands in the next one */
	static const char *const references[] = { "art", "chap", "sect", "vol", "fig", NULL };
	const token *after = &c->tokens.at[i + 1];

	return words_at(&c->words, c->tokens.at[i].word)->points <= 4 &&
	       after->kind == TOKEN_MARK && after->word == '.' && after->gap == GAP_NONE &&
	       (check_word_is(c, i, references) || after[1].kind == TOKEN_NUMBER ||
		       after[1].kind == TOKEN_CODE ||
		       (after[1].kind == TOKEN_WORD &&
			       (phrase_shape(c, i + 2) & SHAPE_LOWER) != 0));
}

/* « les personne handicapées »: no pronoun */
static bool
is_plural_article(const check *c, size_t i)
{
	static const char *const articles[] = { "les", "des", "aux", "ces", "ses", "plusieurs",
		NULL };

	return check_word_is(c, i, articles);
}

/* « des son que nous entendons »: no determiner stands behind another, and dès is none before
 * what cannot be its noun. */
static bool
is_sound(const check *c, size_t i)
{
	static const char *const sounds[] = { "son", "ton", NULL };
	static const char *const behind[] = { "que", "qu’", "qui", "dont", "de", "d’", "du",
		"des", NULL };
	const token *after = &c->tokens.at[i + 1];

	return i > 0 && check_word_is(c, i, sounds) && is_plural_article(c, i - 1) &&
	       (after->kind == TOKEN_EDGE || (after->features & FEATURE_STOP) != 0 ||
		       check_word_is(c, i + 1, behind));
}

/* A noun for certain: its case is ordinary and no reading escapes agreement. */
bool
nominal_is_noun(const check *c, size_t i, bool verb_is_possible)
{
	uint32_t parts = nominal_parts(c, i), allowed = POS_AGREEING;

	if (slice_is(phrase_lower(c, i), "personne") && i > 0 && is_plural_article(c, i - 1))
		parts &= ~(uint32_t)POS_PRONOUN;
	if ((parts & POS_DETERMINER) != 0 && is_sound(c, i))
		parts &= ~(uint32_t)POS_DETERMINER;

	if (words_at(&c->words, c->tokens.at[i].word)->points < 3 ||
		nominal_is_abbreviated(c, i) || check_word_is(c, i, nominal_free))
		return false;

	if (!verb_is_possible)
		allowed |= POS_VERB;
	if ((parts & POS_NOUN) == 0 || (parts & ~allowed) != 0)
		return false;
	return (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

bool
nominal_tells_kind(const check *c, size_t i)
{
	static const char *const suffixes[] = { "eur", "eurs", "euse", "euses", "trice",
		"trices", NULL };
	static const char *const kinds[] = { "adulte", "adultes", "bleu", "blanc", "brun",
		"cadet", "cadets", "client", "clients", "commun", "droit", "droite", "entier",
		"entreprise", "entreprises", "gauche", "gris", "gros", "inuit", "inuits",
		"jaune", "jeune", "jeunes", "junior", "juniors", "modèle", "modèles",
		"monobloc", "monoblocs", "noir", "pair", "paire", "parent", "parents",
		"passager", "passagers", "petit", "pro", "pros", "rouge", "senior", "seniors",
		"vermeil", "standard", "surprise", "test", "tests", "vert", NULL };
	slice s = phrase_lower(c, i);

	for (const char *const *end = suffixes; *end != NULL; end++)
		if (slice_ends(s, slice_of(*end)))
			return true;
	return slice_is_one_of(s, kinds);
}

bool
nominal_is_label(const check *c, size_t noun, size_t i)
{
	static const char *const labelled[] = { "aile", "antenne", "brigade", "catégorie",
		"cellule", "colonne", "division", "espace", "filière", "ligne", "page", "pôle",
		"rubrique", "section", "unité", NULL };
	static const char *const sundry[] = { "divers", NULL };
	static const char *const following[] = { "suivants", "suivantes", NULL };

	if (!check_word_is(c, noun, labelled) || check_word_is(c, i, following))
		return false;
	/* the dictionary has no noun enseignants */
	bool people = slice_ends(check_lower(c, i), SLICE("ants"));
	uint32_t parts = nominal_parts(c, i);
	return check_word_is(c, i, sundry) ||
	       ((phrase_cells(c, i) & CELLS_SINGULAR) == 0 &&
		       (people || ((parts & POS_NOUN) != 0 && (parts & POS_PARTICIPLE) == 0)));
}

bool
nominal_is_quality(const check *c, size_t i)
{
	static const char *const qualities[] = { "apparent", "commode", "complet", "content",
		"équivoque", "étanche", "étrange", "existant", "fixe", "froid", "grave",
		"implicite", "important", "imprévu", "inapte", "incompétent", "incomplet",
		"inconscient", "injuste", "intègre", "intelligent", "intime", "inutile",
		"juste", "mince", "minuscule", "négligent", "neutre", "plein", "précoce",
		"profond", "prudent", "pur", "rapide", "sec", "sombre", "suffisant", "uniforme",
		"valide", "vide", "violent", NULL };

	return check_lemma_is(c, i, qualities, LANGUAGE_FR);
}

bool
nominal_closes(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i);
	const token *after = &c->tokens.at[i + 1];

	if (!nominal_is_noun(c, i, true))
		return false;
	if ((parts & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0)
		return true;
	return !nominal_tells_kind(c, i) &&
	       (after->kind == TOKEN_EDGE ||
		       (after->kind == TOKEN_MARK && (after->features & FEATURE_STOP) != 0 &&
			       after->word != ','));
}

/* Adjectives that stand before their noun, in the dictionary's form. A closed list (Grevisse,
 * Le Bon Usage, § 328–333), with those that the language of resolutions puts there. */
static const char *const in_front[] = { "présent", "nouveau", "nouvel", "premier", "dernier",
	"deuxième", "second", "troisième", "quatrième", "cinquième", "sixième", "septième",
	"huitième", "neuvième", "dixième", "grand", "petit", "autre", "différent", "principal",
	"seul", "prochain", "précédent", "ancien", "futur", "bon", "mauvais", "éventuel",
	"vaste", "important", "meilleur", "véritable", "réel", "certain", "divers", "vieux",
	"moindre", "nombreux", "récent", "même", "vrai", "haut", "beau", "gros", "joli", "long",
	"vilain", "large", NULL };

/* Of a word in small letters. */
static bool
is_in_front(const check *c, uint32_t lower)
{
	const analysis *a;
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	size_t n = words_analyses(&c->words, lower, LANGUAGE_FR, &a);

	for (size_t k = 0; k < n; k++)
		if ((a[k].grammar & POS_ADJECTIVE) != 0 &&
			lists_has_text(&c->lists, lexicon_lemma(x, a[k].lemma), in_front))
			return true;
	return false;
}

/* The answer is kept as one about lemmas (checker/lists.h). */
static bool
is_one_in_front(const check *c, const word *w, const word_reading *r)
{
	uintptr_t list = (uintptr_t)in_front | 1;

	if (c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL ||
		(r->grammar & POS_ADJECTIVE) == 0)
		return false;
	list_answer *a = lists_answer(&c->lists, w->lower, list);
	if (a->list != list || a->lower != w->lower)
		*a = (list_answer){ list, w->lower, is_in_front(c, w->lower) };
	return a->yes;
}

bool
nominal_leads_noun(const check *c, const word *w, const word_reading *r)
{
	return (w->shape & SHAPE_LOWER) != 0 && is_one_in_front(c, w, r);
}

bool
nominal_stands_in_front(const check *c, size_t i)
{
	if (c->tokens.at[i].kind != TOKEN_WORD ||
		(phrase_shape(c, i) & (i == 0 ? SHAPE_LOWER | SHAPE_TITLE : SHAPE_LOWER)) == 0)
		return false;
	return is_one_in_front(
		c, words_at(&c->words, c->tokens.at[i].word), phrase_reading(c, i));
}

bool
nominal_may_agree(const word *w, const word_reading *r)
{
	uint32_t others = POS_PARTS & ~(uint32_t)(POS_AGREEING | POS_INTERJECTION);

	/* as in nominal_parts */
	if (slice_ends(w->text, SLICE("es")))
		others &= ~(uint32_t)POS_VERB;
	return (r->grammar & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (r->grammar & others) == 0 && (w->shape & SHAPE_LOWER) != 0;
}

/* Suffixes of adjectives of relation. The dictionary calls many of these words nouns too, which
 * they hardly are behind a noun (Grevisse, Le Bon Usage, § 326). */
bool
nominal_is_relational(const check *c, size_t i)
{
	static const char *const suffixes[] = { "al", "ale", "aux", "ales", "el", "elle", "els",
		"elles", "if", "ive", "ifs", "ives", "ain", "aine", "ains", "aines", "ien",
		"ienne", "iens", "iennes", "ique", "iques", "ante", "antes", "ente", "entes",
		"aise", "aises", "oise", "oises", "aire", "aires", "oire", "oires", "able",
		"ables", "ible", "ibles", NULL };
	slice s = phrase_lower(c, i);

	if ((nominal_parts(c, i) & ~(uint32_t)(POS_ADJECTIVE | POS_NOUN)) != 0 || s.n < 6)
		return false;
	for (const char *const *end = suffixes; *end != NULL; end++)
		if (slice_ends(s, slice_of(*end)))
			return true;
	return false;
}

/* An adjective and nothing else. */
bool
nominal_is_adjective(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i);

	return (parts & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (parts & ~(uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE)) == 0 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0;
}
/* « les biocarburant liquides »: the adjective behind agrees with the determiner, so the noun
 * is what is wrong, however rare it is. */
static bool
is_confirmed(const check *c, const phrase *p)
{
	size_t next = p->noun + 1;

	return p->determiner != NULL && nominal_follows(c, next) &&
	       (phrase_grammar(c, next) & POS_ADJECTIVE) != 0 &&
	       (nominal_parts(c, next) & ~(uint32_t)POS_AGREEING) == 0 &&
	       (phrase_shape(c, p->noun) & SHAPE_LOWER) != 0 &&
	       (phrase_cells(c, next) & p->determined) != 0 &&
	       (phrase_cells(c, next) & phrase_cells(c, p->noun)) == 0;
}

/* A noun that the reference texts never use: in small letters it is no name, and a short one is
 * more often a piece of a damaged word. « À la diable » is a set phrase. */
static bool
is_rare_noun(const check *c, const phrase *p)
{
	bool alone = p->determiner == NULL && !p->several;
	unsigned least = alone ? RARE_ALONE : RARE_LEAST;

	/* no piece of a word stands behind ladite or cette */
	if (p->determiner != NULL && p->determiner->text.n > 4)
		least--;
	if ((phrase_shape(c, p->noun) & SHAPE_LOWER) == 0 ||
		words_at(&c->words, c->tokens.at[p->noun].word)->points < least)
		return false;
	uint32_t parts = nominal_parts(c, p->noun);
	if ((parts & POS_PARTICIPLE) != 0)
		parts &= ~(uint32_t)(POS_PARTICIPLE | POS_ADJECTIVE);
	if (alone && parts != POS_NOUN)
		return false;
	return (alone && p->first < p->noun) || p->first == 0 ||
	       !slice_is(check_lower(c, p->first - 1), "à");
}

/* « la Main tendue »: a name (le Main) that as a common noun is of another gender. */
static bool
hides_common_noun(const check *c, const phrase *p)
{
	return (phrase_shape(c, p->noun) & SHAPE_TITLE) != 0 &&
	       (inflection_cells(grammar_of(c, phrase_lower(c, p->noun))) &
		       ~phrase_cells(c, p->noun)) != 0;
}

/* A noun that the reference texts never use is more often a name (Cima des Sueur), a set phrase
 * or a damaged word than one that fails to agree; with a capital it may be a common noun that
 * the name hides; and what the text says again and again with a capital is a name (donnant sur
 * la Rideau), unless it is a common word. */
bool
nominal_is_doubtful(check *c, const phrase *p)
{
	uint32_t frequency = phrase_frequency(c, p->noun);

	if (frequency == 0)
		return !is_confirmed(c, p) && !is_rare_noun(c, p);
	if (hides_common_noun(c, p))
		return true;
	if (frequency >= COMMON)
		return false;
	return (phrase_shape(c, p->noun) & SHAPE_TITLE) != 0 &&
	       phrase_count_around(c, check_text(c, check_span(c, p->first, p->last)),
		       SLIPS_MOST + 1) > SLIPS_MOST;
}

static bool
is_ordinal(const check *c, size_t i)
{
	static const char *const first[] = { "premier", "première", NULL };

	return slice_ends(phrase_lower(c, i), SLICE("ième")) || check_word_is(c, i, first);
}

bool
nominal_joins_ordinals(const check *c, size_t i)
{
	static const char *const links[] = { "à", "au", NULL };

	return i > 0 && i + 1 < c->tokens.count && check_word_is(c, i, links) &&
	       is_ordinal(c, i - 1) && is_ordinal(c, i + 1);
}

/* « une hyper inflation », « des pseudo experts »: a prefix that stands apart from its noun. */
static bool
is_prefix(const check *c, size_t i)
{
	static const char *const prefixes[] = { "pseudo", "hyper", "super", "micro", "macro",
		"mini", "maxi", "méga", "ultra", NULL };
	/* the dictionary has the point of the compass and the letter, too */
	static const char *const verbs[] = { "est", "a", NULL };

	return nominal_follows(c, i + 1) && (phrase_grammar(c, i + 1) & POS_NOUN) != 0 &&
	       !check_word_is(c, i + 1, verbs) && check_word_is(c, i, prefixes);
}

bool
nominal_is_no_phrase(const check *c, size_t first, size_t noun)
{
	static const char *const subjects[] = { "tu", "te", "me", NULL };
	static const char *const that[] = { "que", "qu’", NULL };

	if (is_prefix(c, noun))
		return true;
	/* quelque grandes que soient les difficultés */
	if (check_word_is(c, noun + 1, that) && slice_is(phrase_lower(c, first), "quelque"))
		return true;
	/* la Canada Trust Company */
	if (nominal_follows(c, noun + 1) &&
		(phrase_shape(c, noun) & phrase_shape(c, noun + 1) & SHAPE_TITLE) != 0 &&
		(phrase_grammar(c, noun + 1) & POS_PARTS) != POS_ADJECTIVE)
		return true;
	/* le Colle del Sabbione */
	if (nominal_follows(c, noun + 1) && (phrase_shape(c, noun) & SHAPE_TITLE) != 0 &&
		phrase_grammar(c, noun + 1) == 0)
		return true;
	if (nominal_follows(c, noun + 1) && (phrase_shape(c, noun + 1) & SHAPE_LOWER) == 0 &&
		(phrase_grammar(c, noun + 1) & POS_PARTS & ~(uint32_t)POS_NAME) == 0)
		return true;
	return first > 0 && nominal_follows(c, first) && check_word_is(c, first - 1, subjects);
}

void
nominal_extend(const check *c, phrase *p)
{
	size_t next = p->last + 1;

	if (nominal_follows(c, next) && (phrase_grammar(c, next) & POS_ADJECTIVE) != 0 &&
		(nominal_parts(c, next) & ~(uint32_t)POS_AGREEING) == 0 &&
		(phrase_shape(c, next) & SHAPE_LOWER) != 0 &&
		(phrase_cells(c, p->noun) & phrase_cells(c, next)) != 0 &&
		nominal_stands_free(c, next, next) &&
		(c->tokens.at[next + 1].features & FEATURE_WORD) == 0)
		p->last = next;
}
