/* Capitals without their accent (« Etat », « Ecole », « A cet égard »). French capitals keep
 * accents. A word is reported when the dictionary does not know it as it stands and knows
 * exactly one form that differs by the accent of its first letter; the preposition À only at
 * the start of a sentence and before words that the verb « a » does not stand before there. */
#include <string.h>

#include "checker/rules/spacing.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORD_MOST 80
#define FORMS_MOST 8

static bool
starts_plain_capital(slice s)
{
	return s.n > 2 && strchr("AEIOUC", s.p[0]) != NULL && s.p[0] != '\0';
}

/* The rest of the form, after its first letter, is the rest of the word, letter by letter. */
static bool
same_rest(slice form, slice shown)
{
	size_t i = 0;
	char lower[3 * WORD_MOST + 4], other[3 * WORD_MOST + 4];

	if (form.n == 0 || form.n > WORD_MOST) /* as a damaged dictionary may have them */
		return false;
	(void)utf8_next(form, &i);
	slice a = { lower, text_lower(lower, slice_sub(form, i, form.n)) };
	slice b = { other, text_lower(other, slice_sub(shown, 1, shown.n)) };
	return slice_equal(a, b);
}

/* The capital letter of the form's first letter; empty when it is a plain one. */
static slice
accented_capital(slice form)
{
	static const char *const letters[][2] = { { "é", "É" }, { "è", "È" }, { "ê", "Ê" },
		{ "à", "À" }, { "â", "Â" }, { "î", "Î" }, { "ô", "Ô" }, { "ç", "Ç" } };

	for (size_t k = 0; k < sizeof(letters) / sizeof(*letters); k++)
		if (slice_starts(form, slice_of(letters[k][0])) ||
			slice_starts(form, slice_of(letters[k][1])))
			return slice_of(letters[k][1]);
	return (slice){ 0 };
}

/* The word with the hyphens of the dictionary: « Etats‐Unis » (U+2010, U+2011). */
static slice
with_plain_hyphens(slice shown, char out[WORD_MOST + 4])
{
	size_t n = 0;

	for (size_t i = 0; i < shown.n;) {
		uint32_t letter = utf8_next(shown, &i);
		n += utf8_put(out + n, letter == 0x2010 || letter == 0x2011 ? '-' : letter);
	}
	return (slice){ out, n };
}

/* The one accented form of the word, written with its capital; empty when there is none or
 * more than one. */
static slice
accented(check *c, slice shown)
{
	char plain_hyphens[WORD_MOST + 4];
	const lexicon *dictionary = c->with->lexicons[0];
	char folded[3 * WORD_MOST + 4];
	slice forms[FORMS_MOST], capital = { 0 };

	if (shown.n > WORD_MOST || dictionary == NULL)
		return capital;
	slice plain = with_plain_hyphens(shown, plain_hyphens);
	slice key = { folded, text_fold(folded, plain) };
	size_t n = lexicon_unfold(dictionary, key, forms, FORMS_MOST);
	for (size_t k = 0; k < n; k++) {
		slice found = accented_capital(forms[k]);
		if (!same_rest(forms[k], plain))
			continue;
		if (found.p == NULL || (capital.p != NULL && !slice_equal(capital, found)))
			return (slice){ 0 };
		capital = found;
	}
	if (capital.p == NULL)
		return capital;
	return check_printf(c, "%.*s%.*s", SLICE_ARG(capital), (int)shown.n - 1, shown.p + 1);
}

static bool
is_foreign(const token *t)
{
	return t->kind == TOKEN_WORD && (t->features & FEATURE_UNKNOWN) != 0;
}

/* A word nearby that the French dictionary does not know makes a foreign phrase likely. */
static bool
is_among_foreign(const token *t)
{
	return is_foreign(&t[-2]) || is_foreign(&t[-1]) || is_foreign(&t[1]) ||
	       is_foreign(&t[2]);
}

/* « Emile Zola », « le lac Edith »: how a person spells a name is the person's business. What
 * an article or « en » stands before is a country. */
static bool
may_be_person(const check *c, const token *t, slice form)
{
	static const char *const before_country[] = { "l\u2019", "en", "les", "des", "aux",
		NULL };
	const analysis *found;
	size_t n = lexicon_analyses(c->with->lexicons[0], form, &found);
	bool name = false;

	for (size_t k = 0; k < n; k++)
		name = name || (found[k].grammar & POS_NAME) != 0;
	return name && !spacing_word_in(c, &t[-1], before_country);
}

static status
look_at_word(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice shown = check_token(c, i);

	if (!starts_plain_capital(shown) ||
		(spacing_word(c, t)->shape & (SHAPE_TITLE | SHAPE_HYPHEN)) == 0)
		return STATUS_OK;
	if (is_among_foreign(t))
		return STATUS_OK;
	slice mended = accented(c, shown);
	if (mended.p == NULL || may_be_person(c, t, mended))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), mended, FIX_SAFE);
}

static bool
starts_sentence(const token *t)
{
	return t->gap == GAP_START || t[-1].kind == TOKEN_EDGE ||
	       (t[-1].kind == TOKEN_MARK && t[-1].word == '.' && t->gap != GAP_NONE);
}

