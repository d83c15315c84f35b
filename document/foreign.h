/* Files that paraph knows and does not read: what they are, and what to do with them. */
#ifndef DOCUMENT_FOREIGN_H
#define DOCUMENT_FOREIGN_H

#include "base/context.h"

/* STATUS_OK for what may be a document; otherwise STATUS_FORMAT, with a message that says what
 * the file is and how it can be read. Of no bytes are texts alone: a .docx, .odt, .ott or .pdf
 * without any is damaged. */
MUST_USE status foreign_check(context *c, slice path, slice bytes);

#endif
