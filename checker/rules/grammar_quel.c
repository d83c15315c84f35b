/* Quel and tout before a determiner, which say the gender and number of the same noun:
 *
 *   grammar/quel   « quel que soit la date », « quels sont la raison », « quel est la politique
 * » grammar/tout   « tout les États », « dans toute les régions », « tous ces mesures »
 *
 * The noun phrase behind is read from its determiner and its first word; only where no reading
 * of the two fits is anything said. Several nouns may share one quel in the plural (« quels que
 * soient la race et le sexe »). Tout can be a pronoun or an adverb (« tout les oppose », «
 * avant tout les États »), tous may float behind its verb (« ils ont tous la même tâche »), so
 * that what stands on either side is asked as well. */
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/phrase.h"
#include "checker/rules/wording.h"

#define LIST_REACH \
	24 /* tokens from a noun to the next one of a list, names of bodies between */
#define LOOSE (POS_PRONOUN | POS_ADVERB | POS_CONJUNCTION | POS_PREPOSITION | POS_NAME)

static const char *const what[] = { "quel", "quels", "quelle", "quelles", NULL };
static const char *const all[] = { "tout", "tous", "toute", "toutes", NULL };
static const char *const only[] = { "seul", "seuls", "seule", "seules", NULL };
static const char *const all_and_only[] = { "tout", "tous", "toute", "toutes", "seul", "seuls",
	"seule", "seules", NULL };

/* The forms of a list in the order of the cells: masculine, then feminine. */
static unsigned
cell_of(const char *const *forms, slice lower)
{
	unsigned cell = CELL_MS;

	while (*forms != NULL && !slice_is(lower, *forms)) {
		forms++;
		cell <<= 1;
	}
	return *forms == NULL ? 0 : cell;
}

/* The cell of the noun phrase that comes nearest to the one that is written: its gender first,
 * then its number, then the masculine. */
static unsigned
closest_cell(unsigned cells, unsigned written)
{
	unsigned gender = (written & CELLS_FEMININE) != 0 ? CELLS_FEMININE : CELLS_MASCULINE;
	unsigned number = (written & CELLS_PLURAL) != 0 ? CELLS_PLURAL : CELLS_SINGULAR;

	if ((cells & gender) != 0)
		cells &= gender;
	if ((cells & number) != 0)
		cells &= number;
	return cells & (~cells + 1);
}

static slice
form_of(const char *const *forms, unsigned cell)
{
	while (cell > CELL_MS) {
		cell >>= 1;
		forms++;
	}
	return slice_of(*forms);
}

/* NULL: the token is none that settles anything. */
static const determiner *
determiner_of(const check *c, const token *t)
{
	return t->kind == TOKEN_WORD ? determiner_at(c->words.hot.at[t->word].determiner)
				     : NULL;
}

/* What the determiner i and the word after it agree on; 0 where they say nothing certain: a
 * clitic (« tout les oppose ») can be told from an article by its verb alone. */
static unsigned
phrase_after(const check *c, size_t i, bool may_be_clitic)
{
	const token *t = &c->tokens.at[i];
	unsigned cells = CELLS_SINGULAR;

	if (t->kind == TOKEN_ELISION) {
		if (!slice_is(check_lower(c, i), "l’") || t[1].gap != GAP_NONE)
			return 0;
	} else if (!slice_is(check_lower(c, i), "leur")) {
		const determiner *d = determiner_of(c, t);
		if (d == NULL || !grammar_spaced(c, i + 1))
			return 0;
		/* ce is a pronoun before être alone */
		may_be_clitic =
			may_be_clitic && d->pronoun && !slice_is(check_lower(c, i), "ce");
		cells = d->cells;
	}
	uint32_t next = phrase_grammar(c, i + 1);
	/* tu formes, tu mesures: no verb that these texts have */
	if ((next & (PERSONS | VERB_INFINITIVE)) == PERSON_2SG)
		next &= ~(uint32_t)POS_VERB;
	if ((next & (POS_NOUN | POS_ADJECTIVE)) == 0 ||
		(next & (may_be_clitic ? LOOSE | POS_VERB : LOOSE)) != 0)
		return 0;
	return cells & inflection_cells(next);
}

