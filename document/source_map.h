/* From the flat text of a document back to the bytes of its file.
 *
 * Sorted runs; run i covers the text from run[i].text to run[i+1].text and the file from
 * run[i].file to run[i+1].file; a last run, of no length, closes the list. Invariants: both
 * columns never decrease; a VERBATIM run has the same bytes on both sides; a WIDE run is ASCII
 * in the text and two bytes a character in the file (UTF-16); of a MADE run (a decoded
 * character, a composed accent, a line break that became a space) nothing smaller than the
 * whole can be pointed at. A MARKUP run is one whose bytes no correction may touch: a tag, what
 * parts two blocks, a code that stands for something else. A MADE or MARKUP run without text
 * stands for bytes of the file that the text does not show (a byte order mark, the line break
 * after a hyphen). An empty list is the identity. */
#ifndef DOCUMENT_SOURCE_MAP_H
#define DOCUMENT_SOURCE_MAP_H

#include "base/memory.h"

typedef enum run_kind { RUN_VERBATIM, RUN_WIDE, RUN_MADE, RUN_MARKUP } run_kind;

typedef struct run {
	uint32_t text, file;
	run_kind kind;
} run;

typedef struct source_map {
	const run *runs;
	size_t count; /* 0: the text is the file */
} source_map;

/* The bytes of the file that the span of the text stands for. An empty span gives the place
 * before the following character, widened to the whole of a MADE run when inside one. */
span source_map_file(const source_map *m, span text);

/* The span of the text that covers these bytes of the file; empty where nothing does. */
span source_map_text(const source_map *m, span file);

/* A map under construction: say where each run begins, in order. Neighbours that continue each
 * other become one run. */
typedef struct source_map_builder {
	const memory *memory;
	ARRAY(run) runs;
} source_map_builder;

MUST_USE status source_map_add(source_map_builder *b, size_t text, size_t file, run_kind kind);

/* Closes the list; its memory is the caller's from now on, whatever happens to the builder. */
MUST_USE status source_map_hand_over(
	source_map_builder *b, size_t text, size_t file, source_map *out, void **kept);
/* Closes the list, copies it to the arena and frees the builder, whatever happens. */
MUST_USE status source_map_finish(
	source_map_builder *b, arena *a, size_t text, size_t file, source_map *out);
void source_map_abandon(source_map_builder *b);

/* The map from the text of outer to the file of inner, where the file of outer is the text of
 * inner. No run of outer may begin inside a MADE run of inner. */
MUST_USE status source_map_compose(
	const source_map *outer, const source_map *inner, arena *a, source_map *out);

#endif
