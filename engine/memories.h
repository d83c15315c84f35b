/* What the calls on translation memories share. */
#ifndef ENGINE_MEMORIES_H
#define ENGINE_MEMORIES_H

#include "engine/engine.h"
#include "termbase/personal.h"
#include "text/segment.h"
#include "tm/match.h"

struct paraph_tm {
	memory memory;
	context context;
	tm_store *store;
	tm_matcher *matcher; /* made when it is wanted */
	bool write;
	char source[64], target[64]; /* the commonest pair */
	char path[PERSONAL_PATH_BYTES];
	/* of paraph_tm_analyse */
	segmenter *segmenter;
	tm_store *met;
	tm_matcher *met_matcher;
	segments segments;
};

/* A unit as callers see it; its texts are the unit’s. */
paraph_tm_unit memory_unit(const tm_unit *u, uint32_t id);
/* The status of a call, with a message when it failed. */
paraph_status memory_answer(paraph_tm *t, status done);
/* Opens t->matcher; languages that are NULL become those of the memory's commonest pair. */
status memory_matcher(paraph_tm *t, const char **source, const char **target);
void memory_penalty(tm_query *q, const paraph_tm_penalty *p);

#endif
