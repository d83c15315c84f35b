/* For people at a terminal, and for editors that know the form of compilers' messages:
 *
 *	path:line:column: severity: message [rule] — paragraph 12 (b), page 3
 *	    the line of the file, or the part of it around the finding
 *	             ^~~~~~ → suggestion
 *
 * The caret is placed by display width. Paragraphs kept on one line can be thousands of
 * characters long, so only a window around the finding is shown. Control characters of the file
 * never reach the terminal: they are shown as their pictures (U+2400). */
#include <string.h>

#include "document/place.h"
#include "report/report.h"
#include "text/utf8.h"
#include "text/width.h"

#define INDENT "    "
#define WINDOW 76     /* columns of the file shown around a finding in a longer line */
#define WHOLE 96      /* columns of a line that is shown whole */
#define LEAD 40       /* of which before it, at most */
#define REACH 1024    /* bytes looked at on either side of where a finding starts */
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

static const char *
severity_label(const report *r, severity s)
{
	switch (s) {
	case SEVERITY_ERROR:
		return report_say(r, "error", "erreur");
	case SEVERITY_WARNING:
		return report_say(r, "warning", "avertissement");
	default:
		return report_say(r, "info", "information");
	}
}

/* What stands for a code point on the terminal. */
static uint32_t
picture(uint32_t c)
{
	if (c == '\t')
		return ' ';
	if (c < 0x20)
		return 0x2400 + c;
	if (c == 0x7F)
		return 0x2421;
	return c >= 0x80 && c < 0xA0 ? 0xFFFD : c;
}

/* Characters that are shown as they are: of ASCII but for controls, and those of two bytes or
 * more but for the C1 controls (U+0080 to U+009F). */
static size_t
shown_as_is(slice s, size_t i)
{
	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0x7F ||
			(c == 0xC2 && (i + 1 == s.n || (unsigned char)s.p[i + 1] < 0xA0)))
			break;
	}
	return i;
}

static void
put_shown(buffer *out, slice s)
{
	char bytes[4];

	for (size_t i = 0; i < s.n;) {
		size_t end = shown_as_is(s, i);
		buffer_put(out, slice_sub(s, i, end));
		for (i = end; i < s.n && shown_as_is(s, i) == i;) {
			uint32_t c = picture(utf8_next(s, &i));
			buffer_put(out, (slice){ bytes, utf8_put(bytes, c) });
		}
	}
}

static unsigned
width(slice s)
{
	unsigned columns = 0;

	for (size_t i = 0; i < s.n;)
		columns += width_of(picture(utf8_next(s, &i)));
	return columns;
}

/* Moves back from i by at most the given columns. */
static size_t
back(slice s, size_t i, unsigned columns)
{
	while (i > 0) {
		size_t before = utf8_back(s, i), next = before;
		unsigned w = width_of(picture(utf8_next(s, &next)));
		if (w > columns)
			break;
		columns -= w;
		i = before;
	}
	return i;
}

static size_t
forward(slice s, size_t i, unsigned columns)
{
	while (i < s.n) {
		size_t next = i;
		unsigned w = width_of(picture(utf8_next(s, &next)));
		if (w > columns)
			break;
		columns -= w;
		i = next;
	}
	return i;
}

/* Where a place is shown: a line of text, or what of it lies within reach, and the finding in
 * it. */
