/* Words broken by a space: "mo dèle", "per ce nt", "l e". Texts extracted from PDF files are
 * full of them: letter-spacing is taken for spaces (measured on 47 United Nations documents: 9
 * in 1,000 words with one extractor, 3 with another, hardly any in texts as typed).
 *
 * For a run of two to four tokens whose letters together are a word, two hypotheses are
 * weighed: the word, broken by a fault, against the tokens as they stand (text/joins.h). How
 * often faults happen is a property of the document: one in 10,000 words is what a line of
 * unknown origin may have, a long text without faults has shown that it has fewer, and breaks
 * that are beyond doubt, or spaces before hyphens and apostrophes, show that there are more. So
 * candidates wait for the end of the document, and only then does the weight decide what is
 * said.
 *
 * Invariants: candidates do not overlap; their number is bounded by limits.findings. A token is
 * looked at only if it is unknown, one letter, or rare enough to be a piece (FEATURE_PART). */
#include <math.h>
#include <string.h>

#include "checker/rules/label.h"
#include "document/original.h"
#include "text/fold.h"
#include "text/joins.h"
#include "text/rolling.h"
#include "text/utf8.h"
#include "tm/usage.h"

#define PIECES_MAX 4
#define PIECE_BYTES_MAX 64
#define JOINED_BYTES_MAX (PIECES_MAX * PIECE_BYTES_MAX)

#define FAULTS_PRIOR 0.04  /* faults … */
#define WORDS_PRIOR 400.0  /* … in so many words, before a document is read */
#define FAULTS_A_TRACE 0.3 /* broken words for a space before a hyphen, at least */
#define COMPOUND_LEAST 3   /* letters of either word */
#define COMMON_PRONOUN 100 /* in a million words, whatever the reference texts say */
#define LOG_FAULT_PRIOR (-4.7)
#define LOG_NEXT_FAULT (-1.3) /* a broken word is broken again */
#define LOG_LINE (-1.5)       /* across a line break faults are rarer */
#define LOG_FAULT_MOST (-2.0)
#define LOG_LABEL 2.0       /* a capital alone names a part, an annex, a vitamin */
#define SUFFIX_BYTES_MOST 5 /* ’s, ’ll: not the d’accord of a quoted language */
#define LOG_QUOTED (-3.0)   /* words of the other language among ours */

#define MEMORY_BYTES_LEAST 5 /* of a word that only a memory knows … */
#define MEMORY_LEAST 3       /* … in so many units */
#define LOG_MEMORY_MOST 1.0
#define LOG_MEMORY_LEAST (-3.0)

#define RUNS_KNOWN 256 /* a power of two */

#define SURE 2.0 /* odds of 100 to 1: an error */
#define PROBABLE 1.0

typedef struct candidate {
	span where;
	double odds; /* logarithm of broken word : tokens as they stand, but for a first fault
		      */
	bool line;   /* crosses a line of the file */
	slice suggestion;
} candidate;

typedef struct candidates { /* of one document, on its arena */
	candidate *at;
	size_t n, capacity;
} candidates;

/* The run of tokens in hand. */
typedef struct run_of_pieces {
	size_t first, last;
	char lower[JOINED_BYTES_MAX * 3 + 4];
	char exact[JOINED_BYTES_MAX];
	size_t lower_bytes, exact_bytes;
	double odds;
} run_of_pieces;

/* The words of a run whose letters together are no word. */
typedef struct known_run {
	uint32_t words[PIECES_MAX]; /* 0 behind the last */
	uint32_t age;               /* of the table of words */
	language language;
} known_run;

static candidates *
notes_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, candidates);
	return *note;
}

static lexicon *
dictionary(const check *c)
{
	return c->words.lexicons[c->language - LANGUAGE_FR];
}

static lexicon *
other_dictionary(const check *c)
{
	return c->words.lexicons[c->language == LANGUAGE_FR ? 1 : 0];
}

static bool
is_lone_letter(const check *c, const token *t)
{
	return (t->features & FEATURE_SINGLE) != 0 &&
	       !joins_is_letter_word(c->language,
		       words_at(&c->words, words_at(&c->words, t->word)->lower)->text);
}

