#include "document/facts.h"

#include <string.h>

#include "text/find.h"
#include "text/scan.h"
#include "text/utf8.h"

/* ---- words ---- */

static bool
is_alphanumeric(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* Is there a letter or a digit before the next white space? */
static bool
is_word(slice text, size_t i)
{
	for (; i < text.n && (unsigned char)text.p[i] > ' '; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (is_alphanumeric(c) || (c >= 0xC3 && c != 0xE2))
			return true;
	}
	return false;
}

/* « paraph: », also with spaces or signs before the colon. */
static bool
is_comment(slice text, size_t at)
{
	static const slice word = { "paraph", 6 };
	size_t i = at + word.n;

	if (!slice_starts(slice_sub(text, at, text.n), word))
		return false;
	while (i < text.n &&
		((unsigned char)text.p[i] >= 0x80 || text.p[i] == ' ' || text.p[i] == '\t'))
		i++;
	return i < text.n && text.p[i] == ':';
}

/* The last bytes, one by one. before: white space stands before the first of them. */
static void
survey_rest(slice text, size_t i, bool before, text_survey *out)
{
	for (; i < text.n; i++) {
		bool space = (unsigned char)text.p[i] <= ' ';
		out->words += before && !space && is_word(text, i);
		out->raised |= slice_starts(slice_sub(text, i, text.n), SLICE("\u00B9"));
		out->commented |= text.p[i] == 'p' && is_comment(text, i);
		before = space;
	}
}

/* Sixty-four bytes at a time, with those that a mark may go on with. Most words begin with a
 * letter or a digit. */
text_survey
facts_survey(slice text)
{
	text_survey found = { 0 };
	uint64_t before = 1; /* a space */
	size_t i = 0;

	for (; text.n - i >= 5 * SCAN_BYTES; i += 4 * SCAN_BYTES) {
		uint64_t spaces = 0, plain = 0, comments = 0;
		unsigned raised = 0;
#pragma GCC unroll 4
		for (unsigned k = 0; k < 4 * SCAN_BYTES; k += SCAN_BYTES) {
			const char *p = text.p + i + k;
			scan_block b = scan_load(p);
			spaces |= (uint64_t)scan_spaces(b) << k;
			plain |= (uint64_t)scan_alphanumerics(b) << k;
			comments |= (uint64_t)scan_pair(b, 'p', scan_load(p + 5), 'h') << k;
			raised |= scan_pair(b, 0xC2, scan_load(p + 1), 0xB9);
		}
		uint64_t starts = (spaces << 1 | before) & ~spaces;
		before = spaces >> 63;
		found.raised |= raised != 0;
		found.words += scan_count(starts & plain);
		for (starts &= ~plain; starts != 0; starts &= starts - 1)
			found.words += is_word(text, i + (unsigned)__builtin_ctzll(starts));
		for (; comments != 0 && !found.commented; comments &= comments - 1)
			found.commented =
				is_comment(text, i + (unsigned)__builtin_ctzll(comments));
	}
	survey_rest(text, i, before != 0, &found);
	return found;
}

/* ---- signs of typing ---- */

/* Where the byte stands in the text, from i on; text.n: nowhere. */
static size_t
next_byte(slice text, size_t i, char byte)
{
	const char *p = i < text.n ? memchr(text.p + i, byte, text.n - i) : NULL;

	return p == NULL ? text.n : (size_t)(p - text.p);
}

size_t
facts_straight(slice text, size_t most)
{
	size_t n = 0;

	for (size_t i = next_byte(text, 1, '\''); i + 1 < text.n && n <= most;
		i = next_byte(text, i + 1, '\''))
		n += is_alphanumeric((unsigned char)text.p[i - 1]);
	return n;
}

static void
count_glued(slice text, size_t *glued, size_t *spaced)
{
	for (const char *sign = ":;!?"; *sign != '\0'; sign++)
		for (size_t i = next_byte(text, 1, *sign); i + 1 < text.n;
			i = next_byte(text, i + 1, *sign)) {
			char before = text.p[i - 1], after = text.p[i + 1];
			if (after != ' ' && after != '\n' && after != '\r')
				continue;
			*spaced += before == ' ';
			*glued += is_alphanumeric((unsigned char)before) || before == ')';
		}
}

static bool
prevail(size_t glued, size_t spaced)
{
	return glued > 1 && glued > spaced;
}

bool
facts_glued(slice text)
{
	size_t glued = 0, spaced = 0;

	count_glued(text, &glued, &spaced);
	return prevail(glued, spaced);
}

/* ---- what is kept ---- */

#define EACH_FACT(x) \
	x(words) x(comments) x(no_breaks) x(narrow) x(curly) x(raised) x(closing) x(straight) \
		x(glued) x(spaced)

static size_t
count_comments(slice text)
{
	static const slice word = { "paraph", 6 };
	size_t n = 0;

	for (size_t at = text_find(text, 0, word); at < text.n;
		at = text_find(text, at + 1, word))
		n += is_comment(text, at);
	return n;
}

static text_facts
facts_of(slice text)
{
	size_t all = SIZE_MAX - 1;
	text_facts f = { .words = facts_survey(text).words,
		.comments = count_comments(text),
		.no_breaks = text_count_to(text, SLICE("\u00A0"), all),
		.narrow = text_count_to(text, SLICE("\u202F"), all),
		.curly = text_count_to(text, SLICE("\u2019"), all),
		.raised = text_count_to(text, SLICE("\u00B9"), all),
		.closing = text_count_to(text, SLICE("\x80\x99"), all),
		.straight = facts_straight(text, all) };

	count_glued(text, &f.glued, &f.spaced);
	return f;
}

static size_t
common_start(slice a, slice b)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;

	while (n - i >= 4096 && memcmp(a.p + i, b.p + i, 4096) == 0)
		i += 4096;
	while (n - i >= 32 && memcmp(a.p + i, b.p + i, 32) == 0)
		i += 32;
	while (i < n && a.p[i] == b.p[i])
		i++;
	return i;
}

