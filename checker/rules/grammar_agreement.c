/* Gender and number inside a French noun phrase, from the dictionary's morphology.
 *
 * Three shapes are looked at, each for its own traps:
 *   determiner + noun              les État, un conflits, cet décision
 *   (determiner +) adjective + noun, for the closed list of adjectives that stand in front:
 *                                  la présent résolution, autres entité
 *   noun + adjective               à caractère régionaux; in a heading: Objectif pratiques
 *
 * A pair disagrees only when *no* reading of the first word fits *any* reading of the second
 * (sets of cells, checker/inflection.h); a word that can also be a verb, an adverb or a name is
 * believed to be one wherever that would explain it. An adjective after a noun may belong to
 * any noun before it (« des organes de contrôle indépendants »), so it is looked at only when
 * nothing before it in the sentence fits. All this costs findings and buys precision: the rule
 * was read over law, treaties and United Nations texts until what it says was true.
 *
 * The common path is a test of or-ed bits cached with each distinct word; the dictionary is
 * searched only for the suggestions of a finding. */
#include "checker/rules/phrase.h"

#define PARTS 0xFFFFu
#define POS_AGREEING (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE)
#define COMMON 50     /* times in a million words */
#define SLIPS_MOST 2  /* of one phrase in one text */
#define LIST_REACH 12 /* tokens from a noun to the next one of a list */
#define LOOK_BACK 60  /* tokens before an adjective that may hold its noun */

/* Word i follows word i - 1 with one space, or the end of a line, between them. */
static bool
follows(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	return t[i].kind == TOKEN_WORD && t[i - 1].kind == TOKEN_WORD &&
	       (t[i].gap == GAP_SPACE || t[i].gap == GAP_NO_BREAK ||
		       (t[i].gap == GAP_UNUSUAL &&
			       c->document->text.p[t[i].start - 1] != '\t'));
}

