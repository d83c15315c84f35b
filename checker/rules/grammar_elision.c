/* Elision that was left out: « le État », « si il », « de origine ».
 *
 * Only where the next word begins with a vowel beyond doubt. Aspirated h is a matter of each
 * word, so no h is looked at; onze, oui, un, ouate, y and the like do not elide (Grevisse, Le
 * Bon Usage, § 44–50), names and acronyms follow their reading aloud, and words that only the
 * text knows are quoted or foreign. */
#include "checker/inflection.h"
#include "checker/rule.h"

#include <string.h>

/* Word before the vowel, what it becomes. */
static const struct elision {
	slice full, elided;
} elisions[] = {
	{ { "le", 2 }, { "l’", 4 } },
	{ { "la", 2 }, { "l’", 4 } },
	{ { "de", 2 }, { "d’", 4 } },
	{ { "que", 3 }, { "qu’", 5 } },
	{ { "ne", 2 }, { "n’", 4 } },
	{ { "se", 2 }, { "s’", 4 } },
	{ { "je", 2 }, { "j’", 4 } },
	{ { "me", 2 }, { "m’", 4 } },
	{ { "jusque", 6 }, { "jusqu’", 8 } },
	{ { "lorsque", 7 }, { "lorsqu’", 9 } },
	{ { "puisque", 7 }, { "puisqu’", 9 } },
};

static const char *const watched[] = { "si", "le", "la", "de", "que", "ne", "se", "je", "me",
	"jusque", "lorsque", "puisque", NULL };

/* What keeps the vowel before it. */
static const char *const whole[] = { "onze", "onzième", "onzièmes", "oui", "ouate", "ouistiti",
	"ouistitis", "uhlan", "ululement", "iota", "iode", "ionien", "une", "unième", "alpha",
	"oméga", "epsilon", "upsilon", "énième", "ouolof", "ouzbek", "ouzbeks", "ouïghour",
	"ouïghours", "ouïghoure", "ouïghoures", "out", "off", "aussi", "est", "avoir", "être",
	"iranien", "avec", "alors" };

static slice
lower(const check *c, size_t i)
{
	const words *w = &c->words;

	return words_at(w, words_at(w, c->tokens.at[i].word)->lower)->text;
}

static bool
keeps_its_vowel(slice s)
{
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (slice_equal(s, slice_of(whole[i])))
			return true;
	/* io-, ouï-: the first sound is no vowel */
	return slice_starts(s, SLICE("io")) || slice_starts(s, SLICE("ia")) ||
	       slice_starts(s, SLICE("ou"));
}

/* A French word of three letters or more that begins with a vowel and asks for elision. */
static bool
asks_for_elision(const check *c, size_t i)
{
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	const word_reading *r = &w->in[LANGUAGE_FR - LANGUAGE_FR];
	slice s = lower(c, i);

	if (c->tokens.at[i].kind != TOKEN_WORD || c->tokens.at[i].gap != GAP_SPACE ||
		w->points < 3 || r->grammar == 0 || (r->grammar & POS_NAME) != 0)
		return false;
	if ((w->shape & SHAPE_LOWER) == 0 && !slice_equal(w->text, SLICE("État")) &&
		!slice_equal(w->text, SLICE("Organisation")) &&
		!slice_equal(w->text, SLICE("Assemblée")))
		return false;
	return inflection_opens_with_vowel(s) && !keeps_its_vowel(s);
}

/* Words that only pronouns make elide with authority (« tels que armoiries » is an accepted
 * pause). */
static bool
is_before_pronoun(const check *c, size_t i)
{
	static const char *const pronouns[] = { "il", "ils", "elle", "elles", "on" };
	slice s = c->tokens.at[i].gap == GAP_SPACE ? check_token(c, i) : SLICE("");

	for (size_t k = 0; k < sizeof(pronouns) / sizeof(*pronouns); k++)
		if (slice_equal(s, slice_of(pronouns[k])))
			return true;
	return false;
}

/* « au sens de autre partie », « la définition de entité »: a word that is named as a word
 * keeps its shape, and so does one before a quotation mark. */
static bool
is_mentioned(const check *c, size_t i)
{
	static const char *const namers[] = { "définition", "définitions", "sens", "mot",
		"mots", "mention", "entend", "terme", "termes", "expression", "expressions",
		"notion" };

	for (size_t k = 0; i > 0 && k < sizeof(namers) / sizeof(*namers); k++)
		if (c->tokens.at[i - 1].kind == TOKEN_WORD &&
			slice_equal(lower(c, i - 1), slice_of(namers[k])))
			return true;
	return (c->tokens.at[i + 1].features & (FEATURE_QUOTE | FEATURE_SLASH)) != 0;
}

