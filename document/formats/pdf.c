/* PDF, through the helper program paraph-pdf: poppler is GPL, and what is read is an untrusted
 * format; neither belongs into the library. The helper says which words stand where
 * (pdf_stream.h), and everything that makes a text of them happens here: lines and their order
 * (pdf_lines.h), running heads (pdf_furniture.c), paragraphs (pdf_text.h), spaces and hyphens
 * (pdf_words.h).
 *
 * Findings become highlights and notes in a copy of the file; the text itself is not corrected.
 */
#include "document/formats/pdf.h"

#include <math.h>

#include "base/process.h"
#include "document/format.h"
#include "document/formats/pdf_text.h"
#include "text/utf8.h"

#define OUTPUT_MOST ((size_t)1 << 30)
#define HEAD 1024 /* bytes before %PDF- that readers let pass */

/* ---- the helper ---- */

static status
missing(context *c, slice path)
{
	return context_fail(c, STATUS_IO,
		"%.*s: reading PDF needs the program paraph-pdf, which is not there; build it "
		"with "
		"poppler-glib (Debian: libpoppler-glib-dev), or give the text (pdftotext)",
		"%.*s\u00A0: lire un PDF demande le programme paraph-pdf, qui manque\u00A0; "
		"compilez-le avec poppler-glib (Debian\u00A0: libpoppler-glib-dev), ou donnez "
		"le "
		"texte (pdftotext)",
		SLICE_ARG(path));
}

static status
stopped(context *c, slice path, process_end end, int code)
{
	if (end == PROCESS_MISSING)
		return missing(c, path);
	if (end == PROCESS_LATE)
		return context_fail(c, STATUS_LIMIT,
			"%.*s: paraph-pdf was stopped after %u seconds (limit)",
			"%.*s\u00A0: paraph-pdf a été arrêté après %u secondes (limite)",
			SLICE_ARG(path),
			c->limits.helper_cpu < c->limits.helper_seconds
				? c->limits.helper_cpu
				: c->limits.helper_seconds);
	if (end == PROCESS_KILLED)
		return context_fail(c, STATUS_FORMAT,
			"%.*s: paraph-pdf broke down (signal %d): the file is damaged, or "
			"needs "
			"more than the %zu MiB of memory that are allowed",
			"%.*s\u00A0: paraph-pdf s’est effondré (signal %d)\u00A0: le fichier "
			"est "
			"endommagé, ou demande plus que les %zu Mio de mémoire permis",
			SLICE_ARG(path), code, c->limits.helper_memory >> 20);
	return context_fail(c, STATUS_FORMAT, "%.*s: paraph-pdf could not read it (status %d)",
		"%.*s\u00A0: paraph-pdf n’a pas pu le lire (état %d)", SLICE_ARG(path), code);
}

static status
trouble(context *c, slice path, slice kind)
{
	if (slice_is(kind, "encrypted"))
		return context_fail(c, STATUS_FORMAT,
			"%.*s: a PDF that wants a password; save it without one",
			"%.*s\u00A0: un PDF protégé par un mot de passe\u00A0; "
			"enregistrez-le sans",
			SLICE_ARG(path));
	if (slice_is(kind, "damaged"))
		return context_fail(c, STATUS_FORMAT, "%.*s: a damaged PDF",
			"%.*s\u00A0: un PDF endommagé", SLICE_ARG(path));
	return context_fail(c, STATUS_FORMAT, "%.*s: paraph-pdf: %.*s",
		"%.*s\u00A0: paraph-pdf\u00A0: %.*s", SLICE_ARG(path), SLICE_ARG(kind));
}

static status
run_helper(const document *d, context *c, const char *what, const slice *input, size_t count,
	buffer *out, process_end *end, int *code)
{
	const char *args[] = { what, NULL };
	slice bytes = input[count - 1];
	process p = { .path = d->options.pdf_helper,
		.args = args,
		.input = input,
		.input_count = count,
		.cpu_seconds = c->limits.helper_cpu,
		.seconds = c->limits.helper_seconds,
		.memory = c->limits.helper_memory + 2 * bytes.n,
		.file = OUTPUT_MOST };

	if (p.path == NULL)
		return missing(c, d->path);
	status done = process_run(&p, c, out, end, code);
	if (done == STATUS_LIMIT)
		return context_fail(c, STATUS_LIMIT,
			"%.*s: more text than the limit of %zu MiB",
			"%.*s\u00A0: plus de texte que la limite de %zu Mio",
			SLICE_ARG(d->path), out->ceiling >> 20);
	return done;
}

/* ---- reading ---- */

/* Adds to the remark. The formats take two numbers. */
static void
put_remark(buffer *b, bool fr, const char *in_english, const char *in_french, uint32_t n,
	uint32_t of)
{
	if (n == 0)
		return;
	if (b->n != 0)
		buffer_put(b, SLICE("; "));
	buffer_put(b, slice_of(fr ? in_french : in_english));
	buffer_printf(b, fr ? "\u00A0: %u sur %u" : ": %u of %u", n, of);
}

