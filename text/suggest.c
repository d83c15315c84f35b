/* Candidates come from four places: spellings near the folded word (text/suggest_search.c), the
 * dictionary's own table of replacements (REP), the word cut in two (« ala » → « à la »,
 * “onthe” → “on the”, « dabord » → « d’abord »), and the parts of a hyphened or elided word,
 * corrected one at a time.
 *
 * score = cost of the edits + accents and capitals that differ − commonness. Frequencies count
 * with their logarithm: one edit outweighs a word about 2^(100 / COMMON) times commoner.
 *
 * Workload: an error is one in a thousand words, but a list may be nothing but errors; 1 ms. */
#include "text/suggest.h"

#include <string.h>

#include "text/fold.h"
#include "text/lexicon_view.h"
#include "text/suggest_search.h"
#include "text/utf8.h"

#define WORD_BYTES 120
#define ROOM (3 * WORD_BYTES + 64)
#define KEPT 24 /* candidates kept while searching */
#define PARTS 8 /* of a hyphened word */

#define COMMON 4         /* taken off per doubling of the frequency */
#define COST_SAME 60     /* taken off when only accents and capitals differ */
#define COST_ACCENT 14   /* per letter with an accent that the other has not */
#define COST_CAPITAL 40  /* a lower-case word for a name */
#define COST_SPLIT 120   /* a space put in */
#define COST_ELISION 45  /* an apostrophe put in */
#define COST_REPLACED 60 /* by the dictionary's table */
#define COST_PART 10     /* only a part is corrected */
#define COST_BROKEN 60   /* the whole is still unknown after that */
#define BOUND 205        /* two edits */

typedef struct candidate {
	slice text;
	int32_t score;
} candidate;

typedef struct job {
	lexicon *lexicon;
	const lexicon_map *map;
	arena *scratch;
	slice whole;         /* the word that was asked about */
	slice before, after; /* what stands around the part that is being corrected */
	int32_t extra;       /* cost that goes with them */
	slice word;          /* the part */
	char accents[ROOM];  /* its letters that folding changes, as UTF-8 */
	slice accented;
	text_case kind;
	candidate kept[KEPT];
	size_t n;
	uint32_t budget;
} job;

/* ---- keeping the best ---- */

static bool
is_better(const candidate *a, const candidate *b)
{
	if (a->score != b->score)
		return a->score < b->score;
	return slice_compare(a->text, b->text) < 0;
}

static int32_t
worst_score(const job *j)
{
	return j->n < KEPT ? INT32_MAX : j->kept[KEPT - 1].score;
}

static void
remove_kept(job *j, size_t at)
{
	memmove(&j->kept[at], &j->kept[at + 1], (j->n - at - 1) * sizeof(*j->kept));
	j->n--;
}

static void
keep(job *j, slice text, int32_t score)
{
	candidate c = { text, score };
	size_t at;

	if (slice_equal(text, j->whole) || score >= worst_score(j))
		return;
	for (size_t i = 0; i < j->n; i++)
		if (slice_equal(j->kept[i].text, text)) {
			if (!is_better(&c, &j->kept[i]))
				return;
			remove_kept(j, i);
			break;
		}
	if (arena_copy(j->scratch, text, &c.text) != STATUS_OK)
		return;
	if (j->n == KEPT)
		j->n--;
	for (at = j->n; at > 0 && is_better(&c, &j->kept[at - 1]); at--)
		j->kept[at] = j->kept[at - 1];
	j->kept[at] = c;
	j->n++;
}

/* ---- writing a form as the word was written ---- */

static size_t
append(char *out, size_t n, slice s)
{
	if (s.n == 0 || n + s.n > ROOM)
		return n;
	memcpy(out + n, s.p, s.n);
	return n + s.n;
}

static size_t
upper(char *out, slice s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;)
		n += utf8_put(out + n, text_upper_char(utf8_read(s, &at)));
	return n;
}

static size_t
upper_first(char *out, slice s)
{
	size_t at = 0, n = 0;

	if (s.n > 0)
		n = utf8_put(out, text_upper_char(utf8_read(s, &at)));
	return append(out, n, slice_sub(s, at, s.n));
}

static bool
has_straight(slice s)
{
	return s.n > 0 && memchr(s.p, '\'', s.n) != NULL;
}

/* Apostrophes become curly unless the word has a straight one. */
static size_t
copy_apostrophes(char *out, slice s, bool straight)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n + 3 < ROOM; i++)
		if (s.p[i] == '\'' && !straight)
			n = append(out, n, SLICE("’"));
		else
			out[n++] = s.p[i];
	return n;
}

