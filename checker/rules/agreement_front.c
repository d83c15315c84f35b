/* See agreement_front.h. One adjective is of the closed list of those that stand in front of
 * their noun. Of two with et between them the first may be none that could be a noun of its own
 * (le Président et grande figure du parti), unless what follows is wrong even then (le
 * prétentieux et sot hommes).
 *
 * Two adjectives may divide a noun in the plural (les première et deuxième parties, les anciens
 * et nouveau présidents); their genders must be its gender all the same. */
#include "checker/rules/agreement_front.h"

#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

/* « de plus beaux enfant »: de before an adverb, which cannot count there. */
static bool
follows_adverb(const check *c, size_t i)
{
	static const char *const adverbs[] = { "plus", "moins", "très", "si", "aussi", NULL };

	return i > 1 && check_word_is(c, i - 1, adverbs) && nominal_follows(c, i) &&
	       nominal_follows(c, i - 1) && slice_is(check_lower(c, i - 2), "de");
}

/* « d’autre mesures », « en bonne conditions » */
static bool
follows_preposition(const check *c, size_t i)
{
	static const char *const prepositions[] = { "de", "à", "pour", "sans", "avec", "en",
		"par", "sous", "contre", "entre", "comme", "sur", "lorsque", "quand", "puisque",
		"car", NULL };
	const token *t = &c->tokens.at[i];

	if (i == 0)
		return false;
	/* 20 grandes animaux */
	if (t[-1].kind == TOKEN_NUMBER)
		return t->gap == GAP_SPACE || t->gap == GAP_NO_BREAK;
	if (t[-1].kind == TOKEN_ELISION)
		return t->gap == GAP_NONE && slice_is(check_lower(c, i - 1), "d’");
	return nominal_follows(c, i) && check_word_is(c, i - 1, prepositions);
}

/* « en bon cadeaux »: a noun; not « de bon conseils ». */
static bool
is_voucher(const check *c, size_t i)
{
	return slice_is(phrase_lower(c, i), "bon") && !slice_is(check_lower(c, i - 1), "de");
}

status
agreement_front(check *c, const rule *r, size_t i)
{
	/* adverbs and nouns, too: de nouveau, à même, au plus haut, de long en large */
	static const char *const loose[] = { "même", "mêmes", "haut", "long", "seul", "grand",
		"certain", "large", "mieux", "premier", "nouveau", NULL };

	if ((phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 || !nominal_follows(c, i + 1) ||
		!(follows_preposition(c, i) || follows_adverb(c, i)) ||
		!nominal_stands_in_front(c, i) || !nominal_closes(c, i + 1) ||
		!nominal_stands_free(c, i, i + 1))
		return STATUS_OK;
	if ((phrase_shape(c, i) & phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		check_word_is(c, i, loose) || is_voucher(c, i) || quotation_holds(c, i) ||
		nominal_joins_ordinals(c, i - 1))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 1,
		.last = i + 1,
		.determined = CELLS_ALL,
		.several = slice_is(phrase_lower(c, i), "autre") || follows_adverb(c, i) ||
			   c->tokens.at[i - 1].kind == TOKEN_NUMBER };
	return nominal_is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}

/* An adjective, maybe a noun elsewhere. */
static bool
may_be_adjective(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i);

	return nominal_stands_in_front(c, i) ||
	       ((parts & POS_ADJECTIVE) != 0 && (parts & POS_PARTICIPLE) == 0 &&
		       (parts & ~(uint32_t)POS_AGREEING) == 0);
}

/* One that is no noun, or of those that stand in front. */
static bool
is_in_front(const check *c, size_t i)
{
	return nominal_parts(c, i) == POS_ADJECTIVE || nominal_stands_in_front(c, i);
}

/* « les anciens et nouveau présidents »: of two such adjectives each may tell of its own part
 * of what the noun names. */
static bool
divides(const check *c, size_t i)
{
	static const char *const opposed[] = { "ancien", "nouveau", "nouvel", "actuel", "futur",
		"présent", "précédent", "prochain", "petit", "grand", "haut", "bas", "bon",
		"mauvais", "vieux", "jeune", "moyen", "vrai", "faux", "court", "long", "gros",
		"premier", "dernier", "second", "double", "triple", "simple", "seul", "même",
		"autre", "divers", "certain", "différent", "plein", "demi", NULL };

	return slice_ends(phrase_lower(c, i), SLICE("ième")) ||
	       slice_ends(phrase_lower(c, i), SLICE("ièmes")) ||
	       check_lemma_is(c, i, opposed, LANGUAGE_FR);
}