/* No more than most. */
static size_t
common_end(slice a, slice b, size_t most)
{
	const char *p = a.p + a.n, *q = b.p + b.n;
	size_t n = 0;

	while (most - n >= 4096 && memcmp(p - n - 4096, q - n - 4096, 4096) == 0)
		n += 4096;
	while (most - n >= 32 && memcmp(p - n - 32, q - n - 32, 32) == 0)
		n += 32;
	while (n < most && p[-1 - (ptrdiff_t)n] == q[-1 - (ptrdiff_t)n])
		n++;
	return n;
}

static text_difference
compare(slice old, slice now)
{
	size_t start = common_start(old, now), least = old.n < now.n ? old.n : now.n;
	size_t end = common_end(old, now, least - start);

	while (start > 0 && now.p[start - 1] != '\n')
		start--;
	size_t after = next_byte(now, now.n - end, '\n');
	end = after == now.n ? 0 : now.n - after - 1;
	return (text_difference){ start, old.n - end, now.n - end };
}

void
text_memo_free(text_memo *m)
{
	memory_free(m->memory, m->text);
	ARRAY_FREE(m->memory, &m->hashes);
	m->text = NULL;
	m->n = m->capacity = 0;
	m->known = false;
}

bool
text_memo_is_sound(text_memo *m, slice bytes)
{
	utf8_facts facts;

	if (m == NULL)
		return false;
	m->asked = (slice){ 0 };
	if (!m->known || !m->plain || bytes.n == 0)
		return false;
	text_difference d = compare((slice){ m->text, m->n }, bytes);
	m->asked = bytes;
	m->found = d;
	slice lines = slice_sub(bytes, d.start, d.new_end);
	bool marked = d.start == 0 && lines.n != 0 && (unsigned char)lines.p[0] >= 0xEF;
	return !marked && next_byte(lines, 0, '\0') == lines.n &&
	       utf8_check(lines, &facts) == lines.n && !facts.unusual;
}

/* The lines that are others take the place of those they were. */
static status
replace_lines(text_memo *m, slice text, text_difference d)
{
	size_t tail = m->n - d.old_end;

	if (text.n > m->capacity)
		TRY(memory_grow(
			m->memory, (void **)&m->text, &m->capacity, m->n, text.n - m->n, 1));
	memmove(m->text + d.new_end, m->text + d.old_end, tail);
	if (d.new_end != d.start)
		memcpy(m->text + d.start, text.p + d.start, d.new_end - d.start);
	m->n = text.n;
	return STATUS_OK;
}

static void
exchange(text_facts *f, const text_facts *old, const text_facts *now)
{
#define EXCHANGE(fact) f->fact = f->fact - old->fact + now->fact;
	EACH_FACT(EXCHANGE)
#undef EXCHANGE
}

const text_facts *
text_memo_read(text_memo *m, slice text, bool plain)
{
	text_difference d = { 0, 0, text.n };

	if (m == NULL || text.n == 0 || text.n > TEXT_MEMO_MOST)
		return NULL;
	/* Memory may have run out between a text and its blocks. */
	if (!m->known || !m->hashed)
		m->hashes.n = 0;
	m->hashed = false;
	if (!m->known) {
		m->n = 0;
		m->facts = (text_facts){ 0 };
	} else if (m->asked.p == text.p && m->asked.n == text.n)
		d = m->found; /* nothing was read since */
	else
		d = compare((slice){ m->text, m->n }, text);
	m->asked = (slice){ 0 };
	m->found = d;
	text_facts old = { 0 };
	if (d.old_end != d.start)
		old = facts_of(slice_sub((slice){ m->text, m->n }, d.start, d.old_end));
	text_facts now = facts_of(slice_sub(text, d.start, d.new_end));
	exchange(&m->facts, &old, &now);
	m->known = replace_lines(m, text, d) == STATUS_OK;
	m->plain = plain;
	return m->known ? &m->facts : NULL;
}
