#include "termbase/exchange.h"

#define FORMAT(name) extern const exchange exchange_##name;
#include "termbase/formats.def"
#undef FORMAT

static const exchange *const formats[] = {
#define FORMAT(name) &exchange_##name,
#include "termbase/formats.def"
#undef FORMAT
};

#define FORMATS (sizeof(formats) / sizeof(*formats))

const exchange *
exchange_at(size_t i)
{
	return i < FORMATS ? formats[i] : NULL;
}

const exchange *
exchange_named(slice name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (slice_is(name, formats[i]->name))
			return formats[i];
	return NULL;
}

const exchange *
exchange_for(slice path, slice head)
{
	const exchange *best = NULL;
	int surest = 0;

	for (size_t i = 0; i < FORMATS; i++)
		for (const char *const *end = formats[i]->extensions; *end != NULL; end++)
			if (slice_ends(path, slice_of(*end)))
				return formats[i];
	for (size_t i = 0; i < FORMATS; i++) {
		int sure = formats[i]->probe == NULL ? 0 : formats[i]->probe(head);
		if (sure > surest) {
			surest = sure;
			best = formats[i];
		}
	}
	return best;
}

status
exchange_refuse(context *c, const char *name, exchange_place at, const char *why)
{
	if (at.line == 0)
		return context_fail(c, STATUS_FORMAT, "%s: %s", "%s\u00A0: %s", name, why);
	return context_fail(c, STATUS_FORMAT, "%s:%u:%u: %s", "%s:%u:%u: %s", name, at.line,
		at.column, why);
}
