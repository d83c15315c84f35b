/* Compiles data/lang/wordings-fr.tsv and wordings-en.tsv to the C table that checker/wordings.h
 * declares:  wordings-compile FR.tsv EN.tsv FR-frequency.tsv EN-frequency.tsv >OUT.c
 *
 * It needs base/ and a few files of text/ only, since the library it is for does not exist yet.
 * A row that cannot be read stops the build and is named by its file and line.
 *
 *   organis{e,es,ed}   one row for each form; the groups of a row are gone through together
 *   organis{@ise}      the forms that a line "@ise TAB e,es,ed" gives
 *   +prev=@det         likewise in a condition
 *   É                  in a row also stands for an E without accent */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "checker/wordings.h"
#include "text/fold.h"
#include "text/rolling.h"
#include "text/utf8.h"

#define RULES WORDING_BEHIND /* the bits from there on are no rules */
#define WORDS 16
#define BYTES 1024 /* of one cell */
#define COLUMNS 6

enum { RULE, WRONG, RIGHT, LEVEL, WHEN, SOURCE };

/* Too common to look rows up by, where another word will do. */
static const char *const common[] = { "le", "la", "les", "l’", "de", "d’", "des", "du", "un",
	"une", "à", "au", "aux", "en", "et", "qu’", "s’", "n’", "the", "a", "an", "of", "to",
	"in", "and", "for", "on", "by", "with", "gouvernement", "tout" };

/* The rarest of its words is the opening of a row. */
typedef struct frequency {
	const char *word;
	double per_million;
} frequency;

typedef struct row {
	const char *words[WORDS], *lower[WORDS];
	size_t count, opening;
	uint64_t beside;
	const char *key, *right, *when, *source;
	size_t rule, line;
	int language;
	unsigned flags, level;
} row;

typedef struct macro {
	const char *name, *forms;
} macro;

static context ctx;
static arena kept;
static ARRAY(row) rows;
static ARRAY(macro) macros;
static ARRAY(frequency) frequencies[LANGUAGES]; /* sorted by word */
static const char *rules[RULES + 1];
static size_t rule_total;
static const char *file_name;
static size_t line_number;

static _Noreturn void
die(const char *what, const char *text)
{
	fprintf(stderr, "%s:%zu: %s: %s\n", file_name, line_number, what, text);
	exit(2);
}

static const char *
keep(slice s)
{
	slice copy;

	if (arena_copy(&kept, s, &copy) != STATUS_OK)
		die("out of memory", "");
	return copy.p;
}

/* --- expansion --- */

static const char *
macro_forms(slice name)
{
	for (size_t i = 0; i < macros.n; i++)
		if (slice_equal(slice_of(macros.at[i].name), name))
			return macros.at[i].forms;
	die("no such list of forms", keep(name));
}

/* Form k of a group, or how many there are when out is NULL. */
static size_t
form_of(slice forms, size_t k, slice *out)
{
	size_t n = 0;
	bool more;
	slice head;

	do {
		more = slice_cut(forms, ',', &head, &forms);
		if (out != NULL && n == k)
			*out = head;
		n++;
	} while (more);
	return n;
}

/* Writes form k of a cell; the answer is how many forms it has (1 without a group). */
static size_t
expand(const char *cell, size_t k, char out[BYTES])
{
	size_t n = 0, forms = 1;

	for (const char *p = cell; *p != 0 && n < BYTES - 1; p++) {
		if (*p != '{') {
			out[n++] = *p;
			continue;
		}
		const char *end = strchr(p, '}');
		if (end == NULL)
			die("{ without }", cell);
		slice group = { p + 1, (size_t)(end - p - 1) }, form = { 0 };
		if (group.n > 0 && group.p[0] == '@')
			group = slice_of(macro_forms(slice_sub(group, 1, group.n)));
		size_t count = form_of(group, k, &form);
		if (forms != 1 && forms != count)
			die("groups of different lengths", cell);
		forms = count;
		if (n + form.n >= BYTES)
			die("too long", cell);
		if (form.n > 0)
			memcpy(out + n, form.p, form.n);
		n += form.n;
		p = end;
	}
	out[n] = 0;
	return forms;
}

