/* /api/v1/terms: searching the termbase, showing a concept, and changing it. Whoever changes a
 * concept names the version that was read: what somebody else changed meanwhile is not lost. */
#define _GNU_SOURCE /* asprintf */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/http/api.h"
#include "apps/http/server.h"
#include "apps/http/stores.h"
#include "apps/http/upload.h"

#define CELLS 64
#define VERSION 19 /* quotes, 16 digits, end */

/* --- reading --- */

static paraph_status
put_hit(void *user, const paraph_hit *hit)
{
	bytes *b = user;

	write_open(b, NULL, '{');
	write_string(b, "concept", hit->concept);
	write_string(b, "term", hit->term);
	write_string(b, "language", hit->language);
	write_word(b, "status", hit->status);
	write_number(b, "score", (uint64_t)(hit->score * 100 + 0.5));
	write_close(b, '}');
	return PARAPH_OK;
}

void
api_terms_search(request *r)
{
	bytes *b = &r->answer.body;
	size_t most = api_count(r, "limit", 1, 200, 20);
	paraph_termbase *t = stores_take_termbase(r);

	if (t == NULL)
		return;
	write_open(b, NULL, '{');
	write_open(b, "hits", '[');
	paraph_status done =
		paraph_termbase_search(t, form_get(&r->form, "q"), most, put_hit, b);
	write_close(b, ']');
	write_close(b, '}');
	if (done != PARAPH_OK)
		api_failure(r, done, paraph_termbase_message(t));
	stores_give_termbase(r, t);
}

static paraph_status
put_fact(void *user, const paraph_fact *f)
{
	bytes *b = user;

	write_open(b, NULL, '{');
	write_string(b, "language", f->language);
	write_string(b, "term", f->term);
	write_string(b, "category", f->category);
	write_string(b, "value", f->value);
	if (f->target.n != 0)
		write_string(b, "target", f->target);
	write_word(b, "layer", f->layer);
	write_close(b, '}');
	return PARAPH_OK;
}

static paraph_status
put_event(void *user, const paraph_event *e)
{
	bytes *b = user;

	write_open(b, NULL, '{');
	write_string(b, "when", e->when);
	write_string(b, "who", e->who);
	write_string(b, "action", e->action);
	write_string(b, "what", e->what);
	write_close(b, '}');
	return PARAPH_OK;
}

/* FNV-1a over what is said of the concept, as an entity tag. */
static void
write_version(char out[VERSION], paraph_text facts)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < facts.n; i++)
		h = (h ^ (unsigned char)facts.p[i]) * UINT64_C(1099511628211);
	snprintf(out, VERSION, "\"%016llx\"", (unsigned long long)h);
}

/* The facts of a concept as a list, and their version. */
static paraph_status
read_facts(paraph_termbase *t, const char *id, bytes *facts, char version[VERSION])
{
	write_open(facts, NULL, '[');
	paraph_status done = paraph_termbase_show(t, text_of(id), put_fact, facts);
	write_close(facts, ']');
	if (done == PARAPH_OK)
		write_version(version, bytes_view(facts));
	return done;
}

static void
show(request *r, paraph_termbase *t, const char *id)
{
	bytes *b = &r->answer.body, facts = { 0 };
	char version[VERSION];
	paraph_status done = read_facts(t, id, &facts, version);

	if (done == PARAPH_OK) {
		write_open(b, NULL, '{');
		write_word(b, "concept", id);
		write_string(b, "version", (paraph_text){ version + 1, VERSION - 3 });
		bytes_text(b, ",\"facts\":");
		bytes_put(b, facts.p, facts.n);
		write_open(b, "history", '[');
		done = paraph_termbase_history(t, text_of(id), put_event, b);
		write_close(b, ']');
		write_close(b, '}');
		snprintf(r->answer.tag, sizeof(r->answer.tag), "%s", version);
	}
	if (done != PARAPH_OK)
		api_failure(r, done, paraph_termbase_message(t));
	bytes_free(&facts);
}

void
api_term_show(request *r)
{
	paraph_termbase *t = stores_take_termbase(r);

	if (t == NULL)
		return;
	show(r, t, api_rest(r));
	stores_give_termbase(r, t);
}

/* --- changing --- */

typedef struct cells {
	char *at[CELLS + 1]; /* "fr=EIIL"; ends with NULL */
	size_t n;
} cells;

static void
free_cells(cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->at[i]);
}

static bool
read_cells(request *r, const json_t *body, cells *out)
{
	json_t *object = json_object_get(body, "cells"), *value;
	const char *key;

	*out = (cells){ 0 };
	json_object_foreach(object, key, value)
	{
		const char *text = json_string_value(value);
		if (text == NULL || out->n == CELLS ||
			asprintf(&out->at[out->n], "%s=%s", key, text) < 0) {
			out->at[out->n] = NULL;
			api_error(r, 400, "“cells” must be an object of strings",
				"«\u00A0cells\u00A0» doit être un objet de chaînes");
			free_cells(out);
			return false;
		}
		out->n++;
	}
	if (out->n != 0)
		return true;
	api_error(r, 400, "“cells” is missing", "«\u00A0cells\u00A0» n’est pas donné");
	return false;
}

/* What a change is made on the condition of. */
typedef struct condition {
	request *r;
	const char *concept, *version; /* as the client read it */
	bool refused;                  /* an answer was given */
} condition;

static void
refuse(condition *c, unsigned status, const char *en, const char *fr)
{
	c->refused = true;
	api_error(c->r, status, en, fr);
}

/* Is the concept still what the client read? Asked while nobody can write to the store, neither
 * another request nor another program, of a termbase that is opened then. */
