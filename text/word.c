#include "text/word.h"

#include <assert.h>
#include <string.h>

#include "text/fold.h"
#include "text/rolling.h"
#include "text/utf8.h"
#include "text/word_slot.h"

#define SLOTS_FIRST 2048
#define WORDS_FIRST 1152    /* a letter has seven hundred, beside the first marks */
#define TEXT_A_WORD 500     /* bytes of law, on the average, till the next new word */
#define MARKS_FIRST 0x100   /* ids that are no words, at the beginning: see pass_marks */
#define WORD_BYTES_MAX 4096 /* the tokeniser cuts at a quarter of it */
#define FORM_NOT_ASKED (LEXICON_NONE - 1)

static status
reserve(words *w, size_t extra)
{
	TRY(ARRAY_RESERVE(w->memory, &w->list, extra));
	TRY(ARRAY_RESERVE(w->memory, &w->hot, extra));
	for (int l = 0; l < LANGUAGES; l++) {
		TRY(ARRAY_RESERVE(w->memory, &w->keys[l], extra));
		TRY(ARRAY_RESERVE(w->memory, &w->forms[l], extra));
	}
	return STATUS_OK;
}

/* Room for one more word in all arrays, the last of which grows last; its keys are 0. */
static status
make_room(words *w)
{
	if (w->list.n == w->forms[LANGUAGES - 1].capacity)
		TRY(reserve(w, w->list.n == 0 ? WORDS_FIRST : 1));
	for (int l = 0; l < LANGUAGES; l++) {
		w->keys[l].at[w->list.n] = 0;
		w->forms[l].at[w->list.n] = FORM_NOT_ASKED;
	}
	return STATUS_OK;
}

static void
count_one(words *w)
{
	w->list.n++;
	w->hot.n++;
	for (int l = 0; l < LANGUAGES; l++) {
		w->keys[l].n++;
		w->forms[l].n++;
	}
}

static status
add_empty(words *w)
{
	TRY(make_room(w));
	w->list.at[w->list.n] = (word){ 0 };
	w->hot.at[w->hot.n] = (word_hot){ 0 };
	count_one(w);
	return STATUS_OK;
}

/* A token has the id of its word or the code point of its mark in one place, and rules ask
 * for a mark without asking whether it is one: no word has the id of a sign that Latin texts
 * are punctuated with. */
