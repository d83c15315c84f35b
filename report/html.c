/* One page for people: what was found, in the text around it, with filters and keys. One file,
 * no network: style and script stand in it (data/report). Without script everything is there,
 * only unfiltered.
 *
 * Of a paragraph is shown what lies around its findings: a file may be one paragraph. */
#include "document/place.h"
#include "report/markup.h"
#include "report/report.h"
#include "text/data.h"
#include "text/utf8.h"

#define AROUND 320 /* bytes of text before the first and behind the last finding */

static void
put(report *r, const char *en, const char *fr)
{
	buffer_put(&r->out, slice_of(report_say(r, en, fr)));
}

static void
begin(report *r)
{
	buffer_printf(&r->out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n"
		"<title>paraph</title>\n<style>\n",
		report_say(r, "en", "fr"));
	buffer_put(&r->out, EMBEDDED(report_style));
	buffer_put(&r->out, SLICE("</style>\n</head>\n<body>\n<h1>paraph</h1>\n"
				  "<div class=\"bar ui\">\n"));
	for (int s = SEVERITY_ERROR; s >= SEVERITY_INFO; s--) {
		const char *name = severity_name((severity)s);
		const char *labels_en[] = { "", "info", "warnings", "errors" };
		const char *labels_fr[] = { "", "informations", "avertissements", "erreurs" };
		buffer_printf(&r->out,
			"<label><input type=\"checkbox\" name=\"level\" value=\"%s\" checked> "
			"%s</label>\n",
			name, report_say(r, labels_en[s], labels_fr[s]));
	}
	buffer_printf(&r->out,
		"<label>%s <select id=\"rule\"><option "
		"value=\"\">%s</option></select></label>\n"
		"<output id=\"count\"></output>\n<span><kbd>j</kbd> <kbd>k</kbd> "
		"%s</span>\n</div>\n",
		report_say(r, "rule", "règle"), report_say(r, "all", "toutes"),
		report_say(r, "next, previous", "suivant, précédent"));
}

/* --- the text --- */

static span
block_of(const report_document *d, const report_finding *f)
{
	const document *of = d->document;

	if (f->paragraph > of->block_count)
		return (span){ 0, (uint32_t)of->text.n };
	return of->blocks[f->paragraph - 1].text;
}

/* How many findings from the first on are shown in one piece of their paragraph. */
static size_t
group_of(const report_document *d, size_t first)
{
	size_t n = 1;

	while (first + n < d->count) {
		const report_finding *before = &d->findings[first + n - 1];
		const report_finding *next = before + 1;
		if (next->paragraph != before->paragraph ||
			next->found->text.start > before->found->text.end + 2 * AROUND)
			break;
		n++;
	}
	return n;
}

/* What is shown around findings first to last of one paragraph. */
static span
piece_of(const report_document *d, const report_finding *first, const report_finding *last)
{
	slice text = d->document->text;
	span whole = block_of(d, first), a = first->found->text, b = last->found->text;
	span s = { a.start > whole.start + AROUND ? a.start - AROUND : whole.start,
		whole.end > b.end + AROUND ? b.end + AROUND : whole.end };

	if (s.start > a.start)
		s.start = a.start;
	if (s.end < b.end)
		s.end = b.end;
	while (s.start < a.start && utf8_is_inside(text, s.start))
		s.start++;
	while (utf8_is_inside(text, s.end))
		s.end++;
	return s;
}

static void
put_text(report *r, const report_document *d, span s)
{
	if (s.end > s.start)
		markup_put(&r->out, slice_sub(d->document->text, s.start, s.end));
}

static void
put_marked(report *r, const report_document *d, size_t first, size_t n, size_t number)
{
	span piece = piece_of(d, &d->findings[first], &d->findings[first + n - 1]);
	span whole = block_of(d, &d->findings[first]);
	uint32_t at = piece.start;

	buffer_put(&r->out, piece.start > whole.start ? SLICE("<p>… ") : SLICE("<p>"));
	for (size_t i = first; i < first + n; i++) {
		const finding *f = d->findings[i].found;
		if (f->text.start < at)
			continue;
		put_text(r, d, (span){ at, f->text.start });
		buffer_printf(&r->out, "<mark id=\"m%zu\" class=\"%s\">", number + i - first,
			severity_name(f->severity));
		if (f->text.end == f->text.start)
			buffer_put(&r->out, SLICE("‸"));
		put_text(r, d, f->text);
		buffer_put(&r->out, SLICE("</mark>"));
		at = f->text.end;
	}
	put_text(r, d, (span){ at, piece.end });
	buffer_put(&r->out, piece.end < whole.end ? SLICE(" …</p>\n") : SLICE("</p>\n"));
}

/* --- what is said of it --- */

static void
put_place(report *r, const document *d, const report_finding *f)
{
	buffer place;

	buffer_init(&place, r->memory, 4096);
	if (d->places != NULL)
		place_describe(&place, d, f->paragraph - 1, r->ui);
	if (place.n != 0)
		markup_put(&r->out, buffer_slice(&place));
	else
		buffer_printf(&r->out, "%u:%u", f->line, f->column);
	report_free_part(&r->out, &place);
}

