#include "termbase/loose_names.h"

#include "text/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ENTITY_MOST 10 /* bytes between & and ; */

/* Does the ";" at that place end &name; or &#number; ? */
static bool
ends_entity(slice s, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < ENTITY_MOST &&
		(s.p[i - 1] == '#' || (s.p[i - 1] >= '0' && s.p[i - 1] <= '9') ||
			(s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z') ||
			(s.p[i - 1] >= 'A' && s.p[i - 1] <= 'Z')))
		i--;
	return i < at && i > 0 && s.p[i - 1] == '&';
}

/* Where the first name of the cell ends. A bracket that is never closed holds nothing. */
static size_t
end_of_first(slice s)
{
	size_t depth = 0, inside = s.n;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '(' || s.p[i] == '[')
			depth++;
		else if ((s.p[i] == ')' || s.p[i] == ']') && depth > 0)
			depth--;
		if (depth == 0)
			inside = s.n;
		if (s.p[i] != ';' || ends_entity(s, i))
			continue;
		if (depth == 0)
			return i;
		if (inside == s.n)
			inside = i;
	}
	return inside;
}

bool
loose_next(slice *rest, slice *name)
{
	while (rest->n != 0) {
		size_t end = end_of_first(*rest);
		*name = slice_trim(slice_sub(*rest, 0, end));
		*rest = slice_sub(*rest, end < rest->n ? end + 1 : end, rest->n);
		if (name->n != 0)
			return true;
	}
	return false;
}

slice
loose_article(slice name, slice tag, slice *article)
{
	static const struct {
		const char *tag, *ending, *beginning, *article;
	} known[] = { { "fr", " (l')", "l'", "l\u2019" },
		{ "fr", " (l\u2019)", "l\u2019", "l\u2019" }, { "fr", " (le)", "le ", "le" },
		{ "fr", " (la)", "la ", "la" }, { "fr", " (les)", "les ", "les" },
		{ "en", " (the)", "the ", "the" } };

	*article = SLICE("");
	for (size_t i = 0; i < COUNT(known); i++) {
		slice ending = slice_of(known[i].ending), front = slice_of(known[i].beginning);
		size_t at = front.n;
		if (!slice_is(tag, known[i].tag))
			continue;
		*article = slice_of(known[i].article);
		if (slice_ends(name, ending))
			return slice_trim(slice_sub(name, 0, name.n - ending.n));
		if (slice_starts(name, front) && at < name.n &&
			utf8_is_upper(utf8_next(name, &at)))
			return slice_sub(name, front.n, name.n);
	}
	*article = SLICE("");
	return name;
}

bool
loose_is_acronym(slice name)
{
	size_t capitals = 0, i = 0;

	while (i < name.n) {
		uint32_t c = utf8_next(name, &i);
		if (utf8_is_space(c) || (utf8_is_letter(c) && !utf8_is_upper(c)))
			return false;
		capitals += utf8_is_upper(c);
	}
	return capitals >= 2;
}