static slice
dress(const job *j, slice form, bool as_is, char out[ROOM])
{
	char cased[ROOM], joined[ROOM];
	size_t n = append(joined, 0, j->before);

	if (form.n > WORD_BYTES)
		form = slice_sub(form, 0, 0);
	if (as_is)
		n = append(joined, n, form);
	else if (j->kind == CASE_UPPER && j->word.n > 1)
		n = append(joined, n, (slice){ cased, upper(cased, form) });
	else if (j->kind == CASE_CAPITAL || j->kind == CASE_MIXED_CAPITAL)
		n = append(joined, n, (slice){ cased, upper_first(cased, form) });
	else
		n = append(joined, n, form);
	n = append(joined, n, j->after);
	return (slice){ out,
		copy_apostrophes(out, (slice){ joined, n }, has_straight(j->whole)) };
}

/* ---- judging a form ---- */

/* Ten times the binary logarithm. */
static int32_t
commonness(uint32_t frequency)
{
	int32_t bits = 0;
	static const uint8_t tenths[] = { 0, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 8, 9, 9, 10 };

	if (frequency == 0)
		return 0;
	while (frequency >> (bits + 1) != 0)
		bits++;
	uint32_t rest = bits >= 4 ? frequency >> (bits - 4) & 15 : frequency << (4 - bits) & 15;
	return bits * 10 + tenths[rest];
}

static int32_t
common_bonus(uint32_t frequency)
{
	return commonness(frequency) * COMMON / 10;
}

/* The letters of the word that folding changes beyond their case. */
static slice
list_accents(slice word, char *out)
{
	size_t n = 0;

	for (size_t at = 0; at < word.n;) {
		uint32_t c = text_lower_char(utf8_read(word, &at));
		if (c >= 0x80 && c != 0x2019)
			n += utf8_put(out + n, c);
	}
	return (slice){ out, n };
}

static size_t
count_missing(slice letters, slice among)
{
	size_t missing = 0;

	for (size_t at = 0; at < letters.n;) {
		uint32_t c = utf8_read(letters, &at);
		bool found = false;
		for (size_t k = 0; k < among.n && !found;)
			found = utf8_read(among, &k) == c;
		missing += !found;
	}
	return missing;
}

static int32_t
surface_cost(const job *j, slice form)
{
	char text[ROOM];
	slice accents = list_accents(form, text);
	int32_t cost = COST_ACCENT * (int32_t)(count_missing(accents, j->accented) +
					       count_missing(j->accented, accents));

	if (j->kind == CASE_LOWER && text_case_of(form) != CASE_LOWER)
		cost += COST_CAPITAL;
	return cost;
}

/* A form that the dictionary does not want suggested is, when only case or accents differ. */
static bool
may_be_suggested(const job *j, uint32_t form, bool same)
{
	const uint8_t known = VERDICT_DIRECT | VERDICT_AFFIXED;
	const unsigned doubts =
		VERDICT_UPPER | VERDICT_FORBIDDEN | (same ? 0u : VERDICT_NO_SUGGEST);
	struct lexicon_class c = lexicon_map_class(j->map, form);

	for (size_t side = 0; side < LEXICON_SIDES; side++)
		if ((c.verdict[side] & known) != 0 && (c.verdict[side] & doubts) == 0)
			return true;
	return false;
}

static bool
keeps_case(const job *j, uint32_t form)
{
	struct lexicon_class c = lexicon_map_class(j->map, form);

	return ((c.verdict[0] | c.verdict[1]) & VERDICT_KEEP_CASE) != 0;
}

static void
offer_form(job *j, uint32_t form, int32_t cost)
{
	char out[ROOM];
	slice text = lexicon_map_form(j->map, form);
	int32_t score = cost + j->extra - (cost == 0 ? COST_SAME : 0) -
			common_bonus(lexicon_frequency_unpack(j->map->forms[form].frequency));

	if (score >= worst_score(j) || text.n > WORD_BYTES ||
		!may_be_suggested(j, form, cost == 0))
		return;
	score += surface_cost(j, text);
	if (score >= worst_score(j))
		return;
	slice dressed = dress(j, text, keeps_case(j, form), out);
	bool part = j->before.n + j->after.n > 0;
	if (part && !lexicon_knows(j->lexicon, dressed))
		score += COST_BROKEN;
	keep(j, dressed, score);
}

