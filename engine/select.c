/* Which rules run. A name is the id of a rule (spacing/double), a family (spacing/) or "all".
 * The order is fixed: `only` empties the list first, then `enable` adds, then `disable` takes
 * away, so that the order of options on a command line does not matter. */
#include "engine/engine.h"

#include <string.h>

#include "base/nearest.h"
#include "checker/rule.h"

status
engine_no_rule(const profile_reader *r, const char *id)
{
	nearest n;

	nearest_init(&n, slice_of(id));
	profile_offer_rules(r, &n);
	if (nearest_found(&n))
		return context_fail(r->context, STATUS_USAGE,
			"there is no rule “%s”; did you mean “%.*s”?",
			"il n’y a pas de règle «\u00A0%s\u00A0»\u00A0; vouliez-vous dire "
			"«\u00A0%.*s\u00A0»\u00A0?",
			id, SLICE_ARG(n.best));
	return context_fail(r->context, STATUS_USAGE,
		"there is no rule “%s”; `paraph rules` lists them",
		"il n’y a pas de règle «\u00A0%s\u00A0»\u00A0; «\u00A0paraph rules\u00A0» en "
		"donne la liste",
		id);
}

static status
turn(const profile_reader *r, profile *p, const char *const *names, bool on)
{
	for (; names != NULL && *names != NULL; names++) {
		size_t met = 0;
		for (size_t i = 0; i < r->rule_count; i++)
			if (profile_names_rule(slice_of(*names), r->rules[i])) {
				p->enabled[i] = on;
				met++;
			}
		if (met == 0)
			return engine_no_rule(r, *names);
	}
	return STATUS_OK;
}

status
engine_select(const profile_reader *r, profile *p, const engine_choice *choice)
{
	if (choice->only != NULL && choice->only[0] != NULL)
		memset(p->enabled, 0, sizeof(p->enabled));
	TRY(turn(r, p, choice->only, true));
	TRY(turn(r, p, choice->enable, true));
	return turn(r, p, choice->disable, false);
}