static unsigned
genders(unsigned cells)
{
	return (cells & CELLS_MASCULINE ? CELLS_MASCULINE : 0) |
	       (cells & CELLS_FEMININE ? CELLS_FEMININE : 0);
}

/* The words around et or ou at token i: what is determined in front of them, the noun behind.
 */
typedef struct couple {
	size_t one, other, noun; /* tokens */
	unsigned determined;
	bool no_verb; /* behind the determiner no participle can stand: notre ignorant et … */
} couple;

static bool
two_fit(const check *c, const couple *p)
{
	unsigned one = phrase_cells(c, p->one), other = phrase_cells(c, p->other);
	unsigned noun = phrase_cells(c, p->noun), all = p->determined & one & other & noun;

	if (all != 0)
		return true;
	if ((genders(p->determined) & genders(one) & genders(other) & genders(noun)) == 0)
		return false;
	if ((noun & CELLS_PLURAL) == 0)
		return false;
	/* la première et deuxième parties, les première et deuxième parties; but not les beaux
	 * et vaste pays */
	return (divides(c, p->one) && divides(c, p->other)) ||
	       ((p->determined & CELLS_PLURAL) != 0 && (one & other & CELLS_SINGULAR) != 0);
}

/* « les nom et adresse »: a plural for several singulars. */
static bool
leads_a_list(const check *c, size_t noun)
{
	static const char *const marks[] = { "et", "ou", NULL };
	const token *after = &c->tokens.at[noun + 1];

	return after->kind == TOKEN_MARK ? after->word == ',' || after->word == '/'
					 : check_word_is(c, noun + 1, marks);
}

/* Can the words be read in no other way than as two adjectives before their noun? Where the
 * first could be a noun of its own (leurs amis et anciennes collègues), that reading has to be
 * wrong, too. */
static bool
is_couple(const check *c, const couple *p)
{
	static const char *const others[] = { "autre", "autres",
		NULL }; /* les bons ou autres … */
	uint32_t parts = nominal_parts(c, p->one);
	bool participle = p->no_verb && (parts & POS_VERB) != 0 &&
			  (phrase_grammar(c, p->one) & (PERSONS | VERB_INFINITIVE)) == 0;

	if (participle)
		parts &= ~(uint32_t)POS_VERB;
	bool only = parts == POS_ADJECTIVE;
	if (check_word_is(c, p->other, others) || (!only && !may_be_adjective(c, p->one)) ||
		!may_be_adjective(c, p->other) ||
		(phrase_shape(c, p->other) & SHAPE_LOWER) == 0)
		return false;
	bool apart = !only && (phrase_cells(c, p->one) & p->determined) != 0 &&
		     (phrase_cells(c, p->other) & phrase_cells(c, p->noun)) != 0;
	if (apart && (!is_in_front(c, p->one) || !is_in_front(c, p->other)))
		return false;
	if (nominal_closes(c, p->noun))
		return true;
	/* l’ordurier et sot abrutie, les grandes et belle imbéciles */
	return nominal_is_noun(c, p->noun, true) &&
	       (only || (nominal_stands_in_front(c, p->one) &&
				(phrase_cells(c, p->one) & p->determined &
					phrase_cells(c, p->noun)) != 0));
}

/* Reads them around the link at i; false where there are no three words, or they agree. */
static bool
find_couple(const check *c, size_t i, couple *p)
{
	*p = (couple){ .one = i - 1, .other = i + 1, .noun = i + 2, .determined = CELLS_ALL };
	return i + 2 < c->tokens.count && nominal_follows(c, i) && nominal_follows(c, i + 1) &&
	       nominal_follows(c, i + 2) && (phrase_grammar(c, p->noun) & POS_NOUN) != 0;
}

static status
report_couple(check *c, const rule *r, const couple *p, phrase *q)
{
	if (two_fit(c, p) || !is_couple(c, p) || !nominal_stands_free(c, q->first, p->noun) ||
		((phrase_cells(c, p->noun) & CELLS_PLURAL) == 0 && leads_a_list(c, p->noun)) ||
		quotation_holds(c, p->one) || nominal_is_doubtful(c, q))
		return STATUS_OK;
	q->divided = divides(c, p->one) && divides(c, p->other);
	return phrase_report(c, r, q);
}

/* « l’éblouissante et belles histoire » */
static status
look_behind_elided(check *c, const rule *r, couple *p)
{
	if (!slice_is(check_lower(c, p->one - 1), "l’") || c->tokens.at[p->one].gap != GAP_NONE)
		return STATUS_OK;
	p->determined = CELLS_SINGULAR;
	phrase q = { .first = p->one,
		.noun = p->noun,
		.last = p->noun,
		.determined = CELLS_ALL,
		.led = CELLS_SINGULAR,
		.several = true };
	return report_couple(c, r, p, &q);
}

