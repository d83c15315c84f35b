/* The old concept is read with the places of its parts and compared with the new one. Terms of
 * the same language and text are the same term; one that went and one that came in its
 * language, of the same status and kind, are a term renamed. Items are the same when they say
 * the same; of those left over, one that went and one that came of the same category are a text
 * changed. What is in neither pair is taken out or put in. The caller reads the result again.
 */
#include "termbase/edit_tbx.h"

#include <stdlib.h>
#include <string.h>

#include "termbase/splices.h"
#include "termbase/tbx_places.h"
#include "termbase/xml_name.h"

#define NONE UINT32_MAX

typedef struct splicing {
	context *context;
	slice bytes;
	const tbx_change *change;
	splices edits;
	tbx_places places;
	buffer lines; /* what is to be put in, before it is indented */
	bool found;
	size_t last_start, last_end; /* of the last concept */
	/* while one concept is changed */
	const entry *before, *after;
	ARRAY(uint32_t) term_of; /* by terms of before: the same term after, or NONE */
	ARRAY(bool) new_term;    /* by terms of after */
	ARRAY(bool) gone_item;   /* by items of before */
	ARRAY(bool) new_item;    /* by items of after */
} splicing;

/* --- places --- */

static const tbx_place *
place_of(const splicing *s, tbx_part part, uint32_t owner)
{
	const tbx_place *found = NULL;

	for (size_t i = 0; i < s->places.list.n; i++) {
		const tbx_place *p = &s->places.list.at[i];
		if (p->part == part && (part == TBX_CONCEPT || p->owner == owner))
			found = p;
	}
	return found;
}

static const tbx_place *
place_of_item(const splicing *s, const entry_item *x)
{
	const tbx_place *found = NULL;

	for (size_t i = 0; i < s->places.list.n; i++) {
		const tbx_place *p = &s->places.list.at[i];
		if (p->part == TBX_ITEM && p->order == x->order)
			found = p;
	}
	return found;
}

/* The group that an item stands in; NULL for none. */
static const tbx_place *
group_around(const splicing *s, const tbx_place *inner)
{
	for (size_t i = 0; i < s->places.list.n; i++) {
		const tbx_place *p = &s->places.list.at[i];
		if (p->part == TBX_GROUP && p->start < inner->start && p->end > inner->start)
			return p;
	}
	return NULL;
}

/* --- terms and items, paired --- */

static bool
same_language(const splicing *s, uint32_t term, uint32_t other)
{
	return slice_equal(s->before->sections.at[s->before->terms.at[term].section].language,
		s->after->sections.at[s->after->terms.at[other].section].language);
}

static bool
same_term(const splicing *s, uint32_t term, uint32_t other, bool renamed)
{
	const entry *b = s->before, *a = s->after;

	if (!s->new_term.at[other] || !same_language(s, term, other))
		return false;
	if (!renamed)
		return slice_equal(b->terms.at[term].text, a->terms.at[other].text);
	return entry_term_status(b, term) == entry_term_status(a, other) &&
	       entry_term_flags(b, term) == entry_term_flags(a, other);
}

static void
pair_terms(splicing *s, bool renamed)
{
	for (uint32_t i = 0; i < s->before->terms.n; i++)
		for (uint32_t k = 0; s->term_of.at[i] == NONE && k < s->after->terms.n; k++)
			if (same_term(s, i, k, renamed)) {
				s->term_of.at[i] = k;
				s->new_term.at[k] = false;
			}
}

static bool
same_owner(const splicing *s, entry_owner before, entry_owner after)
{
	if (before.level != after.level)
		return false;
	if (before.level == LEVEL_SECTION)
		return slice_equal(s->before->sections.at[before.index].language,
			s->after->sections.at[after.index].language);
	return before.level == LEVEL_CONCEPT || s->term_of.at[before.index] == after.index;
}

static bool
same_kind(const splicing *s, const entry_item *x, const entry_item *y)
{
	return x->element == y->element && slice_equal(x->type, y->type) &&
	       slice_equal(x->target, y->target) && same_owner(s, x->owner, y->owner);
}

