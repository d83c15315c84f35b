/* Paths of documents as programs that read reports want them. */
#ifndef REPORT_URI_H
#define REPORT_URI_H

#include "base/buffer.h"

/* Without "./" before it. */
slice uri_plain(slice path);

/* Appends the path as a relative URI reference, or as file:// when it is absolute (RFC 3986):
 * bytes that are neither letters, digits nor -._~/ are escaped. */
void uri_put(buffer *out, slice path);

#endif
