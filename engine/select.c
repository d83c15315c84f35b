/* Which rules run. A name is the id of a rule (spacing/double), a family (spacing/) or "all".
 * The order is fixed: `only` empties the list first, then `enable` adds, then `disable` takes
 * away, so that the order of options on a command line does not matter. */
#include "engine/engine.h"

#include <string.h>

#include "base/nearest.h"
#include "checker/rule.h"

static bool
matches(const rule *r, slice name)
{
	slice id = slice_of(r->id);

	if (slice_ends(name, SLICE("/")))
		return slice_starts(id, name);
	return slice_equal(id, name) || slice_equal(name, SLICE("all"));
}

status
engine_no_rule(context *c, const char *id)
{
	nearest n;

	nearest_init(&n, slice_of(id));
	for (size_t i = 0; i < rule_count(); i++) {
		slice family, whole = slice_of(rule_at(i)->id);
		nearest_offer(&n, whole);
		slice_cut(whole, '/', &family, &whole);
		nearest_offer(&n, (slice){ family.p, family.n + 1 });
	}
	if (nearest_found(&n))
		return context_fail(c, STATUS_USAGE,
			"there is no rule “%s”; did you mean “%.*s”?",
			"il n’y a pas de règle « %s » ; vouliez-vous dire « %.*s » ?", id,
			SLICE_ARG(n.best));
	return context_fail(c, STATUS_USAGE, "there is no rule “%s”; `paraph rules` lists them",
		"il n’y a pas de règle « %s » ; « paraph rules » en donne la liste", id);
}

static status
turn(context *c, check_with *with, const char *const *names, bool on)
{
	for (; names != NULL && *names != NULL; names++) {
		size_t met = 0;
		for (size_t i = 0; i < rule_count(); i++)
			if (matches(rule_at(i), slice_of(*names))) {
				with->enabled[i] = on;
				met++;
			}
		if (met == 0)
			return engine_no_rule(c, *names);
	}
	return STATUS_OK;
}

status
engine_select(context *c, check_with *with, const paraph_options *options)
{
	if (options->only != NULL && options->only[0] != NULL)
		memset(with->enabled, 0, sizeof(with->enabled));
	TRY(turn(c, with, options->only, true));
	TRY(turn(c, with, options->enable, true));
	return turn(c, with, options->disable, false);
}
