/* The language of a text so short that it has no function word and no telling ending (« Etats
 * Membres. »): that of the dictionary that knows more of its words.
 *
 * A name is no evidence, nor is a text of names: only words that their small letters make words
 * of one language count, and words that neither language knows must not be more than they. */
#include "engine/engine.h"

#include "text/fold.h"
#include "text/utf8.h"

#define WORDS_MOST 40 /* a longer text without any other clue is a list of names */
#define WORD_BYTES 64
#define LETTERS_LEAST 4 /* shorter words are words of too many languages */

typedef struct votes {
	size_t fr, en, neither;
} votes;

static bool
knows(const check_with *w, language l, slice s)
{
	return w->lexicons[l - LANGUAGE_FR] != NULL &&
	       lexicon_knows(w->lexicons[l - LANGUAGE_FR], s);
}

static void
vote(const check_with *w, slice s, votes *v)
{
	char small[3 * WORD_BYTES + 4];

	if (s.n > WORD_BYTES || utf8_count(s) < LETTERS_LEAST)
		return;
	slice lower = { small, text_small(small, s) };
	bool fr = knows(w, LANGUAGE_FR, lower), en = knows(w, LANGUAGE_EN, lower);
	v->fr += fr && !en;
	v->en += en && !fr;
	v->neither += !fr && !en;
}

/* The next run of letters; empty at the end. */
static slice
next_word(slice text, size_t *i)
{
	size_t start = *i, end;

	for (end = start; end < text.n; start = end)
		if (utf8_is_letter(utf8_next(text, &end)))
			break;
	for (*i = end; end < text.n; *i = end)
		if (!utf8_is_letter(utf8_next(text, &end)))
			break;
	return slice_sub(text, start, *i);
}

static language
verdict(const votes *v)
{
	if (v->fr > v->en && v->fr - v->en >= v->neither)
		return LANGUAGE_FR;
	if (v->en > v->fr && v->en - v->fr >= v->neither)
		return LANGUAGE_EN;
	return LANGUAGE_UNKNOWN;
}

static language
ask_dictionaries(const check_with *w, const document *d)
{
	votes v = { 0 };
	size_t met = 0;

	for (size_t b = 0; b < d->block_count; b++) {
		slice text = document_spoken(d, &d->blocks[b]);
		for (size_t i = 0; i < text.n;) {
			slice s = next_word(text, &i);
			if (s.n != 0 && ++met > WORDS_MOST)
				return LANGUAGE_UNKNOWN;
			vote(w, s, &v);
		}
	}
	return verdict(&v);
}

void
engine_guess_language(const check_with *w, document *d)
{
	if (d->language != LANGUAGE_UNKNOWN)
		return;
	d->language = ask_dictionaries(w, d);
	for (size_t b = 0; b < d->block_count; b++)
		if (d->blocks[b].language == LANGUAGE_UNKNOWN)
			d->blocks[b].language = (uint8_t)d->language;
}