/* Pages without text are told of; when there is no other page, there is nothing to check. */
static status
judge(document *d, context *c)
{
	const pdf_source *s = d->source;
	bool fr = c->ui == LANGUAGE_FR;
	buffer b;

	if (d->block_count == 0 && s->scans != 0)
		return context_fail(c, STATUS_FORMAT,
			"%.*s: a scanned document (pages without text: %u of %u); make it "
			"readable "
			"first (OCR)",
			"%.*s\u00A0: un document numérisé (pages sans texte\u00A0: %u sur %u)"
			"\u00A0; passez-le d’abord à la reconnaissance de caractères",
			SLICE_ARG(d->path), s->scans, s->page_count);
	buffer_init(&b, c->memory, 1 << 10);
	put_remark(&b, fr, "scanned pages without text, not checked",
		"pages numérisées, sans texte, non vérifiées", s->scans, s->page_count);
	put_remark(&b, fr, "pages that cannot be read", "pages illisibles", s->lost,
		s->page_count);
	if (s->recognised != 0 && b.n == 0)
		buffer_put(&b, slice_of(fr ? "texte lu par une machine sur des pages "
					     "numérisées\u00A0: ses "
					     "erreurs de lecture sont signalées aussi"
					   : "text that a machine read from scanned pages: its "
					     "errors of "
					     "reading are reported, too"));
	status done = b.status;
	if (done == STATUS_OK && b.n != 0)
		done = arena_copy(&d->arena, buffer_slice(&b), &d->remark);
	buffer_free(&b);
	return done;
}

static status
read_pages(document *d, context *c, const pdf_pages *pages)
{
	pdf_lines lines = { 0 };
	arena a;

	arena_init(&a, c->memory);
	status done = pdf_lines_find(&lines, c, &a, pages);
	if (done == STATUS_OK)
		done = pdf_furniture_mark(&lines, c);
	if (done == STATUS_OK) {
		pdf_notes_mark(&lines);
		done = pdf_text_write(d, c, &lines);
	}
	ARRAY_FREE(c->memory, &lines.lines);
	arena_free(&a);
	return done;
}

status
pdf_read_stream(document *d, context *c, slice said)
{
	pdf_pages pages;
	status done = pdf_stream_read(&pages, c, d->path, said);

	if (done == STATUS_OK && pages.trouble.n != 0)
		done = trouble(c, d->path, pages.trouble);
	if (done == STATUS_OK)
		done = read_pages(d, c, &pages);
	pdf_pages_free(&pages, c->memory);
	return done;
}

static status
read(document *d, context *c)
{
	size_t most = c->limits.output < OUTPUT_MOST ? c->limits.output : OUTPUT_MOST;
	process_end end = PROCESS_DONE;
	buffer said;
	int code = 0;

	buffer_init(&said, c->memory, most);
	status done = run_helper(d, c, "read", &d->bytes, 1, &said, &end, &code);
	bool told = end == PROCESS_DONE || (end == PROCESS_FAILED && code == 1);
	if (done == STATUS_OK && !told)
		done = stopped(c, d->path, end, code);
	if (done == STATUS_OK)
		done = pdf_read_stream(d, c, buffer_slice(&said));
	buffer_free(&said);
	TRY(done);
	d->encoding = "UTF-8";
	d->package = d->bytes;
	/* Places are those of the text: nobody can look at a byte of a PDF. */
	d->bytes = d->text.n == 0 ? SLICE("") : d->text;
	/* No-break spaces are gaps like all others on a page. */
	d->extracted = true;
	return judge(d, c);
}

/* ---- places ---- */

typedef struct pdf_rectangle { /* points from the top left corner */
	uint32_t page;
	double x, y, width, height;
} pdf_rectangle;

/* The first place that ends behind a byte of the text. */
static size_t
find_place(const pdf_source *s, uint32_t text)
{
	size_t low = 0, high = s->place_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->places[middle].text + s->places[middle].n <= text)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The part of a word that bytes from start to end of the text are; characters are taken for
 * equally wide, which is near enough to be seen. */
static pdf_rectangle
part_of(const document *d, const pdf_place *p, span text)
{
	uint32_t start = text.start > p->text ? text.start : p->text;
	uint32_t end = text.end < p->text + p->n ? text.end : p->text + p->n;
	double count = (double)utf8_count(slice_sub(d->text, p->text, p->text + p->n));
	double before = (double)utf8_count(slice_sub(d->text, p->text, start));
	double after = (double)utf8_count(slice_sub(d->text, end, p->text + p->n));
	double x1 = p->x1 / 100.0, x2 = p->x2 / 100.0, width = x2 - x1;

	if (!p->rotated && count > 0) {
		x2 -= width * after / count;
		x1 += width * before / count;
	}
	return (pdf_rectangle){ p->page, x1, p->y1 / 100.0, x2 - x1, (p->y2 - p->y1) / 100.0 };
}

