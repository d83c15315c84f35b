#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/server.h"
#include "apps/lsp/uri.h"

#define PROGRESS_BYTES 200000 /* of text: below, nobody waits long enough to be told */

open_document *
document_find(server *s, const char *uri)
{
	open_document *d = s->documents;

	while (d != NULL && strcmp(d->uri, uri) != 0)
		d = d->next;
	return d;
}

open_document *
document_of(server *s, const json_t *id, const json_t *params)
{
	const char *uri = message_text(json_object_get(params, "textDocument"), "uri");
	open_document *d = uri == NULL ? NULL : document_find(s, uri);

	if (d == NULL && id != NULL)
		server_refuse(s, id, CODE_PARAMS, "textDocument is not open");
	return d;
}

void
document_changed(open_document *d, long long wait)
{
	d->serial++;
	d->due = server_now() + wait;
}

void
document_give(server *s, open_document *d)
{
	if (d->given == d->serial)
		return;
	job *j = worker_new_job(JOB_CHECK, d->uri);
	j->name = copy_text(d->name);
	lines_copy(&j->text, &d->text);
	j->version = d->version;
	j->serial = d->serial;
	d->given = d->serial;
	d->due = 0;
	worker_give(s->worker, j);
}

void
document_give_due(server *s)
{
	long long now = server_now();

	for (open_document *d = s->documents; d != NULL; d = d->next)
		if (d->due != 0 && d->due <= now)
			document_give(s, d);
}

int
document_wait(const server *s)
{
	long long first = 0;

	for (const open_document *d = s->documents; d != NULL; d = d->next)
		if (d->due != 0 && (first == 0 || d->due < first))
			first = d->due;
	if (first == 0)
		return -1;
	long long left = first - server_now();
	return left < 0 ? 0 : (int)left;
}

static void
publish(server *s, const open_document *d, json_t *items)
{
	bytes b = { 0 };

	if (s->client.pulls) {
		json_decref(items);
		return;
	}
	write_open(&b, NULL, '{');
	write_word(&b, "jsonrpc", "2.0");
	write_word(&b, "method", "textDocument/publishDiagnostics");
	write_open(&b, "params", '{');
	write_word(&b, "uri", d->uri);
	bytes_format(&b, ",\"version\":%lld,\"diagnostics\":", (long long)d->version);
	json_t *pieces = json_pack("[o, o, s]", message_keep(&b), items, "}}");
	server_send(s, pieces);
	json_decref(pieces);
	bytes_free(&b);
}

static void
begin_progress(server *s, open_document *d, size_t size)
{
	char what[4200];

	if (!s->client.progress || size < PROGRESS_BYTES || d->progress != NULL)
		return;
	if (snprintf(what, sizeof(what), "progress %s", d->uri) >= (int)sizeof(what))
		return;
	d->progress = json_sprintf("paraph-%lld", (long long)s->last_id);
	server_ask(s, "window/workDoneProgress/create",
		json_pack("{s:O}", "token", d->progress), what);
}

static void
end_progress(server *s, open_document *d)
{
	if (d->progress_begun)
		server_notify(s, "$/progress",
			json_pack("{s:O, s:{s:s}}", "token", d->progress, "value", "kind",
				"end"));
	json_decref(d->progress);
	d->progress = NULL;
	d->progress_begun = false;
}

/* Findings of a text that is no longer there are kept to oneself: others are on their way. */
void
document_checked(server *s, job *j)
{
	open_document *d = document_find(s, j->uri);

	if (d == NULL)
		return;
	if (j->begun) {
		begin_progress(s, d, j->size);
		return;
	}
	end_progress(s, d);
	if (j->cancelled)
		return;
	if (j->fault.code != 0)
		server_complain(s, j->fault.message);
	else
		s->complained[0] = '\0';
	if (j->serial == d->serial)
		publish(s, d, json_incref(j->result));
}

static void
free_document(open_document *d)
{
	free(d->uri);
	free(d->name);
	lines_free(&d->text);
	json_decref(d->progress);
	free(d);
}

void
document_close(server *s, open_document *d)
{
	open_document **at = &s->documents;

	while (*at != d)
		at = &(*at)->next;
	*at = d->next;
	end_progress(s, d);
	publish(s, d, json_string("[]"));
	worker_give(s->worker, worker_new_job(JOB_FORGET, d->uri));
	free_document(d);
}

void
documents_free(server *s)
{
	while (s->documents != NULL) {
		open_document *d = s->documents;
		s->documents = d->next;
		free_document(d);
	}
}

/* ---- the protocol ---- */

static void
open_one(server *s, const json_t *id, const json_t *params)
{
	const json_t *item = json_object_get(params, "textDocument");
	const char *uri = message_text(item, "uri"), *kind = message_text(item, "languageId");
	const json_t *text = json_object_get(item, "text");

	(void)id;
	if (uri == NULL || !json_is_string(text))
		return;
	open_document *d = document_find(s, uri);
	if (d == NULL) {
		d = allocate(NULL, 1, sizeof(*d));
		*d = (open_document){ .uri = copy_text(uri), .next = s->documents };
		s->documents = d;
	}
	free(d->name);
	d->name = uri_name(uri, kind == NULL ? "" : kind);
	d->version = json_integer_value(json_object_get(item, "version"));
	lines_set(&d->text, json_string_value(text), json_string_length(text));
	document_changed(d, 0);
}

static void
apply(server *s, open_document *d, const json_t *change)
{
	const json_t *text = json_object_get(change, "text");
	const json_t *range = json_object_get(change, "range");
	position first, last;

	if (!json_is_string(text))
		return;
	const char *typed = json_string_value(text);
	size_t n = json_string_length(text);
	if (range == NULL || json_is_null(range)) {
		lines_set(&d->text, typed, n);
		return;
	}
	if (!message_read_position(json_object_get(range, "start"), &first) ||
		!message_read_position(json_object_get(range, "end"), &last))
		return;
	size_t start = lines_offset(&d->text, first, s->client.bytes);
	size_t end = lines_offset(&d->text, last, s->client.bytes);
	if (end < start)
		end = start;
	lines_edit(&d->text, start, end, typed, n);
}

static void
change(server *s, const json_t *id, const json_t *params)
{
	const json_t *changes = json_object_get(params, "contentChanges"), *one;
	open_document *d = document_of(s, id, params);
	size_t i;

	if (d == NULL)
		return;
	json_array_foreach(changes, i, one) apply(s, d, one);
	const json_t *version = message_at(params, "textDocument", "version", NULL);
	if (json_is_integer(version))
		d->version = json_integer_value(version);
	document_changed(d, s->pause);
}

static bool
is_settings(const char *uri)
{
	const char *slash = strrchr(uri, '/');

	return slash != NULL && strcmp(slash + 1, "paraph.yaml") == 0;
}

static void
save(server *s, const json_t *id, const json_t *params)
{
	const char *uri = message_text(json_object_get(params, "textDocument"), "uri");
	open_document *d = document_of(s, id, params);

	if (uri != NULL && is_settings(uri))
		server_reload(s);
	else if (d != NULL)
		document_give(s, d);
}

static void
close_one(server *s, const json_t *id, const json_t *params)
{
	open_document *d = document_of(s, id, params);

	if (d != NULL)
		document_close(s, d);
}

const method method_open = { .name = "textDocument/didOpen", .take = open_one };
const method method_change = { .name = "textDocument/didChange", .take = change };
const method method_save = { .name = "textDocument/didSave", .take = save };
const method method_close = { .name = "textDocument/didClose", .take = close_one };
