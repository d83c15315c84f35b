/* Two documents side by side, behind include/paraph.h. */
#include "engine/align.h"

#include "engine/remembered.h"
#include "text/language.h"
#include "text/segment.h"
#include "text/utf8.h"

typedef struct maker {
	paraph_session *session;
	paraph_alignment *made;
	const paraph_align *what;
	segmenter *segmenter;
	segments cut;
	passages passages[2];
	aligned_side *side; /* in hand, and where its concepts are to be put */
	ARRAY(uint64_t) concepts;
	ARRAY(span) concept_spans;
} maker;

/* --- concepts --- */

static status
note_concept(void *user, span text, slice concept)
{
	maker *m = user;
	const memory *mem = &m->made->memory;

	TRY(ARRAY_RESERVE(mem, &m->concepts, 1));
	TRY(ARRAY_RESERVE(mem, &m->concept_spans, 1));
	m->concepts.at[m->concepts.n++] = slice_hash(concept);
	m->concept_spans.at[m->concept_spans.n++] = text;
	return STATUS_OK;
}

/* --- segments --- */

static status
add_segment(maker *m, int k, size_t *concept, span at, language l, unsigned kind,
	unsigned sentences)
{
	aligned_side *s = &m->made->sides[k];

	TRY(ARRAY_RESERVE(&m->made->memory, &s->spans, 1));
	s->spans.at[s->spans.n++] = at;
	TRY(passages_add(&m->passages[k], s->text, at, l, kind, sentences));
	for (; *concept < m->concepts.n && m->concept_spans.at[*concept].start < at.end;
		++*concept)
		if (m->concept_spans.at[*concept].start >= at.start)
			TRY(passages_add_name(&m->passages[k], m->concepts.at[*concept]));
	return STATUS_OK;
}

static status
begin_paragraph(maker *m, int k)
{
	aligned_side *s = &m->made->sides[k];

	TRY(ARRAY_RESERVE(&m->made->memory, &s->paragraphs, 1));
	s->paragraphs.at[s->paragraphs.n++] = (uint32_t)s->spans.n;
	return STATUS_OK;
}

static status
add_blocks(maker *m, int k)
{
	const document *d = &m->made->sides[k].result->document;
	size_t concept = 0;

	m->concepts.n = m->concept_spans.n = 0;
	TRY(engine_each_concept(m->session, m->made->sides[k].result, note_concept, m));
	for (size_t i = 0; i < d->block_count; i++) {
		const block *b = &d->blocks[i];
		language l = (language)b->language;
		m->cut.spans.n = 0;
		TRY(segment_block(
			m->segmenter, &m->session->context, d->text, b->text, l, &m->cut));
		if (m->cut.spans.n != 0)
			TRY(begin_paragraph(m, k));
		for (size_t x = 0; x < m->cut.spans.n; x++)
			TRY(add_segment(m, k, &concept, m->cut.spans.at[x], l, b->kind, 1));
	}
	return begin_paragraph(m, k);
}

/* Editors’ remarks in square brackets stand alone, though no full stop says so. */
static unsigned
count_remarks(slice line)
{
	unsigned n = 0;

	for (size_t i = 1; i + 2 < line.n; i++)
		n += line.p[i] == ' ' && line.p[i - 1] == ']' && line.p[i + 1] == '[';
	return n;
}

/* A line of a corpus may hold more than one sentence: that is a sign of what it faces. */
static status
add_lines(maker *m, int k)
{
	aligned_side *s = &m->made->sides[k];
	slice rest = s->text, line;
	size_t concept = 0;

	m->concepts.n = m->concept_spans.n = 0;
	while (slice_line(&rest, &line)) {
		uint32_t start = (uint32_t)(line.p - s->text.p);
		span at = { start, start + (uint32_t)line.n };
		m->cut.spans.n = 0;
		TRY(segment_block(
			m->segmenter, &m->session->context, s->text, at, s->language, &m->cut));
		TRY(add_segment(m, k, &concept, at, s->language, BLOCK_PARAGRAPH,
			(unsigned)m->cut.spans.n + count_remarks(line)));
	}
	return STATUS_OK;
}