/* The conditions of a row, with the words of its lists: +prev=@det. */
static const char *
with_lists(const char *when, char out[BYTES])
{
	size_t n = 0;

	for (const char *p = when; *p != 0; p++) {
		slice add = { p, 1 };
		if (*p == '@') {
			size_t length = strcspn(p + 1, ",;");
			add = slice_of(macro_forms((slice){ p + 1, length }));
			p += length;
		}
		if (n + add.n >= BYTES)
			die("too long", when);
		memcpy(out + n, add.p, add.n);
		n += add.n;
	}
	out[n] = 0;
	return keep((slice){ out, n });
}

/* --- rows --- */

static size_t
rule_number(const char *id)
{
	for (size_t i = 0; i < rule_total; i++)
		if (strcmp(rules[i], id) == 0)
			return i;
	if (rule_total == RULES)
		die("too many rules", id);
	rules[rule_total] = id;
	return rule_total++;
}

static bool
is_common(const char *lower_case)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (strcmp(common[i], lower_case) == 0)
			return true;
	return false;
}

static const char *
lower(const char *s)
{
	char out[3 * BYTES + 4];

	return keep((slice){ out, text_lower(out, slice_of(s)) });
}

/* The word beside the opening, hashed. */
static uint64_t
beside(const row *r)
{
	size_t at = r->opening + 1 < r->count ? r->opening + 1 : r->opening - 1;

	return r->count == 1 ? 0 : rolling_hash(slice_of(r->lower[at]));
}

/* As in wording.far. */
static size_t
far(const row *r)
{
	size_t at = r->count, near = r->opening + 1 < r->count ? r->opening + 1
				     : r->opening > 0          ? r->opening - 1
							       : 0;

	while (at > 0 && (at - 1 == r->opening || at - 1 == near))
		at--;
	return at > 0 ? at - 1 : r->opening;
}

/* Words end at spaces and, in French, behind an apostrophe. */
static void
cut_words(row *r, const char *wrong)
{
	slice rest = slice_of(wrong), part;
	bool more;

	do {
		more = slice_cut(rest, ' ', &part, &rest);
		const char *s = keep(part), *mark = strstr(s, "’");
		if (r->count + 2 > WORDS || *s == 0)
			die("not a list of words", wrong);
		if (r->language == 0 && mark != NULL && mark[3] != 0) {
			r->words[r->count++] =
				keep((slice){ s, (size_t)(mark - s) + strlen("’") });
			s = mark + strlen("’");
		}
		r->words[r->count++] = s;
	} while (more);
	for (size_t k = 0; k < r->count; k++)
		r->lower[k] = lower(r->words[k]);
	while (r->opening + 1 < r->count && is_common(r->lower[r->opening]))
		r->opening++;
}

/* Do they differ in capitals only? */
static bool
differ_in_case(const char *a, const char *b)
{
	return strcmp(a, b) != 0 && strcmp(lower(a), lower(b)) == 0;
}

static unsigned
level_of(const char *cell, unsigned *flags)
{
	static const char *const names[] = { "", "info", "warning", "error" };
	const char *space = strchr(cell, ' ');

	if (strcmp(cell, "ask") == 0) {
		*flags |= WORDING_ASK;
		return 0;
	}
	if (space != NULL && strcmp(space, " ask") == 0)
		*flags |= WORDING_ASK;
	else
		space = cell + strlen(cell);
	for (unsigned i = 0; i < 4; i++)
		if (slice_equal((slice){ cell, (size_t)(space - cell) }, slice_of(names[i])))
			return i;
	die("level is none of info, warning, error, ask", cell);
}

