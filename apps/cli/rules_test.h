/* paraph rules --test FILE: do the examples of a file of rules hold? */
#ifndef APPS_CLI_RULES_TEST_H
#define APPS_CLI_RULES_TEST_H

#include "apps/cli/settings.h"

int rules_test(const settings *s);

#endif
