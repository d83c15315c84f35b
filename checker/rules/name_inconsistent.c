/* One person, place or body spelled in two ways in one document: Hodeïda and Hodeida,
 * Abdrakhmanov and Abdrakmanov. No list is needed: names that no dictionary knows are counted,
 * and those that look or sound alike are compared.
 *
 * Two spellings are taken for one name when they differ in accents, hyphens or what one sound
 * is written with (name_sound.h), or by one slip in a long name, and when the words beside them
 * agree (in a very long name one slip is enough for a suggestion): two words with different
 * first names or surnames beside them are two persons (Mohamed Salah, Mohammed Dahlan), and are
 * left alone. So are inflected and derived forms (Houthi, Houthis), female surnames (Petrov,
 * Petrova) and what is a word of either language.
 *
 * Memory: one record for each distinct name, with a ceiling; time n log n in their number. */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "checker/rule.h"
#include "checker/rules/name_sound.h"
#include "termbase/termbase.h"
#include "text/fold.h"
#include "text/utf8.h"

#define NAMES_MOST 8192
#define POINTS_LEAST 5
#define BYTES_MOST 48
#define SOUND_LEAST 5  /* letters of a sound that is evidence */
#define SLIP_LEAST 8   /* letters of a name in which one slip is evidence */
#define SLIP_LONG 10   /* likewise without a neighbour in common */
#define BESIDE 6       /* neighbours remembered */
#define NAMED 5        /* paragraphs named in a message */
#define PLACES_MOST 64 /* of a name that are remembered */
#define RUN_MOST 12    /* names of one key that are compared with each other */

typedef struct place {
	struct place *next;
	span at;
} place;

typedef struct name {
	slice text; /* as first met, without ’s */
	place *first, *last;
	uint32_t count;
	uint32_t beside[BESIDE];
	uint8_t beside_count, language;
	bool bare;  /* met without another name beside it */
	bool known; /* to the dictionary, as a name */
} name;

typedef struct names {
	name *at;
	size_t n, capacity;
	uint32_t *slots; /* open addressing: place in at, + 1 */
	uint32_t mask;
} names;

/* --- collecting --- */

static uint32_t
slot_of(const names *all, slice text, language l)
{
	uint32_t k = (uint32_t)slice_hash(text) & all->mask;

	while (all->slots[k] != 0) {
		const name *x = &all->at[all->slots[k] - 1];
		if (x->language == l && slice_equal(x->text, text))
			break;
		k = (k + 1) & all->mask;
	}
	return k;
}

static status
grow(check *c, names *all)
{
	size_t capacity = all->capacity == 0 ? 64 : all->capacity * 2;
	name *at = ARENA_ARRAY(c->keep, name, capacity);
	uint32_t *slots = ARENA_ARRAY(c->keep, uint32_t, capacity * 2);

	if (at == NULL || slots == NULL)
		return STATUS_MEMORY;
	if (all->n != 0)
		memcpy(at, all->at, all->n * sizeof(*at));
	*all = (names){ at, all->n, capacity, slots, (uint32_t)(capacity * 2 - 1) };
	for (size_t i = 0; i < all->n; i++)
		all->slots[slot_of(all, at[i].text, (language)at[i].language)] =
			(uint32_t)i + 1;
	return STATUS_OK;
}

static name *
find(names *all, slice text, language l)
{
	uint32_t k = slot_of(all, text, l);

	if (all->slots[k] == 0) {
		all->at[all->n++] = (name){ .text = text, .language = (uint8_t)l };
		all->slots[k] = (uint32_t)all->n;
	}
	return &all->at[all->slots[k] - 1];
}

/* A capitalised word, beside a name part of it: a first name, a surname. */
static bool
is_beside(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || (t->features & (FEATURE_TITLE | FEATURE_CAPITALS)) == 0 ||
		t->length < 3)
		return false;
	return c->language == LANGUAGE_EN || (t->features & FEATURE_UNKNOWN) != 0 ||
	       (c->words.hot.at[t->word].grammar[0] & POS_NAME) != 0;
}

static bool
is_apart(const token *t)
{
	return t->gap == GAP_SPACE || t->gap == GAP_NO_BREAK || t->gap == GAP_UNUSUAL;
}

