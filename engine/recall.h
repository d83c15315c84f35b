/* What was found in a document is kept, so that a later run need not look again.
 *
 * An entry is a file in a folder of the cache. Its name is a sum of everything that a finding
 * depends on: the bytes and the path of the document, the text that was read from it, the
 * options and every file that they and the settings name (profiles, rules, words, termbases,
 * memories), the dictionaries, and the sources that the program was made of. The same numbers
 * stand inside, with a checksum of the rest: an entry that is cut short, changed or another's
 * is no entry. So nothing is ever out of date, and all of it may be deleted.
 *
 * Documents are read as ever; only the rules are spared. Lines, columns and fingerprints are
 * worked out anew. Translations beside their source, and documents whose findings point into
 * another one, are not kept.
 *
 * Any number of programs and threads may use a folder: an entry is written under a name of its
 * own and renamed. A cache that cannot be read or written does no harm. When the folder grows
 * past its limit, what was not used for longest is deleted. */
#ifndef ENGINE_RECALL_H
#define ENGINE_RECALL_H

#include "engine/engine.h"

#define RECALL_PARTS 9

typedef struct recall_key {
	uint64_t parts[RECALL_PARTS];
} recall_key;

/* Adds what else findings depend on to the sum of the files that the engine has read. */
MUST_USE status recall_sum(paraph_engine *e, const paraph_options *options);

/* False: this document is none whose findings are kept. */
bool recall_begin(const paraph_session *s, const paraph_result *r,
	const document_settings *settings, recall_key *key);
/* The findings of that key, in memory of the result; false: there are none. */
bool recall_find(
	const paraph_session *s, paraph_result *r, const recall_key *key, findings *out);
void recall_keep(paraph_session *s, const recall_key *key, const findings *found);

/* Makes the folder smaller when it has grown too large. */
void recall_trim(paraph_engine *e);

#endif
