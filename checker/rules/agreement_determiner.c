/* See agreement_determiner.h. A plural determiner may lead several nouns in the singular (« les
 * nom et adresse »), and a word that can be a verb may follow a pronoun: both are left alone.
 */
#include "checker/rules/agreement_determiner.h"

#include "checker/rules/agreement_article.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

#define LIST_REACH 12 /* tokens from a noun to the next one of a list */

/* Adjectives that mean several, and so need no determiner before them. */
static const char *const several[] = { "autres", "différents", "différentes", "divers",
	"diverses", "certains", "certaines", "nouveaux", "nouvelles", "principaux",
	"principales", "nombreux", "nombreuses", "premiers", "premières", "derniers",
	"dernières", NULL };

/* The end of a number (vingt et un ans), or « l’un » before a word of the next clause. */
static bool
is_numeral(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i] - 1;

	if (!slice_starts(phrase_lower(c, i), SLICE("un")))
		return false;
	return (i > 0 && slice_is(check_lower(c, i - 1), "l’")) ||
	       before->kind == TOKEN_NUMBER ||
	       (before->kind == TOKEN_WORD &&
		       (slice_equal(phrase_lower(c, i - 1), SLICE("et")) ||
			       (phrase_grammar(c, i - 1) & POS_NUMERAL) != 0));
}

/* Another noun in the singular that no determiner leads. */
static bool
is_bare_singular(const check *c, size_t i)
{
	uint32_t bits = phrase_grammar(c, i);

	return (bits & POS_NOUN) != 0 && (bits & (POS_DETERMINER | POS_PRONOUN)) == 0 &&
	       (inflection_cells(bits) & CELLS_PLURAL) == 0;
}

/* nom/adresse */
static bool
continues(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK && t->word == '/';
}

static bool
is_link(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "ni", NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK ? t->word == ','
				     : t->kind == TOKEN_WORD && check_word_is(c, i, links);
}

/* Behind the noun nothing of a list can stand any more: the words of another phrase begin. */
static bool
ends_list(const check *c, size_t i)
{
	static const char *const ends[] = { "qui", "que", "qu’", "dont", "où", "par", "pour",
		"sur", "sans", "sous", "avec", "contre", "dans", "entre", "selon", "aux", "des",
		"les", "ces", "ses", NULL };
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_MARK)
		return t->word != ',';
	return t->kind == TOKEN_EDGE || check_word_is(c, i, ends) ||
	       (phrase_grammar(c, i) & (PERSONS | POS_NOUN)) == PERSON_3SG;
}

/* A verb or a determiner: what it begins is no item of a list of bare nouns. */
static bool
begins_another(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i) & POS_PARTS;

	return parts == POS_VERB || parts == POS_DETERMINER;
}

/* « les nom et adresse », « aux date, heure et lieu », « ses numéro de téléphone et adresse
 * électronique », « les cinquième et sixième rapports »: a plural for several singulars. */
