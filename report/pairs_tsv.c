/* A table: source, target, how sure the pair is, and the numbers of its segments from 1. */
#include "report/pairs.h"

static void
put_numbers(buffer *out, uint32_t first, uint32_t count)
{
	if (count == 1)
		buffer_printf(out, "\t%u", first + 1);
	else if (count == 0)
		buffer_put_char(out, '\t');
	else
		buffer_printf(out, "\t%u-%u", first + 1, first + count);
}

static status
begin(pair_report *r)
{
	buffer_printf(&r->out,
		"source\ttarget\tconfidence\tsource segments\ttarget segments\tcrossing\n");
	return STATUS_OK;
}

static status
put_pair(pair_report *r, const pair *p)
{
	pair_put_line(&r->out, p->text[0]);
	buffer_put_char(&r->out, '\t');
	pair_put_line(&r->out, p->text[1]);
	buffer_printf(&r->out, "\t%.2f", p->confidence);
	put_numbers(&r->out, p->first[0], p->count[0]);
	put_numbers(&r->out, p->first[1], p->count[1]);
	buffer_printf(&r->out, "\t%s\n", p->crossing ? "crossing" : "");
	return STATUS_OK;
}

const pair_format pairs_tsv = {
	.name = "tsv",
	.extension = ".tsv",
	.summary_en = "a table: source, target, confidence, numbers of the segments",
	.summary_fr = "un tableau\u00A0: source, traduction, confiance, numéros des segments",
	.begin = begin,
	.pair = put_pair,
};
