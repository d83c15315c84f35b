/* /v2/words: the personal dictionary, which `paraph check` uses too. */
#include <stdlib.h>
#include <string.h>

#include "apps/http/annotated.h"
#include "apps/http/dictionary.h"
#include "apps/http/server.h"

#define LIMIT_DEFAULT 10

static const char *
path_of(request *r)
{
	const char *path = r->server->options->dictionary;

	if (path == NULL)
		answer_error(r, 403, "this server has no personal dictionary",
			"ce serveur n’a pas de dictionnaire personnel");
	return path;
}

static size_t
number(const request *r, const char *name, size_t otherwise)
{
	paraph_text t = form_get(&r->form, name);
	char digits[24] = "";

	if (t.n == 0 || t.n >= sizeof(digits))
		return otherwise;
	memcpy(digits, t.p, t.n);
	return strtoull(digits, NULL, 10);
}

static void
fail(request *r, int error)
{
	const char *why = paraph_system_message(error, r->ui);

	answer_error(r, paraph_system_is_passing(error) ? 503 : 500, why, why);
}

void
lt_words(request *r)
{
	const char *path = path_of(r);
	size_t offset = number(r, "offset", 0), left = number(r, "limit", LIMIT_DEFAULT);
	bytes text = { 0 }, *out = &r->answer.body;
	paraph_text word;

	if (path == NULL)
		return;
	int error = dictionary_read(path, &text);
	paraph_text rest = bytes_view(&text);
	write_open(out, NULL, '{');
	write_open(out, "words", '[');
	for (size_t i = 0; left > 0 && dictionary_next(&rest, &word); i++)
		if (i >= offset && utf8_is_sound(word)) {
			write_string(out, NULL, word);
			left--;
		}
	write_close(out, ']');
	write_close(out, '}');
	bytes_free(&text);
	if (error != 0)
		fail(r, error);
}

static unsigned
status_of(paraph_status done)
{
	return done == PARAPH_USAGE ? 400 : done == PARAPH_AGAIN ? 503 : 500;
}

static void
change(request *r, const char *member, bool there)
{
	const char *path = path_of(r);
	char message[512] = "";
	bool changed;

	if (path == NULL)
		return;
	paraph_status done = paraph_words_change(path, form_get(&r->form, "word"), there,
		&changed, r->ui, message, sizeof(message));
	if (done != PARAPH_OK) {
		answer_error(r, status_of(done), message, message);
		return;
	}
	write_open(&r->answer.body, NULL, '{');
	write_bool(&r->answer.body, member, changed);
	write_close(&r->answer.body, '}');
}

void
lt_words_add(request *r)
{
	change(r, "added", true);
}

void
lt_words_delete(request *r)
{
	change(r, "deleted", false);
}
