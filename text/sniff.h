/* A look at the beginning of a file, whatever its encoding, before it is decoded. */
#ifndef TEXT_SNIFF_H
#define TEXT_SNIFF_H

#include "base/slice.h"

#define SNIFF_BYTES 4096

/* The first characters, without a byte order mark and without the zero bytes that UTF-16 has
 * among ASCII ones. The answer points into bytes or, where zero bytes were left out, into out.
 */
slice sniff_head(slice bytes, char out[SNIFF_BYTES]);

/* What stands behind a word and = or : (and a quotation mark) in the head: sniff_value(head,
 * "encoding") of <?xml encoding="UTF-8"?> is UTF-8. In any case; empty for none. */
slice sniff_value(slice head, const char *name);

/* The encoding that an XML declaration names; empty for none. */
slice sniff_xml_charset(slice head);

/* Is the end of the path this, in any case? */
bool sniff_path_ends(slice path, const char *end);

#endif