/* --- reading --- */

#define LANGUAGE_SAMPLE 20000 /* bytes of lines by which their language is known */

static status
read_lines(maker *m, int k, const char *path)
{
	aligned_side *s = &m->made->sides[k];
	context *c = &m->session->context;
	utf8_facts facts;

	/* The project says which memories there are; documents enter it by themselves. */
	TRY(engine_enter_project_of(m->session, path));
	TRY(file_open(&s->file, c, path));
	s->text = s->file.bytes;
	if (utf8_check(s->text, &facts) != s->text.n)
		return context_fail(c, STATUS_FORMAT, "%s: not UTF-8 text",
			"%s\u00A0: ce n’est pas du texte UTF-8", path);
	if (s->text.n > UINT32_MAX)
		return STATUS_LIMIT;
	size_t sample = s->text.n < LANGUAGE_SAMPLE ? s->text.n : LANGUAGE_SAMPLE;
	while (sample < s->text.n && ((unsigned char)s->text.p[sample] & 0xC0) == 0x80)
		sample++;
	s->guessed = s->language = language_guess(slice_sub(s->text, 0, sample));
	return STATUS_OK;
}

/* A document in memory; what is said of its language is believed. */
static status
read_bytes(maker *m, int k, const char *path, paraph_text bytes, paraph_language said)
{
	paraph_session *s = m->session;
	language before = s->forced;

	if (said != PARAPH_LANGUAGE_AUTO)
		s->forced = (language)said;
	status done = engine_check(s, path, (slice){ bytes.p, bytes.n }, (file){ 0 }, false,
		&m->made->sides[k].result);
	s->forced = before;
	return done;
}

static status
read_document(maker *m, int k, const char *path, paraph_language said)
{
	paraph_text bytes = k == 0 ? m->what->source_bytes : m->what->target_bytes;

	if (bytes.p != NULL)
		return read_bytes(m, k, path, bytes, said);
	return (status)paraph_read_file(m->session, path, &m->made->sides[k].result);
}

static status
read_side(maker *m, int k, const char *path, paraph_language said)
{
	aligned_side *s = &m->made->sides[k];

	TRY(arena_copy(&m->made->keep, slice_of(path), &s->name));
	if (m->what->lines)
		TRY(read_lines(m, k, path));
	else {
		TRY(read_document(m, k, path, said));
		s->text = s->result->document.text;
		s->guessed = s->language = s->result->document.language;
	}
	if (said != PARAPH_LANGUAGE_AUTO)
		s->language = said == PARAPH_LANGUAGE_FR ? LANGUAGE_FR : LANGUAGE_EN;
	return m->what->lines ? add_lines(m, k) : add_blocks(m, k);
}

/* --- pairs for reports --- */

/* The text of segments first to first + n - 1. */
static status
join_segments(paraph_alignment *a, int k, uint32_t first, unsigned n, slice *out)
{
	const aligned_side *s = &a->sides[k];
	size_t bytes = 0, at = 0;

	*out = SLICE("");
	if (n == 0)
		return STATUS_OK;
	for (unsigned i = 0; i < n; i++)
		bytes += s->spans.at[first + i].end - s->spans.at[first + i].start + 1;
	if (n == 1) {
		*out = slice_sub(s->text, s->spans.at[first].start, s->spans.at[first].end);
		return STATUS_OK;
	}
	char *p = ARENA_ARRAY(&a->keep, char, bytes);
	if (p == NULL)
		return STATUS_MEMORY;
	for (unsigned i = 0; i < n; i++) {
		span one = s->spans.at[first + i];
		if (i != 0)
			p[at++] = ' ';
		memcpy(p + at, s->text.p + one.start, one.end - one.start);
		at += one.end - one.start;
	}
	*out = (slice){ p, at };
	return STATUS_OK;
}

