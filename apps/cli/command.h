/* A command of the program. To add one: write apps/cli/NAME.c that defines command_NAME, and
 * add COMMAND(NAME) to commands.def. Its options are those whose table (options.c) names it. */
#ifndef APPS_CLI_COMMAND_H
#define APPS_CLI_COMMAND_H

#include "apps/cli/settings.h"

typedef struct command {
	const char *name; /* one word or two: "check", "term find" */
	uint64_t bit;     /* IN_…: what the table of options knows it by */
	const char *arguments_en, *arguments_fr;
	const char *summary_en, *summary_fr;
	const char *help_en, *help_fr; /* paragraphs for --help */
	int (*run)(const settings *s); /* the answer is the exit status */
} command;

/* Commands as bits of a set. */
#define IN_CHECK (UINT64_C(1) << 0)
#define IN_FIX (UINT64_C(1) << 1)
#define IN_TERM_FIND (UINT64_C(1) << 2)
#define IN_TEXT (UINT64_C(1) << 3)
#define IN_RULES (UINT64_C(1) << 4)
#define IN_EXPLAIN (UINT64_C(1) << 5)
#define IN_TERM_SHOW (UINT64_C(1) << 6)
#define IN_TERM_LIST (UINT64_C(1) << 7)
#define IN_TERM_IMPORT (UINT64_C(1) << 8)
#define IN_TERM_EXPORT (UINT64_C(1) << 9)
#define IN_TERM_ADD (UINT64_C(1) << 10)
#define IN_TERM_EDIT (UINT64_C(1) << 11)
#define IN_TERM_REMOVE (UINT64_C(1) << 12)
#define IN_TERM_LINT (UINT64_C(1) << 13)
#define IN_TERM_STATS (UINT64_C(1) << 14)
#define IN_TERM_EXTRACT (UINT64_C(1) << 15)
#define IN_TM_MATCH (UINT64_C(1) << 16)
#define IN_TM_CONCORDANCE (UINT64_C(1) << 17)
#define IN_TM_IMPORT (UINT64_C(1) << 18)
#define IN_TM_EXPORT (UINT64_C(1) << 19)
#define IN_TM_ANALYSE (UINT64_C(1) << 20)
#define IN_TM_DEDUPE (UINT64_C(1) << 21)
#define IN_TM_REPAIR (UINT64_C(1) << 22)
#define IN_TM_STATS (UINT64_C(1) << 23)
#define IN_TM_PRETRANSLATE (UINT64_C(1) << 24)
#define IN_BASELINE (UINT64_C(1) << 25) /* all four commands of it */
#define IN_DOCTOR (UINT64_C(1) << 26)
#define IN_COMPLETION (UINT64_C(1) << 27)
#define IN_ALIGN (UINT64_C(1) << 28)
#define IN_CONFIG_SHOW (UINT64_C(1) << 29)
#define IN_INIT (UINT64_C(1) << 30)
#define IN_REPORT_MERGE (UINT64_C(1) << 31)
#define IN_SERVE (UINT64_C(1) << 32)
#define IN_LSP (UINT64_C(1) << 33)
#define IN_STORE_INIT (UINT64_C(1) << 34)
#define IN_STORE_MIGRATE (UINT64_C(1) << 35)
#define IN_STORE_CHECK (UINT64_C(1) << 36)
#define IN_STORE_RESHARD (UINT64_C(1) << 37)
#define IN_TM_SYNC (UINT64_C(1) << 38)
#define IN_ALL UINT64_MAX

#define COMMAND(name) extern const command command_##name;
#include "apps/cli/commands.def"
#undef COMMAND

size_t command_count(void);
const command *command_at(size_t i);

#endif
