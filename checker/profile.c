/* See profile.h. A file is read into the struct over what it extends, so that inheritance is
 * nothing but the order of writing. */
#include "checker/profile.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/nearest.h"
#include "checker/rule.h"

#define EXTENDS_MAX 8 /* profiles in a row; ours need three */
#define FILE_MAX ((size_t)1 << 20)

typedef struct option {
	const char *name;
	size_t field;       /* of struct profile: an enum */
	const char *values; /* "ANY NONE NO_BREAK" */
} option;

#define PROFILE_STRING(prefix, value) #value " "
enum {
#define OPTION(field, PREFIX, ...) INDEX_##field,
#define LIKE(field, model) INDEX_##field,
#include "checker/profile_options.def"
#undef OPTION
#undef LIKE
	OPTION_TOTAL
};

#define OPTION(field, PREFIX, ...) \
	static const char values_##field[] = PROFILE_EACH(PROFILE_STRING, PREFIX, __VA_ARGS__);
#define LIKE(field, model)
#include "checker/profile_options.def"
#undef OPTION
#undef LIKE

static const option options[] = {
#define OPTION(field, PREFIX, ...) { #field, offsetof(profile, field), values_##field },
#define LIKE(field, model) { #field, offsetof(profile, field), values_##model },
#include "checker/profile_options.def"
#undef OPTION
#undef LIKE
};

const char *
profile_option(size_t i, const char **values)
{
	if (i >= OPTION_TOTAL)
		return NULL;
	*values = options[i].values;
	return options[i].name;
}

/* NO_BREAK and no-break: the same name. */
static bool
same_name(slice written, slice name)
{
	if (written.n != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = written.p[i] == '-' ? '_' : written.p[i];
		if (tolower((unsigned char)c) != tolower((unsigned char)name.p[i]))
			return false;
	}
	return true;
}

/* As users write it. */
static slice
written_name(char out[64], slice name)
{
	size_t n = 0;

	for (; n < name.n && n < 64; n++)
		out[n] = (char)(name.p[n] == '_' ? '-' : tolower((unsigned char)name.p[n]));
	return (slice){ out, n };
}

/* "no-break, narrow, either" of "NO_BREAK NARROW EITHER ". */
static void
list_values(char *out, size_t size, const char *values)
{
	size_t n = 0;

	for (; *values != '\0' && n + 3 < size; values++)
		if (*values != ' ')
			out[n++] =
				(char)(*values == '_' ? '-' : tolower((unsigned char)*values));
		else if (values[1] != '\0') {
			out[n++] = ',';
			out[n++] = ' ';
		}
	out[n] = '\0';
}

/* ---- options ---- */

static status
no_such_option(const profile_reader *r, slice path, const yaml *y)
{
	char names[OPTION_TOTAL][64];
	nearest n;

	nearest_init(&n, y->key);
	for (size_t i = 0; i < OPTION_TOTAL; i++)
		nearest_offer(&n, written_name(names[i], slice_of(options[i].name)));
	return yaml_no_such_key(r->context, path, y, &n);
}

static status
set_option(const profile_reader *r, slice path, const yaml *y, profile *p)
{
	for (size_t i = 0; i < OPTION_TOTAL; i++) {
		slice name = slice_of(options[i].name), rest = slice_of(options[i].values);
		if (!same_name(y->key, name))
			continue;
		TRY(yaml_expect(r->context, path, y, YAML_TEXT));
		slice value;
		for (int k = 0; slice_cut(rest, ' ', &value, &rest); k++)
			if (same_name(y->text, value)) {
				memcpy((char *)p + options[i].field, &k, sizeof(k));
				return STATUS_OK;
			}
		char known[256];
		list_values(known, sizeof(known), options[i].values);
		return yaml_fail(r->context, path, y,
			"“%.*s” is not a value of %.*s; these are: %s",
			"«\u00A0%.*s\u00A0» n’est pas une valeur de %.*s\u00A0; celles-ci le "
			"sont\u00A0: %s",
			SLICE_ARG(y->text), SLICE_ARG(y->key), known);
	}
	return no_such_option(r, path, y);
}

static status
set_options(const profile_reader *r, slice path, const yaml *map, profile *p)
{
	TRY(yaml_expect(r->context, path, map, YAML_MAP));
	for (const yaml *y = map->first; y != NULL; y = y->next)
		TRY(set_option(r, path, y, p));
	return STATUS_OK;
}

