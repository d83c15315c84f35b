/* The hyphens of inversion: « a t-il », « va t’il », « parle-il », « est ce que », « Permettez
 * moi ».
 *
 * A subject pronoun after its verb is tied to it by a hyphen, and by -t- where the verb ends in
 * a vowel and the pronoun begins with one. The pieces « t-il », « t’il » and « t il » stand
 * nowhere else, so a verb before them decides. Without them the order of the words alone must
 * be proof: a verb that can have no other reading at the start of a sentence or after a word
 * that asks, an imperative in -ez that opens its sentence. */
#include <string.h>

#include "checker/rules/grammar.h"

#define VERB_MOST 40 /* bytes */

static const char *const tails[] = { "t", "t’", "t-il", "t-ils", "t-elle", "t-elles", "t-on",
	NULL };
static const char *const third[] = { "il", "ils", NULL };
static const char *const neuter[] = { "ce", NULL };
static const char *const is[] = { "est", NULL };
static const char *const objects[] = { "moi", "nous", "vous", NULL };

static const char *const subjects[] = { "il", "ils", "elle", "elles", "on", NULL };
static const char *const tied[] = { "t-il", "t-ils", "t-elle", "t-elles", "t-on", NULL };

/* Third persons that can be nothing else, and after which a subject has no other reason. */
static const char *const inverted[] = { "est", "sont", "était", "étaient", "sera", "seront",
	"serait", "seraient", "peut", "peuvent", "pourrait", "pourraient", "doit", "doivent",
	"devrait", "devraient", "faut", "faudrait", "convient", "conviendrait", "existe", "a",
	"ont", "avait", "avaient", "aura", "auront", "aurait", "auraient", "va", "vont", NULL };

/* What calls for inversion just before the verb. */
static const char *const askers[] = { "comment", "pourquoi", "quand", "où", "combien", "aussi",
	"n’", NULL };

/* What ends in -ez and is no imperative. */
static const char *const no_verbs[] = { "chez", "assez", "rez", "nez", NULL };

/* The verb with the pronoun behind it as they should be: « a-t-il », « vient-il ». */
static slice
joined(check *c, slice verb, slice pronoun)
{
	int last = verb.n == 0 ? 0 : verb.p[verb.n - 1] | 0x20;
	bool vowel = pronoun.p[0] == 'i' || pronoun.p[0] == 'e' || pronoun.p[0] == 'o';

	return check_printf(c, "%.*s%s%.*s", SLICE_ARG(verb),
		vowel && (last == 'e' || last == 'a' || last == 'c') ? "-t-" : "-",
		SLICE_ARG(pronoun));
}

static status
report(check *c, const rule *r, size_t first, size_t last, slice right)
{
	return check_report_fix(c, r, check_span(c, first, last), right, r->fix);
}

/* The verb of an inversion ends in a vowel, d or t; grammar says that it is one. */
static bool
is_verb_form(const check *c, slice lower)
{
	if (lower.n == 0 || strchr("aectd", lower.p[lower.n - 1]) == NULL)
		return false;
	return (grammar_of(c, lower) & POS_VERB) != 0;
}

/* « a t-il », « viennent t-ils »: i is the second word. */
static status
look_tied(check *c, const rule *r, size_t i)
{
	slice pronoun = check_token(c, i);

	if (i == 0 || !grammar_spaced(c, i) || !is_verb_form(c, check_lower(c, i - 1)))
		return STATUS_OK;
	return report(c, r, i - 1, i,
		joined(c, check_token(c, i - 1), slice_sub(pronoun, 2, pronoun.n)));
}

/* « va t’il », « va t il »: i is the t. */
static status
look_loose(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool elision = t->kind == TOKEN_ELISION;

	if (i == 0 || !grammar_spaced(c, i) || t[1].kind != TOKEN_WORD ||
		(t[1].gap != GAP_NONE && !grammar_spaced(c, i + 1)) ||
		(t[1].gap == GAP_NONE && !elision) || !check_word_is(c, i + 1, subjects) ||
		!is_verb_form(c, check_lower(c, i - 1)))
		return STATUS_OK;
	return report(
		c, r, i - 1, i + 1, joined(c, check_token(c, i - 1), check_token(c, i + 1)));
}

