/* docs/paraph.schema.json: what paraph.yaml may hold, for editors that complete and check as
 * one types. Made from the table of keys (engine/settings.def) and the list of rules. */
#include <stdio.h>
#include <string.h>

#include "base/json_writer.h"
#include "checker/finding.h"
#include "checker/rule.h"
#include "engine/settings.h"

static void
put_key_text(json_writer *w, const char *key, const char *text)
{
	json_key(w, key);
	json_slice(w, slice_of(text));
}

static void
put_levels(json_writer *w)
{
	json_begin_object(w);
	json_key(w, "enum");
	json_begin_list(w);
	/* YAML 1.1 reads on and off as true and false, and so do editors. */
	json_bool(w, true);
	json_bool(w, false);
	json_slice(w, SLICE("on"));
	json_slice(w, SLICE("off"));
	for (int k = SEVERITY_INFO; k <= SEVERITY_ERROR; k++)
		json_slice(w, slice_of(severity_name((severity)k)));
	json_end_list(w);
	json_end_object(w);
}

/* Every rule by its name, for completion; families and rules of users by their shape. */
static void
put_rules(json_writer *w)
{
	put_key_text(w, "type", "object");
	json_key(w, "properties");
	json_begin_object(w);
	for (size_t i = 0; i < rule_count(); i++) {
		json_key(w, rule_at(i)->id);
		json_begin_object(w);
		put_key_text(w, "description", rule_at(i)->summary_en);
		put_key_text(w, "$ref", "#/definitions/level");
		json_end_object(w);
	}
	json_end_object(w);
	json_key(w, "patternProperties");
	json_begin_object(w);
	json_key(w, "^(all|[a-z0-9-]+/[a-z0-9/-]*)$");
	json_begin_object(w);
	put_key_text(w, "$ref", "#/definitions/level");
	json_end_object(w);
	json_end_object(w);
	json_key(w, "additionalProperties");
	json_bool(w, false);
}

static void
put_choices(json_writer *w, const char *choices)
{
	slice one, rest = slice_of(choices + 1);

	json_key(w, "enum");
	json_begin_list(w);
	while (slice_cut(rest, '|', &one, &rest)) {
		json_slice(w, one);
		if (slice_is(one, "on") || slice_is(one, "off"))
			json_bool(w, slice_is(one, "on"));
	}
	json_end_list(w);
}

static void
put_texts(json_writer *w)
{
	json_key(w, "anyOf");
	json_begin_list(w);
	json_begin_object(w);
	put_key_text(w, "$ref", "#/definitions/text");
	json_end_object(w);
	json_begin_object(w);
	put_key_text(w, "type", "array");
	json_key(w, "items");
	json_begin_object(w);
	put_key_text(w, "$ref", "#/definitions/text");
	json_end_object(w);
	json_end_object(w);
	json_end_list(w);
}

static void
put_entries(json_writer *w, const setting *s)
{
	put_key_text(w, "type", "array");
	json_key(w, "items");
	json_begin_object(w);
	put_key_text(w, "$ref",
		settings_entries_of(s) == SETTING_OF_PATHS ? "#/definitions/paths"
							   : "#/definitions/ignore");
	json_end_object(w);
}

static void
put_setting(json_writer *w, const setting *s)
{
	json_key(w, s->key);
	json_begin_object(w);
	put_key_text(w, "description", s->help_en);
	switch (s->kind) {
	case SETTING_TEXT:
	case SETTING_FILE:
		json_key(w, "anyOf");
		json_begin_list(w);
		json_begin_object(w);
		put_key_text(w, "$ref", "#/definitions/text");
		json_end_object(w);
		json_end_list(w);
		break;
	case SETTING_TEXTS:
	case SETTING_FILES:
		put_texts(w);
		break;
	case SETTING_CHOICE:
		put_choices(w, s->choices);
		break;
	case SETTING_LEVELS:
		put_rules(w);
		break;
	case SETTING_ENTRIES:
		put_entries(w, s);
		break;
	}
	json_end_object(w);
}

static void
put_keys(json_writer *w, unsigned where)
{
	const setting *s;

	put_key_text(w, "type", "object");
	json_key(w, "additionalProperties");
	json_bool(w, false);
	json_key(w, "properties");
	json_begin_object(w);
	for (size_t i = 0; (s = settings_key(i)) != NULL; i++)
		if ((s->where & where) != 0)
			put_setting(w, s);
	json_end_object(w);
}

static void
put_definitions(json_writer *w)
{
	json_key(w, "definitions");
	json_begin_object(w);
	json_key(w, "level");
	put_levels(w);
	json_key(w, "text"); /* a number or yes is a text to paraph */
	json_begin_object(w);
	json_key(w, "type");
	json_begin_list(w);
	json_slice(w, SLICE("string"));
	json_slice(w, SLICE("number"));
	json_slice(w, SLICE("boolean"));
	json_end_list(w);
	json_end_object(w);
	json_key(w, "paths");
	json_begin_object(w);
	put_keys(w, SETTING_OF_PATHS);
	json_key(w, "required");
	json_begin_list(w);
	json_slice(w, SLICE("match"));
	json_end_list(w);
	json_end_object(w);
	json_key(w, "ignore");
	json_begin_object(w);
	put_keys(w, SETTING_OF_IGNORE);
	json_end_object(w);
	json_end_object(w);
}

int
main(void)
{
	buffer out;
	json_writer w;

	buffer_init(&out, &memory_libc, (size_t)16 << 20);
	json_init(&w, &out);
	json_begin_object(&w);
	put_key_text(&w, "$schema", "http://json-schema.org/draft-07/schema#");
	put_key_text(&w, "title", "paraph.yaml: settings of paraph for a project");
	put_keys(&w, SETTING_OF_FILE);
	put_definitions(&w);
	json_end_object(&w);
	slice text = buffer_slice(&out);
	bool ok = fwrite(text.p, 1, text.n, stdout) == text.n && putchar('\n') != EOF;
	buffer_free(&out);
	return ok && fflush(stdout) == 0 ? 0 : 1;
}