/* Not too long as it stands in the table of words, where apostrophes have three bytes. */
static bool
is_piece(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);

	return t->kind == TOKEN_WORD && w->text.n <= PIECE_BYTES_MAX &&
	       (t->features & FEATURE_ODD) == 0 && (w->shape & SHAPE_MIXED) == 0;
}

/* A letter that labels something: a), (a, a/, § a; or the first half of « l ’Asie ». */
static bool
is_label(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;

	if (label_names(c, first) || label_names(c, last))
		return true;
	if ((t[last].features & FEATURE_SINGLE) != 0 && t[last + 1].kind == TOKEN_MARK &&
		((t[last + 1].features & (FEATURE_APOSTROPHE | FEATURE_SLASH | FEATURE_DASH)) ||
			t[last + 1].word == ')' || t[last + 1].word == ']'))
		return true;
	return (t[first].features & FEATURE_SINGLE) != 0 && t[first].gap == GAP_NONE &&
	       t[first - 1].kind == TOKEN_MARK && t[first - 1].word != 0x201C &&
	       t[first - 1].word != 0xAB;
}

/* « R É S O L U T I O N », and rows of variables. */
static bool
is_spaced_out(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;
	size_t letters = 0, from = first >= 2 ? first - 2 : 0;

	for (size_t i = from; i <= last + 2 && i < c->tokens.count; i++)
		letters = t[i].kind == TOKEN_WORD && (t[i].features & FEATURE_SINGLE) != 0
				  ? letters + 1
				  : 0;
	return letters >= 3;
}

/* The pieces must have the case of one word: the first decides. */
static bool
fits_case(const check *c, size_t first, size_t i)
{
	uint16_t a = words_at(&c->words, c->tokens.at[first].word)->shape;
	uint16_t b = words_at(&c->words, c->tokens.at[i].word)->shape;
	bool letter = (c->tokens.at[first].features & FEATURE_SINGLE) != 0;

	if ((b & SHAPE_LOWER) != 0)
		return (a & (SHAPE_LOWER | SHAPE_TITLE)) != 0;
	if ((b & SHAPE_UPPER) != 0)
		return (a & SHAPE_UPPER) != 0 || (letter && (a & SHAPE_TITLE) != 0);
	return (a & SHAPE_UPPER) != 0 && (c->tokens.at[i].features & FEATURE_SINGLE) != 0;
}

/* « base », in « paper -base ». */
static bool
hangs_on_hyphen(const token *t)
{
	return t[-1].kind == TOKEN_MARK && t[-1].word == '-' && t[-1].gap == GAP_SPACE &&
	       t[-2].kind == TOKEN_WORD;
}

/* Of pieces with one space between each. */
static bool
may_be_broken(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;

	for (size_t i = first + 1; i <= last; i++)
		if (!fits_case(c, first, i))
			return false;
	if (t[first].gap == GAP_NONE && t[first - 1].kind == TOKEN_MARK &&
		(t[first - 1].features & (FEATURE_DASH | FEATURE_SLASH | FEATURE_STOP)) != 0 &&
		!hangs_on_hyphen(&t[first]))
		return false;
	return !is_label(c, first, last);
}

static void
write_joined(const check *c, run_of_pieces *x)
{
	bool lower = true;

	x->exact_bytes = 0;
	for (size_t i = x->first; i <= x->last; i++) {
		const word *w = words_at(&c->words, c->tokens.at[i].word);
		memcpy(x->exact + x->exact_bytes, w->text.p, w->text.n);
		x->exact_bytes += w->text.n;
		lower = lower && (w->shape & SHAPE_LOWER) != 0;
	}
	x->lower_bytes = x->exact_bytes;
	if (lower)
		memcpy(x->lower, x->exact, x->exact_bytes);
	else
		x->lower_bytes = text_lower(x->lower, (slice){ x->exact, x->exact_bytes });
}

static bool
in_dictionary(const lexicon *x, slice form)
{
	const analysis *a;

	return x != NULL && lexicon_analyses(x, form, &a) != 0;
}

