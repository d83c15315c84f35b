/* Mail (.eml): the subject, then the body as the reader of mail shows it. Of alternatives the
 * plain text is read, else the HTML; attachments are not. Transfer encodings are undone,
 * character sets are ICU's. Filled lines are joined as in any text.
 *
 * Places are those of `paraph text`: what stands in the file may be base64. Corrections:
 * document/formats/eml_edit.c. */
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "document/format.h"
#include "document/formats/eml.h"
#include "text/charset.h"
#include "text/sniff.h"

#define PARTS_NESTED 32
#define HEAD_MOST 65536

typedef struct head { /* of a message or part */
	slice type, encoding, disposition, subject;
} head;

typedef struct reader {
	context *context;
	document *document;
	buffer text;
	ARRAY(block) blocks;
	ARRAY(mail_part) parts;
	slice boundaries[PARTS_NESTED];
	bool alternative[PARTS_NESTED], plain[PARTS_NESTED]; /* plain: it was read */
	size_t open;
	uint32_t part;
} reader;

static bool
begins(slice s, const char *with)
{
	return s.n >= strlen(with) && strncasecmp(s.p, with, strlen(with)) == 0;
}

/* ---- transfer encodings ---- */

static int
hex(char c)
{
	return c >= '0' && c <= '9'                     ? c - '0'
	       : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
							: -1;
}

/* in_word: of an encoded word, where _ is a space. */
static void
decode_quoted(buffer *out, slice s, bool in_word)
{
	for (size_t i = 0; i < s.n; i++) {
		bool line_end = s.p[i] == '=' && i + 1 < s.n &&
				(s.p[i + 1] == '\n' || s.p[i + 1] == '\r');
		if (line_end) {
			i += s.p[i + 1] == '\r' && i + 2 < s.n && s.p[i + 2] == '\n' ? 2 : 1;
		} else if (s.p[i] == '=' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 &&
			   hex(s.p[i + 2]) >= 0) {
			buffer_put_char(out, (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])));
			i += 2;
		} else
			buffer_put_char(out, in_word && s.p[i] == '_' ? ' ' : s.p[i]);
	}
}

static int
base64_value(char c)
{
	return c >= 'A' && c <= 'Z'   ? c - 'A'
	       : c >= 'a' && c <= 'z' ? c - 'a' + 26
	       : c >= '0' && c <= '9' ? c - '0' + 52
	       : c == '+'             ? 62
	       : c == '/'             ? 63
				      : -1;
}

static void
decode_base64(buffer *out, slice s)
{
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		int value = base64_value(s.p[i]);
		if (value < 0)
			continue;
		bits = (bits << 6 | (unsigned)value) & 0xFFFFFF;
		held += 6;
		if (held >= 8) {
			held -= 8;
			buffer_put_char(out, (char)(bits >> held & 0xFF));
		}
	}
}

/* ---- heads ---- */

/* A parameter of a head: charset=utf-8, boundary="x". */
static slice
parameter(slice value, const char *name)
{
	return sniff_value(value, name);
}

/* A boundary may have any sign in its quotation marks. */
static slice
boundary_of(slice value)
{
	for (size_t i = 0; i + 9 < value.n; i++) {
		slice rest = slice_sub(value, i, value.n), quoted, tail;
		if (!begins(rest, "boundary="))
			continue;
		rest = slice_sub(rest, 9, rest.n);
		if (rest.p[0] != '"')
			return parameter(value, "boundary");
		(void)slice_cut(slice_sub(rest, 1, rest.n), '"', &quoted, &tail);
		return quoted;
	}
	return SLICE("");
}

/* Reads lines off *rest up to the empty one; what goes on in the next line is taken whole. */
static void
read_head(slice *rest, head *out)
{
	static const struct {
		const char *name;
		size_t field;
	} fields[] = { { "content-type:", offsetof(head, type) },
		{ "content-transfer-encoding:", offsetof(head, encoding) },
		{ "content-disposition:", offsetof(head, disposition) },
		{ "subject:", offsetof(head, subject) } };
	slice line;

	*out = (head){ 0 };
	while (slice_line(rest, &line) && slice_trim(line).n != 0) {
		const char *start = line.p, *end = line.p + line.n;
		while (rest->n != 0 && (rest->p[0] == ' ' || rest->p[0] == '\t') &&
			slice_line(rest, &line))
			end = line.p + line.n;
		slice whole = { start, (size_t)(end - start) };
		for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
			if (begins(whole, fields[i].name))
				*(slice *)(void *)((char *)out + fields[i].field) = slice_trim(
					slice_sub(whole, strlen(fields[i].name), whole.n));
	}
}

