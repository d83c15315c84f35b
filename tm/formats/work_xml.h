/* What XML files to be translated share: the segment in hand, its text and codes, and the bytes
 * of the file that each thing is. */
#ifndef TM_FORMATS_WORK_XML_H
#define TM_FORMATS_WORK_XML_H

#include "tm/inline.h"
#include "tm/work.h"

typedef struct work_reader {
	tm_work *work;
	xml_reader xml;
	tm_input in;
	const inline_name *names;
	size_t in_source;  /* depth of the source that is read; 0: none */
	size_t in_code;    /* depth of a code that is no text; 0: none */
	size_t code_start; /* its first byte */
	buffer text;
	work_segment source; /* its codes */
} work_reader;

extern const inline_name xliff_inline_names[];
extern const inline_name tmx_inline_names[];

/* Reads the file, which must be UTF-8: splices are. */
MUST_USE status work_read_xml(work_reader *r, tm_work *w, const xml_events *events, void *user,
	const inline_name *names);
status work_refuse(work_reader *r, const char *en, const char *fr);
const char *work_local(const char *name); /* without a prefix */

/* Of the event in hand: its first byte, the byte behind a start tag or an end. */
size_t work_here(const work_reader *r);
size_t work_tag_end(const work_reader *r);
size_t work_end(const work_reader *r);

/* The languages of the file, unless others are wanted. */
MUST_USE status work_languages(work_reader *r, const char *source, const char *target);

void work_start_source(work_reader *r);
bool work_in_source(const work_reader *r);
MUST_USE status work_start_inline(work_reader *r, const char *name, const char **attributes);
MUST_USE status work_end_inline(work_reader *r, const char *name);
MUST_USE status work_text_inline(work_reader *r, slice s);
/* Adds the segment with the source that was read last, unless that has no text. */
MUST_USE status work_add_source(work_reader *r, const work_segment *s);

#endif
