#include "apps/http/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/http/api.h"
#include "apps/http/utf16.h"

typedef struct writer {
	bytes *out;
	const paraph_result *result;
	paraph_language ui;
	bool plain;
	utf16 units; /* of the text shown */
} writer;

bool
document_is_plain(const paraph_result *r)
{
	return strcmp(paraph_result_format(r), "txt") == 0 &&
	       strcmp(paraph_result_encoding(r), "UTF-8") == 0;
}

static void
put_place(writer *w, size_t start, size_t end)
{
	write_number(w->out, "start", start);
	write_number(w->out, "end", end);
	write_number(w->out, "at", utf16_at(&w->units, start));
	write_number(w->out, "to", utf16_at(&w->units, end));
}

static void
put_paragraphs(writer *w)
{
	size_t start, end;

	write_open(w->out, "paragraphs", '[');
	for (uint32_t n = 1;; n++) {
		bool there = w->plain
				     ? paraph_result_paragraph(w->result, n, &start, &end)
				     : paraph_result_paragraph_text(w->result, n, &start, &end);
		if (!there)
			break;
		write_open(w->out, NULL, '{');
		write_number(w->out, "at", utf16_at(&w->units, start));
		write_number(w->out, "to", utf16_at(&w->units, end));
		write_close(w->out, '}');
	}
	write_close(w->out, ']');
}

static void
put_source(writer *w, const paraph_finding *f)
{
	if (f->source_path.n == 0)
		return;
	write_open(w->out, "source", '{');
	write_string(w->out, "text", f->source_text);
	write_string(w->out, "passage", f->source_passage);
	write_close(w->out, '}');
}

static void
put_location(writer *w, const paraph_finding *f)
{
	char place[256];

	if (paraph_result_place(w->result, f->paragraph, w->ui, place, sizeof(place)) == 0 &&
		f->paragraph != 0)
		snprintf(place, sizeof(place), "%s %u",
			w->ui == PARAPH_LANGUAGE_FR ? "paragraphe" : "paragraph",
			(unsigned)f->paragraph);
	write_word(w->out, "location", place);
	write_number(w->out, "paragraph", f->paragraph);
	if (!paraph_result_is_package(w->result)) {
		write_number(w->out, "line", f->line);
		write_number(w->out, "column", f->column);
	}
}

static void
put_finding(writer *w, size_t i)
{
	paraph_finding f = paraph_result_finding(w->result, i);
	const char *slash = strchr(f.rule, '/');
	size_t family = slash == NULL ? strlen(f.rule) : (size_t)(slash - f.rule);

	write_open(w->out, NULL, '{');
	write_number(w->out, "n", i);
	write_word(w->out, "rule", f.rule);
	write_string(w->out, "family", (paraph_text){ f.rule, family });
	write_word(w->out, "severity", api_severity(f.severity));
	if (f.fix != PARAPH_FIX_NONE)
		write_word(w->out, "fix", api_correction(f.fix));
	write_string(w->out, "message", f.message);
	put_place(w, w->plain ? f.start : f.text_start, w->plain ? f.end : f.text_end);
	put_location(w, &f);
	write_string(w->out, "text", f.text);
	write_open(w->out, "suggestions", '[');
	for (size_t k = 0; k < f.suggestion_count; k++)
		write_string(w->out, NULL, paraph_result_suggestion(w->result, i, k));
	write_close(w->out, ']');
	char print[17];
	snprintf(print, sizeof(print), "%016llx", (unsigned long long)f.fingerprint);
	write_word(w->out, "fingerprint", print);
	put_source(w, &f);
	write_close(w->out, '}');
}

/* Where a finding stands, and in the source where it is of two texts. */
typedef struct stand {
	size_t start, end, source_start, source_end;
	bool paired;
} stand;

/* In the order of the findings; NULL: memory is out. */
static stand *
find_stands(const paraph_result *r)
{
	size_t n = paraph_result_count(r);
	stand *list = malloc((n + 1) * sizeof(*list));

	for (size_t i = 0; list != NULL && i < n; i++) {
		paraph_finding f = paraph_result_finding(r, i);
		list[i] = (stand){ f.text_start, f.text_end, f.source_text_start,
			f.source_text_end, f.source_path.n != 0 };
	}
	return list;
}

static bool
touches(size_t start, size_t end, size_t from, size_t to)
{
	return start < to && from < (end > start ? end : start + 1);
}

static void
put_pair_findings(writer *w, const paraph_bead *b, const stand *list)
{
	write_open(w->out, "findings", '[');
	for (size_t i = 0; i < paraph_result_count(w->result); i++) {
		const stand *s = &list[i];
		/* What is missing is said beside the passage before it: it belongs to the
		 * source alone. */
		bool here = b->count[1] != 0
				    ? touches(s->start, s->end, b->start[1], b->end[1])
				    : s->paired && touches(s->source_start, s->source_end,
							   b->start[0], b->end[0]);
		if (here)
			write_number(w->out, NULL, i);
	}
	write_close(w->out, ']');
}

static void
put_pairs(writer *w, const paraph_alignment *pairs)
{
	utf16 units;

	/* Beads are places of the text taken out, shown or not. */
	stand *list = find_stands(w->result);
	if (list == NULL || !utf16_open(&units, paraph_result_text(w->result))) {
		free(list);
		w->out->failed = true;
		return;
	}
	write_open(w->out, "pairs", '[');
	for (size_t i = 0; i < paraph_alignment_count(pairs); i++) {
		paraph_bead b = paraph_alignment_bead(pairs, i);
		write_open(w->out, NULL, '{');
		write_string(w->out, "source", b.source);
		write_string(w->out, "target", b.target);
		if (b.count[1] != 0) {
			write_number(w->out, "at", utf16_at(&units, b.start[1]));
			write_number(w->out, "to", utf16_at(&units, b.end[1]));
		}
		write_number(w->out, "confidence", (uint64_t)(b.confidence * 100 + 0.5));
		write_bool(w->out, "crossing", b.crossing);
		put_pair_findings(w, &b, list);
		write_close(w->out, '}');
	}
	write_close(w->out, ']');
	utf16_close(&units);
	free(list);
}

bool
document_write(bytes *out, const char *id, const paraph_result *r,
	const paraph_alignment *pairs, paraph_language ui)
{
	/* In a comparison both sides are shown as they were laid side by side. */
	writer w = { .out = out,
		.result = r,
		.ui = ui,
		.plain = pairs == NULL && document_is_plain(r) };
	paraph_text text = w.plain ? paraph_result_bytes(r) : paraph_result_text(r);

	if (!utf16_open(&w.units, text))
		return false;
	if (id != NULL)
		write_word(out, "id", id);
	write_string(out, "name", paraph_result_path(r));
	write_word(out, "format", paraph_result_format(r));
	write_word(out, "language", paraph_result_language(r));
	write_word(out, "profile", paraph_result_profile(r));
	write_word(out, "modifiers", paraph_result_modifiers(r));
	write_number(out, "words", paraph_result_words(r));
	write_bool(out, "package", paraph_result_is_package(r));
	write_string(out, "remark", paraph_result_remark(r));
	write_string(out, "text", text);
	put_paragraphs(&w);
	write_open(out, "findings", '[');
	for (size_t i = 0; i < paraph_result_count(r); i++)
		put_finding(&w, i);
	write_close(out, ']');
	if (pairs != NULL)
		put_pairs(&w, pairs);
	utf16_close(&w.units);
	return !out->failed;
}
