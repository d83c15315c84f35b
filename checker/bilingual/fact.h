/* Facts: what a passage and its translation must both say, by value and not by letter. A number
 * is one whether in figures, in words or in roman numerals; so are months, days of the week,
 * times, document symbols, addresses and the letters of subparagraphs.
 *
 * A fact is firm or soft. A firm one (in figures, a symbol, a month beside a day) must be met
 * on the other side. A soft one (three, both, XXI, l’un) may be: translators say “both” where
 * the source has “two”, and the article where it has “one”. */
#ifndef CHECKER_BILINGUAL_FACT_H
#define CHECKER_BILINGUAL_FACT_H

#include "checker/bilingual/numeral.h"
#include "text/token.h"

#define FACTS_MOST 1000 /* of one passage; a longer one is not judged */

typedef enum fact_kind {
	FACT_NUMBER,
	FACT_MONTH,   /* value: 1 to 12 */
	FACT_WEEKDAY, /* value: 0 (Sunday) to 6 */
	FACT_TIME,    /* time */
	FACT_SYMBOL,  /* hash */
	FACT_ADDRESS, /* hash; of a page, whatever its language */
	FACT_LETTER,  /* hash: (a), iv) */
} fact_kind;

/* What of: which rule speaks of it. */
typedef enum fact_topic {
	TOPIC_NUMBER,
	TOPIC_DATE, /* days and years */
	TOPIC_RESOLUTION,
	TOPIC_REFERENCE, /* paragraph, article, annex … */
	TOPIC_SYMBOL,
	TOPIC_ADDRESS,
	TOPICS,
} fact_topic;

typedef enum fact_form { FORM_FIGURES, FORM_WORDS, FORM_ROMAN } fact_form;

typedef enum fact_unit {
	UNIT_NONE,
	UNIT_PERCENT,
	UNIT_DOLLAR,
	UNIT_EURO,
	UNIT_POUND
} fact_unit;

#define NO_TIME (-1)

typedef struct fact {
	uint8_t kind, topic, form, unit;
	bool soft;
	bool date_part; /* of 19/01/2018 or 2018-01-19: may be a month */
	bool ordinal;
	bool vague;           /* both, dozens: never compared with anything but by value */
	bool in_code;         /* the 19 of COVID-19 */
	bool fraction;        /* hundredths; ten and a half */
	int16_t time;         /* minutes of the day; NO_TIME */
	numeral value, other; /* other: what it may mean as well */
	uint64_t hash;
	span text;            /* in the text of its document */
	uint32_t first, last; /* tokens */
} fact;

typedef struct facts {
	ARRAY(fact) list;
	bool too_many;
} facts;

/* The facts of tokens (those of text, read in the language), in their order. */
MUST_USE status facts_of_tokens(
	facts *f, const memory *m, const words *w, const tokens *t, slice text, language l);

/* An address without the parts that name a language, in small letters, its parts separated by
 * slashes; the number of bytes, 0 when there is no room. */
size_t fact_address_key(char *out, size_t room, slice s);

/* Do both say the same? */
bool fact_equal(const fact *a, const fact *b);

#endif