/* Each condition is a known one, each with a list where it takes one. */
static void
check_when(const char *when)
{
	static const char *const known[] = { "+next=", "-next=", "+prev=", "-prev=", "+near=",
		"-near=", "+second=", "-second=" };
	static const char *const others[] = { "name", "style=oxford", "style=british",
		"style=members" };
	slice rest = slice_of(when), part;
	bool more = *when != 0;

	while (more) {
		more = slice_cut(rest, ';', &part, &rest);
		bool found = false;
		for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
			found = found || slice_is(part, others[i]);
		for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
			found = found || (slice_starts(part, slice_of(known[i])) &&
						 part.n > strlen(known[i]));
		if (!found)
			die("not a condition", keep(part));
	}
}

static void
add(const row *like, const char *wrong, const char *right)
{
	row r = *like;

	r.right = keep(slice_of(right));
	cut_words(&r, wrong);
	if (strcmp(lower(wrong), wrong) != 0 || differ_in_case(wrong, right))
		r.flags |= WORDING_EXACT;
	if (ARRAY_RESERVE(&memory_libc, &rows, 1) != STATUS_OK)
		die("out of memory", "");
	rows.at[rows.n++] = r;
}

/* The same with E for É; false when there is no É. */
static bool
without_accent(const char *wrong, char out[BYTES])
{
	size_t n = 0;
	bool found = false;

	for (const char *p = wrong; *p != 0; p++)
		if (strncmp(p, "É", 2) == 0) {
			out[n++] = 'E';
			found = true;
			p++;
		} else
			out[n++] = *p;
	out[n] = 0;
	return found;
}

/* Does the correction only put hyphens where the row has spaces? */
static bool
hyphens_only(const char *wrong, const char *right)
{
	for (; *wrong != 0; wrong++, right++)
		if (*wrong == ' ' ? *right != '-' : *wrong != *right)
			return false;
	return *right == 0;
}

/* « arc-en ciel » and « arc en-ciel » as well as « arc en ciel »: compounds of which some
 * hyphens are lost. What follows an elision is cut from it, and is left to the rows. */
static void
add_half_joined(const row *r, const char *wrong, const char *right)
{
	size_t gaps[WORDS], n = 0;
	char text[BYTES];

	if (!hyphens_only(wrong, right) || strstr(wrong, "’") != NULL)
		return;
	for (size_t i = 0; wrong[i] != 0 && n < WORDS; i++)
		if (wrong[i] == ' ')
			gaps[n++] = i;
	for (size_t joined = 1; joined + 1 < (size_t)1 << n; joined++) {
		strcpy(text, wrong);
		for (size_t k = 0; k < n; k++)
			if ((joined >> k & 1) != 0)
				text[gaps[k]] = '-';
		add(r, text, right);
	}
}

static void
read_row(slice line, int of)
{
	const char *cells[COLUMNS];
	char wrong[BYTES], right[BYTES], plain[BYTES];
	bool more = true;

	for (size_t i = 0; i < COLUMNS; i++) {
		slice cell = { 0 };
		if (more)
			more = slice_cut(line, '\t', &cell, &line);
		cells[i] = keep(cell);
	}
	if (more || *cells[SOURCE] == 0)
		die("six columns are wanted", cells[RULE]);
	row r = { .rule = rule_number(cells[RULE]),
		.when = with_lists(cells[WHEN], plain),
		.source = cells[SOURCE],
		.language = of,
		.line = line_number };
	r.level = level_of(cells[LEVEL], &r.flags);
	check_when(cells[WHEN]);
	if (strncmp(cells[WHEN], "name", 4) == 0)
		r.flags |= WORDING_NAME;
	size_t forms = expand(cells[WRONG], 0, wrong);
	size_t of_right = expand(cells[RIGHT], 0, right);
	if (of_right != 1 && of_right != forms)
		die("wrong and right have different numbers of forms", cells[WRONG]);
	for (size_t k = 0; k < forms; k++) {
		(void)expand(cells[WRONG], k, wrong);
		(void)expand(cells[RIGHT], of_right == 1 ? 0 : k, right);
		if (strcmp(wrong, right) == 0)
			die("wrong and right are the same", wrong);
		add(&r, wrong, right);
		add_half_joined(&r, wrong, right);
		if (without_accent(wrong, plain))
			add(&r, plain, right);
	}
}