/* The termbase is asked about names and about what no dictionary knows only: it costs more. */
/* Does a memory have it, as names are that no dictionary knows? */
static bool
is_in_memory(const check *c, slice exact)
{
	return c->with->memories != NULL && exact.n >= MEMORY_BYTES_LEAST &&
	       tm_usage_count(c->with->memories, language_name(c->language), exact) >=
		       MEMORY_LEAST;
}

static bool
is_word(const check *c, slice exact, slice lower, bool ask)
{
	const vocabulary *v = &c->words.extra;

	if (lexicon_may_hold(dictionary(c), rolling_hash(lower)) &&
		(in_dictionary(dictionary(c), lower) ||
			(!slice_equal(exact, lower) && in_dictionary(dictionary(c), exact))))
		return true;
	return ask && ((v->knows != NULL && v->knows(v->user, exact, c->language)) ||
			      is_in_memory(c, exact));
}

static bool
has_stranger(const check *c, const run_of_pieces *x)
{
	for (size_t i = x->first; i <= x->last; i++)
		if ((c->tokens.at[i].features & (FEATURE_UNKNOWN | FEATURE_CAPITALS)) != 0)
			return true;
	return false;
}

static slice
lower_text(const check *c, size_t i)
{
	return words_at(&c->words, words_at(&c->words, c->tokens.at[i].word)->lower)->text;
}

static join_word
word_of(const check *c, size_t i)
{
	const word *x = words_at(&c->words, c->tokens.at[i].word);
	slice lower = lower_text(c, i);
	bool known = (c->tokens.at[i].features & FEATURE_UNKNOWN) == 0;

	/* all capitals may be an acronym that somebody's list knows: not as a word */
	if (known && (x->shape & SHAPE_UPPER) != 0) {
		const analysis *a;
		known = words_analyses(&c->words, x->lower, c->language, &a) != 0;
	}
	return (join_word){ lower, known };
}

static bool
is_cut(slice s, size_t i)
{
	return s.p[i] == '-' || (i + 2 < s.n && (unsigned char)s.p[i] == 0xE2);
}

/* Not in letters of ASCII alone. */
static bool
may_have_cut(const check *c, size_t i)
{
	return (words_at(&c->words, c->tokens.at[i].word)->shape &
		       (SHAPE_HYPHEN | SHAPE_APOSTROPHE | SHAPE_ACCENT)) != 0;
}

/* What a compound may well begin or end with. */
static bool
is_end(const check *c, slice part)
{
	return utf8_count(part) == 1 || in_dictionary(dictionary(c), part);
}

/* Three letters or more that are no word, nor a name: token i, or its end or beginning. */
static bool
is_stump(const check *c, size_t i, slice part)
{
	if (part.n == lower_text(c, i).n && (c->tokens.at[i].features & FEATURE_UNKNOWN) == 0)
		return false;
	return utf8_count(part) >= 3 && !in_dictionary(dictionary(c), part);
}

/* A compound can only be broken inside one of its parts (« vice-prés ident »), and one
 * half must be no word: « sous-comité », “cross-country”, “vessel’s” have good words at their
 * ends. start and end are those of the part within the joined letters. */
static bool
find_part(const check *c, const run_of_pieces *x, size_t *start, size_t *end)
{
	slice first = lower_text(c, x->first), last = lower_text(c, x->last);
	size_t n = may_have_cut(c, x->last) ? 0 : last.n;

	*start = may_have_cut(c, x->first) ? first.n : 0;
	while (*start > 0 && !is_cut(first, *start - 1))
		(*start)--;
	while (n < last.n && !is_cut(last, n))
		n++;
	slice left = slice_sub(first, *start, first.n), right = slice_sub(last, 0, n);
	if (*start > 0 && (first.p[*start - 1] != '-' ||
				  (is_end(c, left) && !is_stump(c, x->last, right))))
		return false;
	if (n < last.n && is_end(c, right) && !is_stump(c, x->first, left))
		return false;
	if (n < last.n && last.p[n] != '-' && last.n - n > SUFFIX_BYTES_MOST)
		return false;
	for (size_t i = x->first + 1; i < x->last; i++)
		if ((words_at(&c->words, c->tokens.at[i].word)->shape &
			    (SHAPE_HYPHEN | SHAPE_APOSTROPHE)) != 0)
			return false;
	*end = x->lower_bytes - (last.n - n);
	return true;
}

