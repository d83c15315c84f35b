/* From names to the profiles in force: those asked for, else un-fr and un-en; what the options
 * turn on and off; and over each of them the modifier for text without no-break spaces, which
 * has the last word, since what it silences cannot be judged there. */
#include "engine/engine.h"

#include <stdio.h>

#include "checker/rule.h"

#define MODIFIER "extracted-text"

/* "un-fr+a+b": a profile and what is laid over it. */
static status
read_one(const profile_reader *r, slice named, profile *p)
{
	slice part;

	while (slice_cut(named, '+', &part, &named))
		TRY(profile_read(r, part, p));
	return profile_read(r, part, p);
}

/* A profile takes the place of its language's default; a modifier is laid over both. */
static status
read_asked(const profile_reader *r, slice named, profile *both)
{
	profile *p = ARENA_NEW(r->arena, profile);

	if (p == NULL)
		return STATUS_MEMORY;
	profile_init(r, p);
	TRY(read_one(r, named, p));
	if (p->language != LANGUAGE_UNKNOWN) {
		both[p->language - LANGUAGE_FR] = *p;
		return STATUS_OK;
	}
	for (int l = 0; l < LANGUAGES; l++)
		TRY(read_one(r, named, &both[l]));
	return STATUS_OK;
}

static status
read_all(const profile_reader *r, slice names, profile *both)
{
	slice part;
	bool more = names.n != 0;

	profile_init(r, &both[0]);
	profile_init(r, &both[1]);
	TRY(profile_read(r, SLICE("un-fr"), &both[0]));
	TRY(profile_read(r, SLICE("un-en"), &both[1]));
	while (more) {
		more = slice_cut(names, ',', &part, &names);
		TRY(read_asked(r, slice_trim(part), both));
	}
	return STATUS_OK;
}

static status
add_modified(const profile_reader *r, profile *p)
{
	slice one, rest = p->modifiers;

	for (bool more = rest.n != 0; more;) {
		more = slice_cut(rest, '+', &one, &rest);
		if (slice_equal(one, SLICE(MODIFIER)))
			return STATUS_OK;
	}
	profile *modified = ARENA_NEW(r->arena, profile);
	if (modified == NULL)
		return STATUS_MEMORY;
	*modified = *p;
	TRY(profile_read(r, SLICE(MODIFIER), modified));
	p->extracted = modified;
	return STATUS_OK;
}

status
engine_make_style(const profile_reader *r, const engine_choice *choice, slice profiles,
	slice path, const yaml *const *rules, size_t n, check_style *out)
{
	profile *both = ARENA_ARRAY(r->arena, profile, LANGUAGES);

	if (both == NULL)
		return STATUS_MEMORY;
	if (choice->profile != NULL)
		profiles = slice_of(choice->profile);
	TRY(read_all(r, profiles, both));
	for (int l = 0; l < LANGUAGES; l++) {
		for (size_t i = 0; i < n; i++)
			TRY(profile_set_rules(r, path, rules[i], &both[l]));
		TRY(engine_select(r, &both[l], choice));
		TRY(add_modified(r, &both[l]));
		out->of[l] = &both[l];
	}
	return STATUS_OK;
}

profile_reader
engine_profile_reader(paraph_engine *e, context *c)
{
	return (profile_reader){ .context = c,
		.arena = &e->keep,
		.folder = e->choice.folder,
		.rules = e->with.rules,
		.rule_count = e->with.rule_count };
}

static status
copy_text(arena *a, const char *text, const char **out)
{
	slice copy;

	if (text == NULL)
		return STATUS_OK;
	TRY(arena_copy(a, slice_of(text), &copy));
	*out = copy.p;
	return STATUS_OK;
}

static status
copy_list(arena *a, const char *const *list, const char *const **out)
{
	size_t n = 0;

	if (list == NULL)
		return STATUS_OK;
	while (list[n] != NULL)
		n++;
	const char **copy = ARENA_ARRAY(a, const char *, n + 1);
	if (copy == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		TRY(copy_text(a, list[i], &copy[i]));
	*out = copy;
	return STATUS_OK;
}

static status
copy_choice(paraph_engine *e, const paraph_options *options)
{
	engine_choice *c = &e->choice;

	static const char *const none[] = { NULL };

	c->find_settings = options->find_settings;
	c->no_builtin = options->no_builtin;
	c->termbases = c->memories = none;
	TRY(copy_list(&e->keep, options->termbases, &c->termbases));
	TRY(copy_text(&e->keep, options->profile, &c->profile));
	TRY(copy_text(&e->keep, options->settings, &c->settings));
	TRY(copy_list(&e->keep, options->memories, &c->memories));
	TRY(copy_list(&e->keep, options->enable, &c->enable));
	TRY(copy_list(&e->keep, options->disable, &c->disable));
	return copy_list(&e->keep, options->only, &c->only);
}

static status
list_rules(paraph_engine *e, const paraph_options *options)
{
	size_t n = 0;

	for (const char *const *path = options->rules; path != NULL && *path != NULL; path++)
		TRY(custom_read(&e->custom, &e->context, &e->keep, *path));
	const rule **rules =
		ARENA_ARRAY(&e->keep, const rule *, rule_count() + e->custom.count);
	if (rules == NULL)
		return STATUS_MEMORY;
	for (; n < rule_count(); n++)
		rules[n] = rule_at(n);
	for (const custom_rule *u = e->custom.first; u != NULL; u = u->next)
		rules[n++] = &u->base;
	e->with.rules = rules;
	e->with.rule_count = n;
	return STATUS_OK;
}

status
engine_read_profiles(paraph_engine *e, const paraph_options *options, const char *folder)
{
	snprintf(e->choice.data, sizeof(e->choice.data), "%s", folder);
	snprintf(e->choice.folder, sizeof(e->choice.folder), "%s/profiles", folder);
	TRY(list_rules(e, options));
	TRY(copy_choice(e, options));
	profile_reader r = engine_profile_reader(e, &e->context);
	return engine_make_style(
		&r, &e->choice, (slice){ 0 }, (slice){ 0 }, NULL, 0, &e->style);
}