typedef struct view {
	slice line;
	size_t start, end;
	bool cut_before, cut_after; /* there is more of the line */
} view;

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_inside(slice s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* The line without its indentation. A line can be as long as the file and hold a finding at
 * every word, so it is never read to its ends. */
static view
view_line(slice text, span s)
{
	size_t start = s.start, end = s.start;
	size_t first = s.start > REACH ? s.start - REACH : 0;
	size_t last = text.n - s.start > REACH ? s.start + REACH : text.n;

	while (is_inside(text, first))
		first++;
	while (last > s.start && is_inside(text, last))
		last--;
	while (start > first && !ends_line(text.p[start - 1]))
		start--;
	while (end < last && !ends_line(text.p[end]))
		end++;
	bool cut_before = start > 0 && !ends_line(text.p[start - 1]);
	bool cut_after = end < text.n && !ends_line(text.p[end]);
	while (start < s.start && is_blank(text.p[start]))
		start++;
	while (end > s.end && is_blank(text.p[end - 1]))
		end--;
	size_t stop = s.end < end ? s.end : end;
	return (view){ slice_sub(text, start, end), s.start - start, stop - start, cut_before,
		cut_after };
}

/* A file in another encoding than UTF-8 is shown as the text it decodes to. */
static view
view_of(const report_document *d, const report_finding *f)
{
	const document *doc = d->document;

	if (strcmp(doc->encoding, "UTF-8") == 0)
		return view_line(doc->bytes, f->file);
	return view_line(doc->text, f->found->text);
}

/* A no-break space is the point of some suggestions, and must be seen. */
static void
put_suggestion(buffer *out, slice s)
{
	for (size_t i = 0, start = 0; i < s.n; start = i) {
		uint32_t c = utf8_next(s, &i);
		if (c == 0xA0 || c == 0x202F)
			buffer_put(out, SLICE("\u237D"));
		else
			put_shown(out, slice_sub(s, start, i));
	}
}

static void
put_suggestions(report *r, const finding *f)
{
	const paint *p = paint_of(r);

	for (size_t i = 0; i < f->suggestion_count && i < SUGGESTIONS; i++) {
		buffer_printf(&r->out, "%s%s", i == 0 ? " \u2192 " : " | ", p->green);
		put_suggestion(&r->out, f->suggestions[i]);
		buffer_printf(&r->out, "%s", p->plain);
	}
}

static void
put_caret(report *r, unsigned column, unsigned wide, const char *color)
{
	buffer_put(&r->out, SLICE(INDENT));
	for (unsigned i = 0; i < column; i++)
		buffer_put_char(&r->out, ' ');
	buffer_printf(&r->out, "%s^", color);
	for (unsigned i = 1; i < wide; i++)
		buffer_put_char(&r->out, '~');
	buffer_printf(&r->out, "%s", paint_of(r)->plain);
}

static void
put_excerpt(report *r, const view *v, const finding *f)
{
	bool whole = !v->cut_before && !v->cut_after && forward(v->line, 0, WHOLE) == v->line.n;
	size_t from = whole ? 0 : back(v->line, v->start, LEAD);
	size_t to = whole ? v->line.n : forward(v->line, from, WINDOW);
	slice dots = SLICE("…");

	if (to < v->end)
		to = forward(v->line, v->start, WINDOW);
	size_t shown_end = v->end < to ? v->end : to;
	bool before = from > 0 || v->cut_before, after = to < v->line.n || v->cut_after;
	unsigned column = width(slice_sub(v->line, from, v->start)) + before;

	buffer_put(&r->out, SLICE(INDENT));
	buffer_put(&r->out, before ? dots : (slice){ 0 });
	put_shown(&r->out, slice_sub(v->line, from, to));
	buffer_put(&r->out, after ? dots : (slice){ 0 });
	buffer_put_char(&r->out, '\n');
	put_caret(r, column, width(slice_sub(v->line, v->start, shown_end)),
		severity_paint(paint_of(r), f->severity));
	put_suggestions(r, f);
	buffer_put_char(&r->out, '\n');
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
		put_shown(&r->out, buffer_slice(&place));
	}
	buffer_free(&place);
}

