#include "apps/lsp/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
put(page *p, const char *piece, size_t n)
{
	if (p->room - p->n < n + 1) {
		p->room = 2 * (p->n + n + 1);
		p->text = allocate(p->text, p->room, 1);
	}
	memcpy(p->text + p->n, piece, n);
	p->n += n;
	p->text[p->n] = '\0';
}

void
page_put(page *p, const char *text)
{
	put(p, text, strlen(text));
}

void
page_printf(page *p, const char *format, ...)
{
	char text[2048];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	page_put(p, text);
}

void
page_text(page *p, paraph_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\n' || t.p[i] == '\r') {
			put(p, " ", 1);
			continue;
		}
		if (strchr("\\`*_[]<>#|", t.p[i]) != NULL)
			put(p, "\\", 1);
		put(p, &t.p[i], 1);
	}
}

void
page_part(page *p)
{
	if (p->n != 0)
		page_put(p, "\n\n---\n\n");
}
