#include "checker/rules/spelling_bare.h"

#include <string.h>

#include "checker/rules/accents.h"

static void
count_different(bare_words *b, slice lower)
{
	uint64_t hash = slice_hash(lower);

	for (size_t k = 0; k < b->different_count; k++)
		if (b->different[k] == hash)
			return;
	if (b->different_count < BARE_LEAST)
		b->different[b->different_count++] = hash;
}

void
bare_add(const check *c, bare_words *b, size_t i, slice lower)
{
	slice form;

	b->unknown++;
	if (c->language != LANGUAGE_FR || b->count == BARE_MOST || accents_in(lower) ||
		accents_forms(c, lower, &form) == 0)
		return;
	b->at[b->count++] = check_span(c, i, i);
	count_different(b, lower);
}

bool
bare_is_block(const check *c, const bare_words *b)
{
	return b->different_count == BARE_LEAST && 2 * b->count > b->unknown &&
	       !accents_in(check_text(c, b->block->text));
}

status
bare_report(check *c, const rule *r, const bare_words *b)
{
	span *places = ARENA_ARRAY(c->keep, span, b->count);
	finding f = { .text = b->at[0], .places = places, .place_count = b->count };

	if (places == NULL)
		return STATUS_MEMORY;
	memcpy(places, b->at, b->count * sizeof(*places));
	f.message = check_message(c, "a paragraph without accents (%zu words need them)",
		"paragraphe sans accents (%zu mots en demandent)", b->count);
	return check_report(c, r, f);
}
