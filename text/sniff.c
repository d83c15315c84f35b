#include "text/sniff.h"

#include <string.h>
#include <strings.h>

slice
sniff_head(slice bytes, char out[SNIFF_BYTES])
{
	size_t n = 0, i = slice_starts(bytes, SLICE("\xEF\xBB\xBF")) ? 3 : 0;

	if (slice_starts(bytes, SLICE("\xFF\xFE")) || slice_starts(bytes, SLICE("\xFE\xFF")))
		i = 2;
	slice whole =
		slice_sub(bytes, i, i + SNIFF_BYTES < bytes.n ? i + SNIFF_BYTES : bytes.n);
	if (whole.n == 0 || memchr(whole.p, '\0', whole.n) == NULL)
		return whole;
	for (; i < bytes.n && n < SNIFF_BYTES && i < 2 * SNIFF_BYTES; i++)
		if (bytes.p[i] != '\0')
			out[n++] = bytes.p[i];
	return (slice){ out, n };
}

static bool
ends_value(char c)
{
	return c == '"' || c == '\'' || c == ' ' || c == ';' || c == '>' || c == '/' ||
	       c == '\\' || c == '\n' || c == '\r';
}

slice
sniff_value(slice head, const char *name)
{
	size_t length = strlen(name), start, end;

	for (size_t i = 0; i + length + 1 < head.n; i++) {
		if (strncasecmp(head.p + i, name, length) != 0)
			continue;
		start = i + length;
		while (start < head.n && head.p[start] == ' ')
			start++;
		if (start == head.n || (head.p[start] != '=' && head.p[start] != ':'))
			continue;
		for (start++; start < head.n && strchr(" \"'", head.p[start]) != NULL;)
			start++;
		for (end = start; end < head.n && !ends_value(head.p[end]);)
			end++;
		return slice_sub(head, start, end);
	}
	return SLICE("");
}

slice
sniff_xml_charset(slice head)
{
	const char *end;

	if (!slice_starts(head, SLICE("<?xml")))
		return SLICE("");
	end = memchr(head.p, '>', head.n);
	return end == NULL
		       ? SLICE("")
		       : sniff_value(slice_sub(head, 0, (size_t)(end - head.p)), "encoding");
}

bool
sniff_path_ends(slice path, const char *end)
{
	size_t n = strlen(end);

	return path.n >= n && strncasecmp(path.p + path.n - n, end, n) == 0;
}
