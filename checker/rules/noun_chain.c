/* See noun_chain.h. The phrase is followed backwards over prepositions, determiners,
 * adjectives, participles and adverbs. It ends where its noun phrase begins a clause or stands
 * behind another one without a preposition (« présente à l’Assemblée un rapport »), at a verb,
 * at the end of a sentence. What cannot be told counts as fitting: names and unknown words,
 * relative clauses, lists before a plural, and verbs that let an adjective say something of
 * their subject or object (sont de ce fait tenus, rendre la procédure caduque). */
#include "checker/rules/noun_chain.h"

#include "checker/rules/clause.h"
#include "checker/rules/phrase.h"

#define REACH 60 /* tokens */
#define PARTS 0xFFFFu

enum step { GO_ON, FITS, ENDS };

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

/* What stands before the determiner at i decides whether the phrase goes on. */
static enum step
step_determiner(const check *c, size_t i, unsigned wanted, bool plural)
{
	static const char *const openers[] = { "que", "qu’", "si", "lorsque", "lorsqu’", "dont",
		"où", "quand", "car", "mais", "puisque", "puisqu’", NULL };
	static const char *const compared[] = { "ainsi", "et", "ou", "ni", "tant", "plus",
		"même", "moins", NULL };
	static const char *const of[] = { "des", "de", "d’", NULL };

	if (check_word_is(c, i, contracted))
		return GO_ON;
	/* une des extrémités visible de loin */
	if (slice_starts(check_lower(c, i), SLICE("un")) && check_word_is(c, i + 1, of))
		return FITS;
	if (i == 0)
		return ENDS;
	if (check_word_is(c, i - 1, openers))
		return i >= 2 && check_word_is(c, i - 2, compared) ? FITS : ENDS;
	if (check_word_is(c, i - 1, links))
		return FITS;
	uint32_t before = phrase_grammar(c, i - 1);
	/* « possédant les qualifications requises » */
	if (!plural && (before & PARTS) == POS_VERB &&
		(before & (PERSONS | FORM_INFINITIVE)) == 0)
		return is_coordinated(c, i - 1) || leads_participle(c, i - 1, wanted) ? FITS
										      : ENDS;
	bool nominal = (before & (POS_NOUN | POS_ADJECTIVE)) != 0 &&
		       (before & (POS_PARTICIPLE | POS_VERB | POS_PREPOSITION | POS_DETERMINER |
					 POS_PRONOUN | POS_ADVERB | POS_NUMERAL)) == 0;
	return nominal ? ENDS : GO_ON;
}

static bool
is_attributive(const check *c, size_t i)
{
	static const char *const verbs[] = { "être", "avoir", "devenir", "rester", "demeurer",
		"paraître", "sembler", "rendre", "juger", "déclarer", "estimer", "croire",
		"tenir", "considérer", "laisser", "réputer", "trouver", "maintenir", "voir",
		"présumer", "supposer", "garder", "vouloir", "pouvoir", "devoir", NULL };

	return clause_has_lemma(c, i, verbs);
}

/* A line that begins in small letters goes on from somewhere. */
static bool
begins_small(const check *c)
{
	const token *t = &c->tokens.at[0];

	return (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION) &&
	       (phrase_shape(c, 0) & SHAPE_LOWER) != 0;
}

static enum step
step_word(const check *c, size_t i, unsigned wanted, bool plural)
{
	static const char *const relatives[] = { "qui", "que", "qu’", "dont", "où", "lequel",
		"laquelle", "lesquels", "lesquelles", "duquel", "desquels", "auquel", NULL };
	static const char *const clitics[] = { "ne", "n’", "se", "s’", "y", NULL };
	uint32_t bits = phrase_reading(c, i)->grammar, parts = bits & PARTS;

	if (slice_is(check_lower(c, i), "l’") ||
		c->words.hot.at[c->tokens.at[i].word].determiner != 0)
		return step_determiner(c, i, wanted, plural);
	if (check_word_is(c, i, clitics) || (parts & POS_PREPOSITION) != 0 ||
		(c->tokens.at[i].kind == TOKEN_ELISION && !check_word_is(c, i, relatives)))
		return GO_ON;
	if (bits == 0 || (parts & POS_NAME) != 0 || check_word_is(c, i, relatives))
		return FITS;
	if ((parts & (POS_NOUN | POS_PRONOUN | POS_NUMERAL)) != 0 &&
		(inflection_cells(bits) & wanted) != 0)
		return FITS;
	if ((parts & (POS_CONJUNCTION | POS_NUMERAL)) != 0)
		return plural ? FITS : GO_ON;
	if ((bits & (PERSONS | FORM_INFINITIVE)) != 0 &&
		(parts & (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE | POS_ADVERB)) == 0)
		return is_attributive(c, i) || is_coordinated(c, i) ? FITS : ENDS;
	return GO_ON;
}

bool
noun_chain_fits(const check *c, size_t noun, unsigned wanted)
{
	bool plural = (wanted & CELLS_SINGULAR) == 0;

	for (size_t n = 0, i = noun; n < REACH && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		enum step next = GO_ON;
		if (t->kind == TOKEN_MARK)
			next = step_mark(c, i);
		else if (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION)
			next = step_word(c, i, wanted, plural);
		else if (plural)
			next = FITS;
		if (next != GO_ON)
			return next == FITS;
	}
	return begins_small(c);
}
