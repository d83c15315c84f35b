/* The notes of the annotated copy. A line of the input is
 *
 *	note PAGE LEVEL COUNT X1 Y1 X2 Y2 … TEXT
 *
 * page from 1; level 1 (information) to 3 (error), which is the colour; COUNT rectangles in
 * hundredths of a point from the top left corner of the page; the text in UTF-8, \n for a new
 * line and \\ for a backslash. */
#define _GNU_SOURCE /* memfd_create */
#include "apps/pdf/notes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD "paraph-notes 1\n"
#define TAIL "\npdf\n"
#define RECTANGLES_MOST 64

typedef struct note {
	int page, level;
	size_t count;
	PopplerRectangle places[RECTANGLES_MOST]; /* y from the top */
	char *text;
} note;

bool
notes_cut(notes *n, const char *input, gsize size, const char **pdf)
{
	size_t head = strlen(HEAD), tail = strlen(TAIL);

	if (size < head || memcmp(input, HEAD, head) != 0)
		return false;
	const char *end = memmem(input + head - 1, size - head + 1, TAIL, tail);
	if (end == NULL)
		return false;
	*n = (notes){ input + head, end + 1 };
	*pdf = end + tail;
	return true;
}

static bool
read_number(char **at, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(*at, &end, 10);
	if (end == *at || errno != 0 || (*end != ' ' && *end != '\0'))
		return false;
	*at = *end == ' ' ? end + 1 : end;
	return true;
}

static void
unescape(char *text)
{
	char *out = text;

	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] != '\0') {
			text++;
			*out++ = *text == 'n' ? '\n' : *text;
		} else
			*out++ = *text;
	}
	*out = '\0';
}

static bool
read_note(char *line, note *n)
{
	long page, level, count, v[4];
	char *at = line + strlen("note ");

	if (!g_str_has_prefix(line, "note ") || !read_number(&at, &page) ||
		!read_number(&at, &level) || !read_number(&at, &count) || count < 1 ||
		count > RECTANGLES_MOST || page < 1 || page > INT_MAX)
		return false;
	*n = (note){ .page = (int)page, .level = (int)level, .count = (size_t)count };
	for (size_t i = 0; i < n->count; i++) {
		for (int k = 0; k < 4; k++)
			if (!read_number(&at, &v[k]))
				return false;
		n->places[i] = (PopplerRectangle){ (double)v[0] / 100, (double)v[1] / 100,
			(double)v[2] / 100, (double)v[3] / 100 };
	}
	unescape(at);
	n->text = at;
	return g_utf8_validate(at, -1, NULL);
}

/* Annotations count from the bottom of the page; in the order that viewers expect, which is not
 * that of the standard: top left, top right, bottom left, bottom right. */
static void
place(const note *n, double height, GArray *quads, PopplerRectangle *around)
{
	for (size_t i = 0; i < n->count; i++) {
		PopplerRectangle r = n->places[i];
		double top = height - r.y1, bottom = height - r.y2;
		PopplerQuadrilateral q = { { r.x1, top }, { r.x2, top }, { r.x1, bottom },
			{ r.x2, bottom } };
		g_array_append_val(quads, q);
		if (i == 0)
			*around = (PopplerRectangle){ r.x1, bottom, r.x2, top };
		around->x1 = MIN(around->x1, r.x1);
		around->x2 = MAX(around->x2, r.x2);
		around->y1 = MIN(around->y1, bottom);
		around->y2 = MAX(around->y2, top);
	}
}

static PopplerColor
color_of(int level)
{
	if (level >= 3)
		return (PopplerColor){ 65535, 41000, 41000 }; /* red */
	if (level == 2)
		return (PopplerColor){ 65535, 55000, 20000 }; /* amber */
	return (PopplerColor){ 41000, 54000, 65535 };         /* blue */
}

static void
add(PopplerDocument *document, PopplerPage *page, const note *n)
{
	double width, height;
	PopplerRectangle around = { 0 };
	PopplerColor color = color_of(n->level);
	GArray *quads = g_array_new(FALSE, FALSE, sizeof(PopplerQuadrilateral));

	poppler_page_get_size(page, &width, &height);
	place(n, height, quads, &around);
	PopplerAnnot *a = poppler_annot_text_markup_new_highlight(document, &around, quads);
	PopplerRectangle popup = { MIN(around.x2, MAX(0, width - 200)), MAX(0, around.y1 - 90),
		MIN(around.x2, MAX(0, width - 200)) + 200, MAX(90, around.y1) };
	poppler_annot_set_color(a, &color);
	poppler_annot_set_contents(a, n->text);
	poppler_annot_markup_set_label(POPPLER_ANNOT_MARKUP(a), "paraph");
	poppler_annot_markup_set_popup(POPPLER_ANNOT_MARKUP(a), &popup);
	poppler_annot_markup_set_popup_is_open(POPPLER_ANNOT_MARKUP(a), FALSE);
	poppler_page_add_annot(page, a);
	g_object_unref(a);
	g_array_unref(quads);
}

static bool
add_line(PopplerDocument *document, char *line)
{
	note n;

	if (!read_note(line, &n))
		return false;
	PopplerPage *page = poppler_document_get_page(document, n.page - 1);
	if (page != NULL) {
		add(document, page, &n);
		g_object_unref(page);
	}
	return true;
}

bool
notes_add(const notes *n, PopplerDocument *document)
{
	for (const char *at = n->at; at < n->end;) {
		const char *end = memchr(at, '\n', (size_t)(n->end - at));
		if (end == NULL)
			return false;
		char *line = g_strndup(at, (gsize)(end - at));
		bool good = add_line(document, line);
		g_free(line);
		if (!good)
			return false;
		at = end + 1;
	}
	return true;
}

static bool
pass_on(int fd)
{
	char piece[65536];
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return false;
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (fwrite(piece, 1, (size_t)n, stdout) != (size_t)n)
			return false;
	return n == 0 && fflush(stdout) == 0;
}

/* poppler counts its offsets by asking the file where it is, which a pipe does not tell. */
bool
notes_save(PopplerDocument *document)
{
	int fd = memfd_create("paraph-pdf", MFD_CLOEXEC), kept = dup(fd);

	if (fd < 0 || kept < 0 || !poppler_document_save_to_fd(document, fd, TRUE, NULL))
		return false;
	/* poppler 22.12 leaves the end of the file in a buffer of a FILE that it does not
	 * close. */
	return fflush(NULL) == 0 && pass_on(kept);
}
