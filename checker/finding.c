#include "checker/finding.h"

#include <string.h>

const char *
severity_name(severity s)
{
	static const char *const names[] = { "default", "info", "warning", "error" };

	return names[s];
}

/* Most findings have no evidence, and an arena hands out zeroed memory. */
static status
copy_text(arena *keep, slice from, slice *to)
{
	if (from.n != 0)
		return arena_copy(keep, from, to);
	*to = from.p == NULL ? from : SLICE("");
	return STATUS_OK;
}

status
finding_copy(arena *keep, const finding *from, finding *to)
{
	slice *list = NULL;

	*to = *from;
	if (from->suggestion_count != 0) {
		list = ARENA_ARRAY(keep, slice, from->suggestion_count);
		if (list == NULL)
			return STATUS_MEMORY;
	}
	TRY(copy_text(keep, from->message, &to->message));
	TRY(copy_text(keep, from->concept, &to->concept));
	TRY(copy_text(keep, from->source, &to->source));
	for (size_t i = 0; i < from->suggestion_count; i++)
		TRY(arena_copy(keep, from->suggestions[i], &list[i]));
	to->suggestions = list;
	if (from->place_count == 0)
		return STATUS_OK;
	span *places = ARENA_ARRAY(keep, span, from->place_count);
	if (places == NULL)
		return STATUS_MEMORY;
	memcpy(places, from->places, from->place_count * sizeof(*places));
	to->places = places;
	return STATUS_OK;
}
