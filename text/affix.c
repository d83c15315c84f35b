/* Reader of Hunspell's .aff and .dic files. The format is described in hunspell(5); where that
 * page is silent, what libhunspell 1.7 does was found by trying, and tests/unit/test_lexicon.c
 * compares the verdicts.
 *
 * Invariant: slices point into the text that was given or into the arena; nothing is copied
 * that need not be. */
#include "text/affix.h"

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

static slice
next_word(slice *rest)
{
	size_t start = 0, end;

	while (start < rest->n && (rest->p[start] == ' ' || rest->p[start] == '\t'))
		start++;
	end = start;
	while (end < rest->n && rest->p[end] != ' ' && rest->p[end] != '\t')
		end++;
	slice word = slice_sub(*rest, start, end);
	*rest = slice_sub(*rest, end, rest->n);
	return word;
}

static slice
or_nothing(slice s)
{
	return slice_equal(s, SLICE("0")) ? SLICE("") : s;
}

static bool
read_flag(const affix *a, slice *rest, affix_flag *out)
{
	unsigned value = 0;
	size_t taken = 1;

	if (rest->n == 0)
		return false;
	if (a->flag_mode == FLAGS_NUMBER) {
		slice digits;
		slice_cut(*rest, ',', &digits, rest);
		for (size_t i = 0; i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9';
			i++)
			value = (value * 10 + (unsigned)(digits.p[i] - '0')) & 0xFFFF;
		*out = (affix_flag)value;
		return true;
	}
	value = (unsigned char)rest->p[0];
	if (a->flag_mode == FLAGS_LONG && rest->n > 1) {
		value = value << 8 | (unsigned char)rest->p[1];
		taken = 2;
	}
	*rest = slice_sub(*rest, taken, rest->n);
	*out = (affix_flag)value;
	return true;
}

status
affix_flags_read(const affix *a, arena *scratch, slice text, affix_flags *out)
{
	affix_flag *at = ARENA_ARRAY(scratch, affix_flag, text.n + 1);
	size_t n = 0;

	if (at == NULL)
		return STATUS_MEMORY;
	while (read_flag(a, &text, &at[n]))
		n++;
	*out = (affix_flags){ at, n };
	return STATUS_OK;
}

bool
affix_has(affix_flags flags, affix_flag flag)
{
	for (size_t i = 0; i < flags.n; i++)
		if (flags.at[i] == flag)
			return flag != 0;
	return false;
}

const affix_class *
affix_suffix(const affix *a, affix_flag flag)
{
	return a->suffix_of[flag] == 0 ? NULL : &a->classes.at[a->suffix_of[flag] - 1];
}

const affix_class *
affix_prefix(const affix *a, affix_flag flag)
{
	return a->prefix_of[flag] == 0 ? NULL : &a->classes.at[a->prefix_of[flag] - 1];
}

/* One element of a condition: ".", "x", "[xyz]" or "[^xyz]"; moves *rest behind it. */
static slice
next_element(slice *rest)
{
	size_t end = 0;

	if (rest->p[0] == '[') {
		while (end < rest->n && rest->p[end] != ']')
			end++;
		end += end < rest->n;
	} else {
		utf8_read(*rest, &end);
	}
	slice element = slice_sub(*rest, 0, end);
	*rest = slice_sub(*rest, end, rest->n);
	return element;
}

static bool
set_contains(slice set, uint32_t c)
{
	for (size_t at = 0; at < set.n;)
		if (utf8_read(set, &at) == c)
			return true;
	return false;
}

static bool
element_matches(slice element, uint32_t c)
{
	size_t at = 0;

	if (element.p[0] == '.')
		return true;
	if (element.p[0] != '[')
		return utf8_read(element, &at) == c;
	bool negated = element.n > 1 && element.p[1] == '^';
	size_t first = negated ? 2 : 1, last = element.n - 1;
	return set_contains(slice_sub(element, first, last < first ? first : last), c) !=
	       negated;
}

static size_t
count_elements(slice condition)
{
	size_t n = 0;

	for (; condition.n > 0; n++)
		next_element(&condition);
	return n;
}

bool
affix_condition_starts(slice condition, slice word)
{
	size_t at = 0;

	while (condition.n > 0) {
		slice element = next_element(&condition);
		if (at >= word.n || !element_matches(element, utf8_read(word, &at)))
			return false;
	}
	return true;
}

bool
affix_condition_ends(slice condition, slice word)
{
	size_t start = word.n;

	for (size_t n = count_elements(condition); n > 0; n--) {
		if (start == 0)
			return false;
		do
			start--;
		while (start > 0 && ((unsigned char)word.p[start] & 0xC0) == 0x80);
	}
	return affix_condition_starts(condition, slice_sub(word, start, word.n));
}

static status
read_rule(affix *a, slice line, affix_rule *out)
{
	slice add, flags;

	*out = (affix_rule){ .strip = or_nothing(next_word(&line)) };
	slice_cut(next_word(&line), '/', &add, &flags);
	out->add = or_nothing(add);
	out->condition = next_word(&line);
	if (slice_equal(out->condition, SLICE(".")))
		out->condition = SLICE("");
	out->morphology = slice_trim(line);
	return affix_flags_read(a, &a->arena, flags, &out->continuation);
}

