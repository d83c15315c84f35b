/* Two rules about the small words before a noun.
 *
 * grammar/euphony: what stands before a vowel sound takes its other form: « ce accord » → cet,
 * « sa équipe » → son, « nouveau accord » → nouvel, « du État » → de l’, « au homme » → à l’.
 * grammar/contraction: « de le Comité » → du, « à les États » → aux.
 *
 * Le, la and les before a verb are pronouns (« afin de le relancer »), ce may be one (« ce à
 * quoi »), vieux may be a plural: so the next word must be a noun or an adjective and can be
 * nothing else that matters, in the dictionary or by its capital. */
#include <string.h>

#include "checker/rules/grammar.h"
#include "checker/rules/vowel.h"
#include "checker/rules/wording.h"

/* Readings that make a clitic or a pronoun of the word before, with the forms of verbs. */
#define LOOSE \
	(POS_ADVERB | POS_PREPOSITION | POS_PRONOUN | POS_CONJUNCTION | POS_DETERMINER | \
		POS_NUMERAL | POS_NAME | POS_OTHER)

static const struct euphony {
	slice full, form;
	uint32_t gender; /* the next word must have; 0: either */
	bool tied;       /* form takes no space after it */
} euphonies[] = {
	{ { "ce", 2 }, { "cet", 3 }, GENDER_MASCULINE, false },
	{ { "ma", 2 }, { "mon", 3 }, GENDER_FEMININE, false },
	{ { "ta", 2 }, { "ton", 3 }, GENDER_FEMININE, false },
	{ { "sa", 2 }, { "son", 3 }, GENDER_FEMININE, false },
	{ { "du", 2 }, { "de l’", 7 }, 0, true },
	{ { "au", 2 }, { "à l’", 7 }, 0, true },
	{ { "nouveau", 7 }, { "nouvel", 6 }, GENDER_MASCULINE, false },
	{ { "beau", 4 }, { "bel", 3 }, GENDER_MASCULINE, false },
	{ { "vieux", 5 }, { "vieil", 5 }, GENDER_MASCULINE, false },
	{ { "fou", 3 }, { "fol", 3 }, GENDER_MASCULINE, false },
	{ { "mou", 3 }, { "mol", 3 }, GENDER_MASCULINE, false },
};

static const char *const before_vowel[] = { "ce", "ma", "ta", "sa", "du", "au", "nouveau",
	"beau", "vieux", "fou", "mou", NULL };
static const char *const articles[] = { "le", "les", NULL };
static const char *const prepositions[] = { "de", "à", NULL };

/* A noun or adjective that is nothing else, or a noun with its capital. */
static bool
is_nominal(const check *c, size_t i, uint32_t gender, uint32_t forms)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);
	uint32_t grammar = w->in[LANGUAGE_FR - LANGUAGE_FR].grammar;

	if (t->kind != TOKEN_WORD || !grammar_spaced(c, i) || w->points < 3 ||
		(t->features & FEATURE_UNKNOWN) != 0 ||
		(w->shape & (SHAPE_LOWER | SHAPE_TITLE)) == 0)
		return false;
	if ((grammar & (POS_NOUN | POS_ADJECTIVE)) == 0 || (grammar & (LOOSE | forms)) != 0)
		return false;
	return gender == 0 || (grammar & gender) != 0;
}

static const struct euphony *
find_euphony(slice lower)
{
	for (size_t k = 0; k < sizeof(euphonies) / sizeof(*euphonies); k++)
		if (slice_equal(euphonies[k].full, lower))
			return &euphonies[k];
	return NULL;
}

/* Before a verb ce is a pronoun; ma, sa, du, au never stand before one. */
static uint32_t
verbs_after(const struct euphony *e)
{
	return e->full.n == 2 && e->full.p[0] != 'c' ? 0 : PERSONS | VERB_INFINITIVE;
}

/* Capital names elide where they are known to. */
static bool
opens_with_vowel(const check *c, size_t i)
{
	const word *w = words_at(&c->words, c->tokens.at[i].word);

	return (w->shape & SHAPE_LOWER) != 0 ? vowel_opens(w->text) : vowel_opens_name(w->text);
}

/* « de nouveau habité », « à nouveau obtenu », « le caractère nouveau exprimé »: adverbs, and
 * adjectives behind their noun. Nouvel, bel and vieil stand before a noun; behind a determiner
 * that may be an adjective as well (« un vieux imbécile »), while a fool and a softie are
 * nouns.
 */
static bool
stands_before_noun(const check *c, size_t i)
{
	static const char *const adverbial[] = { "à", "de", NULL };
	static const char *const determiners[] = { "un", "le", "ce", "mon", "ton", "son",
		"notre", "votre", "leur", "chaque", "quelque", "aucun", "au", NULL };
	static const char *const nouns[] = { "fou", "mou", NULL };
	uint32_t grammar = words_at(&c->words, c->tokens.at[i + 1].word)
				   ->in[LANGUAGE_FR - LANGUAGE_FR]
				   .grammar;

	if ((grammar & POS_PARTICIPLE) != 0 || (i > 0 && check_word_is(c, i - 1, adverbial)))
		return false;
	if ((grammar & POS_ADJECTIVE) == 0)
		return true;
	return (grammar & POS_NOUN) != 0 && i > 0 && check_word_is(c, i - 1, determiners) &&
	       !check_word_is(c, i, nouns);
}

static slice
with_capital_of(check *c, slice shown, slice form, bool tied, slice next)
{
	if (shown.p[0] >= 'A' && shown.p[0] <= 'Z')
		form = wording_capital(c, form);
	if (form.n == 0) /* memory is out */
		return form;
	return check_printf(c, "%.*s%s%.*s", SLICE_ARG(form), tied ? "" : " ", SLICE_ARG(next));
}

