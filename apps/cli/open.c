#include "apps/cli/open.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/command.h"

paraph_language
document_language(const char *name)
{
	if (name == NULL || strcmp(name, "auto") == 0)
		return PARAPH_LANGUAGE_AUTO;
	return strcmp(name, "fr") == 0 ? PARAPH_LANGUAGE_FR : PARAPH_LANGUAGE_EN;
}

const char *
user_name(void)
{
	static const char *const variables[] = { "USER", "LOGNAME" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *name = getenv(variables[i]);
		if (name != NULL && name[0] != '\0')
			return name;
	}
	const struct passwd *account = getpwuid(geteuid());
	return account == NULL ? NULL : account->pw_name;
}

static const char *const *
strings(const list *l)
{
	return (const char *const *)l->at;
}

bool
personal_words(const settings *s, char *path, size_t size)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int n = -1;

	if (s->no_config)
		return false;
	if (config != NULL && config[0] == '/')
		n = snprintf(path, size, "%s/paraph/words.txt", config);
	else if (home != NULL && home[0] == '/')
		n = snprintf(path, size, "%s/.config/paraph/words.txt", home);
	return n > 0 && (size_t)n < size;
}

/* The personal dictionary, where it is and may be used. */
static bool
find_personal(const settings *s, char *path, size_t size)
{
	return s->command != NULL && (s->command->bit & (IN_CHECK | IN_FIX)) != 0 &&
	       personal_words(s, path, size) && access(path, R_OK) == 0;
}

/* The word lists named, and the personal dictionary. */
static const char **
word_lists(const settings *s, const char *personal)
{
	const char **all = allocate(NULL, s->words.n + 2, sizeof(*all));
	size_t n = 0;

	for (; n < s->words.n; n++)
		all[n] = s->words.at[n];
	if (personal != NULL)
		all[n++] = personal;
	all[n] = NULL;
	return all;
}

const char **
termbases_in_force(const settings *s)
{
	static char personal[4096];
	const char **all = allocate(NULL, s->termbases.n + 2, sizeof(*all));
	size_t n = 0;

	if (!s->no_config &&
		paraph_termbase_personal(personal, sizeof(personal)) == PARAPH_OK &&
		access(personal, R_OK) == 0)
		all[n++] = personal;
	for (size_t i = 0; i < s->termbases.n; i++)
		all[n++] = s->termbases.at[i];
	all[n] = NULL;
	return all;
}

/* Without a command there is --version --check-data. */
static bool
reads_memories(const settings *s)
{
	return s->command != NULL &&
	       (s->command->bit & (IN_CHECK | IN_FIX | IN_BASELINE | IN_SERVE | IN_CONFIG_SHOW |
					  IN_ALIGN | IN_TM_IMPORT)) != 0;
}

bool
cache_folder(char *path, size_t size)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int n = -1;

	if (cache != NULL && cache[0] == '/')
		n = snprintf(path, size, "%s/paraph/findings", cache);
	else if (home != NULL && home[0] == '/')
		n = snprintf(path, size, "%s/.cache/paraph/findings", home);
	return n > 0 && (size_t)n < size;
}

static bool
find_cache(const settings *s, char *path, size_t size)
{
	return !s->no_cache && s->command != NULL &&
	       (s->command->bit & (IN_CHECK | IN_BASELINE)) != 0 && cache_folder(path, size);
}

int
open_engine(const settings *s, size_t suggestions, paraph_engine **out)
{
	char message[512], personal[4096];
	bool has_personal = find_personal(s, personal, sizeof(personal));
	const char **lists = word_lists(s, has_personal ? personal : NULL);
	const char **termbases = termbases_in_force(s);
	char cache[4096];
	paraph_options options = { .data_folder = s->data,
		.ui = s->ui,
		.language = document_language(s->language),
		.input_format = s->input_format,
		.profile = s->profile,
		.enable = strings(&s->enable),
		.disable = strings(&s->disable),
		.only = strings(&s->only),
		.termbases = termbases,
		.memories = reads_memories(s) ? strings(&s->tms) : NULL,
		.words = lists,
		.rules = strings(&s->rules),
		.settings = s->config,
		.find_settings = !s->no_config,
		.no_builtin = s->no_builtin,
		.allow_incomplete = s->allow_incomplete,
		.only_settings = s->command != NULL && s->command->bit == IN_CONFIG_SHOW,
		.suggestions = suggestions,
		.cache_folder = find_cache(s, cache, sizeof(cache)) ? cache : NULL };

	paraph_status opened = paraph_engine_open(out, &options, message, sizeof(message));
	free(lists);
	free(termbases);
	if (opened == PARAPH_OK)
		return EXIT_CLEAN;
	(void)complain(s, "%s", "%s", message);
	return opened == PARAPH_AGAIN ? EXIT_AGAIN : EXIT_TROUBLE;
}
