/* Tables that spreadsheets write in another encoding than UTF-8: Windows-1252, as Excel saves
 * CSV in the countries that write French, and UTF-16, as its "Unicode text". */
#ifndef TERMBASE_RECODE_H
#define TERMBASE_RECODE_H

#include "base/buffer.h"
#include "base/context.h"

/* Appends the text of a file that is not UTF-8 to out, and says what it was in: "windows-1252",
 * "UTF-16LE". *from stays NULL for UTF-8, for standard input, and for what is in no encoding
 * that text/encoding.h knows: the reader tells where that does not fit. The file is read piece
 * by piece to know it; only one that is recoded is held whole. */
MUST_USE status recode(context *c, const char *path, buffer *out, const char **from);

#endif
