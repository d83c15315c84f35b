/* Terms out of documents, of one language or of two that are each other's translation. */
#include "termbase/extract.h"

#include "engine/engine.h"
#include "text/align.h"
#include "text/language.h"
#include "text/utf8.h"

#define SAMPLE 200 /* rows by which the languages of a table are known */

typedef struct extraction {
	paraph_session *session;
	const paraph_extract *what;
	extractor extractor;
	paraph_status (*found)(void *user, const paraph_candidate *candidate);
	void *user;
} extraction;

static bool
is_read(const block *b)
{
	return b->language == LANGUAGE_FR || b->language == LANGUAGE_EN;
}

static status
read_block(extraction *x, const document *d, const block *b)
{
	return is_read(b)
		       ? extract_block(&x->extractor, d->text, b->text, (language)b->language)
		       : STATUS_OK;
}

static status
read_alone(extraction *x, const document *d)
{
	for (size_t i = 0; i < d->block_count; i++) {
		x->extractor.segment++;
		TRY(read_block(x, d, &d->blocks[i]));
	}
	return STATUS_OK;
}

/* --- a document and its translation --- */

typedef struct side {
	const document *document;
	const memory *memory;
	ARRAY(uint32_t) lengths; /* of its blocks, in characters */
} side;

static status
measure(side *s)
{
	const document *d = s->document;

	for (size_t i = 0; i < d->block_count; i++) {
		span at = d->blocks[i].text;
		TRY(ARRAY_RESERVE(s->memory, &s->lengths, 1));
		s->lengths.at[s->lengths.n++] =
			(uint32_t)utf8_count(slice_sub(d->text, at.start, at.end));
	}
	return STATUS_OK;
}

static status
read_beads(extraction *x, const side sides[2], const align_beads *beads)
{
	for (size_t i = 0; i < beads->list.n; i++) {
		const align_bead *b = &beads->list.at[i];
		x->extractor.segment++;
		for (int k = 0; k < 2; k++)
			for (size_t n = 0; n < b->count[k]; n++)
				TRY(read_block(x, sides[k].document,
					&sides[k].document->blocks[b->first[k] + n]));
	}
	return STATUS_OK;
}

static status
read_both(extraction *x, const document *first, const document *second)
{
	const memory *m = &x->session->engine->memory;
	side sides[2] = { { first, m, { 0 } }, { second, m, { 0 } } };
	align_beads beads = { 0 };

	status done = measure(&sides[0]);
	if (done == STATUS_OK)
		done = measure(&sides[1]);
	if (done == STATUS_OK)
		done = align_by_length(m, sides[0].lengths.at, sides[0].lengths.n,
			sides[1].lengths.at, sides[1].lengths.n, &beads);
	if (done == STATUS_LIMIT)
		done = context_fail(&x->session->context, STATUS_LIMIT,
			"%.*s and %.*s: too long, or too unlike, to be laid side by side",
			"%.*s et %.*s\u00A0: trop longs ou trop dissemblables pour être "
			"alignés",
			SLICE_ARG(first->path), SLICE_ARG(second->path));
	if (done == STATUS_OK)
		done = read_beads(x, sides, &beads);
	ARRAY_FREE(m, &beads.list);
	ARRAY_FREE(m, &sides[0].lengths);
	ARRAY_FREE(m, &sides[1].lengths);
	return done;
}

static status
read_files(extraction *x, const char *path, const char *target)
{
	paraph_result *first, *second;
	status done = (status)paraph_read_file(x->session, path, &first);

	if (done != STATUS_OK)
		return done;
	if (target == NULL) {
		done = read_alone(x, &first->document);
		paraph_result_free(first);
		return done;
	}
	done = (status)paraph_read_file(x->session, target, &second);
	if (done == STATUS_OK) {
		done = read_both(x, &first->document, &second->document);
		paraph_result_free(second);
	}
	paraph_result_free(first);
	return done;
}

/* --- tables of two languages --- */

typedef struct columns {
	language of[2];
} columns;

/* The languages of the two columns, by most of their first rows. */
static columns
guess_columns(slice bytes)
{
	int french[2] = { 0, 0 };
	slice line, cell[2];

	for (int i = 0; i < SAMPLE && slice_line(&bytes, &line); i++) {
		slice_cut(line, '\t', &cell[0], &cell[1]);
		slice_cut(cell[1], '\t', &cell[1], &line);
		for (int k = 0; k < 2; k++) {
			language l = language_guess(cell[k]);
			french[k] += (l == LANGUAGE_FR) - (l == LANGUAGE_EN);
		}
	}
	bool first = french[0] > french[1];
	return (columns){ { first ? LANGUAGE_FR : LANGUAGE_EN,
		first ? LANGUAGE_EN : LANGUAGE_FR } };
}

