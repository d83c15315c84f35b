/* What goes into the lists of the index for a unit (tm/postings.h), with any engine. */
#include "tm/engine.h"

static uint8_t
capped(size_t n)
{
	return n < 255 ? (uint8_t)n : 255;
}

status
tm_list_near(tm_store *s, uint32_t unit, const uint64_t *keys, size_t n, uint64_t salt)
{
	tm_ordered *o = &s->ordered;

	TRY(tm_order(s, keys, n, salt, o));
	unsigned class_ = posting_class(n), words = posting_class_words(class_);
	posting_record r = { .entry = { unit, capped(n), 0, o->of[words / 2] } };
	for (size_t i = 0; i < tm_listed(n); i++) {
		r.key = posting_near_key(o->keys.at[i], class_);
		r.entry.place = capped(i);
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}

/* Was the word met in this segment? A table that forgets at times: a record too many costs
 * little, sorting one word in four twice costs much. */
static bool
was_listed(tm_store *s, uint64_t key)
{
	uint64_t *slot = &s->listed[key >> 32 & (LISTED_SLOTS - 1)];
	uint64_t mark = key ^ s->listing;
	bool was = *slot == mark;

	*slot = mark;
	return was;
}

status
tm_list_words(tm_store *s, slice tag, unsigned side, uint32_t unit)
{
	uint64_t salt = tm_side_salt(tag);
	posting_record r = { .entry = { .unit = unit } };

	s->listing += UINT64_C(0x9E3779B97F4A7C15); /* another number for each segment */
	for (size_t i = 0; i < s->pieces->n; i++) {
		uint64_t key = tm_mixed(s->pieces->at[i].word + salt);
		if (was_listed(s, key))
			continue;
		r.key = posting_word_key(key, side);
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}
