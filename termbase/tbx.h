/* TermBase eXchange, ISO 30042: version 3 (2019) in both styles, DCA (a category is an
 * attribute: <descrip type="definition">) and DCT (it is an element: <basic:definition>), and
 * version 2 (2008, MARTIF). One reader takes all three, by the names of elements; a writer
 * knows its style.
 *
 * Categories that are not of TBX begin with x-. What the reader does not know is kept as markup
 * and written again. White space that holds a line break is one space. */
#ifndef TERMBASE_TBX_H
#define TERMBASE_TBX_H

#include "termbase/exchange.h"

/* The grammar wants a term in every section, and a section in every concept. Where there is
 * none – a concept that is taken back, or that only adds a note to a layer below; a language of
 * which there is a definition and no name – a term with this category stands for it, which is
 * the id of the concept. Of a concept without a language it stands in one without. */
#define TBX_NAMELESS "x-nameless"
#define TBX_NO_LANGUAGE "zxx"

/* The dialects TBX-Basic and TBX-Core have a closed set of categories; what is none of them is
 * said in notes. */
typedef enum tbx_style {
	TBX_DCA,
	TBX_DCT,
	TBX_V2,
	TBX_BASIC_DCA,
	TBX_BASIC_DCT,
	TBX_CORE,
} tbx_style;

int tbx_probe(slice head);
status tbx_read(exchange_input *in);

status tbx_begin(exchange_output *out, tbx_style style);
status tbx_write(exchange_output *out, tbx_style style, const entry *e);
status tbx_end(exchange_output *out, tbx_style style);

/* Parts of a concept, an element a line, for a file that is changed in places; the buffer's
 * status tells of memory. Items that belong together come in one call. */
void tbx_write_items(exchange_output *out, tbx_style style, const entry_item *items, size_t n);
void tbx_write_term(exchange_output *out, tbx_style style, const entry *e, uint32_t term);
void tbx_write_section(exchange_output *out, tbx_style style, const entry *e, uint32_t section);
void tbx_write_nameless(exchange_output *out, tbx_style style, slice id); /* the concept's */
void tbx_write_text(exchange_output *out, slice text);

/* The element that a category belongs to, for DCT, where its name is all there is. *module is
 * "min" or "basic", or NULL for one that those do not have. */
entry_element tbx_element_of(slice category, const char **module);

/* Does TBX-Basic allow the category, at this level and with this value? */
bool tbx_is_basic(const entry_item *item);

#endif
