#include "checker/rule.h"

static const rule *const rules[] = {
#define RULE(name) &rule_##name,
#include "checker/rules.def"
#undef RULE
};

#define RULE_TOTAL (sizeof(rules) / sizeof(*rules))
_Static_assert(RULE_TOTAL <= RULES_MAX, "raise RULES_MAX");

size_t
rule_count(void)
{
	return RULE_TOTAL;
}

const rule *
rule_at(size_t i)
{
	return rules[i];
}

const rule_example *
rule_example_at(const rule *r, size_t k)
{
	const rule_example *e = r->examples;

	if (e == NULL)
		return NULL;
	for (size_t i = 0; i < k && e->right != NULL; i++)
		e++;
	return e->right == NULL ? NULL : e;
}
