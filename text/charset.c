#include "text/charset.h"

#include <stdio.h>
#include <unicode/ucnv.h>

#include "text/utf8.h"

status
charset_decode(buffer *out, slice name, slice bytes)
{
	char terminated[64], utf8[4];
	UErrorCode error = U_ZERO_ERROR;
	const char *at = bytes.p, *end = bytes.p + bytes.n;

	snprintf(terminated, sizeof(terminated), "%.*s", (int)(name.n < 63 ? name.n : 63),
		name.p);
	UConverter *converter = ucnv_open(terminated, &error);
	if (U_FAILURE(error))
		return error == U_MEMORY_ALLOCATION_ERROR ? STATUS_MEMORY : STATUS_NOT_FOUND;
	while (at < end) {
		const char *before = at;
		error = U_ZERO_ERROR;
		UChar32 c = ucnv_getNextUChar(converter, &at, end, &error);
		if (U_FAILURE(error)) {
			c = 0xFFFD;
			at += at == before;
		}
		if (c >= 0xD800 && c < 0xE000)
			c = 0xFFFD;
		buffer_put(out, (slice){ utf8, utf8_put(utf8, (uint32_t)c) });
	}
	ucnv_close(converter);
	return out->status;
}
