/* paraph term import: files of terms into a store, one's own unless another is named. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/output.h"
#include "apps/cli/progress.h"
#include "apps/cli/terms.h"

#define PART 10000 /* concepts */

typedef struct importer {
	const settings *s;
	output *report; /* NULL: standard error */
	progress progress;
	const char *path; /* of the file in hand */
	bool mapped;      /* the line about columns was begun */
} importer;

/* A piece of text for people, on the report or on standard error. */
static void
put(importer *i, const char *text)
{
	progress_clear(&i->progress);
	if (i->report != NULL)
		output_write(i->report, text, strlen(text));
	else
		fputs(text, stderr);
}

static void
end_mapping(importer *i)
{
	if (i->mapped)
		fputs("\n", stderr);
	i->mapped = false;
}

static paraph_status
skipped(void *user, unsigned line, unsigned column, const char *why)
{
	importer *i = user;
	char place[32] = "";

	end_mapping(i);
	if (line != 0)
		snprintf(place, sizeof(place), ":%u:%u", line, column);
	put(i, i->path);
	put(i, place);
	put(i, ": ");
	put(i, why);
	put(i, "\n");
	return PARAPH_OK;
}

/* "terms.csv: Français → fr, Remarks → note, X passed over"; what has our own name goes without
 * saying. */
static void
column(void *user, paraph_text name, const char *taken_for)
{
	importer *i = user;

	if (taken_for != NULL && text_is(name, taken_for))
		return;
	progress_clear(&i->progress);
	fprintf(stderr, "%s%s%.*s%s%s", i->mapped ? ", " : i->path, i->mapped ? "" : ": ",
		(int)name.n, name.p, taken_for == NULL ? "" : " → ",
		taken_for == NULL ? say(i->s, " passed over", " non retenue") : taken_for);
	i->mapped = true;
}

static void
encoding(void *user, const char *name)
{
	const importer *i = user;

	fprintf(stderr, say(i->s, "%s: read as %s\n", "%s\u00A0: lu comme %s\n"), i->path,
		name);
}

static paraph_status
show_progress(void *user, uint64_t bytes, uint64_t of, uint64_t concepts)
{
	importer *i = user;

	(void)concepts;
	end_mapping(i);
	progress_show(&i->progress, of == 0 ? 0 : (size_t)(bytes * 100 / of), i->path);
	return PARAPH_OK;
}

static int
import_one(importer *i, const char *path)
{
	const settings *s = i->s;
	char message[512] = "";
	paraph_import_counts n;
	paraph_termbase_options options = { .ui = s->ui };
	paraph_import import = { .path = path,
		.into = s->into,
		.format = s->from,
		.columns = s->columns,
		.who = user_name(),
		.part = s->in_parts ? PART : 0,
		.user = i,
		.skipped = skipped,
		.column = column,
		.encoding = encoding,
		.progress = show_progress };

	i->path = path;
	progress_begin(&i->progress, i->s, 100);
	paraph_status done =
		paraph_termbase_import(&options, &import, &n, message, sizeof(message));
	end_mapping(i);
	progress_clear(&i->progress);
	if (done != PARAPH_OK)
		return complain(s, "%s", "%s", message);
	printf(say(s,
		       "%s: %" PRIu64 " added, %" PRIu64 " changed, %" PRIu64
		       " there already, %" PRIu64 " left out\n",
		       "%s\u00A0: ajouts %" PRIu64 ", modifications %" PRIu64
		       ", déjà là %" PRIu64 ", laissées de côté %" PRIu64 "\n"),
		path, n.added, n.changed, n.same, n.skipped);
	return n.skipped == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int
import_all(importer *i)
{
	int status = EXIT_CLEAN;

	for (size_t k = 0; k < i->s->paths.n && status != EXIT_TROUBLE; k++) {
		int one = import_one(i, i->s->paths.at[k]);
		status = one > status ? one : status;
	}
	return status;
}

static int
term_import(const settings *s)
{
	output report;
	importer i = { .s = s };

	if (s->paths.n == 0)
		return complain(s, "term import wants a file; “-” is standard input",
			"term import demande un fichier\u00A0; «\u00A0-\u00A0» est l’entrée "
			"standard");
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

const command command_term_import = {
	.name = "term import",
	.bit = IN_TERM_IMPORT,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "take terms from files into a termbase",
	.summary_fr = "verser les termes de fichiers dans une base",
	.help_en =
		"Takes files of terms (TBX, CSV, XLSX, TSV) into your own termbase, or "
		"into the one\n"
		"that --into names; each file whole or not at all. A concept whose id is there "
		"already\n"
		"is replaced; one with the English and French names of another is left out. "
		"The\n"
		"columns of a CSV file are recognized by their names. Exit status 1 when\n"
		"something is left out.",
	.help_fr = "Verse des fichiers de termes (TBX, CSV, XLSX, TSV) dans votre base "
		   "personnelle, "
		   "ou dans\n"
		   "celle que nomme --into\u00A0; chaque fichier en entier ou pas du tout. Une "
		   "notion dont\n"
		   "l’identifiant existe est remplacée\u00A0; celle qui porte les noms "
		   "français et "
		   "anglais\n"
		   "d’une autre est laissée de côté. Les colonnes d’un fichier CSV sont "
		   "reconnues à\n"
		   "leur nom. État de sortie 1 si quelque chose est laissé de côté.",
	.run = term_import,
};
