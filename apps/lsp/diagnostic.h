/* Findings as the protocol has them. */
#ifndef APPS_LSP_DIAGNOSTIC_H
#define APPS_LSP_DIAGNOSTIC_H

#include "apps/lsp/backend.h"

/* Those of a document, an array that is written out (message_keep); empty for one that could
 * not be checked or is a package. */
json_t *diagnostics_of(const backend *b, const checked *d);
/* One of them; NULL: out of memory. */
json_t *diagnostic_of(const backend *b, const checked *d, line_cursor *c, size_t i);
/* Has the document findings, at places of its text? */
bool diagnostics_exist(const checked *d);

#endif
