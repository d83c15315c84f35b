#include "report/pairs.h"

#include "report/markup.h"

#define FLUSH_BYTES 65536

#define PAIRS(name) extern const pair_format pairs_##name;
#include "report/pairs.def"
#undef PAIRS

static const pair_format *const formats[] = {
#define PAIRS(name) &pairs_##name,
#include "report/pairs.def"
#undef PAIRS
};

const pair_format *
pair_format_at(size_t i)
{
	return i < sizeof(formats) / sizeof(*formats) ? formats[i] : NULL;
}

const pair_format *
pair_format_named(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (slice_is(slice_of(name), formats[i]->name))
			return formats[i];
	return NULL;
}

static status
hand_over(pair_report *r)
{
	TRY(r->out.status);
	if (r->out.n != 0)
		TRY(r->write(r->user, buffer_slice(&r->out)));
	buffer_clear(&r->out);
	return STATUS_OK;
}

static status
write_all(pair_report *r, const pair_format *f)
{
	if (f->begin != NULL)
		TRY(f->begin(r));
	for (size_t i = 0; i < r->n; i++) {
		TRY(f->pair(r, &r->pairs[i]));
		if (r->out.n >= FLUSH_BYTES)
			TRY(hand_over(r));
	}
	if (f->end != NULL)
		TRY(f->end(r));
	return hand_over(r);
}

status
pair_report_write(pair_report *r, const pair_format *f)
{
	r->left_out = 0;
	buffer_init(&r->out, r->context->memory, r->context->limits.output);
	status done = write_all(r, f);
	buffer_free(&r->out);
	return done;
}

/* --- for formats --- */

static void
put(buffer *out, slice s, bool xml)
{
	bool space = false;

	for (size_t i = 0; i < s.n; i++) {
		const char *name = xml ? markup_entity(s.p[i]) : NULL;
		bool white = (unsigned char)s.p[i] <= ' ';
		if (name != NULL)
			buffer_put(out, slice_of(name));
		else if (!white)
			buffer_put_char(out, s.p[i]);
		else if (!space)
			buffer_put_char(out, ' ');
		space = white;
	}
}

void
pair_put_xml(buffer *out, slice s)
{
	put(out, s, true);
}

void
pair_put_line(buffer *out, slice s)
{
	put(out, s, false);
}

bool
pair_is_sure(pair_report *r, const pair *p)
{
	bool sure = p->count[0] != 0 && p->count[1] != 0 && p->confidence >= r->least;

	r->left_out += !sure;
	return sure;
}
