/* How what paraph wrote is known again, by its first bytes: so that a report that lies among
 * documents is neither read as one nor kept from being renewed. A format that others write as
 * well has a sign that holds what only paraph puts there. */
#include "report/report.h"

#include <string.h>

static bool
is_digit(slice s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Where "area/name" ends that begins there. */
static size_t
rule_end(slice s, size_t i)
{
	bool slash = false;

	for (; i < s.n && strchr(" []\r\n", s.p[i]) == NULL; i++)
		slash = slash || s.p[i] == '/';
	return slash ? i : SIZE_MAX;
}

/* Where what one character of the sign stands for ends; SIZE_MAX: it is not there. A line may
 * have been made to end as on Windows. */
static size_t
step(slice s, size_t i, char sign)
{
	if (sign == SIGN_END[0])
		return i == s.n ? i : SIZE_MAX;
	if (sign == SIGN_NUMBER[0]) {
		size_t end = i;
		while (is_digit(s, end))
			end++;
		return end > i ? end : SIZE_MAX;
	}
	if (sign == SIGN_RULE[0])
		return rule_end(s, i);
	if (sign == '\n' && i < s.n && s.p[i] == '\r')
		i++;
	return i < s.n && s.p[i] == sign ? i + 1 : SIZE_MAX;
}

/* Behind SIGN_ANY stands a character: its next place on the line, else the end of that. */
static size_t
next_place(slice s, size_t i, char sign)
{
	while (i < s.n && s.p[i] != sign && s.p[i] != '\n')
		i++;
	return i;
}

static bool
begins(slice s, const char *sign)
{
	const char *rest = NULL; /* of the sign, behind the last SIGN_ANY */
	size_t from = 0, i = 0;  /* what that stands for ends at from */

	while (*sign != '\0') {
		if (*sign == SIGN_ANY[0]) {
			rest = ++sign;
			from = i = next_place(s, i, *rest);
			continue;
		}
		size_t next = step(s, i, *sign);
		if (next != SIZE_MAX) {
			i = next;
			sign++;
			continue;
		}
		if (rest == NULL || from >= s.n || s.p[from] == '\n')
			return false;
		from = i = next_place(s, from + 1, *rest);
		sign = rest;
	}
	return true;
}

bool
report_begins(slice bytes)
{
	slice mark = SLICE("\xEF\xBB\xBF"); /* of UTF-8, which some programs put before it */

	if (slice_starts(bytes, mark))
		bytes = slice_sub(bytes, mark.n, bytes.n);
	for (size_t i = 0; i < report_format_count(); i++) {
		const char *const *signs = report_format_at(i)->signs;
		for (size_t n = 0; n < REPORT_SIGNS && signs[n] != NULL; n++)
			if (begins(bytes, signs[n]))
				return true;
	}
	return false;
}