/* ---- rules ---- */

bool
profile_names_rule(slice name, const rule *one)
{
	slice id = slice_of(one->id);

	if (slice_ends(name, SLICE("/")))
		return slice_starts(id, name);
	return slice_equal(id, name) || slice_equal(name, SLICE("all"));
}

void
profile_offer_rules(const profile_reader *r, nearest *n)
{
	for (size_t i = 0; i < r->rule_count; i++) {
		slice whole = slice_of(r->rules[i]->id), family, rest;
		nearest_offer(n, whole);
		slice_cut(whole, '/', &family, &rest);
		nearest_offer(n, (slice){ family.p, family.n + 1 });
	}
}

/* What stands after a rule: off, on (at its own level) or a level. */
static bool
read_level(slice text, bool *on, severity *level)
{
	*on = !slice_equal(text, SLICE("off"));
	*level = SEVERITY_DEFAULT;
	if (!*on || slice_equal(text, SLICE("on")))
		return true;
	for (int k = SEVERITY_INFO; k <= SEVERITY_ERROR; k++)
		if (slice_equal(text, slice_of(severity_name((severity)k))))
			*level = (severity)k;
	return *level != SEVERITY_DEFAULT;
}

static status
set_rule(const profile_reader *r, slice path, const yaml *y, profile *p)
{
	severity level;
	size_t met = 0;
	bool on;

	TRY(yaml_expect(r->context, path, y, YAML_TEXT));
	if (!read_level(y->text, &on, &level))
		return yaml_fail(r->context, path, y,
			"“%.*s” is no level; these are: off, on, info, warning, error",
			"«\u00A0%.*s\u00A0» n’est pas un niveau\u00A0; ceux-ci le sont\u00A0: "
			"off, on, info, "
			"warning, error",
			SLICE_ARG(y->text));
	for (size_t i = 0; i < r->rule_count; i++)
		if (profile_names_rule(y->key, r->rules[i])) {
			p->enabled[i] = on;
			if (on)
				p->severities[i] = (uint8_t)(level != SEVERITY_DEFAULT
								     ? level
								     : r->rules[i]->severity);
			met++;
		}
	if (met != 0)
		return STATUS_OK;
	nearest n;
	nearest_init(&n, y->key);
	profile_offer_rules(r, &n);
	return yaml_no_such_key(r->context, path, y, &n);
}

status
profile_set_rules(const profile_reader *r, slice path, const yaml *map, profile *p)
{
	TRY(yaml_expect(r->context, path, map, YAML_MAP));
	for (const yaml *y = map->first; y != NULL; y = y->next)
		TRY(set_rule(r, path, y, p));
	return STATUS_OK;
}

/* ---- files ---- */

static bool
is_path(slice name)
{
	return name.n != 0 &&
	       (memchr(name.p, '/', name.n) != NULL || slice_ends(name, SLICE(".yaml")) ||
		       slice_ends(name, SLICE(".yml")));
}

/* Where a name or a path leads; a path inside a file is meant from its folder. */
static status
locate(const profile_reader *r, slice name, slice from, slice *path)
{
	char built[4096];
	size_t folder = from.n;

	while (folder > 0 && from.p[folder - 1] != '/')
		folder--;
	int n = !is_path(name) ? snprintf(built, sizeof(built), "%s/%.*s.yaml", r->folder,
					 SLICE_ARG(name))
		: name.p[0] == '/' || folder == 0
			? snprintf(built, sizeof(built), "%.*s", SLICE_ARG(name))
			: snprintf(built, sizeof(built), "%.*s%.*s", (int)folder, from.p,
				  SLICE_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(built))
		return context_fail(r->context, STATUS_USAGE, "%.*s: the path is too long",
			"%.*s\u00A0: chemin trop long", SLICE_ARG(name));
	return arena_copy(r->arena, (slice){ built, (size_t)n }, path);
}

