/* /api/v1/check, fix, documents, align: all of it done by the helper process. */
#include <stdlib.h>
#include <string.h>

#include "apps/http/api.h"
#include "apps/http/helper.h"
#include "apps/http/server.h"
#include "apps/http/shelf.h"

#define TEXT_NAME "text.txt"

static void
set(json_t *question, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_object_set_new(question, key, json_string(value));
}

static void
out_of_memory(request *r)
{
	api_error(r, 503, "out of memory", "plus assez de mémoire");
}

/* --- texts --- */

/* The text of the body, and its source where it has one. */
static size_t
texts_of(const json_t *body, helper_document out[2])
{
	const json_t *source = json_object_get(body, "source");
	const json_t *text = json_object_get(body, "text");
	size_t n = 0;

	if (json_is_string(source) && json_string_length(source) != 0)
		out[n++] = (helper_document){ "source.txt",
			{ json_string_value(source), json_string_length(source) } };
	out[n++] = (helper_document){ TEXT_NAME,
		{ json_string_value(text), json_string_length(text) } };
	return n;
}

/* Asks what is asked of a text; the answer is the helper's. */
static void
ask_of_text(request *r, const char *what, const char *as)
{
	helper_document documents[2];
	json_t *body = api_body(r), *question;

	if (body == NULL)
		return;
	if (!json_is_string(json_object_get(body, "text"))) {
		api_error(r, 400, "“text” is missing", "«\u00A0text\u00A0» n’est pas donné");
		json_decref(body);
		return;
	}
	question = json_object();
	set(question, "do", what);
	set(question, "as", as);
	set(question, "language", api_member(body, "language"));
	set(question, "profile", api_member(body, "profile"));
	if (json_is_true(json_object_get(body, "unsafe")))
		json_object_set_new(question, "unsafe", json_true());
	if (json_is_array(json_object_get(body, "accept")))
		json_object_set(question, "accept", json_object_get(body, "accept"));
	helper_answer(r, question, documents, texts_of(body, documents));
	json_decref(question);
	json_decref(body);
}

void
api_check(request *r)
{
	ask_of_text(r, "check", NULL);
}

/* The corrected text as JSON, for whoever sent it as JSON. */
void
api_fix(request *r)
{
	bytes fixed;

	ask_of_text(r, "fixed", "plain");
	if (r->answer.status >= 400)
		return;
	fixed = r->answer.body;
	r->answer.body = (bytes){ 0 };
	r->answer.disposition = NULL;
	r->answer.type = NULL;
	write_open(&r->answer.body, NULL, '{');
	write_string(&r->answer.body, "text", bytes_view(&fixed));
	write_close(&r->answer.body, '}');
	bytes_free(&fixed);
}

/* --- uploaded documents --- */

/* Of a name that a client gives only its last part is kept, without control characters. */
static char *
name_of(const request *r)
{
	paraph_text t = form_get(&r->form, "name");
	size_t from = 0, n = 0;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] == '/' || t.p[i] == '\\')
			from = i + 1;
	char *name = calloc(1, t.n - from + sizeof(TEXT_NAME));
	if (name == NULL)
		return NULL;
	for (size_t i = from; i < t.n && n < 200; i++)
		if ((unsigned char)t.p[i] >= 0x20 && t.p[i] != 0x7F)
			name[n++] = t.p[i];
	json_t *text = json_string(name);
	for (size_t i = 0; text == NULL && i < n; i++) /* it is not UTF-8 */
		if ((unsigned char)name[i] >= 0x80)
			name[i] = '_';
	json_decref(text);
	if (n == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		strcmp(name, "-") == 0)
		strcpy(name, TEXT_NAME);
	return name;
}

/* Asks of a document on the shelf, with its source where it is a translation. */
static bool
ask_of_kept(request *r, const kept *k, json_t *question)
{
	shelf *s = r->server->shelf;
	const kept *source = k->source[0] == '\0' ? NULL : shelf_take(s, k->source);
	helper_document documents[2];
	size_t n = 0;

	if (k->source[0] != '\0' && source == NULL) {
		api_error(r, 404, "the source of the document is not kept any more",
			"la source du document n’est plus gardée");
		return false;
	}
	if (source != NULL)
		documents[n++] = (helper_document){ source->name, source->bytes };
	documents[n++] = (helper_document){ k->name, k->bytes };
	set(question, "id", k->id);
	set(question, "language", k->language);
	set(question, "profile", k->profile);
	bool done = helper_answer(r, question, documents, n);
	shelf_give_back(s, source);
	return done;
}

