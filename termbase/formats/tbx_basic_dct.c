#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_BASIC_DCT);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_BASIC_DCT, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_BASIC_DCT);
}

static const char *const extensions[] = { NULL };

const exchange exchange_tbx_basic_dct = {
	.name = "tbx-basic-dct",
	.extensions = extensions,
	.summary_en = "TBX-Basic, categories as elements (DCT)",
	.summary_fr = "TBX-Basic, catégories en éléments (DCT)",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
