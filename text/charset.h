/* Bytes in any encoding that ICU knows by name, as UTF-8: for mail, whose parts name theirs. */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/buffer.h"
#include "base/context.h"

/* Appends the text to out; bytes that mean nothing become U+FFFD. STATUS_NOT_FOUND when there
 * is no encoding of that name. */
MUST_USE status charset_decode(buffer *out, slice name, slice bytes);

#endif
