/* Expansion of a dictionary: entry × suffix rules × prefix rules, as Hunspell would accept them
 * when it strips affixes the other way round.
 *
 * What Hunspell does besides, and is done here too: an entry in mixed case, or in capitals with
 * flags, has a hidden twin (“OpenOffice” → “Openoffice”) that only a word wholly in capitals
 * may match; a prefix may bring suffixes of its own (kilo + gramme + s).
 *
 * Lemmas: in French the headword. English entries are often roots of several words
 * (“compute/D” but also “computation”), so that only inflection leads to the headword; a word
 * made by another suffix is its own lemma, without its plural s. */
#include "text/expand.h"

#include <string.h>

#include "text/fold.h"
#include "text/lexicon_file.h"

typedef struct state {
	const affix *affix;
	expand_elisions elisions;
	bool english;
	expand_sink sink;
	arena scratch; /* reset for every entry */
	affix_entry entry;
	uint8_t verdict;     /* of the entry's flags */
	uint64_t *headwords; /* hashes of all entries and twins; a table with 0 as empty */
	size_t headword_slots;
} state;

static size_t
headword_slot(const state *s, slice word)
{
	uint64_t hash = slice_hash(word) | 1;
	size_t slot = hash >> 8 & (s->headword_slots - 1);

	while (s->headwords[slot] != 0 && s->headwords[slot] != hash)
		slot = (slot + 1) & (s->headword_slots - 1);
	return slot;
}

/* Notes the word; false when it was there already. */
static bool
add_headword(state *s, slice word)
{
	size_t slot = headword_slot(s, word);

	if (s->headwords[slot] != 0)
		return false;
	s->headwords[slot] = slice_hash(word) | 1;
	return true;
}

static bool
is_elision(const affix_class *class)
{
	for (size_t i = 0; i < class->n; i++)
		if (!slice_ends(class->rules[i].add, SLICE("'")) &&
			memchr(class->rules[i].add.p, '\'', class->rules[i].add.n) == NULL)
			return false;
	return !class->suffix && class->n > 0;
}

expand_elisions
expand_elisions_of(const affix *a)
{
	expand_elisions e = { .n = 0 };

	for (size_t i = 0; i < a->classes.n && e.n < EXPAND_ELISIONS; i++)
		if (is_elision(&a->classes.at[i]))
			e.at[e.n++] = &a->classes.at[i];
	return e;
}

static uint16_t
elision_bit(const state *s, affix_flag flag)
{
	for (size_t i = 0; i < s->elisions.n; i++)
		if (s->elisions.at[i]->flag == flag)
			return (uint16_t)(1u << i);
	return 0;
}

static uint16_t
elision_bits(const state *s, affix_flags flags)
{
	uint16_t bits = 0;

	for (size_t i = 0; i < flags.n; i++)
		bits |= elision_bit(s, flags.at[i]);
	return bits;
}

/* Elided prefixes that may be crossed with a suffix. */
static uint16_t
crossing_bits(const state *s)
{
	uint16_t bits = 0;

	for (size_t i = 0; i < s->elisions.n; i++)
		if (s->elisions.at[i]->cross)
			bits |= (uint16_t)(1u << i);
	return bits;
}

static status
join(arena *scratch, slice a, slice b, slice *out)
{
	char *p = ARENA_ARRAY(scratch, char, a.n + b.n + 1);

	if (p == NULL)
		return STATUS_MEMORY;
	if (a.n > 0)
		memcpy(p, a.p, a.n);
	if (b.n > 0)
		memcpy(p + a.n, b.p, b.n);
	*out = (slice){ p, a.n + b.n };
	return STATUS_OK;
}

static bool
suffix_fits(const state *s, const affix_rule *r, slice word)
{
	return slice_ends(word, r->strip) && (word.n > r->strip.n || s->affix->full_strip) &&
	       affix_condition_ends(r->condition, word);
}

static bool
prefix_fits(const state *s, const affix_rule *r, slice word)
{
	return slice_starts(word, r->strip) && (word.n > r->strip.n || s->affix->full_strip) &&
	       affix_condition_starts(r->condition, word);
}

static bool
is_inflection(slice add)
{
	static const slice endings[] = { { "s", 1 }, { "es", 2 }, { "ies", 3 }, { "d", 1 },
		{ "ed", 2 }, { "ied", 3 }, { "ing", 3 }, { "'s", 2 }, { "r", 1 }, { "er", 2 },
		{ "ier", 3 }, { "st", 2 }, { "est", 3 }, { "iest", 4 } };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (slice_equal(add, endings[i]))
			return true;
	return false;
}

