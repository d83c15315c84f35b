/* Writes the compiled lexicon: expands the dictionaries of a language, gives every distinct
 * form one record, numbers the folded spellings, sorts the records by how frequent they are and
 * writes all tables to a new file that takes the place of the old one at once.
 *
 * Workload: 0.5 million forms; a second and 100 MB. Everything lies in one arena. */
#include "text/lexicon.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/file.h"
#include "text/automaton.h"
#include "text/expand.h"
#include "text/fold.h"
#include "text/lexicon_ends.h"
#include "text/lexicon_file.h"
#include "text/lexicon_source.h"
#include "text/lexicon_write.h"
#include "text/morphology.h"
#include "text/rolling.h"

#define PATH_ROOM 4096
#define FORM_BYTES 1024
#define NONE UINT32_MAX
#define PER_HUNDRED_MILLION 100 /* times one in a million */

/* Strings, each once, numbered as they come. */
typedef struct names {
	ARRAY(slice) strings;
	uint32_t *slots; /* number + 1 */
	size_t size;
} names;

typedef struct reading {
	analysis analysis;
	uint32_t next; /* of the same form; NONE ends */
} reading;

typedef struct record {
	uint8_t verdict[LEXICON_SIDES];
	uint16_t prefixes;
	uint32_t readings;
	uint32_t frequency;
	uint16_t class;
	slice folded;
	uint32_t number;
	uint32_t group;           /* by folded spelling */
	uint32_t group_frequency; /* of its most frequent form */
	uint32_t group_lemma;     /* of the most frequent form of its lemmas */
} record;

typedef struct compiler {
	context *context;
	const memory *memory;
	arena arena;
	names forms, lemmas, frequent;
	ARRAY(record) records;       /* parallel to forms */
	ARRAY(uint32_t) frequencies; /* parallel to frequent */
	ARRAY(reading) readings;
	ARRAY(struct lexicon_class) classes;
	ARRAY(struct lexicon_piece) pieces;
	buffer rules;
	size_t side;
	struct lexicon_header header;
} compiler;

static status
rehash(names *t, const memory *m, size_t size)
{
	uint32_t *slots = memory_alloc(m, size * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, size * sizeof(*slots));
	for (size_t i = 0; i < t->strings.n; i++) {
		size_t slot = slice_hash(t->strings.at[i]) & (size - 1);
		while (slots[slot] != 0)
			slot = (slot + 1) & (size - 1);
		slots[slot] = (uint32_t)i + 1;
	}
	memory_free(m, t->slots);
	t->slots = slots;
	t->size = size;
	return STATUS_OK;
}

static size_t
slot_of(const names *t, slice s)
{
	size_t slot = slice_hash(s) & (t->size - 1);

	while (t->slots[slot] != 0 && !slice_equal(t->strings.at[t->slots[slot] - 1], s))
		slot = (slot + 1) & (t->size - 1);
	return slot;
}

/* The number of s; a new one when s is met for the first time. */
static status
intern(compiler *x, names *t, slice s, uint32_t *number, bool *is_new)
{
	if (t->strings.n * 2 >= t->size)
		TRY(rehash(t, x->memory, t->size == 0 ? 1024 : t->size * 2));
	size_t slot = slot_of(t, s);
	*is_new = t->slots[slot] == 0;
	if (*is_new) {
		slice copy;
		TRY(ARRAY_RESERVE(x->memory, &t->strings, 1));
		TRY(arena_copy(&x->arena, s, &copy));
		t->strings.at[t->strings.n++] = copy;
		t->slots[slot] = (uint32_t)t->strings.n;
	}
	*number = t->slots[slot] - 1;
	return STATUS_OK;
}

static bool
is_plain_affixed(uint8_t verdict)
{
	return (verdict & (VERDICT_AFFIXED | VERDICT_UPPER)) == VERDICT_AFFIXED;
}

/* Hunspell takes the first direct entry; without one, any entry that affixes lead to. A hidden
 * twin is passed over when the word is not in capitals, and then affixes count again. */