static void
add_beside(const check *c, name *x, size_t i)
{
	uint32_t lower = words_at(&c->words, c->tokens.at[i].word)->lower;
	uint32_t hash = (uint32_t)slice_hash(words_at(&c->words, lower)->text);

	for (size_t k = 0; k < x->beside_count; k++)
		if (x->beside[k] == hash)
			return;
	if (x->beside_count < BESIDE)
		x->beside[x->beside_count++] = hash;
}

static bool
begins_sentence(const check *c, size_t i)
{
	return i == 0 || (c->tokens.at[i - 1].features & (FEATURE_STOP | FEATURE_QUOTE)) != 0;
}

static status
add_place(check *c, name *x, uint32_t start)
{
	if (x->count++ >= PLACES_MOST)
		return STATUS_OK;
	place *p = ARENA_NEW(c->keep, place);
	if (p == NULL)
		return STATUS_MEMORY;
	*p = (place){ .at = { start, start + (uint32_t)x->text.n } };
	*(x->last == NULL ? &x->first : &x->last->next) = p;
	x->last = p;
	return STATUS_OK;
}

static status
count(check *c, name *x, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool before = i > 0 && is_apart(t) && is_beside(c, i - 1) &&
		      !(c->language == LANGUAGE_EN && begins_sentence(c, i - 1));
	bool after = is_apart(t + 1) && is_beside(c, i + 1);

	if (before)
		add_beside(c, x, i - 1);
	if (after)
		add_beside(c, x, i + 1);
	x->bare = x->bare || !(before || after);
	return add_place(c, x, t->start);
}

/* Capitals inside a name stand at the beginning of its parts, or behind Mc and Mac; elsewhere
 * two words have grown together (Pays-BasetLe). */
static bool
has_odd_capital(slice s)
{
	bool inside = false;

	for (size_t i = 0; i < s.n;) {
		size_t at = i;
		uint32_t c = utf8_next(s, &i);
		bool upper = utf8_is_upper(c);
		slice before = slice_sub(s, 0, at);
		if (upper && inside && !slice_equal(before, SLICE("Mc")) &&
			!slice_equal(before, SLICE("Mac")))
			return true;
		inside = upper || utf8_is_lower(c);
	}
	return false;
}

/* The English dictionary does not say what is a name: what it has with a capital only. */
static status
is_known_name(check *c, size_t i, bool *out)
{
	const uint32_t common = POS_NOUN | POS_ADJECTIVE | POS_VERB | POS_PARTICIPLE;
	const token *t = &c->tokens.at[i];
	uint32_t grammar = c->words.hot.at[t->word].grammar[c->language - LANGUAGE_FR];
	uint32_t lower = words_at(&c->words, t->word)->lower;
	const word_reading *r;

	if (c->language == LANGUAGE_EN) {
		TRY(words_read(&c->words, lower, LANGUAGE_EN, &r));
		*out = !r->known;
	} else {
		*out = (grammar & POS_NAME) != 0 && (grammar & common) == 0;
	}
	return STATUS_OK;
}

static status
is_name(check *c, size_t i, bool *out)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);

	*out = false;
	if (t->kind != TOKEN_WORD || w->points < POINTS_LEAST || t->length > BYTES_MOST)
		return STATUS_OK;
	if ((t->features & FEATURE_UNKNOWN) == 0)
		return (t->features & FEATURE_TITLE) != 0 ? is_known_name(c, i, out)
							  : STATUS_OK;
	slice text = check_token(c, i);
	*out = (w->shape & (SHAPE_TITLE | SHAPE_MIXED)) != 0 && !has_odd_capital(text) &&
	       utf8_is_upper(utf8_next(text, &(size_t){ 0 }));
	return STATUS_OK;
}

