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
