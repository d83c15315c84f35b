#include "apps/cli/tms.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A server that is away or busy may be there later. */
static int
trouble(const settings *s, const char *message, paraph_status why)
{
	int status = complain(s, "%s", "%s", message);

	return why == PARAPH_AGAIN || why == PARAPH_MEMORY ? EXIT_AGAIN : status;
}

int
open_tm(const settings *s, const char *path, bool write, paraph_tm **out)
{
	char message[512] = "";
	paraph_tm_options options = { .ui = s->ui,
		.path = path,
		.write = write,
		.allow_incomplete = s->allow_incomplete && !write };

	if (path == NULL && s->tms.n > 1)
		return complain(s, "one memory at a time", "une seule mémoire à la fois");
	if (path == NULL && s->tms.n == 1)
		options.path = s->tms.at[0];
	paraph_status opened = paraph_tm_open(out, &options, message, sizeof(message));
	return opened == PARAPH_OK ? EXIT_CLEAN : trouble(s, message, opened);
}

void
close_tm(const settings *s, paraph_tm *tm)
{
	const char *missing = tm == NULL ? NULL : paraph_tm_missing(tm);

	if (missing != NULL)
		(void)complain(s, "incomplete, without what does not answer: %s",
			"incomplet, sans ce qui ne répond pas\u00A0: %s", missing);
	paraph_tm_close(tm);
}

int
tm_trouble(const settings *s, const paraph_tm *tm, paraph_status why)
{
	return trouble(s, paraph_tm_message(tm), why);
}

bool
read_number(const char *text, long least, long most, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(text, &end, 10);
	return errno == 0 && *end == '\0' && end != text && *out >= least && *out <= most;
}

static bool
read_penalty(paraph_tm_penalty *p, const char *text)
{
	static const char *const names[] = { "machine", "author", "old", "document" };
	int *const fields[] = { &p->machine, &p->other_author, &p->old, &p->other_document };
	const char *equals = strchr(text, '=');
	long points;

	for (size_t i = 0; equals != NULL && i < 4; i++)
		if (strlen(names[i]) == (size_t)(equals - text) &&
			memcmp(names[i], text, (size_t)(equals - text)) == 0 &&
			read_number(equals + 1, 0, 100, &points)) {
			*fields[i] = (int)points * 100;
			return true;
		}
	return false;
}

int
read_penalties(const settings *s, paraph_tm_penalty *out)
{
	for (size_t i = 0; i < s->penalties.n; i++)
		if (!read_penalty(out, s->penalties.at[i]))
			return complain(s,
				"--penalty: machine, author, old or document, “=” and points: "
				"%s",
				"--penalty\u00A0: machine, author, old ou document, "
				"«\u00A0=\u00A0» et des "
				"points\u00A0: %s",
				s->penalties.at[i]);
	out->author = s->author;
	out->before = s->since;
	out->document = s->document;
	return EXIT_CLEAN;
}
