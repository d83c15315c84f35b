/* What actions have the server do: entries in one's own dictionary and glossary. The files are
 * replaced whole or not at all. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "apps/cli/output.h"
#include "apps/lsp/server.h"

static void
fail(fault *f, const char *path, const char *why)
{
	f->code = CODE_FAILED;
	snprintf(f->message, sizeof(f->message), "%.300s: %.200s", path, why);
}

/* The folders above a file. */
static void
make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0777); /* opening the file tells what is wrong */
		*slash = '/';
	}
}

/* Is the word a line of the file? What the file holds is written to out. */
static bool
copy_lines(const char *path, const char *word, output *out)
{
	FILE *f = fopen(path, "r");
	char line[4096];
	bool met = false, whole = true;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		size_t n = strlen(line);
		output_write(out, line, n);
		bool ends = line[n - 1] == '\n';
		size_t text = strcspn(line, "\r\n");
		met = met || (whole && text == strlen(word) && memcmp(line, word, text) == 0);
		whole = ends;
	}
	if (f != NULL)
		fclose(f);
	if (!whole)
		output_write(out, "\n", 1);
	return met;
}

static json_t *
reload(void)
{
	return json_pack("{s:b}", "paraph.reload", 1);
}

static json_t *
add_word(bench *b, const char *word, fault *f)
{
	char path[4096];
	output out;

	if (word == NULL || word[0] == '\0' || strpbrk(word, "\r\n") != NULL) {
		f->code = CODE_PARAMS;
		return NULL;
	}
	if (!bench_personal_words(path, sizeof(path))) {
		fail(f, "HOME", bench_say(b, "not set", "non défini"));
		return NULL;
	}
	make_folders(path);
	if (output_open(&out, b->cli, path) != EXIT_CLEAN) {
		fail(f, path, paraph_system_message(errno, b->ui));
		return NULL;
	}
	if (copy_lines(path, word, &out)) {
		output_abandon(&out);
		return reload();
	}
	output_write(&out, word, strlen(word));
	output_write(&out, "\n", 1);
	if (output_close(&out, b->cli) != EXIT_CLEAN)
		fail(f, path, bench_say(b, "cannot be written", "ne peut être écrit"));
	return f->code == 0 ? reload() : NULL;
}

static json_t *
add_term(bench *b, const json_t *names, fault *f)
{
	static const char *const known[] = { "fr", "en" };
	char cells[2][512], id[2200];
	const char *given[3] = { NULL };
	size_t n = 0;

	for (size_t i = 0; i < 2; i++) {
		const char *name = message_text(names, known[i]);
		if (name == NULL || name[0] == '\0')
			continue;
		if (snprintf(cells[n], sizeof(cells[n]), "%s=%s", known[i], name) <
			(int)sizeof(cells[n])) {
			given[n] = cells[n];
			n++;
		}
	}
	if (n == 0) {
		f->code = CODE_PARAMS;
		return NULL;
	}
	paraph_termbase_options o = { .data_folder = b->cli->data, .ui = b->ui };
	paraph_edit e = { .kind = PARAPH_EDIT_ADD, .cells = given, .who = getenv("USER") };
	bench_close_terms(b);
	if (paraph_termbase_edit(&o, &e, id, sizeof(id), f->message, sizeof(f->message)) ==
		PARAPH_OK)
		return reload();
	f->code = CODE_FAILED;
	return NULL;
}

static json_t *
execute(bench *b, checked *d, const json_t *params, fault *f)
{
	const char *command = message_text(params, "command");
	const json_t *argument = json_array_get(json_object_get(params, "arguments"), 0);

	(void)d;
	strcpy(f->message, "no such command, or not its arguments");
	if (command != NULL && strcmp(command, "paraph.addWord") == 0)
		return add_word(b, message_text(argument, "word"), f);
	if (command != NULL && strcmp(command, "paraph.addTerm") == 0)
		return add_term(b, argument, f);
	f->code = CODE_PARAMS;
	return NULL;
}

const method method_execute_command = {
	.name = "workspace/executeCommand", .request = true, .work = execute
};
