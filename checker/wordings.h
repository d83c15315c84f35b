/* Wordings: lists of forms that are not to be written and what stands for them, as data.
 * “member states” → “Member States”, « compte-rendu » → « compte rendu », organisation →
 * organization.
 *
 * A fact is a row of data/lang/wordings-LANGUAGE.tsv, which names the rule that reports it, so
 * that adding one is a line of data. At build time tools/wordings_compile.c expands the rows
 * and sorts them by one word of each, the opening; the table is compiled in. A distinct word is
 * looked up once, when it is first met; the rows of an opening are sorted by the word beside
 * it, and only those whose two words stand in the text are compared, longest first. Thousands
 * of rows cost an ordinary token nothing.
 *
 * Two ways of matching: a row that has capitals, or differs from its correction in capitals
 * only, is matched letter by letter; any other in small letters, or with a capital at the
 * beginning of a sentence, since a capital elsewhere is the mark of a name. Quotations and
 * passages in another language are left alone. */
#ifndef CHECKER_WORDINGS_H
#define CHECKER_WORDINGS_H

#include "checker/check.h"

enum wording_flag {
	WORDING_EXACT = 1 << 0, /* compared letter by letter */
	WORDING_NAME = 1 << 1,  /* also with capitals, as in names and headings */
	WORDING_ASK = 1 << 2,   /* its correction is for review whatever the rule says */
};

typedef struct wording {
	uint64_t beside; /* rolling hash of the word behind the opening, or before where it is
			    the last, in lower case; 0: the opening stands alone */
	uint32_t words;  /* in the strings: `count` words, each ends with NUL */
	uint32_t right;  /* corrections, separated by |; may be empty */
	uint32_t when;   /* what must stand around, see wordings.c; may be empty */
	uint32_t source;
	uint8_t rule; /* in wording_rules */
	uint8_t count, opening;
	uint8_t flags, level; /* enum wording_flag, severity */
	uint8_t far;          /* the last word that is neither opening nor beside it; the
				 opening where there is none */
	uint16_t far_hash;    /* wording_far_hash of it */
} wording;

/* Beside the rules of an opening, what its rows want beside it. The words that stand beside
 * some opening are of one of a few classes, and the bits of those that are wanted behind it and
 * before it are set; none of them where a row stands alone. And: in all rows it is the last
 * word, and behind an elision. Where « d’ou » is all that « ou » opens, no other « ou » needs
 * to be looked at. */
#define WORDING_CLASSES 4u
#define WORDING_BEHIND 55 /* the first bit */
#define WORDING_BEFORE (WORDING_BEHIND + WORDING_CLASSES)
#define WORDING_ELIDED (UINT64_C(1) << (WORDING_RULES_MAX - 1))
#define WORDING_WANTED (UINT64_MAX << WORDING_BEHIND)

typedef struct wording_opening {
	uint64_t beside[2];   /* wording_beside_bit of all rows, by wording_side */
	uint64_t rules;       /* of all rows, a bit each, as in wording_rules, and
				 WORDING_WANTED */
	uint32_t word;        /* in the strings, lower case */
	uint32_t first, rows; /* of the wordings */
} wording_opening;

/* The compiled table. */
extern const char wording_strings[];
extern const char *const wording_rules[]; /* ids, in order; ends with NULL */
extern const wording wording_rows[];
extern const size_t wording_row_count;
extern const wording_opening wording_openings[];
extern const size_t wording_opening_first[LANGUAGES + 1]; /* those of each language */
/* 1 + the place of each opening, by the hash of its word and its language; 0: none. */
extern const uint16_t wording_slots[];
extern const uint32_t wording_slot_mask;
/* The words beside openings, a bit for wording_far_hash of each. */
extern const uint64_t wording_beside_words[];

/* Of the word beside an opening: what has none of the bits has no row there. All of them where
 * a row stands alone. */
static inline uint64_t
wording_beside_bit(uint64_t beside)
{
	return beside == 0 ? UINT64_MAX : UINT64_C(1) << (beside >> 58);
}

/* Rows are told apart by their other words, of which one is compared by a part of its rolling
 * hash before any is by its letters. */
static inline uint16_t
wording_far_hash(uint64_t rolling)
{
	return (uint16_t)(rolling >> 48);
}

static inline unsigned
wording_class(uint64_t beside)
{
	return (unsigned)(beside >> 40) % WORDING_CLASSES;
}

/* The bit of the class of a word that stands beside some opening; 0: it stands beside none. */
static inline uint32_t
wordings_class(uint64_t rolling)
{
	uint16_t hash = wording_far_hash(rolling);
	bool stands = (wording_beside_words[hash / 64] >> (hash % 64) & 1) != 0;

	return stands ? 1u << wording_class(rolling) : 0;
}

/* Where its word beside stands: 0 behind the opening, 1 before it. */
static inline unsigned
wording_side(uint8_t opening, uint8_t count)
{
	return opening + 1 < count ? 0 : 1;
}

static inline uint32_t
wording_slot(slice opening, size_t index) /* of the language */
{
	return (uint32_t)(slice_hash(opening) >> 7) + (uint32_t)index;
}

/* Fills in c->wording_rules. */
void wordings_init(check *c);

/* For word_reading.wording: 1 + the place among the openings; 0: no row opens with the word. */
uint16_t wordings_find(slice lower, language l);

/* Bits as in wording_opening: 0 where none of the rules applies, else 1 for all of them, and
 * those of WORDING_WANTED. */
uint64_t wordings_apply(const check *c, const bool *applies, uint64_t rules);

/* What wording.beside says of a token. */
static inline uint64_t
wordings_hash(const check *c, const token *t)
{
	bool letters = t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION;

	return letters ? c->words.hot.at[t->word].rolling : 0;
}

/* The opening that a token is whose word has a reading in the language of the block, a word or
 * an elision; NULL: none. */
static inline const wording_opening *
wordings_opening(const check *c, const token *t)
{
	uint16_t number = words_at(&c->words, t->word)->in[c->language - LANGUAGE_FR].wording;

	return number == 0 ? NULL : &wording_openings[number - 1];
}

/* May a wording stand around such a token? Nearly always not: most words that open one have
 * none of its words beside them. */
static inline bool
wordings_may_stand(const check *c, const token *t)
{
	const wording_opening *o = wordings_opening(c, t);

	return o != NULL && ((o->beside[0] >> (wordings_hash(c, t + 1) >> 58) |
				     o->beside[1] >> (wordings_hash(c, t - 1) >> 58)) &
				    1) != 0;
}

/* Reports the longest wording around token i, a word or an elision. applies says, by the index
 * of rule_at, which rules look at the block. */
MUST_USE status wordings_at(check *c, const bool *applies, size_t i);

#endif
