#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_BASIC_DCA);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_BASIC_DCA, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_BASIC_DCA);
}

static const char *const extensions[] = { NULL };

const exchange exchange_tbx_basic = {
	.name = "tbx-basic",
	.extensions = extensions,
	.summary_en = "TBX-Basic, categories as attributes (DCA)",
	.summary_fr = "TBX-Basic, catégories en attributs (DCA)",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
