/* Ids of concepts as names of XML: letters, digits, - . _ stay, anything else becomes _xHHHH_
 * with its code point in four or six hexadecimal digits, as ISO 9075-14 (SQL/XML) maps
 * identifiers. */
#ifndef TERMBASE_XML_NAME_H
#define TERMBASE_XML_NAME_H

#include "base/buffer.h"

void xml_name_put(buffer *out, slice id);
/* The id of a name, which other programs may have made; what is no escape stays. */
void xml_name_read(buffer *out, slice name);

#endif