static status
look_euphony(check *c, const rule *r, size_t i)
{
	const struct euphony *e = find_euphony(check_lower(c, i));
	if (e == NULL || !is_nominal(c, i + 1, e->gender, verbs_after(e)) ||
		!opens_with_vowel(c, i + 1))
		return STATUS_OK;
	const word *w = words_at(&c->words, c->tokens.at[i + 1].word);
	if ((w->in[LANGUAGE_FR - LANGUAGE_FR].grammar & (NUMBER_SINGULAR | NUMBER_PLURAL)) ==
		NUMBER_PLURAL)
		return STATUS_OK;
	if (e->full.n > 2 && !stands_before_noun(c, i))
		return STATUS_OK;
	slice shown = check_token(c, i);
	if ((words_at(&c->words, c->tokens.at[i].word)->shape & (SHAPE_LOWER | SHAPE_TITLE)) ==
		0)
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i + 1),
		with_capital_of(c, shown, e->form, e->tied, check_token(c, i + 1)), r->fix);
}

/* i is le or les. */
static status
look_contraction(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || t->length > 3 || t->length < 2 || t[-1].length != 2 ||
		t[-1].kind != TOKEN_WORD || !grammar_spaced(c, i))
		return STATUS_OK;
	slice article = check_token(c, i), shown = check_token(c, i - 1);
	slice before = check_lower(c, i - 1);
	bool plural = slice_equal(article, SLICE("les"));
	bool of = slice_equal(before, SLICE("de"));
	if ((!plural && !slice_equal(article, SLICE("le"))) ||
		(!of && !slice_equal(before, SLICE("à"))) ||
		!is_nominal(c, i + 1, 0, VERB_INFINITIVE))
		return STATUS_OK;
	slice form = of ? (plural ? SLICE("des") : SLICE("du"))
			: (plural ? SLICE("aux") : SLICE("au"));
	if (!plural && opens_with_vowel(c, i + 1))
		return STATUS_OK; /* « de le État » lacks an elision */
	bool capital = shown.p[0] == 'D' || (unsigned char)shown.p[1] == 0x80;
	return check_report_fix(c, r, check_span(c, i - 1, i),
		capital ? wording_capital(c, form) : form, r->fix);
}

const rule rule_grammar_euphony = {
	.id = "grammar/euphony",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = before_vowel,
	.wants_after = vowel_may_open,
	.source = "FR-TRT-10; Grevisse, Le Bon Usage (A)",
	.summary_en = "the form before a consonant stands before a vowel",
	.summary_fr = "forme de consonne devant une voyelle",
	.explanation_en =
		"Before a vowel or a silent h, ce becomes cet, ma, ta and sa become mon, ton "
		"and "
		"son, nouveau, beau and vieux become nouvel, bel and vieil, du and au become "
		"“de l’” and “à l’”. Only words that can be nothing but a noun or an adjective "
		"are "
		"looked at.",
	.explanation_fr =
		"Devant une voyelle ou un h muet, ce devient cet, ma, ta et sa deviennent mon, "
		"ton et son, nouveau, beau et vieux deviennent nouvel, bel et vieil, du et au "
		"deviennent «\u00A0de l’\u00A0» et «\u00A0à l’\u00A0». Seuls sont examinés les "
		"mots qui ne peuvent "
		"être "
		"qu’un nom ou un adjectif.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "ce accord international", "cet accord international" },
		{ LANGUAGE_FR, "dans sa unité d’origine", "dans son unité d’origine" },
		{ LANGUAGE_FR, "un nouveau instrument", "un nouvel instrument" },
		{ LANGUAGE_FR, "C’est un nouveau adhérent.", "C’est un nouvel adhérent." },
		{ LANGUAGE_FR, "Ce fou espoir est déçu.", "Ce fol espoir est déçu." },
		{ LANGUAGE_FR, "le rapport du État partie", "le rapport de l’État partie" },
		{ LANGUAGE_FR, "au homme de la rue", "à l’homme de la rue" },
		{ LANGUAGE_FR, NULL, "de nouveau habité, à nouveau homme libre" },
		{ LANGUAGE_FR, NULL, "ce à quoi le Comité a répondu" },
		{ LANGUAGE_FR, NULL, "les vieux accords, du onze au douze, du héros" },
		{ LANGUAGE_FR, NULL, "Ce avant quoi rien n’est possible." }),
	.token = look_euphony,
};

const rule rule_grammar_contraction = {
	.id = "grammar/contraction",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = articles,
	.watch_before = prepositions,
	.source = "FR-TRT-10; Grevisse, Le Bon Usage (A)",
	.summary_en = "preposition and article are not contracted",
	.summary_fr = "préposition et article non contractés",
	.explanation_en =
		"De le and de les become du and des, à le and à les become au and aux, except "
		"where le or les is the pronoun of a verb (afin de le relancer).",
	.explanation_fr = "De le et de les deviennent du et des, à le et à les deviennent au "
			  "et aux, sauf "
			  "quand le ou les est le pronom d’un verbe (afin de le relancer).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "le rapport de le Comité", "le rapport du Comité" },
		{ LANGUAGE_FR, "la situation de les réfugiés", "la situation des réfugiés" },
		{ LANGUAGE_FR, "présenté à le Conseil", "présenté au Conseil" },
		{ LANGUAGE_FR, NULL, "afin de le relancer et de les informer" },
		{ LANGUAGE_FR, NULL, "tenu de le bien faire" }),
	.token = look_contraction,
};
