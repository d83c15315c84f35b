/* For people at a terminal, and for editors that know the form of compilers' messages:
 *
 *	path:line:column: severity: message [rule] — paragraph 12 (b), page 3
 *	    the line of the file, or the part of it around the finding
 *	             ^~~~~~ → suggestion
 *
 * What is said of a translation shows its passage and that of the source, each marked; on a
 *wide terminal beside each other. The caret is placed by display width. Paragraphs kept on one
 *line can be thousands of characters long, so only a window around the finding is shown. */
#include <string.h>

#include "document/original.h"
#include "document/place.h"
#include "report/excerpt.h"
#include "report/report.h"
#include "text/utf8.h"

#define INDENT "    "
#define WINDOW 76 /* columns of the file shown around a finding in a longer line */
#define WHOLE 96  /* columns of a line that is shown whole */
#define LEAD 40   /* of which before it, at most */
#define TWO_COLUMNS \
	120           /* of a terminal, from which on source and translation stand beside \
			 each other */
#define SUGGESTIONS 3 /* shown; the others are in the JSON */

typedef struct paint {
	const char *plain, *red, *yellow, *blue, *green, *bold;
} paint;

static const paint colors = { "\033[0m", "\033[1;31m", "\033[1;33m", "\033[1;34m", "\033[32m",
	"\033[1m" };
static const paint no_colors = { "", "", "", "", "", "" };

static const paint *
paint_of(const report *r)
{
	return r->color ? &colors : &no_colors;
}

static const char *
severity_paint(const paint *p, severity s)
{
	return s == SEVERITY_ERROR ? p->red : s == SEVERITY_WARNING ? p->yellow : p->blue;
}

/* Of a file that was overwritten: what lies around the finding, put together in shown. */
static view
view_original(const document *d, span s, buffer *shown)
{
	uint32_t around = EXCERPT_REACH + 8; /* more than is looked at */
	uint32_t start = s.start > around ? s.start - around : 0;

	document_put_bytes(shown, d, (span){ start, s.end + around });
	return excerpt_view(buffer_slice(shown), (span){ s.start - start, s.end - start });
}

/* A file in another encoding than UTF-8 is shown as the text it decodes to. */
static view
view_of(const report_document *d, const report_finding *f, buffer *shown)
{
	const document *doc = d->document;

	if (doc->original != NULL)
		return view_original(doc, f->file, shown);
	if (strcmp(doc->encoding, "UTF-8") == 0)
		return excerpt_view(doc->bytes, f->file);
	return excerpt_view(doc->text, f->found->text);
}

/* A no-break space is the point of some suggestions, and must be seen. */
static void
put_suggestion(buffer *out, slice s)
{
	size_t shown = 0;

	for (size_t i = 0, start = 0; i < s.n; start = i) {
		uint32_t c = utf8_next(s, &i);
		if (c != 0xA0 && c != 0x202F)
			continue;
		excerpt_put_shown(out, slice_sub(s, shown, start));
		buffer_put(out, SLICE("\u237D"));
		shown = i;
	}
	excerpt_put_shown(out, slice_sub(s, shown, s.n));
}

static void
put(report *r, const char *s)
{
	buffer_put(&r->out, slice_of(s));
}

static void
put_many(report *r, char c, unsigned n)
{
	char many[64];

	memset(many, c, sizeof(many));
	for (; n > sizeof(many); n -= (unsigned)sizeof(many))
		buffer_put(&r->out, (slice){ many, sizeof(many) });
	buffer_put(&r->out, (slice){ many, n });
}

static void
put_suggestions(report *r, const finding *f)
{
	const paint *p = paint_of(r);

	for (size_t i = 0; i < f->suggestion_count && i < SUGGESTIONS; i++) {
		put(r, i == 0 ? " \u2192 " : " | ");
		put(r, p->green);
		put_suggestion(&r->out, f->suggestions[i]);
		put(r, p->plain);
	}
}

static void
put_marks(report *r, excerpt_mark m, const char *color)
{
	put_many(r, ' ', m.column);
	put(r, color);
	buffer_put_char(&r->out, '^');
	put_many(r, '~', m.wide == 0 ? 0 : m.wide - 1);
	put(r, paint_of(r)->plain);
}

static void
put_excerpt(report *r, const view *v, const finding *f)
{
	excerpt_size size = { WHOLE, WINDOW, LEAD };

	buffer_put(&r->out, SLICE(INDENT));
	excerpt_mark m = excerpt_put(&r->out, v, size);
	buffer_put(&r->out, SLICE("\n" INDENT));
	put_marks(r, m, severity_paint(paint_of(r), f->severity));
	put_suggestions(r, f);
	buffer_put_char(&r->out, '\n');
}

/* --- a passage and its source --- */

typedef struct beside {
	view view;
	bool whole; /* nothing in it is marked */
} beside;

static beside
beside_of(const document *d, span passage, span place)
{
	slice text = slice_sub(d->text, passage.start, passage.end);
	bool whole = place.start <= passage.start && place.end >= passage.end;
	span inside = { 0, 0 };

	if (!whole && place.start >= passage.start && place.end <= passage.end)
		inside = (span){ place.start - passage.start, place.end - passage.start };
	return (beside){ excerpt_view(text, inside), whole || inside.start == inside.end };
}