static status
read_row(extraction *x, slice line, const columns *c)
{
	slice cell[2];

	if (!slice_cut(line, '\t', &cell[0], &cell[1]))
		return STATUS_OK;
	slice_cut(cell[1], '\t', &cell[1], &line);
	x->extractor.segment++;
	for (int k = 0; k < 2; k++) {
		slice s = slice_trim(cell[k]);
		if (s.n != 0 && s.n <= x->session->context.limits.paragraph)
			TRY(extract_block(
				&x->extractor, s, (span){ 0, (uint32_t)s.n }, c->of[k]));
	}
	return STATUS_OK;
}

static status
read_table(extraction *x, const char *path)
{
	context *c = &x->session->context;
	utf8_facts facts;
	slice line;
	file f;

	TRY(file_open(&f, c, path));
	slice rest = f.bytes;
	status done = STATUS_OK;
	if (utf8_check(rest, &facts) != rest.n)
		done = context_fail(c, STATUS_FORMAT, "%s: not UTF-8 text",
			"%s\u00A0: ce n’est pas du texte UTF-8", path);
	columns of = guess_columns(rest);
	while (done == STATUS_OK && slice_line(&rest, &line))
		done = read_row(x, line, &of);
	file_close(&f, c->memory);
	return done;
}

/* --- all --- */

static status
read_all(extraction *x)
{
	const paraph_extract *w = x->what;
	size_t n = 0;

	while (w->paths[n] != NULL)
		n++;
	for (size_t i = 0; i < n; i++) {
		if (w->progress != NULL)
			TRY((status)w->progress(x->user, i, n));
		x->extractor.document++;
		if (w->pairs)
			TRY(read_table(x, w->paths[i]));
		else
			TRY(read_files(
				x, w->paths[i], w->targets == NULL ? NULL : w->targets[i]));
	}
	return STATUS_OK;
}

static bool
is_wanted(const extraction *x, const extract_candidate *k)
{
	if (k->nested || !x->what->only_new)
		return !k->nested;
	return k->concept.n == 0 && 2 * k->inside <= k->count;
}

/* The translation of a candidate that was told with the other one is not told again. */
static bool
is_told(const extraction *x, size_t i)
{
	const extract_candidate *k = &x->extractor.list.at[i];

	if (k->translation == 0 || k->translation > i)
		return false;
	const extract_candidate *other = &x->extractor.list.at[k->translation - 1];
	return other->translation == i + 1 && is_wanted(x, other);
}

static paraph_status
tell(const extraction *x, const extract_candidate *k)
{
	static const char *const names[] = { "acronym", "name", "term" };
	paraph_candidate c = { .kind = names[k->kind],
		.language = k->language == LANGUAGE_FR ? "fr" : "en",
		.text = engine_text(k->text),
		.acronym = engine_text(k->acronym),
		.context = engine_text(k->context),
		.concept = engine_text(k->concept),
		.count = k->count,
		.documents = k->documents,
		.score = k->score };

	if (k->translation != 0) {
		const extract_candidate *t = &x->extractor.list.at[k->translation - 1];
		c.translation = engine_text(t->text);
		c.translation_acronym = engine_text(t->acronym);
		c.translation_concept = engine_text(t->concept);
		c.likeness = k->likeness;
	}
	return x->found(x->user, &c);
}

static status
tell_all(const extraction *x)
{
	for (size_t i = 0; i < x->extractor.list.n; i++) {
		const extract_candidate *k = &x->extractor.list.at[i];
		if (is_wanted(x, k) && !is_told(x, i))
			TRY((status)tell(x, k));
	}
	return STATUS_OK;
}

static status
extract(extraction *x)
{
	TRY(read_all(x));
	TRY(extract_rank(&x->extractor, x->what->least == 0 ? 2 : x->what->least));
	TRY(extract_translate(&x->extractor));
	return tell_all(x);
}

paraph_status
paraph_extract_terms(paraph_session *session, const paraph_extract *what,
	paraph_status (*found)(void *user, const paraph_candidate *candidate), void *user)
{
	extraction x = { .session = session, .what = what, .found = found, .user = user };

	session->context.message[0] = '\0';
	if (what->paths[0] == NULL)
		return PARAPH_OK;
	/* The project of the first document says which termbases there are. */
	status done = engine_enter_project_of(session, what->paths[0]);
	if (done != STATUS_OK)
		return engine_answer(session, done);
	done = extract_init(
		&x.extractor, &session->context, session->with.lexicons, session->with.terms);
	x.extractor.pairs = what->pairs || what->targets != NULL;
	if (done == STATUS_OK)
		done = extract(&x);
	extract_free(&x.extractor);
	return engine_answer(session, done);
}
