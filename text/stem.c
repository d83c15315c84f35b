#include "text/stem.h"

#include <string.h>

#define SHORTEST 3 /* bytes that no rule may cut into */

static bool
ends(const char *s, size_t n, const char *suffix)
{
	size_t k = strlen(suffix);

	return n >= k + SHORTEST - 1 && memcmp(s + n - k, suffix, k) == 0;
}

/* Puts new in the place of the last cut bytes; new is not longer than what it replaces. */
static size_t
put(char *s, size_t n, size_t cut, const char *new)
{
	size_t k = strlen(new);

	memcpy(s + n - cut, new, k);
	return n - cut + k;
}

/* nationaux → national, travaux and travail → traval; réseaux loses its x only. */
static size_t
drop_plural(char *s, size_t n)
{
	if (n <= SHORTEST)
		return n;
	if (ends(s, n, "aux") && s[n - 4] != 'e')
		return put(s, n, 3, "al");
	if (s[n - 1] == 'x' || (s[n - 1] == 's' && s[n - 2] != 's'))
		return n - 1;
	return n;
}

/* chargée → charg, directrice → directeur, administrative → administratif, ancienne → ancien.
 */
static size_t
drop_feminine(char *s, size_t n)
{
	if (ends(s, n, "trice"))
		return put(s, n, 5, "teur");
	while (n > SHORTEST && s[n - 1] == 'e')
		n--;
	if (n > SHORTEST && s[n - 1] == 'v')
		s[n - 1] = 'f';
	if (n > SHORTEST && s[n - 1] == s[n - 2] && strchr("lnst", s[n - 1]) != NULL)
		n--;
	return n;
}

static size_t
level_ending(char *s, size_t n)
{
	if (ends(s, n, "ail"))
		return put(s, n, 3, "al");
	if (ends(s, n, "eus"))
		return n - 1;
	if (n > SHORTEST && s[n - 1] == 'y')
		s[n - 1] = 'i';
	return n;
}

size_t
text_stem(char *folded, size_t n)
{
	n = drop_plural(folded, n);
	n = drop_feminine(folded, n);
	return level_ending(folded, n);
}
