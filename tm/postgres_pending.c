/* Units that wait for the end of their transaction. */
#include <string.h>

#include "tm/postgres.h"

void
pg_forget_pending(pg_store *s)
{
	if (s->pending.n != 0)
		pg_slots_clear(&s->pending_slots);
	s->pending.n = s->removed.n = 0;
	buffer_clear(&s->pending_rows);
}

static uint64_t
hash_more(uint64_t hash, slice s)
{
	return tm_mixed(hash * 31 + slice_hash(s));
}

/* As in a file, but for languages and the document, which have no numbers here: upper half the
 * source's text, lower half all that makes a unit the one it is. */
static uint64_t
identity_of(const tm_unit *u, const pg_pair *pair)
{
	uint64_t text = slice_hash(u->side[0].text);
	uint64_t all =
		hash_more(hash_more(hash_more(text, u->side[1].text), pair->text), u->document);

	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < u->side[side].codes.n; i++) {
			const tm_code *c = &u->side[side].codes.at[i];
			all = hash_more(all + c->at * 8 + c->kind + side, c->content);
			all = hash_more(all, c->attributes);
		}
	return (text & UINT64_C(0xFFFFFFFF00000000)) | (all & 0xFFFFFFFF);
}

static size_t
pending_slot(const pg_store *s, uint64_t shape, uint64_t same)
{
	size_t at = (shape ^ same * 31) >> 7 & (s->pending_slots.count - 1);

	for (;; at = (at + 1) & (s->pending_slots.count - 1)) {
		uint32_t place = s->pending_slots.at[at];
		if (place == 0)
			return at;
		const pg_pending *u = &s->pending.at[place - 1];
		if (u->shape == shape && u->same == same)
			return at;
	}
}

static status
keep(pg_store *s, const tm_unit *u, pg_pending *p, bool *added)
{
	const memory *m = s->base.context->memory;
	bool grown;

	TRY(pg_slots_grow(m, &s->pending_slots, s->pending.n, &grown));
	for (size_t i = 0; grown && i < s->pending.n; i++) {
		const pg_pending *x = &s->pending.at[i];
		s->pending_slots.at[pending_slot(s, x->shape, x->same)] = (uint32_t)i + 1;
	}
	uint32_t *place = &s->pending_slots.at[pending_slot(s, p->shape, p->same)];
	*added = *place == 0;
	if (!*added)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(m, &s->pending, 1));
	buffer *b = &s->pending_rows;
	p->at = b->n;
	buffer_put(b, u->side[0].text);
	buffer_put(b, u->side[1].text);
	buffer_put(b, u->document);
	size_t facts = b->n;
	tm_unit_pack_facts(u, b);
	TRY(b->status);
	p->info = (uint32_t)(b->n - facts);
	s->pending.at[s->pending.n++] = *p;
	*place = (uint32_t)s->pending.n;
	return STATUS_OK;
}

static bool
has_nul(slice text)
{
	return text.n != 0 && memchr(text.p, '\0', text.n) != NULL;
}

/* PostgreSQL's text has no NUL. */
static status
judge(pg_store *s, const tm_unit *u)
{
	context *c = s->base.context;

	if (u->side[0].text.n > c->limits.paragraph || u->side[1].text.n > c->limits.paragraph)
		return context_fail(c, STATUS_LIMIT, "%s: a segment is too long",
			"%s\u00A0: un segment est trop long", s->name);
	if (has_nul(u->side[0].text) || has_nul(u->side[1].text) || has_nul(u->document) ||
		has_nul(u->side[0].language) || has_nul(u->side[1].language))
		return context_fail(c, STATUS_FORMAT,
			"%s: PostgreSQL takes no text with a null character",
			"%s\u00A0: PostgreSQL n’admet pas de texte avec un caractère nul",
			s->name);
	return STATUS_OK;
}

status
pg_keep_pending(pg_store *s, const tm_unit *u, bool *added)
{
	pg_pending p = { .usage = u->usage,
		.source = (uint32_t)u->side[0].text.n,
		.target = (uint32_t)u->side[1].text.n,
		.document = (uint32_t)u->document.n };

	TRY(judge(s, u));
	TRY(pg_find_pair(s, u->side[0].language, u->side[1].language, &p.pair));
	TRY(tm_pieces_cut(s->base.pieces, u->side[0].text));
	p.shape = tm_shape(s->base.pieces, p.pair->salt);
	p.same = identity_of(u, p.pair);
	return keep(s, u, &p, added);
}
