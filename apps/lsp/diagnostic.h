/* Findings as the protocol has them. */
#ifndef APPS_LSP_DIAGNOSTIC_H
#define APPS_LSP_DIAGNOSTIC_H

#include "apps/lsp/backend.h"

/* What is sent of one document, about 130,000 findings: no editor shows as many, and there may
 * be a million. */
#define DIAGNOSTICS_BYTES ((size_t)32 << 20)

/* Those of a document, an array that is written out (message_keep); empty for one that could
 * not be checked or is a package. cut: there are more than are sent. */
json_t *diagnostics_of(const backend *b, const checked *d, bool *cut);
/* One of them; NULL: out of memory. */
json_t *diagnostic_of(const backend *b, const checked *d, line_cursor *c, size_t i);
/* Has the document findings, at places of its text? */
bool diagnostics_exist(const checked *d);

#endif
