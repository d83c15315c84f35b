/* Lists of words of a memory, which a reader may take in parts while others put blocks
 * together. */
#include "base/xml.h"
#include "tests/unit/tm_stores.h"
#include "tm/piece.h"
#include "tm/postings.h"
#include "tm/store.h"

#define UNITS 40
#define OK(expression) assert_int_equal((expression), STATUS_OK)

static void
add(tm_store *s, unsigned n)
{
	char source[64], target[64];
	tm_unit u;
	bool added;

	snprintf(source, sizeof(source), "Chapter w%u of the handbook", n);
	snprintf(target, sizeof(target), "Chapitre w%u du manuel", n);
	tm_unit_init(&u, &memory_libc);
	OK(tm_unit_set(&u, &u.side[0].language, SLICE("en")));
	OK(tm_unit_set(&u, &u.side[1].language, SLICE("fr")));
	OK(tm_unit_set(&u, &u.side[0].text, slice_of(source)));
	OK(tm_unit_set(&u, &u.side[1].text, slice_of(target)));
	OK(tm_store_add(s, &u, &added));
	assert_true(added);
	tm_unit_free(&u);
}

static uint64_t
key_of(const char *word)
{
	tm_pieces *p;

	OK(tm_pieces_open(&p, &memory_libc));
	OK(tm_pieces_cut(p, slice_of(word)));
	assert_int_equal(p->n, 1);
	uint64_t key = p->at[0].word;
	tm_pieces_close(p);
	return key;
}

typedef struct met {
	size_t times[UNITS + 1], chunks;
	tm_store *other; /* puts the blocks together when the first chunk was taken */
} met;

static status
take(void *user, int64_t key, const void *chunk, size_t n)
{
	met *m = user;
	posting_reader r;
	uint32_t unit;

	assert_true(posting_open(&r, key, chunk, n));
	while (posting_next(&r, &unit)) {
		assert_in_range(unit, 1, UNITS);
		m->times[unit]++;
	}
	assert_true(posting_ended_well(&r));
	if (m->chunks++ == 0 && m->other != NULL)
		OK(tm_store_tune(m->other));
	return STATUS_OK;
}

/* A list of which the start was fetched is read to its end: each unit once. */
static void
read_all(tm_store *reader, tm_store *other)
{
	uint64_t key = key_of("handbook");
	met m = { .other = other };

	OK(tm_store_begin_read(reader));
	OK(tm_store_expect_words(reader, &key, 1, SLICE("en"), POSTING_SOURCE, 1));
	OK(tm_store_word_list(reader, key, SLICE("en"), POSTING_SOURCE, take, &m));
	tm_store_end_read(reader);
	if (other != NULL &&
		tm_stores_shards == 1) /* two blocks, and what they became part of */
		assert_int_equal(m.chunks, 3);
	for (size_t i = 1; i <= UNITS; i++)
		assert_int_equal(m.times[i], 1);
}

static void
a_list_is_read_while_its_blocks_are_put_together(void **state)
{
	tm_store *writer, *reader;
	context c, d;

	(void)state;
	context_init(&c, &memory_libc);
	context_init(&d, &memory_libc);
	OK(tm_store_open(&writer, &c, tm_stores_path("lists"), TM_STORE_WRITE));
	for (unsigned n = 0; n < UNITS; n++)
		add(writer, n);
	OK(tm_store_open(&reader, &d, tm_stores_path("lists"), TM_STORE_READ));
	read_all(reader, NULL);
	read_all(reader, writer);
	read_all(reader, NULL);
	tm_store_close(reader);
	tm_store_close(writer);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_read_while_its_blocks_are_put_together),
	};

	(void)argc;
	return TM_STORES_RUN(argv, tests, tests);
}