static status
pass_marks(words *w)
{
	static const struct {
		uint32_t first, after;
	} marks[] = { { 0, MARKS_FIRST }, { 0x2000, 0x2100 } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (w->list.n == marks[i].first)
			while (w->list.n < marks[i].after)
				TRY(add_empty(w));
	return STATUS_OK;
}

static void
free_arrays(words *w)
{
	ARRAY_FREE(w->memory, &w->list);
	ARRAY_FREE(w->memory, &w->hot);
	for (int l = 0; l < LANGUAGES; l++) {
		ARRAY_FREE(w->memory, &w->keys[l]);
		ARRAY_FREE(w->memory, &w->forms[l]);
	}
}

static status
make_slots(words *w, uint32_t count)
{
	struct word_slot *slots = memory_alloc(w->memory, (size_t)count * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, (size_t)count * sizeof(*slots));
	memory_free(w->memory, w->slots);
	w->slots = slots;
	w->slot_mask = count - 1;
	return STATUS_OK;
}

status
words_init(words *w, const memory *m)
{
	*w = (words){ .memory = m };
	arena_init(&w->text, m);
	for (size_t i = 0; i <= UINT8_MAX; i++)
		w->powers[i] = i == 0 ? 1 : w->powers[i - 1] * ROLLING_MULTIPLIER;
	status s = make_slots(w, SLOTS_FIRST);
	if (s == STATUS_OK)
		s = pass_marks(w);
	if (s != STATUS_OK)
		words_free(w);
	return s;
}

void
words_free(words *w)
{
	free_arrays(w);
	arena_free(&w->text);
	memory_free(w->memory, w->slots);
	w->slots = NULL;
}

status
words_trim(words *w, size_t most)
{
	if (w->list.n <= most && !w->spoilt)
		return STATUS_OK;
	TRY(make_slots(w, SLOTS_FIRST));
	free_arrays(w);
	arena_reset(&w->text);
	w->age++;
	w->spoilt = true; /* until it has all marks */
	TRY(pass_marks(w));
	w->spoilt = false;
	return STATUS_OK;
}

static_assert((uint32_t)FEATURE_WATCHED == WORD_WATCHED << 16, "word_features moves it back");

/* What is written with a figure is a code, and the tokeniser gives it nothing of this. */
static int16_t
ready_features(const word *x, size_t l)
{
	uint32_t f = x->in[l].features;

	if (!x->in[l].ready || (x->shape & SHAPE_DIGIT) != 0)
		return 0;
	return (int16_t)((f & WORD_FEATURES) | (f >> 16 & WORD_WATCHED) | WORD_READY);
}

static void
fill_slot(words *w, const word_search *s, uint32_t id)
{
	const word *x = &w->list.at[id];

	*word_slot_find(w, s) = (struct word_slot){ .head = s->head,
		.tail = s->tail,
		.id = id,
		.lower = x->lower,
		.features = { ready_features(x, 0), ready_features(x, 1) },
		.calls = { x->in[0].calls, x->in[1].calls } };
}

static status
resize_slots(words *w, uint32_t count)
{
	TRY(make_slots(w, count));
	for (uint32_t id = 1; id < w->list.n; id++) {
		if (w->list.at[id].text.n == 0)
			continue;
		word_search s = word_search_of(w->list.at[id].text);
		fill_slot(w, &s, id);
	}
	return STATUS_OK;
}

status
words_expect(words *w, size_t text_bytes)
{
	size_t wanted = text_bytes / TEXT_A_WORD, slots = (size_t)w->slot_mask + 1;

	if (wanted <= w->list.n)
		return STATUS_OK;
	/* Half of them free, should there be half as many words. */
	while (slots < wanted && slots <= UINT32_MAX / 2)
		slots *= 2;
	if (slots != (size_t)w->slot_mask + 1)
		TRY(resize_slots(w, (uint32_t)slots));
	return reserve(w, wanted - w->list.n);
}

/* What one pass over the letters counts. */
typedef struct letters {
	unsigned lower, upper, points;
	bool first_upper;
	uint16_t shape;
} letters;

static void
count_letter(letters *l, uint32_t c)
{
	bool upper = utf8_is_upper(c), lower = utf8_is_lower(c);

	if (l->lower + l->upper == 0)
		l->first_upper = upper;
	l->upper += upper;
	l->lower += lower;
	if (c >= 0x370 && c < 0x1E00 && (upper || lower))
		l->shape |= SHAPE_FOREIGN;
}

/* Of ASCII, which most words are of. */
static inline void
count_ascii(letters *l, unsigned char c)
{
	bool letter = (unsigned char)((c | 0x20) - 'a') < 26, upper = letter && c < 'a';

	l->first_upper |= upper && l->lower + l->upper == 0;
	l->upper += upper;
	l->lower += letter && !upper;
	l->shape |= c == '-' ? SHAPE_HYPHEN : c >= '0' && c <= '9' ? SHAPE_DIGIT : 0;
}

static letters
count_letters(slice s)
{
	letters l = { 0 };

	for (size_t i = 0; i < s.n;) {
		l.points++;
		if ((unsigned char)s.p[i] < 0x80) {
			count_ascii(&l, (unsigned char)s.p[i++]);
			continue;
		}
		uint32_t c = utf8_next(s, &i);
		if (c == 0x2010 || c == 0x2011)
			l.shape |= SHAPE_HYPHEN;
		else if (c == 0x2019)
			l.shape |= SHAPE_APOSTROPHE;
		else if (utf8_is_odd(c))
			l.shape |= SHAPE_ODD;
		else
			count_letter(&l, c);
		if (c != 0x2019 && c != 0x2011)
			l.shape |= SHAPE_ACCENT;
	}
	return l;
}

static uint16_t
case_shape(const letters *l)
{
	if (l->upper == 0)
		return l->lower == 0 ? 0 : SHAPE_LOWER;
	if (l->upper == 1 && l->first_upper)
		return SHAPE_TITLE;
	return l->lower == 0 ? SHAPE_UPPER : SHAPE_MIXED;
}

static uint8_t
piece_bytes(const word *x)
{
	bool plain = (x->shape & (SHAPE_HYPHEN | SHAPE_APOSTROPHE)) == 0;

	return plain && x->text.n <= UINT8_MAX ? (uint8_t)x->text.n : 0;
}

static status
add_word(words *w, const word_search *s, uint32_t *id)
{
	word added = { 0 };

	if ((w->list.n + 1 - MARKS_FIRST) * 2 > w->slot_mask)
		TRY(resize_slots(w, (w->slot_mask + 1) * 2));
	TRY(pass_marks(w));
	TRY(make_room(w));
	TRY(arena_copy(&w->text, s->text, &added.text));
	letters l = count_letters(s->text);
	added.shape = (uint16_t)(l.shape | case_shape(&l));
	added.points = l.points > 255 ? 255 : (uint8_t)l.points;
	*id = (uint32_t)w->list.n;
	added.lower = *id;
	w->list.at[*id] = added;
	w->hot.at[*id] = (word_hot){ .lower = *id,
		.shape = added.shape,
		.rolling = rolling_hash(added.text),
		.ends = { { UINT16_MAX, UINT16_MAX }, { UINT16_MAX, UINT16_MAX } },
		.piece_bytes = piece_bytes(&added) };
	count_one(w);
	fill_slot(w, s, *id);
	return STATUS_OK;
}

static status
intern_exact(words *w, slice text, uint32_t *id)
{
	word_search s = word_search_of(text);

	*id = word_slot_find(w, &s)->id;
	return *id != 0 ? STATUS_OK : add_word(w, &s, id);
}

static status
intern_new(words *w, const word_search *s, uint32_t *id)
{
	char lower[3 * WORD_BYTES_MAX + 4];
	uint32_t lower_id;

	TRY(add_word(w, s, id));
	if ((w->list.at[*id].shape & (SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED)) == 0)
		return STATUS_OK;
	slice low = { lower, text_lower(lower, w->list.at[*id].text) };
	status done = intern_exact(w, low, &lower_id);
	w->spoilt = w->spoilt || done != STATUS_OK;
	TRY(done);
	word_hot *hot = &w->hot.at[*id];
	w->list.at[*id].lower = hot->lower = lower_id;
	hot->rolling = w->hot.at[lower_id].rolling;
	hot->piece_bytes = w->hot.at[lower_id].piece_bytes;
	fill_slot(w, s, *id);
	return STATUS_OK;
}

/* One spelling for what only typography tells apart: every apostrophe as U+2019, every hyphen
 * as U+002D. Returns the length written to out, which has room for three times s. */
static size_t
unify(char *out, slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool hyphen = i + 2 < s.n && s.p[i] == '\xE2' && s.p[i + 1] == '\x80' &&
			      (s.p[i + 2] == '\x90' || s.p[i + 2] == '\x91');
		if (hyphen) {
			out[n++] = '-';
			i += 2;
		} else if (s.p[i] == '\'') {
			memcpy(out + n, "\xE2\x80\x99", 3);
			n += 3;
		} else
			out[n++] = s.p[i];
	}
	return n;
}