static uint8_t
merge_verdicts(uint8_t old, uint8_t new)
{
	const uint8_t doubts = VERDICT_KEEP_CASE | VERDICT_UPPER | VERDICT_NO_SUGGEST;

	if (old & VERDICT_DIRECT)
		return is_plain_affixed(new) ? old & (uint8_t)~VERDICT_UPPER : old;
	if (new &VERDICT_DIRECT)
		return is_plain_affixed(old) ? new &(uint8_t)~VERDICT_UPPER : new;
	if ((new &VERDICT_AFFIXED) == 0)
		return old;
	if ((old & VERDICT_AFFIXED) == 0)
		return new;
	return (uint8_t)(((old | new) & ~doubts) | (old & new &doubts));
}

static status
add_reading(compiler *x, record *r, analysis a)
{
	for (uint32_t i = r->readings; i != NONE; i = x->readings.at[i].next)
		if (x->readings.at[i].analysis.lemma == a.lemma &&
			x->readings.at[i].analysis.grammar == a.grammar)
			return STATUS_OK;
	TRY(ARRAY_RESERVE(x->memory, &x->readings, 1));
	x->readings.at[x->readings.n] = (reading){ a, r->readings };
	r->readings = (uint32_t)x->readings.n++;
	return STATUS_OK;
}

static status
take_form(void *user, const expand_form *form)
{
	compiler *x = user;
	uint32_t number, lemma;
	bool is_new;

	TRY(intern(x, &x->forms, form->text, &number, &is_new));
	if (is_new) {
		TRY(ARRAY_RESERVE(x->memory, &x->records, 1));
		x->records.at[x->records.n++] = (record){ .readings = NONE, .number = number };
	}
	record *r = &x->records.at[number];
	uint8_t *verdict = &r->verdict[x->side];
	*verdict = merge_verdicts(*verdict, form->verdict);
	r->prefixes |= form->prefixes;
	if (form->verdict & VERDICT_UPPER)
		return STATUS_OK;
	TRY(intern(x, &x->lemmas, form->lemma, &lemma, &is_new));
	return add_reading(x, r,
		(analysis){ lemma,
			morphology_read(form->entry_morphology, form->affix_morphology) });
}

/* ---- frequencies: "word<TAB>occurrences per million" ---- */

static status
take_frequency(compiler *x, slice line)
{
	slice word, value;
	char digits[32];
	uint32_t number;
	bool is_new;

	if (line.n == 0 || line.p[0] == '#' || !slice_cut(line, '\t', &word, &value) ||
		value.n >= sizeof(digits))
		return STATUS_OK;
	memcpy(digits, value.p, value.n);
	digits[value.n] = '\0';
	double per_million = strtod(digits, NULL);
	if (!(per_million >= 0 && per_million < 1e6))
		return STATUS_OK;
	TRY(intern(x, &x->frequent, word, &number, &is_new));
	if (!is_new)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(x->memory, &x->frequencies, 1));
	x->frequencies.at[x->frequencies.n++] =
		(uint32_t)(per_million * PER_HUNDRED_MILLION + 0.5);
	return STATUS_OK;
}

static status
read_frequencies(compiler *x, const char *path)
{
	file f;
	slice line;
	status result;

	if (path == NULL)
		return STATUS_OK;
	result = file_open(&f, x->context, path);
	if (result == STATUS_NOT_FOUND)
		return STATUS_OK;
	TRY(result);
	for (slice rest = f.bytes; result == STATUS_OK && slice_line(&rest, &line);)
		result = take_frequency(x, line);
	file_close(&f, x->memory);
	return result;
}

static uint32_t
frequency_of(const compiler *x, slice form)
{
	char lower[3 * 256 + 4];

	if (form.n > 256 || x->frequent.size == 0)
		return 0;
	slice key = { lower, text_lower(lower, form) };
	uint32_t slot = x->frequent.slots[slot_of(&x->frequent, key)];
	return slot == 0 ? 0 : x->frequencies.at[slot - 1];
}

