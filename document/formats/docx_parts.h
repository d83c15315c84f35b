/* Which parts a Word document is made of: the relations of the package and of its body. */
#ifndef DOCUMENT_FORMATS_DOCX_PARTS_H
#define DOCUMENT_FORMATS_DOCX_PARTS_H

#include "document/formats/docx_xml.h"

typedef struct docx_relation {
	slice id;   /* "rId7" */
	slice kind; /* "header": the last word of its type */
	slice path; /* in the package: "word/header1.xml" */
} docx_relation;

typedef struct docx_parts {
	slice body, relations;     /* "word/document.xml", "word/_rels/document.xml.rels" */
	ARRAY(docx_relation) list; /* of the body */
	bool is_signed;
} docx_parts;

/* STATUS_FORMAT when the package holds no Word document. Strings go to keep. */
MUST_USE status docx_parts_read(docx_parts *s, package *p, arena *keep);
void docx_parts_free(docx_parts *s, const memory *m);

/* The part of a kind ("styles"), or "" when the document has none. */
slice docx_parts_of(const docx_parts *s, const char *kind);
/* The relation of an id, or NULL. */
const docx_relation *docx_parts_find(const docx_parts *s, slice id);

/* Fails: the part is missing. */
status docx_parts_missing(const package *p, slice path);

#endif
