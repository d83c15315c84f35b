/* One out of several, which has the gender of what it is out of: « l’un des mesures », «
 * chacune des accords », « certains des résolutions ». The noun must be a plural that can be of
 * the other gender only, and nothing but a noun.
 *
 * Tempting non-errors: des may be an article (« ils ont chacun des obligations », « assurer à
 * chacun des conditions décentes »); un may be a number (« la phase un des opérations »); and a
 * woman may be l’une of those whom a noun in the masculine names (« l’une des témoins »). */
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/wording.h"

#define RARE_LEAST 5 /* letters of a noun that the reference texts never use */

static const char *const masculine[] = { "un", "chacun", "aucun", "certains", NULL };
static const char *const feminine[] = { "une", "chacune", "aucune", "certaines", NULL };
static const char *const ones[] = { "un", "une", "chacun", "chacune", "aucun", "aucune",
	"certains", "certaines", NULL };

static const char *const of[] = { "de", "des", NULL };

/* The noun behind des, behind « de ces » or « de ses »; 0 where another word stands there. */
static size_t
find_noun(const check *c, size_t i)
{
	static const char *const plural[] = { "ces", "ses", "leurs", "nos", NULL };
	size_t noun = i + 2;

	if (slice_is(check_lower(c, i + 1), "de") && nominal_follows(c, i + 2) &&
		check_word_is(c, i + 2, plural))
		noun = i + 3;
	else if (!slice_is(check_lower(c, i + 1), "des"))
		return 0;
	return noun < c->tokens.count && nominal_follows(c, i + 1) && nominal_follows(c, noun)
		       ? noun
		       : 0;
}

/* The noun of the phrase: one that could be an adjective only where nothing follows that it
 * could belong to (certains des nouvelles sont connus). */
static bool
is_noun(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i) & ~(uint32_t)POS_VERB;

	return parts == POS_NOUN ||
	       (parts == (POS_NOUN | POS_ADJECTIVE) &&
		       ((phrase_grammar(c, i + 1) & POS_PARTS) == POS_VERB ||
			       nominal_closes(c, i)));
}

