#include "checker/rule.h"

#include "engine/engine.h"

size_t
paraph_rule_count(void)
{
	return rule_count();
}

paraph_rule
paraph_rule_at(size_t i, paraph_language ui)
{
	const rule *r = rule_at(i);
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

bool
paraph_rule_example(
	size_t i, size_t k, const char **wrong, const char **right, paraph_language *in)
{
	if (k >= RULE_EXAMPLES_MAX || rule_at(i)->examples[k].right == NULL)
		return false;
	const rule_example *e = &rule_at(i)->examples[k];
	*wrong = e->wrong;
	*right = e->right;
	*in = (paraph_language)e->language;
	return true;
}

const char *
paraph_rule_example_profile(size_t i, size_t k)
{
	return k >= RULE_EXAMPLES_MAX ? NULL : rule_at(i)->examples[k].profile;
}

paraph_status
paraph_rule_find(
	const char *id, paraph_language ui, size_t *i, char *message, size_t message_size)
{
	context c = { .ui = engine_ui(ui) };
	const rule *known[RULES_MAX];
	profile_reader r = { .context = &c, .rules = known, .rule_count = rule_count() };

	for (*i = 0; *i < rule_count(); ++*i)
		if (slice_equal(slice_of(id), slice_of(rule_at(*i)->id)))
			return PARAPH_OK;
	for (size_t k = 0; k < rule_count(); k++)
		known[k] = rule_at(k);
	engine_explain(&c, engine_no_rule(&r, id), message, message_size);
	return PARAPH_NOT_FOUND;
}
