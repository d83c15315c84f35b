/* Sentences of a block.
 *
 * A sentence ends at . ! ? or … with what closes after it, when white space follows and what
 * comes next can begin a sentence. Full stops of abbreviations (data/lang/abbreviations-*.tsv),
 * initials and list markers do not count; after an abbreviation that may end a sentence a word
 * that often begins one (a function word with a capital) decides. Items of a list that runs on
 * in one line are segments when their markers follow each other. The rules are those of the
 * literature on sentence boundaries (Palmer & Hearst; Grefenstette & Tapanainen; Kiss & Strunk)
 * with knowledge of United Nations usage as data. */
#ifndef TEXT_SEGMENT_H
#define TEXT_SEGMENT_H

#include "base/context.h"

typedef struct segmenter segmenter;

typedef struct segments {
	ARRAY(span) spans;
} segments;

/* Reads the tables once; may then be used by any number of threads. */
MUST_USE status segmenter_open(segmenter **out, context *c);
void segmenter_close(segmenter *s); /* NULL is fine */

/* Appends the segments of text[block], as offsets into text, without white space at their ends;
 * together they cover everything else of the block. Any language but French reads English
 * tables. The list is on the context's allocator: ARRAY_FREE(c->memory, &out->spans). */
MUST_USE status segment_block(
	const segmenter *s, context *c, slice text, span block, language l, segments *out);

#endif
