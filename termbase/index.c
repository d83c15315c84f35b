#include "termbase/index.h"

#include <assert.h>
#include <string.h>

#include "termbase/names.h"
#include "termbase/surface.h"
#include "text/utf8.h"

#define MAGIC "paraph\nT"
#define BYTE_ORDER_MARK 0x01020304u
#define SLOTS_MAX (1u << 28)
#define SHORT_BYTES 3

enum section {
	FILTER,
	ALONE,
	PAIRS,
	DEEP,
	SLOTS,
	TERMS,
	CONCEPTS,
	KNOWN,
	NAMES,
	HIDDEN,
	STRINGS,
	SECTIONS
};

typedef struct header {
	char magic[8];
	uint32_t byte_order, version;
	uint64_t size;     /* of the whole block */
	uint64_t checksum; /* of what follows the header */
	uint32_t counts[SECTIONS];
	uint32_t base; /* of the hidden concepts; 0 when there are none */
} header;

/* The checksum covers what follows the header, so nothing in it may go unchecked. */
static_assert(sizeof(header) == 36 + 4 * SECTIONS, "the header has no padding");

/* Bytes of one element of each section. */
static const size_t element[SECTIONS] = { sizeof(uint64_t), sizeof(uint64_t), sizeof(uint64_t),
	sizeof(uint64_t), sizeof(index_slot), sizeof(index_term), sizeof(index_concept),
	sizeof(uint64_t), sizeof(index_name), sizeof(uint32_t), 1 };

static uint32_t
mix(uint32_t node, uint32_t key)
{
	uint64_t x = ((uint64_t)node << 32 | key) * 0x9E3779B97F4A7C15u;

	return (uint32_t)(x >> 32);
}

const index_slot *
index_step(const term_index *x, uint32_t node, uint32_t key)
{
	uint32_t i = mix(node, key) & x->slot_mask;

	while (x->slots[i].key != 0) {
		if (x->slots[i].node == node && x->slots[i].key == key)
			return &x->slots[i];
		i = (i + 1) & x->slot_mask;
	}
	return NULL;
}

uint32_t
index_mark(const term_index *x)
{
	header h;

	memcpy(&h, x->bytes.p, sizeof(h));
	return (uint32_t)h.checksum == 0 ? 1 : (uint32_t)h.checksum;
}

static uint64_t
known_hash(slice form, language l)
{
	uint64_t h = slice_hash(form) * 0x9E3779B97F4A7C15u + (uint64_t)l;

	return h == 0 ? 1 : h;
}

bool
index_knows(const term_index *x, slice form, language l)
{
	uint64_t h = known_hash(form, l);
	uint32_t i = (uint32_t)(h >> 32) & x->known_mask;

	while (x->known[i] != 0) {
		if (x->known[i] == h)
			return true;
		i = (i + 1) & x->known_mask;
	}
	return false;
}

uint32_t
index_opening(slice form, uint32_t key)
{
	slice piece = surface_first_piece(form);

	if (piece.n <= SHORT_BYTES)
		return (uint32_t)slice_hash(piece);
	return piece.n == form.n ? key : surface_key(piece);
}

/* --- building --- */

typedef struct builder {
	context *context;
	const glossary *glossary;
	arena scratch;
	words words;
	tokens tokens;
	uint64_t filter[INDEX_FILTER_BITS / 64];
	filter_builder runs;
	index_slot *slots;
	uint32_t slot_mask, nodes;
	index_term *terms;
	index_concept *concepts;
	ARRAY(uint64_t) known; /* hashes, unsorted */
	buffer strings;
} builder;

static uint32_t
power_above(size_t n)
{
	uint32_t size = 16;

	while (size < n && size < SLOTS_MAX)
		size *= 2;
	return size;
}

static index_text
add_string(builder *b, slice s)
{
	index_text t = { (uint32_t)b->strings.n, (uint32_t)s.n };

	buffer_put(&b->strings, s);
	return t;
}

static index_slot *
find_slot(builder *b, uint32_t node, uint32_t key)
{
	uint32_t i = mix(node, key) & b->slot_mask;

	while (b->slots[i].key != 0 && (b->slots[i].node != node || b->slots[i].key != key))
		i = (i + 1) & b->slot_mask;
	return &b->slots[i];
}

