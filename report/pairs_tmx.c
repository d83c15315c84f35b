/* A translation memory: pairs that are sure enough, as TMX 1.4b. */
#include <stdio.h>
#include <time.h>

#include "report/pairs.h"
#include "tm/exchange.h"

static tm_output
output_of(pair_report *r)
{
	return (tm_output){ .context = r->context,
		.bytes = &r->out,
		.source = slice_of(language_name(r->language[0])),
		.target = slice_of(language_name(r->language[1])) };
}

static status
begin(pair_report *r)
{
	tm_output out = output_of(r);

	return tm_format_named(SLICE("tmx"))->begin(&out);
}

static status
fill_unit(pair_report *r, const pair *p, tm_unit *u, slice lines[2])
{
	char now[32] = "", confidence[16];
	time_t seconds = time(NULL);
	struct tm utc;

	if (gmtime_r(&seconds, &utc) != NULL)
		strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &utc);
	for (int k = 0; k < 2; k++) {
		TRY(tm_unit_set(
			u, &u->side[k].language, slice_of(language_name(r->language[k]))));
		TRY(tm_unit_set(u, &u->side[k].text, lines[k]));
	}
	TRY(tm_unit_set(u, &u->document, r->name[0]));
	TRY(tm_unit_set(u, &u->created, slice_of(now)));
	snprintf(confidence, sizeof(confidence), "%.2f", p->confidence);
	return tm_unit_add_item(u, (tm_item){ TM_OF_UNIT, TM_PROPERTY, SLICE("x-confidence"),
					   slice_of(confidence), SLICE("") });
}

static status
put_pair(pair_report *r, const pair *p)
{
	const memory *m = r->context->memory;
	tm_output out = output_of(r);
	buffer text[2];
	slice lines[2];
	tm_unit u;

	if (!pair_is_sure(r, p))
		return STATUS_OK;
	tm_unit_init(&u, m);
	status done = STATUS_OK;
	for (int k = 0; k < 2; k++) {
		buffer_init(&text[k], m, r->context->limits.output);
		pair_put_line(&text[k], p->text[k]);
		done = done != STATUS_OK ? done : text[k].status;
		lines[k] = buffer_slice(&text[k]);
	}
	if (done == STATUS_OK)
		done = fill_unit(r, p, &u, lines);
	if (done == STATUS_OK)
		done = tm_format_named(SLICE("tmx"))->write(&out, &u);
	buffer_free(&text[0]);
	buffer_free(&text[1]);
	tm_unit_free(&u);
	return done;
}

static status
end(pair_report *r)
{
	tm_output out = output_of(r);

	return tm_format_named(SLICE("tmx"))->end(&out);
}

const pair_format pairs_tmx = {
	.name = "tmx",
	.extension = ".tmx",
	.summary_en = "a translation memory (TMX 1.4b), of the pairs that are sure enough",
	.summary_fr = "une mémoire de traduction (TMX 1.4b), des paires assez sûres",
	.begin = begin,
	.pair = put_pair,
	.end = end,
};