static status
make_pairs(paraph_alignment *a)
{
	a->pairs = ARENA_ARRAY(&a->keep, pair, a->beads.list.n + 1);
	if (a->pairs == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < a->beads.list.n; i++) {
		const bead *b = &a->beads.list.at[i];
		pair *p = &a->pairs[i];
		p->confidence = (double)b->confidence;
		p->crossing = b->crossing;
		for (int k = 0; k < 2; k++) {
			p->first[k] = b->first[k];
			p->count[k] = b->count[k];
			TRY(join_segments(a, k, b->first[k], b->count[k], &p->text[k]));
		}
	}
	return STATUS_OK;
}

/* --- documents that cannot be a source and its translation --- */

bool
engine_language_is_ours(language l)
{
	return l == LANGUAGE_FR || l == LANGUAGE_EN;
}

const char *
engine_language_in(const context *c, language l)
{
	if (c->ui == LANGUAGE_FR)
		return l == LANGUAGE_FR ? "français" : "anglais";
	return l == LANGUAGE_FR ? "French" : "English";
}

/* Nothing else was said. */
static bool
language_is(paraph_language said, language l)
{
	return said == PARAPH_LANGUAGE_AUTO || (language)said == l;
}

static status
judge_empty(context *c, const paraph_align *what, const paraph_alignment *a)
{
	for (int k = 0; k < 2; k++)
		if (a->sides[k].spans.n == 0)
			return context_fail(c, STATUS_FORMAT, "%s: there is no text in it",
				"%s\u00A0: il ne contient pas de texte",
				k == 0 ? what->source : what->target);
	return STATUS_OK;
}

/* What was said of the languages against what the documents themselves look like. */
static status
judge_swapped(context *c, const paraph_align *what, const paraph_alignment *a)
{
	language l[2] = { a->sides[0].guessed, a->sides[1].guessed };

	if (!engine_language_is_ours(l[0]) || !engine_language_is_ours(l[1]) || l[0] == l[1] ||
		(language_is(what->source_language, l[0]) &&
			language_is(what->target_language, l[1])))
		return STATUS_OK;
	return context_fail(c, STATUS_USAGE,
		"%s is in %s and %s in %s: they seem to be swapped",
		"%s est en %s et %s en %s\u00A0: ils semblent être intervertis", what->source,
		engine_language_in(c, l[0]), what->target, engine_language_in(c, l[1]));
}

/* --- making --- */

static status
make(maker *m)
{
	paraph_alignment *a = m->made;
	context *c = &m->session->context;

	TRY(segmenter_open(&m->segmenter, c));
	for (int k = 0; k < 2; k++)
		TRY(passages_init(&m->passages[k], &a->memory));
	TRY(read_side(m, 0, m->what->source, m->what->source_language));
	TRY(read_side(m, 1, m->what->target, m->what->target_language));
	TRY(judge_empty(c, m->what, a));
	TRY(judge_swapped(c, m->what, a));
	TRY(engine_name_remembered(m->session, a->sides, m->passages));
	paragraphs in = {
		.starts = { a->sides[0].paragraphs.at, a->sides[1].paragraphs.at },
		.n = { a->sides[0].paragraphs.n, a->sides[1].paragraphs.n },
	};
	for (int k = 0; k < 2 && !m->what->lines; k++)
		in.n[k]--;
	TRY(alignment_find(&a->memory, m->passages, m->what->lines ? NULL : &in, &a->beads));
	return make_pairs(a);
}

static void
free_maker(maker *m)
{
	const memory *mem = &m->session->engine->memory;

	for (int k = 0; k < 2; k++)
		passages_free(&m->passages[k]);
	segmenter_close(m->segmenter);
	ARRAY_FREE(mem, &m->cut.spans);
	ARRAY_FREE(mem, &m->concepts);
	ARRAY_FREE(mem, &m->concept_spans);
}