/* Hardly a word has what is unified. */
static bool
is_unified(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\'' || s.p[i] == '\xE2')
			return false;
	return true;
}

status
words_intern(words *w, slice text, uint32_t *id)
{
	assert(text.n <= WORD_BYTES_MAX);
	word_search s = word_search_of(text);
	*id = word_slot_find(w, &s)->id;
	if (*id != 0)
		return STATUS_OK;
	if (is_unified(text))
		return intern_new(w, &s, id);
	char unified[3 * WORD_BYTES_MAX];
	slice one = { unified, unify(unified, text) };
	s = word_search_of(one);
	*id = word_slot_find(w, &s)->id;
	return *id != 0 ? STATUS_OK : intern_new(w, &s, id);
}

/* In lower case, may the dictionary have it? Apostrophes are straight there. */
static bool
may_be_form(const words *w, uint32_t id, const lexicon *dictionary)
{
	const word_hot *hot = &w->hot.at[id];

	return (hot->shape & SHAPE_APOSTROPHE) != 0 ||
	       lexicon_may_hold(dictionary, hot->rolling);
}

uint32_t
words_form(const words *w, uint32_t id, language l)
{
	const lexicon *dictionary = w->lexicons[l - LANGUAGE_FR];
	uint32_t *form = &w->forms[l - LANGUAGE_FR].at[id];

	if (*form == FORM_NOT_ASKED)
		*form = dictionary != NULL && may_be_form(w, id, dictionary)
				? lexicon_find(dictionary, w->list.at[id].text)
				: LEXICON_NONE;
	return *form;
}

