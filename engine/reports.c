#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

static status
pass_on(void *user, slice bytes)
{
	paraph_report *r = user;

	return (status)r->write(r->user, bytes.p, bytes.n);
}

const char *
paraph_report_format(size_t i, paraph_language ui, const char **summary)
{
	if (i >= report_format_count())
		return NULL;
	const report_format *f = report_format_at(i);
	if (summary != NULL)
		*summary = engine_ui(ui) == LANGUAGE_FR ? f->summary_fr : f->summary_en;
	return f->name;
}

bool
paraph_report_begins(const char *bytes, size_t n)
{
	return report_begins((slice){ bytes, n });
}

/* "text, compact, json". */
static void
list_names(char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < report_format_count() && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", i == 0 ? "" : ", ",
			report_format_at(i)->name);
}

static status
find_format(context *c, const char *name, const report_format **out)
{
	*out = report_format_find(slice_of(name == NULL ? "text" : name));
	if (*out != NULL)
		return STATUS_OK;
	char names[256];
	list_names(names, sizeof(names));
	return context_fail(c, STATUS_USAGE, "there is no report format “%s”: %s are known",
		"il n’y a pas de format «\u00A0%s\u00A0»\u00A0: %s sont connus", name, names);
}

paraph_status
paraph_report_open(paraph_report **out, paraph_engine *engine,
	const paraph_report_options *options, char *message, size_t message_size)
{
	context c = { .ui = engine_ui(options->ui) };
	const report_format *format;

	*out = NULL;
	status s = find_format(&c, options->format, &format);
	paraph_report *r = s == STATUS_OK ? memory_alloc(&engine->memory, sizeof(*r)) : NULL;
	if (r == NULL) {
		s = s == STATUS_OK ? STATUS_MEMORY : s;
		engine_explain(&c, s, message, message_size);
		return (paraph_status)s;
	}
	*r = (paraph_report){ .write = options->write, .user = options->user };
	r->report = (report){ .format = format,
		.memory = &engine->memory,
		.version = PARAPH_VERSION,
		.ui = c.ui,
		.color = options->color,
		.columns = options->columns,
		.summary = (report_summary)options->summary,
		.write = pass_on,
		.user = r };
	report_begin(&r->report);
	*out = r;
	return PARAPH_OK;
}

paraph_status
paraph_report_add(paraph_report *r, const paraph_result *result)
{
	if (r->report.format->fingerprints)
		engine_name_asked(result);
	return (paraph_status)report_add(&r->report, &result->view);
}

paraph_status
paraph_report_close(paraph_report *r)
{
	if (r == NULL)
		return PARAPH_OK;
	status s = report_end(&r->report);
	memory_free(r->report.memory, r);
	return (paraph_status)s;
}
