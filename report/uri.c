#include "report/uri.h"

slice
uri_plain(slice path)
{
	while (slice_starts(path, SLICE("./")))
		path = slice_sub(path, 2, path.n);
	return path;
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

void
uri_put(buffer *out, slice path)
{
	path = uri_plain(path);
	if (path.n != 0 && path.p[0] == '/')
		buffer_put(out, SLICE("file://"));
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (is_unreserved(c))
			buffer_put_char(out, path.p[i]);
		else
			buffer_printf(out, "%%%02X", c);
	}
}
