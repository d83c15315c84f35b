#include "apps/http/api.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const types[] = { "application/json", "application/octet-stream",
	"text/plain; charset=utf-8", "text/html; charset=utf-8", "text/event-stream" };

void
api_error(request *r, unsigned status, const char *en, const char *fr)
{
	bytes *b = &r->answer.body;

	bytes_free(b);
	*b = (bytes){ 0 };
	r->answer.status = status;
	r->answer.type = types[0];
	r->answer.disposition = NULL;
	write_open(b, NULL, '{');
	write_open(b, "error", '{');
	write_number(b, "status", status);
	write_word(b, "message", r->ui == PARAPH_LANGUAGE_FR ? fr : en);
	write_close(b, '}');
	write_close(b, '}');
}

const char *
api_severity(paraph_severity s)
{
	return s == PARAPH_ERROR ? "error" : s == PARAPH_WARNING ? "warning" : "info";
}

const char *
api_correction(paraph_fix f)
{
	return f == PARAPH_FIX_SAFE ? "safe" : f == PARAPH_FIX_REVIEW ? "review" : NULL;
}

void
api_failure(request *r, paraph_status status, const char *message)
{
	unsigned code = answer_code(status, 422);

	api_error(r, code, message, message);
}

void
api_type(request *r, const char *type)
{
	r->answer.type = types[1];
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(type, types[i]) == 0)
			r->answer.type = types[i];
}

/* A name that no client and no header stumbles over; the whole name follows encoded. */
void
api_download(request *r, const char *name)
{
	static const char hex[] = "0123456789ABCDEF";
	char plain[256], encoded[768];
	size_t n = 0, e = 0;

	for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
		bool safe = isalnum(*p) || strchr("-_.", *p) != NULL;
		if (n < sizeof(plain) - 1)
			plain[n++] = safe ? (char)*p : '_';
		if (e + 4 > sizeof(encoded))
			break;
		if (safe) {
			encoded[e++] = (char)*p;
		} else {
			encoded[e++] = '%';
			encoded[e++] = hex[*p >> 4];
			encoded[e++] = hex[*p & 15];
		}
	}
	plain[n] = encoded[e] = '\0';
	snprintf(r->answer.file_name, sizeof(r->answer.file_name),
		"attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, encoded);
	r->answer.disposition = r->answer.file_name;
}

json_t *
api_body(request *r)
{
	json_error_t error;
	json_t *object = r->body.n == 0 ? NULL
					: json_loadb(r->body.p, r->body.n,
						  JSON_REJECT_DUPLICATES, &error);

	if (json_is_object(object))
		return object;
	json_decref(object);
	api_error(r, 400, "the body must be a JSON object",
		"le corps de la requête doit être un objet JSON");
	return NULL;
}

const char *
api_member(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int
digit(char c)
{
	return c >= '0' && c <= '9'         ? c - '0'
	       : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10
					    : -1;
}

const char *
api_rest(request *r)
{
	size_t n = strlen(r->route->path), used = 0;
	const char *p = r->path;

	if (n != 0 && r->route->path[n - 1] == '*')
		n--;
	p += strlen(p) < n ? strlen(p) : n;
	for (; *p != '\0' && used < sizeof(r->rest) - 1; p++) {
		int high = *p == '%' ? digit(p[1]) : -1, low = high < 0 ? -1 : digit(p[2]);
		char c = low < 0 ? *p : (char)(16 * high + low);
		if (c == '\0') /* ends no text of ours */
			used = sizeof(r->rest);
		else
			r->rest[used++] = c;
		p += low < 0 ? 0 : 2;
	}
	r->rest[*p != '\0' || used >= sizeof(r->rest) ? 0 : used] = '\0';
	return r->rest;
}

size_t
api_count(const request *r, const char *name, size_t least, size_t most, size_t usual)
{
	paraph_text t = form_get(&r->form, name);
	size_t n = 0;

	if (t.n == 0)
		return usual;
	for (size_t i = 0; i < t.n && n <= most; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return usual;
		n = 10 * n + (size_t)(t.p[i] - '0');
	}
	return n < least ? least : n > most ? most : n;
}

char *
api_parameter(const request *r, const char *name)
{
	paraph_text t = form_get(&r->form, name);

	return t.n == 0 ? NULL : strndup(t.p, t.n);
}