/* ---- what the reader needs of the .aff ---- */

static bool
is_reader_rule(slice line)
{
	static const slice keywords[] = { { "BREAK ", 6 }, { "ICONV ", 6 }, { "REP ", 4 },
		{ "KEY ", 4 }, { "COMPOUNDRULE ", 13 } };

	for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (slice_starts(line, keywords[i]))
			return true;
	return false;
}

static bool
is_count(slice line)
{
	slice keyword, value;

	slice_cut(line, ' ', &keyword, &value);
	value = slice_trim(value);
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
	return true;
}

static void
write_prefix_rules(compiler *x, const affix *a)
{
	expand_elisions e = expand_elisions_of(a);

	for (size_t bit = 0; bit < e.n; bit++)
		for (size_t i = 0; i < e.at[bit]->n; i++) {
			const affix_rule *r = &e.at[bit]->rules[i];
			buffer_printf(&x->rules, "%zu PFX %zu %.*s %.*s %.*s\n", x->side, bit,
				SLICE_ARG(r->strip.n == 0 ? SLICE("0") : r->strip),
				SLICE_ARG(r->add),
				SLICE_ARG(r->condition.n == 0 ? SLICE(".") : r->condition));
		}
}

static void
write_reader_rules(compiler *x, const affix *a)
{
	slice line;
	bool breaks = false;

	for (slice rest = a->text; slice_line(&rest, &line);) {
		if (!is_reader_rule(line) || is_count(line))
			continue;
		breaks |= slice_starts(line, SLICE("BREAK "));
		buffer_printf(&x->rules, "%zu %.*s\n", x->side, SLICE_ARG(line));
	}
	if (!breaks) /* hunspell(5), BREAK: the default */
		buffer_printf(&x->rules, "%zu BREAK -\n%zu BREAK ^-\n%zu BREAK -$\n", x->side,
			x->side, x->side);
	write_prefix_rules(x, a);
}

/* The distinct flags of all COMPOUNDRULE lines, in order of appearance: the symbols. */
static size_t
compound_symbols(const affix *a, arena *scratch, affix_flag symbols[32])
{
	slice line, keyword, value;
	affix_flags flags;
	size_t n = 0;

	for (slice rest = a->text; slice_line(&rest, &line);) {
		slice_cut(line, ' ', &keyword, &value);
		if (!slice_equal(keyword, SLICE("COMPOUNDRULE")) || is_count(line) ||
			affix_flags_read(a, scratch, value, &flags) != STATUS_OK)
			continue;
		for (size_t i = 0; i < flags.n; i++)
			if (flags.at[i] != '*' && flags.at[i] != '?' && n < 32 &&
				!affix_has((affix_flags){ symbols, n }, flags.at[i]))
				symbols[n++] = flags.at[i];
	}
	return n;
}

static status
take_piece(compiler *x, const affix_entry *e, const affix_flag *symbols, size_t n)
{
	struct lexicon_piece piece = { .side = (uint8_t)x->side, .bytes = (uint8_t)e->word.n };

	for (size_t i = 0; i < n; i++)
		if (affix_has(e->flags, symbols[i]))
			piece.symbols |= 1u << i;
	if (piece.symbols == 0 || e->word.n > sizeof(piece.text))
		return STATUS_OK;
	memcpy(piece.text, e->word.p, e->word.n);
	TRY(ARRAY_RESERVE(x->memory, &x->pieces, 1));
	x->pieces.at[x->pieces.n++] = piece;
	return STATUS_OK;
}

static status
find_pieces(compiler *x, const affix *a, arena *scratch, slice dic)
{
	affix_flag symbols[32];
	size_t n = compound_symbols(a, scratch, symbols);
	slice line;
	affix_entry entry;
	bool found;

	for (slice rest = dic; n > 0 && slice_line(&rest, &line); arena_reset(scratch)) {
		TRY(affix_entry_read(a, scratch, line, &entry, &found));
		if (found)
			TRY(take_piece(x, &entry, symbols, n));
	}
	return STATUS_OK;
}

