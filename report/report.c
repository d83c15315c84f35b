#include "report/report.h"

#include <string.h>

#include "report/excerpt.h"

#define FLUSH_BYTES 65536

static const report_format *const formats[] = {
#define REPORT(name) &report_##name,
#include "report/reports.def"
#undef REPORT
};

size_t
report_format_count(void)
{
	return sizeof(formats) / sizeof(*formats);
}

const report_format *
report_format_at(size_t i)
{
	return formats[i];
}

const report_format *
report_format_find(slice name)
{
	for (size_t i = 0; i < report_format_count(); i++)
		if (slice_is(name, formats[i]->name))
			return formats[i];
	return NULL;
}

static void
hand_over(report *r)
{
	if (r->status == STATUS_OK)
		r->status = r->out.status;
	if (r->status == STATUS_OK && r->out.n != 0)
		r->status = r->write(r->user, buffer_slice(&r->out));
	buffer_clear(&r->out);
}

void
report_flush(report *r)
{
	if (r->out.n >= FLUSH_BYTES)
		hand_over(r);
}

const char *
report_say(const report *r, const char *en, const char *fr)
{
	return r->ui == LANGUAGE_FR ? fr : en;
}

const char *
report_level(const report *r, severity s)
{
	switch (s) {
	case SEVERITY_ERROR:
		return report_say(r, "error", "erreur");
	case SEVERITY_WARNING:
		return report_say(r, "warning", "avertissement");
	default:
		return report_say(r, "info", "information");
	}
}

/* French takes the plural from two on, English for everything but one. */
void
report_put_count(report *r, size_t n, const char *one_en, const char *many_en,
	const char *one_fr, const char *many_fr)
{
	bool one = r->ui == LANGUAGE_FR ? n < 2 : n == 1;

	buffer_printf(&r->out, "%zu %s", n,
		one ? report_say(r, one_en, one_fr) : report_say(r, many_en, many_fr));
}

void
report_put_counts(report *r)
{
	static const struct {
		severity severity;
		const char *one_en, *many_en, *one_fr, *many_fr;
	} levels[] = {
		{ SEVERITY_ERROR, "error", "errors", "erreur", "erreurs" },
		{ SEVERITY_WARNING, "warning", "warnings", "avertissement", "avertissements" },
		{ SEVERITY_INFO, "suggestion", "suggestions", "suggestion", "suggestions" },
	};
	const char *separator = "";

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		size_t n = r->counts[levels[i].severity];
		if (n == 0)
			continue;
		buffer_printf(&r->out, "%s", separator);
		report_put_count(r, n, levels[i].one_en, levels[i].many_en, levels[i].one_fr,
			levels[i].many_fr);
		separator = ", ";
	}
}

void
report_free_part(buffer *out, buffer *part)
{
	if (part->status == STATUS_MEMORY && out->status == STATUS_OK)
		out->status = STATUS_MEMORY;
	buffer_free(part);
}

void
report_put_profile(buffer *out, const char *name, const char *modifiers)
{
	excerpt_put_shown(out, slice_of(name));
	if (modifiers[0] != '\0')
		buffer_printf(out, "+%s", modifiers);
}

void
report_put_profiles(const report *r, buffer *out)
{
	buffer_put(
		out, slice_of(r->profile_count < 2 ? report_say(r, "profile ", "profil ")
						   : report_say(r, "profiles ", "profils ")));
	for (size_t i = 0; i < r->profile_count && i < REPORT_PROFILES; i++) {
		buffer_put(out, i == 0 ? (slice){ 0 } : SLICE(", "));
		report_put_profile(out, r->profiles[i].name, r->profiles[i].modifiers);
	}
	if (r->profile_count > REPORT_PROFILES)
		buffer_put(out, SLICE(", …"));
}

/* Where nothing could be read, messages have said so, and all is not well. */
static bool
wants_summary(const report *r, bool any)
{
	if (r->documents == 0 || r->summary == SUMMARY_NEVER)
		return false;
	return any || r->summary == SUMMARY_ALWAYS;
}

void
report_put_summary(report *r)
{
	bool any = r->counts[SEVERITY_ERROR] + r->counts[SEVERITY_WARNING] +
			   r->counts[SEVERITY_INFO] !=
		   0;

	if (!wants_summary(r, any))
		return;
	report_put_count(r, r->documents, "document", "documents", "document", "documents");
	buffer_put(&r->out, SLICE(", "));
	report_put_count(r, r->words, "word", "words", "mot", "mots");
	buffer_put(&r->out, SLICE(", "));
	report_put_profiles(r, &r->out);
	buffer_put(&r->out, slice_of(report_say(r, ": ", "\u00A0: ")));
	if (!any)
		buffer_put(&r->out,
			slice_of(report_say(r, "nothing to report", "rien à signaler")));
	else
		report_put_counts(r);
	if (r->safe != 0)
		buffer_printf(&r->out,
			report_say(r, " (%zu that `paraph fix` corrects)",
				" (dont %zu que «\u00A0paraph fix\u00A0» corrige)"),
			r->safe);
	buffer_put_char(&r->out, '\n');
}

void
report_begin(report *r)
{
	r->status = STATUS_OK;
	buffer_init(&r->out, r->memory, limits_default.output);
	json_init(&r->json, &r->out);
	if (r->format->begin != NULL)
		r->format->begin(r);
}

static void
note_profile(report *r, const report_document *d)
{
	size_t i = 0;

	for (; i < r->profile_count && i < REPORT_PROFILES; i++)
		if (strcmp(r->profiles[i].name, d->profile) == 0 &&
			strcmp(r->profiles[i].modifiers, d->modifiers) == 0)
			return;
	if (i < REPORT_PROFILES) {
		r->profiles[i].name = d->profile;
		r->profiles[i].modifiers = d->modifiers;
	}
	r->profile_count = i + 1;
}

static void
count(report *r, const report_document *d)
{
	r->documents++;
	note_profile(r, d);
	r->words += d->document->words;
	for (size_t i = 0; i < d->count; i++) {
		r->counts[d->findings[i].found->severity]++;
		r->safe += d->findings[i].found->fix == FIX_SAFE;
	}
}

status
report_add(report *r, const report_document *d)
{
	count(r, d);
	if (r->format->document != NULL)
		r->format->document(r, d);
	report_flush(r);
	return r->status;
}

status
report_end(report *r)
{
	if (r->format->end != NULL)
		r->format->end(r);
	hand_over(r);
	buffer_free(&r->out);
	ARRAY_FREE(r->memory, &r->rules);
	return r->status;
}