static bool
is_capital_letter(const check *c, size_t i)
{
	return is_lone_letter(c, &c->tokens.at[i]) &&
	       (words_at(&c->words, c->tokens.at[i].word)->shape & SHAPE_TITLE) != 0;
}

static double
weigh_in(const check *c, language l, size_t first, size_t last)
{
	const lexicon *x = c->words.lexicons[l - LANGUAGE_FR];
	join_weight before = { 0 };
	double sum = 0;

	for (size_t i = first; i <= last; i++) {
		join_word w = word_of(c, i);
		if (l != c->language)
			w.known = in_dictionary(x, w.lower);
		join_weight weight = joins_weigh(x, l, w);
		if (i == first)
			sum = weight.alone + (is_capital_letter(c, first) ? LOG_LABEL : 0);
		else
			sum += joins_after(c->with->joins, l, before, weight);
		before = weight;
	}
	return sum;
}

/* How much likelier the tokens are as words quoted from the other language than as words of the
 * block's own; never less than 0. */
static double
gain_of_quoting(const check *c, size_t first, size_t last, double own)
{
	language other = c->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;

	if (other_dictionary(c) == NULL)
		return 0;
	return fmax(0, weigh_in(c, other, first, last) + LOG_QUOTED - own);
}

static join_weight
weight_of(const check *c, size_t i)
{
	return joins_weigh(dictionary(c), c->language, word_of(c, i));
}

/* What the word before the run adds: “per cent” against “per ce”. */
static double
weigh_context(const check *c, const run_of_pieces *x, join_weight joined)
{
	const token *t = &c->tokens.at[x->first];

	if (x->first == 0 || t->gap != GAP_SPACE || t[-1].kind != TOKEN_WORD)
		return 0;
	join_weight before = weight_of(c, x->first - 1), first = weight_of(c, x->first);
	return joins_after(c->with->joins, c->language, before, joined) - joined.alone -
	       joins_after(c->with->joins, c->language, before, first) + first.alone;
}

/* « ghost writer », « stink bug »: two good words that dictionaries also list as one, which the
 * reference texts never write so. */
static bool
is_open_compound(const check *c, const run_of_pieces *x, slice joined)
{
	for (size_t i = x->first; i <= x->last; i++)
		if ((c->tokens.at[i].features & FEATURE_UNKNOWN) != 0 ||
			words_at(&c->words, c->tokens.at[i].word)->points < COMPOUND_LEAST)
			return false;
	return lexicon_frequency(dictionary(c), joined) == 0;
}

/* « si tu », « vas te »: the reference texts address nobody as « tu », but any text may. A
 * pronoun or determiner that they hardly have is common all the same, where every piece is a
 * word. */
static bool
has_rare_pronoun(const check *c, const run_of_pieces *x)
{
	bool found = false;

	for (size_t i = x->first; i <= x->last; i++) {
		const token *t = &c->tokens.at[i];
		const word *w = words_at(&c->words, t->word);
		uint32_t grammar = w->in[c->language - LANGUAGE_FR].grammar;
		if ((t->features & FEATURE_UNKNOWN) != 0 || (w->shape & SHAPE_UPPER) != 0)
			return false;
		found = found ||
			((grammar & (POS_PRONOUN | POS_DETERMINER)) != 0 && w->points > 1 &&
				lexicon_frequency(dictionary(c), lower_text(c, i)) <
					COMMON_PRONOUN);
	}
	return found;
}

