/* paraph tm export: a memory as a file of exchange. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/output.h"
#include "apps/cli/tms.h"

static paraph_status
write_piece(void *user, const char *bytes, size_t n)
{
	output_write(user, bytes, n);
	return PARAPH_OK;
}

static const char *
format_of(const settings *s)
{
	size_t n = s->output == NULL ? 0 : strlen(s->output);

	if (s->to != NULL)
		return s->to;
	return n > 4 && strcmp(s->output + n - 4, ".tsv") == 0 ? "tsv" : "tmx";
}

static int
write_out(const settings *s, paraph_tm *tm)
{
	paraph_tm_filter filter = { s->source_lang, s->target_lang, s->document, s->author,
		s->since, s->until };
	uint64_t units, lost;
	output out;
	int status = output_open(&out, s, s->output);

	if (status != EXIT_CLEAN)
		return status;
	paraph_status done =
		paraph_tm_export(tm, &filter, format_of(s), write_piece, &out, &units, &lost);
	if (done != PARAPH_OK) {
		output_abandon(&out);
		return tm_trouble(s, tm, done);
	}
	status = output_close(&out, s);
	if (status == EXIT_CLEAN && lost != 0)
		return complain(s,
			"the memory is damaged: %" PRIu64 " units saved, %" PRIu64
			" numbers could not be read",
			"la mémoire est abîmée\u00A0: %" PRIu64 " unités sauvées, %" PRIu64
			" numéros illisibles",
			units, lost);
	return status;
}

static int
tm_export(const settings *s)
{
	paraph_tm *tm;
	const char *path = s->paths.n == 0 ? NULL : s->paths.at[0];

	if (s->paths.n > 1)
		return complain(s, "one memory at a time", "une seule mémoire à la fois");
	int status = open_tm(s, path, false, &tm);
	if (status != EXIT_CLEAN)
		return status;
	status = write_out(s, tm);
	paraph_tm_close(tm);
	return status;
}

const command command_tm_export = {
	.name = "tm export",
	.bit = IN_TM_EXPORT,
	.arguments_en = "[OPTION…] [MEMORY]",
	.arguments_fr = "[OPTION…] [MÉMOIRE]",
	.summary_en = "write a memory as TMX or TSV",
	.summary_fr = "écrire une mémoire en TMX ou en TSV",
	.help_en =
		"Writes your own memory, or the one named, as TMX 1.4b or as a table. The\n"
		"output appears whole or not at all. Of a damaged memory it saves what can be\n"
		"read, and exits with status 2.",
	.help_fr =
		"Écrit votre mémoire, ou celle qui est nommée, en TMX 1.4b ou en tableau. La "
		"sortie\n"
		"paraît en entier ou pas du tout. D’une mémoire abîmée, elle sauve ce qui se "
		"lit, et\n"
		"sort avec l’état 2.",
	.run = tm_export,
};
