/* A passage that the memories given by --tm have, with one translation, translated otherwise: a
 * resolution that is quoted is quoted as it was published.
 *
 * Nothing says which memory holds published texts, so it is information. Tempting non-errors:
 * headings and short sentences, whose translation depends on where they stand; sources of which
 * the memories have several translations; other spaces, apostrophes and capitals. */
#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "tm/usage.h"

#define WORDS_LEAST 6 /* of the source */

static bool
is_space(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

/* Case, accents, typography and spaces aside. */
static status
read_letters(check *c, slice text, slice *out)
{
	char *p = ARENA_ARRAY(&c->scratch, char, 3 * text.n + 4);
	size_t n = 0;

	if (p == NULL)
		return STATUS_MEMORY;
	slice folded = { p, text_fold(p, text) };
	for (size_t i = 0, start = 0; i < folded.n; start = i)
		if (!is_space(utf8_read(folded, &i)))
			while (start < i)
				p[n++] = p[start++];
	*out = (slice){ p, n };
	return STATUS_OK;
}

static status
look_published(check *c, const rule *r, const check_pair *p)
{
	tm_usage *m = c->with->memories;
	const pair_half *from = &p->half[PAIR_SOURCE], *to = &p->half[PAIR_TARGET];
	slice kept, ours, theirs;

	if (m == NULL || !pair_has_both(p) || from->segments != 1 || p->foreign ||
		pair_words(from) < WORDS_LEAST)
		return STATUS_OK;
	slice known = tm_usage_translation(m, slice_of(language_name(from->language)),
		slice_of(language_name(to->language)), slice_trim(pair_text(p, PAIR_SOURCE)));
	if (known.n == 0)
		return STATUS_OK;
	TRY(read_letters(c, known, &theirs));
	TRY(read_letters(c, pair_text(p, PAIR_TARGET), &ours));
	if (slice_equal(ours, theirs))
		return STATUS_OK;
	TRY(arena_copy(c->keep, known, &kept));
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 },
		(finding){ .fix = FIX_REVIEW,
			.suggestions = &kept,
			.suggestion_count = 1,
			.message = check_message(c,
				"the memory has another translation of this: “%.*s”",
				"la mémoire en a une autre traduction\u00A0: "
				"«\u00A0%.*s\u00A0»",
				SLICE_ARG(kept)) });
}

const rule rule_bilingual_published = {
	.id = "bilingual/published",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "BI-SEG-03: a quoted text is quoted in its published translation (A)",
	.summary_en = "a passage that the memory translates otherwise",
	.summary_fr = "un passage que la mémoire traduit autrement",
	.explanation_en =
		"The memories given by --tm have a passage of six words or more with one "
		"translation, and it is translated otherwise here: what is quoted of a "
		"resolution or a treaty is quoted as it was published. Case, accents, spaces "
		"and typography aside. Without a memory nothing is said; with one of "
		"published texts the level may be raised in the settings.",
	.explanation_fr =
		"Les mémoires données par --tm ont un passage d’au moins six mots et une seule "
		"traduction, et il est traduit autrement ici\u00A0: un passage d’une "
		"résolution ou d’un traité se cite tel qu’il a été publié. Capitales, accents, "
		"espaces et typographie ne comptent pas. Sans mémoire, rien n’est dit\u00A0; "
		"avec une mémoire de textes publiés, le niveau peut être relevé dans les "
		"réglages.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, NULL, "Rappelant ses résolutions antérieures sur la question,",
			.source = "Recalling its previous resolutions on the matter," }),
	.pair = look_published,
};
