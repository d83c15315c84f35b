/* From initialize to exit, cancelling, and settings. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/server.h"

#define PAUSE_MS 150 /* longer than between two keys of somebody who types fast */

static bool
says_yes(const json_t *capabilities, const char *first, const char *second)
{
	return json_is_true(message_at(capabilities, first, second, NULL));
}

static bool
offers_bytes(const json_t *capabilities)
{
	const json_t *offered = message_at(capabilities, "general", "positionEncodings", NULL);
	json_t *one;
	size_t i;

	json_array_foreach(
		offered, i, one) if (json_is_string(one) &&
				     strcmp(json_string_value(one), "utf-8") == 0) return true;
	return false;
}

static void
read_client(server *s, const json_t *params)
{
	const json_t *c = json_object_get(params, "capabilities");

	s->client.bytes = offers_bytes(c);
	s->client.pulls = json_is_object(message_at(c, "textDocument", "diagnostic", NULL));
	s->client.refreshes =
		json_is_true(message_at(c, "workspace", "diagnostics", "refreshSupport", NULL));
	s->client.configuration = says_yes(c, "workspace", "configuration");
	s->client.progress = says_yes(c, "window", "workDoneProgress");
	s->client.watches = json_is_true(message_at(
		c, "workspace", "didChangeWatchedFiles", "dynamicRegistration", NULL));
}

static json_t *
abilities(const server *s)
{
	json_t *c = json_pack("{s:s, s:{s:b, s:i, s:b}, s:{s:s, s:b, s:b}, s:b}",
		"positionEncoding", s->client.bytes ? "utf-8" : "utf-16", "textDocumentSync",
		"openClose", 1, "change", 2, "save", 1, "diagnosticProvider", "identifier",
		"paraph", "interFileDependencies", 0, "workspaceDiagnostics", 0,
		"hoverProvider", 1);

	json_object_set_new(c, "codeActionProvider",
		json_pack("{s:[s, s, s]}", "codeActionKinds", "quickfix",
			"source.fixAll.paraph", "source.fixAll"));
	json_object_set_new(c, "completionProvider", json_pack("{s:b}", "resolveProvider", 0));
	json_object_set_new(c, "executeCommandProvider",
		json_pack("{s:[s, s]}", "commands", "paraph.addWord", "paraph.addTerm"));
	return c;
}

static void
initialize(server *s, const json_t *id, const json_t *params)
{
	const char *locale = message_text(params, "locale");
	json_t *options = json_object_get(params, "initializationOptions");

	read_client(s, params);
	if (locale != NULL && s->cli->ui_name == NULL)
		s->ui = language_of_tag(locale);
	s->usual = s->ui;
	s->pause = PAUSE_MS;
	s->initialized = true;
	worker_agree(s->worker, s->client.bytes, s->ui);
	if (json_is_object(options))
		server_take_options(s, options);
	server_reply(s, id,
		json_pack("{s:o, s:{s:s, s:s}}", "capabilities", abilities(s), "serverInfo",
			"name", "paraph", "version", PARAPH_VERSION));
}

static void
initialized(server *s, const json_t *id, const json_t *params)
{
	(void)id;
	(void)params;
	if (s->client.watches)
		server_ask(s, "client/registerCapability",
			json_pack("{s:[{s:s, s:s, s:{s:[{s:s}, {s:s}]}}]}", "registrations",
				"id", "paraph.settings", "method",
				"workspace/didChangeWatchedFiles", "registerOptions",
				"watchers", "globPattern", "**/paraph.yaml", "globPattern",
				"**/paraph-baseline.tsv"),
			"watch");
	if (s->client.configuration)
		server_configure(s);
}

static void
shut_down(server *s, const json_t *id, const json_t *params)
{
	(void)params;
	s->shut_down = true;
	server_reply(s, id, NULL);
}

static void
leave(server *s, const json_t *id, const json_t *params)
{
	(void)id;
	(void)params;
	s->ended = true;
}

/* What is being worked on is finished, and answered. */
static void
cancel(server *s, const json_t *id, const json_t *params)
{
	(void)id;
	job *j = worker_cancel(s->worker, json_object_get(params, "id"));
	if (j == NULL)
		return;
	server_refuse(s, j->id, CODE_CANCELLED, "cancelled");
	worker_free_job(j);
}

static void
set_trace(server *s, const json_t *id, const json_t *params)
{
	(void)s;
	(void)id;
	(void)params;
}

/* ---- settings ---- */

void
server_reload(server *s)
{
	job *j = worker_new_job(JOB_CONFIGURE, NULL);

	j->params = s->options == NULL ? NULL : json_deep_copy(s->options);
	s->complained[0] = '\0';
	worker_give(s->worker, j);
	for (open_document *d = s->documents; d != NULL; d = d->next)
		document_changed(d, 0);
	/* Who pulls does not know that there is something new to be had. */
	if (s->client.pulls && s->client.refreshes && s->documents != NULL)
		server_ask(s, "workspace/diagnostic/refresh", NULL, "refresh");
}

void
server_take_options(server *s, const json_t *options)
{
	const json_t *pause = json_object_get(options, "delay");

	if (!json_is_object(options))
		return;
	if (json_is_integer(pause) && json_integer_value(pause) >= 0 &&
		json_integer_value(pause) <= 10000)
		s->pause = json_integer_value(pause);
	if (s->options != NULL && json_equal(s->options, options))
		return;
	const char *ui = message_text(options, "uiLanguage");
	s->ui = ui != NULL && ui[0] != '\0' ? language_of_tag(ui) : s->usual;
	json_decref(s->options);
	s->options = json_deep_copy(options);
	server_reload(s);
}

void
server_configure(server *s)
{
	server_ask(s, "workspace/configuration",
		json_pack("{s:[{s:s}]}", "items", "section", "paraph"), "configuration");
}

static void
configuration(server *s, const json_t *id, const json_t *params)
{
	const json_t *own = message_at(params, "settings", "paraph", NULL);

	(void)id;
	if (own != NULL)
		server_take_options(s, own);
	else if (s->client.configuration)
		server_configure(s);
}

static void
watched_files(server *s, const json_t *id, const json_t *params)
{
	(void)id;
	(void)params;
	server_reload(s);
}

const method method_initialize = { .name = "initialize", .request = true, .take = initialize };
const method method_initialized = { .name = "initialized", .take = initialized };
const method method_shutdown = { .name = "shutdown", .request = true, .take = shut_down };
const method method_exit = { .name = "exit", .take = leave };
const method method_cancel = { .name = "$/cancelRequest", .take = cancel };
const method method_set_trace = { .name = "$/setTrace", .take = set_trace };
const method method_configuration = { .name = "workspace/didChangeConfiguration",
	.take = configuration };
const method method_watched_files = { .name = "workspace/didChangeWatchedFiles",
	.take = watched_files };
