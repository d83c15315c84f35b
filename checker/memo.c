#include "checker/memo.h"

#include <stdalign.h>
#include <string.h>

#include "checker/rule.h"

#define RUNS_KEPT 16                 /* checks after which a block that is gone is forgotten */
#define GONE_MOST 64                 /* of them, beside as many as the document has blocks */
#define TEXT_MOST ((size_t)32 << 20) /* of a document; tokens take seven times as much */
#define SLOTS_FIRST 256
#define KEEP_LEAST 256   /* bytes: a finding’s message and a suggestion or two */
#define FACTS_FIRST 1024 /* slots */
#define FACTS_MOST 65536

typedef struct again { /* a call that is made every time */
	uint32_t token;
	uint16_t index; /* of the rule; of a token's call in dispatch.looks */
	uint8_t kind;
} again;

/* What a call is made of: the rule's function for tokens, for blocks, or that of all rules
 * which are rows of a table (checker/wordings.h). */
enum { OF_TOKEN, OF_BLOCK, OF_WORDINGS };

typedef struct known {  /* a block */
	uint64_t run;   /* that met it last */
	uint32_t start; /* where it stood then: what follows is meant from there */
	token *tokens;  /* with the edges; NULL: no call wants them */
	size_t token_count;
	term_match *terms; /* NULL: nobody asked, or there are none */
	size_t term_count;
	bool terms_known;
	ARRAY(again) calls;
	ARRAY(finding) found;
	arena keep; /* what the findings point to */
} known;

typedef struct slot {
	uint64_t key;
	known *known; /* NULL: the slot is empty */
} slot;

typedef struct fact { /* that hangs on nothing but its key */
	uint64_t key;
	const void *at; /* NULL: the slot is empty */
	size_t n;
} fact;

struct memo {
	const memory *memory;
	uint64_t whole; /* hash of all that holds for the whole document */
	uint64_t run;
	slot *slots; /* open addressing, power of two */
	size_t slot_count, n;
	ARRAY(uint64_t) hashes; /* of the blocks of the document in hand */
	known *block;           /* that is being noted, or whose calls are made again */
	status (*wordings)(check *c, const rule *r, size_t i);
	arena keep;  /* of facts */
	fact *facts; /* open addressing, power of two */
	size_t fact_slots;
	size_t fact_count;
	size_t noted; /* blocks looked at anew, ever */
};

/* ---- blocks ---- */

static void
free_known(const memory *m, known *k)
{
	if (k == NULL)
		return;
	memory_free(m, k->tokens);
	memory_free(m, k->terms);
	ARRAY_FREE(m, &k->calls);
	ARRAY_FREE(m, &k->found);
	arena_free(&k->keep);
	memory_free(m, k);
}

memo *
memo_open(const memory *m)
{
	memo *own = memory_alloc(m, sizeof(*own));

	if (own == NULL)
		return NULL;
	*own = (memo){ .memory = m };
	arena_init(&own->keep, m);
	return own;
}

void
memo_clear(memo *m)
{
	for (size_t i = 0; i < m->slot_count; i++)
		free_known(m->memory, m->slots[i].known);
	memory_free(m->memory, m->slots);
	m->slots = NULL;
	m->slot_count = m->n = 0;
	memory_free(m->memory, m->facts);
	m->facts = NULL;
	m->fact_count = m->fact_slots = 0;
	arena_reset(&m->keep);
}

void
memo_close(memo *m)
{
	if (m == NULL)
		return;
	memo_clear(m);
	ARRAY_FREE(m->memory, &m->hashes);
	arena_free(&m->keep);
	memory_free(m->memory, m);
}

static slot *
slot_of(const memo *m, uint64_t key)
{
	size_t i = key & (m->slot_count - 1);

	while (m->slots[i].known != NULL && m->slots[i].key != key)
		i = (i + 1) & (m->slot_count - 1);
	return &m->slots[i];
}

/* Room for as many slots; blocks not met since the run are left out. */
static status
make_slots(memo *m, size_t count, uint64_t since)
{
	slot *old = m->slots;
	size_t old_count = m->slot_count;
	slot *slots = memory_alloc(m->memory, count * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, count * sizeof(*slots));
	m->slots = slots;
	m->slot_count = count;
	m->n = 0;
	for (size_t i = 0; i < old_count; i++) {
		if (old[i].known == NULL)
			continue;
		if (old[i].known->run < since) {
			free_known(m->memory, old[i].known);
			continue;
		}
		*slot_of(m, old[i].key) = old[i];
		m->n++;
	}
	memory_free(m->memory, old);
	return STATUS_OK;
}

