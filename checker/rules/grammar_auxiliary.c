/* Short words that sound like forms of être and avoir, where the words around leave no choice.
 * « a demandé a tous » wants à, since a form of avoir and a participle stand before and a
 * determiner after. « les États on adopté » wants ont and « ils son convoqués » sont, since on
 * and son never stand before such a participle; nor does il (« il créé un comité »). Between
 * avoir and an infinitive du is dû; before a participle and its object à is a.
 *
 * Infinitives count where the dictionary gives them no other reading. A relative clause may end
 * with a participle before the verb of the main one (« ce qui est demandé a toute sa valeur »),
 * so none may stand in the clause. */
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/phrase.h"

#define CLAUSE_REACH 12 /* tokens back to the word that opens a clause */

static const char *const before_participle[] = { "on", "son", "il", "à", NULL };
static const char *const before_infinitive[] = { "du", NULL };
static const char *const behind_participle[] = { "a", NULL };
static const char *const having[] = { "a", "ont", "avait", "avaient", "aura", "auront",
	"aurait", "auraient", "ait", "aient", "ai", "avons", "avez", "ayant", "avoir", NULL };

/* A past participle, in small letters; the short ones are other words (« on lui donne »). The
 * dictionary calls many of them nouns too, which none of these places lets them be. */
static bool
is_participle(const check *c, size_t i)
{
	uint32_t parts = phrase_grammar(c, i);

	return (parts & POS_PARTICIPLE) != 0 && c->tokens.at[i].length > 3 &&
	       grammar_spaced(c, i) && (parts & (POS_ADVERB | POS_PREPOSITION)) == 0 &&
	       (words_at(&c->words, c->tokens.at[i].word)->shape & SHAPE_LOWER) != 0;
}

/* Nor a finite verb. */
static bool
is_only_participle(const check *c, size_t i)
{
	return is_participle(c, i) && (phrase_grammar(c, i) & POS_VERB) == 0;
}

/* Token i is ils, elles, qui, or a noun in the plural. */
static bool
is_plural_subject(const check *c, size_t i)
{
	static const char *const pronouns[] = { "ils", "elles", "qui", NULL };
	uint32_t parts = phrase_grammar(c, i);

	return check_word_is(c, i, pronouns) ||
	       ((parts & POS_NOUN) != 0 &&
		       (parts & (NUMBER_PLURAL | NUMBER_SINGULAR)) == NUMBER_PLURAL);
}

static bool
is_infinitive(const check *c, size_t i)
{
	static const char *const nouns_too[] = { "être", "faire", "avoir", "pouvoir", NULL };
	slice s = check_lower(c, i);

	if (!grammar_spaced(c, i) || s.n < 4)
		return false;
	if (slice_is_one_of(s, nouns_too))
		return !slice_is(s, "pouvoir");
	return (slice_ends(s, SLICE("er")) || slice_ends(s, SLICE("ir")) ||
		       slice_ends(s, SLICE("re"))) &&
	       (phrase_grammar(c, i) & POS_VERB) != 0 &&
	       (phrase_grammar(c, i) & (POS_NOUN | POS_ADJECTIVE)) == 0;
}

/* A relative stands in the clause before token i. */
static bool
in_relative(const check *c, size_t i)
{
	static const char *const relatives[] = { "qui", "que", "qu’", "dont", "où", "lequel",
		"laquelle", "lesquels", "lesquelles", "quiconque", NULL };

	for (size_t n = 0; n < CLAUSE_REACH && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_MARK && (t->features & FEATURE_STOP) != 0 &&
			t->word != ',')
			return false;
		if (check_word_is(c, i, relatives))
			return true;
	}
	return false;
}

/* « a demandé a tous les États »: i is the second a. */
static slice
judge_a(const check *c, size_t i)
{
	static const char *const determiners[] = { "la", "l’", "tous", "toutes", "ce", "cet",
		"cette", "ces", "sa", "ses", "son", "leur", "leurs", "chaque", "chacun",
		"plusieurs", "certains", "certaines", "nouveau", NULL };
	bool avoir = i >= 2 && is_participle(c, i - 1) &&
		     (check_word_is(c, i - 2, having) ||
			     (i >= 3 && slice_is(check_lower(c, i - 2), "été") &&
				     check_word_is(c, i - 3, having)));

	return avoir && check_word_is(c, i + 1, determiners) && !in_relative(c, i)
		       ? SLICE("à")
		       : (slice){ 0 };
}

/* « les États on adopté »: a subject before, a participle after. */
static slice
judge_on(const check *c, size_t i)
{
	return i > 0 && is_only_participle(c, i + 1) && is_plural_subject(c, i - 1)
		       ? SLICE("ont")
		       : (slice){ 0 };
}

/* « ils son convoqués »: what is in the plural cannot follow son. */
static slice
judge_son(const check *c, size_t i)
{
	uint32_t number = phrase_grammar(c, i + 1) & (NUMBER_PLURAL | NUMBER_SINGULAR);

	return i > 0 && number == NUMBER_PLURAL && is_only_participle(c, i + 1) &&
			       is_plural_subject(c, i - 1)
		       ? SLICE("sont")
		       : (slice){ 0 };
}