static bool
leads_a_list(const check *c, size_t noun)
{
	if (continues(c, noun + 1) || nominal_joins_ordinals(c, noun + 1))
		return true;
	for (size_t i = noun + 1; i <= noun + LIST_REACH && !ends_list(c, i); i++)
		if (is_link(c, i) && !ends_list(c, i + 1) &&
			(is_bare_singular(c, i + 1) ||
				(i == noun + 1 && !begins_another(c, i + 1))))
			return true;
	return false;
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

/* « la Rapporteur spéciale », « la chef », « une Casque bleue »: a title of a woman that the
 * dictionary has no feminine for. */
static bool
is_title_of_woman(const check *c, const phrase *p)
{
	static const char *const titles[] = { "chef", "colonel", "général", "commandant",
		"lieutenant", "sergent", "caporal", "adjudant", "médecin", "témoin", NULL };
	static const char *const helmets[] = { "casque", "casques", NULL };

	return (p->determined & CELLS_MASCULINE) == 0 &&
	       (slice_ends(phrase_lower(c, p->noun), SLICE("eur")) ||
		       check_word_is(c, p->noun, titles) ||
		       ((phrase_shape(c, p->noun) & SHAPE_TITLE) != 0 &&
			       check_word_is(c, p->noun, helmets)));
}

/* Any adjective between a determiner and a noun that agree with each other: la pleines
 * participation. */
static bool
stands_between(const check *c, size_t i, unsigned determined)
{
	static const char *const fixed[] = { "grand", "demi", "semi", "mi", "nu", "tel", "tels",
		"possible", "tout", "feu", "ex", "quasi", "plein", NULL };

	return (phrase_grammar(c, i) & POS_PARTS) == POS_ADJECTIVE &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       (determined & phrase_cells(c, i + 1)) != 0 && !check_word_is(c, i, fixed);
}

/* « le gigantesque explosion »: what is an adjective and nothing else has its noun behind it.
 */
static bool
leads_to_noun(const check *c, size_t i, unsigned determined)
{
	return (phrase_grammar(c, i) & POS_PARTS) == POS_ADJECTIVE &&
	       (phrase_shape(c, i) & phrase_shape(c, i + 1) & SHAPE_LOWER) != 0 &&
	       (determined & phrase_cells(c, i)) != 0 &&
	       (determined & phrase_cells(c, i + 1)) == 0;
}

/* « aucun nationale. »: an adjective and nothing else, and the end. */
static bool
ends_without_noun(const check *c, size_t i, const determiner *d)
{
	static const char *const others[] = { "nul", "nulle", NULL }; /* de longueur nulle */
	const token *after = &c->tokens.at[i + 1];

	return !d->pronoun && !check_word_is(c, i - 1, others) &&
	       (phrase_grammar(c, i) & POS_PARTS) == POS_ADJECTIVE &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       (after->kind == TOKEN_EDGE ||
		       (after->kind == TOKEN_MARK && after->word == '.')) &&
	       (d->cells & phrase_cells(c, i)) == 0;
}

/* « les grandes blessés sont », « ou les petites perdus le seront »: at the beginning of a
 * clause a verb ends the phrase, so the word at token noun is the noun. */
static bool
is_subject(const check *c, size_t first, size_t noun)
{
	static const char *const links[] = { "et", "ou", "ni", NULL };
	size_t verb = clause_skip_clitics(c, noun + 1);
	uint32_t bits = phrase_grammar(c, verb);

	if (!nominal_is_noun(c, noun, true) || nominal_tells_kind(c, noun) ||
		(bits & PERSONS) == 0 || (verb == noun + 1 && (bits & POS_PARTS) != POS_VERB))
		return false;
	return clause_opens(c, first) || (first > 0 && check_word_is(c, first - 1, links));
}

/* The noun phrase that determiner i begins; false where nothing disagrees for certain. */
static bool
find_determined(const check *c, size_t i, const determiner *d, phrase *p)
{
	unsigned determined = d->cells;

	if (!nominal_follows(c, i + 1))
		return false;
	uint32_t next = phrase_grammar(c, i + 1);
	*p = (phrase){ .first = i, .noun = i + 1, .determiner = d, .determined = determined };
	if ((next & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 && nominal_follows(c, i + 2) &&
		(phrase_grammar(c, i + 2) & POS_NOUN) != 0 &&
		(determined & phrase_cells(c, i + 1) & phrase_cells(c, i + 2)) == 0 &&
		(nominal_stands_in_front(c, i + 1) || stands_between(c, i + 1, determined) ||
			leads_to_noun(c, i + 1, determined)) &&
		(nominal_closes(c, i + 2) || is_subject(c, i, i + 2))) {
		p->noun = i + 2;
	} else if (ends_without_noun(c, i + 1, d)) {
		p->noun = i + 1;
	} else if ((next & POS_NOUN) == 0 || (determined & phrase_cells(c, i + 1)) != 0 ||
		   !nominal_is_noun(c, i + 1, article_may_be_pronoun(c, i, d)))
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

status
agreement_determiner(check *c, const rule *r, size_t i)
{
	phrase p;
	const determiner *d = determiner_at(c->words.hot.at[c->tokens.at[i].word].determiner);

	if (d == NULL || agrees(c, i, d->cells) ||
		(phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		!find_determined(c, i, d, &p))
		return STATUS_OK;
	if (!nominal_stands_free(c, p.first, p.last) || is_numeral(c, i) ||
		nominal_is_no_phrase(c, p.first, p.noun))
		return STATUS_OK;
	/* or « auxdits lois et règlements » */
	if ((d->cells & CELLS_SINGULAR) == 0 &&
		((phrase_cells(c, p.noun) & CELLS_PLURAL) == 0 ||
			slice_ends(d->text, SLICE("dits"))) &&
		leads_a_list(c, p.noun))
		return STATUS_OK;
	if (shares_its_noun(c, &p) || is_title_of_woman(c, &p) || nominal_is_doubtful(c, &p))
		return STATUS_OK;
	nominal_extend(c, &p);
	return phrase_report(c, r, &p);
}

bool
agreement_means_several(const check *c, const word *w)
{
	return check_lower_is(c, w->lower, several);
}

status
agreement_several(check *c, const rule *r, size_t i)
{
	if ((phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 || !nominal_follows(c, i + 1) ||
		!nominal_is_noun(c, i + 1, true) || !check_word_is(c, i, several))
		return STATUS_OK;
	const token *before = &c->tokens.at[i] - 1;
	if (before->kind == TOKEN_WORD || !nominal_stands_free(c, i, i + 1) ||
		leads_a_list(c, i + 1))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 1,
		.last = i + 1,
		.determined = CELLS_ALL,
		.several = true };
	if (nominal_is_doubtful(c, &p))
		return STATUS_OK;
	nominal_extend(c, &p);
	return phrase_report(c, r, &p);
}

/* A noun, and nothing that the pronoun l’ could stand before. */
static bool
is_no_verb(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i) & POS_PARTS;

	if (article_lacks_subject(c, i))
		parts &= ~(uint32_t)POS_VERB;
	return (parts & POS_NOUN) != 0 &&
	       (parts & ~(uint32_t)(POS_AGREEING | POS_PARTICIPLE)) == 0;
}

status
agreement_elided(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if ((phrase_grammar(c, i + 1) & (NUMBER_SINGULAR | NUMBER_PLURAL)) != NUMBER_PLURAL ||
		t[1].gap != GAP_NONE || t[1].kind != TOKEN_WORD || !is_no_verb(c, i + 1) ||
		(phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		!nominal_stands_free(c, i + 1, i + 1) || phrase_frequency(c, i + 1) == 0)
		return STATUS_OK;
	unsigned cell = (phrase_cells(c, i + 1) & CELLS_MASCULINE) != 0 ? CELL_MS : CELL_FS;
	slice noun = inflection_form(c, check_token(c, i + 1), cell, POS_NOUN);
	bool capital = check_token(c, i).p[0] == 'L';
	if (noun.n == 0)
		return STATUS_OK;
	slice made[2] = { check_printf(c, "%s%.*s", capital ? "L’" : "l’", SLICE_ARG(noun)),
		check_printf(c, "%s %.*s", capital ? "Les" : "les",
			SLICE_ARG(check_token(c, i + 1))) };
	finding f = { .text = check_span(c, i, i + 1),
		.fix = FIX_REVIEW,
		.suggestions = made,
		.suggestion_count = 2 };
	f.message = check_message(c, "l’ stands before a plural", "l’ devant un pluriel");
	return check_report(c, r, f);
}
