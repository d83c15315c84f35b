/* « rien de nouvelle », « quelque chose d’importantes », « quoi de neuve »: an adjective that
 * de ties to rien, quoi, quelqu’un and quelque chose is in the masculine singular, whatever is
 * spoken of. Only where nothing follows that it could belong to (« rien de telles pratiques »).
 */
#include "checker/inflection.h"
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

static const char *const neuters[] = { "rien", "quoi", "chose", "quelqu’un", NULL };

/* quelque chose, autre chose: a thing is feminine otherwise; « sans quoi de nouvelles, … ». */
static bool
is_neuter(const check *c, size_t i)
{
	static const char *const what[] = { "quoi", NULL };
	static const char *const things[] = { "chose", NULL };
	static const char *const some[] = { "quelque", "autre", "grand", NULL };

	if (check_word_is(c, i, what))
		return grammar_opens_sentence(c, i);
	return !check_word_is(c, i, things) || (i > 0 && check_word_is(c, i - 1, some));
}

/* A stop, the end or a word that begins another phrase, or the verb of this one. */
static bool
ends_phrase(const check *c, size_t i)
{
	static const char *const openers[] = { "dans", "en", "à", "au", "aux", "pour", "par",
		"sur", "sous", "avec", "chez", "sans", "contre", "depuis", "entre", "que",
		"qu’", "qui", "dont", "où", "et", "ou", "ni", "mais", "ici", "là", "lorsque",
		"quand", "ne", "n’", "lui", "a", "est", "était", "sera", "serait", "doit",
		"peut", "vient", NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_EDGE || (t->features & FEATURE_STOP) != 0 ||
	       check_word_is(c, i, openers);
}

/* An adjective or past participle, which may be a noun elsewhere (une nouvelle). « Quelqu’un de
 * droite » is of a side. */
static bool
may_be_tied(const check *c, size_t i)
{
	static const char *const sides[] = { "droite", NULL };
	const uint32_t agreeing = POS_ADJECTIVE | POS_PARTICIPLE;
	uint32_t parts = nominal_parts(c, i) & POS_PARTS;

	return c->tokens.at[i].kind == TOKEN_WORD && (parts & agreeing) != 0 &&
	       (parts & ~(agreeing | POS_NOUN)) == 0 && !check_word_is(c, i, sides);
}

/* The masculine that stands behind: neuf, nouveau, not nouvel. */
static slice
masculine(check *c, slice written)
{
	static const char *const pairs[][2] = { { "nouvel", "nouveau" }, { "vieil", "vieux" },
		{ "bel", "beau" }, { "fol", "fou" }, { "mol", "mou" } };
	slice form = inflection_form(c, written, CELL_MS, POS_ADJECTIVE | POS_PARTICIPLE);

	for (size_t k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
		if (slice_is(form, pairs[k][0]))
			return slice_of(pairs[k][1]);
	return form;
}

/* The adjective has no form of the masculine singular, and nothing else to belong to. */
static status
judge(check *c, const rule *r, size_t i, size_t adjective)
{
	if (!may_be_tied(c, adjective) || !ends_phrase(c, adjective + 1))
		return STATUS_OK;
	slice written = check_token(c, adjective);
	uint32_t grammar = words_at(&c->words, c->tokens.at[adjective].word)->in[0].grammar;
	if ((inflection_cells(grammar) & CELL_MS) != 0 || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, adjective, adjective), masculine(c, written), r->fix);
}

/* « ils trouvent ça de plus en plus idiots »: i is ça. */
static size_t
find_after_verb(const check *c, size_t i)
{
	static const char *const verbs[] = { "trouver", "juger", "rendre", "croire", "estimer",
		"considérer", NULL };
	static const char *const adverbs[] = { "de", "plus", "en", "moins", "très", "trop",
		"assez", "si", "vraiment", "tout", NULL };
	size_t k = i + 1;

	if (i == 0 || !grammar_spaced(c, i) || !check_lemma_is(c, i - 1, verbs, LANGUAGE_FR))
		return 0;
	while (k < c->tokens.count && k < i + 6 && check_word_is(c, k, adverbs))
		k++;
	return k < c->tokens.count && grammar_spaced(c, k) ? k : 0;
}

static status
look_that(check *c, const rule *r, size_t i)
{
	size_t adjective = find_after_verb(c, i);

	return adjective == 0 ? STATUS_OK : judge(c, r, i, adjective);
}

static status
look(check *c, const rule *r, size_t i)
{
	size_t adjective = i + 2;

	if (i + 2 >= c->tokens.count || !is_neuter(c, i))
		return STATUS_OK;
	if (c->tokens.at[adjective].kind == TOKEN_WORD &&
		(nominal_parts(c, adjective) & POS_PARTS) == POS_ADVERB &&
		adjective + 1 < c->tokens.count)
		adjective++;
	return judge(c, r, i, adjective);
}

static const char *const thats[] = { "ça", "cela", "ceci", NULL };

static const rule of_thats = {
	.fr = true, .on = (uint32_t)FEATURE_WATCHED, .watch = thats, .token = look_that
};

const rule rule_grammar_neuter = {
	.id = "grammar/neuter",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = neuters,
	.watch_after = grammar_de,
	.also = &of_thats,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage, « rien », « quelque chose » (A)",
	.summary_en = "an adjective behind rien de, quelque chose de is masculine singular",
	.summary_fr = "après «\u00A0rien de\u00A0», «\u00A0quelque chose de\u00A0», l’adjectif "
		      "est au masculin singulier",
	.explanation_en =
		"An adjective that de ties to rien, quoi, quelqu’un, quelque chose or autre "
		"chose "
		"is in the masculine singular, and so is what one finds cela: rien de nouveau, "
		"quelque chose d’important, trouver cela curieux. One "
		"that stands before a noun is left alone (rien de telles pratiques).",
	.explanation_fr =
		"L’adjectif que de relie à rien, quoi, quelqu’un, quelque chose ou autre chose "
		"se "
		"met au masculin singulier, et de même ce qu’on trouve cela\u00A0: rien de "
		"nouveau, "
		"quelque chose d’important, trouver cela curieux. "
		"Celui qui précède un nom n’est pas relevé (rien de telles pratiques).",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il n’y a rien de nouvelle dans ce texte.",
					  "Il n’y a rien de nouveau dans ce texte." },
		{ LANGUAGE_FR, "Il a dit quelque chose d’importantes.",
			"Il a dit quelque chose d’important." },
		{ LANGUAGE_FR, "Elles trouvent cela de plus en plus curieuses.",
			"Elles trouvent cela de plus en plus curieux." },
		{ LANGUAGE_FR, NULL,
			"Rien de telles pratiques, rien de grandes choses ; la chose de "
			"valeur." },
		{ LANGUAGE_FR, NULL,
			"Quoi de neuf ? Rien d’utile, quelque chose de trop vague." }),
	.token = look,
};
