#include "termbase/tbx.h"

static status
begin(exchange_output *out)
{
	return tbx_begin(out, TBX_CORE);
}

static status
write(exchange_output *out, const entry *e)
{
	return tbx_write(out, TBX_CORE, e);
}

static status
end(exchange_output *out)
{
	return tbx_end(out, TBX_CORE);
}

static const char *const extensions[] = { NULL };

const exchange exchange_tbx_core = {
	.name = "tbx-core",
	.extensions = extensions,
	.summary_en = "TBX-Core: names, and all else in notes",
	.summary_fr = "TBX-Core\u00A0: les noms, et le reste en notes",
	.probe = tbx_probe,
	.read = tbx_read,
	.begin = begin,
	.write = write,
	.end = end,
};
