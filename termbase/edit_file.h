/* Concepts changed by hand in a file of exchange that people keep under version control.
 *
 * The file is read whole, and refused when anything of it would be left out. Only what the edit
 * names changes, all else stays byte for byte: in tab-separated text remarks, other rows, the
 * order of rows and columns, and a column that is missing is added behind the others; in TBX
 * comments, markup and indentation (edit_tbx.h). What was written is read again and compared
 * before it takes the place of the file. */
#ifndef TERMBASE_EDIT_FILE_H
#define TERMBASE_EDIT_FILE_H

#include "termbase/edit.h"

/* Is the path that of a glossary (.tsv, .tab, .tbx), there or not, and not of a store? */
MUST_USE status edit_file_is_glossary(context *c, const char *path, bool *is);

/* As edit_apply, with the file in the place of the store; adding makes one that is not there.
 * No history is kept. */
MUST_USE status edit_file(context *c, const char *path, const edit *e, arena *keep, slice *id);

#endif