static void
pair_items(splicing *s)
{
	for (size_t i = 0; i < s->before->items.n; i++)
		for (size_t k = 0; s->gone_item.at[i] && k < s->after->items.n; k++) {
			const entry_item *x = &s->before->items.at[i],
					 *y = &s->after->items.at[k];
			if (s->new_item.at[k] && same_kind(s, x, y) && x->markup == y->markup &&
				slice_equal(x->value, y->value))
				s->gone_item.at[i] = s->new_item.at[k] = false;
		}
}

/* --- changes in place --- */

static status
put_text_of(splicing *s, size_t start, size_t end, slice text)
{
	exchange_output out = { .context = s->context, .bytes = &s->lines };

	buffer_clear(&s->lines);
	tbx_write_text(&out, text);
	TRY(s->lines.status);
	return splices_replace(&s->edits, start, end, buffer_slice(&s->lines));
}

static status
rename_terms(splicing *s)
{
	for (uint32_t i = 0; i < s->before->terms.n; i++) {
		const entry_term *t = &s->before->terms.at[i];
		if (s->term_of.at[i] == NONE)
			continue;
		slice text = s->after->terms.at[s->term_of.at[i]].text;
		const tbx_place *p = place_of(s, TBX_TERM, t->order);
		if (p != NULL && !slice_equal(t->text, text))
			TRY(put_text_of(s, p->inner_start, p->inner_end, text));
	}
	return STATUS_OK;
}

/* A text of the same category that changed keeps its element, with whatever attributes. */
static status
change_texts(splicing *s)
{
	for (size_t i = 0; i < s->before->items.n; i++)
		for (size_t k = 0; s->gone_item.at[i] && k < s->after->items.n; k++) {
			const entry_item *x = &s->before->items.at[i],
					 *y = &s->after->items.at[k];
			const tbx_place *p = place_of_item(s, x);
			if (!s->new_item.at[k] || !same_kind(s, x, y) || p == NULL ||
				x->markup || y->markup || p->inner_end == 0)
				continue;
			s->gone_item.at[i] = s->new_item.at[k] = false;
			TRY(put_text_of(s, p->inner_start, p->inner_end, y->value));
		}
	return STATUS_OK;
}

/* --- what goes --- */

static bool
section_is_empty(const splicing *s, uint32_t section)
{
	slice tag = s->before->sections.at[section].language;

	for (uint32_t k = 0; k < s->after->terms.n; k++)
		if (slice_equal(
			    s->after->sections.at[s->after->terms.at[k].section].language, tag))
			return false;
	return true;
}

/* Its terms go, and a definition or a note stays. */
static bool
section_is_bare(const splicing *s, uint32_t section)
{
	slice tag = s->before->sections.at[section].language;

	for (uint32_t k = 0; k < s->after->sections.n; k++)
		if (slice_equal(s->after->sections.at[k].language, tag))
			return s->after->sections.at[k].items.count != 0 &&
			       section_is_empty(s, section);
	return false;
}

static bool
section_goes(const splicing *s, uint32_t section)
{
	return section_is_empty(s, section) && !section_is_bare(s, section);
}

/* The first term of a section that is left without makes room for what stands for none. */
static status
remove_term(splicing *s, uint32_t i, const tbx_place *p)
{
	exchange_output out = { .context = s->context, .bytes = &s->lines };
	uint32_t section = s->before->terms.at[i].section;

	if (!section_is_bare(s, section) ||
		(i > 0 && s->before->terms.at[i - 1].section == section))
		return splices_remove(&s->edits, p->start, p->end);
	buffer_clear(&s->lines);
	tbx_write_nameless(&out, s->change->style, s->change->id);
	TRY(s->lines.status);
	return splices_put_instead(&s->edits, p->start, p->end, buffer_slice(&s->lines));
}

static status
remove_terms(splicing *s)
{
	for (uint32_t i = 0; i < s->before->sections.n; i++)
		for (size_t k = 0; section_goes(s, i) && k < s->places.list.n; k++) {
			const tbx_place *p = &s->places.list.at[k];
			if (p->part == TBX_SECTION && p->owner == i)
				TRY(splices_remove(&s->edits, p->start, p->end));
		}
	for (uint32_t i = 0; i < s->before->terms.n; i++) {
		const entry_term *t = &s->before->terms.at[i];
		const tbx_place *p = place_of(s, TBX_TERM_SECTION, t->order);
		if (s->term_of.at[i] == NONE && p != NULL && !section_goes(s, t->section))
			TRY(remove_term(s, i, p));
	}
	return STATUS_OK;
}