/* « Est il », « pourquoi a il », « n’est il »: i is the pronoun. */
static status
look_plain(check *c, const rule *r, size_t i)
{
	if (i == 0 || !grammar_spaced(c, i) || !check_word_is(c, i - 1, inverted))
		return STATUS_OK;
	if (!grammar_opens_sentence(c, i - 1) && (i < 2 || !check_word_is(c, i - 2, askers)))
		return STATUS_OK;
	if (slice_equal(check_token(c, i + 1), SLICE("y")))
		return STATUS_OK; /* « ce qu’il est il y a deux ans » */
	return report(c, r, i - 1, i, joined(c, check_token(c, i - 1), check_token(c, i)));
}

/* « Est ce que », « qu’est ce que », « n’est ce pas »: i is ce. */
static status
look_ce(check *c, const rule *r, size_t i)
{
	static const char *const clauses[] = { "que", "qu’", "qui", NULL };
	slice next = check_lower(c, i + 1);
	slice before = i < 2 ? SLICE("") : check_lower(c, i - 2);

	if (i == 0 || !grammar_spaced(c, i) || !grammar_spaced(c, i + 1) ||
		!slice_equal(check_lower(c, i - 1), SLICE("est")))
		return STATUS_OK;
	if (!(slice_equal(next, SLICE("pas")) && slice_equal(before, SLICE("n’"))) &&
		!(slice_is_one_of(next, clauses) && (slice_equal(before, SLICE("qu’")) ||
							    grammar_opens_sentence(c, i - 1))))
		return STATUS_OK;
	return report(c, r, i - 1, i, joined(c, check_token(c, i - 1), check_token(c, i)));
}

/* « Veuillez vous asseoir », « Allez vous y installer »: the pronoun belongs to what follows.
 */
static bool
opens_infinitive(const check *c, size_t i)
{
	static const char *const clitics[] = { "y", "en", "le", "la", "les", "l’", "lui",
		"leur", NULL };
	slice s = check_lower(c, i);

	if (slice_is_one_of(s, clitics))
		return true;
	return (slice_ends(s, SLICE("er")) || slice_ends(s, SLICE("ir")) ||
		       slice_ends(s, SLICE("re"))) &&
	       (grammar_of(c, s) & POS_VERB) != 0;
}

/* « Permettez moi », « Avez vous », « Devons nous », first in the sentence: i is the pronoun.
 */
static status
look_imperative(check *c, const rule *r, size_t i)
{
	slice pronoun = check_token(c, i), verb;
	uint32_t grammar;

	if (i == 0 || !grammar_spaced(c, i) || !grammar_opens_sentence(c, i - 1))
		return STATUS_OK;
	verb = check_lower(c, i - 1);
	grammar = grammar_of(c, verb);
	if ((grammar & POS_VERB) == 0 || (grammar & (POS_NOUN | POS_NAME | POS_ADJECTIVE)) != 0)
		return STATUS_OK;
	if (slice_ends(verb, SLICE("ez")) ? slice_is_one_of(verb, no_verbs)
					  : !slice_ends(verb, SLICE("ons")) ||
						    !slice_equal(pronoun, SLICE("nous")))
		return STATUS_OK;
	if (!slice_equal(pronoun, SLICE("moi")) && opens_infinitive(c, i + 1))
		return STATUS_OK;
	return report(c, r, i - 1, i, joined(c, check_token(c, i - 1), pronoun));
}

/* « parle-il », « mangent-t-elles », « a-t’il »: one word that holds it all. */
static status
look_compound(check *c, const rule *r, size_t i)
{
	slice form = check_lower(c, i), shown = check_token(c, i);
	size_t end = 0, pronoun = 0;

	for (size_t k = 0; pronoun == 0 && subjects[k] != NULL; k++) {
		slice s = slice_of(subjects[k]);
		if (form.n > s.n + 1 && slice_ends(form, s) &&
			(form.p[form.n - s.n - 1] == '-' ||
				(unsigned char)form.p[form.n - s.n - 1] == 0x99))
			pronoun = form.n - s.n;
	}
	const char *hyphen = memchr(form.p, '-', form.n);
	if (pronoun == 0 || hyphen == NULL || (end = (size_t)(hyphen - form.p)) == 0 ||
		end > VERB_MOST || shown.n <= end)
		return STATUS_OK;
	slice verb = slice_sub(form, 0, end), tie = slice_sub(form, end, pronoun);
	if ((!slice_equal(tie, SLICE("-")) && !slice_equal(tie, SLICE("-t-")) &&
		    !slice_equal(tie, SLICE("-t’"))) ||
		!is_verb_form(c, verb))
		return STATUS_OK;
	slice right = joined(c, slice_sub(shown, 0, end), slice_sub(form, pronoun, form.n));
	slice made = slice_sub(right, end, right.n);
	if (slice_equal(made, slice_sub(form, end, form.n)))
		return STATUS_OK;
	return report(c, r, i, i, right);
}

