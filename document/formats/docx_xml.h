/* A part of a Word document as events of expat, streamed out of the package: a part of two
 * hundred megabytes never stands in memory. Entities of its own are refused, depth is bounded,
 * and failures name the part. */
#ifndef DOCUMENT_FORMATS_DOCX_XML_H
#define DOCUMENT_FORMATS_DOCX_XML_H

#include <expat.h>

#include "base/package.h"

typedef struct docx_xml {
	context *context;
	package *package;
	void *user;
	void (*start)(void *user, const XML_Char *name, const XML_Char **all);
	void (*end)(void *user, const XML_Char *name); /* the last two may be NULL */
	void (*text)(void *user, slice s);
	/* answers */
	XML_Parser parser;
	const char *part;
	status status;
	unsigned depth; /* 1 in the root */
	bool exact;     /* the part is UTF-8: its bytes can be pointed at */
	bool raw;       /* inside <![CDATA[ ]]>, whose text cannot be cut */
	bool odd;       /* such text, a comment or an instruction was met; to be reset */
} docx_xml;

/* STATUS_NOT_FOUND when there is no such part. */
MUST_USE status docx_xml_read(docx_xml *x, const char *part);
/* Stops the reading with a failure, unless it has failed before. */
void docx_xml_fail(docx_xml *x, status s);
status docx_xml_damaged(const docx_xml *x, const char *why);

/* Where the event in hand stands in the part; start and end of an empty element both are its
 * tag, the end without length. */
uint32_t docx_xml_at(const docx_xml *x);
uint32_t docx_xml_length(const docx_xml *x);

/* The name of an element of WordprocessingML, transitional or strict; "" for all others. */
slice docx_word(const XML_Char *name);
bool docx_is_strict(const XML_Char *name);
slice docx_local(const XML_Char *name);
/* The value of an attribute, whatever its namespace; "" for none. */
slice docx_attribute(const XML_Char **all, const char *name);
/* A whole number in an attribute; `none` when it is not there or none. */
int docx_number(const XML_Char **all, const char *name, int none);
/* <w:vanish/> is on, <w:vanish w:val="false"/> is off. */
bool docx_is_on(const XML_Char **all);

#endif
