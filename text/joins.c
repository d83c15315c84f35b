/* See joins.h. The probability of b after a is P(b) times how much oftener the pair was seen
 * than chance would have it: (SHAPE + seen) / (SHAPE + expected), the mean of a gamma
 * posterior. Two common words that the reference texts never put side by side thereby get much
 * less than chance, and a rare word, of which nothing was to be expected, gets just chance. */
#include "text/joins.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/replace.h"
#include "text/utf8.h"

#define MAGIC 0x314E494F4A504152u /* changes with the layout and with the byte order */
#define ENTRIES_MAX 1000000
#define WORDS_DEFAULT 8000000.0 /* when the table is missing */
#define PAIR_BYTES_MAX 512

#define SHAPE 0.5
#define LOG_KNOWN_RARE (-8.0)  /* in the dictionary, never met in the reference texts */
#define LOG_LETTER (-6.5)      /* a letter alone that is no word: a), variables */
#define LOG_UNKNOWN (-5.5)     /* any unknown word, to be shared among all of its length */
#define LOG_UNKNOWN_POINT 0.75 /* and less for each letter of it */
#define LOG_UNKNOWN_LEAST (-9.3)
#define PART_FREQUENCY_MOST 30 /* in a million words */
#define PART_POINTS_MOST 12

typedef struct entry {
	uint64_t pair;
	uint32_t apart, joined;
} entry;

typedef struct header {
	uint64_t magic;
	uint32_t count;
	uint32_t words; /* of the reference texts */
} header;

typedef struct table {
	file file;
	const entry *at;
	size_t count;
	double words;
} table;

struct joins {
	table of[LANGUAGES];
};

static uint64_t
hash_pair(slice first, slice second)
{
	char pair[PAIR_BYTES_MAX];

	if (first.n + second.n + 1 > sizeof(pair))
		return 0;
	memcpy(pair, first.p, first.n);
	pair[first.n] = ' ';
	memcpy(pair + first.n + 1, second.p, second.n);
	return slice_hash((slice){ pair, first.n + second.n + 1 });
}

static status
damaged(context *c, const char *path)
{
	return context_fail(c, STATUS_DAMAGED,
		"%s is not a table of word pairs of this version: run make again",
		"%s n’est pas une table de paires de mots de cette version\u00A0: relancer "
		"make",
		path);
}

static status
open_table(table *t, context *c, const char *folder, language l)
{
	char path[4096];
	header h;

	if (snprintf(path, sizeof(path), "%s/%s.joins", folder, language_name(l)) >=
		(int)sizeof(path))
		return context_fail(c, STATUS_USAGE, "path too long: %s",
			"chemin trop long\u00A0: %s", folder);
	status mapped = file_map(&t->file, path);
	if (mapped != STATUS_OK)
		return mapped == STATUS_DAMAGED ? damaged(c, path) : file_failed(c, path);
	slice s = t->file.bytes;
	if (s.n < sizeof(h))
		return damaged(c, path);
	memcpy(&h, s.p, sizeof(h));
	if (h.magic != MAGIC || h.count > ENTRIES_MAX ||
		s.n != sizeof(h) + h.count * sizeof(entry))
		return damaged(c, path);
	t->at = (const entry *)(const void *)(s.p + sizeof(h));
	t->count = h.count;
	t->words = h.words;
	return STATUS_OK;
}

status
joins_open(joins **out, context *c, const char *data_folder)
{
	joins *j = memory_alloc(c->memory, sizeof(*j));

	*out = NULL;
	if (j == NULL)
		return STATUS_MEMORY;
	memset(j, 0, sizeof(*j));
	for (int i = 0; i < LANGUAGES; i++) {
		status s = open_table(&j->of[i], c, data_folder, (language)(LANGUAGE_FR + i));
		if (s != STATUS_OK) {
			joins_close(j, c->memory);
			return s;
		}
	}
	*out = j;
	return STATUS_OK;
}

void
joins_close(joins *j, const memory *m)
{
	if (j == NULL)
		return;
	for (int i = 0; i < LANGUAGES; i++)
		if (j->of[i].file.bytes.p != NULL)
			file_close(&j->of[i].file, m);
	memory_free(m, j);
}

join_counts
joins_find(const joins *j, language l, slice first, slice second)
{
	if (j == NULL)
		return (join_counts){ 0 };
	const table *t = &j->of[l - LANGUAGE_FR];
	uint64_t pair = hash_pair(first, second);
	size_t low = 0, high = t->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->at[middle].pair < pair)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == t->count || t->at[low].pair != pair)
		return (join_counts){ 0 };
	return (join_counts){ t->at[low].apart, t->at[low].joined };
}

/* French: a, y, à and ô; English: a, i and o. */
bool
joins_is_letter_word(language l, slice lower)
{
	if (lower.n == 1)
		return lower.p[0] == 'a' ||
		       (l == LANGUAGE_FR ? lower.p[0] == 'y'
					 : lower.p[0] == 'i' || lower.p[0] == 'o');
	if (l != LANGUAGE_FR || lower.n != 2 || lower.p[0] != '\xC3')
		return false;
	return lower.p[1] == '\xA0' || lower.p[1] == '\xB4';
}

double
joins_unknown(size_t points)
{
	return LOG_UNKNOWN - LOG_UNKNOWN_POINT * (double)points;
}

