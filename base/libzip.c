#include "base/libzip.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/library.h"

/* The versions in which the functions of the table are the same. */
static const char *const names[] = { "libzip.so.4", "libzip.so.5", NULL };

struct libzip libzip;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded;

#define LIBZIP_FIND(name) \
	found = library_find(library, "zip_" #name, &libzip.name, sizeof(libzip.name)) && found;

static void
load(void)
{
	void *library = library_load(names);
	bool found = true;

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