/* Another noun shares the word: « quels que soient la race et le sexe ». */
static bool
leads_a_list(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", "ni", "ainsi", NULL };

	for (size_t k = i; k < i + LIST_REACH && k < c->tokens.count; k++) {
		const token *t = &c->tokens.at[k];
		if (t->kind == TOKEN_MARK && (t->features & FEATURE_STOP) != 0)
			return t->word == ',';
		if (t->kind == TOKEN_WORD && check_word_is(c, k, links))
			return true;
	}
	return false;
}

/* The verbs between, in the singular and in the plural. */
static const char *const singular[] = { "soit", "fût", "est", "était", "sera", "serait", "fut",
	NULL };
static const char *const plural[] = { "soient", "fussent", "sont", "étaient", "seront",
	"seraient", "furent", NULL };

/* Its place in the list of its number; *number gets that. */
static size_t
find_verb(slice lower, unsigned *number)
{
	for (size_t i = 0; singular[i] != NULL; i++) {
		*number = slice_is(lower, singular[i]) ? CELLS_SINGULAR : CELLS_PLURAL;
		if (*number == CELLS_SINGULAR || slice_is(lower, plural[i]))
			return i;
	}
	*number = 0;
	return 0;
}

/* Like the text in its first letter. */
static slice
dressed(check *c, size_t i, slice form)
{
	int first = check_token(c, i).p[0];

	return first < 'A' || first > 'Z' ? form : wording_capital(c, form);
}

/* « quelle qu’en soit »: a pronoun between; the tokens of « que » or « qu’en », 0 for neither.
 */
static size_t
clause_words(const check *c, size_t i)
{
	static const char *const pronouns[] = { "en", "y", NULL };

	if (!grammar_spaced(c, i))
		return 0;
	if (slice_is(check_lower(c, i), "que"))
		return 1;
	return slice_is(check_lower(c, i), "qu’") && check_word_is(c, i + 1, pronouns) ? 2 : 0;
}

static status
look_quel(check *c, const rule *r, size_t i)
{
	static const char *const before[] = { "tel", "telle", "tels", "telles", NULL };
	unsigned number, written = cell_of(what, check_lower(c, i));
	size_t clause = clause_words(c, i + 1), verb = i + 1 + clause;

	if (written == 0 || !grammar_spaced(c, verb) || !grammar_spaced(c, verb + 1) ||
		verb + 2 >= c->tokens.count || (i > 0 && check_word_is(c, i - 1, before)))
		return STATUS_OK;
	size_t which = find_verb(check_lower(c, verb), &number);
	unsigned cells = phrase_after(c, verb + 1, false);
	if (number == 0 || (clause != 0 && which > 1) || (clause == 0 && which < 2) ||
		cells == 0 || ((cells & written) != 0 && (cells & number) != 0))
		return STATUS_OK;
	if (((written | number) & CELLS_PLURAL) != 0 && (cells & CELLS_PLURAL) == 0 &&
		leads_a_list(c, verb + 2))
		return STATUS_OK;
	if (quotation_holds(c, i))
		return STATUS_OK;
	unsigned cell = closest_cell(cells, written);
	slice between = clause == 0 ? SLICE("") : check_text(c, check_span(c, i + 1, verb - 1));
	slice right =
		check_printf(c, "%.*s %.*s%s%s", SLICE_ARG(dressed(c, i, form_of(what, cell))),
			SLICE_ARG(between), clause != 0 ? " " : "",
			(cell & CELLS_PLURAL) != 0 ? plural[which] : singular[which]);
	return check_report_fix(c, r, check_span(c, i, verb), right, r->fix);
}

/* Where tout is no determiner for certain, or may well be none: « assurer à tous la paix ». */
static bool
stands_alone(const check *c, size_t i, unsigned written)
{
	static const char *const pronoun_after[] = { "avant", "après", "malgré", "en", "du",
		"pas", "comme", "somme", "c’", "surtout", "par-dessus", "le", "un", "qui",
		NULL };
	static const char *const prepositions[] = { "dans", "pendant", "durant", NULL };
	slice before = i == 0 ? SLICE("") : check_lower(c, i - 1);

	if (written == CELL_MS)
		return slice_is_one_of(before, pronoun_after);
	return (written & CELLS_PLURAL) != 0 && !slice_is_one_of(before, prepositions) &&
	       !grammar_opens_sentence(c, i);
}

