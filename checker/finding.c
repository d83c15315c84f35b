#include "checker/finding.h"

#include <string.h>

const char *
severity_name(severity s)
{
	static const char *const names[] = { "default", "info", "warning", "error" };

	return names[s];
}

status
finding_copy(arena *keep, const finding *from, finding *to)
{
	slice *list = ARENA_ARRAY(keep, slice, from->suggestion_count + 1);

	if (list == NULL)
		return STATUS_MEMORY;
	*to = *from;
	TRY(arena_copy(keep, from->message, &to->message));
	TRY(arena_copy(keep, from->concept, &to->concept));
	TRY(arena_copy(keep, from->source, &to->source));
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
