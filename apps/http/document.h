/* A document and what was found in it, as JSON (data/web/openapi.json: Document).
 *
 * A plain text in UTF-8 is shown as the file has it, so that a page may correct what a person
 * typed; of everything else the text that was taken out of it is shown. Places are those of the
 * text shown, in bytes and in UTF-16 units. */
#ifndef APPS_HTTP_DOCUMENT_H
#define APPS_HTTP_DOCUMENT_H

#include "apps/cli/bytes.h"

/* Writes the members of the object. pairs: of a comparison, else NULL. False: memory is out.
 */
bool document_write(bytes *out, const char *id, const paraph_result *r,
	const paraph_alignment *pairs, paraph_language ui);

/* Is the text shown the file itself? */
bool document_is_plain(const paraph_result *r);

#endif