/* Fills in x->odds; false when the letters together are no word. */
static bool
weigh(const check *c, run_of_pieces *x)
{
	size_t start, end, breaks = x->last - x->first;

	write_joined(c, x);
	if (x->lower_bytes != x->exact_bytes || !find_part(c, x, &start, &end))
		return false;
	slice lower = slice_sub((slice){ x->lower, x->lower_bytes }, start, end);
	slice exact = slice_sub((slice){ x->exact, x->exact_bytes }, start, end);
	if (lower.n < 2 || !is_word(c, exact, lower, has_stranger(c, x)))
		return false;
	if (is_open_compound(c, x, lower) || has_rare_pronoun(c, x))
		return false;
	join_weight joined =
		joins_weigh(dictionary(c), c->language, (join_word){ lower, true });
	double own = weigh_in(c, c->language, x->first, x->last);
	x->odds = joined.alone - (double)breaks * log10((double)lower.n) +
		  (double)(breaks - 1) * LOG_NEXT_FAULT - own + weigh_context(c, x, joined);
	if (x->odds + LOG_FAULT_MOST >= PROBABLE)
		x->odds -= gain_of_quoting(c, x->first, x->last, own);
	return true;
}

/* Runs that were no word before, by their hash: names and the words beside them come again and
 * again in a document. NULL: there is no memory for them. */
static known_run *
known_runs(check *c, const rule *r)
{
	void **known = check_cache(c, r);

	if (*known == NULL)
		*known = ARENA_ARRAY(c->keep, known_run, RUNS_KNOWN);
	return *known;
}

static size_t
place_of(const known_run *k)
{
	uint64_t hash =
		((uint64_t)k->words[1] << 32 | k->words[0]) * UINT64_C(0x9E3779B97F4A7C15) +
		((uint64_t)k->words[3] << 32 | k->words[2]) * UINT64_C(0xBF58476D1CE4E5B9);

	return (size_t)(hash >> 40) & (RUNS_KNOWN - 1);
}

/* As weigh, for what may be broken; what is no word hangs on nothing but the words and their
 * language. */
static bool
weigh_once(const check *c, known_run *known, run_of_pieces *x)
{
	known_run k = { .age = c->words.age, .language = c->language };

	if (known == NULL)
		return may_be_broken(c, x->first, x->last) && weigh(c, x);
	for (size_t i = x->first; i <= x->last; i++)
		k.words[i - x->first] = c->tokens.at[i].word;
	known_run *slot = &known[place_of(&k)];
	if (memcmp(slot, &k, sizeof(k)) == 0 || !may_be_broken(c, x->first, x->last))
		return false;
	if (weigh(c, x))
		return true;
	*slot = k;
	return false;
}

static double
with_faults(const candidate *k, double log_fault)
{
	return k->odds + log_fault + (k->line ? LOG_LINE : 0);
}

/* What hangs together with the run is mended with it, for two findings cannot overlap: an
 * elision, whole (l’) or broken itself (l ’), and the first part of a compound broken at its
 * hyphen (paper -base d). Returns the first token. */
static size_t
reach_before(check *c, size_t first, slice *text)
{
	const token *t = &c->tokens.at[first];

	*text = (slice){ 0 };
	if (t->gap != GAP_NONE || first == 0)
		return first;
	if (t[-1].kind == TOKEN_ELISION) {
		*text = check_token(c, first - 1);
		return first - 1;
	}
	if (first < 2 || t[-1].gap != GAP_SPACE)
		return first;
	if (c->language == LANGUAGE_FR && (t[-1].features & FEATURE_APOSTROPHE) != 0 &&
		is_lone_letter(c, &t[-2])) {
		*text = check_printf(c, "%.*s\u2019", SLICE_ARG(check_token(c, first - 2)));
		return first - 2;
	}
	if (hangs_on_hyphen(t)) {
		*text = check_printf(c, "%.*s-", SLICE_ARG(check_token(c, first - 2)));
		return first - 2;
	}
	return first;
}

/* The same at the end: « dec ision -making », « in itiatives . ». Returns the last token. */
static size_t
reach_after(check *c, size_t last, slice *text)
{
	const token *t = &c->tokens.at[last];

	*text = (slice){ 0 };
	if (t[1].kind != TOKEN_MARK || t[1].gap != GAP_SPACE)
		return last;
	if (t[1].word == '-' && t[2].kind == TOKEN_WORD && t[2].gap == GAP_NONE) {
		*text = check_printf(c, "-%.*s", SLICE_ARG(check_token(c, last + 2)));
		return last + 2;
	}
	if ((t[1].word == ',' || t[1].word == '.') &&
		(t[2].kind == TOKEN_EDGE || t[2].gap == GAP_SPACE)) {
		*text = check_token(c, last + 1);
		return last + 1;
	}
	return last;
}

