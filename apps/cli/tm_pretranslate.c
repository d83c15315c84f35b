/* paraph tm pretranslate: a document with what the memory has for it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/each.h"
#include "apps/cli/output.h"
#include "apps/cli/tms.h"

typedef struct pretranslator {
	const settings *s;
	paraph_tm *tm;
	paraph_tm_pretranslation how;
} pretranslator;

static int
put_file(const settings *s, const char *path, const char *bytes, size_t n)
{
	output out;
	int status = output_open(&out, s, path);

	if (status != EXIT_CLEAN)
		return status;
	output_write(&out, bytes, n);
	return output_close(&out, s);
}

static void
tell(const settings *s, const char *path, const paraph_tm_pretranslated *n)
{
	if (s->quiet)
		return;
	fprintf(stderr,
		say(s,
			"%s: %" PRIu64 " segments: %" PRIu64 " translated before, %" PRIu64
			" in context, %" PRIu64 " exact, %" PRIu64 " similar, %" PRIu64
			" without a match\n",
			"%s\u00A0: %" PRIu64 " segments\u00A0: %" PRIu64
			" déjà traduits, %" PRIu64 " en contexte, %" PRIu64
			" identiques, %" PRIu64 " voisins, %" PRIu64 " sans correspondance\n"),
		path, n->segments, n->translated, n->context, n->exact, n->fuzzy, n->none);
}

static int
pretranslate_one(void *user, paraph_session *session, const paraph_result *r)
{
	pretranslator *x = user;
	const settings *s = x->s;
	paraph_tm_pretranslated counts;
	char *bytes;
	size_t n;

	const char *path = paraph_result_path(r).p;
	paraph_status done =
		paraph_tm_pretranslate(x->tm, session, r, &x->how, &bytes, &n, &counts);
	if (done != PARAPH_OK)
		return tm_trouble(s, x->tm, done);
	int status =
		s->in_place && !counts.bilingual
			? complain(s, "%s: not XLIFF, PO or TMX: -o FILE.xlf makes XLIFF of it",
				  "%s\u00A0: ni XLIFF, ni PO, ni TMX\u00A0: -o FICHIER.xlf en "
				  "fait "
				  "du XLIFF",
				  path)
			: put_file(s, s->in_place ? path : s->output, bytes, n);
	if (status == EXIT_CLEAN)
		tell(s, path, &counts);
	paraph_bytes_free(session, bytes);
	return status;
}

static int
tm_pretranslate(const settings *s)
{
	pretranslator x = { .s = s };
	long least = 70;

	if (s->least != NULL && !read_number(s->least, 50, 101, &least))
		return complain(s, "--min: a number from 50 to 101",
			"--min\u00A0: un nombre de 50 à 101");
	if (s->in_place && s->output != NULL)
		return complain(
			s, "--in-place or -o, not both", "--in-place ou -o, pas les deux");
	if (!s->in_place && s->paths.n > 1)
		return complain(s, "several files: only with --in-place",
			"plusieurs fichiers\u00A0: seulement avec --in-place");
	x.how.source = s->source_lang;
	x.how.target = s->target_lang;
	x.how.threshold = (int)least * 100;
	if (read_penalties(s, &x.how.penalty) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	int status = open_tm(s, NULL, false, &x.tm);
	if (status != EXIT_CLEAN)
		return status;
	status = each_file(s, &s->paths, pretranslate_one, &x);
	close_tm(s, x.tm);
	return status;
}

const command command_tm_pretranslate = {
	.name = "tm pretranslate",
	.bit = IN_TM_PRETRANSLATE,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "put the best matches into a file to be translated",
	.summary_fr = "mettre les meilleures correspondances dans un fichier à traduire",
	.help_en = "Gives each segment of an XLIFF, PO or TMX file that has no translation the "
		   "best\n"
		   "match of the memory, and changes nothing else in it. What is not the very "
		   "text "
		   "is\n"
		   "marked for review. Of Word documents and other texts it makes XLIFF 1.2.",
	.help_fr =
		"Donne à chaque segment d’un fichier XLIFF, PO ou TMX qui n’a pas de "
		"traduction "
		"la\n"
		"meilleure correspondance de la mémoire, sans rien y changer d’autre. Ce qui "
		"n’est\n"
		"pas le texte même est marqué à relire. D’un document Word ou d’un autre "
		"texte, "
		"il\n"
		"fait du XLIFF 1.2.",
	.run = tm_pretranslate,
};
