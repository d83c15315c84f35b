#include "tm/unit.h"

#include <string.h>

#define PACK_VERSION 1

void
tm_unit_init(tm_unit *u, const memory *m)
{
	*u = (tm_unit){ .memory = m };
	arena_init(&u->kept, m);
	tm_unit_clear(u);
}

void
tm_unit_free(tm_unit *u)
{
	for (size_t i = 0; i < 2; i++)
		ARRAY_FREE(u->memory, &u->side[i].codes);
	ARRAY_FREE(u->memory, &u->items);
	arena_free(&u->kept);
}

static void
clear_fields(tm_unit *u)
{
	slice *const fields[] = { &u->side[0].language, &u->side[0].text, &u->side[1].language,
		&u->side[1].text, &u->id, &u->previous, &u->next, &u->document, &u->author,
		&u->changer, &u->created, &u->changed, &u->used, &u->origin };

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		*fields[i] = SLICE("");
}

void
tm_unit_clear(tm_unit *u)
{
	arena_reset(&u->kept);
	clear_fields(u);
	u->usage = 0;
	u->side[0].codes.n = u->side[1].codes.n = u->items.n = 0;
}

static status
keep(tm_unit *u, slice *s)
{
	if (s->n == 0) {
		*s = SLICE("");
		return STATUS_OK;
	}
	return arena_copy(&u->kept, *s, s);
}

status
tm_unit_set(tm_unit *u, slice *field, slice value)
{
	TRY(keep(u, &value));
	*field = value;
	return STATUS_OK;
}

status
tm_unit_add_code(tm_unit *u, tm_side side, tm_code code)
{
	tm_segment *s = &u->side[side];

	assert(s->codes.n == 0 || s->codes.at[s->codes.n - 1].at <= code.at);
	TRY(ARRAY_RESERVE(u->memory, &s->codes, 1));
	TRY(keep(u, &code.name));
	TRY(keep(u, &code.pair));
	TRY(keep(u, &code.attributes));
	TRY(keep(u, &code.content));
	s->codes.at[s->codes.n++] = code;
	return STATUS_OK;
}

status
tm_unit_add_item(tm_unit *u, tm_item item)
{
	TRY(ARRAY_RESERVE(u->memory, &u->items, 1));
	TRY(keep(u, &item.type));
	TRY(keep(u, &item.value));
	TRY(keep(u, &item.language));
	u->items.at[u->items.n++] = item;
	return STATUS_OK;
}

static status
copy_side(tm_unit *to, const tm_unit *from, tm_side side)
{
	const tm_segment *s = &from->side[side];

	TRY(tm_unit_set(to, &to->side[side].language, s->language));
	TRY(tm_unit_set(to, &to->side[side].text, s->text));
	for (size_t i = 0; i < s->codes.n; i++)
		TRY(tm_unit_add_code(to, side, s->codes.at[i]));
	return STATUS_OK;
}

status
tm_unit_copy(tm_unit *to, const tm_unit *from)
{
	tm_unit_clear(to);
	TRY(copy_side(to, from, TM_SOURCE));
	TRY(copy_side(to, from, TM_TARGET));
	TRY(tm_unit_set(to, &to->id, from->id));
	TRY(tm_unit_set(to, &to->previous, from->previous));
	TRY(tm_unit_set(to, &to->next, from->next));
	TRY(tm_unit_set(to, &to->document, from->document));
	TRY(tm_unit_set(to, &to->author, from->author));
	TRY(tm_unit_set(to, &to->changer, from->changer));
	TRY(tm_unit_set(to, &to->created, from->created));
	TRY(tm_unit_set(to, &to->changed, from->changed));
	TRY(tm_unit_set(to, &to->used, from->used));
	TRY(tm_unit_set(to, &to->origin, from->origin));
	to->usage = from->usage;
	for (size_t i = 0; i < from->items.n; i++)
		TRY(tm_unit_add_item(to, from->items.at[i]));
	return STATUS_OK;
}

slice
tm_unit_item(const tm_unit *u, tm_owner owner, tm_item_kind kind, const char *type)
{
	for (size_t i = 0; i < u->items.n; i++) {
		const tm_item *x = &u->items.at[i];
		if (x->owner == owner && x->kind == kind && slice_is(x->type, type))
			return x->value;
	}
	return SLICE("");
}

/* --- as bytes --- */

static void
put_number(buffer *out, size_t n)
{
	for (; n >= 0x80; n >>= 7)
		buffer_put_char(out, (char)(n | 0x80));
	buffer_put_char(out, (char)n);
}

static void
put_text(buffer *out, slice s)
{
	put_number(out, s.n);
	buffer_put(out, s);
}

static void
pack_codes(const tm_segment *s, buffer *out)
{
	put_number(out, s->codes.n);
	for (size_t i = 0; i < s->codes.n; i++) {
		const tm_code *c = &s->codes.at[i];
		put_number(out, c->at);
		put_number(out, (size_t)c->kind);
		put_text(out, c->name);
		put_text(out, c->pair);
		put_text(out, c->attributes);
		put_text(out, c->content);
	}
}

