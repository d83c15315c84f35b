/* Markdown that hovers are made of. */
#ifndef APPS_LSP_PAGE_H
#define APPS_LSP_PAGE_H

#include "apps/lsp/backend.h"

typedef struct page {
	char *text;
	size_t n, room;
} page;

void page_put(page *p, const char *text); /* as it is */
void page_printf(page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void page_text(page *p, paraph_text t); /* with what Markdown would take for markup escaped */

/* A line between parts, unless the page is empty. */
void page_part(page *p);

/* The parts of a hover: the findings at a place, the term there, the memory's matches. */
void hover_findings(page *p, const backend *b, const checked *d, size_t at);
void hover_term(page *p, backend *b, const checked *d, size_t at);
void hover_memory(page *p, backend *b, const checked *d, size_t at);

#endif
