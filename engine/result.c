#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "document/format.h"
#include "document/original.h"
#include "document/place.h"

void
paraph_result_free(paraph_result *r)
{
	if (r == NULL)
		return;
	paraph_result_free(r->source);
	document_free(&r->document);
	arena_free(&r->keep);
	ARRAY_FREE(r->taken.memory, &r->taken.list);
	file_close(&r->file, r->memory);
	memory_free(r->memory, r);
}

size_t
paraph_result_count(const paraph_result *r)
{
	return r->view.count;
}

paraph_severity
paraph_result_highest(const paraph_result *r)
{
	severity highest = 0;

	for (size_t i = 0; i < r->view.count; i++)
		if (r->view.findings[i].found->severity > highest)
			highest = r->view.findings[i].found->severity;
	return (paraph_severity)highest;
}

paraph_finding
paraph_result_finding(const paraph_result *r, size_t i)
{
	engine_name_asked(r);
	const report_finding *f = &r->view.findings[i];
	const document *d = &r->document;
	const document *facing = f->found->facing.document;
	block_place place = { 0 };

	if (d->places != NULL)
		place = d->places[f->paragraph - 1];
	return (paraph_finding){ .rule = f->rule,
		.part = place.part == PART_BODY ? "body" : place_part((block_part)place.part),
		.number = engine_text(place.number),
		.heading = place.heading,
		.page = place.page,
		.severity = (paraph_severity)f->found->severity,
		.fix = (paraph_fix)f->found->fix,
		.message = engine_text(f->found->message),
		.start = f->file.start,
		.end = f->file.end,
		.line = f->line,
		.column = f->column,
		.end_line = f->end_line,
		.end_column = f->end_column,
		.paragraph = f->paragraph,
		.text = engine_text(f->text),
		.suggestion_count = f->found->suggestion_count,
		.concept = engine_text(f->found->concept),
		.source = engine_text(f->found->source),
		.fingerprint = f->fingerprint,
		.source_path = engine_text(facing == NULL ? (slice){ 0 } : facing->path),
		.source_text = engine_text(f->facing.text),
		.source_passage = engine_text(f->facing.passage),
		.source_start = f->facing.file.start,
		.source_end = f->facing.file.end,
		.source_line = f->facing.line,
		.source_column = f->facing.column,
		.text_start = f->found->text.start,
		.text_end = f->found->text.end,
		.source_text_start = f->found->facing.text.start,
		.source_text_end = f->found->facing.text.end };
}

paraph_text
paraph_result_baseline(const paraph_result *r)
{
	const project *p = r->settings.project;

	return engine_text(p == NULL ? SLICE("") : p->baseline);
}

bool
paraph_result_fail_on(const paraph_result *r, paraph_severity *level)
{
	if (!r->settings.has_fail_on)
		return false;
	*level = (paraph_severity)r->settings.fail_on;
	return true;
}

size_t
paraph_result_accept(
	paraph_result *r, bool (*known)(void *user, const paraph_finding *finding), void *user)
{
	report_finding *all = (report_finding *)(uintptr_t)r->view.findings;
	size_t n = r->view.count, kept = 0, accepted = 0;
	report_finding *behind = ARENA_ARRAY(&r->keep, report_finding, n);

	if (behind == NULL)
		return 0;
	for (size_t i = 0; i < n; i++) {
		paraph_finding f = paraph_result_finding(r, i);
		if (known(user, &f))
			behind[accepted++] = all[i];
		else
			all[kept++] = all[i];
	}
	if (accepted != 0)
		memcpy(all + kept, behind, accepted * sizeof(*behind));
	r->view.count = kept;
	r->view.accepted += accepted;
	return accepted;
}

