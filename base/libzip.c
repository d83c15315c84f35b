#include "base/libzip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

/* The versions in which the functions of the table are the same. */
static const char *const names[] = { "libzip.so.4", "libzip.so.5" };

struct libzip libzip;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded;

static bool
find(void *library, const char *name, void *function, size_t bytes)
{
	void *at = dlsym(library, name);

	memcpy(function, &at, bytes);
	return at != NULL;
}

#define LIBZIP_FIND(name) \
	found = find(library, "zip_" #name, &libzip.name, sizeof(libzip.name)) && found;

/* The library stays loaded until the process ends. */
static void
load(void)
{
	void *library = NULL;
	bool found = true;

	for (size_t i = 0; library == NULL && i < sizeof(names) / sizeof(*names); i++)
		library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
	if (library == NULL)
		return;
	LIBZIP_FUNCTIONS(LIBZIP_FIND)
	loaded = found;
}

status
libzip_load(context *c)
{
	(void)pthread_once(&once, load);
	if (loaded)
		return STATUS_OK;
	return context_fail(c, STATUS_NOT_FOUND,
		"libzip is not installed; Word, OpenDocument and Excel files need it",
		"libzip n’est pas installée\u00A0; les fichiers Word, OpenDocument et Excel "
		"en ont besoin");
}