/* Does anything of the group stay? */
static bool
group_stays(const splicing *s, const tbx_place *group)
{
	for (size_t i = 0; i < s->before->items.n; i++) {
		const tbx_place *p = place_of_item(s, &s->before->items.at[i]);
		if (p != NULL && p->start > group->start && p->start < group->end &&
			!s->gone_item.at[i])
			return true;
	}
	return false;
}

static bool
owner_goes(const splicing *s, entry_owner owner)
{
	if (owner.level == LEVEL_SECTION)
		return section_goes(s, owner.index);
	return owner.level == LEVEL_TERM && s->term_of.at[owner.index] == NONE;
}

static status
remove_items(splicing *s)
{
	for (size_t i = 0; i < s->before->items.n; i++) {
		const entry_item *x = &s->before->items.at[i];
		const tbx_place *p = place_of_item(s, x);
		if (!s->gone_item.at[i] || p == NULL || owner_goes(s, x->owner))
			continue;
		const tbx_place *group = group_around(s, p);
		if (group != NULL && !group_stays(s, group))
			p = group; /* taken out once: the same splice again is none */
		TRY(splices_remove(&s->edits, p->start, p->end));
	}
	return STATUS_OK;
}

/* --- what comes --- */

static bool
is_term_note(const splicing *s, const tbx_place *p)
{
	return slice_starts(slice_sub(s->bytes, p->start, p->end), SLICE("<termNote"));
}

/* What an item goes behind: the last of its owner, a term note the last of those. NULL: nothing
 * of its owner is there. */
static const tbx_place *
place_before_item(const splicing *s, entry_owner owner, uint32_t place, bool note)
{
	const tbx_place *last = NULL;

	for (size_t i = 0; i < s->places.list.n; i++) {
		const tbx_place *p = &s->places.list.at[i];
		bool mine = p->level == owner.level &&
			    (owner.level == LEVEL_CONCEPT || p->owner == place);
		bool fits = p->part == TBX_TERM || p->part == TBX_GROUP || p->part == TBX_ITEM;
		if (!mine || !fits || (note && p->part != TBX_TERM && !is_term_note(s, p)))
			continue;
		if (last == NULL || p->end > last->end)
			last = p;
	}
	return last;
}

/* In the numbers of before, and as places have them: sections by index, terms by order. NONE:
 * the owner is new, and written whole. */
static uint32_t
place_of_owner(const splicing *s, entry_owner after)
{
	if (after.level == LEVEL_SECTION) {
		slice tag = s->after->sections.at[after.index].language;
		for (uint32_t i = 0; i < s->before->sections.n; i++)
			if (slice_equal(s->before->sections.at[i].language, tag) &&
				!section_goes(s, i))
				return i;
		return NONE;
	}
	for (uint32_t i = 0; after.level == LEVEL_TERM && i < s->before->terms.n; i++)
		if (s->term_of.at[i] == after.index)
			return s->before->terms.at[i].order;
	return after.level == LEVEL_CONCEPT ? 0 : NONE;
}

static status
put_behind(splicing *s, const tbx_place *sibling, const tbx_place *parent)
{
	TRY(s->lines.status);
	if (sibling != NULL)
		return splices_insert(&s->edits, sibling->end, sibling->start, false,
			buffer_slice(&s->lines));
	if (parent == NULL || parent->inner_end == 0)
		return STATUS_OK; /* the caller sees that something is missing */
	return splices_insert(
		&s->edits, parent->inner_start, parent->start, true, buffer_slice(&s->lines));
}