static void
offer_group(job *j, uint32_t group, int32_t cost)
{
	uint32_t first, end;

	if (!lexicon_map_group(j->map, group, &first, &end))
		return;
	for (uint32_t form = first; form < end; form++)
		offer_form(j, form, cost);
}

static void
offer_folded(job *j, slice folded, int32_t cost)
{
	offer_group(j, lexicon_map_folded(j->map, folded), cost);
}

/* ---- the dictionary's table of replacements ---- */

static slice
next_word(slice *rest)
{
	slice word;

	slice_cut(*rest, ' ', &word, rest);
	return word;
}

static void
replace_at(job *j, slice word, size_t at, slice from, slice to)
{
	char text[ROOM], folded[3 * ROOM + 4];
	size_t n;

	if (word.n + to.n > ROOM)
		return;
	n = append(text, 0, slice_sub(word, 0, at));
	n = append(text, n, to);
	n = append(text, n, slice_sub(word, at + from.n, word.n));
	for (size_t i = 0; i < n; i++)
		text[i] = text[i] == '_' ? ' ' : text[i];
	offer_folded(
		j, (slice){ folded, text_fold(folded, (slice){ text, n }) }, COST_REPLACED);
}

static void
replace_everywhere(job *j, slice word, slice from, slice to)
{
	bool at_start = slice_starts(from, SLICE("^"));
	bool at_end = slice_ends(from, SLICE("$"));

	from = slice_sub(from, at_start, from.n - at_end);
	if (from.n == 0 || from.n > word.n)
		return;
	for (size_t at = 0; at + from.n <= word.n; at++) {
		if ((at_start && at != 0) || (at_end && at + from.n != word.n))
			continue;
		if (word.p[at] == from.p[0] && memcmp(word.p + at, from.p, from.n) == 0)
			replace_at(j, word, at, from, to);
	}
}

/* Most lines replace what begins with a byte that the word has not. */
static void
try_replacements(job *j)
{
	char small[ROOM];
	slice line, word = { small, text_small(small, j->word) };
	bool has[256] = { ['^'] = true };

	for (size_t i = 0; i < word.n; i++)
		has[(unsigned char)word.p[i]] = true;
	for (slice rest = j->map->rules; slice_line(&rest, &line);) {
		if (line.n < 7 || !has[(unsigned char)line.p[6]] ||
			memcmp(line.p + 1, " REP ", 5) != 0)
			continue;
		line = slice_sub(line, 6, line.n);
		slice from = next_word(&line);
		replace_everywhere(j, word, from, next_word(&line));
	}
}

/* ---- two words in one ---- */

static int32_t
least_common(const job *j, slice left, slice right)
{
	uint32_t a = lexicon_frequency(j->lexicon, left);
	uint32_t b = lexicon_frequency(j->lexicon, right);

	return common_bonus(100 * (a < b ? a : b));
}

static bool
is_whole_word(const job *j, slice s)
{
	size_t at = 0;

	utf8_read(s, &at);
	return lexicon_frequency(j->lexicon, s) > (at == s.n ? 1000u : 0u) &&
	       lexicon_knows(j->lexicon, s);
}

static void
try_space(job *j, size_t at)
{
	char out[ROOM];
	slice left = slice_sub(j->word, 0, at), right = slice_sub(j->word, at, j->word.n);

	if (!is_whole_word(j, left) || !is_whole_word(j, right))
		return;
	size_t n = append(out, 0, j->before);
	n = append(out, n, left);
	n = append(out, n, SLICE(" "));
	n = append(out, n, right);
	n = append(out, n, j->after);
	keep(j, (slice){ out, n }, COST_SPLIT + j->extra - least_common(j, left, right));
}

/* « dabord », « lecole »: the elided word, an apostrophe, a word that folds so. */
static void
try_elision(job *j, size_t at)
{
	char folded[3 * ROOM + 4], whole[ROOM];
	slice forms[4], left = slice_sub(j->word, 0, at);
	slice right = slice_sub(j->word, at, j->word.n);
	slice key = { folded, text_fold(folded, right) };
	size_t found = lexicon_unfold(j->lexicon, key, forms, 4);

	for (size_t i = 0; i < found; i++) {
		if (forms[i].n > WORD_BYTES)
			continue;
		size_t n = append(whole, 0, left);
		n = append(whole, n, has_straight(j->whole) ? SLICE("'") : SLICE("’"));
		n = append(whole, n, forms[i]);
		slice text = { whole, n };
		if (lexicon_knows(j->lexicon, text))
			keep(j, text,
				COST_ELISION + j->extra + surface_cost(j, forms[i]) -
					common_bonus(
						100 * lexicon_frequency(j->lexicon, forms[i])));
	}
}