static void
insert_path(builder *b, const uint32_t *keys, size_t n, uint32_t term)
{
	uint32_t node = 0;
	index_slot *slot = NULL;

	for (size_t i = 0; i < n; i++) {
		slot = find_slot(b, node, keys[i]);
		if (slot->key == 0)
			*slot = (index_slot){
				.node = node, .key = keys[i], .next = ++b->nodes
			};
		node = slot->next;
	}
	b->terms[term].next = slot->term;
	slot->term = term + 1;
}

typedef struct term_keys {
	uint32_t at[PIECES_MAX];   /* for the trie */
	uint32_t runs[PIECES_MAX]; /* for the filter, where all numbers are one */
	size_t n;
} term_keys;

static bool
is_number(const builder *b, const token *t, int piece)
{
	if (t->kind == TOKEN_NUMBER)
		return true;
	if (t->kind == TOKEN_SYMBOL || t->kind == TOKEN_ADDRESS || t->kind == TOKEN_MARK)
		return false;
	return surface_piece_is_number(words_at(&b->words, t->word)->text, piece);
}

/* All keys of the term just tokenised; none when it cannot be matched. */
static void
read_keys(builder *b, term_keys *keys, slice text, language l)
{
	uint32_t some[PIECES_MAX];
	size_t n = 0;

	keys->n = 0;
	for (size_t i = 0; i < b->tokens.count; i++) {
		const token *t = &b->tokens.at[i];
		int count = surface_keys(some, &b->words, t, text, l);
		if (count < 0 || n + (size_t)count > PIECES_MAX)
			return;
		for (int k = 0; k < count; k++, n++) {
			keys->at[n] = some[k];
			keys->runs[n] = is_number(b, t, k) ? FILTER_NUMBER : some[k];
		}
	}
	keys->n = n;
}

static status
add_known(builder *b, slice form, language l)
{
	TRY(ARRAY_RESERVE(b->context->memory, &b->known, 1));
	b->known.at[b->known.n++] = known_hash(form, l);
	return STATUS_OK;
}

/* Which words of an accepted term dictionaries may take over: names and acronyms, and common
 * words that are not so short that they belong to another language (of, and). */
static bool
is_worth_knowing(const word *w)
{
	if (w->shape & (SHAPE_UPPER | SHAPE_TITLE | SHAPE_MIXED | SHAPE_HYPHEN))
		return true;
	return w->points >= 5;
}

static status
add_known_words(builder *b, const glossary_term *t)
{
	if (t->status > TERM_ADMITTED)
		return STATUS_OK;
	for (size_t i = 0; i < b->tokens.count; i++) {
		const token *k = &b->tokens.at[i];
		if (k->kind != TOKEN_WORD && k->kind != TOKEN_CODE)
			continue;
		const word *w = words_at(&b->words, k->word);
		if (!is_worth_knowing(w) && b->tokens.count > 1)
			continue;
		TRY(add_known(b, w->text, (language)t->language));
		if (t->flags & TERM_ACRONYM)
			TRY(add_known(b, w->text,
				t->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR));
	}
	return STATUS_OK;
}