/* ---- dictionaries ---- */

static status
note_source(compiler *x, const char *path, slice bytes, size_t part)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return context_fail(
			x->context, STATUS_IO, "%s: %s", "%s\u00A0: %s", path, strerror(errno));
	size_t i = x->side * 2 + part;
	x->header.sources[i].bytes = (uint64_t)st.st_size;
	x->header.sources[i].modified = (int64_t)st.st_mtime;
	x->header.sources[i].hash = slice_hash(bytes);
	return STATUS_OK;
}

static status
open_source(compiler *x, const char *folder, size_t part, file *f)
{
	char path[PATH_ROOM];

	TRY(lexicon_source_path(
		path, sizeof(path), folder, (language)x->header.language, x->side, part));
	TRY(file_open(f, x->context, path));
	status s = note_source(x, path, f->bytes, part);
	if (s != STATUS_OK)
		file_close(f, x->memory);
	return s;
}

static status
expand_files(compiler *x, slice aff, slice dic)
{
	affix *a = memory_alloc(x->memory, sizeof(*a));
	expand_sink sink = { take_form, x };
	arena scratch;

	if (a == NULL)
		return STATUS_MEMORY;
	arena_init(&scratch, x->memory);
	status s = affix_read(a, x->context, aff);
	if (s == STATUS_OK)
		s = expand_dictionary(
			a, x->memory, dic, x->header.language == LANGUAGE_EN, sink);
	if (s == STATUS_OK)
		s = find_pieces(x, a, &scratch, dic);
	if (s == STATUS_OK)
		write_reader_rules(x, a);
	affix_free(a, x->memory);
	memory_free(x->memory, a);
	arena_free(&scratch);
	return s;
}

static status
read_dictionary(compiler *x, const char *folder)
{
	file aff, dic;

	TRY(open_source(x, folder, 0, &aff));
	status s = open_source(x, folder, 1, &dic);
	if (s == STATUS_OK) {
		s = expand_files(x, aff.bytes, dic.bytes);
		file_close(&dic, x->memory);
	}
	file_close(&aff, x->memory);
	return s;
}

/* ---- sorting and tables ---- */

static status
too_much(const compiler *x)
{
	return context_fail(x->context, STATUS_LIMIT,
		"the dictionary has more than a compiled one has room for",
		"le dictionnaire a plus de contenu que n’en admet un dictionnaire compilé");
}

static status
class_of(compiler *x, const record *r, uint16_t *out)
{
	struct lexicon_class class = { .prefixes = r->prefixes };

	memcpy(class.verdict, r->verdict, sizeof(class.verdict));
	for (size_t i = x->classes.n; i > 0; i--)
		if (memcmp(&x->classes.at[i - 1], &class, sizeof(class)) == 0) {
			*out = (uint16_t)(i - 1);
			return STATUS_OK;
		}
	if (x->classes.n == LEXICON_CLASSES_MAX)
		return too_much(x);
	TRY(ARRAY_RESERVE(x->memory, &x->classes, 1));
	*out = (uint16_t)x->classes.n;
	x->classes.at[x->classes.n++] = class;
	return STATUS_OK;
}

static status
complete_record(compiler *x, record *r)
{
	slice form = x->forms.strings.at[r->number];
	char *p = ARENA_ARRAY(&x->arena, char, form.n * 3 + 4);

	if (p == NULL)
		return STATUS_MEMORY;
	r->folded = (slice){ p, text_fold(p, form) };
	if (r->folded.n == 0)
		r->folded = form;
	r->frequency = frequency_of(x, form);
	return class_of(x, r, &r->class);
}

/* By folded spelling, falling frequency. */
static int
compare_spellings(const void *left, const void *right)
{
	const record *a = left, *b = right;
	int order = slice_compare(a->folded, b->folded);

	if (order != 0)
		return order;
	if (a->frequency != b->frequency)
		return a->frequency < b->frequency ? 1 : -1;
	return (a->number > b->number) - (a->number < b->number);
}

