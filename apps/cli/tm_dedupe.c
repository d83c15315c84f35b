/* paraph tm dedupe and paraph tm repair. */
#include <inttypes.h>
#include <stdio.h>

#include "apps/cli/command.h"
#include "apps/cli/tms.h"

static paraph_status
show_conflict(void *user, bool first, const paraph_tm_unit *u)
{
	(void)user;
	if (first)
		printf("%.*s\n", (int)u->source.n, u->source.p);
	printf("  %.*s", (int)u->target.n, u->target.p);
	if (u->document.n != 0)
		printf("  (%.*s)", (int)u->document.n, u->document.p);
	puts("");
	return PARAPH_OK;
}

static int
tm_dedupe(const settings *s)
{
	paraph_tm_duplicates n;
	paraph_tm *tm;
	int status = open_tm(s, s->paths.n == 0 ? NULL : s->paths.at[0], s->merge, &tm);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done =
		paraph_tm_dedupe(tm, s->merge, s->quiet ? NULL : show_conflict, NULL, &n);
	if (done != PARAPH_OK)
		status = tm_trouble(s, tm, done);
	else
		printf(say(s,
			       "%" PRIu64 " units there more than once, %" PRIu64
			       " removed; %" PRIu64 " sources with several translations\n",
			       "%" PRIu64 " unités en plusieurs exemplaires, %" PRIu64
			       " retirées\u00A0; %" PRIu64
			       " segments sources à plusieurs traductions\n"),
			n.units, n.removed, n.sources);
	paraph_tm_close(tm);
	if (status != EXIT_CLEAN)
		return status;
	return n.units - n.removed + n.sources == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
}

const command command_tm_dedupe = {
	.name = "tm dedupe",
	.bit = IN_TM_DEDUPE,
	.arguments_en = "[OPTION…] [MEMORY]",
	.arguments_fr = "[OPTION…] [MÉMOIRE]",
	.summary_en = "units there twice; sources translated in two ways",
	.summary_fr = "unités en double\u00A0; segments traduits de deux façons",
	.help_en =
		"Lists the sources that have several translations, and counts the units that "
		"are\n"
		"there more than once; --merge keeps the newest of those. Exit status 1 when\n"
		"something is left to look at.",
	.help_fr =
		"Énumère les segments sources à plusieurs traductions et compte les unités en\n"
		"plusieurs exemplaires\u00A0; --merge en garde la plus récente. État de sortie "
		"1 "
		"s’il\n"
		"reste quelque chose à voir.",
	.run = tm_dedupe,
};

static int
tm_repair(const settings *s)
{
	paraph_tm *tm;
	bool mended;
	int status = open_tm(s, s->paths.n == 0 ? NULL : s->paths.at[0], true, &tm);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done = paraph_tm_repair(tm, &mended);
	if (done != PARAPH_OK)
		status = tm_trouble(s, tm, done);
	else
		puts(mended ? say(s, "the index was damaged and is made anew",
				      "l’index était abîmé\u00A0; il est refait")
			    : say(s, "nothing to mend", "rien à réparer"));
	paraph_tm_close(tm);
	return status;
}

const command command_tm_repair = {
	.name = "tm repair",
	.bit = IN_TM_REPAIR,
	.arguments_en = "[OPTION…] [MEMORY]",
	.arguments_fr = "[OPTION…] [MÉMOIRE]",
	.summary_en = "read a memory through; mend its index",
	.summary_fr = "relire une mémoire\u00A0; refaire son index au besoin",
	.help_en = "Reads your own memory, or the one named, through, and makes its index anew "
		   "from\n"
		   "the units when that is what is damaged. When units are damaged, paraph tm "
		   "export\n"
		   "saves the others.",
	.help_fr = "Relit votre mémoire, ou celle qui est nommée, et refait son index à partir "
		   "des\n"
		   "unités si c’est lui qui est abîmé. Si des unités le sont, paraph tm export "
		   "sauve\n"
		   "les autres.",
	.run = tm_repair,
};
