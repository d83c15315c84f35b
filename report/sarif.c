/* SARIF 2.1.0 (OASIS), which code hosts and viewers read. One run; the results are written as
 * they come, the rules that they name at the end, with what `paraph explain` says of them.
 *
 * Columns count code points, and the end is the place behind. In a package (DOCX, ODT) there
 * are no lines: a logical location says where a person finds the place. */
#include <stdio.h>
#include <stdlib.h>

#include "checker/rule.h"
#include "document/place.h"
#include "report/report.h"
#include "report/uri.h"

#define SCHEMA \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
	"sarif-schema-2.1.0.json"

static slice
level_of(severity s)
{
	switch (s) {
	case SEVERITY_ERROR:
		return SLICE("error");
	case SEVERITY_WARNING:
		return SLICE("warning");
	default:
		return SLICE("note");
	}
}

static void
begin(report *r)
{
	json_writer *j = &r->json;

	json_begin_object(j);
	json_put_string(j, "$schema", SLICE(SCHEMA));
	json_put_string(j, "version", SLICE("2.1.0"));
	json_key(j, "runs");
	json_begin_list(j);
	json_begin_object(j);
	json_put_string(j, "columnKind", SLICE("unicodeCodePoints"));
	json_put_string(j, "language", r->ui == LANGUAGE_FR ? SLICE("fr") : SLICE("en-US"));
	json_key(j, "results");
	json_begin_list(j);
}

static void
put_message(json_writer *j, const char *key, slice text)
{
	json_key(j, key);
	json_begin_object(j);
	json_put_string(j, "text", text);
	json_end_object(j);
}

static void
put_artifact(report *r, slice path)
{
	buffer uri;

	buffer_init(&uri, r->memory, 65536);
	uri_put(&uri, path);
	json_key(&r->json, "artifactLocation");
	json_begin_object(&r->json);
	json_put_string(&r->json, "uri", buffer_slice(&uri));
	json_end_object(&r->json);
	report_free_part(&r->out, &uri);
}

static bool
has_lines(const document *d)
{
	return d->package.n == 0;
}

static void
put_region(json_writer *j, const char *key, const report_finding *f)
{
	json_key(j, key);
	json_begin_object(j);
	json_put_number(j, "startLine", f->line);
	json_put_number(j, "startColumn", f->column);
	json_put_number(j, "endLine", f->end_line);
	json_put_number(j, "endColumn", f->end_column);
}

static void
put_logical(report *r, const document *d, const report_finding *f)
{
	buffer place;

	if (d->places == NULL && f->where.p == NULL)
		return;
	buffer_init(&place, r->memory, 4096);
	buffer_put(&place, f->where);
	place_describe(&place, d, f->paragraph - 1, r->ui);
	if (place.n == 0)
		buffer_printf(&place, "%s %u", report_say(r, "paragraph", "paragraphe"),
			f->paragraph);
	json_key(&r->json, "logicalLocations");
	json_begin_list(&r->json);
	json_begin_object(&r->json);
	json_put_string(&r->json, "fullyQualifiedName", buffer_slice(&place));
	json_end_object(&r->json);
	json_end_list(&r->json);
	report_free_part(&r->out, &place);
}

static void
put_location(report *r, const document *d, const report_finding *f)
{
	json_writer *j = &r->json;

	json_begin_object(j);
	json_key(j, "physicalLocation");
	json_begin_object(j);
	put_artifact(r, d->path);
	if (has_lines(d)) {
		put_region(j, "region", f);
		put_message(j, "snippet", f->text);
		json_end_object(j);
	}
	json_end_object(j);
	put_logical(r, d, f);
	json_end_object(j);
}

