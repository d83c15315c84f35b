/* /api/v1/memory: matches, concordance, and what goes into the memory and out of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/http/api.h"
#include "apps/http/server.h"
#include "apps/http/stores.h"
#include "apps/http/upload.h"
#include "apps/http/utf16.h"

static void
put_unit(bytes *b, const paraph_tm_unit *u)
{
	write_string(b, "source", u->source);
	write_string(b, "target", u->target);
	write_string(b, "source_language", u->source_language);
	write_string(b, "target_language", u->target_language);
	write_string(b, "document", u->document);
	write_string(b, "author", u->author);
	write_string(b, "changed", u->changed);
}

/* Databases that did not answer: what they have is not in the answer. */
static void
put_missing(bytes *b, const paraph_tm *tm)
{
	const char *missing = paraph_tm_missing(tm);

	if (missing != NULL)
		write_word(b, "incomplete", missing);
}

/* --- matches --- */

typedef struct matches {
	bytes *out;
	paraph_tm *tm;
	paraph_text text;
} matches;

static const char *const changes[] = { "none", "form", "word", "less", "more" };

static paraph_status
put_step(void *user, paraph_change change, paraph_text first, paraph_text second)
{
	bytes *b = user;

	write_open(b, NULL, '{');
	write_word(b, "change", changes[change]);
	write_string(b, "first", first);
	write_string(b, "second", second);
	write_close(b, '}');
	return PARAPH_OK;
}

/* What is found is copied: the memory is asked again, for differences, when all is found. */
typedef struct found {
	matches *into;
	struct {
		bytes json;
		char *source;
		size_t n;
	} list[20];
	size_t count;
} found;

static paraph_status
keep_match(void *user, const paraph_tm_match *m)
{
	found *f = user;

	if (f->count == sizeof(f->list) / sizeof(*f->list))
		return PARAPH_OK;
	bytes *b = &f->list[f->count].json;
	write_number(b, "score", (uint64_t)(m->score / 100));
	write_number(b, "hundredths", (uint64_t)m->score);
	write_number(b, "plain", (uint64_t)(m->plain / 100));
	put_unit(b, &m->unit);
	write_string(b, "proposed", m->proposed);
	write_number(b, "carried", m->carried);
	f->list[f->count].source = malloc(m->unit.source.n + 1);
	if (f->list[f->count].source == NULL)
		return PARAPH_MEMORY;
	memcpy(f->list[f->count].source, m->unit.source.p, m->unit.source.n);
	f->list[f->count++].n = m->unit.source.n;
	return PARAPH_OK;
}

static paraph_status
put_matches(matches *m, found *f)
{
	bytes *b = m->out;
	paraph_status done = PARAPH_OK;

	write_open(b, "matches", '[');
	for (size_t i = 0; i < f->count && done == PARAPH_OK; i++) {
		write_open(b, NULL, '{');
		bytes_put(b, f->list[i].json.p, f->list[i].json.n);
		b->follows = true;
		write_open(b, "difference", '[');
		done = paraph_tm_difference(m->tm, m->text,
			(paraph_text){ f->list[i].source, f->list[i].n }, put_step, b);
		write_close(b, ']');
		write_close(b, '}');
	}
	write_close(b, ']');
	return done;
}

static paraph_status
put_phrase(void *user, const paraph_tm_phrase *p)
{
	const matches *m = user;
	bytes *b = m->out;
	paraph_text source = p->unit.source, target = p->unit.target;

	write_open(b, NULL, '{');
	write_string(b, "text", (paraph_text){ m->text.p + p->start, p->end - p->start });
	write_number(b, "units", p->units);
	write_string(b, "source",
		(paraph_text){ source.p + p->source.start, p->source.end - p->source.start });
	write_string(b, "target",
		(paraph_text){ target.p + p->target.start, p->target.end - p->target.start });
	write_number(b, "likeness", (uint64_t)(p->likeness * 100 + 0.5));
	write_close(b, '}');
	return PARAPH_OK;
}

static paraph_text
text_member(const json_t *body, const char *key)
{
	const json_t *v = json_object_get(body, key);

	return (paraph_text){ json_string_value(v), json_string_length(v) };
}

static int
threshold_of(const json_t *body)
{
	const json_t *v = json_object_get(body, "threshold");
	double n = json_is_number(v) ? json_number_value(v) : 70;

	return n < 50 ? 5000 : n > 101 ? 10100 : (int)(n * 100);
}

static size_t
most_of(const json_t *body)
{
	const json_t *v = json_object_get(body, "most");
	json_int_t n = json_is_integer(v) ? json_integer_value(v) : 5;

	return n < 1 ? 1 : n > 20 ? 20 : (size_t)n;
}

static paraph_status
match(request *r, paraph_tm *tm, const json_t *body)
{
	matches m = { &r->answer.body, tm, text_member(body, "text") };
	found f = { .into = &m };
	paraph_tm_query q = { .text = m.text,
		.previous = text_member(body, "previous"),
		.next = text_member(body, "next"),
		.source = api_member(body, "source"),
		.target = api_member(body, "target"),
		.threshold = threshold_of(body),
		.most = most_of(body) };
	paraph_status done = paraph_tm_find(tm, &q, keep_match, &f);

	write_open(m.out, NULL, '{');
	if (done == PARAPH_OK)
		done = put_matches(&m, &f);
	write_open(m.out, "phrases", '[');
	if (done == PARAPH_OK && f.count == 0)
		done = paraph_tm_phrases(tm, m.text, q.source, q.target, put_phrase, &m);
	write_close(m.out, ']');
	put_missing(m.out, tm);
	write_close(m.out, '}');
	if (done != PARAPH_OK)
		api_failure(r, done, paraph_tm_message(tm));
	for (size_t i = 0; i < f.count; i++) {
		bytes_free(&f.list[i].json);
		free(f.list[i].source);
	}
	return done;
}