/* Frequent groups first, then the other forms of their lemmas, so that the forms of an ordinary
 * text lie on few pages. */
static int
compare_places(const void *left, const void *right)
{
	const record *a = left, *b = right;

	if (a->group_frequency != b->group_frequency)
		return a->group_frequency < b->group_frequency ? 1 : -1;
	if (a->group_lemma != b->group_lemma)
		return a->group_lemma < b->group_lemma ? 1 : -1;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return compare_spellings(a, b);
}

typedef struct tables {
	ARRAY(struct lexicon_form) forms;
	ARRAY(analysis) analyses;
	ARRAY(uint32_t) groups, lemmas;
	buffer text, lemma_text;
	uint32_t *slots, *frequent;
	size_t slot_count, frequent_count;
	uint64_t *filter;
	size_t filter_count;
	automaton automaton;
} tables;

static status
add_analyses(compiler *x, tables *t, const record *r)
{
	for (uint32_t i = r->readings; i != NONE; i = x->readings.at[i].next) {
		TRY(ARRAY_RESERVE(x->memory, &t->analyses, 1));
		t->analyses.at[t->analyses.n++] = x->readings.at[i].analysis;
	}
	return STATUS_OK;
}

static status
next_form(const compiler *x, const tables *t, struct lexicon_form *out)
{
	if (t->text.n > LEXICON_TEXT_MAX || t->analyses.n > LEXICON_ANALYSES_MAX)
		return too_much(x);
	*out = (struct lexicon_form){ .text = t->text.n & LEXICON_TEXT_MAX,
		.analyses = t->analyses.n & LEXICON_ANALYSES_MAX };
	return STATUS_OK;
}

static status
add_form(compiler *x, tables *t, const record *r)
{
	struct lexicon_form form;

	TRY(next_form(x, t, &form));
	form.class = r->class & (LEXICON_CLASSES_MAX - 1);
	form.frequency = lexicon_frequency_pack(r->frequency);
	TRY(ARRAY_RESERVE(x->memory, &t->forms, 2));
	t->forms.at[t->forms.n++] = form;
	buffer_put(&t->text, x->forms.strings.at[r->number]);
	return add_analyses(x, t, r);
}

/* Numbers the groups in the order of their spellings, as the automaton counts them. */
static status
number_groups(compiler *x, tables *t)
{
	uint32_t count = 0, frequency = 0;

	for (size_t i = 0; i < x->records.n; i++) {
		record *r = &x->records.at[i];
		if (i == 0 || !slice_equal(r[-1].folded, r->folded)) {
			TRY(automaton_add(&t->automaton, r->folded));
			frequency = r->frequency;
			count++;
		}
		r->group = count - 1;
		r->group_frequency = frequency;
	}
	TRY(ARRAY_RESERVE(x->memory, &t->groups, count));
	t->groups.n = count;
	return automaton_finish(&t->automaton);
}

static uint32_t
most_of_lemmas(const compiler *x, const record *r, const uint32_t *of_lemma)
{
	uint32_t most = 0;

	for (uint32_t i = r->readings; i != NONE; i = x->readings.at[i].next) {
		uint32_t frequency = of_lemma[x->readings.at[i].analysis.lemma];
		most = frequency > most ? frequency : most;
	}
	return most;
}

/* How frequent the lemmas of each group are, by their most frequent form. */
static status
weigh_lemmas(compiler *x)
{
	uint32_t *of_lemma = ARENA_ARRAY(&x->arena, uint32_t, x->lemmas.strings.n);
	size_t end;

	if (of_lemma == NULL)
		return STATUS_MEMORY;
	for (size_t k = 0; k < x->records.n; k++) {
		const record *r = &x->records.at[k];
		for (uint32_t i = r->readings; i != NONE; i = x->readings.at[i].next) {
			uint32_t *most = &of_lemma[x->readings.at[i].analysis.lemma];
			*most = r->frequency > *most ? r->frequency : *most;
		}
	}
	for (size_t k = 0; k < x->records.n; k = end) {
		uint32_t most = 0;
		for (end = k; end < x->records.n &&
			      x->records.at[end].group == x->records.at[k].group;
			end++) {
			uint32_t one = most_of_lemmas(x, &x->records.at[end], of_lemma);
			most = one > most ? one : most;
		}
		for (size_t i = k; i < end; i++)
			x->records.at[i].group_lemma = most;
	}
	return STATUS_OK;
}