/* « seules des jours entiers », « seul la matinée »: for how long, or when. */
static bool
says_when(const check *c, size_t i)
{
	static const char *const partial[] = { "des", "du", "de", NULL };
	static const char *const times[] = { "jour", "jours", "journée", "journées", "matin",
		"matinée", "soir", "soirée", "nuit", "nuits", "semaine", "semaines", "mois",
		"année", "années", "heure", "heures", NULL };

	return check_word_is(c, i, partial) || check_word_is(c, i + 1, times);
}

/* « Seuls un tiers des ménages », « seules une très petite minorité de femmes »: it agrees with
 * what there is a part of. */
static bool
says_how_many(const check *c, size_t i)
{
	static const char *const parts[] = { "centaine", "cinquantaine", "cinquième", "dixième",
		"dizaine", "douzaine", "fraction", "groupe", "majorité", "millier", "million",
		"minorité", "moitié", "multitude", "nombre", "part", "partie", "poignée",
		"pourcentage", "proportion", "quantité", "quart", "quarantaine", "quinzaine",
		"série", "soixantaine", "tiers", "trentaine", "vingtaine", NULL };

	for (size_t k = i + 1; k < i + 5 && k < c->tokens.count; k++)
		if (check_word_is(c, k, parts))
			return true;
	return false;
}

/* « Seul les États », « si seuls la Cour »: at the beginning of a clause. */
static status
look_seul(check *c, const rule *r, size_t i, unsigned written)
{
	static const char *const before[] = { "que", "qu’", "si", "car", "mais", "où",
		"lorsque", "lorsqu’", NULL };
	unsigned cells = 0;

	if (grammar_spaced(c, i + 1) && i + 2 < c->tokens.count &&
		(grammar_opens_sentence(c, i) || check_word_is(c, i - 1, before)))
		cells = phrase_after(c, i + 1, true);
	if (cells == 0 || (cells & written) != 0 || says_when(c, i + 1) ||
		quotation_holds(c, i) ||
		((written & CELLS_PLURAL) != 0 && (cells & CELLS_PLURAL) == 0 &&
			(says_how_many(c, i + 1) || leads_a_list(c, i + 2))))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i),
		dressed(c, i, form_of(only, closest_cell(cells, written))), r->fix);
}

/* « tous les analyses, rapports et études », « tous taxes et droits »: the masculine of a list
 */
static bool
is_list_behind(const check *c, size_t i)
{
	static const char *const links[] = { "et", "ou", NULL };
	const token *after = &c->tokens.at[i];

	return (after->kind == TOKEN_MARK && after->word == ',') || check_word_is(c, i, links);
}

/* Tout at i, and the noun of these cells: the one, or the other, is to change. */
static status
report_all(check *c, const rule *r, size_t i, size_t noun, unsigned written, unsigned cells)
{
	slice made[2] = { 0 };
	finding f = { .text = check_span(c, i, noun), .fix = r->fix, .suggestions = made };
	uint32_t first = check_span(c, i, i).end, last = check_span(c, noun, noun).start;

	made[0] = check_printf(c, "%.*s%.*s",
		SLICE_ARG(dressed(c, i, form_of(all, closest_cell(cells, written)))),
		SLICE_ARG(check_text(c, (span){ first, f.text.end })));
	slice form = inflection_form(c, check_token(c, noun), written, POS_NOUN);
	const determiner *d = determiner_find(check_lower(c, i + 1));
	if (form.n != 0 && (noun == i + 1 || (d != NULL && (d->cells & written) != 0)))
		made[1] = check_printf(c, "%.*s%.*s",
			SLICE_ARG(check_text(c, (span){ f.text.start, last })),
			SLICE_ARG(form));
	f.suggestion_count = made[1].n != 0 ? 2 : 1;
	return check_report(c, r, f);
}

/* Where tout can lead a noun without a determiner: « en tout circonstance », « de tous âge »,
 * not « assurer à tous accès à la justice », « ils sont tous membre ». */
static bool
leads_bare_noun(const check *c, size_t i, unsigned written, unsigned cells)
{
	static const char *const prepositions[] = { "de", "en", "sous", "dans", "contre", "sur",
		"sans", NULL };
	static const char *const adverbial[] = { "yeux", "oreilles", "sourires", NULL };
	static const char *const before[] = { "l’", "plus", "pas", "rien", NULL };

	if (check_word_is(c, i + 1, adverbial) || (i > 0 && check_word_is(c, i - 1, before)))
		return false;
	if (i > 0 && determiner_of(c, &c->tokens.at[i - 1]) != NULL)
		return false; /* vos tout débuts */
	bool led = i > 0 && grammar_spaced(c, i) && check_word_is(c, i - 1, prepositions);
	if ((written & CELLS_PLURAL) != 0 ||
		(written == CELL_MS && (cells & CELLS_SINGULAR) != 0))
		return led;
	return written == CELL_FS || led || !stands_alone(c, i, written);
}

