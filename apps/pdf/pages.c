/* The pages of a PDF as a stream of words with their places: what document/formats/pdf_stream.h
 * describes and reads.
 *
 * poppler breaks words at space characters, at a change of font and at gaps of a tenth of the
 * font's size, and puts a space for each of these. Those spaces are not passed on: which gap is
 * a space is decided by who sees the whole line. */
#include "apps/pdf/pages.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SMALLEST_SCAN 0.5 /* of the page, that an image without text covers */

#define PAGES_LOOKED_AT 8

enum { BOLD = 1, ITALIC = 2, ROTATED = 4 };

/* The text of a page, character by character. */
typedef struct page_text {
	const char *at; /* UTF-8 */
	PopplerRectangle *places;
	guint count, next;
	GList *styles; /* of PopplerTextAttributes, in order */
} page_text;

static long
hundredths(double points)
{
	return points > -1e7 && points < 1e7 ? lround(points * 100) : 0;
}

static const PopplerTextAttributes *
style_at(page_text *t, guint i)
{
	while (t->styles != NULL && t->styles->next != NULL) {
		const PopplerTextAttributes *style = t->styles->data;
		if ((gint)i <= style->end_index)
			break;
		t->styles = t->styles->next;
	}
	return t->styles == NULL ? NULL : t->styles->data;
}

static bool
same_style(const PopplerTextAttributes *a, const PopplerTextAttributes *b)
{
	return a == b || (a != NULL && b != NULL && a->font_size == b->font_size &&
				 g_strcmp0(a->font_name, b->font_name) == 0);
}

static int
flags_of(const PopplerTextAttributes *style)
{
	const char *name = style == NULL || style->font_name == NULL ? "" : style->font_name;
	int flags = 0;

	if (strstr(name, "Bold") != NULL || strstr(name, "Black") != NULL)
		flags |= BOLD;
	if (strstr(name, "Italic") != NULL || strstr(name, "Oblique") != NULL)
		flags |= ITALIC;
	return flags;
}

/* A word being written: its first characters' places tell the direction it runs in. */
typedef struct word {
	GString *text;
	PopplerRectangle box, last;
	guint count;
	bool rotated;
	const PopplerTextAttributes *style;
} word;

static void
add_place(word *w, const PopplerRectangle *p)
{
	if (w->count == 0)
		w->box = *p;
	else {
		/* Of rotated text the next character stands below or above. */
		double across = fabs(p->x1 - w->last.x1), along = fabs(p->y1 - w->last.y1);
		w->rotated = w->rotated || along > across;
		w->box.x1 = MIN(w->box.x1, p->x1);
		w->box.y1 = MIN(w->box.y1, p->y1);
		w->box.x2 = MAX(w->box.x2, p->x2);
		w->box.y2 = MAX(w->box.y2, p->y2);
	}
	w->last = *p;
	w->count++;
}

/* Inside a word of poppler's a character begins where the one before it ends. */
static bool
goes_on(const word *w, const PopplerRectangle *p)
{
	double slack = 0.01 * (w->style == NULL ? 10 : w->style->font_size);

	if (w->count == 0)
		return true;
	bool beside = fabs(p->x1 - w->last.x2) <= slack || fabs(p->x2 - w->last.x1) <= slack;
	bool below = fabs(p->y1 - w->last.y2) <= slack || fabs(p->y2 - w->last.y1) <= slack;
	bool level = fabs(p->y1 - w->last.y1) <= slack,
	     upright = fabs(p->x1 - w->last.x1) <= slack;
	return (beside && level) || (below && upright);
}

static void
end_word(word *w)
{
	if (w->text->len != 0)
		printf("w %ld %ld %ld %ld %ld %d %s\n", hundredths(w->box.x1),
			hundredths(w->box.y1), hundredths(w->box.x2), hundredths(w->box.y2),
			hundredths(w->style == NULL ? 0 : w->style->font_size),
			flags_of(w->style) | (w->rotated ? ROTATED : 0), w->text->str);
	g_string_truncate(w->text, 0);
	w->count = 0;
	w->rotated = false;
}

static void
write_words(page_text *t)
{
	word w = { .text = g_string_new(NULL) };

	for (; *t->at != '\0' && t->next < t->count;
		t->at += g_utf8_skip[(unsigned char)*t->at], t->next++) {
		gunichar c = g_utf8_get_char(t->at);
		if (g_unichar_isspace(c) || c < 0x20 || (c >= 0x7F && c < 0xA0)) {
			end_word(&w);
			continue;
		}
		const PopplerTextAttributes *style = style_at(t, t->next);
		if (!same_style(style, w.style) || !goes_on(&w, &t->places[t->next]))
			end_word(&w);
		w.style = style;
		add_place(&w, &t->places[t->next]);
		g_string_append_unichar(w.text, c);
	}
	end_word(&w);
	g_string_free(w.text, TRUE);
}

/* The part of the page that its largest image covers. */
static double
covered(PopplerPage *page, double width, double height)
{
	GList *images = poppler_page_get_image_mapping(page);
	double most = 0;

	for (GList *i = images; i != NULL; i = i->next) {
		const PopplerImageMapping *image = i->data;
		double area = fabs(image->area.x2 - image->area.x1) *
			      fabs(image->area.y2 - image->area.y1);
		most = MAX(most, area);
	}
	poppler_page_free_image_mapping(images);
	return width * height > 0 ? most / (width * height) : 0;
}

static void
write_page(PopplerPage *page, int number)
{
	double width, height;
	char *text = poppler_page_get_text(page);
	GList *styles = poppler_page_get_text_attributes(page);
	page_text t = { .at = text == NULL ? "" : text, .styles = styles };

	poppler_page_get_size(page, &width, &height);
	if (!poppler_page_get_text_layout(page, &t.places, &t.count))
		t.count = 0;
	/* Looking for pictures costs as much as reading the text: where there is text, only the
	 * first pages are looked at. */
	bool picture = (t.count == 0 || number <= PAGES_LOOKED_AT) &&
		       covered(page, width, height) >= SMALLEST_SCAN;
	printf("page %d %ld %ld%s\n", number, hundredths(width), hundredths(height),
		!picture       ? ""
		: t.count == 0 ? " scan"
			       : " recognised");
	write_words(&t);
	g_free(t.places);
	poppler_page_free_text_attributes(styles);
	g_free(text);
}

int
pages_write(PopplerDocument *document)
{
	int n = poppler_document_get_n_pages(document);

	printf("pages %d\n", n);
	for (int i = 0; i < n; i++) {
		PopplerPage *page = poppler_document_get_page(document, i);
		if (page == NULL) {
			printf("page %d 0 0 lost\n", i + 1);
			continue;
		}
		write_page(page, i + 1);
		g_object_unref(page);
	}
	printf("end\n");
	return ferror(stdout) || fflush(stdout) != 0;
}