static status
put_decoded(const reader *r, buffer *out, slice charset, slice bytes)
{
	status done = charset_decode(out, charset.n == 0 ? SLICE("utf-8") : charset, bytes);

	if (done != STATUS_NOT_FOUND)
		return done;
	return context_fail(r->context, STATUS_FORMAT, "%.*s: unknown encoding %.*s",
		"%.*s\u00A0: codage inconnu %.*s", SLICE_ARG(r->document->path),
		(int)(charset.n < 40 ? charset.n : 40), charset.p);
}

/* =?utf-8?Q?R=C3=A9union?= at the start of s; how long it is, 0 when it is none. */
static status
decode_word(const reader *r, buffer *out, slice s, size_t *n)
{
	slice charset, kind, content, rest;
	buffer bytes;

	*n = 0;
	if (!slice_starts(s, SLICE("=?")) ||
		!slice_cut(slice_sub(s, 2, s.n), '?', &charset, &rest) ||
		!slice_cut(rest, '?', &kind, &rest) || kind.n != 1 ||
		!slice_cut(rest, '?', &content, &rest) || rest.n == 0 || rest.p[0] != '=')
		return STATUS_OK;
	buffer_init(&bytes, r->context->memory, HEAD_MOST);
	if ((kind.p[0] | 0x20) == 'b')
		decode_base64(&bytes, content);
	else
		decode_quoted(&bytes, content, true);
	status done = bytes.status != STATUS_OK
			      ? bytes.status
			      : put_decoded(r, out, charset, buffer_slice(&bytes));
	buffer_free(&bytes);
	*n = (size_t)(rest.p + 1 - s.p);
	return done;
}

/* Up to the next white space or encoded word; at least one byte. */
static size_t
plain_length(slice s)
{
	size_t n = 1;

	while (n < s.n && strchr(" \t\r\n", s.p[n]) == NULL &&
		!slice_starts(slice_sub(s, n, s.n), SLICE("=?")))
		n++;
	return n;
}

static status
decode_subject(const reader *r, buffer *out, slice s)
{
	bool after_word = false;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		slice rest = slice_sub(s, i, s.n);
		TRY(decode_word(r, out, rest, &n));
		if (n != 0) {
			after_word = true;
			continue;
		}
		for (n = 0; n < rest.n && strchr(" \t\r\n", rest.p[n]) != NULL;)
			n++;
		/* White space between two encoded words is none. */
		if (n != 0 && after_word && begins(slice_sub(rest, n, rest.n), "=?"))
			continue;
		after_word = false;
		if (n != 0)
			buffer_put_char(out, ' ');
		else {
			n = plain_length(rest);
			TRY(put_decoded(r, out, SLICE("utf-8"), slice_sub(rest, 0, n)));
		}
	}
	return out->status;
}

/* ---- bodies ---- */

static status
take_blocks(reader *r, const document *part)
{
	uint32_t base = (uint32_t)r->text.n;

	TRY(ARRAY_RESERVE(r->context->memory, &r->parts, 1));
	r->parts.at[r->parts.n++] = (mail_part){ .first = (uint32_t)r->blocks.n,
		.part = r->part,
		.text = { base, base + (uint32_t)part->text.n } };
	TRY(ARRAY_RESERVE(r->context->memory, &r->blocks, part->block_count));
	for (size_t i = 0; i < part->block_count; i++) {
		block b = part->blocks[i];
		b.text.start += base;
		b.text.end += base;
		b.language = LANGUAGE_UNKNOWN;
		r->blocks.at[r->blocks.n++] = b;
	}
	buffer_put(&r->text, part->text);
	if (r->text.n != 0 && r->text.p[r->text.n - 1] != '\n')
		buffer_put_char(&r->text, '\n');
	return r->text.status;
}

/* Of a part that can be corrected. */
static status
keep_map(reader *r, const source_map *map, const mail_part *body)
{
	mail_part *p = &r->parts.at[r->parts.n - 1];
	run *runs = NULL;

	if (!body->open)
		return STATUS_OK;
	if (map->count != 0) {
		runs = ARENA_ARRAY(&r->document->arena, run, map->count);
		if (runs == NULL)
			return STATUS_MEMORY;
		memcpy(runs, map->runs, map->count * sizeof(*runs));
	}
	p->open = true;
	p->quoted = body->quoted;
	p->utf8 = body->utf8;
	p->body = body->body;
	p->map = (source_map){ runs, map->count };
	return STATUS_OK;
}

