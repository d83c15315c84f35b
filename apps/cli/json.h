/* The little JSON that commands write themselves; reports are written by the library. */
#ifndef APPS_CLI_JSON_H
#define APPS_CLI_JSON_H

#include "apps/cli/output.h"

/* A string with its quotation marks; bytes that are not UTF-8 (of a path) become U+FFFD. */
void json_text(output *o, paraph_text t);

#endif