static status
check_count(const compiler *x)
{
	if (x->records.n == 0)
		return context_fail(x->context, STATUS_FORMAT, "the dictionary is empty",
			"le dictionnaire est vide");
	if (x->records.n > LEXICON_FORM_MASK)
		return context_fail(x->context, STATUS_LIMIT,
			"the dictionary has more than %u forms",
			"le dictionnaire a plus de %u formes", LEXICON_FORM_MASK);
	return STATUS_OK;
}

static status
too_many_alike(const compiler *x, const record *r)
{
	return context_fail(x->context, STATUS_LIMIT,
		"more than %u forms that only accents and capitals tell apart: %.*s",
		"plus de %u formes que seuls accents et majuscules distinguent\u00A0: %.*s",
		LEXICON_GROUP_MAX, (int)r->folded.n, r->folded.p);
}

static status
add_forms(compiler *x, tables *t)
{
	for (size_t i = 0, first = 0; i < x->records.n; i++) {
		const record *r = &x->records.at[i];
		if (i == 0 || r->group != r[-1].group)
			first = i;
		if (i - first >= LEXICON_GROUP_MAX)
			return too_many_alike(x, r);
		t->groups.at[r->group] = lexicon_group_pack(first, i + 1 - first);
		TRY(add_form(x, t, r));
	}
	return next_form(x, t, &t->forms.at[t->forms.n]);
}

static status
add_lemmas(compiler *x, tables *t)
{
	TRY(ARRAY_RESERVE(x->memory, &t->lemmas, x->lemmas.strings.n + 1));
	for (size_t i = 0; i < x->lemmas.strings.n; i++) {
		t->lemmas.at[t->lemmas.n++] = (uint32_t)t->lemma_text.n;
		buffer_put(&t->lemma_text, x->lemmas.strings.at[i]);
	}
	t->lemmas.at[t->lemmas.n] = (uint32_t)t->lemma_text.n;
	return STATUS_OK;
}

/* A table of the forms from first to end, at most seven tenths full. */
static status
fill_slots(const compiler *x, size_t first, size_t end, uint32_t **slots, size_t *count)
{
	*count = 1024;
	while (*count * 7 < (end - first) * 10)
		*count *= 2;
	*slots = memory_alloc(x->memory, *count * sizeof(**slots));
	if (*slots == NULL)
		return STATUS_MEMORY;
	memset(*slots, 0, *count * sizeof(**slots));
	for (size_t i = first; i < end; i++) {
		uint64_t hash = slice_hash(x->forms.strings.at[x->records.at[i].number]);
		size_t slot = hash & (*count - 1);
		while ((*slots)[slot] != 0)
			slot = (slot + 1) & (*count - 1);
		(*slots)[slot] =
			(uint32_t)(hash >> 52 << LEXICON_FORM_BITS) | (uint32_t)(i + 1);
	}
	return STATUS_OK;
}

static status
fill_both_slots(const compiler *x, tables *t)
{
	size_t frequent = 0;

	while (frequent < x->records.n && x->records.at[frequent].group_frequency > 0)
		frequent++;
	TRY(fill_slots(x, 0, frequent, &t->frequent, &t->frequent_count));
	return fill_slots(x, frequent, x->records.n, &t->slots, &t->slot_count);
}

