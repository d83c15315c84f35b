/* Plain text: any bytes that are text in a known encoding, with filled lines joined. It is the
 * format of last resort, so it is never surer of itself than by the name of the file. */
#include "document/decode.h"
#include "document/format.h"
#include "document/reflow.h"
#include "text/encoding.h"

static int
probe(slice path, slice bytes)
{
	(void)bytes;
	return slice_ends(path, SLICE(".txt")) ? 20 : 10;
}

static status
read(document *d, context *c)
{
	decoded in = { .text = d->bytes, .encoding = encoding_name(ENCODING_UTF8) };
	flow f;

	if (text_memo_is_sound(d->options.memo, d->bytes))
		; /* taken as it is */
	else if (d->options.overwrite)
		TRY(document_decode_over(c, &d->arena, d->path, d->bytes, &in));
	else
		TRY(document_decode(c, &d->arena, d->path, d->bytes, &in));
	if (in.original != NULL) {
		d->original = in.original;
		d->bytes = SLICE("");
	}
	TRY(document_reflow(c, &d->arena, in.text, &f));
	d->text = f.text;
	TRY(source_map_compose(&f.map, &in.map, &d->arena, &d->map));
	d->blocks = f.blocks;
	d->block_count = f.block_count;
	d->reflowed = f.reflowed;
	d->encoding = in.encoding;
	return STATUS_OK;
}

const format format_txt = { .name = "txt", .probe = probe, .read = read };
