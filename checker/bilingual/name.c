/* Names of persons and places: one of the source that the translation has with a letter
 * changed, and Mr. and Ms. before the same surname.
 *
 * Tempting non-errors: names that the other language writes otherwise (Sudan and Soudan, which
 * its dictionary knows; Hodeidah and Hodeïda, which sound the same), inflected and derived
 * forms, and ordinary words with a capital. */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "checker/rules/name_sound.h"
#include "text/fold.h"

#define LETTERS_LEAST 5
#define BYTES_MOST 64

typedef struct folded {
	char bytes[3 * BYTES_MOST + 4];
	slice letters;
} folded;

static slice
text_of(const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	return slice_sub(h->document->text, t->start, t->start + t->length);
}

static void
fold_into(folded *f, slice s)
{
	f->letters = (slice){ f->bytes, text_fold(f->bytes, s) };
	for (size_t n = 0; n < 2; n++)
		if (slice_ends(f->letters, SLICE("'s")))
			f->letters.n -= 2;
}

/* A word with a capital that is no word of the language in small letters. */
static status
is_name(check *c, const pair_half *h, size_t i, bool *out)
{
	const token *t = &h->tokens.at[i];
	const word_reading *r;

	*out = false;
	if (t->kind != TOKEN_WORD || t->length < LETTERS_LEAST || t->length > BYTES_MOST ||
		(words_at(&c->words, t->word)->shape & SHAPE_TITLE) == 0)
		return STATUS_OK;
	TRY(words_read(&c->words, words_at(&c->words, t->word)->lower, h->language, &r));
	*out = !r->known;
	return STATUS_OK;
}

/* … nor as it stands: the dictionary has names, too; nor a word of the other language. */
static status
is_unknown(check *c, const pair_half *h, size_t i, language other, bool *out)
{
	const word_reading *r, *there;

	TRY(is_name(c, h, i, out));
	if (!*out)
		return STATUS_OK;
	uint32_t word_of = h->tokens.at[i].word;
	TRY(words_read(&c->words, word_of, h->language, &r));
	*out = !r->known;
	TRY(words_read(&c->words, words_at(&c->words, word_of)->lower, other, &there));
	*out = *out && !there->known;
	return STATUS_OK;
}

static size_t
times_in(const pair_half *h, slice letters)
{
	folded f;
	size_t n = 0;

	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->length > BYTES_MOST ||
			t->length + 3u < letters.n)
			continue;
		fold_into(&f, text_of(h, i));
		n += slice_equal(f.letters, letters);
	}
	return n;
}

static bool
sounds_alike(slice a, slice b)
{
	char x[3 * BYTES_MOST + 4], y[3 * BYTES_MOST + 4], p[3 * BYTES_MOST + 4],
		q[3 * BYTES_MOST + 4];
	sounds table;

	sounds_init(&table);
	slice m = { x, name_letters(x, a) }, n = { y, name_letters(y, b) };
	return slice_equal((slice){ p, name_sound(&table, p, m) },
		       (slice){ q, name_sound(&table, q, n) }) ||
	       name_is_derived(m, n);
}

/* Anishinabek, Anishinabes: the other language ends it otherwise. */
static bool
differ_at_end(slice a, slice b)
{
	size_t least = a.n < b.n ? a.n : b.n;

	return memcmp(a.p, b.p, least - 1) == 0;
}

/* A word at the beginning of a sentence has a capital whatever it is. */
static bool
begins_sentence(const pair_half *h, size_t i)
{
	return i == 0 || (h->tokens.at[i - 1].features & (FEATURE_STOP | FEATURE_QUOTE)) != 0;
}

/* The name of the source that this one is with a slip; SIZE_MAX: none. */
static status
find_meant(check *c, const check_pair *p, const folded *here, bool begins, size_t *out)
{
	const pair_half *a = &p->half[PAIR_SOURCE];
	folded f;

	*out = SIZE_MAX;
	for (size_t i = 0; i < a->tokens.count; i++) {
		const token *t = &a->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->length < LETTERS_LEAST ||
			t->length > BYTES_MOST ||
			(words_at(&c->words, t->word)->shape & SHAPE_TITLE) == 0)
			continue;
		bool named = true;
		if (begins)
			TRY(is_name(c, a, i, &named));
		if (!named)
			continue;
		fold_into(&f, text_of(a, i));
		if (!name_is_one_slip(f.letters, here->letters) ||
			differ_at_end(f.letters, here->letters) ||
			sounds_alike(f.letters, here->letters) ||
			times_in(&p->half[PAIR_TARGET], f.letters) >= times_in(a, f.letters))
			continue;
		*out = i;
		return STATUS_OK;
	}
	return STATUS_OK;
}

static status
look_name(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	folded here;

	if (!pair_has_both(p))
		return STATUS_OK;
	for (size_t i = 0; i < b->tokens.count; i++) {
		bool unknown;
		size_t meant;
		TRY(is_unknown(c, b, i, a->language, &unknown));
		if (!unknown)
			continue;
		fold_into(&here, text_of(b, i));
		if (times_in(a, here.letters) != 0)
			continue;
		TRY(find_meant(c, p, &here, begins_sentence(b, i), &meant));
		if (meant == SIZE_MAX)
			continue;
		const token *x = &a->tokens.at[meant], *y = &b->tokens.at[i];
		slice name = text_of(a, meant);
		finding f = { .suggestions = &name,
			.suggestion_count = 1,
			.message = check_message(c, "the source writes “%.*s”",
				"le texte source écrit «\u00A0%.*s\u00A0»", SLICE_ARG(name)) };
		TRY(pair_report(c, r, p, (span){ y->start, y->start + y->length },
			(span){ x->start, x->start + x->length }, f));
	}
	return STATUS_OK;
}