static status
add(check *c, candidates *notes, candidate k)
{
	if (notes->n == notes->capacity) {
		size_t capacity = notes->capacity == 0 ? 32 : notes->capacity * 2;
		candidate *grown = ARENA_ARRAY(c->keep, candidate, capacity);
		if (grown == NULL)
			return STATUS_MEMORY;
		if (notes->n != 0)
			memcpy(grown, notes->at, notes->n * sizeof(*grown));
		notes->at = grown;
		notes->capacity = capacity;
	}
	notes->at[notes->n++] = k;
	return STATUS_OK;
}

/* Of two candidates that overlap the likelier stays. */
static status
keep(check *c, candidates *notes, const run_of_pieces *x)
{
	slice before, after, joined = { x->exact, x->exact_bytes };

	if (notes->n >= c->context->limits.findings)
		return STATUS_OK;
	size_t first = reach_before(c, x->first, &before);
	span where = check_span(c, first, reach_after(c, x->last, &after));
	candidate *last = notes->n == 0 ? NULL : &notes->at[notes->n - 1];
	bool overlap = last != NULL && last->where.end > where.start;
	if (overlap && last->odds >= x->odds)
		return STATUS_OK;
	notes->n -= overlap;
	return add(c, notes,
		(candidate){ .where = where,
			.odds = x->odds,
			.line = document_crosses_line(c->document, where),
			.suggestion = check_printf(c, "%.*s%.*s%.*s", SLICE_ARG(before),
				SLICE_ARG(joined), SLICE_ARG(after)) });
}

/* May the letters of tokens first to last together be a word, as the dictionary's filter has
 * it? Asked before anything that is dearer. What the dictionary does not know may be in the
 * termbase, and a compound is looked at part by part: those always may. */
static bool
may_be_word(const check *c, size_t first, size_t last)
{
	uint64_t joined = 0;

	for (size_t i = first; i <= last; i++) {
		const token *t = &c->tokens.at[i];
		const word_hot *hot = &c->words.hot.at[t->word];
		if ((t->features & (FEATURE_UNKNOWN | FEATURE_CAPITALS)) != 0 ||
			hot->piece_bytes == 0)
			return true;
		joined = rolling_join(joined, hot->rolling, c->words.powers[hot->piece_bytes]);
	}
	return lexicon_may_hold(dictionary(c), joined);
}

/* May the dictionary have a form of these two words, as far as the bits of each tell? They are
 * at hand, and the filter is not: four pairs of five go no further. */
static inline bool
ends_meet(const check *c, const token *t, const word_hot *first, const word_hot *second)
{
	const language l = c->language;

	if ((t[0].features & FEATURE_SINGLE) != 0)
		return (second->ends[l - LANGUAGE_FR].before & LEXICON_LETTER_BEFORE) != 0;
	if ((t[1].features & FEATURE_SINGLE) != 0)
		return (first->ends[l - LANGUAGE_FR].after & LEXICON_LETTER_AFTER) != 0;
	return (first->ends[l - LANGUAGE_FR].after & lexicon_bit_after(second->rolling)) != 0 &&
	       (second->ends[l - LANGUAGE_FR].before & lexicon_bit_before(first->rolling)) != 0;
}

/* Can token t and the next one not be a broken word? As may_be_word has it, for a pair: nearly
 * always there is no more to do than this. */
static bool
are_no_word(const check *c, const token *t)
{
	const uint32_t stranger = FEATURE_UNKNOWN | FEATURE_CAPITALS;
	const word_hot *first = &c->words.hot.at[t[0].word];
	const word_hot *second = &c->words.hot.at[t[1].word];

	if (((t[0].features | t[1].features) & stranger) != 0 || first->piece_bytes == 0 ||
		second->piece_bytes == 0)
		return false;
	if (!ends_meet(c, t, first, second))
		return true;
	uint64_t power = c->words.powers[second->piece_bytes];
	return !lexicon_may_hold(
		dictionary(c), rolling_join(first->rolling, second->rolling, power));
}