size_t
paraph_result_omit(paraph_result *r,
	bool (*unwanted)(void *user, const paraph_finding *finding), void *user)
{
	report_finding *all = (report_finding *)(uintptr_t)r->view.findings;
	size_t n = r->view.count, kept = 0;

	for (size_t i = 0; i < n; i++) {
		paraph_finding f = paraph_result_finding(r, i);
		if (!unwanted(user, &f))
			all[kept++] = all[i];
	}
	/* What was accepted stands behind. */
	memmove(all + kept, all + n, r->view.accepted * sizeof(*all));
	r->view.count = kept;
	return n - kept;
}

paraph_status
paraph_result_choose(paraph_result *r, size_t i, size_t k)
{
	report_finding *all = (report_finding *)(uintptr_t)r->view.findings;

	if (i >= r->view.count || k >= all[i].found->suggestion_count)
		return PARAPH_USAGE;
	all[i].choice = (uint32_t)k + 1;
	r->chosen = true;
	return PARAPH_OK;
}

bool
paraph_result_paragraph(const paraph_result *r, uint32_t n, size_t *start, size_t *end)
{
	const document *d = &r->document;

	if (n == 0 || n > d->block_count)
		return false;
	span s = source_map_file(&d->map, d->blocks[n - 1].text);
	*start = s.start;
	*end = s.end;
	return true;
}

bool
paraph_result_paragraph_text(const paraph_result *r, uint32_t n, size_t *start, size_t *end)
{
	const document *d = &r->document;

	if (n == 0 || n > d->block_count)
		return false;
	*start = d->blocks[n - 1].text.start;
	*end = d->blocks[n - 1].text.end;
	return true;
}

size_t
paraph_result_place(
	const paraph_result *r, uint32_t n, paraph_language ui, char *out, size_t size)
{
	const document *d = &r->document;
	buffer b;

	if (size != 0)
		out[0] = '\0';
	if (d->places == NULL || n == 0 || n > d->block_count)
		return 0;
	buffer_init(&b, r->memory, 4096);
	place_describe(&b, d, n - 1, engine_ui(ui));
	slice said = b.status == STATUS_OK ? buffer_slice(&b) : (slice){ 0 };
	if (size != 0)
		snprintf(out, size, "%.*s", SLICE_ARG(said));
	size_t length = said.n;
	buffer_free(&b);
	return length;
}

paraph_text
paraph_result_suggestion(const paraph_result *r, size_t i, size_t k)
{
	return engine_text(r->view.findings[i].found->suggestions[k]);
}

paraph_text
paraph_result_path(const paraph_result *r)
{
	return engine_text(r->document.path);
}

paraph_text
paraph_result_known_as(const paraph_result *r)
{
	return engine_text(r->known_as.n != 0 ? r->known_as : r->document.path);
}

paraph_text
paraph_result_bytes(const paraph_result *r)
{
	span all = { 0, (uint32_t)document_size(&r->document) };
	paraph_result *own = (paraph_result *)(uintptr_t)r; /* what is asked for is kept */

	if (r->document.original == NULL)
		return engine_text(r->document.bytes);
	if (r->whole.p == NULL &&
		document_bytes(&r->document, all, &own->keep, &own->whole) != STATUS_OK)
		own->whole = (slice){ 0 };
	return engine_text(r->whole);
}

paraph_text
paraph_result_text(const paraph_result *r)
{
	return engine_text(r->document.text);
}

const char *
paraph_result_format(const paraph_result *r)
{
	return r->document.format->name;
}

bool
paraph_result_is_package(const paraph_result *r)
{
	return r->document.package.n != 0;
}

const char *
paraph_result_language(const paraph_result *r)
{
	return r->view.language;
}

const char *
paraph_result_profile(const paraph_result *r)
{
	return r->view.profile;
}

const char *
paraph_result_modifiers(const paraph_result *r)
{
	return r->view.modifiers;
}

size_t
paraph_result_words(const paraph_result *r)
{
	return r->document.words;
}

const char *
paraph_result_encoding(const paraph_result *r)
{
	return r->document.encoding;
}

paraph_text
paraph_result_remark(const paraph_result *r)
{
	return engine_text(r->document.remark);
}