void
paraph_alignment_free(paraph_alignment *a)
{
	if (a == NULL)
		return;
	memory m = a->memory;
	for (int k = 0; k < 2; k++) {
		paraph_result_free(a->sides[k].result);
		file_close(&a->sides[k].file, &m);
		ARRAY_FREE(&m, &a->sides[k].spans);
		ARRAY_FREE(&m, &a->sides[k].paragraphs);
	}
	ARRAY_FREE(&m, &a->beads.list);
	arena_free(&a->keep);
	memory_free(&m, a);
}

status
engine_align(paraph_session *s, const paraph_align *what, paraph_alignment **out)
{
	const memory *m = &s->engine->memory;
	paraph_alignment *a = memory_alloc(m, sizeof(*a));

	*out = NULL;
	s->context.message[0] = '\0';
	if (a == NULL)
		return STATUS_MEMORY;
	*a = (paraph_alignment){ .memory = *m };
	arena_init(&a->keep, &a->memory);
	maker work = { .session = s, .made = a, .what = what };
	status done = make(&work);
	free_maker(&work);
	if (done == STATUS_LIMIT && s->context.message[0] == '\0')
		done = context_fail(&s->context, done,
			"%s and %s: too long, or too unlike, to be laid side by side",
			"%s et %s\u00A0: trop longs ou trop dissemblables pour être alignés",
			what->source, what->target);
	if (done != STATUS_OK)
		paraph_alignment_free(a);
	else
		*out = a;
	return done;
}

paraph_status
paraph_align_files(paraph_session *s, const paraph_align *what, paraph_alignment **out)
{
	return engine_answer(s, engine_align(s, what, out));
}

size_t
paraph_alignment_count(const paraph_alignment *a)
{
	return a->beads.list.n;
}

paraph_bead
paraph_alignment_bead(const paraph_alignment *a, size_t i)
{
	const pair *p = &a->pairs[i];
	paraph_bead b = { .source = engine_text(p->text[0]),
		.target = engine_text(p->text[1]),
		.confidence = p->confidence,
		.crossing = p->crossing };

	for (int k = 0; k < 2; k++) {
		b.first[k] = p->first[k];
		b.count[k] = p->count[k];
		if (p->count[k] == 0)
			continue;
		b.start[k] = a->sides[k].spans.at[p->first[k]].start;
		b.end[k] = a->sides[k].spans.at[p->first[k] + p->count[k] - 1].end;
	}
	return b;
}

const char *
paraph_alignment_language(const paraph_alignment *a, int k)
{
	return language_name(a->sides[k].language);
}

/* --- writing --- */

typedef struct hand_over {
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
} hand_over;

static status
hand(void *user, slice bytes)
{
	hand_over *h = user;

	return (status)h->write(h->user, bytes.p, bytes.n);
}

paraph_status
paraph_alignment_write(paraph_session *s, const paraph_alignment *a, const char *format,
	double least, paraph_status (*write)(void *user, const char *bytes, size_t n),
	void *user, size_t *left_out)
{
	const pair_format *f = pair_format_named(format);
	hand_over h = { write, user };

	s->context.message[0] = '\0';
	if (f == NULL)
		return engine_answer(
			s, context_fail(&s->context, STATUS_USAGE,
				   "there is no format %s for alignments",
				   "il n’y a pas de format %s pour les alignements", format));
	pair_report r = { .context = &s->context,
		.pairs = a->pairs,
		.n = a->beads.list.n,
		.language = { a->sides[0].language, a->sides[1].language },
		.name = { a->sides[0].name, a->sides[1].name },
		.least = least,
		.write = hand,
		.user = &h };
	status done = pair_report_write(&r, f);
	if (left_out != NULL)
		*left_out = r.left_out;
	return engine_answer(s, done);
}

const char *
paraph_alignment_format_at(
	size_t i, paraph_language ui, const char **extension, const char **summary)
{
	const pair_format *f = pair_format_at(i);

	if (f == NULL)
		return NULL;
	if (extension != NULL)
		*extension = f->extension;
	if (summary != NULL)
		*summary = engine_ui(ui) == LANGUAGE_FR ? f->summary_fr : f->summary_en;
	return f->name;
}
