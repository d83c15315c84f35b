#include "checker/rules/word_parts.h"

#include <string.h>

#include "text/data.h"

#define STEM_LEAST 5 /* bytes */
#define LONG_ELEMENT 5
#define STEM_LEAST_LONG 4 /* behind an element of LONG_ELEMENT bytes */
#define JOINT_LEAST 3     /* bytes of « oro- », « agri- » */
#define FOREIGN_LEAST 3   /* bytes of each part of a compound of the other language */

enum { PREFIX, ELEMENT, SUFFIX, ENDING, ROOT, LINK, END, KINDS };

static uint8_t
kind_of(slice name)
{
	static const char *const names[] = { "prefix", "element", "suffix", "ending", "root",
		"link", "end" };
	uint8_t k = 0;

	while (k < KINDS && !slice_is(name, names[k]))
		k++;
	return k;
}

void
word_parts_read(word_parts *p, language l)
{
	slice rest = EMBEDDED(word_parts), name = slice_of(language_name(l)), row, cell;

	p->n = 0;
	while (p->n < WORD_PARTS_MOST && data_row(&rest, &row)) {
		if (!slice_starts(row, name))
			continue;
		slice_cut(row, '\t', &cell, &row);
		slice_cut(row, '\t', &p->at[p->n].text, &row);
		slice_cut(row, '\t', &cell, &row);
		p->at[p->n].kind = kind_of(cell);
		slice_cut(row, '\t', &p->at[p->n].instead, &row);
		p->n++;
	}
}

static bool
is_listed(const lexicon *x, slice s)
{
	const analysis *a;

	return lexicon_analyses(x, s, &a) != 0;
}

/* A word of the dictionary, or its plural: biologicals. */
static bool
is_word(const lexicon *x, slice s)
{
	return is_listed(x, s) ||
	       (s.n > 1 && slice_ends(s, SLICE("s")) && is_listed(x, slice_sub(s, 0, s.n - 1)));
}

static bool
has_prefix(const word_part *part, const lexicon *x, slice s)
{
	bool is_long = part->kind == ELEMENT && part->text.n >= LONG_ELEMENT;
	size_t least = is_long ? STEM_LEAST_LONG : STEM_LEAST;

	return s.n >= part->text.n + least && slice_starts(s, part->text) &&
	       is_word(x, slice_sub(s, part->text.n, s.n));
}

static bool
has_suffix(const word_part *part, const lexicon *x, slice s)
{
	char made[2 * WORD_PARTS_BYTES];
	slice rest = part->instead, instead;
	bool more = true;

	if (s.n < part->text.n + STEM_LEAST || !slice_ends(s, part->text))
		return false;
	size_t stem = s.n - part->text.n;
	memcpy(made, s.p, stem);
	while (more) {
		more = slice_cut(rest, '|', &instead, &rest);
		if (slice_is(instead, "-"))
			instead.n = 0;
		if (instead.n + stem > sizeof(made))
			return false;
		if (instead.n > 0)
			memcpy(made + stem, instead.p, instead.n);
		if (is_listed(x, (slice){ made, stem + instead.n }))
			return true;
	}
	return false;
}

/* Which ends of the word so far can be reached by whole parts; bit 0: with no root yet, bit 1:
 * with one, bit 2: the last part is an end and there was a root. */
static bool
is_chemical(const word_parts *p, slice s)
{
	uint8_t reached[WORD_PARTS_BYTES + 1] = { 1 };

	for (size_t at = 0; at < s.n; at++)
		for (size_t k = 0; (reached[at] & 3) != 0 && k < p->n; k++) {
			const word_part *part = &p->at[k];
			if (part->kind < ROOT ||
				!slice_starts(slice_sub(s, at, s.n), part->text))
				continue;
			uint8_t *to = &reached[at + part->text.n];
			if (part->kind == END)
				*to |= (reached[at] & 2) != 0 ? 4 : 0;
			else
				*to |= part->kind == ROOT ? 2 : reached[at] & 3;
		}
	return (reached[s.n] & 4) != 0;
}

static enum word_parts_verdict
made_of(const word_parts *p, const lexicon *x, slice s)
{
	for (size_t k = 0; k < p->n; k++) {
		const word_part *part = &p->at[k];
		if (part->kind <= ELEMENT && has_prefix(part, x, s))
			return part->kind == PREFIX ? WORD_MADE : WORD_LIKELY;
		if (part->kind == SUFFIX && has_suffix(part, x, s))
			return WORD_LIKELY;
		if (part->kind == ENDING && s.n >= part->text.n + STEM_LEAST &&
			slice_ends(s, part->text))
			return WORD_LIKELY;
	}
	return is_chemical(p, s) ? WORD_LIKELY : WORD_UNEXPLAINED;
}

static bool
is_prefix(const word_parts *p, slice s)
{
	for (size_t k = 0; k < p->n; k++)
		if (p->at[k].kind <= ELEMENT && slice_equal(p->at[k].text, s))
			return true;
	return false;
}

/* « oro- », « agri- », « di-n- »: what stands before a hyphen only. */
static bool
is_joint(const word_parts *p, slice s)
{
	return s.n == 1 || is_prefix(p, s) ||
	       (s.n >= JOINT_LEAST && (slice_ends(s, SLICE("o")) || slice_ends(s, SLICE("i"))));
}

static enum word_parts_verdict
compound_of(const word_parts *p, const lexicon *x, slice s)
{
	enum word_parts_verdict found = WORD_MADE;
	const analysis *a;
	slice part, rest = s;
	bool more = true;

	while (more) {
		more = slice_cut(rest, '-', &part, &rest);
		if (lexicon_analyses(x, part, &a) != 0)
			continue;
		found = WORD_LIKELY;
		if (!is_word(x, part) && made_of(p, x, part) == WORD_UNEXPLAINED &&
			!(more && is_joint(p, part)))
			return WORD_UNEXPLAINED;
	}
	return found;
}

/* “cargo-carrying” in French. */
static bool
is_foreign_compound(const lexicon *other, slice s)
{
	slice part, rest = s;
	bool more = other != NULL;

	while (more) {
		more = slice_cut(rest, '-', &part, &rest);
		if (part.n < FOREIGN_LEAST || !is_listed(other, part))
			return false;
	}
	return other != NULL;
}

enum word_parts_verdict
word_parts_explain(const word_parts *p, const lexicon *own, const lexicon *other, slice lower)
{
	if (slice_ends(lower, SLICE("\u2019s")))
		lower.n -= sizeof("\u2019s") - 1;
	if (lower.n == 0 || lower.n > WORD_PARTS_BYTES)
		return WORD_UNEXPLAINED;
	if (is_word(own, lower))
		return WORD_MADE;
	if (memchr(lower.p, '-', lower.n) == NULL)
		return made_of(p, own, lower);
	enum word_parts_verdict found = compound_of(p, own, lower);
	return found == WORD_UNEXPLAINED && is_foreign_compound(other, lower) ? WORD_LIKELY
									      : found;
}