static bool
check_kept(request *r, const kept *k)
{
	json_t *question = json_object();

	set(question, "do", "check");
	bool done = ask_of_kept(r, k, question);
	json_decref(question);
	return done;
}

void
api_documents_post(request *r)
{
	shelf *s = r->server->shelf;
	kept document = { .name = name_of(r),
		.language = api_parameter(r, "language"),
		.profile = api_parameter(r, "profile"),
		.bytes = r->body };
	paraph_text source = form_get(&r->form, "source");
	const kept *there = NULL;

	if (source.n < SHELF_ID && source.n != 0)
		memcpy(document.source, source.p, source.n);
	if (r->body.n == 0)
		api_error(r, 400, "the body is empty: send the bytes of the document",
			"le corps de la requête est vide\u00A0: envoyez les octets du "
			"document");
	else if (document.name == NULL || (there = shelf_put(s, &document)) == NULL)
		out_of_memory(r);
	else if (check_kept(r, there))
		r->answer.status = 201;
	else /* what cannot be read is not kept */
		shelf_remove(s, there->id);
	shelf_give_back(s, there);
	free(document.name);
	free(document.language);
	free(document.profile);
}

/* The document that the path names, with "/fixed" behind it or not; NULL with an answer. */
static const kept *
find_kept(request *r, const char *behind)
{
	const char *rest = api_rest(r);
	char id[SHELF_ID] = "";
	const kept *k = NULL;

	if (strlen(rest) == SHELF_ID - 1 + strlen(behind) &&
		strcmp(rest + SHELF_ID - 1, behind) == 0) {
		memcpy(id, rest, SHELF_ID - 1);
		k = shelf_take(r->server->shelf, id);
	}
	if (k == NULL)
		api_error(r, 404, "there is no such document, or it is not kept any more",
			"ce document n’existe pas ou n’est plus gardé");
	return k;
}

void
api_documents_get(request *r)
{
	const kept *k = find_kept(r, "");

	if (k != NULL)
		check_kept(r, k);
	shelf_give_back(r->server->shelf, k);
}

void
api_documents_delete(request *r)
{
	if (shelf_remove(r->server->shelf, api_rest(r)))
		r->answer.status = 204;
	else
		api_error(r, 404, "there is no such document, or it is not kept any more",
			"ce document n’existe pas ou n’est plus gardé");
}

/* POST documents/ID/fixed */
void
api_documents_fixed(request *r)
{
	const kept *k = find_kept(r, "/fixed");
	json_t *body = NULL, *question;
	char *as = api_parameter(r, "as");

	if (k != NULL && (r->body.n == 0 || (body = api_body(r)) != NULL)) {
		question = json_object();
		set(question, "do", "fixed");
		set(question, "as", as);
		if (json_is_array(json_object_get(body, "accept")))
			json_object_set(question, "accept", json_object_get(body, "accept"));
		if (json_is_true(json_object_get(body, "unsafe")))
			json_object_set_new(question, "unsafe", json_true());
		ask_of_kept(r, k, question);
		json_decref(question);
	}
	free(as);
	json_decref(body);
	shelf_give_back(r->server->shelf, k);
}

/* --- alignment --- */

void
api_align(request *r)
{
	shelf *s = r->server->shelf;
	json_t *body = api_body(r), *question;

	if (body == NULL)
		return;
	const char *names[2] = { api_member(body, "source"), api_member(body, "target") };
	const char *format = api_member(body, "format");
	const kept *both[2] = { NULL, NULL };
	for (int i = 0; i < 2 && names[i] != NULL; i++)
		both[i] = shelf_take(s, names[i]);
	if (both[0] == NULL || both[1] == NULL) {
		api_error(r, 404, "“source” and “target” must be ids of documents kept here",
			"«\u00A0source\u00A0» et «\u00A0target\u00A0» doivent être des "
			"identifiants de documents gardés ici");
	} else {
		helper_document documents[2] = { { both[0]->name, both[0]->bytes },
			{ both[1]->name, both[1]->bytes } };
		bool json = format == NULL || strcmp(format, "json") == 0;
		question = json_object();
		set(question, "do", json ? "check" : "align");
		set(question, "as", format);
		helper_answer(r, question, documents, 2);
		json_decref(question);
	}
	shelf_give_back(s, both[0]);
	shelf_give_back(s, both[1]);
	json_decref(body);
}