void
api_memory_match(request *r)
{
	json_t *body = api_body(r);
	paraph_tm *tm;

	if (body == NULL)
		return;
	if (text_member(body, "text").n == 0)
		api_error(r, 400, "“text” is missing", "«\u00A0text\u00A0» n’est pas donné");
	else if ((tm = stores_take_memory(r, false)) != NULL) {
		paraph_status done = match(r, tm, body);
		stores_give_memory(r, tm, false, done);
	}
	json_decref(body);
}

/* --- concordance --- */

typedef struct concordance {
	bytes *out;
	bool in_target;
} concordance;

static paraph_status
put_occurrence(void *user, const paraph_tm_occurrence *o)
{
	const concordance *c = user;
	bytes *b = c->out;
	utf16 units;

	if (!utf16_open(&units, c->in_target ? o->unit.target : o->unit.source))
		return PARAPH_MEMORY;
	write_open(b, NULL, '{');
	put_unit(b, &o->unit);
	write_bool(b, "phrase", o->phrase);
	write_open(b, "marks", '[');
	for (size_t i = 0; i < o->mark_count; i++) {
		write_open(b, NULL, '{');
		write_number(b, "at", utf16_at(&units, o->marks[i].start));
		write_number(b, "to", utf16_at(&units, o->marks[i].end));
		write_close(b, '}');
	}
	write_close(b, ']');
	write_close(b, '}');
	utf16_close(&units);
	return PARAPH_OK;
}

void
api_memory_concordance(request *r)
{
	concordance c = { &r->answer.body, form_is(&r->form, "side", "target") };
	char *tag = api_parameter(r, "language");
	paraph_tm *tm = stores_take_memory(r, false);
	size_t total = 0;

	if (tm != NULL) {
		write_open(c.out, NULL, '{');
		write_open(c.out, "units", '[');
		paraph_status done =
			paraph_tm_concordance(tm, form_get(&r->form, "q"), c.in_target, tag,
				api_count(r, "limit", 1, 200, 20), put_occurrence, &c, &total);
		write_close(c.out, ']');
		write_number(c.out, "total", total);
		put_missing(c.out, tm);
		write_close(c.out, '}');
		if (done != PARAPH_OK)
			api_failure(r, done, paraph_tm_message(tm));
		stores_give_memory(r, tm, false, done);
	}
	free(tag);
}

/* --- in and out --- */

void
api_memory_add(request *r)
{
	json_t *body = api_body(r);
	paraph_tm *tm;
	bool added = false;

	if (body == NULL)
		return;
	if ((tm = stores_take_memory(r, true)) != NULL) {
		paraph_tm_unit u = { .source = text_member(body, "source"),
			.target = text_member(body, "target"),
			.source_language = text_member(body, "source_language"),
			.target_language = text_member(body, "target_language"),
			.document = text_member(body, "document"),
			.author = text_of(r->user) };
		paraph_status done = paraph_tm_add(tm, &u, &added);
		if (done != PARAPH_OK) {
			api_failure(r, done, paraph_tm_message(tm));
		} else {
			r->answer.status = added ? 201 : 200;
			write_open(&r->answer.body, NULL, '{');
			write_bool(&r->answer.body, "added", added);
			write_close(&r->answer.body, '}');
		}
		stores_give_memory(r, tm, true, done);
	}
	json_decref(body);
}

void
api_memory_export(request *r)
{
	char *format = api_parameter(r, "format"), name[64];
	const char *as = format == NULL ? "tmx" : format;
	paraph_tm *tm = stores_take_memory(r, false);
	const paraph_tm_filter all = { 0 };
	uint64_t units, lost;

	if (tm != NULL) {
		paraph_status done = paraph_tm_export(
			tm, &all, as, bytes_take, &r->answer.body, &units, &lost);
		if (done != PARAPH_OK) {
			api_failure(r, done, paraph_tm_message(tm));
		} else {
			api_type(r, "application/octet-stream");
			snprintf(name, sizeof(name), "memory.%.30s", as);
			api_download(r, name);
		}
		stores_give_memory(r, tm, false, done);
	}
	free(format);
}

static paraph_status
import(request *r, upload *u, char *message, size_t size)
{
	paraph_tm *tm = stores_take_memory(r, true);
	paraph_tm_counts n = { 0 };

	if (tm == NULL)
		return PARAPH_IO;
	paraph_tm_import i = { .path = u->path,
		.author = r->user,
		.user = u,
		.skipped = upload_skipped,
		.progress = upload_progress };
	paraph_status done = paraph_tm_import_file(tm, &i, &n);
	if (done != PARAPH_OK)
		snprintf(message, size, "%s", paraph_tm_message(tm));
	stores_give_memory(r, tm, true, done);
	upload_count(u, "added", n.added);
	upload_count(u, "same", n.same);
	upload_count(u, "skipped", n.skipped);
	return done;
}

void
api_memory_import(request *r)
{
	upload_take(r, import);
}