static int
by_word(const void *left, const void *right)
{
	const frequency *a = left, *b = right;

	return strcmp(a->word, b->word);
}

static void
read_frequencies(const char *path, int of)
{
	file f;
	slice rest, line, name;

	file_name = path;
	if (file_open(&f, &ctx, path) != STATUS_OK)
		die("cannot be read", ctx.message);
	for (rest = f.bytes; slice_line(&rest, &line);) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		(void)slice_cut(line, '\t', &name, &line);
		if (ARRAY_RESERVE(&memory_libc, &frequencies[of], 1) != STATUS_OK)
			die("out of memory", "");
		frequencies[of].at[frequencies[of].n++] =
			(frequency){ keep(name), strtod(keep(line), NULL) };
	}
	file_close(&f, ctx.memory);
	qsort(frequencies[of].at, frequencies[of].n, sizeof(frequency), by_word);
}

/* The list has no elisions: those that are not named above are rare. */
static double
how_common(int of, const char *lower_case)
{
	frequency key = { lower_case, 0 };

	if (is_common(lower_case))
		return HUGE_VAL;
	const frequency *found =
		bsearch(&key, frequencies[of].at, frequencies[of].n, sizeof(key), by_word);
	return found == NULL ? 0 : found->per_million;
}

/* Do the words of the shorter row stand in the longer one from word `at` on? */
static bool
holds(const row *longer, const row *shorter, size_t at)
{
	for (size_t k = 0; k < shorter->count; k++)
		if (strcmp(longer->lower[at + k], shorter->lower[k]) != 0)
			return false;
	return true;
}

/* Is it a part of a longer row, or the other way round: « soixante dix » and « soixante dix
 * huit »? Where both stand in a text the longer one is the finding, which takes the same
 * opening. */
static bool
is_nested(const row *r)
{
	for (size_t i = 0; i < rows.n; i++) {
		const row *longer = &rows.at[i], *shorter = r;
		if (longer->language != r->language || longer->count == r->count)
			continue;
		if (longer->count < r->count) {
			longer = r;
			shorter = &rows.at[i];
		}
		for (size_t at = 0; at + shorter->count <= longer->count; at++)
			if (holds(longer, shorter, at))
				return true;
	}
	return false;
}

/* By the word that comes least often a row is looked up least often in vain. */
static size_t
rarest_of(const row *r)
{
	size_t best = r->opening;

	for (size_t k = 0; k < r->count; k++)
		if (how_common(r->language, r->lower[k]) <
			how_common(r->language, r->lower[best]))
			best = k;
	return best == r->opening || is_nested(r) ? r->opening : best;
}

static void
choose_openings(void)
{
	for (size_t i = 0; i < rows.n; i++) {
		row *r = &rows.at[i];
		r->opening = rarest_of(r);
		r->key = r->lower[r->opening];
		r->beside = beside(r);
	}
}

static void
read_file(const char *path, int of)
{
	file f;
	slice rest, line, name;

	file_name = path;
	line_number = 0;
	macros.n = 0;
	if (file_open(&f, &ctx, path) != STATUS_OK)
		die("cannot be read", ctx.message);
	for (rest = f.bytes; slice_line(&rest, &line);) {
		line_number++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (line.p[0] != '@') {
			read_row(line, of);
			continue;
		}
		macro m = { 0 };
		(void)slice_cut(slice_sub(line, 1, line.n), '\t', &name, &line);
		m.name = keep(name);
		m.forms = keep(line);
		if (ARRAY_RESERVE(&memory_libc, &macros, 1) != STATUS_OK)
			die("out of memory", "");
		macros.at[macros.n++] = m;
	}
	file_close(&f, ctx.memory);
}

/* --- output --- */