/* Behind an opening quotation mark, ?, !, :, a dash or a bracket, where only the words that
 * leave no doubt are looked at: « A partir de maintenant ». */
static bool
starts_passage(const token *t)
{
	static const uint32_t marks[] = { 0xAB, 0x201C, '?', '!', ':', 0x2013, 0x2014, '(',
		')' };

	for (size_t k = 0; k < sizeof(marks) / sizeof(*marks); k++)
		if (spacing_is_mark(&t[-1], marks[k]))
			return marks[k] == 0xAB || marks[k] == 0x201C || marks[k] == '(' ||
			       t->gap != GAP_NONE;
	return false;
}

/* « A vaincre sans péril », « A vous lire »: an infinitive, a pronoun or a determiner; a verb
 * without its subject (« A adopté la résolution ») begins no such phrase. */
static bool
follows_preposition(const check *c, slice lower)
{
	const uint32_t opens = POS_DETERMINER | POS_PRONOUN | POS_PREPOSITION;
	const uint32_t no = POS_PARTICIPLE | POS_ADJECTIVE;
	const analysis *found;
	size_t n = lexicon_analyses(c->with->lexicons[0], lower, &found);
	uint32_t all = 0;

	for (size_t k = 0; k < n; k++)
		all |= found[k].grammar;
	if ((all & no) != 0)
		return false;
	if ((all & opens) != 0)
		return true;
	return (all & POS_VERB) != 0 && (all & POS_NOUN) == 0 && lower.n > 3 &&
	       (slice_ends(lower, SLICE("er")) || slice_ends(lower, SLICE("ir")) ||
		       slice_ends(lower, SLICE("re")));
}

/* « A cet égard », « A la suite de »: after these the verb has no subject. */
static status
look_at_preposition(check *c, const rule *r, size_t i)
{
	static const char *const next[] = { "cet", "cette", "ces", "cela", "la", "l\u2019",
		"partir", "compter", "titre", "défaut", "moins", "propos", "travers", "nouveau",
		"savoir", "cause", "court", "moyen", "long", "terme", "mesure", "leur", "son",
		"sa", "notre", "votre", "présent", "ce", "plusieurs", "supposer", NULL };
	static const char *const wishes[] = { "bientôt", "jamais", NULL };
	const token *t = &c->tokens.at[i];

	if (!slice_equal(check_token(c, i), SLICE("A")) || t[1].gap != GAP_SPACE ||
		t[1].kind == TOKEN_MARK || (!starts_sentence(t) && !starts_passage(t)))
		return STATUS_OK;
	if ((spacing_word(c, &t[1])->shape & SHAPE_LOWER) == 0)
		return STATUS_OK;
	bool sure = spacing_word_in(c, &t[1], next) ||
		    (spacing_word_in(c, &t[1], wishes) && spacing_is_mark(&t[2], ','));
	if (!sure && (!starts_sentence(t) || !follows_preposition(c, check_lower(c, i + 1))))
		return STATUS_OK;
	if (!sure && !spacing_is_word(c, &t[2], 1) && !spacing_is_mark(&t[2], ','))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, i, i), SLICE("À"), sure ? FIX_SAFE : FIX_REVIEW);
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	if (w->points == 1)
		return slice_is(w->text, "A");
	return (w->shape & (SHAPE_TITLE | SHAPE_HYPHEN)) != 0 && starts_plain_capital(w->text);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD)
		return STATUS_OK;
	if ((t->features & FEATURE_SINGLE) != 0)
		return look_at_preposition(c, r, i);
	return (t->features & FEATURE_UNKNOWN) != 0 ? look_at_word(c, r, i) : STATUS_OK;
}

const rule rule_typography_capital_accent = {
	.id = "typography/capital-accent",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = FEATURE_UNKNOWN | FEATURE_SINGLE,
	.wants = wants,
	.source = "FR-MAJ-11: État in documents of the United Nations (A)",
	.summary_en = "capital letter without its accent",
	.summary_fr = "majuscule sans accent",
	.explanation_en =
		"French capitals keep their accents and cedillas: État, École, À cet égard. A "
		"word "
		"is reported when the dictionary knows it with the accent only; first names "
		"before "
		"a surname, foreign phrases and words all in capitals are left alone.",
	.explanation_fr =
		"Les majuscules gardent leurs accents et cédilles\u00A0: État, École, À cet "
		"égard. "
		"Un "
		"mot est signalé quand le dictionnaire ne le connaît qu’accentué\u00A0; les "
		"prénoms "
		"devant un nom, les expressions étrangères et les mots tout en capitales ne "
		"sont "
		"pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "les Etats Membres sont convenus",
					  "les États Membres sont convenus" },
		{ LANGUAGE_FR, "A cet égard, le Conseil décide",
			"À cet égard, le Conseil décide" },
		{ LANGUAGE_FR, "Il a dit : « A partir de demain, nous agirons. »",
			"Il a dit : « À partir de demain, nous agirons. »" },
		{ LANGUAGE_FR, "l’Ecole des hautes études", "l’École des hautes études" },
		{ LANGUAGE_FR, "en dollars des Etats\u2010Unis",
			"en dollars des États\u2010Unis" },
		{ LANGUAGE_FR, NULL,
			"Mme Emilie Durand a lu Education for All et l’annexe A" }),
	.token = look,
};
