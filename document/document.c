#include "document/document.h"

#include "document/format.h"

static const format *const formats[] = {
#define FORMAT(name) &format_##name,
#include "document/formats.def"
#undef FORMAT
};

static const format *
pick(slice path, slice bytes)
{
	const format *best = formats[0];
	int sure = -1;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		int s = formats[i]->probe(path, bytes);
		if (s > sure) {
			sure = s;
			best = formats[i];
		}
	}
	return best;
}

status
document_read(document *d, context *c, slice path, slice bytes, language forced)
{
	*d = (document){ .path = path, .bytes = bytes };
	arena_init(&d->arena, c->memory);
	d->format = pick(path, bytes);
	status s = d->format->read(d, c);
	if (s != STATUS_OK)
		document_free(d);
	d->language = forced;
	return s;
}

void
document_free(document *d)
{
	arena_free(&d->arena);
}
