#include "base/libpq.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/library.h"

static const char *const names[] = { "libpq.so.5", NULL };

struct libpq libpq;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded;

#define LIBPQ_FIND(name) \
	found = library_find(library, "PQ" #name, &libpq.name, sizeof(libpq.name)) && found;

/* Pipelines came with version 14. */
static void
load(void)
{
	void *library = library_load(names);
	bool found = true;

	if (library == NULL)
		return;
	LIBPQ_FUNCTIONS(LIBPQ_FIND)
	loaded = found;
}

status
libpq_load(context *c)
{
	(void)pthread_once(&once, load);
	if (loaded)
		return STATUS_OK;
	return context_fail(c, STATUS_IO,
		"libpq 14 or later is not installed (Debian: libpq5); shared stores need it",
		"libpq 14 ou plus n’est pas installée (Debian\u00A0: libpq5)\u00A0; les bases "
		"partagées en ont besoin");
}
