#include "checker/rules/accents.h"

#include "checker/memo.h"
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

static size_t
find_forms(const check *c, slice shown, slice *form)
{
	char folded[3 * ACCENTS_BYTES + 4], lower[3 * ACCENTS_BYTES + 4];
	slice forms[FORMS_MOST];

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

/* An editor asks for the same ones with every key. */
size_t
accents_forms(const check *c, slice shown, slice *form)
{
	struct {
		slice form; /* of the lexicon */
		size_t n;
	} found = { .n = 0 };
	memo *known = memo_of(c);

	if (shown.n > ACCENTS_BYTES || c->with->lexicons[0] == NULL)
		return 0;
	uint64_t key = known == NULL ? 0 : slice_hash(shown) ^ UINT64_C(0xC2B2AE3D27D4EB4F);
	if (!memo_recall(known, key, &found, sizeof(found))) {
		found.n = find_forms(c, shown, &found.form);
		(void)!memo_keep(known, key, &found, sizeof(found)); /* or found anew */
	}
	if (found.n > 0)
		*form = found.form;
	return found.n;
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
