/* What commands share that look at stores several machines share. */
#ifndef APPS_CLI_STORES_H
#define APPS_CLI_STORES_H

#include "apps/cli/settings.h"

/* "reads, writes" */
void store_rights(const settings *s, const paraph_store_state *x, char *out, size_t size);
const char *store_part_name(const settings *s, const paraph_store_state *x);
/* Do other databases that the memory there lies in not answer? Their names go to out. */
bool store_lacks_shards(const settings *s, const char *url, char *out, size_t size);

#endif