/* « tout mesures », « en tout circonstance », « de toutes sorte » */
static status
look_bare(check *c, const rule *r, size_t i, unsigned written)
{
	unsigned cells = phrase_cells(c, i + 1);

	/* toute and a plural never go together, whatever that is */
	uint32_t others = written == CELL_FS && (cells & CELLS_SINGULAR) == 0
				  ? POS_ADJECTIVE | POS_PARTICIPLE
				  : 0;

	if ((nominal_parts(c, i + 1) & ~others) != POS_NOUN || (cells & written) != 0 ||
		(phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		!nominal_stands_free(c, i, i + 1) || phrase_frequency(c, i + 1) == 0 ||
		!leads_bare_noun(c, i, written, cells) ||
		(written == CELL_MP && is_list_behind(c, i + 2)) || quotation_holds(c, i))
		return STATUS_OK;
	return report_all(c, r, i, i + 1, written, cells);
}

/* « toute grand entreprise », « toutes petite corruptions »: as an adverb toute agrees as well.
 */
static status
look_at_adjective(check *c, const rule *r, size_t i, unsigned written)
{
	size_t last = i + 1;

	if ((written & CELLS_FEMININE) == 0 || (phrase_cells(c, i + 1) & written) != 0 ||
		(phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		((phrase_grammar(c, i + 1) & POS_PARTS) != POS_ADJECTIVE &&
			!nominal_stands_in_front(c, i + 1)))
		return STATUS_OK;
	if (nominal_follows(c, i + 2) && (phrase_grammar(c, i + 2) & POS_NOUN) != 0 &&
		(phrase_cells(c, i + 2) & written) != 0)
		last = i + 2;
	/* elles ont toutes grand besoin de lui */
	if (written == CELL_FP && last == i + 1)
		return STATUS_OK;
	slice form = inflection_form(c, check_token(c, i + 1), written, POS_ADJECTIVE);
	if (form.n == 0 || !nominal_stands_free(c, i, last) || quotation_holds(c, i))
		return STATUS_OK;
	slice right = check_printf(c, "%.*s %.*s%.*s", SLICE_ARG(check_token(c, i)),
		SLICE_ARG(form),
		SLICE_ARG(check_text(
			c, (span){ check_span(c, i, i + 1).end, check_span(c, i, last).end })));
	return check_report_fix(c, r, check_span(c, i, last), right, r->fix);
}

static status
look_tout(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i);
	unsigned written = lower.p[0] == 't' ? cell_of(all, lower) : 0;

	if (written == 0)
		return look_seul(c, r, i, cell_of(only, lower));

	/* elle ignore tout des oiseaux */
	if (!grammar_spaced(c, i + 1) || i + 1 >= c->tokens.count ||
		slice_is(check_lower(c, i + 1), "des"))
		return STATUS_OK;
	if ((c->tokens.at[i + 1].features & FEATURE_NOUN) != 0)
		TRY(look_bare(c, r, i, written));
	if ((c->tokens.at[i + 1].features & FEATURE_ADJECTIVE) != 0)
		TRY(look_at_adjective(c, r, i, written));
	unsigned cells = phrase_after(c, i + 1, true);
	if (cells == 0 || (cells & written) != 0 || stands_alone(c, i, written) ||
		quotation_holds(c, i))
		return STATUS_OK;
	if (written == CELL_MP && (cells & CELLS_PLURAL) != 0 && is_list_behind(c, i + 3))
		return STATUS_OK;
	/* « tout une école »: an adverb for some; « tous leur vie »: may float */
	if (slice_starts(check_lower(c, i + 1), SLICE("un")))
		return STATUS_OK;
	return report_all(c, r, i, i + 2, written, cells);
}

static bool
may_follow(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return r->determiner != 0 || (r->features & (FEATURE_NOUN | FEATURE_ADJECTIVE)) != 0;
}

static const char *const elided[] = { "l’", NULL };

const rule rule_grammar_quel = {
	.id = "grammar/quel",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = what,
	.source = "Académie française, Dictionnaire, « quel »; Grevisse, Le Bon Usage (A)",
	.summary_en = "quel does not agree with its noun",
	.summary_fr = "«\u00A0quel\u00A0» ne s’accorde pas avec son nom",
	.explanation_en =
		"In quel que soit and quel est, both quel and the verb agree with the noun "
		"that follows: quelle que soit la date, quels que soient les motifs. A plural "
		"before several nouns is right (quels que soient la race et le sexe).",
	.explanation_fr =
		"Dans «\u00A0quel que soit\u00A0» et «\u00A0quel est\u00A0», quel et le verbe "
		"s’accordent avec le "
		"nom qui suit\u00A0: quelle que soit la date, quels que soient les motifs. Le "
		"pluriel est juste devant plusieurs noms (quels que soient la race et le "
		"sexe).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Quel que soit la situation, le Conseil agira.",
			"Quelle que soit la situation, le Conseil agira." },
		{ LANGUAGE_FR, "Il demande quel est la position de l’État.",
			"Il demande quelle est la position de l’État." },
		{ LANGUAGE_FR, "quel que soit les motifs invoqués",
			"quels que soient les motifs invoqués" },
		{ LANGUAGE_FR, "Quel qu’en soit la raison, il agira.",
			"Quelle qu’en soit la raison, il agira." },
		{ LANGUAGE_FR, "Quel fut la réponse du Conseil ?",
			"Quelle fut la réponse du Conseil ?" },
		{ LANGUAGE_FR, NULL, "Quelle fut sa réponse ? Quelle montre son refus ?" },
		{ LANGUAGE_FR, NULL, "Quels que soient la race et le sexe de la victime." },
		{ LANGUAGE_FR, NULL, "Quelle que soit leur origine, quel que soit l’État." }),
	.token = look_quel,
};

