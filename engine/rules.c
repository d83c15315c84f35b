#include "checker/rule.h"

#include "engine/engine.h"

size_t
paraph_rule_count(void)
{
	return rule_count();
}

size_t
paraph_engine_rule_count(const paraph_engine *e)
{
	return e->with.rule_count;
}

static paraph_rule
tell(const rule *r, paraph_language ui)
{
	bool fr = engine_ui(ui) == LANGUAGE_FR;

	return (paraph_rule){ .id = r->id,
		.source = r->source,
		.severity = (paraph_severity)r->severity,
		.fix = (paraph_fix)r->fix,
		.fr = r->fr,
		.en = r->en,
		.off = r->off,
		.summary = fr ? r->summary_fr : r->summary_en,
		.explanation = fr ? r->explanation_fr : r->explanation_en };
}

paraph_rule
paraph_rule_at(size_t i, paraph_language ui)
{
	return tell(rule_at(i), ui);
}

paraph_rule
paraph_engine_rule_at(const paraph_engine *e, size_t i, paraph_language ui)
{
	return tell(e->with.rules[i], ui);
}

bool
paraph_rule_example(
	size_t i, size_t k, const char **wrong, const char **right, paraph_language *in)
{
	const rule_example *e = rule_example_at(rule_at(i), k);

	if (e == NULL)
		return false;
	*wrong = e->wrong;
	*right = e->right;
	*in = (paraph_language)e->language;
	return true;
}

bool
paraph_engine_rule_example(const paraph_engine *engine, size_t i, size_t k, const char **wrong,
	const char **right, paraph_language *in)
{
	if (i < rule_count())
		return paraph_rule_example(i, k, wrong, right, in);
	const custom_rule *u = custom_of(engine->with.rules[i]);
	if (k >= u->example_count)
		return false;
	*wrong = u->examples[k].wrong;
	*right = u->examples[k].right;
	*in = (paraph_language)u->examples[k].language;
	return true;
}

const char *
paraph_rule_example_profile(size_t i, size_t k)
{
	const rule_example *e = rule_example_at(rule_at(i), k);

	return e == NULL ? NULL : e->profile;
}

const char *
paraph_rule_example_source(size_t i, size_t k)
{
	const rule_example *e = rule_example_at(rule_at(i), k);

	return e == NULL ? NULL : e->source;
}

static paraph_status
find(const rule *const *rules, size_t n, const char *id, paraph_language ui, size_t *i,
	char *message, size_t message_size)
{
	context c = { .ui = engine_ui(ui) };
	profile_reader r = { .context = &c, .rules = rules, .rule_count = n };

	for (*i = 0; *i < n; ++*i)
		if (slice_is(slice_of(id), rules[*i]->id))
			return PARAPH_OK;
	engine_explain(&c, engine_no_rule(&r, id), message, message_size);
	return PARAPH_NOT_FOUND;
}

paraph_status
paraph_rule_find(
	const char *id, paraph_language ui, size_t *i, char *message, size_t message_size)
{
	const rule *known[RULES_MAX];

	for (size_t k = 0; k < rule_count(); k++)
		known[k] = rule_at(k);
	return find(known, rule_count(), id, ui, i, message, message_size);
}

paraph_status
paraph_engine_rule_find(const paraph_engine *e, const char *id, paraph_language ui, size_t *i,
	char *message, size_t message_size)
{
	return find(e->with.rules, e->with.rule_count, id, ui, i, message, message_size);
}
