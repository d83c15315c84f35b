/* See suppression.h. The comments are looked for in the flat text, where paragraphs are whole;
 * the source map tells where the lines of the file ended. A document without the word
 * « paraph » costs one search. */
#define _GNU_SOURCE /* memmem */
#include "checker/suppression.h"

#include "checker/check.h"
#include "checker/rule.h"
#include "document/original.h"
#include "text/find.h"
#include "text/pattern.h"

#define WORD "paraph"
#define REACH 1024         /* bytes a comment may have */
#define COMMENTS_MOST 1000 /* what a file has more of is not read: each costs every finding */

typedef enum keyword { WORD_OFF, WORD_ON, WORD_IGNORE, WORD_NONE } keyword;

typedef struct comment {
	span text; /* from « paraph » to the end of what it says */
	span line; /* of the file it stands in, in the flat text */
	keyword word;
	slice rules;
	bool alone; /* nothing else stands in the line */
} comment;

typedef struct reader {
	check *c;
	slice text;
	ARRAY(comment) found;
	ARRAY(span) unknown;
} reader;

/* The byte at i ends a line of the file: a line feed, or the space that re-flow made of one. */
static bool
ends_line(const check *c, size_t i)
{
	slice text = c->document->text;

	if (text.p[i] == '\n' || text.p[i] == '\r')
		return true;
	if (text.p[i] != ' ' || c->document->map.count == 0)
		return false;
	slice s = document_lines(c->document, (span){ (uint32_t)i, (uint32_t)i + 1 });
	for (size_t k = 0; k < s.n; k++)
		if (s.p[k] == '\n' || s.p[k] == '\r')
			return true;
	return false;
}

static span
line_around(const check *c, size_t at)
{
	size_t start = at, end = at;

	while (start > 0 && !ends_line(c, start - 1))
		start--;
	while (end < c->document->text.n && !ends_line(c, end))
		end++;
	return (span){ (uint32_t)start, (uint32_t)end };
}

static size_t
comment_end(const check *c, size_t at)
{
	size_t end = at;

	while (end < c->document->text.n && end - at < REACH && !ends_line(c, end))
		end++;
	return end;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

/* White space, no-break spaces too: French puts one before the colon. */
static slice
skip_space(slice s)
{
	for (;;) {
		if (s.n != 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
			s = slice_sub(s, 1, s.n);
		else if (slice_starts(s, SLICE("\u00A0")))
			s = slice_sub(s, 2, s.n);
		else if (slice_starts(s, SLICE("\u202F")))
			s = slice_sub(s, 3, s.n);
		else
			return s;
	}
}

/* Where the reason begins, or the comment of the format ends. */
static slice
before_reason(slice s)
{
	static const char *const ends[] = { "\u2014", "\u2013", "--", " - ", "*/", "#}", "%>" };
	size_t n = s.n;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const char *p = memmem(s.p, n, ends[i], strlen(ends[i]));
		if (p != NULL)
			n = (size_t)(p - s.p);
	}
	return slice_trim(slice_sub(s, 0, n));
}

static keyword
read_keyword(slice *rest)
{
	static const slice known[] = { { "off", 3 }, { "on", 2 }, { "ignore", 6 } };

	for (int k = WORD_OFF; k < WORD_NONE; k++) {
		slice w = known[k];
		if (!slice_starts(*rest, w) || (rest->n > w.n && is_letter(rest->p[w.n]) &&
						       (unsigned char)rest->p[w.n] < 0x80))
			continue;
		*rest = slice_sub(*rest, w.n, rest->n);
		return (keyword)k;
	}
	return WORD_NONE;
}

/* What stands between a line's start and the comment: at most the format's own mark. */
static bool
is_alone(slice before)
{
	for (size_t i = 0; i < before.n; i++)
		if (is_letter(before.p[i]))
			return false;
	return true;
}

/* Prose may speak of paraph: a comment says off or on and nothing more before its reason, or
 * ignore and something that looks like a rule. */
static bool
read_comment(const check *c, size_t at, comment *out)
{
	slice text = c->document->text;
	slice rest = skip_space(slice_sub(text, at + sizeof(WORD) - 1, comment_end(c, at)));

	if (at > 0 && (is_letter(text.p[at - 1]) || text.p[at - 1] == '`'))
		return false;
	if (rest.n == 0 || rest.p[0] != ':')
		return false;
	rest = skip_space(slice_sub(rest, 1, rest.n));
	keyword said = read_keyword(&rest);
	slice rules = before_reason(rest);
	if (said == WORD_NONE || (said != WORD_IGNORE) != (rules.n == 0))
		return false;
	if (said == WORD_IGNORE && memchr(rules.p, '/', rules.n) == NULL &&
		!slice_starts(rules, SLICE("all")))
		return false;
	span line = line_around(c, at);
	*out = (comment){ .text = { (uint32_t)at, line.end },
		.line = line,
		.word = said,
		.rules = rules,
		.alone = is_alone(slice_sub(text, line.start, at)) };
	return true;
}

/* One name off *names; commas and white space part them. */
static bool
next_name(slice *names, slice *name)
{
	size_t i = 0;

	while (names->n != 0 && strchr(" ,\t", names->p[0]) != NULL)
		*names = slice_sub(*names, 1, names->n);
	while (i < names->n && strchr(" ,\t", names->p[i]) == NULL)
		i++;
	*name = slice_sub(*names, 0, i);
	*names = slice_sub(*names, i, names->n);
	return i != 0;
}

static status
note_unknown(reader *r, const comment *found)
{
	slice names = found->rules, name;

	while (next_name(&names, &name)) {
		bool met = false;
		for (size_t i = 0; i < r->c->with->rule_count && !met; i++)
			met = profile_names_rule(name, r->c->with->rules[i]);
		if (met)
			continue;
		uint32_t start = (uint32_t)(name.p - r->text.p);
		TRY(ARRAY_RESERVE(r->c->context->memory, &r->unknown, 1));
		r->unknown.at[r->unknown.n++] = (span){ start, start + (uint32_t)name.n };
	}
	return STATUS_OK;
}

static status
find_comments(reader *r)
{
	size_t next = 0;

	while (r->found.n < COMMENTS_MOST) {
		comment found;
		size_t at = text_find(r->text, next, SLICE(WORD));
		if (at == r->text.n)
			break;
		next = at + sizeof(WORD) - 1;
		if (!read_comment(r->c, at, &found))
			continue;
		TRY(ARRAY_RESERVE(r->c->context->memory, &r->found, 1));
		r->found.at[r->found.n++] = found;
		TRY(note_unknown(r, &found));
		next = found.text.end;
	}
	return STATUS_OK;
}

/* The rest of the paragraph after the comment, else the next one. */
static span
paragraph_after(const document *d, const comment *found)
{
	size_t low = 0, high = d->block_count; /* the first block that ends after the comment */

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.end > found->line.end)
			high = middle;
		else
			low = middle + 1;
	}
	if (low == d->block_count)
		return (span){ 0 };
	span b = d->blocks[low].text;
	return b.start > found->line.end ? b : (span){ found->line.end, b.end };
}