static status
read_text(reader *r, slice utf8, const char *format_name, const mail_part *body)
{
	document part;

	TRY(document_read_as(&part, r->context, r->document->path, utf8, LANGUAGE_UNKNOWN,
		slice_of(format_name)));
	r->document->reflowed = r->document->reflowed || part.reflowed;
	status done = take_blocks(r, &part);
	if (done == STATUS_OK)
		done = keep_map(r, &part.map, body);
	document_free(&part);
	return done;
}

/* What corrections need to know of a body; open: it stands in the file as text. */
static mail_part
body_of(const reader *r, const head *h, slice body, bool html)
{
	slice charset = parameter(h->type, "charset");
	bool quoted = begins(h->encoding, "quoted-printable");
	bool plain = h->encoding.n == 0 || begins(h->encoding, "7bit") ||
		     begins(h->encoding, "8bit") || begins(h->encoding, "binary");
	bool utf8 = begins(charset, "utf-8") || begins(charset, "utf8");
	bool ascii = charset.n == 0 || begins(charset, "us-ascii");
	size_t start = (size_t)(body.p - r->document->bytes.p);

	return (mail_part){ .open = !html && (quoted || plain) && (utf8 || ascii),
		.quoted = quoted,
		.utf8 = utf8 && (quoted || !begins(h->encoding, "7bit")) &&
			(quoted || h->encoding.n != 0),
		.body = { (uint32_t)start, (uint32_t)(start + body.n) } };
}

static status
read_body(reader *r, const head *h, slice body)
{
	slice type = h->type.n == 0 ? SLICE("text/plain") : h->type;
	bool html = begins(type, "text/html");
	mail_part part = body_of(r, h, body, html);
	buffer bytes, utf8;

	if ((!html && !begins(type, "text/plain")) || begins(h->disposition, "attachment"))
		return STATUS_OK;
	if (r->open != 0 && r->alternative[r->open - 1]) {
		if (html && r->plain[r->open - 1])
			return STATUS_OK;
		r->plain[r->open - 1] = true;
	}
	buffer_init(&bytes, r->context->memory, r->context->limits.file);
	buffer_init(&utf8, r->context->memory, r->context->limits.output);
	if (part.quoted)
		decode_quoted(&bytes, body, false);
	else if (begins(h->encoding, "base64"))
		decode_base64(&bytes, body);
	else
		buffer_put(&bytes, body);
	status done = bytes.status;
	if (done == STATUS_OK)
		done = put_decoded(
			r, &utf8, parameter(h->type, "charset"), buffer_slice(&bytes));
	part.open &= slice_equal(buffer_slice(&bytes), buffer_slice(&utf8));
	buffer_free(&bytes);
	r->part++;
	if (done == STATUS_OK)
		done = read_text(r, buffer_slice(&utf8), html ? "html" : "txt", &part);
	buffer_free(&utf8);
	return done;
}

/* Which of the open boundaries a line is; *closes when it ends its parts. */
static bool
is_boundary(const reader *r, slice line, size_t *which, bool *closes)
{
	line = slice_trim(line);
	if (!slice_starts(line, SLICE("--")))
		return false;
	line = slice_sub(line, 2, line.n);
	for (size_t i = r->open; i-- > 0;) {
		slice b = r->boundaries[i];
		if (b.n == 0 || !slice_starts(line, b))
			continue;
		slice tail = slice_sub(line, b.n, line.n);
		*which = i;
		*closes = slice_is(tail, "--");
		if (tail.n == 0 || *closes)
			return true;
	}
	return false;
}

/* What stands before the next boundary; *more when a part follows it. */
static slice
read_until_boundary(reader *r, slice *rest, bool *more)
{
	const char *start = rest->p;
	size_t which;
	bool closes;
	slice line;

	while (slice_line(rest, &line)) {
		if (!is_boundary(r, line, &which, &closes))
			continue;
		r->open = closes ? which : which + 1;
		*more = true;
		return (slice){ start, (size_t)(line.p - start) };
	}
	*more = false;
	return (slice){ start, (size_t)(rest->p - start) };
}

