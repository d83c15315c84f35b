#include "base/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

struct libpq libpq;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded;

static bool
find(void *library, const char *name, void *function, size_t bytes)
{
	void *at = dlsym(library, name);

	memcpy(function, &at, bytes);
	return at != NULL;
}

#define LIBPQ_FIND(name) \
	found = find(library, "PQ" #name, &libpq.name, sizeof(libpq.name)) && found;

/* The library stays loaded until the process ends. Pipelines came with version 14 of it. */
static void
load(void)
{
	void *library = dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL);
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