/* ---- what a block is known by ---- */

/* What rules may ask of the block and of one beside it, places from the block's start. */
static void
describe(const block *b, uint32_t from, uint32_t out[3])
{
	out[0] = b->text.start - from;
	out[1] = b->text.end - from;
	out[2] = (uint32_t)b->kind | (uint32_t)b->language << 8 | (uint32_t)b->hint << 16 |
		 (uint32_t)b->quoted << 24;
}

/* What stands between the block's text and that of the next, or before the first, seldom more
 * than a line end. */
static uint64_t
hash_around(const document *d, size_t i, span s)
{
	span own = d->blocks[i].text;
	slice before = slice_sub(d->text, s.start, own.start < s.end ? own.start : s.end);
	slice after = slice_sub(d->text, own.end < s.end ? own.end : s.end, s.end);

	return (before.n == 0 ? 0 : slice_hash(before) * 3) ^ slice_hash(after);
}

static uint64_t
hash_text(const document *d, size_t i, span s)
{
	if (d->hashes == NULL || d->blocks[i].text.end > s.end)
		return slice_hash(slice_sub(d->text, s.start, s.end));
	/* A sum would not tell which is which. */
	return (d->hashes[i] ^ d->hashes[i] >> 29) * UINT64_C(0x9E3779B97F4A7C15) +
	       hash_around(d, i, s);
}

/* Of the text from the block's start to the next one's, and of the bytes of the file that it
 * stands for; the first begins, the last ends with the text. */
static uint64_t
hash_of(const document *d, size_t i)
{
	span s = { i == 0 ? 0 : d->blocks[i].text.start,
		i + 1 == d->block_count ? (uint32_t)d->text.n : d->blocks[i + 1].text.start };
	uint64_t parts[2] = { hash_text(d, i, s) };

	if (d->map.count == 0)
		return parts[0];
	span bytes = source_map_file(&d->map, s);
	parts[1] = slice_hash(slice_sub(d->bytes, bytes.start, bytes.end));
	return slice_hash((slice){ (const char *)parts, sizeof(parts) });
}

static status
hash_blocks(memo *m, const document *d)
{
	m->hashes.n = 0;
	TRY(ARRAY_RESERVE(m->memory, &m->hashes, d->block_count));
	for (size_t i = 0; i < d->block_count; i++)
		m->hashes.at[m->hashes.n++] = hash_of(d, i);
	return STATUS_OK;
}

static uint64_t
key_of(const check *c, const block *b)
{
	const document *d = c->document;
	size_t i = (size_t)(b - d->blocks), last = d->block_count - 1;
	size_t before = i == 0 ? 0 : i - 1, after = i == last ? last : i + 1;
	const uint64_t *hashes = c->memo->hashes.at;
	struct {
		uint64_t text[3];
		uint32_t blocks[3][3];
		uint32_t edges; /* of the document */
	} about = { .text = { hashes[before], hashes[i], hashes[after] } };

	describe(&d->blocks[before], b->text.start, about.blocks[0]);
	describe(b, b->text.start, about.blocks[1]);
	describe(&d->blocks[after], b->text.start, about.blocks[2]);
	about.edges = (i == 0 ? 1u : 0) | (i == last ? 2u : 0);
	return slice_hash((slice){ (const char *)&about, sizeof(about) });
}

static uint64_t
hash_whole(const check *c)
{
	const document *d = c->document;
	struct {
		const void *profiles[LANGUAGES], *format, *terms;
		uint64_t applies, encoding;
		size_t rules;
		uint32_t language, flags, age, ui;
	} about;

	memset(&about, 0, sizeof(about)); /* the gaps, too */
	for (size_t i = 0; i < LANGUAGES; i++)
		about.profiles[i] = c->profiles[i];
	about.format = d->format;
	about.terms = c->with->terms;
	about.applies = slice_hash((slice){ (const char *)c->applies, sizeof(c->applies) });
	about.encoding = slice_hash(slice_of(d->encoding));
	about.rules = c->with->rule_count;
	about.language = (uint32_t)d->language;
	about.flags = (d->cdata ? 1u : 0) | (d->reflowed ? 2u : 0) | (d->extracted ? 4u : 0) |
		      (d->map.count != 0 ? 8u : 0);
	about.age = c->words.age;
	about.ui = (uint32_t)c->context->ui;
	return slice_hash((slice){ (const char *)&about, sizeof(about) });
}

