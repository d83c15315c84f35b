/* The compiled lexicon mapped into memory, and the look-ups that all parts of it share. Private
 * to the lexicon's own files. */
#ifndef TEXT_LEXICON_MAP_H
#define TEXT_LEXICON_MAP_H

#include "base/file.h"
#include "text/lexicon.h"
#include "text/lexicon_file.h"

/* Typed view of a mapped file. Every number read from a section is checked before it is used as
 * an index: a damaged file gives wrong answers, never a wrong access. */
typedef struct lexicon_map {
	file file;
	const struct lexicon_header *header;
	const struct lexicon_form *forms;
	uint32_t form_count; /* without the sentinel */
	slice text;
	const uint32_t *frequent, *slots;
	uint32_t frequent_mask, slot_mask;
	const analysis *analyses;
	uint32_t analysis_count;
	const uint32_t *lemmas;
	uint32_t lemma_count;
	slice lemma_text;
	const struct lexicon_class *classes;
	uint32_t class_count;
	const uint32_t *groups;
	uint32_t group_count;
	const struct lexicon_edge *edges;
	uint32_t edge_count;
	const struct lexicon_piece *pieces;
	uint32_t piece_count;
	const uint64_t *filter;
	uint32_t filter_mask;
	slice rules;
} lexicon_map;

/* STATUS_NOT_FOUND, STATUS_DAMAGED (also: another version or language) or STATUS_IO; leaves no
 * message. */
MUST_USE status lexicon_map_open(lexicon_map *m, const char *path, language l);
/* Reads the whole file: is its body what was written? */
bool lexicon_map_is_sound(const lexicon_map *m);
void lexicon_map_close(lexicon_map *m);

/* False: no form is, in lower case, the text of this rolling hash. */
static inline bool
lexicon_map_may_hold(const lexicon_map *m, uint64_t rolling)
{
	uint64_t bits = lexicon_filter_bits(rolling);

	return (m->filter[lexicon_filter_word(rolling) & m->filter_mask] & bits) == bits;
}

uint32_t lexicon_map_find(const lexicon_map *m, slice form); /* LEXICON_NONE: not there */
/* Among the frequent ones alone. */
uint32_t lexicon_map_find_frequent(const lexicon_map *m, slice form);
void lexicon_map_expect(const lexicon_map *m, slice form);
slice lexicon_map_form(const lexicon_map *m, uint32_t form);
/* All zero for a form that is not there. */
struct lexicon_class lexicon_map_class(const lexicon_map *m, uint32_t form);
/* The forms [*first, *end) of a folded spelling; false when there is none. */
bool lexicon_map_group(const lexicon_map *m, uint32_t group, uint32_t *first, uint32_t *end);
uint32_t lexicon_map_folded(const lexicon_map *m, slice folded); /* its group, or NONE */

#endif