/* What stands glued to the word makes it a part of something: le(s), homme/femme. */
static bool
stands_free(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;
	uint32_t glue = FEATURE_SLASH | FEATURE_DASH | FEATURE_BRACKET | FEATURE_APOSTROPHE;
	const token *before = &t[first] - 1, *after = &t[last] + 1;

	if (after->kind == TOKEN_MARK && after->gap == GAP_NONE &&
		(after->features & (FEATURE_STOP | FEATURE_QUOTE)) == 0 && after->word != ')')
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
static uint32_t
plain_parts(slice lower, uint32_t grammar)
{
	static const char *const verbs[] = { "êtes", "faites", "dites", "sommes", NULL };
	uint32_t parts = grammar & PARTS & ~(uint32_t)POS_INTERJECTION;

	if (slice_ends(lower, SLICE("es")) && !slice_is_one_of(lower, verbs))
		parts &= ~(uint32_t)POS_VERB;
	return parts;
}

static uint32_t
parts_of(const check *c, size_t i)
{
	uint32_t parts = plain_parts(phrase_lower(c, i), phrase_grammar(c, i));

	/* verbs have no capital inside a sentence */
	if (i > 0 && (phrase_shape(c, i) & SHAPE_TITLE) != 0)
		parts &= ~(uint32_t)POS_VERB;
	return parts;
}

/* Names of peoples and groups that official texts leave without the s of the plural, and nouns
 * of set phrases (une fois déduits les frais). */
static const char *const free_nouns[] = { "taliban", "inuit", "touareg", "peul", "rom", "maori",
	"mohajir", "shabaab", "est", "orge", "abord", "canada", "tris", "chlorite",
	"expression", "terme", "mot", "fois", "don", "saint", "monsieur", "madame", NULL };

/* An abbreviation: aux art. 3 et 5. */
static bool
is_abbreviated(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	return words_at(&c->words, c->tokens.at[i].word)->points <= 4 &&
	       after->kind == TOKEN_MARK && after->word == '.' && after->gap == GAP_NONE &&
	       (after[1].kind == TOKEN_NUMBER || after[1].kind == TOKEN_CODE ||
		       (after[1].kind == TOKEN_WORD &&
			       (phrase_shape(c, i + 2) & SHAPE_LOWER) != 0));
}

/* A noun for certain: its case is ordinary and no reading escapes agreement. */
static bool
is_noun(const check *c, size_t i, bool verb_is_possible)
{
	uint32_t parts = parts_of(c, i), allowed = POS_AGREEING;

	if (words_at(&c->words, c->tokens.at[i].word)->points < 3 || is_abbreviated(c, i) ||
		slice_is_one_of(phrase_lower(c, i), free_nouns))
		return false;

	if (!verb_is_possible)
		allowed |= POS_VERB;
	if ((parts & POS_NOUN) == 0 || (parts & ~allowed) != 0)
		return false;
	return (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

/* Adjectives that stand before their noun, in the dictionary's form. A closed list (Grevisse,
 * Le Bon Usage, § 328–333), with those that the language of resolutions puts there. */
static const char *const in_front[] = { "présent", "nouveau", "nouvel", "premier", "dernier",
	"deuxième", "second", "troisième", "quatrième", "cinquième", "sixième", "septième",
	"huitième", "neuvième", "dixième", "grand", "petit", "autre", "différent", "principal",
	"seul", "prochain", "précédent", "ancien", "futur", "bon", "mauvais", "éventuel",
	"vaste", "important", "meilleur", "véritable", "réel", "certain", "divers", "vieux",
	"moindre", "nombreux", "récent", "même", "vrai", "haut", NULL };

/* Adjectives that mean several, and so need no determiner before them. */
static const char *const several[] = { "autres", "différents", "différentes", "divers",
	"diverses", "certains", "certaines", "nouveaux", "nouvelles", "principaux",
	"principales", "nombreux", "nombreuses", "premiers", "premières", "derniers",
	"dernières", NULL };

static bool
stands_in_front(const check *c, size_t i)
{
	const analysis *a;
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];

	if ((phrase_grammar(c, i) & POS_ADJECTIVE) == 0 ||
		(phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	size_t n = lexicon_analyses(x, phrase_lower(c, i), &a);
	for (size_t k = 0; k < n; k++)
		if ((a[k].grammar & POS_ADJECTIVE) != 0 &&
			slice_is_one_of(lexicon_lemma(x, a[k].lemma), in_front))
			return true;
	return false;
}

/* An adjective and nothing else. */
static bool
is_adjective(const check *c, size_t i)
{
	uint32_t parts = parts_of(c, i);

	return (parts & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (parts & ~(uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE)) == 0 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0;
}

/* Takes in the adjective after the noun, and corrects it with the rest. */
static void
extend(const check *c, phrase *p)
{
	size_t next = p->last + 1;

	if (follows(c, next) && (phrase_grammar(c, next) & POS_ADJECTIVE) != 0 &&
		(parts_of(c, next) & ~(uint32_t)POS_AGREEING) == 0 &&
		(phrase_shape(c, next) & SHAPE_LOWER) != 0 &&
		(phrase_cells(c, p->noun) & phrase_cells(c, next)) != 0 &&
		stands_free(c, next, next) &&
		(c->tokens.at[next + 1].features & FEATURE_WORD) == 0)
		p->last = next;
}

/* The end of a number (vingt et un ans), or « l’un » before a word of the next clause. */
static bool
is_numeral(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (!slice_starts(phrase_lower(c, i), SLICE("un")))
		return false;
	return before->kind == TOKEN_ELISION || before->kind == TOKEN_NUMBER ||
	       (before->kind == TOKEN_WORD &&
		       (slice_equal(phrase_lower(c, i - 1), SLICE("et")) ||
			       (phrase_grammar(c, i - 1) & POS_NUMERAL) != 0));
}

/* « ces dernières suffisante » is no adjective before a noun. */
static bool
is_plain_noun(const check *c, size_t i)
{
	return is_noun(c, i, true) && (parts_of(c, i) & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0;
}

/* Another noun in the singular that no determiner leads. */
static bool
is_bare_singular(const check *c, size_t i)
{
	uint32_t bits = phrase_grammar(c, i);

	return (bits & POS_NOUN) != 0 && (bits & (POS_DETERMINER | POS_PRONOUN)) == 0 &&
	       (inflection_cells(bits) & CELLS_PLURAL) == 0;
}

/* nom/adresse, date au lieu */
static bool
continues(const check *c, size_t i)
{
	static const char *const prepositions[] = { "au", "à", NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK
		       ? t->word == '/'
		       : t->kind == TOKEN_WORD &&
				 slice_is_one_of(phrase_lower(c, i), prepositions);
}

static bool
is_link(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "ni", NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK
		       ? t->word == ','
		       : t->kind == TOKEN_WORD && slice_is_one_of(phrase_lower(c, i), links);
}

/* « les nom et adresse », « aux date, heure et lieu », « ses numéro de téléphone et adresse
 * électronique », « les cinquième et sixième rapports »: a plural for several singulars. */
static bool
leads_a_list(const check *c, size_t noun)
{
	static const char *const ends[] = { "qui", "que", "dont", "où", NULL };
	const token *t = c->tokens.at;

	if (is_link(c, noun + 1) || continues(c, noun + 1))
		return true;
	for (size_t i = noun + 1; i <= noun + LIST_REACH && t[i].kind != TOKEN_EDGE; i++) {
		if (is_link(c, i) && is_bare_singular(c, i + 1))
			return true;
		if (t[i].kind == TOKEN_MARK && (t[i].features & FEATURE_STOP) != 0 &&
			t[i].word != ',')
			return false;
		if (t[i].kind == TOKEN_WORD && slice_is_one_of(phrase_lower(c, i), ends))
			return false;
	}
	return false;
}

/* « la Tokai Bank », « ces don Juan »: the noun begins a name; « tu le voies » has none. */
static bool
is_no_phrase(const check *c, size_t first, size_t noun)
{
	static const char *const subjects[] = { "tu", "te", "me", NULL };

	/* la Canada Trust Company */
	if (follows(c, noun + 1) &&
		(phrase_shape(c, noun) & phrase_shape(c, noun + 1) & SHAPE_TITLE) != 0)
		return true;
	/* le Colle del Sabbione */
	if (follows(c, noun + 1) && (phrase_shape(c, noun) & SHAPE_TITLE) != 0 &&
		phrase_grammar(c, noun + 1) == 0)
		return true;
	if (follows(c, noun + 1) && (phrase_shape(c, noun + 1) & SHAPE_LOWER) == 0 &&
		(phrase_grammar(c, noun + 1) & PARTS & ~(uint32_t)POS_NAME) == 0)
		return true;
	return first > 0 && follows(c, first) &&
	       slice_is_one_of(phrase_lower(c, first - 1), subjects);
}

/* « la deuxième et la troisième années », « le premier et le dernier jours »: usage lets the
 * noun count both. */
static bool
shares_its_noun(const check *c, const phrase *p)
{
	slice front = phrase_lower(c, p->noun - 1);

	return p->noun - p->first == 2 && (p->determined & phrase_cells(c, p->noun - 1)) != 0 &&
	       (phrase_cells(c, p->noun) & CELLS_SINGULAR) == 0 &&
	       (p->determined & CELLS_PLURAL) == 0 &&
	       (slice_ends(front, SLICE("ième")) || slice_starts(front, SLICE("prem")) ||
		       slice_starts(front, SLICE("dern")));
}

/* « la Rapporteur spéciale »: a title of a woman that the dictionary has no feminine for. */
static bool
is_title_of_woman(const check *c, const phrase *p)
{
	return (p->determined & CELLS_MASCULINE) == 0 &&
	       slice_ends(phrase_lower(c, p->noun), SLICE("eur"));
}

/* « les biocarburant liquides »: the adjective behind agrees with the determiner, so the noun
 * is what is wrong, however rare it is. */
static bool
is_confirmed(const check *c, const phrase *p)
{
	size_t next = p->noun + 1;

	return p->determiner != NULL && follows(c, next) &&
	       (phrase_grammar(c, next) & POS_ADJECTIVE) != 0 &&
	       (parts_of(c, next) & ~(uint32_t)POS_AGREEING) == 0 &&
	       (phrase_shape(c, p->noun) & SHAPE_LOWER) != 0 &&
	       (phrase_cells(c, next) & p->determined) != 0 &&
	       (phrase_cells(c, next) & phrase_cells(c, p->noun)) == 0;
}

/* A noun that the reference texts never use is more often a name (Cima des Sueur), a set phrase
 * (à la diable) or a damaged word than one that fails to agree; and what the text says again
 * and again with a capital is a name (donnant sur la Rideau), unless it is a common word. */
static bool
is_doubtful(const check *c, const phrase *p)
{
	uint32_t frequency = phrase_frequency(c, p->noun);

	if (frequency == 0)
		return !is_confirmed(c, p);
	if (frequency >= COMMON)
		return false;
	return (phrase_shape(c, p->noun) & SHAPE_TITLE) != 0 &&
	       phrase_count_around(c, check_text(c, check_span(c, p->first, p->last)),
		       SLIPS_MOST + 1) > SLIPS_MOST;
}

/* Behind a preposition le, la, les and leur are no pronouns, and no verb follows. */
static bool
may_be_pronoun(const check *c, size_t i, const determiner *d)
{
	static const char *const prepositions[] = { "dans", "sur", "sous", "par", "avec",
		"entre", "vers", "contre", "chez", "depuis", "pendant", "durant", "selon",
		"parmi", NULL };

	return d->pronoun && (i == 0 || c->tokens.at[i].gap == GAP_NONE ||
				     c->tokens.at[i - 1].kind != TOKEN_WORD ||
				     !slice_is_one_of(phrase_lower(c, i - 1), prepositions));
}

/* The noun phrase that determiner i begins; false where nothing disagrees for certain. */
static bool
find_determined(const check *c, size_t i, const determiner *d, phrase *p)
{
	unsigned determined = d->cells;

	if (!follows(c, i + 1))
		return false;
	uint32_t next = phrase_grammar(c, i + 1);
	*p = (phrase){ .first = i, .noun = i + 1, .determiner = d, .determined = determined };
	if ((next & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 && follows(c, i + 2) &&
		(phrase_grammar(c, i + 2) & POS_NOUN) != 0 &&
		(determined & phrase_cells(c, i + 1) & phrase_cells(c, i + 2)) == 0 &&
		stands_in_front(c, i + 1) && is_plain_noun(c, i + 2)) {
		p->noun = i + 2;
	} else if ((next & POS_NOUN) == 0 || (determined & phrase_cells(c, i + 1)) != 0 ||
		   !is_noun(c, i + 1, may_be_pronoun(c, i, d)))
		return false;
	p->last = p->noun;
	return true;
}

/* Nearly all do: a noun that fits its determiner, or an adjective that fits both of its
 * neighbours. */
static bool
agrees(const check *c, size_t i, unsigned determined)
{
	uint32_t next = phrase_grammar(c, i + 1);
	unsigned common = determined & inflection_cells(next);

	if (common == 0)
		return false;
	if ((next & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0)
		return true;
	uint32_t noun = phrase_grammar(c, i + 2);
	return (noun & POS_NOUN) == 0 || (common & inflection_cells(noun)) != 0;
}

static status
look_at_determiner(check *c, const rule *r, size_t i)
{
	phrase p;
	const determiner *d = determiner_at(c->words.hot.at[c->tokens.at[i].word].determiner);

	if (d == NULL || agrees(c, i, d->cells) ||
		(phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		!find_determined(c, i, d, &p))
		return STATUS_OK;
	if (!stands_free(c, p.first, p.last) || is_numeral(c, i) ||
		is_no_phrase(c, p.first, p.noun))
		return STATUS_OK;
	if ((d->cells & CELLS_SINGULAR) == 0 && (phrase_cells(c, p.noun) & CELLS_PLURAL) == 0 &&
		leads_a_list(c, p.noun))
		return STATUS_OK;
	if (shares_its_noun(c, &p) || is_title_of_woman(c, &p) || is_doubtful(c, &p))
		return STATUS_OK;
	extend(c, &p);
	return phrase_report(c, r, &p);
}

/* Autres entité publique. */
static status
look_at_several(check *c, const rule *r, size_t i)
{
	if ((phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 || !follows(c, i + 1) ||
		!is_noun(c, i + 1, true) || !slice_is_one_of(phrase_lower(c, i), several))
		return STATUS_OK;
	const token *before = &c->tokens.at[i] - 1;
	if (before->kind == TOKEN_WORD || !stands_free(c, i, i + 1) || leads_a_list(c, i + 1))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 1,
		.last = i + 1,
		.determined = CELLS_ALL,
		.several = true };
	if (is_doubtful(c, &p))
		return STATUS_OK;
	extend(c, &p);
	return phrase_report(c, r, &p);
}

/* Could the adjective belong to something before the noun it follows? */
static bool
belongs_elsewhere(const check *c, size_t adjective)
{
	unsigned wanted = phrase_cells(c, adjective);
	bool plural = (wanted & CELLS_SINGULAR) == 0;
	size_t i = adjective - 1;

	for (size_t n = 0; n < LOOK_BACK && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_MARK && (t->word == '.' || t->word == ';'))
			return false;
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION) {
			if (plural)
				return true;
			continue;
		}
		uint32_t bits = phrase_reading(c, i)->grammar;
		if (bits == 0 || (bits & (POS_NAME | POS_VERB)) != 0)
			return true;
		if ((bits & (POS_NOUN | POS_PRONOUN | POS_ADJECTIVE | POS_NUMERAL)) != 0 &&
			((bits & POS_DETERMINER) == 0 ||
				slice_starts(phrase_lower(c, i), SLICE("un"))) &&
			(inflection_cells(bits) & wanted) != 0)
			return true;
		if (plural && (bits & (POS_CONJUNCTION | POS_NUMERAL)) != 0)
			return true;
	}
	return false;
}

/* Participles and adjectives that serve as prepositions, adverbs or set phrases. */
static const char *const unbound[] = { "compris", "inclus", "vu", "excepté", "passé", "attendu",
	"entendu", "possible", "nu", "demi", "haut", "bas", "fort", "net", "ferme", "cher",
	"court", "exclu", "joint", "tel", "tels", "telle", "telles", "quel", "seul", "seuls",
	"même", "mêmes", "sauf", "plein", "approuvé", "signé", "présent", "soussigné",
	"soussignés", "eu", "eue", "eus", "eues", "value", "values", NULL };

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

/* À caractère régionaux. */
static bool
disagrees_with_noun(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	if ((phrase_cells(c, i - 1) & phrase_cells(c, i)) != 0 || !follows(c, i) ||
		!is_adjective(c, i))
		return false;
	bool heading = is_heading(c, i);
	uint32_t allowed = heading ? POS_NOUN | POS_VERB : POS_NOUN;
	if ((parts_of(c, i - 1) & ~allowed) != 0 || !is_noun(c, i - 1, !heading))
		return false;
	if (slice_is_one_of(phrase_lower(c, i), unbound) || stands_in_front(c, i) ||
		!stands_free(c, i - 1, i))
		return false;
	/* the adjective may lead to what follows: public et privé, premiers résultats */
	if (after->kind == TOKEN_WORD &&
		(phrase_grammar(c, i + 1) & (POS_CONJUNCTION | POS_NOUN | POS_ADJECTIVE)) != 0)
		return false;
	if (after->kind == TOKEN_MARK && after->word == ',')
		return false;
	return !belongs_elsewhere(c, i);
}

static status
look_at_adjective(check *c, const rule *r, size_t i)
{
	if (i == 0 || (phrase_grammar(c, i - 1) & POS_NOUN) == 0 || !disagrees_with_noun(c, i))
		return STATUS_OK;
	phrase p = { .first = i - 1,
		.noun = i - 1,
		.last = i,
		.determined = CELLS_ALL,
		.heading = i == 1,
		.alone = is_heading(c, i) };
	return is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}

/* A determiner, or an adjective: one that means several, or is nothing else. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	slice lower = words_at(&c->words, w->lower)->text;
	uint32_t parts = plain_parts(lower, r->grammar);

	(void)l;
	if (r->determiner != 0)
		return true;
	if ((r->grammar & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0)
		return false;
	return slice_is_one_of(lower, several) ||
	       ((w->shape & SHAPE_LOWER) != 0 &&
		       (parts & ~(uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE)) == 0);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	if ((t->features & FEATURE_DETERMINER) != 0 &&
		(t[1].features & (FEATURE_NOUN | FEATURE_ADJECTIVE)) != 0)
		TRY(look_at_determiner(c, r, i));
	if ((t->features & FEATURE_ADJECTIVE) == 0)
		return STATUS_OK;
	if ((t[1].features & FEATURE_NOUN) != 0)
		TRY(look_at_several(c, r, i));
	return (t[-1].features & FEATURE_NOUN) != 0 ? look_at_adjective(c, r, i) : STATUS_OK;
}

/* Objectif pratiques: a block of two words, a noun and an adjective that can also be a noun
 * or a verb, which nothing else explains. */
static status
look_at_title(check *c, const rule *r)
{
	size_t i = c->tokens.count - 2;

	if (c->tokens.count < 2 || c->tokens.count > 4 || !is_numbering(c, i) ||
		c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL || !follows(c, i + 1))
		return STATUS_OK;
	if ((phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 || !is_noun(c, i, true) ||
		(phrase_shape(c, i) & SHAPE_TITLE) == 0)
		return STATUS_OK;
	if ((phrase_grammar(c, i + 1) & POS_ADJECTIVE) == 0 || is_adjective(c, i + 1) ||
		(parts_of(c, i + 1) & ~(uint32_t)POS_AGREEING) != 0 ||
		(phrase_shape(c, i + 1) & SHAPE_LOWER) == 0)
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i,
		.last = i + 1,
		.determined = CELLS_ALL,
		.heading = true,
		.alone = true };
	return is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}

const rule rule_grammar_agreement = {
	.id = "grammar/agreement",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = FEATURE_DETERMINER | FEATURE_ADJECTIVE,
	.wants = wants,
	.before = FEATURE_NOUN,
	.after = FEATURE_NOUN | FEATURE_ADJECTIVE,
	.source = "FR-TRT-12: S/2018/7 in French; Grevisse, Le Bon Usage; morphology of the "
		  "Dicollecte dictionary (A)",
	.summary_en = "determiner, noun and adjective do not agree",
	.summary_fr = "le déterminant, le nom et l’adjectif ne s’accordent pas",
	.explanation_en =
		"In a French noun phrase the determiner and the adjective take the gender and "
		"the number of the noun. The rule speaks only where every reading that the "
		"dictionary gives of every word excludes agreement, and where the adjective "
		"cannot belong to an earlier noun. The correction of the number of the noun, "
		"or of the other words, comes first according to how many words must change; "
		"check which one was meant. It is made without asking in a heading of two "
		"words only, where the lines that follow have the noun in the plural and the "
		"text never has it in the singular.",
	.explanation_fr =
		"Dans le groupe nominal, le déterminant et l’adjectif prennent le genre et le "
		"nombre du nom. La règle ne parle que lorsque aucune des lectures que le "
		"dictionnaire donne des mots ne permet l’accord et que l’adjectif ne peut se "
		"rapporter à un nom qui précède. La correction qui change le moins de mots "
		"vient en premier ; il reste à vérifier ce qui était voulu. Elle n’est faite "
		"sans demander que dans un intertitre de deux mots, quand la suite emploie le "
		"nom au pluriel et que le texte ne l’emploie jamais au singulier.",
	.examples = { { LANGUAGE_FR, "les État parties à la Convention",
			      "les États parties à la Convention" },
		{ LANGUAGE_FR, "les parties à un conflits doivent négocier",
			"les parties à un conflit doivent négocier" },
		{ LANGUAGE_FR, "par la présent résolution", "par la présente résolution" },
		{ LANGUAGE_FR, "Autres entité publique", "Autres entités publiques" },
		{ LANGUAGE_FR, "Objectif pratiques", "Objectifs pratiques" },
		{ LANGUAGE_FR, "Ils agissent dans l’exercice de leur fonctions.",
			"Ils agissent dans l’exercice de leurs fonctions." },
		{ LANGUAGE_FR, NULL, "les secteurs public et privé" },
		{ LANGUAGE_FR, NULL, "ses numéro de téléphone et adresse électronique" },
		{ LANGUAGE_FR, NULL, "des organes de contrôle indépendants" },
		{ LANGUAGE_FR, NULL, "Le Conseil et le Comité réunis ont décidé." },
		{ LANGUAGE_FR, NULL, "Elle a vingt et un ans ; il leur faut des fonds." } },
	.token = look,
	.block = look_at_title,
};
