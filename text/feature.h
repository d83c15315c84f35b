/* What rules select tokens by. Features of words are computed once for each distinct word,
 * those of gaps and marks come from tables; a rule names the features it wants and is called
 * for those tokens only, so that the price of a text hardly grows with the number of rules. */
#ifndef TEXT_FEATURE_H
#define TEXT_FEATURE_H

enum {
	/* of a word */
	FEATURE_UNKNOWN = 1 << 0,  /* neither the dictionary nor any vocabulary knows it */
	FEATURE_SINGLE = 1 << 1,   /* one letter */
	FEATURE_CAPITALS = 1 << 2, /* two letters or more, all capitals */
	FEATURE_TITLE = 1 << 3,    /* begins with a capital and has no other */
	FEATURE_PART = 1 << 4,     /* may be a piece of a broken word (set by the vocabulary) */
	FEATURE_ODD = 1 << 5,      /* SHAPE_ODD, or a mark that hardly belongs in prose */
	FEATURE_HYPHEN = 1 << 6,   /* a hyphen inside */
	FEATURE_DETERMINER = 1 << 7, /* can be a determiner (French) */
	FEATURE_NOUN = 1 << 8,       /* can be a noun (French) */
	FEATURE_ADJECTIVE = 1 << 9,  /* can be an adjective or a past participle (French) */
	FEATURE_TERM = 1 << 10,      /* some term begins with it (set by the vocabulary) */
	/* of this very token: FEATURES_HERE */
	FEATURE_STRAIGHT = 1 << 11, /* has or is a straight apostrophe U+0027 */
	FEATURE_REPEATED = 1 << 12, /* the same word stands before it, case aside */
	/* of the gap before the token: FEATURES_HERE as well */
	FEATURE_TIGHT = 1 << 13,    /* nothing between it and the token before */
	FEATURE_WIDE = 1 << 14,     /* two white-space characters or more */
	FEATURE_NO_BREAK = 1 << 15, /* one no-break space, U+00A0 or U+202F */
	FEATURE_UNUSUAL = 1 << 16,  /* a tab or another Unicode space */
	/* of the kind */
	FEATURE_WORD = 1 << 17,
	FEATURE_ELISION = 1 << 18,
	FEATURE_NUMBER = 1 << 19,
	FEATURE_CODE = 1 << 20,
	FEATURE_SYMBOL = 1 << 21,
	FEATURE_ADDRESS = 1 << 22,
	FEATURE_MARK = 1 << 23,
	/* of a mark */
	FEATURE_APOSTROPHE = 1 << 24, /* ' ’ ‘ standing alone, not inside a word */
	FEATURE_DASH = 1 << 25,       /* - ‐ ‑ – — standing alone */
	FEATURE_QUOTE = 1 << 26,      /* « » “ ” " */
	FEATURE_BRACKET = 1 << 27,    /* ( ) [ ] { } */
	FEATURE_STOP = 1 << 28,       /* . , ; : ! ? … */
	FEATURE_RATE = 1 << 29,       /* % ‰ ° and currency signs */
	FEATURE_SLASH = 1 << 30,
	FEATURE_WATCHED =
		(int)(1u << 31), /* some rule names this very word (set by the checker) */
};

/* The features that a word has in one place and not in another; all others hang on the word, or
 * on the kind of the token. */
#define FEATURES_HERE_SHIFT 11
#define FEATURES_HERE_BITS 6
#define FEATURES_HERE (((1u << FEATURES_HERE_BITS) - 1) << FEATURES_HERE_SHIFT)

#endif