/* Not settled here: whether an English name is a word in small letters. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	const uint32_t common = POS_NOUN | POS_ADJECTIVE | POS_VERB | POS_PARTICIPLE;

	(void)c;
	if (w->points < POINTS_LEAST)
		return false;
	if ((r->features & FEATURE_UNKNOWN) != 0)
		return (w->shape & (SHAPE_TITLE | SHAPE_MIXED)) != 0;
	return l == LANGUAGE_EN || ((r->grammar & POS_NAME) != 0 && (r->grammar & common) == 0);
}

static status
look(check *c, const rule *r, size_t i)
{
	void **note = check_note(c, r);
	slice text = check_token(c, i);
	bool named;

	TRY(is_name(c, i, &named));
	if (!named)
		return STATUS_OK;
	if (*note == NULL)
		*note = ARENA_NEW(c->keep, names);
	names *all = *note;
	if (all == NULL)
		return STATUS_MEMORY;
	if (all->n == all->capacity)
		TRY(all->n < NAMES_MOST ? grow(c, all) : STATUS_OK);
	if (slice_ends(text, SLICE("\u2019s")))
		text.n -= sizeof("\u2019s") - 1;
	else if (slice_ends(text, SLICE("'s")))
		text.n -= 2;
	if (all->n == all->capacity && all->slots[slot_of(all, text, c->language)] == 0)
		return STATUS_OK;
	name *x = find(all, text, c->language);
	x->known = (c->tokens.at[i].features & FEATURE_UNKNOWN) == 0;
	return count(c, x, i);
}

/* --- comparing --- */

enum likeness { LIKE_NOT, LIKE_SLIP, LIKE_LONG_SLIP, LIKE_SOUND, LIKE_LETTERS };

typedef struct spelling { /* of a name */
	char letters[3 * BYTES_MOST + 4], sound[3 * BYTES_MOST + 4];
	slice as_letters, as_sound;
} spelling;

static void
spell(spelling *s, const sounds *table, const name *x)
{
	char folded[3 * BYTES_MOST + 4];
	slice f = { folded, text_fold(folded, x->text) };

	s->as_letters = (slice){ s->letters, name_letters(s->letters, f) };
	s->as_sound = (slice){ s->sound, name_sound(table, s->sound, s->as_letters) };
}

static enum likeness
likeness_of(const spelling *a, const spelling *b)
{
	if (slice_equal(a->as_letters, b->as_letters))
		return LIKE_LETTERS;
	if (name_is_derived(a->as_letters, b->as_letters))
		return LIKE_NOT;
	if (a->as_sound.n >= SOUND_LEAST && slice_equal(a->as_sound, b->as_sound))
		return LIKE_SOUND;
	size_t least = a->as_letters.n < b->as_letters.n ? a->as_letters.n : b->as_letters.n;
	if (least < SLIP_LEAST || !name_is_one_slip(a->as_letters, b->as_letters))
		return LIKE_NOT;
	return least >= SLIP_LONG && a->letters[0] == b->letters[0] ? LIKE_LONG_SLIP
								    : LIKE_SLIP;
}

static bool
share_neighbour(const name *a, const name *b)
{
	for (size_t i = 0; i < a->beside_count; i++)
		for (size_t k = 0; k < b->beside_count; k++)
			if (a->beside[i] == b->beside[k])
				return true;
	return false;
}

/* Is the lower-case form a word of a language? */
static bool
is_word(const check *c, const name *x)
{
	char lower[3 * BYTES_MOST + 4];
	slice s = { lower, text_lower(lower, x->text) };
	const analysis *a;

	for (int l = 0; l < LANGUAGES; l++)
		if (c->with->lexicons[l] != NULL &&
			lexicon_analyses(c->with->lexicons[l], s, &a) != 0)
			return true;
	return false;
}

/* How sure it is that both are one name; SEVERITY_DEFAULT: not at all. */
static severity
weigh(const check *c, const name *a, const name *b, enum likeness like)
{
	bool shared = share_neighbour(a, b), both_bare = a->bare && b->bare;

	if (like == LIKE_NOT || a->language != b->language || (a->known && b->known) ||
		!(shared || both_bare) || is_word(c, a) || is_word(c, b))
		return SEVERITY_DEFAULT;
	if (like == LIKE_SLIP && !shared)
		return SEVERITY_DEFAULT;
	return shared || like == LIKE_LETTERS ? SEVERITY_WARNING : SEVERITY_INFO;
}

/* --- pairs --- */

