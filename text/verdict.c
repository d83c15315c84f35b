/* What libhunspell 1.7 does with a word before and after it looks into its dictionary, done
 * over the expanded forms: input conversion, trailing periods, numbers, capitals, elided
 * prefixes, compounds of numerals, breaking at hyphens.
 *
 * The order of the attempts is Hunspell's own, because it decides which entry, and so which
 * flags, a spelling meets. tests/unit/test_lexicon.c compares the two on all forms and on all
 * words of the corpora. What has a case that our tables do not know is left undecided.
 *
 * Breaking calls itself on strictly shorter strings; a word with ten break points or more is
 * not broken, and DEPTH bounds what those rules leave open. */
#include "text/verdict.h"

#include <string.h>

#include "text/affix.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORD_BYTES 300 /* Hunspell knows no word of so many bytes */
#define ROOM (3 * WORD_BYTES + 8)
#define BREAK_POINTS 10
#define DEPTH 24

typedef struct judge {
	const lexicon_map *map;
	const verdict_side *rules;
	size_t side;
	bool capitalised; /* hidden entries are for words in capitals only */
	bool forbidden;
} judge;

/* ---- reading the rules ---- */

static slice
next_word(slice *rest)
{
	slice word, line = slice_trim(*rest);
	size_t end = 0;

	while (end < line.n && line.p[end] != ' ' && line.p[end] != '\t')
		end++;
	word = slice_sub(line, 0, end);
	*rest = slice_sub(line, end, line.n);
	return word;
}

static void
read_conversion(verdict_side *v, slice from, slice to)
{
	if (v->conversion_count == VERDICT_LISTS || from.n == 0)
		return;
	v->conversions[v->conversion_count++] = (verdict_conversion){ from, to };
	for (size_t i = 0; i < from.n; i++)
		if ((unsigned char)from.p[i] >= 0x80)
			v->converts[(unsigned char)from.p[i]] = true;
}

static slice
or_nothing(slice s, slice nothing)
{
	return slice_equal(s, nothing) ? SLICE("") : s;
}

static unsigned
read_number(slice digits)
{
	unsigned n = 0;

	for (size_t i = 0; i < digits.n && n < 1000; i++)
		n = n * 10 + (unsigned)(digits.p[i] - '0');
	return n;
}

static status
read_prefix(verdict_side *v, const memory *m, slice line)
{
	verdict_prefix p;

	if (v->prefixes == NULL)
		v->prefixes = memory_alloc(m, VERDICT_PREFIXES * sizeof(*v->prefixes));
	if (v->prefixes == NULL)
		return STATUS_MEMORY;
	p.bit = (uint16_t)(1u << (read_number(next_word(&line)) & 15));
	p.strip = or_nothing(next_word(&line), SLICE("0"));
	p.add = next_word(&line);
	p.condition = or_nothing(next_word(&line), SLICE("."));
	if (p.add.n > 0 && v->prefix_count < VERDICT_PREFIXES)
		v->prefixes[v->prefix_count++] = p;
	return STATUS_OK;
}

/* Symbols are numbered as text/lexicon_compile.c does: in order of appearance. */
static uint8_t
symbol_number(verdict_side *v, char symbol)
{
	size_t i = 0;

	while (i < v->symbol_count && v->symbols[i] != symbol)
		i++;
	if (i == v->symbol_count && i < VERDICT_SYMBOLS)
		v->symbols[v->symbol_count++] = symbol;
	return (uint8_t)i;
}

static void
read_compound(verdict_side *v, slice rule)
{
	verdict_compound c = { .n = 0 };

	for (size_t i = 0; i < rule.n && c.n < 16; i++) {
		if (rule.p[i] == '*' && c.n > 0)
			c.repeated[c.n - 1] = c.optional[c.n - 1] = true;
		else if (rule.p[i] == '?' && c.n > 0)
			c.optional[c.n - 1] = true;
		else
			c.symbol[c.n++] = symbol_number(v, rule.p[i]);
	}
	if (v->compound_count < VERDICT_COMPOUNDS)
		v->compounds[v->compound_count++] = c;
}

static status
read_line(verdict_side *v, const memory *m, slice line)
{
	slice keyword = next_word(&line);

	if (slice_equal(keyword, SLICE("PFX")))
		return read_prefix(v, m, line);
	slice first = next_word(&line);
	if (slice_equal(keyword, SLICE("BREAK")) && first.n > 0 &&
		v->break_count < VERDICT_LISTS)
		v->breaks[v->break_count++] = first;
	else if (slice_equal(keyword, SLICE("ICONV")))
		read_conversion(v, first, next_word(&line));
	else if (slice_equal(keyword, SLICE("COMPOUNDRULE")))
		read_compound(v, first);
	return STATUS_OK;
}