static status
add_items(splicing *s)
{
	static const tbx_part parts[] = { TBX_CONCEPT, TBX_SECTION, TBX_TERM_SECTION };
	exchange_output out = { .context = s->context, .bytes = &s->lines };
	const entry_item *x = s->after->items.at;

	for (size_t i = 0, n; i < s->after->items.n; i += n) {
		n = 1;
		uint32_t owner = place_of_owner(s, x[i].owner);
		if (!s->new_item.at[i] || owner == NONE)
			continue;
		while (x[i].group != 0 && i + n < s->after->items.n && s->new_item.at[i + n] &&
			x[i + n].group == x[i].group)
			n++;
		buffer_clear(&s->lines);
		tbx_write_items(&out, s->change->style, &x[i], n);
		TRY(put_behind(s,
			place_before_item(
				s, x[i].owner, owner, x[i].element == ELEMENT_TERM_NOTE),
			place_of(s, parts[x[i].owner.level], owner)));
	}
	return STATUS_OK;
}

static const tbx_place *
last_within(const splicing *s, tbx_part part, const tbx_place *around)
{
	const tbx_place *last = NULL;

	for (size_t i = 0; i < s->places.list.n; i++) {
		const tbx_place *p = &s->places.list.at[i];
		if (p->part == part && p->start > around->start && p->end < around->end)
			last = p;
	}
	return last;
}

static status
add_section(splicing *s, uint32_t section)
{
	exchange_output out = { .context = s->context, .bytes = &s->lines };
	const tbx_place *concept = place_of(s, TBX_CONCEPT, 0);
	const tbx_place *sibling = last_within(s, TBX_SECTION, concept);

	buffer_clear(&s->lines);
	tbx_write_section(&out, s->change->style, s->after, section);
	return put_behind(s, sibling, concept);
}

static status
add_terms(splicing *s)
{
	exchange_output out = { .context = s->context, .bytes = &s->lines };
	const entry *a = s->after;

	for (uint32_t k = 0; k < a->terms.n; k++) {
		uint32_t section = a->terms.at[k].section;
		uint32_t old = place_of_owner(s, OWNER_SECTION(section));
		bool first = k == 0 || a->terms.at[k - 1].section != section;
		if (old == NONE && first)
			TRY(add_section(s, section));
		if (old == NONE || !s->new_term.at[k])
			continue;
		const tbx_place *place = place_of(s, TBX_SECTION, old);
		buffer_clear(&s->lines);
		tbx_write_term(&out, s->change->style, a, k);
		TRY(put_behind(s, last_within(s, TBX_TERM_SECTION, place), place));
	}
	return STATUS_OK;
}

/* --- concepts --- */

/* A concept without an id is called by its first term: when that changes, it gets one. */
static status
keep_id(splicing *s)
{
	const tbx_place *concept = place_of(s, TBX_CONCEPT, 0);
	size_t at = concept->start;

	if (s->places.named)
		return STATUS_OK;
	for (uint32_t k = 0; k < s->after->terms.n; k++)
		if (slice_equal(s->after->terms.at[k].text, s->change->id) &&
			!s->new_term.at[k])
			return STATUS_OK;
	while (at < concept->inner_start && strchr(" \t\r\n/>", s->bytes.p[at]) == NULL)
		at++;
	buffer_clear(&s->lines);
	buffer_put(&s->lines, SLICE(" id=\""));
	xml_name_put(&s->lines, s->change->id);
	buffer_put(&s->lines, SLICE("\""));
	TRY(s->lines.status);
	return splices_replace(&s->edits, at, at, buffer_slice(&s->lines));
}

static status
make_room(splicing *s)
{
	const memory *m = s->context->memory;

	TRY(ARRAY_RESERVE(m, &s->term_of, s->before->terms.n + 1));
	TRY(ARRAY_RESERVE(m, &s->new_term, s->after->terms.n + 1));
	TRY(ARRAY_RESERVE(m, &s->gone_item, s->before->items.n + 1));
	TRY(ARRAY_RESERVE(m, &s->new_item, s->after->items.n + 1));
	for (size_t i = 0; i < s->before->terms.n; i++)
		s->term_of.at[i] = NONE;
	memset(s->new_term.at, true, s->after->terms.n);
	memset(s->gone_item.at, true, s->before->items.n);
	memset(s->new_item.at, true, s->after->items.n);
	return STATUS_OK;
}

