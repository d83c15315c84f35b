/* Text in XML and HTML: marks escaped, controls as their pictures (U+2400), bytes that are no
 * UTF-8 (of a path) as U+FFFD, for one of either makes a file that nobody reads. */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "base/buffer.h"
#include "report/report.h"

/* "&amp;" for '&', and so on; NULL for what stands for itself. */
const char *markup_entity(char c);

void markup_put(buffer *out, slice s);

/*  name="value" */
void markup_attribute(buffer *out, const char *name, slice value);

/* <?paraph profile="un-fr"?>: the profile of d, where a schema has no place for it. Readers
 * leave instructions to whom they name. */
void markup_profile(report *r, const report_document *d);

#endif