static int
by_opening(const void *left, const void *right)
{
	const row *a = left, *b = right;

	if (a->language != b->language)
		return a->language < b->language ? -1 : 1;
	int order = strcmp(a->key, b->key);
	if (order != 0)
		return order;
	if (a->beside != b->beside)
		return a->beside < b->beside ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static size_t written; /* bytes of strings */

/* As single characters: C promises no string literal of more than 4,095 bytes. */
static size_t
put_string(const char *s)
{
	size_t at = written;

	putchar('\t');
	for (; *s != 0; s++, written++)
		if (*s >= ' ' && *s <= '~' && *s != '\'' && *s != '\\')
			printf("'%c',", *s);
		else
			printf("'\\%03o',", (unsigned)(unsigned char)*s);
	printf("0,\n");
	written++;
	return at;
}

/* A text that row after row shares is written once. */
static size_t
put_shared(const char *s, const char **last, size_t at)
{
	if (*last != NULL && strcmp(*last, s) == 0)
		return at;
	*last = s;
	return put_string(s);
}

typedef struct places {
	size_t key, words, right, when, source;
} places;

static places *
put_strings(void)
{
	places *at = calloc(rows.n + 1, sizeof(*at)), before = { 0 };
	const char *key = NULL, *when = NULL, *source = NULL;

	if (at == NULL)
		die("out of memory", "");
	printf("const char wording_strings[] = {\n");
	for (size_t i = 0; i < rows.n; i++) {
		const row *r = &rows.at[i];
		at[i].key = put_shared(r->key, &key, before.key);
		at[i].words = put_string(r->words[0]);
		for (size_t w = 1; w < r->count; w++)
			(void)put_string(r->words[w]);
		at[i].right = put_string(r->right);
		at[i].when = put_shared(r->when, &when, before.when);
		at[i].source = put_shared(r->source, &source, before.source);
		before = at[i];
	}
	printf("\t0 };\n");
	return at;
}

static void
put_rows(const places *at)
{
	printf("const char *const wording_rules[] = {\n");
	for (size_t i = 0; i < rule_total; i++)
		printf("\t\"%s\",\n", rules[i]);
	printf("\tNULL };\nconst wording wording_rows[] = {\n");
	for (size_t i = 0; i < rows.n; i++) {
		const row *r = &rows.at[i];
		printf("\t{ UINT64_C(%" PRIu64
		       "), %zu, %zu, %zu, %zu, %zu, %zu, %zu, %u, %u, %zu, %u },\n",
			r->beside, at[i].words, at[i].right, at[i].when, at[i].source, r->rule,
			r->count, r->opening, r->flags, r->level, far(r),
			wording_far_hash(rolling_hash(slice_of(r->lower[far(r)]))));
	}
	printf("};\nconst size_t wording_row_count = %zu;\n", rows.n);
}

typedef struct slots {
	uint16_t *at;
	uint32_t mask;
} slots;

/* Twice as many as there may be openings, at least. */
static slots
new_slots(void)
{
	size_t size = 64;

	while (size < 2 * rows.n)
		size *= 2;
	uint16_t *at = calloc(size, sizeof(*at));
	if (at == NULL)
		die("memory is out", "");
	return (slots){ at, (uint32_t)size - 1 };
}

static void
fill_slot(slots *s, slice text, int index, size_t opening)
{
	uint32_t i = wording_slot(text, (size_t)index) & s->mask;

	while (s->at[i] != 0)
		i = (i + 1) & s->mask;
	s->at[i] = (uint16_t)(opening + 1);
}

static void
put_slots(const slots *s)
{
	printf("const uint16_t wording_slots[] = {\n");
	for (uint32_t i = 0; i <= s->mask; i++)
		printf("%u,%s", s->at[i], i % 16 == 15 ? "\n" : "");
	printf("};\nconst uint32_t wording_slot_mask = %u;\n", s->mask);
}

/* As in WORDING_ELIDED. */
static bool
is_elided(const row *r)
{
	return r->opening > 0 && r->opening + 1 == r->count &&
	       slice_ends(slice_of(r->lower[r->opening - 1]), SLICE("’"));
}

/* What its rows want beside an opening, as in WORDING_WANTED. */
static uint64_t
wanted_beside(const row *r, size_t n)
{
	uint64_t classes = 0, elided = WORDING_ELIDED;
	bool alone = false;

	for (size_t i = 0; i < n; i++) {
		unsigned side = wording_side((uint8_t)r[i].opening, (uint8_t)r[i].count);
		unsigned shift = side == 0 ? WORDING_BEHIND : WORDING_BEFORE;
		alone = alone || r[i].beside == 0;
		classes |= UINT64_C(1) << (shift + wording_class(r[i].beside));
		elided &= is_elided(&r[i]) ? UINT64_MAX : 0;
	}
	return alone ? 0 : classes | elided;
}

static void
put_beside_words(void)
{
	static uint64_t bits[(UINT16_MAX + 1) / 64];

	for (size_t i = 0; i < rows.n; i++) {
		uint16_t hash = wording_far_hash(rows.at[i].beside);
		if (rows.at[i].beside != 0)
			bits[hash / 64] |= UINT64_C(1) << (hash % 64);
	}
	printf("const uint64_t wording_beside_words[] = {\n");
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++)
		printf("\tUINT64_C(0x%" PRIx64 "),\n", bits[i]);
	printf("};\n");
}

