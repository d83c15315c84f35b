#include "apps/cli/open.h"

#include <string.h>

static paraph_language
document_language(const char *name)
{
	if (name == NULL || strcmp(name, "auto") == 0)
		return PARAPH_LANGUAGE_AUTO;
	return strcmp(name, "fr") == 0 ? PARAPH_LANGUAGE_FR : PARAPH_LANGUAGE_EN;
}

static const char *const *
strings(const list *l)
{
	return (const char *const *)l->at;
}

int
open_engine(const settings *s, size_t suggestions, paraph_engine **out)
{
	char message[512];
	paraph_options options = { .data_folder = s->data,
		.ui = s->ui,
		.language = document_language(s->language),
		.profile = s->profile,
		.enable = strings(&s->enable),
		.disable = strings(&s->disable),
		.only = strings(&s->only),
		.termbases = strings(&s->termbases),
		.words = strings(&s->words),
		.rules = strings(&s->rules),
		.no_builtin = s->no_builtin,
		.suggestions = suggestions };

	if (paraph_engine_open(out, &options, message, sizeof(message)) == PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}