static slice
lemma_of(const state *s, slice base, slice text, const affix_rule *suffix)
{
	if (!s->english)
		return s->entry.word;
	if (suffix == NULL || is_inflection(suffix->add))
		return base;
	if (slice_ends(text, SLICE("'s")))
		return slice_sub(text, 0, text.n - 2);
	if (slice_ends(text, SLICE("s")) && !slice_ends(text, SLICE("ss")))
		return slice_sub(text, 0, text.n - 1);
	return text;
}

static status
emit(state *s, slice base, slice text, uint8_t verdict, uint16_t prefixes,
	const affix_rule *suffix)
{
	if (verdict == 0 && prefixes == 0)
		return STATUS_OK;
	expand_form form = { .text = text,
		.lemma = lemma_of(s, base, text, suffix),
		.verdict = verdict == 0 ? s->verdict : (uint8_t)(verdict | s->verdict),
		.prefixes = prefixes,
		.entry_morphology = s->entry.morphology,
		.affix_morphology = suffix == NULL ? SLICE("") : suffix->morphology };
	return s->sink.take(s->sink.user, &form);
}

/* prefix rule r before a word that suffix (or none) has made out of the entry */
static status
emit_prefixed(state *s, const affix_class *class, slice word, const affix_rule *suffix)
{
	for (size_t i = 0; i < class->n; i++) {
		const affix_rule *r = &class->rules[i];
		slice text, base;
		if (!prefix_fits(s, r, word))
			continue;
		if (suffix == NULL && affix_has(r->continuation, s->affix->need_affix))
			continue;
		TRY(join(&s->scratch, r->add, slice_sub(word, r->strip.n, word.n), &text));
		TRY(join(&s->scratch, r->add, s->entry.word, &base));
		TRY(emit(s, base, text, VERDICT_AFFIXED, 0, suffix));
	}
	return STATUS_OK;
}

static status
emit_prefixes(state *s, affix_flags flags, slice word, const affix_rule *suffix)
{
	for (size_t i = 0; i < flags.n; i++) {
		const affix_class *class = affix_prefix(s->affix, flags.at[i]);
		if (class == NULL || elision_bit(s, flags.at[i]) != 0)
			continue;
		if (suffix == NULL || class->cross)
			TRY(emit_prefixed(s, class, word, suffix));
	}
	return STATUS_OK;
}

static status
apply_suffix(state *s, const affix_rule *r, slice *out)
{
	slice word = s->entry.word;

	return join(&s->scratch, slice_sub(word, 0, word.n - r->strip.n), r->add, out);
}

static status
expand_suffixes(state *s, const affix_class *class)
{
	uint16_t crossing = class->cross ? crossing_bits(s) : 0;

	for (size_t i = 0; i < class->n; i++) {
		const affix_rule *r = &class->rules[i];
		slice text;
		if (!suffix_fits(s, r, s->entry.word))
			continue;
		TRY(apply_suffix(s, r, &text));
		bool alone = !affix_has(r->continuation, s->affix->need_affix);
		uint16_t elisions = (uint16_t)((elision_bits(s, s->entry.flags) |
						       elision_bits(s, r->continuation)) &
					       crossing);
		TRY(emit(s, s->entry.word, text, alone ? VERDICT_AFFIXED : 0, elisions, r));
		if (!class->cross)
			continue;
		TRY(emit_prefixes(s, s->entry.flags, text, r));
		TRY(emit_prefixes(s, r->continuation, text, r));
	}
	return STATUS_OK;
}

/* Suffixes that a prefix rule brings with it: the prefix is applied after the suffix. */
static status
expand_brought_suffix(state *s, const affix_rule *prefix, const affix_class *suffixes)
{
	for (size_t i = 0; i < suffixes->n; i++) {
		const affix_rule *r = &suffixes->rules[i];
		slice stem, text, base;
		if (!suffix_fits(s, r, s->entry.word))
			continue;
		TRY(apply_suffix(s, r, &stem));
		if (!prefix_fits(s, prefix, stem))
			continue;
		TRY(join(&s->scratch, prefix->add, slice_sub(stem, prefix->strip.n, stem.n),
			&text));
		TRY(join(&s->scratch, prefix->add, s->entry.word, &base));
		TRY(emit(s, base, text, VERDICT_AFFIXED, 0, r));
	}
	return STATUS_OK;
}

static status
expand_brought_suffixes(state *s, const affix_class *class)
{
	if (!class->cross)
		return STATUS_OK;
	for (size_t i = 0; i < class->n; i++) {
		affix_flags brought = class->rules[i].continuation;
		for (size_t j = 0; j < brought.n; j++) {
			const affix_class *suffixes = affix_suffix(s->affix, brought.at[j]);
			if (suffixes != NULL && suffixes->cross)
				TRY(expand_brought_suffix(s, &class->rules[i], suffixes));
		}
	}
	return STATUS_OK;
}

