/* Languages of pieces of text that were told before, for whoever reads a document again and
 * again: after a key in an editor one paragraph of two thousand is another one. */
#ifndef TEXT_LANGUAGE_MEMO_H
#define TEXT_LANGUAGE_MEMO_H

#include "base/context.h"

typedef struct language_told {
	uint32_t bytes; /* that were looked at */
	uint8_t language;
} language_told;

typedef struct language_slot {
	uint64_t key; /* of the text; 0: the slot is empty */
	language_told told;
} language_slot;

typedef struct language_memo {
	const memory *memory;
	language_slot *slots; /* open addressing, power of two */
	size_t slot_count, n;
} language_memo;

void language_memo_free(language_memo *m);

/* By a hash of the text. False: it is not known. m may be NULL. */
bool language_recall(const language_memo *m, uint64_t hash, language_told *out);
/* Where memory is out, it is told anew the next time. */
void language_keep(language_memo *m, uint64_t hash, language_told told);

#endif
