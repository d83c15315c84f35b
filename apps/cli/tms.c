#include "apps/cli/tms.h"

#include <errno.h>
#include <stdlib.h>

int
open_tm(const settings *s, const char *path, bool write, paraph_tm **out)
{
	char message[512] = "";
	paraph_tm_options options = { .ui = s->ui, .path = path, .write = write };

	if (path == NULL && s->tms.n > 1)
		return complain(s, "one memory at a time", "une seule mémoire à la fois");
	if (path == NULL && s->tms.n == 1)
		options.path = s->tms.at[0];
	if (paraph_tm_open(out, &options, message, sizeof(message)) == PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

int
tm_trouble(const settings *s, const paraph_tm *tm)
{
	return complain(s, "%s", "%s", paraph_tm_message(tm));
}

bool
read_number(const char *text, long least, long most, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(text, &end, 10);
	return errno == 0 && *end == '\0' && end != text && *out >= least && *out <= most;
}
