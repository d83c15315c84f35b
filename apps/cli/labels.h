/* What levels and corrections are called. */
#ifndef APPS_CLI_LABELS_H
#define APPS_CLI_LABELS_H

#include "apps/cli/settings.h"

const char *label_severity(const settings *s, paraph_severity level);
const char *label_languages(const paraph_rule *r);

#endif
