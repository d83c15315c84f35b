#include "checker/rules/vowel.h"

#include <string.h>

#include "checker/inflection.h"
#include "text/data.h"

/* One word of a cell, or all words that begin like it: « hydr* ». */
static bool
fits(slice pattern, slice form)
{
	if (pattern.n > 1 && pattern.p[pattern.n - 1] == '*')
		return slice_starts(form, slice_sub(pattern, 0, pattern.n - 1));
	return slice_equal(pattern, form);
}

/* The table is small and asked about few words: those that begin with a vowel or h after a
 * word that could elide. */
static bool
listed(slice class, slice form)
{
	slice rest = EMBEDDED(elision_fr), row, cell, pattern;

	while (data_row(&rest, &row)) {
		slice_cut(row, '\t', &cell, &row);
		if (!slice_equal(cell, class))
			continue;
		slice_cut(row, '\t', &cell, &row);
		while (cell.n != 0) {
			slice_cut(cell, ' ', &pattern, &cell);
			if (fits(pattern, form))
				return true;
		}
	}
	return false;
}

bool
vowel_opens(slice lower)
{
	if (lower.n != 0 && lower.p[0] == 'h')
		return listed(SLICE("mute"), lower);
	return inflection_opens_with_vowel(lower) && !listed(SLICE("whole"), lower);
}

bool
vowel_is_aspirated(slice lower)
{
	return listed(SLICE("aspirated"), lower) && !listed(SLICE("mute"), lower);
}

bool
vowel_opens_name(slice shown)
{
	return listed(SLICE("capital"), shown);
}

bool
vowel_may_open(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return strchr("aeiouyhAEIOUYH\xC3\xC5", w->text.p[0]) != NULL;
}