static void
put_finding(report *r, const report_document *d, const report_finding *f)
{
	const paint *p = paint_of(r);
	view v = view_of(d, f);

	buffer_printf(&r->out, "%s", p->bold);
	put_shown(&r->out, d->document->path);
	buffer_printf(&r->out, ":%u:%u:%s %s%s%s%s ", f->line, f->column, p->plain,
		severity_paint(p, f->found->severity), severity_label(r, f->found->severity),
		report_say(r, ":", "\u00A0:"), p->plain);
	put_shown(&r->out, f->found->message);
	buffer_printf(&r->out, " [%s]", f->rule);
	put_place(r, d->document, f);
	buffer_put_char(&r->out, '\n');
	put_excerpt(r, &v, f->found);
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d, &d->findings[i]);
		report_flush(r);
	}
}

/* French takes the plural from two on, English for everything but one. */
static void
put_count(report *r, size_t n, const char *one_en, const char *many_en, const char *one_fr,
	const char *many_fr)
{
	bool one = r->ui == LANGUAGE_FR ? n < 2 : n == 1;

	buffer_printf(&r->out, "%zu %s", n,
		one ? report_say(r, one_en, one_fr) : report_say(r, many_en, many_fr));
}

static void
put_counts(report *r)
{
	static const struct {
		severity severity;
		const char *one_en, *many_en, *one_fr, *many_fr;
	} levels[] = {
		{ SEVERITY_ERROR, "error", "errors", "erreur", "erreurs" },
		{ SEVERITY_WARNING, "warning", "warnings", "avertissement", "avertissements" },
		{ SEVERITY_INFO, "suggestion", "suggestions", "suggestion", "suggestions" },
	};
	const char *separator = "";

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		size_t n = r->counts[levels[i].severity];
		if (n == 0)
			continue;
		buffer_printf(&r->out, "%s", separator);
		put_count(r, n, levels[i].one_en, levels[i].many_en, levels[i].one_fr,
			levels[i].many_fr);
		separator = ", ";
	}
}

static void
put_profiles(report *r)
{
	buffer_printf(&r->out, "%s",
		r->profile_count < 2 ? report_say(r, ", profile ", ", profil ")
				     : report_say(r, ", profiles ", ", profils "));
	for (size_t i = 0; i < r->profile_count && i < REPORT_PROFILES; i++) {
		const char *modifiers = r->profiles[i].modifiers;
		buffer_put(&r->out, i == 0 ? (slice){ 0 } : SLICE(", "));
		put_shown(&r->out, slice_of(r->profiles[i].name));
		if (modifiers[0] != '\0')
			buffer_printf(&r->out, "+%s", modifiers);
	}
	if (r->profile_count > REPORT_PROFILES)
		buffer_put(&r->out, SLICE(", …"));
}

/* Where nothing could be read, messages have said so, and all is not well. */
static bool
wants_summary(const report *r, bool any)
{
	if (r->documents == 0 || r->summary == SUMMARY_NEVER)
		return false;
	return any || r->summary == SUMMARY_ALWAYS;
}

static void
put_summary(report *r)
{
	bool any = r->counts[SEVERITY_ERROR] + r->counts[SEVERITY_WARNING] +
			   r->counts[SEVERITY_INFO] !=
		   0;

	if (!wants_summary(r, any))
		return;
	put_count(r, r->documents, "document", "documents", "document", "documents");
	buffer_put(&r->out, SLICE(", "));
	put_count(r, r->words, "word", "words", "mot", "mots");
	put_profiles(r);
	buffer_printf(&r->out, "%s", report_say(r, ": ", "\u00A0: "));
	if (!any)
		buffer_printf(
			&r->out, "%s", report_say(r, "nothing to report", "rien à signaler"));
	else
		put_counts(r);
	if (r->safe != 0)
		buffer_printf(&r->out,
			report_say(r, " (%zu that `paraph fix` corrects)",
				" (dont %zu que « paraph fix » corrige)"),
			r->safe);
	buffer_put_char(&r->out, '\n');
}

const report_format report_text = {
	.name = "text",
	.summary_en = "for people: the line, a caret under the place, suggestions",
	.summary_fr = "pour la lecture : la ligne, un repère sous l’endroit, des corrections",
	.document = write_document,
	.end = put_summary,
};
