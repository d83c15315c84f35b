#include "termbase/postgres_batch.h"

static const char add_concepts[] = "INSERT INTO paraph.concept (name, retired, names)"
				   " SELECT x.name, x.retired <> 0, x.names FROM "
				   "unnest($1::text[], $2::integer[], $3::bigint[])"
				   " WITH ORDINALITY AS x (name, retired, names, n) ORDER BY n";

/* The rows stay, so that whoever waits for one finds it; they take their turns anew, in the
 * order of the batch. */
static const char empty_concepts[] =
	"WITH x AS MATERIALIZED (SELECT y.*, nextval('paraph.concept_place') AS place FROM"
	"  (SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[])"
	"   WITH ORDINALITY AS u (name, retired, names, n) ORDER BY n) y),"
	" c AS (UPDATE paraph.concept SET retired = x.retired <> 0, names = x.names,"
	"  place = x.place FROM x WHERE concept.name = x.name RETURNING concept.id),"
	" s AS (DELETE FROM paraph.section USING c WHERE concept = c.id),"
	" t AS (DELETE FROM paraph.term USING c WHERE concept = c.id)"
	" DELETE FROM paraph.item USING c WHERE concept = c.id";

static const char fill_concepts[] =
	"WITH c AS MATERIALIZED (SELECT c.id, x.n FROM unnest($1::text[]) WITH ORDINALITY AS x "
	"(name, n)"
	"  JOIN paraph.concept c ON c.name = x.name),"
	" s AS (INSERT INTO paraph.section (concept, position, language)"
	"  SELECT c.id, x.position, x.language"
	"  FROM unnest($2::integer[], $3::integer[], $4::text[]) AS x (n, position, language)"
	"  JOIN c ON c.n = x.n),"
	" t AS (INSERT INTO paraph.term (concept, position, section, text, name, status, type)"
	"  SELECT c.id, x.position, x.section, x.text, x.name, x.status, x.type"
	"  FROM unnest($5::integer[], $6::integer[], $7::integer[], $8::text[], $9::text[],"
	"   $10::text[], $11::text[]) AS x (n, position, section, text, name, status, type)"
	"  JOIN c ON c.n = x.n)"
	" INSERT INTO paraph.item (concept, position, level, owner, grouped, markup, element, "
	"type,"
	"  value, language, target, name)"
	" SELECT c.id, x.position, x.level, x.owner, x.grouped, x.markup <> 0, x.element, "
	"x.type,"
	"  x.value, x.language, x.target, x.name"
	" FROM unnest($12::integer[], $13::integer[], $14::integer[], $15::integer[],"
	"  $16::integer[], $17::integer[], $18::text[], $19::text[], $20::text[], $21::text[],"
	"  $22::text[], $23::text[]) AS x (n, position, level, owner, grouped, markup, "
	"element, type,"
	"  value, language, target, name) JOIN c ON c.n = x.n";

static const char add_events[] =
	"INSERT INTO paraph.history (concept, at, who, action, what)"
	" SELECT x.concept, x.at, x.who, x.action, x.what"
	" FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])"
	" WITH ORDINALITY AS x (concept, at, who, action, what, n) ORDER BY n";

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* --- the columns --- */

typedef struct columns { /* all those of one kind */
	batch_texts *texts;
	size_t n;
} columns;

typedef struct number_columns {
	batch_numbers *numbers;
	size_t n;
} number_columns;

static void
list_texts(postgres_batch *b, columns out[5])
{
	out[0] = (columns){ &b->names, 1 };
	out[1] = (columns){ &b->languages, 1 };
	out[2] = (columns){ b->term_texts, BATCH_TERM_TEXTS };
	out[3] = (columns){ b->item_texts, BATCH_ITEM_TEXTS };
	out[4] = (columns){ b->event_texts, BATCH_EVENT_TEXTS };
}

static void
list_numbers(postgres_batch *b, number_columns out[4])
{
	out[0] = (number_columns){ &b->retired, 1 };
	out[1] = (number_columns){ b->section_numbers, BATCH_SECTION_NUMBERS };
	out[2] = (number_columns){ b->term_numbers, BATCH_TERM_NUMBERS };
	out[3] = (number_columns){ b->item_numbers, BATCH_ITEM_NUMBERS };
}

void
postgres_batch_init(postgres_batch *b, const memory *m)
{
	*b = (postgres_batch){ .memory = m };
	arena_init(&b->kept, m);
}

void
postgres_batch_clear(postgres_batch *b)
{
	number_columns numbers[4];
	columns texts[5];

	list_texts(b, texts);
	list_numbers(b, numbers);
	for (size_t i = 0; i < LENGTH(texts); i++)
		for (size_t k = 0; k < texts[i].n; k++)
			texts[i].texts[k].list.n = 0;
	for (size_t i = 0; i < LENGTH(numbers); i++)
		for (size_t k = 0; k < numbers[i].n; k++)
			numbers[i].numbers[k].list.n = 0;
	b->keys.n = b->bytes = 0;
	arena_reset(&b->kept);
}

void
postgres_batch_free(postgres_batch *b)
{
	number_columns numbers[4];
	columns texts[5];

	list_texts(b, texts);
	list_numbers(b, numbers);
	for (size_t i = 0; i < LENGTH(texts); i++)
		for (size_t k = 0; k < texts[i].n; k++)
			ARRAY_FREE(b->memory, &texts[i].texts[k].list);
	for (size_t i = 0; i < LENGTH(numbers); i++)
		for (size_t k = 0; k < numbers[i].n; k++)
			ARRAY_FREE(b->memory, &numbers[i].numbers[k].list);
	ARRAY_FREE(b->memory, &b->keys);
	arena_free(&b->kept);
}