static size_t
read_count(slice digits)
{
	size_t n = 0;

	for (size_t i = 0; i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9'; i++)
		n = n < 100000 ? n * 10 + (size_t)(digits.p[i] - '0') : n;
	return n;
}

static status
read_class(affix *a, const memory *m, slice line, bool suffix, slice *rest)
{
	affix_class class = { .suffix = suffix };
	slice flag = next_word(&line), body, keyword = SLICE("");

	if (!read_flag(a, &flag, &class.flag))
		return STATUS_OK;
	class.cross = slice_equal(next_word(&line), SLICE("Y"));
	size_t count = read_count(next_word(&line));
	affix_rule *rules = ARENA_ARRAY(&a->arena, affix_rule, count);
	if (rules == NULL)
		return STATUS_MEMORY;
	while (class.n < count && slice_line(rest, &body)) {
		keyword = next_word(&body);
		if (keyword.n != 3 || keyword.p[1] != 'F')
			continue;
		next_word(&body);
		TRY(read_rule(a, body, &rules[class.n]));
		class.n++;
	}
	class.rules = rules;
	TRY(ARRAY_RESERVE(m, &a->classes, 1));
	a->classes.at[a->classes.n++] = class;
	(suffix ? a->suffix_of : a->prefix_of)[class.flag] = (uint16_t)a->classes.n;
	return STATUS_OK;
}

static void
read_flag_mode(affix *a, slice name)
{
	if (slice_equal(name, SLICE("long")))
		a->flag_mode = FLAGS_LONG;
	else if (slice_equal(name, SLICE("num")))
		a->flag_mode = FLAGS_NUMBER;
}

static void
read_special_flag(affix *a, slice keyword, slice value)
{
	const struct {
		slice name;
		affix_flag *flag;
	} table[] = {
		{ SLICE("NEEDAFFIX"), &a->need_affix },
		{ SLICE("KEEPCASE"), &a->keep_case },
		{ SLICE("FORBIDDENWORD"), &a->forbidden },
		{ SLICE("ONLYINCOMPOUND"), &a->only_in_compound },
		{ SLICE("NOSUGGEST"), &a->no_suggest },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (slice_equal(keyword, table[i].name))
			read_flag(a, &value, table[i].flag);
}

status
affix_read(affix *a, context *c, slice text)
{
	slice line, rest = text;

	memset(a, 0, sizeof(*a));
	a->text = text;
	arena_init(&a->arena, c->memory);
	if (slice_starts(rest, SLICE("\xEF\xBB\xBF")))
		rest = slice_sub(rest, 3, rest.n);
	while (slice_line(&rest, &line)) {
		slice keyword = next_word(&line);
		if (slice_equal(keyword, SLICE("SFX")))
			TRY(read_class(a, c->memory, line, true, &rest));
		else if (slice_equal(keyword, SLICE("PFX")))
			TRY(read_class(a, c->memory, line, false, &rest));
		else if (slice_equal(keyword, SLICE("FLAG")))
			read_flag_mode(a, next_word(&line));
		else if (slice_equal(keyword, SLICE("FULLSTRIP")))
			a->full_strip = true;
		else
			read_special_flag(a, keyword, next_word(&line));
	}
	return STATUS_OK;
}

void
affix_free(affix *a, const memory *m)
{
	ARRAY_FREE(m, &a->classes);
	arena_free(&a->arena);
}

/* Where the fields "xx:yyy" of a line begin, with the white space before them. */
static size_t
morphology_start(slice line)
{
	for (size_t i = 1; i < line.n; i++)
		if (line.p[i] == '\t')
			return i;
		else if (line.p[i] == ':' && i > 3 &&
			 (line.p[i - 3] == ' ' || line.p[i - 3] == '\t'))
			return i - 3;
	return line.n;
}

/* Takes the word off the line, "\/" made "/"; *line is left at the flags. */
static status
take_word(arena *scratch, slice *line, slice *word)
{
	char *p = ARENA_ARRAY(scratch, char, line->n + 1);
	size_t n = 0, i = 0;

	if (p == NULL)
		return STATUS_MEMORY;
	for (; i < line->n && (line->p[i] != '/' || i == 0); i++) {
		if (line->p[i] == '\\' && i + 1 < line->n && line->p[i + 1] == '/')
			i++;
		p[n++] = line->p[i];
	}
	*word = (slice){ p, n };
	*line = slice_sub(*line, i < line->n ? i + 1 : i, line->n);
	return STATUS_OK;
}

status
affix_entry_read(const affix *a, arena *scratch, slice line, affix_entry *out, bool *found)
{
	size_t end = morphology_start(line);

	*out = (affix_entry){ .morphology = slice_trim(slice_sub(line, end, line.n)) };
	slice head = slice_trim(slice_sub(line, 0, end));
	*found = head.n > 0;
	if (!*found)
		return STATUS_OK;
	TRY(take_word(scratch, &head, &out->word));
	return affix_flags_read(a, scratch, head, &out->flags);
}
