/* GitLab's Code Quality report: a list of the issues, which merge requests show beside the
 * lines. A fingerprint stands for one issue, so that of a finding serves. */
#include <stdio.h>

#include "report/report.h"
#include "report/uri.h"

static slice
severity_of(severity s)
{
	switch (s) {
	case SEVERITY_ERROR:
		return SLICE("major");
	case SEVERITY_WARNING:
		return SLICE("minor");
	default:
		return SLICE("info");
	}
}

static void
begin(report *r)
{
	json_begin_list(&r->json);
}

static void
put_place(json_writer *j, const report_document *d, const report_finding *f)
{
	bool lines = d->document->package.n == 0;

	json_key(j, "location");
	json_begin_object(j);
	json_put_string(j, "path", uri_plain(d->document->path));
	json_key(j, "lines");
	json_begin_object(j);
	json_put_number(j, "begin", lines ? f->line : 1);
	json_put_number(j, "end", lines ? f->end_line : 1);
	json_end_object(j);
	json_end_object(j);
}

/* The report takes keys of one's own; readers leave them alone. */
static void
put_profile(report *r, const report_document *d)
{
	buffer name;

	buffer_init(&name, r->memory, 4096);
	report_put_profile(&name, d->profile, d->modifiers);
	json_put_string(&r->json, "profile", buffer_slice(&name));
	report_free_part(&r->out, &name);
}

static void
put_finding(report *r, const report_document *d, const report_finding *f)
{
	json_writer *j = &r->json;
	char digits[17];

	snprintf(digits, sizeof(digits), "%016llx", (unsigned long long)f->fingerprint);
	json_begin_object(j);
	json_put_string(j, "type", SLICE("issue"));
	json_put_string(j, "check_name", slice_of(f->rule));
	json_put_string(j, "description", f->found->message);
	json_put_string(j, "severity", severity_of(f->found->severity));
	json_put_string(j, "fingerprint", (slice){ digits, 16 });
	json_key(j, "categories");
	json_begin_list(j);
	json_slice(j, SLICE("Style"));
	json_end_list(j);
	put_place(j, d, f);
	put_profile(r, d);
	json_end_object(j);
}

static void
write_document(report *r, const report_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d, &d->findings[i]);
		report_flush(r);
	}
}

static void
end(report *r)
{
	json_end_list(&r->json);
	buffer_put_char(&r->out, '\n');
}

const report_format report_gitlab = {
	.name = "gitlab",
	.summary_en = "GitLab’s Code Quality report",
	.summary_fr = "rapport Code Quality de GitLab",
	.begin = begin,
	.document = write_document,
	.end = end,
	.fingerprints = true,
	.signs = { "[{\"type\":\"issue\",\"check_name\":\"" SIGN_ANY "/" SIGN_ANY
		   "\",\"description\":\"" SIGN_ANY "\",\"severity\":\"" SIGN_ANY
		   "\",\"fingerprint\":\"",
		"[]\n" SIGN_END },
};
