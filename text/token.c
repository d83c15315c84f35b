/* See token.h. The short way, which most of a text goes: of sixty-four bytes one look tells
 * which are letters and which single spaces have a letter after them. What is not on it goes
 * the long way (text/token_long.c), one token at a time.
 *
 * Words are found in their table some dozens at a time: when one is cut, its place in the table
 * is fetched, and only when the queue is full it is looked at. The table of a long text does
 * not fit into the inner caches, and so nobody waits for it. */
#include "text/token.h"

#include <assert.h>
#include <string.h>

#include "text/scanner.h"
#include "text/utf8.h"
#include "text/word_slot.h"

/* Skips white space and says what it was: any white space. */
static token_gap
skip_any_gap(const scanner *s, size_t *i)
{
	size_t start = *i;
	unsigned spaces = 0;
	uint32_t last = 0;

	while (*i < s->end) {
		int class = scanner_classes[s->p[*i]];
		if (class == S)
			last = s->p[(*i)++];
		else if (class == O) {
			size_t next = *i;
			uint32_t c = utf8_next(scanner_text(s), &next);
			if (!utf8_is_space(c))
				break;
			last = c;
			*i = next;
		} else
			break;
		spaces++;
	}
	if (*i == start)
		return GAP_NONE;
	if (spaces > 1)
		return GAP_WIDE;
	return last == ' '                      ? GAP_SPACE
	       : last == 0xA0 || last == 0x202F ? GAP_NO_BREAK
						: GAP_UNUSUAL;
}

/* Skips white space and says what it was. Nearly always it is one space, or nothing. */
static inline token_gap
skip_gap(const scanner *s, size_t *i)
{
	size_t at = *i;

	if (at < s->end && scanner_classes[s->p[at]] >= L)
		return GAP_NONE;
	if (at + 1 < s->end && s->p[at] == ' ' && scanner_classes[s->p[at + 1]] >= L) {
		*i = at + 1;
		return GAP_SPACE;
	}
	return skip_any_gap(s, i);
}

static void
put_edge(token *at)
{
	static const token edges[TOKEN_EDGES]; /* filling with zeros would be dearer */

	static_assert(TOKEN_EDGE == 0, "what is nothing is an edge");
	memcpy(at, edges, sizeof(edges));
}

static const uint32_t gap_features[] = { [GAP_NONE] = FEATURE_TIGHT,
	[GAP_START] = 0,
	[GAP_SPACE] = 0,
	[GAP_NO_BREAK] = FEATURE_NO_BREAK,
	[GAP_WIDE] = FEATURE_WIDE,
	[GAP_UNUSUAL] = FEATURE_UNUSUAL };

/* What a byte that follows letters makes of them. */
enum follower {
	AMID,   /* they may go on with it, or be an address or a symbol */
	ENDS,   /* nothing belongs to them any longer */
	STOPS,  /* a full stop: the same when white space follows it */
	ELIDES, /* perhaps the curly apostrophe */
};

static const unsigned char followers[256] = { ['\t'] = ENDS,
	['\n'] = ENDS,
	['\v'] = ENDS,
	['\f'] = ENDS,
	['\r'] = ENDS,
	[' '] = ENDS,
	[','] = ENDS,
	[';'] = ENDS,
	['('] = ENDS,
	[')'] = ENDS,
	['"'] = ENDS,
	['.'] = STOPS,
	[0xE2] = ELIDES };

/* The kind of the token that the letters from start to *end make with what follows, or
 * TOKEN_EDGE when that takes a closer look. « l’ », « qu’ » have their apostrophe. */
static inline token_kind
plain_kind(const scanner *s, size_t start, size_t *end)
{
	const unsigned char *p = s->p + *end;
	size_t left = s->end - *end;

	switch (left == 0 ? ENDS : (enum follower)followers[*p]) {
	case ENDS:
		return TOKEN_WORD;
	case STOPS:
		return left == 1 || scanner_classes[p[1]] == S ? TOKEN_WORD : TOKEN_EDGE;
	case ELIDES:
		if (s->language != LANGUAGE_FR || left < 3 || p[1] != 0x80 || p[2] != 0x99 ||
			!scanner_elides(s, start, *end))
			return TOKEN_EDGE;
		*end += 3;
		return TOKEN_ELISION;
	default:
		return TOKEN_EDGE;
	}
}

