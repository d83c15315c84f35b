#include "apps/cli/shard.h"

#include <stdlib.h>
#include <string.h>

/* "3/10" */
static bool
read_shard(const char *text, unsigned long *i, unsigned long *n)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	*i = strtoul(text, &end, 10);
	if (*end != '/' || end[1] < '0' || end[1] > '9')
		return false;
	*n = strtoul(end + 1, &end, 10);
	return *end == '\0' && *i >= 1 && *i <= *n;
}

int
shard_choose(const settings *s, list *paths)
{
	unsigned long i, n;
	size_t kept = 0;

	if (!read_shard(s->shard, &i, &n))
		return complain(s, "--shard: “%s” is not I/N with I from 1 to N",
			"--shard\u00A0: «\u00A0%s\u00A0» n’est pas I/N avec I de 1 à N",
			s->shard);
	for (size_t k = 0; k < paths->n; k++)
		if (k % n == i - 1)
			paths->at[kept++] = paths->at[k];
		else
			free(paths->at[k]);
	paths->n = kept;
	if (paths->at != NULL)
		paths->at[kept] = NULL;
	return EXIT_CLEAN;
}
