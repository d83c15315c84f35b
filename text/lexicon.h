/* The words of a language: a compact read-only file, expanded from the Hunspell dictionary at
 * build time and memory-mapped, that answers "is this a word", "what is it" and "how common is
 * it" in nanoseconds. Hunspell stays the authority: lexicon_knows answers what Hunspell_spell
 * answers, for every string. What expansion cannot cover goes to Hunspell itself, which is
 * loaded (100 ms) only when such a string is met.
 *
 * A lexicon is shared by threads; all its functions may be called from any of them. */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "base/context.h"

typedef struct lexicon lexicon;

/* Part of speech, gender and number as bits, so that the readings of a form can be or-ed. */
enum {
	POS_NOUN = 1 << 0,
	POS_ADJECTIVE = 1 << 1,
	POS_VERB = 1 << 2,       /* finite forms, infinitives, present participles */
	POS_PARTICIPLE = 1 << 3, /* past participles, which agree like adjectives */
	POS_DETERMINER = 1 << 4,
	POS_PRONOUN = 1 << 5,
	POS_PREPOSITION = 1 << 6,
	POS_ADVERB = 1 << 7,
	POS_CONJUNCTION = 1 << 8,
	POS_NAME = 1 << 9, /* first names, surnames, places, brands */
	POS_NUMERAL = 1 << 10,
	POS_INTERJECTION = 1 << 11,
	POS_OTHER = 1 << 12, /* symbols, abbreviations, prefixes; all English entries */
	GENDER_MASCULINE = 1 << 16,
	GENDER_FEMININE = 1 << 17, /* epicene: both */
	NUMBER_SINGULAR = 1 << 18,
	NUMBER_PLURAL = 1 << 19, /* invariable: both */
	PERSON_1SG = 1 << 20,    /* of the finite forms of verbs */
	PERSON_2SG = 1 << 21,
	PERSON_3SG = 1 << 22,
	PERSON_1PL = 1 << 23,
	PERSON_2PL = 1 << 24,
	PERSON_3PL = 1 << 25,
	PERSONS = PERSON_1SG | PERSON_2SG | PERSON_3SG | PERSON_1PL | PERSON_2PL | PERSON_3PL,
	VERB_INFINITIVE = 1 << 26,
};

typedef struct analysis {
	uint32_t lemma;   /* for lexicon_lemma; equal numbers are the same lemma */
	uint32_t grammar; /* bits above; no gender or number bit: the dictionary does not say */
} analysis;

/* What a form makes longer forms with, all in lower case: the bits (lexicon_bit_before,
 * lexicon_bit_after) of what stands there before it and after it; all single letters
 * have one bit. Forms with a hyphen or an apostrophe do not count. */
typedef struct lexicon_ends {
	uint16_t before, after;
} lexicon_ends;

#define LEXICON_LETTER_BEFORE (1u << 11)
#define LEXICON_LETTER_AFTER (1u << 15)

#define LEXICON_NONE UINT32_MAX /* the number of what is no form */

/* Opens DATA/LANGUAGE.lexicon. A file that is missing, damaged, of another version or made from
 * another dictionary than the installed one is rebuilt (see lexicon_compile). */
MUST_USE status lexicon_open(lexicon **out, context *c, language l, const char *data_folder);
void lexicon_close(lexicon *x); /* NULL is fine */

/* Reads the compiled file through (milliseconds): STATUS_DAMAGED when its body is not what was
 * written. Opening looks at the header only. */
MUST_USE status lexicon_verify(const lexicon *x, context *c);

/* Hunspell's verdict on a word as it stands, apostrophes straight or curly. Thread-safe. */
bool lexicon_knows(lexicon *x, slice word);

/* How often Hunspell itself had to be asked since the lexicon was opened. */
size_t lexicon_asked_hunspell(const lexicon *x);

/* The number of a form spelled exactly so, or LEXICON_NONE. */
uint32_t lexicon_find(const lexicon *x, slice form);
/* To be called some time before lexicon_find: has the memory fetched that it looks at first. */
void lexicon_expect(const lexicon *x, slice form);
/* Is the word, which is this form, known without any doubt? If not, lexicon_knows may still say
 * so. */
bool lexicon_knows_form(const lexicon *x, slice word, uint32_t form);
/* As lexicon_analyses and lexicon_frequency_exact. */
size_t lexicon_analyses_of(const lexicon *x, uint32_t form, const analysis **out);
uint32_t lexicon_frequency_of(const lexicon *x, uint32_t form);
/* All bits for what is no form. */
lexicon_ends lexicon_ends_of(const lexicon *x, uint32_t form);

/* The bit of a piece of a form, of two letters or more, by the rolling hash (text/rolling.h) of
 * its lower case: one of eleven before a form, one of fifteen after it. */
static inline unsigned
lexicon_bit_before(uint64_t rolling)
{
	return 1u << ((rolling * UINT64_C(0xD6E8FEB86659FD93) >> 32) * 11 >> 32);
}

static inline unsigned
lexicon_bit_after(uint64_t rolling)
{
	return 1u << ((rolling * UINT64_C(0xD6E8FEB86659FD93) >> 32) * 15 >> 32);
}

/* The readings of a form spelled exactly so (case and accents count). The array belongs to the
 * lexicon. 0 when the form is not in the expanded list. */
size_t lexicon_analyses(const lexicon *x, slice form, const analysis **out);
slice lexicon_lemma(const lexicon *x, uint32_t lemma);

/* Occurrences in a million words of the reference texts, 0 when never met. Case-folded. */
uint32_t lexicon_frequency(const lexicon *x, slice form);

/* The same for this very spelling, in a third of the time. */
uint32_t lexicon_frequency_exact(const lexicon *x, slice form);

/* The same again, with straight apostrophes; costs least where the answer is 0, as of most that
 * is no form. */
uint32_t lexicon_frequency_straight(const lexicon *x, slice form);

/* False: no form of the dictionary is, in lower case, the text with this rolling hash
 * (text/rolling.h). True says little. Costs less than a look-up by far. */
bool lexicon_may_hold(const lexicon *x, uint64_t rolling);

/* The forms whose folded spelling (text_fold: lower case, no accents, œ as oe) is this one, up
 * to max, commonest first. The answer is how many were written to out. */
size_t lexicon_unfold(const lexicon *x, slice folded, slice *out, size_t max);

/* Expands the Hunspell dictionary of a language and writes the compiled file atomically.
 * frequency_path: data/lang/LANGUAGE-frequency.tsv; NULL or a missing file: no frequencies. */
MUST_USE status lexicon_compile(context *c, language l, const char *dictionary_folder,
	const char *frequency_path, const char *out_path);

#endif