memo *
memo_of(const check *c)
{
	const document *d = c->document;
	bool fits = c->memo != NULL && c->source == NULL && d->pair_count == 0 &&
		    d->package.n == 0 && d->original == NULL && c->with->memories == NULL &&
		    c->meters == NULL && d->text.n <= TEXT_MOST;

	return fits ? c->memo : NULL;
}

status
memo_begin(check *c)
{
	memo *m = c->memo;
	uint64_t whole = hash_whole(c);

	if (m->whole != whole)
		memo_clear(m);
	m->whole = whole;
	m->run++;
	TRY(hash_blocks(m, c->document));
	return m->slot_count != 0 ? STATUS_OK : make_slots(m, SLOTS_FIRST, 0);
}

status
memo_end(check *c)
{
	memo *m = c->memo;
	size_t count = m->slot_count;

	/* What is gone may come back: somebody undoes. But where all is replaced, and replaced
	 * again, only the last text is worth its memory. */
	if (m->n > 2 * m->hashes.n + GONE_MOST)
		return make_slots(m, count, m->run);
	return m->run % RUNS_KEPT == 0 ? make_slots(m, count, m->run - RUNS_KEPT) : STATUS_OK;
}

/* ---- noting ---- */

static status
keep_finding(known *k, const finding *f, const memory *m)
{
	TRY(ARRAY_RESERVE(m, &k->found, 1));
	TRY(finding_copy(&k->keep, f, &k->found.at[k->found.n]));
	k->found.n++;
	return STATUS_OK;
}

/* A place elsewhere would move otherwise than the block. */
static bool
is_inside(const check *c, const finding *f)
{
	span s = c->block->text;

	if (f->text.start < s.start || f->text.end > s.end)
		return false;
	for (size_t i = 0; i < f->place_count; i++)
		if (f->places[i].start < s.start || f->places[i].end > s.end)
			return false;
	return true;
}

static again
describe_call(memo *m, status (*look)(check *c, const rule *r, size_t i), const rule *r,
	size_t index, size_t at)
{
	if (at == MEMO_BLOCK)
		return (again){ .index = (uint16_t)index, .kind = OF_BLOCK };
	if (r == NULL)
		m->wordings = look;
	return (again){ (uint32_t)at, (uint16_t)index, r != NULL ? OF_TOKEN : OF_WORDINGS };
}

status
memo_call(check *c, status (*look)(check *c, const rule *r, size_t i), const rule *r,
	size_t index, size_t at)
{
	known *k = c->memo->block;
	const memory *m = c->memo->memory;
	size_t before = c->found.list.n;

	c->remembered = false;
	TRY(at == MEMO_BLOCK ? r->block(c, r) : look(c, r, at));
	bool every_time = c->remembered;
	for (size_t i = before; i < c->found.list.n && !every_time; i++)
		every_time = !is_inside(c, &c->found.list.at[i]);
	if (every_time) {
		TRY(ARRAY_RESERVE(m, &k->calls, 1));
		k->calls.at[k->calls.n++] = describe_call(c->memo, look, r, index, at);
		return STATUS_OK;
	}
	for (size_t i = before; i < c->found.list.n; i++)
		TRY(keep_finding(k, &c->found.list.at[i], m));
	return STATUS_OK;
}

static status
keep_tokens(known *k, const tokens *t, const memory *m)
{
	size_t count = t->count + 2 * TOKEN_EDGES;

	if (k->calls.n == 0)
		return STATUS_OK;
	k->tokens = memory_alloc(m, count * sizeof(token));
	if (k->tokens == NULL)
		return STATUS_MEMORY;
	memcpy(k->tokens, t->at - TOKEN_EDGES, count * sizeof(token));
	k->token_count = t->count;
	return STATUS_OK;
}

/* What grew by guesses takes what it needs from now on. */
static status
fit(const memory *m, void **at, size_t n, size_t *capacity, size_t bytes)
{
	void *own = NULL;

	if (n == *capacity)
		return STATUS_OK;
	if (n != 0) {
		own = memory_alloc(m, n * bytes);
		if (own == NULL)
			return STATUS_MEMORY;
		memcpy(own, *at, n * bytes);
	}
	memory_free(m, *at);
	*at = own;
	*capacity = n;
	return STATUS_OK;
}