static status
change_parts(splicing *s, const entry *before)
{
	s->before = before;
	s->after = s->change->after;
	TRY(make_room(s));
	pair_terms(s, false);
	pair_terms(s, true);
	pair_items(s);
	TRY(keep_id(s));
	TRY(rename_terms(s));
	TRY(change_texts(s));
	TRY(remove_terms(s));
	TRY(remove_items(s));
	TRY(add_items(s));
	return add_terms(s);
}

static status
write_whole(splicing *s)
{
	exchange_output out = { .context = s->context, .bytes = &s->lines };

	buffer_clear(&s->lines);
	return tbx_write(&out, s->change->style, s->change->after);
}

static status
take(void *user, const entry *e, exchange_place at)
{
	splicing *s = user;
	const tbx_place *concept = place_of(s, TBX_CONCEPT, 0);

	(void)at;
	s->last_start = concept->start;
	s->last_end = concept->end;
	if (s->found || !slice_equal(e->id, s->change->id))
		return STATUS_OK;
	s->found = true;
	if (s->change->after == NULL)
		return splices_remove(&s->edits, concept->start, concept->end);
	/* What stands for no term goes when a term comes. */
	bool named = s->places.nameless && s->change->after->terms.n != e->terms.n;
	if (!s->change->whole && !named)
		return change_parts(s, e);
	TRY(write_whole(s));
	return splices_put_instead(
		&s->edits, concept->start, concept->end, buffer_slice(&s->lines));
}

static status
pass_over(void *user, exchange_place at, const char *why)
{
	(void)user, (void)at, (void)why;
	return STATUS_OK;
}

/* A new concept stands behind the last one, or first in a body that has none. */
static status
append(splicing *s, bool *able)
{
	*able = s->places.body_end != 0;
	if (!*able)
		return STATUS_OK;
	TRY(write_whole(s));
	if (s->last_end != 0)
		return splices_insert(
			&s->edits, s->last_end, s->last_start, false, buffer_slice(&s->lines));
	return splices_insert(&s->edits, s->places.body_start, s->places.body_start, true,
		buffer_slice(&s->lines));
}

static bool
is_utf8(slice text)
{
	slice head = slice_sub(text, 0, text.n < 200 ? text.n : 200), line, rest = head;

	if (slice_starts(text, SLICE("\xFE\xFF")) || slice_starts(text, SLICE("\xFF\xFE")))
		return false;
	slice_cut(rest, '>', &line, &rest);
	for (size_t i = 0; i + 9 < line.n; i++)
		if (memcmp(line.p + i, "encoding=", 9) == 0)
			return slice_starts(slice_sub(line, i + 10, line.n), SLICE("UTF-8")) ||
			       slice_starts(slice_sub(line, i + 10, line.n), SLICE("utf-8"));
	return true;
}

static status
run(splicing *s, buffer *out, bool *able)
{
	exchange_sink sink = { .user = s, .take = take, .refuse = pass_over };
	stream input;
	exchange_input in = {
		.context = s->context, .stream = &input, .sink = &sink, .places = &s->places
	};

	stream_of_bytes(&input, s->context, "", s->bytes);
	status done = tbx_read(&in);
	stream_close(&input);
	if (done == STATUS_OK && !s->found && s->change->after != NULL)
		done = append(s, able);
	return done == STATUS_OK ? splices_apply(&s->edits, out) : done;
}

status
edit_tbx(buffer *out, context *c, slice text, const tbx_change *change, bool *able)
{
	const memory *m = c->memory;
	splicing s = { .context = c, .bytes = text, .change = change };

	*able = is_utf8(text);
	if (!*able)
		return STATUS_OK;
	splices_init(&s.edits, m, text, c->limits.output);
	buffer_init(&s.lines, m, c->limits.output);
	status done = run(&s, out, able);
	splices_free(&s.edits);
	buffer_free(&s.lines);
	ARRAY_FREE(m, &s.places.list);
	ARRAY_FREE(m, &s.term_of);
	ARRAY_FREE(m, &s.new_term);
	ARRAY_FREE(m, &s.gone_item);
	ARRAY_FREE(m, &s.new_item);
	return done == STATUS_OK ? out->status : done;
}
