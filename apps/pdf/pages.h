/* paraph-pdf read: the words of a PDF, with their places, on standard output. */
#ifndef APPS_PDF_PAGES_H
#define APPS_PDF_PAGES_H

#include <poppler.h>

/* 0, or 1 when standard output could not take it all. */
int pages_write(PopplerDocument *document);

#endif
