#include "apps/http/microhttpd.h"

#include <dlfcn.h>
#include <string.h>

struct mhd_functions mhd;
struct gnutls_functions gnutls;

static bool
find(void *library, const char *name, void *function, size_t bytes)
{
	void *at = dlsym(library, name);

	memcpy(function, &at, bytes);
	return at != NULL;
}

#define FIND_MHD(name) \
	found = find(library, "MHD_" #name, &mhd.name, sizeof(mhd.name)) && found;
#define FIND_GNUTLS(name) \
	found = find(library, "gnutls_" #name, &gnutls.name, sizeof(gnutls.name)) && found;

static bool
load_mhd(void)
{
	void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
	bool found = library != NULL;

	if (found) {
		MHD_FUNCTIONS(FIND_MHD)
	}
	return found;
}

static bool
load_gnutls(void)
{
	void *library = dlopen("libgnutls.so.30", RTLD_NOW | RTLD_LOCAL);
	bool found = library != NULL;

	if (found) {
		GNUTLS_FUNCTIONS(FIND_GNUTLS)
	}
	return found;
}

const char *
microhttpd_load(void)
{
	if (!load_mhd())
		return "libmicrohttpd";
	return load_gnutls() ? NULL : "libgnutls";
}