status
verdict_read(verdict_side *v, const memory *m, slice rules, size_t side)
{
	slice line;

	*v = (verdict_side){ .break_count = 0 };
	while (slice_line(&rules, &line))
		if (line.n > 2 && line.p[0] == (char)('0' + side))
			TRY(read_line(v, m, slice_sub(line, 2, line.n)));
	return STATUS_OK;
}

void
verdict_free(verdict_side *v, const memory *m)
{
	memory_free(m, v->prefixes);
	v->prefixes = NULL;
}

/* ---- one spelling ---- */

/* Does the pieces' chain from byte `at` complete the rule from element `from` on? */
static bool
compound_matches(const judge *j, const verdict_compound *c, slice word)
{
	bool reached[WORD_BYTES + 1][17] = { { false } };

	reached[0][0] = true;
	for (size_t at = 0; at <= word.n; at++)
		for (size_t i = 0; i < c->n; i++) {
			if (!reached[at][i])
				continue;
			if (c->optional[i])
				reached[at][i + 1] = true;
			for (uint32_t k = 0; k < j->map->piece_count; k++) {
				const struct lexicon_piece *p = &j->map->pieces[k];
				slice text = { p->text, p->bytes };
				if (p->side != j->side || p->bytes > sizeof(p->text) ||
					p->bytes == 0 ||
					(p->symbols >> c->symbol[i] & 1) == 0 ||
					!slice_starts(slice_sub(word, at, word.n), text))
					continue;
				reached[at + p->bytes][i + 1] = true;
				if (c->repeated[i])
					reached[at + p->bytes][i] = true;
			}
		}
	return reached[word.n][c->n];
}

/* All pieces of the dictionaries begin with a digit. */
static bool
is_compound(const judge *j, slice word)
{
	if (word.n == 0 || word.p[0] < '0' || word.p[0] > '9' || word.n > WORD_BYTES)
		return false;
	for (size_t i = 0; i < j->rules->compound_count; i++)
		if (compound_matches(j, &j->rules->compounds[i], word))
			return true;
	return false;
}

static bool
prefix_leads_to(const judge *j, const verdict_prefix *p, slice word, uint8_t *flags)
{
	char stem[ROOM];
	size_t n = p->strip.n;

	if (!slice_starts(word, p->add))
		return false;
	memcpy(stem, p->strip.p, n);
	memcpy(stem + n, word.p + p->add.n, word.n - p->add.n);
	n += word.n - p->add.n;
	if (!affix_condition_starts(p->condition, (slice){ stem, n }))
		return false;
	struct lexicon_class c =
		lexicon_map_class(j->map, lexicon_map_find(j->map, (slice){ stem, n }));
	if ((c.prefixes & p->bit) == 0)
		return false;
	*flags = (c.verdict[j->side] & VERDICT_UPPER) | VERDICT_AFFIXED;
	return true;
}

static uint8_t
elided(const judge *j, slice word)
{
	uint8_t flags = 0;

	if (j->rules->prefix_count == 0 || memchr(word.p, '\'', word.n) == NULL)
		return 0;
	for (size_t i = 0; i < j->rules->prefix_count; i++)
		if (prefix_leads_to(j, &j->rules->prefixes[i], word, &flags))
			return flags;
	return 0;
}

/* Is this spelling accepted as it stands? *keeps: only in this case. */
static bool
check(judge *j, slice word, bool *keeps)
{
	*keeps = false;
	if (word.n == 0)
		return false;
	struct lexicon_class c = lexicon_map_class(j->map, lexicon_map_find(j->map, word));
	uint8_t flags = c.verdict[j->side];
	if (flags & VERDICT_FORBIDDEN) {
		j->forbidden = true;
		return false;
	}
	if (j->capitalised && flags & VERDICT_UPPER)
		flags = 0;
	if ((flags & (VERDICT_DIRECT | VERDICT_AFFIXED)) == 0)
		flags = elided(j, word);
	if (j->capitalised && flags & VERDICT_UPPER)
		flags = 0;
	*keeps = flags & VERDICT_KEEP_CASE;
	return (flags & (VERDICT_DIRECT | VERDICT_AFFIXED)) != 0 || is_compound(j, word);
}

static bool
check_period(judge *j, slice word, bool *keeps)
{
	char text[ROOM];

	memcpy(text, word.p, word.n);
	text[word.n] = '.';
	return check(j, (slice){ text, word.n + 1 }, keeps);
}

