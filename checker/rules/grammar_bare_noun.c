/* « de façon charmant », « à titre gratuits », « en matière pénal »: nouns that stand behind a
 * preposition without a determiner and tell how, and the adjective behind them. Two adjectives
 * may share the noun and keep its number (« en matière civile et pénale »); one that could
 * belong to a noun before is left alone where a participle may (« sous forme imprimés »). */
#include "checker/inflection.h"
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/noun_chain.h"
#include "checker/rules/spacing.h"

/* Preposition, noun, and the cell of the noun. */
static const struct bare {
	const char *preposition, *noun;
	unsigned cell;
} bares[] = {
	{ "de", "façon", CELL_FS },
	{ "de", "manière", CELL_FS },
	{ "de", "nature", CELL_FS },
	{ "de", "type", CELL_MS },
	{ "à", "titre", CELL_MS },
	{ "à", "caractère", CELL_MS },
	{ "de", "caractère", CELL_MS },
	{ "à", "vocation", CELL_FS },
	{ "à", "visée", CELL_FS },
	{ "à", "usage", CELL_MS },
	{ "à", "échelle", CELL_FS },
	{ "en", "matière", CELL_FS },
	{ "en", "milieu", CELL_MS },
	{ "en", "zone", CELL_FS },
	{ "en", "temps", CELL_MS },
	{ "par", "voie", CELL_FS },
	{ "sous", "forme", CELL_FS },
};

static const char *const nouns[] = { "façon", "manière", "nature", "type", "titre", "caractère",
	"vocation", "visée", "usage", "échelle", "matière", "milieu", "zone", "temps", "voie",
	"forme", NULL };
static const char *const adverbs[] = { "plus", "moins", "très", "trop", "assez", "aussi",
	"tout", NULL };

static const char *const prepositions[] = { "de", "à", "en", "par", "sous", NULL };

static unsigned
cell_of(const check *c, size_t i)
{
	for (size_t k = 0; k < sizeof(bares) / sizeof(*bares); k++)
		if (slice_is(check_lower(c, i), bares[k].noun) &&
			slice_is(check_lower(c, i - 1), bares[k].preposition))
			return bares[k].cell;
	return 0;
}

/* An adjective, which may be a noun elsewhere (prudent), or one in -ant that nothing follows: «
 * de façon satisfaisant aux normes » is a verb. */