typedef struct key { /* names of equal keys are compared */
	uint64_t hash;
	uint32_t name;
} key;

static int
by_key(const void *left, const void *right)
{
	const key *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

/* The sound, the letters, and the letters without each one of them: what one slip apart is
 * shares one of these. */
static size_t
keys_of(key *out, const spelling *s, uint32_t i)
{
	char less[3 * BYTES_MOST + 4];
	slice all = s->as_letters;
	size_t n = 0;

	out[n++] = (key){ slice_hash(s->as_sound) ^ 1, i };
	out[n++] = (key){ slice_hash(all), i };
	if (all.n < SLIP_LEAST)
		return n;
	for (size_t k = 0; k < all.n; k++) {
		memcpy(less, all.p, k);
		memcpy(less + k, all.p + k + 1, all.n - k - 1);
		out[n++] = (key){ slice_hash((slice){ less, all.n - 1 }), i };
	}
	return n;
}

typedef struct match {  /* of a rarer name with a commoner one */
	uint32_t usual; /* place, + 1; 0: none */
	uint8_t weight;
} match;

static bool
is_rarer(const name *a, const name *b)
{
	return a->count != b->count ? a->count < b->count
				    : a->first->at.start > b->first->at.start;
}

static bool
is_agreed(const check *c, const name *x)
{
	return c->with->terms != NULL &&
	       termbase_knows(c->with->terms, x->text, (language)x->language);
}

/* The spelling of the termbase is never the wrong one, however rare. */
static bool
is_lesser(const check *c, const name *a, const name *b)
{
	bool left = is_agreed(c, a), right = is_agreed(c, b);

	return left != right ? right : is_rarer(a, b);
}

static void
compare(const check *c, const names *all, const sounds *table, uint32_t i, uint32_t k,
	match *matches)
{
	spelling a, b;

	if (!is_lesser(c, &all->at[i], &all->at[k])) {
		uint32_t swap = i;
		i = k;
		k = swap;
	}
	spell(&a, table, &all->at[i]);
	spell(&b, table, &all->at[k]);
	severity w = weigh(c, &all->at[i], &all->at[k], likeness_of(&a, &b));
	if (w == SEVERITY_DEFAULT || w < matches[i].weight)
		return;
	if (matches[i].usual != 0 && w == matches[i].weight &&
		is_rarer(&all->at[k], &all->at[matches[i].usual - 1]))
		return;
	matches[i] = (match){ k + 1, (uint8_t)w };
}

static void
compare_runs(const check *c, const names *all, const sounds *table, const key *keys, size_t n,
	match *matches)
{
	for (size_t start = 0; start < n; start++)
		for (size_t k = start + 1;
			k < n && k - start < RUN_MOST && keys[k].hash == keys[start].hash; k++)
			if (keys[k].name != keys[start].name)
				compare(c, all, table, keys[start].name, keys[k].name, matches);
}

/* --- reporting --- */

/* The number of the paragraph that holds a place. */
static uint32_t
paragraph_of(const document *d, span s)
{
	size_t low = 0;

	for (size_t high = d->block_count; high - low > 1;) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.start <= s.start)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low + 1;
}

static slice
paragraphs(check *c, const name *x)
{
	uint32_t last = paragraph_of(c->document, x->first->at), named = 1;
	slice s = check_printf(c, "%u", last);

	for (const place *p = x->first->next; p != NULL && s.p != NULL; p = p->next) {
		uint32_t next = paragraph_of(c->document, p->at);
		if (next == last)
			continue;
		if (named++ == NAMED)
			return check_printf(c, "%.*s…", SLICE_ARG(s));
		s = check_printf(c, "%.*s, %u", SLICE_ARG(s), next);
		last = next;
	}
	return s;
}

static span *
places_of(check *c, const name *x, size_t *count)
{
	span *all = ARENA_ARRAY(c->keep, span, PLACES_MOST);

	*count = 0;
	for (const place *p = x->first; p != NULL && all != NULL; p = p->next)
		all[(*count)++] = p->at;
	return all;
}

