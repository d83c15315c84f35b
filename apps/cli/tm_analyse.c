/* paraph tm analyse: how much of documents the memory has. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/each.h"
#include "apps/cli/output.h"
#include "apps/cli/tms.h"

typedef struct analyser {
	const settings *s;
	paraph_tm *tm;
	paraph_leverage all[PARAPH_BANDS];
	output out;
} analyser;

static const char *const names[PARAPH_BANDS][2] = {
	{ "in context (101)", "en contexte (101)" },
	{ "repetitions", "répétitions" },
	{ "100", "100" },
	{ "95–99", "95-99" },
	{ "85–94", "85-94" },
	{ "75–84", "75-84" },
	{ "50–74", "50-74" },
	{ "internal, 75 and more", "internes, 75 et plus" },
	{ "no match", "sans correspondance" },
};

static int
analyse_one(void *user, paraph_session *session, const paraph_result *r)
{
	analyser *a = user;

	paraph_status done = paraph_tm_analyse(
		a->tm, session, r, a->s->source_lang, a->s->target_lang, a->all);
	if (done != PARAPH_OK)
		return tm_trouble(a->s, a->tm, done);
	return EXIT_CLEAN;
}

static void
put_row(analyser *a, const char *name, const paraph_leverage *x, uint64_t of_words)
{
	double share = of_words == 0 ? 0 : 100.0 * (double)x->words / (double)of_words;
	const char *format = a->s->format == NULL ? "text" : a->s->format;
	char line[256];
	int width = 24;

	for (const char *c = name; *c != '\0'; c++)
		width += ((unsigned char)*c & 0xC0) == 0x80;
	if (strcmp(format, "csv") == 0)
		snprintf(line, sizeof(line), "%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%.1f\r\n",
			strchr(name, ',') != NULL ? "internal" : name, x->segments, x->words,
			x->characters, share);
	else if (strcmp(format, "html") == 0)
		snprintf(line, sizeof(line),
			"<tr><th scope=\"row\">%s</th><td>%" PRIu64 "</td><td>%" PRIu64
			"</td><td>%" PRIu64 "</td><td>%.1f</td></tr>\n",
			name, x->segments, x->words, x->characters, share);
	else if (strcmp(format, "tsv") == 0)
		snprintf(line, sizeof(line),
			"%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%.1f\n", name, x->segments,
			x->words, x->characters, share);
	else
		snprintf(line, sizeof(line),
			"%-*s %9" PRIu64 " %9" PRIu64 " %11" PRIu64 " %6.1f\n", width, name,
			x->segments, x->words, x->characters, share);
	output_write(&a->out, line, strlen(line));
}

static void
put_head(analyser *a)
{
	const char *format = a->s->format == NULL ? "text" : a->s->format;
	const char *head =
		strcmp(format, "csv") == 0   ? "match,segments,words,characters,percent\r\n"
		: strcmp(format, "tsv") == 0 ? "match\tsegments\twords\tcharacters\tpercent\n"
		: strcmp(format, "html") == 0
			? say(a->s,
				  "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
				  "<title>Leverage</title>\n<table>\n<tr><th>match<th>segments"
				  "<th>words<th>characters<th>%</tr>\n",
				  "<!DOCTYPE html>\n<html lang=\"fr\"><meta charset=\"utf-8\">"
				  "<title>Analyse</title>\n<table>\n<tr><th>correspondance"
				  "<th>segments<th>mots<th>caractères<th>%</tr>\n")
			: say(a->s,
				  "match                     segments     words  characters    "
				  "  %\n",
				  "correspondance            segments      mots  caractères    "
				  "  %\n");

	output_write(&a->out, head, strlen(head));
}

static void
put_table(analyser *a)
{
	int french = a->s->ui == PARAPH_LANGUAGE_FR;
	paraph_leverage sum = { 0 };

	for (size_t i = 0; i < PARAPH_BANDS; i++) {
		sum.segments += a->all[i].segments;
		sum.words += a->all[i].words;
		sum.characters += a->all[i].characters;
	}
	put_head(a);
	for (size_t i = 0; i < PARAPH_BANDS; i++)
		put_row(a, names[i][french], &a->all[i], sum.words);
	put_row(a, say(a->s, "all", "total"), &sum, sum.words);
	if (a->s->format != NULL && strcmp(a->s->format, "html") == 0)
		output_write(&a->out, "</table>\n</html>\n", 17);
}

static int
tm_analyse(const settings *s)
{
	analyser a = { .s = s };

	if (s->format != NULL && strcmp(s->format, "text") != 0 &&
		strcmp(s->format, "csv") != 0 && strcmp(s->format, "tsv") != 0 &&
		strcmp(s->format, "html") != 0)
		return complain(s, "--format: text, csv, tsv or html",
			"--format\u00A0: text, csv, tsv ou html");
	int status = open_tm(s, NULL, false, &a.tm);
	if (status != EXIT_CLEAN)
		return status;
	status = output_open(&a.out, s, s->output);
	if (status == EXIT_CLEAN) {
		status = each_file(s, &s->paths, analyse_one, &a);
		if (status == EXIT_CLEAN)
			put_table(&a);
		int closed = status == EXIT_CLEAN ? output_close(&a.out, s)
						  : output_close_unread(&a.out, s);
		if (closed != EXIT_CLEAN)
			status = EXIT_TROUBLE;
	}
	close_tm(s, a.tm);
	return status;
}

const command command_tm_analyse = {
	.name = "tm analyse",
	.bit = IN_TM_ANALYSE,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "how much of documents a memory has",
	.summary_fr = "ce que la mémoire a déjà de documents",
	.help_en = "Counts the segments, words and characters of documents by the best match "
		   "that the\n"
		   "memory has for them; repetitions have the same text earlier in the "
		   "documents,\n"
		   "internal ones a similar one.",
	.help_fr = "Compte les segments, mots et caractères de documents selon la meilleure "
		   "correspondance\n"
		   "de la mémoire\u00A0; les répétitions ont le même texte plus haut dans les "
		   "documents, les\n"
		   "internes un texte voisin.",
	.run = tm_analyse,
};
