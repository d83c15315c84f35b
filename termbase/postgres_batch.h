/* Concepts on their way into a shared termbase: columns of many, written by a few statements
 * (termbase/postgres_write.c). Either all are new, or all are there and change. */
#ifndef TERMBASE_POSTGRES_BATCH_H
#define TERMBASE_POSTGRES_BATCH_H

#include "base/postgres.h"
#include "termbase/engine.h"

#define BATCH_CONCEPTS 512
#define BATCH_BYTES ((size_t)1 << 20)

/* A column of a table: texts, or numbers. */
typedef struct batch_texts {
	ARRAY(slice) list;
} batch_texts;

typedef struct batch_numbers {
	ARRAY(int32_t) list;
} batch_numbers;

enum { BATCH_SECTION_NUMBERS = 2, BATCH_TERM_NUMBERS = 3, BATCH_ITEM_NUMBERS = 6 };
enum { BATCH_TERM_TEXTS = 4, BATCH_ITEM_TEXTS = 6, BATCH_EVENT_TEXTS = 5 };

typedef struct postgres_batch {
	const memory *memory;
	arena kept; /* the texts */
	size_t bytes;
	bool changes; /* the concepts are there */
	/* concept: name, key of its names, retired */
	batch_texts names;
	ARRAY(int64_t) keys;
	batch_numbers retired;
	/* The first number of a part is its concept's in the batch, from 1 on, the second its
	 * position there. */
	batch_numbers section_numbers[BATCH_SECTION_NUMBERS];
	batch_texts languages;
	batch_numbers term_numbers[BATCH_TERM_NUMBERS];
	batch_texts term_texts[BATCH_TERM_TEXTS];
	batch_numbers item_numbers[BATCH_ITEM_NUMBERS];
	batch_texts item_texts[BATCH_ITEM_TEXTS];
	batch_texts event_texts[BATCH_EVENT_TEXTS];
} postgres_batch;

void postgres_batch_init(postgres_batch *b, const memory *m);
void postgres_batch_free(postgres_batch *b);
void postgres_batch_clear(postgres_batch *b);

MUST_USE status postgres_batch_put(postgres_batch *b, const entry *e);
/* What the history has of a change. */
MUST_USE status postgres_batch_record(
	postgres_batch *b, slice id, const store_change *by, slice what);
bool postgres_batch_is_full(const postgres_batch *b);
/* Queues the statements, adds them to *queued, and empties the batch. */
MUST_USE status postgres_batch_queue(
	postgres_batch *b, postgres *db, postgres_values *v, size_t *queued);

#endif
