/* PO of GNU gettext as a bilingual document; bitext/po.c knows the format. */
#include "document/bilingual.h"
#include "text/sniff.h"

static int
probe(slice path, slice bytes)
{
	char head[SNIFF_BYTES];

	(void)path;
	return bitext_probe_po(sniff_head(bytes, head));
}

static status
read(document *d, context *c)
{
	char head[SNIFF_BYTES];
	slice charset = sniff_value(sniff_head(d->bytes, head), "charset");

	/* What templates say. */
	if (slice_is(charset, "CHARSET"))
		charset = SLICE("");
	return bilingual_read(d, c, charset, bitext_read_po);
}

static void
escape(buffer *out, const document *d, uint32_t at, slice with)
{
	(void)d;
	(void)at;
	for (size_t i = 0; i < with.n; i++)
		switch (with.p[i]) {
		case '"':
		case '\\':
			buffer_put_char(out, '\\');
			buffer_put_char(out, with.p[i]);
			break;
		case '\n':
			buffer_put(out, SLICE("\\n"));
			break;
		default:
			buffer_put_char(out, with.p[i]);
		}
}

const format format_po = {
	.name = "po",
	.probe = probe,
	.read = read,
	.marked_up = true,
	.escape = escape,
	.locate = bilingual_locate,
};
