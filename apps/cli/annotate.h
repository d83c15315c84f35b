/* paraph check --annotate: a copy of the PDF with its findings highlighted. */
#ifndef APPS_CLI_ANNOTATE_H
#define APPS_CLI_ANNOTATE_H

#include "apps/cli/settings.h"

/* Writes the copy, whole or not at all, to the path of --annotate; EXIT_TROUBLE with a message
 * when the document is no PDF or the copy cannot be written. */
int annotate_copy(const settings *s, paraph_session *session, const paraph_result *r);

#endif
