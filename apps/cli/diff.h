/* Unified diffs of two versions of a text that differ in few places. Right for patch(1), not
 * always the shortest there is. */
#ifndef APPS_CLI_DIFF_H
#define APPS_CLI_DIFF_H

#include "apps/cli/output.h"

void diff_write(output *out, const char *path, paraph_text old, paraph_text new, bool color);

#endif
