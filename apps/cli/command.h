/* A command of the program. To add one: write apps/cli/NAME.c that defines command_NAME, and
 * add COMMAND(NAME) to commands.def. Its options are those whose table (options.c) names it. */
#ifndef APPS_CLI_COMMAND_H
#define APPS_CLI_COMMAND_H

#include "apps/cli/settings.h"

typedef struct command {
	const char *name; /* one word or two: "check", "term find" */
	unsigned bit;     /* IN_…: what the table of options knows it by */
	const char *arguments_en, *arguments_fr;
	const char *summary_en, *summary_fr;
	const char *help_en, *help_fr; /* paragraphs for --help */
	int (*run)(const settings *s); /* the answer is the exit status */
} command;

enum {
	IN_CHECK = 1 << 0,
	IN_FIX = 1 << 1,
	IN_TERM_FIND = 1 << 2,
	IN_TEXT = 1 << 3,
	IN_RULES = 1 << 4,
	IN_EXPLAIN = 1 << 5,
	IN_TERM_SHOW = 1 << 6,
	IN_TERM_LIST = 1 << 7,
	IN_TERM_IMPORT = 1 << 8,
	IN_TERM_EXPORT = 1 << 9,
	IN_TERM_ADD = 1 << 10,
	IN_TERM_EDIT = 1 << 11,
	IN_TERM_REMOVE = 1 << 12,
	IN_TERM_LINT = 1 << 13,
	IN_TERM_STATS = 1 << 14,
	IN_TERM_EXTRACT = 1 << 15,
	IN_TM_MATCH = 1 << 16,
	IN_TM_CONCORDANCE = 1 << 17,
	IN_TM_IMPORT = 1 << 18,
	IN_TM_EXPORT = 1 << 19,
	IN_TM_ANALYSE = 1 << 20,
	IN_TM_DEDUPE = 1 << 21,
	IN_TM_REPAIR = 1 << 22,
	IN_TM_STATS = 1 << 23,
	IN_ALIGN = 1 << 28,
	IN_TM_PRETRANSLATE = 1 << 24,
	IN_BASELINE = 1 << 25, /* all four commands of it */
	IN_DOCTOR = 1 << 26,
	IN_COMPLETION = 1 << 27,
	IN_ALL = (1 << 30) - 1,
};

#define COMMAND(name) extern const command command_##name;
#include "apps/cli/commands.def"
#undef COMMAND

size_t command_count(void);
const command *command_at(size_t i);

#endif
