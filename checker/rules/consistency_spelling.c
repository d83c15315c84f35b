/* Words of two right spellings that are mixed in one document: « clé » and « clef »,
 * « connaître » and « apparait », e-mail and email. One finding a document for each choice,
 * with both counts, at the first place of the rarer spelling.
 *
 * Tempting non-errors, which stay silent: quotations, names and headings in capitals, passages
 * in another language, and the spellings of a profile that has decided (spelling/oxford). */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rule.h"
#include "checker/rules/places.h"
#include "checker/rules/spelling_variants.h"
#include "checker/terms.h"

#define PLACES_MOST 64

typedef struct use { /* of one of both spellings */
	const spelling_variant *first;
	size_t count;
	places at; /* the first PLACES_MOST of them */
} use;

typedef use choice[2];

static int
order(const spelling_variant *v, slice text, language l)
{
	size_t i = 0;

	if (v->language != l)
		return v->language == LANGUAGE_EN ? -1 : 1;
	while (i < text.n && v->text[i] == text.p[i])
		i++;
	if (i == text.n)
		return v->text[i] != '\0';
	return (unsigned char)v->text[i] < (unsigned char)text.p[i] ? -1 : 1;
}

static const spelling_variant *
find(slice text, language l)
{
	size_t low = 0, high = spelling_variant_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int o = order(&spelling_variants[middle], text, l);
		if (o == 0)
			return &spelling_variants[middle];
		if (o < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static choice *
choices_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_ARRAY(c->keep, choice, spelling_family_count);
	return *note;
}

static status
add_use(check *c, use *u, const spelling_variant *v, size_t i)
{
	if (u->count == 0)
		u->first = v;
	return u->count++ < PLACES_MOST ? places_add(c, &u->at, check_span(c, i, i))
					: STATUS_OK;
}

static status
count(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || (words_at(&c->words, t->word)->shape & SHAPE_LOWER) == 0)
		return STATUS_OK;
	const spelling_variant *v = find(check_lower(c, i), c->language);
	if (v == NULL || (v->open && check_profile(c)->spelling != SPELLING_ANY) ||
		quotation_holds(c, i) || terms_in_foreign_text(c, i, i))
		return STATUS_OK;
	choice *all = choices_of(c, r);
	return all == NULL ? STATUS_MEMORY : add_use(c, &all[v->family][v->side], v, i);
}

static status
report(check *c, const rule *r, const use *few, const use *many)
{
	slice one = slice_of(few->first->text), other = slice_of(many->first->text),
	      right = slice_of(few->first->other);
	finding f = { .text = few->at.first->at[0],
		.message = check_message(c,
			"mixed spellings: %zu × as in “%.*s”, %zu × as in “%.*s”",
			"graphies mêlées\u00A0: %zu fois comme dans «\u00A0%.*s\u00A0», %zu "
			"fois comme dans "
			"«\u00A0%.*s\u00A0»",
			few->count, SLICE_ARG(one), many->count, SLICE_ARG(other)),
		.suggestions = &right,
		.suggestion_count = 1,
		.places = few->at.first->at,
		.place_count = few->at.count };

	return check_report(c, r, f);
}

/* The later one where both are as frequent. */
static bool
is_rarer(const use *a, const use *b)
{
	return a->count != b->count ? a->count < b->count
				    : a->at.first->at[0].start > b->at.first->at[0].start;
}

/* Is `a` the one to be told of? The house decides between traditional and reformed French. */
static bool
is_to_change(const check *c, const use *a, const use *b)
{
	enum profile_french_spelling house =
		c->profiles[LANGUAGE_FR - LANGUAGE_FR]->french_spelling;

	if (a->first->reform && house != FRENCH_ANY)
		return (a->first->side == 1) == (house == FRENCH_TRADITIONAL);
	return is_rarer(a, b);
}

static status
judge(check *c, const rule *r)
{
	choice *all = *check_note(c, r);

	for (size_t i = 0; all != NULL && i < spelling_family_count; i++) {
		const use *a = &all[i][0], *b = &all[i][1];
		if (a->count == 0 || b->count == 0)
			continue;
		TRY(is_to_change(c, a, b) ? report(c, r, a, b) : report(c, r, b, a));
	}
	return STATUS_OK;
}

const rule rule_consistency_spelling = {
	.id = "consistency/spelling",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = spelling_variant_words,
	.source = "FR-TRT-15 (C); EN-SPE-06 (A): UN Editorial Manual; each word with its own "
		  "source in data/lang/spelling-variants.tsv",
	.summary_en = "one word in two right spellings",
	.summary_fr = "un même mot sous deux graphies admises",
	.explanation_en =
		"Both spellings are right, but a document keeps to one: “e-mail” or “email”, "
		"and "
		"in French the traditional spelling or that of 1990 throughout. A document "
		"that mixes them is told once for each choice, with both counts, at the first "
		"place of the rarer one. Names, capitals and quotations do not count, nor do "
		"spellings on which the profile has decided.",
	.explanation_fr =
		"Les deux graphies sont admises, mais un document s’en tient à une "
		"seule\u00A0: "
		"«\u00A0clé\u00A0» ou «\u00A0clef\u00A0», et partout l’orthographe "
		"traditionnelle ou celle de "
		"1990. Un document qui les mêle n’est signalé qu’une fois par choix, avec les "
		"deux nombres, au premier emploi de la plus rare. Les noms, les capitales et "
		"les citations ne comptent pas, ni les graphies sur lesquelles le profil a "
		"tranché.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le rôle clé de l’un et le mot clef de l’autre.",
			"Le rôle clé de l’un et le mot clé de l’autre." },
		{ LANGUAGE_FR,
			"Il connaît la question, reconnaît le fait et entraine les autres.",
			"Il connaît la question, reconnaît le fait et entraîne les autres." },
		{ LANGUAGE_EN, "Send an email; the email and the e-mail arrived.",
			"Send an email; the email and the email arrived." },
		{ LANGUAGE_FR, NULL, "Le mot clé, que le texte appelle « mot clef »." }),
	.token = count,
	.document = judge,
};