static paraph_status
confirm(void *user)
{
	condition *c = user;
	char version[VERSION] = "";
	bytes facts = { 0 };
	paraph_termbase *t = stores_open_termbase(c->r);

	c->refused = t == NULL;
	if (t == NULL)
		return PARAPH_USAGE;
	paraph_status done = read_facts(t, c->concept, &facts, version);
	if (done != PARAPH_OK) {
		c->refused = true;
		api_failure(c->r, done, paraph_termbase_message(t));
	} else if (strcmp(c->version, version) != 0) {
		done = PARAPH_USAGE;
		stores_renew_termbases(c->r->server->stores);
		refuse(c, 412, "somebody else changed this concept: read it again",
			"quelqu’un d’autre a modifié cette notion\u00A0: relisez-la");
	}
	bytes_free(&facts);
	paraph_termbase_close(t);
	return done;
}

static paraph_status
edit_once(request *r, paraph_edit edit, char *id, size_t size, char *message, size_t room)
{
	const stores_options *o = stores_settings(r->server->stores);
	paraph_termbase_options options = o->termbase;

	options.ui = r->ui;
	edit.into = o->termbase_into;
	return paraph_termbase_edit(&options, &edit, id, size, message, room);
}

/* A concept that the store does not have is of a layer below: what is said of it goes over
 * that. */
static bool
edit(request *r, paraph_edit what, char *id, size_t size)
{
	char message[512] = "";
	const condition *c = what.user;
	paraph_status done = edit_once(r, what, id, size, message, sizeof(message));

	if (done == PARAPH_NOT_FOUND && what.kind != PARAPH_EDIT_ADD && !c->refused) {
		what.over = true;
		done = edit_once(r, what, id, size, message, sizeof(message));
	}
	if (done != PARAPH_OK && (c == NULL || !c->refused))
		api_failure(r, done, message);
	return done == PARAPH_OK;
}

static void
show_new(request *r, const char *id)
{
	paraph_termbase *t = stores_take_termbase(r);

	if (t == NULL)
		return;
	show(r, t, id);
	stores_give_termbase(r, t);
}

void
api_term_add(request *r)
{
	json_t *body = api_body(r);
	char id[256] = "";
	cells c;

	if (body == NULL)
		return;
	if (read_cells(r, body, &c)) {
		bool locked = stores_lock_terms(r);
		bool done =
			locked &&
			edit(r,
				(paraph_edit){ .kind = PARAPH_EDIT_ADD,
					.cells = (const char *const *)c.at,
					.who = r->user,
					.force = json_is_true(json_object_get(body, "force")) },
				id, sizeof(id));
		if (locked)
			stores_unlock_terms(r, done);
		free_cells(&c);
		if (done) {
			engines_renew(r->server->engines);
			show_new(r, id);
			if (r->answer.status < 400)
				r->answer.status = 201;
		}
	}
	json_decref(body);
}

static bool
change(request *r, const char *concept, paraph_edit_kind kind, const cells *c)
{
	condition read = { r, concept, request_header(r, "If-Match"), false };
	char id[256] = "";

	if (read.version == NULL)
		refuse(&read, 428, "say in If-Match which version you read",
			"indiquez dans If-Match quelle version vous avez lue");
	if (read.version == NULL || !stores_lock_terms(r))
		return false;
	bool done = edit(r,
		(paraph_edit){ .kind = kind,
			.concept = concept,
			.cells = c == NULL ? NULL : (const char *const *)c->at,
			.who = r->user,
			.confirm = confirm,
			.user = &read },
		id, sizeof(id));
	stores_unlock_terms(r, done);
	if (done)
		engines_renew(r->server->engines);
	return done;
}

void
api_term_put(request *r)
{
	json_t *body = api_body(r);
	cells c;

	if (body == NULL)
		return;
	if (read_cells(r, body, &c)) {
		if (change(r, api_rest(r), PARAPH_EDIT_CHANGE, &c))
			show_new(r, api_rest(r));
		free_cells(&c);
	}
	json_decref(body);
}

void
api_term_delete(request *r)
{
	if (change(r, api_rest(r), PARAPH_EDIT_REMOVE, NULL))
		r->answer.status = 204;
}

/* --- exchange --- */

void
api_terms_export(request *r)
{
	char *format = api_parameter(r, "format"), name[64];
	paraph_termbase *t = stores_take_termbase(r);
	uint64_t left_out;

	if (t != NULL) {
		const char *as = format == NULL ? "tbx" : format;
		paraph_status done =
			paraph_termbase_export(t, as, bytes_take, &r->answer.body, &left_out);
		if (done != PARAPH_OK) {
			api_failure(r, done, paraph_termbase_message(t));
		} else {
			api_type(r, "application/octet-stream");
			snprintf(name, sizeof(name), "terms.%.30s", as);
			api_download(r, name);
		}
		stores_give_termbase(r, t);
	}
	free(format);
}

static paraph_status
import(request *r, upload *u, char *message, size_t size)
{
	const stores_options *o = stores_settings(r->server->stores);
	paraph_termbase_options options = o->termbase;
	paraph_import_counts n = { 0 };

	options.ui = r->ui;
	paraph_import i = { .path = u->path,
		.into = o->termbase_into,
		.who = r->user,
		.user = u,
		.skipped = upload_skipped,
		.progress = upload_progress };
	if (!stores_lock_terms(r))
		return PARAPH_USAGE;
	paraph_status done = paraph_termbase_import(&options, &i, &n, message, size);
	stores_unlock_terms(r, done == PARAPH_OK);
	if (done == PARAPH_OK)
		engines_renew(r->server->engines);
	upload_count(u, "added", n.added);
	upload_count(u, "changed", n.changed);
	upload_count(u, "same", n.same);
	upload_count(u, "skipped", n.skipped);
	return done;
}

void
api_terms_import(request *r)
{
	upload_take(r, import);
}
