/* Terms of the glossaries that begin with what was typed, in the language of the paragraph. The
 * last words before the cursor are tried, most of them first: « Assemblée g », then « g ».
 * Accents and case are forgiven, as the search of the termbase does. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/diagnostic.h"
#include "apps/lsp/server.h"

#define WORDS_MOST 4
#define LETTERS_LEAST 3
#define HITS_MOST 100 /* of the search, which forgives more than completion may */

typedef struct request {
	backend *backend;
	checked *document;
	line_cursor cursor;
	size_t from, at; /* the words that are completed */
	const char *language;
	json_t *items;
} request;

/* The byte before the place: letters, not the apostrophe of an elision. */
static bool
is_part_of_word(const lines *l, size_t at)
{
	unsigned char c = (unsigned char)l->bytes[at - 1];

	if (c == 0x99 && at >= 3 && memcmp(l->bytes + at - 3, "\u2019", 3) == 0)
		return false;
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

/* Where the last n words before the place begin; false: there are not so many in the line. */
static bool
words_before(const lines *l, size_t at, size_t n, size_t *from)
{
	*from = at;
	for (size_t i = 0; i < n; i++) {
		size_t begin = *from;
		while (begin > 0 &&
			(l->bytes[begin - 1] == ' ' || l->bytes[begin - 1] == '-') && i > 0)
			begin--;
		size_t end = begin;
		while (begin > 0 && is_part_of_word(l, begin))
			begin--;
		if (begin == end)
			return false;
		*from = begin;
	}
	return true;
}

/* One letter of a text without its accent and its case; 0 at the end. */
static unsigned
next_letter(paraph_text t, size_t *i)
{
	/* U+00C0 to U+00FF */
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
				    "aaaaaaaceeeeiiiidnooooo/ouuuuyty";

	if (*i >= t.n)
		return 0;
	unsigned c = (unsigned char)t.p[(*i)++];
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	if (c == 0xC3 && *i < t.n)
		return (unsigned char)plain[(unsigned char)t.p[(*i)++] & 0x3F];
	if (c == 0xC2 && *i < t.n && (unsigned char)t.p[*i] == 0xA0) { /* no-break space */
		++*i;
		return ' ';
	}
	return c;
}

static bool
begins_with(paraph_text term, paraph_text typed)
{
	size_t i = 0, k = 0;

	for (;;) {
		unsigned wanted = next_letter(typed, &k);
		if (wanted == 0)
			return true;
		if (next_letter(term, &i) != wanted)
			return false;
	}
}

static paraph_status
take(void *user, const paraph_hit *hit)
{
	request *r = user;
	size_t n = strlen(r->language);

	if (hit->language.n < n || memcmp(hit->language.p, r->language, n) != 0 ||
		(strcmp(hit->status, "preferred") != 0 && strcmp(hit->status, "admitted") != 0))
		return PARAPH_OK;
	paraph_text begun = { r->document->text.bytes + r->from, r->at - r->from };
	if (!begins_with(hit->term, begun))
		return PARAPH_OK;
	json_t *range = message_range(
		&r->document->text, &r->cursor, r->from, r->at, r->backend->bytes);
	json_t *typed = message_string(begun);
	json_array_append_new(
		r->items, json_pack("{s:o, s:i, s:o, s:o, s:o, s:{s:o, s:o}}", "label",
				  message_string(hit->term), "kind", 1, "detail",
				  message_string(hit->concept), "filterText", typed, "sortText",
				  json_sprintf("%04zu", json_array_size(r->items)), "textEdit",
				  "range", range, "newText", message_string(hit->term)));
	return PARAPH_OK;
}

/* The language of the paragraph, else of the document. */
static const char *
language_at(const request *r, size_t at)
{
	size_t start, end;
	const char *language;

	for (size_t back = 0; back < 2 && back <= at; back++)
		if (paraph_result_segment(r->document->session, r->document->result, at - back,
			    &start, &end, &language) == PARAPH_OK)
			return language;
	return paraph_result_language(r->document->result);
}

static json_t *
complete(backend *b, checked *d, const json_t *params, fault *f)
{
	request r = { .backend = b, .document = d, .items = json_array() };
	position where;

	if (!message_read_position(json_object_get(params, "position"), &where)) {
		f->code = CODE_PARAMS;
		strcpy(f->message, "no position");
		return r.items;
	}
	paraph_termbase *t = diagnostics_exist(d) ? backend_terms(b, d->name) : NULL;
	if (t == NULL)
		return r.items;
	r.at = lines_offset(&d->text, where, b->bytes);
	r.language = language_at(&r, r.at);
	for (size_t n = WORDS_MOST; n > 0 && json_array_size(r.items) == 0; n--) {
		if (!words_before(&d->text, r.at, n, &r.from) || r.at - r.from < LETTERS_LEAST)
			continue;
		paraph_text typed = { d->text.bytes + r.from, r.at - r.from };
		(void)!paraph_termbase_search(t, typed, HITS_MOST, take, &r);
	}
	return json_pack("{s:b, s:o}", "isIncomplete", 1, "items", r.items);
}

const method method_completion = {
	.name = "textDocument/completion", .request = true, .work = complete
};