double
joins_word(const lexicon *x, language l, join_word w)
{
	size_t points = utf8_count(w.lower);

	if (points == 1 && !joins_is_letter_word(l, w.lower))
		return LOG_LETTER;
	uint32_t frequency = x == NULL || !w.known ? 0 : lexicon_frequency(x, w.lower);
	if (frequency != 0)
		return log10(frequency) - 6.0;
	if (w.known)
		return LOG_KNOWN_RARE;
	return fmax(joins_unknown(points), LOG_UNKNOWN_LEAST);
}

join_weight
joins_weigh(const lexicon *x, language l, join_word w)
{
	return (join_weight){ w.lower, joins_word(x, l, w) };
}

double
joins_after(const joins *j, language l, join_weight first, join_weight second)
{
	double total = j == NULL ? WORDS_DEFAULT : j->of[l - LANGUAGE_FR].words;
	double seen = joins_find(j, l, first.lower, second.lower).apart;
	double expected = total * pow(10, first.alone + second.alone);

	return second.alone + log10((SHAPE + seen) / (SHAPE + expected));
}

double
joins_apart(const joins *j, const lexicon *x, language l, join_word first, join_word second)
{
	join_weight a = joins_weigh(x, l, first), b = joins_weigh(x, l, second);

	return a.alone + joins_after(j, l, a, b);
}

void
joins_read(struct words *w, uint32_t id, language l)
{
	const word *x = words_at(w, id);
	const lexicon *dictionary = w->lexicons[l - LANGUAGE_FR];
	word_reading *r = &w->list.at[id].in[l - LANGUAGE_FR];

	if (!r->known || dictionary == NULL || x->points > PART_POINTS_MOST ||
		(x->shape & (SHAPE_LOWER | SHAPE_TITLE)) == 0)
		return;
	if (slice_ends(x->text, SLICE("\u2019"))) /* an elision is no piece */
		return;
	/* With nothing that is known does it make a word; what is unknown is looked at itself,
	 * and so are single letters. Of a form with a hyphen it is the parts that make one. */
	lexicon_ends ends = w->hot.at[id].ends[l - LANGUAGE_FR];
	unsigned pieces =
		(ends.before & ~LEXICON_LETTER_BEFORE) | (ends.after & ~LEXICON_LETTER_AFTER);
	if (pieces == 0 && w->hot.at[id].piece_bytes != 0)
		return;
	uint32_t form = words_form(w, x->lower, l);
	uint32_t frequency = form == LEXICON_NONE ? lexicon_frequency(dictionary,
							    words_at(w, x->lower)->text)
						  : lexicon_frequency_of(dictionary, form);
	if (frequency <= PART_FREQUENCY_MOST)
		r->features |= FEATURE_PART;
}

typedef struct reader { /* of one table of pairs */
	header header;
	ARRAY(entry) entries;
} reader;

static bool
read_number(slice s, uint32_t *out)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || n > UINT32_MAX / 10)
			return false;
		n = n * 10 + (uint64_t)(s.p[i] - '0');
	}
	*out = (uint32_t)n;
	return s.n != 0 && n <= UINT32_MAX;
}

static bool
read_row(slice line, entry *out)
{
	slice first, second, apart, joined;

	if (!slice_cut(line, '\t', &first, &line) || !slice_cut(line, '\t', &second, &line) ||
		!slice_cut(line, '\t', &apart, &joined))
		return false;
	out->pair = hash_pair(first, second);
	return read_number(apart, &out->apart) && read_number(joined, &out->joined);
}

static status
read_rows(reader *r, context *c, slice rest, const char *path)
{
	const slice total = SLICE("# words ");
	slice line;
	entry e;

	for (unsigned n = 1; slice_line(&rest, &line); n++) {
		if (slice_starts(line, total) &&
			!read_number(slice_sub(line, total.n, line.n), &r->header.words))
			return damaged(c, path);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!read_row(line, &e) || r->entries.n == ENTRIES_MAX)
			return context_fail(c, STATUS_FORMAT,
				"%s:%u: not a row of four columns",
				"%s:%u\u00A0: pas une ligne de quatre colonnes", path, n);
		TRY(ARRAY_RESERVE(c->memory, &r->entries, 1));
		r->entries.at[r->entries.n++] = e;
	}
	return STATUS_OK;
}

static int
by_pair(const void *left, const void *right)
{
	const entry *a = left, *b = right;

	return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static status
write_table(const reader *r, context *c, const char *path)
{
	buffer bytes;

	buffer_init(&bytes, c->memory, c->limits.output);
	buffer_put(&bytes, (slice){ (const char *)&r->header, sizeof(r->header) });
	if (r->entries.n > 0)
		buffer_put(&bytes,
			(slice){ (const char *)r->entries.at, r->entries.n * sizeof(entry) });
	status s = bytes.status;
	if (s == STATUS_OK)
		s = file_put(c, path, buffer_slice(&bytes));
	buffer_free(&bytes);
	return s;
}

status
joins_compile(context *c, const char *tsv_path, const char *out_path)
{
	file f;
	reader r = { .header.magic = MAGIC };

	TRY(file_open(&f, c, tsv_path));
	status s = read_rows(&r, c, f.bytes, tsv_path);
	if (s == STATUS_OK && r.entries.n > 1)
		qsort(r.entries.at, r.entries.n, sizeof(entry), by_pair);
	r.header.count = (uint32_t)r.entries.n;
	if (s == STATUS_OK)
		s = write_table(&r, c, out_path);
	ARRAY_FREE(c->memory, &r.entries);
	file_close(&f, c->memory);
	return s;
}
