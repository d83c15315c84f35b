/* Distinct words. Every word of a text is interned once, and all dictionary work (verdict,
 * readings, term key, what rules select on) is done once for each distinct word and language:
 * fifty megabytes of law hold seven million words and sixty thousand distinct ones.
 *
 * A table belongs to one thread and outlives documents; words_trim between blocks keeps it
 * from growing without end, and makes the ids of before meaningless. */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "text/feature.h"
#include "text/lexicon.h"

struct words;

#define LANGUAGES 2 /* French and English; the index is language - LANGUAGE_FR */

enum word_shape {
	SHAPE_LOWER = 1 << 0,      /* has letters, none of them a capital */
	SHAPE_TITLE = 1 << 1,      /* a capital, then no other: Conseil, Vice-président, A */
	SHAPE_UPPER = 1 << 2,      /* two letters or more, all capitals: ONU, C.-B. */
	SHAPE_MIXED = 1 << 3,      /* anything else: McDonald, Vice-Président, iPhone */
	SHAPE_HYPHEN = 1 << 4,     /* has a hyphen inside */
	SHAPE_APOSTROPHE = 1 << 5, /* has an apostrophe inside or, for an elision, at its end */
	SHAPE_DIGIT = 1 << 6,      /* has a digit inside */
	SHAPE_ACCENT = 1 << 7,     /* has a letter outside ASCII */
	SHAPE_FOREIGN = 1 << 8,    /* has a letter of another script than Latin */
	SHAPE_ODD = 1 << 9,        /* has a presentation ligature, soft hyphen, zero-width or
				      combining character */
};

typedef struct word_reading { /* of one word in one language */
	uint32_t features;    /* FEATURE_*: what rules select tokens by */
	uint32_t grammar;     /* the readings' POS_*, GENDER_*, NUMBER_* bits, or-ed */
	uint32_t key;         /* the termbase's: equal for forms of one lemma; 0 for none */
	bool ready, known;
	uint8_t determiner; /* the checker's: which one it is, 0 for none */
	uint16_t wording;   /* the checker's: what wordings open with it, 0 for none */
	uint16_t calls;     /* the checker's: number of the set of rules that look at it, none
			       below CALLS_OF_WORDS */
} word_reading;

typedef struct word {
	slice text;     /* with every apostrophe as U+2019, every hyphen as U+002D */
	uint32_t lower; /* id of the lower-case form; its own id when it is that form */
	uint16_t shape;
	uint8_t points; /* code points; 255 stands for more */
	word_reading in[LANGUAGES];
} word;

/* Features of a word in the half of a number: those below FEATURES_HERE and FEATURE_WATCHED. */
#define WORD_FEATURES ((1u << FEATURES_HERE_SHIFT) - 1)
#define WORD_READY (1u << 14)   /* of the features in a slot: the reading is made */
#define WORD_WATCHED (1u << 15) /* of the same: FEATURE_WATCHED */

/* The few bytes of a word that rules ask for most, apart so that they stay in the cache. */
typedef struct word_hot {
	uint64_t rolling;             /* text/rolling.h, of the lower-case form */
	lexicon_ends ends[LANGUAGES]; /* of the same, once ready; all bits for no form */
	uint32_t lower;
	uint32_t grammar[LANGUAGES]; /* as in the reading, once ready */
	uint16_t shape;
	uint8_t piece_bytes; /* of the lower-case form; 0: has a hyphen or an apostrophe, or is
				long */
	uint8_t determiner;  /* as in the French reading */
} word_hot;

/* Half a cache line, all that the tokeniser needs of a word it met before. A word of less
 * than sixteen bytes is recognised by head and tail alone, for no word has a zero byte; those
 * of sixteen may be the two ends of a longer one. */
struct word_slot {
	uint64_t head, tail; /* bytes 0–7, bytes 8–15 filled up with zeros; of a longer word the
				last eight */
	uint32_t id;         /* 0: the slot is empty */
	uint32_t lower;      /* as in word_hot */
	int16_t features[LANGUAGES]; /* of the reading, WORD_READY once that is made */
	uint16_t calls[LANGUAGES];   /* as in the reading */
};

/* Knows more words than the dictionary does: termbase, user lists. Any pointer may be NULL. */
typedef struct vocabulary {
	void *user;
	bool (*knows)(void *user, slice word, language l);
	/* Further features of a word, and its term key, once per word and language. */
	void (*read)(void *user, struct words *table, uint32_t id, language l);
} vocabulary;

typedef struct words {
	const memory *memory;
	lexicon *lexicons[LANGUAGES]; /* NULL: no verdicts, every word is known */
	vocabulary extra;
	arena text;
	ARRAY(word) list;    /* list.at[0] is the empty word: id 0 stands for "no word" */
	ARRAY(word_hot) hot; /* parallel to list: what every token asks for */
	/* Parallel to list, for what asks every token for nothing else: the keys of the
	 * readings, once ready; that of a compound is 0. */
	ARRAY(uint32_t) keys[LANGUAGES];
	ARRAY(uint32_t) forms[LANGUAGES]; /* parallel to list; see words_form */
	uint64_t powers[UINT8_MAX + 1];   /* for rolling_join, by bytes */
	struct word_slot *slots;          /* open addressing, power of two */
	uint32_t slot_mask;
	uint32_t age; /* how often it began anew */
	bool spoilt;  /* memory ran out over a word, which is there and half read */
} words;

MUST_USE status words_init(words *w, const memory *m);
void words_free(words *w);
/* Empties a table of more than most words, or one that is spoilt. */
MUST_USE status words_trim(words *w, size_t most);
/* Makes room for the distinct words that a text of so many bytes may have: arrays that grow are
 * copied, and are there twice meanwhile. */
MUST_USE status words_expect(words *w, size_t text_bytes);

/* The id of a word, of at most 4,096 bytes; apostrophes and hyphens are unified first. */
MUST_USE status words_intern(words *w, slice text, uint32_t *id);

/* The reading in a language, made at the first call. */
MUST_USE status words_read(words *w, uint32_t id, language l, const word_reading **out);

/* The number of the form of a dictionary that is spelled as the word is, or LEXICON_NONE.
 * Looked up at the first call, which fills the cache with what is in the way: whoever asks of a
 * word that has a number asks here. */
uint32_t words_form(const words *w, uint32_t id, language l);
/* Its readings, as of lexicon_analyses; none without a dictionary. */
size_t words_analyses(const words *w, uint32_t id, language l, const analysis **out);

/* The features that stand in a slot, WORD_READY among them or not. WORD_WATCHED is the sign,
 * which a longer number repeats. */
static inline uint32_t
word_features(int16_t in_slot)
{
	return (uint32_t)in_slot & (WORD_FEATURES | (uint32_t)FEATURE_WATCHED);
}

static inline const word *
words_at(const words *w, uint32_t id)
{
	return &w->list.at[id];
}

#endif
