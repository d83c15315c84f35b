/* paraph tm sync: a copy of a part of a shared memory, for work away from it. */
#include <inttypes.h>
#include <stdio.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/tms.h"

static void
put_field(const char *before, paraph_text t)
{
	if (t.n != 0)
		printf("%s%.*s", before, (int)t.n, t.p);
}

static paraph_status
show_side(void *user, bool mine, const paraph_tm_unit *u)
{
	const settings *s = user;

	if (mine)
		printf("%.*s\n", (int)u->source.n, u->source.p);
	printf("  %s %.*s",
		mine ? say(s, "mine:  ", "à moi\u00A0: ") : say(s, "theirs:", "à eux\u00A0: "),
		(int)u->target.n, u->target.p);
	put_field("  — ", u->document);
	put_field("  — ", u->author);
	put_field(", ", u->changed);
	puts("");
	return PARAPH_OK;
}

static int
show_conflicts(const settings *s)
{
	paraph_tm *copy;
	uint64_t n;
	int status = open_tm(s, s->paths.at[0], false, &copy);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done = paraph_tm_conflicts(copy, show_side, (void *)(uintptr_t)s, &n);
	if (done != PARAPH_OK)
		status = tm_trouble(s, copy, done);
	else
		status = n == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
	paraph_tm_close(copy);
	return status;
}

static void
tell(const settings *s, const paraph_tm_sync_counts *n)
{
	printf(say(s,
		       "%" PRIu64 " units sent, %" PRIu64 " fetched, %" PRIu64
		       " removed; %" PRIu64 " conflicts\n",
		       "%" PRIu64 " unités envoyées, %" PRIu64 " reçues, %" PRIu64
		       " retirées\u00A0; %" PRIu64 " conflits\n"),
		n->sent, n->fetched, n->removed, n->conflicts);
	if (n->open)
		complain(s, "others are writing; what they write comes the next time",
			"d’autres écrivent\u00A0; ce qu’ils écrivent viendra la prochaine "
			"fois");
}

static int
synchronise(const settings *s)
{
	paraph_tm_sync o = { .shared = s->paths.at[1],
		.filter = { s->source_lang, s->target_lang, s->document, s->author, s->since,
			s->until },
		.who = user_name(),
		.only_fetch = s->only_fetch,
		.moved = s->moved };
	paraph_tm_sync_counts n;
	paraph_tm *copy;
	int status = open_tm(s, s->paths.at[0], true, &copy);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done = paraph_tm_synchronise(copy, &o, &n);
	if (done == PARAPH_OK)
		tell(s, &n);
	else
		status = tm_trouble(s, copy, done);
	paraph_tm_close(copy);
	if (done == PARAPH_AGAIN || done == PARAPH_MEMORY)
		return EXIT_AGAIN;
	return status == EXIT_CLEAN && n.conflicts != 0 ? EXIT_FINDINGS : status;
}

static int
tm_sync(const settings *s)
{
	if (s->paths.n != (s->conflicts ? 1U : 2U))
		return complain(s,
			"tm sync wants the copy and the shared memory (--conflicts: the copy)",
			"tm sync demande la copie et la mémoire partagée (--conflicts\u00A0: "
			"la copie)");
	return s->conflicts ? show_conflicts(s) : synchronise(s);
}

const command command_tm_sync = {
	.name = "tm sync",
	.bit = IN_TM_SYNC,
	.arguments_en = "[OPTION…] COPY MEMORY",
	.arguments_fr = "[OPTION…] COPIE MÉMOIRE",
	.summary_en = "a copy of a part of a shared memory, for work away from it",
	.summary_fr = "la copie d’une partie d’une mémoire partagée, pour travailler ailleurs",
	.help_en = "Makes COPY, a file, the copy of a part of a shared memory (postgresql://… "
		   "or a\n"
		   "file), and brings it up to date from then on: what was added to it is "
		   "sent, with\n"
		   "who, when and from which copy; what is gone there is removed; what came "
		   "since is\n"
		   "fetched. The part (languages, document …) is the same every time. Where "
		   "somebody\n"
		   "else translated the same segment otherwise meanwhile, both are kept, and\n"
		   "--conflicts shows them. An interrupted run is done again and goes on. Exit "
		   "status 1\n"
		   "when there are new conflicts.",
	.help_fr = "Fait de COPIE, un fichier, la copie d’une partie d’une mémoire partagée\n"
		   "(postgresql://… ou un fichier), puis la tient à jour\u00A0: ce qu’on y a "
		   "ajouté est\n"
		   "envoyé, avec qui, quand et de quelle copie\u00A0; ce qui a disparu là-bas "
		   "est\n"
		   "retiré\u00A0; ce qui est venu depuis est reçu. La partie (langues, "
		   "document…) est\n"
		   "chaque fois la même. Si quelqu’un d’autre a entre-temps traduit autrement "
		   "le même\n"
		   "segment, les deux restent, et --conflicts les montre. Une mise à jour "
		   "interrompue se\n"
		   "refait et continue. État de sortie 1 s’il y a de nouveaux conflits.",
	.run = tm_sync,
};
