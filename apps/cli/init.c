/* paraph init: a commented paraph.yaml to start from, after a look at the folder. It never
 * writes over one. The keys, what they mean and their examples come from the library's table.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/command.h"
#include "apps/cli/inputs.h"
#include "apps/cli/open.h"

#define READ_MOST 200 /* documents: enough to know the languages, and soon over */
#define TRIED_MOST 50 /* tables and rule files that might be something */
#define FORMATS_MOST 32
#define NAME "paraph.yaml"

typedef struct sight { /* of the folder */
	const settings *s;
	const char *folder;
	list documents;
	size_t read, french, english;
	struct {
		const char *name;
		size_t count;
	} formats[FORMATS_MOST];
	size_t format_count;
	list termbases, memories, words, rule_files, baseline;
} sight;

static bool
ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n >= m && strcmp(path + n - m, end) == 0;
}

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* From the folder, as the file of settings names it. */
static void
note(const sight *x, list *l, const char *path)
{
	size_t n = strlen(x->folder);

	if (strncmp(path, x->folder, n) == 0)
		path += n + (path[n] == '/');
	list_add(l, path, strlen(path));
}

static paraph_status
stop_at_first(void *user, paraph_text concept)
{
	(void)concept;
	*(bool *)user = true;
	return PARAPH_USAGE;
}

static bool
is_termbase(const sight *x, const char *path)
{
	const char *paths[] = { path, NULL };
	paraph_termbase_options options = {
		.data_folder = x->s->data, .no_builtin = true, .paths = paths
	};
	paraph_termbase *t;
	bool any = false;

	if (paraph_termbase_open(&t, &options, NULL, 0) != PARAPH_OK)
		return false;
	(void)paraph_termbase_each(t, stop_at_first, &any);
	paraph_termbase_close(t);
	return any;
}

static bool
is_rule_file(const sight *x, const char *path)
{
	const char *paths[] = { path, NULL };
	paraph_options options = { .data_folder = x->s->data, .rules = paths };
	paraph_engine *e;

	if (paraph_engine_open(&e, &options, NULL, 0) != PARAPH_OK)
		return false;
	bool any = paraph_engine_rule_count(e) > paraph_rule_count();
	paraph_engine_close(e);
	return any;
}

static void
count_format(sight *x, const char *name)
{
	size_t i = 0;

	while (i < x->format_count && strcmp(x->formats[i].name, name) != 0)
		i++;
	if (i == FORMATS_MOST)
		return;
	if (i == x->format_count)
		x->formats[x->format_count++].name = name;
	x->formats[i].count++;
}

static void
look_at_document(sight *x, paraph_session *session, const char *path)
{
	paraph_result *r;

	if (x->read == READ_MOST || paraph_read_file(session, path, &r) != PARAPH_OK)
		return;
	const char *language = paraph_result_language(r);
	x->read++;
	x->french += strcmp(language, "fr") == 0;
	x->english += strcmp(language, "en") == 0;
	count_format(x, paraph_result_format(r));
	paraph_result_free(r);
}

/* What paraph can be told to use, and else a document. */
static void
look_at(sight *x, paraph_session *session, const char *path, size_t *tried)
{
	bool may_try = *tried < TRIED_MOST;

	if (strcmp(last_name(path), "words.txt") == 0) {
		note(x, &x->words, path);
	} else if (strcmp(last_name(path), "paraph-baseline.tsv") == 0) {
		note(x, &x->baseline, path);
	} else if (ends_with(path, ".tbx") || ends_with(path, ".tsv") ||
		   ends_with(path, ".csv")) {
		*tried += 1;
		if (may_try && is_termbase(x, path))
			note(x, &x->termbases, path);
	} else if (ends_with(path, ".yaml") || ends_with(path, ".yml")) {
		*tried += 1;
		if (may_try && is_rule_file(x, path))
			note(x, &x->rule_files, path);
	} else {
		look_at_document(x, session, path);
	}
}