/* The last letters, before anything is looked up: -il, -ils, -elle, -elles, -on. */
static bool
may_end_in_subject(const check *c, const token *t)
{
	slice s = slice_sub(c->document->text, t->start, t->start + t->length);

	return (slice_ends(s, SLICE("il")) || slice_ends(s, SLICE("ils")) ||
		slice_ends(s, SLICE("elle")) || slice_ends(s, SLICE("elles")) ||
		slice_ends(s, SLICE("on")));
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if ((t->features & FEATURE_HYPHEN) != 0 &&
		(t->features & (uint32_t)FEATURE_WATCHED) == 0 && may_end_in_subject(c, t))
		return look_compound(c, r, i);
	if (i == 0 || (t->features & (uint32_t)FEATURE_WATCHED) == 0 || t->length > 8)
		return STATUS_OK;
	slice s = check_token(c, i);
	if (s.p[0] == 't')
		return slice_is_one_of(s, tied)               ? look_tied(c, r, i)
		       : s.n == 1 || t->kind == TOKEN_ELISION ? look_loose(c, r, i)
							      : STATUS_OK;
	if (slice_equal(s, SLICE("il")) || slice_equal(s, SLICE("ils")))
		return look_plain(c, r, i);
	if (slice_equal(s, SLICE("ce")))
		return look_ce(c, r, i);
	if (slice_equal(s, SLICE("moi")) || slice_equal(s, SLICE("nous")) ||
		slice_equal(s, SLICE("vous")))
		return look_imperative(c, r, i);
	return STATUS_OK;
}

static bool
may_be_imperative(const check *c, const word *w, const word_reading *r, language l)
{
	slice lower = words_at(&c->words, w->lower)->text;

	(void)r;
	(void)l;
	return slice_ends(lower, SLICE("ez")) || slice_ends(lower, SLICE("ons"));
}

static const rule of_objects = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = objects,
	.wants_before = may_be_imperative,
	.token = look };

static const rule of_ce = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = neuter,
	.watch_before = is,
	.token = look,
	.also = &of_objects };

static const rule of_third = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = third,
	.watch_before = inverted,
	.token = look,
	.also = &of_ce };

const rule rule_grammar_inversion = {
	.id = "grammar/inversion",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED | FEATURE_HYPHEN,
	.watch = tails,
	.also = &of_third,
	.source = "Académie française, Dictionnaire, « trait d’union » (A)",
	.summary_en = "inverted subject without its hyphen",
	.summary_fr = "sujet inversé sans trait d’union",
	.explanation_en =
		"A pronoun that follows its verb is tied to it by a hyphen, and by -t- where "
		"the "
		"verb ends in a vowel and the pronoun begins with one: a-t-il, vient-il, "
		"est-ce "
		"que, permettez-moi. Only places where the words can be nothing else are "
		"reported.",
	.explanation_fr = "Le pronom placé après son verbe y est rattaché par un trait "
			  "d’union, et par -t- "
			  "quand le verbe finit par une voyelle et que le pronom commence par "
			  "une voyelle\u00A0: "
			  "a-t-il, vient-il, est-ce que, permettez-moi. Ne sont signalés que "
			  "les endroits "
			  "où les mots ne peuvent être rien d’autre.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil a t-il adopté la résolution ?",
					  "Le Conseil a-t-il adopté la résolution ?" },
		{ LANGUAGE_FR, "Comment va t’il procéder ?", "Comment va-t-il procéder ?" },
		{ LANGUAGE_FR, "Les experts viennent t-ils demain ?",
			"Les experts viennent-ils demain ?" },
		{ LANGUAGE_FR, "Que demande-il au Comité ?", "Que demande-t-il au Comité ?" },
		{ LANGUAGE_FR, "Aussi convient il de l’adopter.",
			"Aussi convient-il de l’adopter." },
		{ LANGUAGE_FR, "Est ce que le Comité l’a adopté ?",
			"Est-ce que le Comité l’a adopté ?" },
		{ LANGUAGE_FR, "Permettez moi de remercier le Comité.",
			"Permettez-moi de remercier le Comité." },
		{ LANGUAGE_FR, NULL, "C’est ce que le Comité a dit il y a deux ans." },
		{ LANGUAGE_FR, NULL, "Veuillez vous asseoir. Allons nous y installer." },
		{ LANGUAGE_FR, NULL, "Chez nous, le Comité va. Il t’informe." },
		{ LANGUAGE_FR, NULL, "Peut-être a-t-il raison, prend-il note." }),
	.token = look,
};
