/* Files that paraph knows and does not read: what they are, and what to do with them. */
#ifndef TEXT_FOREIGN_H
#define TEXT_FOREIGN_H

#include "base/context.h"

/* Of a zip file the last bytes tell, too. STATUS_OK for what may be a document; otherwise
 * STATUS_FORMAT, with a message that says what the file is and how it can be read. Of no bytes
 * are texts alone: a .docx, .odt, .ott or .pdf without any is damaged. */
MUST_USE status foreign_check(context *c, slice path, slice bytes);

/* The same of a file that may be a memory, by its first bytes (4096 are enough): documents that
 * paraph does read (Word, OpenDocument, PDF) are none, and the message says what is done with
 * them. */
MUST_USE status foreign_check_memory(context *c, slice path, slice head);

#endif
