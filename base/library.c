#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

void *
library_load(const char *const *names)
{
	void *library = NULL;

	for (; library == NULL && *names != NULL; names++)
		library = dlopen(*names, RTLD_LAZY | RTLD_LOCAL);
	return library;
}

bool
library_find(void *library, const char *name, void *function, size_t bytes)
{
	void *at = dlsym(library, name);

	memcpy(function, &at, bytes);
	return at != NULL;
}