/* In small letters or with the capital of États and Parties. */
static bool
is_plural_noun(const check *c, size_t i)
{
	return is_noun(c, i) && (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0 &&
	       (phrase_cells(c, i) & CELLS_SINGULAR) == 0 && nominal_stands_free(c, i, i) &&
	       (phrase_frequency(c, i) > 0 ||
		       words_at(&c->words, c->tokens.at[i].word)->points >= RARE_LEAST);
}

/* « un de leur représentant »: out of several; but « l’un de leur nationalité, de leur choix »,
 * one of those whom the noun takes together. */
static status
look_at_leur(check *c, const rule *r, size_t i)
{
	static const char *const leur[] = { "leur", NULL };
	static const char *const single[] = { "un", "une", NULL };
	static const char *const others[] = { "âge", "association", "avis", "bord", "camp",
		"catégorie", "choix", "clan", "classe", "classement", "communauté",
		"confession", "corps", "côté", "coalition", "délégation", "entourage",
		"entreprise", "équipe", "espèce", "ethnie", "fait", "famille", "génération",
		"genre", "gré", "groupe", "institution", "liste", "lignée", "milieu",
		"nationalité", "nombre", "organisation", "parenté", "part", "parti", "pays",
		"peuple", "population", "profession", "quartier", "race", "rang", "région",
		"religion", "sang", "secte", "section", "service", "sexe", "sorte", "syndicat",
		"taille", "tribu", "troupe", "unité", "village", "ville", "vivant", NULL };
	/* un de leur génération: somebody of theirs */
	unsigned gender = c->tokens.at[i].length == 2 ? CELLS_MASCULINE : CELLS_FEMININE;
	size_t noun = i + 3;

	if (!nominal_follows(c, i + 2) || !check_word_is(c, i + 2, leur) ||
		!check_word_is(c, i, single) || !nominal_follows(c, noun) ||
		(nominal_parts(c, noun) & ~(uint32_t)POS_VERB) != POS_NOUN ||
		(phrase_grammar(c, noun) & VERB_INFINITIVE) != 0)
		return STATUS_OK;
	if ((phrase_cells(c, noun) & CELLS_PLURAL) != 0 ||
		(phrase_cells(c, noun) & gender) == 0 || check_word_is(c, noun, others) ||
		(phrase_shape(c, noun) & SHAPE_LOWER) == 0 || quotation_holds(c, i))
		return STATUS_OK;
	bool male = (phrase_cells(c, noun) & CELLS_MASCULINE) != 0;
	slice many =
		inflection_form(c, check_token(c, noun), male ? CELL_MP : CELL_FP, POS_NOUN);
	if (many.n == 0)
		return STATUS_OK;
	slice made = check_printf(c, "leurs %.*s", SLICE_ARG(many));
	finding f = { .text = check_span(c, i + 2, noun),
		.fix = r->fix,
		.suggestions = &made,
		.suggestion_count = 1,
		.message = check_message(c, "one of several: the noun stands in the plural",
			"un parmi plusieurs\u00A0: le nom est au pluriel") };
	return check_report(c, r, f);
}

static const char *
other_form(const check *c, size_t i, bool *wants_feminine)
{
	for (size_t k = 0; masculine[k] != NULL; k++) {
		if (slice_is(check_lower(c, i), masculine[k])) {
			*wants_feminine = true;
			return feminine[k];
		}
		if (slice_is(check_lower(c, i), feminine[k])) {
			*wants_feminine = false;
			return masculine[k];
		}
	}
	return NULL;
}

/* « le numéro un des ventes », « la phase un des opérations », « la une des journaux », « UN »
 */
static bool
is_name(const check *c, size_t i)
{
	static const char *const before[] = { "no", "la", "le", "sa", "leur", NULL };
	static const char *const no_nouns[] = { "est", NULL };

	if ((phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0)
		return true;
	if (i == 0 || !nominal_follows(c, i))
		return false;
	return check_word_is(c, i - 1, before) || ((phrase_grammar(c, i - 1) & POS_NOUN) != 0 &&
							  !check_word_is(c, i - 1, no_nouns));
}

/* « ont chacun des obligations », « à chacun des conditions », « pour certains des réformes »:
 * for certain only at the head of a sentence and behind some prepositions. */
static bool
may_be_article(const check *c, size_t i)
{
	static const char *const single[] = { "un", "une", NULL };
	static const char *const prepositions[] = { "dans", "par", "sur", "avec", "sous", "en",
		NULL };

	if (!slice_is(check_lower(c, i + 1), "des"))
		return false;
	if (check_word_is(c, i, single)) /* à l’un des chances, à l’autre … */
		return i > 1 && slice_is(check_lower(c, i - 1), "l’") &&
		       slice_is(check_lower(c, i - 2), "à");
	return !grammar_opens_sentence(c, i) &&
	       (i == 0 || !check_word_is(c, i - 1, prepositions));
}

/* Nouns in the masculine for people of either sex, by their endings and by name. */
static bool
may_be_women(const check *c, size_t noun)
{
	static const char *const people[] = { "adhérents", "adolescents", "agents", "chefs",
		"clients", "écrivains", "individus", "maires", "mannequins", "médecins",
		"membres", "otages", "parents", "patients", "présidents", "résidents",
		"savants", "témoins", "vice-présidents", NULL };
	slice s = phrase_lower(c, noun);

	return check_word_is(c, noun, people) || slice_ends(s, SLICE("eurs")) ||
	       slice_ends(s, SLICE("ants")) || slice_ends(s, SLICE("iens"));
}

static status
look(check *c, const rule *r, size_t i)
{
	bool wants_feminine;
	const token *t = &c->tokens.at[i];

	if (t[1].kind != TOKEN_WORD || t[1].length > 3 || t[1].length < 2 ||
		c->document->text.p[t[1].start] != 'd' ||
		c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	if (t[1].length == 2 && nominal_follows(c, i + 1) && i + 3 < c->tokens.count)
		TRY(look_at_leur(c, r, i));
	size_t noun = find_noun(c, i);
	if (noun == 0 || !is_plural_noun(c, noun))
		return STATUS_OK;
	const char *right = other_form(c, i, &wants_feminine);
	unsigned cells = phrase_cells(c, noun);
	if (right == NULL || is_name(c, i) ||
		(cells & (wants_feminine ? CELLS_MASCULINE : CELLS_FEMININE)) != 0 ||
		may_be_article(c, i) || (!wants_feminine && may_be_women(c, noun)) ||
		quotation_holds(c, i))
		return STATUS_OK;
	bool capital = check_token(c, i).p[0] < 'a';
	span whole = check_span(c, i, noun);
	slice rest = check_text(c, (span){ check_span(c, i, i).end, whole.end });
	slice form = capital ? wording_capital(c, slice_of(right)) : slice_of(right);
	if (form.n == 0)
		return STATUS_MEMORY;
	slice made = check_printf(c, "%.*s%.*s", SLICE_ARG(form), SLICE_ARG(rest));
	return check_report_fix(c, r, whole, made, r->fix);
}

const rule rule_grammar_partitive = {
	.id = "grammar/partitive",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = ones,
	.watch_after = of,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage (A)",
	.summary_en = "one of several has the other gender",
	.summary_fr = "pronom d’un autre genre que le nom qui suit",
	.explanation_en =
		"Un, une, chacun, aucun and certains before des take the gender of the noun "
		"behind it: l’une des mesures, chacun des accords, certaines des résolutions. "
		"Behind un de and une de stands a plural: l’un de leurs représentants.",
	.explanation_fr =
		"Devant «\u00A0des\u00A0», un, une, chacun, aucun et certains prennent le "
		"genre "
		"du nom qui suit\u00A0: l’une des mesures, chacun des accords, certaines des "
		"résolutions. Après «\u00A0un de\u00A0», «\u00A0une de\u00A0» vient un "
		"pluriel\u00A0: l’un de "
		"leurs "
		"représentants.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "C’est l’un des mesures adoptées.",
					  "C’est l’une des mesures adoptées." },
		{ LANGUAGE_FR, "Certaines des accords sont en vigueur.",
			"Certains des accords sont en vigueur." },
		{ LANGUAGE_FR, "L’un de leur représentant est venu.",
			"L’un de leurs représentants est venu." },
		{ LANGUAGE_FR, NULL, "L’une des Parties et l’un des États ont signé." },
		{ LANGUAGE_FR, NULL, "Les États ont chacun des obligations." },
		{ LANGUAGE_FR, NULL, "Il en a choisi un des plus grands." }),
	.token = look,
};
