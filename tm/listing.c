/* What goes into the lists of the index for a unit (tm/postings.h), with any engine. */
#include "tm/engine.h"

static uint8_t
capped(size_t n)
{
	return n < 255 ? (uint8_t)n : 255;
}

/* Room for the keys of lists that a unit goes into. */
static status
make_room(tm_store *s, size_t n)
{
	s->list_keys.n = 0;
	return ARRAY_RESERVE(s->context->memory, &s->list_keys, n + 1);
}

status
tm_list_near(tm_store *s, uint32_t unit, const uint64_t *keys, size_t n, uint64_t salt)
{
	tm_ordered *o = &s->ordered;

	TRY(tm_order(s, keys, n, salt, o));
	TRY(make_room(s, n));
	unsigned class_ = posting_class(n), words = posting_class_words(class_);
	posting_record r = { .entry = { unit, capped(n), 0, o->of[words / 2] } };
	for (size_t i = 0; i < tm_listed(n); i++)
		s->list_keys.at[i] = posting_near_key(o->keys.at[i], class_);
	posting_sorter_expect(s->lists, s->list_keys.at, tm_listed(n));
	for (size_t i = 0; i < tm_listed(n); i++) {
		r.key = s->list_keys.at[i];
		r.entry.place = capped(i);
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}

status
tm_list_words(tm_store *s, slice tag, unsigned side, uint32_t unit)
{
	uint64_t salt = tm_side_salt(tag);
	posting_record r = { .entry = { .unit = unit } };
	size_t n = s->pieces->n;

	TRY(make_room(s, n));
	for (size_t i = 0; i < n; i++)
		s->list_keys.at[i] =
			posting_word_key(tm_mixed(s->pieces->at[i].word + salt), side);
	posting_sorter_expect(s->lists, s->list_keys.at, n);
	for (size_t i = 0; i < n; i++) {
		r.key = s->list_keys.at[i];
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}
