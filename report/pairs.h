/* Reports of two texts side by side: one format = one file and a line in pairs.def. */
#ifndef REPORT_PAIRS_H
#define REPORT_PAIRS_H

#include "base/buffer.h"
#include "base/context.h"

typedef struct pair {  /* segments that belong together */
	slice text[2]; /* of one line each way; empty: nothing faces */
	uint32_t first[2], count[2];
	double confidence;
	bool crossing;
} pair;

typedef struct pair_report {
	context *context;
	const pair *pairs;
	size_t n;
	language language[2];
	slice name[2]; /* of the files */
	double least;  /* confidence below which memories do not take a pair */
	size_t left_out;
	status (*write)(void *user, slice bytes);
	void *user;
	buffer out;
} pair_report;

typedef struct pair_format {
	const char *name, *extension;
	const char *summary_en, *summary_fr;
	status (*begin)(pair_report *r); /* NULL: nothing */
	status (*pair)(pair_report *r, const pair *p);
	status (*end)(pair_report *r); /* NULL: nothing */
} pair_format;

const pair_format *pair_format_named(const char *name); /* NULL for none */
const pair_format *pair_format_at(size_t i);            /* NULL past the last */

/* Fill in all but left_out and out. */
MUST_USE status pair_report_write(pair_report *r, const pair_format *f);

/* --- for formats --- */

/* With white space of any kind as one space, and what XML reserves as entities. */
void pair_put_xml(buffer *out, slice s);
/* The same without entities: for tables. */
void pair_put_line(buffer *out, slice s);
/* Is the pair one for a memory? Counts those that are not. */
bool pair_is_sure(pair_report *r, const pair *p);

#endif
