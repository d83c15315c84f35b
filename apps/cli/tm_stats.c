/* paraph tm stats: how much a memory holds. */
#include <inttypes.h>
#include <stdio.h>

#include "apps/cli/command.h"
#include "apps/cli/tms.h"

typedef struct pairs {
	const settings *s;
	bool json, began;
} pairs;

static paraph_status
show_pair(void *user, paraph_text source, paraph_text target, uint64_t units)
{
	pairs *x = user;

	if (x->json)
		printf("%s{\"source\":\"%.*s\",\"target\":\"%.*s\",\"units\":%" PRIu64 "}",
			x->began ? "," : "", (int)source.n, source.p, (int)target.n, target.p,
			units);
	else
		printf("  %.*s → %.*s: %" PRIu64 "\n", (int)source.n, source.p, (int)target.n,
			target.p, units);
	x->began = true;
	return PARAPH_OK;
}

/* English says “0 units”, French « 0 unité ». */
static const char *
plural(const settings *s, uint64_t n)
{
	return n > 1 || (n == 0 && s->ui != PARAPH_LANGUAGE_FR) ? "s" : "";
}

static int
tm_stats(const settings *s)
{
	pairs x = { .s = s, .json = s->format != NULL && s->format[0] == 'j' };
	paraph_tm_stats n;
	paraph_tm *tm;
	int status = open_tm(s, s->paths.n == 0 ? NULL : s->paths.at[0], false, &tm);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done = paraph_tm_count(tm, &n, NULL, NULL);
	if (done != PARAPH_OK)
		status = tm_trouble(s, tm, done);
	else if (x.json)
		printf("{\"schema\":\"paraph/memory/1\",\"units\":%" PRIu64
		       ",\"documents\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"pairs\":[",
			n.units, n.documents, n.bytes);
	else
		printf(say(s, "%" PRIu64 " unit%s of %" PRIu64 " document%s, %.1f MB\n",
			       "%" PRIu64 " unité%s, %" PRIu64 " document%s, %.1f Mo\n"),
			n.units, plural(s, n.units), n.documents, plural(s, n.documents),
			(double)n.bytes / 1e6);
	if (status == EXIT_CLEAN)
		done = paraph_tm_count(tm, &n, show_pair, &x);
	if (status == EXIT_CLEAN && done != PARAPH_OK)
		status = tm_trouble(s, tm, done);
	if (status == EXIT_CLEAN && x.json)
		puts("]}");
	close_tm(s, tm);
	return status;
}

const command command_tm_stats = {
	.name = "tm stats",
	.bit = IN_TM_STATS,
	.arguments_en = "[OPTION…] [MEMORY]",
	.arguments_fr = "[OPTION…] [MÉMOIRE]",
	.summary_en = "how much a memory holds",
	.summary_fr = "ce que contient une mémoire",
	.help_en = "Counts the units, documents and pairs of languages of your own memory, or "
		   "of the\none named.",
	.help_fr =
		"Compte les unités, les documents et les paires de langues de votre mémoire, "
		"ou de\ncelle qui est nommée.",
	.run = tm_stats,
};
