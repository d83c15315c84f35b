/* What a name sounds like, whoever wrote it down in French or English letters: Hodeïda and
 * Hodeidah, Abdrakhmanov and Abdrakmanov. The table of equal spellings is data
 * (data/lang/transliteration.tsv). */
#ifndef CHECKER_RULES_NAME_SOUND_H
#define CHECKER_RULES_NAME_SOUND_H

#include <stdint.h>

#include "base/slice.h"

#define SOUND_ROWS 64

typedef struct sounds {
	struct {
		slice written, as;
	} rows[SOUND_ROWS];
	size_t n;
	uint64_t by_first[26]; /* rows, a bit each, that begin with a letter */
} sounds;

void sounds_init(sounds *s);

/* Letters of a folded name only; out has room for folded.n bytes. */
size_t name_letters(char *out, slice folded);

/* Of such letters; out has room for letters.n bytes. */
size_t name_sound(const sounds *s, char *out, slice letters);

/* Is one the other with an ending of another number, gender, people or language (Houthi,
 * Houthis; Petrov, Petrova)? Of letters. */
bool name_is_derived(slice a, slice b);

/* Do the letters differ by one put in, left out, replaced or exchanged with the next? */
bool name_is_one_slip(slice a, slice b);

#endif