static span
zone_of(const reader *r, size_t i)
{
	const comment *found = &r->found.at[i];

	if (found->word == WORD_IGNORE)
		return found->alone ? paragraph_after(r->c->document, found) : found->line;
	for (size_t k = i + 1; k < r->found.n; k++)
		if (r->found.at[k].word == WORD_ON)
			return (span){ found->text.start, r->found.at[k].text.start };
	return (span){ found->text.start, (uint32_t)r->text.n };
}

static status
make_list(const reader *r, suppression_list *out)
{
	arena *keep = r->c->keep;

	out->at = ARENA_ARRAY(keep, suppression, r->found.n);
	out->comments = ARENA_ARRAY(keep, span, r->found.n);
	out->unknown = ARENA_ARRAY(keep, span, r->unknown.n);
	if (out->at == NULL || out->comments == NULL || out->unknown == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r->found.n; i++) {
		out->comments[out->comment_count++] = r->found.at[i].text;
		if (r->found.at[i].word != WORD_ON)
			out->at[out->count++] =
				(suppression){ zone_of(r, i), r->found.at[i].rules };
	}
	if (r->unknown.n != 0)
		memcpy(out->unknown, r->unknown.at, r->unknown.n * sizeof(span));
	out->unknown_count = r->unknown.n;
	return STATUS_OK;
}

status
suppression_read(check *c, suppression_list *out)
{
	reader r = { .c = c, .text = c->document->text };

	*out = (suppression_list){ 0 };
	if (!c->document->commented)
		return STATUS_OK;
	status s = find_comments(&r);
	if (s == STATUS_OK && r.found.n != 0)
		s = make_list(&r, out);
	ARRAY_FREE(c->context->memory, &r.found);
	ARRAY_FREE(c->context->memory, &r.unknown);
	return s;
}

/* ---- findings ---- */

static bool
touches(span a, span b)
{
	return a.start < b.end && (b.start < a.end || (a.start == a.end && b.start <= a.start));
}

static bool
names_rule(slice names, const rule *one)
{
	slice name;

	if (names.n == 0)
		return true;
	while (next_name(&names, &name))
		if (profile_names_rule(name, one))
			return true;
	return false;
}

static bool
is_suppressed(const suppression_list *l, const finding *f)
{
	if (f->rule == &rule_suppression_comment)
		return false;
	for (size_t i = 0; i < l->comment_count; i++)
		if (touches(f->text, l->comments[i]))
			return true;
	for (size_t i = 0; i < l->count; i++)
		if (touches(f->text, l->at[i].text) && names_rule(l->at[i].rules, f->rule))
			return true;
	return false;
}

static bool
fits(const pattern *p, slice text)
{
	span groups[PATTERN_GROUPS];

	return p == NULL || pattern_find(p, text, 0, groups) == PATTERN_FOUND;
}

static bool
is_ignored(const check *c, const finding *f)
{
	for (size_t i = 0; i < c->style->ignored_count; i++) {
		const ignored *e = &c->style->ignored[i];
		if (e->fingerprint == 0 && (e->rule.n == 0 || names_rule(e->rule, f->rule)) &&
			(e->text.n == 0 || slice_equal(e->text, check_text(c, f->text))) &&
			fits(e->pattern, check_text(c, f->text)))
			return true;
	}
	return false;
}

void
suppression_apply(check *c)
{
	size_t kept = 0;

	if (c->suppressed.comment_count == 0 && c->style->ignored_count == 0)
		return;
	for (size_t i = 0; i < c->found.list.n; i++)
		if (!is_suppressed(&c->suppressed, &c->found.list.at[i]) &&
			!is_ignored(c, &c->found.list.at[i]))
			c->found.list.at[kept++] = c->found.list.at[i];
	c->found.list.n = kept;
}
