/* For commands that read files one after the other. */
#ifndef APPS_CLI_EACH_H
#define APPS_CLI_EACH_H

#include "apps/cli/settings.h"

typedef int each_work(void *user, paraph_session *session, const paraph_result *r);

/* Reads (without checking) each path and works on it; the worst status. */
int each_file(const settings *s, const list *paths, each_work *work, void *user);

#endif