/* The names of the folder, for the question what was meant. */
static status
no_such_profile(const profile_reader *r, slice name)
{
	DIR *folder = opendir(r->folder);
	char known[400] = "", best[256] = "";
	size_t used = 0;
	nearest n;

	if (folder == NULL)
		return STATUS_NOT_FOUND; /* the message names the file */
	nearest_init(&n, name);
	for (struct dirent *e; (e = readdir(folder)) != NULL;) {
		slice entry = slice_of(e->d_name);
		if (!slice_ends(entry, SLICE(".yaml")) || entry.n > 64)
			continue;
		size_t before = n.distance;
		nearest_offer(&n, slice_sub(entry, 0, entry.n - 5));
		if (n.distance < before) {
			memcpy(best, entry.p, entry.n - 5);
			n.best.p = best;
			best[entry.n - 5] = '\0';
		}
		if (used + entry.n < sizeof(known))
			used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%.*s",
				used == 0 ? "" : ", ", (int)entry.n - 5, entry.p);
	}
	closedir(folder);
	if (nearest_found(&n))
		return context_fail(r->context, STATUS_USAGE,
			"there is no profile “%.*s”; did you mean “%s”?",
			"il n’y a pas de profil «\u00A0%.*s\u00A0»\u00A0; vouliez-vous dire "
			"«\u00A0%s\u00A0»\u00A0?",
			SLICE_ARG(name), best);
	return context_fail(r->context, STATUS_USAGE,
		"there is no profile “%.*s”; these are known: %s",
		"il n’y a pas de profil «\u00A0%.*s\u00A0»\u00A0; ceux-ci sont connus\u00A0: "
		"%s",
		SLICE_ARG(name), known);
}

static status
load(const profile_reader *r, slice name, slice from, yaml **root, slice *path)
{
	file f;

	TRY(locate(r, name, from, path));
	status s = file_open(&f, r->context, path->p);
	if (s == STATUS_NOT_FOUND && !is_path(name))
		return no_such_profile(r, name);
	TRY(s);
	s = f.bytes.n <= FILE_MAX
		    ? yaml_read(r->context, r->arena, *path, f.bytes, root)
		    : context_fail(r->context, STATUS_LIMIT, "%.*s: too large for a profile",
			      "%.*s\u00A0: trop grand pour un profil", SLICE_ARG(*path));
	file_close(&f, r->context->memory);
	TRY(s);
	return yaml_expect(r->context, *path, *root, YAML_MAP);
}

static status
set_language(const profile_reader *r, slice path, const yaml *y, profile *p)
{
	TRY(yaml_expect(r->context, path, y, YAML_TEXT));
	language l = slice_equal(y->text, SLICE("fr"))   ? LANGUAGE_FR
		     : slice_equal(y->text, SLICE("en")) ? LANGUAGE_EN
							 : LANGUAGE_UNKNOWN;
	if (l == LANGUAGE_UNKNOWN)
		return yaml_fail(r->context, path, y,
			"“%.*s” is not a language a profile can have: fr, en",
			"«\u00A0%.*s\u00A0» n’est pas une langue de profil\u00A0: fr, en",
			SLICE_ARG(y->text));
	if (p->language != LANGUAGE_UNKNOWN && p->language != l)
		return yaml_fail(r->context, path, y,
			"a profile has the language of the one it extends, %s",
			"un profil a la langue de celui qu’il étend, %s",
			language_name(p->language));
	p->language = l;
	return STATUS_OK;
}

static status
set_summary(const profile_reader *r, slice path, const yaml *y, profile *p)
{
	TRY(yaml_expect(r->context, path, y, YAML_MAP));
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		const yaml *said = yaml_get(y, slice_of(language_name(l)));
		if (said != NULL)
			p->summary[l - LANGUAGE_FR] = said->text;
	}
	return STATUS_OK;
}

static status
apply_key(const profile_reader *r, slice path, const yaml *y, profile *p)
{
	static const slice keys[] = { { "extends", 7 }, { "language", 8 }, { "options", 7 },
		{ "rules", 5 }, { "source", 6 }, { "summary", 7 } };
	nearest n;

	if (slice_equal(y->key, SLICE("extends")))
		return STATUS_OK;
	if (slice_equal(y->key, SLICE("language")))
		return set_language(r, path, y, p);
	if (slice_equal(y->key, SLICE("options")))
		return set_options(r, path, y, p);
	if (slice_equal(y->key, SLICE("rules")))
		return profile_set_rules(r, path, y, p);
	if (slice_equal(y->key, SLICE("source"))) {
		p->source = y->text;
		return yaml_expect(r->context, path, y, YAML_TEXT);
	}
	if (slice_equal(y->key, SLICE("summary")))
		return set_summary(r, path, y, p);
	nearest_init(&n, y->key);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		nearest_offer(&n, keys[i]);
	return yaml_no_such_key(r->context, path, y, &n);
}

