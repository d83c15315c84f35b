/* Bilingual documents: what XLIFF, PO, TMX and tables of segments are made of.
 *
 * Every segment is a block of the document in its own language, so that rules check each side
 * as they check any text; the pairs say which segments are translations of each other. Inline
 * codes (the tags of a segment, the %s of a message) are not text. A code that stands for
 * something a reader would see, outside a word, is one U+FFFC in the text, so that the words
 * around it do not seem to touch or the spaces to double; all codes are listed beside it. */
#ifndef DOCUMENT_PAIR_H
#define DOCUMENT_PAIR_H

#include "bitext/bitext.h"

#define PAIR_NO_BLOCK UINT32_MAX

typedef struct inline_code {
	uint32_t at;    /* the byte of the document's text before which it stands */
	code_kind kind; /* see bitext/bitext.h */
	slice id;       /* what ties halves, and the two sides; "%s" of PO; may be empty */
	span file;      /* its bytes */
} inline_code;

typedef struct pair_segment {
	span text;      /* of the document; empty: there is no segment, or nothing in it */
	uint32_t block; /* index of its block; PAIR_NO_BLOCK where it has no text */
	bool there;
	/* What stands between its tags or quotation marks; the whole tag of an empty element
	 * (<target/>). Of a segment that is not there, an empty span where it would have to be
	 * put. Places of the decoded file, which are those of the file where that is UTF-8. */
	span file;
	slice language;           /* as the file has it: "fr-CA"; empty: it does not say */
	const inline_code *codes; /* in their order */
	size_t code_count;
} pair_segment;

typedef enum pair_side { PAIR_SOURCE, PAIR_TARGET, PAIR_SIDES } pair_side;

typedef struct doc_pair {
	pair_segment side[PAIR_SIDES];
	slice unit;       /* id of the unit; of PO its source is the key, and this is empty */
	slice segment;    /* id of the segment in it (XLIFF 2); plural form of PO: "0", "1" */
	slice context;    /* msgctxt, resname */
	slice note;       /* all notes of the unit, a line each */
	slice file;       /* "original" of XLIFF; the document that a unit of TMX is from */
	pair_state state; /* see bitext/bitext.h */
	slice state_name; /* as the file has it: "needs-review-translation", "fuzzy" */
	bool keep;        /* translate="no": no rule looks at it */
	uint32_t row;     /* of a table, from 1; else 0 */
} doc_pair;

/* "untranslated", "draft", "translated", "reviewed", "final". */
const char *pair_state_name(pair_state s);

#endif