/* The other places of what is said once a document, and the passage of the source. */
static void
put_related(report *r, const document *d, const report_finding *f)
{
	json_writer *j = &r->json;
	const document *source = f->found->facing.document;

	if (!has_lines(d) || (f->found->place_count == 0 && source == NULL))
		return;
	json_key(j, "relatedLocations");
	json_begin_list(j);
	for (size_t i = 0; i < f->found->place_count; i++) {
		report_finding place = { .line = f->places[i].line,
			.column = f->places[i].column };
		json_begin_object(j);
		json_key(j, "physicalLocation");
		json_begin_object(j);
		put_artifact(r, d->path);
		json_key(j, "region");
		json_begin_object(j);
		json_put_number(j, "startLine", place.line);
		json_put_number(j, "startColumn", place.column);
		json_end_object(j);
		json_end_object(j);
		json_end_object(j);
	}
	if (source != NULL && has_lines(source)) {
		report_finding facing = { .line = f->facing.line,
			.column = f->facing.column,
			.end_line = f->facing.end_line,
			.end_column = f->facing.end_column };
		json_begin_object(j);
		json_key(j, "physicalLocation");
		json_begin_object(j);
		put_artifact(r, source->path);
		put_region(j, "region", &facing);
		put_message(j, "snippet", f->facing.text);
		json_end_object(j);
		json_end_object(j);
		put_message(
			j, "message", slice_of(report_say(r, "the source", "le texte source")));
		json_end_object(j);
	}
	json_end_list(j);
}

static void
put_fix(report *r, const document *d, const report_finding *f, slice suggestion)
{
	json_writer *j = &r->json;

	json_begin_object(j);
	json_key(j, "artifactChanges");
	json_begin_list(j);
	json_begin_object(j);
	put_artifact(r, d->path);
	json_key(j, "replacements");
	json_begin_list(j);
	json_begin_object(j);
	put_region(j, "deletedRegion", f);
	json_end_object(j);
	put_message(j, "insertedContent", suggestion);
	json_end_object(j);
	json_end_list(j);
	json_end_object(j);
	json_end_list(j);
	json_end_object(j);
}

static void
put_fixes(report *r, const document *d, const report_finding *f)
{
	if (!has_lines(d) || f->found->fix == FIX_NONE || f->found->suggestion_count == 0)
		return;
	json_key(&r->json, "fixes");
	json_begin_list(&r->json);
	for (size_t i = 0; i < f->found->suggestion_count; i++)
		put_fix(r, d, f, f->found->suggestions[i]);
	json_end_list(&r->json);
}

static void
put_result(report *r, const document *d, const report_finding *f, bool accepted)
{
	json_writer *j = &r->json;
	char digits[17];

	snprintf(digits, sizeof(digits), "%016llx", (unsigned long long)f->fingerprint);
	json_begin_object(j);
	json_put_string(j, "ruleId", slice_of(f->rule));
	json_put_string(j, "level", level_of(f->found->severity));
	put_message(j, "message", f->found->message);
	json_key(j, "locations");
	json_begin_list(j);
	put_location(r, d, f);
	json_end_list(j);
	put_related(r, d, f);
	json_key(j, "partialFingerprints");
	json_begin_object(j);
	json_put_string(j, "paraph/v1", (slice){ digits, 16 });
	json_end_object(j);
	put_fixes(r, d, f);
	if (accepted) {
		json_put_string(j, "baselineState", SLICE("unchanged"));
		json_key(j, "suppressions");
		json_begin_list(j);
		json_begin_object(j);
		json_put_string(j, "kind", SLICE("external"));
		json_end_object(j);
		json_end_list(j);
	}
	json_end_object(j);
}

static status
note_rule(report *r, const rule *named)
{
	for (size_t i = r->rules.n; i > 0; i--)
		if (r->rules.at[i - 1] == named)
			return STATUS_OK;
	TRY(ARRAY_RESERVE(r->memory, &r->rules, 1));
	r->rules.at[r->rules.n++] = named;
	return STATUS_OK;
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count + d->accepted; i++) {
		status s = note_rule(r, d->findings[i].found->rule);
		if (s != STATUS_OK && r->out.status == STATUS_OK)
			r->out.status = s;
		put_result(r, d->document, &d->findings[i], i >= d->count);
		report_flush(r);
	}
}