/* ---- capitals ---- */

static bool
check_plain(judge *j, slice word, bool period)
{
	bool keeps;

	return check(j, word, &keeps) || (period && check_period(j, word, &keeps));
}

/* “L'ASIE” as “l'Asie”, then as “L'asie”. */
static bool
check_apostrophe(judge *j, slice word)
{
	char text[ROOM];
	bool keeps;
	const char *apostrophe = memchr(word.p, '\'', word.n);

	if (apostrophe == NULL)
		return false;
	size_t cut = (size_t)(apostrophe - word.p) + 1;
	if (cut == word.n)
		return false;
	size_t n = text_small(text, slice_sub(word, 0, cut));
	n += text_capitalise(text + n, slice_sub(word, cut, word.n));
	if (check(j, (slice){ text, n }, &keeps))
		return true;
	n = text_capitalise(text, word);
	return check(j, (slice){ text, n }, &keeps);
}

static bool
check_capitalised(judge *j, slice word, bool *keeps, bool only_first)
{
	bool known;

	j->capitalised = only_first;
	known = check(j, word, keeps);
	j->capitalised = false;
	return known;
}

/* The lower-case spelling, with Hunspell's ways of trying a period behind it. */
static bool
check_small(judge *j, slice word, slice capitalised, bool period, bool only_first)
{
	char small[ROOM], with_period[ROOM];
	bool keeps;
	slice lower = { small, text_small(small, word) };

	if (check(j, lower, &keeps))
		return !keeps;
	if (!period)
		return false;
	if (check_period(j, lower, &keeps))
		return !keeps;
	memcpy(with_period, capitalised.p, capitalised.n);
	with_period[capitalised.n] = '.';
	return check_capitalised(
		       j, (slice){ with_period, capitalised.n + 1 }, &keeps, only_first) &&
	       (only_first || !keeps);
}

static bool
check_initial(judge *j, slice word, slice capitalised, bool period, bool only_first)
{
	bool keeps;
	bool known = check_capitalised(j, capitalised, &keeps, only_first);

	if (j->forbidden)
		return false;
	if (known && (only_first || !keeps))
		return true;
	return check_small(j, word, capitalised, period, only_first);
}

/* ---- a whole word ---- */

static bool
is_number(slice word)
{
	bool separator = true, digit = false;

	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		digit = c >= '0' && c <= '9';
		if (!digit && (separator || (c != ',' && c != '.' && c != '-')))
			return false;
		separator = !digit;
	}
	return digit;
}

static const verdict_conversion *
longest_conversion(const verdict_side *v, slice rest)
{
	const verdict_conversion *best = NULL;

	for (size_t i = 0; i < v->conversion_count; i++) {
		const verdict_conversion *c = &v->conversions[i];
		if (slice_starts(rest, c->from) && (best == NULL || c->from.n > best->from.n))
			best = c;
	}
	return best;
}

static bool
needs_conversion(const verdict_side *v, slice word)
{
	for (size_t i = 0; i < word.n; i++)
		if (v->converts[(unsigned char)word.p[i]])
			return true;
	return false;
}

static slice
convert(const verdict_side *v, slice word, char out[ROOM])
{
	size_t n = 0;

	if (!needs_conversion(v, word))
		return word;
	for (size_t at = 0; at < word.n;) {
		const verdict_conversion *c =
			longest_conversion(v, slice_sub(word, at, word.n));
		slice to = c == NULL ? slice_sub(word, at, at + 1) : c->to;
		if (n + to.n > ROOM)
			break;
		memcpy(out + n, to.p, to.n);
		n += to.n;
		at += c == NULL ? 1 : c->from.n;
	}
	return (slice){ out, n };
}

static bool judge_word(judge *j, slice word, unsigned depth);

static size_t
find_break(slice word, slice point, size_t from)
{
	for (size_t i = from; i + point.n <= word.n; i++)
		if (word.p[i] == point.p[0] && memcmp(word.p + i, point.p, point.n) == 0)
			return i;
	return SIZE_MAX;
}

static size_t
count_breaks(const verdict_side *v, slice word)
{
	size_t n = 0;

	for (size_t i = 0; i < v->break_count; i++)
		for (size_t at = find_break(word, v->breaks[i], 0); at != SIZE_MAX;
			at = find_break(word, v->breaks[i], at + v->breaks[i].n))
			n++;
	return n;
}