static void
add_opening(builder *b, slice form)
{
	uint32_t bit = index_opening(form, surface_key(form)) % INDEX_FILTER_BITS;

	b->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* The first word of the term just tokenised; a short one also with a capital, and in capitals.
 */
static void
add_openings(builder *b)
{
	const token *first = &b->tokens.at[0];
	char title[SHORT_BYTES], upper[SHORT_BYTES];

	if (first->kind != TOKEN_WORD && first->kind != TOKEN_ELISION)
		return;
	slice form = words_at(&b->words, first->word)->text;
	slice piece = surface_first_piece(form);
	add_opening(b, form);
	if (piece.n > SHORT_BYTES)
		return;
	for (size_t i = 0; i < piece.n; i++) {
		bool small = piece.p[i] >= 'a' && piece.p[i] <= 'z';
		upper[i] = small ? (char)(piece.p[i] - 'a' + 'A') : piece.p[i];
		title[i] = i == 0 ? upper[i] : piece.p[i];
	}
	add_opening(b, (slice){ title, piece.n });
	add_opening(b, (slice){ upper, piece.n });
}

static status
cannot_match(builder *b, slice text)
{
	return context_fail(b->context, STATUS_FORMAT,
		"\"%.*s\" cannot be a term: no words, or too many",
		"«\u00A0%.*s\u00A0» ne peut pas être un terme\u00A0: pas de mots, ou trop de "
		"mots",
		SLICE_ARG(text));
}

static status
add_term(builder *b, uint32_t i)
{
	const glossary_term *t = &b->glossary->terms.at[i];
	language l = (language)t->language;
	term_keys keys;
	char surface[SURFACE_BYTES];

	TRY(tokens_read(&b->tokens, &b->words, t->text, (span){ 0, (uint32_t)t->text.n }, l));
	read_keys(b, &keys, t->text, l);
	slice s = keys.n == 0 ? (slice){ 0 }
			      : surface_of(surface, t->text, b->tokens.at,
					b->tokens.at + b->tokens.count - 1);
	bool matched = s.n != 0 && (t->flags & TERM_WORD) == 0;
	if (s.n == 0 && !b->glossary->lenient)
		return cannot_match(b, t->text);
	b->terms[i] = (index_term){ .text = add_string(b, t->text),
		.surface = add_string(b, s),
		.concept = t->concept,
		.language = t->language,
		.status = t->status,
		.flags = t->flags,
		.pieces = (uint8_t)keys.n };
	if (matched) {
		insert_path(b, keys.at, keys.n, i);
		TRY(filter_add(&b->runs, keys.runs, keys.n, surface_begins_upper(s)));
		add_openings(b);
	}
	return add_known_words(b, t);
}

static void
add_concept(builder *b, size_t i)
{
	const glossary_concept *k = &b->glossary->concepts.at[i];

	b->concepts[i] = (index_concept){ .id = add_string(b, k->id),
		.subject = add_string(b, k->subject),
		.source = add_string(b, k->source),
		.note = add_string(b, k->note),
		.article = add_string(b, k->article),
		.term = k->term,
		.term_count = k->term_count,
		.gender = k->gender,
		.evidence = k->evidence };
}

/* No term has more pieces than it has bytes, nor than PIECES_MAX. */
static size_t
most_pieces(const glossary *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->terms.n; i++) {
		size_t bytes = g->terms.at[i].text.n;
		n += bytes / 2 + 1 < PIECES_MAX ? bytes / 2 + 1 : PIECES_MAX;
	}
	return n;
}

static status
make_arrays(builder *b)
{
	size_t slots = power_above(most_pieces(b->glossary) + 1);

	b->slots = ARENA_ARRAY(&b->scratch, index_slot, slots);
	b->terms = ARENA_ARRAY(&b->scratch, index_term, b->glossary->terms.n);
	b->concepts = ARENA_ARRAY(&b->scratch, index_concept, b->glossary->concepts.n);
	b->slot_mask = (uint32_t)slots - 1;
	return b->slots == NULL || b->terms == NULL || b->concepts == NULL ? STATUS_MEMORY
									   : STATUS_OK;
}

/* The table was sized for the worst case: packs it to between a third and two thirds full. */
static status
pack_slots(builder *b)
{
	uint32_t size = power_above((size_t)b->nodes + b->nodes / 2);
	index_slot *old = b->slots;
	uint32_t old_mask = b->slot_mask;

	b->slots = ARENA_ARRAY(&b->scratch, index_slot, size);
	b->slot_mask = size - 1;
	if (b->slots == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = 0; i <= old_mask; i++)
		if (old[i].key != 0)
			*find_slot(b, old[i].node, old[i].key) = old[i];
	return STATUS_OK;
}

static status
pack_known(builder *b, uint64_t **out, uint32_t *mask)
{
	uint32_t size = power_above(b->known.n * 2);
	uint64_t *set = ARENA_ARRAY(&b->scratch, uint64_t, size);

	if (set == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < b->known.n; i++) {
		uint64_t h = b->known.at[i];
		uint32_t at = (uint32_t)(h >> 32) & (size - 1);
		while (set[at] != 0 && set[at] != h)
			at = (at + 1) & (size - 1);
		set[at] = h;
	}
	*out = set;
	*mask = size - 1;
	return STATUS_OK;
}

static void
put_section(buffer *out, const void *p, size_t bytes)
{
	buffer_put(out, (slice){ p, bytes });
	while (out->status == STATUS_OK && out->n % 8 != 0)
		buffer_put_char(out, '\0');
}

typedef struct tables { /* made when all terms are known */
	filter_bits runs[FILTERS];
	uint64_t *known;
	index_name *names;
	uint32_t known_mask, name_mask;
} tables;