static status
expand_entry(state *s)
{
	affix_flags flags = s->entry.flags;
	bool alone = !affix_has(flags, s->affix->need_affix) &&
		     !affix_has(flags, s->affix->only_in_compound);

	if (affix_has(flags, s->affix->only_in_compound))
		return STATUS_OK;
	TRY(emit(s, s->entry.word, s->entry.word, alone ? VERDICT_DIRECT : 0,
		elision_bits(s, flags), NULL));
	TRY(emit_prefixes(s, flags, s->entry.word, NULL));
	for (size_t i = 0; i < flags.n; i++) {
		const affix_class *suffixes = affix_suffix(s->affix, flags.at[i]);
		const affix_class *prefixes = affix_prefix(s->affix, flags.at[i]);
		if (suffixes != NULL)
			TRY(expand_suffixes(s, suffixes));
		if (prefixes != NULL && elision_bit(s, flags.at[i]) == 0)
			TRY(expand_brought_suffixes(s, prefixes));
	}
	return STATUS_OK;
}

static uint8_t
verdict_of(const affix *a, affix_flags flags)
{
	return (uint8_t)((affix_has(flags, a->keep_case) ? VERDICT_KEEP_CASE : 0) |
			 (affix_has(flags, a->forbidden) ? VERDICT_FORBIDDEN : 0) |
			 (affix_has(flags, a->no_suggest) ? VERDICT_NO_SUGGEST : 0));
}

/* Would Hunspell add a hidden, merely capitalised twin of this entry? Not when the twin's
 * spelling is an entry itself, or a twin already. */
static bool
has_twin(const state *s)
{
	text_case kind = text_case_of(s->entry.word);

	if (affix_has(s->entry.flags, s->affix->forbidden))
		return false;
	return kind == CASE_MIXED || kind == CASE_MIXED_CAPITAL ||
	       (kind == CASE_UPPER && s->entry.flags.n > 0);
}

static status
expand_twin(state *s)
{
	slice word = s->entry.word;
	char *p = ARENA_ARRAY(&s->scratch, char, word.n * 3 + 4);

	if (p == NULL)
		return STATUS_MEMORY;
	s->entry.word = (slice){ p, text_capitalise(p, word) };
	if (!add_headword(s, s->entry.word))
		return STATUS_OK;
	s->verdict |= VERDICT_UPPER;
	return expand_entry(s);
}

static status
expand_line(state *s, slice line)
{
	bool found;

	arena_reset(&s->scratch);
	TRY(affix_entry_read(s->affix, &s->scratch, line, &s->entry, &found));
	if (!found)
		return STATUS_OK;
	s->verdict = verdict_of(s->affix, s->entry.flags);
	TRY(expand_entry(s));
	return has_twin(s) ? expand_twin(s) : STATUS_OK;
}

static size_t
count_lines(slice text)
{
	size_t n = 0;
	slice line;

	while (slice_line(&text, &line))
		n++;
	return n;
}

static status
read_headwords(state *s, slice dic)
{
	slice line;
	affix_entry entry;
	bool found;
	size_t words = count_lines(dic);

	/* room for one twin of every entry, half full at most */
	for (s->headword_slots = 1024; s->headword_slots < words * 4;)
		s->headword_slots *= 2;
	s->headwords =
		memory_alloc(s->scratch.memory, s->headword_slots * sizeof(*s->headwords));
	if (s->headwords == NULL)
		return STATUS_MEMORY;
	memset(s->headwords, 0, s->headword_slots * sizeof(*s->headwords));
	for (; slice_line(&dic, &line); arena_reset(&s->scratch)) {
		TRY(affix_entry_read(s->affix, &s->scratch, line, &entry, &found));
		if (found)
			add_headword(s, entry.word);
	}
	return STATUS_OK;
}

status
expand_dictionary(const affix *a, const memory *m, slice dic, bool english, expand_sink sink)
{
	state s = {
		.affix = a, .elisions = expand_elisions_of(a), .english = english, .sink = sink
	};
	slice line;

	arena_init(&s.scratch, m);
	slice_line(&dic, &line); /* the number of entries */
	status result = read_headwords(&s, dic);
	while (result == STATUS_OK && slice_line(&dic, &line))
		result = expand_line(&s, line);
	memory_free(m, s.headwords);
	arena_free(&s.scratch);
	return result;
}