size_t
words_analyses(const words *w, uint32_t id, language l, const analysis **out)
{
	uint32_t form = words_form(w, id, l);

	*out = NULL;
	return form == LEXICON_NONE
		       ? 0
		       : lexicon_analyses_of(w->lexicons[l - LANGUAGE_FR], form, out);
}

static bool
vocabulary_knows(const words *w, slice text, language l)
{
	return w->extra.knows != NULL && w->extra.knows(w->extra.user, text, l);
}

/* An elision is known with its letters alone: the tokeniser only makes those that exist. Most
 * words are forms of the dictionary, which costs least to ask. */
static bool
is_known(words *w, const word *x, language l, uint32_t form)
{
	lexicon *dictionary = w->lexicons[l - LANGUAGE_FR];

	if (slice_ends(x->text, SLICE("\u2019")))
		return true;
	return lexicon_knows_form(dictionary, x->text, form) ||
	       vocabulary_knows(w, x->text, l) || lexicon_knows(dictionary, x->text);
}

/* What the dictionary has about a word, or about its lower case. */
static void
read_form(words *w, uint32_t id, language l, word_reading *r)
{
	lexicon *dictionary = w->lexicons[l - LANGUAGE_FR];
	const word *x = &w->list.at[id];
	const analysis *a;

	r->known = true;
	r->grammar = 0;
	if (dictionary == NULL)
		return;
	uint32_t form = words_form(w, id, l);
	r->known = is_known(w, x, l, form);
	size_t n = lexicon_analyses_of(dictionary, form, &a);
	if (n == 0 && x->lower != id) {
		form = words_form(w, x->lower, l);
		n = lexicon_analyses_of(dictionary, form, &a);
	}
	for (size_t i = 0; i < n; i++)
		r->grammar |= a[i].grammar;
	w->hot.at[id].ends[l - LANGUAGE_FR] = lexicon_ends_of(dictionary, form);
}

static uint32_t
features_of(const word *x, const word_reading *r)
{
	uint32_t f = r->known ? 0 : FEATURE_UNKNOWN;

	f |= x->points == 1 ? FEATURE_SINGLE : 0;
	f |= x->shape & SHAPE_UPPER ? FEATURE_CAPITALS : 0;
	f |= x->shape & SHAPE_TITLE ? FEATURE_TITLE : 0;
	f |= x->shape & (SHAPE_ODD | SHAPE_FOREIGN) ? FEATURE_ODD : 0;
	f |= x->shape & SHAPE_HYPHEN ? FEATURE_HYPHEN : 0;
	f |= r->grammar & POS_DETERMINER ? FEATURE_DETERMINER : 0;
	f |= r->grammar & POS_NOUN ? FEATURE_NOUN : 0;
	f |= r->grammar & (POS_ADJECTIVE | POS_PARTICIPLE) ? FEATURE_ADJECTIVE : 0;
	return f;
}

status
words_read(words *w, uint32_t id, language l, const word_reading **out)
{
	word_reading *r = &w->list.at[id].in[l - LANGUAGE_FR];

	*out = r;
	if (r->ready)
		return STATUS_OK;
	read_form(w, id, l, r);
	r->features = features_of(&w->list.at[id], r);
	r->ready = true;
	if (w->extra.read != NULL)
		w->extra.read(w->extra.user, w, id, l);
	*out = &w->list.at[id].in[l - LANGUAGE_FR];
	word_hot *hot = &w->hot.at[id];
	if ((w->list.at[id].shape & SHAPE_HYPHEN) == 0)
		w->keys[l - LANGUAGE_FR].at[id] = (*out)->key;
	hot->grammar[l - LANGUAGE_FR] = (*out)->grammar;
	if (l == LANGUAGE_FR)
		hot->determiner = (*out)->determiner;
	word_search s = word_search_of(w->list.at[id].text);
	fill_slot(w, &s, id);
	return STATUS_OK;
}
