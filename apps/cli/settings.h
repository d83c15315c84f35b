/* What the command line asked for, and the lists it is kept in. The program is written on
 * include/paraph.h alone and lives for one run: what it allocates here is freed at the end,
 * and running out of memory ends the run with status 2. */
#ifndef APPS_CLI_SETTINGS_H
#define APPS_CLI_SETTINGS_H

#include "include/paraph.h"

/* EXIT_AGAIN: trouble that may be over when the same is tried later (EX_TEMPFAIL of
 * sysexits.h). */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2, EXIT_AGAIN = 75 };

typedef struct list { /* of strings of its own, ending with NULL once something was added */
	char **at;
	size_t n, capacity;
} list;

void list_add(list *l, const char *text, size_t n);
void list_free(list *l);

typedef struct settings {
	const struct command *command;
	const char *family; /* "term", when nothing else was said */
	paraph_language ui; /* French or English, never AUTO */
	list paths;
	list reports;        /* NAME=FILE */
	list origins, hosts; /* that may ask a server, that it is called */
	list enable, disable, only, termbases, words, rules, targets, tms, penalties;
	const char *language, *ui_name, *profile, *data, *format, *output, *fail_on, *color;
	const char *stdin_name, *source, *input_format, *files_from, *jobs, *test, *config,
		*annotate;
	const char *baseline, *shard, *socket;
	const char *port, *address, *tokens, *new_token, *tls_cert, *tls_key, *max_text,
		*max_upload, *rate;
	const char *into, *from, *to, *columns, *report, *least, *most;
	const char *source_lang, *target_lang, *document, *author, *since, *until, *previous,
		*next, *side;
	bool no_builtin, no_config, quiet, verbose, unsafe, diff, in_place, help, version,
		force, in_parts, pairs, only_new, tracked, comments, history, check_data, merge,
		conflicts, only_fetch, moved, lines, align, plain, break_signature, no_cache,
		stdio, log, sql, allow_incomplete;
} settings;

/* What a tag (fr-CA, en) says of a language; NULL: nothing. */
paraph_language language_of_tag(const char *tag);

/* The text in the language of the user. */
const char *say(const settings *s, const char *en, const char *fr);

/* A line on standard error, in the language of the user, after "paraph: ". The answer is
 * EXIT_TROUBLE, for `return complain(…)`. */
int complain(const settings *s, const char *en, const char *fr, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Never NULL: ends the run when memory is out. */
void *allocate(void *old, size_t count, size_t bytes);
/* n bytes with a zero behind them; free them. */
char *copy_bytes(const char *text, size_t n);
char *copy_text(const char *text);

#endif
