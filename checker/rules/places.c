#include "checker/rules/places.h"

#include "text/find.h"

status
places_add(check *c, places *p, span place)
{
	if (p->last == NULL || p->last->count == PLACES_IN_CHUNK) {
		places_chunk *chunk = ARENA_NEW(c->keep, places_chunk);
		if (chunk == NULL)
			return STATUS_MEMORY;
		if (p->last == NULL)
			p->first = chunk;
		else
			p->last->next = chunk;
		p->last = chunk;
	}
	p->last->at[p->last->count++] = place;
	p->count++;
	return STATUS_OK;
}

status
places_each(check *c, const rule *r, const places *p,
	status (*each)(check *c, const rule *r, span place))
{
	for (const places_chunk *chunk = p->first; chunk != NULL; chunk = chunk->next)
		for (size_t i = 0; i < chunk->count; i++)
			TRY(each(c, r, chunk->at[i]));
	return STATUS_OK;
}

size_t
places_curly(const check *c, size_t most)
{
	const document *d = c->document;

	return d->facts != NULL ? d->facts->curly
				: text_count_to(d->text, SLICE("\u2019"), most);
}

status
places_report(check *c, const rule *r, span place, slice suggestion, finding f)
{
	if (suggestion.p == NULL)
		return STATUS_MEMORY;
	f.text = place;
	f.suggestions = &suggestion;
	f.suggestion_count = 1;
	return check_report(c, r, f);
}