static const struct elision *
find_elision(slice s)
{
	for (size_t i = 0; i < sizeof(elisions) / sizeof(*elisions); i++)
		if (slice_equal(elisions[i].full, s))
			return &elisions[i];
	return NULL;
}

static status
report(check *c, const rule *r, size_t i, slice elided)
{
	slice next = check_token(c, i + 1), first = check_token(c, i);
	bool capital = first.p[0] >= 'A' && first.p[0] <= 'Z';
	slice made =
		check_printf(c, "%c%.*s%.*s", capital ? elided.p[0] - 'a' + 'A' : elided.p[0],
			(int)elided.n - 1, elided.p + 1, SLICE_ARG(next));

	return check_report_fix(c, r, check_span(c, i, i + 1), made, FIX_REVIEW);
}

/* si il, si ils; « si elle » does not elide. */
static bool
is_si_il(const check *c, size_t i)
{
	return slice_equal(lower(c, i), SLICE("si")) &&
	       c->tokens.at[i + 1].kind == TOKEN_WORD && c->tokens.at[i + 1].gap == GAP_SPACE &&
	       (slice_equal(check_token(c, i + 1), SLICE("il")) ||
		       slice_equal(check_token(c, i + 1), SLICE("ils")));
}

/* Two bytes decide for most words: nothing is elided but what ends in e, a or i, and only
 * before what may begin with a vowel. */
static bool
is_candidate(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	const unsigned char *text = (const unsigned char *)c->document->text.p;

	if (t->length > 9 || t[1].kind != TOKEN_WORD)
		return false;
	switch (text[t[1].start]) {
	case 'a':
	case 'e':
	case 'i':
	case 'o':
	case 'u':
	case 'A':
	case 'E':
	case 'I':
	case 'O':
	case 0xC3:
	case 0xC5:
		break;
	default:
		return false;
	}
	unsigned char last = text[t->start + t->length - 1] | 0x20;
	return last == 'e' || last == 'a' || last == 'i';
}

static status
look(check *c, const rule *r, size_t i)
{
	if (!is_candidate(c, i))
		return STATUS_OK;
	if (is_si_il(c, i))
		return report(c, r, i, SLICE("s’"));
	const struct elision *e = find_elision(lower(c, i));
	if (e == NULL || is_mentioned(c, i))
		return STATUS_OK;
	if (slice_ends(e->full, SLICE("que")) && !slice_equal(e->full, SLICE("jusque"))
			? !is_before_pronoun(c, i + 1)
			: !asks_for_elision(c, i + 1))
		return STATUS_OK;
	if ((words_at(&c->words, c->tokens.at[i].word)->shape & (SHAPE_LOWER | SHAPE_TITLE)) ==
		0)
		return STATUS_OK;
	return report(c, r, i, e->elided);
}

const rule rule_grammar_elision = {
	.id = "grammar/elision",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "Grevisse, Le Bon Usage, § 44–50 (A)",
	.summary_en = "a vowel is not elided",
	.summary_fr = "élision manquante",
	.explanation_en =
		"Le, la, de, que, ne, se, je, me, jusque, lorsque and puisque lose their vowel "
		"before a vowel, si before il and ils. Words with h, names, acronyms, numbers "
		"and the words that keep their distance (onze, oui, ouate, yaourt) are left "
		"alone.",
	.explanation_fr =
		"Le, la, de, que, ne, se, je, me, jusque, lorsque et puisque perdent leur "
		"voyelle devant une voyelle, si devant il et ils. Les mots en h, les noms "
		"propres, les sigles, les nombres et les mots qui refusent l’élision (onze, "
		"oui, ouate, yaourt) ne sont pas examinés.",
	.examples = { { LANGUAGE_FR, "le État partie", "l’État partie" },
		{ LANGUAGE_FR, "Il demande si il convient de répondre.",
			"Il demande s’il convient de répondre." },
		{ LANGUAGE_FR, "le principe de égalité", "le principe d’égalité" },
		{ LANGUAGE_FR, NULL, "le onze novembre" },
		{ LANGUAGE_FR, NULL, "le ou les rapports" },
		{ LANGUAGE_FR, NULL, "la Haute-Commissaire" } },
	.token = look,
};
