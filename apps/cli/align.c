/* paraph align: a document and its translation side by side. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/output.h"

#define SURE 0.9
#define LEAST_DEFAULT 50 /* per cent */

static paraph_status
write_piece(void *user, const char *bytes, size_t n)
{
	output_write(user, bytes, n);
	return PARAPH_OK;
}

/* The format asked for, else by the end of the output's name, else a table. */
static const char *
format_of(const settings *s)
{
	const char *name, *extension;
	size_t n = s->output == NULL ? 0 : strlen(s->output);

	if (s->to != NULL)
		return s->to;
	for (size_t i = 0;
		(name = paraph_alignment_format_at(i, s->ui, &extension, NULL)) != NULL; i++)
		if (n > strlen(extension) &&
			strcmp(s->output + n - strlen(extension), extension) == 0)
			return name;
	return n > 6 && strcmp(s->output + n - 6, ".xliff") == 0 ? "xliff" : "tsv";
}

static int
language_of(const settings *s, const char *said, paraph_language *out)
{
	*out = PARAPH_LANGUAGE_AUTO;
	if (said == NULL)
		return EXIT_CLEAN;
	if (strncmp(said, "fr", 2) == 0)
		*out = PARAPH_LANGUAGE_FR;
	else if (strncmp(said, "en", 2) == 0)
		*out = PARAPH_LANGUAGE_EN;
	else
		return complain(s, "align knows the languages fr and en, not “%s”",
			"align connaît les langues fr et en, non «\u00A0%s\u00A0»", said);
	return EXIT_CLEAN;
}

static int
least_of(const settings *s, double *least)
{
	char *end;

	if (s->least == NULL) {
		*least = LEAST_DEFAULT / 100.0;
		return EXIT_CLEAN;
	}
	double n = strtod(s->least, &end);
	if (end == s->least || *end != '\0' || !(n >= 0 && n <= 100))
		return complain(s, "--min: “%s” is no percentage",
			"--min\u00A0: «\u00A0%s\u00A0» n’est pas un pourcentage", s->least);
	*least = n / 100;
	return EXIT_CLEAN;
}

/* On standard error, for the table may be going to standard output. */
static void
sum_up(const settings *s, const paraph_alignment *a, size_t left_out)
{
	size_t pairs = 0, lone[2] = { 0, 0 }, sure = 0, moved = 0;

	for (size_t i = 0; i < paraph_alignment_count(a); i++) {
		paraph_bead b = paraph_alignment_bead(a, i);
		if (b.count[0] == 0 || b.count[1] == 0) {
			lone[b.count[0] == 0]++;
			continue;
		}
		pairs++;
		sure += b.confidence >= SURE;
		moved += b.crossing;
	}
	fprintf(stderr,
		say(s,
			"%s → %s: %zu pairs (%zu sure, %zu moved); %zu without translation, "
			"%zu without source\n",
			"%s → %s\u00A0: %zu paires (%zu sûres, %zu déplacées)\u00A0; %zu sans "
			"traduction, "
			"%zu sans source\n"),
		paraph_alignment_language(a, 0), paraph_alignment_language(a, 1), pairs, sure,
		moved, lone[0], lone[1]);
	if (left_out > lone[0] + lone[1])
		fprintf(stderr,
			say(s, "%zu pairs that are not sure enough are left out (--min)\n",
				"%zu paires trop peu sûres sont laissées de côté (--min)\n"),
			left_out - lone[0] - lone[1]);
}

/* Two texts of one language are hardly translations of each other. */
static void
warn_of_languages(const settings *s, const paraph_alignment *a)
{
	const char *first = paraph_alignment_language(a, 0);

	if (strcmp(first, paraph_alignment_language(a, 1)) == 0 &&
		strcmp(first, "unknown") != 0)
		complain(s, "both documents seem to be in one language (%s)",
			"les deux documents semblent être dans la même langue (%s)", first);
}

static int
write_out(const settings *s, paraph_session *session, const paraph_alignment *a, double least)
{
	output out;
	size_t left_out = 0;
	int status = output_open(&out, s, s->output);

	if (status != EXIT_CLEAN)
		return status;
	if (paraph_alignment_write(session, a, format_of(s), least, write_piece, &out,
		    &left_out) != PARAPH_OK) {
		output_abandon(&out);
		return complain(s, "%s", "%s", paraph_session_message(session));
	}
	status = output_close(&out, s);
	if (status == EXIT_CLEAN && !s->quiet)
		sum_up(s, a, left_out);
	return status;
}

static int
align(const settings *s, paraph_session *session, const paraph_align *what, double least)
{
	paraph_alignment *a;

	if (paraph_align_files(session, what, &a) != PARAPH_OK)
		return complain(s, "%s", "%s", paraph_session_message(session));
	warn_of_languages(s, a);
	int status = write_out(s, session, a, least);
	paraph_alignment_free(a);
	return status;
}

static int
run_align(const settings *s)
{
	paraph_engine *engine;
	paraph_session *session = NULL;
	double least = 0;

	if (s->paths.n != 2)
		return complain(s, "align wants two documents: the source and its translation",
			"align demande deux documents\u00A0: la source et sa traduction");
	paraph_align what = {
		.source = s->paths.at[0], .target = s->paths.at[1], .lines = s->lines
	};
	if (language_of(s, s->source_lang, &what.source_language) != EXIT_CLEAN ||
		language_of(s, s->target_lang, &what.target_language) != EXIT_CLEAN ||
		least_of(s, &least) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	int status = open_engine(s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	if (paraph_session_open(&session, engine) != PARAPH_OK)
		status = complain(s, "out of memory", "plus assez de mémoire");
	else
		status = align(s, session, &what, least);
	paraph_session_close(session);
	paraph_engine_close(engine);
	return status;
}

const command command_align = {
	.name = "align",
	.bit = IN_ALIGN,
	.arguments_en = "[OPTION…] SOURCE TARGET",
	.arguments_fr = "[OPTION…] SOURCE TRADUCTION",
	.summary_en = "lay a document and its translation side by side",
	.summary_fr = "mettre un document et sa traduction en regard",
	.help_en =
		"Finds which sentences of two documents are translations of each other, from\n"
		"their lengths, numbers, symbols, terms and words, and from what memories\n"
		"(--tm) have of them, and writes them as a table (tsv), a memory (tmx), a\n"
		"bilingual file (xliff), a page to read (html) or numbers (beads), by the "
		"name\n"
		"of the output or --to. How sure each pair is stands beside it;\n"
		"docs/ALIGNMENT.md says how that is known.",
	.help_fr = "Trouve quelles phrases de deux documents se correspondent, d’après leur\n"
		   "longueur, leurs nombres, cotes, termes et mots, et d’après ce que des\n"
		   "mémoires (--tm) en contiennent, et les écrit en tableau (tsv), en mémoire\n"
		   "(tmx), en fichier bilingue (xliff), en page à lire (html) ou en numéros\n"
		   "(beads), selon le nom de la sortie ou --to. La sûreté de chaque paire est\n"
		   "indiquée\u00A0; docs/ALIGNMENT.md dit d’où elle vient.",
	.run = run_align,
};
