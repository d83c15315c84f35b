/* GNU gettext PO. A unit is an entry: its msgid, msgid_plural and each msgstr are segments. Of
 * plural forms the first translates the singular, the others the plural; a language with one
 * form has it for the plural. Obsolete entries and the ids before a fuzzy one are passed over.
 *
 * In an entry whose flags say that it is a format (c-format, python-brace-format …), what the
 * program fills in is a code, not text. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "bitext/bitext.h"
#include "text/utf8.h"

#define FORMS (BITEXT_SEGMENTS - 2)
#define PLACEHOLDER_MOST 60 /* bytes; what is longer is text */

static const bitext_code placeholder = { "%", false, CODE_ALONE, CODE_ALONE, NULL };

enum part { NOTHING, CONTEXT, ID, PLURAL, FORM };

typedef struct piece { /* of a string: its line in the file, without the quotation marks */
	enum part part;
	unsigned form;
	uint64_t at;
	uint32_t first, n; /* in text */
} piece;

typedef struct reader {
	const bitext_input *in;
	buffer text; /* of the pieces of the entry, as they are written */
	ARRAY(piece) pieces;
	buffer note, context, header;
	unsigned line, first_line, form;
	enum part now;
	bool fuzzy, formatted, seen_form, has_plural;
	unsigned forms;
	char source[64], target[64];
	uint64_t end; /* of the last line of the entry */
} reader;

static status
refuse(const reader *r, const char *en, const char *fr)
{
	return stream_refuse(r->in->stream, (stream_place){ r->line, 1 },
		r->in->stream->context->ui == LANGUAGE_FR ? fr : en);
}

static void
forget(reader *r)
{
	buffer_clear(&r->text);
	buffer_clear(&r->note);
	buffer_clear(&r->context);
	r->pieces.n = 0;
	r->now = NOTHING;
	r->fuzzy = r->formatted = r->seen_form = r->has_plural = false;
	r->forms = 0;
}

/* The character that stands behind a backslash. */
static char
unescape(char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

/* ---- placeholders ---- */

static size_t
span_in(slice s, size_t at, const char *set)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] != '\0' && strchr(set, s.p[at + n]) != NULL)
		n++;
	return n;
}

/* %s %5.2lf %1$s %(name)s %% */
static size_t
percent(slice s, size_t at)
{
	size_t i = at + 1;

	if (i < s.n && s.p[i] == '(') {
		const char *close = memchr(s.p + i, ')', s.n - i);
		if (close == NULL)
			return 0;
		i = (size_t)(close - s.p) + 1;
	}
	i += span_in(s, i, "0123456789$#-+'.*");
	i += span_in(s, i, "hlLqjzt");
	return i < s.n && s.p[i] != '\0' && strchr("diouxXeEfFgGaAcspn@%r", s.p[i]) != NULL
		       ? i + 1 - at
		       : 0;
}

/* {0} {name} {n:>3} */
static size_t
brace(slice s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n && s.p[i] != '}' && s.p[i] != '{' && s.p[i] != ' ' && s.p[i] != '\\')
		i++;
	return i < s.n && s.p[i] == '}' ? i + 1 - at : 0;
}

static size_t
placeholder_at(slice s, size_t at)
{
	size_t n = s.p[at] == '%' ? percent(s, at) : s.p[at] == '{' ? brace(s, at) : 0;

	return n <= PLACEHOLDER_MOST ? n : 0;
}

/* ---- an entry ---- */

static status
give_placeholder(const reader *r, slice s, uint64_t at)
{
	const bitext_events *e = r->in->events;
	char name[PLACEHOLDER_MOST + 1];

	snprintf(name, sizeof(name), "%.*s", SLICE_ARG(s));
	TRY(e->start(r->in->user, &placeholder, name, NULL, (bitext_bytes){ at, s.n }));
	return e->end(r->in->user, name, (bitext_bytes){ at + s.n, 0 });
}

static status
give_text(const reader *r, slice s, size_t from, size_t to, uint64_t at)
{
	if (from == to)
		return STATUS_OK;
	return r->in->events->text(
		r->in->user, slice_sub(s, from, to), (bitext_bytes){ at + from, to - from });
}

static status
give_piece(const reader *r, const piece *p)
{
	slice s = slice_sub(buffer_slice(&r->text), p->first, p->first + p->n);
	size_t from = 0, i = 0, n;

	while (i < s.n) {
		bool escape = s.p[i] == '\\' && i + 1 < s.n;
		n = escape ? 2 : r->formatted ? placeholder_at(s, i) : 0;
		if (n == 0) {
			i++;
			continue;
		}
		TRY(give_text(r, s, from, i, p->at));
		if (escape) {
			char c = unescape(s.p[i + 1]);
			TRY(r->in->events->text(
				r->in->user, (slice){ &c, 1 }, (bitext_bytes){ p->at + i, 2 }));
		} else
			TRY(give_placeholder(r, slice_sub(s, i, i + n), p->at + i));
		i += n;
		from = i;
	}
	return give_text(r, s, from, s.n, p->at);
}

