#include "checker/rules/accents.h"

#include "text/fold.h"
#include "text/utf8.h"

#define FORMS_MOST 8

static bool
is_common(const check *c, slice form)
{
	const analysis *found;
	size_t n = lexicon_analyses(c->with->lexicons[0], form, &found);

	for (size_t k = 0; k < n; k++)
		if ((found[k].grammar & (POS_NAME | POS_OTHER)) != 0)
			return false;
	return n > 0;
}

size_t
accents_forms(const check *c, slice shown, slice *form)
{
	char folded[3 * ACCENTS_BYTES + 4], lower[3 * ACCENTS_BYTES + 4];
	slice forms[FORMS_MOST];

	if (shown.n > ACCENTS_BYTES || c->with->lexicons[0] == NULL)
		return 0;
	slice key = { folded, text_fold(folded, shown) };
	slice low = { lower, text_lower(lower, shown) };
	size_t n = lexicon_unfold(c->with->lexicons[0], key, forms, FORMS_MOST);
	for (size_t k = 0; k < n; k++)
		if (forms[k].n <= low.n || !is_common(c, forms[k]))
			return 0;
	if (n > 0)
		*form = forms[0];
	return n;
}

bool
accents_in(slice text)
{
	for (size_t i = 0; i < text.n;) {
		uint32_t letter = utf8_next(text, &i);
		if (letter >= 0xC0 && letter <= 0x17F && letter != 0xD7 && letter != 0xF7)
			return true;
	}
	return false;
}