/* « le Comité à adopté son rapport »: a participle and its object, which no preposition leads.
 */
static slice
judge_to(const check *c, size_t i)
{
	static const char *const objects[] = { "le", "la", "les", "l’", "un", "une", "son",
		"sa", "ses", "leur", "leurs", "ce", "cet", "cette", "ces", "que", "qu’", NULL };
	static const char *const places[] = { "couvert", "découvert", NULL };

	return i > 0 && is_only_participle(c, i + 1) && !check_word_is(c, i + 1, places) &&
			       c->tokens.at[i - 1].kind == TOKEN_WORD &&
			       check_word_is(c, i + 2, objects)
		       ? SLICE("a")
		       : (slice){ 0 };
}

static slice
judge_du(const check *c, size_t i)
{
	return i > 0 && check_word_is(c, i - 1, having) && is_infinitive(c, i + 1)
		       ? SLICE("dû")
		       : (slice){ 0 };
}

/* « il créé »: i is il; the word behind is what changes. */
static status
look_il(check *c, const rule *r, size_t i)
{
	slice form = check_token(c, i + 1);

	if (!is_only_participle(c, i + 1) || !slice_ends(form, SLICE("é")) ||
		(i > 0 && c->tokens.at[i].gap == GAP_NONE) || quotation_holds(c, i))
		return STATUS_OK;
	slice present = check_printf(c, "%.*se", (int)form.n - 2, form.p);
	if ((grammar_of(c, present) & POS_VERB) == 0)
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i + 1, i + 1), present, r->fix);
}

static status
look(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i), right;
	const word *w = words_at(&c->words, c->tokens.at[i].word);

	if (c->tokens.at[i].kind != TOKEN_WORD || c->tokens.at[i + 1].kind == TOKEN_EDGE)
		return STATUS_OK;
	if (slice_is(lower, "il"))
		return look_il(c, r, i);
	if ((w->shape & SHAPE_LOWER) == 0 || !grammar_spaced(c, i))
		return STATUS_OK;
	right = slice_is(lower, "a")     ? judge_a(c, i)
		: slice_is(lower, "à")   ? judge_to(c, i)
		: slice_is(lower, "on")  ? judge_on(c, i)
		: slice_is(lower, "son") ? judge_son(c, i)
					 : judge_du(c, i);
	if (right.n == 0 || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), right, r->fix);
}

static bool
may_be_participle(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return (r->grammar & POS_PARTICIPLE) != 0;
}

static bool
may_be_infinitive(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)l;
	return (r->grammar & POS_VERB) != 0 &&
	       (slice_ends(w->text, SLICE("r")) || slice_ends(w->text, SLICE("re")) ||
		       (w->shape & SHAPE_LOWER) == 0);
}

static const rule of_a = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = behind_participle,
	.wants_before = may_be_participle,
	.token = look };

static const rule of_du = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = before_infinitive,
	.wants_after = may_be_infinitive,
	.token = look,
	.also = &of_a };

const rule rule_grammar_auxiliary = {
	.id = "grammar/auxiliary",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = before_participle,
	.wants_after = may_be_participle,
	.also = &of_du,
	.source = "FR-TRT-11; Grevisse, Le Bon Usage (A)",
	.summary_en = "a word that sounds like a form of être or avoir",
	.summary_fr = "mot confondu avec une forme d’être ou d’avoir",
	.explanation_en =
		"A and à, on and ont, son and sont, du and dû, créé and crée sound alike. They "
		"are told apart by the auxiliary, the participle or the infinitive beside "
		"them, and only where these can be nothing else.",
	.explanation_fr =
		"A et à, on et ont, son et sont, du et dû, créé et crée se prononcent de même. "
		"L’auxiliaire, le participe ou l’infinitif voisin les distingue\u00A0; rien "
		"n’est "
		"signalé quand ces mots peuvent être autre chose.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Conseil a demandé a tous les États de coopérer.",
			"Le Conseil a demandé à tous les États de coopérer." },
		{ LANGUAGE_FR, "Les parties on signé l’accord.",
			"Les parties ont signé l’accord." },
		{ LANGUAGE_FR, "Le Comité à adopté son rapport.",
			"Le Comité a adopté son rapport." },
		{ LANGUAGE_FR, "Les membres son convoqués.", "Les membres sont convoqués." },
		{ LANGUAGE_FR, "Le Comité aurait du être consulté.",
			"Le Comité aurait dû être consulté." },
		{ LANGUAGE_FR, "Il créé un comité.", "Il crée un comité." },
		{ LANGUAGE_FR, NULL, "Ce qui a été demandé a toute sa valeur." },
		{ LANGUAGE_FR, NULL,
			"Il a du pouvoir ; parmi les États on compte la France." }),
	.token = look,
};
