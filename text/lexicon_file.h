/* The compiled lexicon as it lies in its file and in memory. Written by lexicon_compile.c, read
 * by lexicon.c. Native byte order: the file belongs to the machine that made it.
 *
 * The forms of one folded spelling lie together, the most frequent first: a group. The groups
 * with frequent words lie first, most frequent first, then the other forms of frequent lemmas,
 * so that an ordinary text touches few pages; the rest follows in the order of spellings. A
 * minimal automaton over the folded spellings gives the number of the group, in the order of
 * spellings. Two hash tables over the exact spellings, a small one of the frequent groups, give
 * the number of the form. */
#ifndef TEXT_LEXICON_FILE_H
#define TEXT_LEXICON_FILE_H

#include <stddef.h>
#include <stdint.h>

#define LEXICON_MAGIC "paraphLX"
#define LEXICON_VERSION 11u

/* Verdict of one dictionary on one form; 0: the form stands here for its prefixes only. */
enum {
	VERDICT_DIRECT = 1,    /* an entry of the dictionary as it stands */
	VERDICT_AFFIXED = 2,   /* made by affixes */
	VERDICT_KEEP_CASE = 4, /* not capitalised, not in capitals */
	VERDICT_UPPER = 8,     /* only when the whole word is in capitals */
	VERDICT_FORBIDDEN = 16,
	VERDICT_NO_SUGGEST = 32,
};

#define LEXICON_SIDES 2 /* dictionaries in one lexicon: en is en_GB and en_US */

/* Five of them in a line of the cache: what French has takes half of the numbers that there is
 * room for. */
struct lexicon_form {
	uint32_t text : 24;     /* offset in TEXT; ends where the next form begins */
	uint32_t class : 8;     /* index in CLASSES */
	uint32_t analyses : 20; /* index in ANALYSES; ends where the next form's begin */
	uint32_t before : 12;   /* see lexicon_ends */
	uint16_t after;
	uint16_t frequency; /* see lexicon_frequency_pack */
};

#define LEXICON_TEXT_MAX ((1u << 24) - 1)
#define LEXICON_ANALYSES_MAX ((1u << 20) - 1)
#define LEXICON_CLASSES_MAX (1u << 8)

struct lexicon_class {
	uint8_t verdict[LEXICON_SIDES];
	uint16_t prefixes; /* elided prefixes (l’, d’, qu’ …) that may stand before the form */
};

/* An edge of the automaton; the edges of a state lie together, the last one marked. */
struct lexicon_edge {
	uint32_t target : 22; /* first edge of the next state; 0: a state without edges */
	uint32_t final : 1;   /* a folded spelling ends behind this edge */
	uint32_t last : 1;
	uint32_t label : 8;
	uint32_t skipped; /* spellings through the earlier edges of this state */
};

/* A word that may stand in a COMPOUNDRULE compound. */
struct lexicon_piece {
	char text[14];
	uint8_t side, bytes;
	uint32_t symbols; /* bit i: carries the flag of symbol i */
};

enum lexicon_section {
	SECTION_FORMS,    /* struct lexicon_form, one more than there are forms */
	SECTION_TEXT,     /* char */
	SECTION_FREQUENT, /* uint32_t: 0, or (form + 1) | tag << 20; a power of two of them */
	SECTION_SLOTS,    /* the same, of the forms that are not frequent */
	SECTION_ANALYSES, /* analysis */
	SECTION_LEMMAS,   /* uint32_t offset in LEMMA_TEXT, one more than there are lemmas */
	SECTION_LEMMA_TEXT,
	SECTION_CLASSES, /* struct lexicon_class */
	SECTION_GROUPS,  /* uint32_t: see lexicon_group_pack */
	SECTION_EDGES,   /* struct lexicon_edge; edge 0 leads to the first state */
	SECTION_PIECES,  /* struct lexicon_piece */
	SECTION_FILTER,  /* uint64_t: see lexicon_filter_bits; a power of two of them */
	SECTION_RULES,   /* char: lines of the .aff that the reader needs, "side KEYWORD …" */
	SECTION_COUNT,
};

struct lexicon_header {
	char magic[8];
	uint32_t version, language;
	uint64_t file_bytes;
	struct {
		uint64_t bytes;
		int64_t modified;     /* seconds */
		uint64_t hash;        /* XXH3 of the content */
	} sources[2 * LEXICON_SIDES]; /* .aff and .dic of each side */
	struct {
		uint64_t offset, count;
		uint64_t hash; /* XXH3 of its bytes; looked at on request only */
	} sections[SECTION_COUNT];
	uint64_t hash; /* XXH3 of all that stands before it */
};

#define LEXICON_FORM_BITS 20
#define LEXICON_FORM_MASK ((1u << LEXICON_FORM_BITS) - 1)
#define LEXICON_GROUP_MAX (UINT32_MAX >> LEXICON_FORM_BITS)

static inline uint32_t
lexicon_group_pack(size_t first, size_t count)
{
	return (uint32_t)first | (uint32_t)count << LEXICON_FORM_BITS;
}

/* A Bloom filter over the rolling hashes (text/rolling.h) of all forms in lower case, small
 * enough to stay in the cache: the bits of a hash, and which word of the filter has them. Of
 * strings that are no form, one in thirty passes. */
static inline uint64_t
lexicon_filter_bits(uint64_t hash)
{
	hash = (hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return UINT64_C(1) << (hash >> 58) | UINT64_C(1) << (hash >> 52 & 63) |
	       UINT64_C(1) << (hash >> 46 & 63);
}

static inline uint32_t
lexicon_filter_word(uint64_t hash)
{
	hash = (hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return (uint32_t)(hash >> 14);
}

/* Frequencies are kept in 16 bits: occurrences in 100 million words, 12 significant bits. */
static inline uint16_t
lexicon_frequency_pack(uint32_t value)
{
	unsigned shift = 0;

	while (value > 0xFFF) {
		value >>= 1;
		shift++;
	}
	return (uint16_t)(shift << 12 | value);
}

static inline uint32_t
lexicon_frequency_unpack(uint16_t packed)
{
	return (uint32_t)(packed & 0xFFF) << (packed >> 12);
}

#endif
