/* « l’Orga-nisation »: a word was broken at the end of a line, and the hyphen has stayed in it.
 *
 * The dictionary does not know the compound, knows the word without the hyphen, and neither
 * part is a word that texts have; where the file has a line break there, that the joined word
 * is known is enough. « non-prolifération », « entre-bâillée » have a word beside the hyphen
 * and stay. */
#include <string.h>

#include "checker/rules/spacing.h"
#include "checker/rules/wording.h"

#define PART_LEAST 2 /* bytes */

typedef struct broken {
	slice head, tail;
} broken;

/* Exactly one hyphen, with letters on both sides. */
static bool
split(slice s, broken *out)
{
	const char *hyphen = memchr(s.p, '-', s.n);
	size_t at = hyphen == NULL ? 0 : (size_t)(hyphen - s.p);

	if (at < PART_LEAST || s.n - at - 1 < PART_LEAST ||
		memchr(hyphen + 1, '-', s.n - at - 1) != NULL)
		return false;
	*out = (broken){ slice_sub(s, 0, at), slice_sub(s, at + 1, s.n) };
	return true;
}

static bool
is_broken(const check *c, slice lower, slice text)
{
	const slice none = SLICE("");
	broken x;

	if (!split(lower, &x) || !spacing_lists(c, x.head, x.tail, none))
		return false;
	return memchr(text.p, '\n', text.n) != NULL ||
	       (lexicon_frequency(c->with->lexicons[c->language - LANGUAGE_FR], x.head) == 0 &&
		       !spacing_knows(c, x.tail, none, none));
}

/* The word as it stands, without the hyphen and the white space behind it. */
static slice
joined(check *c, slice text)
{
	char *out = arena_alloc(c->keep, text.n, 1);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < text.n; i++) {
		unsigned char b = (unsigned char)text.p[i];
		if (b == '-' || b == '\n' || b == '\r' || b == ' ')
			continue;
		if (b == 0xE2 && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0x80 &&
			((unsigned char)text.p[i + 2] & 0xFE) == 0x90) {
			i += 2;
			continue;
		}
		out[n++] = text.p[i];
	}
	return (slice){ out, n };
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);

	if (t->kind != TOKEN_WORD || (t->features & FEATURE_UNKNOWN) == 0 ||
		(w->shape & (SHAPE_LOWER | SHAPE_TITLE)) == 0)
		return STATUS_OK;
	slice text = check_token(c, i);
	if (!is_broken(c, check_lower(c, i), text) || terms_in_foreign_text(c, i, i))
		return STATUS_OK;
	slice right = joined(c, text);
	return right.p == NULL ? STATUS_MEMORY
			       : check_report_fix(c, r, check_span(c, i, i), right, r->fix);
}

const rule rule_hyphen_line_end = {
	.id = "hyphen/line-end",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_HYPHEN,
	.source = "FR-TRT-06: fact sheets of OHCHR in French as extracted (A)",
	.summary_en = "the hyphen of a line end inside a word",
	.summary_fr = "trait d’union de fin de ligne resté dans un mot",
	.explanation_en =
		"A word that was broken at the end of a line keeps its hyphen when the text is "
		"set anew. The dictionary knows the word without it, and neither part is a "
		"word.",
	.explanation_fr =
		"Un mot coupé en fin de ligne garde son trait d’union quand le texte est "
		"recomposé. Le dictionnaire connaît le mot sans lui, et aucune des deux "
		"parties "
		"n’est un mot.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les travaux de l’Orga-nisation sont en cours.",
			"Les travaux de l’Organisation sont en cours." },
		{ LANGUAGE_FR, "Le déve-loppement est durable.",
			"Le développement est durable." },
		{ LANGUAGE_EN, "The docu-ment was read.", "The document was read." },
		{ LANGUAGE_FR, NULL, "Le porte-parole, la non-prolifération, le vice-roi." }),
	.token = look,
};
