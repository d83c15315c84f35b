/* Glossaries as people write them: tab-separated text, one concept a line, read into concepts
 * and terms (ISO 30042: a concept has a section per language, a section has terms, a term has
 * an administrative status). data/glossaries/README.md describes the columns and marks.
 *
 * Every malformed row is refused with FILE:LINE:COLUMN, and nothing of a file is kept when one
 * of its rows is refused. */
#ifndef TERMBASE_GLOSSARY_H
#define TERMBASE_GLOSSARY_H

#include "base/context.h"

typedef enum term_status {
	TERM_PREFERRED,
	TERM_ADMITTED,
	TERM_DEPRECATED,
	TERM_SUPERSEDED, /* right for its time */
} term_status;

typedef enum term_evidence {
	EVIDENCE_VERIFIED,
	EVIDENCE_PARTIAL,
	EVIDENCE_UNVERIFIED
} term_evidence;

enum term_flags {
	TERM_ACRONYM = 1 << 0,
	TERM_CONTEXT = 1 << 1, /* also an ordinary phrase or another name: never a finding */
	TERM_WORD = 1 << 3,    /* only a word that spelling is to know: never matched */
	TERM_EXCHANGEABLE = 1 << 2, /* as good as the preferred one; one text keeps to one */
};

enum term_gender { TERM_MASCULINE = 1, TERM_FEMININE = 2, TERM_PLURAL = 4 };

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
} glossary;

void glossary_init(glossary *g, const memory *m);
void glossary_free(glossary *g);

/* Adds the concepts of a file, or of bytes that came from one (name is for messages).
 * STATUS_FORMAT names the first malformed row. The bytes are copied. */
MUST_USE status glossary_read_file(glossary *g, context *c, const char *path);
MUST_USE status glossary_read(glossary *g, context *c, const char *name, slice bytes);

/* Refuses two concepts of the same id: call it when all files are read. */
MUST_USE status glossary_check(const glossary *g, context *c);

const char *term_status_name(term_status s);     /* "preferred", "admitted", … */
const char *term_evidence_name(term_evidence e); /* "verified", "partial", "unverified" */

#endif
