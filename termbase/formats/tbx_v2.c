#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_V2);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_V2, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_V2);
}

static const char *const extensions[] = { ".mtf", NULL };

const exchange exchange_tbx_v2 = {
	.name = "tbx-v2",
	.extensions = extensions,
	.summary_en = "TBX version 2 (MARTIF)",
	.summary_fr = "TBX version 2 (MARTIF)",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
