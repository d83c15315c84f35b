/* For commands that read files one after the other and write to standard output. */
#ifndef APPS_CLI_EACH_H
#define APPS_CLI_EACH_H

#include "apps/cli/settings.h"

typedef int each_work(const settings *s, paraph_session *session, const paraph_result *r);

/* Reads (without checking) each path of the settings and works on it; the worst status. */
int each_file(const settings *s, each_work *work);

#endif