void
tm_unit_pack(const tm_unit *u, buffer *out)
{
	if (u->side[0].codes.n + u->side[1].codes.n + u->items.n == 0)
		return;
	put_number(out, PACK_VERSION);
	pack_codes(&u->side[0], out);
	pack_codes(&u->side[1], out);
	put_number(out, u->items.n);
	for (size_t i = 0; i < u->items.n; i++) {
		const tm_item *x = &u->items.at[i];
		put_number(out, (size_t)x->owner);
		put_number(out, (size_t)x->kind);
		put_text(out, x->type);
		put_text(out, x->value);
		put_text(out, x->language);
	}
}

/* False when the bytes end too early. */
static bool
take_number(slice *in, size_t *out)
{
	*out = 0;
	for (unsigned shift = 0; shift < 63 && in->n != 0; shift += 7) {
		unsigned char c = (unsigned char)*in->p;
		*in = slice_sub(*in, 1, in->n);
		*out |= (size_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

static bool
take_text(slice *in, slice *out)
{
	size_t n;

	if (!take_number(in, &n) || n > in->n)
		return false;
	*out = slice_sub(*in, 0, n);
	*in = slice_sub(*in, n, in->n);
	return true;
}

static bool
take_code(slice *in, tm_code *c)
{
	size_t at, kind;

	if (!take_number(in, &at) || !take_number(in, &kind) || at > UINT32_MAX ||
		kind >= TM_CODES)
		return false;
	c->at = (uint32_t)at;
	c->kind = (tm_code_kind)kind;
	return take_text(in, &c->name) && take_text(in, &c->pair) &&
	       take_text(in, &c->attributes) && take_text(in, &c->content);
}

static status
unpack_codes(tm_unit *u, tm_side side, slice *in)
{
	size_t n;
	uint32_t last = 0;
	tm_code c;

	if (!take_number(in, &n))
		return STATUS_DAMAGED;
	for (; n != 0; n--) {
		if (!take_code(in, &c) || c.at < last || c.at > u->side[side].text.n)
			return STATUS_DAMAGED;
		last = c.at;
		TRY(tm_unit_add_code(u, side, c));
	}
	return STATUS_OK;
}

static bool
take_item(slice *in, tm_item *x)
{
	size_t owner, kind;

	if (!take_number(in, &owner) || !take_number(in, &kind) || owner > TM_OF_UNIT ||
		kind >= TM_ITEMS)
		return false;
	x->owner = (tm_owner)owner;
	x->kind = (tm_item_kind)kind;
	return take_text(in, &x->type) && take_text(in, &x->value) &&
	       take_text(in, &x->language);
}

status
tm_unit_unpack(tm_unit *u, slice packed)
{
	size_t n;
	tm_item x;

	if (packed.n == 0)
		return STATUS_OK;
	if (!take_number(&packed, &n) || n != PACK_VERSION)
		return STATUS_DAMAGED;
	TRY(unpack_codes(u, TM_SOURCE, &packed));
	TRY(unpack_codes(u, TM_TARGET, &packed));
	if (!take_number(&packed, &n))
		return STATUS_DAMAGED;
	for (; n != 0; n--) {
		if (!take_item(&packed, &x))
			return STATUS_DAMAGED;
		TRY(tm_unit_add_item(u, x));
	}
	return packed.n == 0 ? STATUS_OK : STATUS_DAMAGED;
}

#define FACTS_MORE 0x20 /* codes or items follow */

bool
tm_unit_facts_are_plain(slice packed)
{
	return packed.n == 0 || (packed.p[0] & FACTS_MORE) == 0;
}

void
tm_unit_pack_facts(const tm_unit *u, buffer *out)
{
	const slice facts[] = { u->id, u->previous, u->next, u->author, u->changer, u->created,
		u->changed, u->used, u->origin };
	size_t n = sizeof(facts) / sizeof(*facts);

	while (n > 0 && facts[n - 1].n == 0)
		n--;
	size_t more = u->side[0].codes.n + u->side[1].codes.n + u->items.n;
	if (n + more == 0)
		return;
	put_number(out, n | (more == 0 ? 0 : FACTS_MORE));
	for (size_t i = 0; i < n; i++)
		put_text(out, facts[i]);
	tm_unit_pack(u, out);
}

status
tm_unit_unpack_facts(tm_unit *u, slice packed)
{
	slice *const facts[] = { &u->id, &u->previous, &u->next, &u->author, &u->changer,
		&u->created, &u->changed, &u->used, &u->origin };
	size_t n;
	slice text;

	if (packed.n == 0)
		return STATUS_OK;
	if (!take_number(&packed, &n))
		return STATUS_DAMAGED;
	n &= ~(size_t)FACTS_MORE;
	if (n > sizeof(facts) / sizeof(*facts))
		return STATUS_DAMAGED;
	for (size_t i = 0; i < n; i++) {
		if (!take_text(&packed, &text))
			return STATUS_DAMAGED;
		TRY(tm_unit_set(u, facts[i], text));
	}
	return tm_unit_unpack(u, packed);
}
