/* For the readers of facts: the tokens in hand, and the list that they add to. Each takes the
 * token it is asked about and those that belong to its fact, and says how many; *taken stays 0
 * where it has nothing to say. */
#ifndef CHECKER_BILINGUAL_FACT_READER_H
#define CHECKER_BILINGUAL_FACT_READER_H

#include "checker/bilingual/fact.h"

typedef struct fact_reader {
	facts *out;
	const memory *memory;
	const words *words;
	const tokens *t;
	slice text;
	language language;
	bool resolution, reference; /* a word for them was met; numbers go on with it */
} fact_reader;

static inline const token *
fact_token(const fact_reader *r, size_t i)
{
	return &r->t->at[i];
}

static inline bool
fact_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
fact_is_mark(const fact_reader *r, size_t i, uint32_t mark)
{
	return fact_token(r, i)->kind == TOKEN_MARK && fact_token(r, i)->word == mark;
}

static inline bool
fact_is_tight(const fact_reader *r, size_t i)
{
	return fact_token(r, i)->gap == GAP_NONE;
}

slice fact_text(const fact_reader *r, size_t i);
/* In small letters; empty where it is no word. */
slice fact_lower(const fact_reader *r, size_t i);
bool fact_is_word(const fact_reader *r, size_t i, const char *const *list);
bool fact_has_capital(const fact_reader *r, size_t i);
bool fact_is_numeric(const fact_reader *r, size_t i); /* begins with a digit */
bool fact_is_letters(slice s);                        /* b, iv, aa */
size_t fact_digits(slice s); /* how long the figures are it begins with */

MUST_USE status fact_add(fact_reader *r, fact f, size_t first, size_t last);
fact *fact_last(const fact_reader *r); /* NULL: none yet */
/* Does token i join numbers of one list or range: 10 to 15, 5, 6 and 7, 2010–2015, 2013/14? */
bool fact_joins(const fact_reader *r, size_t i);
/* from … to: what stands between is meant, too. */
bool fact_spans_range(const fact_reader *r, size_t i);
/* The number right before token i, joined to it; NULL when there is none. */
fact *fact_joined_before(const fact_reader *r, size_t i);

extern const char
	*const fact_reference_words[]; /* paragraph, article, annex …; NULL at the end */

/* The readers. */
unsigned fact_month(const fact_reader *r, size_t i); /* 1 to 12; 0: no month */
MUST_USE status fact_read_calendar(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_months_inside(fact_reader *r, size_t i);
MUST_USE status fact_read_english_time(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_french_time(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_noon(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_figures(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_code(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_words(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_roman(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_letter(fact_reader *r, size_t i, size_t *taken);
MUST_USE status fact_read_named(fact_reader *r, size_t i, size_t *taken);

#endif
