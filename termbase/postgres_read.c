/* Concepts out of a shared termbase: many at a time, four questions in one round trip. */
#include "termbase/postgres.h"

#define NAMED "(SELECT id, place FROM paraph.concept WHERE name = ANY ($1)) b"
#define PAGE "(SELECT id, place FROM paraph.concept WHERE place > $1 ORDER BY place LIMIT $2) b"

#define CONCEPTS(b) \
	"SELECT id, name, retired, place FROM " b \
	" JOIN paraph.concept USING (id, place) ORDER BY place"
#define SECTIONS(b) \
	"SELECT concept, language FROM " b \
	" JOIN paraph.section ON concept = b.id ORDER BY place, position"
#define TERMS(b) \
	"SELECT concept, section, text, name FROM " b \
	" JOIN paraph.term ON concept = b.id ORDER BY place, position"
#define ITEMS(b) \
	"SELECT concept, level, owner, element, type, value, language, target, name," \
	" grouped, markup FROM " b \
	" JOIN paraph.item ON concept = b.id ORDER BY place, position"

#define QUESTIONS 4
#define PAGE_CONCEPTS 500

static const char *const named[QUESTIONS] = { CONCEPTS(NAMED), SECTIONS(NAMED), TERMS(NAMED),
	ITEMS(NAMED) };
static const char *const page[QUESTIONS] = { CONCEPTS(PAGE), SECTIONS(PAGE), TERMS(PAGE),
	ITEMS(PAGE) };

/* Waits for whoever is writing them, in the order of the names: two that read several wait for
 * each other in turn. What comes after it sees what was written meanwhile. */
static const char lock_named[] =
	"SELECT id FROM paraph.concept WHERE name = ANY ($1) ORDER BY name FOR UPDATE";

static status
ask(postgres *db, const char *const *questions, const postgres_values *v, size_t *queued)
{
	for (size_t i = 0; i < QUESTIONS; i++)
		TRY(postgres_queue(db, questions[i], v));
	*queued += QUESTIONS;
	return STATUS_OK;
}

static status
ask_named(postgres *db, const postgres_values *v, bool lock, size_t *queued)
{
	if (lock) {
		TRY(postgres_queue(db, lock_named, v));
		++*queued;
	}
	return ask(db, named, v, queued);
}

status
postgres_read_named(postgres *db, const slice *names, size_t n, bool lock, size_t *queued)
{
	postgres_values v;

	postgres_values_init(&v, &memory_libc);
	postgres_put_texts(&v, names, n);
	status done = ask_named(db, &v, lock, queued);
	postgres_values_free(&v);
	return done;
}

/* The next concepts after a place. */
static status
ask_page(postgres *db, int64_t after, size_t *queued)
{
	postgres_values v;

	postgres_values_init(&v, &memory_libc);
	postgres_put_int64(&v, after);
	postgres_put_int32(&v, PAGE_CONCEPTS);
	status done = ask(db, page, &v, queued);
	postgres_values_free(&v);
	return done;
}

/* --- answers --- */

typedef struct reader {
	postgres_store *store;
	postgres_rows concepts, sections, terms, items;
	size_t section, term, item; /* rows that were not taken yet */
	int64_t id;
	entry *e;
} reader;

static status
damaged(const reader *r)
{
	return context_fail(r->store->store.context, STATUS_DAMAGED,
		"%s: the termbase is damaged", "%s\u00A0: la base terminologique est abîmée",
		postgres_name(r->store->db));
}

static status
take_sections(reader *r)
{
	uint32_t ignored;

	for (; r->section < r->sections.n; r->section++) {
		if (postgres_int(&r->sections, r->section, 0) != r->id)
			return STATUS_OK;
		TRY(entry_section_of(
			r->e, postgres_text(&r->sections, r->section, 1), &ignored));
	}
	return STATUS_OK;
}

static status
take_terms(reader *r)
{
	uint32_t term;

	for (; r->term < r->terms.n; r->term++) {
		if (postgres_int(&r->terms, r->term, 0) != r->id)
			return STATUS_OK;
		int64_t section = postgres_int(&r->terms, r->term, 1);
		if (section < 0 || (uint64_t)section >= r->e->sections.n)
			return damaged(r);
		TRY(entry_add_term(
			r->e, (uint32_t)section, postgres_text(&r->terms, r->term, 2), &term));
		TRY(entry_set_term_id(r->e, term, postgres_text(&r->terms, r->term, 3)));
	}
	return STATUS_OK;
}

static status
take_item(reader *r, size_t row)
{
	const postgres_rows *from = &r->items;
	entry_owner owner = { (entry_level)postgres_int(from, row, 1),
		(uint32_t)postgres_int(from, row, 2) };
	entry_item item = { .type = postgres_text(from, row, 4),
		.value = postgres_text(from, row, 5),
		.language = postgres_text(from, row, 6),
		.target = postgres_text(from, row, 7),
		.id = postgres_text(from, row, 8),
		.group = (uint32_t)postgres_int(from, row, 9),
		.markup = postgres_int(from, row, 10) != 0 };

	status done = store_restore_item(r->e, owner, postgres_text(from, row, 3), item);
	return done == STATUS_DAMAGED ? damaged(r) : done;
}

static status
take_items(reader *r)
{
	for (; r->item < r->items.n; r->item++) {
		if (postgres_int(&r->items, r->item, 0) != r->id)
			return STATUS_OK;
		TRY(take_item(r, r->item));
	}
	return STATUS_OK;
}

static status
take_concept(reader *r, size_t row)
{
	r->id = postgres_int(&r->concepts, row, 0);
	entry_clear(r->e);
	TRY(entry_set_id(r->e, postgres_text(&r->concepts, row, 1)));
	r->e->retired = postgres_int(&r->concepts, row, 2) != 0;
	TRY(take_sections(r));
	TRY(take_terms(r));
	TRY(take_items(r));
	return entry_close(r->e);
}

/* The callback may ask the server itself: what is here was taken before it. */
status
postgres_read_answers(postgres_store *s, size_t answer, entry *e,
	status (*take)(void *user, const entry *e), void *user, size_t *count, int64_t *last)
{
	reader r = { .store = s,
		.concepts = postgres_answer(s->db, answer),
		.sections = postgres_answer(s->db, answer + 1),
		.terms = postgres_answer(s->db, answer + 2),
		.items = postgres_answer(s->db, answer + 3),
		.e = e };

	*count = r.concepts.n;
	for (size_t row = 0; row < r.concepts.n; row++) {
		*last = postgres_int(&r.concepts, row, 3);
		TRY(take_concept(&r, row));
		TRY(take(user, e));
	}
	/* A row that belongs to no concept before it. */
	if (r.section != r.sections.n || r.term != r.terms.n || r.item != r.items.n)
		return damaged(&r);
	return STATUS_OK;
}

status
postgres_read_all(
	postgres_store *s, entry *e, status (*take)(void *user, const entry *e), void *user)
{
	int64_t last = 0;
	size_t count = PAGE_CONCEPTS;

	while (count == PAGE_CONCEPTS) {
		size_t queued = 0;
		TRY(ask_page(s->db, last, &queued));
		TRY(postgres_wait(s->db));
		TRY(postgres_read_answers(s, 0, e, take, user, &count, &last));
	}
	return STATUS_OK;
}
