/* GNU gettext PO in (bitext/po.c knows the format): msgid and msgstr, with context as a
 * property and what translators said as notes. Entries that are fuzzy, obsolete or not
 * translated are no units; of plurals, each form is one. */
#include "tm/formats/pairs.h"
#include "tm/work.h"

static status
po_read(tm_input *in)
{
	static const pairs_format po = {
		.read = bitext_read_po, .context = "msgctxt", .silent = true
	};

	return pairs_read(in, &po);
}

static const char *const extensions[] = { ".po", ".pot", NULL };

extern const tm_work_format tm_work_po;

const tm_format tm_format_po = {
	.name = "po",
	.extensions = extensions,
	.summary_en = "GNU gettext PO; read and translated",
	.summary_fr = "PO de GNU gettext\u00A0; lus et traduits",
	.probe = bitext_probe_po,
	.read = po_read,
	.work = &tm_work_po,
};