/* « bel et grand nation », at the beginning of a sentence; not « seule et grands yeux ouverts
 * ».
 */
static status
look_at_opening(check *c, const rule *r, couple *p)
{
	unsigned noun = phrase_cells(c, p->noun);

	if ((phrase_cells(c, p->one) & noun) != 0 || (phrase_cells(c, p->other) & noun) != 0)
		return STATUS_OK;
	phrase q = { .first = p->one,
		.noun = p->noun,
		.last = p->noun,
		.determined = CELLS_ALL,
		.several = true };
	return report_couple(c, r, p, &q);
}

status
agreement_two_in_front(check *c, const rule *r, size_t i)
{
	couple p;

	const token *t = &c->tokens.at[i];

	if (i == 0 || (t[1].features & FEATURE_ADJECTIVE) == 0 || t[1].kind == TOKEN_EDGE ||
		(t[2].features & FEATURE_NOUN) == 0 || !find_couple(c, i, &p))
		return STATUS_OK;
	if (grammar_opens_sentence(c, p.one))
		return look_at_opening(c, r, &p);
	if (p.one == 0 || (phrase_shape(c, p.one) & SHAPE_LOWER) == 0)
		return STATUS_OK;
	if (c->tokens.at[p.one - 1].kind == TOKEN_ELISION)
		return look_behind_elided(c, r, &p);
	if (!nominal_follows(c, p.one))
		return STATUS_OK;
	const determiner *d =
		determiner_at(c->words.hot.at[c->tokens.at[p.one - 1].word].determiner);
	if (d == NULL)
		return STATUS_OK;
	p.determined = d->cells;
	p.no_verb = !d->pronoun;
	phrase q = { .first = p.one - 1,
		.noun = p.noun,
		.last = p.noun,
		.determiner = d,
		.determined = d->cells };
	return report_couple(c, r, &p, &q);
}

/* « ce furent », « c’étaient », « ç’avaient été »: the verb is token i. */
static bool
names_several(const check *c, size_t i)
{
	static const char *const subjects[] = { "ce", "c’", "ç’", NULL };

	if (i > 0 && slice_is(check_lower(c, i), "été"))
		i--;
	return i > 0 && (phrase_grammar(c, i) & PERSONS) == PERSON_3PL &&
	       check_word_is(c, i - 1, subjects);
}

status
agreement_named(check *c, const rule *r, size_t i)
{
	static const char *const of[] = { "de", "d’", NULL };
	/* de bonne foi, de longue date */
	static const char *const set[] = { "bonne", "mauvaise", "haute", "longue", NULL };
	size_t adjective = i + 2, noun = i + 3;

	if (noun >= c->tokens.count || !check_word_is(c, i + 1, of) || !names_several(c, i) ||
		!nominal_follows(c, noun) || !nominal_stands_in_front(c, adjective) ||
		(nominal_parts(c, noun) & ~(uint32_t)POS_VERB) != POS_NOUN ||
		check_word_is(c, adjective, set) ||
		(phrase_grammar(c, noun + 1) & (POS_DETERMINER | POS_PREPOSITION)) ==
			POS_DETERMINER)
		return STATUS_OK;
	unsigned cells = phrase_cells(c, adjective) & phrase_cells(c, noun);
	if (cells == 0 || (phrase_cells(c, noun) & CELLS_PLURAL) != 0 ||
		!nominal_stands_free(c, adjective, noun) || quotation_holds(c, i))
		return STATUS_OK;
	unsigned many = (cells & CELL_MS) != 0 ? CELL_MP : CELL_FP;
	slice front = inflection_form(c, check_token(c, adjective), many, POS_ADJECTIVE);
	slice form = inflection_form(c, check_token(c, noun), many, POS_NOUN);
	if (front.n == 0 || form.n == 0)
		return STATUS_OK;
	finding f = { .text = check_span(c, adjective, noun), .fix = FIX_REVIEW };
	slice made = check_printf(c, "%.*s %.*s", SLICE_ARG(front), SLICE_ARG(form));
	f.suggestions = &made;
	f.suggestion_count = 1;
	f.message = check_message(c, "“%.*s” is one, the verb names several",
		"«\u00A0%.*s\u00A0» est au singulier, le verbe en annonce plusieurs",
		SLICE_ARG(check_text(c, f.text)));
	return check_report(c, r, f);
}
