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

static bool
is_modified(const profile *p)
{
	slice one, rest = p->modifiers;

	for (bool more = rest.n != 0; more;) {
		more = slice_cut(rest, '+', &one, &rest);
		if (slice_equal(one, SLICE(MODIFIER)))
			return true;
	}
	return false;
}

static status
add_modified(const profile_reader *r, profile both[LANGUAGES])
{
	profile *modified[LANGUAGES];
	size_t n = 0;

	for (int l = 0; l < LANGUAGES; l++) {
		if (is_modified(&both[l]))
			continue;
		modified[n] = ARENA_NEW(r->arena, profile);
		if (modified[n] == NULL)
			return STATUS_MEMORY;
		*modified[n] = both[l];
		both[l].extracted = modified[n++];
	}
	return n == 0 ? STATUS_OK : profile_read_into(r, SLICE(MODIFIER), modified, n);
}

/* What another project brought does not run. */
static void
leave_others(const profile_reader *r, const bool *own, profile *p)
{
	for (size_t i = rule_count(); i < r->rule_count; i++)
		if (custom_of(r->rules[i])->of_project && (own == NULL || !own[i]))
			p->enabled[i] = false;
}

status
engine_make_style(const profile_reader *r, const engine_choice *choice, slice profiles,
	const style_rules *rules, size_t n, const bool own[RULES_MAX], check_style *out)
{
	profile *both = ARENA_ARRAY(r->arena, profile, LANGUAGES);

	if (both == NULL)
		return STATUS_MEMORY;
	if (choice->profile != NULL)
		profiles = slice_of(choice->profile);
	TRY(read_all(r, profiles, both));
	for (int l = 0; l < LANGUAGES; l++) {
		for (size_t i = 0; i < n; i++)
			TRY(profile_set_rules(r, rules[i].path, rules[i].rules, &both[l]));
		TRY(engine_select(r, &both[l], choice));
		leave_others(r, own, &both[l]);
		out->of[l] = &both[l];
	}
	return add_modified(r, both);
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
	c->allow_incomplete = options->allow_incomplete;
	c->only_settings = options->only_settings;
	c->termbases = c->memories = none;
	TRY(copy_list(&e->keep, options->termbases, &c->termbases));
	TRY(copy_text(&e->keep, options->profile, &c->profile));
	TRY(copy_text(&e->keep, options->settings, &c->settings));
	TRY(copy_list(&e->keep, options->memories, &c->memories));
	TRY(copy_list(&e->keep, options->enable, &c->enable));
	TRY(copy_list(&e->keep, options->disable, &c->disable));
	return copy_list(&e->keep, options->only, &c->only);
}

/* Those that were read last come behind the others. */
static void
append_rules(paraph_engine *e, const custom_rule *from)
{
	for (const custom_rule *u = from; u != NULL; u = u->next)
		e->rules[e->with.rule_count++] = &u->base;
}

static status
list_rules(paraph_engine *e, const paraph_options *options)
{
	e->rules = ARENA_ARRAY(&e->keep, const rule *, RULES_MAX);
	if (e->rules == NULL)
		return STATUS_MEMORY;
	e->with.rules = e->rules;
	for (size_t n = 0; n < rule_count(); n++)
		e->rules[e->with.rule_count++] = rule_at(n);
	for (const char *const *path = options->rules; path != NULL && *path != NULL; path++)
		TRY(custom_read(&e->custom, &e->context, &e->keep, *path));
	append_rules(e, e->custom.first);
	return STATUS_OK;
}

/* Nothing of a file with a fault is used. */
status
engine_add_rules(paraph_engine *e, context *c, const char *path)
{
	custom_rules before = e->custom;

	status s = custom_read(&e->custom, c, &e->keep, path);
	custom_rule *first = before.last == NULL ? e->custom.first : before.last->next;
	if (s != STATUS_OK) {
		custom_rules broken = { .first = first };
		custom_free(&broken);
		if (before.last != NULL)
			before.last->next = NULL;
		e->custom = before;
		return s;
	}
	for (custom_rule *u = first; u != NULL; u = u->next)
		u->of_project = true;
	append_rules(e, first);
	return STATUS_OK;
}

status
engine_read_profiles(paraph_engine *e, const paraph_options *options, const char *folder)
{
	snprintf(e->choice.data, sizeof(e->choice.data), "%s", folder);
	snprintf(e->choice.folder, sizeof(e->choice.folder), "%s/profiles", folder);
	TRY(list_rules(e, options));
	TRY(copy_choice(e, options));
	TRY(project_know_rules(e));
	profile_reader r = engine_profile_reader(e, &e->context);
	return engine_make_style(&r, &e->choice, (slice){ 0 }, NULL, 0, NULL, &e->style);
}

static status
tell_profile(const profile_reader *r, slice name,
	paraph_status (*each)(void *user, const paraph_profile *profile), void *user)
{
	profile *p = ARENA_NEW(r->arena, profile);

	if (p == NULL)
		return STATUS_MEMORY;
	profile_init(r, p);
	TRY(profile_read(r, name, p));
	slice summary = p->summary[r->context->ui - LANGUAGE_FR];
	paraph_profile one = { .name = engine_text(p->name),
		.summary = engine_text(summary),
		.language = (paraph_language)p->language };
	return (status)each(user, &one);
}

paraph_status
paraph_session_profiles(paraph_session *s,
	paraph_status (*each)(void *user, const paraph_profile *profile), void *user)
{
	profile_reader r = engine_profile_reader(s->engine, &s->context);
	slice *names;
	size_t n;
	arena own;

	s->context.message[0] = '\0';
	arena_init(&own, s->context.memory);
	r.arena = &own; /* that of the engine is shared */
	status done = profile_list(&r, &names, &n);
	for (size_t i = 0; i < n && done == STATUS_OK; i++)
		done = tell_profile(&r, names[i], each, user);
	arena_free(&own);
	return engine_answer(s, done);
}
