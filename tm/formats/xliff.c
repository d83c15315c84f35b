/* XLIFF 1.2 and 2.x in (bitext/xliff.c knows the format): source and target of each trans-unit
 * or segment that has both, with their codes, notes and state. A target that is not there, or
 * is empty, is no unit. */
#include "tm/formats/pairs.h"
#include "tm/formats/work_xml.h"

const inline_name xliff_inline_names[] = {
	{ "g", INLINE_SPAN, TM_CODE_OPEN, TM_CODE_CLOSE, "id" },
	{ "x", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "id" },
	{ "bx", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ex", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "id" },
	{ "bpt", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ept", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "id" },
	{ "ph", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "id" },
	{ "it", INLINE_CODE, TM_CODE_ISOLATED, TM_CODE_ISOLATED, "id" },
	{ "mrk", INLINE_SPAN, TM_CODE_MARK, TM_CODE_MARK_END, "id" },
	{ "pc", INLINE_SPAN, TM_CODE_OPEN, TM_CODE_CLOSE, "id" },
	{ "sc", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ec", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "startRef" },
	{ "cp", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, NULL },
	{ NULL },
};

static status
xliff_read(tm_input *in)
{
	static const pairs_format xliff = {
		.read = bitext_read_xliff, .names = xliff_inline_names, .drafts = true
	};

	return pairs_read(in, &xliff);
}

static const char *const extensions[] = { ".xlf", ".xliff", ".sdlxliff", ".mqxliff", NULL };

extern const tm_work_format tm_work_xliff;

const tm_format tm_format_xliff = {
	.name = "xliff",
	.extensions = extensions,
	.summary_en = "XLIFF 1.2 and 2.x; read and translated",
	.summary_fr = "XLIFF 1.2 et 2.x\u00A0; lus et traduits",
	.probe = bitext_probe_xliff,
	.read = xliff_read,
	.work = &tm_work_xliff,
};
