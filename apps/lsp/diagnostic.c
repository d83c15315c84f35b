#include "apps/lsp/diagnostic.h"

#include <stdio.h>
#include <string.h>

#include "apps/lsp/server.h"

enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2 };

bool
diagnostics_exist(const checked *d)
{
	return d != NULL && d->result != NULL && !paraph_result_is_package(d->result);
}

static unsigned
severity(paraph_severity s)
{
	return s == PARAPH_ERROR ? 1 : s == PARAPH_WARNING ? 2 : 3;
}

/* Editors show what is superfluous faded, what is deprecated struck through. */
static unsigned
tag_of(const paraph_finding *f)
{
	if (strcmp(f->rule, "term/deprecated") == 0)
		return TAG_DEPRECATED;
	if (strcmp(f->rule, "spacing/trailing") == 0 || strcmp(f->rule, "spacing/double") == 0)
		return TAG_UNNECESSARY;
	return 0;
}

/* In a bilingual file: the place of the source, which is in the same file. */
static void
write_source(
	bytes *out, const backend *b, const checked *d, line_cursor *c, const paraph_finding *f)
{
	if (f->source_path.n == 0 || !same_text(f->source_path, d->name))
		return;
	position start = lines_position(&d->text, c, f->source_start, b->bytes);
	write_open(out, "relatedInformation", '[');
	write_open(out, NULL, '{');
	write_open(out, "location", '{');
	write_word(out, "uri", d->uri);
	message_write_range(
		out, "range", start, lines_position(&d->text, c, f->source_end, b->bytes));
	write_close(out, '}');
	write_string(
		out, "message", f->source_text.n != 0 ? f->source_text : f->source_passage);
	write_close(out, '}');
	write_close(out, ']');
}

static bool
holds(paraph_text t, paraph_text part)
{
	const char *p = t.p, *end = t.p + t.n;

	while ((size_t)(end - p) >= part.n &&
		(p = memchr(p, part.p[0], (size_t)(end - p) - part.n + 1)) != NULL) {
		if (memcmp(p, part.p, part.n) == 0)
			return true;
		p++;
	}
	return false;
}

/* The message, and what it should be where one thing alone is proposed. */
static void
write_message(bytes *out, const checked *d, const paraph_finding *f, size_t i)
{
	paraph_text s = { 0 };
	static const char arrow[] = " \u2192 ";
	char joined[1200];

	if (f->suggestion_count != 0)
		s = paraph_result_suggestion(d->result, i, 0);
	if (s.n == 0 || s.n > 100 || f->message.n > 1000 || holds(f->message, s)) {
		write_string(out, "message", f->message);
		return;
	}
	memcpy(joined, f->message.p, f->message.n);
	memcpy(joined + f->message.n, arrow, sizeof(arrow) - 1);
	memcpy(joined + f->message.n + sizeof(arrow) - 1, s.p, s.n);
	write_string(out, "message",
		(paraph_text){ joined, f->message.n + sizeof(arrow) - 1 + s.n });
}

/* Where the rules are explained, when the settings say where that is. */
static void
write_link(bytes *out, const char *base, const char *rule)
{
	char place[2048];
	int n;

	if (base == NULL || base[0] == '\0')
		return;
	n = snprintf(place, sizeof(place), "%s#", base);
	if (n < 0 || (size_t)n + strlen(rule) >= sizeof(place))
		return;
	/* As code hosts make anchors of headings: "spacing/double" is #spacingdouble. */
	for (; *rule != '\0'; rule++)
		if (*rule != '/')
			place[n++] = *rule;
	write_open(out, "codeDescription", '{');
	write_string(out, "href", (paraph_text){ place, (size_t)n });
	write_close(out, '}');
}

static void
write_diagnostic(bytes *out, const backend *b, const checked *d, line_cursor *c,
	const char *base, size_t i)
{
	static const char *const fixes[] = { "none", "review", "safe" };
	paraph_finding f = paraph_result_finding(d->result, i);
	position start = lines_position(&d->text, c, f.start, b->bytes);

	write_open(out, NULL, '{');
	message_write_range(out, "range", start, lines_position(&d->text, c, f.end, b->bytes));
	write_number(out, "severity", severity(f.severity));
	write_word(out, "code", f.rule);
	write_word(out, "source", "paraph");
	write_message(out, d, &f, i);
	write_open(out, "data", '{');
	write_hex(out, "fingerprint", f.fingerprint);
	write_word(out, "fix", fixes[f.fix]);
	write_close(out, '}');
	if (tag_of(&f) != 0) {
		write_open(out, "tags", '[');
		write_number(out, NULL, tag_of(&f));
		write_close(out, ']');
	}
	write_link(out, base, f.rule);
	write_source(out, b, d, c, &f);
	write_close(out, '}');
}

json_t *
diagnostic_of(const backend *b, const checked *d, line_cursor *c, size_t i)
{
	bytes out = { 0 };

	write_diagnostic(&out, b, d, c, message_text(b->options, "documentation"), i);
	json_t *one = out.failed ? NULL : json_loadb(out.p, out.n, JSON_ALLOW_NUL, NULL);
	bytes_free(&out);
	return one;
}

/* After a key in a megabyte there are thousands, so they are written out at once: as objects
 * they took four times as long as the check. */
json_t *
diagnostics_of(const backend *b, const checked *d, bool *cut)
{
	const char *base = message_text(b->options, "documentation");
	size_t n = diagnostics_exist(d) ? paraph_result_count(d->result) : 0, i = 0;
	line_cursor c = { 0 };
	bytes out = { 0 };

	write_open(&out, NULL, '[');
	for (; i < n && out.n < DIAGNOSTICS_BYTES; i++)
		write_diagnostic(&out, b, d, &c, base, i);
	*cut = i < n;
	write_close(&out, ']');
	json_t *all = message_keep(&out);
	bytes_free(&out);
	return all;
}

/* Pulled, when the client asks; what it has already is not sent again. */
static json_t *
pull(backend *b, checked *d, const json_t *params, fault *f)
{
	const char *known = message_text(params, "previousResultId");
	char state[32], head[128];

	(void)b;
	(void)f;
	if (d == NULL)
		return json_pack("[s]", "{\"kind\":\"full\",\"items\":[]}");
	snprintf(state, sizeof(state), "%lu", d->state);
	bool same = known != NULL && strcmp(known, state) == 0;
	snprintf(head, sizeof(head), "{\"kind\":\"%s\",\"resultId\":\"%s\"%s",
		same ? "unchanged" : "full", state, same ? "}" : ",\"items\":");
	if (same)
		return json_pack("[s]", head);
	return d->items == NULL ? json_pack("[s, s]", head, "[]}")
				: json_pack("[s, O, s]", head, d->items, "}");
}

const method method_diagnostic = {
	.name = "textDocument/diagnostic", .request = true, .work = pull, .written = true
};
