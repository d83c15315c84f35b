#include "apps/http/work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "apps/http/document.h"
#include "apps/http/request.h"

#define DOCUMENTS 2
#define CPU_SECONDS 60
#define MEMORY_BYTES ((rlim_t)2 << 30)
#define FILES 64

typedef struct work {
	paraph_options options;
	paraph_engine *engine;
	paraph_session *session;
	json_t *question;
	bytes input;
	struct {
		const char *name;
		paraph_text bytes;
	} documents[DOCUMENTS];
	size_t count;

	unsigned status;
	const char *type;
	char name[256];
	bool checked;
	uint64_t found[PARAPH_ERROR]; /* by severity */
	bytes body;
} work;

/* --- the question --- */

static void
limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };

	setrlimit(what, &r);
}

static void
set_limits(void)
{
	limit(RLIMIT_CPU, CPU_SECONDS);
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes */
	limit(RLIMIT_AS, MEMORY_BYTES);
#endif
	limit(RLIMIT_NOFILE, FILES);
	limit(RLIMIT_CORE, 0);
}

static bool
read_all(bytes *out)
{
	char piece[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes_put(out, piece, (size_t)n);
	}
	return bytes_terminate(out);
}

static const char *
asked(const work *w, const char *key)
{
	return json_string_value(json_object_get(w->question, key));
}

static bool
cut_documents(work *w, size_t at)
{
	json_t *sizes = json_object_get(w->question, "sizes");
	json_t *names = json_object_get(w->question, "names");

	w->count = json_array_size(sizes);
	if (w->count == 0 || w->count > DOCUMENTS || json_array_size(names) != w->count)
		return false;
	for (size_t i = 0; i < w->count; i++) {
		json_int_t n = json_integer_value(json_array_get(sizes, i));
		if (n < 0 || (size_t)n > w->input.n - at)
			return false;
		w->documents[i].name = json_string_value(json_array_get(names, i));
		w->documents[i].bytes = (paraph_text){ w->input.p + at, (size_t)n };
		if (w->documents[i].name == NULL)
			return false;
		at += (size_t)n;
	}
	return true;
}

static bool
read_question(work *w)
{
	if (!read_all(&w->input))
		return false;
	const char *end = memchr(w->input.p, '\n', w->input.n);
	if (end == NULL)
		return false;
	w->question = json_loadb(w->input.p, (size_t)(end - w->input.p), 0, NULL);
	return json_is_object(w->question) && cut_documents(w, (size_t)(end - w->input.p) + 1);
}

/* --- the answer --- */

static void
fail_with(work *w, unsigned status, const char *message)
{
	bytes_free(&w->body);
	w->body = (bytes){ 0 };
	w->status = status;
	w->type = "text/plain; charset=utf-8";
	bytes_text(&w->body, message);
}

static void
fail(work *w, unsigned status, const char *en, const char *fr)
{
	fail_with(w, status, w->options.ui == PARAPH_LANGUAGE_FR ? fr : en);
}

static void
out_of_memory(work *w)
{
	fail(w, 503, "out of memory", "plus assez de mémoire");
}

static bool
went(work *w, paraph_status done)
{
	if (done != PARAPH_OK)
		fail_with(w, done == PARAPH_FORMAT ? 415 : answer_code(done, 422),
			paraph_session_message(w->session));
	return done == PARAPH_OK;
}

static paraph_align
pair_of(const work *w)
{
	return (paraph_align){ .source = w->documents[0].name,
		.target = w->documents[1].name,
		.source_bytes = w->documents[0].bytes,
		.target_bytes = w->documents[1].bytes };
}

/* The document asked about: the second, where the first is its source. */
static bool
check(work *w, paraph_result **out)
{
	paraph_align pair = w->count == 2 ? pair_of(w) : (paraph_align){ 0 };
	paraph_status done = w->count == 2 ? paraph_check_translation(w->session, &pair, out)
					   : paraph_check(w->session, w->documents[0].name,
						     w->documents[0].bytes, out);

	if (!went(w, done))
		return false;
	w->checked = true;
	for (size_t i = 0; i < paraph_result_count(*out); i++)
		w->found[paraph_result_finding(*out, i).severity - PARAPH_INFO]++;
	return true;
}

static void
do_check(work *w)
{
	paraph_alignment *pairs = NULL;
	paraph_result *r;

	if (!check(w, &r))
		return;
	if (w->count == 2) {
		paraph_align pair = pair_of(w);
		if (!went(w, paraph_align_files(w->session, &pair, &pairs))) {
			paraph_result_free(r);
			return;
		}
	}
	write_open(&w->body, NULL, '{');
	if (!document_write(&w->body, asked(w, "id"), r, pairs, w->options.ui))
		out_of_memory(w);
	else
		write_close(&w->body, '}');
	paraph_alignment_free(pairs);
	paraph_result_free(r);
}

static void
do_align(work *w)
{
	const char *format = asked(w, "as"), *name, *extension = "";
	paraph_align pair = pair_of(w);
	paraph_alignment *a;
	size_t left_out;

	if (w->count != 2 || format == NULL) {
		fail(w, 400, "two documents and a format are needed",
			"il faut deux documents et un format");
		return;
	}
	for (size_t i = 0;
		(name = paraph_alignment_format_at(i, w->options.ui, &extension, NULL)) != NULL;
		i++)
		if (strcmp(name, format) == 0)
			break;
	if (name == NULL) {
		fail(w, 400, "there is no such format", "ce format n’existe pas");
		return;
	}
	if (!went(w, paraph_align_files(w->session, &pair, &a)))
		return;
	if (went(w, paraph_alignment_write(
			    w->session, a, format, 0.5, bytes_take, &w->body, &left_out))) {
		w->type = strcmp(name, "html") == 0 ? "text/html; charset=utf-8"
						    : "application/octet-stream";
		snprintf(w->name, sizeof(w->name), "%.200s%s", "alignment", extension);
	}
	paraph_alignment_free(a);
}

