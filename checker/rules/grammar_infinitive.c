/* Infinitive and participle in -er and -é, which sound alike: « a décider », « peut aidé »,
 * « pour assuré ».
 *
 * After avoir no infinitive stands, after a modal verb no participle, nor after pour, sans,
 * afin de, avant de. Words that can also be nouns (le dîner, un associé) are left alone, and
 * so is what is held for something: tenu pour assuré. */
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/phrase.h"

#define PARTS 0xFFFFu
#define HELD_REACH 8 /* tokens back for tenir, passer */

static const char *const having[] = { "a", "ont", "avait", "avaient", "aura", "auront",
	"aurait", "auraient", "ait", "aient", "avons", "ayant", "été", NULL };
static const char *const modal[] = { "peut", "peuvent", "pourra", "pourront", "pourrait",
	"pourraient", "doit", "doivent", "devra", "devront", "devrait", "devraient", "pouvait",
	"pouvaient", "devait", "devaient", "faut", "faudra", "faudrait", "veut", "veulent",
	"va", "vont", NULL };
static const char *const prepositions[] = { "pour", "sans", NULL };
static const char *const frames[] = { "afin", "avant", "lieu", "vue", "loin", "outre", NULL };
static const char *const making[] = { "faire", NULL };

static bool
is_plain(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_WORD && c->tokens.at[i].length > 4 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       (grammar_spaced(c, i) || c->tokens.at[i - 1].kind == TOKEN_ELISION);
}

/* An infinitive in -er and nothing else. */
static bool
is_infinitive(const check *c, size_t i)
{
	uint32_t bits = phrase_grammar(c, i);

	return is_plain(c, i) && (bits & VERB_INFINITIVE) != 0 && (bits & PARTS) == POS_VERB &&
	       slice_ends(check_lower(c, i), SLICE("er"));
}

/* A past participle in -é and nothing else but its use as an adjective or, where that may be,
 * as a noun (peut communiqué). */
static bool
is_participle(const check *c, size_t i, bool noun)
{
	static const char *const endings[] = { "é", "ée", "és", "ées", NULL };
	uint32_t parts = phrase_grammar(c, i) & PARTS;
	bool ends = false;

	if ((parts & POS_PARTICIPLE) == 0 || !is_plain(c, i) ||
		(parts & ~(uint32_t)(POS_PARTICIPLE | POS_ADJECTIVE | (noun ? POS_NOUN : 0))) !=
			0)
		return false;
	slice s = check_lower(c, i);
	for (const char *const *e = endings; *e != NULL; e++)
		ends = ends || slice_ends(s, slice_of(*e));
	return ends;
}

/* « pour assuré la paix »: no article follows a noun; « sans nécessité la navigation » has one.
 */
static bool
leads_object(const check *c, size_t i)
{
	if ((phrase_cells(c, i - 1) & CELLS_FEMININE) != 0)
		return false;
	static const char *const articles[] = { "le", "la", "l’", "les", "un", "une", "ce",
		"cet", "cette", "ces", "leur", "leurs", "son", "sa", "ses", NULL };

	return grammar_spaced(c, i) && check_word_is(c, i, articles);
}

/* The participle's infinitive; empty when the dictionary has none. */
static slice
infinitive_of(check *c, size_t i)
{
	slice s = check_lower(c, i);

	while (s.n > 2 && (s.p[s.n - 1] == 's' || s.p[s.n - 1] == 'e'))
		s.n--;
	slice made = check_printf(c, "%.*ser", (int)s.n - 2, s.p);
	return (grammar_of(c, made) & VERB_INFINITIVE) != 0 ? made : (slice){ 0 };
}

/* « tenu pour assuré », « passent pour fondés » */
static bool
is_held(const check *c, size_t i)
{
	static const char *const verbs[] = { "tenir", "passer", "réputer", "valoir",
		"considérer", "laisser", NULL };

	for (size_t n = 0; n < HELD_REACH && i-- > 0; n++)
		if ((phrase_grammar(c, i) & (POS_VERB | POS_PARTICIPLE)) != 0 &&
			clause_has_lemma(c, i, verbs))
			return true;
	return false;
}

static status
report(check *c, const rule *r, size_t first, size_t i, slice form)
{
	if (form.n == 0 || quotation_holds(c, first))
		return STATUS_OK;
	uint32_t start = c->tokens.at[first].start;
	slice made = check_printf(c, "%.*s%.*s",
		SLICE_ARG(check_text(c, (span){ start, c->tokens.at[i].start })),
		SLICE_ARG(form));
	return check_report_fix(c, r, check_span(c, first, i), made, r->fix);
}

/* « services a livrer », « autorisés a exercer », « s’engage a autoriser »: before a stands no
 * subject in the singular, and à was meant. */
static bool
means_preposition(const check *c, size_t i)
{
	uint32_t before = i == 0 ? 0 : phrase_grammar(c, i - 1);

	if (!slice_is(check_lower(c, i), "a") || (before & POS_PRONOUN) != 0)
		return false;
	return (before & (POS_PARTICIPLE | PERSONS)) != 0 ||
	       (inflection_cells(before) & CELLS_SINGULAR) == 0;
}

