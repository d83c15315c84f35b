#define _GNU_SOURCE /* mkostemps */
#include "apps/http/upload.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/http/api.h"

paraph_status
upload_skipped(void *user, unsigned line, unsigned column, const char *why)
{
	upload *u = user;

	(void)column;
	if (u->skips++ >= UPLOAD_SKIPPED)
		return PARAPH_OK;
	write_open(&u->skipped, NULL, '{');
	write_number(&u->skipped, "line", line);
	write_word(&u->skipped, "why", why);
	write_close(&u->skipped, '}');
	return PARAPH_OK;
}

void
upload_count(upload *u, const char *name, uint64_t n)
{
	write_number(&u->counts, name, n);
}

paraph_status
upload_progress(void *user, uint64_t at, uint64_t of, uint64_t units)
{
	upload *u = user;
	bytes data = { 0 };

	write_open(&data, NULL, '{');
	write_number(&data, "bytes", at);
	write_number(&data, "of", of);
	write_number(&data, "units", units);
	write_close(&data, '}');
	bool listens = request_event(u->request, "progress", bytes_view(&data));
	bytes_free(&data);
	return listens && request_is_wanted(u->request) ? PARAPH_OK : PARAPH_CANCELLED;
}

/* The end of a name, which tells the format; of letters and digits only. */
static void
extension_of(const request *r, char out[16])
{
	paraph_text t = form_get(&r->form, "name");
	size_t at = t.n, n = 0;

	while (at != 0 && t.p[at - 1] != '.')
		at--;
	if (at != 0 && t.n - at < 14)
		for (out[n++] = '.'; at < t.n && isalnum((unsigned char)t.p[at]); at++)
			out[n++] = t.p[at];
	out[n] = '\0';
}

static bool
write_all(int file, paraph_text t)
{
	while (t.n != 0) {
		ssize_t n = write(file, t.p, t.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		t.p += n;
		t.n -= (size_t)n;
	}
	return true;
}

static bool
put_down(request *r, upload *u)
{
	const char *folder = getenv("TMPDIR");
	char extension[16];

	extension_of(r, extension);
	int n = snprintf(u->path, sizeof(u->path), "%s/paraph-XXXXXX%s",
		folder == NULL || folder[0] != '/' ? "/tmp" : folder, extension);
	if (n < 0 || (size_t)n >= sizeof(u->path))
		return false;
	int file = mkostemps(u->path, (int)strlen(extension), O_CLOEXEC);
	if (file < 0)
		return false;
	bool done = write_all(file, r->body);
	if (close(file) != 0 || !done) {
		unlink(u->path);
		return false;
	}
	return true;
}

static void
answer_counts(request *r, upload *u)
{
	bytes data = { 0 };

	bytes_char(&data, '{');
	bytes_put(&data, u->counts.p, u->counts.n);
	bytes_text(&data, ",\"reasons\":[");
	bytes_put(&data, u->skipped.p, u->skipped.n);
	bytes_text(&data, "]}");
	if (request_event(r, "done", bytes_view(&data)) && r->events)
		bytes_free(&data);
	else
		r->answer.body = data;
}

/* The name of our own temporary file tells nobody anything. */
static void
hide_path(const upload *u, char *message)
{
	char *at = strstr(message, u->path);
	size_t n = strlen(u->path);

	if (at == NULL)
		return;
	at += n;
	at += strncmp(at, "\u00A0", strlen("\u00A0")) == 0 ? strlen("\u00A0") : 0;
	at += strspn(at, ": ");
	memmove(message, at, strlen(at) + 1);
}

void
upload_take(
	request *r, paraph_status (*import)(request *r, upload *u, char *message, size_t size))
{
	upload u = { .request = r };
	char message[512] = "";

	if (r->body.n == 0) {
		api_error(r, 400, "the body is empty: send the bytes of the file",
			"le corps de la requête est vide\u00A0: envoyez les octets du fichier");
		return;
	}
	if (!put_down(r, &u)) {
		api_error(r, 503, "no room for the file", "pas de place pour le fichier");
		return;
	}
	request_begin_events(r);
	paraph_status done = import(r, &u, message, sizeof(message));
	unlink(u.path);
	hide_path(&u, message);
	if (done == PARAPH_OK) {
		answer_counts(r, &u);
	} else {
		if (r->answer.status < 400) /* nothing was said yet */
			api_failure(r, done, message);
		if (r->events)
			request_event(r, "failed", bytes_view(&r->answer.body));
	}
	bytes_free(&u.counts);
	bytes_free(&u.skipped);
}