/* As may_be_word has it, of two words or more. */
static bool
may_be_one(const check *c, size_t first, size_t last)
{
	return last == first + 1 ? !are_no_word(c, &c->tokens.at[first])
				 : may_be_word(c, first, last);
}

static inline bool
is_pair(const token *t)
{
	return t[0].kind == TOKEN_WORD && t[1].kind == TOKEN_WORD && t[1].gap == GAP_SPACE;
}

static inline bool
is_no_pair(const check *c, const token *t)
{
	return !is_pair(t) || are_no_word(c, t);
}

static size_t
pieces_for(const check *c, const token *t)
{
	return (t->features & FEATURE_UNKNOWN) != 0 || is_lone_letter(c, t) ? PIECES_MAX : 2;
}

/* What memories add: how often they have the word, and how often its pieces side by side. */
static double
evidence_of_memory(const check *c, size_t first, size_t last, double odds)
{
	tm_usage *m = c->with->memories;
	run_of_pieces x;

	if (m == NULL || odds + LOG_FAULT_MOST + LOG_MEMORY_MOST < PROBABLE)
		return 0;
	x.first = first;
	x.last = last;
	write_joined(c, &x);
	double joined = (double)tm_usage_count(
		m, language_name(c->language), (slice){ x.exact, x.exact_bytes });
	double apart = (double)tm_usage_count(
		m, language_name(c->language), check_text(c, check_span(c, first, last)));
	return fmin(LOG_MEMORY_MOST, fmax(LOG_MEMORY_LEAST, log10((joined + 1) / (apart + 1))));
}

/* The tokens around i that may be pieces of one word with it, at most so many to either side.
 */
static token_span
reach_of(const check *c, size_t i, size_t most)
{
	const token *t = c->tokens.at;
	token_span s = { i, i };

	while (s.first > 0 && i - s.first < most && t[s.first].gap == GAP_SPACE &&
		is_piece(c, s.first - 1))
		s.first--;
	while (s.last + 1 < c->tokens.count && s.last - i < most &&
		t[s.last + 1].gap == GAP_SPACE && is_piece(c, s.last + 1))
		s.last++;
	return s;
}

/* The best run that holds token i. */
static status
look_at_runs(check *c, const rule *r, size_t i, size_t most)
{
	size_t best_first = i, best_last = i;
	double best = -INFINITY;
	run_of_pieces x; /* not cleared: a kilobyte for every rare word */

	if (!is_piece(c, i))
		return STATUS_OK;
	known_run *known = known_runs(c, r);
	token_span reach = reach_of(c, i, most - 1);
	for (size_t n = 2; n <= most; n++)
		for (size_t first = i + 1 >= n + reach.first ? i + 1 - n : reach.first;
			first <= i && first + n - 1 <= reach.last; first++) {
			x.first = first;
			x.last = first + n - 1;
			if (!may_be_one(c, first, x.last) || !weigh_once(c, known, &x))
				continue;
			if (x.odds <= best)
				continue;
			best = x.odds;
			best_first = first;
			best_last = x.last;
		}
	if (isfinite(best))
		best += evidence_of_memory(c, best_first, best_last, best);
	if (best + LOG_FAULT_MOST < PROBABLE || is_spaced_out(c, best_first, best_last))
		return STATUS_OK;
	x.first = best_first;
	x.last = best_last;
	x.odds = best;
	write_joined(c, &x);
	candidates *notes = notes_of(c, r);
	return notes == NULL ? STATUS_MEMORY : keep(c, notes, &x);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || (!is_pair(t) && !is_pair(t - 1)) || dictionary(c) == NULL)
		return STATUS_OK;
	size_t most = pieces_for(c, t);
	/* The pair with the token before was looked at there, if that one can be a piece. */
	bool seen = (t[-1].features & (FEATURE_UNKNOWN | FEATURE_SINGLE | FEATURE_PART)) != 0;
	if (most == 2 && is_no_pair(c, t) && (seen || is_no_pair(c, t - 1)))
		return STATUS_OK;
	return look_at_runs(c, r, i, most);
}