/* Where tokens are put on the short way. A row may begin before full and last. */
typedef struct row {
	token *at, *full;
	sought *found, *last;
	const struct word_slot *slots;
	uint32_t slot_mask;
	token_gap gap; /* before the next one */
} row;

static inline bool
has_room(const row *r)
{
	return r->at < r->full && r->found < r->last;
}

/* A word whose sixteen first bytes may be read, and the search for it. Its token has neither
 * number nor calls until it is found. */
static inline void
put_word(const scanner *s, row *r, size_t start, size_t n, token_kind kind)
{
	word_search x = word_search_begin((slice){ (const char *)s->p + start, n });

	x.hash = word_hash(x.text, x.head, x.tail);
	__builtin_prefetch(&r->slots[x.hash & r->slot_mask]);
	*r->found++ = (sought){ x.head, r->at, x.tail, x.hash };
	r->at->start = (uint32_t)start;
	r->at->length = (uint16_t)n;
	r->at->kind = (uint8_t)kind;
	r->at->gap = (uint8_t)r->gap;
	r->at->features =
		(kind == TOKEN_WORD ? FEATURE_WORD : FEATURE_ELISION) | gap_features[r->gap];
	r->at++;
}

/* The shortest way, inside the window: words of letters each with one space and another word
 * after it. Answers where the last of these begins. */
static inline size_t
put_joined(const scanner *s, row *r, size_t i)
{
	const size_t window = s->window;
	const uint64_t others = ~s->letters, joints = s->joints;

	for (i -= window; others >> i != 0; r->gap = GAP_SPACE) {
		size_t n = (unsigned)__builtin_ctzll(others >> i);
		if ((joints >> (i + n) & 1) == 0)
			break;
		put_word(s, r, window + i, n, TOKEN_WORD);
		i += n + 1;
	}
	return window + i;
}

static inline void
put_mark(const scanner *s, row *r, size_t i)
{
	unsigned char c = s->p[i];

	*r->at++ = (token){ .start = (uint32_t)i,
		.length = 1,
		.kind = TOKEN_MARK,
		.gap = (uint8_t)r->gap,
		.word = c,
		.calls = c,
		.features = FEATURE_MARK | scanner_marks[c] | gap_features[r->gap] };
}

/* One token and those joined before it; false when it takes the long way. */
static inline bool
put_plain(scanner *s, row *r, size_t *i)
{
	unsigned char c = s->p[*i];

	if (scanner_classes[c] == M && c != '@') {
		put_mark(s, r, *i);
		++*i;
		return true;
	}
	if (*i - s->window >= WINDOW)
		scanner_move_window(s, *i);
	size_t start = *i = put_joined(s, r, *i), stop = scanner_letters_end(s, start);
	if (stop == start || stop - start > LENGTH_MAX)
		return false;
	token_kind kind = plain_kind(s, start, &stop);
	if (kind == TOKEN_EDGE)
		return false;
	put_word(s, r, start, stop - start, kind);
	*i = stop;
	return true;
}

/* The short way that most tokens go: words of letters alone, elisions, marks of ASCII. Ends
 * before the first that takes the long way, or when there is no room for more. */
static void
scan_plain(scanner *s, size_t *next, token_gap *gap)
{
	tokens *t = s->out;
	row r = { t->at + t->count, t->base + t->capacity - TOKEN_EDGES - ROW_MOST + 1,
		s->sought + s->sought_count, s->sought + SOUGHT_MOST - ROW_MOST + 1,
		s->words->slots, s->words->slot_mask, *gap };
	size_t i = *next, end = s->end < s->wide_end ? s->end : s->wide_end;

	while (i < end && has_room(&r) && put_plain(s, &r, &i))
		r.gap = skip_gap(s, &i);
	t->count = (size_t)(r.at - t->at);
	s->sought_count = (size_t)(r.found - s->sought);
	*next = i;
	*gap = r.gap;
}

static void
add_any(scanner *s, size_t *i, token_gap gap)
{
	size_t before = s->out->count;

	scanner_read_token(s, i);
	if (s->out->count > before) {
		token *t = &s->out->at[s->out->count - 1];
		t->gap = (uint8_t)gap;
		t->features |= gap_features[gap];
	}
}

static inline void
mark_repeated(token *t)
{
	if (t[-1].lower == t->lower && t->kind == TOKEN_WORD && t[-1].kind == TOKEN_WORD)
		t->features |= FEATURE_REPEATED;
}