static status
write_block(builder *b, buffer *out, const tables *t)
{
	const glossary *g = b->glossary;
	header h = { .magic = MAGIC,
		.byte_order = BYTE_ORDER_MARK,
		.version = INDEX_VERSION,
		.counts = { INDEX_FILTER_BITS / 64, t->runs[FILTER_ALONE].mask + 1,
			t->runs[FILTER_PAIRS].mask + 1, t->runs[FILTER_DEEP].mask + 1,
			b->slot_mask + 1, (uint32_t)g->terms.n, (uint32_t)g->concepts.n,
			t->known_mask + 1, t->name_mask + 1, (uint32_t)g->hidden.n,
			(uint32_t)b->strings.n },
		.base = g->hidden.n == 0 ? 0 : g->base };
	const void *sections[SECTIONS] = { b->filter, t->runs[FILTER_ALONE].at,
		t->runs[FILTER_PAIRS].at, t->runs[FILTER_DEEP].at, b->slots, b->terms,
		b->concepts, t->known, t->names, g->hidden.at, b->strings.p };
	size_t start = out->n;

	assert(start % 8 == 0);
	put_section(out, &h, sizeof(h));
	for (int i = 0; i < SECTIONS; i++)
		put_section(out, sections[i], h.counts[i] * element[i]);
	if (out->status != STATUS_OK)
		return out->status;
	h.size = out->n - start;
	h.checksum = slice_hash((slice){ out->p + start + sizeof(h), h.size - sizeof(h) });
	memcpy(out->p + start, &h, sizeof(h));
	return STATUS_OK;
}

static status
build(builder *b, buffer *out)
{
	tables t;

	TRY(words_init(&b->words, b->context->memory));
	TRY(make_arrays(b));
	for (size_t i = 0; i < b->glossary->concepts.n; i++)
		add_concept(b, i);
	for (size_t i = b->glossary->terms.n; i-- > 0;)
		TRY(add_term(b, (uint32_t)i));
	TRY(b->strings.status);
	TRY(pack_slots(b));
	for (int i = 0; i < FILTERS; i++)
		TRY(filter_make(&b->runs, (enum filter_depth)i, &b->scratch, &t.runs[i]));
	TRY(pack_known(b, &t.known, &t.known_mask));
	TRY(names_build(&t.names, &t.name_mask, &b->scratch, b->terms,
		(uint32_t)b->glossary->terms.n, buffer_slice(&b->strings)));
	return write_block(b, out, &t);
}

status
index_build(buffer *out, context *c, const glossary *g)
{
	builder *b = memory_alloc(c->memory, sizeof(*b));

	if (b == NULL)
		return STATUS_MEMORY;
	*b = (builder){
		.context = c, .glossary = g, .words.memory = c->memory, .runs.memory = c->memory
	};
	arena_init(&b->scratch, c->memory);
	arena_init(&b->words.text, c->memory);
	tokens_init(&b->tokens, c->memory);
	buffer_init(&b->strings, c->memory, UINT32_MAX);
	status s = build(b, out);
	buffer_free(&b->strings);
	ARRAY_FREE(c->memory, &b->known);
	filter_free(&b->runs);
	tokens_free(&b->tokens);
	words_free(&b->words);
	arena_free(&b->scratch);
	memory_free(c->memory, b);
	return s;
}

/* --- opening --- */

static status
damaged(context *c, const char *name, const char *en, const char *fr)
{
	return context_fail(c, STATUS_DAMAGED, "%s: damaged term index (%s)",
		"%s\u00A0: index de termes endommagé (%s)", name,
		c->ui == LANGUAGE_FR ? fr : en);
}

static bool
is_power(uint32_t n)
{
	return n >= 16 && (n & (n - 1)) == 0;
}

