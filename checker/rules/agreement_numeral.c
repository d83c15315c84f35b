/* See agreement_numeral.h. A number word may also be the number of what stands before it («
 * l’article deux », « la page trois »), so only words that lead to a count may stand there:
 * articles, prepositions, verbs. */
#include "checker/rules/agreement_numeral.h"

#include <string.h>

#include "checker/rules/date.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

/* « cinquante mot », with no word behind it that it names. */
static bool
is_bare_word(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	return slice_is(phrase_lower(c, i), "mot") &&
	       (after->kind == TOKEN_EDGE || (after->kind == TOKEN_MARK && after->word == '.'));
}

/* Behind a number word a noun is nothing else. */
static bool
is_counted(const check *c, size_t i)
{
	static const char *const most[] = { "minimum", "maximum", "pourcent", NULL };
	uint32_t parts = nominal_parts(c, i), others = POS_AGREEING | POS_VERB | POS_PARTICIPLE;

	return (parts & POS_NOUN) != 0 && (parts & ~others) == 0 &&
	       !nominal_is_abbreviated(c, i) && (phrase_grammar(c, i) & VERB_INFINITIVE) == 0 &&
	       (!check_word_is(c, i, nominal_free) || is_bare_word(c, i)) &&
	       !check_word_is(c, i, most) && date_month(c, i) == 0 &&
	       (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

/* « a adopté deux résolution »: the word before is no noun that the number could be one of. */
static bool
is_only_verb(const check *c, size_t i)
{
	static const char *const having[] = { "avoir", NULL };
	uint32_t parts = phrase_grammar(c, i) & POS_PARTS;

	if ((parts & POS_PARTICIPLE) != 0 && i > 0 &&
		check_lemma_is(c, i - 1, having, LANGUAGE_FR))
		return true;
	return (parts & (POS_VERB | POS_PARTICIPLE)) != 0 &&
	       (parts & ~(uint32_t)(POS_VERB | POS_PARTICIPLE | POS_ADJECTIVE)) == 0;
}

/* « au dixième de cent inférieur »: the coin. */
static bool
is_coin(const check *c, size_t i)
{
	return i > 1 && slice_is(phrase_lower(c, i), "cent") &&
	       check_word_is(c, i - 1, grammar_de) &&
	       slice_ends(phrase_lower(c, i - 2), SLICE("ième"));
}

/* « au cent vingtième jour »: the last word of an ordinal that is written without hyphens. */
static bool
ends_ordinal(const check *c, size_t i)
{
	return slice_ends(phrase_lower(c, i), SLICE("ième")) && nominal_follows(c, i + 1) &&
	       (phrase_grammar(c, i + 1) & POS_NOUN) != 0 &&
	       (phrase_cells(c, i + 1) & CELLS_SINGULAR) != 0;
}

/* A number word that begins its block counts what follows; a line of two or three words may be
 * a piece of another one. */
static bool
begins_count(const check *c)
{
	return c->tokens.count > 3 ||
	       (!grammar_goes_on(c) && (phrase_shape(c, 0) & SHAPE_LOWER) != 0);
}

/* « le taux de 30 pour cent prévu à l’article 4 »: cent counts nothing there. */
static bool
ends_rate(const check *c, size_t i)
{
	static const char *const counts[] = { "cent", "mille", NULL };
	static const char *const links[] = { "pour", NULL };

	return i > 1 && check_word_is(c, i, counts) && check_word_is(c, i - 1, links) &&
	       (c->tokens.at[i - 2].kind == TOKEN_NUMBER ||
		       (phrase_grammar(c, i - 2) & POS_NUMERAL) != 0);
}

status
agreement_numeral(check *c, const rule *r, size_t i)
{
	static const char *const before[] = { "de", "d’", "du", "des", "les", "ces", "ses",
		"leurs", "nos", "aux", "à", "en", "dans", "pendant", "durant", "pour", "par",
		"sur", "entre", "sous", "après", "avant", "depuis", "et", "ou", "avec",
		"contre", "vers", "que", "lesdits", "lesdites", NULL };
	phrase p = { .first = i, .noun = i + 1, .determined = CELLS_ALL, .several = true };

	if (!nominal_follows(c, i + 1) || (phrase_shape(c, i) & SHAPE_UPPER) != 0 ||
		ends_rate(c, i) ||
		!(i == 0 ? begins_count(c)
			 : check_word_is(c, i - 1, before) || is_only_verb(c, i - 1) ||
					grammar_opens_sentence(c, i)))
		return STATUS_OK;
	if (((phrase_grammar(c, i + 1) & POS_PARTS) == POS_ADJECTIVE ||
		    (nominal_stands_in_front(c, i + 1) &&
			    nominal_parts(c, i + 2) == POS_NOUN)) &&
		(phrase_shape(c, i + 1) & SHAPE_LOWER) != 0 && nominal_follows(c, i + 2) &&
		(phrase_grammar(c, i + 2) & POS_NOUN) != 0)
		p.noun = i + 2;
	p.last = p.noun;
	if (!is_counted(c, p.noun) || is_coin(c, i) || ends_ordinal(c, p.noun) ||
		!nominal_stands_free(c, p.first, p.last) ||
		nominal_is_no_phrase(c, p.first, p.noun) || nominal_is_doubtful(c, &p))
		return STATUS_OK;
	if ((phrase_cells(c, i + 1) & phrase_cells(c, p.noun) & CELLS_PLURAL) != 0)
		return STATUS_OK;
	nominal_extend(c, &p);
	return phrase_report(c, r, &p);
}

bool
agreement_compound_numeral(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)l;
	return (r->grammar & POS_NUMERAL) != 0 && memchr(w->text.p, '-', w->text.n) != NULL;
}
