/* A minimal acyclic automaton over sorted strings that also numbers them. */
#ifndef TEXT_AUTOMATON_H
#define TEXT_AUTOMATON_H

#include "base/memory.h"
#include "text/lexicon_file.h"

#define AUTOMATON_DEPTH 1024 /* longest string, in bytes */

typedef struct automaton_state {
	ARRAY(struct lexicon_edge) edges;
} automaton_state;

typedef struct automaton {
	const memory *memory;
	ARRAY(struct lexicon_edge) edges; /* the result; edge 0 leads to the root */
	ARRAY(uint32_t) below;            /* strings below the state that begins here */
	automaton_state *path;            /* the states along the last string */
	char *last;
	size_t last_bytes;
	uint32_t *registry; /* first edge of every state that is done, hashed */
	size_t registry_size, registry_used;
} automaton;

MUST_USE status automaton_init(automaton *a, const memory *m);
void automaton_free(automaton *a);
/* Strings must come in byte order, each once, none empty. STATUS_LIMIT: one is too long. */
MUST_USE status automaton_add(automaton *a, slice s);
MUST_USE status automaton_finish(automaton *a);

#endif