static status
fit_lists(known *k, const memory *m)
{
	TRY(fit(m, (void **)&k->calls.at, k->calls.n, &k->calls.capacity,
		sizeof(*k->calls.at)));
	return fit(
		m, (void **)&k->found.at, k->found.n, &k->found.capacity, sizeof(*k->found.at));
}

static status
note(check *c, const block *b, uint64_t key)
{
	memo *m = c->memo;

	if (2 * (m->n + 1) > m->slot_count)
		TRY(make_slots(m, 2 * m->slot_count, 0));
	known *k = memory_alloc(m->memory, sizeof(*k));
	if (k == NULL)
		return STATUS_MEMORY;
	*k = (known){ .run = m->run, .start = b->text.start };
	arena_init(&k->keep, m->memory);
	k->keep.least = KEEP_LEAST;
	m->block = k;
	status done = check_block_anew(c, b);
	m->block = NULL;
	if (done == STATUS_OK)
		done = keep_tokens(k, &c->tokens, m->memory);
	if (done == STATUS_OK)
		done = fit_lists(k, m->memory);
	if (done != STATUS_OK) {
		free_known(m->memory, k);
		return done;
	}
	*slot_of(m, key) = (slot){ key, k };
	m->n++;
	m->noted++;
	return STATUS_OK;
}

size_t
memo_noted(const memo *m)
{
	return m->noted;
}

bool
memo_terms(const check *c, const term_match **at, size_t *n)
{
	const known *k = c->memo->block;

	*at = k->terms;
	*n = k->term_count;
	return k->terms_known;
}

status
memo_keep_terms(check *c, const term_match *at, size_t n)
{
	known *k = c->memo->block;

	if (n != 0) {
		k->terms = memory_alloc(c->memo->memory, n * sizeof(*at));
		if (k->terms == NULL)
			return STATUS_MEMORY;
		memcpy(k->terms, at, n * sizeof(*at));
	}
	k->term_count = n;
	k->terms_known = true;
	return STATUS_OK;
}

/* ---- taking ---- */

static void
move_to(known *k, uint32_t start)
{
	uint32_t by = start - k->start; /* modulo 2^32: it may have moved back */

	if (by == 0)
		return;
	for (size_t i = 0; i < k->token_count; i++)
		k->tokens[TOKEN_EDGES + i].start += by;
	for (size_t i = 0; i < k->term_count; i++) {
		k->terms[i].text.start += by;
		k->terms[i].text.end += by;
	}
	for (size_t i = 0; i < k->found.n; i++) {
		finding *f = &k->found.at[i];
		f->text.start += by;
		f->text.end += by;
		span *places = (span *)(uintptr_t)f->places; /* on k->keep */
		for (size_t p = 0; p < f->place_count; p++) {
			places[p].start += by;
			places[p].end += by;
		}
	}
	k->start = start;
}

static status
make_call(check *c, const again *a)
{
	const dispatch_look *x = &c->dispatch.looks[a->index];

	switch (a->kind) {
	case OF_TOKEN:
		c->running = x->index;
		return x->rule->token(c, c->with->rules[x->index], a->token);
	case OF_BLOCK:
		c->running = a->index;
		return c->with->rules[a->index]->block(c, c->with->rules[a->index]);
	default:
		c->running = a->index;
		return c->memo->wordings(c, NULL, a->token);
	}
}

static status
call_again(check *c, known *k)
{
	tokens own = c->tokens;
	status done = STATUS_OK;

	c->tokens = (tokens){ .memory = own.memory,
		.at = k->tokens == NULL ? NULL : k->tokens + TOKEN_EDGES,
		.count = k->token_count,
		.base = k->tokens };
	c->memo->block = k;
	for (size_t i = 0; i < k->calls.n && done == STATUS_OK; i++)
		done = make_call(c, &k->calls.at[i]);
	c->memo->block = NULL;
	c->tokens = own;
	return done;
}

static status
take(check *c, const block *b, known *k)
{
	findings *f = &c->found;

	k->run = c->memo->run;
	move_to(k, b->text.start);
	TRY(ARRAY_RESERVE(f->memory, &f->list, k->found.n));
	/* The result outlives what is kept here. */
	for (size_t i = 0; i < k->found.n; i++) {
		TRY(finding_copy(c->keep, &k->found.at[i], &f->list.at[f->list.n]));
		f->list.n++;
	}
	if (k->calls.n != 0)
		TRY(call_again(c, k));
	arena_reset(&c->scratch);
	return c->quotations.failed;
}