/* --- corrections --- */

static bool
choose(work *w, paraph_result *r, const json_t *accept)
{
	for (size_t i = 0; i < json_array_size(accept); i++) {
		const json_t *one = json_array_get(accept, i);
		json_int_t n = json_integer_value(json_object_get(one, "finding"));
		json_int_t k = json_integer_value(json_object_get(one, "suggestion"));
		if (n < 0 || k < 0 ||
			paraph_result_choose(r, (size_t)n, (size_t)k) != PARAPH_OK) {
			fail(w, 422, "“accept” names a suggestion that there is not",
				"«\u00A0accept\u00A0» désigne une proposition qui n’existe "
				"pas");
			return false;
		}
	}
	return true;
}

/* "letter.docx" → "letter-fixed.docx" */
static void
name_fixed(work *w, const char *name)
{
	const char *dot = strrchr(name, '.');
	int stem = dot == NULL || dot == name ? (int)strlen(name) : (int)(dot - name);

	snprintf(w->name, sizeof(w->name), "%.*s-%s%.40s", stem > 180 ? 180 : stem, name,
		w->options.ui == PARAPH_LANGUAGE_FR ? "corrige" : "fixed", name + stem);
}

static paraph_status
correct(work *w, const paraph_result *r, const char *as, bool nothing, char **out, size_t *n)
{
	char date[32] = "1970-01-01T00:00:00Z";
	time_t now = time(NULL);
	struct tm utc;
	size_t changes, comments;

	if (gmtime_r(&now, &utc) != NULL)
		strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", &utc);
	bool package = paraph_result_is_package(r);
	bool plain = as == NULL ? !package : strcmp(as, "plain") == 0;
	bool comments_only = as != NULL && strcmp(as, "comments") == 0;
	paraph_review review = { .changes = !comments_only && !nothing,
		.plain = plain,
		.comments = !plain && (as == NULL || strcmp(as, "tracked") != 0),
		.unsafe = json_is_true(json_object_get(w->question, "unsafe")),
		.author = "paraph",
		.date = date };
	return paraph_result_review(w->session, r, &review, out, n, &changes, &comments);
}

static void
do_fixed(work *w)
{
	const json_t *accept = json_object_get(w->question, "accept");
	paraph_result *r;
	char *fixed = NULL;
	size_t n = 0;

	if (!check(w, &r))
		return;
	bool nothing = json_is_array(accept) && json_array_size(accept) == 0;
	if (choose(w, r, accept) &&
		went(w, correct(w, r, asked(w, "as"), nothing, &fixed, &n))) {
		bytes_put(&w->body, fixed, n);
		paraph_bytes_free(w->session, fixed);
		w->type = "application/octet-stream";
		name_fixed(w, w->documents[w->count - 1].name);
	}
	paraph_result_free(r);
}

/* --- one question --- */

static paraph_language
language_named(const char *name)
{
	return name == NULL                  ? PARAPH_LANGUAGE_AUTO
	       : strncmp(name, "fr", 2) == 0 ? PARAPH_LANGUAGE_FR
	       : strncmp(name, "en", 2) == 0 ? PARAPH_LANGUAGE_EN
					     : PARAPH_LANGUAGE_AUTO;
}

static void
respond(work *w)
{
	const char *what = asked(w, "do");
	char message[512] = "";

	w->options.ui = language_named(asked(w, "ui"));
	if (asked(w, "language") != NULL)
		w->options.language = language_named(asked(w, "language"));
	if (asked(w, "profile") != NULL)
		w->options.profile = asked(w, "profile");
	paraph_status done =
		paraph_engine_open(&w->engine, &w->options, message, sizeof(message));
	if (done != PARAPH_OK) {
		fail_with(w, done == PARAPH_NOT_FOUND || done == PARAPH_USAGE ? 400 : 500,
			message);
		return;
	}
	if (paraph_session_open(&w->session, w->engine) != PARAPH_OK)
		out_of_memory(w);
	else if (what != NULL && strcmp(what, "align") == 0)
		do_align(w);
	else if (what != NULL && strcmp(what, "fixed") == 0)
		do_fixed(w);
	else
		do_check(w);
}

static bool
write_all(const char *p, size_t n)
{
	while (n != 0) {
		ssize_t put = write(STDOUT_FILENO, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

static bool
hand_over(const work *w)
{
	bytes line = { 0 };

	write_open(&line, NULL, '{');
	write_number(&line, "status", w->status);
	write_word(&line, "type", w->type);
	write_word(&line, "name", w->name);
	if (w->checked) {
		write_open(&line, "found", '[');
		for (size_t i = 0; i < PARAPH_ERROR; i++)
			write_number(&line, NULL, w->found[i]);
		write_close(&line, ']');
	}
	write_close(&line, '}');
	bytes_char(&line, '\n');
	bool done = !line.failed && !w->body.failed && write_all(line.p, line.n) &&
		    write_all(w->body.p, w->body.n);
	bytes_free(&line);
	return done;
}

int
work_run(const paraph_options *base)
{
	work w = { .options = *base, .status = 200, .type = "application/json" };

	set_limits();
	w.options.cache_folder = NULL;
	if (read_question(&w))
		respond(&w);
	else
		fail_with(&w, 400, WORK_ENVIRONMENT ": not a question");
	bool done = hand_over(&w);
	paraph_session_close(w.session);
	paraph_engine_close(w.engine);
	json_decref(w.question);
	bytes_free(&w.input);
	bytes_free(&w.body);
	return done ? 0 : 2;
}
