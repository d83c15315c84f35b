/* TMX as a bilingual document; bitext/tmx.c knows the format. */
#include "document/bilingual.h"
#include "text/sniff.h"

static int
probe(slice path, slice bytes)
{
	char head[SNIFF_BYTES];

	(void)path;
	return bitext_probe_tmx(sniff_head(bytes, head));
}

static status
read(document *d, context *c)
{
	char head[SNIFF_BYTES];

	return bilingual_read(
		d, c, sniff_xml_charset(sniff_head(d->bytes, head)), bitext_read_tmx);
}

const format format_tmx = {
	.name = "tmx",
	.probe = probe,
	.read = read,
	.marked_up = true,
	.escape = format_escape_xml,
	.references = true,
	.locate = bilingual_locate,
};