/* The form of a record in lower case. */
static status
lower_form(const compiler *x, size_t i, char room[3 * FORM_BYTES + 4], slice *lower)
{
	slice form = x->forms.strings.at[x->records.at[i].number];

	if (form.n > FORM_BYTES)
		return context_fail(x->context, STATUS_LIMIT, "a form of more than %u bytes",
			"une forme de plus de %u octets", FORM_BYTES);
	*lower = (slice){ room, text_lower(room, form) };
	return STATUS_OK;
}

/* Eight bits a form, rounded up to a power of two. */
static status
fill_filter(compiler *x, tables *t)
{
	char room[3 * FORM_BYTES + 4];
	slice lower;

	t->filter_count = 1;
	while (t->filter_count * 8 < t->forms.n)
		t->filter_count *= 2;
	t->filter = memory_alloc(x->memory, t->filter_count * sizeof(*t->filter));
	if (t->filter == NULL)
		return STATUS_MEMORY;
	memset(t->filter, 0, t->filter_count * sizeof(*t->filter));
	for (size_t i = 0; i < x->records.n; i++) {
		TRY(lower_form(x, i, room, &lower));
		uint64_t hash = rolling_hash(lower);
		t->filter[lexicon_filter_word(hash) & (t->filter_count - 1)] |=
			lexicon_filter_bits(hash);
	}
	return STATUS_OK;
}

static void
give_ends(struct lexicon_form *form, lexicon_ends ends)
{
	form->before = (unsigned)ends.before & 0xFFF;
	form->after = ends.after;
}

/* The ends of all forms: when all are there, each is split, and gives bits to its halves. */
static status
fill_ends(compiler *x, tables *t)
{
	char room[3 * FORM_BYTES + 4];
	slice lower;
	ends_table e;

	TRY(ends_init(&e, x->memory, x->records.n));
	status s = STATUS_OK;
	for (size_t i = 0; s == STATUS_OK && i < x->records.n; i++)
		if ((s = lower_form(x, i, room, &lower)) == STATUS_OK)
			ends_add(&e, lower);
	for (size_t i = 0; s == STATUS_OK && i < x->records.n; i++)
		if ((s = lower_form(x, i, room, &lower)) == STATUS_OK)
			ends_split(&e, lower);
	for (size_t i = 0; s == STATUS_OK && i < x->records.n; i++)
		if ((s = lower_form(x, i, room, &lower)) == STATUS_OK)
			give_ends(&t->forms.at[i], ends_of(&e, lower));
	ends_free(&e);
	return s;
}

static status
make_tables(compiler *x, tables *t)
{
	for (size_t i = 0; i < x->records.n; i++)
		TRY(complete_record(x, &x->records.at[i]));
	TRY(check_count(x));
	qsort(x->records.at, x->records.n, sizeof(*x->records.at), compare_spellings);
	TRY(number_groups(x, t));
	TRY(weigh_lemmas(x));
	qsort(x->records.at, x->records.n, sizeof(*x->records.at), compare_places);
	TRY(add_forms(x, t));
	TRY(add_lemmas(x, t));
	TRY(fill_both_slots(x, t));
	TRY(fill_filter(x, t));
	TRY(fill_ends(x, t));
	TRY(t->text.status);
	TRY(t->lemma_text.status);
	return x->rules.status;
}

/* ---- writing ---- */

static status
write_file(compiler *x, const tables *t, const char *path)
{
	const lexicon_part parts[SECTION_COUNT] = {
		[SECTION_FORMS] = { t->forms.at, t->forms.n + 1, sizeof(*t->forms.at) },
		[SECTION_TEXT] = { t->text.p, t->text.n, 1 },
		[SECTION_FREQUENT] = { t->frequent, t->frequent_count, sizeof(*t->frequent) },
		[SECTION_SLOTS] = { t->slots, t->slot_count, sizeof(*t->slots) },
		[SECTION_ANALYSES] = { t->analyses.at, t->analyses.n, sizeof(*t->analyses.at) },
		[SECTION_LEMMAS] = { t->lemmas.at, t->lemmas.n + 1, sizeof(*t->lemmas.at) },
		[SECTION_LEMMA_TEXT] = { t->lemma_text.p, t->lemma_text.n, 1 },
		[SECTION_CLASSES] = { x->classes.at, x->classes.n, sizeof(*x->classes.at) },
		[SECTION_GROUPS] = { t->groups.at, t->groups.n, sizeof(*t->groups.at) },
		[SECTION_EDGES] = { t->automaton.edges.at, t->automaton.edges.n,
			sizeof(struct lexicon_edge) },
		[SECTION_PIECES] = { x->pieces.at, x->pieces.n, sizeof(*x->pieces.at) },
		[SECTION_FILTER] = { t->filter, t->filter_count, sizeof(*t->filter) },
		[SECTION_RULES] = { x->rules.p, x->rules.n, 1 },
	};

	return lexicon_write(x->context, &x->header, parts, path);
}