/* The word is none in capitals, and another stands behind it. */
static bool
may_lead(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_WORD && i + 1 < c->tokens.count &&
	       (phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
}

static status
look_avoir(check *c, const rule *r, size_t i)
{
	size_t k = clause_skip_adverbs(c, i + 1);

	if (!is_infinitive(c, k) || !may_lead(c, i))
		return STATUS_OK;
	if (means_preposition(c, i) && k == i + 1)
		return quotation_holds(c, i) ? STATUS_OK
					     : check_report_fix(c, r, check_span(c, i, k),
						       check_printf(c, "à %.*s",
							       SLICE_ARG(check_token(c, k))),
						       r->fix);
	slice s = check_lower(c, k);
	slice made = check_printf(c, "%.*sé", (int)s.n - 2, s.p);
	if ((grammar_of(c, made) & POS_PARTICIPLE) == 0)
		return STATUS_OK;
	return report(c, r, i, k, made);
}

/* « de bien vouloir faire distribué le texte »; « dûment à ce faire autorisé » has no object.
 */
static status
look_faire(check *c, const rule *r, size_t i)
{
	static const char *const nouns[] = { "ce", "le", "savoir", "laisser", NULL };

	if (i == 0 || !may_lead(c, i) || check_word_is(c, i - 1, nouns) ||
		!is_participle(c, i + 1, true) || (phrase_cells(c, i + 1) & CELL_MS) == 0 ||
		!leads_object(c, i + 2))
		return STATUS_OK;
	return report(c, r, i, i + 1, infinitive_of(c, i + 1));
}

static status
look_modal(check *c, const rule *r, size_t i)
{
	size_t k = clause_skip_adverbs(c, i + 1);

	if (!may_lead(c, i) || k >= c->tokens.count || !is_participle(c, k, true))
		return STATUS_OK;
	return report(c, r, i, k, infinitive_of(c, k));
}

/* Behind the preposition that begins at token i: token k, where it is a participle. */
static status
look_behind(check *c, const rule *r, size_t i, size_t k)
{
	if (k >= c->tokens.count || !is_participle(c, k, true) ||
		!is_participle(c, k, leads_object(c, k + 1)) || is_held(c, i))
		return STATUS_OK;
	return report(c, r, i, k, infinitive_of(c, k));
}

static status
look_frame(check *c, const rule *r, size_t i)
{
	return may_lead(c, i) && check_word_is(c, i + 1, grammar_de)
		       ? look_behind(c, r, i, clause_skip_clitics(c, i + 2))
		       : STATUS_OK;
}

static status
look_preposition(check *c, const rule *r, size_t i)
{
	static const char *const persons[] = { "nous", "vous", "lui", "leur", "le", NULL };

	/* la cathédrale a pour nous cessé de … */
	if (!may_lead(c, i) || check_word_is(c, i + 1, persons))
		return STATUS_OK;
	return look_behind(c, r, i, clause_skip_clitics(c, i + 1));
}

static bool
may_be_form(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return (r->grammar & (POS_ADVERB | POS_PARTICIPLE | VERB_INFINITIVE)) != 0;
}

static const rule of_frames = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = frames,
	.watch_after = grammar_de,
	.token = look_frame };

static const rule of_making = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = making,
	.watch_after = clause_clitics,
	.wants_after = may_be_form,
	.token = look_faire,
	.also = &of_frames };

static const rule of_modals = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = modal,
	.watch_after = clause_clitics,
	.wants_after = may_be_form,
	.token = look_modal,
	.also = &of_making };

static const rule of_prepositions = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = prepositions,
	.watch_after = clause_clitics,
	.wants_after = may_be_form,
	.token = look_preposition,
	.also = &of_modals };

const rule rule_grammar_infinitive = {
	.id = "grammar/infinitive",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = having,
	.watch_after = clause_clitics,
	.wants_after = may_be_form,
	.also = &of_prepositions,
	.source = "FR-TRT-11; Grevisse, Le Bon Usage, § 907, 920 (A)",
	.summary_en = "infinitive where a participle belongs, or the reverse",
	.summary_fr = "infinitif pour un participe, ou l’inverse",
	.explanation_en =
		"The infinitive of décider and its participle, décidé, sound alike. After "
		"avoir only "
		"the participle stands, after a modal verb (peut, doit, faut), after pour, "
		"sans, afin de, avant de only the infinitive. Words that are also nouns, and "
		"what is held for something (tenu pour assuré), are left alone.",
	.explanation_fr =
		"L’infinitif en -er et le participe en -é se prononcent de même. Après avoir "
		"vient le participe\u00A0; après un verbe modal (peut, doit, faut), après "
		"pour, "
		"sans, afin de, avant de vient l’infinitif. Les mots qui sont aussi des noms "
		"et "
		"ce que l’on tient pour acquis (tenu pour assuré) ne sont pas examinés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil a décider de se réunir.",
					  "Le Conseil a décidé de se réunir." },
		{ LANGUAGE_FR, "Le Comité peut également aidé les États.",
			"Le Comité peut également aider les États." },
		{ LANGUAGE_FR, "pour assuré la paix", "pour assurer la paix" },
		{ LANGUAGE_FR, "afin d’évalué les progrès", "afin d’évaluer les progrès" },
		{ LANGUAGE_FR, "Veuillez faire distribué le texte de la lettre.",
			"Veuillez faire distribuer le texte de la lettre." },
		{ LANGUAGE_FR, NULL, "Signé par les soussignés, dûment à ce faire autorisés." },
		{ LANGUAGE_FR, NULL, "Ce résultat est tenu pour assuré." },
		{ LANGUAGE_FR, NULL, "Il n’a que faire d’un dîner sans invités." }),
	.token = look_avoir,
};
