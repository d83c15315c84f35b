/* What actions have the server do: entries in one's own dictionary and glossary. The files are
 * replaced whole or not at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/open.h"
#include "apps/lsp/server.h"

static void
fail(fault *f, const char *path, const char *why)
{
	f->code = CODE_FAILED;
	snprintf(f->message, sizeof(f->message), "%.300s: %.200s", path, why);
}

static json_t *
reload(void)
{
	return json_pack("{s:b}", "paraph.reload", 1);
}

static json_t *
add_word(backend *b, const char *word, fault *f)
{
	char path[4096];
	bool changed;

	if (word == NULL) {
		f->code = CODE_PARAMS;
		return NULL;
	}
	if (!personal_words(b->cli, path, sizeof(path))) {
		fail(f, b->cli->no_config ? "words.txt" : "HOME",
			b->cli->no_config ? backend_say(b, "left alone by --no-config",
						    "laissé de côté par --no-config")
					  : backend_say(b, "not set", "non défini"));
		return NULL;
	}
	paraph_status done = paraph_words_change(path, (paraph_text){ word, strlen(word) },
		true, &changed, b->ui, f->message, sizeof(f->message));
	if (done == PARAPH_OK)
		return reload();
	f->code = done == PARAPH_USAGE ? CODE_PARAMS : CODE_FAILED;
	return NULL;
}

static json_t *
add_term(backend *b, const json_t *names, fault *f)
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
	paraph_edit e = { .kind = PARAPH_EDIT_ADD, .cells = given, .who = user_name() };
	backend_close_terms(b);
	if (paraph_termbase_edit(&o, &e, id, sizeof(id), f->message, sizeof(f->message)) ==
		PARAPH_OK)
		return reload();
	f->code = CODE_FAILED;
	return NULL;
}

static json_t *
execute(backend *b, checked *d, const json_t *params, fault *f)
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