static status
apply_file(const profile_reader *r, slice path, const yaml *root, profile *p)
{
	for (const yaml *y = root->first; y != NULL; y = y->next)
		TRY(apply_key(r, path, y, p));
	return STATUS_OK;
}

static status
set_name(const profile_reader *r, slice name, profile *p)
{
	char joined[256];

	if (p->name.n == 0) {
		p->modifiers = SLICE("");
		return arena_copy(r->arena, name, &p->name);
	}
	int n = snprintf(joined, sizeof(joined), "%.*s%s%.*s", SLICE_ARG(p->modifiers),
		p->modifiers.n == 0 ? "" : "+", SLICE_ARG(name));
	size_t kept = n < 0 ? 0 : (size_t)n < sizeof(joined) ? (size_t)n : sizeof(joined) - 1;
	return arena_copy(r->arena, (slice){ joined, kept }, &p->modifiers);
}

status
profile_read(const profile_reader *r, slice name, profile *p)
{
	return profile_read_into(r, name, &p, 1);
}

status
profile_read_into(const profile_reader *r, slice name, profile *const *each, size_t count)
{
	struct {
		slice path;
		yaml *root;
	} chain[EXTENDS_MAX];
	size_t n = 0;
	slice wanted = name, from = { 0 };

	for (;;) {
		TRY(load(r, wanted, from, &chain[n].root, &chain[n].path));
		const yaml *y = yaml_get(chain[n].root, SLICE("extends"));
		if (y == NULL)
			break;
		TRY(yaml_expect(r->context, chain[n].path, y, YAML_TEXT));
		if (n + 1 == EXTENDS_MAX)
			return yaml_fail(r->context, chain[n].path, y,
				"more than %d profiles extend one another",
				"plus de %d profils s’étendent l’un l’autre", EXTENDS_MAX);
		wanted = y->text;
		from = chain[n++].path;
	}
	for (size_t k = 0; k < count; k++) {
		for (size_t i = n + 1; i-- > 0;)
			TRY(apply_file(r, chain[i].path, chain[i].root, each[k]));
		TRY(set_name(r, name, each[k]));
	}
	return STATUS_OK;
}

void
profile_init(const profile_reader *r, profile *p)
{
	*p = (profile){ 0 };
	for (size_t i = 0; i < r->rule_count; i++) {
		p->enabled[i] = !r->rules[i]->off;
		p->severities[i] = (uint8_t)r->rules[i]->severity;
	}
}

static int
by_name(const void *left, const void *right)
{
	return slice_compare(*(const slice *)left, *(const slice *)right);
}

static status
read_names(const profile_reader *r, DIR *folder, slice **names, size_t *count)
{
	size_t capacity = 0;

	for (struct dirent *e; (e = readdir(folder)) != NULL;) {
		slice entry = slice_of(e->d_name);
		if (!slice_ends(entry, SLICE(".yaml")) || entry.p[0] == '.')
			continue;
		TRY(memory_grow(r->context->memory, (void **)names, &capacity, *count, 1,
			sizeof(slice)));
		TRY(arena_copy(r->arena, slice_sub(entry, 0, entry.n - 5), &(*names)[*count]));
		++*count;
	}
	return STATUS_OK;
}

status
profile_list(const profile_reader *r, slice **names, size_t *count)
{
	DIR *folder = opendir(r->folder);
	slice *found = NULL;
	size_t n = 0;

	*names = NULL;
	*count = 0;
	status done = folder == NULL ? STATUS_OK : read_names(r, folder, &found, &n);
	if (folder != NULL)
		closedir(folder);
	if (done == STATUS_OK && n != 0) {
		qsort(found, n, sizeof(*found), by_name);
		*names = ARENA_ARRAY(r->arena, slice, n);
		if (*names == NULL)
			done = STATUS_MEMORY;
		else
			memcpy(*names, found, n * sizeof(*found));
		*count = done == STATUS_OK ? n : 0;
	}
	memory_free(r->context->memory, found);
	return done;
}
