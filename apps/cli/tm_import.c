/* paraph tm import: files of translations into a memory. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/inputs.h"
#include "apps/cli/output.h"
#include "apps/cli/progress.h"
#include "apps/cli/tm_align.h"
#include "apps/cli/tms.h"

typedef struct importer {
	const settings *s;
	output *report; /* NULL: standard error */
	progress progress;
	const char *path;
	paraph_tm *tm; /* with --align */
} importer;

static void
put(importer *i, const char *text)
{
	progress_clear(&i->progress);
	if (i->report != NULL)
		output_write(i->report, text, strlen(text));
	else
		fputs(text, stderr);
}

static paraph_status
skipped(void *user, unsigned line, unsigned column, const char *why)
{
	importer *i = user;
	char place[32] = "";

	if (line != 0)
		snprintf(place, sizeof(place), ":%u:%u", line, column);
	put(i, i->path);
	put(i, place);
	put(i, ": ");
	put(i, why);
	put(i, "\n");
	return PARAPH_OK;
}

static paraph_status
show_progress(void *user, uint64_t bytes, uint64_t of, uint64_t units)
{
	importer *i = user;

	(void)units;
	progress_show(&i->progress, of == 0 ? 0 : (size_t)(bytes * 100 / of), i->path);
	return PARAPH_OK;
}

/* document: of units that do not say theirs; name: what people know the file by. */
static int
import_one(importer *i, paraph_tm *tm, const char *path, const char *name, const char *document)
{
	const settings *s = i->s;
	paraph_tm_counts n;
	paraph_tm_import import = { .path = path,
		.format = s->from,
		.source = s->source_lang,
		.target = s->target_lang,
		.document = document,
		.author = s->author,
		.user = i,
		.skipped = skipped,
		.progress = show_progress };

	i->path = name;
	progress_begin(&i->progress, i->s, 100);
	paraph_status done = paraph_tm_import_file(tm, &import, &n);
	progress_clear(&i->progress);
	if (done != PARAPH_OK)
		return tm_trouble(s, tm, done);
	printf(say(s,
		       "%s: %" PRIu64 " added, %" PRIu64 " there already, %" PRIu64
		       " left out\n",
		       "%s : ajouts %" PRIu64 ", déjà là %" PRIu64 ", laissées de côté %" PRIu64
		       "\n"),
		name, n.added, n.same, n.skipped);
	return n.skipped == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int
import_aligned(void *user, const char *tmx, const char *name)
{
	importer *i = user;

	return import_one(i, i->tm, tmx, name, i->s->document == NULL ? name : i->s->document);
}

static int
align_all(importer *i, paraph_tm *tm)
{
	list paths = { 0 };
	int missing = inputs_collect(i->s, &paths);

	i->tm = tm;
	int status = tm_align_all(i->s, &paths, import_aligned, i);
	list_free(&paths);
	return missing > status ? missing : status;
}

static int
import_all(importer *i)
{
	paraph_tm *tm;
	int status = open_tm(i->s, i->s->into, true, &tm);

	if (status != EXIT_CLEAN)
		return status;
	if (i->s->align) {
		status = align_all(i, tm);
		paraph_tm_close(tm);
		return status;
	}
	for (size_t k = 0; k < i->s->paths.n && status != EXIT_TROUBLE; k++) {
		int one =
			import_one(i, tm, i->s->paths.at[k], i->s->paths.at[k], i->s->document);
		status = one > status ? one : status;
	}
	paraph_tm_close(tm);
	return status;
}

static int
tm_import(const settings *s)
{
	output report;
	importer i = { .s = s };

	if (s->paths.n == 0)
		return complain(s, "tm import wants a file; “-” is standard input",
			"tm import demande un fichier ; « - » est l’entrée standard");
	if (s->report == NULL)
		return import_all(&i);
	int status = output_open(&report, s, s->report);
	if (status != EXIT_CLEAN)
		return status;
	i.report = &report;
	status = import_all(&i);
	if (output_close(&report, s) != EXIT_CLEAN)
		status = EXIT_TROUBLE;
	return status;
}

const command command_tm_import = {
	.name = "tm import",
	.bit = IN_TM_IMPORT,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "take translations from files into a memory",
	.summary_fr = "verser des traductions dans une mémoire",
	.help_en =
		"Takes TMX, TSV, XLIFF and PO files into your own memory, or into the one "
		"that\n"
		"--into names. What is there already is passed by, so an import that was\n"
		"interrupted goes on when it is run again. Exit status 1 when something is "
		"left\n"
		"out; each place and reason is told. With --align: documents and folders of\n"
		"documents that go together by their names (report_E.docx, report_F.docx) are\n"
		"laid side by side, and the pairs that are sure enough are taken.",
	.help_fr =
		"Verse des fichiers TMX, TSV, XLIFF et PO dans votre mémoire, ou dans celle "
		"que\n"
		"nomme --into. Ce qui s’y trouve déjà est passé\u00A0: un versement interrompu "
		"reprend\n"
		"quand on le relance. État de sortie 1 si quelque chose est laissé de "
		"côté\u00A0; "
		"chaque\n"
		"endroit est dit, avec la raison. Avec --align\u00A0: des documents et "
		"dossiers de\n"
		"documents qui vont ensemble par leur nom (rapport_E.docx, rapport_F.docx) "
		"sont\n"
		"mis en regard, et les paires assez sûres sont versées.",
	.run = tm_import,
};