static status
add_text(postgres_batch *b, batch_texts *column, slice text)
{
	slice kept;

	TRY(arena_copy(&b->kept, text, &kept));
	TRY(ARRAY_RESERVE(b->memory, &column->list, 1));
	column->list.at[column->list.n++] = kept;
	b->bytes += text.n;
	return STATUS_OK;
}

static status
add_number(postgres_batch *b, batch_numbers *column, size_t n)
{
	TRY(ARRAY_RESERVE(b->memory, &column->list, 1));
	column->list.at[column->list.n++] = (int32_t)n;
	b->bytes += sizeof(int32_t);
	return STATUS_OK;
}

/* A row: of each column one. */
static status
add_row(postgres_batch *b, batch_numbers *number_column, const size_t *numbers,
	size_t number_count, batch_texts *text_column, const slice *texts, size_t text_count)
{
	for (size_t i = 0; i < number_count; i++)
		TRY(add_number(b, &number_column[i], numbers[i]));
	for (size_t i = 0; i < text_count; i++)
		TRY(add_text(b, &text_column[i], texts[i]));
	return STATUS_OK;
}

static status
add_term(postgres_batch *b, const entry *e, size_t concept, size_t i)
{
	size_t numbers[BATCH_TERM_NUMBERS] = { concept, i, e->terms.at[i].section };
	slice texts[BATCH_TERM_TEXTS] = { e->terms.at[i].text, e->terms.at[i].id,
		slice_of(term_status_name(entry_term_status(e, (uint32_t)i))),
		entry_value(e, OWNER_TERM(i), "termType") };

	return add_row(b, b->term_numbers, numbers, BATCH_TERM_NUMBERS, b->term_texts, texts,
		BATCH_TERM_TEXTS);
}

static status
add_item(postgres_batch *b, const entry *e, size_t concept, size_t i)
{
	const entry_item *x = &e->items.at[i];
	size_t numbers[BATCH_ITEM_NUMBERS] = { concept, i, x->owner.level, x->owner.index,
		x->group, x->markup };
	slice texts[BATCH_ITEM_TEXTS] = { slice_of(entry_element_name(x->element)), x->type,
		x->value, x->language, x->target, x->id };

	return add_row(b, b->item_numbers, numbers, BATCH_ITEM_NUMBERS, b->item_texts, texts,
		BATCH_ITEM_TEXTS);
}

status
postgres_batch_put(postgres_batch *b, const entry *e)
{
	size_t concept = b->names.list.n + 1;

	TRY(add_text(b, &b->names, e->id));
	TRY(add_number(b, &b->retired, e->retired));
	TRY(ARRAY_RESERVE(b->memory, &b->keys, 1));
	b->keys.at[b->keys.n++] = (int64_t)store_names_key(e);
	for (size_t i = 0; i < e->sections.n; i++)
		TRY(add_row(b, b->section_numbers, (size_t[]){ concept, i },
			BATCH_SECTION_NUMBERS, &b->languages, &e->sections.at[i].language, 1));
	for (size_t i = 0; i < e->terms.n; i++)
		TRY(add_term(b, e, concept, i));
	for (size_t i = 0; i < e->items.n; i++)
		TRY(add_item(b, e, concept, i));
	return STATUS_OK;
}

status
postgres_batch_record(postgres_batch *b, slice id, const store_change *by, slice what)
{
	slice texts[BATCH_EVENT_TEXTS] = { id, slice_of(by->when), slice_of(by->who),
		slice_of(by->action), what };

	return add_row(b, NULL, NULL, 0, b->event_texts, texts, BATCH_EVENT_TEXTS);
}

bool
postgres_batch_is_full(const postgres_batch *b)
{
	return b->names.list.n >= BATCH_CONCEPTS || b->bytes >= BATCH_BYTES;
}

/* --- the statements --- */

static void
put_numbers(postgres_values *v, const batch_numbers *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		postgres_put_int32s(v, list[i].list.at, list[i].list.n);
}

static void
put_texts(postgres_values *v, const batch_texts *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		postgres_put_texts(v, list[i].list.at, list[i].list.n);
}

static status
queue_concepts(postgres_batch *b, postgres *db, postgres_values *v)
{
	postgres_values_clear(v);
	put_texts(v, &b->names, 1);
	put_numbers(v, &b->retired, 1);
	postgres_put_int64s(v, b->keys.at, b->keys.n);
	TRY(postgres_queue(db, b->changes ? empty_concepts : add_concepts, v));
	postgres_values_clear(v);
	put_texts(v, &b->names, 1);
	put_numbers(v, b->section_numbers, BATCH_SECTION_NUMBERS);
	put_texts(v, &b->languages, 1);
	put_numbers(v, b->term_numbers, BATCH_TERM_NUMBERS);
	put_texts(v, b->term_texts, BATCH_TERM_TEXTS);
	put_numbers(v, b->item_numbers, BATCH_ITEM_NUMBERS);
	put_texts(v, b->item_texts, BATCH_ITEM_TEXTS);
	return postgres_queue(db, fill_concepts, v);
}

status
postgres_batch_queue(postgres_batch *b, postgres *db, postgres_values *v, size_t *queued)
{
	if (b->names.list.n != 0) {
		TRY(queue_concepts(b, db, v));
		*queued += 2;
	}
	if (b->event_texts[0].list.n != 0) {
		postgres_values_clear(v);
		put_texts(v, b->event_texts, BATCH_EVENT_TEXTS);
		TRY(postgres_queue(db, add_events, v));
		++*queued;
	}
	postgres_batch_clear(b);
	return STATUS_OK;
}
