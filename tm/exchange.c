#include "tm/exchange.h"

#define FORMAT(name) extern const tm_format tm_format_##name;
#include "tm/formats.def"
#undef FORMAT

static const tm_format *const formats[] = {
#define FORMAT(name) &tm_format_##name,
#include "tm/formats.def"
#undef FORMAT
};

#define FORMATS (sizeof(formats) / sizeof(*formats))

const tm_format *
tm_format_at(size_t i)
{
	return i < FORMATS ? formats[i] : NULL;
}

const tm_format *
tm_format_named(slice name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (slice_is(name, formats[i]->name))
			return formats[i];
	return NULL;
}

const tm_format *
tm_format_for(slice path, slice head)
{
	const tm_format *best = NULL;
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
tm_refuse_file(const tm_input *in, tm_place at, const char *why)
{
	return stream_refuse(in->stream, at, why);
}

const char *
tm_either(const tm_input *in, const char *en, const char *fr)
{
	return in->context->ui == LANGUAGE_FR ? fr : en;
}

bool
tm_same_language(slice a, slice b)
{
	size_t i = 0;

	if (a.n == 0 || b.n == 0)
		return true;
	for (;; i++) {
		bool a_ends = i == a.n || a.p[i] == '-' || a.p[i] == '_';
		bool b_ends = i == b.n || b.p[i] == '-' || b.p[i] == '_';
		if (a_ends || b_ends)
			return a_ends && b_ends;
		char x = a.p[i], y = b.p[i];
		x = (char)(x >= 'A' && x <= 'Z' ? x + 32 : x);
		y = (char)(y >= 'A' && y <= 'Z' ? y + 32 : y);
		if (x != y)
			return false;
	}
}
