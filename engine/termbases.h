/* What stands behind paraph_termbase, for the parts that ask it and those that write it out. */
#ifndef ENGINE_TERMBASES_H
#define ENGINE_TERMBASES_H

#include "engine/engine.h"
#include "termbase/layers.h"

struct paraph_termbase {
	memory memory;
	context context;
	layers layers;
	arena scratch;
	layered concept;
};

#endif
