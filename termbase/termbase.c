#include "termbase/termbase.h"

#include <string.h>

#include "termbase/surface.h"

#define INDEX_CEILING ((size_t)1 << 30)

/* The index just put at the end is opened, and read through if asked for; what it hides is
 * marked. */
static status
open_last(termbase *t, context *c, slice bytes, const char *name, bool whole)
{
	term_index *x = &t->indexes[t->count];

	TRY(index_open(x, c, bytes, name));
	if (whole)
		TRY(index_verify(x, c, name));
	if (x->hidden_count == 0)
		return STATUS_OK;
	size_t concepts = t->indexes[0].concept_count, size = (concepts / 64 + 1) * 8;
	bool fits = t->count > 0 && x->base == index_mark(&t->indexes[0]);
	for (uint32_t i = 0; i < x->hidden_count; i++)
		fits = fits && x->hidden[i] < concepts;
	if (!fits)
		return context_fail(c, STATUS_DAMAGED, "%s: made for another termbase",
			"%s\u00A0: fait pour une autre base terminologique", name);
	if (t->hidden == NULL) {
		t->hidden = memory_alloc(t->memory, size);
		if (t->hidden == NULL)
			return STATUS_MEMORY;
		memset(t->hidden, 0, size);
	}
	for (uint32_t i = 0; i < x->hidden_count; i++)
		t->hidden[x->hidden[i] / 64] |= UINT64_C(1) << x->hidden[i] % 64;
	return STATUS_OK;
}

static status
has_room(const termbase *t, context *c, const char *name)
{
	if (t->count < TERMBASE_INDEXES)
		return STATUS_OK;
	return context_fail(c, STATUS_LIMIT, "%s: more than %d glossaries",
		"%s\u00A0: plus de %d glossaires", name, TERMBASE_INDEXES - 1);
}

static status
map(termbase *t, context *c, const char *path, bool whole)
{
	file f;

	TRY(has_room(t, c, path));
	status s = file_map(&f, path);
	if (s == STATUS_NOT_FOUND || s == STATUS_IO)
		return file_failed(c, path);
	if (s == STATUS_OK && f.bytes.n > 0 && f.bytes.n <= INDEX_CEILING)
		s = open_last(t, c, f.bytes, path, whole);
	else
		s = context_fail(c, STATUS_DAMAGED, "%s: damaged term index (size)",
			"%s\u00A0: index de termes endommagé (taille)", path);
	if (s == STATUS_OK)
		t->bytes[t->count++].mapped = f;
	else
		file_close(&f, t->memory);
	return s;
}

status
termbase_map(termbase *t, context *c, const char *path)
{
	return map(t, c, path, true);
}

status
termbase_take(termbase *t, context *c, const char *name, buffer *bytes)
{
	status s = has_room(t, c, name);

	if (s == STATUS_OK)
		s = open_last(t, c, buffer_slice(bytes), name, false);
	if (s == STATUS_OK)
		t->bytes[t->count++].built = *bytes;
	else
		buffer_free(bytes);
	return s;
}

status
termbase_open(termbase **out, context *c, const char *index_path)
{
	termbase *t = memory_alloc(c->memory, sizeof(*t));

	*out = NULL;
	if (t == NULL)
		return STATUS_MEMORY;
	*t = (termbase){ .memory = c->memory };
	status s = index_path == NULL ? STATUS_OK : map(t, c, index_path, false);
	if (s != STATUS_OK)
		termbase_close(t);
	else
		*out = t;
	return s;
}

status
termbase_verify(const termbase *t, context *c, const char *index_path)
{
	return t->count == 0 ? STATUS_OK : index_verify(&t->indexes[0], c, index_path);
}

void
termbase_close(termbase *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->count; i++)
		if (t->bytes[i].mapped.mapped)
			file_close(&t->bytes[i].mapped, t->memory);
		else
			buffer_free(&t->bytes[i].built);
	memory_free(t->memory, t->hidden);
	memory_free(t->memory, t);
}

static status
add_glossary(termbase *t, context *c, const char *name, const glossary *g)
{
	buffer bytes;

	TRY(glossary_check(g, c));
	buffer_init(&bytes, t->memory, INDEX_CEILING);
	status s = index_build(&bytes, c, g);
	if (s == STATUS_OK)
		return termbase_take(t, c, name, &bytes);
	buffer_free(&bytes);
	return s;
}

status
termbase_add(termbase *t, context *c, const char *name, slice bytes)
{
	glossary g;

	glossary_init(&g, t->memory);
	status s = glossary_read(&g, c, name, bytes);
	if (s == STATUS_OK)
		s = add_glossary(t, c, name, &g);
	glossary_free(&g);
	return s;
}

static const index_term *
term_at(const termbase *t, term_ref ref)
{
	return &t->indexes[ref.index].terms[ref.term];
}

static const index_concept *
concept_at(const termbase *t, term_ref ref)
{
	return &t->indexes[ref.index].concepts[term_at(t, ref)->concept];
}

term_view
termbase_term(const termbase *t, term_ref ref)
{
	const index_term *x = term_at(t, ref);

	return (term_view){ .text = index_string(&t->indexes[ref.index], x->text),
		.language = (language)x->language,
		.status = (term_status)x->status,
		.flags = x->flags,
		.pieces = x->pieces };
}

concept_view
termbase_concept(const termbase *t, term_ref ref)
{
	const term_index *x = &t->indexes[ref.index];
	const index_concept *k = concept_at(t, ref);

	return (concept_view){ .id = index_string(x, k->id),
		.subject = index_string(x, k->subject),
		.source = index_string(x, k->source),
		.note = index_string(x, k->note),
		.article = index_string(x, k->article),
		.gender = k->gender,
		.evidence = (term_evidence)k->evidence };
}

size_t
termbase_terms(const termbase *t, term_ref of, term_ref *first)
{
	const index_concept *k = concept_at(t, of);

	*first = (term_ref){ of.index, k->term };
	return k->term_count;
}

bool
termbase_same_concept(const termbase *t, term_ref a, term_ref b)
{
	if (a.index == b.index)
	return term_at(t, a)->concept == term_at(t, b)->concept;
	return slice_equal(termbase_concept(t, a).id, termbase_concept(t, b).id);
}

bool
termbase_preferred(const termbase *t, term_ref of, language l, uint8_t flags, term_ref *out)
{
	size_t n = termbase_terms(t, of, out);

	for (; n > 0; n--, out->term++) {
		const index_term *term = term_at(t, *out);
		if (term->language == l && term->status == TERM_PREFERRED &&
			(term->flags & TERM_ACRONYM) == flags)
			return true;
	}
	return false;
}

bool
termbase_knows(const termbase *t, slice form, language l)
{
	for (size_t i = 0; i < t->count; i++)
		if (index_knows(&t->indexes[i], form, l))
			return true;
	return false;
}

static bool
knows(void *user, slice form, language l)
{
	return termbase_knows(user, form, l);
}

static void
read_word(void *user, words *table, uint32_t id, language l)
{
	const termbase *t = user;
	word *w = &table->list.at[id];
	word_reading *r = &w->in[l - LANGUAGE_FR];

	r->key = surface_key(w->text);
	uint32_t opening = index_opening(w->text, r->key);
	for (size_t i = 0; i < t->count; i++)
		if (index_begins(&t->indexes[i], opening)) {
			r->features |= FEATURE_TERM;
			return;
		}
}

vocabulary
termbase_vocabulary(const termbase *t)
{
	/* The hooks never write through user. */
	return (vocabulary){ .user = (void *)(uintptr_t)t, .knows = knows, .read = read_word };
}