static bool
is_beside(const pdf_rectangle *a, const pdf_rectangle *b)
{
	return a->page == b->page && b->x >= a->x &&
	       fabs(a->y + a->height - b->y - b->height) < a->height / 2;
}

static void
widen(pdf_rectangle *a, const pdf_rectangle *b)
{
	double bottom = fmax(a->y + a->height, b->y + b->height);

	a->y = fmin(a->y, b->y);
	a->height = bottom - a->y;
	a->width = fmax(a->x + a->width, b->x + b->width) - a->x;
}

static size_t
find_rectangles(const document *d, span text, pdf_rectangle *out, size_t max)
{
	const pdf_source *s = d->source;
	size_t n = 0;

	if (s == NULL || text.end > d->text.n)
		return 0;
	/* An empty span is the place before a character. */
	if (text.start == text.end)
		text.end++;
	for (size_t i = find_place(s, text.start);
		i < s->place_count && s->places[i].text < text.end; i++) {
		pdf_rectangle p = part_of(d, &s->places[i], text);
		if (n != 0 && is_beside(&out[n - 1], &p))
			widen(&out[n - 1], &p);
		else if (n < max)
			out[n++] = p;
	}
	return n;
}

static void
locate(const document *d, size_t index, span text, location *out)
{
	pdf_rectangle found[LOCATION_RECTANGLES];
	size_t n = find_rectangles(d, text, found, LOCATION_RECTANGLES);

	(void)index;
	if (n == 0)
		return;
	location_number(out, "page", found[0].page);
	for (size_t i = 0; i < n && found[i].page == found[0].page; i++)
		out->rectangles[out->rectangle_count++] = (location_rectangle){ found[i].x,
			found[i].y, found[i].width, found[i].height };
}

/* ---- the annotated copy ---- */

#define RECTANGLES_MOST 16

static long
hundredths(double points)
{
	return lround(points * 100);
}

static void
put_escaped(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n' || c == '\\')
			buffer_put_char(out, '\\');
		buffer_put_char(out, c == '\n' ? 'n' : c == '\r' || c == '\0' ? ' ' : c);
	}
}

/* A note of a finding that runs over a page stands on the page where it begins. */
static bool
put_note(buffer *out, const document *d, const edit_note *note)
{
	pdf_rectangle places[RECTANGLES_MOST];
	size_t n = find_rectangles(d, note->text, places, RECTANGLES_MOST), count = 0;

	while (count < n && places[count].page == places[0].page)
		count++;
	if (count == 0)
		return false;
	buffer_printf(out, "note %u %d %zu", places[0].page, note->level, count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, " %ld %ld %ld %ld", hundredths(places[i].x),
			hundredths(places[i].y), hundredths(places[i].x + places[i].width),
			hundredths(places[i].y + places[i].height));
	buffer_put_char(out, ' ');
	put_escaped(out, note->said);
	buffer_put_char(out, '\n');
	return true;
}

static status
write_copy(buffer *out, context *c, const document *d, slice notes)
{
	slice input[] = { notes, d->package };
	process_end end = PROCESS_DONE;
	int code = 0;

	TRY(run_helper(d, c, "annotate", input, 2, out, &end, &code));
	if (end == PROCESS_FAILED && code == 1 &&
		slice_starts(buffer_slice(out), SLICE("error ")))
		return trouble(c, d->path,
			slice_trim(slice_sub(buffer_slice(out), strlen("error "), out->n)));
	if (end != PROCESS_DONE)
		return stopped(c, d->path, end, code);
	if (out->n >= d->package.n)
		return STATUS_OK;
	return trouble(c, d->path, SLICE("annotate"));
}

static status
annotate(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	buffer notes;

	(void)edits;
	style->made = style->noted = 0;
	if (count != 0 || !style->tracked)
		return context_fail(c, STATUS_USAGE,
			"%.*s: a PDF is not corrected; check --annotate shows the findings in "
			"a "
			"copy of it",
			"%.*s\u00A0: un PDF ne se corrige pas\u00A0; check --annotate montre "
			"les "
			"signalements dans une copie",
			SLICE_ARG(d->path));
	buffer_init(&notes, c->memory, c->limits.output);
	buffer_put(&notes, SLICE("paraph-notes 1\n"));
	for (size_t i = 0; i < style->note_count; i++)
		style->noted += put_note(&notes, d, &style->notes[i]);
	buffer_put(&notes, SLICE("pdf\n"));
	status done = notes.status;
	if (done == STATUS_OK)
		done = write_copy(out, c, d, buffer_slice(&notes));
	buffer_free(&notes);
	return done;
}

static int
probe(slice path, slice bytes)
{
	slice head = slice_sub(bytes, 0, bytes.n < HEAD ? bytes.n : HEAD);

	(void)path;
	for (size_t i = 0; i + 5 <= head.n; i++)
		if (memcmp(head.p + i, "%PDF-", 5) == 0)
			return i == 0 ? 95 : 60;
	return 0;
}

const format format_pdf = {
	.name = "pdf", .probe = probe, .read = read, .edit = annotate, .locate = locate
};