/* Spaces before hyphens and apostrophes, which the extractors that break words leave as well.
 */
static size_t
traces_of_extraction(const check *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->found.list.n; i++) {
		const finding *f = &c->found.list.at[i];
		n += f->severity == SEVERITY_ERROR &&
		     (f->rule == &rule_spacing_hyphen || f->rule == &rule_spacing_apostrophe);
	}
	return n;
}

static double
fault_rate(const check *c, const candidates *notes)
{
	double sure = FAULTS_PRIOR + FAULTS_A_TRACE * (double)traces_of_extraction(c);

	for (size_t i = 0; i < notes->n; i++)
		sure += with_faults(&notes->at[i], LOG_FAULT_PRIOR) >= SURE;
	return fmin(log10(sure / ((double)c->document->words + WORDS_PRIOR)), LOG_FAULT_MOST);
}

static status
say(check *c, const rule *r, const candidate *k, double odds)
{
	finding f = { .text = k->where,
		.fix = odds >= SURE ? FIX_SAFE : FIX_REVIEW,
		.severity = odds >= SURE ? SEVERITY_DEFAULT : SEVERITY_WARNING,
		.suggestions = &k->suggestion,
		.suggestion_count = 1 };

	f.message = check_message(c, "a space inside the word “%.*s”",
		"une espace à l’intérieur du mot «\u00A0%.*s\u00A0»", SLICE_ARG(k->suggestion));
	return check_report(c, r, f);
}

static status
decide(check *c, const rule *r)
{
	candidates *notes = notes_of(c, r);

	if (notes == NULL)
		return STATUS_MEMORY;
	double log_fault = fault_rate(c, notes);
	for (size_t i = 0; i < notes->n; i++) {
		double odds = with_faults(&notes->at[i], log_fault);
		if (odds >= PROBABLE)
			TRY(say(c, r, &notes->at[i], odds));
	}
	return STATUS_OK;
}

const rule rule_spacing_split_word = {
	.id = "spacing/split-word",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN | FEATURE_SINGLE | FEATURE_PART,
	.source = "FR-TRT-07: S/2018/7 in French; measured on 47 United Nations documents that "
		  "exist as DOCX and PDF (A)",
	.summary_en = "a word broken by a space",
	.summary_fr = "mot coupé par une espace",
	.explanation_en =
		"Text copied or extracted from a PDF file often has spaces inside words, where "
		"the "
		"typesetter had spread the letters. The pieces are reported when their letters "
		"together make a word and the pieces as they stand are much less likely, "
		"judged by "
		"how common each is and by how often they stand side by side in reference "
		"texts. "
		"Where both readings are possible nothing is said: names, initials, list "
		"letters "
		"and spaced-out headings are left alone.",
	.explanation_fr = "Le texte copié ou extrait d’un fichier PDF a souvent des espaces à "
			  "l’intérieur des "
			  "mots, là où les lettres avaient été espacées. Les morceaux sont "
			  "signalés quand ils "
			  "forment ensemble un mot et que, tels quels, ils sont beaucoup moins "
			  "probables, "
			  "d’après leur fréquence et celle de leur voisinage dans des textes "
			  "de référence. Si "
			  "les deux lectures sont possibles, rien n’est dit\u00A0: les noms, "
			  "initiales, lettres de "
			  "liste et titres espacés sont laissés tels quels.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "un mo dèle à suivre", "un modèle à suivre" },
		{ LANGUAGE_FR, "dans l e cadre de la session", "dans le cadre de la session" },
		{ LANGUAGE_FR, "le maintien de l’humanit é", "le maintien de l’humanité" },
		{ LANGUAGE_EN, "twenty per ce nt of the members",
			"twenty per cent of the members" },
		{ LANGUAGE_EN, "the Council a nd the Assembly",
			"the Council and the Assembly" },
		{ LANGUAGE_FR, NULL,
			"par ce moyen, le Président Viet Nam, au paragraphe 87 a)" },
		{ LANGUAGE_EN, NULL,
			"El Salvador and San José, in to the account of J. Smith" }),
	.token = look,
	.document = decide,
};
