/* What <w:sym> shows: a character of a font that counts its signs itself. */
#ifndef DOCUMENT_FORMATS_DOCX_SYMBOLS_H
#define DOCUMENT_FORMATS_DOCX_SYMBOLS_H

#include "base/slice.h"

/* The sign as UTF-8, in out when it is not a literal; U+FFFC for one that Unicode has not. */
slice docx_symbol(slice font, slice code, char out[4]);

#endif
