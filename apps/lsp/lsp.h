/* paraph lsp: a language server for editors, by LSP 3.17. */
#ifndef APPS_LSP_LSP_H
#define APPS_LSP_LSP_H

#include "apps/cli/settings.h"

/* Talks over standard input and output until the client leaves; the answer is the exit status.
 */
int lsp_over_stdio(const settings *s);
/* Waits for one client on that port of this machine; 0: any, which is told. */
int lsp_over_socket(const settings *s, unsigned port);

#endif