static status
give_segment(const reader *r, enum part part, unsigned form)
{
	const piece *first = NULL, *last = NULL;
	const char *tag = part == FORM ? r->target : r->source;

	TRY(r->in->events->segment(r->in->user, slice_of(tag), true));
	for (size_t i = 0; i < r->pieces.n; i++) {
		const piece *p = &r->pieces.at[i];
		if (p->part != part || p->form != form)
			continue;
		first = first == NULL ? p : first;
		last = p;
		TRY(give_piece(r, p));
	}
	bitext_bytes content = { r->end, 0 };
	if (first != NULL)
		content = (bitext_bytes){ first->at, last->at + last->n - first->at };
	return r->in->events->segment_end(r->in->user, content);
}

static bool
is_empty(const reader *r, enum part part)
{
	for (size_t i = 0; i < r->pieces.n; i++)
		if (r->pieces.at[i].part == part && r->pieces.at[i].n != 0)
			return false;
	return true;
}

static status
give_pairs(const reader *r)
{
	size_t sources = r->has_plural ? 2 : 1;
	char form[16];

	for (unsigned i = 0; i < r->forms; i++) {
		bool singular = !r->has_plural || (i == 0 && r->forms > 1);
		bitext_pair p = { singular ? 0 : 1, sources + i, r->end,
			r->fuzzy ? PAIR_DRAFT : PAIR_TRANSLATED,
			r->fuzzy ? SLICE("fuzzy") : SLICE("") };
		snprintf(form, sizeof(form), "%u", i);
		if (r->has_plural)
			TRY(r->in->events->fact(r->in->user, BITEXT_SEGMENT, slice_of(form)));
		TRY(r->in->events->pair(r->in->user, &p));
	}
	if (r->forms != 0)
		return STATUS_OK;
	bitext_pair none = { 0, BITEXT_NONE, r->end, PAIR_UNTRANSLATED, SLICE("") };
	return r->in->events->pair(r->in->user, &none);
}

static status
give_entry(const reader *r)
{
	const bitext_events *e = r->in->events;

	TRY(e->unit(r->in->user, (stream_place){ r->first_line, 1 }));
	if (r->context.n != 0)
		TRY(e->fact(r->in->user, BITEXT_CONTEXT, buffer_slice(&r->context)));
	if (r->note.n != 0)
		TRY(e->fact(r->in->user, BITEXT_NOTE, buffer_slice(&r->note)));
	TRY(give_segment(r, ID, 0));
	if (r->has_plural)
		TRY(give_segment(r, PLURAL, 0));
	for (unsigned i = 0; i < r->forms; i++)
		TRY(give_segment(r, FORM, i));
	TRY(give_pairs(r));
	return e->unit_end(r->in->user);
}

static void
put_unescaped(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '\\' && i + 1 < s.n;
		buffer_put_char(out, escape ? unescape(s.p[++i]) : s.p[i]);
	}
}

/* Language: fr */
static void
read_header(reader *r)
{
	static const slice names[] = { { "Language:", 9 }, { "X-Source-Language:", 18 } };
	char *const tags[] = { r->target, r->source };
	slice rest, line;

	buffer_clear(&r->header);
	for (size_t i = 0; i < r->pieces.n; i++) {
		const piece *p = &r->pieces.at[i];
		if (p->part == FORM)
			put_unescaped(&r->header,
				slice_sub(buffer_slice(&r->text), p->first, p->first + p->n));
	}
	for (rest = buffer_slice(&r->header); slice_line(&rest, &line);)
		for (size_t i = 0; i < 2; i++)
			if (slice_starts(line, names[i])) {
				slice tag = slice_trim(slice_sub(line, names[i].n, line.n));
				snprintf(tags[i], 64, "%.*s", (int)(tag.n < 60 ? tag.n : 60),
					tag.p);
			}
}

static status
end_entry(reader *r)
{
	bool is_header = is_empty(r, ID) && r->context.n == 0;

	TRY(r->text.status);
	TRY(r->note.status);
	TRY(r->context.status);
	if (r->pieces.n != 0 && is_header)
		read_header(r);
	else if (r->pieces.n != 0)
		TRY(give_entry(r));
	forget(r);
	return STATUS_OK;
}

/* ---- lines ---- */

static bool
contains(slice s, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= s.n; i++)
		if (memcmp(s.p + i, what, n) == 0)
			return true;
	return false;
}

static status
take_comment(reader *r, slice line)
{
	if (slice_starts(line, SLICE("#,"))) {
		r->fuzzy = r->fuzzy || contains(line, "fuzzy");
		r->formatted =
			r->formatted || (contains(line, "-format") && !contains(line, "no-"));
	} else if (line.n > 2 && (line.p[1] == ' ' || line.p[1] == '.')) {
		buffer_put(&r->note, r->note.n == 0 ? SLICE("") : SLICE("\n"));
		buffer_put(&r->note, slice_trim(slice_sub(line, 2, line.n)));
	}
	return r->note.status;
}

