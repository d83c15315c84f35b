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

static int
severity(paraph_severity s)
{
	return s == PARAPH_ERROR ? 1 : s == PARAPH_WARNING ? 2 : 3;
}

/* Editors show what is superfluous faded, what is deprecated struck through. */
static int
tag_of(const paraph_finding *f)
{
	if (strcmp(f->rule, "term/deprecated") == 0)
		return TAG_DEPRECATED;
	if (strcmp(f->rule, "spacing/trailing") == 0 || strcmp(f->rule, "spacing/double") == 0)
		return TAG_UNNECESSARY;
	return 0;
}

/* In a bilingual file: the place of the source, which is in the same file. */
static json_t *
source_of(const backend *b, const checked *d, const paraph_finding *f)
{
	line_cursor c = { 0 };

	if (f->source_path.n == 0 || strlen(d->name) != f->source_path.n ||
		memcmp(f->source_path.p, d->name, f->source_path.n) != 0)
		return NULL;
	json_t *range = message_range(&d->text, &c, f->source_start, f->source_end, b->bytes);
	json_t *text =
		message_string(f->source_text.n != 0 ? f->source_text : f->source_passage);
	return json_pack("[{s:{s:s, s:o}, s:o}]", "location", "uri", d->uri, "range", range,
		"message", text);
}

static bool
holds(paraph_text t, paraph_text part)
{
	for (size_t i = 0; i + part.n <= t.n; i++)
		if (memcmp(t.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

/* The message, and what it should be where one thing alone is proposed. */
static json_t *
message_of(const checked *d, const paraph_finding *f, size_t i)
{
	if (f->suggestion_count == 0)
		return message_string(f->message);
	paraph_text s = paraph_result_suggestion(d->result, i, 0);
	if (s.n == 0 || s.n > 100 || f->message.n > 1000 || holds(f->message, s))
		return message_string(f->message);
	return json_sprintf("%.*s \u2192 %.*s", (int)f->message.n, f->message.p, (int)s.n, s.p);
}

/* Where the rules are explained, when the settings say where that is. */
static void
add_link(const backend *b, json_t *one, const char *rule)
{
	const char *base = message_text(b->options, "documentation");
	char anchor[128];
	size_t n = 0;

	if (base == NULL || base[0] == '\0')
		return;
	/* As code hosts make anchors of headings: "spacing/double" is #spacingdouble. */
	for (; *rule != '\0' && n + 1 < sizeof(anchor); rule++)
		if (*rule != '/')
			anchor[n++] = *rule;
	json_object_set_new(one, "codeDescription",
		json_pack("{s:o}", "href", json_sprintf("%s#%.*s", base, (int)n, anchor)));
}

json_t *
diagnostic_of(const backend *b, const checked *d, line_cursor *c, size_t i)
{
	static const char *const fixes[] = { "none", "review", "safe" };
	paraph_finding f = paraph_result_finding(d->result, i);
	char print[17];

	snprintf(print, sizeof(print), "%016llx", (unsigned long long)f.fingerprint);
	json_t *range = message_range(&d->text, c, f.start, f.end, b->bytes);
	json_t *message = message_of(d, &f, i);
	json_t *one = json_pack("{s:o, s:i, s:s, s:s, s:o, s:{s:s, s:s}}", "range", range,
		"severity", severity(f.severity), "code", f.rule, "source", "paraph", "message",
		message != NULL ? message : message_string(f.message), "data", "fingerprint",
		print, "fix", fixes[f.fix]);
	if (one == NULL)
		return NULL;
	if (tag_of(&f) != 0)
		json_object_set_new(one, "tags", json_pack("[i]", tag_of(&f)));
	add_link(b, one, f.rule);
	json_t *related = source_of(b, d, &f);
	if (related != NULL)
		json_object_set_new(one, "relatedInformation", related);
	return one;
}

json_t *
diagnostics_of(const backend *b, const checked *d)
{
	json_t *all = json_array();
	line_cursor c = { 0 };

	for (size_t i = 0; diagnostics_exist(d) && i < paraph_result_count(d->result); i++)
		json_array_append_new(all, diagnostic_of(b, d, &c, i));
	return all;
}

/* Pulled, when the client asks; what it has already is not sent again. */
static json_t *
pull(backend *b, checked *d, const json_t *params, fault *f)
{
	const char *known = message_text(params, "previousResultId");
	char state[32] = "0";

	(void)b;
	(void)f;
	if (d == NULL)
		return json_pack("{s:s, s:[]}", "kind", "full", "items");
	snprintf(state, sizeof(state), "%lu", d->state);
	if (known != NULL && strcmp(known, state) == 0)
		return json_pack("{s:s, s:s}", "kind", "unchanged", "resultId", state);
	return json_pack(
		"{s:s, s:s, s:O}", "kind", "full", "resultId", state, "items", d->items);
}

const method method_diagnostic = {
	.name = "textDocument/diagnostic", .request = true, .work = pull
};
