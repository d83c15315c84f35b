#include "checker/rules/vowel.h"

#include <string.h>

#include "checker/inflection.h"
#include "text/data.h"
#include "text/find.h"

/* One word of a cell, or all words that begin like it: « hydr* ». */
static bool
fits(slice pattern, slice form)
{
	if (pattern.n > 1 && pattern.p[pattern.n - 1] == '*')
		return slice_starts(form, slice_sub(pattern, 0, pattern.n - 1));
	return slice_equal(pattern, form);
}

/* Looks only at those that begin with the first bytes of the form: two of them where it has so
 * many, for no word in the table is cut to one. */
static bool
cell_has(slice cell, slice form)
{
	slice first = slice_sub(form, 0, form.n < 2 ? form.n : 2), pattern, rest;

	for (size_t i = text_find(cell, 0, first); i < cell.n;
		i = text_find(cell, i + 1, first)) {
		if (i > 0 && cell.p[i - 1] != ' ')
			continue;
		slice_cut(slice_sub(cell, i, cell.n), ' ', &pattern, &rest);
		if (fits(pattern, form))
			return true;
	}
	return false;
}

/* The rows of a class stand together; heading is its name with what stands around it. */
static bool
listed(slice heading, slice form)
{
	slice table = EMBEDDED(elision_fr), row, cell;
	slice rest = slice_sub(table, text_find(table, 0, heading), table.n);

	if (form.n == 0)
		return false;
	while (slice_starts(rest, heading)) {
		rest = slice_sub(rest, heading.n, rest.n);
		slice_cut(rest, '\t', &cell, &row);
		if (cell_has(cell, form))
			return true;
		rest = slice_sub(rest, cell.n, rest.n);
		slice_cut(rest, '\n', &cell, &row);
		rest = slice_sub(rest, cell.n, rest.n);
	}
	return false;
}

bool
vowel_opens(slice lower)
{
	if (lower.n != 0 && lower.p[0] == 'h')
		return listed(SLICE("\nmute\t"), lower);
	return inflection_opens_with_vowel(lower) && !listed(SLICE("\nwhole\t"), lower);
}

bool
vowel_is_aspirated(slice lower)
{
	return listed(SLICE("\naspirated\t"), lower) && !listed(SLICE("\nmute\t"), lower);
}

bool
vowel_opens_name(slice shown)
{
	return listed(SLICE("\ncapital\t"), shown);
}

bool
vowel_may_open(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return strchr("aeiouyhAEIOUYH\xC3\xC5", w->text.p[0]) != NULL;
}
