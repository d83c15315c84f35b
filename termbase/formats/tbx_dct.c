#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_DCT);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_DCT, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_DCT);
}

static const char *const extensions[] = { ".dct.tbx", NULL };

const exchange exchange_tbx_dct = {
	.name = "tbx-dct",
	.extensions = extensions,
	.summary_en = "TBX version 3, categories as elements (DCT)",
	.summary_fr = "TBX version 3, catégories en éléments (DCT)",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
