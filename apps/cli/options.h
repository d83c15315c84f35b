/* The options of all commands, in one table that parsing and --help are made from. */
#ifndef APPS_CLI_OPTIONS_H
#define APPS_CLI_OPTIONS_H

#include <stdio.h>

#include "apps/cli/command.h"

/* Fills in s from the command line. EXIT_CLEAN, or EXIT_TROUBLE with a message given. */
int options_parse(settings *s, int argc, char **argv);
void options_free(settings *s);

/* --help: of the program when s has no command, else of the command. */
void options_help(FILE *out, const settings *s);

/* An option as others see it. */
typedef struct option_view {
	const char *name;
	char letter; /* 0: none */
	bool takes_value;
	const char *choices; /* "|fr|en|"; NULL: anything */
	const char *help;
} option_view;

/* Those of the commands with one of these bits, in the order of --help. */
void options_each(const settings *s, uint64_t commands,
	void (*each)(void *user, const option_view *o), void *user);

#endif
