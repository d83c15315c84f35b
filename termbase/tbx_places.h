/* Where the parts of a concept stand in the bytes of a TBX file: what a change by splices
 * needs. The reader notes them when it is asked to; they are those of the concept read last,
 * and belong to it until the next one begins. Places are bytes of the file, which is UTF-8. */
#ifndef TERMBASE_TBX_PLACES_H
#define TERMBASE_TBX_PLACES_H

#include "termbase/entry.h"

#define TBX_NO_PLACE SIZE_MAX

typedef enum tbx_part {
	TBX_NONE,
	TBX_CONCEPT,
	TBX_SECTION,
	TBX_TERM_SECTION,
	TBX_TERM,
	TBX_GROUP,
	TBX_ITEM,
} tbx_part;

typedef struct tbx_place {
	tbx_part part;
	size_t start, end;             /* of the element, with its tags */
	size_t inner_start, inner_end; /* between them; inner_end 0: one empty tag */
	entry_level level; /* of the owner: of the part itself, for sections and terms */
	uint32_t owner;    /* index of the section, or order of the term, in the entry */
	uint32_t order;    /* of an item, in the entry */
} tbx_place;

typedef struct tbx_places {
	ARRAY(tbx_place) list;       /* in the order of their starts; the concept comes first */
	bool named;                  /* the concept has an id of its own */
	bool nameless;               /* it has a term that stands for none */
	size_t body_start, body_end; /* between the tags of what holds the concepts; 0: none */
} tbx_places;

#endif
