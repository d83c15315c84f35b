/* Where the text of a mail stands in its file, for places and corrections. */
#ifndef DOCUMENT_FORMATS_EML_H
#define DOCUMENT_FORMATS_EML_H

#include "document/edit.h"

typedef struct mail_part {
	uint32_t first; /* block from which on the part's blocks stand */
	uint32_t part;  /* from 1; 0: the subject */
	span text;      /* of the document */
	/* Of a part that can be corrected: plain text in UTF-8 or ASCII whose transfer encoding
	 * leaves it readable. */
	bool open;
	bool quoted;    /* quoted-printable, else as it is */
	bool utf8;      /* may have other characters than ASCII */
	source_map map; /* of its text to the decoded bytes */
	span body;      /* in the file */
} mail_part;

typedef struct mail_source {
	const mail_part *parts; /* one more behind the last, whose first is UINT32_MAX */
	size_t count;
} mail_source;

MUST_USE status eml_edit(buffer *out, context *c, const document *d, const edit *edits,
	size_t count, edit_style *style);

#endif