static void
put_openings(const places *at)
{
	size_t n = 0, first[LANGUAGES + 1] = { 0 };
	slots s = new_slots();

	printf("const wording_opening wording_openings[] = {\n");
	for (size_t i = 0, end; i < rows.n; i = end) {
		const row *r = &rows.at[i];
		uint64_t beside[2] = { 0 }, of = 0;
		for (end = i; end < rows.n && rows.at[end].language == r->language &&
			      strcmp(rows.at[end].key, r->key) == 0;
			end++) {
			const row *one = &rows.at[end];
			beside[wording_side((uint8_t)one->opening, (uint8_t)one->count)] |=
				wording_beside_bit(one->beside);
			of |= UINT64_C(1) << one->rule;
		}
		of |= wanted_beside(r, end - i);
		printf("\t{ { UINT64_C(0x%" PRIx64 "), UINT64_C(0x%" PRIx64
		       ") }, UINT64_C(0x%" PRIx64 "), %zu, %zu, %zu },\n",
			beside[0], beside[1], of, at[i].key, i, end - i);
		fill_slot(&s, slice_of(r->key), r->language, n);
		n++;
		for (int l = r->language + 1; l <= LANGUAGES; l++)
			first[l] = n;
	}
	printf("};\nconst size_t wording_opening_first[] = { %zu, %zu, %zu };\n", first[0],
		first[1], first[2]);
	if (n >= UINT16_MAX)
		die("too many openings", "");
	put_slots(&s);
	free(s.at);
	put_beside_words();
}

int
main(int argc, char **argv)
{
	context_init(&ctx, &memory_libc);
	arena_init(&kept, &memory_libc);
	if (argc != 1 + 2 * LANGUAGES) {
		fprintf(stderr, "usage: wordings-compile FR.tsv EN.tsv FR-frequency.tsv "
				"EN-frequency.tsv >OUT.c\n");
		return 2;
	}
	for (int l = 0; l < LANGUAGES; l++) {
		read_frequencies(argv[1 + LANGUAGES + l], l);
		read_file(argv[1 + l], l);
	}
	choose_openings();
	qsort(rows.at, rows.n, sizeof(*rows.at), by_opening);
	printf("#include \"checker/wordings.h\"\n\n");
	places *at = put_strings();
	put_rows(at);
	put_openings(at);
	free(at);
	for (int l = 0; l < LANGUAGES; l++)
		ARRAY_FREE(&memory_libc, &frequencies[l]);
	ARRAY_FREE(&memory_libc, &rows);
	ARRAY_FREE(&memory_libc, &macros);
	arena_free(&kept);
	return 0;
}
