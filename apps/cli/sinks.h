/* Where a check writes its reports: one, or several at once, each of its own form into its own
 * file (--format sarif=out.sarif --format text). A file appears whole or not at all. */
#ifndef APPS_CLI_SINKS_H
#define APPS_CLI_SINKS_H

#include "apps/cli/output.h"

typedef struct sink {
	const struct sinks *all;
	char *format, *path; /* NULL: text, standard output */
	output output;
	bool opened;
	paraph_report *report;
} sink;

typedef struct sinks {
	const settings *s;
	sink *at;
	size_t count;
} sinks;

/* The form of what has no file of its own: that of --format, else the one that the end of the
 * output's name stands for, as report.html; NULL: neither says. */
const char *sinks_plain_format(const settings *s);
/* Does a person read what is written, and nobody else? */
bool sinks_are_for_people(const settings *s);

/* EXIT_TROUBLE with a message, and nothing open, when one of them cannot be opened. */
int sinks_open(sinks *k, const settings *s, paraph_engine *engine);
/* False when one of them cannot be written. */
bool sinks_add(sinks *k, const paraph_result *result);
/* Gives up: no file appears. */
void sinks_abandon(sinks *k);
/* Puts the files in place; EXIT_TROUBLE with a message when anything failed since the start,
 * and EXIT_AGAIN for want of memory. */
int sinks_close(sinks *k);
/* Documents are missing that a later run may read: what goes into files does not appear, so
 * that a file that is there is a whole report. Else as sinks_close. */
int sinks_withhold(sinks *k);
/* No document could be read, of which messages tell: what goes into files stays as it was. Else
 * as sinks_close. */
int sinks_close_unread(sinks *k);

#endif
