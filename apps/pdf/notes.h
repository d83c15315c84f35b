/* paraph-pdf annotate: a PDF with places highlighted, and notes that say why. */
#ifndef APPS_PDF_NOTES_H
#define APPS_PDF_NOTES_H

#include <poppler.h>
#include <stdbool.h>

typedef struct notes {
	const char *at, *end; /* the lines of notes that stand before the PDF */
} notes;

/* Cuts the head off the input: "paraph-notes 1", a line a note, "pdf". *pdf is where the PDF
 * begins. False when it is something else. */
bool notes_cut(notes *n, const char *input, gsize size, const char **pdf);

/* Adds them to the document. False when a line is not a note. */
bool notes_add(const notes *n, PopplerDocument *document);

/* The file with an update at its end, on standard output; every byte of the original stays. */
bool notes_save(PopplerDocument *document);

#endif
