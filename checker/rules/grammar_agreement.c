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
#include "checker/inflection.h"
#include "checker/rule.h"

#include <string.h>

#define PARTS 0xFFFFu
#define POS_AGREEING (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE)
#define LOOK_BACK 60 /* tokens before an adjective that may hold its noun */

static const word_reading *
reading(const check *c, size_t i)
{
	return &words_at(&c->words, c->tokens.at[i].word)->in[LANGUAGE_FR - LANGUAGE_FR];
}

static uint32_t
grammar(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD ? c->words.hot.at[t->word].grammar[0] : 0;
}

static slice
lower(const check *c, size_t i)
{
	const words *w = &c->words;

	return words_at(w, words_at(w, c->tokens.at[i].word)->lower)->text;
}

static uint16_t
shape(const check *c, size_t i)
{
	return words_at(&c->words, c->tokens.at[i].word)->shape;
}

static bool
is_one_of(slice s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(s, slice_of(list[i])))
			return true;
	return false;
}
#define IS_ONE_OF(s, list) is_one_of((s), (list), sizeof(list) / sizeof(*(list)))

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
parts_of(const check *c, size_t i)
{
	static const char *const verbs[] = { "êtes", "faites", "dites", "sommes" };
	uint32_t parts = grammar(c, i) & PARTS;
	slice s = lower(c, i);

	if (slice_ends(s, SLICE("es")) && !IS_ONE_OF(s, verbs))
		parts &= ~(uint32_t)POS_VERB;
	/* verbs have no capital inside a sentence */
	if (i > 0 && (shape(c, i) & SHAPE_TITLE) != 0)
		parts &= ~(uint32_t)POS_VERB;
	return parts & ~(uint32_t)POS_INTERJECTION;
}

/* Names of peoples and groups that official texts leave without the s of the plural, and nouns
 * of set phrases (une fois déduits les frais). */
static const char *const free_nouns[] = { "taliban", "inuit", "touareg", "peul", "rom", "maori",
	"mohajir", "shabaab", "est", "orge", "abord", "canada", "tris", "chlorite",
	"expression", "terme", "mot", "fois", "don", "saint", "monsieur", "madame" };

/* An abbreviation: aux art. 3 et 5. */
static bool
is_abbreviated(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	return words_at(&c->words, c->tokens.at[i].word)->points <= 4 &&
	       after->kind == TOKEN_MARK && after->word == '.' && after->gap == GAP_NONE &&
	       (after[1].kind == TOKEN_NUMBER || after[1].kind == TOKEN_CODE ||
		       (after[1].kind == TOKEN_WORD && (shape(c, i + 2) & SHAPE_LOWER) != 0));
}