/* Spaces and no-break spaces are the point of some suggestions, and must be seen. */
static void
put_suggestion(report *r, slice s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);
		if (c != 0xA0 && c != 0x202F)
			continue;
		markup_put(&r->out, slice_sub(s, from, start));
		buffer_put(&r->out, SLICE("\u237D"));
		from = i;
	}
	markup_put(&r->out, slice_sub(s, from, s.n));
}

/* The passage of the source, with the place in it that is meant. */
static void
put_source(report *r, const report_finding *f)
{
	const finding_facing *x = &f->found->facing;
	slice passage = f->facing.passage;

	if (x->document == NULL || passage.n == 0)
		return;
	put(r, "<br><span class=\"where\">source: ",
		"<br><span class=\"where\">source\u00A0: ");
	bool inside = x->text.start >= x->passage.start && x->text.end <= x->passage.end;
	if (inside && x->text.end - x->text.start < passage.n) {
		size_t from = x->text.start - x->passage.start;
		size_t to = x->text.end - x->passage.start;
		markup_put(&r->out, slice_sub(passage, 0, from));
		buffer_printf(
			&r->out, "<mark class=\"%s\">", severity_name(f->found->severity));
		markup_put(&r->out, slice_sub(passage, from, to));
		buffer_put(&r->out, SLICE("</mark>"));
		passage = slice_sub(passage, to, passage.n);
	}
	markup_put(&r->out, passage);
	buffer_put(&r->out, SLICE("</span>"));
}

static void
put_item(report *r, const report_document *d, const report_finding *f, size_t number)
{
	const char *name = severity_name(f->found->severity);

	buffer_printf(&r->out,
		"<li id=\"f%zu\" tabindex=\"-1\" class=\"%s\" data-level=\"%s\" "
		"data-rule=\"%s\">"
		"<a class=\"where\" href=\"#m%zu\">",
		number, name, name, f->rule, number);
	put_place(r, d->document, f);
	buffer_printf(&r->out, "</a> <span class=\"level\">%s</span> ",
		report_level(r, f->found->severity));
	markup_put(&r->out, f->found->message);
	for (size_t i = 0; i < f->found->suggestion_count && i < 3; i++) {
		buffer_put(&r->out, i == 0 ? SLICE(" → <ins>") : SLICE(" | <ins>"));
		put_suggestion(r, f->found->suggestions[i]);
		buffer_put(&r->out, SLICE("</ins>"));
	}
	buffer_printf(&r->out, " <span class=\"rule\">%s</span>", f->rule);
	put_source(r, f);
	buffer_put(&r->out, SLICE("</li>\n"));
}

/* Numbers of findings go through all documents. */
static size_t
numbered_before(const report *r, const report_document *d)
{
	return r->counts[SEVERITY_ERROR] + r->counts[SEVERITY_WARNING] +
	       r->counts[SEVERITY_INFO] - d->count;
}

static void
write_document(report *r, const report_document *d)
{
	size_t number = numbered_before(r, d);

	if (d->count == 0)
		return;
	buffer_put(&r->out, SLICE("<h2>"));
	markup_put(&r->out, d->document->path);
	buffer_put(&r->out, SLICE("</h2>\n"));
	for (size_t i = 0, n; i < d->count; i += n) {
		n = group_of(d, i);
		buffer_put(&r->out, SLICE("<section class=\"block\">\n"));
		put_marked(r, d, i, n, number + i);
		buffer_put(&r->out, SLICE("<ol class=\"ui\">\n"));
		for (size_t k = i; k < i + n; k++) {
			put_item(r, d, &d->findings[k], number + k);
			report_flush(r);
		}
		buffer_put(&r->out, SLICE("</ol>\n</section>\n"));
	}
}

static void
put_profiles(report *r)
{
	buffer profiles;

	buffer_init(&profiles, r->memory, 65536);
	report_put_profiles(r, &profiles);
	markup_put(&r->out, buffer_slice(&profiles));
	report_free_part(&r->out, &profiles);
}

static void
end(report *r)
{
	buffer_put(&r->out, SLICE("<p class=\"ui\">"));
	report_put_count(r, r->documents, "document", "documents", "document", "documents");
	buffer_put(&r->out, SLICE(", "));
	report_put_count(r, r->words, "word", "words", "mot", "mots");
	buffer_put(&r->out, SLICE(", "));
	put_profiles(r);
	put(r, ": ", "\u00A0: ");
	if (r->counts[SEVERITY_ERROR] + r->counts[SEVERITY_WARNING] +
			r->counts[SEVERITY_INFO] ==
		0)
		put(r, "nothing to report", "rien à signaler");
	else
		report_put_counts(r);
	buffer_put(&r->out, SLICE("</p>\n<script>\n"));
	buffer_put(&r->out, EMBEDDED(report_script));
	buffer_put(&r->out, SLICE("</script>\n</body>\n</html>\n"));
}

const report_format report_html = {
	.name = "html",
	.summary_en = "a page for people: the text with marks, filters and keys, in one file",
	.summary_fr =
		"page à lire\u00A0: le texte marqué, des filtres et des touches, en un fichier",
	.begin = begin,
	.document = write_document,
	.end = end,
	.signs = { "<!DOCTYPE html>\n<html lang=\"" SIGN_ANY
		   "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
		   "content=\"width=device-width\">\n<title>paraph</title>\n" },
};
