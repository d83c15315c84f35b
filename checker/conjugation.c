/* See conjugation.h. Forms are made by changing endings and kept only when the dictionary knows
 * the result as a form of the same verb in the wanted person. The endings are those of the
 * tables of conjugation (Grevisse, Le Bon Usage, § 794–880), longer ones first where two would
 * do, the future before the past. */
#include "checker/conjugation.h"

#define ENDING(singular, plural) \
	{ \
		{ singular, sizeof(singular) - 1 }, \
		{ \
			plural, sizeof(plural) - 1 \
		} \
	}

static const struct ending {
	slice singular, plural;
} endings[] = { ENDING("est", "sont"), ENDING("fait", "font"), ENDING("va", "vont"),
	ENDING("ait", "aient"), ENDING("ra", "ront"), ENDING("oit", "oivent"),
	ENDING("oit", "oient"), ENDING("eut", "euvent"), ENDING("eut", "eulent"),
	ENDING("ient", "iennent"), ENDING("aît", "aissent"), ENDING("ait", "aissent"),
	ENDING("iert", "ièrent"), ENDING("int", "ignent"), ENDING("int", "inrent"),
	ENDING("out", "olvent"), ENDING("aut", "alent"), ENDING("it", "issent"),
	ENDING("it", "isent"), ENDING("it", "irent"), ENDING("ut", "urent"),
	ENDING("ât", "assent"), ENDING("ît", "issent"), ENDING("ût", "ussent"),
	ENDING("t", "vent"), ENDING("t", "ment"), ENDING("t", "tent"), ENDING("t", "ttent"),
	ENDING("d", "nent"), ENDING("d", "dent"), ENDING("c", "quent"), ENDING("t", "ent"),
	ENDING("a", "èrent"), ENDING("e", "ent"), ENDING("a", "ont") };

static bool
is_wanted(const lexicon *x, slice own, slice form, uint32_t person)
{
	const analysis *of_form, *of_own;
	size_t forms = lexicon_analyses(x, form, &of_form);
	size_t owns = lexicon_analyses(x, own, &of_own);

	for (size_t i = 0; i < forms; i++)
		for (size_t k = 0; (of_form[i].grammar & person) != 0 && k < owns; k++)
			if (of_own[k].lemma == of_form[i].lemma &&
				(of_own[k].grammar & PERSONS) != 0)
				return true;
	return false;
}

slice
conjugation_third(check *c, slice form, uint32_t person)
{
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	slice none = { 0 };

	for (size_t i = 0; x != NULL && i < sizeof(endings) / sizeof(*endings); i++) {
		const struct ending *e = &endings[i];
		bool plural = person == PERSON_3PL;
		slice from = plural ? e->singular : e->plural;
		slice to = plural ? e->plural : e->singular;
		if (!slice_ends(form, from))
			continue;
		slice made = check_printf(c, "%.*s%.*s",
			SLICE_ARG(slice_sub(form, 0, form.n - from.n)), SLICE_ARG(to));
		if (is_wanted(x, form, made, person))
			return made;
	}
	return none;
}