/* Finds or adds the word of a token, and reads it. */
static status
read_new_word(scanner *s, token *t)
{
	const word_reading *r;
	const lexicon *dictionary = s->words->lexicons[s->language - LANGUAGE_FR];
	slice text = { (const char *)s->p + t->start, t->length };

	if (dictionary != NULL && t->kind != TOKEN_CODE)
		lexicon_expect(dictionary, text);
	TRY(words_intern(s->words, text, &t->word));
	if (t->kind == TOKEN_CODE)
		return STATUS_OK;
	t->lower = s->words->hot.at[t->word].lower;
	TRY(words_read(s->words, t->word, s->language, &r));
	t->features |= r->features;
	t->calls = r->calls;
	mark_repeated(t);
	return STATUS_OK;
}

/* The slot of a word that is not in the first place looked at, or that is long. */
static const struct word_slot *
find_slot(const scanner *s, const sought *k)
{
	slice text = { (const char *)s->p + k->token->start, k->token->length };
	word_search x = { text, k->head, k->tail, k->hash };

	return word_slot_find(s->words, &x);
}

/* Finds words up to the first that was never met before, and answers which that is. */
static const sought *
find_known(const scanner *s, const sought *k, const sought *end)
{
	const struct word_slot *slots = s->words->slots;
	const word_hot *hot = s->words->hot.at;
	const uint32_t mask = s->words->slot_mask;
	const size_t l = s->language - LANGUAGE_FR;

	for (; k < end; k++) {
		const struct word_slot *slot = &slots[k->hash & mask];
		token *t = k->token;
		if (slot->head != k->head || slot->tail != k->tail ||
			!word_tail_is_short(k->tail))
			slot = find_slot(s, k);
		/* A slot that is empty is not ready. */
		if (((unsigned)slot->features[l] & WORD_READY) == 0)
			break;
		t->word = slot->id;
		__builtin_prefetch(&hot[slot->id]);
		t->calls = slot->calls[l];
		t->features |= word_features(slot->features[l]);
		t->lower = slot->lower;
		mark_repeated(t);
	}
	return k;
}

/* Empties the queue. */
static status
find_words(scanner *s)
{
	const sought *k = s->sought, *end = k + s->sought_count;

	while ((k = find_known(s, k, end)) < end) {
		TRY(read_new_word(s, k->token));
		k++;
	}
	s->sought_count = 0;
	return STATUS_OK;
}

static bool
has_space(const scanner *s)
{
	return s->out->count + 2 * TOKEN_EDGES + ROW_MOST <= s->out->capacity &&
	       s->sought_count + ROW_MOST <= SOUGHT_MOST;
}

/* For one more row of tokens and of words that are sought. */
static status
make_space(scanner *s)
{
	tokens *t = s->out;

	TRY(find_words(s));
	size_t used = t->base == NULL ? 0 : TOKEN_EDGES + t->count;
	TRY(memory_grow(t->memory, (void **)&t->base, &t->capacity, used,
		ROW_MOST + 3 * TOKEN_EDGES, sizeof(token)));
	t->at = t->base + TOKEN_EDGES;
	return STATUS_OK;
}

static status
scan(scanner *s, size_t i)
{
	token_gap gap = GAP_START;

	(void)skip_gap(s, &i);
	while (i < s->end) {
		if (!has_space(s))
			TRY(make_space(s));
		scan_plain(s, &i, &gap);
		if (i < s->end && has_space(s)) {
			add_any(s, &i, gap);
			gap = skip_gap(s, &i);
		}
	}
	return find_words(s);
}

void
tokens_init(tokens *t, const memory *m)
{
	*t = (tokens){ .memory = m };
}

void
tokens_free(tokens *t)
{
	memory_free(t->memory, t->base);
	tokens_init(t, t->memory);
}

status
tokens_read(tokens *t, words *w, slice text, span block, language l)
{
	scanner s;

	s.out = t;
	s.words = w;
	s.p = (const unsigned char *)text.p;
	s.size = text.n;
	s.end = block.end;
	s.wide_end = text.n < SCAN_BYTES ? 0 : text.n - SCAN_BYTES + 1;
	s.language = l;
	s.window = block.start - WINDOW; /* of nothing that is asked for */
	s.sought_count = 0;

	t->count = 0;
	if (t->base == NULL)
		TRY(make_space(&s));
	put_edge(t->base);
	TRY(scan(&s, block.start));
	put_edge(t->at + t->count);
	return STATUS_OK;
}
