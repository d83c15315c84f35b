#include "apps/cli/catalogue.h"

#include "apps/cli/open.h"

int
catalogue_open(catalogue *c, const settings *s)
{
	char found[4096];

	*c = (catalogue){ .settings = s };
	bool settings_here =
		paraph_settings_find("./paraph.yaml", found, sizeof(found)) == PARAPH_OK;
	return s->rules.n == 0 && !settings_here ? EXIT_CLEAN : open_engine(s, 0, &c->engine);
}

void
catalogue_close(catalogue *c)
{
	paraph_engine_close(c->engine);
}

size_t
catalogue_count(const catalogue *c)
{
	return c->engine == NULL ? paraph_rule_count() : paraph_engine_rule_count(c->engine);
}

paraph_rule
catalogue_rule(const catalogue *c, size_t i)
{
	return c->engine == NULL ? paraph_rule_at(i, c->settings->ui)
				 : paraph_engine_rule_at(c->engine, i, c->settings->ui);
}

bool
catalogue_example(const catalogue *c, size_t i, size_t k, const char **wrong,
	const char **right, paraph_language *in)
{
	return c->engine == NULL
		       ? paraph_rule_example(i, k, wrong, right, in)
		       : paraph_engine_rule_example(c->engine, i, k, wrong, right, in);
}

const char *
catalogue_example_profile(size_t i, size_t k)
{
	return i < paraph_rule_count() ? paraph_rule_example_profile(i, k) : NULL;
}

const char *
catalogue_example_source(size_t i, size_t k)
{
	return i < paraph_rule_count() ? paraph_rule_example_source(i, k) : NULL;
}

int
catalogue_find(const catalogue *c, const char *id, size_t *i)
{
	paraph_language ui = c->settings->ui;
	char message[512];
	paraph_status s = c->engine == NULL
				  ? paraph_rule_find(id, ui, i, message, sizeof(message))
				  : paraph_engine_rule_find(
					    c->engine, id, ui, i, message, sizeof(message));

	return s == PARAPH_OK ? EXIT_CLEAN : complain(c->settings, "%s", "%s", message);
}