static void
free_names(names *t, const memory *m)
{
	ARRAY_FREE(m, &t->strings);
	memory_free(m, t->slots);
}

static void
free_compiler(compiler *x)
{
	free_names(&x->forms, x->memory);
	free_names(&x->lemmas, x->memory);
	free_names(&x->frequent, x->memory);
	ARRAY_FREE(x->memory, &x->records);
	ARRAY_FREE(x->memory, &x->frequencies);
	ARRAY_FREE(x->memory, &x->readings);
	ARRAY_FREE(x->memory, &x->classes);
	ARRAY_FREE(x->memory, &x->pieces);
	buffer_free(&x->rules);
	arena_free(&x->arena);
}

static void
free_tables(tables *t, const memory *m)
{
	ARRAY_FREE(m, &t->forms);
	ARRAY_FREE(m, &t->analyses);
	ARRAY_FREE(m, &t->groups);
	ARRAY_FREE(m, &t->lemmas);
	buffer_free(&t->text);
	buffer_free(&t->lemma_text);
	memory_free(m, t->frequent);
	memory_free(m, t->slots);
	memory_free(m, t->filter);
	automaton_free(&t->automaton);
}

static status
read_dictionaries(compiler *x, const char *folder)
{
	language l = (language)x->header.language;

	for (; x->side < LEXICON_SIDES && lexicon_source_name(l, x->side) != NULL; x->side++)
		TRY(read_dictionary(x, folder));
	return STATUS_OK;
}

static status
write_tables(compiler *x, const char *path)
{
	tables t = { .frequent = NULL, .slots = NULL, .filter = NULL };

	buffer_init(&t.text, x->memory, x->context->limits.output);
	buffer_init(&t.lemma_text, x->memory, x->context->limits.output);
	status s = automaton_init(&t.automaton, x->memory);
	if (s == STATUS_OK)
		s = make_tables(x, &t);
	if (s == STATUS_OK)
		s = write_file(x, &t, path);
	free_tables(&t, x->memory);
	return s;
}

status
lexicon_compile(context *c, language l, const char *dictionary_folder,
	const char *frequency_path, const char *out_path)
{
	compiler x = { .context = c, .memory = c->memory };

	if (lexicon_source_name(l, 0) == NULL)
		return context_fail(c, STATUS_USAGE, "no dictionary for the language “%s”",
			"pas de dictionnaire pour la langue «\u00A0%s\u00A0»",
			language_name(l));
	memcpy(x.header.magic, LEXICON_MAGIC, sizeof(x.header.magic));
	x.header.version = LEXICON_VERSION;
	x.header.language = (uint32_t)l;
	arena_init(&x.arena, c->memory);
	buffer_init(&x.rules, c->memory, c->limits.output);
	status s = read_frequencies(&x, frequency_path);
	if (s == STATUS_OK)
		s = read_dictionaries(&x, dictionary_folder);
	if (s == STATUS_OK)
		s = write_tables(&x, out_path);
	free_compiler(&x);
	if (s == STATUS_MEMORY)
		return context_fail(c, s, "out of memory while compiling the dictionary",
			"mémoire insuffisante pour compiler le dictionnaire");
	return s;
}
