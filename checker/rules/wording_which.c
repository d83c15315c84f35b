/* “the report which was issued”: “which” without a comma before a clause that says which one is
 * meant, where the manuals have “that”. Both are English, and resolutions like “which”, so it
 * is told once a document, as information, with all its places.
 *
 * Only what needs no grammar to be seen: a determiner and one noun before it, a form of a verb
 * that only a subject has before itself behind it. Behind a preposition (“of which”, “the
 * extent to which”) or a verb (“decide which is”) the word is right. */
#include "checker/rules/places.h"
#include "checker/rules/wording.h"

static const char *const watched[] = { "which", NULL };

static bool
is_spaced(const check *c, size_t i)
{
	uint8_t gap = c->tokens.at[i].gap;

	return gap == GAP_SPACE || gap == GAP_NO_BREAK || gap == GAP_UNUSUAL;
}

static bool
says_which_one(const check *c, size_t i)
{
	static const char *const determiners[] = { "the", "a", "an", "any", "each", "every",
		"no", "these", "those", "this", NULL };
	static const char *const no_nouns[] = { "of", "in", "to", "for", "by", "with", "on",
		"at", "from", "under", "through", "upon", "within", "and", "or", "but", "than",
		"about", "over", "other", "others", "same", "first", "latter", "former", NULL };
	static const char *const verbs[] = { "is", "are", "was", "were", "has", "have", "had",
		"will", "would", "can", "could", "may", "might", "shall", "should", "must",
		"does", "do", "did", NULL };

	return i >= 2 && is_spaced(c, i) && is_spaced(c, i - 1) && is_spaced(c, i + 1) &&
	       c->tokens.at[i - 1].kind == TOKEN_WORD && check_word_is(c, i - 2, determiners) &&
	       !check_word_is(c, i - 1, no_nouns) && check_word_is(c, i + 1, verbs);
}

static status
look(check *c, const rule *r, size_t i)
{
	void **note = check_note(c, r);
	places *all = *note;

	if (!says_which_one(c, i) || wording_is_quoted(c, i, i))
		return STATUS_OK;
	if (all == NULL && (all = *note = ARENA_NEW(c->keep, places)) == NULL)
		return STATUS_MEMORY;
	return places_add(c, all, check_span(c, i, i));
}

static status
judge(check *c, const rule *r)
{
	const places *all = *check_note(c, r);
	slice that = SLICE("that");

	if (all == NULL || all->count == 0)
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = all->first->at[0],
			.fix = FIX_REVIEW,
			.message = check_message(c,
				"“which” where the manuals have “that”, or a comma before it: "
				"%zu in this document",
				"«\u00A0which\u00A0» là où les manuels veulent "
				"«\u00A0that\u00A0» ou une virgule "
				"devant\u00A0: %zu dans ce document",
				all->count),
			.suggestions = &that,
			.suggestion_count = 1,
			.places = all->first->at,
			.place_count = all->first->count });
}

const rule rule_wording_which = {
	.id = "wording/which",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "EN-GEN-05 (B): UNDP Editorial Style Manual",
	.summary_en = "“which” where the manuals have “that”",
	.summary_fr = "«\u00A0which\u00A0» là où les manuels veulent «\u00A0that\u00A0»",
	.explanation_en =
		"A clause that says which one is meant begins with “that”; one that only adds "
		"something begins with “which” behind a comma. Told once a document, with "
		"the number of places, and only for clear cases: a determiner, a noun, “which” "
		"and an auxiliary verb. Behind a preposition “which” is right.",
	.explanation_fr =
		"La proposition qui dit de quoi il s’agit commence par "
		"«\u00A0that\u00A0»\u00A0; "
		"celle qui ajoute seulement quelque chose, par «\u00A0which\u00A0» après une "
		"virgule. Signalé une fois par document, avec le nombre d’endroits, et "
		"seulement dans les cas évidents\u00A0: un déterminant, un nom, "
		"«\u00A0which\u00A0» et un auxiliaire. Après une préposition, "
		"«\u00A0which\u00A0» "
		"est juste.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "The report which was issued yesterday is long.",
			"The report that was issued yesterday is long." },
		{ LANGUAGE_EN, NULL, "The report, which was issued yesterday, is long." },
		{ LANGUAGE_EN, NULL,
			"The date on which it met, the extent to which it is known and a "
			"decision on which is best." }),
	.token = look,
	.document = judge,
};