/* What `paraph explain` says, in Markdown: the explanation, whose rule it is, an example. */
static void
put_help(report *r, const rule *x)
{
	json_writer *j = &r->json;
	const char *text = report_say(r, x->explanation_en, x->explanation_fr);
	buffer markdown;

	buffer_init(&markdown, r->memory, 65536);
	buffer_printf(&markdown, "%s\n\n%s *%s*\n", text,
		report_say(r, "Source:", "Source\u00A0:"), x->source == NULL ? "" : x->source);
	for (const rule_example *e = x->examples; e != NULL && e->right != NULL; e++)
		if (e->wrong != NULL)
			buffer_printf(&markdown, "\n- ~~%s~~ → %s", e->wrong, e->right);
	json_key(j, "help");
	json_begin_object(j);
	json_put_string(j, "text", slice_of(text));
	json_put_string(j, "markdown", buffer_slice(&markdown));
	json_end_object(j);
	report_free_part(&r->out, &markdown);
}

static void
put_rule(report *r, const rule *x)
{
	json_writer *j = &r->json;
	slice family;

	slice_cut(slice_of(x->id), '/', &family, &(slice){ 0 });
	json_begin_object(j);
	json_put_string(j, "id", slice_of(x->id));
	put_message(
		j, "shortDescription", slice_of(report_say(r, x->summary_en, x->summary_fr)));
	put_message(j, "fullDescription",
		slice_of(report_say(r, x->explanation_en, x->explanation_fr)));
	put_help(r, x);
	json_key(j, "defaultConfiguration");
	json_begin_object(j);
	json_put_string(j, "level", level_of(x->severity));
	json_end_object(j);
	json_key(j, "properties");
	json_begin_object(j);
	json_key(j, "tags");
	json_begin_list(j);
	json_slice(j, family);
	json_end_list(j);
	json_end_object(j);
	json_end_object(j);
}

static int
by_id(const void *left, const void *right)
{
	const rule *const *a = left, *const *b = right;

	return slice_compare(slice_of((*a)->id), slice_of((*b)->id));
}

static void
put_profiles(report *r)
{
	json_writer *j = &r->json;
	buffer name;

	json_key(j, "properties");
	json_begin_object(j);
	json_key(j, "profiles");
	json_begin_list(j);
	buffer_init(&name, r->memory, 4096);
	for (size_t i = 0; i < r->profile_count && i < REPORT_PROFILES; i++) {
		name.n = 0;
		report_put_profile(&name, r->profiles[i].name, r->profiles[i].modifiers);
		json_slice(j, buffer_slice(&name));
	}
	if (r->profile_count > REPORT_PROFILES)
		json_slice(j, SLICE("…"));
	report_free_part(&r->out, &name);
	json_end_list(j);
	json_end_object(j);
}

static void
end(report *r)
{
	json_writer *j = &r->json;

	json_end_list(j);
	if (r->rules.n > 1)
		qsort(r->rules.at, r->rules.n, sizeof(*r->rules.at), by_id);
	json_key(j, "tool");
	json_begin_object(j);
	json_key(j, "driver");
	json_begin_object(j);
	json_put_string(j, "name", SLICE("paraph"));
	json_put_string(j, "version", slice_of(r->version));
	json_put_string(j, "semanticVersion", slice_of(r->version));
	json_key(j, "rules");
	json_begin_list(j);
	for (size_t i = 0; i < r->rules.n; i++)
		put_rule(r, r->rules.at[i]);
	json_end_list(j);
	json_end_object(j);
	json_end_object(j);
	put_profiles(r);
	json_end_object(j);
	json_end_list(j);
	json_end_object(j);
	buffer_put_char(&r->out, '\n');
}

const report_format report_sarif = {
	.name = "sarif",
	.summary_en = "SARIF 2.1.0, for code hosts and viewers",
	.summary_fr = "SARIF 2.1.0, pour les forges et les visionneuses",
	.begin = begin,
	.document = write_document,
	.end = end,
	.fingerprints = true,
	.signs = { "{\"$schema\":\"" SCHEMA
		   "\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\","
		   "\"language\":\"" SIGN_ANY "\",\"results\":[" },
};
