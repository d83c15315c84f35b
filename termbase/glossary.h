/* Glossaries as people write them: tab-separated text, one concept a line, read into concepts
 * and terms (ISO 30042: a concept has a section per language, a section has terms, a term has
 * an administrative status). data/glossaries/README.md describes the columns and marks.
 *
 * Every malformed row is refused with FILE:LINE:COLUMN, and nothing of a file is kept when one
 * of its rows is refused. */
#ifndef TERMBASE_GLOSSARY_H
#define TERMBASE_GLOSSARY_H

#include "termbase/entry.h"

typedef struct glossary_term {
	slice text;
	uint32_t concept;
	uint8_t language; /* enum language */
	uint8_t status;   /* enum term_status */
	uint8_t flags;
} glossary_term;

typedef struct glossary_concept {
	slice id, subject, source, note;
	slice article;    /* of the French term */
	uint8_t gender;   /* of the French term: TERM_MASCULINE … or-ed, 0 unknown */
	uint8_t evidence; /* enum term_evidence */
	uint32_t term;    /* the first of its terms in glossary.terms */
	uint32_t term_count;
} glossary_concept;

typedef struct glossary {
	const memory *memory;
	arena text;
	ARRAY(glossary_concept) concepts;
	ARRAY(glossary_term) terms;
	/* Of layers over another index: the concepts of that index, by their numbers, that
	 * these take the place of or take back, and its mark (index_mark). */
	ARRAY(uint32_t) hidden;
	uint32_t base;
	bool lenient; /* a term that cannot be matched is kept and not matched */
} glossary;

void glossary_init(glossary *g, const memory *m);
void glossary_free(glossary *g);

/* Adds the concept of an entry; its terms in other languages than French and English are not
 * matched. The text is copied. */
MUST_USE status glossary_add(glossary *g, const entry *e);

/* Adds the concepts of tab-separated text (name is for messages).
 * STATUS_FORMAT names the first malformed row. The bytes are copied. */
MUST_USE status glossary_read(glossary *g, context *c, const char *name, slice bytes);

/* Refuses two concepts of the same id: call it when all files are read. */
MUST_USE status glossary_check(const glossary *g, context *c);

#endif