static status
report(check *c, const rule *r, const name *rare, const name *usual, severity weight)
{
	slice where = paragraphs(c, rare);
	size_t count;
	span *places = places_of(c, rare, &count);
	finding f = { .text = rare->first->at,
		.places = places,
		.place_count = count,
		.severity = weight == SEVERITY_WARNING ? SEVERITY_DEFAULT : weight,
		.message = check_message(c,
			"“%.*s” (%u×, para. %.*s) is elsewhere spelled “%.*s” (%u×)",
			"«\u00A0%.*s\u00A0» (%u fois, par. %.*s) s’écrit ailleurs "
			"«\u00A0%.*s\u00A0» (%u fois)",
			SLICE_ARG(rare->text), rare->count, SLICE_ARG(where),
			SLICE_ARG(usual->text), usual->count),
		.suggestions = &usual->text,
		.suggestion_count = 1 };

	return places == NULL ? STATUS_MEMORY : check_report(c, r, f);
}

static status
finish(check *c, const rule *r)
{
	const names *all = *check_note(c, r);
	sounds table;
	spelling s;
	size_t n = 0;

	if (all == NULL || all->n < 2)
		return STATUS_OK;
	key *keys = arena_array_room(
		&c->scratch, all->n * (BYTES_MOST + 2), sizeof(*keys), alignof(key));
	match *matches = ARENA_ARRAY(&c->scratch, match, all->n);
	if (keys == NULL || matches == NULL)
		return STATUS_MEMORY;
	sounds_init(&table);
	for (uint32_t i = 0; i < all->n; i++) {
		spell(&s, &table, &all->at[i]);
		n += keys_of(keys + n, &s, i);
	}
	n = sort_drop_single(keys, n, sizeof(*keys));
	qsort(keys, n, sizeof(*keys), by_key);
	compare_runs(c, all, &table, keys, n, matches);
	for (uint32_t i = 0; i < all->n; i++)
		if (matches[i].usual != 0)
			TRY(report(c, r, &all->at[i], &all->at[matches[i].usual - 1],
				(severity)matches[i].weight));
	arena_reset(&c->scratch);
	return STATUS_OK;
}

const rule rule_name_inconsistent = {
	.id = "name/inconsistent",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN | FEATURE_TITLE,
	.wants = wants,
	.source = "BI-TRM-09, rules.md § 3 no 34 (C); BGN/PCGN romanization, Imprimerie "
		  "nationale",
	.summary_en = "one name in two spellings",
	.summary_fr = "un nom orthographié de deux façons",
	.explanation_en =
		"A person, a place or a body has one spelling in a document. Names that no "
		"dictionary knows are compared with each other: those that differ in accents, "
		"in "
		"what a sound is written with or by one slip, with the same names beside them "
		"or "
		"none, are taken for one. Said once, at the first place of the rarer spelling, "
		"or of the one that the termbase does not have. "
		"Inflected forms and persons with different first names are left alone.",
	.explanation_fr =
		"Une personne, un lieu ou un organisme n’a qu’une orthographe dans un "
		"document. Les "
		"noms qu’aucun dictionnaire ne connaît sont comparés entre eux\u00A0: ceux qui "
		"ne "
		"diffèrent que par les accents, la transcription d’un son ou une faute de "
		"frappe, "
		"avec les mêmes noms à côté ou sans autre nom, sont tenus pour un seul. Relevé "
		"une "
		"fois, au premier emploi de la forme la plus rare, ou de celle que la base "
		"terminologique n’a pas. Les formes fléchies et les "
		"personnes qui portent des prénoms différents ne sont pas relevées.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"M. Abdrakhmanov a parlé. Le texte de M. Abdrakhmanov est connu, "
			"et M. "
			"Abdrakmanov le signera.",
			"M. Abdrakhmanov a parlé. Le texte de M. Abdrakhmanov est connu, "
			"et M. "
			"Abdrakhmanov le signera." },
		{ LANGUAGE_EN, "Ships reached Qusayfa. From Qusayfa they sailed to Kusayfa.",
			NULL },
		{ LANGUAGE_FR, NULL,
			"Mohammad Zarqoubi et Mohamed Talhaoui ont voté ; les Zarqoubis "
			"aussi." }),
	.token = look,
	.document = finish,
};
