#include "bitext/bitext.h"

#include <string.h>
#include <strings.h>

const bitext_code *
bitext_find_code(const bitext_code *list, const char *name)
{
	for (; list->name != NULL; list++)
		if (strcasecmp(list->name, name) == 0)
			return list;
	return NULL;
}

const char *
bitext_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}