static bool
may_be_tied(const check *c, size_t i)
{
	const uint32_t agreeing = POS_ADJECTIVE | POS_PARTICIPLE;
	const token *next = &c->tokens.at[i + 1];
	uint32_t parts = nominal_parts(c, i);

	if ((parts & agreeing) == 0 || (phrase_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	if ((parts & ~(agreeing | POS_NOUN)) == 0)
		return true;
	return (parts & ~(agreeing | POS_NOUN | POS_VERB)) == 0 &&
	       slice_ends(check_lower(c, i), SLICE("ant")) &&
	       (next->kind == TOKEN_EDGE || (next->features & FEATURE_STOP) != 0);
}

/* The adjective, behind an adverb or not; 0: none. */
static size_t
find_adjective(const check *c, size_t i)
{
	size_t k = i + 1;

	if (k < c->tokens.count && nominal_follows(c, k) && check_word_is(c, k, adverbs))
		k++;
	return k < c->tokens.count && nominal_follows(c, k) && may_be_tied(c, k) ? k : 0;
}

static bool
is_participle(const check *c, size_t i)
{
	return (nominal_parts(c, i) & POS_PARTICIPLE) != 0;
}

/* « de taille et de caractère uniformes »: the adjective of two. */
static bool
is_second_of_two(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "comme", NULL };

	return i > 1 &&
	       (check_word_is(c, i - 2, links) || spacing_is_mark(&c->tokens.at[i - 2], ','));
}

/* « de façon systématique et continu »: the adjective behind et, which nothing but a
 * preposition follows and which no other noun of the sentence can have; 0: none. */
static size_t
find_second(const check *c, size_t noun, size_t adjective)
{
	static const char *const links[] = { "et", "ou", NULL };
	size_t k = adjective + 2;

	if (k >= c->tokens.count || !check_word_is(c, k - 1, links) || !nominal_follows(c, k) ||
		!nominal_is_adjective(c, k) || nominal_stands_in_front(c, k))
		return 0;
	if (!noun_chain_is_only(c, noun, phrase_cells(c, k)))
		return 0;
	const token *next = &c->tokens.at[k + 1];
	return next->kind == TOKEN_EDGE || (next->features & FEATURE_STOP) != 0 ||
			       (phrase_grammar(c, k + 1) & POS_PREPOSITION) != 0
		       ? k
		       : 0;
}

static status
report(check *c, const rule *r, size_t adjective, unsigned cell)
{
	slice right = inflection_form(
		c, check_token(c, adjective), cell, POS_ADJECTIVE | POS_PARTICIPLE);

	if (right.n == 0)
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, adjective, adjective), right, r->fix);
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const manners[] = { "façon", "manière", NULL };
	const token *next = &c->tokens.at[i + 1];

	if (i == 0 || next[-2].length > 4 || !grammar_spaced(c, i) ||
		((next->features & FEATURE_ADJECTIVE) == 0 &&
			!check_word_is(c, i + 1, adverbs)) ||
		!check_word_is(c, i - 1, prepositions))
		return STATUS_OK;
	unsigned cell = cell_of(c, i);
	size_t adjective = cell == 0 ? 0 : find_adjective(c, i);
	unsigned cells = adjective == 0 ? 0 : phrase_cells(c, adjective);

	if (adjective != 0 && (cells & cell) != 0) {
		adjective = find_second(c, i, adjective);
		cells = adjective == 0 ? 0 : phrase_cells(c, adjective);
	}
	if (adjective == 0 || (cells & cell) != 0 ||
		((cells & CELLS_PLURAL) != 0 && is_second_of_two(c, i)) ||
		(is_participle(c, adjective) && !check_word_is(c, i, manners)) ||
		!nominal_stands_free(c, adjective, adjective) || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, adjective, cell);
}

const rule rule_grammar_bare_noun = {
	.id = "grammar/bare-noun",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = nouns,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage (A)",
	.summary_en = "an adjective behind de façon, à titre, en matière and the like does not "
		      "agree",
	.summary_fr =
		"adjectif mal accordé après «\u00A0de façon\u00A0», «\u00A0à titre\u00A0», "
		"«\u00A0en matière\u00A0»",
	.explanation_en =
		"Nouns that tell how stand behind a preposition without a determiner, in the "
		"singular: de façon claire, à titre gratuit, en matière pénale, par voie "
		"électronique. The adjective agrees with them. A participle is looked at "
		"behind "
		"de façon and de manière alone.",
	.explanation_fr =
		"Des noms qui disent comment suivent une préposition sans déterminant, au "
		"singulier\u00A0: de façon claire, à titre gratuit, en matière pénale, par "
		"voie "
		"électronique. L’adjectif s’accorde avec eux. Le participe n’est examiné "
		"qu’après de façon et de manière.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il agit de façon prudent.", "Il agit de façon prudente." },
		{ LANGUAGE_FR, "Des soins à titre gratuits sont donnés.",
			"Des soins à titre gratuit sont donnés." },
		{ LANGUAGE_FR, "Il juge en matière pénal.", "Il juge en matière pénale." },
		{ LANGUAGE_FR, "Les États agissent de manière concertée et continu.",
			"Les États agissent de manière concertée et continue." },
		{ LANGUAGE_FR, NULL, "De façon à réussir, de manière concertée et durable." },
		{ LANGUAGE_FR, NULL,
			"Des lignes de taille et de caractère uniformes, sous forme "
			"imprimée." }),
	.token = look,
};
