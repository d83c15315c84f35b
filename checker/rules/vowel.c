#include "checker/rules/vowel.h"

#include <string.h>

#include "checker/inflection.h"

static bool
fits(const vowel_pattern *v, slice form)
{
	return v->open ? slice_starts(form, (slice){ v->text, v->bytes })
		       : slice_equal(form, (slice){ v->text, v->bytes });
}

/* Compared with those of a class that begin with the same two letters. */
static bool
listed(enum vowel_class class, slice form)
{
	size_t low = vowel_class_first[class], end = vowel_class_first[class + 1];

	if (form.n < 2)
		return false;
	for (size_t high = end; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(vowel_patterns[middle].text, form.p, 2) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < end && memcmp(vowel_patterns[low].text, form.p, 2) == 0; low++)
		if (fits(&vowel_patterns[low], form))
			return true;
	return false;
}

bool
vowel_opens(slice lower)
{
	if (lower.n != 0 && lower.p[0] == 'h')
		return listed(VOWEL_MUTE, lower);
	return inflection_opens_with_vowel(lower) && !listed(VOWEL_WHOLE, lower);
}

bool
vowel_is_aspirated(slice lower)
{
	return listed(VOWEL_ASPIRATED, lower) && !listed(VOWEL_MUTE, lower);
}

bool
vowel_is_aspirated_name(slice lower)
{
	return listed(VOWEL_NAME, lower);
}

bool
vowel_opens_name(slice shown)
{
	return listed(VOWEL_CAPITAL, shown);
}

bool
vowel_may_open(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return strchr("aeiouyhAEIOUYH\xC3\xC5", w->text.p[0]) != NULL;
}