/* Break points at the ends: "^-" and "-$". */
static bool
judge_ends(judge *j, slice word, unsigned depth)
{
	const verdict_side *v = j->rules;

	for (size_t i = 0; i < v->break_count; i++) {
		slice point = v->breaks[i];
		if (point.n < 2 || point.n > word.n)
			continue;
		slice start = slice_sub(point, 1, point.n);
		slice end = slice_sub(point, 0, point.n - 1);
		if (point.p[0] == '^' && slice_starts(word, start) &&
			judge_word(j, slice_sub(word, start.n, word.n), depth + 1))
			return true;
		if (point.p[point.n - 1] == '$' && slice_ends(word, end) &&
			judge_word(j, slice_sub(word, 0, word.n - end.n), depth + 1))
			return true;
	}
	return false;
}

static bool
judge_halves(judge *j, slice word, slice point, size_t at, unsigned depth)
{
	return judge_word(j, slice_sub(word, at + point.n, word.n), depth + 1) &&
	       judge_word(j, slice_sub(word, 0, at), depth + 1);
}

/* A break point inside: first its second place in the word, then the first. */
static bool
judge_parts(judge *j, slice word, bool second, unsigned depth)
{
	for (size_t i = 0; i < j->rules->break_count; i++) {
		slice point = j->rules->breaks[i];
		size_t at = find_break(word, point, 0);
		if (at == SIZE_MAX || at == 0 || at >= word.n - point.n)
			continue;
		size_t next = second ? find_break(word, point, at + 1) : SIZE_MAX;
		if (next != SIZE_MAX && next < word.n - point.n)
			at = next;
		if (judge_halves(j, word, point, at, depth))
			return true;
	}
	return false;
}

/* The word as Hunspell holds it when it comes to breaking: ALL CAPITALS have become Capital. */
static bool
judge_broken(judge *j, slice word, unsigned depth)
{
	if (depth >= DEPTH || count_breaks(j->rules, word) >= BREAK_POINTS)
		return false;
	return judge_ends(j, word, depth) || judge_parts(j, word, true, depth) ||
	       judge_parts(j, word, false, depth);
}

/* “İstanbul”: the first letter stays what it is. */
static bool
check_dotted(judge *j, slice word, text_case kind, unsigned depth)
{
	char text[ROOM];
	bool keeps;
	size_t n = SLICE("İ").n;

	memcpy(text, word.p, n);
	n += text_small(text + n, slice_sub(word, n, word.n));
	return (check_capitalised(j, (slice){ text, n }, &keeps, kind == CASE_CAPITAL) &&
		       (kind == CASE_CAPITAL || !keeps)) ||
	       judge_broken(j, (slice){ text, n }, depth);
}

static bool
judge_case(judge *j, slice word, bool period, unsigned depth)
{
	text_case kind = text_case_of(word);
	char text[ROOM];

	if (kind != CASE_CAPITAL && kind != CASE_UPPER)
		return check_plain(j, word, period) || judge_broken(j, word, depth);
	if (kind == CASE_UPPER && (check_plain(j, word, period) || check_apostrophe(j, word)))
		return true;
	slice capitalised = { text, text_capitalise(text, word) };
	if (slice_starts(word, SLICE("İ"))) /* Hunspell does not make it i */
		return check_dotted(j, word, kind, depth);
	return check_initial(j, word, capitalised, period, kind == CASE_CAPITAL) ||
	       judge_broken(j, capitalised, depth);
}

static bool
judge_word(judge *j, slice word, unsigned depth)
{
	char converted[ROOM];
	bool period = false;

	if (word.n >= WORD_BYTES)
		return false;
	word = convert(j->rules, word, converted);
	while (word.n > 0 && word.p[0] == ' ')
		word = slice_sub(word, 1, word.n);
	for (; word.n > 0 && word.p[word.n - 1] == '.'; period = true)
		word.n--;
	if (word.n == 0 || is_number(word))
		return true;
	j->forbidden = false;
	return judge_case(j, word, period, depth);
}

static bool
is_decidable(slice word)
{
	if (word.n > 0 && memchr(word.p, '\0', word.n) != NULL)
		return false;
	for (size_t at = 0; at < word.n;)
		if (!text_case_is_known(utf8_read(word, &at)))
			return false;
	return true;
}

verdict
verdict_of(const lexicon_map *m, const verdict_side *v, size_t side, slice word)
{
	judge j = { .map = m, .rules = v, .side = side };

	if (!is_decidable(word))
		return VERDICT_UNDECIDED;
	return judge_word(&j, word, 0) ? VERDICT_KNOWN : VERDICT_UNKNOWN;
}
