#include "termbase/names.h"

#include <stdlib.h>
#include <string.h>

#include "termbase/surface.h"
#include "text/utf8.h"

#define WORDS_LEAST 3
#define RARE 2   /* words kept of a name */
#define BEGINS 0 /* the rare word of the entry that says that a name begins so */

/* --- pieces --- */

static inline bool
is_piece(uint32_t c)
{
	if (c < 0x80)
		return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
	return utf8_is_letter(c);
}

/* Where the letters and digits from byte i on end. */
static size_t
piece_end(slice text, size_t i)
{
	size_t next;

	for (; i < text.n; i = next) {
		uint32_t c = (unsigned char)text.p[i];
		next = i + 1;
		if (c >= 0x80) {
			next = i;
			c = utf8_next(text, &next);
		}
		if (!is_piece(c))
			break;
	}
	return i;
}

static bool
is_between(uint32_t c)
{
	return c == ' ' || utf8_is_space(c) || c == '-' || c == '\'' || c == ',' || c == '(' ||
	       c == ')' || c == '/' || c == 0x2019 || c == 0x2010 || c == 0x2011;
}

/* Articles, prepositions and what links parts of a name in French and English: a closed class.
 * Conjunctions are not among them, for they tell where a name ends. */
static bool
is_function(slice s)
{
	static const slice words_of[] = { { "of", 2 }, { "to", 2 }, { "in", 2 }, { "on", 2 },
		{ "at", 2 }, { "by", 2 }, { "de", 2 }, { "du", 2 }, { "d", 1 }, { "l", 1 },
		{ "le", 2 }, { "la", 2 }, { "en", 2 }, { "au", 2 }, { "à", 2 }, { "a", 1 },
		{ "s", 1 }, { "the", 3 }, { "for", 3 }, { "des", 3 }, { "les", 3 },
		{ "aux", 3 }, { "une", 3 }, { "un", 2 }, { "par", 3 }, { "sur", 3 },
		{ "from", 4 }, { "into", 4 }, { "with", 4 }, { "under", 5 }, { "pour", 4 },
		{ "dans", 4 }, { "avec", 4 }, { "contre", 6 }, { "relatif", 7 },
		{ "relative", 8 }, { "relatifs", 8 }, { "relatives", 9 }, { "concernant", 10 },
		{ "concerning", 10 }, { "regarding", 9 } };

	if (s.n > 10)
		return false;
	for (size_t i = 0; i < sizeof(words_of) / sizeof(*words_of); i++)
		if (slice_equal(s, words_of[i]))
			return true;
	return false;
}

static void
read_piece(name_piece *p, name_keys *known)
{
	uint64_t hash = known == NULL ? 0 : slice_hash(p->text);
	size_t i = hash & (NAME_KEYS - 1);

	if (known != NULL && known->at[i].hash == hash && known->at[i].key != 0) {
		p->key = known->at[i].key;
		p->function = known->at[i].function;
		return;
	}
	p->key = surface_key(p->text);
	p->function = is_function(p->text);
	if (known == NULL)
		return;
	known->at[i].hash = hash;
	known->at[i].key = p->key;
	known->at[i].function = p->function;
}

size_t
name_pieces(name_piece *out, size_t most, slice text, size_t *end, name_keys *known)
{
	size_t n = 0, i = 0;

	while (i < text.n && n < most) {
		size_t at = i;
		uint32_t c = utf8_next(text, &i);
		if (is_between(c))
			continue;
		if (!is_piece(c)) {
			i = at;
			break;
		}
		i = piece_end(text, at);
		out[n].text = slice_sub(text, at, i);
		read_piece(&out[n++], known);
	}
	*end = i;
	return n;
}

/* --- building --- */

static size_t
long_words(const name_piece *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += !p[i].function;
	return count;
}

/* The pieces of a term that is an official name; 0 for any other. */
static size_t
pieces_of(name_piece *out, const index_term *t, slice strings)
{
	slice s = slice_sub(strings, t->surface.at, t->surface.at + t->surface.n);
	size_t i = 0, end;

	if (t->flags != 0 || t->status > TERM_ADMITTED || t->pieces < WORDS_LEAST ||
		!utf8_is_upper(utf8_next(s, &i)))
		return 0;
	size_t n = name_pieces(out, NAME_PIECES, s, &end, NULL);
	return end == s.n && long_words(out, n) >= WORDS_LEAST ? n : 0;
}

typedef struct counts { /* in how many names a word comes, by its key */
	uint32_t *of;
	uint32_t mask;
} counts;

static void
count_words(counts *c, const name_piece *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		c->of[p[i].key & c->mask]++;
}

static void
insert(index_name *table, uint32_t mask, index_name name)
{
	uint32_t i = names_slot(name.first, name.rare, mask);

	while (table[i].first != 0)
		i = (i + 1) & mask;
	table[i] = name;
}

/* Once for all names that begin so: searches for their rare words pass over it. */
static void
insert_beginning(index_name *table, uint32_t mask, uint32_t first, uint32_t term)
{
	uint32_t i = names_slot(first, BEGINS, mask);

	while (table[i].first != 0 && (table[i].first != first || table[i].rare != BEGINS))
		i = (i + 1) & mask;
	if (table[i].first == 0)
		table[i] = (index_name){ first, BEGINS, term };
}

/* The rarest long words behind the first. */
static void
insert_name(index_name *table, uint32_t mask, const counts *c, const name_piece *p, size_t n,
	uint32_t term)
{
	size_t chosen[RARE] = { 0 };

	for (size_t k = 0; k < RARE; k++)
		for (size_t i = 1; i < n; i++) {
			if (p[i].function || p[i].text.n < NAME_WORD || i == chosen[0])
				continue;
			if (chosen[k] == 0 ||
				c->of[p[i].key & c->mask] < c->of[p[chosen[k]].key & c->mask])
				chosen[k] = i;
		}
	for (size_t k = 0; k < RARE; k++)
		if (chosen[k] != 0)
			insert(table, mask, (index_name){ p[0].key, p[chosen[k]].key, term });
	insert_beginning(table, mask, p[0].key, term);
}

static uint32_t
power_above(uint32_t n)
{
	uint32_t size = 16;

	while (size < n)
		size *= 2;
	return size;
}

status
names_build(index_name **out, uint32_t *mask, arena *a, const index_term *terms, uint32_t count,
	slice strings)
{
	name_piece p[NAME_PIECES];
	uint32_t names = 0;
	counts c = { ARENA_ARRAY(a, uint32_t, 1 << 16), (1 << 16) - 1 };

	if (c.of == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		size_t n = pieces_of(p, &terms[i], strings);
		count_words(&c, p, n);
		names += n != 0;
	}
	*mask = power_above(names * 2 * (RARE + 1)) - 1;
	*out = ARENA_ARRAY(a, index_name, *mask + 1);
	if (*out == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		size_t n = pieces_of(p, &terms[i], strings);
		if (n != 0)
			insert_name(*out, *mask, &c, p, n, i);
	}
	return STATUS_OK;
}

/* --- searching --- */

bool
names_begin(const term_index *x, uint32_t first)
{
	uint32_t at = 0, term;

	return names_next(x, first, BEGINS, &at, &term);
}
