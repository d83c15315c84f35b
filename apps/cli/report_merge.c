/* paraph report merge: the reports of shards as one. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/sinks.h"

static int
exit_of(paraph_status status)
{
	return status == PARAPH_AGAIN || status == PARAPH_MEMORY ? EXIT_AGAIN : EXIT_TROUBLE;
}

static int
read_parts(paraph_merge *m, const settings *s)
{
	for (size_t i = 0; i < s->paths.n; i++) {
		paraph_status done = paraph_merge_add(m, s->paths.at[i]);
		if (done != PARAPH_OK) {
			complain(s, "%s", "%s", paraph_merge_message(m));
			return exit_of(done);
		}
	}
	return EXIT_CLEAN;
}

/* Nothing is put in place unless all of it was written. */
static int
write_all(paraph_merge *m, const settings *s, paraph_engine *engine)
{
	sinks k;
	int status = sinks_open(&k, s, engine);

	if (status != EXIT_CLEAN)
		return status;
	for (size_t i = 0; i < k.count; i++) {
		paraph_status done = paraph_merge_write(m, k.at[i].report);
		if (done != PARAPH_OK) {
			if (paraph_merge_message(m)[0] != '\0')
				complain(s, "%s", "%s", paraph_merge_message(m));
			sinks_abandon(&k);
			return exit_of(done);
		}
	}
	return sinks_close(&k);
}

static int
found(const paraph_merge *m, const settings *s)
{
	static const char *const levels[] = { "never", "info", "warning", "error" };
	const char *from = s->fail_on == NULL ? "warning" : s->fail_on;
	size_t level = 0;

	while (strcmp(levels[level], from) != 0)
		level++;
	return level != 0 && (size_t)paraph_merge_worst(m) >= level ? EXIT_FINDINGS
								    : EXIT_CLEAN;
}

static int
merge_with(const settings *s, paraph_engine *engine)
{
	paraph_merge *m = paraph_merge_open(engine, s->ui);

	if (m == NULL) {
		complain(s, "out of memory", "plus assez de mémoire");
		return EXIT_AGAIN;
	}
	int status = read_parts(m, s);
	if (status == EXIT_CLEAN)
		status = write_all(m, s, engine);
	if (status == EXIT_CLEAN)
		status = found(m, s);
	paraph_merge_close(m);
	return status;
}

static int
merge(const settings *s)
{
	settings with_format = *s;
	paraph_engine *engine;

	if (s->paths.n == 0)
		return complain(s, "no files given; see paraph %s --help",
			"aucun fichier indiqué\u00A0; voir paraph %s --help", s->command->name);
	if (sinks_plain_format(s) == NULL && s->reports.n == 0)
		with_format.format = "jsonl";
	int status = open_engine(s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	status = merge_with(&with_format, engine);
	paraph_engine_close(engine);
	return status;
}

const command command_report_merge = {
	.name = "report merge",
	.bit = IN_REPORT_MERGE,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "put reports of shards together (--format jsonl, --shard)",
	.summary_fr = "réunir les rapports de plusieurs parties (--format jsonl, --shard)",
	.help_en =
		"Reads reports that paraph check --format jsonl wrote, and writes one in the "
		"order\n"
		"of the paths: jsonl, or any form that does not show the documents (--format\n"
		"sarif, json, junit …). What is written does not depend on how the run was "
		"cut.\n"
		"A document that stands in two of them is an error.",
	.help_fr =
		"Lit des rapports écrits par paraph check --format jsonl et en écrit un, dans\n"
		"l’ordre des chemins\u00A0: jsonl, ou toute forme qui ne montre pas les "
		"documents\n"
		"(--format sarif, json, junit…). Le résultat ne dépend pas du découpage. Un\n"
		"document qui figure dans deux d’entre eux est une erreur.",
	.run = merge,
};