static int
look_around(sight *x)
{
	paraph_engine *engine;
	paraph_session *session;
	size_t tried = 0;
	settings here = *x->s;

	here.paths = (list){ 0 };
	list_add(&here.paths, x->folder, strlen(x->folder));
	int status = inputs_collect(&here, &x->documents);
	list_free(&here.paths);
	if (status == EXIT_CLEAN)
		status = open_engine(x->s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	if (paraph_session_open(&session, engine) == PARAPH_OK) {
		for (size_t i = 0; i < x->documents.n; i++)
			look_at(x, session, x->documents.at[i], &tried);
		paraph_session_close(session);
	}
	paraph_engine_close(engine);
	return EXIT_CLEAN;
}

/* --- writing --- */

static void
put_found(FILE *f, const sight *x)
{
	fprintf(f,
		say(x->s,
			"# Settings of paraph for the documents of this folder and below it.\n"
			"# `paraph config show FILE` tells what holds for one of them. A line "
			"that "
			"begins\n"
			"# with #, a word and a colon is an example: take the # away.\n#\n"
			"# Looked at: documents %zu, in French %zu, in English %zu",
			"# Réglages de paraph pour les documents de ce dossier et d’en "
			"dessous.\n"
			"# «\u00A0paraph config show FICHIER\u00A0» dit ce qui vaut pour l’un "
			"d’eux. Une "
			"ligne qui\n"
			"# commence par #, un mot et un deux-points est un exemple\u00A0: ôter "
			"le #.\n#\n"
			"# Vus\u00A0: %zu documents, dont %zu en français et %zu en anglais"),
		x->read, x->french, x->english);
	for (size_t i = 0; i < x->format_count; i++)
		fprintf(f, "%s%s %zu", i == 0 ? " (" : ", ", x->formats[i].name,
			x->formats[i].count);
	fprintf(f, "%s.\n", x->format_count == 0 ? "" : ")");
}

static const list *
found_for(const sight *x, const char *key)
{
	return strcmp(key, "termbases") == 0    ? &x->termbases
	       : strcmp(key, "memories") == 0   ? &x->memories
	       : strcmp(key, "words") == 0      ? &x->words
	       : strcmp(key, "rule-files") == 0 ? &x->rule_files
	       : strcmp(key, "baseline") == 0   ? &x->baseline
						: NULL;
}

/* A name as YAML: in quotation marks, which any file name stands. */
static void
put_name(FILE *f, const char *name)
{
	fputc('"', f);
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			fputc('\\', f);
		fputc(*name, f);
	}
	fputc('"', f);
}

static void
put_key(FILE *f, const sight *x, const char *key, const char *help, const char *example)
{
	const list *found = found_for(x, key);

	fprintf(f, "\n# %s\n", help);
	if (found != NULL && found->n != 0 && strcmp(key, "baseline") == 0) {
		fprintf(f, "%s: ", key);
		put_name(f, found->at[0]);
		fputc('\n', f);
	} else if (found != NULL && found->n != 0) {
		fprintf(f, "%s:\n", key);
		for (size_t i = 0; i < found->n; i++) {
			fputs("  - ", f);
			put_name(f, found->at[i]);
			fputc('\n', f);
		}
	} else {
		fprintf(f, "#%s:%s", key, example[0] == '\n' ? "" : " ");
		for (const char *c = example; *c != '\0'; c++) {
			fputc(*c, f);
			if (*c == '\n')
				fputc('#', f);
		}
		fputc('\n', f);
	}
}

static int
write_file(const sight *x, const char *path)
{
	const char *key, *help, *example;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	if (f == NULL)
		return complain(x->s, "%s: %s", "%s\u00A0: %s", path,
			paraph_system_message(errno, x->s->ui));
	put_found(f, x);
	for (size_t i = 0; (key = paraph_setting_key(i, x->s->ui, &help, &example)) != NULL;
		i++)
		put_key(f, x, key, help, example);
	bool failed = ferror(f) != 0;
	failed = fclose(f) != 0 || failed;
	if (!failed)
		return EXIT_CLEAN;
	unlink(path);
	return complain(
		x->s, "%s: %s", "%s\u00A0: %s", path, paraph_system_message(errno, x->s->ui));
}

static void
free_sight(sight *x)
{
	list_free(&x->documents);
	list_free(&x->termbases);
	list_free(&x->memories);
	list_free(&x->words);
	list_free(&x->rule_files);
	list_free(&x->baseline);
}

static int
init(const settings *s)
{
	char path[4096];
	sight x = { .s = s, .folder = s->paths.n == 0 ? "." : s->paths.at[0] };

	if (s->paths.n > 1)
		return complain(
			s, "init: one folder at a time", "init\u00A0: un dossier à la fois");
	int n = snprintf(path, sizeof(path), "%s/" NAME, x.folder);
	if (n < 0 || (size_t)n >= sizeof(path))
		return complain(
			s, "%s: the path is too long", "%s\u00A0: chemin trop long", x.folder);
	if (access(path, F_OK) == 0)
		return complain(s, "%s: it is there already, and stays as it is",
			"%s\u00A0: existe déjà, et reste tel quel", path);
	int status = look_around(&x);
	if (status == EXIT_CLEAN)
		status = write_file(&x, path);
	if (status == EXIT_CLEAN)
		printf(say(s, "%s: written; documents looked at: %zu\n",
			       "%s\u00A0: écrit\u00A0; documents vus\u00A0: %zu\n"),
			path, x.read);
	free_sight(&x);
	return status;
}

const command command_init = {
	.name = "init",
	.bit = IN_INIT,
	.arguments_en = "[OPTION…] [FOLDER]",
	.arguments_fr = "[OPTION…] [DOSSIER]",
	.summary_en = "write a commented paraph.yaml to start from",
	.summary_fr = "écrire un paraph.yaml commenté, pour commencer",
	.help_en =
		"Looks at the folder (by default, this one): languages, formats, glossaries, "
		"rule\n"
		"files and word lists that are there. A paraph.yaml that exists stays as it "
		"is.",
	.help_fr = "Regarde le dossier (par défaut, celui-ci)\u00A0: langues, formats, "
		   "glossaires,\n"
		   "fichiers de règles et listes de mots. Un paraph.yaml qui existe reste tel "
		   "quel.",
	.run = init,
};