static void
put_below(report *r, const beside *b, const finding *f, bool suggest)
{
	excerpt_size size = { WHOLE, WINDOW, LEAD };

	buffer_put(&r->out, SLICE(INDENT));
	excerpt_mark m = excerpt_put(&r->out, &b->view, size);
	buffer_put_char(&r->out, '\n');
	if (b->whole)
		return;
	buffer_put(&r->out, SLICE(INDENT));
	put_marks(r, m, severity_paint(paint_of(r), f->severity));
	if (suggest)
		put_suggestions(r, f);
	buffer_put_char(&r->out, '\n');
}

/* Two columns: the source left, the translation right, and marks under both. */
static void
put_side_by_side(report *r, const beside *source, const beside *target, const finding *f)
{
	unsigned half = (r->columns - (unsigned)sizeof(INDENT) - 3) / 2;
	excerpt_size size = { half, half - 2, half / 2 };
	const char *color = severity_paint(paint_of(r), f->severity);

	buffer_put(&r->out, SLICE(INDENT));
	excerpt_mark a = excerpt_put(&r->out, &source->view, size);
	put_many(r, ' ', half > a.width ? half - a.width : 0);
	buffer_put(&r->out, SLICE(" │ "));
	excerpt_mark b = excerpt_put(&r->out, &target->view, size);
	buffer_put(&r->out, SLICE("\n" INDENT));
	if (source->whole)
		put_many(r, ' ', half);
	else {
		put_marks(r, a, color);
		unsigned end = a.column + (a.wide == 0 ? 1 : a.wide);
		put_many(r, ' ', half > end ? half - end : 0);
	}
	buffer_put(&r->out, SLICE(" │ "));
	if (!target->whole)
		put_marks(r, b, color);
	put_suggestions(r, f);
	buffer_put_char(&r->out, '\n');
}

static void
put_both(report *r, const report_document *d, const report_finding *f)
{
	const finding_facing *x = &f->found->facing;
	beside source = beside_of(x->document, x->passage, x->text);
	beside target = beside_of(d->document, x->here, f->found->text);

	if (r->columns >= TWO_COLUMNS) {
		put_side_by_side(r, &source, &target, f->found);
		return;
	}
	if (target.view.line.n != 0)
		put_below(r, &target, f->found, true);
	buffer_printf(&r->out, "%s%s", INDENT, report_say(r, "source ", "source "));
	excerpt_put_shown(&r->out, x->document->path);
	buffer_printf(&r->out, ":%u:%u\n", f->facing.line, f->facing.column);
	put_below(r, &source, f->found, false);
}

/* In a document whose lines nobody sees, where a person looks. */
static void
put_place(report *r, const document *d, const report_finding *f)
{
	buffer place;

	if (d->places == NULL)
		return;
	buffer_init(&place, r->memory, 4096);
	place_describe(&place, d, f->paragraph - 1, r->ui);
	if (place.status == STATUS_OK && place.n != 0) {
		buffer_put(&r->out, SLICE(" — "));
		excerpt_put_shown(&r->out, buffer_slice(&place));
	}
	report_free_part(&r->out, &place);
}

static void
put_finding(report *r, const report_document *d, const report_finding *f)
{
	const paint *p = paint_of(r);
	bool paired = f->found->facing.document != NULL;

	put(r, p->bold);
	excerpt_put_shown(&r->out, d->document->path);
	buffer_put_char(&r->out, ':');
	buffer_put_number(&r->out, f->line);
	buffer_put_char(&r->out, ':');
	buffer_put_number(&r->out, f->column);
	buffer_put_char(&r->out, ':');
	put(r, p->plain);
	buffer_put_char(&r->out, ' ');
	put(r, severity_paint(p, f->found->severity));
	put(r, report_level(r, f->found->severity));
	put(r, report_say(r, ":", "\u00A0:"));
	put(r, p->plain);
	buffer_put_char(&r->out, ' ');
	excerpt_put_shown(&r->out, f->found->message);
	put(r, " [");
	put(r, f->rule);
	buffer_put_char(&r->out, ']');
	put_place(r, d->document, f);
	buffer_put_char(&r->out, '\n');
	if (paired) {
		put_both(r, d, f);
		return;
	}
	buffer shown;
	buffer_init(&shown, r->memory, SIZE_MAX);
	view v = view_of(d, f, &shown);
	put_excerpt(r, &v, f->found);
	report_free_part(&r->out, &shown);
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d, &d->findings[i]);
		report_flush(r);
	}
}

const report_format report_text = {
	.name = "text",
	.summary_en = "for people: the line, a caret under the place, suggestions",
	.summary_fr =
		"pour la lecture\u00A0: la ligne, un repère sous l’endroit, des corrections",
	.document = write_document,
	.end = report_put_summary,
	.signs = { SIGN_LINE("error"), SIGN_LINE("warning"), SIGN_LINE("info"),
		SIGN_LINE("erreur\u00A0"), SIGN_LINE("avertissement\u00A0"),
		SIGN_LINE("information\u00A0") },
};