/* A noun for certain: its case is ordinary and no reading escapes agreement. */
static bool
is_noun(const check *c, size_t i, bool verb_is_possible)
{
	uint32_t parts = parts_of(c, i), allowed = POS_AGREEING;

	if (words_at(&c->words, c->tokens.at[i].word)->points < 3 || is_abbreviated(c, i) ||
		IS_ONE_OF(lower(c, i), free_nouns))
		return false;

	if (!verb_is_possible)
		allowed |= POS_VERB;
	if ((parts & POS_NOUN) == 0 || (parts & ~allowed) != 0)
		return false;
	return (shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

/* Adjectives that stand before their noun, in the dictionary's form. A closed list (Grevisse,
 * Le Bon Usage, § 328–333), with those that the language of resolutions puts there. */
static const char *const in_front[] = { "présent", "nouveau", "nouvel", "premier", "dernier",
	"deuxième", "second", "troisième", "quatrième", "cinquième", "sixième", "septième",
	"huitième", "neuvième", "dixième", "grand", "petit", "autre", "différent", "principal",
	"seul", "prochain", "précédent", "ancien", "futur", "bon", "mauvais", "éventuel",
	"vaste", "important", "meilleur", "véritable", "réel", "certain", "divers", "vieux",
	"moindre", "nombreux", "récent", "même", "vrai", "haut" };

/* Adjectives that mean several, and so need no determiner before them. */
static const char *const several[] = { "autres", "différents", "différentes", "divers",
	"diverses", "certains", "certaines", "nouveaux", "nouvelles", "principaux",
	"principales", "nombreux", "nombreuses", "premiers", "premières", "derniers",
	"dernières" };

static bool
stands_in_front(const check *c, size_t i)
{
	const analysis *a;
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];

	if ((grammar(c, i) & POS_ADJECTIVE) == 0 || (shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	size_t n = lexicon_analyses(x, lower(c, i), &a);
	for (size_t k = 0; k < n; k++)
		if ((a[k].grammar & POS_ADJECTIVE) != 0 &&
			IS_ONE_OF(lexicon_lemma(x, a[k].lemma), in_front))
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
	       (shape(c, i) & SHAPE_LOWER) != 0;
}

static unsigned
cells(const check *c, size_t i)
{
	return inflection_cells(grammar(c, i));
}

/* A phrase from its determiner (or first adjective) to its last word. */
typedef struct phrase {
	size_t first, noun, last;
	const determiner *determiner; /* NULL: none */
	unsigned determined;          /* its cells, CELLS_ALL without one */
	bool several;                 /* a title or « autres », which mean more than one */
} phrase;

static void
append(char *out, size_t room, size_t *n, slice s)
{
	if (s.n > room - *n)
		s.n = room - *n;
	memcpy(out + *n, s.p, s.n);
	*n += s.n;
}

/* The determiner as it should be, with the capital of the one that stands there. */
static bool
write_determiner(
	check *c, const phrase *p, unsigned cell, slice next, char *out, size_t room, size_t *n)
{
	if ((p->determined & cell) != 0) {
		append(out, room, n, check_token(c, p->first));
		append(out, room, n, SLICE(" "));
		return true;
	}
	slice made = determiner_form(p->determiner, cell, next);
	if (made.n == 0)
		return false;
	size_t start = *n;
	append(out, room, n, made);
	if ((shape(c, p->first) & SHAPE_LOWER) == 0)
		out[start] = (char)(out[start] - 'a' + 'A');
	return true;
}

/* The whole phrase in one cell; empty when a word of it has no such form. */
static slice
phrase_in(check *c, const phrase *p, unsigned cell)
{
	char out[512];
	size_t n = 0, i = p->first;

	if (p->determiner != NULL) {
		char small[256];
		slice next = lower(c, i + 1);
		if (next.n > sizeof(small))
			return (slice){ 0 };
		if (!write_determiner(c, p, cell, next, out, sizeof(out), &n))
			return (slice){ 0 };
		i++;
	}
	for (; i <= p->last; i++) {
		uint32_t parts = i == p->noun ? (uint32_t)POS_NOUN
					      : (uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE);
		slice form = (cells(c, i) & cell) != 0
				     ? check_token(c, i)
				     : inflection_form(c, check_token(c, i), cell, parts);
		if (form.n == 0)
			return (slice){ 0 };
		append(out, sizeof(out), &n, form);
		if (i < p->last)
			append(out, sizeof(out), &n, SLICE(" "));
	}
	return n < sizeof(out) ? check_printf(c, "%.*s", (int)n, out) : (slice){ 0 };
}

static bool
has(const slice *list, size_t n, slice s)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(list[i], s))
			return true;
	return false;
}

/* How many words of the phrase have to change for it to stand in the cell. */
static unsigned
changes(const check *c, const phrase *p, unsigned cell)
{
	size_t i = p->first;
	unsigned n = 0;

	if (p->determiner != NULL) {
		n += (p->determined & cell) == 0;
		i++;
	}
	for (; i <= p->last; i++)
		n += (cells(c, i) & cell) == 0;
	return n;
}

/* A noun changes its number more easily than its gender, and the determiner is right more
 * often than the ending of the noun. */
static unsigned
cost(const check *c, const phrase *p, unsigned cell)
{
	unsigned noun = cells(c, p->noun), n = 4 * changes(c, p, cell);
	unsigned gender = cell & CELLS_MASCULINE ? CELLS_MASCULINE : CELLS_FEMININE;

	if ((noun & gender) == 0)
		n += 16;
	if (p->determiner != NULL && (p->determined & cell) == 0)
		n += 1;
	/* au alinéas: the determiner cannot stand before this vowel, so it is the one to change
	 */
	if (p->determiner != NULL && (p->determined & cell) != 0 && p->noun == p->first + 1 &&
		(p->determined & CELLS_PLURAL) == 0 &&
		slice_ends(determiner_form(p->determiner, cell, lower(c, p->noun)),
			SLICE("\u2019")))
		n += 8;
	if (p->several && (cell & CELLS_PLURAL) == 0)
		n += 8;
	return n;
}

#define SUGGESTIONS 2

static status
report(check *c, const rule *r, const phrase *p)
{
	slice made[SUGGESTIONS];
	size_t count = 0;

	for (unsigned wanted = 0; wanted < 40 && count < SUGGESTIONS; wanted++)
		for (unsigned cell = CELL_MS; cell <= CELL_FP; cell *= 2) {
			if (cost(c, p, cell) != wanted || count == SUGGESTIONS)
				continue;
			slice s = phrase_in(c, p, cell);
			if (s.n != 0 && !has(made, count, s))
				made[count++] = s;
		}
	finding f = { .text = check_span(c, p->first, p->last),
		.fix = count == 0 ? FIX_NONE : r->fix,
		.suggestions = made,
		.suggestion_count = count };
	slice text = check_text(c, f.text);
	f.message = check_message(c, "the words of “%.*s” do not agree",
		"les mots de « %.*s » ne s’accordent pas", SLICE_ARG(text));
	return check_report(c, r, f);
}

/* Takes in the adjective after the noun, and corrects it with the rest. */
static void
extend(const check *c, phrase *p)
{
	size_t next = p->last + 1;

	if (follows(c, next) && (grammar(c, next) & POS_ADJECTIVE) != 0 &&
		(parts_of(c, next) & ~(uint32_t)POS_AGREEING) == 0 &&
		(shape(c, next) & SHAPE_LOWER) != 0 &&
		(cells(c, p->noun) & cells(c, next)) != 0 && stands_free(c, next, next) &&
		(c->tokens.at[next + 1].features & FEATURE_WORD) == 0)
		p->last = next;
}

/* The end of a number (vingt et un ans), or « l’un » before a word of the next clause. */
static bool
is_numeral(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (!slice_starts(lower(c, i), SLICE("un")))
		return false;
	return before->kind == TOKEN_ELISION || before->kind == TOKEN_NUMBER ||
	       (before->kind == TOKEN_WORD && (slice_equal(lower(c, i - 1), SLICE("et")) ||
						      (grammar(c, i - 1) & POS_NUMERAL) != 0));
}

/* « ces dernières suffisante » is no adjective before a noun. */
static bool
is_plain_noun(const check *c, size_t i)
{
	return is_noun(c, i, true) && (parts_of(c, i) & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0;
}

/* « les nom et adresse », « aux date, heure et lieu », « les cinquième et sixième rapports »: a
 * plural for several singulars. */
static bool
leads_a_list(const check *c, size_t noun)
{
	static const char *const links[] = { "et", "ou", "ni", "au", "à" };
	const token *after = &c->tokens.at[noun + 1];

	if (after->kind == TOKEN_MARK)
		return after->word == ',' || after->word == '/';
	return after->kind == TOKEN_WORD && IS_ONE_OF(lower(c, noun + 1), links);
}

/* « la Tokai Bank », « ces don Juan »: the noun begins a name; « tu le voies » has none. */
static bool
is_no_phrase(const check *c, size_t first, size_t noun)
{
	static const char *const subjects[] = { "tu", "te", "me" };

	/* la Canada Trust Company */
	if (follows(c, noun + 1) && (shape(c, noun) & shape(c, noun + 1) & SHAPE_TITLE) != 0)
		return true;
	/* le Colle del Sabbione */
	if (follows(c, noun + 1) && (shape(c, noun) & SHAPE_TITLE) != 0 &&
		grammar(c, noun + 1) == 0)
		return true;
	if (follows(c, noun + 1) && (shape(c, noun + 1) & SHAPE_LOWER) == 0 &&
		(grammar(c, noun + 1) & PARTS & ~(uint32_t)POS_NAME) == 0)
		return true;
	return first > 0 && follows(c, first) && IS_ONE_OF(lower(c, first - 1), subjects);
}

/* « la deuxième et la troisième années », « le premier et le dernier jours »: usage lets the
 * noun count both. */
static bool
shares_its_noun(const check *c, const phrase *p)
{
	slice front = lower(c, p->noun - 1);

	return p->noun - p->first == 2 && (p->determined & cells(c, p->noun - 1)) != 0 &&
	       (cells(c, p->noun) & CELLS_SINGULAR) == 0 &&
	       (p->determined & CELLS_PLURAL) == 0 &&
	       (slice_ends(front, SLICE("ième")) || slice_starts(front, SLICE("prem")) ||
		       slice_starts(front, SLICE("dern")));
}

/* « la Rapporteur spéciale »: a title of a woman that the dictionary has no feminine for. */
static bool
is_title_of_woman(const check *c, const phrase *p)
{
	return (p->determined & CELLS_MASCULINE) == 0 &&
	       slice_ends(lower(c, p->noun), SLICE("eur"));
}

/* The noun phrase that determiner i begins; false where nothing disagrees for certain. */
static bool
find_determined(const check *c, size_t i, const determiner *d, phrase *p)
{
	unsigned determined = d->cells;

	if (!follows(c, i + 1))
		return false;
	uint32_t next = grammar(c, i + 1);
	*p = (phrase){ .first = i, .noun = i + 1, .determiner = d, .determined = determined };
	if ((next & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 && follows(c, i + 2) &&
		(grammar(c, i + 2) & POS_NOUN) != 0 &&
		(determined & cells(c, i + 1) & cells(c, i + 2)) == 0 &&
		stands_in_front(c, i + 1) && is_plain_noun(c, i + 2)) {
		p->noun = i + 2;
	} else if ((next & POS_NOUN) == 0 || (determined & cells(c, i + 1)) != 0 ||
		   !is_noun(c, i + 1, d->pronoun))
		return false;
	p->last = p->noun;
	return true;
}

static status
look_at_determiner(check *c, const rule *r, size_t i)
{
	phrase p;
	const determiner *d = determiner_at(reading(c, i)->determiner);

	if (d == NULL || (shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		!find_determined(c, i, d, &p))
		return STATUS_OK;
	if (!stands_free(c, p.first, p.last) || is_numeral(c, i) ||
		is_no_phrase(c, p.first, p.noun))
		return STATUS_OK;
	if ((d->cells & CELLS_SINGULAR) == 0 && (cells(c, p.noun) & CELLS_PLURAL) == 0 &&
		leads_a_list(c, p.noun))
		return STATUS_OK;
	if (shares_its_noun(c, &p) || is_title_of_woman(c, &p))
		return STATUS_OK;
	extend(c, &p);
	return report(c, r, &p);
}

/* Autres entité publique. */
static status
look_at_several(check *c, const rule *r, size_t i)
{
	if (!follows(c, i + 1) || (cells(c, i) & cells(c, i + 1)) != 0 ||
		!is_noun(c, i + 1, true) || !IS_ONE_OF(lower(c, i), several))
		return STATUS_OK;
	const token *before = &c->tokens.at[i] - 1;
	if (before->kind == TOKEN_WORD || !stands_free(c, i, i + 1) || leads_a_list(c, i + 1))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 1,
		.last = i + 1,
		.determined = CELLS_ALL,
		.several = true };
	extend(c, &p);
	return report(c, r, &p);
}

/* Could the adjective belong to something before the noun it follows? */
static bool
belongs_elsewhere(const check *c, size_t adjective)
{
	unsigned wanted = cells(c, adjective);
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
		uint32_t bits = reading(c, i)->grammar;
		if (bits == 0 || (bits & (POS_NAME | POS_VERB)) != 0)
			return true;
		if ((bits & (POS_NOUN | POS_PRONOUN | POS_ADJECTIVE | POS_NUMERAL)) != 0 &&
			((bits & POS_DETERMINER) == 0 ||
				slice_starts(lower(c, i), SLICE("un"))) &&
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
	"soussignés", "eu", "eue", "eus", "eues", "value", "values" };

/* À caractère régionaux. */
static bool
disagrees_with_noun(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	if ((cells(c, i - 1) & cells(c, i)) != 0 || !follows(c, i) || !is_adjective(c, i))
		return false;
	if ((parts_of(c, i - 1) & ~(uint32_t)POS_NOUN) != 0 || !is_noun(c, i - 1, true))
		return false;
	if (IS_ONE_OF(lower(c, i), unbound) || stands_in_front(c, i) ||
		!stands_free(c, i - 1, i))
		return false;
	/* the adjective may lead to what follows: public et privé, premiers résultats */
	if (after->kind == TOKEN_WORD &&
		(grammar(c, i + 1) & (POS_CONJUNCTION | POS_NOUN | POS_ADJECTIVE)) != 0)
		return false;
	if (after->kind == TOKEN_MARK && after->word == ',')
		return false;
	return !belongs_elsewhere(c, i);
}

static status
look_at_adjective(check *c, const rule *r, size_t i)
{
	if (i == 0 || (grammar(c, i - 1) & POS_NOUN) == 0 || !disagrees_with_noun(c, i))
		return STATUS_OK;
	phrase p = { .first = i - 1,
		.noun = i - 1,
		.last = i,
		.determined = CELLS_ALL,
		.several = i == 1 };
	return report(c, r, &p);
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

/* Objectif pratiques: a block of two words, a noun and an adjective that can also be a noun
 * or a verb, which nothing else explains. */
static status
look_at_title(check *c, const rule *r)
{
	size_t i = c->tokens.count - 2;

	if (c->tokens.count < 2 || c->tokens.count > 4 || !is_numbering(c, i) ||
		c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL || !follows(c, i + 1))
		return STATUS_OK;
	if ((cells(c, i) & cells(c, i + 1)) != 0 || !is_noun(c, i, true) ||
		(shape(c, i) & SHAPE_TITLE) == 0)
		return STATUS_OK;
	if ((grammar(c, i + 1) & POS_ADJECTIVE) == 0 || is_adjective(c, i + 1) ||
		(parts_of(c, i + 1) & ~(uint32_t)POS_AGREEING) != 0 ||
		(shape(c, i + 1) & SHAPE_LOWER) == 0)
		return STATUS_OK;
	phrase p = {
		.first = i, .noun = i, .last = i + 1, .determined = CELLS_ALL, .several = true
	};
	return report(c, r, &p);
}

const rule rule_grammar_agreement = {
	.id = "grammar/agreement",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_DETERMINER | FEATURE_ADJECTIVE,
	.source = "Grevisse, Le Bon Usage; morphology of the Dicollecte dictionary (A)",
	.summary_en = "determiner, noun and adjective do not agree",
	.summary_fr = "le déterminant, le nom et l’adjectif ne s’accordent pas",
	.explanation_en =
		"In a French noun phrase the determiner and the adjective take the gender and "
		"the number of the noun. The rule speaks only where every reading that the "
		"dictionary gives of every word excludes agreement, and where the adjective "
		"cannot belong to an earlier noun. The correction of the number of the noun, "
		"or of the other words, comes first according to how many words must change; "
		"check which one was meant.",
	.explanation_fr =
		"Dans le groupe nominal, le déterminant et l’adjectif prennent le genre et le "
		"nombre du nom. La règle ne parle que lorsque aucune des lectures que le "
		"dictionnaire donne des mots ne permet l’accord et que l’adjectif ne peut se "
		"rapporter à un nom qui précède. La correction qui change le moins de mots "
		"vient en premier ; il reste à vérifier ce qui était voulu.",
	.examples = { { LANGUAGE_FR, "les État parties à la Convention",
			      "les États parties à la Convention" },
		{ LANGUAGE_FR, "les parties à un conflits doivent négocier",
			"les parties à un conflit doivent négocier" },
		{ LANGUAGE_FR, "par la présent résolution", "par la présente résolution" },
		{ LANGUAGE_FR, "Autres entité publique", "Autres entités publiques" },
		{ LANGUAGE_FR, "Objectif pratiques", "Objectifs pratiques" },
		{ LANGUAGE_FR, NULL, "les secteurs public et privé" },
		{ LANGUAGE_FR, NULL, "des organes de contrôle indépendants" },
		{ LANGUAGE_FR, NULL, "Le Conseil et le Comité réunis ont décidé." },
		{ LANGUAGE_FR, NULL, "Elle a vingt et un ans." } },
	.token = look,
	.block = look_at_title,
};