static bool
is_elided(slice left)
{
	static const slice elided[] = { { "l", 1 }, { "d", 1 }, { "j", 1 }, { "m", 1 },
		{ "n", 1 }, { "s", 1 }, { "t", 1 }, { "c", 1 }, { "qu", 2 }, { "jusqu", 5 },
		{ "lorsqu", 6 }, { "puisqu", 6 } };
	char small[32];

	if (left.n > 8)
		return false;
	slice s = { small, text_small(small, left) };
	for (size_t i = 0; i < sizeof(elided) / sizeof(*elided); i++)
		if (slice_equal(s, elided[i]))
			return true;
	return false;
}

static bool
is_french(const job *j)
{
	return j->map->header->language == LANGUAGE_FR;
}

static void
try_cuts(job *j)
{
	for (size_t at = 0; at < j->word.n;) {
		utf8_read(j->word, &at);
		if (at >= j->word.n)
			return;
		try_space(j, at);
		if (is_french(j) && is_elided(slice_sub(j->word, 0, at)))
			try_elision(j, at);
	}
}

/* ---- a whole word, and its parts ---- */

static void
try_near(job *j)
{
	char folded[3 * WORD_BYTES + 4];
	slice key = { folded, text_fold(folded, j->word) };
	search_result near;

	search_near(j->map, key, BOUND, j->budget, &near);
	j->budget -= near.steps;
	for (size_t i = 0; i < near.n; i++)
		offer_group(j, near.hits[i].group, (int32_t)near.hits[i].cost);
}

static void
correct(job *j, slice word)
{
	j->word = word;
	j->kind = text_case_of(word);
	j->accented = list_accents(word, j->accents);
	try_replacements(j);
	try_cuts(j);
	try_near(j);
}

/* The one part between separators that is unknown; false when there are none or several. */
static bool
find_unknown_part(const job *j, slice separator, size_t *start, size_t *end)
{
	size_t from = 0, unknown = 0, parts = 0;

	for (size_t at = 0; at <= j->whole.n && parts < PARTS; at++) {
		bool ends = at == j->whole.n ||
			    slice_starts(slice_sub(j->whole, at, j->whole.n), separator);
		if (!ends)
			continue;
		slice part = slice_sub(j->whole, from, at);
		parts++;
		if (part.n > 0 && !lexicon_knows(j->lexicon, part)) {
			unknown++;
			*start = from;
			*end = at;
		}
		from = at + separator.n;
		at = from - 1;
	}
	return parts > 1 && unknown == 1;
}

static void
correct_part(job *j, slice separator)
{
	size_t start = 0, end = 0;

	if (!find_unknown_part(j, separator, &start, &end))
		return;
	j->before = slice_sub(j->whole, 0, start);
	j->after = slice_sub(j->whole, end, j->whole.n);
	j->extra = COST_PART;
	correct(j, slice_sub(j->whole, start, end));
	j->before = j->after = SLICE("");
	j->extra = 0;
}

/* « l’etat »: what stands behind an elided word. */
static void
correct_elided(job *j, slice apostrophe)
{
	for (size_t at = 1; at + apostrophe.n < j->whole.n; at++) {
		if (!slice_starts(slice_sub(j->whole, at, j->whole.n), apostrophe) ||
			!is_elided(slice_sub(j->whole, 0, at)))
			continue;
		j->before = slice_sub(j->whole, 0, at + apostrophe.n);
		j->extra = COST_PART;
		correct(j, slice_sub(j->whole, at + apostrophe.n, j->whole.n));
		j->before = SLICE("");
		j->extra = 0;
		return;
	}
}

size_t
suggest_word(
	lexicon *x, arena *scratch, slice word, suggestion *out, size_t max, uint32_t budget)
{
	job *j = ARENA_NEW(scratch, job);
	size_t n = 0;

	if (j == NULL || word.n == 0 || word.n > WORD_BYTES)
		return 0;
	j->lexicon = x;
	j->map = lexicon_view(x);
	j->scratch = scratch;
	j->whole = word;
	j->budget = budget;
	correct(j, word);
	correct_part(j, SLICE("-"));
	correct_elided(j, SLICE("’"));
	correct_elided(j, SLICE("'"));
	for (; n < max && n < j->n; n++)
		out[n] = (suggestion){ j->kept[n].text, j->kept[n].score };
	return n;
}
