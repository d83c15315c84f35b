/* Plain text: any bytes that are text in a known encoding. It is the format of last resort, so
 * it is never surer of itself than by the name of the file. */
#include "document/format.h"

#include "document/reflow.h"
#include "text/utf8.h"

static int
probe(slice path, slice bytes)
{
	(void)bytes;
	return slice_ends(path, SLICE(".txt")) ? 20 : 10;
}

static status
read(document *d, context *c)
{
	utf8_facts facts;
	size_t bad = utf8_check(d->bytes, &facts);

	if (bad != d->bytes.n)
		return context_fail(c, STATUS_FORMAT, "byte %zu is not UTF-8",
			"l’octet %zu n’est pas de l’UTF-8", bad);
	flow f;
	TRY(document_reflow(c, &d->arena, d->bytes, &f));
	d->text = f.text;
	d->map = f.map;
	d->blocks = f.blocks;
	d->block_count = f.block_count;
	d->reflowed = f.reflowed;
	d->encoding = "UTF-8";
	return STATUS_OK;
}

const format format_txt = { "txt", probe, read };