static status
read_part(reader *r, slice *rest, const head *h, bool *more)
{
	slice boundary = begins(h->type, "multipart/") ? boundary_of(h->type) : SLICE("");

	if (boundary.n != 0 && r->open == PARTS_NESTED)
		return context_fail(r->context, STATUS_LIMIT, "%.*s: nested too deeply",
			"%.*s\u00A0: trop imbriqué", SLICE_ARG(r->document->path));
	if (boundary.n != 0) {
		r->boundaries[r->open] = boundary;
		r->alternative[r->open] = begins(h->type, "multipart/alternative");
		r->plain[r->open++] = false;
		(void)read_until_boundary(r, rest, more);
		return STATUS_OK;
	}
	/* The boundary may close what the body still stands in. */
	size_t depth = r->open;
	slice body = read_until_boundary(r, rest, more);
	size_t now = r->open;
	r->open = depth;
	status done = read_body(r, h, body);
	r->open = now;
	return done;
}

static status
read_subject(reader *r, slice subject)
{
	buffer decoded;

	if (subject.n == 0)
		return STATUS_OK;
	buffer_init(&decoded, r->context->memory, HEAD_MOST);
	status done = decode_subject(r, &decoded, subject);
	slice s = slice_trim(buffer_slice(&decoded));
	if (done == STATUS_OK && s.n != 0 && memchr(s.p, '\n', s.n) == NULL) {
		block b = { .text = { 0, (uint32_t)s.n }, .kind = BLOCK_HEADING };
		document whole = { .text = s, .blocks = &b, .block_count = 1 };
		done = take_blocks(r, &whole);
	}
	buffer_free(&decoded);
	return done;
}

static status
keep(reader *r)
{
	document *d = r->document;
	mail_part *parts = ARENA_ARRAY(&d->arena, mail_part, r->parts.n + 1);
	mail_source *source = ARENA_NEW(&d->arena, mail_source);

	d->blocks = ARENA_ARRAY(&d->arena, block, r->blocks.n);
	if (parts == NULL || source == NULL || d->blocks == NULL)
		return STATUS_MEMORY;
	if (r->blocks.n != 0)
		memcpy(d->blocks, r->blocks.at, r->blocks.n * sizeof(block));
	if (r->parts.n != 0)
		memcpy(parts, r->parts.at, r->parts.n * sizeof(*parts));
	parts[r->parts.n].first = UINT32_MAX;
	d->block_count = r->blocks.n;
	*source = (mail_source){ parts, r->parts.n };
	d->source = source;
	TRY(arena_copy(&d->arena, buffer_slice(&r->text), &d->text));
	d->encoding = "UTF-8";
	d->package = d->bytes;
	d->bytes = d->text;
	return STATUS_OK;
}

static status
read_all(reader *r)
{
	slice rest = r->document->bytes;
	bool more;
	head h;

	read_head(&rest, &h);
	TRY(read_subject(r, h.subject));
	TRY(read_part(r, &rest, &h, &more));
	while (more) {
		if (r->open == 0)
			break;
		read_head(&rest, &h);
		TRY(read_part(r, &rest, &h, &more));
	}
	return keep(r);
}

static status
read(document *d, context *c)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->context = c;
	r->document = d;
	buffer_init(&r->text, c->memory, c->limits.output);
	status done = read_all(r);
	buffer_free(&r->text);
	ARRAY_FREE(c->memory, &r->blocks);
	ARRAY_FREE(c->memory, &r->parts);
	memory_free(c->memory, r);
	return done;
}

static void
locate(const document *d, size_t index, span text, location *out)
{
	const mail_part *p = ((const mail_source *)d->source)->parts;

	(void)text;
	while (p[1].first <= index)
		p++;
	if (p->part == 0)
		location_text(out, "part", SLICE("Subject"));
	else
		location_number(out, "part", p->part);
}

static int
probe(slice path, slice bytes)
{
	char space[SNIFF_BYTES];
	slice rest = sniff_head(bytes, space), line, name, value;
	size_t heads = 0, known = 0;

	while (slice_line(&rest, &line) && line.n != 0) {
		if (line.p[0] == ' ' || line.p[0] == '\t')
			continue;
		if (!slice_cut(line, ':', &name, &value) || memchr(name.p, ' ', name.n) != NULL)
			return 0;
		heads++;
		known += begins(line, "from:") || begins(line, "subject:") ||
			 begins(line, "mime-version:") || begins(line, "message-id:") ||
			 begins(line, "received:");
	}
	return known >= 2 ? 85 : heads != 0 && sniff_path_ends(path, ".eml") ? 80 : 0;
}

const format format_eml = {
	.name = "eml", .probe = probe, .read = read, .edit = eml_edit, .locate = locate
};
