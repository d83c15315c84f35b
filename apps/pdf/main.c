/* paraph-pdf: what paraph knows of PDF, apart because poppler is GPL and PDF is a format that
 * nobody should read in his own process. A filter, run by the library; by hand:
 *
 *	paraph-pdf read <a.pdf           its words and their places
 *(document/formats/pdf_stream.h) paraph-pdf annotate <notes+pdf   a copy with notes
 *(apps/pdf/notes.c)
 *
 * Exit status 0; 1 for a PDF that cannot be read, with a line "error KIND" on standard output;
 * 2 for another command line. */
#include <glib.h>
#include <poppler.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apps/pdf/notes.h"
#include "apps/pdf/pages.h"
#include "apps/pdf/sandbox.h"

#define VERSION "0.1.0"

static int
trouble(const char *kind)
{
	printf("error %s\n", kind);
	return 1;
}

static GString *
read_input(void)
{
	GString *all = g_string_sized_new(1 << 20);
	char piece[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) > 0)
		g_string_append_len(all, piece, n);
	return all;
}

static const char *
kind_of(const GError *error)
{
	if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		return "encrypted";
	return "damaged";
}

static PopplerDocument *
open_document(const char *bytes, gsize size)
{
	GError *error = NULL;
	GBytes *b = g_bytes_new_static(bytes, size);
	PopplerDocument *d = poppler_document_new_from_bytes(b, NULL, &error);

	if (d == NULL)
		trouble(kind_of(error));
	g_clear_error(&error);
	g_bytes_unref(b);
	return d;
}

static int
read_pages(const GString *input)
{
	printf("paraph-pdf 1\n");
	PopplerDocument *d = open_document(input->str, input->len);
	return d == NULL ? 1 : pages_write(d);
}

static int
annotate(const GString *input)
{
	notes n;
	const char *pdf;

	if (!notes_cut(&n, input->str, input->len, &pdf))
		return trouble("notes");
	PopplerDocument *d = open_document(pdf, input->len - (gsize)(pdf - input->str));
	if (d == NULL)
		return 1;
	if (!notes_add(&n, d))
		return trouble("notes");
	return notes_save(d) ? 0 : trouble("write");
}

int
main(int argc, char **argv)
{
	const char *what = argc == 2 ? argv[1] : "";
	gboolean reads = strcmp(what, "read") == 0, writes = strcmp(what, "annotate") == 0;

	if (strcmp(what, "--version") == 0) {
		printf("paraph-pdf %s, poppler %s\n", VERSION, poppler_get_version());
		return 0;
	}
	if (!reads && !writes) {
		fprintf(stderr, "usage: paraph-pdf read|annotate|--version\n");
		return 2;
	}
	if (!sandbox_enter())
		return trouble("sandbox");
	GString *input = read_input();
	/* What is open is given back by the end of the process. */
	return reads ? read_pages(input) : annotate(input);
}
