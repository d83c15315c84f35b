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

#endif