/* --- Mr., Ms. --- */

typedef enum title { TITLE_NONE, TITLE_MAN, TITLE_WOMAN } title;

static title
title_at(const pair_half *h, size_t i)
{
	static const char *const men[] = { "Mr", "M", NULL };
	static const char *const women[] = { "Ms", "Mrs", "Miss", "Mme", "Mlle", "Madame",
		NULL };
	slice s = h->tokens.at[i].kind == TOKEN_WORD ? text_of(h, i) : SLICE("");
	bool stop = h->tokens.at[i + 1].kind == TOKEN_MARK && h->tokens.at[i + 1].word == '.';

	if (slice_is_one_of(s, women))
		return TITLE_WOMAN;
	if (slice_is(s, "Mr") || (slice_is_one_of(s, men) && stop))
		return TITLE_MAN;
	return TITLE_NONE;
}

/* The last word with a capital of those behind the title. */
static size_t
surname_after(const check *c, const pair_half *h, size_t i)
{
	size_t found = SIZE_MAX;

	for (size_t k = i + 1, n = 0; k < h->tokens.count && n < 4; k++) {
		const token *t = &h->tokens.at[k];
		if (t->kind == TOKEN_MARK && t->word == '.' && k == i + 1)
			continue;
		if (t->kind != TOKEN_WORD ||
			(words_at(&c->words, t->word)->shape &
				(SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED)) == 0)
			break;
		found = k;
		n++;
	}
	return found;
}

static size_t
find_title_of(const check *c, const pair_half *h, slice surname)
{
	folded f, wanted;

	if (surname.n > BYTES_MOST)
		return SIZE_MAX;
	fold_into(&wanted, surname);
	for (size_t i = 0; i < h->tokens.count; i++) {
		if (title_at(h, i) == TITLE_NONE)
			continue;
		size_t k = surname_after(c, h, i);
		if (k == SIZE_MAX || h->tokens.at[k].length > BYTES_MOST)
			continue;
		fold_into(&f, text_of(h, k));
		if (slice_equal(f.letters, wanted.letters))
			return i;
	}
	return SIZE_MAX;
}

static status
look_civility(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];

	if (!pair_has_both(p))
		return STATUS_OK;
	for (size_t i = 0; i < a->tokens.count; i++) {
		title here = title_at(a, i);
		size_t k = here == TITLE_NONE ? SIZE_MAX : surname_after(c, a, i);
		if (k == SIZE_MAX)
			continue;
		size_t other = find_title_of(c, b, text_of(a, k));
		if (other == SIZE_MAX || title_at(b, other) == here)
			continue;
		const token *x = &a->tokens.at[i], *y = &b->tokens.at[other];
		TRY(pair_report(c, r, p, (span){ y->start, y->start + y->length },
			(span){ x->start, x->start + x->length }, (finding){ 0 }));
	}
	return STATUS_OK;
}

const rule rule_bilingual_name = {
	.id = "bilingual/name",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "quality checks of translation tools (B); names are those of the source",
	.summary_en = "a name that the source writes otherwise",
	.summary_fr = "un nom que le texte source écrit autrement",
	.explanation_en =
		"A name that no dictionary knows and that is one letter away from a name of "
		"the "
		"source. Names that the language writes in its own way (Soudan, Genève), that "
		"sound the same or that are derived are left alone.",
	.explanation_fr = "Un nom qu’aucun dictionnaire ne connaît et qu’une lettre sépare "
			  "d’un nom du texte "
			  "source. Les noms que la langue écrit à sa manière (Soudan, Genève), "
			  "ceux qui se "
			  "prononcent de même et les dérivés ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "M. Abdrakhmamov a pris la parole.",
					  "M. Abdrakhmanov a pris la parole.",
					  .source = "Mr. Abdrakhmanov took the floor." },
		{ LANGUAGE_FR, NULL, "La situation au Soudan, à Genève et à Hodeïda",
			.source = "The situation in Sudan, Geneva and Hodeidah" }),
	.pair = look_name,
};

const rule rule_bilingual_civility = {
	.id = "bilingual/civility",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-SEG-07: press releases in both languages (A)",
	.summary_en = "Mr. for Ms., or the reverse",
	.summary_fr = "M. au lieu de Mme, ou l’inverse",
	.explanation_en = "The same surname has Mr. before it in one language and Mme in the "
			  "other, or Ms. "
			  "and M.",
	.explanation_fr = "Le même nom est précédé de M. dans une langue et de Ms. dans "
			  "l’autre, ou de Mme "
			  "et de Mr.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "M. Kamboj, Présidente", "Mme Kamboj, Présidente",
				      .source = "Ms. Kamboj, President" },
			{ LANGUAGE_EN, "Ms. Umarov spoke.", "Mr. Umarov spoke.",
				.source = "M. Umarov a pris la parole." }),
	.pair = look_civility,
};