const rule rule_grammar_tout = {
	.id = "grammar/tout",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = all_and_only,
	.after = FEATURE_NOUN,
	.watch_after = elided,
	.wants_after = may_follow,
	.source = "Académie française, Dictionnaire, « tout »; Grevisse, Le Bon Usage (A)",
	.summary_en = "tout or seul does not agree with its noun",
	.summary_fr = "«\u00A0tout\u00A0» ou «\u00A0seul\u00A0» ne s’accorde pas avec son nom",
	.explanation_en =
		"Before a determiner or a noun tout takes the gender and number of the noun: "
		"tous les "
		"États, toutes ces mesures, en toute circonstance; so does seul at the "
		"beginning of a clause: seuls "
		"les "
		"États. Tout as a pronoun or an adverb, and tous behind "
		"its "
		"verb (ils ont tous la même tâche), are left alone.",
	.explanation_fr =
		"Devant un déterminant ou un nom, tout prend le genre et le nombre du "
		"nom\u00A0: tous les "
		"États, toutes ces mesures, en toute circonstance\u00A0; seul aussi, au début "
		"d’une "
		"proposition\u00A0: "
		"seuls les États. Tout pronom ou adverbe et tous après son verbe "
		"(ils ont tous la même tâche) ne sont pas examinés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil invite tout les États à coopérer.",
					  "Le Conseil invite tous les États à coopérer." },
		{ LANGUAGE_FR, "dans toute les régions", "dans toutes les régions" },
		{ LANGUAGE_FR, "Tous ces mesures ont été prises.",
			"Toutes ces mesures ont été prises." },
		{ LANGUAGE_FR, "Seul les États peuvent signer.",
			"Seuls les États peuvent signer." },
		{ LANGUAGE_FR, "Elle agit en tout circonstance.",
			"Elle agit en toute circonstance." },
		{ LANGUAGE_FR, "Elle touche toute petite et toute grand entreprise.",
			"Elle touche toute petite et toute grande entreprise." },
		{ LANGUAGE_FR, NULL, "Elles ont toutes grand besoin d’aide." },
		{ LANGUAGE_FR, NULL, "Ce droit assure à tous accès à la justice." },
		{ LANGUAGE_FR, NULL, "Seuls la Cour et le Conseil peuvent agir." },
		{ LANGUAGE_FR, NULL, "Seules une vingtaine de délégations ont répondu." },
		{ LANGUAGE_FR, NULL, "Tout les oppose ; il faut avant tout les convaincre." },
		{ LANGUAGE_FR, NULL,
			"Ils ont tous la même tâche et prennent tous les mesures "
			"voulues." }),
	.token = look_tout,
};
