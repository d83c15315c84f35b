/* A line a bead, segments by number from 0: the form in which alignments are compared. */
#include "report/pairs.h"

static void
put_side(buffer *out, uint32_t first, uint32_t count)
{
	buffer_put_char(out, '[');
	for (uint32_t i = 0; i < count; i++)
		buffer_printf(out, i == 0 ? "%u" : ", %u", first + i);
	buffer_put_char(out, ']');
}

static status
put_pair(pair_report *r, const pair *p)
{
	put_side(&r->out, p->first[0], p->count[0]);
	buffer_put_char(&r->out, ':');
	put_side(&r->out, p->first[1], p->count[1]);
	buffer_printf(&r->out, "\t%.4f\n", p->confidence);
	return STATUS_OK;
}

const pair_format pairs_beads = {
	.name = "beads",
	.extension = ".beads",
	.summary_en = "numbers of segments only: [0, 1]:[0] and how sure that is",
	.summary_fr = "les numéros des segments seulement\u00A0: [0, 1]:[0] et la confiance",
	.pair = put_pair,
};