/* Points x into the sections; false when they do not fill the block. */
static bool
find_sections(term_index *x, const header *h)
{
	const char *p[SECTIONS];
	uint64_t at = sizeof(*h);

	for (int i = 0; i < SECTIONS; i++) {
		p[i] = x->bytes.p + at;
		at += (h->counts[i] * (uint64_t)element[i] + 7) / 8 * 8;
		if (at > h->size)
			return false;
	}
	x->filter = (const void *)p[FILTER];
	for (int i = 0; i < FILTERS; i++)
		x->runs[i] =
			(filter_bits){ (const void *)p[ALONE + i], h->counts[ALONE + i] - 1 };
	x->slots = (const void *)p[SLOTS];
	x->slot_mask = h->counts[SLOTS] - 1;
	x->terms = (const void *)p[TERMS];
	x->term_count = h->counts[TERMS];
	x->concepts = (const void *)p[CONCEPTS];
	x->concept_count = h->counts[CONCEPTS];
	x->known = (const void *)p[KNOWN];
	x->known_mask = h->counts[KNOWN] - 1;
	x->names = (const void *)p[NAMES];
	x->name_mask = h->counts[NAMES] - 1;
	x->hidden = (const void *)p[HIDDEN];
	x->hidden_count = h->counts[HIDDEN];
	x->base = h->base;
	x->strings = p[STRINGS];
	return at == h->size && (h->base == 0) == (h->counts[HIDDEN] == 0) &&
	       h->counts[FILTER] == INDEX_FILTER_BITS / 64 && is_power(h->counts[ALONE]) &&
	       is_power(h->counts[PAIRS]) && is_power(h->counts[DEEP]) &&
	       is_power(h->counts[SLOTS]) && is_power(h->counts[KNOWN]) &&
	       is_power(h->counts[NAMES]);
}

static bool
text_fits(index_text t, uint32_t strings)
{
	return (uint64_t)t.at + t.n <= strings;
}

static bool
terms_fit(const term_index *x, uint32_t strings)
{
	for (uint32_t i = 0; i < x->term_count; i++) {
		const index_term *t = &x->terms[i];
		if (!text_fits(t->text, strings) || !text_fits(t->surface, strings) ||
			t->surface.n > SURFACE_BYTES || t->concept >= x->concept_count)
			return false;
		/* Chains only go forward, so that none is endless. */
		if (t->next > x->term_count || (t->next != 0 && t->next <= i + 1))
			return false;
		if ((t->language != LANGUAGE_FR && t->language != LANGUAGE_EN) ||
			t->status > TERM_SUPERSEDED)
			return false;
	}
	return true;
}

static bool
concepts_fit(const term_index *x, uint32_t strings)
{
	for (uint32_t i = 0; i < x->concept_count; i++) {
		const index_concept *k = &x->concepts[i];
		if (!text_fits(k->id, strings) || !text_fits(k->subject, strings) ||
			!text_fits(k->source, strings) || !text_fits(k->note, strings) ||
			!text_fits(k->article, strings) || k->evidence > EVIDENCE_UNVERIFIED)
			return false;
		if (k->term > x->term_count || k->term_count > x->term_count - k->term)
			return false;
	}
	return true;
}

/* All tables keep an empty slot, so that every search ends. Most of a table is never read: the
 * terms in it are checked where they are. */
static bool
tables_fit(const term_index *x)
{
	bool slot = false, known = false, name = false;

	for (uint32_t i = 0; i <= x->slot_mask && !slot; i++)
		slot = x->slots[i].key == 0;
	for (uint32_t i = 0; i <= x->known_mask && !known; i++)
		known = x->known[i] == 0;
	for (uint32_t i = 0; i <= x->name_mask && !name; i++)
		name = x->names[i].first == 0;
	return slot && known && name;
}

status
index_open(term_index *x, context *c, slice bytes, const char *name)
{
	header h;

	if (bytes.n < sizeof(h))
		return damaged(c, name, "too short", "trop court");
	memcpy(&h, bytes.p, sizeof(h));
	if (memcmp(h.magic, MAGIC, sizeof(h.magic)) != 0 || h.byte_order != BYTE_ORDER_MARK)
		return damaged(c, name, "not a term index", "pas un index de termes");
	if (h.version != INDEX_VERSION)
		return damaged(c, name, "of another version", "d\u2019une autre version");
	if (h.size != bytes.n)
		return damaged(c, name, "cut short", "tronqué");
	*x = (term_index){ .bytes = bytes };
	if (!find_sections(x, &h) || !terms_fit(x, h.counts[STRINGS]) ||
		!concepts_fit(x, h.counts[STRINGS]) || !tables_fit(x))
		return damaged(c, name, "wrong numbers", "nombres faux");
	return STATUS_OK;
}

status
index_verify(const term_index *x, context *c, const char *name)
{
	header h;

	memcpy(&h, x->bytes.p, sizeof(h));
	if (h.checksum == slice_hash(slice_sub(x->bytes, sizeof(h), x->bytes.n)))
		return STATUS_OK;
	return damaged(c, name, "wrong checksum", "somme de contrôle fausse");
}