static void
begin_part(reader *r, slice *line)
{
	static const struct {
		slice word;
		enum part part;
	} words[] = { { { "msgctxt", 7 }, CONTEXT }, { { "msgid_plural", 12 }, PLURAL },
		{ { "msgid", 5 }, ID }, { { "msgstr", 6 }, FORM } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!slice_starts(*line, words[i].word))
			continue;
		r->now = words[i].part;
		*line = slice_sub(*line, words[i].word.n, line->n);
		if (r->now == PLURAL)
			r->has_plural = true;
		if (r->now == FORM) {
			const char *close = memchr(line->p, ']', line->n);
			r->form = r->forms;
			r->forms += r->forms < FORMS;
			r->seen_form = true;
			if (close != NULL && line->p[0] == '[')
				*line = slice_sub(
					*line, (size_t)(close - line->p) + 1, line->n);
		}
		return;
	}
}

/* One string, or the next part of it. at: where the line begins. */
static status
take_line(reader *r, slice line, uint64_t at)
{
	const char *start = line.p;

	begin_part(r, &line);
	line = slice_trim(line);
	if (line.n < 2 || line.p[0] != '"' || line.p[line.n - 1] != '"' || r->now == NOTHING)
		return refuse(r, "not a line of PO", "ce n’est pas une ligne de PO");
	slice inner = slice_sub(line, 1, line.n - 1);
	if (r->now == CONTEXT) {
		put_unescaped(&r->context, inner);
		return r->context.status;
	}
	TRY(ARRAY_RESERVE(r->in->stream->context->memory, &r->pieces, 1));
	r->pieces.at[r->pieces.n++] = (piece){ r->now, r->now == FORM ? r->form : 0,
		at + (uint64_t)(inner.p - start), (uint32_t)r->text.n, (uint32_t)inner.n };
	buffer_put(&r->text, inner);
	return r->text.status;
}

static bool
begins_entry(const reader *r, slice line)
{
	return r->seen_form && (line.p[0] == '#' || slice_starts(line, SLICE("msgctxt")) ||
				       (slice_starts(line, SLICE("msgid")) &&
					       !slice_starts(line, SLICE("msgid_plural"))));
}

static status
take_any(reader *r, slice raw, uint64_t at)
{
	slice line = slice_trim(raw);
	utf8_facts facts;

	if (utf8_check(line, &facts) != line.n || memchr(line.p, 0, line.n) != NULL)
		return refuse(r, "not UTF-8", "pas en UTF-8");
	if (line.n == 0 || begins_entry(r, line)) {
		TRY(end_entry(r));
		r->first_line = r->line + (line.n == 0);
	}
	if (line.n == 0 || slice_starts(line, SLICE("#~")))
		return STATUS_OK;
	if (line.p[0] == '#')
		return take_comment(r, line);
	TRY(take_line(r, line, at + (uint64_t)(line.p - raw.p)));
	r->end = at + raw.n;
	return STATUS_OK;
}

static status
read_lines(reader *r)
{
	bool more;
	slice line;

	for (;;) {
		uint64_t at = r->in->stream->taken;
		TRY(stream_line(r->in->stream, &line, &more));
		if (!more)
			return end_entry(r);
		r->line++;
		if (r->line == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF"))) {
			line = slice_sub(line, 3, line.n);
			at += 3;
		}
		TRY(take_any(r, line, at));
	}
}

status
bitext_read_po(const bitext_input *in)
{
	context *c = in->stream->context;
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->first_line = 1;
	strcpy(r->source, "en");
	buffer_init(&r->text, c->memory, c->limits.paragraph);
	buffer_init(&r->note, c->memory, c->limits.paragraph);
	buffer_init(&r->context, c->memory, c->limits.paragraph);
	buffer_init(&r->header, c->memory, c->limits.paragraph);
	forget(r);
	status done = read_lines(r);
	buffer_free(&r->text);
	buffer_free(&r->note);
	buffer_free(&r->context);
	buffer_free(&r->header);
	ARRAY_FREE(c->memory, &r->pieces);
	memory_free(c->memory, r);
	return done;
}

/* A line that begins with a word. */
static bool
has_line(slice head, slice word)
{
	for (size_t i = 0; i + word.n < head.n; i++)
		if ((i == 0 || head.p[i - 1] == '\n') &&
			memcmp(head.p + i, word.p, word.n) == 0 && head.p[i + word.n] == '"')
			return true;
	return false;
}

int
bitext_probe_po(slice head)
{
	return has_line(head, SLICE("msgid ")) && (has_line(head, SLICE("msgstr ")) ||
							  has_line(head, SLICE("msgstr[0] ")))
		       ? 90
		       : 0;
}
