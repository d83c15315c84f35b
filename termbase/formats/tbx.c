#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_DCA);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_DCA, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_DCA);
}

static const char *const extensions[] = { ".tbx", NULL };

const exchange exchange_tbx = {
	.name = "tbx",
	.extensions = extensions,
	.summary_en = "TBX version 3, categories as attributes (DCA)",
	.summary_fr = "TBX version 3, catégories en attributs (DCA)",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