status
memo_block(check *c, const block *b)
{
	uint64_t key = key_of(c, b);
	known *k = slot_of(c->memo, key)->known;

	return k != NULL ? take(c, b, k) : note(c, b, key);
}

/* ---- facts about words ---- */

static language
language_at(const document *d, uint32_t start)
{
	size_t low = 0, high = d->block_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low == d->block_count ? d->language : (language)d->blocks[low].language;
}

static fact *
fact_slot(fact *slots, size_t count, uint64_t key)
{
	size_t i = key & (count - 1);

	while (slots[i].at != NULL && slots[i].key != key)
		i = (i + 1) & (count - 1);
	return &slots[i];
}

static const fact *
find_fact(const memo *m, uint64_t key)
{
	if (m == NULL || m->facts == NULL)
		return NULL;
	const fact *f = fact_slot(m->facts, m->fact_slots, key);
	return f->at == NULL ? NULL : f;
}

/* Too many are forgotten, all of them. */
static status
forget_facts(memo *m)
{
	memset(m->facts, 0, m->fact_slots * sizeof(fact));
	m->fact_count = 0;
	arena_reset(&m->keep);
	return STATUS_OK;
}

/* Room for one more. */
static status
cover_facts(memo *m)
{
	size_t count = m->fact_slots == 0 ? FACTS_FIRST : 2 * m->fact_slots;

	if (2 * m->fact_count < m->fact_slots)
		return STATUS_OK;
	if (count > FACTS_MOST)
		return forget_facts(m);
	fact *slots = memory_alloc(m->memory, count * sizeof(fact));
	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, count * sizeof(fact));
	for (size_t i = 0; i < m->fact_slots; i++)
		if (m->facts[i].at != NULL)
			*fact_slot(slots, count, m->facts[i].key) = m->facts[i];
	memory_free(m->memory, m->facts);
	m->facts = slots;
	m->fact_slots = count;
	return STATUS_OK;
}

static void
add_fact(memo *m, uint64_t key, const void *at, size_t n)
{
	fact *f = fact_slot(m->facts, m->fact_slots, key);

	m->fact_count += f->at == NULL;
	*f = (fact){ key, at, n };
}

bool
memo_recall(const memo *m, uint64_t key, void *out, size_t n)
{
	const fact *f = find_fact(m, key);

	if (f == NULL || f->n != n)
		return false;
	memcpy(out, f->at, n);
	return true;
}

status
memo_keep(memo *m, uint64_t key, const void *what, size_t n)
{
	if (m == NULL)
		return STATUS_OK;
	TRY(cover_facts(m));
	void *copy = arena_alloc(&m->keep, n, alignof(max_align_t));
	if (copy == NULL)
		return STATUS_MEMORY;
	memcpy(copy, what, n);
	add_fact(m, key, copy, n);
	return STATUS_OK;
}

static uint64_t
suggestion_key(const check *c, const finding *f)
{
	uint64_t parts[3] = { (uint64_t)(uintptr_t)f->rule,
		(uint64_t)language_at(c->document, f->text.start),
		slice_hash(check_text(c, f->text)) };

	return slice_hash((slice){ (const char *)parts, sizeof(parts) });
}

static status
copy_list(arena *keep, const slice *from, size_t n, slice **out)
{
	*out = ARENA_ARRAY(keep, slice, n + 1);
	if (*out == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		TRY(arena_copy(keep, from[i], &(*out)[i]));
	return STATUS_OK;
}

bool
memo_suggested(check *c, finding *f)
{
	memo *m = memo_of(c);

	if (m == NULL)
		return false;
	const fact *met = find_fact(m, suggestion_key(c, f));
	slice *list;
	if (met == NULL || copy_list(c->keep, met->at, met->n, &list) != STATUS_OK)
		return false;
	f->suggestions = list;
	f->suggestion_count = met->n;
	return true;
}

status
memo_keep_suggestions(check *c, const finding *f)
{
	memo *m = memo_of(c);
	slice *list;

	if (m == NULL)
		return STATUS_OK;
	TRY(cover_facts(m));
	TRY(copy_list(&m->keep, f->suggestions, f->suggestion_count, &list));
	add_fact(m, suggestion_key(c, f), list, f->suggestion_count);
	return STATUS_OK;
}
